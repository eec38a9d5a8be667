"""Quotas for each: every post, every relation, every body, or all together; and what stands on a day."""

import pytest
from tests.unit.invented import event, on, post, roster, rule, serves

from talentservice.quotas import by_actor

LEADERS = (post("le-1", "leader", body="east"), post("le-2", "leader", body="west"), post("un-1", "unit", body="east"))
SERVED = roster(
    *LEADERS,
    serves("le-1", "t-1"),
    serves("le-1", "t-2"),
    serves("le-1", "t-3", until=on(5, 31)),
    serves("le-2", "t-3", since=on(6, 1)),
    serves("un-1", "t-4"),
)
EVENTS = [
    event("interview.held", on(3, 1), "le-1", about={"talent": "t-1"}),
    event("interview.held", on(3, 2), "le-1", about={"talent": "t-1"}),
    event("interview.held", on(3, 3), "le-2", about={"talent": "t-1"}),
    event("interview.held", on(3, 4), "un-1", about={"talent": "t-4"}),
    event("interview.held", on(3, 5), about={"talent": "t-4"}),
]
TALKS = {"who": "leader", "count": "interview.held", "per": "year", "at_least": 2}


def measured(spec, events=(), who=SERVED, day=None):
    return rule("quota", **spec).measure(day or on(6, 1), events=events, roster=who)


def tally(spec, who, actor):
    return by_actor(measured(spec, who=who).value)[actor]


@pytest.mark.parametrize(
    ("each", "expected"),
    [
        ({}, {"le-1": 2, "le-2": 1}),
        ({"each": "total"}, {"total": 5}),
        ({"each": "body", "bodies": ["east", "west", "north"]}, {"east": 2, "west": 1, "north": 0}),
        ({"each": "relation"}, {"le-1 → t-1": 2, "le-1 → t-2": 0, "le-2 → t-3": 0}),
    ],
)
def test_events_are_counted_for_each(each, expected):
    found = measured({**TALKS, **each}, EVENTS)
    assert {t.actor: t.done for t in found.value} == expected
    assert {t.actor: t.reached for t in found.value} == {k: n >= 2 for k, n in expected.items()}


def test_a_share_for_each_relation_has_its_own_base():
    share = {k: v for k, v in TALKS.items() if k != "at_least"}
    share |= {
        "each": "relation",
        "where": {"field": "long", "is": True},
        "among": "interview.held",
        "at_least_percent": 50,
    }
    found = by_actor(measured(share, EVENTS).value)
    assert (found["le-1 → t-1"].of, found["le-1 → t-1"].reached) == (2, False)
    assert (found["le-1 → t-2"].of, found["le-1 → t-2"].reached) == (0, None)


@pytest.mark.parametrize(
    ("each", "expected"),
    [
        ({}, {"le-1": 2, "le-2": 1}),
        ({"each": "total"}, {"total": 3}),
        ({"each": "body", "bodies": ["east", "west"]}, {"east": 2, "west": 1}),
    ],
)
def test_what_stands_is_counted_on_the_last_day_of_the_period(each, expected):
    spec = {"who": "leader", "standing": "relation", "per": "year", "at_least": 2, **each}
    assert {t.actor: t.done for t in measured(spec).value} == expected


def test_without_a_period_the_day_itself_counts():
    spec = {"who": "leader", "standing": "relation", "at_least": 2}
    assert [t.done for t in measured(spec, day=on(5, 31)).value] == [3, 0]
    assert [t.done for t in measured(spec, day=on(6, 1)).value] == [2, 1]


def test_one_served_twice_is_one():
    twice = roster(post("le-1", "leader"), serves("le-1", "t-1"), serves("le-1", "t-1", since=on(2, 1)))
    assert tally({"who": "leader", "standing": "relation", "at_least": 2}, who=twice, actor="le-1").done == 1


@pytest.mark.parametrize(
    ("each", "expected"),
    [({}, {"total": 2}), ({"each": "body", "bodies": ["east", "north"]}, {"east": 1, "north": 0})],
)
def test_posts_that_stand(each, expected):
    found = measured({"who": "leader", "standing": "post", "exactly": 1, **each}, who=roster(*LEADERS))
    assert {t.actor: t.done for t in found.value} == expected


def test_posts_and_relations_are_filtered_by_their_facts():
    where = {"field": "full_time", "is": True}
    who = roster(
        post("a", "leader", full_time=True), post("b", "leader", full_time=False), serves("a", "t-1", full_time=True)
    )
    who = roster(*who.posts, *who.relations, serves("a", "t-2", full_time=False))
    assert tally({"who": "leader", "standing": "post", "at_least": 1, "where": where}, who=who, actor="total").done == 1
    assert tally({"who": "leader", "standing": "relation", "at_least": 1, "where": where}, who=who, actor="a").done == 1
