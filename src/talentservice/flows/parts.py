"""Tickets in parts: who takes a step for which part, and when the ticket itself moves on."""

from collections.abc import Iterator, Mapping
from typing import Any

from talentservice.errors import unknown
from talentservice.flows.refusals import not_by_part, not_names
from talentservice.flows.spec import FlowStep
from talentservice.flows.tickets import Command, Part, Ticket


def part_names(data: Mapping[str, Any], field: str) -> list[str]:
    """The ids of the parts a step creates; a single text is one part, and no id comes twice.

    Raises:
        WrongType: neither a text nor a list of texts.
    """
    value = data.get(field)
    names = [value] if isinstance(value, str) else [] if value is None else value
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        raise not_names(field, value)
    return list(dict.fromkeys(name.strip() for name in names if name.strip()))


def part_of(ticket: Ticket, command: Command, spec: FlowStep) -> Part | None:
    """The part a step is taken for; None for one that is taken for the whole ticket.

    Raises:
        UnknownName: the ticket has no such part, or none was named of several.
        FlowError: a part was named for a step that is taken for the whole ticket.
    """
    if not spec.each_part and command.part is not None:
        raise not_by_part(command)
    if not spec.each_part or (not ticket.parts and command.part is None):
        return None
    if command.part is None and len(ticket.parts) == 1:
        return ticket.parts[0]
    found = next((p for p in ticket.parts if p.id == command.part), None)
    if found is None:
        raise unknown("part of this ticket", "工单部分", command.part or "", [p.id for p in ticket.parts])
    return found


def moved(parts: tuple[Part, ...], states: tuple[str, ...], to: str) -> tuple[Part, ...]:
    """The parts after a step of the whole ticket: those in the states it starts from go along, the others stay."""
    return tuple(Part(p.id, p.lead, to) if p.state in states else p for p in parts)


def state_after(ticket: Ticket, part: Part, spec: FlowStep) -> str:
    """The ticket's state once a part has taken a step.

    The ticket moves on with the part that completes what `joined` asks for; a part that is late no longer moves it, and a part
    that goes back takes the ticket along where it had come that far.
    """
    walked = _walked(ticket, part)
    if spec.joined == "lead":
        joined = part.lead
    else:
        joined = spec.joined == "any" or all(spec.to in _walked(ticket, p) for p in ticket.parts if p.id != part.id)
    here = ticket.state in (spec.from_ if spec.to in walked else walked)
    return spec.to if joined and here else ticket.state


def _walked(ticket: Ticket, part: Part) -> list[str]:
    """The states that lie behind a part, its present one last; going back takes out what came after."""
    walked: list[str] = []
    for state in _states(ticket, part.id):
        if state in walked:
            del walked[walked.index(state) + 1 :]
        else:
            walked.append(state)
    return walked or [part.state]


def _states(ticket: Ticket, name: str) -> Iterator[str]:
    for event in ticket.history:
        yield from (p.state for p in event.parts or () if p.id == name)
