"""What somebody wrote, taken out of the words printed around it.

A writer underlines the blanks of a sentence, and a reader marks what is underlined: then nothing in a value can be taken for the
form's own words. Where the underlining is lost the words alone decide, as long as they can be found in one way only. Nothing here
backtracks: the work grows with the text, whatever it holds.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import combinations, islice, pairwise

from attrs import define

from talentservice.forms.fields import NO_VALUE, FormField
from talentservice.forms.sheet import Placed, Sentence, Slot

ON, OFF = "\x01", "\x02"  # begin and end of what is underlined; no value can hold them
MOST_WAYS = 64
_PAIRS = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "%": "％", "!": "！", "?": "？"}
_NARROW = str.maketrans({wide: narrow for narrow, wide in _PAIRS.items()})
_MARKED = re.compile(f"{ON}([^{ON}{OFF}]*){OFF}")
Taken = list[tuple[Slot, str]]


def unmarked(text: str) -> str:
    """The text without its marks."""
    return text.replace(ON, "").replace(OFF, "")


def taken(sentences: Sequence[Sentence], text: str) -> Taken | None:
    """What stands in the blanks of a line, None where it does not say what it should, or could be read in two ways.

    Args:
        sentences: those of the line, in order; an optional one may be missing.
        text: what was found, what is underlined between `ON` and `OFF`.
    """
    return Wording(sentences).taken(Text.of(text))


class Wording:
    """The sentences of a line, ready to be looked for in many texts: their words in every way of leaving optional ones out."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self.sentences = sentences
        self.ways = [_words(said) for said in _said(sentences)]

    @property
    def blanks(self) -> int:
        """How many blanks the line has."""
        return len(self.ways[0][1])

    @property
    def free(self) -> bool:
        """Whether the line is one blank without words: then any text is what it should be."""
        return self.ways[0][0] == ["", ""]

    def taken(self, text: "Text") -> Taken | None:
        """What stands in the blanks, None where the text does not say what it should, or could be read in two ways."""
        for read in (_underlined, _together):
            for words, slots in self.ways:
                if (found := read(text, words, slots)) is not None:
                    return _entered(_by_key(slots, found), self.sentences)
        return None


def in_cell(place: Placed, text: str) -> Taken | None:
    """What stands in the blanks of a cell, None where its fixed words are gone."""
    body: str = text
    found: Taken = []
    if place.foot:
        split = _foot(place.foot, text)
        if split is None:
            return None
        body, found = split
    if place.sentence:
        inside = taken((place.sentence,), body)
        return None if inside is None else [*inside, *found]
    alone = place.alone
    return [*([(alone, unmarked(body))] if alone and _may_hold(alone.field, body) else []), *found]


def same_words(found: str, printed: str) -> bool:
    """Whether a label says what is printed, blanks and widths aside."""
    return bare(unmarked(found)) == bare(printed)


def bare(text: str) -> str:
    """Words without blanks, their signs in narrow form; no sign becomes two."""
    return "".join(text.split()).translate(_NARROW)


# ---- sentences as words and blanks ------------------------------------------------------------------------------------------


def _said(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """The line with all its sentences, then with fewer and fewer of the optional ones."""
    optional = [i for i, s in enumerate(sentences) if s.optional]
    ways = (gone for missing in range(len(optional) + 1) for gone in combinations(optional, missing))
    for gone in islice(ways, MOST_WAYS):
        yield [s for i, s in enumerate(sentences) if i not in gone]


def _words(sentences: Sequence[Sentence]) -> tuple[list[str], list[Slot]]:
    """The words before each blank and after the last, bare; and the blanks."""
    words: list[str] = [""]
    slots: list[Slot] = []
    for piece in (p for s in sentences for p in s.pieces):
        if isinstance(piece, Slot):
            slots.append(piece)
            words.append("")
        else:
            words[-1] += _printed(piece)
    return words, slots


_printed = lru_cache(maxsize=4096)(bare)


def _entered(values: Mapping[str, str], sentences: Sequence[Sentence]) -> Taken:
    """All blanks in order, those of sentences that are missing as nothing; without those to be signed where nothing is typed."""
    found = ((slot, values.get(slot.key, "")) for s in sentences for slot in s.slots)
    return [(slot, text) for slot, text in found if _may_hold(slot.field, text)]


def _may_hold(field: FormField, text: str) -> bool:
    """Whether what stands in a blank is told: a value, or what somebody typed where a signature or seal is due."""
    return field.type not in NO_VALUE or (field.type != "sequence" and not same_words(text, field.hint or ""))


def _by_key(slots: Sequence[Slot], texts: Sequence[str]) -> dict[str, str]:
    return {slot.key: text for slot, text in zip(slots, texts, strict=True)}


def _underlined(text: "Text", words: Sequence[str], _slots: Sequence[Slot]) -> Sequence[str] | None:
    """What is underlined, where the words around it are as they should be."""
    return text.inside if text.around == words else None


def _together(text: "Text", words: Sequence[str], slots: Sequence[Slot]) -> Sequence[str] | None:
    """The same where underlining goes on from one blank to the next, or is lost; blanks without words between are read as one."""
    kept = [0, *(i for i in range(1, len(words) - 1) if words[i]), *([len(words) - 1] if slots else [])]
    groups = [slots[a:b] for a, b in pairwise(kept)]
    wanted = [words[i] for i in kept]
    around, inside = text.running_on
    found = inside if around == wanted else text.between(wanted)
    if found is None:
        return None
    apart = [_apart(group, said) for group, said in zip(groups, found, strict=True)]
    return None if None in apart else [said for group in apart for said in group or ()]


def _apart(slots: Sequence[Slot], text: str) -> list[str] | None:
    """What stands in blanks side by side: only a choice shows where it ends."""
    said: list[str] = []
    for slot in slots[:-1]:
        if slot.field.other or not slot.field.choices:
            return None
        found = max((c for c in slot.field.choices if text.startswith(c)), key=len, default="")
        said.append(found)
        text = text[len(found) :]
    return [*said, text]


def _parts(text: str) -> tuple[list[str], list[str]]:
    """A text's words around what is underlined, and what is underlined."""
    pieces = _MARKED.split(text)
    return pieces[::2], pieces[1::2]


def _foot(foot: Sentence, text: str) -> tuple[str, Taken] | None:
    """What stands above the sentence at the foot of a cell, and what stands in its blanks."""
    words, slots = _words((foot,))
    around, inside = _parts(text.replace(OFF + ON, ""))
    above = len(inside) - len(slots)
    if above >= 0 and [bare(part) for part in around[above + 1 :]] == words[1:]:
        first = Text.of(around[above])
        if first.bare.endswith(words[0]):
            before = "".join(f"{a}{ON}{i}{OFF}" for a, i in zip(around[:above], inside, strict=False))
            body = before + first.plain[: first.place(len(first.bare) - len(words[0]))]
            return body, _entered(_by_key(slots, inside[above:]), (foot,))
    found = Text.of(text).between(["", *words])
    return None if found is None else (found[0], _entered(_by_key(slots, found[1:]), (foot,)))


@define(eq=False)
class Text:
    """A text to take values out of: what is worked out of it is worked out once, whatever is looked for.

    `plain` is the text without marks, `bare` its signs without blanks; `around` are the bare words around what is underlined
    (`inside`), and `parted` tells of each whether anything stood there, a blank even.
    """

    plain: str
    bare: str
    around: list[str]
    parted: list[bool]
    inside: list[str]

    @classmethod
    def of(cls, text: str) -> "Text":
        """A text with its marks."""
        around, inside = _parts(text)
        plain = unmarked(text)
        signs = bare(plain)
        words = [bare(part) for part in around] if inside or plain != text else [signs]
        return cls(plain, signs, words, [part != "" for part in around], inside)

    @classmethod
    def joined(cls, texts: Sequence["Text"], blanks: int) -> "Text":
        """Several paragraphs as one text, in which so many blanks are looked for; where more is underlined, that tells nothing."""
        plain, signs = "\n".join(t.plain for t in texts), "".join(t.bare for t in texts)
        if sum(len(t.running_on[1]) for t in texts) > blanks:
            return cls(plain, signs, [signs], [True], [])
        around, parted = [[""]], [True]
        for text in texts:
            around[-1].append(text.around[0])
            parted[-1] = True
            around += [[words] for words in text.around[1:]]
            parted += text.parted[1:]
        inside = [said for text in texts for said in text.inside]
        return cls(plain, signs, ["".join(words) for words in around], parted, inside)

    @cached_property
    def running_on(self) -> tuple[list[str], list[str]]:
        """What is around and inside, where underlining that goes on from one blank to the next counts as one."""
        around, inside = self.around[:1], self.inside[:1]
        for words, parted, said in zip(self.around[1:], self.parted[1:], self.inside[1:], strict=False):
            if parted:
                around.append(words)
                inside.append(said)
            else:
                inside[-1] += said
        return [*around, *self.around[1:][-1:]], inside

    def place(self, number: int) -> int:
        """Where the bare sign of a number stands in the text."""
        at = [i for i, c in enumerate(self.plain) if not c.isspace()]
        return at[number] if number < len(at) else len(self.plain)

    def between(self, words: Sequence[str]) -> list[str] | None:
        """What stands between the words; None where they are not there, or could be found in other places too."""
        if len(words) == 1:
            return [] if self.bare == words[0] else None
        first, *others, last = words
        begin, end = len(first), len(self.bare) - len(last)
        if begin > end or not self.bare.startswith(first) or not self.bare.endswith(last):
            return None
        edges = self._edges(others, begin, end)
        if edges is None:
            return None
        at = [*(i for i, c in enumerate(self.plain) if not c.isspace()), len(self.plain)]
        spans = zip([begin, *edges[1::2]], [*edges[::2], end], strict=True)
        return [self.plain[at[a] : at[b]] if a < b else "" for a, b in spans]

    def _edges(self, words: Sequence[str], begin: int, end: int) -> list[int] | None:
        """Where each word begins and ends, found from the left; None where from the right it is elsewhere."""
        edges: list[int] = []
        start = begin
        for word in words:
            at = self.bare.find(word, start, end)
            if at < 0:
                return None
            start = at + len(word)
            edges += [at, start]
        for number in reversed(range(len(words))):
            end = self.bare.rfind(words[number], begin, end)
            if end != edges[2 * number]:
                return None
        return edges
