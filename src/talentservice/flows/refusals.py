"""Why a command is refused: each error says what was asked, what is the case, and what is allowed now."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from talentservice.errors import (
    CommandReused,
    ConditionNotMet,
    DateOrder,
    FlowError,
    InputError,
    Lang,
    MissingData,
    StaleVersion,
    WrongRole,
    WrongState,
    WrongType,
)
from talentservice.flows.spec import FlowStep
from talentservice.labels import Label
from talentservice.steps import Step

if TYPE_CHECKING:
    from talentservice.flows.machine import Machine
    from talentservice.flows.tickets import Command, Ticket, TicketEvent


def reused(past: "TicketEvent", command: "Command") -> CommandReused:
    """The id was given to another command."""
    return CommandReused(
        f"the command id {command.id!r} was used for the step {past.step} at version {past.version}; give a new command a new id",
        f"操作编号 {command.id} 已用于环节“{past.step}”（第 {past.version} 版）；新操作请换编号",
    )


def stale(ticket: "Ticket", command: "Command") -> StaleVersion:
    """The command was made for another version."""
    return StaleVersion(
        f"the ticket {ticket.id} is at version {ticket.version}, the command expects {command.expected_version}; read it again",
        f"工单 {ticket.id} 现为第 {ticket.version} 版，操作依据的是第 {command.expected_version} 版；请重新读取",
    )


def out_of_turn(ticket: "Ticket", event: "TicketEvent") -> StaleVersion:
    """The event is not the ticket's next one: one is missing, or another took its place."""
    return StaleVersion(
        f"the event {event.step} is version {event.version}, but the ticket {ticket.id} is at version {ticket.version} without it",
        f"环节“{event.step}”为第 {event.version} 版，而工单 {ticket.id} 现为第 {ticket.version} 版且不含该环节",
    )


def wrong_role(flow: "Machine", ticket: "Ticket", command: "Command", spec: FlowStep) -> WrongRole:
    """The role may not take the step, or nobody is named who takes it."""
    if not command.by or command.by.isspace():
        return WrongRole("every step needs somebody who takes it: by=…", "每个操作必须有办理人（by）")
    roles, now = flow.flow.scope.roles, flow.allowed(ticket, command.role)
    may_en = ", ".join(f"{r} ({roles[r].en})" for r in spec.by)
    may_zh = "、".join(roles[r].zh for r in spec.by)
    if command.role not in roles:
        return WrongRole(
            f"{command.role!r} is no role here; the step {command.step} is for: {may_en}",
            f"没有角色 {command.role!r}；{_named(flow, [command.step])}应由{may_zh}办理",
        )
    return WrongRole(
        f"{command.role} may not take the step {command.step}; it is for: {may_en}. "
        f"{command.role} may now: {', '.join(now) or 'nothing'}",
        f"{roles[command.role].zh}无权办理{_named(flow, [command.step])}；应由{may_zh}办理。"
        f"其现可办理：{_named(flow, now) or '无'}",
    )


def wrong_state(flow: "Machine", ticket: "Ticket", command: "Command", state: str) -> WrongState:
    """The step does not start from that state of the ticket or of its part."""
    labels = {s.id: s.label for s in flow.flow.spec.states}
    en, zh = (labels[state].en, labels[state].zh) if state in labels else ("not a state of this flow", state)
    now = flow.allowed(ticket)
    return WrongState(
        f"the ticket {ticket.id} is in the state {state} ({en}), from which {command.step} cannot be taken; "
        f"allowed now: {', '.join(now) or 'nothing, it has ended'}",
        f"工单 {ticket.id} 当前状态“{zh}”不能执行{_named(flow, [command.step])}；可执行：{_named(flow, now) or '无，已结束'}",
    )


def wrong_time(ticket: "Ticket", command: "Command") -> DateOrder:
    """The step would lie before the last one."""
    last = ticket.history[-1]
    return DateOrder(
        f"the step {command.step} at {command.at} lies before the last step {last.step} at {last.at}",
        f"“{command.step}”的时间 {command.at} 早于上一环节“{last.step}”（{last.at}）",
    )


def missing(command: "Command", lacking: Iterable[str]) -> MissingData:
    """The step needs data that was not given."""
    names = list(dict.fromkeys(lacking))
    return MissingData(
        f"the step {command.step} needs: {', '.join(names)}", f"环节“{command.step}”须提供：{'、'.join(names)}"
    )


def reserved(command: "Command", names: Iterable[str]) -> InputError:
    """The data would hide what every event carries."""
    taken = sorted(names)
    return InputError(
        f"the data of the step {command.step} may not be named {', '.join(taken)}: every event has that already",
        f"环节“{command.step}”的数据不能命名为 {'、'.join(taken)}：事件本身已有",
    )


def not_names(field: str, value: object) -> WrongType:
    """The field that names a ticket's parts holds something else."""
    return WrongType(
        f"{field} names the parts: a text or a list of texts is due, got {type(value).__name__}",
        f"{field} 列明各部分：应为文本或文本列表，收到 {type(value).__name__}",
    )


def not_by_part(command: "Command") -> FlowError:
    """A part was named for a step that is taken for the whole ticket."""
    return FlowError(
        f"the step {command.step} is taken for the whole ticket, not for the part {command.part!r}",
        f"环节“{command.step}”针对整张工单办理，不能只办其中一部分（{command.part}）",
    )


def condition_not_met(command: "Command", steps: Sequence[Step]) -> ConditionNotMet:
    """The step's own condition says no, or lacks what it needs; the values themselves are not repeated."""
    return ConditionNotMet(
        f"the step {command.step} is not open to this ticket: {'; '.join(_verdict(s, 'en') for s in steps)}",
        f"本工单不适用环节“{command.step}”：{'；'.join(_verdict(s, 'zh') for s in steps)}",
    )


def _verdict(step: Step, lang: Lang) -> str:
    """What was tested and how it came out."""
    verdict = step.facts.get("verdict")
    if isinstance(verdict, Label):
        return f"{step.facts['field']}{'：' if lang == 'zh' else ': '}{verdict.text(lang)}"
    return step.text(lang)


def _named(flow: "Machine", steps: Sequence[str]) -> str:
    """Steps as a Chinese reader knows them, with their ids for programs."""
    labels = {s.id: s.label.zh for s in flow.steps}
    return "、".join(f"“{labels[s]}”（{s}）" for s in steps)
