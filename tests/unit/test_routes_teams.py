"""Who handles what, and how a team is made up."""

import pytest
from pydantic import ValidationError
from tests.unit.invented import clause, on, region, rule

from talentservice import Certainty
from talentservice.errors import NotInForce, UnknownName
from talentservice.routes import Route
from talentservice.teams import TeamPart

TABLE = {"matter": "need", "by": "topic", "table": {"housing": "unit", "school": "office", "1": "window"}}
ONE = {"matter": "need", "when": {"field": "items", "at_most": 1}, "to": ["unit"]}
MANY = {"matter": "need", "when": {"field": "items", "at_least": 2}, "to": ["window", "office"]}


def steps(answer, lang="en"):
    return [s.text(lang) for s in answer.steps]


@pytest.mark.parametrize(
    ("topic", "to"),
    [
        ("housing", ("unit",)),
        ("school", ("office",)),
        (1, ("window",)),
        ("1", ("window",)),
        ("tax", None),
        (True, None),
    ],
)
def test_a_table_names_who_handles_each_value(topic, to):
    answer = rule("route", **TABLE).to({"topic": topic})
    assert (answer.value, answer.certainty) == (to, Certainty.FINAL)


def test_a_table_tells_what_it_looked_up():
    answer = rule("route", **TABLE).to({"topic": "housing"})
    assert steps(answer) == ["topic = housing", "handled by the unit"]
    assert steps(answer, "zh") == ["topic = housing", "由unit岗承接"]


def test_no_match_is_an_explicit_none():
    answer = rule("route", **TABLE).to({"topic": "tax"})
    assert answer.steps[-1].kind == "unmatched"
    assert steps(answer) == ["topic = tax", "nobody: no provision matches"]
    assert steps(answer, "zh")[-1] == "无人承接：没有匹配的规定"
    assert answer.explain("en").splitlines()[0] == "Clause 1: none"


@pytest.mark.parametrize(("spec", "asked"), [(TABLE, "topic"), (ONE, "items")])
def test_a_fact_that_is_missing_leaves_it_to_somebody(spec, asked):
    answer = rule("route", **spec).to({})
    assert (answer.value, answer.certainty) == (None, Certainty.NEEDS_DECISION)
    assert steps(answer) == [f"not given: {asked}", "who handles it needs a decision"]
    assert steps(answer, "zh") == [f"未提供：{asked}", "由谁承接须由人决定"]


@pytest.mark.parametrize(("items", "to"), [(1, ("unit",)), (2, None)])
def test_a_condition_opens_a_route(items, to):
    assert rule("route", **ONE).to({"items": items}).value == to


def test_a_route_without_a_condition_is_always_open():
    assert rule("route", matter="need", to=["office"]).to({}).value == ("office",)


def two(first, second):
    return region(clause("1", route={"first": first}), clause("2", route={"second": second}))


@pytest.mark.parametrize(
    ("facts", "to", "rule_", "certainty"),
    [
        ({"items": 1}, ("unit",), "first", Certainty.FINAL),
        ({"items": 2}, ("window", "office"), "second", Certainty.FINAL),
        ({}, None, "first", Certainty.NEEDS_DECISION),
    ],
)
def test_the_first_route_that_matches_counts(facts, to, rule_, certainty):
    answer = two(ONE, MANY).route("need", facts)
    assert (answer.value, answer.rule, answer.certainty) == (to, rule_, certainty)


def test_a_later_route_does_not_win_because_a_fact_is_missing():
    other = {"matter": "need", "when": {"field": "urgent", "is": True}, "to": ["leader"]}
    assert two(other, ONE).route("need", {"items": 1}).certainty is Certainty.NEEDS_DECISION
    assert two(other, ONE).route("need", {"items": 1, "urgent": False}).value == ("unit",)
    assert two(ONE, other).route("need", {"items": 1}).value == ("unit",)
    # None of them matches for certain: not "nobody", but nobody has decided.
    assert two(other, ONE).route("need", {"items": 5}).certainty is Certainty.NEEDS_DECISION
    assert two(other, ONE).route("need", {"items": 5, "urgent": False}).certainty is Certainty.FINAL


def test_routes_of_a_document_not_in_force_are_passed_over():
    later = {"in_force_from": on(1, 1)}
    both = region(
        clause("1", route={"old": {"matter": "need", "to": ["office"]}}),
        document={"in_force_until": on(12, 31, 2020)},
        more={"e": (later, [clause("2", route={"new": {"matter": "need", "to": ["unit"]}})])},
    )
    assert both.route("need", {}, on=on(12, 31, 2020)).value == ("office",)
    assert both.route("need", {}, on=on(1, 1)).value == ("unit",)
    assert both.route("need", {}, on=on(1, 1), as_if_in_force=True).rule == "old"
    with pytest.raises(NotInForce):
        region(clause("1", route={"old": ONE})).route("need", {"items": 1}, on=on(1, 1, 2014))


def test_an_unknown_matter_is_named_with_those_there_are():
    with pytest.raises(UnknownName) as wrong:
        two(ONE, MANY).route("neeed", {})
    assert wrong.value.en == "no matter in nowhere 'neeed'; there is: need. Did you mean 'need'?"


@pytest.mark.parametrize(
    "spec",
    [
        {"matter": "need"},
        {"matter": "need", "to": []},
        {"matter": "need", "to": ["unit"], "by": "topic"},
        {"matter": "need", "by": "topic"},
        {"matter": "need", "table": {"a": "unit"}},
        {**TABLE, "to": ["unit"]},
    ],
)
def test_what_is_no_route_is_refused(spec):
    with pytest.raises(ValidationError):
        Route.model_validate(spec)


# --- teams ---------------------------------------------------------------------------------------------------------------

TEAM = {"parts": [{"role": "leader", "at_most": 1}, {"role": "unit", "at_least": 2, "at_most": 3}, {"role": "liaison"}]}


@pytest.mark.parametrize(
    ("posts", "wrong"),
    [
        ({"leader": ["a"], "unit": ["b", "c"], "liaison": ["d"]}, ()),
        ({"leader": ["a"], "unit": ["b", "c", "e"], "liaison": ["d", "f", "g"]}, ()),
        ({"leader": ["a", "b"], "unit": ["b", "c"], "liaison": ["d"]}, ("leader",)),
        ({"leader": ["a"], "unit": ["b"], "liaison": ["d"]}, ("unit",)),
        ({"leader": ["a"], "unit": ["b", "c", "d", "e"], "liaison": ["d"]}, ("unit",)),
        ({"leader": ["a"], "unit": ["b", "b"], "liaison": ["d"]}, ("unit",)),
        ({"leader": [], "unit": ["b", "c"]}, ("leader", "liaison")),
        ({}, ("leader", "unit", "liaison")),
    ],
)
def test_a_team_is_checked_part_by_part(posts, wrong):
    assert rule("team", **TEAM).check(posts).value == wrong


def test_a_team_tells_each_part():
    answer = rule("team", **TEAM).check({"leader": ["a"], "unit": ["b"]})
    assert answer.explain("en").splitlines() == [
        "Clause 1: unit, liaison",
        "  the leader: 1, complete",
        "  the unit: 1, not as laid down",
        "  the liaison: 0, not as laid down",
        "  basis d:1: Clause 1",
    ]
    complete = rule("team", **TEAM).check({"leader": ["a"], "unit": ["b", "c"], "liaison": ["d"]})
    assert complete.explain("zh").splitlines()[:2] == ["第1条：无", "  leader岗：1，齐备"]


def test_a_part_of_a_team_has_bounds_in_order():
    with pytest.raises(ValidationError, match="the least number 3 is above the most 2"):
        TeamPart.model_validate({"role": "unit", "at_least": 3, "at_most": 2})
