"""The append-only record of what happened, in memory."""

from collections.abc import Iterable

from talentservice.errors import StaleVersion
from talentservice.events import Event, EventLog
from talentservice.strict import day_of


class MemoryLedger:
    """Events in the order they were recorded; nothing is ever changed or taken out."""

    __slots__ = ("_events", "_log")

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._events: list[Event] = _dated(events)
        self._log: EventLog | None = None

    def __len__(self) -> int:
        return len(self._events)

    def append(self, events: Iterable[Event], *, expected: int | None = None) -> int:
        """Record events and return how many there are now.

        Raises:
            StaleVersion: something was recorded since `expected` events were read.
            NaiveDatetime, InvalidDate: an event has no day; none of them is recorded then, since nothing can be taken out again.
        """
        fresh = _dated(events)
        if expected is not None and expected != len(self._events):
            raise StaleVersion(
                f"the ledger holds {len(self._events)} events, {expected} were expected; read it again",
                f"台账现有 {len(self._events)} 条，操作依据的是 {expected} 条；请重新读取",
            )
        if fresh:
            self._events += fresh
            self._log = None
        return len(self._events)

    @property
    def log(self) -> EventLog:
        """Everything recorded so far, found by kind and subject."""
        if self._log is None:
            self._log = EventLog(self._events)
        return self._log


def _dated(events: Iterable[Event]) -> list[Event]:
    """The events as a list, once each is known to have a day: one that has none would spoil every later question."""
    found = list(events)
    for event in found:
        day_of(event.at)
    return found
