"""Audits: a region's duties held against a real table."""

from talentservice.audit.judge import IDLE, VERDICTS, Audit, Idle, Judged, audit
from talentservice.audit.page import audit_page
from talentservice.audit.rows import Case, Unreadable
from talentservice.audit.tables import Row, Table, read_table

__all__ = [
    "IDLE",
    "VERDICTS",
    "Audit",
    "Case",
    "Idle",
    "Judged",
    "Row",
    "Table",
    "Unreadable",
    "audit",
    "audit_page",
    "read_table",
]
