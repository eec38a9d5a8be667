"""What is said of a year without a notice: an estimate between bounds, tested against what was published later."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest

from talentservice.calendar import ClockMark, Counting, Deadline, Term, WorkCalendar, deadline
from talentservice.errors import CalendarCoverageError
from talentservice.strict import BEIJING

WEEK = Term(working_days=7)


def in_june(year: int) -> WorkCalendar:
    """What was known on 1 June: the notices to the end of that year."""
    return WorkCalendar.china(as_of=date(year, 6, 1))


def asked(calendar: WorkCalendar, term: Term, counting: Counting, *, step: int) -> Iterator[Deadline]:
    """The provisional answers to receipts from November on, every so many days, to the end of the next August."""
    first = date(calendar.known_until.year, 11, 1)
    for offset in range(0, 300, step):
        end = deadline(calendar, term, first + timedelta(days=offset), counting=counting, provisional=True)
        if end.provisional:
            yield end


def outside(china: WorkCalendar, ends: Iterator[Deadline]) -> list[str]:
    """The answers whose bounds do not hold what was published later, in words; and at least one was looked at."""
    seen, wrong = 0, []
    for end in ends:
        seen += 1
        true = deadline(china, end.term, end.received, counting=end.counting).on
        assert None not in (end.on, end.earliest, end.latest, true)
        if not end.earliest <= true <= end.latest or not end.earliest <= end.on <= end.latest:
            wrong.append(f"{end.received}, {end.term.label.en}: {true} outside {end.earliest} to {end.latest}")
    assert seen > 0
    return wrong


@pytest.mark.parametrize("days", [1, 3, 7, 20, 60])
def test_what_was_published_for_2025_lies_within_the_bounds_given_in_june_2024(china: WorkCalendar, days: int) -> None:
    assert outside(china, asked(in_june(2024), Term(working_days=days), Counting(), step=1)) == []


@pytest.mark.parametrize("year", range(2006, 2026))
def test_the_bounds_have_held_every_year(china: WorkCalendar, year: int) -> None:
    calendar = in_june(year)

    for days, step in ((1, 7), (7, 7), (20, 11), (60, 11)):
        assert outside(china, asked(calendar, Term(working_days=days), Counting(), step=step)) == []


@pytest.mark.parametrize("roll", ["next", "previous", "tax"])
@pytest.mark.parametrize(
    "term", [Term(natural_days=15), Term(natural_days=60), Term(months=1)], ids=lambda t: t.label.en
)
def test_the_bounds_hold_for_natural_days_and_months(china: WorkCalendar, roll: str, term: Term) -> None:
    counting = Counting(roll=roll)

    for year in (2007, 2012, 2019, 2024, 2025):
        assert outside(china, asked(in_june(year), term, counting, step=9)) == []


def test_the_bounds_hold_for_a_receipt_deemed_to_come_on_a_day_not_known_yet(china: WorkCalendar) -> None:
    counting = Counting(receipt="next_working_day")

    for year in (2007, 2012, 2019, 2024, 2025):
        assert outside(china, asked(in_june(year), WEEK, counting, step=13)) == []


def test_so_few_years_were_known_in_2005_that_the_bounds_did_not_hold(china: WorkCalendar) -> None:
    wrong = outside(china, asked(in_june(2005), Term(working_days=60), Counting(), step=1))

    assert [line.split(" outside")[0] for line in wrong] == [
        "2005-11-07, 60 working days: 2006-02-05",
        "2005-11-08, 60 working days: 2006-02-06",
    ]


def test_the_notice_of_the_next_year_may_move_the_last_days_of_december(china: WorkCalendar) -> None:
    end = deadline(in_june(2005), Term(working_days=4), date(2005, 12, 28), provisional=True)

    assert None not in (end.earliest, end.latest)
    assert end.earliest <= date(2006, 1, 4) <= end.latest  # the 29th, 30th and 31st were worked, then came the 4th
    assert china.add(date(2005, 12, 28), 4) == date(2006, 1, 4)


def test_once_the_notice_is_published_the_answer_is_final() -> None:
    received = date(2024, 12, 27)
    before = deadline(WorkCalendar.china(as_of=date(2024, 11, 11)), WEEK, received, provisional=True)
    after = deadline(WorkCalendar.china(as_of=date(2024, 11, 12)), WEEK, received, provisional=True)

    assert (before.provisional, after.provisional) == (True, False)
    assert after.on == date(2025, 1, 8)
    assert (after.earliest, after.latest, after.horizon) == (None, None, None)


def test_an_answer_that_is_known_is_never_provisional(china: WorkCalendar) -> None:
    end = deadline(china, WEEK, date(2026, 12, 22), provisional=True)

    assert (end.on, end.provisional, end.horizon) == (date(2026, 12, 31), False, None)


def test_weekends_and_fixed_holidays_are_taken_into_account(china: WorkCalendar) -> None:
    end = deadline(china, WEEK, date(2026, 12, 23), provisional=True)

    assert end.provisional
    assert end.on == date(2027, 1, 4)  # 1 January is off by law, the 2nd and 3rd are a weekend
    assert end.earliest is not None
    assert end.earliest > date(2026, 12, 28)


@pytest.mark.parametrize(
    ("term", "counting", "last_start"),
    [
        pytest.param(WEEK, Counting(), date(2026, 12, 22), id="7 working days"),
        pytest.param(Term(working_days=20), Counting(), date(2026, 12, 3), id="20 working days"),
        pytest.param(WEEK, Counting(start="same_day"), date(2026, 12, 23), id="with the day itself as day one"),
        pytest.param(Term(natural_days=10), Counting(), date(2026, 12, 21), id="10 natural days"),
        pytest.param(Term(months=1), Counting(), date(2026, 11, 30), id="a month"),
        pytest.param(Term(months=10), Counting(), date(2026, 2, 28), id="ten months"),
        pytest.param(Term(years=1), Counting(), date(2025, 12, 31), id="a year"),
    ],
)
def test_the_warning_names_the_last_start_that_is_known(
    china: WorkCalendar, term: Term, counting: Counting, last_start: date
) -> None:
    received = last_start + timedelta(days=5)
    horizon = deadline(china, term, received, counting=counting, provisional=True).horizon

    assert horizon is not None
    assert (horizon.known_until, horizon.last_start) == (date(2026, 12, 31), last_start)


def test_a_warning_can_be_had_before_the_term_crosses_the_horizon(china: WorkCalendar) -> None:
    warning = china.horizon(date(2026, 12, 23), 7)

    assert china.horizon(date(2026, 12, 22), 7) is None
    assert warning is not None
    assert warning.to_dict() == {
        "known_until": "2026-12-31",
        "last_start": "2026-12-22",
        "zh": "期限跨过已公布的放假安排（至 2026-12-31）；同样期限最晚自 2026-12-22 起算才能确定",
        "en": "the term crosses the last published holiday notice (to 2026-12-31); "
        "the last start that gives a final day is 2026-12-22",
    }


def test_a_term_longer_than_the_calendar_has_no_last_start() -> None:
    warning = WorkCalendar.china(as_of=date(2004, 6, 1)).horizon(date(2004, 6, 1), 300)

    assert warning is not None
    assert warning.to_dict()["last_start"] is None
    assert "no start gives a final day" in warning.label.en


@pytest.mark.parametrize(
    ("term", "received"),
    [
        pytest.param(Term(working_days=300), date(2026, 12, 20), id="300 working days"),
        pytest.param(Term(working_days=10**9), date(2026, 12, 20), id="a number without sense"),
        pytest.param(Term(working_days=1), date(2028, 1, 3), id="received in the second year"),
        pytest.param(Term(natural_days=400), date(2026, 12, 20), id="400 natural days"),
        pytest.param(Term(years=2), date(2026, 12, 20), id="two years"),
    ],
)
def test_more_than_one_unknown_year_ahead_nothing_is_estimated(china: WorkCalendar, term: Term, received: date) -> None:
    with pytest.raises(CalendarCoverageError, match="2026-12-31") as caught:
        deadline(china, term, received, provisional=True)
    assert "2026-12-31" in caught.value.zh


def test_a_rest_day_at_the_very_end_of_what_is_known_is_estimated_too() -> None:
    end = deadline(in_june(2022), Term(natural_days=10), date(2022, 12, 21), provisional=True)

    assert end.unrolled == date(2022, 12, 31)  # a Saturday; Monday was later made a day off
    assert end.on == date(2023, 1, 2)
    assert end.latest is not None
    assert end.latest >= date(2023, 1, 3)


def test_a_term_that_does_not_roll_needs_no_notice(china: WorkCalendar) -> None:
    end = deadline(china, Term(natural_days=30), date(2026, 12, 20), counting=Counting(roll="none"))

    assert (end.on, end.provisional) == (date(2027, 1, 19), False)


def test_a_day_an_authority_set_needs_no_notice(china: WorkCalendar) -> None:
    mark = ClockMark("extend", date(2026, 12, 30), until=date(2027, 3, 1))
    end = deadline(china, WEEK, date(2026, 12, 24), marks=[mark])

    assert (end.on, end.provisional) == (date(2027, 3, 1), False)


def test_a_late_receipt_on_the_last_known_day_counts_from_a_day_that_is_estimated(china: WorkCalendar) -> None:
    counting = Counting(receipt="next_working_day", intake_cutoff=time(17, 0))
    received = datetime(2026, 12, 31, 18, 0, tzinfo=BEIJING)
    end = deadline(china, Term(working_days=1), received, counting=counting, provisional=True)

    assert end.provisional
    assert end.on == date(2027, 1, 5)


def test_a_paused_clock_is_not_estimated(china: WorkCalendar) -> None:
    counting = Counting(receipt="next_working_day")
    mark = ClockMark("pause", date(2027, 1, 2))
    end = deadline(china, Term(natural_days=7), date(2027, 1, 2), counting=counting, marks=[mark], provisional=True)

    assert (end.on, end.provisional, end.earliest) == (None, False, None)
