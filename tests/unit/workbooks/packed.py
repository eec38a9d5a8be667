"""Workbooks typed by hand, part by part; and what is read of them."""

import io
import zipfile
from datetime import datetime

from talentservice.workbooks import Caps, open_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CAPS = Caps(texts=1000, names=1000, styles=1000, rows=1000, cells=10_000, filled=10_000, merged=100, text=40_000)

# One style for each: plain, a date and the time, a percentage, a span of hours.
CODES = ("General", "yyyy-mm-dd h:mm", "0.0%", "[h]:mm")
PLAIN, MOMENT, PERCENT, SPAN = range(4)


def styles(*codes: str | int) -> str:
    """Styles by the code of their format, or by the number of one that is built in."""
    named = [(164 + n, code) for n, code in enumerate(codes) if isinstance(code, str)]
    used = [code if isinstance(code, int) else 164 + n for n, code in enumerate(codes)]
    formats = "".join(f'<numFmt numFmtId="{n}" formatCode="{code.replace(chr(34), "&quot;")}"/>' for n, code in named)
    xfs = "".join(f'<xf numFmtId="{n}"/>' for n in used)
    # The styles that styles are based on come first, and are none of a cell's.
    return f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs>{xfs}</cellXfs></styleSheet>'


def links(*all_links: tuple[str, str, str]) -> str:
    """Links by id, kind and part."""
    each = "".join(f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{part}"/>' for i, kind, part in all_links)
    return f'<Relationships xmlns="{LINKS}">{each}</Relationships>'


def contents(inner: str) -> str:
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{inner}</workbook>'


def packed(rows: str = "", *, after: str = "", texts: str = "", codes=CODES, book: str = "", **parts: str) -> bytes:
    """A workbook of one sheet; further parts replace those there would be, `None` leaves one out."""
    usual = {
        "_rels/.rels": links(("r", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": contents(f'{book}<sheets><sheet name="一" sheetId="1" r:id="a"/></sheets>'),
        "xl/_rels/workbook.xml.rels": links(
            ("a", "worksheet", "worksheets/sheet1.xml"), ("b", "styles", "styles.xml"), ("c", "sharedStrings", "/xl/texts.xml")
        ),
        "xl/styles.xml": styles(*codes),
        "xl/texts.xml": f'<sst xmlns="{MAIN}">{texts}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>',
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in (usual | parts).items():
            if text is not None:
                archive.writestr(name, text)
    return out.getvalue()


def cells(data: bytes, title: str | None = None, caps: Caps = CAPS):
    """What each cell holds by row and column, counted from 0."""
    book = open_workbook(data, caps)
    sheet = book.sheet(title or next(iter(book.sheets)))
    return {(cell.row, cell.column): cell for row in sheet for cell in row.cells}


def values(data: bytes, title: str | None = None, caps: Caps = CAPS):
    return {where: cell.value for where, cell in cells(data, title, caps).items()}


def moment(*parts: int) -> datetime:
    return datetime(*parts)  # noqa: DTZ001  # a spreadsheet knows no zone
