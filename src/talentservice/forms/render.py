"""A sheet with its values: every cell as runs of text, which is all a writer has to know."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from attrs import frozen

from talentservice.forms.fields import NO_VALUE, FormField
from talentservice.forms.sheet import Grid, Line, LineStyle, Placed, Sentence, Sheet, Slot
from talentservice.forms.values import write

RunKind = Literal["label", "text", "value", "slot", "box", "hint"]
NBSP, EN_SPACE = "\u00a0", "\u2002"
BLANK, GAP = NBSP * 4, "__"  # of a sentence, of a title
# Blanks that need more room to be written in by hand; a seal is set over what stands around it.
_WIDE = {
    **dict.fromkeys(("signature", "date", "date-or-month", "long-text", "phone", "phone-or-text", "unit", "text-list", "unit-list"), NBSP * 12),
    **dict.fromkeys(("text", "serial", "year-month"), NBSP * 8),
}  # fmt: skip
LONGEST_POINTER = 40
_POINTER = re.compile(r"\s*\(?\s*见\s*附页\s*([1-9][0-9]{0,4})\s*\)?\s*")
# Width of a sign of 10.5 pt and height of a line, in tenths of a mm: what tells whether a text fits its cell.
SIGN, LEADING, PADDING = 37, 55, 24


class Run(NamedTuple):
    """A piece of text of one look; a `slot` is a value, or its blank, within a sentence."""

    kind: RunKind
    text: str


Runs = tuple[Run, ...]


@frozen
class Marks:
    """The signs of a ticked and an empty box."""

    on: str = "☑"
    off: str = "□"


MARKS = Marks()


class Shown(NamedTuple):
    """A cell and what is written in it; `foot` stands at its bottom."""

    place: Placed
    runs: Runs
    foot: Runs = ()


@frozen
class Table:
    """A table with its cells written."""

    grid: Grid
    cells: tuple[Shown, ...]


@frozen
class Said:
    """A line with its text written; of an annex page `key` is the field that goes on there."""

    style: LineStyle | Literal["annex-heading", "annex-text"]
    runs: Runs
    key: str = ""


Part = Table | Said


def render(sheet: Sheet, values: Mapping[str, object], marks: Marks = MARKS) -> tuple[Part, ...]:
    """Write values into a sheet.

    Args:
        sheet: the form laid out, with as many rows as the values need.
        values: flat, by slot: ``enterprise.name``, ``items.0.name``, ``finance.2019.profit``; an empty mapping gives a blank form.
        marks: the signs for boxes.

    Returns:
        The parts from top to bottom; after them, on a new page, what a field that may go on there could not hold.
    """
    parts: list[Part] = []
    beyond: list[tuple[Slot, str]] = []
    blank = not _filled_in(sheet, values)
    values = {**values, **dict(_numbers(sheet, values))}
    for part in sheet.parts:
        if isinstance(part, Line):
            said = [s for s in part.sentences if blank or not s.optional or any(p.key in values for p in s.slots)]
            title = part.style == "title"
            runs = (run for sentence in said for run in _pieces(sentence, values, title=title))
            parts.append(Said(part.style, tuple(runs)))
        else:
            parts.append(Table(part, tuple(_cell(c, values, marks, beyond) for c in part.cells)))
    for number, (slot, text) in enumerate(beyond, start=1):
        parts.append(Said("annex-heading", (Run("label", annex_heading(slot.field, number)),), slot.key))
        parts.append(Said("annex-text", (Run("value", text),), slot.key))
    return tuple(parts)


def _filled_in(sheet: Sheet, values: Mapping[str, object]) -> bool:
    """Whether there is more than what the form prints by itself."""
    single = sheet.form.single
    return any(key not in single or single[key].constant != value for key, value in values.items())


def _numbers(sheet: Sheet, values: Mapping[str, object]) -> Iterator[tuple[str, int]]:
    """The serial numbers of the rows in which something stands; a blank row has none."""
    for group in sheet.form.groups:
        counted = [f.id for f in group.fields if f.type == "sequence"]
        if group.repeat and counted:
            for row in range(sheet.repeats.get(group.at, 0)):
                if any(f"{group.at}.{row}.{f.id}" in values for f in group.fields):
                    yield from ((f"{group.at}.{row}.{name}", row + 1) for name in counted)


def annex_heading(field: FormField, number: int) -> str:
    """What stands above the text of a field on the annex page."""
    return f"附页{number}：{''.join(field.shown.split())}"


def annex_pointer(number: int) -> str:
    """What stands in the cell instead."""
    return f"（见附页{number}）"


def pointed(text: str) -> int | None:
    """The number of the annex page a cell points to, however somebody typed it anew; None where it holds a text of its own."""
    found = _POINTER.fullmatch(unicodedata.normalize("NFKC", text)) if len(text) <= LONGEST_POINTER else None
    return int(found[1]) if found else None


def _cell(place: Placed, values: Mapping[str, object], marks: Marks, beyond: list[tuple[Slot, str]]) -> Shown:
    alone = place.alone
    if alone is not None and alone.field.plain and not place.foot:
        text = values.get(alone.key)
        return Shown(place, () if text is None else (Run("value", str(text)),))
    if place.label:
        return Shown(place, (Run("label", place.label),))
    foot = tuple(_pieces(place.foot, values)) if place.foot else ()
    if place.sentence:
        return Shown(place, tuple(_pieces(place.sentence, values)), foot)
    if place.alone is None:
        return Shown(place, (), foot)
    value = values.get(place.alone.key)
    runs = _alone(place.alone.field, value, marks)
    # A text that looks like a pointer would be taken for one.
    if place.alone.field.annex and value is not None and (pointed(runs[0].text) or not _fits(runs[0].text, place)):
        beyond.append((place.alone, runs[0].text))
        runs = (Run("hint", annex_pointer(len(beyond))),)
    return Shown(place, runs, foot)


def _fits(text: str, place: Placed) -> bool:
    return lines_of(text, place.width) <= max(place.height // LEADING, 1)


def lines_of(text: str, width: int) -> int:
    """How many lines a text takes in a cell of a width in tenths of a mm."""
    across = 2 * max((width - PADDING) // SIGN, 1)
    return sum(max(-(-width_of(line) // across), 1) for line in text.split("\n"))


def width_of(text: str) -> int:
    """The width of a line in half signs: ASCII and blanks count one, any other sign two, as “ ” … — do in a Chinese font."""
    return 2 * len(text) - len(text.encode("ascii", "ignore")) - text.count(NBSP)


def _alone(field: FormField, value: object, marks: Marks) -> Runs:
    """The runs of a field that has the cell to itself."""
    if field.choices and field.boxes:
        return tuple(_boxes(field, value, marks))
    unit = unit_beside(field, filled=value is not None)
    if value is not None:
        written = Run("value", write(field, value))
        return (written, Run("text", NBSP + unit)) if unit else (written,)
    if field.hint:
        return (Run("hint", field.hint),)
    return (Run("text", BLANK + unit),) if unit else ()


def roomy(text: str) -> str:
    """The text of a slot; a wide blank in signs that are half a sign wide in every font, as a no-break space often is not.

    The last one stays, so that the blank is underlined to its end; a short blank stays as it is, in one piece.
    """
    return text if len(text) <= len(BLANK) or text.strip(NBSP) else EN_SPACE * (len(text) - 1) + NBSP


def unit_beside(field: FormField, *, filled: bool) -> str | None:
    """The unit beside a blank or a value: one that the form prints nowhere is told with a value, which means nothing without it."""
    return field.unit if field.unit_at == "blank" or (filled and field.unit_at == "nowhere") else None


def _boxes(field: FormField, value: object, marks: Marks) -> Iterator[Run]:
    """Each choice behind its box, and the other text behind its label."""
    ticked: Sequence[object] = value if isinstance(value, list | tuple) else [] if value is None else [value]
    last = len(field.choices) - 1
    for index, choice in enumerate(field.choices):
        yield Run("box", marks.on if choice in ticked else marks.off)
        yield Run("text", f"{NBSP}{choice}" + (field.between if index < last or field.other else ""))
    if field.other:
        other = next((str(t) for t in ticked if t not in field.choices), "")
        if field.other_boxed:
            yield Run("box", marks.on if other else marks.off)
        yield Run("text", f"{NBSP if field.other_boxed else ''}{field.other}：")
        yield Run("value", other)


def choices_of(runs: Runs) -> list[Runs]:
    """The choices of a cell, each from its box up to the next; none where it does not begin with a box."""
    starts = [i for i, run in enumerate(runs) if run.kind == "box"]
    return [runs[a:b] for a, b in pairwise([*starts, len(runs)])] if starts[:1] == [0] else []


def _pieces(sentence: Sentence, values: Mapping[str, object], *, title: bool = False) -> Iterator[Run]:
    for piece in sentence.pieces:
        if isinstance(piece, str):
            yield Run("text", piece)
            continue
        value = None if piece.field.type in NO_VALUE else values.get(piece.key)
        if value is not None:
            yield Run("slot", write(piece.field, value))
        else:
            yield Run("slot", GAP if title else _WIDE.get(piece.field.type, BLANK))
