"""Documents, their days in force, pointers to clauses, and the ledger of what a region states."""

from datetime import date, datetime

import pytest
from attrs import evolve
from pydantic import ValidationError

from talentservice.clauses import Citation, Clause, Document, Origin, ledger
from talentservice.labels import Label

LABEL = Label(zh="方案", en="Plan")
HEAD = {"id": "plan", "title": LABEL, "issuer": "区", "issued": date(2019, 3, 1)}


def document(**more):
    return Document(**{**HEAD, **more})


def clause(name, status, *rules, record=None):
    return Clause(Citation("plan", name, LABEL), status, Origin("dist", "1.0", "plan.toml", 7), rules, record)


# --- documents --------------------------------------------------------------------------------------------------------


def test_a_document_counts_from_its_issue_where_no_other_day_is_printed():
    plain, later = document(), document(in_force_from=date(2019, 5, 1))
    assert plain.since == date(2019, 3, 1)
    assert later.since == date(2019, 5, 1)
    assert plain.binding


@pytest.mark.parametrize(
    ("day", "there"),
    [
        (date(2019, 4, 30), False),
        (date(2019, 5, 1), True),
        (date(2020, 2, 29), True),
        (date(2021, 12, 31), True),
        (date(2022, 1, 1), False),
    ],
)
def test_both_ends_of_the_days_in_force_are_inclusive(day, there):
    found = document(in_force_from=date(2019, 5, 1), in_force_until=date(2021, 12, 31))
    assert found.in_force_on(day) is there


def test_a_document_without_an_end_stays_in_force():
    assert document().in_force_on(date(2100, 12, 31))


def test_a_document_may_be_in_force_for_one_day():
    assert document(in_force_until=date(2019, 3, 1)).in_force_on(date(2019, 3, 1))


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"id": "Plan"}, id="capitals"),
        pytest.param({"id": ""}, id="no-id"),
        pytest.param({"title": {"zh": "方案"}}, id="one-language"),
        pytest.param({"issuer": ""}, id="nobody"),
        pytest.param({"issuer": "区\n委"}, id="two-lines"),
        pytest.param({"issued": "2019-03-01"}, id="a-day-as-text"),
        pytest.param({"issued": 43525}, id="a-day-as-a-number"),
        pytest.param({"issued": datetime(2019, 3, 1)}, id="a-time-for-a-day"),  # noqa: DTZ001  # what is tested
        pytest.param({"issued": date(1999, 12, 31)}, id="a-day-too-early"),
        pytest.param({"in_force_until": date(9999, 12, 31)}, id="the-end-of-time"),
        pytest.param({"in_force_until": date(2019, 2, 28)}, id="an-end-before-its-issue"),
        pytest.param({"in_force_from": date(2020, 1, 1), "in_force_until": date(2019, 12, 31)}, id="reversed"),
        pytest.param({"binding": 1}, id="a-number-for-a-truth-value"),
        pytest.param({"in_force": date(2020, 1, 1)}, id="an-unknown-key"),
    ],
)
def test_a_document_that_makes_no_sense_is_refused(more):
    with pytest.raises(ValidationError):
        document(**more)


def test_a_document_cannot_be_changed():
    with pytest.raises(ValidationError):
        document().binding = False


# --- clauses ----------------------------------------------------------------------------------------------------------


def test_a_citation_is_written_with_its_document():
    citation = Citation("nanhai", "三(二)3-1", Label(zh="七个工作日内答复", en="A reply within seven working days"))
    assert str(citation) == "nanhai:三(二)3-1"
    assert citation.to_dict() == {
        "id": "nanhai:三(二)3-1",
        "zh": "七个工作日内答复",
        "en": "A reply within seven working days",
    }


def test_an_origin_is_written_as_file_and_line():
    origin = Origin("talentservice-nanhai", "0.1.0", "documents/plan.toml", 12)
    assert str(origin) == "documents/plan.toml:12"
    assert origin.to_dict() == {
        "distribution": "talentservice-nanhai",
        "version": "0.1.0",
        "file": "documents/plan.toml",
        "line": 12,
    }


def test_a_clause_as_json_values():
    noted = evolve(clause("1", "record", record="document.recipients"), note=Label(zh="未公开", en="Not public"))
    assert noted.to_dict() == {
        "id": "plan:1",
        "zh": "方案",
        "en": "Plan",
        "status": "record",
        "rules": [],
        "record": "document.recipients",
        "note": {"zh": "未公开", "en": "Not public"},
        "origin": {"distribution": "dist", "version": "1.0", "file": "plan.toml", "line": 7},
    }
    assert clause("1", "rule", "reply").to_dict()["note"] is None


# --- the ledger -------------------------------------------------------------------------------------------------------


def test_the_ledger_counts_by_status_and_names_rule_clauses_without_an_example():
    rows = [clause("1", "rule", "a"), clause("2", "rule", "b"), clause("3", "record"), clause("4", "guidance")]
    assert ledger("hill", iter(rows), iter(["plan:2", "plan:4", "other:1"])).to_dict() == {
        "region": "hill",
        "clauses": 4,
        "rule": 2,
        "record": 1,
        "guidance": 1,
        "missing": ["plan:1"],
    }


def test_the_ledger_of_nothing_is_empty():
    assert ledger("hill", [], []).to_dict()["clauses"] == 0
