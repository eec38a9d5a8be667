"""A workbook as a form needs it: the filled cells of one sheet, what is merged, and the names; nothing else is kept."""

import io
import math
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal, NamedTuple
from zipfile import ZipFile

from attrs import define, field

from talentservice.cells import SERIAL_ZERO
from talentservice.errors import FileRefused
from talentservice.forms.xlsx.names import FORM, VERSION, YEAR, address, key_of
from talentservice.forms.xlsx.parts import Contents, Links, Rich, Styles, Texts, too_large

BOOK = "xl/workbook.xml"
LAST_ROW, LAST_COLUMN = 20_000, 256
MOST_CELLS, MOST_ROWS, MOST_BLANKS, MOST_MERGES = 100_000, 100_000, 400_000, 60_000
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_PLACE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?([1-9]\d{0,6})(?::.*)?")
_WORDS = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_MONEY = re.compile(r"(亿元|万元|元)\s*$")

Kind = Literal["text", "number", "date", "month", "bool", "formula", "error"]
Where = tuple[int, int]  # row and column, counted from 0


class Held(NamedTuple):
    """What a cell holds: a text with marks, a number as it is shown, a day, or what cannot be taken."""

    kind: Kind
    text: str
    day: date | None = None


def _where(letters: str, number: str) -> Where:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(number) - 1, column - 1


@define
class Book:
    """A workbook that came back: cells by row and column, the size of what is merged, names; all counted from 0."""

    cells: dict[int, dict[int, Held]] = field(factory=dict)
    merged: dict[Where, Where] = field(factory=dict)
    named: dict[tuple[str, str], Where] = field(factory=dict)  # by kind and key
    told: dict[str, str] = field(factory=dict)

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


def read_book(data: bytes) -> Book:
    """Read the workbook, which the guard of archives has let through.

    Raises:
        FileRefused: damaged, or with more in it than a form can hold.
    """
    with ZipFile(io.BytesIO(data)) as archive:
        there = frozenset(archive.namelist())
        contents, links, styles, texts = Contents(), Links(), Styles(), Texts()
        contents.read(archive, BOOK)
        if "xl/_rels/workbook.xml.rels" in there:
            links.read(archive, "xl/_rels/workbook.xml.rels")
        if links.styles in there:
            styles.read(archive, links.styles)
        if links.texts in there:
            texts.read(archive, links.texts)
        sheet, book = _names(contents)
        part = next((links.found.get(link, "") for title, link in contents.sheets if title == sheet), "")
        if part not in there:
            raise FileRefused("the workbook has no sheet", "工作簿没有工作表", code="damaged")
        cells = Cells(texts.found, styles.found, book, from_1904=contents.from_1904)
        cells.read(archive, part)
    return book


def _names(contents: Contents) -> tuple[str, Book]:
    """The sheet most names lead to, or the first; and the names that lead there."""
    book, places, count = Book(), [], dict.fromkeys((title for title, _ in contents.sheets), 0)
    for name, text in (*contents.names, *contents.own):
        if name.lower() in (FORM, VERSION, YEAR):
            book.told.setdefault(name.lower(), _unquoted(text))
        kind, key = key_of(name)
        place = _PLACE.fullmatch(text.lstrip("=").strip()) if kind else None
        if place:
            title = place[1].replace("''", "'") if place[1] else place[2]
            places.append((kind, key, title, _where(place[3], place[4])))
            if title in count:
                count[title] += 1
    chosen = max(count, key=lambda title: count[title], default="")
    for kind, key, title, where in places:
        if title == chosen:
            book.named.setdefault((kind, key), where)
    return chosen, book


def _unquoted(text: str) -> str:
    text = text.lstrip("=").strip()
    return text[1:-1].replace('""', '"') if text.startswith('"') else text


class Cells(Rich):
    """The cells of one sheet, put into the book as they come."""

    def __init__(self, texts: list[str], formats: list[str], book: Book, *, from_1904: bool) -> None:
        super().__init__()
        self.texts, self.formats, self.book = texts, formats, book
        self.zero = date(1904, 1, 1) if from_1904 else SERIAL_ZERO
        self.row = self.column = -1
        self.kind, self.style, self.value = "n", 0, ""
        self.formula = False
        self.rows = self.blanks = self.filled = 0

    def start(self, name: str, said: Mapping[str, str]) -> None:
        """A row, a cell or what is in it."""
        if name == "c":
            self.begin_cell(said)
        elif name == "v":
            self.begin()
        elif name == "f":
            self.formula = True
        elif name == "row":
            self.rows += 1
            if self.rows > MOST_ROWS:
                raise too_large(f"more than {MOST_ROWS} rows", f"超过 {MOST_ROWS} 行")
            self.row = int(said["r"]) - 1 if "r" in said else self.row + 1
            self.column = -1
        elif name == "mergeCell":
            self.merge(said["ref"])
        else:
            super().start(name, said)

    def begin_cell(self, said: Mapping[str, str]) -> None:
        """Where the cell is, and of what kind."""
        place = _CELL.fullmatch(said.get("r", ""))
        self.row, self.column = _where(place[1], place[2]) if place else (self.row, self.column + 1)
        self.kind, self.style = said.get("t", "n"), max(int(said.get("s", 0)), 0)
        self.value, self.pieces, self.formula = "", [], False

    def end(self, name: str) -> None:
        """What is in a cell is known at its end."""
        if name == "v":
            self.value = self.taken()
        elif name == "c":
            held = self.held()
            if held is not None:
                self.keep(held)
            self.blanks += 1
            if self.blanks > MOST_BLANKS:
                raise too_large(f"more than {MOST_BLANKS} cells", f"超过 {MOST_BLANKS} 个单元格")
        else:
            super().end(name)

    def keep(self, held: Held) -> None:
        """Keep a filled cell."""
        if not (0 <= self.row < LAST_ROW and 0 <= self.column < LAST_COLUMN):
            where = address(self.row, self.column) if self.row >= 0 else "?"
            raise too_large(
                f"something far from the form, in {where}; delete it", f"在远离表格的 {where} 处有内容，请删除"
            )
        self.filled += 1
        if self.filled > MOST_CELLS:
            raise too_large(f"more than {MOST_CELLS} filled cells", f"超过 {MOST_CELLS} 个有内容的单元格")
        self.book.cells.setdefault(self.row, {})[self.column] = held

    def merge(self, ref: str) -> None:
        """Note what is merged."""
        first, _, last = ref.partition(":")
        a, b = _CELL.fullmatch(first), _CELL.fullmatch(last or first)
        if a is None or b is None:
            raise ValueError
        if len(self.book.merged) >= MOST_MERGES:
            raise too_large(f"more than {MOST_MERGES} merged cells", f"合并单元格超过 {MOST_MERGES} 处")
        (row, column), (bottom, right) = _where(a[1], a[2]), _where(b[1], b[2])
        self.book.merged[row, column] = (bottom - row + 1, right - column + 1)

    def held(self) -> Held | None:
        """What the cell holds, None where it is blank."""
        if self.formula:
            return Held("formula", "")
        if self.kind == "inlineStr":
            text = "".join(self.pieces)
            return Held("text", text) if text else None
        if not self.value:
            return None
        match self.kind:
            case "s":
                if self.value.startswith("-"):
                    raise ValueError
                text = self.texts[int(self.value)]
                return Held("text", text) if text else None
            case "str":
                return Held("text", self.value)
            case "e":
                return Held("error", self.value)
            case "b":
                return Held("bool", "TRUE" if self.value.strip() == "1" else "FALSE")
            case "d":
                return _dated(datetime.fromisoformat(self.value.strip().removesuffix("Z")), months=False)
        return self.number()

    def number(self) -> Held:
        """A number as its format shows it: a day, a percentage, money in its unit, or plainly."""
        number = float(self.value)
        if not math.isfinite(number):
            return Held("error", self.value)
        form = self.formats[self.style] if self.style < len(self.formats) else ""
        shown = form.split(";")[0]
        signs = _WORDS.sub("", shown).lower()
        if signs != "general" and re.search("[dmyhs]", signs):
            return self.day(number, signs)
        exact = Decimal(repr(number))
        if "%" in signs:
            return Held("number", f"{_plain(exact * 100)}%")
        money = _MONEY.search(_WORDS.sub(lambda found: found[1] or found[2] or "", shown))
        return Held("number", _plain(exact) + (money[1] if money else ""))

    def day(self, number: float, signs: str) -> Held:
        """The day or moment a number stands for."""
        try:
            moment = datetime(self.zero.year, self.zero.month, self.zero.day) + timedelta(seconds=round(number * 86400))  # noqa: DTZ001  # a spreadsheet knows no zone
        except OverflowError:
            return Held("error", "#NUM!")
        return _dated(moment, months="d" not in signs and "h" not in signs)


def _dated(moment: datetime, *, months: bool) -> Held:
    """A day; only its month where no more is shown; with its time where it has one."""
    if months:
        return Held("month", f"{moment.year}年{moment.month}月")
    day = f"{moment.year}年{moment.month}月{moment.day}日"
    if moment.time().isoformat() == "00:00:00":
        return Held("date", day, moment.date())
    return Held("text", f"{day} {moment:%H:%M:%S}")


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
