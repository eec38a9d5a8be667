"""The lines of a form outside its tables, found again among the paragraphs of a document; and what went on to annex pages."""

import re
from collections import deque
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import accumulate, pairwise

from attrs import evolve, frozen

from talentservice.forms.docx.align import FAR, Costs, Pair, align
from talentservice.forms.docx.body import Body
from talentservice.forms.docx.limits import LINES, too_large
from talentservice.forms.docx.rows import group_of
from talentservice.forms.entries import LONGEST_LONG
from talentservice.forms.found import Found, label_of_one
from talentservice.forms.matching import OFF, ON, Text, Wording, bare, taken, unmarked
from talentservice.forms.render import annex_heading, pointed
from talentservice.forms.sheet import Line, Sheet, Slot
from talentservice.labels import Label

GONE, ADDED, CHANGED = 3, 3, 2  # a line that is not there, one too many, one in other words
SPAN = 40  # paragraphs that somebody made of one long text
ALIKE, ENOUGH = 0.5, 300  # from which likeness on a line counts as changed, and how much of it is looked at
LOOSE = ("annex", "note")  # lines that people take out, with nothing lost
_UNDERLINED = re.compile(f"{ON}[^{OFF}]*{OFF}")


@frozen
class DueLine:
    """A line as printed; `at` is the repeated group it is a line of."""

    line: Line
    at: str = ""


def due_lines(sheet: Sheet) -> list[DueLine]:
    """The lines of a form, in order."""
    lines = [part for part in sheet.parts if isinstance(part, Line)]
    return [DueLine(line, group_of(sheet, _slots(DueLine(line)))) for line in lines]


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
    lines, paragraphs = [_Expected(line) for line in due], _Paragraphs(texts)

    def match(i: int, j: int, count: int) -> int:
        return lines[i].cost(paragraphs, j, count)

    def lack(i: int) -> int:
        return 0 if lines[i].optional else GONE

    spans = [SPAN if _long(line) else 1 for line in due]
    return _changed(
        align(len(texts), Costs(match, lack, lambda _j: ADDED, [bool(line.at) for line in due], spans)), lines
    )


class _Paragraphs:
    """The paragraphs in which something stands, and what is worked out of each once."""

    def __init__(self, texts: Sequence[str]) -> None:
        apart = [unmarked(_UNDERLINED.sub("", text)) for text in texts]
        self.texts = [Text.of(text) for text in texts]
        self.words = [text[:ENOUGH] for text in apart]
        self.ends = [*accumulate((len(text.plain) + 1 for text in self.texts), initial=0)]
        self.loose = [*accumulate((bool(text.strip()) for text in apart), initial=0)]

    def length(self, at: int, count: int) -> int:
        """How long some paragraphs are together."""
        return self.ends[at + count] - self.ends[at] - 1

    def text(self, at: int, count: int, blanks: int) -> Text:
        """Some paragraphs as one text, in which so many blanks are looked for."""
        return self.texts[at] if count == 1 else Text.joined(self.texts[at : at + count], blanks)


class _Expected:
    """A line as printed, ready to be looked for among many paragraphs."""

    def __init__(self, due: DueLine) -> None:
        first = due.line.sentences[0]
        begin = first.pieces[0] if first.pieces and not first.optional else ""
        self.begin = bare(begin) if isinstance(begin, str) else ""
        self.wording = Wording(due.line.sentences)
        self.words, self.optional = fixed(due), optional(due)
        self.title = due.line.style == "title"
        self.alike = SequenceMatcher(None, b=self.words[:ENOUGH], autojunk=False)

    def cost(self, found: _Paragraphs, at: int, count: int) -> int:
        """How far some paragraphs are from the line."""
        if count > 1 and not self.may_span(found, at, count):
            return FAR
        wording = self.wording
        if wording.free or wording.taken(found.text(at, count, wording.blanks)) is not None:
            return count - 1 + (not self.words and found.loose[at + count] > found.loose[at])
        # Whatever stands where the title stood is told as the title typed anew.
        return CHANGED if count == 1 and (self.title or self.is_like(found.words[at])) else FAR

    def may_span(self, found: _Paragraphs, at: int, count: int) -> bool:
        """Whether several paragraphs may be the line: they begin as it does, and are no longer than a text may be."""
        return found.length(at, count) <= LONGEST_LONG and found.texts[at].bare.startswith(self.begin)

    def is_like(self, words: str) -> bool:
        """Whether a paragraph says about the same."""
        self.alike.set_seq1(words)
        ratios = (self.alike.real_quick_ratio, self.alike.quick_ratio, self.alike.ratio)
        return all(ratio() >= ALIKE for ratio in ratios)


def _changed(pairs: Sequence[Pair], lines: Sequence[_Expected]) -> list[Pair]:
    """The pairs with what was added where something else is gone taken for that in other words."""
    out: list[Pair] = []
    gone: deque[int] = deque()  # where in `out`, each without a paragraph as yet
    for pair in pairs:
        if pair.due is None and gone:
            at = gone.popleft()
            out[at] = evolve(out[at], at=pair.at, count=1)
            continue
        if pair.due is not None and pair.count:
            gone.clear()
        elif pair.due is not None and not lines[pair.due].optional:
            gone.append(len(out))
        out.append(pair)
    return out


def read_line(due: DueLine, where: Label, text: str, found: Found) -> None:
    """Take the values out of a line, or note that it is not as printed."""
    values = taken(due.line.sentences, text)
    if values is None:
        found.unlike(where, printed(due), text, label=label_of_one(_slots(due)), unread=_slots(due))
    else:
        found.take(where, ((slot, unmarked(value)) for slot, value in values))


def added_line(where: Label, text: str, found: Found) -> None:
    """Note a paragraph that is not printed."""
    found.beyond(where, text)


def gone_line(due: DueLine, where: Label, found: Found) -> None:
    """Note that a line is not there, unless nothing is lost with it."""
    if not optional(due):
        found.unlike(where, printed(due), "", label=label_of_one(_slots(due)))


def printed(due: DueLine) -> str:
    """The line with its blanks drawn."""
    return "".join(piece if isinstance(piece, str) else "__" for s in due.line.sentences for piece in s.pieces)


def standing(paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs in which something stands."""
    return [text for text in paragraphs if not _blank(text)]


def places(body: Body, count: int) -> list[Label]:
    """Where each of the first paragraphs is in which something stands, as a person counts them, and what would come next."""
    wheres, number = list[Label](), 0
    for at, text in enumerate(body.paragraphs[:count]):
        if _blank(text):
            continue
        if at in body.boxes:
            wheres.append(Label(zh=f"第{number + 1}段文本框", en=f"text box at paragraph {number + 1}"))
        else:
            number += 1
            wheres.append(_where(number))
    return [*wheres, _where(number + 1)]


def where_of(body: Body, at: int) -> Label:
    """Where something is that stands in a paragraph, or in a blank one behind it."""
    before = sum(i not in body.boxes and not _blank(text) for i, text in enumerate(body.paragraphs[: at + 1]))
    return _where(max(before, 1))


def without_annexes(found: Found, paragraphs: Sequence[str]) -> Sequence[str]:
    """Put what stands on annex pages into the entries that point there; the paragraphs before them."""
    pointers: dict[str, list[int]] = {}
    for index, entry in enumerate(found.entries):
        number = pointed(str(entry.raw)) if entry.slot.field.annex else None
        if number:
            head = annex_heading(entry.slot.field, number)
            pointers.setdefault(bare(head), []).append(index)
    heads: dict[int, int] = {}
    for at, text in enumerate(paragraphs if pointers else ()):
        if waiting := pointers.get(bare(unmarked(text))):
            heads[at] = waiting.pop(0)
    ends = [*sorted(heads), len(paragraphs)]
    for at, end in pairwise(ends):
        text = unmarked("\n".join(paragraphs[at + 1 : end]))
        found.entries[heads[at]] = evolve(found.entries[heads[at]], raw=text)
    return paragraphs[: ends[0]]


def _slots(due: DueLine) -> list[Slot]:
    return [slot for said in due.line.sentences for slot in said.slots]


def _where(number: int) -> Label:
    return Label(zh=f"第{number}段", en=f"paragraph {number}")


def _blank(text: str) -> bool:
    return not unmarked(text).strip()


def _long(due: DueLine) -> bool:
    return any(slot.field.type == "long-text" for slot in _slots(due))


def fixed(due: DueLine) -> str:
    """The words of a line, without its blanks."""
    return "".join(p for s in due.line.sentences for p in s.pieces if isinstance(p, str)).strip()


def optional(due: DueLine) -> bool:
    """Whether a line may be taken out: a title without a blank tells nothing that is not known."""
    plain_title = due.line.style == "title" and not any(s.slots for s in due.line.sentences)
    return plain_title or due.line.style in LOOSE or taken(due.line.sentences, "") is not None
