"""A ticket and what happens to it: commands asked for, steps taken, and the fold of steps into a ticket."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from attrs import field, frozen

from talentservice.events import Event, unlocked
from talentservice.flows.refusals import out_of_turn

NOTHING: Mapping[str, Any] = {}


class Command(NamedTuple):
    """A step somebody wants to take on a ticket.

    `by` is the post and `role` the role it acts in; `at` an aware moment; `expected_version` the ticket's version as it was read
    (None: whatever it is now); `id` makes a repeated delivery harmless; `part` names the part for a step taken part by part.
    """

    step: str
    by: str
    role: str
    at: datetime
    data: Mapping[str, Any] = NOTHING
    expected_version: int | None = None
    id: str = ""
    part: str | None = None


@frozen
class Part:
    """One part of a ticket: the lead's or an assisting unit's; it has its own state."""

    id: str
    lead: bool
    state: str


@frozen
class TicketEvent(Event):
    """A step that was taken: the event, and where it moved the ticket to; `version` counts from 1."""

    step: str = ""
    after: str = ""
    version: int = 0
    part: str | None = None
    parts: tuple[Part, ...] | None = None


@frozen
class Ticket:
    """One need on its way: state, version, facts about the whole of it, its parts, and every step taken."""

    id: str
    state: str
    version: int = 0
    facts: Mapping[str, Any] = NOTHING
    parts: tuple[Part, ...] = ()
    history: tuple[TicketEvent, ...] = field(default=(), repr=False)

    def known(self, part: str | None = None) -> Mapping[str, Any]:
        """Everything a condition may look at: the facts, and what the parts said since.

        Args:
            part: for one part, what it said itself; without it, what all said, as a list where several have.
        """
        said = self._said()
        if part is not None:
            return {**self.facts, **{key: values[part] for key, values in said.items() if part in values}}
        together = {key: [values[p.id] for p in self.parts if p.id in values] for key, values in said.items()}
        joined = {key: values[0] if len(values) == 1 else flat(values) for key, values in together.items() if values}
        return {**self.facts, **joined}

    def _said(self) -> dict[str, dict[str, Any]]:
        """What each part last said of each field; what the ticket as a whole says of it replaces that."""
        said: dict[str, dict[str, Any]] = {}
        for event in self.history:
            for key, value in event.data.items():
                if event.part is None:
                    said.pop(key, None)
                else:
                    said.setdefault(key, {})[event.part] = value
        return said


UnlockedEvent, UnlockedTicket = unlocked(TicketEvent), unlocked(Ticket)


def flat(values: Iterable[Any]) -> list[Any]:
    """One list of values and of the items of those that are lists."""
    return [item for value in values for item in (value if isinstance(value, list | tuple) else [value])]


def evolve(ticket: Ticket, event: TicketEvent) -> Ticket:
    """The ticket after an event; one it already has changes nothing.

    Raises:
        StaleVersion: the event does not follow the ticket's last one.
    """
    version, data, parts = event.version, event.data, event.parts
    if version != ticket.version + 1:
        if event in ticket.history:
            return ticket
        raise out_of_turn(ticket, event)
    after = UnlockedTicket(
        ticket.id,
        event.after,
        version,
        {**ticket.facts, **data} if data and event.part is None else ticket.facts,
        ticket.parts if parts is None else parts,
        ticket.history + (event,),  # noqa: RUF005  # unpacking goes through a list
    )
    after.__class__ = Ticket
    return after


def replay(ticket: Ticket, events: Iterable[TicketEvent]) -> Ticket:
    """The ticket after all these events, in order."""
    for event in events:
        ticket = evolve(ticket, event)
    return ticket
