"""What a period comes to: duties by state, quotas, indicators; every figure leads to its events."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from attrs import frozen

from talentservice.answers import Answer
from talentservice.calendar import Period
from talentservice.calendar.periods import ending_in
from talentservice.clauses import Citation
from talentservice.duties import Obligation, State
from talentservice.errors import MissingParameter, NotInForce
from talentservice.events import EventLog
from talentservice.indicators import Figure, IndicatorRule
from talentservice.labels import Label
from talentservice.people import Roster
from talentservice.quotas import QuotaRule, Tally
from talentservice.region import Region


@frozen
class DutyLine:
    """One duty in the period: its obligations, and how many stand in each state."""

    duty: str
    label: Label
    citations: tuple[Citation, ...]
    obligations: tuple[Obligation, ...]

    @property
    def counts(self) -> Mapping[State, int]:
        """How many obligations in each state."""
        return Counter(o.state for o in self.obligations)

    def to_dict(self, *, drill: bool) -> dict[str, object]:
        """The line as JSON values; with `drill` every obligation and its events."""
        head: dict[str, object] = {
            "duty": self.duty,
            "zh": self.label.zh,
            "en": self.label.en,
            "clauses": [str(c) for c in self.citations],
            "counts": {state.value: n for state, n in self.counts.items()},
        }
        return {**head, "obligations": [o.to_dict() for o in self.obligations]} if drill else head


@frozen
class QuotaLine:
    """One quota in one of its periods."""

    rule: QuotaRule
    period: Period
    answer: Answer[tuple[Tally, ...]]

    def to_dict(self, *, drill: bool) -> dict[str, object]:
        """The line as JSON values; with `drill` every tally carries its events."""
        tallies = [t.to_dict() for t in self.answer.value]
        if not drill:
            tallies = [{k: v for k, v in t.items() if k != "events"} for t in tallies]
        clauses = [str(c) for c in self.rule.citations]
        return {"quota": self.rule.id, "period": self.period.to_dict(), "clauses": clauses, "tallies": tallies}


@frozen
class IndicatorLine:
    """One indicator over the period."""

    rule: IndicatorRule
    answer: Answer[Figure]

    def to_dict(self, *, drill: bool) -> dict[str, object]:
        """The line as JSON values; with `drill` the events counted."""
        figure = self.answer.value.to_dict()
        clauses = [str(c) for c in self.rule.citations]
        return {
            "indicator": self.rule.id,
            "clauses": clauses,
            "figure": figure if drill else {**figure, "events": None},
        }


@frozen
class Report:
    """What a period comes to, as of a day."""

    region: str
    period: Period
    on: date
    duties: tuple[DutyLine, ...]
    quotas: tuple[QuotaLine, ...]
    indicators: tuple[IndicatorLine, ...]
    waiting: tuple[MissingParameter, ...]

    def to_dict(self, *, drill: bool = False) -> dict[str, object]:
        """The report as JSON values; with `drill` every figure carries the events it rests on."""
        return {
            "region": self.region,
            "period": self.period.to_dict(),
            "on": self.on.isoformat(),
            "duties": [line.to_dict(drill=drill) for line in self.duties],
            "quotas": [line.to_dict(drill=drill) for line in self.quotas],
            "indicators": [line.to_dict(drill=drill) for line in self.indicators],
            "waiting": [{"en": w.en, "zh": w.zh} for w in self.waiting],
        }


def duty_lines(region: Region, obligations: tuple[Obligation, ...], period: Period) -> Iterator[DutyLine]:
    """The duties with at least one obligation that started, or falls due, in the period."""
    mine: dict[str, list[Obligation]] = {}
    for obligation in obligations:
        start = obligation.started_by
        if (start.on if start else obligation.day or period.start) in period:
            mine.setdefault(obligation.duty, []).append(obligation)
    for rule in region.rules("duty"):
        if rule.id in mine:
            yield DutyLine(rule.id, rule.label, rule.citations, tuple(mine[rule.id]))


def quota_lines(
    region: Region, roster: Roster, log: EventLog, period: Period, on: date, *, as_if_in_force: bool
) -> Iterator[QuotaLine | MissingParameter]:
    """Every quota in each of its periods that end in this one; one without a period as of its last day."""
    for rule in region.rules("quota"):
        assert isinstance(rule, QuotaRule)  # noqa: S101  # KINDS pairs each kind with its class
        try:
            rule.ready()
        except MissingParameter as error:
            yield error
            continue
        last = min(on, period.last_day)
        parts = ending_in(rule.spec.per, period) if rule.spec.per else [Period(last, period.end)]
        for part in parts:
            try:
                events = log.between(part)
                # Asked on the last day there is: a document that came in the course of a year counts for that year.
                day = max(part.start, min(last, part.last_day))
                answer = rule.measure(day, events=events, roster=roster, as_if_in_force=as_if_in_force)
            except NotInForce:
                continue
            yield QuotaLine(rule, part, answer)


def indicator_lines(
    region: Region, log: EventLog, period: Period, *, as_if_in_force: bool
) -> Iterator[IndicatorLine | MissingParameter]:
    """Every indicator over the period, or the parameter it waits for."""
    for rule in region.rules("indicator"):
        assert isinstance(rule, IndicatorRule)  # noqa: S101  # same
        try:
            answer = rule.figure(
                log.between(period), first=period.start, last=period.last_day, as_if_in_force=as_if_in_force
            )
        except NotInForce:
            continue
        except MissingParameter as error:
            yield error
            continue
        yield IndicatorLine(rule, answer)
