"""Which event fulfils what is owed."""

from collections.abc import Iterable
from datetime import date, datetime

from talentservice.duties.rule import DutyRule, not_before, same_part
from talentservice.events import Event, EventLog, blank
from talentservice.people import Roster


def tie(rule: DutyRule, event: Event) -> str | None:
    """The kind of subject that ties a fulfilment to its start."""
    if rule.spec.about:
        return rule.spec.about
    ties = rule.ties
    for subject in event.subjects:  # asked of every event that starts something: a generator would take twice as long
        if subject in ties:
            return subject
    return None


def fulfilment(
    rule: DutyRule, log: EventLog, start: date | datetime, started_by: Event, *, recipient: str | None, roster: Roster
) -> Event | None:
    """The first event that does all that is owed, not before the start; failing that, the first that does some of it."""
    about = tie(rule, started_by)
    value = started_by.subjects.get(about) if about else None
    if about and value:
        pool = log.about(rule.spec.does, about, value)
    else:  # a start that does not say what it is about is only met by what does not say so either
        pool = [e for e in log.of_kind(*rule.spec.does) if about is None or about not in e.subjects]
    if not pool:
        return None
    done = (
        e
        for e in pool
        if e is not started_by
        and not_before(e, start)
        and same_part(started_by, e)
        and does(rule, e, recipient, roster, value or "")
    )
    return best(rule, done)


def does(rule: DutyRule, event: Event, recipient: str | None, roster: Roster, about: str = "") -> bool:
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


def best(rule: DutyRule, events: Iterable[Event]) -> Event | None:
    """The first event that lacks nothing, otherwise the first."""
    if not rule.spec.contents:
        return next(iter(events), None)
    found = list(events)
    return next((e for e in found if not lacking(rule, e)), next(iter(found), None))


def lacking(rule: DutyRule, event: Event) -> tuple[str, ...]:
    """What the event should carry and does not."""
    return tuple(c for c in rule.spec.contents if blank(event.data.get(c)))
