"""Workbooks: sheets, formulas, dates, and files made to do harm."""

import io
import re
import subprocess
import sys
import tracemalloc
import zipfile
from collections import deque
from datetime import date, datetime, time

import pytest
from attrs import evolve
from openpyxl import Workbook
from openpyxl.chart import BarChart

from talentservice.audit import audit, read_table, workbook
from talentservice.cells import Uncomputed, id_of, moment_of
from talentservice.errors import TableError, WrongType

EVENTS = {"ticket.received": "收到", "ticket.replied": "答复"}
HEADER = ["编号", "收到", "答复"]


def saved(*rows, sheets=("Sheet1",)) -> bytes:
    book = Workbook()
    book.active.title = sheets[0]
    for title in sheets[1:]:
        book.create_sheet(title)
    for row in rows:
        book[sheets[0]].append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def changed(data: bytes, change, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """The workbook with one of its parts changed as text."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            text = old.read(entry)
            new.writestr(entry, change(text.decode()) if entry.filename == part else text)
    return out.getvalue()


@pytest.fixture
def sheet(written):
    """Read a workbook."""
    return lambda data, **options: read_table(written(data, "t.xlsx"), **options)


def refusal(read, data, **options) -> TableError:
    with pytest.raises(TableError) as raised:
        read(data, **options)
    return raised.value


def test_a_workbook_is_judged_like_any_table(sheet, region):
    table = sheet(
        saved(
            HEADER,
            [1, datetime(2019, 2, 1, 9, 10), date(2019, 2, 15)],  # noqa: DTZ001  # a spreadsheet knows no zone
            [2.0, "2019/2/1 9:30", datetime(2019, 2, 18)],  # noqa: DTZ001  # same
        )
    )
    result = audit(region, table, ticket="编号", events=EVENTS)
    assert [(j.obligation.about, j.obligation.state.value, j.obligation.late) for j in result.judged] == [
        ("1", "done", 0),
        ("2", "done-late", 3),
    ]


def test_a_workbook_is_read_with_nothing_but_the_library(written):
    path = written(saved(["x"], [1]), "t.xlsx")
    barred = "import sys; sys.modules |= dict.fromkeys(['openpyxl', 'defusedxml', 'lxml', 'xlsxwriter'])"
    code = f"{barred}; from pathlib import Path; from talentservice.audit import read_table; print(read_table(Path({str(path)!r})))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, encoding="utf-8")
    assert done.stdout == "Table(columns=('x',), rows=(Row(number=2, cells={'x': 1}, beyond=False),))\n"


def test_a_sheet_is_chosen_by_name_and_a_wrong_name_shows_those_there_are(sheet):
    """F08."""
    data = saved(["x"], [1], sheets=("说明", "诉求汇总表"))
    assert sheet(data).columns == ("x",)
    error = refusal(sheet, data, sheet="诉求汇总")
    assert "no sheet '诉求汇总'; there is: 说明, 诉求汇总表. Did you mean '诉求汇总表'?" in error.en
    assert "没有工作表“诉求汇总”；现有：说明、诉求汇总表" in error.zh
    assert "is empty" in refusal(sheet, data, sheet="诉求汇总表").en


def test_a_chart_on_a_sheet_of_its_own_is_no_table(sheet):
    book = Workbook()
    book.create_chartsheet("图", 0).add_chart(BarChart())
    book["Sheet"].append(["x"])
    book["Sheet"].append([1])
    data = io.BytesIO()
    book.save(data)
    assert sheet(data.getvalue()).columns == ("x",)
    assert "there is: Sheet" in refusal(sheet, data.getvalue(), sheet="图").en


def test_a_formula_counts_with_the_value_the_file_holds(sheet, region):
    data = saved(HEADER, ["A-1", "2019-02-01", "=B2+14"])
    computed = changed(
        data,
        lambda xml: re.sub(r"<v\s*/>|<v></v>", "<v>2019-02-15</v>", xml).replace('<c r="C2">', '<c r="C2" t="str">'),
    )
    table = sheet(computed)
    assert table.rows[0].cells["答复"] == "2019-02-15"
    (verdict,) = audit(region, table, ticket="编号", events=EVENTS).judged
    assert verdict.obligation.state.value == "done"


def test_a_formula_nobody_computed_is_not_taken_for_an_empty_cell(sheet, region):
    table = sheet(
        saved(HEADER, ["A-1", "2019-02-01", "=B2+14"], ["=1+1", "2019-02-01", None], ["A-3", "2019-02-01", None])
    )
    assert table.rows[0].cells["答复"] == Uncomputed("=B2+14")
    result = audit(region, table, ticket="编号", events=EVENTS)
    assert [(u.row, u.column) for u in result.unreadable] == [(2, "答复"), (3, "编号")]
    assert all("formula without a stored value" in u.en and "公式" in u.zh for u in result.unreadable)
    assert [j.row for j in result.judged] == [4]


def test_a_formula_that_comes_to_an_empty_text_is_an_empty_cell(sheet, region):
    """A column of =IF(C2="","",C2+7): where nothing is due yet, the file holds an empty text as its value."""
    data = changed(
        saved(HEADER, ["A-1", "2019-02-01", '=IF(A2="","","")']),
        lambda xml: re.sub(r'<c r="C2"><f>(.*?)</f><v\s*/?>(</v>)?', r'<c r="C2" t="str"><f>\1</f><v></v>', xml),
    )
    assert sheet(data).rows[0].cells["答复"] == ""
    assert audit(region, sheet(data), ticket="编号", events=EVENTS).unreadable == ()


def test_days_in_the_formats_of_chinese_programs_are_days(sheet):
    """A file names them by number only: 31 is 2019年2月1日."""
    data = changed(
        saved(["收到"], [date(2019, 2, 1)]),
        lambda xml: re.sub(r'(<cellXfs.*?<xf .*?<xf [^>]*?numFmtId=")\d+', r"\g<1>31", xml, flags=re.DOTALL),
        "xl/styles.xml",
    )
    assert sheet(data).rows[0].cells["收到"] == datetime(2019, 2, 1)  # noqa: DTZ001  # a spreadsheet knows no zone


def test_what_a_spreadsheet_says_of_an_error_is_no_date(sheet, region):
    data = changed(
        saved(HEADER, ["A-1", "=1/0", None], ["A-2", "2019-02-01", None]),
        lambda xml: re.sub(
            r'<c r="B2"[^>]*><f>1/0</f><v\s*/?>(</v>)?', '<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v>', xml
        ),
    )
    result = audit(region, sheet(data), ticket="编号", events=EVENTS)
    assert [(u.row, u.column) for u in result.unreadable] == [(2, "收到")]
    assert "#DIV/0!" in result.unreadable[0].en


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        pytest.param(43497, "the number 43497; is the cell not formatted as a date? (as one it would be 2019-02-01)", id="D27-serial"),
        pytest.param(43497.25, "2019-02-01", id="D27-serial-with-time"),
        pytest.param(0, "the number 0; is the cell not formatted as a date?", id="D11-zero"),
        pytest.param(time(9, 30), "the time 09:30:00 without a day", id="time-only"),
        pytest.param(True, "got bool", id="truth-value"),
    ],
)  # fmt: skip
def test_a_cell_that_is_no_date_says_what_it_is(sheet, cell, says):
    table = sheet(saved(HEADER, ["A-1", cell, None]))
    with pytest.raises(WrongType) as raised:
        moment_of(table.rows[0].cells["收到"])
    assert says in raised.value.en


def test_a_zero_formatted_as_a_date_is_no_date(sheet):
    """D11: an empty cell that became 0 shows as 1900-01-00."""
    book = Workbook()
    book.active.append(["a"])
    book.active.append([0])
    book.active["A2"].number_format = "yyyy-mm-dd"
    data = io.BytesIO()
    book.save(data)
    with pytest.raises(WrongType, match="without a day"):
        moment_of(sheet(data.getvalue()).rows[0].cells["a"])


@pytest.mark.parametrize(("cell", "name"), [(12, "12"), (12.0, "12"), ("0012", "0012"), (" A-1 ", "A-1"), (-3, "-3")])
def test_the_number_of_a_ticket(sheet, cell, name):
    assert id_of(sheet(saved(["编号"], [cell])).rows[0].cells["编号"]) == name


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        (123456789012345678, "may have lost its last digits"),
        (1.23456789012346e17, "may have lost its last digits"),
        (1.5, "a number or id is due, got 1.5"),
        (True, "a number or id is due, got bool"),
        (datetime(2019, 1, 2), "a number or id is due, got datetime"),  # noqa: DTZ001  # "1-2", turned into a day
    ],
)
def test_what_is_no_number_of_a_ticket(sheet, cell, says):
    with pytest.raises(WrongType) as raised:
        id_of(sheet(saved(["编号"], [cell])).rows[0].cells["编号"])
    assert says in raised.value.en


# ---- made to do harm, or broken ---------------------------------------------------------------------------------------------

EXTERNAL = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'


SHARED = "xl/sharedStrings.xml"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def with_shared_strings(data: bytes) -> bytes:
    """The workbook with the list of texts that other programs write; openpyxl writes them into the cells."""
    part = f'<Override PartName="/{SHARED}" ContentType="{SPREADSHEET}.sharedStrings+xml"/></Types>'
    out = io.BytesIO(changed(data, lambda xml: xml.replace("</Types>", part), "[Content_Types].xml"))
    with zipfile.ZipFile(out, "a") as book:
        book.writestr(
            SHARED, '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>x</t></si></sst>'
        )
    return out.getvalue()


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", SHARED, "xl/workbook.xml", "[Content_Types].xml"])
@pytest.mark.parametrize(
    "entities", [pytest.param(EXTERNAL, id="F02-external"), pytest.param(LAUGHS, id="F03-swelling")]
)
def test_a_workbook_that_declares_entities_is_refused(sheet, part, entities):
    data = saved(HEADER, ["A-1", "x", "y"])
    if part == SHARED:
        data = with_shared_strings(data)
    error = refusal(sheet, changed(data, lambda xml: entities + xml.rpartition("?>")[2], part))
    assert "XML entities" in error.en
    assert "实体" in error.zh


def test_an_archive_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(sheet, monkeypatch):
    monkeypatch.setattr(workbook, "LIMITS", evolve(workbook.LIMITS, total=100_000))
    data = changed(saved(HEADER, [1, 2, 3]), lambda _: "0" * 200_000)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("something was unpacked"))
    error = refusal(sheet, data)
    assert "unpacks to far more than it should (at most 100000 bytes)" in error.en
    assert error.code == "too-large"


def test_a_workbook_with_macros_is_read_for_its_values(written):
    """An office judges the workbook it works with; nothing in it is run."""
    data = io.BytesIO(saved(HEADER, ["A-1", "2019-02-01", None]))
    with zipfile.ZipFile(data, "a") as book:
        book.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 nothing that is run")
    assert read_table(written(data.getvalue(), "t.xlsm")).rows[0].cells["编号"] == "A-1"


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x", "\\x"])
def test_an_archive_that_names_files_outside_itself_is_refused(sheet, name):
    """F24."""
    data = io.BytesIO(saved(HEADER, [1, 2, 3]))
    with zipfile.ZipFile(data, "a") as book:
        book.writestr(name, b"x")
    assert "names files outside itself" in refusal(sheet, data.getvalue()).en


def test_an_archive_that_is_no_workbook_is_refused(sheet):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as book:
        book.writestr("word/document.xml", "<x/>")
    assert "the workbook cannot be read" in refusal(sheet, data.getvalue()).en


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9, 0.99])
def test_a_damaged_workbook_is_told_so(sheet, cut):
    """F14: the file came in half."""
    data = saved(HEADER, *([n, "2019-02-01", ""] for n in range(200)))
    assert "damaged" in refusal(sheet, data[: int(len(data) * cut)]).en


def test_a_sheet_that_is_no_xml_is_told_so(sheet):
    assert (
        "the workbook cannot be read: xl/worksheets/sheet1.xml is damaged"
        in refusal(sheet, changed(saved(HEADER, [1, 2, 3]), lambda xml: xml[:-40])).en
    )


def test_a_sheet_that_claims_to_be_huge_is_read_for_what_it_holds(sheet):
    """F15: the used range says a million rows and all columns; two rows are filled, and the last one is blank."""

    def huge(xml: str) -> str:
        xml = re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"', xml)
        return xml.replace("</sheetData>", '<row r="1048576"><c r="A1048576"/></row></sheetData>')

    table = sheet(changed(saved(HEADER, ["A-1", "2019-02-01", None]), huge))
    assert [(row.number, row.cells["编号"]) for row in table.rows] == [(2, "A-1")]


def test_a_row_beyond_the_last_one_a_sheet_can_have_is_refused(sheet, monkeypatch):
    monkeypatch.setattr(workbook, "LAST_ROW", 1000)
    data = changed(
        saved(HEADER, [1, 2, 3]),
        lambda xml: xml.replace("</sheetData>", '<row r="999999999"><c r="A999999999"/></row></sheetData>'),
    )
    assert "more than 1000 rows" in refusal(sheet, data).en


def test_rows_that_each_name_a_far_column_are_refused_before_they_fill_the_memory(sheet, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_CELLS", 100_000)
    far = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(3, 20))
    error = refusal(
        sheet, changed(saved(HEADER, [1, 2, 3]), lambda xml: xml.replace("</sheetData>", f"{far}</sheetData>"))
    )
    assert (error.code, "more than 100000 cells" in error.en) == ("too-large", True)


def test_a_sheet_of_many_rows_is_read_row_by_row():
    """What is read of one row is not kept for the next."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>第{n}行</t></is></c></row>' for n in range(2, 60_000)
    )
    data = changed(saved(["x"]), lambda xml: xml.replace("</sheetData>", f"{rows}</sheetData>"))
    tracemalloc.start()
    try:
        last = deque(workbook.sheet_rows(data, None), maxlen=1)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert list(last) == [(59_999, ["第59999行"])]
    assert peak < 2 * 1024 * 1024  # the rows together take ten
