"""Days set by one place: for whom they hold, from when they are known, and what is refused.

Test vectors as in the local notices; the days of publication are not verified and stand for "before the days set".
"""

from datetime import date

import pytest
from pydantic import ValidationError

from talentservice.calendar import DayKind, LocalOverride, Term, WorkCalendar, deadline, read_overrides

GUANGXI = read_overrides(
    {
        "override": [
            {
                "title": {"zh": "广西2017年三月三放假", "en": "Guangxi, Third Month Festival 2017"},
                "scope": "45",
                "published": date(2017, 3, 1),
                "rest": [date(2017, 3, 30), date(2017, 3, 31), date(2017, 4, 1)],
                "work": [date(2017, 4, 8)],
            },
            {
                "title": {"zh": "广西2018年三月三放假", "en": "Guangxi, Third Month Festival 2018"},
                "scope": "450000",
                "published": date(2018, 3, 1),
                "rest": [date(2018, 4, 18), date(2018, 4, 19), date(2018, 4, 20)],
                "work": [date(2018, 4, 15)],
            },
        ]
    }
)
SUZHOU = read_overrides(
    {
        "override": [
            {
                "title": {"zh": "苏州企业延迟复工", "en": "Suzhou, enterprises resume later"},
                "scope": "320500",
                "audience": "enterprise",
                "published": date(2020, 1, 27),
                "rest": [date(2020, 2, day) for day in range(3, 9)],
            }
        ]
    }
)


@pytest.mark.parametrize(
    ("division", "received", "last"),
    [
        pytest.param("450100", date(2017, 3, 28), date(2017, 4, 8), id="Guangxi in 2017"),
        pytest.param("440100", date(2017, 3, 28), date(2017, 4, 5), id="Guangdong in 2017"),
        pytest.param("450100", date(2018, 4, 13), date(2018, 4, 24), id="Guangxi in 2018"),
        pytest.param("", date(2018, 4, 13), date(2018, 4, 20), id="no place named in 2018"),
    ],
)
def test_a_festival_of_one_province_moves_its_own_deadlines_only(division: str, received: date, last: date) -> None:
    calendar = WorkCalendar.china(overrides=GUANGXI, division=division)

    assert deadline(calendar, Term(working_days=5), received).on == last


def test_a_local_notice_outranks_the_national_one_and_is_named_as_the_basis() -> None:
    calendar = WorkCalendar.china(overrides=GUANGXI, division="450100")

    assert calendar.day(date(2017, 4, 1)).label.zh == "放假（广西2017年三月三放假）"
    assert calendar.day(date(2017, 4, 8)).kind is DayKind.MAKE_UP
    assert calendar.day(date(2018, 4, 15)).to_dict() == {
        "date": "2018-04-15",
        "kind": "make-up",
        "working": True,
        "notice": "广西2018年三月三放假",
    }


@pytest.mark.parametrize(
    ("division", "audience", "next_day"),
    [
        pytest.param("320583", "enterprise", date(2020, 2, 10), id="enterprises in Kunshan, a part of Suzhou"),
        pytest.param("320583", "government", date(2020, 2, 3), id="offices in Kunshan"),
        pytest.param("320500", "enterprise", date(2020, 2, 10), id="enterprises in Suzhou"),
        pytest.param("320100", "enterprise", date(2020, 2, 3), id="enterprises in Nanjing"),
        pytest.param("320583", "school", date(2020, 2, 3), id="schools in Kunshan"),
    ],
)
def test_an_order_to_enterprises_binds_enterprises_of_that_city(division: str, audience: str, next_day: date) -> None:
    calendar = WorkCalendar.china(overrides=SUZHOU, division=division, audience=audience)

    assert calendar.add(date(2020, 1, 23), 1) == next_day


def test_a_local_notice_is_known_from_the_day_it_was_published() -> None:
    before = WorkCalendar.china(as_of=date(2020, 1, 26), overrides=SUZHOU, division="320583", audience="enterprise")
    after = WorkCalendar.china(as_of=date(2020, 1, 27), overrides=SUZHOU, division="320583", audience="enterprise")

    assert before.is_working(date(2020, 2, 5))
    assert not after.is_working(date(2020, 2, 5))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"scope": "4"}, id="half a code"),
        pytest.param({"scope": "四五"}, id="a code in words"),
        pytest.param({"audience": "everybody"}, id="an unknown audience"),
        pytest.param({"work": [date(2017, 3, 30)]}, id="a day both off and worked"),
        pytest.param({"rest": ["2017-03-30"]}, id="a day as text"),
        pytest.param({"rest": [0]}, id="a day as a number"),
        pytest.param({"published": None}, id="no day of publication"),
        pytest.param({"days": []}, id="an unknown key"),
    ],
)
def test_a_wrong_override_is_refused(change: dict[str, object]) -> None:
    row = {**GUANGXI[0].model_dump(), "title": GUANGXI[0].title, **change}

    with pytest.raises(ValidationError):
        LocalOverride.model_validate(row)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param({"override": {"scope": "45"}}, id="one table where a list is due"),
        pytest.param({"overrides": []}, id="a misspelt key"),
    ],
)
def test_a_file_that_would_be_passed_over_in_silence_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        read_overrides(data)


def test_a_file_without_overrides_has_none() -> None:
    assert read_overrides({}) == ()
