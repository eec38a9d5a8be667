"""What is counted: events of a kind, or what stands on a day; distinct by a subject, filtered, per whom."""

from collections.abc import Iterable, Sequence
from typing import Literal, Self

from pydantic import model_validator

from talentservice.calendar import Period
from talentservice.conditions import Test, Verdict, judge
from talentservice.events import Event
from talentservice.people import Relation, Roster
from talentservice.rules import Scope
from talentservice.strict import Id, Strict

Each = Literal["actor", "relation", "body", "total"]


class Measure(Strict):
    """What to count: `count` names a kind of event; `standing` counts relations or posts that stand on the last day.

    `where` filters on the event's, relation's or post's facts; `distinct` counts each value of a subject once.
    """

    count: Id | None = None
    standing: Literal["relation", "post"] | None = None
    distinct: Id | None = None
    where: Test | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.count is None) == (self.standing is None):
            raise ValueError("a measure has either count (a kind of event) or standing (relation or post)")
        return self


def counted(measure: Measure, events: Iterable[Event], period: Period, scope: Scope) -> list[Event]:
    """The events of the measure's kind in the period that pass its filter, in order."""
    kept = [e for e in events if e.kind == measure.count and e.on in period]
    if measure.where is None:
        return kept
    return [e for e in kept if judge(measure.where, e.facts(), e.on, scope)[0] is Verdict.YES]


def standing(measure: Measure, roster: Roster, period: Period, scope: Scope) -> list[Relation]:
    """The relations that stand on the period's last day and pass the filter."""
    day = period.last_day
    kept = [r for r in roster.relations if r.stands_on(day)]
    if measure.where is None:
        return kept
    return [r for r in kept if judge(measure.where, r.facts, day, scope)[0] is Verdict.YES]


def size(measure: Measure, events: Sequence[Event]) -> int:
    """How many: events, or distinct values of the subject the measure names."""
    if measure.distinct is None:
        return len(events)
    return len({e.subjects[measure.distinct] for e in events if measure.distinct in e.subjects})
