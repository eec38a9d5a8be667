"""A form that came back as a workbook: cells are found by their names, and where those are lost by their places."""

import re
from collections.abc import Sequence
from typing import Literal

from attrs import define, evolve, field

from talentservice.cells import EXACT, digits_lost
from talentservice.errors import FileRefused
from talentservice.forms.entries import MONTHS, number_for_a_month
from talentservice.forms.fields import NO_VALUE, NUMBERS
from talentservice.forms.found import Entry, Found, title_of
from talentservice.forms.matching import in_cell, same_words, taken, unmarked
from talentservice.forms.model import FieldProblem, problem
from talentservice.forms.paper import Paper
from talentservice.forms.sheet import Line, Placed, Sheet, Slot
from talentservice.forms.xlsx.annex import GOES_ON, Annexes
from talentservice.forms.xlsx.cells import Book, Held, read_book
from talentservice.forms.xlsx.names import AFTER, FORM, VERSION, address, order_of
from talentservice.forms.xlsx.places import Places
from talentservice.forms.xlsx.strips import Strip, in_row, strips_of, words_of
from talentservice.forms.xlsx.years import year_of
from talentservice.labels import Label
from talentservice.workbooks import Where

TITLE_WITHIN = 30  # rows in which a form without names is looked for


def read_xlsx(paper: Paper, data: bytes) -> Found:
    """Read a filled-in form from a workbook that the guard of archives has let through.

    Raises:
        FileRefused: damaged, too large, another form, or another version of it.
    """
    book = read_book(data)
    found = Found(paper, book.told.get(FORM), book.told.get(VERSION), year_of(paper, book))
    found.check_identity()
    found.order = order_of
    sheet = paper.sheet({}, paper.shift(found.year))
    strips = list(strips_of(sheet))
    _Reader(book, found, sheet, strips, Annexes.of(book, paper.form), Places.of(book, strips)).read()
    return found


@define
class _Reader:
    """The workbook while it is read; `row` is where the next strip is expected."""

    book: Book
    found: Found
    sheet: Sheet
    strips: Sequence[Strip]
    annexes: Annexes
    places: Places
    row: int = 0
    sure: bool = False  # whether the strip above stands where it is expected, as it is printed
    seen: set[Where] = field(factory=set)

    def read(self) -> None:
        """Read strip by strip."""
        if not self.book.named:
            self.row = self.begin()
        index = 0
        while index < len(self.strips):
            strip = self.strips[index]
            ahead = index + 1
            while strip.at and ahead < len(self.strips) and self.strips[ahead].at == strip.at:
                ahead += 1
            if strip.at:
                self.block(self.strips[index:ahead], self.strips[ahead:])
            else:
                self.single(strip, self.strips[ahead:])
            index = ahead
        self.seen |= {(row, 0) for row in self.annexes.headings}
        for name, rows in self.annexes.left():
            self.seen |= {(row, 0) for row in rows}
            at = next(row for row in rows[1:] if row in self.book.cells)
            en = f"no cell points to {name}: write only '（见{name}）' in the cell it belongs to"
            zh = f"{name}没有单元格指向它：单元格应只写“（见{name}）”"
            self.found.note(address(at, 0), Label(zh=name, en=name), en, zh)
        self.beside()

    def beside(self) -> None:
        """Note what stands beside or between where the form has nothing, or on other sheets: it would be lost."""
        fixed = [words_of(s.line.sentences) for s in self.strips if s.line]
        # A cell without a blank is not looked at in its place: its words may stand wherever columns were moved to.
        fixed += [words_of((said,)) for s in self.strips for p in s.places for said in p.said if not said.slots]
        first = min((row for row, _ in self.seen), default=0)
        for row, column in sorted((r, c) for r in self.book.cells for c in self.book.cells[r]):
            text = unmarked(self.book.text(row, column)).removeprefix(GOES_ON)
            if first <= row and (row, column) not in self.seen and text.strip():
                if any(same_words(text, words) for words in fixed):
                    continue
                self.found.beyond(address(row, column), text)
        for where, text in self.book.elsewhere:
            self.found.beyond(where, text)
        if comment := self.book.beside.comment:
            self.found.unseen("comments", address(*comment))
        if drawing := self.book.beside.drawing:
            self.found.unseen("pictures", address(*drawing))
        if self.book.margins:
            self.found.unseen("headers")

    # -- the beginning -------------------------------------------------------------------------------------------------------

    def begin(self) -> int:
        """Where the form begins in a sheet without names: its title tells."""
        index = next((i for i, s in enumerate(self.strips) if s.line and s.line.style == "title"), 0)
        title = self.strips[index].line
        for row in range(TITLE_WITHIN):
            if title and taken(title.sentences, self.book.text(row, 0)) is not None:
                return row - index
        name = title_of(self.sheet.form)
        raise FileRefused(
            f"the workbook does not hold the form '{name.en}': its title is not there",
            f"工作簿不是表单“{name.zh}”：没有其标题",
            code="other-form",
        )

    # -- strips --------------------------------------------------------------------------------------------------------------

    def single(self, strip: Strip, after: Sequence[Strip]) -> None:
        """A strip that comes once."""
        known = self.places.row_named(strip)
        row = self.row_of_labels(strip, after) if known is None else known
        self.sure = known is not None or self.places.stands(strip, row)
        wrong = self.wrong_labels(strip, row)
        for place in strip.places:
            where = self.places.named(place)
            if not place.slots or (where is None and strip.label_of(place) in wrong):
                continue
            self.take(place, where or (row, place.column), place.columns)
        if strip.line and any(s.slots for s in strip.line.sentences):
            self.take(strip.line, self.places.named(strip.line) or (row, 0), 1)
        self.row = row + self.places.height(strip, row)

    def row_of_labels(self, strip: Strip, after: Sequence[Strip]) -> int:
        """The row of a strip without names: that of its labels where people have put rows above it."""
        if not self.book.named or self.places.stands(strip, self.row):
            return self.row
        end = next((row for s in after if (row := self.places.row_named(s)) is not None), self.row)
        return next((row for row in range(self.row, end) if self.places.stands(strip, row)), self.row)

    def wrong_labels(self, strip: Strip, row: int) -> set[int]:
        """The columns of labels that do not say what is printed: a name may tell where a value stands, not what it is of."""
        wrong = set()
        for place in strip.places:
            column = place.column + self.places.moved(strip, place, row)
            self.seen.add((row, column))
            if place.label and not same_words(text := unmarked(self.book.text(row, column)), place.label):
                wrong.add(place.column)
                lost = [slot for p in strip.beside(place) for slot in self.places.filled_in(p, row)]
                self.found.unlike(address(row, column), place.label, text, strip.slots, unread=lost)
        return wrong

    # -- rows of a group -----------------------------------------------------------------------------------------------------

    def block(self, rows: Sequence[Strip], after: Sequence[Strip]) -> None:
        """The rows of a group: those printed, and those that people put between or below, up to what is printed next."""
        strip = rows[0]
        known = [row for s in rows if (row := self.places.row_named(s)) is not None]
        first = min([*known, self.row] if self.sure else known, default=self.row)
        end = self.block_end(strip, first, len(rows), after)
        columns = self.places.columns_of(strip, as_printed=self.sure)
        places = [p._replace(column=columns[p.column]) for p in strip.places if p.column in columns]
        number, below = 0, self.book.named.get((AFTER, strip.at), (first + len(rows), 0))[0]
        for row in sorted(r for r in self.book.cells if first <= r < end):
            if row >= below and self.is_note(row, below, places):
                continue  # it is told with all that stands beside the form
            filled = False
            for place in places:
                filled |= bool(place.slots) and self.take(place, (row, place.column), place.columns, (strip.at, number))
            if strip.line:
                filled |= self.take(strip.line, (row, 0), 1, (strip.at, number))
            filled |= self.misplaced(evolve(strip, places=tuple(places)), row, number)
            number, below = number + filled, max(below, row + self.places.height(strip, row))
            self.seen |= {(row, c) for p in places for c in range(p.column, p.column + p.columns)}
        self.row, self.sure = end, True

    def is_note(self, row: int, below: int, places: Sequence[Placed]) -> bool:
        """Whether a row below a list is a note: one text alone, apart from the list or across its columns."""
        there = [c for c, held in self.book.cells[row].items() if held.text.strip()]
        if len(there) != 1 or sum(1 for p in places if p.slots) < 2:  # noqa: PLR2004  # with one column nothing tells
            return False
        wide = max((p.columns for p in places if p.column == there[0]), default=1)
        return row > below or self.book.merged.get((row, there[0]), (1, 1))[1] > wide

    def misplaced(self, strip: Strip, row: int, number: int) -> bool:
        """Note what stands in an added row where nothing of the kind belongs, and would be lost; whether anything does."""
        own, told = (strip.at, number), False
        for place in strip.places:
            there = self.book.filled(row, place.column, place.columns) if place.rows == 1 else []
            for column, held in there if place.label else there[1:]:
                text, slots = unmarked(held.text), [in_row(slot, own) for slot in strip.slots]
                if not place.label:
                    self.found.beyond(address(row, column), text, slots)
                elif not same_words(text, place.label):
                    lost = [in_row(slot, own) for p in strip.beside(place) for slot in p.slots]
                    self.found.unlike(address(row, column), place.label, text, slots, unread=lost)
                    told = True
        return told

    def block_end(self, strip: Strip, first: int, printed: int, after: Sequence[Strip]) -> int:
        """The row after the last of a group."""
        if not after:
            return self.annexes.begin
        named = self.book.named.get((AFTER, strip.at))
        if named and named[0] >= first:
            return named[0]
        for distance, following in enumerate(after):
            known = self.places.row_named(following)
            if known is not None and known - distance > first:
                return known - distance
        following = after[0]
        return next((r for r in range(first, self.annexes.begin) if self.places.stands(following, r)), first + printed)

    # -- cells ---------------------------------------------------------------------------------------------------------------

    def take(self, place: Placed | Line, where: Where, span: int, row: tuple[str, int] | None = None) -> bool:
        """Take what stands in a cell or line; whether anything does."""
        there = self.book.at(where[0], where[1], span)
        if there is None:
            return False
        column, held = there
        self.seen.add((where[0], column))
        at = address(where[0], column)
        if isinstance(place, Placed) and place.alone and not place.foot:
            self.alone(in_row(place.alone, row), held, at)
            return True
        sentences = place.sentences if isinstance(place, Line) else place.said
        slots = [in_row(s, row) for said in sentences for s in said.slots]
        if held.kind in ("formula", "error"):
            self.refuse(slots[0], held, at)
            return True
        text = held.text
        values = taken(sentences, text) if isinstance(place, Line) else in_cell(place, text)
        if values is None:
            self.found.unlike(at, words_of(sentences), text, slots)
        else:
            self.found.take(at, ((in_row(slot, row), value) for slot, value in values))
        return True

    def alone(self, slot: Slot, held: Held, at: str) -> None:
        """The value of a field that has the cell to itself."""
        if held.kind in ("formula", "error"):
            self.refuse(slot, held, at)
        elif held.kind == "number" and slot.field.type not in NUMBERS and _beyond(held.text):
            error = digits_lost(("cell", "单元格"))
            self.found.problems.append(problem(at, slot.key, slot.field, error))
        elif held.kind == "number" and slot.field.type in MONTHS and not _is_day(held.text):
            self.found.problems.append(problem(at, slot.key, slot.field, number_for_a_month(slot.field)))
        elif slot.field.type == "sequence":
            if any(c.isalpha() and c not in _COUNTING for c in held.text):
                self.found.beyond(at, held.text)
        elif slot.field.type not in NO_VALUE:
            self.found.entries.append(Entry(at, slot, self.raw(slot, held, at)))

    def raw(self, slot: Slot, held: Held, at: str) -> object:
        """What the field is to read, None where that is not sure."""
        if held.kind == "bool" and slot.field.type == "bool":
            return held.text == "TRUE"
        if held.day and slot.field.type in ("date", "date-or-month"):
            return held.day
        text = unmarked(held.text)
        rows = self.annexes.rows_for(slot, text)
        self.seen |= {(row, 0) for row in rows}
        if not rows and (beside := self.annexes.rows_beside(slot, text)):
            number, page = beside
            self.seen |= {(row, 0) for row in page}
            self.found.lose([slot])
            en = f"the cell must hold only '（见附页{number}）'; what is beside it belongs on that page"
            self.found.note(at, slot.field.label, en, f"单元格应只写“（见附页{number}）”，其余文字请移至该附页")
            return None
        return self.annexes.text(rows) or text

    def refuse(self, slot: Slot, held: Held, at: str) -> None:
        """Note a cell that cannot be taken."""
        told: dict[Literal["formula", "error"], tuple[str, str]] = {
            "formula": ("formulas are not taken", "不接受公式"),
            "error": (f"the cell shows the error {held.text[:10]}", f"单元格为错误值 {held.text[:10]}"),
        }
        en, zh = told["formula" if held.kind == "formula" else "error"]
        self.found.problems.append(FieldProblem(at, slot.key, slot.field.label, en, zh))


_COUNTING = frozenset("〇零一二三四五六七八九十百千第号")


def _is_day(text: str) -> bool:
    """Whether a number is a day as people write it in one, such as 20200623."""
    return bool(re.fullmatch(r"(?:19|20)\d{6}", text, re.ASCII))


def _beyond(text: str) -> bool:
    digits = text.lstrip("-").partition(".")[0]
    return digits.isdigit() and int(digits) >= EXACT
