"""What the calendar refuses, with the library's own errors, in both languages, naming what is known."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from pydantic import ValidationError

from talentservice.calendar import ClockMark, Counting, Notice, Period, Term, WorkCalendar, deadline, law
from talentservice.errors import (
    CalendarCoverageError,
    DateOrder,
    InvalidDate,
    InvalidNumber,
    NaiveDatetime,
    TalentServiceError,
    UnknownName,
    WrongType,
)
from talentservice.strict import BEIJING

MONDAY = date(2025, 5, 12)
WEEK = Term(working_days=7)

Use = Callable[[WorkCalendar], object]


def refused(error: type[TalentServiceError], use: Callable[[], object], *, en: str, zh: str) -> None:
    """The error is of that very type, and both its texts hold what a reader needs."""
    with pytest.raises(TalentServiceError) as caught:
        use()
    assert type(caught.value) is error
    assert en in caught.value.en
    assert zh in caught.value.zh
    assert (caught.value.message("en"), caught.value.message("zh")) == (caught.value.en, caught.value.zh)


def test_zero_working_days_is_no_term_and_the_error_says_what_to_use(china: WorkCalendar) -> None:
    refused(InvalidNumber, lambda: china.add(MONDAY, 0), en="on_or_after", zh="on_or_before")


@pytest.mark.parametrize("n", [True, False, 7.0, "7", None])
def test_a_number_of_days_is_a_whole_number(china: WorkCalendar, n: Any) -> None:
    refused(WrongType, lambda: china.add(MONDAY, n), en="a whole number is due", zh="应为整数")
    refused(WrongType, lambda: china.last_start(n), en="a whole number is due", zh="应为整数")


@pytest.mark.parametrize("n", [0, -1])
def test_the_last_start_of_no_days_is_refused(china: WorkCalendar, n: int) -> None:
    refused(InvalidNumber, lambda: china.last_start(n), en="outside 1 to", zh="1 至")
    refused(InvalidNumber, lambda: china.horizon(MONDAY, n), en="outside 1 to", zh="1 至")


@pytest.mark.parametrize(
    "use",
    [
        pytest.param(lambda c, day: c.add(day, 7), id="add"),
        pytest.param(lambda c, day: c.count(day, MONDAY), id="count from"),
        pytest.param(lambda c, day: c.count(MONDAY, day), id="count to"),
        pytest.param(lambda c, day: c.day(day), id="day"),
        pytest.param(lambda c, day: c.is_working(day), id="is_working"),
        pytest.param(lambda c, day: c.on_or_after(day), id="on_or_after"),
        pytest.param(lambda c, day: c.on_or_before(day), id="on_or_before"),
        pytest.param(lambda c, day: c.horizon(day, 7), id="horizon"),
    ],
)
@pytest.mark.parametrize(
    "day",
    [
        pytest.param(datetime(2025, 5, 12, 9, 0, tzinfo=BEIJING), id="a point in time"),
        pytest.param(1747008000, id="a timestamp"),
        pytest.param(0, id="an empty cell"),
        pytest.param("2025-05-12", id="a text"),
        pytest.param(None, id="nothing"),
    ],
)
def test_where_a_day_is_due_nothing_else_is_taken(china: WorkCalendar, use: Any, day: Any) -> None:
    refused(WrongType, lambda: use(china, day), en="a date is due", zh="应为日期")


@pytest.mark.parametrize("as_of", [2024, "2024-06-01", datetime(2024, 6, 1, tzinfo=BEIJING)])
def test_what_was_known_is_asked_for_by_a_day(as_of: Any) -> None:
    refused(WrongType, lambda: WorkCalendar.china(as_of=as_of), en="a date is due", zh="应为日期")


def test_before_the_first_notice_nothing_is_known() -> None:
    refused(CalendarCoverageError, lambda: WorkCalendar.china(as_of=date(2003, 12, 31)), en="2003-12-31", zh="2004")


PAST: list[Use] = [
    lambda c: c.add(date(2003, 12, 31), 1),
    lambda c: c.add(date(2004, 1, 2), -1),
    lambda c: c.count(date(2003, 12, 31), MONDAY),
    lambda c: c.is_working(date(2003, 12, 31)),
    lambda c: c.day(date(2003, 12, 31)),
    lambda c: deadline(c, WEEK, date(2003, 12, 31), provisional=True),
    lambda c: deadline(c, Term(natural_days=1), date(2003, 12, 27), provisional=True),
]


@pytest.mark.parametrize("use", PAST)
def test_days_before_2004_are_refused_and_nothing_is_promised(china: WorkCalendar, use: Use) -> None:
    refused(
        CalendarCoverageError, lambda: use(china), en="cover 2004-01-01 to 2026-12-31", zh="2004-01-01 至 2026-12-31"
    )
    refused(CalendarCoverageError, lambda: use(china), en="earlier notices are not part", zh="更早的通知未收录")


FUTURE: list[Use] = [
    lambda c: c.add(date(2027, 1, 1), 1),
    lambda c: c.add(date(2026, 12, 23), 7),
    lambda c: c.add(MONDAY, 10**15),
    lambda c: c.count(MONDAY, date(2027, 1, 1)),
    lambda c: c.is_working(date(2027, 1, 1)),
    lambda c: c.day(date(2027, 1, 1)),
    lambda c: deadline(c, WEEK, date(2026, 12, 23)),
    lambda c: deadline(c, Term(natural_days=30), date(2026, 12, 20)),
    lambda c: deadline(c, Term(months=1), date(2026, 12, 20)),
]


@pytest.mark.parametrize("use", FUTURE)
def test_days_after_2026_are_refused_and_the_way_out_is_named(china: WorkCalendar, use: Use) -> None:
    refused(
        CalendarCoverageError, lambda: use(china), en="cover 2004-01-01 to 2026-12-31", zh="2004-01-01 至 2026-12-31"
    )
    refused(CalendarCoverageError, lambda: use(china), en="ask for a provisional answer", zh="暂定结论")


def test_the_error_of_an_older_calendar_says_from_when_its_knowledge_is() -> None:
    older = WorkCalendar.china(as_of=date(2024, 6, 1))

    refused(CalendarCoverageError, lambda: older.day(date(2025, 1, 2)), en="known on 2024-06-01", zh="截至 2024-06-01")


@pytest.mark.parametrize("day", [date(1800, 1, 1), date(1970, 1, 1), date(2101, 1, 1), date(9999, 12, 31)])
def test_days_no_document_can_mean_are_refused_as_such(china: WorkCalendar, day: date) -> None:
    uses: list[Callable[[], object]] = [
        lambda: china.add(day, 7),
        lambda: china.count(day, MONDAY),
        lambda: china.count(MONDAY, day),
        lambda: china.is_working(day),
        lambda: deadline(china, WEEK, day),
    ]
    for use in uses:
        with pytest.raises(InvalidDate, match="outside 2000-01-01 to 2100-12-31") as caught:
            use()
        assert "2100-12-31" in caught.value.zh or "None" in caught.value.zh


def test_no_end_is_not_written_as_a_day_in_9999(china: WorkCalendar) -> None:
    refused(InvalidDate, lambda: china.day(date(9999, 12, 31)), en="use None for no end", zh="None")


def test_a_time_without_a_zone_is_refused(china: WorkCalendar) -> None:
    naive = datetime(2025, 5, 12, 9, 0)  # noqa: DTZ001  # the fault that is tested

    for term in (WEEK, Term(hours=24), Term(months=1)):
        refused(NaiveDatetime, lambda term=term: deadline(china, term, naive), en="has no zone", zh="缺少时区")
    refused(NaiveDatetime, lambda: ClockMark("pause", naive), en="has no zone", zh="缺少时区")


def test_hours_do_not_start_with_a_day(china: WorkCalendar) -> None:
    refused(NaiveDatetime, lambda: deadline(china, Term(hours=24), MONDAY), en="starts at a moment", zh="时刻")


@pytest.mark.parametrize("received", [1747008000, True, "2025-05-12", None])
@pytest.mark.parametrize("term", [WEEK, Term(hours=24), Term(months=1)])
def test_a_receipt_is_a_day_or_a_moment(china: WorkCalendar, received: Any, term: Term) -> None:
    refused(WrongType, lambda: deadline(china, term, received), en="a date is due", zh="应为日期")


@pytest.mark.parametrize("term", [Term(natural_days=10**15), Term(months=10**15), Term(years=90), Term(years=10**6)])
def test_a_term_beyond_2100_is_refused(china: WorkCalendar, term: Term) -> None:
    refused(InvalidDate, lambda: deadline(china, term, MONDAY), en="end after 2100-12-31", zh="超出 2100-12-31")


@pytest.mark.parametrize("hours", [10**6, 10**15])
def test_hours_beyond_2100_are_refused(china: WorkCalendar, hours: int) -> None:
    start = datetime(2025, 5, 12, 9, 0, tzinfo=UTC)

    refused(InvalidDate, lambda: deadline(china, Term(hours=hours), start), en="end after 2100", zh="超出 2100")


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({}, id="no unit"),
        pytest.param({"working_days": None}, id="a unit without a number"),
        pytest.param({"working_days": 7, "months": 1}, id="two units at once"),
        pytest.param({"months": 1, "promptly": True}, id="a number and a word"),
        pytest.param({"working_days": 0}, id="none"),
        pytest.param({"natural_days": -3}, id="a negative number"),
        pytest.param({"working_days": "7 days"}, id="a sentence"),
        pytest.param({"working_days": "7"}, id="a number as text"),
        pytest.param({"working_days": 7.0}, id="a fraction"),
        pytest.param({"working_days": True}, id="a truth value"),
        pytest.param({"promptly": False}, id="not promptly"),
        pytest.param({"stated": "the slip"}, id="a field that is no name"),
        pytest.param({"weeks": 1}, id="an unknown unit"),
    ],
)
def test_a_term_is_exactly_one_length(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Term(**fields)


def test_a_term_survives_being_written_and_read() -> None:
    assert Term.model_validate(WEEK.model_dump()) == WEEK


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"roll": "forward"}, id="an unknown roll"),
        pytest.param({"start": "today"}, id="an unknown start"),
        pytest.param({"intake_cutoff": time(17, 0)}, id="a cut-off that would have no effect"),
        pytest.param({"office_close": "17:30"}, id="an hour as text"),
        pytest.param({"office_close": time(17, 30, tzinfo=UTC)}, id="an hour with a zone"),
        pytest.param({"rolls": "next"}, id="an unknown key"),
    ],
)
def test_a_way_of_counting_is_one_that_is_known(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Counting(**fields)


def test_an_unknown_law_is_refused_with_those_there_are() -> None:
    refused(UnknownName, lambda: law("taxes"), en="Did you mean 'tax'", zh="是否指“tax”")


@pytest.mark.parametrize(
    ("mark", "error"),
    [
        pytest.param({"move": "stop"}, UnknownName, id="an unknown move"),
        pytest.param({"move": "extend"}, InvalidDate, id="an extension by nothing"),
        pytest.param({"move": "extend", "term": WEEK, "until": MONDAY}, InvalidDate, id="an extension by two things"),
        pytest.param({"move": "pause", "until": MONDAY}, InvalidDate, id="a pause with an end"),
        pytest.param({"move": "extend", "until": datetime(2025, 6, 1, tzinfo=BEIJING)}, WrongType, id="until a moment"),
        pytest.param({"move": "pause", "at": 1747008000}, WrongType, id="at a number"),
    ],
)
def test_a_mark_that_says_nothing_clear_is_refused(mark: dict[str, Any], error: type[TalentServiceError]) -> None:
    with pytest.raises(error) as caught:
        ClockMark(**{"at": MONDAY, **mark})
    assert len(caught.value.en) > 20
    assert len(caught.value.zh) > 8


@pytest.mark.parametrize("term", [WEEK, Term(natural_days=7), Term(months=1)])
@pytest.mark.parametrize("more", [Term(hours=24), Term(years=1), Term(promptly=True)])
def test_an_extension_in_another_unit_is_refused(china: WorkCalendar, term: Term, more: Term) -> None:
    mark = ClockMark("extend", date(2025, 5, 14), term=more)

    refused(WrongType, lambda: deadline(china, term, MONDAY, marks=[mark]), en="last day (until)", zh="until")


def test_hours_are_not_extended_by_days(china: WorkCalendar) -> None:
    start = datetime(2025, 5, 12, 9, 0, tzinfo=BEIJING)
    mark = ClockMark("extend", date(2025, 5, 12), term=Term(working_days=2))

    refused(WrongType, lambda: deadline(china, Term(hours=24), start, marks=[mark]), en="(until)", zh="until")


@pytest.mark.parametrize("term", [WEEK, Term(months=1), Term(hours=24)])
def test_a_resumption_needs_a_pause(china: WorkCalendar, term: Term) -> None:
    start = datetime(2025, 5, 12, 9, 0, tzinfo=BEIJING)
    mark = ClockMark("resume", date(2025, 5, 14))

    refused(DateOrder, lambda: deadline(china, term, start, marks=[mark]), en="was not paused", zh="没有暂停")


@pytest.mark.parametrize("term", [WEEK, Term(natural_days=9), Term(hours=220)])
def test_an_extension_to_an_earlier_day_is_refused(china: WorkCalendar, term: Term) -> None:
    start = datetime(2025, 5, 12, 9, 0, tzinfo=BEIJING)
    mark = ClockMark("extend", date(2025, 5, 14), until=date(2025, 5, 20))

    refused(DateOrder, lambda: deadline(china, term, start, marks=[mark]), en="2025-05-21", zh="2025-05-21")


def test_a_period_does_not_end_before_it_starts() -> None:
    refused(DateOrder, lambda: Period(date(2025, 6, 1), MONDAY), en="2025-05-12", zh="2025-05-12")


def test_a_notice_does_not_call_a_day_both_off_and_worked() -> None:
    with pytest.raises(ValidationError, match="2025-05-12"):
        Notice(year=2025, url="", rest=frozenset({MONDAY}), work=frozenset({MONDAY}))
