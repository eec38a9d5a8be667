"""A form as an Excel workbook: every cell by type, so that no value becomes a formula or a link."""

import io
import re
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from itertools import groupby, zip_longest
from operator import attrgetter
from typing import Any

from attrs import define, field

from talentservice.errors import MissingExtra
from talentservice.forms.fields import NUMBERS, FormField
from talentservice.forms.fonts import OFFICE, FontSet
from talentservice.forms.paper import Printout
from talentservice.forms.render import (
    LEADING,
    PADDING,
    SIGN,
    Run,
    Runs,
    Said,
    Shown,
    Table,
    width_of,
)
from talentservice.forms.sheet import Line, Slot
from talentservice.forms.xlsx.annex import pieces_of
from talentservice.forms.xlsx.feet import feet_apart
from talentservice.forms.xlsx.limits import Room, check_packed
from talentservice.forms.xlsx.looks import DAY, SIZE, TEXT, Looks, kept_exactly, number_format, size_of
from talentservice.forms.xlsx.names import (
    AFTER,
    ANNEX,
    CELL,
    FORM,
    NAMED_ROWS,
    VERSION,
    YEAR,
    address,
    anchor,
    name_of,
    repeated,
)
from talentservice.forms.xlsx.page import DEFAULT, set_page
from talentservice.forms.xlsx.text import choices_whole, heights_of, lines_in, points, put, text_of, with_foot

TALLEST = 1440  # a row's greatest height in tenths of a mm; what is higher goes over several
SHEET_NAME = 31
PLAIN_COLUMNS = 6
_EPOCH = datetime(1980, 1, 1, tzinfo=UTC)  # equal values give equal files
INDENT = "\u3000\u3000"
_ROW = attrgetter("place.row")
_TYPED = NUMBERS | {"date", "date-or-month"}


def to_xlsx(printout: Printout, fonts: FontSet | None = None) -> bytes:
    """Write a form as an Excel workbook.

    Args:
        printout: the form with its values.
        fonts: fonts by role; the workbook names the first of each chain.

    Raises:
        FormError: a text is longer than a cell holds, or the form larger than what is read back.
        MissingExtra: the extra `xlsx` is not installed.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise MissingExtra("xlsxwriter", "xlsx") from None
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **DEFAULT}) as book:
        book.set_properties({"title": printout.form.title.zh, "created": _EPOCH})
        looks = Looks(book, fonts or OFFICE)
        _Pages(printout, book, looks, looks.cell("value")).write()
    check_packed(data := out.getvalue())
    return data


@define
class _Pages:
    """The workbook while it is written; `row` is the next row of the sheet, counted from 0."""

    printout: Printout
    book: Any  # xlsxwriter ships no types
    looks: Looks
    plain: Any  # the look of most cells
    sheet: Any = None
    title: str = ""
    row: int = 0
    breaks: list[int] = field(factory=list)
    groups: frozenset[str] = frozenset()
    open_group: str = ""
    room: Room = field(factory=Room)

    # -- the sheet -----------------------------------------------------------------------------------------------------------

    def write(self) -> None:
        """Write everything."""
        form, layout = self.printout.form, self.printout.sheet
        self.title = re.sub(r"[\[\]:*?/\\']", "", form.title.zh)[:SHEET_NAME] or form.id[:SHEET_NAME]
        self.sheet = self.book.add_worksheet(self.title)
        self.groups = frozenset(layout.repeats)
        set_page(self.sheet, form.page, self.looks.fonts.body[0], self.columns)
        for part, laid in zip_longest(self.printout.parts, layout.parts):
            if isinstance(part, Said) and part.style == "annex-text":
                self.write_annex(part)
            elif isinstance(part, Said):
                self.write_line(part, laid if isinstance(laid, Line) else None)
            else:
                self.write_table(part)
        self.begin_row(self.row, None)
        if self.breaks:
            self.sheet.set_h_pagebreaks(self.breaks)
        told = [(FORM, _quoted(form.id)), (VERSION, _quoted(form.version))]
        told += [(YEAR, str(form.year + layout.shift))] if form.year is not None else []
        for name, value in told:
            self.book.define_name(name, f"={value}")

    @property
    def columns(self) -> Sequence[int]:
        """Widths of the columns; a form without a table has some too, since pages are made narrower column by column."""
        return self.printout.sheet.columns or (int(self.printout.form.width * 10) // PLAIN_COLUMNS,) * PLAIN_COLUMNS

    def name(self, kind: str, key: str, row: int, column: int) -> None:
        """Name a cell."""
        name = name_of(kind, key)
        if name:
            letters, number = re.findall("[A-Z]+|[0-9]+", address(row, column))
            self.book.define_name(name, f"='{self.title}'!${letters}${number}")

    def begin_row(self, row: int, first: Slot | None) -> bool:
        """Name what follows the rows of a group, where they have ended; whether the blanks of this row are to be named."""
        found = repeated(first.key, self.groups) if first else None
        at, number = found or ("", 0)
        if self.open_group and self.open_group != at:
            self.name(AFTER, self.open_group, row, 0)
        self.open_group = at
        return number < NAMED_ROWS

    # -- lines ---------------------------------------------------------------------------------------------------------------

    def write_line(self, said: Said, laid: Line | None) -> None:
        """A line across all columns."""
        first = anchor(laid) if laid else None
        named = self.begin_row(self.row, first)
        if said.style == "annex-heading":
            self.breaks.append(self.row)
        runs = (Run("text", INDENT), *said.runs) if said.style == "paragraph" and said.runs else said.runs
        if first and named:
            self.name(CELL, first.key, self.row, 0)
        self.across(runs, said.style)

    def write_annex(self, said: Said) -> None:
        """The text of an annex page, row by row."""
        self.name(ANNEX, said.key, self.row, 0)
        for piece in pieces_of(text_of(said.runs), sum(self.columns)):
            self.across((Run("value", piece),), said.style)

    def across(self, runs: Runs, style: str) -> None:
        """Write text across all columns."""
        size = size_of(style)
        # Where all room is filled with text a line more than expected would be cut.
        width = int(sum(self.columns) * (0.93 if style == "annex-text" else 1))
        tall = int(LEADING * size / SIZE * (lines_in(text_of(runs), width, size) + 0.4))
        rows = self.set_heights(tall)
        self.room.take(rows=rows, cells=1, filled=1)
        self.merge(self.row, 0, rows, len(self.columns), None)  # without borders what is covered needs no look
        put(self.sheet, self.looks, (self.row, 0), runs, self.looks.line(style), style)
        self.row += rows

    def set_heights(self, tall: int) -> int:
        """Set the heights of the rows from here on for what is as tall as this; how many they are."""
        rows = -(-tall // TALLEST)
        for index in range(rows):
            self.sheet.set_row(self.row + index, points(tall / rows))
        return rows

    # -- tables --------------------------------------------------------------------------------------------------------------

    def write_table(self, table: Table) -> None:
        """A table: the heights of its rows first, then its cells."""
        cells, feet = feet_apart(choices_whole(table.cells), self.groups)
        grid, begin = table.grid, self.row
        if grid.new_page and self.row:
            self.breaks.append(self.row)
        tops = []
        for tall in heights_of(cells, grid.start):
            tops.append(self.row)
            self.row += self.set_heights(tall)
        tops.append(self.row)
        rows = self.row - begin
        self.room.take(rows=rows, cells=rows * len(self.columns), filled=sum(1 for s in cells if s.runs or s.foot))
        if grid.header:
            self.sheet.repeat_rows(begin, tops[grid.header] - 1)
        for number, there in groupby(cells, key=_ROW):
            row, top = list(there), tops[number - grid.start]
            named = self.begin_row(top, next((first for s in row if (first := anchor(s.place))), None))
            low = not feet and tops[number - grid.start + 1] - top == 1
            for shown in row:
                place, runs, foot = shown
                if low and place.columns == 1 and not foot and place.alone and place.alone.field.plain:  # most are
                    put(self.sheet, self.looks, (top, place.column), runs, self.plain)
                else:
                    self.write_cell(shown, tops, grid.start, feet)
                if named and (first := anchor(place)):
                    self.name(CELL, first.key, top, place.column)

    def write_cell(self, shown: Shown, tops: Sequence[int], start: int, feet: Collection[tuple[int, int]]) -> None:
        """A cell, merged over what it spans; no line parts it from its foot."""
        place, at = shown.place, shown.place.row - start
        row, end = tops[at], tops[at + place.rows]
        runs = with_foot(shown) if shown.foot else shown.runs
        below = shown.foot or (feet and (place.row + place.rows, place.column) in feet)
        value, look = self.valued(shown, runs, "foot" if (place.row, place.column) in feet else "body" if below else "")
        if end - row > 1 or place.columns > 1:
            self.merge(row, place.column, end - row, place.columns, look)
        if value is None and not runs:
            self.sheet.write_blank(row, place.column, None, look)
        elif value is None:
            put(self.sheet, self.looks, (row, place.column), runs, look)
        elif isinstance(value, date):
            self.sheet.write_datetime(row, place.column, value, look)
        else:
            self.sheet.write_number(row, place.column, value, look)

    def valued(self, shown: Shown, runs: Runs, side: str) -> tuple[Any, Any]:
        """The number or day a cell holds, None where it is text; and the cell's look, above a foot or as one."""
        place, looks = shown.place, self.looks
        if place.label:
            return None, looks.cell("label")
        if place.alone and place.alone.field.plain and not side:
            return None, self.plain
        kind = runs[0].kind if len(runs) == 1 and runs[0].kind in ("slot", "hint") else "value"
        item = place.alone.field if place.alone and not shown.foot else None
        if place.alone is None or item is None or item.type not in _TYPED:
            return None, looks.cell(kind, side=side)
        value = self.printout.slots.get(place.alone.key)
        if isinstance(value, date):
            return value, looks.cell(kind, DAY, side=side)
        number = kept_exactly(value)
        if number is not None and width_of(text_of(runs)) * SIGN <= 2 * (place.width - PADDING):
            held = number / 100 if item.type == "percent" else number
            return held, looks.cell(kind, number_format(item, value), side=side)
        return None, looks.cell(kind, _format_of(item), side=side)

    # -- cells ---------------------------------------------------------------------------------------------------------------

    def merge(self, row: int, column: int, rows: int, columns: int, look: Any) -> None:
        """Merge what a cell spans."""
        if rows > 1 or columns > 1:
            self.room.take(merged=1)
            self.sheet.merge_range(row, column, row + rows - 1, column + columns - 1, "", look)


def _format_of(field: FormField) -> str:
    """The format of a blank, or of a number kept as text: it is there for what somebody types."""
    if field.type == "date":
        return DAY
    # What somebody types for a month or an ordinal number ("第九") is kept as it is typed.
    return TEXT if field.type in ("date-or-month", "ordinal") else number_format(field)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
