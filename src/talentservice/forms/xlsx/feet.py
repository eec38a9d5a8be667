"""What stands at the foot of a cell has a row of its own in a workbook: one cell has one alignment, and what is typed moves nothing."""

from bisect import bisect_left
from collections.abc import Collection, Sequence

from talentservice.forms.render import LEADING, Shown
from talentservice.forms.sheet import Placed
from talentservice.forms.xlsx.names import repeated
from talentservice.forms.xlsx.text import ABOVE, lines_in, text_of

INDENT = 30  # to the right of the foot, in tenths of a mm


def feet_apart(cells: Sequence[Shown], groups: frozenset[str]) -> tuple[Sequence[Shown], Collection[tuple[int, int]]]:
    """The cells of a table, each foot a cell below its own, and where those are; rows below move down.

    The rows of a repeated group are left as they are: of each there is one row in the sheet.
    """
    below = {s.place.row for s in cells if s.place.foot}
    if not below:
        return cells, ()
    rows = sorted(below - {s.place.row for s in cells if s.place.row in below and _repeated(s.place, groups)})
    made, feet = [], set()
    for shown in cells:
        place = shown.place
        first = place.row + bisect_left(rows, place.row)
        last = place.row + place.rows - 1
        last += bisect_left(rows, last + 1)  # with the row of its own foot
        if place.foot is None or place.row not in rows:
            made.append(shown._replace(place=place._replace(row=first, rows=last - first + 1)))
            continue
        low = lines_in(text_of(shown.foot), place.width - INDENT) * LEADING + ABOVE
        body = place._replace(row=first, rows=last - first, height=max(place.height - low, low), foot=None)
        foot = Placed(last, place.column, 1, place.columns, place.width, low, sentence=place.foot)
        made += [Shown(body, shown.runs), Shown(foot, shown.foot)]
        feet.add((last, place.column))
    return sorted(made, key=_where), feet


def _repeated(place: Placed, groups: frozenset[str]) -> bool:
    return any(repeated(slot.key, groups) for slot in place.slots)


def _where(shown: Shown) -> tuple[int, int]:
    return shown.place.row, shown.place.column
