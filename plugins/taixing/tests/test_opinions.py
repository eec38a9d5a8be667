"""What a worked example cannot say yet: sums of parts, leads of tasks, what stays open."""

from datetime import date
from decimal import Decimal

import pytest

import talentservice as ts
from talentservice.answers import Certainty
from talentservice.errors import MissingParameter
from talentservice.labels import Label
from talentservice.people import Post, Roster

YEAR_END = date(2021, 12, 31)


def roster(*roles: str) -> Roster:
    """One post a role, in order."""
    posts = [Post(id=f"post-{n}", label=Label(zh="岗", en="Post"), roles=[r]) for n, r in enumerate(roles)]
    return Roster(posts=posts)


# The text prints 24 and its parts: two offices by the quarter, the zone every two months, other parks twice a year.
SIX_PARKS = ("talent-office", "science-bureau", "high-tech-zone", *["other-park"] * 5)
SEVEN_PARKS = (*SIX_PARKS, "other-park")


@pytest.mark.parametrize(
    ("readings", "parks", "total"),
    [
        ({}, SIX_PARKS, 4 + 4 + 6 + 5 * 2),
        ({}, SEVEN_PARKS, 4 + 4 + 6 + 6 * 2),
        ({"offices-hold-roadshows": "jointly"}, SIX_PARKS, 4 + 6 + 5 * 2),
        ({"two-months-begin": "february"}, SIX_PARKS, 4 + 4 + 6 + 5 * 2),
        ({"other-parks-hold": "together"}, SIX_PARKS, 4 + 4 + 6 + 2),
    ],
)
def test_the_parts_of_the_roadshows_come_to_24_under_one_reading_only(readings, parks, total):
    taixing = ts.region("taixing").configure(readings=readings)
    assert taixing.quota("roadshows").add_up(YEAR_END, roster=roster(*parks)).value == total


LEADS = {
    1: (),
    2: ("science-bureau",),
    3: ("science-bureau",),
    4: ("park",),
    5: ("park",),
    6: ("hr-bureau", "high-tech-zone"),
    7: ("commerce-bureau",),
    8: ("park",),
    9: ("science-bureau",),
    10: (),
    11: ("development-commission",),
    12: ("finance-regulator",),
    13: ("commerce-bureau", "talent-office"),
    14: (),
    15: ("commerce-bureau", "development-commission"),
    16: ("commerce-bureau",),
    17: ("talent-office",),
    18: (),
}


@pytest.mark.parametrize(("task", "leads"), LEADS.items())
def test_a_task_has_none_one_or_two_leads_as_the_stars_say(task, leads):
    assert ts.region("taixing").team(f"task-{task}").leads == leads


def test_the_support_of_an_investor_is_a_maximum_that_somebody_decides_on():
    facts = {"social_capital": True, "brought_by_investment": True, "project_settled": True, "good_project": True}
    support = ts.region("taixing").grant("investor-support").amount({**facts, "investment": 80_000_000})
    assert (support.value, support.certainty) == (Decimal(400_000), Certainty.NEEDS_DECISION)


def test_a_range_of_money_waits_for_somebody_to_decide():
    taixing = ts.region("taixing")
    facts = {"recipient": "introducer", "starts_business": True, "degree": "master", "plan_level": "taizhou"}
    reward = taixing.grant("intermediary-reward").amount({**facts, "for_enterprise": False})
    project = taixing.grant("selected-project").amount({"selected_for_plan": True})
    assert {reward.certainty, project.certainty} == {Certainty.NEEDS_DECISION}


@pytest.mark.parametrize(("reading", "certainty"), [("body", Certainty.FINAL), ("annex", Certainty.NEEDS_DECISION)])
def test_the_reward_of_a_major_project_is_given_in_the_body_and_may_be_given_in_the_annex(reading, certainty):
    taixing = ts.region("taixing").configure(
        readings={"major-reward-strength": reading}, parameters={"major-project-reward": 1_000_000}
    )
    facts = {"key_plan_entrant": True, "settled": True, "in_production": True, "effective": True}
    assert taixing.grant("major-reward").amount(facts).certainty is certainty


@pytest.mark.parametrize("condition", ["counts-as-100-million", "bonus-as-set"])
def test_a_number_the_text_leaves_out_has_to_be_supplied(condition):
    with pytest.raises(MissingParameter, match="prints no value"):
        ts.region("taixing").condition(condition).judge({})


def test_who_the_parks_are_has_to_be_supplied():
    with pytest.raises(MissingParameter, match="taixing:附件1 "):
        ts.region("taixing").quota("park-projects").measure(YEAR_END)
