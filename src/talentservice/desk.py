"""The façade: a region, a roster and what happened, asked on a day."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from attrs import field, frozen

from talentservice.answers import Answer
from talentservice.calendar import Period
from talentservice.duties import DutyRule, Obligation, State
from talentservice.errors import MissingParameter, NotInForce
from talentservice.events import EventLog
from talentservice.people import NOBODY, Roster
from talentservice.quotas import QuotaRule, Tally
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


@frozen
class Desk:
    """A region with its posts and its events; every question names the day it is asked on."""

    region: Region
    roster: Roster = NOBODY
    log: EventLog = field(factory=EventLog)
    as_if_in_force: bool = False

    def agenda(self, on: date, *, window: Period | None = None) -> Agenda:
        """What is owed as it stands at the end of `on`.

        Args:
            on: the day asked about.
            window: the days in which duties of every period fall due; without it the year that contains `on`. Duties that an
                event started are listed whatever their day.
        """
        window = window or Period(date(on.year, 1, 1), date(on.year + 1, 1, 1))
        found: list[Obligation] = []
        waiting: list[MissingParameter] = []
        for rule in self.region.rules("duty"):
            assert isinstance(rule, DutyRule)  # noqa: S101  # KINDS pairs each kind with its class
            try:
                found += rule.owed(self.log, on, window=window, roster=self.roster, as_if_in_force=self.as_if_in_force)
            except MissingParameter as error:
                waiting.append(error)
        return Agenda(on, window, tuple(sorted(found, key=_urgency)), tuple(waiting))

    def numbers(self, on: date) -> Iterator[tuple[QuotaRule, Answer[tuple[Tally, ...]] | MissingParameter]]:
        """Every quota as it stands in the period that contains `on`, or the parameter it waits for."""
        for rule in self.region.rules("quota"):
            assert isinstance(rule, QuotaRule)  # noqa: S101  # same
            try:
                known = self.log.until(on).events
                yield rule, rule.measure(on, events=known, roster=self.roster, as_if_in_force=self.as_if_in_force)
            except MissingParameter as error:
                yield rule, error
            except NotInForce:
                continue


def days(first: date, last: date) -> Period:
    """The days from `first` to `last`, both inclusive."""
    return Period(first, last + timedelta(days=1))


def merged(agendas: Iterable[Agenda]) -> list[Obligation]:
    """The obligations of several regions in one order."""
    return sorted((o for a in agendas for o in a.obligations), key=_urgency)


def _urgency(obligation: Obligation) -> tuple[int, bool, date, str]:
    day = obligation.day
    return ORDER.index(obligation.state), day is None, day or date.max, obligation.duty
