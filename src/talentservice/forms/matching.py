"""What somebody wrote, taken out of the words printed around it.

A writer underlines the blanks of a sentence, and a reader marks what is underlined: then nothing in a value can be taken for the
form's own words. Where the underlining is lost, the words alone decide.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from talentservice.forms.fields import NO_VALUE
from talentservice.forms.sheet import Placed, Sentence, Slot

ON, OFF = "\x01", "\x02"  # begin and end of what is underlined; no value can hold them
_PAIRS = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "%": "％", "!": "！", "?": "？"}
_EITHER = {sign: f"[{re.escape(a)}{b}]" for a, b in _PAIRS.items() for sign in (a, b)}


def unmarked(text: str) -> str:
    """The text without its marks."""
    return text.replace(ON, "").replace(OFF, "")


def underlined(text: str) -> str:
    """The text as one that is underlined; blanks beside it count in."""
    return f"{ON}{text}{OFF}"


def taken(sentences: Sequence[Sentence], text: str) -> list[tuple[Slot, str]] | None:
    """What stands in the blanks of a line, None where it does not say what it should.

    Args:
        sentences: those of the line, in order.
        text: what was found, what is underlined between `ON` and `OFF`.
    """
    slots = [slot for sentence in sentences for slot in sentence.slots]
    joined = text.replace(OFF + ON, "")
    found = _pattern(tuple(sentences), marked=True).fullmatch(joined) or _pattern(
        tuple(sentences), marked=False
    ).fullmatch(unmarked(text))
    if found is None:
        return None
    return [(s, v or "") for s, v in zip(slots, found.groups(), strict=True) if s.field.type not in NO_VALUE]


def in_cell(place: Placed, text: str) -> list[tuple[Slot, str]] | None:
    """What stands in the blanks of a cell, None where its fixed words are gone."""
    body, found = text, []
    if place.foot:
        split = _foot(place.foot, marked=True).fullmatch(text) or _foot(place.foot, marked=False).fullmatch(
            unmarked(text)
        )
        if split is None:
            return None
        body, *values = split.groups()
        found = [(s, v or "") for s, v in zip(place.foot.slots, values, strict=True) if s.field.type not in NO_VALUE]
    if place.sentence:
        inside = taken((place.sentence,), body)
        return None if inside is None else [*inside, *found]
    if place.alone and place.alone.field.type not in NO_VALUE:
        return [(place.alone, unmarked(body)), *found]
    return found


@lru_cache(maxsize=1024)
def _pattern(sentences: tuple[Sentence, ...], *, marked: bool) -> re.Pattern[str]:
    return re.compile(r"\s*" + "".join(_words(sentences, marked=marked)) + r"\s*", re.DOTALL)


@lru_cache(maxsize=256)
def _foot(sentence: Sentence, *, marked: bool) -> re.Pattern[str]:
    return re.compile(r"(.*?)\s*" + "".join(_words((sentence,), marked=marked)) + r"\s*", re.DOTALL)


def _words(sentences: Sequence[Sentence], *, marked: bool) -> Iterator[str]:
    blank = f"{ON}([^{ON}{OFF}]*){OFF}" if marked else "(.*?)"
    for sentence in sentences:
        said = "".join(blank if isinstance(p, Slot) else literal(p) for p in sentence.pieces)
        yield f"(?:{said})?" if sentence.optional else said


def literal(words: str) -> str:
    """A pattern for fixed words, whatever blanks stand in them and whichever width their signs have."""
    kept = [_EITHER.get(c, re.escape(c)) for c in words if not c.isspace()]
    return r"\s*" + r"\s*".join(kept) + r"\s*"


def same_words(found: str, printed: str) -> bool:
    """Whether a label says what is printed, blanks and widths aside."""
    return re.fullmatch(literal(printed), unmarked(found)) is not None
