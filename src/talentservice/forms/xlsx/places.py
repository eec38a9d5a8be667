"""Where the cells of a form stand in a workbook: their names tell, whatever was moved; and whether anything stands there."""

from collections.abc import Iterator, Sequence

from attrs import frozen

from talentservice.errors import InputError
from talentservice.forms.fields import NO_VALUE, FormField
from talentservice.forms.matching import in_cell, same_words, taken, unmarked
from talentservice.forms.sheet import Line, Placed, Slot
from talentservice.forms.values import accept
from talentservice.forms.xlsx.cells import Book
from talentservice.forms.xlsx.names import CELL, anchor
from talentservice.forms.xlsx.strips import Strip
from talentservice.workbooks import Where


@frozen
class Places:
    """The places of a form's cells in one workbook."""

    book: Book

    def named(self, place: Placed | Line) -> Where | None:
        """Where the name of a cell or line leads."""
        return self.book.named.get((CELL, first.key)) if (first := anchor(place)) else None

    def row_named(self, strip: Strip) -> int | None:
        """The row that a strip's names give."""
        places: Sequence[Placed | Line] = [strip.line] if strip.line else strip.places
        return next((where[0] for p in places if (where := self.named(p))), None)

    def column_of(self, place: Placed, rows: Sequence[Strip]) -> int:
        """The column of a cell in the rows of a group, as the name of any of them gives it."""
        alike = (p for s in rows for p in s.places if p.column == place.column)
        return next((where[1] for p in alike if (where := self.named(p))), place.column)

    def moved(self, strip: Strip, label: Placed) -> int:
        """By how many columns the blank behind a label has moved, as its name tells; the label went with it."""
        behind = ((p.column, self.named(p)) for p in strip.places if p.column > label.column)
        return next((where[1] - column for column, where in behind if where), 0)

    def height(self, strip: Strip, row: int) -> int:
        """How many rows of the sheet a strip takes up: a tall one is merged over several."""
        column = next((p.column for p in strip.places if p.rows == 1), 0)
        return self.book.merged.get((row, column), (1, 1))[0]

    def stands(self, strip: Strip, row: int) -> bool:
        """Whether the words of a strip stand in a row."""
        if strip.line:
            text = self.book.text(row, 0)
            return bool(text) and taken(strip.line.sentences, text) is not None
        labels = [p for p in strip.places if p.label]
        return bool(labels) and all(same_words(self.book.text(row, p.column), p.label) for p in labels)

    def filled_in(self, place: Placed, row: int) -> Iterator[Slot]:
        """The blanks of a cell in which something stands: what is printed there is nothing."""
        there = self.book.at(*(self.named(place) or (row, place.column)), place.columns)
        if there is None:
            return
        held = there[1]
        alone = place.alone if not place.foot else None
        read = [(alone, unmarked(held.text))] if alone else in_cell(place, held.text)
        if held.kind in ("formula", "error") or read is None:
            yield from place.slots
        else:
            yield from (slot for slot, text in read if _entered(slot.field, text))


def _entered(field: FormField, text: str) -> bool:
    if field.type in NO_VALUE:
        return False
    try:
        return accept(field, text) is not None
    except InputError:
        return True
