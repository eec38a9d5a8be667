"""Flows: the path of a ticket, who may take which step, and a pure decider for it."""

from talentservice.flows.checks import flow_problems
from talentservice.flows.export import mermaid, table
from talentservice.flows.machine import FlowRule, Machine, StepRule, decide
from talentservice.flows.spec import Flow, FlowState, FlowStep
from talentservice.flows.tickets import Command, Part, Ticket, TicketEvent, evolve, replay

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
