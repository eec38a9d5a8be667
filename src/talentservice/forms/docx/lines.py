"""The lines of a form outside its tables, found again among the paragraphs of a document; and what went on to annex pages."""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from attrs import evolve, frozen

from talentservice.forms.docx.align import FAR, Costs, Pair, align
from talentservice.forms.docx.limits import LINES, too_large
from talentservice.forms.docx.rows import group_of
from talentservice.forms.found import Entry, Found, label_of_one
from talentservice.forms.matching import OFF, ON, literal, same_words, taken, unmarked
from talentservice.forms.render import annex_heading
from talentservice.forms.sheet import Line, Sheet
from talentservice.labels import Label

GONE, ADDED, CHANGED = 3, 3, 2  # a line that is not there, one too many, one in other words
SPAN = 40  # paragraphs that somebody made of one long text
ALIKE, ENOUGH = 0.5, 300  # from which likeness on a line counts as changed, and how much of it is looked at
LOOSE = ("annex", "note")  # lines that people take out, with nothing lost
_POINTER = re.compile(r"\s*[（(]\s*见\s*附页\s*([0-9０-９]{1,3})\s*[）)]\s*")
_UNDERLINED = re.compile(f"{ON}[^{OFF}]*{OFF}")


@frozen
class DueLine:
    """A line as printed; `at` is the repeated group it is a line of."""

    line: Line
    at: str = ""


def due_lines(sheet: Sheet) -> list[DueLine]:
    """The lines of a form, in order."""
    lines = [part for part in sheet.parts if isinstance(part, Line)]
    return [DueLine(line, group_of(sheet, [slot for s in line.sentences for slot in s.slots])) for line in lines]


def patterned(lines: Sequence[DueLine]) -> list[DueLine]:
    """The lines with those of a repeated group, printed several times, once."""
    return [
        line
        for before, line in zip([None, *lines], lines, strict=False)
        if not line.at or before is None or before.at != line.at
    ]


def aligned(due: Sequence[DueLine], texts: Sequence[str]) -> list[Pair]:
    """Which paragraphs are which line printed.

    Raises:
        FileRefused: far more paragraphs than a form has.
    """
    if len(texts) > LINES:
        raise too_large(LINES, "paragraphs", "段")
    spans = [SPAN if _long(line) else 1 for line in due]

    def match(i: int, j: int, count: int) -> int:
        if count > 1 and not _begins(due[i], texts[j]):
            return FAR
        text = "\n".join(texts[j : j + count])
        if taken(due[i].line.sentences, text) is not None:
            return count - 1 + (not fixed(due[i]) and not _blank(_UNDERLINED.sub("", text)))
        # Whatever stands where the title stood is told as the title typed anew.
        return CHANGED if count == 1 and (due[i].line.style == "title" or _alike(due[i], text)) else FAR

    def lack(i: int) -> int:
        return 0 if optional(due[i]) else GONE

    return align(len(texts), Costs(match, lack, lambda _j: ADDED, [bool(line.at) for line in due], spans))


def read_line(due: DueLine, number: int, text: str, found: Found) -> None:
    """Take the values out of a line, or note that it is not as printed; `number` counts the paragraphs in which something stands."""
    values = taken(due.line.sentences, text)
    if values is None:
        found.unlike(_where(number), printed(due), text, label=_label(due))
    else:
        found.entries += [Entry(_where(number), slot, unmarked(value)) for slot, value in values]


def added_line(number: int, text: str, found: Found) -> None:
    """Note a paragraph that is not printed."""
    found.beyond(_where(number), text)


def gone_line(due: DueLine, number: int, found: Found) -> None:
    """Note that a line is not there, unless nothing is lost with it."""
    if not optional(due):
        found.unlike(_where(number), printed(due), "", label=_label(due))


def printed(due: DueLine) -> str:
    """The line with its blanks drawn."""
    return "".join(piece if isinstance(piece, str) else "__" for s in due.line.sentences for piece in s.pieces)


def standing(paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs in which something stands."""
    return [text for text in paragraphs if not _blank(text)]


def without_annexes(found: Found, paragraphs: Sequence[str]) -> Sequence[str]:
    """Put what stands on annex pages into the entries that point there; the paragraphs before them."""
    heads: dict[int, int] = {}
    for index, entry in enumerate(found.entries):
        pointer = _POINTER.fullmatch(str(entry.raw)) if entry.slot.field.annex else None
        if pointer:
            head = annex_heading(entry.slot.field, int(unicodedata.normalize("NFKC", pointer[1])))
            at = next((n for n, text in enumerate(paragraphs) if n not in heads and same_words(text, head)), None)
            if at is not None:
                heads[at] = index
    ends = [*sorted(heads), len(paragraphs)]
    for at, end in pairwise(ends):
        text = unmarked("\n".join(paragraphs[at + 1 : end]))
        found.entries[heads[at]] = evolve(found.entries[heads[at]], raw=text)
    return paragraphs[: ends[0]]


def _label(due: DueLine) -> Label | None:
    return label_of_one([slot for s in due.line.sentences for slot in s.slots])


def _where(number: int) -> Label:
    return Label(zh=f"第{number}段", en=f"paragraph {number}")


def _blank(text: str) -> bool:
    return not unmarked(text).strip()


def _long(due: DueLine) -> bool:
    return any(slot.field.type == "long-text" for s in due.line.sentences for slot in s.slots)


def fixed(due: DueLine) -> str:
    """The words of a line, without its blanks."""
    return "".join(p for s in due.line.sentences for p in s.pieces if isinstance(p, str)).strip()


def _begins(due: DueLine, text: str) -> bool:
    """Whether a paragraph begins as the line does."""
    first = due.line.sentences[0]
    words = first.pieces[0] if first.pieces and not first.optional else ""
    return not isinstance(words, str) or re.match(literal(words), unmarked(text)) is not None


def optional(due: DueLine) -> bool:
    """Whether a line may be taken out: a title without a blank tells nothing that is not known."""
    plain_title = due.line.style == "title" and not any(s.slots for s in due.line.sentences)
    return plain_title or due.line.style in LOOSE or taken(due.line.sentences, "") is not None


def _alike(due: DueLine, text: str) -> bool:
    said = unmarked(_UNDERLINED.sub("", text))[:ENOUGH]
    matcher = SequenceMatcher(None, said, fixed(due)[:ENOUGH], autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE
