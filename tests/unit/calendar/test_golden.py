"""Deadlines typed by hand from the notices: each is one sentence, one receipt and one last day."""

from datetime import date, datetime, time

import pytest

from talentservice.calendar import Counting, DayKind, Term, WorkCalendar, deadline, law
from talentservice.strict import BEIJING

DEEMED = Counting(receipt="next_working_day")
SAME_DAY = Counting(start="same_day")
UNROLLED = Counting(start="same_day", roll="none")


@pytest.mark.parametrize(
    ("received", "days", "last"),
    [
        pytest.param(date(2025, 5, 10), 7, date(2025, 5, 20), id="received on a Saturday, that day is not counted"),
        pytest.param(date(2025, 2, 8), 7, date(2025, 2, 18), id="received on a make-up Saturday"),
        pytest.param(date(2019, 2, 1), 7, date(2019, 2, 15), id="make-up days before the Spring Festival count"),
        pytest.param(date(2024, 9, 27), 5, date(2024, 10, 10), id="a make-up Sunday before National Day counts"),
        pytest.param(date(2020, 1, 20), 7, date(2020, 2, 6), id="the Spring Festival of 2020 was extended"),
        pytest.param(date(2015, 8, 31), 5, date(2015, 9, 8), id="the memorial days of September 2015 were off"),
        pytest.param(date(2019, 4, 26), 4, date(2019, 5, 5), id="May Day of 2019 was lengthened"),
        pytest.param(date(2005, 12, 28), 3, date(2005, 12, 31), id="the last Saturday of 2005 was worked"),
        pytest.param(
            date(2022, 12, 28), 3, date(2023, 1, 3), id="New Year's Eve of 2022 was off by the notice of 2023"
        ),
        pytest.param(date(2018, 12, 28), 1, date(2018, 12, 29), id="a make-up Saturday set by the next year's notice"),
        pytest.param(date(2026, 12, 22), 7, date(2026, 12, 31), id="the last term of 7 days that is known"),
        pytest.param(date(2026, 12, 3), 20, date(2026, 12, 31), id="the last term of 20 days that is known"),
        pytest.param(date(2026, 10, 9), 60, date(2026, 12, 31), id="the last term of 60 days that is known"),
    ],
)
def test_working_days(china: WorkCalendar, received: date, days: int, last: date) -> None:
    assert deadline(china, Term(working_days=days), received).on == last


@pytest.mark.parametrize(
    ("as_of", "received", "days", "last"),
    [
        pytest.param(date(2020, 1, 25), date(2020, 1, 20), 7, date(2020, 2, 4), id="the day before the extension"),
        pytest.param(date(2020, 1, 26), date(2020, 1, 20), 7, date(2020, 2, 6), id="the day of the extension"),
        pytest.param(date(2015, 5, 12), date(2015, 8, 31), 5, date(2015, 9, 7), id="before the memorial days were set"),
        pytest.param(date(2015, 5, 13), date(2015, 8, 31), 5, date(2015, 9, 8), id="after the memorial days were set"),
        pytest.param(date(2019, 3, 21), date(2019, 4, 26), 4, date(2019, 5, 3), id="before May Day was lengthened"),
        pytest.param(date(2019, 3, 22), date(2019, 4, 26), 4, date(2019, 5, 5), id="after May Day was lengthened"),
    ],
)
def test_what_was_known_on_a_day_decides(as_of: date, received: date, days: int, last: date) -> None:
    calendar = WorkCalendar.china(as_of=as_of)

    assert deadline(calendar, Term(working_days=days), received).on == last


@pytest.mark.parametrize(
    ("received", "term", "last"),
    [
        pytest.param(date(2025, 9, 21), Term(natural_days=7), date(2025, 9, 28), id="ending on a make-up Sunday stays"),
        pytest.param(date(2025, 9, 13), Term(natural_days=7), date(2025, 9, 22), id="ending on a Saturday rolls"),
        pytest.param(date(2025, 9, 24), Term(natural_days=7), date(2025, 10, 9), id="ending on 1 October rolls far"),
        pytest.param(date(2024, 1, 31), Term(months=1), date(2024, 2, 29), id="a month ends on 29 February"),
        pytest.param(date(2025, 1, 31), Term(months=1), date(2025, 2, 28), id="a month ends on 28 February"),
        pytest.param(date(2024, 2, 29), Term(years=1), date(2025, 2, 28), id="a year from 29 February"),
        pytest.param(date(2025, 1, 15), Term(months=2), date(2025, 3, 17), id="two months ending on a Saturday roll"),
        pytest.param(
            date(2024, 8, 1), Term(natural_days=60), date(2024, 9, 30), id="rest days inside are not deducted"
        ),
    ],
)
def test_natural_days_months_and_years(china: WorkCalendar, received: date, term: Term, last: date) -> None:
    assert deadline(china, term, received).on == last


@pytest.mark.parametrize(
    ("received", "term", "counting", "last"),
    [
        pytest.param(
            date(2025, 5, 10),
            Term(working_days=7),
            DEEMED,
            date(2025, 5, 21),
            id="deemed received on the next working day",
        ),
        pytest.param(
            date(2025, 2, 8), Term(working_days=7), DEEMED, date(2025, 2, 18), id="a make-up day is no rest day"
        ),
        pytest.param(
            date(2025, 5, 12), Term(working_days=5), SAME_DAY, date(2025, 5, 16), id="the day itself is day one"
        ),
        pytest.param(
            date(2025, 5, 12), Term(natural_days=7), SAME_DAY, date(2025, 5, 19), id="seven days with day one"
        ),
        pytest.param(date(2014, 3, 7), Term(years=10), UNROLLED, date(2024, 3, 6), id="a right ends the day before"),
        pytest.param(date(2023, 2, 28), Term(months=1), UNROLLED, date(2023, 3, 27), id="a month of a right"),
        pytest.param(
            date(2025, 1, 31), Term(months=1), UNROLLED, date(2025, 2, 28), id="a right ends with a month too short"
        ),
        pytest.param(date(2024, 2, 29), Term(years=1), UNROLLED, date(2025, 2, 28), id="a right of a leap day"),
        pytest.param(
            date(2025, 9, 24), Term(natural_days=7), law("wages").counting, date(2025, 9, 30), id="wages move back"
        ),
        pytest.param(
            date(2024, 2, 8),
            Term(natural_days=7),
            law("wages").counting,
            date(2024, 2, 9),
            id="wages before the festival",
        ),
        pytest.param(
            date(2025, 9, 24), Term(natural_days=7), law("criminal-procedure").counting, date(2025, 10, 1), id="no roll"
        ),
    ],
)
def test_other_ways_of_counting(
    china: WorkCalendar, received: date, term: Term, counting: Counting, last: date
) -> None:
    assert deadline(china, term, received, counting=counting).on == last


# The filing days the tax administration published, month by month: 2024, and 2025 (税总办征科函〔2024〕71号).
FILING_DAYS = {
    2024: [15, 23, 15, 18, 22, 19, 15, 15, 18, 24, 15, 16],
    2025: [15, 20, 17, 18, 22, 16, 15, 15, 15, 27, 17, 15],
}


@pytest.mark.parametrize("year", sorted(FILING_DAYS))
def test_tax_terms_end_on_the_filing_days_the_tax_administration_published(china: WorkCalendar, year: int) -> None:
    counting = Counting(roll="tax", start="same_day")
    ends = [deadline(china, Term(natural_days=15), date(year, m, 1), counting=counting).on for m in range(1, 13)]

    assert ends == [date(year, month, day) for month, day in enumerate(FILING_DAYS[year], start=1)]


@pytest.mark.parametrize(
    ("name", "days", "unit"),
    [
        ("licensing", 20, "working_days"),
        ("reconsideration", 5, "working_days"),
        ("reconsideration", 60, "natural_days"),
        ("penalties", 7, "working_days"),
        ("penalties", 10, "natural_days"),
        ("enforcement", 10, "working_days"),
        ("enforcement", 30, "natural_days"),
        ("information", 20, "working_days"),
        ("petitions", 15, "natural_days"),
        ("tax", 15, "natural_days"),
    ],
)
def test_a_law_says_what_its_days_are(name: str, days: int, unit: str) -> None:
    assert law(name).term(days).unit == unit


def test_hours_run_from_the_moment_through_holidays(china: WorkCalendar) -> None:
    end = deadline(china, Term(hours=24), datetime(2025, 9, 30, 16, 20, tzinfo=BEIJING))

    assert end.at == datetime(2025, 10, 1, 16, 20, tzinfo=BEIJING)
    assert end.on == date(2025, 10, 1)


def test_hours_of_procedure_run_from_the_next_hour(china: WorkCalendar) -> None:
    received = datetime(2025, 9, 30, 16, 20, tzinfo=BEIJING)
    end = deadline(china, Term(hours=24), received, counting=Counting(hour_start="next_hour"))

    assert end.at == datetime(2025, 10, 1, 17, 0, tzinfo=BEIJING)


def test_hours_that_end_at_midnight_end_on_the_day_before(china: WorkCalendar) -> None:
    end = deadline(china, Term(hours=24), datetime(2025, 5, 12, tzinfo=BEIJING))

    assert (end.at, end.on) == (datetime(2025, 5, 13, tzinfo=BEIJING), date(2025, 5, 12))


def test_a_last_day_ends_at_midnight_or_when_the_office_closes(china: WorkCalendar) -> None:
    term, received = Term(working_days=7), date(2025, 5, 10)
    closing = Counting(office_close=time(17, 30))

    assert deadline(china, term, received).at == datetime(2025, 5, 21, tzinfo=BEIJING)
    assert deadline(china, term, received, counting=closing).at == datetime(2025, 5, 20, 17, 30, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("received", "days", "last"),
    [
        pytest.param(datetime(2025, 5, 9, 17, 0, tzinfo=BEIJING), 7, date(2025, 5, 20), id="at the hour itself"),
        pytest.param(datetime(2025, 5, 9, 17, 1, tzinfo=BEIJING), 7, date(2025, 5, 21), id="a minute later"),
        pytest.param(datetime(2025, 5, 10, 9, 0, tzinfo=BEIJING), 7, date(2025, 5, 21), id="on a Saturday"),
        pytest.param(datetime(2025, 9, 30, 18, 0, tzinfo=BEIJING), 1, date(2025, 10, 10), id="on the eve of a holiday"),
        pytest.param(date(2025, 5, 9), 7, date(2025, 5, 20), id="on a day without an hour"),
    ],
)
def test_what_comes_after_the_intake_cut_off_is_the_next_working_days(
    china: WorkCalendar, received: date, days: int, last: date
) -> None:
    counting = Counting(receipt="next_working_day", intake_cutoff=time(17, 0))

    assert deadline(china, Term(working_days=days), received, counting=counting).on == last


def test_the_number_of_working_days_of_every_year(china: WorkCalendar) -> None:
    counts = [
        252, 251, 251, 249, 251, 250, 250, 250, 249, 250, 250, 249,
        250, 249, 250, 250, 249, 250, 249, 249, 251, 248, 248,
    ]  # fmt: skip
    first, rest = counts[0], counts[1:]

    assert china.count(date(2004, 1, 1), date(2004, 12, 31)) == first
    assert [china.count(date(y - 1, 12, 31), date(y, 12, 31)) for y in range(2005, 2027)] == rest


def test_the_number_of_days_of_each_kind(china: WorkCalendar) -> None:
    kinds = [
        china.day(date.fromordinal(n)).kind for n in range(date(2004, 1, 1).toordinal(), date(2027, 1, 1).toordinal())
    ]

    assert {kind: kinds.count(kind) for kind in DayKind} == {
        DayKind.WORKING: 5594,
        DayKind.WEEKEND: 2041,
        DayKind.HOLIDAY: 615,
        DayKind.MAKE_UP: 151,
    }


@pytest.mark.parametrize(("days", "start"), [(7, date(2026, 12, 22)), (20, date(2026, 12, 3)), (60, date(2026, 10, 9))])
def test_the_last_start_whose_term_is_known(china: WorkCalendar, days: int, start: date) -> None:
    assert china.last_start(days) == start
