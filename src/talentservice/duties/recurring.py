"""Duties of every period: which fall due, and which event counts for which period."""

from collections.abc import Iterator
from datetime import date, timedelta

from talentservice.calendar import Every, Period
from talentservice.calendar.periods import Named, containing, overlapping
from talentservice.duties.fulfilment import best, does
from talentservice.duties.obligation import Obligation
from talentservice.duties.rule import DutyRule
from talentservice.duties.spec import PeriodDue
from talentservice.duties.standing import standing
from talentservice.errors import NotInForce
from talentservice.events import Event, EventLog, known_day
from talentservice.people import Roster
from talentservice.strict import FIRST_DAY

# Natural days one unit of a term takes at most, holidays in a row apart.
LONGEST = {"working_days": 2, "natural_days": 1, "months": 31, "years": 366, "hours": 1}
ONE_DAY, HOLIDAYS, FARTHEST = timedelta(days=1), 31, 36600


def recurring(
    rule: DutyRule, log: EventLog, on: date, window: Period, roster: Roster, *, as_if_in_force: bool
) -> Iterator[Obligation]:
    """What a duty of every period comes to in the window, for each post that owes it; see `DutyRule.owed`."""
    every = rule.spec.every
    assert every is not None  # noqa: S101  # the caller has looked
    posts: list[str | None] = [p.id for p in roster.holding(rule.spec.who)] or [None]
    assert rule.spec.by is not None  # noqa: S101  # the model pairs them
    # A period may fall due before it begins or long after it has ended, so its neighbours are looked at too.
    first = max(FIRST_DAY, window.start - _reach(rule.spec.by))
    earliest = max(FIRST_DAY, containing(every, first).start - ONE_DAY)
    for period in overlapping(every, Period(earliest, window.end + ONE_DAY)):
        if rule.spec.by.after_period and period.last_day >= window.end:
            continue  # it falls due later still
        try:
            due = rule.due_in(period, provisional=True, as_if_in_force=as_if_in_force)
        except NotInForce:
            continue
        if (due.value or period.last_day) not in window:
            continue
        days = _own_days(rule, every, period, due.value, as_if_in_force=as_if_in_force)
        for post in posts:
            for recipient in rule.spec.to if rule.spec.to_each else (None,):
                events = (e for e in log.of_kind(*rule.spec.does) if post is None or e.by == post)
                done = (e for e in events if _counts_for(e, period, days) and does(rule, e, recipient, roster))
                to = (recipient,) if recipient else tuple(rule.spec.to)
                yield standing(rule, due, on, done=best(rule, done), post=post, period=period, to=to)


def _reach(by: PeriodDue) -> timedelta:
    """How long after a period its duty may fall due, at most."""
    term = by.after_period
    if term is None or term.unit is None:
        return timedelta()
    return timedelta(days=min(FARTHEST, term.length * LONGEST[term.unit] + HOLIDAYS))


def _counts_for(event: Event, period: Period, days: Period) -> bool:
    """Whether an event counts for a period: the one it names, otherwise the one whose days it lies in."""
    named = event.data.get("period")
    return known_day(named) == period.start if named is not None else event.on in days


def _own_days(
    rule: DutyRule, every: Named | Every, period: Period, due: date | None, *, as_if_in_force: bool
) -> Period:
    """The days in which an event that names no period counts for this one; no day belongs to two periods."""
    before = containing(every, max(FIRST_DAY, period.start - ONE_DAY))
    assert rule.spec.by is not None  # noqa: S101  # the model pairs it with every
    if rule.spec.by.before_period:
        return before
    first, end = period.start, max(period.end, due + ONE_DAY if due else period.end)
    if rule.spec.by.after_period and before.start < first:
        try:
            earlier = rule.due_in(before, provisional=True, as_if_in_force=as_if_in_force).value
        except NotInForce:
            earlier = None
        first = max(first, earlier + ONE_DAY) if earlier else first
    return Period(min(first, end), end)
