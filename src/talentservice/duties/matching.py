"""What is owed: duties matched with the events that start and fulfil them."""

from collections.abc import Iterator
from datetime import date, timedelta

from talentservice.answers import Answer
from talentservice.calendar import Period
from talentservice.calendar.periods import containing, overlapping
from talentservice.conditions import Verdict, judge
from talentservice.duties.obligation import Obligation, State
from talentservice.duties.rule import DutyRule, clock_marks
from talentservice.errors import NotInForce
from talentservice.events import Event, EventLog
from talentservice.people import Roster
from talentservice.rules import rule_of


def owed(
    rule: DutyRule, log: EventLog, on: date, *, window: Period, roster: Roster, as_if_in_force: bool
) -> list[Obligation]:
    """See `DutyRule.owed`."""
    found: Iterator[Obligation]
    if rule.spec.every is not None:
        found = _periodic(rule, log, on, window, roster, as_if_in_force=as_if_in_force)
    else:
        found = _started(rule, log, on, window, roster, as_if_in_force=as_if_in_force)
    return list(found)


def _started(
    rule: DutyRule, log: EventLog, on: date, window: Period, roster: Roster, *, as_if_in_force: bool
) -> Iterator[Obligation]:
    for start, event in _starts(rule, log, on, window, roster, as_if_in_force=as_if_in_force):
        limit = event.data.get(rule.spec.within.stated) if rule.spec.within and rule.spec.within.stated else None
        ticket = event.subjects.get("ticket")
        marks = clock_marks(rule, log, ticket) if rule.spec.clock and ticket else ()
        try:
            due = rule.due(
                start,
                limit=limit if isinstance(limit, date) else None,
                marks=marks,
                provisional=True,
                as_if_in_force=as_if_in_force,
            )
        except NotInForce:
            continue
        for recipient in rule.spec.to if rule.spec.to_each else (None,):
            done = _fulfilment(rule, log, event, recipient, roster)
            to = (recipient,) if recipient else tuple(rule.spec.to)
            yield _obligation(rule, due, on, done=done, started_by=event, post=_owing(rule, event, roster), to=to)


def _starts(
    rule: DutyRule, log: EventLog, on: date, window: Period, roster: Roster, *, as_if_in_force: bool
) -> Iterator[tuple[date, Event]]:
    """The day and event each obligation starts with; after a lapse, the day after it and the event behind the lapsed duty."""
    after = rule.spec.after
    if after is None:
        return
    if after.overdue is not None:
        other = rule_of(rule.scope, "duty", after.overdue)
        assert isinstance(other, DutyRule)  # noqa: S101  # the loader checks the reference
        for lapsed in owed(other, log, on, window=window, roster=roster, as_if_in_force=as_if_in_force):
            if lapsed.late and lapsed.day:
                day = lapsed.day + timedelta(days=1)
                yield day, lapsed.started_by or Event("period.ended", day, by=lapsed.post)
        return
    for kind in after.events:
        for event in log.of_kind(kind):
            if after.where is None or judge(after.where, event.facts(), event.on, rule.scope)[0] is Verdict.YES:
                yield event.on, event


def _subject(rule: DutyRule, event: Event) -> tuple[str, str] | None:
    """The subject that ties a fulfilment to its start."""
    kinds = rule.scope.events
    shared = (
        [rule.spec.about] if rule.spec.about else [s for s in event.subjects if s in kinds[rule.spec.does].subjects]
    )
    return next(((s, event.subjects[s]) for s in shared if s in event.subjects), None)


def _fulfilment(rule: DutyRule, log: EventLog, start: Event, recipient: str | None, roster: Roster) -> Event | None:
    """The first event that does what is owed, not before the start."""
    about = _subject(rule, start)
    pool = log.about(rule.spec.does, *about) if about else log.of_kind(rule.spec.does)
    for event in pool:
        reaches = recipient is None or any(t == recipient or roster.holds(t, recipient) for t in event.to)
        if event.on >= start.on and reaches and event.role in (None, rule.spec.who):
            return event
    return None


def _owing(rule: DutyRule, event: Event, roster: Roster) -> str | None:
    """The post that owes it: named by the event, or the event's own actor, or the only post with the role."""
    named = event.subjects.get(rule.spec.who) or event.data.get(rule.spec.who)
    if isinstance(named, str):
        return named
    if event.by and (event.role == rule.spec.who or roster.holds(event.by, rule.spec.who)):
        return event.by
    holders = roster.holding(rule.spec.who)
    return holders[0].id if len(holders) == 1 else None


def _periodic(
    rule: DutyRule, log: EventLog, on: date, window: Period, roster: Roster, *, as_if_in_force: bool
) -> Iterator[Obligation]:
    every = rule.spec.every
    assert every is not None  # noqa: S101  # the caller has looked
    posts: list[str | None] = [p.id for p in roster.holding(rule.spec.who)] or [None]
    # A period may fall due before it begins or after it has ended, so its neighbours are looked at too.
    earliest = containing(every, window.start).start - timedelta(days=1)
    for period in overlapping(every, Period(earliest, window.end + timedelta(days=1))):
        try:
            due = rule.due_in(period, provisional=True, as_if_in_force=as_if_in_force)
        except NotInForce:
            continue
        if (due.value or period.last_day) not in window:
            continue
        for post in posts:
            for recipient in rule.spec.to if rule.spec.to_each else (None,):
                done = _done_in(rule, log, period, post, due)
                to = (recipient,) if recipient else tuple(rule.spec.to)
                yield _obligation(rule, due, on, done=done, post=post, period=period, to=to)


def _done_in(rule: DutyRule, log: EventLog, period: Period, post: str | None, due: Answer[date | None]) -> Event | None:
    """The event that does a period's duty: one that names the period, or the first one from a period's length before its due day."""
    for event in log.of_kind(rule.spec.does):
        if post is not None and event.by != post:
            continue
        named = event.data.get("period")
        if named is not None:
            if named == period.start.isoformat() or named == period.start:
                return event
            continue
        first = (
            period.start
            if not (rule.spec.by and rule.spec.by.before_period)
            else period.start - (period.end - period.start)
        )
        last = max(period.last_day, due.value or period.last_day)
        if first <= event.on <= last:
            return event
    return None


def _obligation(
    rule: DutyRule,
    due: Answer[date | None],
    on: date,
    *,
    done: Event | None,
    post: str | None,
    to: tuple[str, ...],
    started_by: Event | None = None,
    period: Period | None = None,
) -> Obligation:
    spec, scope = rule.spec, rule.scope
    soft = spec.by is not None and bool(spec.by.about)
    lacks = tuple(c for c in spec.contents if done is not None and done.data.get(c) in (None, ""))
    state, late = _state(due.value, on, done, lacks, soft=soft)
    subject = next(iter(started_by.subjects.values()), "") if started_by else ""
    return Obligation(
        duty=rule.id,
        question=rule.label,
        does=scope.event(spec.does),
        who=spec.who,
        who_label=scope.role(spec.who),
        due=due,
        state=state,
        post=post,
        to=to,
        to_labels=tuple(scope.role(t) for t in to),
        about=subject,
        started_by=started_by,
        period=period,
        about_day=soft,
        term=spec.within.label if spec.within else spec.by.label if spec.by else None,
        done_by=done,
        lacks=lacks,
        late=late,
    )


def _state(due: date | None, on: date, done: Event | None, lacks: tuple[str, ...], *, soft: bool) -> tuple[State, int]:
    """How it stands and how many natural days late; a soft day (about the 25th) is never overdue by the day."""
    reference = done.on if done else on
    late = (reference - due).days if due is not None and not soft and reference > due else 0
    if done is None:
        return (State.OVERDUE if late else State.OPEN), late
    if lacks:
        return State.INCOMPLETE, late
    return (State.DONE_LATE if late else State.DONE), late
