"""A small invented region, and tables made of rows typed by hand."""

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from talentservice.audit import Audit, Table, audit, read_table
from talentservice.region import Region, region_from_dict

HEADER = ["编号", "收到", "答复"]
EVENTS = {"ticket.received": "收到", "ticket.replied": "答复"}


def both(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


@pytest.fixture(scope="session")
def region() -> Region:
    """Reply within seven working days; tell of a stuck ticket's progress, which has contents; a quota-like parameter nobody set."""
    return region_from_dict({
        "region": {
            "api": "1.0", "id": "riverside", "name": both("Riverside"), "division": "440605", "documents": ["plan.toml"],
            "roles": {"unit": both("Unit"), "office": both("Office")},
        },
        "documents": {"plan.toml": {
            "document": {"id": "plan", "title": both("Plan"), "issuer": "Office", "issued": date(2018, 12, 27)},
            "clause": [
                {"id": "1", **both("Reply within seven working days"), "duty": {"reply": {
                    "who": "unit", "does": "ticket.replied", "to": ["office"],
                    "after": "ticket.received", "within": {"working_days": 7},
                }}},
                {"id": "2", **both("Tell reason and progress"), "duty": {"progress": {
                    "who": "unit", "does": "progress.reported", "contents": ["reason"],
                    "after": ["clock.paused", "ticket.escalated"], "within": {"working_days": 1},
                }}},
                {"id": "3", **both("Close within a term the text leaves open"),
                    "duty": {"close": {
                        "who": "unit", "does": "ticket.closed",
                        "after": "ticket.accepted", "within": {"working_days": {"parameter": "closing-days"}},
                    }},
                    "parameter": {"closing-days": {"type": "count", "why": both("not printed")}},
                },
            ],
        }},
    })  # fmt: skip


@pytest.fixture
def written(tmp_path) -> Callable[..., Path]:
    """Write bytes, or rows as CSV, to a file."""

    def write(content: bytes | list[list[object]], name: str = "t.csv") -> Path:
        if isinstance(content, list):
            text = io.StringIO()
            csv.writer(text).writerows(content)
            content = text.getvalue().encode()
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.fixture
def table(written) -> Callable[..., Table]:
    """A table with the usual header and these rows."""
    return lambda *rows: read_table(written([HEADER, *rows]))


@pytest.fixture
def judged(region, table) -> Callable[..., Audit]:
    """The audit of these rows."""

    def judge(*rows: list[object], **options: object) -> Audit:
        return audit(region, table(*rows), ticket="编号", events=EVENTS, **options)

    return judge
