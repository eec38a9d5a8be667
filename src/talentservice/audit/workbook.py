"""Workbooks (.xlsx): the values of one sheet; a hostile or broken file is refused."""

from collections.abc import Iterator

from talentservice.archives import MEBIBYTE, Limits, check_archive
from talentservice.cells import Uncomputed, shown
from talentservice.errors import FileRefused, TableError, did_you_mean
from talentservice.workbooks import Caps, Cell, Sheet, Workbook, open_workbook, too_large

# Of a table only the values are read: macros and links in it stay where they are. Zip packs no more than 1032 to 1.
LIMITS = Limits(entry=512 * MEBIBYTE, total=512 * MEBIBYTE, ratio=1032, entries=10_000, passive=False)
LAST_ROW = 1_048_576  # a sheet has no more
MOST_CELLS = 50_000_000
CAPS = Caps(
    texts=10_000_000, names=200_000, styles=200_000, rows=LAST_ROW, cells=MOST_CELLS, filled=MOST_CELLS, merged=1_000_000,
    text=1_000_000,
)  # fmt: skip


def sheet_rows(data: bytes, sheet: str | None) -> Iterator[tuple[int, list[object]]]:
    """The rows of one sheet of a workbook, each with its number; without a name the first sheet.

    A cell is None, a text, a truth value, a number, or the day, time or span its format shows; an error is its text.

    Raises:
        TableError: damaged, hostile, too large, or without that sheet.
    """
    try:
        check_archive(data, LIMITS)
        yield from _lines(_chosen(open_workbook(data, CAPS), sheet))
    except FileRefused as error:
        raise TableError(error.en, error.zh, code=error.code) from None


def _chosen(book: Workbook, sheet: str | None) -> Sheet:
    titles = list(book.sheets)
    if not titles or (sheet is not None and sheet not in titles):
        named, have = shown(sheet or ""), [shown(title) for title in titles]
        near = did_you_mean(named, have)
        raise TableError(
            f"no sheet '{named}'; there is: {', '.join(have)}" + (f". Did you mean '{near}'?" if near else ""),
            f"没有工作表“{named}”；现有：{'、'.join(have)}" + (f"。是否指“{near}”？" if near else ""),
        )
    return book.sheet(titles[0] if sheet is None else sheet)


def _lines(sheet: Sheet) -> Iterator[tuple[int, list[object]]]:
    room = 0
    for row in sheet:
        if row.number >= LAST_ROW:
            raise TableError(f"the sheet has more than {LAST_ROW} rows", f"工作表超过 {LAST_ROW} 行")
        room += row.width if row.cells else 0  # a short row may name a far column
        if room > MOST_CELLS:
            raise too_large(f"more than {MOST_CELLS} cells", f"超过 {MOST_CELLS} 个单元格")
        line: list[object] = [None] * (row.width if row.cells else 0)
        for cell in row.cells:
            line[cell.column] = _value(cell)
        yield row.number + 1, line


def _value(cell: Cell) -> object:
    """What the cell holds; of a formula the value it had when the file was saved."""
    return Uncomputed(cell.formula) if cell.value is None and cell.formula is not None else cell.value
