"""Add working days and count them: against the calendars people use today, with the share of wrong answers."""

from datetime import timedelta

import chinese_calendar
import holidays
import pytest

from talentservice import WorkCalendar

TERM = 7
ONE_DAY = timedelta(days=1)
# workalendar says which years it knows, and its lunar calendar renamed a function.
KNOWN_YEARS = pytest.mark.filterwarnings("ignore:Support years 2018-2023")
LUNAR = pytest.mark.filterwarnings("ignore:toSolarDate is deprecated")


@pytest.fixture(scope="module")
def ours():
    return WorkCalendar.china()


@pytest.fixture(scope="module")
def theirs():
    return holidays.country_holidays("CN", years=range(2018, 2025))


@pytest.fixture(scope="module")
def workalendar():
    from workalendar.asia import China

    return China()


def test_add_talentservice(timed, ours, days, last_days):
    def work(days):
        add = ours.add
        return [add(day, TERM) for day in days]

    assert timed("add", "talentservice", work, days, expected=last_days) == last_days


def test_add_holidays(timed, theirs, days, last_days):
    def work(days):
        return [theirs.get_nth_working_day(day, TERM) for day in days]

    timed("add", "holidays", work, days, expected=last_days)


@KNOWN_YEARS
@LUNAR
def test_add_workalendar(timed, workalendar, days, last_days):
    def work(days):
        return [workalendar.add_working_days(day, TERM) for day in days]

    timed("add", "workalendar", work, days, expected=last_days)


def test_add_chinesecalendar(timed, days, last_days):
    def work(days):
        return [chinese_calendar.find_workday(TERM, day) for day in days]

    timed("add", "chinesecalendar", work, days, expected=last_days)


def test_add_chinesecalendar_from_the_next_day(timed, days, last_days):
    """Asked so that a receipt on a rest day is counted as the law counts it."""

    def work(days):
        return [chinese_calendar.find_workday(TERM - 1, day + ONE_DAY) for day in days]

    timed("add", "chinesecalendar, from the next day", work, days, expected=last_days)


def test_count_talentservice(timed, ours, spans, counts):
    def work(spans):
        count = ours.count
        return [count(after, until) for after, until in spans]

    assert timed("count", "talentservice", work, spans, expected=counts) == counts


def test_count_holidays(timed, theirs, spans, counts):
    def work(spans):
        return [theirs.get_working_days_count(after + ONE_DAY, until) for after, until in spans]

    timed("count", "holidays", work, spans, expected=counts)


@KNOWN_YEARS
@LUNAR
def test_count_workalendar(timed, workalendar, spans, counts):
    def work(spans):
        return [workalendar.get_working_days_delta(after, until) for after, until in spans]

    timed("count", "workalendar", work, spans, expected=counts)


def test_count_chinesecalendar(timed, spans, counts):
    def work(spans):
        return [len(chinese_calendar.get_workdays(after + ONE_DAY, until)) for after, until in spans]

    timed("count", "chinesecalendar", work, spans, expected=counts)
