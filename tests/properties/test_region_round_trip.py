"""Whatever sound region is written: it loads, survives the way through a dict, and its answers either explain themselves or refuse.

The regions are drawn: a few rules of every kind, with terms, conditions, flows, readings and parameters at random.
"""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.region.drawn import events, facts, names, regions

from talentservice.calendar import Period
from talentservice.errors import TalentServiceError
from talentservice.events import EventLog
from talentservice.flows import Command, decide, evolve, mermaid, table
from talentservice.labels import Label
from talentservice.people import Body, Post, Relation, Roster
from talentservice.region import KINDS, region_from_dict

DAY = date(2021, 6, 18)
A = Label(zh="甲", en="A")
ROSTER = Roster(
    bodies=[Body(id="a", label=A)],
    posts=[Post(id="p1", label=A, roles=["leader"], body="a"), Post(id="p2", label=A, roles=["unit", "office"])],
    relations=[Relation(post="p1", subject="a", since=date(2020, 1, 1))],
)
SUPPLIED = {"number": 3, "month": 2, "names": ["b"], "table": {"north": "somebody"}}


def questions(region, known, log):
    """Every question the region can be asked, as something to call."""
    window = Period(date(2021, 1, 1), date(2022, 1, 1))
    for duty in region.rules("duty"):
        yield lambda duty=duty: duty.due(DAY)
        yield lambda duty=duty: duty.due_in(window)
        yield lambda duty=duty: [o.due for o in duty.owed(log, DAY, window=window, roster=ROSTER)]
    for quota in region.rules("quota"):
        yield lambda quota=quota: quota.measure(DAY, events=log.events, roster=ROSTER)
    for condition in region.rules("condition"):
        yield lambda condition=condition: condition.judge(known, on=DAY)
    for team in region.rules("team"):
        yield lambda team=team: team.check({"leader": ["p1"], "unit": []})
    for grant in region.rules("grant"):
        yield lambda grant=grant: grant.amount({**known, "investment": Decimal("80000000.5")}, on=DAY)
    for indicator in region.rules("indicator"):
        yield lambda indicator=indicator: indicator.figure(log.events, first=date(2020, 1, 1), last=DAY)
    for campaign in region.rules("campaign"):
        yield lambda campaign=campaign: campaign.period()
    yield lambda: region.route("need", known, on=DAY)
    yield lambda: region.scale("marks").at_least("good", "worst")
    yield lambda: region.conflict("odds").shown()
    yield lambda: [] if region.form("slip").layout.groups else None


def answered(ask):
    """The answers to a question; none where it was refused, in both languages."""
    try:
        found = ask()
    except TalentServiceError as error:
        refused(error)
        return []
    return found if isinstance(found, list) else [found]


def refused(error):
    """A refusal is told in both languages, and not in the words of the library underneath."""
    assert error.en
    assert error.zh
    assert "Input should" not in error.en


def test_the_regions_drawn_hold_every_kind_of_rule():
    """A new kind of rule is to be added to the regions drawn here."""
    drawn = {"duty", "quota", "condition", "flow", "step", "route", "team", "form", "parameter", "reading"}
    assert drawn | {"grant", "scale", "indicator", "campaign", "conflict"} == set(KINDS)


@settings(max_examples=40, deadline=None)
@given(regions())
def test_a_sound_region_loads_and_survives_the_way_through_a_dict(data):
    region = region_from_dict(data)
    assert region_from_dict(region.to_dict()) == region
    assert region.to_dict() == data
    assert {r.kind for r in region.rules()} == set(KINDS)
    assert all(r.citations for r in region.rules())
    for rule in region.rules():
        assert json.loads(json.dumps(rule.to_dict()))["id"] == rule.id


@settings(max_examples=40, deadline=None)
@given(regions(), facts, events, st.booleans())
def test_every_answer_explains_itself_in_both_languages_or_is_refused_in_both(data, known, happened, supplied):
    region = region_from_dict(data)
    if supplied:
        region = region.configure(parameters=SUPPLIED, readings={"choice": "two"})
    for ask in questions(region, known, EventLog(happened)):
        for answer in answered(ask):
            assert answer.explain("zh").strip()
            assert answer.explain("en").strip()
            assert answer.citations
            assert json.dumps(answer.to_dict())


@settings(max_examples=40, deadline=None)
@given(regions(), facts, st.lists(st.tuples(names, st.integers(0, 9), facts), max_size=6))
def test_a_ticket_on_any_flow_moves_or_is_refused(data, known, moves):
    region = region_from_dict(data).configure(parameters=SUPPLIED)
    flow = region.flow("path")
    assert mermaid(flow)
    assert table(flow, "en")
    ticket, at = flow.open("T-1", known), datetime(2021, 6, 18, 8, tzinfo=UTC)
    steps = region.rules("step")
    for role, number, given_data in moves:
        at += timedelta(hours=1)
        command = Command(steps[number % len(steps)].id, "p1", role, at, given_data)
        try:
            for event in decide(flow, ticket, command):
                ticket = evolve(ticket, event)
        except TalentServiceError as error:
            refused(error)
    assert ticket.version == len(ticket.history)
    assert ticket.state in {s.id for s in flow.flow.spec.states}


@settings(max_examples=30, deadline=None)
@given(regions(), st.data())
def test_a_region_with_one_value_spoilt_loads_or_tells_where(data, drawn):
    """Any value anywhere may be replaced by something else: the loader never fails otherwise than with its own error."""
    holders = list(_holders(data))
    holder, key = holders[drawn.draw(st.integers(0, len(holders) - 1))]
    holder[key] = drawn.draw(
        st.sampled_from(
            [
                None,
                5,
                -1,
                True,
                "x",
                "",
                "中 文",
                [],
                [[]],
                {},
                {"a": 1},
                Decimal("nan"),
                1.5,
                DAY,
                "x" * 3000,
                "\x00",
                {"parameter": "number"},
            ]
        )
    )
    try:
        region = region_from_dict(data)
    except TalentServiceError as error:
        refused(error)
        return
    assert region_from_dict(region.to_dict()) == region


def _holders(value):
    if isinstance(value, dict):
        for key, item in value.items():
            yield value, key
            yield from _holders(item)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield value, index
            yield from _holders(item)
