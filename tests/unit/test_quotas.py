"""Quotas: how many, by whom, in which period, of how many; exact, and never a verdict where the quota does not apply."""

import pytest
from pydantic import ValidationError
from tests.unit.invented import at, during, event, on, post, roster, rule

from talentservice import Certainty, Period
from talentservice.errors import NotInForce
from talentservice.quotas import Quota, by_actor

LEADERS = roster(
    post("le-1", "leader", body="east"), post("le-2", "leader", body="west"), post("un-1", "unit", body="east")
)
VISITS = {"who": "leader", "count": "visit.made", "per": "year"}


def visit(when, by="le-1", company="c-1", **data):
    return event("visit.made", when, by, about={"enterprise": company}, **data)


def visits(n, **more):
    return [visit(on(3, d + 1), **more) for d in range(n)]


def measured(spec, events=(), who=LEADERS, day=None):
    return rule("quota", **spec).measure(day or on(6, 1), events=events, roster=who)


def tally(spec, events=(), who=LEADERS, actor="le-1", day=None):
    return by_actor(measured(spec, events, who, day).value)[actor]


@pytest.mark.parametrize(
    ("bound", "done", "reached", "missing", "en"),
    [
        ({"at_least": 2}, 1, False, 1, "at least 2 (must), has 1"),
        ({"at_least": 2}, 2, True, 0, "at least 2 (must), has 2"),
        ({"at_least": 2}, 3, True, 0, "at least 2 (must), has 3"),
        ({"at_most": 2}, 0, True, 0, "at most 2 (must), has 0"),
        ({"at_most": 2}, 2, True, 0, "at most 2 (must), has 2"),
        ({"at_most": 2}, 3, False, 0, "at most 2 (must), has 3"),
        ({"exactly": 2}, 1, False, 1, "exactly 2 (must), has 1"),
        ({"exactly": 2}, 2, True, 0, "exactly 2 (must), has 2"),
        ({"exactly": 2}, 3, False, 0, "exactly 2 (must), has 3"),
        ({"at_least": 1, "at_most": 2}, 0, False, 1, "1 to 2 (must), has 0"),
        ({"at_least": 1, "at_most": 2}, 2, True, 0, "1 to 2 (must), has 2"),
        ({"at_least": 1, "at_most": 2}, 3, False, 0, "1 to 2 (must), has 3"),
        ({"at_least": 1, "aim": 2}, 1, True, 0, "at least 1, aim 2 (must), has 1"),
        ({"at_least": 1, "strength": "strive"}, 0, False, 1, "at least 1 (strive), has 0"),
        ({"at_least": 1, "strength": "in_principle"}, 0, False, 1, "at least 1 (in principle), has 0"),
    ],
)
def test_bounds(bound, done, reached, missing, en):
    found = tally({**VISITS, **bound}, visits(done))
    assert (found.done, found.reached, found.missing) == (done, reached, missing)
    assert found.label.en == en
    assert (found.strength, found.aim) == (bound.get("strength", "must"), bound.get("aim"))


def test_bounds_in_chinese():
    words = {
        "应当至少 2，实际 1": {"at_least": 2},
        "应当至多 2，实际 1": {"at_most": 2},
        "原则上恰好 2，实际 1": {"exactly": 2, "strength": "in_principle"},
        "力争 2 至 3，实际 1": {"at_least": 2, "at_most": 3, "strength": "strive"},
        "应当至少 2（目标 3），实际 1": {"at_least": 2, "aim": 3},
    }
    assert {tally({**VISITS, **bound}, visits(1)).label.zh for bound in words.values()} == set(words)


@pytest.mark.parametrize(
    ("of", "done", "percent", "wanted", "reached"),
    [
        (10, 3, 30, 3, True),
        (10, 2, 30, 3, False),
        (7, 2, 30, 3, False),  # 28.57 %
        (7, 3, 30, 3, True),
        (1, 0, 30, 1, False),
        (1, 1, 100, 1, True),
        (3, 1, 33, 1, True),  # 33.33 %
        (3, 1, 34, 2, False),
        (200, 1, 1, 2, False),
        (100, 29, 29, 29, True),  # 0.29 * 100 is 28.999… in floating point
    ],
)
def test_a_share_in_exact_integers(of, done, percent, wanted, reached):
    spec = {
        "who": "leader", "each": "total", "per": "year", "count": "project.signed", "among": "project.signed",
        "where": {"field": "led", "is": True}, "at_least_percent": percent,
    }  # fmt: skip
    events = [event("project.signed", on(3, 1), led=n < done) for n in range(of)]
    found = tally(spec, events, actor="total")
    assert (found.done, found.of, found.wanted, found.reached) == (done, of, wanted, reached)


def test_a_share_of_nothing_does_not_apply_and_says_why():  # bad input Q17
    share = {**VISITS, "count": "report.filed", "among": "visit.made", "at_least_percent": 50}
    found = tally(share)
    assert (found.reached, found.of, found.wanted, found.missing) == (None, 0, 0, 0)
    assert found.label.en == "not applicable: there is none of 'Visit made' in the period"
    assert found.label.zh == "不适用：期间内没有“走访”"


def test_a_share_is_of_the_same_actor_and_by_the_same_subject():
    share = {**VISITS, "where": {"field": "deep", "is": True}, "among": "visit.made", "at_least_percent": 50}
    events = [visit(on(3, 1), deep=True), visit(on(3, 2), company="c-2", deep=False), visit(on(3, 3), company="c-2")]
    events += [visit(on(3, 4), by="le-2", company="c-9", deep=False)]
    assert [(t.actor, t.done, t.of, t.reached) for t in measured(share, events).value] == [
        ("le-1", 1, 3, False),
        ("le-2", 0, 1, False),
    ]
    by_company = tally({**share, "distinct": "enterprise"}, events)
    assert (by_company.done, by_company.of, by_company.reached) == (1, 2, True)
    assert by_company.label.en == "at least 50%, that is 1 (must), has 1 of 2"
    assert by_company.label.zh == "应当至少 50%（即 1），实际 1/2"


def test_each_subject_counts_once():
    events = [visit(on(3, 1)), visit(on(3, 2)), visit(on(3, 3), company="c-2"), event("visit.made", on(3, 4), "le-1")]
    assert tally({**VISITS, "at_least": 2}, events).done == 4
    assert tally({**VISITS, "at_least": 2, "distinct": "enterprise"}, events).done == 2


def test_the_period_is_half_open():
    spec = {**VISITS, "per": "month", "at_least": 1}
    events = [visit(on(2, 28)), visit(on(3, 1)), visit(at(3, 31, 23, 59)), visit(at(4, 1, 0))]
    found = tally(spec, events, day=on(3, 15))
    assert [e.on for e in found.events] == [on(3, 1), on(3, 31)]
    assert rule("quota", **spec).period(on(3, 31)) == Period(on(3, 1), on(4, 1))


@pytest.mark.parametrize(
    ("per", "period"),
    [
        ("quarter", during(first=4, last=6)),
        ("half-year", during(first=1, last=6)),
        ({"months": 2, "phase": 2}, during(first=6, last=7)),
        ({"years": 1}, during()),
    ],
)
def test_periods(per, period):
    assert rule("quota", **{**VISITS, "per": per, "at_least": 1}).period(on(6, 30)) == period


# --- what somebody has to decide ------------------------------------------------------------------------------------------


def test_what_may_count_is_not_counted_and_the_answer_says_so():
    spec = {**VISITS, "at_least": 2, "where": {"field": "deep", "is": True}}
    answer = measured(spec, [visit(on(3, 1), deep=True), visit(on(3, 2)), visit(on(3, 3), by="un-1")])
    assert (answer.value[0].done, answer.value[0].reached) == (1, False)
    assert answer.certainty is Certainty.NEEDS_DECISION
    assert answer.steps[-1].text("en") == "1 more may count: somebody has to decide"
    assert answer.steps[-1].text("zh") == "另有1项是否计入须由人决定"
    sure = measured(spec, [visit(on(3, 1), deep=True), visit(on(3, 2), deep=False)])
    assert sure.certainty is Certainty.FINAL


@pytest.mark.parametrize(
    ("facts", "reached", "en", "certainty"),
    [
        ({"grade": 1, "since": on(6, 1, 2020)}, False, "at least 2 (must), has 0", Certainty.FINAL),
        (
            {"grade": 2, "since": on(6, 1, 2020)},
            None,
            "not applicable: the quota is not for this post",
            Certainty.FINAL,
        ),
        ({"grade": 1}, None, "whether it applies needs a decision", Certainty.NEEDS_DECISION),
        (
            {"grade": 1, "since": on(6, 1, 2010)},
            None,
            "not applicable: the quota is not for this post",
            Certainty.FINAL,
        ),
    ],
)
def test_whom_it_applies_to(facts, reached, en, certainty):
    applies = {"all": [{"field": "grade", "is": 1}, {"field": "since", "within": {"years": 3}}]}
    answer = measured({**VISITS, "at_least": 2, "applies": applies}, who=roster(post("le-1", "leader", **facts)))
    (found,) = answer.value
    assert (found.reached, found.label.en, answer.certainty) == (reached, en, certainty)


def test_the_answer_tells_the_period_and_each_actor():
    answer = measured({**VISITS, "at_least": 1}, visits(1))
    assert answer.explain("en").splitlines() == [
        "Clause 1: at least 1 (must), has 1, at least 1 (must), has 0",
        "  period: 2021",
        "  le-1: at least 1 (must), has 1",
        "  le-2: at least 1 (must), has 0",
        "  basis d:1: Clause 1",
    ]
    assert answer.value[0].to_dict() == {
        "actor": "le-1", "done": 1, "wanted": 1, "missing": 0, "reached": True, "strength": "must", "of": None,
        "aim": None, "zh": "应当至少 1，实际 1", "en": "at least 1 (must), has 1",
        "events": [{"kind": "visit.made", "at": "2021-03-01", "by": "le-1", "enterprise": "c-1"}],
    }  # fmt: skip


def test_a_quota_holds_while_its_document_does():
    quota = rule("quota", **VISITS, at_least=1)
    with pytest.raises(NotInForce):
        quota.measure(on(12, 31, 2014), roster=LEADERS)
    assert quota.measure(on(12, 31, 2014), roster=LEADERS, as_if_in_force=True).as_if_in_force


@pytest.mark.parametrize(
    "spec",
    [
        {**VISITS},
        {**VISITS, "at_least": 0},
        {**VISITS, "at_least": True},  # bad input Q10
        {**VISITS, "at_least": 3, "at_most": 2},  # bad input Q15
        {**VISITS, "exactly": 2, "at_least": 2},
        {**VISITS, "at_least_percent": 30},
        {**VISITS, "among": "visit.made", "at_least": 1},
        {**VISITS, "among": "visit.made", "at_least_percent": 101},
        {**VISITS, "among": "visit.made", "at_least_percent": 30, "at_least": 1},
        {**VISITS, "aim": 2, "at_most": 3},
        {**VISITS, "aim": 2, "at_least": 2},
        {**VISITS, "at_least": 1, "standing": "post"},
        {"who": "leader", "at_least": 1, "per": "year"},
        {"who": "leader", "count": "visit.made", "at_least": 1},
        {**VISITS, "at_least": 1, "each": "body"},
        {**VISITS, "at_least": 1, "bodies": ["east"]},
    ],
)
def test_what_is_no_quota_is_refused(spec):
    with pytest.raises(ValidationError):
        Quota.model_validate(spec)
