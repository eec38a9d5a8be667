"""Conditions: yes, no, or not decided; Kleene's tables, comparisons, open lists and human decisions."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from pydantic import ValidationError
from tests.unit.invented import at, clause, on, region, rule

from talentservice import Answer, Certainty
from talentservice.conditions import Test as Node
from talentservice.conditions import Verdict, conditions_of, fields_of, holds, judge

YES, NO, OPEN = Verdict.YES, Verdict.NO, Verdict.UNDECIDED


def node(**spec):
    return Node.model_validate(spec)


def verdict(spec, day=None, **facts):
    return judge(node(**spec), facts, day)[0]


def leaf(name):
    return {"field": name, "is": True}


# A fact for each verdict of the leaf above: true, false, and not given.
FACT = {YES: True, NO: False, OPEN: None}


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (YES, YES, YES, YES),
        (YES, NO, NO, YES),
        (YES, OPEN, OPEN, YES),
        (NO, YES, NO, YES),
        (NO, NO, NO, NO),
        (NO, OPEN, NO, OPEN),
        (OPEN, YES, OPEN, YES),
        (OPEN, NO, NO, OPEN),
        (OPEN, OPEN, OPEN, OPEN),
    ],
)
def test_all_and_any_have_three_values(left, right, both, either):
    facts = {"a": FACT[left], "b": FACT[right]}
    assert verdict({"all": [leaf("a"), leaf("b")]}, **facts) is both
    assert verdict({"any": [leaf("a"), leaf("b")]}, **facts) is either


@pytest.mark.parametrize(("inner", "outer"), [(YES, NO), (NO, YES), (OPEN, OPEN)])
def test_not_turns_yes_and_no_and_leaves_the_open_open(inner, outer):
    assert verdict({"not": leaf("a")}, a=FACT[inner]) is outer


def test_a_tree_of_trees():
    tree = {"any": [{"all": [leaf("a"), {"not": leaf("b")}]}, leaf("c")]}
    assert verdict(tree, a=True, b=False) is YES
    assert verdict(tree, a=True, b=True) is OPEN
    assert verdict(tree, a=False, c=False) is NO
    assert list(fields_of(node(**tree))) == ["a", "b", "c"]


def test_an_unknown_field_is_not_a_no():
    assert verdict({"field": "degree", "one_of": ["doctor"]}) is OPEN
    assert verdict({"field": "degree", "one_of": ["doctor"]}, degree=None) is OPEN


@pytest.mark.parametrize(
    ("spec", "value", "expected"),
    [
        ({"is": "doctor"}, "doctor", YES),
        ({"is": "doctor"}, "Doctor", NO),
        ({"is": 1}, 1, YES),
        ({"is": 1}, True, NO),
        ({"is": 0}, False, NO),
        ({"is": True}, 1, NO),
        ({"is": False}, 0, NO),
        ({"is": True}, True, YES),
        ({"is": False}, False, YES),
        ({"is": 1}, "1", NO),
        ({"is": 1}, Decimal("1.00"), YES),
        ({"is": Decimal("0.1")}, 0.1, NO),
        ({"one_of": [1, 2]}, True, NO),
        ({"one_of": [1, 2]}, 2, YES),
        ({"one_of": ["a", "b"]}, "c", NO),
        # of a list, any item
        ({"is": "a"}, ["b", "a"], YES),
        ({"is": "a"}, ("b", "c"), NO),
        ({"is": True}, [1], NO),
        ({"one_of": ["a", "b"]}, ["c", "b"], YES),
        ({"one_of": ["a", "b"]}, {"c"}, NO),
        ({"one_of": ["a", "b"]}, [], NO),
        # how many
        ({"count": 2}, ["a", "b"], YES),
        ({"count": 2}, ["a"], NO),
        ({"count": 0}, [], YES),
        ({"count_at_least": 2}, ["a", "b", "c"], YES),
        ({"count_at_least": 2}, ["a"], NO),
        ({"count": 2}, "ab", OPEN),
        ({"count": 2}, 2, OPEN),
        # bounds, both inclusive
        ({"at_least": 3}, 3, YES),
        ({"at_least": 3}, 2, NO),
        ({"at_least": 0}, 0, YES),
        ({"at_most": 3}, 3, YES),
        ({"at_most": 3}, 4, NO),
        ({"at_most": 0}, 1, NO),
        ({"at_least": Decimal("0.3")}, Decimal("0.30"), YES),
        ({"at_least": 3}, Decimal("2.999"), NO),
        ({"at_least": 1}, True, OPEN),
        ({"at_least": 1}, "3", OPEN),
        ({"at_least": 1}, 3.0, OPEN),
        ({"at_least": 1}, Decimal("NaN"), OPEN),
        ({"at_least": 1}, Decimal("sNaN"), OPEN),
        ({"at_least": 1}, [3], OPEN),
        ({"at_least": on(6, 18)}, on(6, 18), YES),
        ({"at_least": on(6, 18)}, on(6, 17), NO),
        ({"at_most": on(6, 18)}, on(6, 19), NO),
        ({"at_least": on(6, 18)}, 20210618, OPEN),
        ({"at_least": 3}, on(6, 18), OPEN),
        # days as a log of JSON holds them, and moments by their day in Beijing
        ({"at_least": on(6, 18)}, "2021-06-18", YES),
        ({"at_most": on(6, 18)}, datetime(2021, 6, 18, 17, tzinfo=UTC), NO),
        ({"at_most": on(6, 18)}, at(6, 18, 23), YES),
        ({"at_most": on(6, 18)}, datetime(2021, 6, 18), OPEN),  # noqa: DTZ001  # that is the point
        ({"at_most": on(6, 18)}, "soon", OPEN),
        ({"is": on(6, 18)}, "2021-06-18", YES),
        ({"one_of": [on(6, 18)]}, [on(6, 17), on(6, 18)], YES),
    ],
)
def test_comparisons(spec, value, expected):
    assert verdict({"field": "x", **spec}, x=value) is expected
    assert holds(node(field="x", **spec), {"x": value}, None) is (expected is YES)


@pytest.mark.parametrize(
    ("term", "value", "day", "expected"),
    [
        ({"years": 3}, on(6, 18, 2018), on(6, 18, 2021), YES),
        ({"years": 3}, on(6, 17, 2018), on(6, 18, 2021), NO),
        ({"years": 3}, on(6, 18, 2021), on(6, 18, 2021), YES),
        ({"years": 3}, on(6, 19, 2021), on(6, 18, 2021), NO),
        # from 29 February back to a year without one: 28 February
        ({"years": 1}, on(2, 28, 2019), on(2, 29, 2020), YES),
        ({"years": 1}, on(2, 27, 2019), on(2, 29, 2020), NO),
        ({"years": 1}, on(2, 29, 2020), on(2, 28, 2021), YES),
        ({"years": 1}, on(2, 29, 2020), on(3, 1, 2021), NO),
        ({"years": 4}, on(2, 29, 2016), on(2, 29, 2020), YES),
        ({"months": 1}, on(2, 28, 2021), on(3, 31, 2021), YES),
        ({"months": 1}, on(2, 27, 2021), on(3, 31, 2021), NO),
        ({"natural_days": 30}, on(2, 16, 2021), on(3, 18, 2021), YES),
        ({"natural_days": 30}, on(2, 15, 2021), on(3, 18, 2021), NO),
        ({"years": 3}, "2018-06-18", on(6, 18, 2021), YES),
        ({"years": 3}, 2018, on(6, 18, 2021), OPEN),
        ({"years": 3}, on(6, 18, 2020), None, OPEN),
    ],
)
def test_within_looks_back_with_both_ends_included(term, value, day, expected):
    assert verdict({"field": "x", "within": term}, day, x=value) is expected


@pytest.mark.parametrize(
    ("value", "expected"), [(True, YES), (False, NO), (None, OPEN), ("yes", OPEN), (1, OPEN), (0, OPEN)]
)
def test_a_decision_is_read_as_true_or_false_and_nothing_else(value, expected):
    spec = {"field": "outstanding", "decision": {"zh": "是否突出", "en": "Whether outstanding"}}
    assert verdict(spec, outstanding=value) is expected


@pytest.mark.parametrize(
    "spec",
    [
        {},
        {"field": "x"},
        {"is": True},
        {"field": "x", "is": 1, "at_least": 2},
        {"all": [leaf("a")], "any": [leaf("b")]},
        {"all": [leaf("a")], "field": "x"},
        {"all": []},
        {"any": []},
        {"field": "x", "one_of": []},
        {"decision": {"zh": "甲", "en": "a"}},
        {"field": "x", "is": 1, "decision": {"zh": "甲", "en": "a"}},
        {"field": "x", "within": {"working_days": 3}},
        {"field": "x", "within": {"promptly": True}},
        {"field": "x", "at_least": True},
        {"field": "x", "at_least": 1.5},
        {"field": "x", "count": -1},
        {"field": "x", "equals": 1},
    ],
)
def test_what_is_no_test_is_refused(spec):
    with pytest.raises(ValidationError):
        node(**spec)


# --- as rules of a region -------------------------------------------------------------------------------------------


LISTED = {"field": "level", "one_of": ["national", "provincial"]}


@pytest.mark.parametrize(
    ("level", "closed", "open_"), [("national", YES, YES), ("local", NO, OPEN), (None, OPEN, OPEN)]
)
def test_what_an_open_list_does_not_name_is_for_somebody_to_decide(level, closed, open_):
    facts = {"level": level}
    assert rule("condition", **LISTED).judge(facts).value is closed
    answer = rule("condition", **LISTED, open=True).judge(facts)
    assert answer.value is open_
    assert answer.certainty is (Certainty.NEEDS_DECISION if open_ is OPEN else Certainty.FINAL)


def test_an_open_list_says_so():
    answer = rule("condition", **LISTED, open=True).judge({"level": "local"})
    assert answer.explain("en") == (
        "Clause 1: needs a decision\n"
        "  level = local: no\n"
        "  the list is open: what it does not name needs a decision\n"
        "  basis d:1: Clause 1\n"
        "  certainty: needs a decision"
    )
    assert answer.explain("zh") == (
        "第1条：须由人决定\n  level = local：不符合\n  列举未尽，未列明者须由人认定\n  依据 d:1：第1条\n  把握：须由人决定"
    )


def test_a_condition_may_rest_on_others():
    both = region(
        clause("1", condition={"listed": {**LISTED, "open": True}}),
        clause("2", condition={"served": {"all": [{"condition": "listed"}, leaf("works-here")]}}),
        clause("3", condition={"not-served": {"not": {"condition": "listed"}}}),
    )
    served = both.condition("served")
    assert served.judge({"level": "national", "works-here": True}).value is YES
    assert served.judge({"level": "local", "works-here": True}).value is OPEN
    assert served.judge({"level": "local", "works-here": False}).value is NO
    # Not on an open list is not yet outside it.
    assert both.condition("not-served").judge({"level": "local"}).value is OPEN
    assert list(conditions_of(served.spec)) == ["listed"]


def test_every_branch_is_told():
    answer = rule("condition", any=[leaf("a"), leaf("b"), leaf("c")]).judge({"a": True, "b": False})
    assert isinstance(answer, Answer)
    assert [(s.kind, s.text("en")) for s in answer.steps] == [
        ("tested", "a = yes: yes"),
        ("tested", "b = no: no"),
        ("unknown", "not given: c"),
    ]


def test_a_decision_asks_its_own_question():
    spec = {"field": "outstanding", "decision": {"zh": "是否突出", "en": "Whether outstanding"}}
    (step,) = rule("condition", **spec).judge({}).steps
    assert (step.text("zh"), step.text("en")) == ("未提供：是否突出", "not given: Whether outstanding")


def test_a_reference_without_a_region_is_undecided():
    verdict_, steps = judge(node(condition="other"), {}, None)
    assert (verdict_, steps[0].text("en")) == (OPEN, "not given: other")


@pytest.mark.parametrize(
    ("word", "zh", "en"), [(YES, "符合", "yes"), (NO, "不符合", "no"), (OPEN, "须由人决定", "needs a decision")]
)
def test_verdicts_in_words(word, zh, en):
    assert (word.label.zh, word.label.en) == (zh, en)
