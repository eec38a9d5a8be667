"""Duties: who owes what to whom by when, and whether it was done."""

from talentservice.duties.obligation import STATES, Obligation, State
from talentservice.duties.rule import DutyRule
from talentservice.duties.spec import After, Duty, PeriodDue

__all__ = ["STATES", "After", "Duty", "DutyRule", "Obligation", "PeriodDue", "State"]
