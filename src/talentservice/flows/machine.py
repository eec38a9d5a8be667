"""The ticket decider: what a command does, as a pure function of the flow and the ticket."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from attrs import field, frozen

from talentservice.conditions import Verdict, judge
from talentservice.errors import (
    CommandReused,
    ConditionNotMet,
    DateOrder,
    MissingData,
    StaleVersion,
    WrongRole,
    WrongState,
    unknown,
)
from talentservice.events import Event
from talentservice.flows.spec import Flow, FlowStep
from talentservice.rules import Rule
from talentservice.strict import as_moment, clean_text

NOTHING: Mapping[str, Any] = {}


@frozen
class Command:
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
    """One need on its way: state, version, what is known of it, its parts, and every step taken."""

    id: str
    state: str
    version: int = 0
    facts: Mapping[str, Any] = NOTHING
    parts: tuple[Part, ...] = ()
    history: tuple[TicketEvent, ...] = field(default=(), repr=False)


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


class Machine:
    """A flow with its steps by name; use `open`, `decide` and `evolve`."""

    __slots__ = ("_by_name", "flow", "start", "steps")

    def __init__(self, flow: FlowRule, steps: tuple[StepRule, ...]) -> None:
        self.flow = flow
        self.steps = steps
        self.start = flow.spec.states[0].id
        self._by_name = {
            rule.id: (rule.spec, frozenset(rule.spec.from_), frozenset(rule.spec.by), bool(_extras(rule.spec)))
            for rule in steps
        }

    def open(self, ticket: str, facts: Mapping[str, Any] = NOTHING) -> Ticket:
        """A new ticket in the flow's first state."""
        return Ticket(clean_text(ticket, longest=200, lines=False), self.start, facts=facts)

    def allowed(self, ticket: Ticket, role: str | None = None) -> list[str]:
        """The steps that start from the ticket's state, or from that of one of its parts; for one role where given."""
        here = {ticket.state, *(p.state for p in ticket.parts)}
        return [s.id for s in self.steps if here & set(s.spec.from_) and (role is None or role in s.spec.by)]

    def step(self, name: str) -> FlowStep:
        """A step by name; UnknownName lists those there are."""
        if name not in self._by_name:
            raise unknown("step", "环节", name, [s.id for s in self.steps])
        return self._by_name[name][0]


def _extras(spec: FlowStep) -> bool:
    return bool(spec.needs or spec.when or spec.parts or spec.each_part)


def decide(flow: Machine, ticket: Ticket, command: Command) -> tuple[TicketEvent, ...]:
    """The events a command leads to; the ticket itself is not changed.

    A repeated command id gives the same events again.

    Raises:
        UnknownName, StaleVersion, WrongRole, WrongState, MissingData, ConditionNotMet, CommandReused, DateOrder, NaiveDatetime.
    """
    if command.id and ticket.history:
        for past in ticket.history:
            if past.id == command.id:
                return _again(past, command)
    if command.expected_version is not None and command.expected_version != ticket.version:
        raise _stale(ticket, command)
    known = flow._by_name.get(command.step)  # noqa: SLF001  # same module
    if known is None:
        flow.step(command.step)
        raise AssertionError
    spec, starts, roles, extras = known
    if command.role not in roles or not command.by:
        raise _wrong_role(flow, ticket, command, spec)
    at = command.at
    if at.tzinfo is None or (ticket.history and at < ticket.history[-1].at):
        raise _wrong_time(ticket, command)
    if extras:
        return (_decide_more(flow, ticket, command, spec),)
    if ticket.state not in starts:
        raise _wrong_state(flow, ticket, command)
    subjects = {"ticket": ticket.id}
    return (
        TicketEvent(
            spec.event, at, command.by, command.role, (), subjects, command.data, command.id,
            command.step, spec.to, ticket.version + 1, None, None,
        ),
    )  # fmt: skip


def evolve(ticket: Ticket, event: TicketEvent) -> Ticket:
    """The ticket after an event."""
    data = event.data
    return Ticket(
        ticket.id,
        event.after,
        event.version,
        {**ticket.facts, **data} if data else ticket.facts,
        ticket.parts if event.parts is None else event.parts,
        (*ticket.history, event),
    )


def replay(ticket: Ticket, events: Iterable[TicketEvent]) -> Ticket:
    """The ticket after all these events."""
    for event in events:
        ticket = evolve(ticket, event)
    return ticket


def _decide_more(flow: Machine, ticket: Ticket, command: Command, spec: FlowStep) -> TicketEvent:
    """Steps with data, conditions or parts."""
    lacking = [name for name in spec.needs if command.data.get(name) in (None, "", [], ())]
    if spec.parts and not _part_names(command, spec):
        lacking.append(spec.parts)
    part = _part(ticket, command, spec)
    state = part.state if part else ticket.state
    if state not in spec.from_:
        raise _wrong_state(flow, ticket, command, state)
    if lacking:
        raise MissingData(
            f"the step {command.step} needs: {', '.join(dict.fromkeys(lacking))}",
            f"环节“{command.step}”须提供：{'、'.join(dict.fromkeys(lacking))}",
        )
    if spec.when is not None:
        _check_condition(flow, ticket, command, spec)
    parts, after = ticket.parts, spec.to
    if spec.parts:
        parts = tuple(Part(name, i == 0, spec.to) for i, name in enumerate(_part_names(command, spec)))
    elif part is not None:
        parts = tuple(Part(p.id, p.lead, spec.to) if p.id == part.id else p for p in parts)
        after = spec.to if _joined(parts, spec) else ticket.state
    else:
        parts = tuple(Part(p.id, p.lead, spec.to) if p.state in spec.from_ else p for p in parts)
    subjects = {"ticket": ticket.id} if part is None else {"ticket": ticket.id, "part": part.id}
    return TicketEvent(
        spec.event, command.at, command.by, command.role, (), subjects, command.data, command.id,
        command.step, after, ticket.version + 1, part.id if part else None, parts,
    )  # fmt: skip


def _part_names(command: Command, spec: FlowStep) -> list[str]:
    """The ids of the parts a step creates; a single text is one part, and no id comes twice."""
    value = command.data.get(spec.parts or "")
    names = [value] if isinstance(value, str) else list(value or ())
    return list(dict.fromkeys(str(name) for name in names if name))


def _part(ticket: Ticket, command: Command, spec: FlowStep) -> Part | None:
    if not spec.each_part or not ticket.parts:
        return None
    found = next((p for p in ticket.parts if p.id == command.part), None)
    if found is None and command.part is None and len(ticket.parts) == 1:
        return ticket.parts[0]
    if found is None:
        raise unknown("part of this ticket", "工单部分", command.part or "", [p.id for p in ticket.parts])
    return found


def _joined(parts: tuple[Part, ...], spec: FlowStep) -> bool:
    there = [p.state == spec.to for p in parts]
    if spec.joined == "lead":
        return any(p.lead and p.state == spec.to for p in parts)
    return any(there) if spec.joined == "any" else all(there)


def _check_condition(flow: Machine, ticket: Ticket, command: Command, spec: FlowStep) -> None:
    assert spec.when is not None  # noqa: S101  # the caller has looked
    facts = {**ticket.facts, **command.data}
    verdict, steps = judge(spec.when, facts, command.at.date(), flow.flow.scope)
    if verdict is not Verdict.YES:
        why_en, why_zh = "; ".join(s.text("en") for s in steps), "；".join(s.text("zh") for s in steps)
        raise ConditionNotMet(
            f"the step {command.step} is not open to this ticket: {why_en}",
            f"本工单不适用环节“{command.step}”：{why_zh}",
        )


def _again(past: TicketEvent, command: Command) -> tuple[TicketEvent, ...]:
    same = (past.step, past.by, past.role, dict(past.data)) == (
        command.step,
        command.by,
        command.role,
        dict(command.data),
    )
    if not same:
        raise CommandReused(
            f"the command id {command.id!r} was used for the step {past.step} at version {past.version}; give a new command a new id",
            f"操作编号 {command.id} 已用于环节“{past.step}”（第 {past.version} 版）；新操作请换编号",
        )
    return (past,)


def _stale(ticket: Ticket, command: Command) -> StaleVersion:
    return StaleVersion(
        f"the ticket {ticket.id} is at version {ticket.version}, the command expects {command.expected_version}; read it again",
        f"工单 {ticket.id} 现为第 {ticket.version} 版，操作依据的是第 {command.expected_version} 版；请重新读取",
    )


def _wrong_role(flow: Machine, ticket: Ticket, command: Command, spec: FlowStep) -> WrongRole:
    role, scope = command.role, flow.flow.scope
    if not command.by:
        return WrongRole("every step needs somebody who takes it: by=…", "每个操作必须有办理人（by）")
    may_en = ", ".join(f"{r} ({scope.role(r).en})" for r in spec.by)
    may_zh = "、".join(scope.role(r).zh for r in spec.by)
    now = ", ".join(flow.allowed(ticket, role)) or "nothing"
    return WrongRole(
        f"{role} may not take the step {command.step}; it is for: {may_en}. {role} may now: {now}",
        f"{scope.role(role).zh}无权办理“{command.step}”；应由{may_zh}办理。其现可办理：{'、'.join(flow.allowed(ticket, role)) or '无'}",
    )


def _wrong_state(flow: Machine, ticket: Ticket, command: Command, state: str | None = None) -> WrongState:
    names = {s.id: s.label for s in flow.flow.spec.states}
    here = names[state or ticket.state]
    now = flow.allowed(ticket)
    return WrongState(
        f"the ticket {ticket.id} is in the state {state or ticket.state} ({here.en}), from which {command.step} cannot be taken; "
        f"allowed now: {', '.join(now) or 'nothing, it has ended'}",
        f"工单 {ticket.id} 当前状态“{here.zh}”不能执行“{command.step}”；可执行：{'、'.join(now) or '无，已结束'}",
    )


def _wrong_time(ticket: Ticket, command: Command) -> DateOrder:
    as_moment(command.at)
    last = ticket.history[-1]
    return DateOrder(
        f"the step {command.step} at {command.at} lies before the last step {last.step} at {last.at}",
        f"“{command.step}”的时间 {command.at} 早于上一环节“{last.step}”（{last.at}）",
    )
