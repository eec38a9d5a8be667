"""What is owed: duties matched with the events that start and fulfil them."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from talentservice.answers import Answer
from talentservice.calendar import Every, Period
from talentservice.calendar.periods import Named, containing, overlapping
from talentservice.conditions import holds
from talentservice.duties.obligation import Obligation, State
from talentservice.duties.rule import DutyRule, clock_marks, not_before, same_part
from talentservice.duties.spec import PeriodDue
from talentservice.errors import NotInForce
from talentservice.events import Event, EventLog, blank, known_day
from talentservice.labels import Label
from talentservice.people import Roster
from talentservice.rules import rule_of
from talentservice.strict import BEIJING, FIRST_DAY

# Natural days one unit of a term takes at most, holidays in a row apart.
LONGEST = {"working_days": 2, "natural_days": 1, "months": 31, "years": 366, "hours": 1}
ONE_DAY, HOLIDAYS, FARTHEST = timedelta(days=1), 31, 36600


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
    within = rule.spec.within
    for start, event in _starts(rule, log, on, window, roster, as_if_in_force=as_if_in_force):
        try:
            due = rule.due(
                start,
                limit=known_day(event.data.get(within.stated)) if within and within.stated else None,
                marks=clock_marks(rule, log, event) if rule.spec.clock else (),
                provisional=True,
                as_if_in_force=as_if_in_force,
            )
        except NotInForce:
            continue
        for recipient in rule.spec.to if rule.spec.to_each else (None,):
            done = _fulfilment(rule, log, start, event, recipient=recipient, roster=roster)
            to = (recipient,) if recipient else tuple(rule.spec.to)
            yield _obligation(rule, due, on, done=done, started_by=event, post=_owing(rule, event, roster), to=to)


def _starts(
    rule: DutyRule, log: EventLog, on: date, window: Period, roster: Roster, *, as_if_in_force: bool
) -> Iterator[tuple[date | datetime, Event]]:
    """When each obligation starts and with which event; after a lapse, the day after it and the event behind the lapsed duty."""
    after = rule.spec.after
    if after is None:
        return
    if after.overdue is not None:
        other = rule_of(rule.scope, "duty", after.overdue)
        assert isinstance(other, DutyRule)  # noqa: S101  # the loader checks the reference
        for lapsed in owed(other, log, on, window=window, roster=roster, as_if_in_force=as_if_in_force):
            if lapsed.late and lapsed.day:
                yield _lapse(rule, lapsed)
        return
    for kind in after.events:
        for event in log.of_kind(kind):
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


def _subject(rule: DutyRule, event: Event) -> str | None:
    """The kind of subject that ties a fulfilment to its start."""
    kinds = rule.scope.events
    shared = [s for s in event.subjects if any(s in kinds[kind].subjects for kind in rule.spec.does)]
    return rule.spec.about or next(iter(shared), None)


def _fulfilment(
    rule: DutyRule, log: EventLog, start: date | datetime, started_by: Event, *, recipient: str | None, roster: Roster
) -> Event | None:
    """The first event that does all that is owed, not before the start; failing that, the first that does some of it."""
    about = _subject(rule, started_by)
    value = started_by.subjects.get(about) if about else None
    if about and value:
        pool = log.about(rule.spec.does, about, value)
    else:  # a start that does not say what it is about is only met by what does not say so either
        pool = [e for e in log.of_kind(*rule.spec.does) if about is None or about not in e.subjects]
    done = (
        e
        for e in pool
        if e is not started_by
        and not_before(e, start)
        and same_part(started_by, e)
        and _does(rule, e, recipient, roster, value or "")
    )
    return _best(rule, done)


def _does(rule: DutyRule, event: Event, recipient: str | None, roster: Roster, about: str = "") -> bool:
    """Whether an event is done in the role that owes it, and reaches those it is owed to.

    One that says to whom must name one of them; where each is owed it separately, it has to name each.
    """
    wanted = [recipient] if recipient else rule.spec.to if event.to else []
    reaches = not wanted or any(_reaches(event, t, role, roster, about) for t in event.to for role in wanted)
    return reaches and event.role in (None, rule.spec.who)


def _reaches(event: Event, address: str, role: str, roster: Roster, about: str) -> bool:
    """Whether an address is a role or a post that holds it: where posts of that role serve the one concerned, one of these."""
    if address == role:
        return True
    serving = [p.id for p in roster.serving(about, event.on) if role in p.roles]
    return address in serving if serving else roster.holds(address, role)


def _best(rule: DutyRule, events: Iterable[Event]) -> Event | None:
    """The first event that lacks nothing, otherwise the first."""
    found = list(events)
    return next((e for e in found if not _lacks(rule, e)), next(iter(found), None))


def _lacks(rule: DutyRule, event: Event) -> tuple[str, ...]:
    return tuple(c for c in rule.spec.contents if blank(event.data.get(c)))


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
    assert rule.spec.by is not None  # noqa: S101  # the model pairs them
    # A period may fall due before it begins or long after it has ended, so its neighbours are looked at too.
    first = max(FIRST_DAY, window.start - _reach(rule.spec.by))
    earliest = max(FIRST_DAY, containing(every, first).start - ONE_DAY)
    for period in overlapping(every, Period(earliest, window.end + ONE_DAY)):
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
                done = (e for e in events if _counts_for(e, period, days) and _does(rule, e, recipient, roster))
                to = (recipient,) if recipient else tuple(rule.spec.to)
                yield _obligation(rule, due, on, done=_best(rule, done), post=post, period=period, to=to)


def _either(labels: list[Label]) -> Label:
    """One of several things, in words."""
    return Label(zh="或".join(label.zh for label in labels), en=" or ".join(label.en for label in labels))


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
    lacks = _lacks(rule, done) if done else ()
    state, late = _state(due, on, done, lacks, soft=soft)
    return Obligation(
        duty=rule.id,
        question=rule.label,
        does=_either([scope.event(kind) for kind in spec.does]),
        who=spec.who,
        who_label=scope.role(spec.who),
        due=due,
        state=state,
        post=post,
        to=to,
        to_labels=tuple(scope.role(t) for t in to),
        about=_about(rule, started_by) if started_by else "",
        started_by=started_by,
        period=period,
        about_day=soft,
        term=spec.within.label if spec.within else spec.by.label if spec.by else None,
        done_by=done,
        lacks=lacks,
        late=late,
    )


def _about(rule: DutyRule, event: Event) -> str:
    """What an obligation concerns: the subject that ties its fulfilment to its start, otherwise the event's first."""
    tie = event.subjects.get(_subject(rule, event) or "")
    return tie or next(iter(event.subjects.values()), "")


def _state(
    due: Answer[date | None], on: date, done: Event | None, lacks: tuple[str, ...], *, soft: bool
) -> tuple[State, int]:
    """How it stands and how many natural days late.

    A soft day (about the 25th) is never overdue by the day, and a provisional one only once its latest day has passed.
    """
    reference, last = done.on if done else on, due.latest or due.value
    late = (reference - due.value).days if due.value and last and not soft and reference > last else 0
    if done is None:
        return (State.OVERDUE if late else State.OPEN), late
    if lacks:
        return State.INCOMPLETE, late
    return (State.DONE_LATE if late else State.DONE), late
