"""A form laid out as the levels of a sheet, one below the other: what a reader finds row by row."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from attrs import evolve, frozen

from talentservice.forms.render import Shown
from talentservice.forms.sheet import Grid, Line, Placed, Sentence, Sheet, Slot
from talentservice.forms.xlsx.feet import feet_apart
from talentservice.forms.xlsx.names import repeated


@frozen
class Strip:
    """What stands on one level of the sheet: the cells that begin there, or a line; and the repeated group it is a row of."""

    places: tuple[Placed, ...] = ()
    line: Line | None = None
    at: str = ""

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Its blanks."""
        line = [s for said in self.line.sentences for s in said.slots] if self.line else []
        return (*line, *(s for p in self.places for s in p.slots))

    def label_of(self, place: Placed) -> int:
        """The column of the label a cell belongs to, -1 where it has none in its row."""
        return max((p.column for p in self.places if p.label and p.column < place.column), default=-1)

    def beside(self, label: Placed) -> Iterator[Placed]:
        """The cells that belong to a label."""
        return (p for p in self.places if not p.label and self.label_of(p) == label.column)


def strips_of(sheet: Sheet) -> Iterator[Strip]:
    """The levels of a form from top to bottom."""
    groups = frozenset(sheet.repeats)
    for part in sheet.parts:
        if isinstance(part, Grid):
            shown, _ = feet_apart([Shown(place, ()) for place in part.cells], groups)
            for _, cells in groupby(shown, key=lambda s: s.place.row):
                yield _of_group(Strip(tuple(s.place for s in cells)), groups)
        else:
            yield _of_group(Strip((), part), groups)


def _of_group(strip: Strip, groups: frozenset[str]) -> Strip:
    found = next((r for s in strip.slots if (r := repeated(s.key, groups))), None)
    return evolve(strip, at=found[0]) if found else strip


def in_row(slot: Slot, row: tuple[str, int] | None) -> Slot:
    """The blank as it stands in another row of its group."""
    if row is None:
        return slot
    at, number = row
    name = slot.key[len(at) + 1 :].partition(".")[2]
    return Slot(f"{at}.{number}.{name}", slot.field)


def words_of(sentences: Sequence[Sentence]) -> str:
    """What sentences say, each blank as a dot or three."""
    return "".join(p if isinstance(p, str) else "…" for said in sentences for p in said.pieces)
