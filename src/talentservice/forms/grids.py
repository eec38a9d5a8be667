"""Cells between column lines, and the tables they make."""

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from attrs import evolve

from talentservice.forms.sheet import Grid, Line, Placed, Sentence, Slot


class Drawn(NamedTuple):
    """A cell between two column lines: rows and lengths in tenths of a mm count over the whole form.

    A cell of a repeated group is drawn once, for the first of its rows: `times` says how many there are, `at` where they stand.
    """

    row: int
    rows: int
    left: int
    right: int
    height: int
    label: str = ""
    alone: Slot | None = None
    sentence: Sentence | None = None
    foot: Sentence | None = None
    times: int = 1
    at: str = ""


def finished(parts: Sequence[Grid | Line], drawn: Sequence[Drawn], edges: Sequence[int]) -> Iterator[Grid | Line]:
    """The parts with their cells in order; a label that goes on over a page is printed on both."""
    columns = {edge: column for column, edge in enumerate(edges)}
    for part in parts:
        if isinstance(part, Line):
            yield part
            continue
        begin, end = part.start, part.start + part.rows
        rows: list[list[Placed]] = [[] for _ in range(part.rows)]
        for cell in drawn:
            column, width = columns[cell.left], cell.right - cell.left
            across = columns[cell.right] - column
            if cell.times > 1:
                if begin <= cell.row < end:
                    for number, copy in enumerate(_copies(cell, column, across, width), start=cell.row - begin):
                        rows[number].append(copy)
                continue
            top, bottom = max(cell.row, begin), min(cell.row + cell.rows, end)
            if top < bottom:
                rows[top - begin].append(Placed(top, column, bottom - top, across, width, *cell[4:9]))
        yield evolve(part, cells=tuple(cell for row in rows for cell in sorted(row, key=itemgetter(1))))


def _copies(cell: Drawn, column: int, across: int, width: int) -> Iterator[Placed]:
    """A cell of a repeated group in each of its rows: its blanks stand in another row (`items.7.` for `items.0.`)."""
    first, _, _, _, height, label, alone, said, foot, times, at = cell
    cut = len(f"{at}.0.")
    for number in range(times):
        other = f"{at}.{number}."
        slot = Slot(other + alone.key[cut:], alone.field) if alone else None
        moved, below = (s and _moved(s, cut, other) for s in (said, foot)) if said or foot else (None, None)
        yield Placed(first + number, column, 1, across, width, height, label, slot, moved, below)


def _moved(sentence: Sentence, cut: int, other: str) -> Sentence:
    """The sentence in another row of its group."""
    pieces = (Slot(other + p.key[cut:], p.field) if isinstance(p, Slot) else p for p in sentence.pieces)
    return evolve(sentence, pieces=tuple(pieces))


def edges_of(widths: Sequence[int], left: int, right: int) -> list[int]:
    """The column lines of a row: those without a width (0) share what is left, and the row ends at the right edge."""
    shares, free = widths.count(0), right - left - sum(widths)
    edges, shared = [left], 0
    for width in widths:
        shared += not width
        # The last of those that share takes what the division left over.
        share = free - free // shares * (shares - 1) if shares and shared == shares else free // max(shares, 1)
        edges.append(edges[-1] + (width or share))
    return edges
