"""Periods that recur: where they begin, which lie in a window, and what they are called."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from talentservice.calendar import Every, Period, month, year
from talentservice.calendar.periods import containing, cycle_months, ending_in, overlapping, starting_in
from talentservice.errors import InvalidDate, UnknownName, WrongType

TWO_MONTHS = Every(months=2)
ODD_TWO_MONTHS = Every(months=2, phase=2)  # February-March, April-May, …, December-January
THREE_YEARS = Every(years=3, phase=2021)


@pytest.mark.parametrize(
    ("every", "day", "start", "end"),
    [
        pytest.param("month", date(2024, 2, 29), date(2024, 2, 1), date(2024, 3, 1), id="a leap month"),
        pytest.param("month", date(2024, 12, 31), date(2024, 12, 1), date(2025, 1, 1), id="December"),
        pytest.param("quarter", date(2024, 6, 30), date(2024, 4, 1), date(2024, 7, 1), id="the last day of a quarter"),
        pytest.param("quarter", date(2024, 7, 1), date(2024, 7, 1), date(2024, 10, 1), id="the first day of a quarter"),
        pytest.param("half-year", date(2024, 6, 30), date(2024, 1, 1), date(2024, 7, 1), id="a half-year"),
        pytest.param("year", date(2024, 1, 1), date(2024, 1, 1), date(2025, 1, 1), id="a year"),
        pytest.param(TWO_MONTHS, date(2024, 4, 30), date(2024, 3, 1), date(2024, 5, 1), id="two months"),
        pytest.param(
            ODD_TWO_MONTHS, date(2024, 4, 30), date(2024, 4, 1), date(2024, 6, 1), id="two months from February"
        ),
        pytest.param(ODD_TWO_MONTHS, date(2024, 1, 15), date(2023, 12, 1), date(2024, 2, 1), id="over the new year"),
        pytest.param(Every(months=4, phase=3), date(2024, 2, 1), date(2023, 11, 1), date(2024, 3, 1), id="four months"),
        pytest.param(Every(months=12, phase=7), date(2024, 6, 30), date(2023, 7, 1), date(2024, 7, 1), id="from July"),
        pytest.param(Every(years=1), date(2024, 6, 30), date(2024, 1, 1), date(2025, 1, 1), id="every year"),
        pytest.param(THREE_YEARS, date(2023, 12, 31), date(2021, 1, 1), date(2024, 1, 1), id="three years"),
        pytest.param(THREE_YEARS, date(2024, 1, 1), date(2024, 1, 1), date(2027, 1, 1), id="the next three years"),
        pytest.param(THREE_YEARS, date(2020, 12, 31), date(2018, 1, 1), date(2021, 1, 1), id="before the phase"),
    ],
)
def test_the_period_in_which_a_day_lies(every: Any, day: date, start: date, end: date) -> None:
    assert containing(every, day) == Period(start, end)


def test_a_moment_lies_in_the_period_of_its_day_in_beijing() -> None:
    eve = datetime(2020, 12, 31, 17, 0, tzinfo=UTC)  # one in the morning of 1 January in Beijing

    assert containing("year", eve) == year(2021)
    assert eve in year(2021)
    assert eve not in year(2020)


def test_a_period_holds_its_first_day_and_not_its_end() -> None:
    june = month(2021, 6)

    assert date(2021, 6, 1) in june
    assert date(2021, 6, 30) in june
    assert date(2021, 7, 1) not in june
    assert date(2021, 5, 31) not in june
    assert june.last_day == date(2021, 6, 30)


def test_periods_that_end_in_a_window() -> None:
    window = Period(date(2021, 3, 31), date(2021, 9, 30))

    assert ending_in("quarter", window) == [
        Period(date(2021, 1, 1), date(2021, 4, 1)),
        Period(date(2021, 4, 1), date(2021, 7, 1)),
    ]
    assert ending_in(ODD_TWO_MONTHS, year(2021))[0] == Period(date(2020, 12, 1), date(2021, 2, 1))
    assert len(ending_in(ODD_TWO_MONTHS, year(2021))) == 6


def test_periods_that_start_in_a_window() -> None:
    window = Period(date(2021, 4, 1), date(2021, 10, 1))

    assert starting_in("quarter", window) == [
        Period(date(2021, 4, 1), date(2021, 7, 1)),
        Period(date(2021, 7, 1), date(2021, 10, 1)),
    ]
    assert starting_in(THREE_YEARS, Period(date(2019, 1, 1), date(2025, 1, 1))) == [
        Period(date(2021, 1, 1), date(2024, 1, 1)),
        Period(date(2024, 1, 1), date(2027, 1, 1)),
    ]


def test_periods_that_share_a_day_with_a_window() -> None:
    window = Period(date(2021, 3, 31), date(2021, 7, 2))

    assert [period.start for period in overlapping("quarter", window)] == [
        date(2021, 1, 1),
        date(2021, 4, 1),
        date(2021, 7, 1),
    ]
    assert overlapping("year", Period(date(2021, 5, 5), date(2021, 5, 6))) == [year(2021)]


@pytest.mark.parametrize("find", [starting_in, ending_in, overlapping])
def test_no_period_shares_a_day_with_an_empty_window(find: Any) -> None:
    assert find("month", Period(date(2021, 6, 15), date(2021, 6, 15))) == []


@pytest.mark.parametrize("every", ["month", "quarter", "half-year", "year", TWO_MONTHS, ODD_TWO_MONTHS, THREE_YEARS])
def test_periods_follow_each_other_without_gap(every: Any) -> None:
    periods = overlapping(every, Period(date(2018, 5, 5), date(2031, 5, 5)))

    assert [a.end for a in periods[:-1]] == [b.start for b in periods[1:]]
    assert periods[0].start <= date(2018, 5, 5)
    assert periods[-1].end >= date(2031, 5, 5)


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        (year(2021), "2021年", "2021"),
        (Period(date(2021, 1, 1), date(2021, 7, 1)), "2021年上半年", "half 1 of 2021"),
        (Period(date(2021, 7, 1), date(2022, 1, 1)), "2021年下半年", "half 2 of 2021"),
        (Period(date(2021, 7, 1), date(2021, 10, 1)), "2021年第3季度", "quarter 3 of 2021"),
        (month(2021, 6), "2021年6月", "June 2021"),
        (month(2021, 12), "2021年12月", "December 2021"),
        (Period(date(2020, 12, 1), date(2021, 2, 1)), "2020-12-01 至 2021-01-31", "2020-12-01 to 2021-01-31"),
        (Period(date(2021, 2, 1), date(2021, 5, 1)), "2021-02-01 至 2021-04-30", "2021-02-01 to 2021-04-30"),
        (Period(date(2021, 7, 1), date(2022, 7, 1)), "2021-07-01 至 2022-06-30", "2021-07-01 to 2022-06-30"),
        (Period(date(2021, 1, 1), date(2024, 1, 1)), "2021-01-01 至 2023-12-31", "2021-01-01 to 2023-12-31"),
        (Period(date(2021, 6, 2), date(2021, 7, 2)), "2021-06-02 至 2021-07-01", "2021-06-02 to 2021-07-01"),
    ],
)
def test_a_period_is_named_as_a_reader_names_it(period: Period, zh: str, en: str) -> None:
    assert (period.label.zh, period.label.en) == (zh, en)


def test_a_period_as_json_values() -> None:
    assert month(2021, 6).to_dict() == {
        "start": "2021-06-01",
        "end": "2021-07-01",
        "zh": "2021年6月",
        "en": "June 2021",
    }


@pytest.mark.parametrize(
    ("every", "months"),
    [("month", 1), ("quarter", 3), ("half-year", 6), ("year", 12), (TWO_MONTHS, 2), (THREE_YEARS, 36)],
)
def test_the_length_of_a_cycle_in_months(every: Any, months: int) -> None:
    assert cycle_months(every) == months


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({}, id="neither months nor years"),
        pytest.param({"months": 6, "years": 1}, id="both"),
        pytest.param({"months": 0}, id="no months"),
        pytest.param({"months": True}, id="a truth value"),
        pytest.param({"months": 5}, id="months that do not divide the year"),
        pytest.param({"months": 5, "phase": 3}, id="such months with a month, which leaves the year open"),
        pytest.param({"months": 24}, id="years written as months"),
        pytest.param({"months": 2, "phase": 13}, id="a thirteenth month"),
        pytest.param({"months": 2, "phase": 2021}, id="months with a year as phase"),
        pytest.param({"years": 3}, id="years without a first one"),
        pytest.param({"years": 3, "phase": 2}, id="years with a month as phase"),
        pytest.param({"years": 3, "phase": 99999}, id="a year far off"),
    ],
)
def test_a_cycle_whose_beginning_is_not_known_is_refused(fields: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        Every(**fields)


def test_an_unknown_cycle_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownName, match="half-year") as caught:
        containing("half year", date(2021, 6, 1))
    assert "周期" in caught.value.zh


@pytest.mark.parametrize("number", [1800, 0, -1, 9999, 10**9])
def test_a_year_outside_the_range_is_refused(number: int) -> None:
    with pytest.raises(InvalidDate, match="2000-01-01") as caught:
        year(number)
    assert "2100-12-31" in caught.value.zh


@pytest.mark.parametrize("number", [0, 13, -1])
def test_a_month_the_year_has_not_is_refused(number: int) -> None:
    with pytest.raises(InvalidDate, match=f"no month {number} of the year 2021") as caught:
        month(2021, number)
    assert f"没有 2021 年 {number} 月" in caught.value.zh


@pytest.mark.parametrize("number", [True, 2021.0, "2021", None])
def test_a_year_is_a_whole_number(number: Any) -> None:
    with pytest.raises(WrongType, match="whole number"):
        year(number)


@pytest.mark.parametrize("day", [datetime(2021, 6, 1, tzinfo=UTC), 20210601, "2021-06-01", None])
def test_a_period_has_days_for_ends(day: Any) -> None:
    with pytest.raises(WrongType, match="a date is due"):
        Period(day, date(2021, 7, 1))
