"""Flows: the path of a ticket, who may take which step, and a pure decider for it."""

from talentservice.flows.checks import flow_problems
from talentservice.flows.export import mermaid, table
from talentservice.flows.machine import (
    Command,
    FlowRule,
    Machine,
    Part,
    StepRule,
    Ticket,
    TicketEvent,
    decide,
    evolve,
    replay,
)
from talentservice.flows.spec import Flow, FlowState, FlowStep

__all__ = [
    "Command",
    "Flow",
    "FlowRule",
    "FlowState",
    "FlowStep",
    "Machine",
    "Part",
    "StepRule",
    "Ticket",
    "TicketEvent",
    "decide",
    "evolve",
    "flow_problems",
    "mermaid",
    "replay",
    "table",
]
