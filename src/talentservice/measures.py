"""What is counted: events of a kind, or what stands on a day; distinct by a subject, filtered, per whom."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Generic, Literal, Self, TypeVar

from attrs import field, frozen
from pydantic import model_validator

from talentservice.calendar import Period
from talentservice.conditions import Test, Verdict, holds, judge
from talentservice.events import Event
from talentservice.people import Post, Relation, Roster
from talentservice.rules import Scope
from talentservice.strict import Id, Strict

T = TypeVar("T")
Each = Literal["actor", "relation", "subject", "body", "total"]


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


@frozen
class Found(Generic[T]):
    """What passes a measure's filter for certain, and what may pass once somebody has decided."""

    sure: list[T] = field(factory=list)
    unsure: list[T] = field(factory=list)


def found(
    measure: Measure, events: Iterable[Event], period: Period, scope: Scope, *, posts: Sequence[Post], roster: Roster
) -> Found[Any]:
    """What a measure counts: events in the period, or relations and posts that stand on its last day, in order.

    Args:
        measure: what to count.
        events: what happened.
        period: half-open.
        scope: where other conditions are found.
        posts: the posts whose relations, or which themselves, are counted.
        roster: where relations stand.
    """
    day = period.last_day
    if measure.standing == "post":
        return _sifted(measure.where, ((p, p.facts, day) for p in posts), scope)
    if measure.standing == "relation":
        ids = {p.id for p in posts}
        standing = (r for r in roster.relations if r.post in ids and r.stands_on(day))
        return _sifted(measure.where, ((r, r.facts, day) for r in standing), scope)
    kept = (e for e in events if e.kind == measure.count and e.on in period)
    if measure.where is None:
        return Found(list(kept))
    return _sifted(measure.where, ((e, e.facts(), e.on) for e in kept), scope)


def _sifted(test: Test | None, rows: Iterable[tuple[T, dict[str, Any], date]], scope: Scope) -> Found[T]:
    out = Found[T]()
    for item, facts, day in rows:
        if test is None or holds(test, facts, day, scope):
            out.sure.append(item)
        elif judge(test, facts, day, scope)[0] is Verdict.UNDECIDED:
            out.unsure.append(item)
    return out


def size(measure: Measure, items: Sequence[Event | Relation | Post], *, each: Each = "actor") -> int:
    """How many: events or the distinct values of the subject the measure names; posts; those served by relations.

    For each of those served (`each` is subject) relations count the posts that serve them.
    """
    if measure.standing == "relation":
        return len({r.post if each == "subject" else r.subject for r in items if isinstance(r, Relation)})
    if measure.distinct is None:
        return len(items)
    return len({e.subjects[measure.distinct] for e in items if isinstance(e, Event) and measure.distinct in e.subjects})


def actor_of(item: Event | Relation | Post) -> str | None:
    """The post that did it, that serves, or that is counted."""
    if isinstance(item, Event):
        return item.by
    return item.post if isinstance(item, Relation) else item.id
