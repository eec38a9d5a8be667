"""Ways people and programs change the workbooks of forms; all names are invented."""

import io
import re

import openpyxl
from tests.unit.forms.documents import LIST, PROFILE, VISIT, part, replaced

from talentservice.forms.returned import read_form
from talentservice.forms.xlsx import to_xlsx
from talentservice.forms.xlsx.cells import read_book
from talentservice.forms.xlsx.names import address

SHEET, BOOK, TEXTS, STYLES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"
__all__ = ["BOOK", "LIST", "PROFILE", "SHEET", "STYLES", "TEXTS", "VISIT", "part", "replaced"]


def written(paper, data=None, **more):
    return to_xlsx(paper.printout(data, **more))


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data), rich_text=True)


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def returned(paper, data):
    """A workbook read as the form; sound: the values, else the problems, each in one line."""
    read = read_form(paper, data)
    return [p.line("zh") for p in (*read.problems, *read.warnings)] or read.values


def typed(data, **cells):
    """The workbook after somebody typed into cells, saved by another program."""
    book = opened(data)
    for where, value in cells.items():
        book.worksheets[0][where] = value
    return saved(book)


def cell_of(data, key):
    """The cell of a blank, as its name says."""
    return address(*read_book(data).named["f_", key])


def changed(data, name, *changes):
    """The workbook with texts of a part replaced; each must be there."""
    text = part(data, name)
    for pattern, new in changes:
        assert re.search(pattern, text), pattern
        text = re.sub(pattern, new, text, flags=re.DOTALL)
    return replaced(data, name, text)


def nameless(data):
    return changed(data, BOOK, ("<definedNames>.*</definedNames>", ""))


def with_rows(data, before, **cells):
    """The workbook with a row inserted above a row, as a spreadsheet does it: what is below moves, names follow."""
    moved = lambda found: f"{found[1]}{int(found[2]) + (int(found[2]) >= before)}"  # noqa: E731  # one line is enough
    sheet = re.sub(
        r'((?:\br|ref)="|:)([A-Z]+)?(\d+)', lambda f: f"{f[1]}{f[2] or ''}{moved(['', '', f[3]])}", part(data, SHEET)
    )
    new = "".join(f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in cells.items())
    sheet = re.sub(f'(<row r="{before + 1}")', rf'<row r="{before}">{new}</row>\1', sheet)
    book = re.sub(r"(\$[A-Z]+\$)(\d+)", moved, part(data, BOOK))
    return replaced(replaced(data, SHEET, sheet), BOOK, book)
