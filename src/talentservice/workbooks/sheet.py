"""One sheet of a workbook, row by row: only the cells that hold something, each as what it is."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple
from zipfile import ZipFile

from talentservice.workbooks.formats import PLAIN, Format, Moment, moment_of_serial, moment_of_text, span_of_serial
from talentservice.workbooks.part import Caps, Rich, too_large

_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
DIGITS = "0123456789"
LONGEST_ROW = 7  # digits of a row's number
LAST_COLUMN = 16_384  # a sheet has no more
MARGINS = frozenset({f"{which}{kind}" for which in ("odd", "even", "first") for kind in ("Header", "Footer")})
TRUTH = {"1": True, "true": True, "0": False, "false": False}

Kind = Literal["text", "number", "bool", "error", "moment"]
Value = str | int | float | bool | Moment | None
Where = tuple[int, int]  # row and column, counted from 0


class Cell(NamedTuple):
    """A cell that holds something; row and column count from 0.

    `value` is None only where a formula has no stored value; `formula` begins with "=", and has no more where the cell shares
    another's. An error's value is its text.
    """

    row: int
    column: int
    kind: Kind
    value: Value
    format: Format
    formula: str | None


class Row(NamedTuple):
    """A row as the file has it: its number counted from 0, the cells that hold something, and how many columns it says to have."""

    number: int
    cells: Sequence[Cell]
    width: int


def place_of(letters: str, number: str) -> Where:
    """The place of a cell."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(number) - 1, column - 1


class Sheet(Rich):
    """The rows of a sheet, read once, as they come; `merged` and `margins` are whole when they are all read.

    Raises:
        FileRefused: damaged, or more than is taken.
    """

    def __init__(
        self, part: tuple[ZipFile, str], caps: Caps, texts: Sequence[str], formats: Sequence[Format], *, from_1904: bool
    ) -> None:
        super().__init__(caps)
        self.part, self.texts, self.formats, self.from_1904 = part, texts, formats, from_1904
        self.merged: dict[Where, Where] = {}  # how many rows and columns, by the first cell
        self.margins: list[str] = []  # its headers and footers, with their codes
        self.columns: dict[str, int] = {}
        self.ready: list[Row] = []
        self.cells: list[Cell] = []
        self.within = False
        self.row = self.column = self.at = -1
        self.rows = self.blank = self.filled = self.width = 0
        self.kind, self.format = "n", PLAIN
        self.value: str | None = None  # as the file has it
        self.formula: str | None = None

    def __iter__(self) -> Iterator[Row]:
        for _ in self.pieces(*self.part):
            yield from self.ready
            self.ready.clear()

    def start(self, name: str, said: Mapping[str, str]) -> None:
        """A row, a cell or what is in it."""
        if name == "c" and self.within:
            self.begin_cell(said)
        elif name in ("v", "f") and self.within:
            self.begin()
        elif name == "row" and self.within:
            self.begin_row(said)
        elif name == "sheetData":
            self.within = True
        elif name in MARGINS:
            self.begin()
        elif name == "mergeCell":
            self.merge(said["ref"])
        else:
            super().start(name, said)

    def end(self, name: str) -> None:
        """What is in a cell is known at its end."""
        if name == "v" and self.within:
            self.value = self.taken()
        elif name == "c" and self.within:
            self.end_cell()
        elif name == "f" and self.within:
            self.formula = f"={self.taken()}"
        elif name == "is" and self.within:
            self.value = "".join(self.run)
        elif name == "row" and self.within:
            self.ready.append(Row(self.at, self.cells, self.width))
        elif name == "sheetData":
            self.within = False
        elif name in MARGINS:
            self.margins.append(self.taken())
        else:
            super().end(name)

    def begin_row(self, said: Mapping[str, str]) -> None:
        """A row, and its number if it says one."""
        self.rows += 1
        if self.rows > self.caps.rows:
            raise too_large(f"more than {self.caps.rows} rows", f"超过 {self.caps.rows} 行")
        self.row = int(said["r"]) - 1 if "r" in said else self.row + 1
        if self.row < 0:
            raise ValueError
        self.at, self.column, self.width, self.cells = self.row, -1, 0, []

    def begin_cell(self, said: Mapping[str, str]) -> None:
        """Where the cell is, and of what kind."""
        self.blank += 1
        if self.blank > self.caps.cells:
            raise too_large(f"more than {self.caps.cells} cells", f"超过 {self.caps.cells} 个单元格")
        self.place(said.get("r", ""))
        style = int(said["s"]) if "s" in said else 0
        self.format = self.formats[style] if 0 <= style < len(self.formats) else PLAIN
        self.kind, self.value, self.run, self.formula = said.get("t", "n"), None, [], None

    def place(self, said: str) -> None:
        """Go to the cell it says to be, else to the next."""
        letters = said.rstrip(DIGITS)
        number, column = said[len(letters) :], self.columns.get(letters, -1)
        if column < 0 and _CELL.fullmatch(said):
            column = self.columns[letters] = place_of(letters, "1")[1]
        if column < 0 or not 0 < len(number) <= LONGEST_ROW or number[0] == "0":
            self.column += 1
        else:
            self.row, self.column = int(number) - 1, column
        if self.column >= LAST_COLUMN:
            raise too_large(f"more than {LAST_COLUMN} columns", f"超过 {LAST_COLUMN} 列")
        self.width = max(self.width, self.column + 1)

    def end_cell(self) -> None:
        """Keep the cell if it holds something."""
        value, kind = self.held()
        if value is None and self.formula is None:
            return
        self.filled += 1
        if self.filled > self.caps.filled:
            raise too_large(f"more than {self.caps.filled} filled cells", f"超过 {self.caps.filled} 个有内容的单元格")
        self.cells.append(Cell(self.row, self.column, kind, value, self.format, self.formula))

    def held(self) -> tuple[Value, Kind]:
        """What the cell holds, None where it is blank."""
        text = self.value
        if self.kind == "inlineStr":
            return text, "text"
        if not text:  # a formula may come to an empty text
            return (text if self.formula and self.kind == "str" else None), "text"
        match self.kind:
            case "n":
                return self.number(text)
            case "s":
                if text.startswith("-"):
                    raise ValueError
                return self.texts[int(text)], "text"
            case "str":
                return self.clean(text), "text"
            case "e":
                return text, "error"
            case "b":
                return TRUTH[text.strip()], "bool"
            case "d":
                return moment_of_text(text), "moment"
        raise ValueError

    def number(self, text: str) -> tuple[Value, Kind]:
        """A number, or the moment or span its format shows."""
        number: float = float(text)
        if not math.isfinite(number):
            return text, "error"
        if not ("." in text or "e" in text or "E" in text):
            number = int(text)
        if self.format.shows == "number":
            return number, "number"
        try:
            if self.format.shows == "span":
                return span_of_serial(number), "moment"
            return moment_of_serial(number, from_1904=self.from_1904), "moment"
        except OverflowError:
            return "#VALUE!", "error"

    def merge(self, ref: str) -> None:
        """Note what is merged."""
        first, _, last = ref.partition(":")
        a, b = _CELL.fullmatch(first), _CELL.fullmatch(last or first)
        if a is None or b is None:
            raise ValueError
        if len(self.merged) >= self.caps.merged:
            raise too_large(f"more than {self.caps.merged} merged cells", f"合并单元格超过 {self.caps.merged} 处")
        (row, column), (bottom, right) = place_of(a[1], a[2]), place_of(b[1], b[2])
        self.merged[row, column] = (bottom - row + 1, right - column + 1)
