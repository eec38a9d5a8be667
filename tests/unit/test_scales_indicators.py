"""Scales: grades in their order. Indicators: figures measured exactly, beside what the source observed and never against it."""

from fractions import Fraction

import pytest
from tests.unit.invented import at, both, clause, event, on, region, rule

from talentservice.answers import Certainty
from talentservice.errors import MissingParameter, NotInForce, RegionFileError, UnknownName

GRADES = [
    {"id": name, "zh": zh, "en": name.title()} for name, zh in (("excellent", "优秀"), ("good", "良好"), ("poor", "差"))
]


@pytest.fixture(scope="module")
def scale():
    return rule("scale", grades=GRADES)


# ---- scales -----------------------------------------------------------------------------------------------------------------


def test_grades_stand_in_the_order_of_the_text_best_first(scale):
    assert [scale.rank(name) for name in ("excellent", "good", "poor")] == [0, 1, 2]


@pytest.mark.parametrize(
    ("grade", "other", "good_enough"),
    [
        ("excellent", "good", True),
        ("good", "good", True),
        ("poor", "good", False),
        ("poor", "poor", True),
        ("excellent", "poor", True),
        ("good", "excellent", False),
    ],
)
def test_a_grade_is_as_good_as_itself_and_as_every_worse_one(scale, grade, other, good_enough):
    found = scale.at_least(grade, other)
    assert found.value is good_enough
    assert [str(c) for c in found.citations] == ["d:1"]


def test_the_order_is_told_in_both_languages(scale):
    told = scale.at_least("good", "poor")
    assert "Excellent, Good, Poor" in told.explain("en")
    assert "优秀、良好、差" in told.explain("zh")


def test_an_unknown_grade_is_named_with_those_there_are(scale):
    with pytest.raises(UnknownName, match=r"'excelent'; there is: excellent, good, poor. Did you mean 'excellent'\?"):
        scale.rank("excelent")
    with pytest.raises(UnknownName, match="是否指“poor”"):
        raise_in_chinese(scale)
    for pair in (("good", "bad"), ("bad", "good")):
        with pytest.raises(UnknownName, match="'bad'"):
            scale.at_least(*pair)


def raise_in_chinese(scale):
    try:
        scale.rank("por")
    except UnknownName as error:
        raise UnknownName(error.zh, error.zh) from None


@pytest.mark.parametrize("grades", [[], GRADES[:1], [*GRADES, GRADES[1]]], ids=["none", "one", "one twice"])
def test_a_scale_has_at_least_two_grades_and_none_twice(grades):
    with pytest.raises(RegionFileError) as caught:
        rule("scale", grades=grades)
    (problem,) = caught.value.problems
    assert problem.clause == "d:1"
    assert ("good" in problem.en) is (len(grades) > 2)


# ---- indicators -------------------------------------------------------------------------------------------------------------


def replied(day, ticket, **data):
    return event("ticket.replied", day, about={"ticket": ticket}, **data)


EVENTS = [
    event("ticket.received", on(1, 1), about={"ticket": "T-1"}),
    event("ticket.received", on(2, 1), about={"ticket": "T-2"}),
    event("ticket.received", on(3, 31), about={"ticket": "T-3"}),
    event("ticket.received", on(3, 31), about={"ticket": "T-3"}),
    replied(on(1, 1), "T-1", good=True),
    replied(on(2, 2), "T-1", good=True),
    replied(at(3, 31, 23, 59), "T-2", good=False),
    replied(on(4, 1), "T-3", good=True),
]


def figure(spec, events=EVENTS, first=None, last=None):
    return rule("indicator", **spec).figure(events, first=first or on(1, 1), last=last or on(3, 31))


def numbers(spec, **more):
    value = figure(spec, **more).value
    return value.number, value.of, value.share


COUNT = {"count": "ticket.replied"}
SHARE = {**COUNT, "among": "ticket.received"}


def test_a_figure_counts_the_events_of_the_days_both_inclusive():
    assert numbers(COUNT) == (3, None, None)
    assert numbers(COUNT, last=on(4, 1)) == (4, None, None)
    assert numbers(COUNT, first=on(1, 2), last=on(3, 30)) == (1, None, None)
    assert numbers(COUNT, first=on(2, 2), last=on(2, 2)) == (1, None, None)
    assert numbers(COUNT, events=[]) == (0, None, None)


def test_a_share_is_an_exact_fraction():
    assert numbers(SHARE) == (3, 4, Fraction(3, 4))
    share = figure({**SHARE, "where": {"field": "good", "is": True}}).value.share
    assert isinstance(share, Fraction)
    assert share == Fraction(1, 2)


def test_a_subject_that_counts_once_counts_once_in_the_base_as_well():
    """T-1 was replied to twice, T-3 received twice: two of three."""
    assert numbers({**SHARE, "distinct": "ticket"}) == (2, 3, Fraction(2, 3))


def test_there_is_no_share_of_nothing():
    early = numbers(SHARE, first=on(1, 2), last=on(1, 31))
    assert early == (0, 0, None)
    found = figure(SHARE, events=EVENTS[4:])
    assert (found.value.number, found.value.of, found.value.share) == (3, 0, None)
    assert found.value.label.zh == "3/0（不适用）"
    assert found.to_dict()["value"]["share"] is None


def test_a_figure_leads_to_its_events_and_is_exact_as_json():
    found = figure({**SHARE, "distinct": "ticket"})
    assert [(e.on, e.subjects["ticket"]) for e in found.value.events] == [
        (on(1, 1), "T-1"),
        (on(2, 2), "T-1"),
        (on(3, 31), "T-2"),
    ]
    told = found.to_dict()["value"]
    assert (told["number"], told["of"], told["share"]) == (2, 3, "2/3")
    assert [e["ticket"] for e in told["events"]] == ["T-1", "T-1", "T-2"]
    assert (found.value.label.zh, found.value.label.en) == ("2/3（2/3）", "2 of 3")


def test_the_period_is_told():
    assert "period: quarter 1 of 2021" in figure(COUNT).explain("en")
    assert "口径期间：2021年第1季度" in figure(COUNT).explain("zh")


@pytest.mark.parametrize(
    ("seen", "text"),
    [
        ({"number": 47, "of": 50}, "47/50"),
        ({"percent": 94}, "94%"),
        ({"number": 47, "of": 50, "percent": 94}, "47/50 94%"),
        ({"number": 0}, "0"),
    ],
)
def test_what_the_source_observed_is_told_and_never_compared(seen, text):
    """Far below or above it, the figure is the same and the answer is final."""
    spec = {**SHARE, "observed": {**seen, "about": both("trial")}}
    for events in (EVENTS, []):
        found = figure(spec, events)
        assert found.value == figure(SHARE, events).value
        assert found.certainty is Certainty.FINAL
        assert f"the source reports (trial A): {text}, an observation and no threshold" in found.explain("en")
        assert f"来源所载（trial甲）：{text}，是观察值，不是门槛" in found.explain("zh")
    assert "observ" not in str(found.to_dict()["value"])


def test_what_nobody_has_decided_is_not_counted_and_the_answer_says_so():
    spec = {**COUNT, "where": {"field": "good", "is": True}}
    assert figure(spec).certainty is Certainty.FINAL
    found = figure(spec, [*EVENTS, replied(on(3, 1), "T-9")])
    assert (found.value.number, found.certainty) == (2, Certainty.NEEDS_DECISION)
    assert "1 more may count" in found.explain("en")
    assert "另有1项是否计入须由人决定" in found.explain("zh")


def test_an_indicator_waits_for_its_parameter_and_for_its_document():
    here = region(
        clause("1", indicator={"it": {**COUNT, "where": {"field": "score", "at_least": {"parameter": "line"}}}},
               parameter={"line": {"type": "amount", "why": both("not printed")}}),
    )  # fmt: skip
    with pytest.raises(MissingParameter, match="line"):
        here.indicator("it").figure([], first=on(1, 1), last=on(1, 31))
    with pytest.raises(NotInForce):
        figure(COUNT, first=on(1, 1, year=2014), last=on(12, 31, year=2014))


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"count": "ticket.replied", "standing": "post"},
        {"standing": "relation"},
        {"count": "ticket.replyed"},
        {**COUNT, "among": "ticket.recieved"},
        {**COUNT, "observed": {"percent": 101, "about": both("trial")}},
        {**COUNT, "observed": {"of": 0, "about": both("trial")}},
        {**COUNT, "at_least": 3},
    ],
)
def test_an_indicator_counts_events_and_has_no_threshold(wrong):
    with pytest.raises(RegionFileError):
        rule("indicator", **wrong)
