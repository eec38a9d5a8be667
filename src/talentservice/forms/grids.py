"""Cells between column lines, and the tables they make."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from attrs import evolve

from talentservice.forms.sheet import Grid, Line, Placed, Sentence, Slot


class Drawn(NamedTuple):
    """A cell between two column lines: rows and lengths in tenths of a mm count over the whole form."""

    row: int
    rows: int
    left: int
    right: int
    height: int
    label: str = ""
    alone: Slot | None = None
    sentence: Sentence | None = None
    foot: Sentence | None = None


def finished(parts: Sequence[Grid | Line], drawn: Sequence[Drawn], edges: Sequence[int]) -> Iterator[Grid | Line]:
    """The parts with their cells in order; a label that goes on over a page is printed on both."""
    columns = {edge: column for column, edge in enumerate(edges)}
    for part in parts:
        if isinstance(part, Line):
            yield part
            continue
        begin, end, cells = part.start, part.start + part.rows, []
        for row, rows, left, right, height, label, alone, said, foot in drawn:
            top, bottom = max(row, begin), min(row + rows, end)
            if top < bottom:
                column = columns[left]
                cells.append(
                    Placed(
                        top,
                        column,
                        bottom - top,
                        columns[right] - column,
                        right - left,
                        height,
                        label,
                        alone,
                        said,
                        foot,
                    )
                )
        cells.sort()  # by row and column, of which no two are the same
        yield evolve(part, cells=tuple(cells))


def again(row: Sequence[Drawn], rows: int, first: str, other: str) -> Iterator[Drawn]:
    """A row's cells so many rows further down: their blanks stand in another row of a group (`items.7.` for `items.0.`)."""
    cut = len(first)
    for at, spans, left, right, height, label, alone, sentence, foot in row:
        slot = Slot(other + alone.key[cut:], alone.field) if alone else None
        said, below = (s and _moved(s, cut, other) for s in (sentence, foot))
        yield Drawn(at + rows, spans, left, right, height, label, slot, said, below)


def _moved(sentence: Sentence, cut: int, other: str) -> Sentence:
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
