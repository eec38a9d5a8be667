"""Campaigns: from when to when. Conflicts: clauses that disagree, shown with the way out. Days are typed from a calendar.

2018 for the reader: 21 March is a Wednesday; 20 and 21 April are a Friday and a Saturday; 5 to 7 April and 29 April to 1 May
are holidays, 8 and 28 April make-up days.
"""

from datetime import date

import pytest
from tests.unit.invented import both, clause, region, rule

from talentservice.answers import Certainty
from talentservice.errors import MissingParameter, RegionFileError

STARTS = date(2018, 3, 21)
SAME_DAY = {"start": "same_day", "roll": "none"}


def days(lasts, counting=None, starts=STARTS):
    more = {"counting": counting} if counting else {}
    return rule("campaign", starts=starts, lasts=lasts, **more).period()


@pytest.mark.parametrize(
    ("lasts", "counting", "last"),
    [
        ({"months": 1}, None, date(2018, 4, 21)),
        ({"months": 1}, SAME_DAY, date(2018, 4, 20)),
        ({"natural_days": 30}, None, date(2018, 4, 20)),
        ({"natural_days": 30}, SAME_DAY, date(2018, 4, 19)),
        ({"years": 1}, None, date(2019, 3, 21)),
        ({"years": 1}, SAME_DAY, date(2019, 3, 20)),
        ({"working_days": 10}, None, date(2018, 4, 4)),
        ({"working_days": 12}, None, date(2018, 4, 9)),
        ({"working_days": 10}, SAME_DAY, date(2018, 4, 3)),
    ],
)
def test_a_campaign_ends_as_its_length_is_counted(lasts, counting, last):
    found = days(lasts, counting)
    assert (found.value.start, found.value.last_day) == (STARTS, last)
    assert last in found.value
    assert found.certainty is Certainty.FINAL


def test_a_campaign_is_not_prolonged_by_a_day_of_rest():
    """21 April 2018 is a Saturday: a campaign ends then, unless its text says that it rolls on, to Monday the 23rd."""
    assert days({"months": 1}).value.last_day == date(2018, 4, 21)
    assert days({"months": 1}, {"roll": "next"}).value.last_day == date(2018, 4, 23)


def test_a_month_without_the_day_ends_with_the_month():
    assert days({"months": 1}, starts=date(2018, 1, 31)).value.last_day == date(2018, 2, 28)


def test_a_reading_may_count_the_other_way():
    reading = {
        "ask": both("first day"),
        "options": ["not-counted", "counted"],
        "default": "not-counted",
        "why": both("why"),
    }
    spec = {"starts": STARTS, "lasts": {"months": 1}, "under": {"first-day": {"counted": {"counting": SAME_DAY}}}}
    here = region(clause("1", campaign={"month": spec}, reading={"first-day": reading}))
    assert here.campaign("month").period().value.last_day == date(2018, 4, 21)
    other = here.configure(readings={"first-day": "counted"}).campaign("month").period()
    assert other.value.last_day == date(2018, 4, 20)
    assert other.readings == {"first-day": "counted"}


def test_a_campaign_explains_itself():
    told = days({"months": 1})
    assert "from Wednesday 21 March 2018 for 1 month, to Saturday 21 April 2018" in told.explain("en")
    assert "自2018年3月21日星期三起1个月，至2018年4月21日星期六" in told.explain("zh")
    value = told.to_dict()["value"]
    assert (value["start"], value["end"]) == ("2018-03-21", "2018-04-22")


@pytest.mark.parametrize("lasts", [{"promptly": True}, {"unstated": True}, {"stated": "until"}, {"hours": 24}, {}])
def test_a_campaign_lasts_a_number_of_days_months_or_years(lasts):
    """A length without a last day is no campaign: nobody makes up its end."""
    with pytest.raises(RegionFileError):
        days(lasts)


def test_a_length_the_text_leaves_open_is_asked_for():
    spec = {"starts": STARTS, "lasts": {"natural_days": {"parameter": "length"}}}
    here = region(clause("1", campaign={"it": spec}, parameter={"length": {"type": "count", "why": both("why")}}))
    with pytest.raises(MissingParameter, match="length"):
        here.campaign("it").period()
    assert here.configure(parameters={"length": 1}).campaign("it").period().value.last_day == date(2018, 3, 22)


# ---- conflicts --------------------------------------------------------------------------------------------------------------


def conflict(**change):
    spec = {"also": ["d:1", "e:1"], "about": both("months or quarters"), "settle": "satisfy-all", **change}
    spec = {k: v for k, v in spec.items() if v is not None}
    rows = (clause("1", record="document.issued"), clause("2", conflict={"how-often": spec}))
    return region(*rows, more={"e": ({"issued": date(2016, 1, 1)}, [clause("1", record="document.issued")])}).conflict(
        "how-often"
    )


@pytest.mark.parametrize(
    ("settle", "certainty", "en", "zh"),
    [
        ("satisfy-all", Certainty.FINAL, "doing what both say satisfies them", "两者都做到即可"),
        ("report-all", Certainty.NEEDS_DECISION, "both cannot be satisfied: the deployer decides", "无法同时做到，须由使用方决定"),
    ],
)  # fmt: skip
def test_a_conflict_is_shown_with_every_clause_that_takes_part(settle, certainty, en, zh):
    shown = conflict(settle=settle).shown()
    assert (shown.value.en, shown.certainty) == ("months or quarters A", certainty)
    assert [str(c) for c in shown.citations] == ["d:2", "d:1", "e:1"]
    assert en in shown.explain("en")
    assert zh in shown.explain("zh")
    assert all(f"basis {name}" in shown.explain("en") for name in ("d:1", "d:2", "e:1"))


@pytest.mark.parametrize(
    "change", [{"also": None}, {"also": []}, {"also": ["d:9"]}, {"settle": "ignore"}, {"settle": None}, {"about": None}]
)
def test_a_conflict_names_other_clauses_and_a_way_out(change):
    with pytest.raises(RegionFileError):
        conflict(**change)
