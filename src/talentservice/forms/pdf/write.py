"""A form as a PDF: its cells go as data into one template for typst, after every sign was found in a font (extra `pdf`)."""

import json
import re
from typing import Any

from talentservice.forms.fonts import FontSet
from talentservice.forms.paper import Printout
from talentservice.forms.pdf.press import press
from talentservice.forms.render import LEADING, PADDING, SIGN, Part, Runs, Said, Shown, width_of

LOOKS = {"box": "box", "slot": "slot", "hint": "hint"}  # the other kinds are printed plain
# In tenths of a mm: what is higher may go on over the page, other rows stay whole; so many signs never are.
TALLEST, FEW = 800, 14
# Signs of an unbroken word: a Chinese text may end a line anywhere, other words only between them.
WORD = re.compile(r"([!-~\u00a1-\u2dff]+)")
JOINT = re.compile(r"(?<=[-/@_])")
LETTER = 22  # the width of such a sign on the average, in tenths of a mm


def to_pdf(printout: Printout, fonts: FontSet) -> bytes:
    """Write a form as a PDF; the same values give the same bytes.

    Raises:
        FormError: no font has the glyph of a sign that is printed; names the signs and where they stand.
        InputError: `fonts` has no files, or a file is not there.
        MissingExtra: typst or fontTools is not installed.
    """
    ready, form = press(fonts), printout.form
    data = {
        "title": form.title.zh,
        "keywords": [f"{form.id} {form.version}"],
        "lying": form.page == "landscape",
        "columns": printout.sheet.columns,
        "fonts": ready.families(printout),
        "parts": [_part(part) for part in printout.parts],
    }
    return ready.printed(json.dumps(data, ensure_ascii=False))


# -- cells as data -----------------------------------------------------------------------------------------------------------


def _part(part: Part) -> dict[str, Any]:  # plain data
    if isinstance(part, Said):
        return {"style": part.style, "runs": _runs(part.runs)}
    grid, heights, long = part.grid, [0] * part.grid.rows, [False] * part.grid.rows
    for shown in part.cells:
        if shown.place.rows == 1:
            row = shown.place.row - grid.start
            heights[row] = max(heights[row], shown.place.height)
            long[row] = long[row] or _height(shown) > TALLEST
    rows, cells = list(zip(heights, long, strict=True)), [_cell(shown, grid.start) for shown in part.cells]
    return {"style": "table", "new-page": grid.new_page, "header": grid.header, "rows": rows, "cells": cells}


def _cell(shown: Shown, start: int) -> list[object]:
    place, room = shown.place, shown.place.width - PADDING
    at = [place.column, place.row - start, place.columns, place.rows, bool(place.label)]
    return [*at, _runs(shown.runs, room), _runs(shown.foot, room)]


def _height(shown: Shown) -> int:
    text = "".join(run.text for run in shown.runs)
    if len(text) < FEW:
        return 0
    across = max((shown.place.width - PADDING) // SIGN, 1)
    return LEADING * sum(-(-width_of(line) // (2 * across)) for line in text.split("\n"))


def _runs(runs: Runs, width: int = 10_000) -> list[tuple[str, object]]:
    """Runs as look and text; neighbours of one look are joined, a word wider than its cell comes in pieces."""
    joined: list[tuple[str, str]] = []
    for run in runs:
        look = LOOKS.get(run.kind, "plain")
        if joined and joined[-1][0] == look == "plain":
            joined[-1] = (look, joined[-1][1] + run.text)
        elif run.text:
            joined.append((look, run.text))
    return [(look, _pieces(text, max(width // LETTER, 1))) for look, text in joined]


def _pieces(text: str, letters: int) -> object:
    if len(text) <= letters:
        return text
    parts = WORD.split(text)
    if all(len(word) <= letters for word in parts[1::2]):
        return text
    pieces: list[str] = []
    for index, part in enumerate(parts):
        # A word goes over to the next line at its joints, and anywhere where that does not do.
        for piece in JOINT.split(part) if index % 2 else [part]:
            pieces += piece if index % 2 and len(piece) > letters else [piece]
    return [piece for piece in pieces if piece]
