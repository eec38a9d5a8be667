"""The desk: who owes what, who may do what next, and what a period comes to."""

from talentservice.desk.agenda import Agenda, days, merged
from talentservice.desk.desk import Desk, Submission
from talentservice.desk.report import DutyLine, IndicatorLine, QuotaLine, Report

__all__ = ["Agenda", "Desk", "DutyLine", "IndicatorLine", "QuotaLine", "Report", "Submission", "days", "merged"]
