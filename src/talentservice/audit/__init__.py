"""Audits: a region's duties held against a real table."""

from talentservice.audit.judge import VERDICTS, Audit, Judged, Unreadable, audit
from talentservice.audit.page import audit_page
from talentservice.audit.tables import Row, Table, read_table

__all__ = ["VERDICTS", "Audit", "Judged", "Row", "Table", "Unreadable", "audit", "audit_page", "read_table"]
