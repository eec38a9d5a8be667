"""Text in the cells of a workbook: how it is put there piece by piece, and how much room it takes."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from talentservice.errors import FormError
from talentservice.forms.render import (
    LEADING,
    PADDING,
    SIGN,
    Run,
    RunKind,
    Runs,
    Shown,
    choices_of,
    lines_of,
    roomy,
    width_of,
)
from talentservice.forms.xlsx.looks import SIZE, Looks
from talentservice.forms.xlsx.names import address

LONGEST = 32_767  # UTF-16 units in a cell
ABOVE = 10  # above and below the lines of a cell together, in tenths of a mm
_COMMON = "□√■"  # every Chinese font has these boxes; others come from the font for boxes
_ESCAPED = re.compile("(?<=_)(?=x[0-9A-Fa-f]{4}_)")
# Texts the writing library takes for its own markup, or escapes only in part.
_MISTAKEN = re.compile("\\A<r>|_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_")


def put(sheet: Any, looks: Looks, where: tuple[int, int], runs: Runs, look: Any, style: str = "") -> None:  # noqa: PLR0917  # a cell, what stands in it, how it looks
    """Write text: in one piece where it looks the same throughout, otherwise piece by piece.

    Raises:
        FormError: it is longer than a cell holds.
    """
    if len(runs) > 1:
        runs = tuple(Run("slot", roomy(r.text)) if r.kind == "slot" else r for r in runs)
    text = runs[0].text if len(runs) == 1 else text_of(runs)
    if len(runs) == 1 and 0 < len(text) < LONGEST // 2 and "_x" not in text and text[0] != "<":  # most are
        sheet.write_string(*where, text, look)
        return
    if len(text) > LONGEST // 2 and len(text.encode("utf-16-le")) > 2 * LONGEST:
        raise FormError(
            f"{address(*where)}: a text is longer than the {LONGEST} signs a cell of a workbook holds",
            f"{address(*where)}：文字超过单元格上限 {LONGEST} 字",
        )
    if not text:
        sheet.write_blank(*where, None, look)
        return
    pieces = runs if len(runs) == 1 else _joined(runs)
    if len(pieces) == 1 and not _MISTAKEN.search(text):
        sheet.write_string(*where, text, look)
        return
    fragments = [x for p in pieces for t in _split(p.text, len(pieces)) for x in (looks.run(p.kind, style), t)]
    sheet.write_rich_string(*where, *fragments, look)


def text_of(runs: Runs) -> str:
    """The text of runs."""
    return runs[0].text if len(runs) == 1 else "".join([r.text for r in runs])


def _joined(runs: Runs) -> Runs:
    """The runs with neighbours of one look in one piece; blanks stay apart, so that a reader can tell them apart."""
    alike = groupby(
        enumerate(r for r in runs if r.text), lambda at: (kind := _look(at[1]), at[0] if kind == "slot" else 0)
    )
    return tuple(Run(kind, text_of(tuple(run for _, run in same))) for (kind, _), same in alike)


def _look(run: Run) -> RunKind:
    if run.kind == "box":
        return "value" if run.text in _COMMON else "box"
    return run.kind if run.kind in ("slot", "hint", "label") else "value"


def _split(text: str, pieces: int) -> Iterator[str]:
    """A piece of a rich text in parts the writing library leaves as they are.

    It takes a text that looks like its own markup for markup, so that one piece becomes two; and of a rich text it escapes what
    looks like an escape twice, so that such a text is cut in the middle.
    """
    if pieces == 1:
        yield text[:1]
        text = text[1:]
    yield from (part for part in _ESCAPED.split(text) if part)


def points(tenths: float) -> float:
    """Tenths of a millimetre as points."""
    return round(tenths * 72 / 254, 2)


def lines_in(text: str, width: int, size: float = SIZE) -> int:
    """How many lines a text of this size takes in a cell of this width."""
    room = int(width * SIZE / size)
    return 1 if len(text) * SIGN <= room - PADDING and "\n" not in text else lines_of(text, room)


def choices_whole(cells: Sequence[Shown]) -> list[Shown]:
    """The cells with each choice on the line of its box.

    Office programs part Chinese text between any two signs, no-break spaces or not: lines are ended here.
    """
    return [_whole(shown) if shown.runs and shown.runs[0].kind == "box" else shown for shown in cells]


def _whole(shown: Shown) -> Shown:
    across = 2 * ((shown.place.width - PADDING) // SIGN)
    made: list[Run] = []
    at = 0  # half signs on the line so far
    for choice in choices_of(shown.runs):
        printed = text_of(tuple(r for r in choice if r.kind in ("box", "text")))
        if at and at + width_of(printed.rstrip()) > across:
            made.append(Run("text", "\n"))
            at = 0
        made += choice
        at += width_of(printed)
    return shown._replace(runs=tuple(made))


def with_foot(shown: Shown) -> Runs:
    """The cell's text with its foot, brought down by empty lines."""
    if not shown.foot:
        return shown.runs
    place = shown.place
    body, foot = (lines_in(text_of(runs), place.width) for runs in (shown.runs, shown.foot))
    return (*shown.runs, Run("value", "\n" * max(place.height // LEADING - body - foot + 1, 1)), *shown.foot)


def heights_of(cells: Sequence[Shown], start: int) -> list[int]:
    """The height of each row in tenths of a mm; a workbook does not fit merged rows to their text by itself."""
    heights, beyond = [0] * (1 + max(s.place.row for s in cells) - start), []
    for shown in cells:
        place, runs, foot = shown
        row = place.row - start
        if foot:
            runs = with_foot(shown)
        if place.rows > 1:
            beyond.append((row, row + place.rows, _need(text_of(runs), place.width)))
            continue
        tall = heights[row]
        if place.height > tall:
            heights[row] = tall = place.height
        if runs:  # most texts are sure to fit, were all their signs wide
            text = runs[0].text if len(runs) == 1 else text_of(runs)
            sure = (tall - ABOVE) // LEADING * ((place.width - PADDING) // SIGN)
            if (len(text) > sure or "\n" in text) and (need := _need(text, place.width)) > tall:
                heights[row] = need
    for first, end, need in beyond:
        heights[end - 1] += max(need - sum(heights[first:end]), 0)
    return heights


def _need(text: str, width: int) -> int:
    return lines_in(text, width) * LEADING + ABOVE
