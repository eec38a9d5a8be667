"""A workbook as a form needs it: the filled cells of one sheet, what is merged, and the names; nothing else is kept."""

import re
from datetime import MAXYEAR, date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal, NamedTuple

from attrs import define, field

from talentservice.errors import FileRefused
from talentservice.forms.matching import unmarked
from talentservice.forms.xlsx.limits import CAPS, check_place
from talentservice.forms.xlsx.names import FORM, VERSION, YEAR, address, key_of
from talentservice.workbooks import Beside, Cell, Format, Sheet, Where, Workbook, open_workbook, place_of

FIRST_TEXTS = 5  # of another sheet: enough to know it by
_PLACE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?([1-9]\d{0,6})(?::.*)?")
_WORDS = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
# Of headers and footers: fonts, sizes, colours, sides, and what a program fills in; words around the number of the page.
_CODES = re.compile(r'&(?:"[^"]*"|\d{1,3}|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|.)', re.DOTALL)
_NUMBERS = ("&P", "&N")
_PAGE = re.compile(r"(?:第|共|Page|of)?&[PN]页?", re.IGNORECASE)
_MONEY = re.compile(r"(亿元|万元|元)\s*$")

_HALF = timedelta(milliseconds=500)

Kind = Literal["text", "number", "date", "month", "bool", "formula", "error"]


class Held(NamedTuple):
    """What a cell holds: a text with marks, a number as it is shown, a day, or what cannot be taken."""

    kind: Kind
    text: str
    day: date | None = None


@define
class Book:
    """A workbook that came back: cells by row and column, the size of what is merged, names; all counted from 0."""

    cells: dict[int, dict[int, Held]] = field(factory=dict)
    merged: dict[Where, Where] = field(factory=dict)
    named: dict[tuple[str, str], Where] = field(factory=dict)  # by kind and key
    told: dict[str, str] = field(factory=dict)
    beside: Beside = field(factory=Beside)
    margins: list[str] = field(factory=list)  # texts of headers and footers, without page numbers
    elsewhere: list[tuple[str, str]] = field(factory=list)  # what stands on other sheets: where, and its first texts

    @property
    def end(self) -> int:
        """The row after the last filled one."""
        return max(self.cells, default=-1) + 1

    def filled(self, row: int, column: int, span: int = 1) -> list[tuple[int, Held]]:
        """The filled cells of a span, with their columns."""
        cells = self.cells.get(row)
        return [(c, cells[c]) for c in range(column, column + span) if c in cells] if cells else []

    def at(self, row: int, column: int, span: int = 1) -> tuple[int, Held] | None:
        """The first filled cell of a span."""
        return next(iter(self.filled(row, column, span)), None)

    def text(self, row: int, column: int) -> str:
        """The text of a cell, with its marks."""
        held = self.cells.get(row, {}).get(column)
        return held.text if held else ""


def read_book(data: bytes) -> Book:
    """Read the workbook, which the guard of archives has let through.

    Raises:
        FileRefused: damaged, or with more in it than a form can hold.
    """
    read = open_workbook(data, CAPS)
    title, book = _names(read)
    if title not in read.sheets:
        raise FileRefused("the workbook has no sheet", "工作簿没有工作表", code="damaged")
    sheet = read.sheet(title)
    for row in sheet:
        for cell in row.cells:
            _keep(book, cell)
    book.merged = sheet.merged
    book.beside = read.beside(title)
    book.margins = [text for told in sheet.margins if (text := _said_in(told))]
    others = (t for t in read.sheets if t != title and t not in read.hidden)
    book.elsewhere = [said for other in others if (said := _on_sheet(other, read.sheet(other)))]
    return book


def _on_sheet(title: str, sheet: Sheet) -> tuple[str, str] | None:
    """Where something stands on a sheet that is not the form's, and the first texts; None where nothing does."""
    texts: list[str] = []
    first = last = None
    for cell in (cell for row in sheet for cell in row.cells):
        text = unmarked(str(cell.value if cell.value is not None else cell.formula))
        if text.strip():
            first, last = first or (cell.row, cell.column), (cell.row, cell.column)
            texts += [text] if len(texts) < FIRST_TEXTS else []
    if first is None or last is None:
        return None
    return f"{title}!{address(*first)}" + (f"–{address(*last)}" if last != first else ""), " ".join(texts)


def _names(read: Workbook) -> tuple[str, Book]:
    """The sheet most names lead to, or the first; and the names that lead there."""
    book, places, count = Book(), [], dict.fromkeys(read.sheets, 0)
    for name, text in (*read.names, *read.own_names):
        if name.lower() in (FORM, VERSION, YEAR):
            book.told.setdefault(name.lower(), _unquoted(text))
        kind, key = key_of(name)
        place = _PLACE.fullmatch(text.lstrip("=").strip()) if kind else None
        if place:
            title = place[1].replace("''", "'") if place[1] else place[2]
            places.append((kind, key, title, place_of(place[3], place[4])))
            if title in count:
                count[title] += 1
    chosen = max(count, key=lambda title: count[title], default="")
    for kind, key, title, where in places:
        if title == chosen:
            book.named.setdefault((kind, key), where)
    return chosen, book


def _said_in(margin: str) -> str:
    """What a header or footer says beside the number of the page."""
    text = _CODES.sub(lambda found: found[0] if found[0] in _NUMBERS else "", unmarked(margin))
    return "".join(c for c in _PAGE.sub("", "".join(text.split())) if c.isalnum())


def _unquoted(text: str) -> str:
    text = text.lstrip("=").strip()
    return text[1:-1].replace('""', '"') if text.startswith('"') else text


def _keep(book: Book, cell: Cell) -> None:
    held = _held(cell)
    if held is None:
        return
    check_place(cell.row, cell.column)
    book.cells.setdefault(cell.row, {})[cell.column] = held


def _held(cell: Cell) -> Held | None:
    """What the cell holds, None where it is blank."""
    if cell.formula is not None:
        return Held("formula", "")
    match cell.value:
        case bool():
            return Held("bool", "TRUE" if cell.value else "FALSE")
        case int() | float():
            return _number(cell.value, cell.format)
        case datetime():
            return _moment(cell.value, months=cell.format.shows == "month")
        case date():
            return _day(cell.value, months=cell.format.shows == "month")
        case timedelta():
            seconds = round(cell.value.total_seconds())
            return Held("text", f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}")
    text = "" if cell.value is None else str(cell.value)
    return Held("error" if cell.kind == "error" else "text", text) if text else None


def _number(number: float, form: Format) -> Held:
    """A number as its format shows it: a percentage, money in its unit, or plainly."""
    exact = Decimal(repr(float(number)))
    if "%" in form.signs:
        return Held("number", f"{_plain(exact * 100)}%")
    money = _MONEY.search(_WORDS.sub(lambda found: found[1] or found[2] or "", form.code))
    return Held("number", _plain(exact) + (money[1] if money else ""))


def _moment(moment: datetime, *, months: bool) -> Held:
    """A moment to the second; at midnight, or where no time is shown beside a month, the day."""
    if moment.microsecond and moment.year < MAXYEAR:
        moment = (moment + _HALF).replace(microsecond=0)
    if months or moment.time() == time():
        return _day(moment.date(), months=months)
    return Held("text", f"{_said(moment)} {moment:%H:%M:%S}")


def _day(day: date, *, months: bool) -> Held:
    """A day, or only its month where no more is shown."""
    return Held("month", f"{day.year}年{day.month}月") if months else Held("date", _said(day), day)


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
