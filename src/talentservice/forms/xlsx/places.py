"""Where the cells of a form stand in a workbook: their names tell, whatever was moved; and whether anything stands there.

Names move with what people cut and paste, so that two may lead to one cell: then it is the cell of the field that is printed there.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from attrs import frozen

from talentservice.errors import InputError
from talentservice.forms.fields import NO_VALUE, FormField
from talentservice.forms.matching import in_cell, same_words, taken, unmarked
from talentservice.forms.sheet import Line, Placed, Slot
from talentservice.forms.values import accept
from talentservice.forms.xlsx.cells import Book
from talentservice.forms.xlsx.names import CELL, NAMED_ROWS, anchor
from talentservice.forms.xlsx.strips import Strip, in_row
from talentservice.workbooks import Where


class _Claim(NamedTuple):
    """A cell or line that has a name of its own, and the others of its row."""

    key: str
    column: int
    strip: Strip
    row: Sequence[str]


@frozen
class Places:
    """The places of a form's cells in one workbook; `names` are those that lead to a cell of their own."""

    book: Book
    names: Mapping[str, Where]

    @classmethod
    def of(cls, book: Book, strips: Sequence[Strip]) -> "Places":
        """The places, without the names that lead to the cells of other fields."""
        names = {key: where for (kind, key), where in book.named.items() if kind == CELL}
        everywhere, claims = cls(book, names), list(_claims(strips))
        lost = everywhere.in_one_cell(claims) | everywhere.in_anothers(claims)
        return cls(book, {key: where for key, where in names.items() if key not in lost})

    def in_one_cell(self, claims: Sequence[_Claim]) -> set[str]:
        """The names that lead to a cell to which the name of the field leads that is printed there."""
        there: dict[Where, list[_Claim]] = {}
        for claim in claims:
            if where := self.names.get(claim.key):
                there.setdefault(where, []).append(claim)
        lost = set()
        for where, several in there.items():
            if len(several) > 1:
                own = max(several, key=lambda claim, at=where: self._owns(claim, at))  # type: ignore[misc]
                lost |= {claim.key for claim in several if claim.key != own.key}
        return lost

    def in_anothers(self, claims: Sequence[_Claim]) -> set[str]:
        """The names of what comes once that lead to the cell of a field whose own name is lost: its labels or its row show it."""
        nameless = [c for c in claims if c.key not in self.names]
        lost = set()
        for claim in claims if nameless else ():
            where = self.names.get(claim.key)
            if where is None or claim.strip.at or (claim.column == where[1] and self.stands(claim.strip, where[0])):
                continue
            if any(c.column == where[1] and self._is_row(c, where[0]) for c in nameless):
                lost.add(claim.key)
        return lost

    def _is_row(self, claim: _Claim, row: int) -> bool:
        if claim.strip.at:
            return any(self.names.get(key, (-1,))[0] == row for key in claim.row)
        return self.stands(claim.strip, row)

    def _owns(self, claim: _Claim, where: Where) -> tuple[bool, int, bool]:
        """How sure it is that a cell is where a field is printed: by its column, the names beside it, and its labels."""
        beside = sum(1 for key in claim.row if key != claim.key and self.names.get(key, (-1,))[0] == where[0])
        return claim.column == where[1], beside, self.stands(claim.strip, where[0])

    def named(self, place: Placed | Line) -> Where | None:
        """Where the name of a cell or line leads."""
        return self.names.get(first.key) if (first := anchor(place)) else None

    def row_named(self, strip: Strip) -> int | None:
        """The row that most of a strip's names give, of several the one in which its labels stand."""
        places: Sequence[Placed | Line] = [strip.line] if strip.line else strip.places
        rows = Counter(where[0] for p in places if (where := self.named(p)))
        if len(rows) > 1:
            return max(rows, key=lambda row: (rows[row], self.stands(strip, row)))
        return next(iter(rows), None)

    def columns_of(self, strip: Strip, *, as_printed: bool) -> dict[int, int]:
        """The columns of the cells in the rows of a group, by their printed ones: those most names give, each for one field.

        Args:
            strip: a row of the group.
            as_printed: whether the labels above it stand where they are printed.
        """
        votes = {p.column: self._votes(strip.at, first) for p in strip.places if (first := anchor(p))}
        columns = {c: c for c, told in votes.items() if (_most(told, c) == c if told else as_printed)}
        for printed, told in votes.items():
            if printed not in columns and told:
                left = Counter({c: n for c, n in told.items() if c not in columns.values()})
                if left or printed not in columns.values():
                    columns[printed] = _most(left, printed) if left else printed
        for place in strip.places:
            if place.column not in columns:
                after = (c for c in sorted(columns) if c > place.column)
                near = next(after, max((c for c in columns if c < place.column), default=None))
                moved = 0 if near is None else columns[near] - near
                free = [c for c in (place.column + moved, place.column) if c not in columns.values()]
                columns |= {place.column: free[0]} if free else {}
        return columns

    def _votes(self, at: str, slot: Slot) -> Counter[int]:
        keys = (in_row(slot, (at, number)).key for number in range(NAMED_ROWS))
        return Counter(where[1] for key in keys if (where := self.names.get(key)))

    def moved(self, strip: Strip, label: Placed, row: int) -> int:
        """By how many columns the blank behind a label has moved, as its name tells; the label went with it."""
        if same_words(self.book.text(row, label.column), label.label):
            return 0
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


def _most(votes: Counter[int], printed: int) -> int:
    return max(votes, key=lambda column: (votes[column], column == printed))


def _claims(strips: Sequence[Strip]) -> Iterator[_Claim]:
    """The cells and lines with names of their own; of a group those of every row that may have them."""
    groups = set()
    for strip in strips:
        places: Sequence[Placed | Line] = [strip.line] if strip.line else strip.places
        slots = [(p.column if isinstance(p, Placed) else 0, first) for p in places if (first := anchor(p))]
        numbers = range(1) if not strip.at else range(0) if strip.at in groups else range(NAMED_ROWS)
        groups.add(strip.at)
        for number in numbers:
            own = (strip.at, number) if strip.at else None
            row = [in_row(slot, own).key for _, slot in slots]
            yield from (_Claim(key, column, strip, row) for key, (column, _) in zip(row, slots, strict=True))


def _entered(field: FormField, text: str) -> bool:
    if field.type in NO_VALUE:
        return False
    try:
        return accept(field, text) is not None
    except InputError:
        return True
