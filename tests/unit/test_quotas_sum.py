"""Quotas whose parts are meant to add up to a whole: over how many periods, for how many, and whether that is enough."""

import pytest
from tests.unit.invented import both, clause, on, post, region, roster, serves

from talentservice.errors import MissingParameter, RegionFileError

EVENT = {"who": "unit", "count": "visit.made"}
WHOLE = {**EVENT, "each": "total", "per": "year", "at_least": 24}
PARKS = [post(f"park-{n}", "unit", body=f"body-{n % 2}") for n in range(3)]
PEOPLE = roster(
    *PARKS,
    serves("park-0", "firm-1"),
    serves("park-0", "firm-2"),
    serves("park-1", "firm-2"),
    serves("park-2", "firm-3", until=on(6, 30)),
).model_copy(update={"served": ["firm-1", "firm-2", "firm-3", "firm-4"]})


def add_up(**part):
    quotas = {"whole": {**WHOLE, "parts": ["part"]}, "part": {**EVENT, "at_least": 2, "per": "quarter", **part}}
    quotas["part"] = {k: v for k, v in quotas["part"].items() if v is not None}
    return region(clause("1", quota=quotas)).quota("whole").add_up(on(6, 1), roster=PEOPLE)


@pytest.mark.parametrize(
    ("part", "total"),
    [
        ({}, 2 * 4 * 3),
        ({"per": "year"}, 2 * 3),
        ({"per": {"months": 2}}, 2 * 6 * 3),
        ({"each": "total"}, 2 * 4),
        ({"each": "body", "bodies": ["body-0", "body-1", "body-9"]}, 2 * 4 * 3),
        ({"each": "body", "bodies": ["body-0"]}, 2 * 4),
        ({"each": "subject"}, 2 * 4 * 4),
        ({"each": "relation"}, 2 * 4 * 3),
        ({"at_least": None, "exactly": 3}, 3 * 4 * 3),
        ({"who": "leader"}, 0),
        ({"applies": {"field": "large", "is": True}}, 0),
    ],
)
def test_the_least_numbers_of_the_parts_are_added_up_over_their_periods_and_those_they_are_for(part, total):
    """`firm-3` is served until June only, so at the end of the year there are three relations."""
    found = add_up(**part)
    assert found.value == total
    assert found.steps[-1].facts["agrees"] is (total >= 24)
    assert str(total) in found.explain("en")
    assert f"各部分合计 {total}，总数 24" in found.explain("zh")


def test_a_sum_waits_for_a_parameter_of_a_part():
    quotas = {"whole": {**WHOLE, "parts": ["part"]}, "part": {**EVENT, "per": "year", "at_least": {"parameter": "n"}}}
    here = region(clause("1", quota=quotas, parameter={"n": {"type": "count", "why": both("why")}}))
    with pytest.raises(MissingParameter, match="n"):
        here.quota("whole").add_up(on(6, 1), roster=PEOPLE)
    assert here.configure(parameters={"n": 8}).quota("whole").add_up(on(6, 1), roster=PEOPLE).value == 24


def test_a_part_that_is_no_quota_is_refused():
    with pytest.raises(RegionFileError):
        region(clause("1", quota={"whole": {**WHOLE, "parts": ["prat"]}}))
