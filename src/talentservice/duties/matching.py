"""What is owed: duties matched with the events that start and fulfil them."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from attrs import frozen

from talentservice.answers import Answer
from talentservice.calendar import Period
from talentservice.conditions import holds
from talentservice.duties.fulfilment import fulfilment
from talentservice.duties.obligation import Obligation, State
from talentservice.duties.recurring import recurring
from talentservice.duties.rule import DutyRule, clock_marks
from talentservice.duties.standing import standing
from talentservice.errors import NotInForce
from talentservice.events import Event, EventLog, known_day
from talentservice.people import Roster
from talentservice.rules import rule_of
from talentservice.strict import BEIJING, FIRST_DAY

FINISHED = (State.DONE, State.DONE_LATE)
ONE_DAY = timedelta(days=1)


@frozen
class _Case:
    """What one question looks at; `unfinished` leaves out what is done, `since` what started before."""

    log: EventLog
    on: date
    window: Period
    roster: Roster
    as_if_in_force: bool
    unfinished: bool
    since: date


def owed(
    rule: DutyRule,
    log: EventLog,
    on: date,
    *,
    window: Period,
    roster: Roster,
    as_if_in_force: bool,
    unfinished: bool = False,
    since: date = FIRST_DAY,
) -> list[Obligation]:
    """See `DutyRule.owed`."""
    case = _Case(log, on, window, roster, as_if_in_force, unfinished, since)
    found: Iterator[Obligation | None]
    if rule.spec.every is not None:
        found = recurring(rule, log, on, window, roster, as_if_in_force=as_if_in_force)
    else:
        found = _started(rule, case)
    return [o for o in found if o is not None and not (unfinished and o.state in FINISHED)]


def _started(rule: DutyRule, case: _Case) -> Iterator[Obligation | None]:
    spec, log, on, roster = rule.spec, case.log, case.on, case.roster
    recipients = spec.to if spec.to_each else (None,)
    everybody = tuple(spec.to)
    for start, event in _starts(rule, case):
        due = None
        for recipient in recipients:
            done = fulfilment(rule, log, start, event, recipient=recipient, roster=roster)
            if case.unfinished and done is not None and not spec.contents:
                continue  # done, early or late: nothing is owed any more
            due = due or _due(rule, case, start, event)
            if due is None:
                break
            post, to = _owing(rule, event, roster), (recipient,) if recipient else everybody
            yield standing(rule, due, on, done=done, started_by=event, post=post, to=to)


def _due(rule: DutyRule, case: _Case, start: date | datetime, event: Event) -> Answer[date | None] | None:
    """When an obligation falls due; None where the document was not in force."""
    within = rule.spec.within
    try:
        return rule.due(
            start,
            limit=known_day(event.data.get(within.stated)) if within and within.stated else None,
            marks=clock_marks(rule, case.log, event) if rule.spec.clock else (),
            provisional=True,
            as_if_in_force=case.as_if_in_force,
        )
    except NotInForce:
        return None


def _starts(rule: DutyRule, case: _Case) -> Iterator[tuple[date | datetime, Event]]:
    """When each obligation starts and with which event; after a lapse, the day after it and the event behind the lapsed duty."""
    after = rule.spec.after
    if after is None:
        return
    if after.overdue is not None:
        other = rule_of(rule.scope, "duty", after.overdue)
        assert isinstance(other, DutyRule)  # noqa: S101  # the loader checks the reference
        found = owed(
            other, case.log, case.on, window=case.window, roster=case.roster, as_if_in_force=case.as_if_in_force
        )
        lapses = (_lapse(rule, o) for o in found if o.late and o.day)
        yield from ((start, event) for start, event in lapses if event.on >= case.since)
        return
    for kind in after.events:
        for event in case.log.of_kind(kind, since=case.since):
            if after.where is None or holds(after.where, event.facts(), event.on, rule.scope):
                yield event.at, event


def _lapse(rule: DutyRule, lapsed: Obligation) -> tuple[date | datetime, Event]:
    """A duty lapses as its last day ends: what follows starts with the day after."""
    assert lapsed.day is not None  # noqa: S101  # the caller has looked
    day = lapsed.day + ONE_DAY
    hours = rule.spec.within is not None and rule.spec.within.unit == "hours"
    start = datetime.combine(day, time(), BEIJING) if hours else day
    subjects = {"post": lapsed.post} if lapsed.post else {}
    return start, lapsed.started_by or Event("period.ended", day, by=lapsed.post, subjects=subjects)


def _owing(rule: DutyRule, event: Event, roster: Roster) -> str | None:
    """The post that owes it: named by the event, or the event's own actor, or the only post with the role."""
    named = event.subjects.get(rule.spec.who) or event.data.get(rule.spec.who)
    if isinstance(named, str):
        return named
    if event.by and (event.role == rule.spec.who or roster.holds(event.by, rule.spec.who)):
        return event.by
    holders = roster.holding(rule.spec.who)
    return holders[0].id if len(holders) == 1 else None
