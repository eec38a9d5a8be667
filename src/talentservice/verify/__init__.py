"""Holding a region against a copy of its source text: do its numbers stand there, is every article covered, what is new or gone."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from talentservice.clauses import Citation, Document
from talentservice.labels import Label
from talentservice.region import KINDS, Region
from talentservice.rules import Rule
from talentservice.verify.articles import PREAMBLE, Article, articles, key_of, sections, squeezed
from talentservice.verify.numbers import Printed, printed

# Figures of a declaration that are names, places in a list, or ours: no text prints them.
NOT_FIGURES = frozenset({"zh", "en", "also", "under", "printed", "phase"})
CYCLES = {"month": ("月",), "quarter": ("季",), "half-year": ("半年",), "year": ("年",)}


@frozen
class Checked:
    """One number of a rule: where it is declared, whether its article prints it, or another part of the document does."""

    rule: str
    key: str
    value: str
    clauses: tuple[Citation, ...]
    in_article: bool
    in_document: bool

    @property
    def label(self) -> Label:
        """The finding in words."""
        where = "、".join(str(c) for c in self.clauses)
        if self.in_article:
            return Label(
                zh=f"{self.rule}.{self.key} = {self.value}：见于 {where}",
                en=f"{self.rule}.{self.key} = {self.value}: stands in {where}",
            )
        if self.in_document:
            return Label(
                zh=f"{self.rule}.{self.key} = {self.value}：不在 {where}，见于文件别处",
                en=f"{self.rule}.{self.key} = {self.value}: not in {where}, elsewhere in the document",
            )
        return Label(
            zh=f"{self.rule}.{self.key} = {self.value}：文件中没有",
            en=f"{self.rule}.{self.key} = {self.value}: not in the document",
        )

    def to_dict(self) -> dict[str, object]:
        """The finding as JSON values."""
        return {
            "rule": self.rule,
            "key": self.key,
            "value": self.value,
            "clauses": [str(c) for c in self.clauses],
            "in_article": self.in_article,
            "in_document": self.in_document,
        }


@frozen
class Verified:
    """What a copy of a document says to a region: its numbers, articles no clause covers (new), clauses without an article (gone)."""

    document: str
    numbers: tuple[Checked, ...]
    uncovered: tuple[Article, ...]
    gone: tuple[str, ...]
    articles: int = field(default=0)

    @property
    def sound(self) -> bool:
        """Whether every number stands in its article, every article is covered and every clause has one."""
        return not (self.uncovered or self.gone) and all(n.in_article for n in self.numbers)

    def to_dict(self) -> dict[str, object]:
        """The result as JSON values."""
        return {
            "document": self.document,
            "sound": self.sound,
            "articles": self.articles,
            "numbers": [n.to_dict() for n in self.numbers],
            "uncovered": [{"article": a.key, "line": a.line} for a in self.uncovered],
            "gone": list(self.gone),
        }


def verify(region: Region, text: str) -> list[Verified]:
    """Hold a region against a text that holds its documents, one after the other.

    Args:
        region: its rules, clauses and documents.
        text: the source as the caller has it; it is only read.
    """
    titles = [d.title.zh for d in region.documents]
    return [_one(region, d, part) for d, part in zip(region.documents, sections(text, titles), strict=True)]


def _one(region: Region, document: Document, text: str) -> Verified:
    parts = articles(text)
    keys = {a.key for a in parts}
    passages = {key: printed("".join(a.text for a in parts if a.key == key)) for key in keys}
    whole = printed("\n".join(a.text for a in parts))
    named = [c for c in region.clauses if c.citation.document == document.id]
    placed = {c.citation.clause: key_of(c.citation.clause, keys - {PREAMBLE}) for c in named}
    covered = {key for key in placed.values() if key}
    # A heading whose articles are covered one by one needs no clause of its own.
    uncovered = [
        a
        for a in parts
        if a.key and a.key not in covered and not any(k.startswith(a.key) for k in covered if k != a.key)
    ]
    headed = len(keys) > 1  # a document without headings has no article that could be gone
    gone = [c for c, key in placed.items() if key is None and headed and c[0] in "一二三四五六七八九十0123456789附"]
    written = _written(region)
    numbers = [
        row
        for rule in region.rules()
        if rule.document.id == document.id
        for row in _numbers(
            rule,
            written[rule.kind, rule.id],
            [passages.get(placed.get(c.clause) or "", whole) for c in rule.citations],
            whole,
        )
    ]
    return Verified(document.id, tuple(numbers), tuple(uncovered), tuple(gone), len(parts))


def _written(region: Region) -> dict[tuple[str, str], Any]:
    """Each rule as its file writes it: what a parameter supplies is the deployer's and stands in no text."""
    clauses = [c for data in region.sources.documents.values() for c in data.get("clause", [])]
    return {(kind, name): raw for c in clauses for kind in KINDS if kind in c for name, raw in c[kind].items()}


def _numbers(
    rule: Rule[Any], declared: Any, passages: list[Printed], whole: Printed
) -> Iterator[Checked]:  # as written
    words = rule.spec.printed
    for key, value in _figures(declared, ""):
        said = words.get(str(value))
        held = [_stands(key, value, said, p) for p in (*passages, whole)]
        yield Checked(rule.id, key, str(value), rule.citations, any(held[:-1]), held[-1])


def _figures(value: Any, key: str) -> Iterator[tuple[str, Any]]:  # any declared value
    if isinstance(value, dict):
        for name, item in value.items():
            if name not in NOT_FIGURES:
                yield from _figures(item, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        for item in value:
            yield from _figures(item, key)
    elif (
        (isinstance(value, int | Decimal) and not isinstance(value, bool))
        or isinstance(value, date)
        or (isinstance(value, str) and key.rsplit(".", maxsplit=1)[-1] in ("every", "per"))
    ):
        yield key, value


def _stands(key: str, value: Any, said: str | None, passage: Printed) -> bool:  # same
    """Whether a passage prints a figure, in digits, numerals, or the words the rule gives for it."""
    if said is not None:
        return squeezed(said) in passage.text
    if isinstance(value, str):
        return any(word in passage.text for word in CYCLES.get(value, ()))
    if isinstance(value, date):
        return f"{value.month}月{value.day}日" in passage.text
    name = key.rsplit(".", 1)[-1]
    exact = Fraction(value)
    if name in ("percent", "at_least_percent"):
        return exact in passage.percents
    if name == "per_mille":
        return exact in passage.per_milles
    return exact in passage.numbers
