"""Documents, their clauses, and pointers to them."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from attrs import field, frozen
from pydantic import AfterValidator, ValidationInfo, field_validator

from talentservice.labels import Label
from talentservice.steps import plain
from talentservice.strict import Id, SafeLine, Strict, as_day, in_order

Status = Literal["rule", "record", "guidance"]
Day = Annotated[date, AfterValidator(as_day)]


class Document(Strict):
    """A source text: its id is the prefix of its citations.

    `in_force_from` is the printed day of effect; where none is printed, the document counts from its day of issue. Where that is
    not printed either, nobody knows since when it holds: it answers for every day, and each answer says "as if in force".
    `binding` is false for a report: it lays nothing down, so it has no force to begin, and its figures are observations.
    """

    id: Id
    title: Label
    issuer: SafeLine | None = None
    issued: Day | None = None
    number: SafeLine | None = None
    in_force_from: Day | None = None
    in_force_until: Day | None = None
    binding: bool = True
    note: Label | None = None

    @field_validator("in_force_until")
    @classmethod
    def _ordered(cls, until: date | None, info: ValidationInfo) -> date | None:
        start = info.data.get("in_force_from") or info.data.get("issued")
        if start is not None:
            in_order(start, until)
        return until

    @property
    def since(self) -> date | None:
        """The first day in force, None where the text prints none."""
        return self.in_force_from or self.issued

    def in_force_on(self, day: date) -> bool:
        """Whether it was in force on that day, as far as the text tells; `in_force_until` is inclusive."""
        begun = self.since is None or not self.binding or self.since <= day
        return begun and (self.in_force_until is None or day <= self.in_force_until)


@frozen
class Citation:
    """A pointer to one clause, printed as ``document:clause``."""

    document: str
    clause: str
    summary: Label

    def __str__(self) -> str:
        return f"{self.document}:{self.clause}"

    def to_dict(self) -> dict[str, object]:
        """The citation as JSON values; the summary is in our own words."""
        return {"id": str(self), "zh": self.summary.zh, "en": self.summary.en}


@frozen
class Origin:
    """Where a rule was read: distribution and version, file and line (from 1)."""

    distribution: str
    version: str
    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"

    def to_dict(self) -> dict[str, object]:
        """The origin as JSON values."""
        return {"distribution": self.distribution, "version": self.version, "file": self.file, "line": self.line}


@frozen
class Clause:
    """One checkable statement of a document, with the rules that encode it."""

    citation: Citation
    status: Status
    origin: Origin
    rules: tuple[str, ...] = ()
    record: str | None = None
    note: Label | None = None

    def to_dict(self) -> dict[str, object]:
        """The clause as JSON values."""
        return {
            **self.citation.to_dict(),
            "status": self.status,
            "rules": list(self.rules),
            "record": self.record,
            "note": plain(self.note),
            "origin": self.origin.to_dict(),
        }


@frozen
class Coverage:
    """How much of its documents a region states: clauses by status, and rule clauses without a worked scenario."""

    region: str
    clauses: int
    rule: int
    record: int
    guidance: int
    without_scenario: tuple[str, ...] = field(factory=tuple)

    def to_dict(self) -> dict[str, object]:
        """The ledger as JSON values; `missing` lists rule clauses no scenario works through."""
        return {
            "region": self.region,
            "clauses": self.clauses,
            "rule": self.rule,
            "record": self.record,
            "guidance": self.guidance,
            "missing": list(self.without_scenario),
        }


def ledger(region: str, clauses: Iterable[Clause], worked: Iterable[str]) -> Coverage:
    """Count the clauses by status and name the rule clauses that no scenario works through."""
    rows = list(clauses)
    shown = set(worked)
    by = {status: [c for c in rows if c.status == status] for status in ("rule", "record", "guidance")}
    bare = tuple(str(c.citation) for c in by["rule"] if str(c.citation) not in shown)
    return Coverage(region, len(rows), len(by["rule"]), len(by["record"]), len(by["guidance"]), bare)
