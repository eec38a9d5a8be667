"""Cells between column lines, and the tables they make."""

from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from talentservice.forms.sheet import Grid, Line, Placed, Sentence, Slot


@frozen
class Drawn:
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
    """The parts with their cells; a label that goes on over a page is printed on both."""
    columns = {edge: column for column, edge in enumerate(edges)}
    for part in parts:
        if isinstance(part, Line):
            yield part
            continue
        end, cells = part.start + part.rows, []
        for c in drawn:
            top, bottom = max(c.row, part.start), min(c.row + c.rows, end)
            if top < bottom:
                column, last = columns[c.left], columns[c.right]
                cells.append(Placed(top, column, bottom - top, last - column, c.right - c.left, c.height, c.label, c.alone, c.sentence, c.foot))  # fmt: skip
        yield evolve(part, cells=tuple(sorted(cells, key=lambda p: (p.row, p.column))))


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
