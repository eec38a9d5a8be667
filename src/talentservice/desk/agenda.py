"""Who owes what by when, over a whole region."""

from collections.abc import Iterable
from datetime import date, timedelta

from attrs import frozen

from talentservice.calendar import Period
from talentservice.duties import DutyRule, Obligation, State
from talentservice.errors import MissingParameter
from talentservice.events import EventLog
from talentservice.people import Roster
from talentservice.region import Region

ORDER = (State.OVERDUE, State.INCOMPLETE, State.OPEN, State.DONE_LATE, State.DONE)


@frozen
class Agenda:
    """Who owes what to whom by when: overdue first, then by day, undated last; `waiting` rules lack a parameter."""

    on: date
    window: Period
    obligations: tuple[Obligation, ...]
    waiting: tuple[MissingParameter, ...] = ()

    def of(self, *states: State) -> list[Obligation]:
        """The obligations in these states."""
        return [o for o in self.obligations if o.state in states]

    def to_dict(self) -> dict[str, object]:
        """The agenda as JSON values."""
        return {
            "on": self.on.isoformat(),
            "window": self.window.to_dict(),
            "obligations": [o.to_dict() for o in self.obligations],
            "waiting": [{"en": w.en, "zh": w.zh} for w in self.waiting],
        }


def agenda_of(
    region: Region,
    roster: Roster,
    log: EventLog,
    on: date,
    *,
    window: Period,
    as_if_in_force: bool,
    done: bool,
    since: date,
) -> Agenda:
    """Everything the region's duties say as of `on`; without `done` only what is still owed, and nothing started before `since`."""
    found: list[Obligation] = []
    waiting: list[MissingParameter] = []
    known = log.until(on)
    for rule in region.rules("duty"):
        assert isinstance(rule, DutyRule)  # noqa: S101  # KINDS pairs each kind with its class
        try:
            owed = rule.owed(
                known,
                on,
                window=window,
                roster=roster,
                as_if_in_force=as_if_in_force,
                unfinished=not done,
                since=since,
            )
        except MissingParameter as error:
            waiting.append(error)
            continue
        found += owed
    return Agenda(on, window, tuple(sorted(found, key=urgency)), tuple(waiting))


def days(first: date, last: date) -> Period:
    """The days from `first` to `last`, both inclusive."""
    return Period(first, last + timedelta(days=1))


def merged(agendas: Iterable[Agenda]) -> list[Obligation]:
    """The obligations of several regions in one order."""
    return sorted((o for a in agendas for o in a.obligations), key=urgency)


def urgency(obligation: Obligation) -> tuple[int, bool, date, str]:
    """The order of an agenda."""
    day = obligation.day
    return ORDER.index(obligation.state), day is None, day or date.max, obligation.duty
