"""A source text cut into its articles, keyed the way clause ids begin: 三(二)3, 13, 附件9."""

import re
import unicodedata
from collections.abc import Iterator

from attrs import frozen

from talentservice.verify.numbers import chinese_number

_HAN = "一二三四五六七八九十百"
_CHAPTER = re.compile(rf"^第[{_HAN}]+章")
_ARTICLE = re.compile(rf"^第([{_HAN}]+)条")
_ONE = re.compile(rf"^([{_HAN}]+)、")
_TWO = re.compile(rf"^\(([{_HAN}]+)\)")
_THREE = re.compile(r"^(\d{1,2})\.(?!\d)")
_ANNEX = re.compile(r"^附\s*件\s*(:?)\s*(\d*)(?!\d)")
_ROW = re.compile(r"^(\d{1,2})\s*\|")
_HEADING = re.compile(rf"^(第[{_HAN}]+条|[{_HAN}]+、|\([{_HAN}]+\)|\d{{1,2}}\s*[.|]|附\s*件\s*:?\s*\d*)")
_NAME = re.compile(rf"附件|\d+|[{_HAN}]+|\([{_HAN}]+\)|[^-]")
PREAMBLE = ""


@frozen
class Article:
    """One article: its key, the line (from 1) of its heading, and its text without white space."""

    key: str
    line: int
    text: str


def squeezed(text: str) -> str:
    """Text for comparing: compatible forms folded, white space gone."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def articles(text: str) -> list[Article]:
    """The articles in order; what stands before the first heading has the empty key, and one key may come again."""
    found: list[tuple[str, int, list[str]]] = [(PREAMBLE, 1, [])]
    for number, line in enumerate(unicodedata.normalize("NFKC", text).splitlines(), start=1):
        plain = line.strip().lstrip("-—· ")
        key = _key(plain, found[-1][0])
        if key is not None and key != found[-1][0]:
            found.append((key, number, []))
            plain = _HEADING.sub("", plain, count=1)  # the heading's own number is no figure of the text
        found[-1][2].append(plain)
    return [Article(key, number, squeezed("".join(lines))) for key, number, lines in found]


def _key(line: str, before: str) -> str | None:
    """The key a heading opens; None for a line that is no heading."""
    annex = _ANNEX.match(line)
    if annex:
        return "附件" if annex[1] else f"附件{annex[2]}"  # with a colon the list of annexes begins
    if before.startswith("附件"):
        row = _ROW.match(line)
        return f"附件{row[1]}" if row else None
    if _CHAPTER.match(line):
        return None
    article = _ARTICLE.match(line)
    if article:
        return str(chinese_number(article[1]))
    for level, pattern in enumerate((_ONE, _TWO, _THREE)):
        match = pattern.match(line)
        if match and not before.isdigit():
            return _nested(before, level, match[1])
    return None


def _nested(before: str, level: int, name: str) -> str:
    """A heading of a level under the one before it: 二 then (五) gives 二(五), then 2 gives 二(五)2."""
    top, _, rest = before.partition("(")
    top = top.rstrip("0123456789")
    inner = f"({rest.partition(')')[0]})" if rest else ""
    return (name, f"{top}({name})", f"{top}{inner}{name}")[level]


def key_of(clause: str, keys: set[str]) -> str | None:
    """The article a clause id lies in: the longest beginning of the id, number by number, that is one.

    None where no heading matches, or where the article's parts are numbered and the one named is not among them; 0 stands for
    what comes before the first. An annex without a heading of its own lies in the list of annexes.
    """
    names = _NAME.findall(re.sub(r"(-\d+)+$", "", clause))
    for size in range(len(names), 0, -1):
        key = "".join(names[:size])
        if key in keys:
            return None if _numbered(key, names[size:], keys) else key
    return None


def _numbered(key: str, rest: list[str], keys: set[str]) -> bool:
    """Whether the article has parts that are numbered like the one named in it."""
    if not rest or rest[0] == "0" or key == "附件":
        return False
    parts = [_NAME.findall(k[len(key) :])[0] for k in keys if k != key and k.startswith(key)]
    return _form(rest[0]) in map(_form, parts)


def _form(name: str) -> str:
    """How a part is numbered: 1, (一) or 一."""
    return "1" if name.isdigit() else name[0] if name.startswith("(") else "一"


def sections(text: str, titles: list[str]) -> Iterator[str]:
    """The text of each document in one file, split where a line holds just its title; the whole text where none does."""
    lines = text.splitlines()
    starts = []
    for title in titles:
        at = [
            i
            for i, line in enumerate(lines)
            if squeezed(title) in squeezed(line) and len(squeezed(line)) <= len(squeezed(title)) + 2
        ]
        starts.append(at[-1] if at else None)
    marks = [*sorted({s for s in starts if s is not None}), len(lines)]
    for start in starts:
        if start is None or len(titles) == 1:
            yield text if len(titles) == 1 else "\n".join(lines[: marks[0]])
        else:
            yield "\n".join(lines[start : next(m for m in marks if m > start)])
