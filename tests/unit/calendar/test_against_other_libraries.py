"""Every day from 2004 to 2026 against two libraries whose tables were typed from the notices independently.

The list of their known errors is typed here with the notice that proves it. A new difference fails the test, and so
does a listed one that has gone: then the other library was corrected, and the line has to go too.
"""

from collections.abc import Callable
from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from talentservice.calendar import DayKind, WorkCalendar

DAYS = [date(2004, 1, 1) + timedelta(days=n) for n in range(8401)]
ELSEWHERE = holidays.country_holidays("CN", years=range(2004, 2027))

KNOWN_WRONG: dict[str, dict[date, str]] = {
    "holidays": {},
    "chinese_calendar": {
        date(
            2005, 12, 31
        ): "a Saturday on which offices worked: 国办发明电〔2005〕35号 moves New Year's rest to 3 January",
    },
}


def test_the_days_compared_are_all_of_2004_to_2026() -> None:
    assert (DAYS[0], DAYS[-1], len(set(DAYS))) == (date(2004, 1, 1), date(2026, 12, 31), 8401)


@pytest.mark.parametrize(
    ("library", "works"),
    [("holidays", ELSEWHERE.is_working_day), ("chinese_calendar", chinese_calendar.is_workday)],
    ids=["holidays", "chinese_calendar"],
)
def test_working_days_agree_but_for_the_known_errors_of_the_other_library(
    china: WorkCalendar, library: str, works: Callable[[date], bool]
) -> None:
    different = {day for day in DAYS if bool(works(day)) != china.is_working(day)}

    assert different == set(KNOWN_WRONG[library]), "a new difference, or a listed one that has gone"


def test_the_notice_decides_where_the_other_library_is_wrong(china: WorkCalendar) -> None:
    day = china.day(date(2005, 12, 31))

    assert day.kind is DayKind.MAKE_UP
    assert day.basis is not None
    assert day.basis.title.zh == "国办发明电〔2005〕35号"


def test_every_make_up_day_is_a_saturday_or_sunday(china: WorkCalendar) -> None:
    make_up = [day for day in DAYS if china.day(day).kind is DayKind.MAKE_UP]

    assert len(make_up) == 151
    assert {day.isoweekday() for day in make_up} == {6, 7}


def test_every_day_that_is_not_ordinary_names_its_notice(china: WorkCalendar) -> None:
    for day in map(china.day, DAYS):
        assert (day.basis is None) == (day.kind in (DayKind.WORKING, DayKind.WEEKEND)), day


def test_the_seventh_working_day_agrees_with_the_other_library_from_every_day_of_2025(china: WorkCalendar) -> None:
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(365)]

    assert [china.add(day, 7) for day in days] == [ELSEWHERE.get_nth_working_day(day, 7) for day in days]
