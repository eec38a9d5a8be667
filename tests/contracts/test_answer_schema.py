"""What answers look like as JSON is a contract: `talentservice/schemas/answer.json`, strict, shipped with the package."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from hatchling.builders.wheel import WheelBuilder
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.invented import at, both, clause, event, on, post, region, roster

import talentservice as ts
from talentservice import Answer, Event, Region, Roster, Term
from talentservice.answers import CERTAINTIES, SCHEMA
from talentservice.calendar.periods import containing
from talentservice.cli import run
from talentservice.conditions import VERDICTS
from talentservice.duties import DutyRule
from talentservice.errors import TalentServiceError
from talentservice.events import STANDARD
from talentservice.quotas.spec import STRENGTHS
from talentservice.region import KINDS
from talentservice.routes import RouteRule

ROOT = Path(__file__).parents[2]
ANSWERS = json.loads((files("talentservice") / "schemas" / "answer.json").read_text(encoding="utf-8"))
CHECK = jsonschema.Draft202012Validator(ANSWERS, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
SILENT = {"flow", "step", "form", "parameter", "reading"}  # kinds of rule that give no answer of their own


def valid(answer: Answer[object]) -> dict[str, object]:
    """The answer as JSON, once it has passed the schema."""
    told = json.loads(json.dumps(answer.to_dict(), ensure_ascii=False, allow_nan=False))
    CHECK.validate(told)
    return told


@pytest.fixture(scope="module")
def here() -> Region:
    """A region with a rule of every kind that answers."""
    return region(
        clause("1", duty={
            "reply": {"who": "unit", "does": "ticket.replied", "after": "ticket.received", "within": {"working_days": 7}, "clock": ["pause"]},
            "month": {"who": "unit", "does": "ticket.closed", "after": "ticket.received", "within": {"months": 1}},
            "slip": {"who": "unit", "does": "ticket.closed", "after": "ticket.dispatched", "within": {"stated": "due"}},
            "item": {"who": "unit", "does": "ticket.closed", "after": "ticket.dispatched", "within": {"item_limit": True}},
            "tell": {"who": "unit", "does": "notice.given", "after": "ticket.received", "within": {"promptly": True}},
            "plan": {"who": "office", "does": "plan.filed", "every": "month", "by": {"before_period": True}},
            "sum-up": {"who": "office", "does": "report.filed", "every": "month", "by": {"day": 25, "about": True}},
            "whenever": {"who": "office", "does": "meeting.held", "every": "quarter", "by": {"unstated": True}},
            "after": {"who": "office", "does": "list.filed", "every": "year", "by": {"after_period": {"working_days": 10}}},
        }),
        clause("2", condition={"target": {"all": [{"field": "degree", "one_of": ["master", "doctorate"]}, {"field": "since", "within": {"years": 3}}]}}),
        clause("3", quota={
            "visits": {"who": "leader", "count": "visit.made", "per": "month", "at_least": 2, "aim": 4},
            "share": {"who": "leader", "each": "total", "count": "visit.made", "per": "year", "among": "contact.made", "at_least_percent": 30},
        }),
        clause("4", route={"area": {"matter": "need", "by": "area", "table": {"东": "unit"}}}),
        clause("5", team={"team": {"parts": [{"role": "leader"}, {"role": "liaison"}]}}),
        clause("6", grant={
            "rate": {"to": ["company"], "of": "investment", "per_mille": 5, "at_most": 2_000_000, "round": "down-to-fen", "discretionary": True},
            "range": {"to": ["company"], "at_least": 100_000, "at_most": 300_000},
            "sum": {"to": ["company"], "amount": 50_000, "when": {"field": "listed", "is": True}},
        }),
        clause("7", scale={"grades": {"grades": [{"id": "good", **both("Good")}, {"id": "bad", **both("Bad")}]}}),
        clause("8", indicator={"solved": {"count": "ticket.closed", "among": "ticket.received", "observed": {"percent": 98, "about": both("x")}}}),
        clause("9", campaign={"month-long": {"starts": date(2021, 3, 21), "lasts": {"months": 1}}}),
        clause("10", conflict={"period": {"also": ["d:9"], "about": both("How often"), "settle": "report-all"}},
               duty={"half": {"who": "unit", "does": "ticket.urged", "after": "ticket.received", "within": {"working_days": 3},
                              "under": {"days": {"natural": {"within": {"natural_days": 3}}}}}},
               reading={"days": {"ask": both("Which days?"), "options": ["working", "natural"], "default": "working", "why": both("x")}}),
    )  # fmt: skip


# ---- the schema itself ------------------------------------------------------------------------------------------------------


def objects(node: object) -> Iterator[dict[str, object]]:
    if isinstance(node, dict):
        if node.get("type") == "object":
            yield node
        for item in node.values():
            yield from objects(item)
    elif isinstance(node, list):
        for item in node:
            yield from objects(item)


def test_the_schema_is_a_sound_one_and_strict():
    jsonschema.Draft202012Validator.check_schema(ANSWERS)
    assert ANSWERS["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for node in objects(ANSWERS):
        assert "additionalProperties" in node, "nothing may slip in"
        named = set(node.get("properties", {}))
        assert set(node.get("required", named)) <= named
    assert set(ANSWERS["required"]) == set(ANSWERS["properties"]), "no key is ever left out"


def test_the_schema_names_what_the_library_has():
    keys = ANSWERS["properties"]
    assert keys["schema"]["const"] == SCHEMA
    assert keys["certainty"]["enum"] == [c.value for c in CERTAINTIES]
    assert [v.value for v in VERDICTS] in [form.get("enum") for form in ANSWERS["$defs"]["value"]["anyOf"]]
    assert ANSWERS["$defs"]["tally"]["properties"]["strength"]["enum"] == list(STRENGTHS)


def test_the_schema_ships_with_the_package():
    shipped = {found.distribution_path for found in WheelBuilder(str(ROOT)).recurse_included_files()}
    assert "talentservice/schemas/answer.json" in shipped
    assert {
        "talentservice/py.typed",
        "talentservice/calendar/data/2004.toml",
        "talentservice/pages/templates/base.html",
    } <= shipped


def test_both_languages_of_the_documentation_explain_every_key():
    names = {*ANSWERS["properties"], *ANSWERS["$defs"]["tally"]["properties"]} - {"zh", "en"}
    for lang in ("en", "zh"):
        text = (ROOT / "docs" / lang / "reference" / "answers.md").read_text(encoding="utf-8")
        explained = set(re.findall(r"`([a-z_]+)`", text))
        assert names <= explained, names - explained
        for kind in set(KINDS) - SILENT:
            assert re.search(rf"^\| (?:\S+ )?{kind} \|", text, re.MULTILINE), kind


@pytest.mark.parametrize(
    "change",
    [
        {"value": 1.5},
        {"value": "2019-02-30"},
        {"value": "tomorrow"},
        {"value": ["A B"]},
        {"citations": []},
        {"citations": [{"id": "nanhai", "zh": "x", "en": "x"}]},
        {"certainty": "sure"},
        {"certainty": "provisional"},
        {"earliest": "2019-02-15"},
        {"warnings": [{"known_until": "2026-12-31", "last_start": None, "zh": "x", "en": "x"}]},
        {"schema": "talentservice/answer/2"},
        {"question": {"zh": "x"}},
        {"question": {"zh": "x", "en": "x", "fr": "x"}},
        {"steps": [{"kind": "counted", "zh": "x", "en": "x", "facts": {"share": 0.5}}]},
        {"steps": [{"kind": "Counted", "zh": "x", "en": "x", "facts": {}}]},
        {"more": True},
    ],
)
def test_the_schema_refuses_what_is_no_answer(here, change):
    told = valid(here.duty("reply").due(on(6, 18)))
    with pytest.raises(jsonschema.ValidationError):
        CHECK.validate({**told, **change})
    for key in told:
        with pytest.raises(jsonschema.ValidationError):
            CHECK.validate({k: v for k, v in told.items() if k != key})


# ---- an answer of every kind ------------------------------------------------------------------------------------------------

PEOPLE = roster(post("leader-1", "leader"))
VISITS = [
    event("visit.made", on(6, 1), by="leader-1", about={"enterprise": "e-1"}, note="一次", spent=3, parts=["a", "b"]),
    event("visit.made", at(6, 2), by="leader-1", role="leader", to=["company"]),
    event("contact.made", on(6, 1), by="leader-1"),
    event("ticket.received", on(6, 1)),
    event("ticket.closed", on(6, 2)),
    event("ticket.received", on(6, 3)),
]
ASKED: dict[str, list[tuple[Callable[[Region], Answer[object]], object]]] = {
    "duty": [
        (lambda r: r.duty("reply").due(on(6, 18)), "2021-06-29"),
        (lambda r: r.duty("slip").due(at(6, 18), limit=on(6, 21)), "2021-06-21"),
        (lambda r: r.duty("slip").due(at(6, 18)), None),
        (lambda r: r.duty("item").due(at(6, 21), limit=Term(hours=48)), "2021-06-23"),
        (lambda r: r.duty("tell").due(on(6, 18)), None),
        (lambda r: r.duty("reply").due(on(6, 18), marks=[ts.calendar.ClockMark("pause", on(6, 21), "x")]), None),
        (lambda r: r.duty("plan").due_in(ts.month(2021, 6)), "2021-05-31"),
        (lambda r: r.duty("sum-up").due_in(ts.month(2021, 6)), "2021-06-25"),
        (lambda r: r.duty("whenever").due_in(ts.Period(on(4, 1), on(7, 1))), None),
        (lambda r: r.duty("half").due(on(6, 18)), "2021-06-23"),
        (lambda r: r.configure(readings={"days": "natural"}).duty("half").due(on(6, 18)), "2021-06-21"),
        (lambda r: r.duty("reply").due(on(6, 18, year=2014), as_if_in_force=True), "2014-06-27"),
        (lambda r: r.amend({"reply": {"within": {"working_days": 1}}}).duty("reply").due(on(6, 18)), "2021-06-21"),
    ],
    "condition": [
        (lambda r: r.condition("target").judge({"degree": "doctorate", "since": on(1, 1)}, on=on(6, 1)), "yes"),
        (lambda r: r.condition("target").judge({"degree": "bachelor"}, on=on(6, 1)), "no"),
        (lambda r: r.condition("target").judge({}, on=on(6, 1)), "undecided"),
        (lambda r: r.condition("target").judge({"degree": 0.5, "since": ["x", {"y": Decimal("1.5")}]}, on=on(6, 1)), ...),
    ],
    "quota": [
        (lambda r: r.quota("visits").measure(on(6, 1), events=VISITS, roster=PEOPLE), ...),
        (lambda r: r.quota("share").measure(on(6, 1), events=VISITS, roster=PEOPLE), ...),
        (lambda r: r.quota("share").measure(on(6, 1), roster=PEOPLE), ...),
        (lambda r: r.quota("visits").measure(on(6, 1)), []),
    ],
    "route": [(lambda r: r.route("need", {"area": "东"}), ["unit"]), (lambda r: r.route("need", {"area": "西"}), None)],
    "team": [(lambda r: r.team("team").check({"leader": ["x"]}), ["liaison"]), (lambda r: r.team("team").check({"leader": ["x"], "liaison": ["y"]}), [])],
    "grant": [
        (lambda r: r.rule("rate").amount({"investment": 80_000_000}), "400000.00"),
        (lambda r: r.rule("rate").amount({}), None),
        (lambda r: r.rule("range").amount({}), {"low": "100000", "high": "300000"}),
        (lambda r: r.rule("sum").amount({"listed": True}), "50000"),
        (lambda r: r.rule("sum").amount({"listed": False}), None),
    ],
    "scale": [(lambda r: r.rule("grades").at_least("good", "bad"), True), (lambda r: r.rule("grades").at_least("bad", "good"), False)],
    "indicator": [
        (lambda r: r.rule("solved").figure(VISITS, first=on(6, 1), last=on(6, 30)), ...),
        (lambda r: r.rule("solved").figure([], first=on(6, 1), last=on(6, 30)), {"number": 0, "of": 0, "share": None, "events": []}),
    ],
    "campaign": [(lambda r: r.rule("month-long").period(), ...)],
    "conflict": [(lambda r: r.rule("period").shown(), {"zh": "How often甲", "en": "How often A"})],
}  # fmt: skip


def test_every_kind_of_rule_that_answers_is_asked_below():
    assert set(ASKED) == set(KINDS) - SILENT


@pytest.mark.parametrize(("kind", "number"), [(kind, n) for kind, rows in ASKED.items() for n in range(len(rows))])
def test_an_answer_of_each_kind_passes(here, kind, number):
    ask, value = ASKED[kind][number]
    told = valid(ask(here))
    assert here.rule(told["rule"]).kind == kind
    assert value is ... or told["value"] == value


def test_what_is_counted_is_told_exactly(here):
    (tally,) = valid(ASKED["quota"][0][0](here))["value"]
    assert (tally["done"], tally["wanted"], tally["aim"], tally["reached"]) == (2, 2, 4, True)
    assert tally["events"][0] == {
        "kind": "visit.made", "at": "2021-06-01", "by": "leader-1", "enterprise": "e-1", "note": "一次", "spent": 3, "parts": ["a", "b"],
    }  # fmt: skip
    assert tally["events"][1]["at"] == "2021-06-02T09:00:00+08:00"
    assert valid(ASKED["indicator"][0][0](here))["value"]["share"] == "1/2"


# ---- days nobody has picked -------------------------------------------------------------------------------------------------

DAYS = st.dates(date(2004, 1, 1), date(2028, 12, 31))


@given(day=DAYS, duty=st.sampled_from(["reply", "month", "tell", "half"]), provisional=st.booleans())
def test_the_answer_for_any_day_passes(here, day, duty, provisional):
    try:
        answer = here.duty(duty).due(day, provisional=provisional, as_if_in_force=True)
    except TalentServiceError:
        return
    told = valid(answer)
    assert told["as_if_in_force"] == (day < date(2015, 1, 1))
    if told["certainty"] == "provisional":
        assert provisional
        assert told["earliest"] <= told["value"] <= told["latest"]


@given(day=DAYS, duty=st.sampled_from(["plan", "sum-up", "after"]), provisional=st.booleans())
def test_the_answer_for_any_period_passes(here, day, duty, provisional):
    period = ts.month(day.year, day.month) if duty != "after" else ts.year(day.year)
    try:
        valid(here.duty(duty).due_in(period, provisional=provisional, as_if_in_force=True))
    except TalentServiceError:
        return


@given(
    moves=st.lists(
        st.tuples(st.sampled_from(["visit.made", "contact.made", "interview.held"]), st.integers(0, 400)), max_size=8
    ),
    day=st.dates(date(2020, 1, 1), date(2022, 12, 31)),
)
def test_the_answer_over_any_events_passes(here, moves, day):
    log = [Event(kind, date(2021, 1, 1) + timedelta(days=n), by="leader-1") for kind, n in moves]
    for name in ("visits", "share"):
        valid(here.quota(name).measure(day, events=log, roster=PEOPLE))


# ---- the regions that are installed -----------------------------------------------------------------------------------------


def answers_of(chosen: Region) -> Iterator[Answer[object]]:
    """What every rule of a region says when little is known."""
    day = max((d.since for d in chosen.documents if d.since), default=on(6, 18))
    for rule in chosen.rules():
        try:
            yield from _asked(chosen, rule, day)
        except TalentServiceError:  # it waits for a parameter, or refuses so little
            continue


def _asked(chosen: Region, rule: object, day: date) -> Iterator[Answer[object]]:
    if isinstance(rule, DutyRule):
        if rule.spec.every is None:
            yield rule.due(day, provisional=True)
        else:
            yield rule.due_in(containing(rule.spec.every, day), provisional=True)
        return
    if isinstance(rule, RouteRule):
        yield chosen.route(rule.spec.matter, {}, on=day)
        return
    questions = {"condition": "judge", "grant": "amount", "team": "check"}
    if rule.kind in questions:
        yield getattr(rule, questions[rule.kind])({})
    elif rule.kind == "quota":
        yield rule.measure(day, roster=Roster())
    elif rule.kind == "indicator":
        yield rule.figure([], first=day, last=day)
    elif rule.kind in ("campaign", "conflict"):
        yield rule.period() if rule.kind == "campaign" else rule.shown()
    elif rule.kind == "scale":
        first, *_, last = rule.spec.grades
        yield rule.at_least(first.id, last.id)


@pytest.mark.parametrize("name", ts.regions())
def test_what_an_installed_region_says_passes(name):
    told = [valid(answer) for answer in answers_of(ts.region(name))]
    assert told
    assert {answer["region"] for answer in told} == {name}


def test_the_command_line_writes_the_same(capsys):
    assert run(["due", "nanhai", "reply", "--after", "2019-02-01", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    CHECK.validate(told)
    assert told == ts.region("nanhai").duty("reply").due(date(2019, 2, 1)).to_dict()


def test_the_standard_events_have_ids_the_schema_takes():
    assert all(re.fullmatch(ANSWERS["$defs"]["id"]["pattern"], kind) for kind in STANDARD)
