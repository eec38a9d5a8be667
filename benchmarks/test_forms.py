"""A filled form of two pages (Jintan's annex 3) as HTML, Word, Excel and PDF, and a list of 1,000 people as an Excel workbook.

Each rival writes the same cells with the same texts: docxtpl fills a Word template made of our blank form, openpyxl merges and
styles the same cells, WeasyPrint prints our page.
"""

import importlib.util
import io
import json
from itertools import count
from pathlib import Path

import docxtpl
import openpyxl
import pytest
import weasyprint
from docx import Document
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils import get_column_letter

import talentservice as ts
from talentservice.forms import FontSet
from talentservice.forms.render import Table
from talentservice.forms.xlsx import to_xlsx

DATA = json.loads((Path(__file__).parents[1] / "examples" / "visit.json").read_text(encoding="utf-8"))
PEOPLE = 1000


@pytest.fixture(scope="module")
def form():
    return ts.region("jintan").form("visit-lead-talent")


@pytest.fixture(scope="module")
def fonts():
    found = importlib.util.find_spec("pylopdf_fonts_zh_cn")
    return FontSet(files=tuple(sorted(Path(found.origin).parent.glob("*.otf"))))


def each(work):
    """Every call has values of its own: a writer that keeps what it has written once would answer from memory."""
    number = count()

    def once(data):
        return work({**data, "enterprise": {**data["enterprise"], "name": f"虚构新材料科技有限公司第{next(number)}厂"}})

    return lambda inputs: [once(data) for data in inputs]


def test_html(timed, form):
    timed("html", "talentservice", each(form.html), [DATA])


def test_docx(timed, form):
    timed("docx", "talentservice", each(form.docx), [DATA])


def test_xlsx(timed, form):
    timed("xlsx", "talentservice", each(form.xlsx), [DATA])


def test_pdf(timed, form, fonts):
    timed("pdf", "talentservice", each(lambda data: form.pdf(data, fonts=fonts)), [DATA])


def test_docxtpl(timed, form):
    """The template is our blank form with the name of a value in each empty cell; what it fills in is text already."""
    document, names = Document(io.BytesIO(form.docx())), []
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    for cell in {id(c._tc): c for c in cells}.values():  # noqa: SLF001  # a merged cell comes once for each place it covers
        if not cell.text.strip():
            names.append(f"value{len(names)}")
            cell.paragraphs[0].add_run(f"{{{{ {names[-1]} }}}}")
    template = io.BytesIO()
    document.save(template)
    values = {name: f"填写的内容 {name}" for name in names}
    assert len(names) > 30

    def work(_):
        filled = docxtpl.DocxTemplate(io.BytesIO(template.getvalue()))
        filled.render(values)
        filled.save(out := io.BytesIO())
        return out.getvalue()

    timed("docx", "docxtpl", lambda inputs: [work(data) for data in inputs], [DATA])


def test_openpyxl(timed, form):
    side = Side(style="thin")
    border, wrap = Border(side, side, side, side), Alignment(wrap_text=True, vertical="center")

    def work(data):
        printout, book = form.printout(data), openpyxl.Workbook()
        sheet = book.active
        for number, width in enumerate(printout.sheet.columns, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width / 19
        for part in printout.parts:
            for shown in part.cells if isinstance(part, Table) else ():
                place = shown.place
                row, column = place.row + 1, place.column + 1
                last_row, last_column = row + place.rows - 1, column + place.columns - 1
                for r in range(row, last_row + 1):
                    for c in range(column, last_column + 1):
                        sheet.cell(r, c).border = border
                if (row, column) != (last_row, last_column):
                    sheet.merge_cells(start_row=row, start_column=column, end_row=last_row, end_column=last_column)
                cell = sheet.cell(row, column)
                cell.value, cell.alignment = "".join(run.text for run in shown.runs), wrap
                cell.data_type = "s"
        book.save(out := io.BytesIO())
        return out.getvalue()

    timed("xlsx", "openpyxl", each(work), [DATA])


def test_weasyprint(timed, form):
    timed("pdf", "weasyprint", each(lambda data: weasyprint.HTML(string=form.html(data)).write_pdf()), [DATA])


PERSON = {
    "name": "甲某", "enterprise": "虚构新材料科技有限公司", "post": "研发总监", "birth_month": "1979-03", "native_place": "虚构县",
    "degree": "博士", "school": "虚构大学", "major": "材料物理与化学", "arrived_on": "2019-06", "social_security_place": "虚构区",
    "household_place": "虚构区", "contact": "见通讯录", "remark": "",
}  # fmt: skip


def test_list_of_people(timed):
    form, data = ts.region("jintan").form("high-level-survey"), {"items": [PERSON] * PEOPLE}
    timed("list", "talentservice", lambda inputs: [form.xlsx(item) for item in inputs], [data])


def test_list_of_people_written(timed):
    """The same without reading and checking 13,000 values and laying their cells out."""
    printout = ts.region("jintan").form("high-level-survey").printout({"items": [PERSON] * PEOPLE})
    timed("list", "talentservice, written only", lambda inputs: [to_xlsx(item) for item in inputs], [printout])
