"""The ticket decider: what a command does, as a pure function of the flow and the ticket."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NoReturn

from attrs import frozen

from talentservice.conditions import Test, holds, judge
from talentservice.errors import unknown
from talentservice.events import NOT_SUBJECTS, blank
from talentservice.flows import refusals
from talentservice.flows.parts import moved, part_names, part_of, state_after
from talentservice.flows.spec import Flow, FlowStep
from talentservice.flows.tickets import NOTHING, Command, Part, Ticket, TicketEvent, UnlockedEvent, UnlockedTicket
from talentservice.rules import Rule
from talentservice.strict import BEIJING, FIRST_DAY, LAST_DAY, as_moment, clean_text, day_of

# What a step's data may not be named: in a log line it would hide what every event carries.
RESERVED = NOT_SUBJECTS | {"ticket", "part"}
# Times in the first and the last year are looked at in full, since their day depends on the zone.
EARLIEST, LATEST = FIRST_DAY.year, LAST_DAY.year


class FlowRule(Rule[Flow]):
    """A flow of a region."""

    @property
    def machine(self) -> "Machine":
        """The flow with its steps, ready to decide."""
        found = self.scope.machines.get(self.id)
        if found is None:
            steps = [r for r in self.scope.rules.values() if isinstance(r, StepRule) and r.spec.flow == self.id]
            found = self.scope.machines[self.id] = Machine(self, tuple(steps))
        assert isinstance(found, Machine)  # noqa: S101  # only machines are stored
        return found


class StepRule(Rule[FlowStep]):
    """A step of a region."""


@frozen
class _Move:
    """A step as the decider reads it: reading a declared model takes longer than deciding."""

    spec: FlowStep
    event: str
    to: str
    starts: frozenset[str]
    roles: frozenset[str]
    needs: tuple[str, ...]
    when: Test | None
    asks: bool
    by_part: bool

    @classmethod
    def of(cls, spec: FlowStep) -> "_Move":
        asks, by_part = bool(spec.needs or spec.when), bool(spec.parts or spec.each_part)
        starts, roles = frozenset(spec.from_), frozenset(spec.by)
        return cls(spec, spec.event, spec.to, starts, roles, tuple(spec.needs), spec.when, asks, by_part)


class Machine:
    """A flow with its steps by name; use `open`, `decide` and `evolve`."""

    __slots__ = ("_by_name", "ends", "flow", "start", "steps")

    def __init__(self, flow: FlowRule, steps: tuple[StepRule, ...]) -> None:
        self.flow = flow
        self.steps = steps
        self.start = flow.spec.states[0].id
        self.ends = frozenset(s.id for s in flow.spec.states if s.end)
        self._by_name = {rule.id: _Move.of(rule.spec) for rule in steps}

    def open(self, ticket: str, facts: Mapping[str, Any] = NOTHING) -> Ticket:
        """A new ticket in the flow's first state."""
        new = UnlockedTicket(clean_text(ticket, longest=200, lines=False), self.start, facts=dict(facts))
        new.__class__ = Ticket
        return new

    def allowed(self, ticket: Ticket, role: str | None = None) -> list[str]:
        """The steps that start from the ticket's state, or from that of one of its parts; for one role where given."""
        if ticket.state in self.ends:
            return []
        whole, parts = {ticket.state}, {p.state for p in ticket.parts}
        return [
            s.id
            for s in self.steps
            if (parts if s.spec.each_part and parts else whole) & set(s.spec.from_)
            and (role is None or role in s.spec.by)
        ]

    def step(self, name: str) -> FlowStep:
        """A step by name; UnknownName lists those there are."""
        return (self._by_name.get(name) or self._unknown(name)).spec

    def _unknown(self, name: str) -> NoReturn:
        raise unknown("step", "环节", name, [s.id for s in self.steps])


def decide(flow: Machine, ticket: Ticket, command: Command) -> tuple[TicketEvent, ...]:
    """The events a command leads to; the ticket itself is not changed.

    A repeated command id gives the same events again. A ticket that has ended takes no more steps.

    Raises:
        UnknownName, StaleVersion, WrongRole, WrongState, MissingData, ConditionNotMet, CommandReused: what the flow refuses.
        InputError: a time without a zone, before the last step or out of range; data that is named or typed wrongly.
    """
    history, version, name, expected = ticket.history, ticket.version, command.id, command.expected_version
    past = next((event for event in history if event.id == name), None) if name else None
    if past is not None:
        return _again(past, command)
    if expected is not None and expected != version:
        raise refusals.stale(ticket, command)
    step, by, role, at = command.step, command.by, command.role, command.at
    move = flow._by_name.get(step) or flow._unknown(step)  # noqa: SLF001  # same module
    if role not in move.roles or not by or by.isspace():
        raise refusals.wrong_role(flow, ticket, command, move.spec)
    if at.__class__ is not datetime or at.tzinfo is None or not EARLIEST < at.year < LATEST:
        as_moment(at)
    if history and at < history[-1].at:
        raise refusals.wrong_time(ticket, command)
    # The log keeps the data as it is now, whatever its caller does with it later.
    data = {**command.data} if command.data else NOTHING
    if not RESERVED.isdisjoint(data):
        raise refusals.reserved(command, RESERVED.intersection(data))
    if move.by_part or ticket.parts or command.part is not None:
        return (_decide_parts(flow, ticket, command, move, data),)
    if ticket.state not in move.starts:
        raise refusals.wrong_state(flow, ticket, command, ticket.state)
    if move.asks:
        _check(flow, command, move, data, ticket.facts)
    event = UnlockedEvent(
        move.event, at, by, role, (), {"ticket": ticket.id}, data, name,
        step, move.to, version + 1, None, None,
    )  # fmt: skip
    event.__class__ = TicketEvent
    return (event,)


def _check(flow: Machine, command: Command, move: _Move, data: Mapping[str, Any], known: Mapping[str, Any]) -> None:
    """That the data the step needs is there, and that its condition holds over it and what is known."""
    lacking = [name for name in move.needs if blank(data.get(name))] if move.needs else []
    if move.by_part and move.spec.parts and not part_names(data, move.spec.parts):
        lacking.append(move.spec.parts)
    if lacking:
        raise refusals.missing(command, lacking)
    when = move.when
    if when is not None:
        facts, at, scope = {**known, **data}, command.at, flow.flow.scope
        on = at.date() if at.tzinfo is BEIJING else day_of(at)
        if not holds(when, facts, on, scope):
            raise refusals.condition_not_met(command, judge(when, facts, on, scope)[1])


def _decide_parts(flow: Machine, ticket: Ticket, command: Command, move: _Move, data: Mapping[str, Any]) -> TicketEvent:
    """A step on a ticket in parts, or one that makes them."""
    spec = move.spec
    part = part_of(ticket, command, spec)
    state = part.state if part else ticket.state
    if state not in spec.from_ or ticket.state in flow.ends:
        raise refusals.wrong_state(flow, ticket, command, ticket.state if ticket.state in flow.ends else state)
    _check(flow, command, move, data, ticket.known(part.id if part else None))
    after = spec.to if part is None else state_after(ticket, part, spec)
    if spec.parts:
        names = part_names(data, spec.parts)
        parts = tuple(Part(name, i == 0, spec.to) for i, name in enumerate(names))
    elif part is not None:
        parts = tuple(Part(p.id, p.lead, spec.to) if p is part else p for p in ticket.parts)
    else:
        parts = moved(ticket.parts, tuple(spec.from_), spec.to)
    subjects = {"ticket": ticket.id} if part is None else {"ticket": ticket.id, "part": part.id}
    return TicketEvent(
        spec.event, command.at, command.by, command.role, (), subjects, data, command.id,
        command.step, after, ticket.version + 1, part.id if part else None, parts,
    )  # fmt: skip


def _again(past: TicketEvent, command: Command) -> tuple[TicketEvent, ...]:
    """The same event for the same command; its time is not compared, since a repeated delivery may be stamped anew."""
    asked = (command.step, command.by, command.role, dict(command.data))
    # The only part of a ticket needs no name.
    part = command.part or (past.part if len(past.parts or ()) == 1 else None)
    if (past.step, past.by, past.role, dict(past.data)) != asked or past.part != part:
        raise refusals.reused(past, command)
    return (past,)
