"""Pauses, resumptions, restarts and extensions: the last days are typed by hand."""

from datetime import date, datetime, timedelta, timezone

import pytest

from talentservice.calendar import ClockMark, Counting, Term, WorkCalendar, deadline
from talentservice.strict import BEIJING

RECEIVED = date(2025, 5, 12)  # a Monday; seven working days end on Wednesday the 21st, ten natural days on the 22nd
WEEK = Term(working_days=7)
TEN = Term(natural_days=10)


def pause(*day: int) -> ClockMark:
    return ClockMark("pause", date(2025, *day))


def resume(*day: int) -> ClockMark:
    return ClockMark("resume", date(2025, *day))


def restart(*day: int) -> ClockMark:
    return ClockMark("restart", date(2025, *day))


def extend(*day: int, until: date | None = None, **term: int) -> ClockMark:
    return ClockMark("extend", date(2025, *day), until=until, term=Term(**term) if term else None)


@pytest.mark.parametrize(
    ("marks", "last"),
    [
        pytest.param([], date(2025, 5, 21), id="without marks"),
        pytest.param([pause(5, 14), resume(5, 21)], date(2025, 5, 28), id="one day used, six left"),
        pytest.param([resume(5, 21), pause(5, 14)], date(2025, 5, 28), id="the order given does not matter"),
        pytest.param([pause(5, 14), pause(5, 16), resume(5, 21)], date(2025, 5, 28), id="a pause in a pause is none"),
        pytest.param([pause(5, 17), resume(5, 19)], date(2025, 5, 21), id="a pause over a weekend takes nothing"),
        pytest.param([pause(5, 21), resume(6, 3)], date(2025, 6, 3), id="paused on its last day, it ends when resumed"),
        pytest.param([pause(5, 22), resume(6, 3)], date(2025, 5, 21), id="a pause after the last day is too late"),
        pytest.param([pause(5, 5), resume(5, 14)], date(2025, 5, 22), id="paused before it began"),
        pytest.param([pause(5, 5), resume(5, 9)], date(2025, 5, 21), id="a pause that was over before it began"),
        pytest.param([restart(5, 15)], date(2025, 5, 26), id="restarted, it runs anew from the day after"),
        pytest.param([pause(5, 14), restart(5, 15)], date(2025, 5, 26), id="a restart ends a pause"),
        pytest.param([restart(5, 8)], date(2025, 5, 21), id="a restart before it began changes nothing"),
        pytest.param([extend(5, 20, working_days=3)], date(2025, 5, 26), id="three days more"),
        pytest.param([extend(5, 13, working_days=3), restart(5, 15)], date(2025, 5, 29), id="a restart keeps them"),
        pytest.param([extend(5, 20, until=date(2025, 6, 29))], date(2025, 6, 29), id="a last day stands as it is set"),
        pytest.param(
            [extend(5, 20, until=date(2025, 6, 6)), extend(6, 5, working_days=2)],
            date(2025, 6, 10),
            id="extended twice",
        ),
        pytest.param(
            [extend(5, 20, until=date(2025, 6, 6)), pause(6, 4), resume(6, 11)],
            date(2025, 6, 13),
            id="set, then paused",
        ),
        pytest.param(
            [pause(5, 14), extend(5, 19, until=date(2025, 5, 30)), resume(5, 21)],
            date(2025, 6, 4),
            id="set while paused",
        ),
    ],
)
def test_working_days_on_a_clock(china: WorkCalendar, marks: list[ClockMark], last: date) -> None:
    assert deadline(china, WEEK, RECEIVED, marks=marks).on == last


@pytest.mark.parametrize(
    ("term", "received", "marks", "last"),
    [
        pytest.param(TEN, RECEIVED, [], date(2025, 5, 22), id="ten days"),
        pytest.param(
            TEN, RECEIVED, [pause(5, 15), resume(5, 19)], date(2025, 5, 26), id="ten days and a pause of four"
        ),
        pytest.param(TEN, RECEIVED, [pause(5, 15), resume(5, 17)], date(2025, 5, 26), id="the new last day rolls too"),
        pytest.param(
            TEN, date(2025, 5, 14), [pause(5, 26), resume(6, 4)], date(2025, 6, 4), id="paused where it rolled to"
        ),
        pytest.param(TEN, date(2025, 5, 14), [pause(5, 27), resume(6, 4)], date(2025, 5, 26), id="paused after that"),
        pytest.param(TEN, RECEIVED, [extend(5, 20, natural_days=5)], date(2025, 5, 27), id="ten days and five"),
        pytest.param(
            Term(months=2),
            date(2025, 1, 15),
            [pause(2, 10), resume(2, 20)],
            date(2025, 3, 25),
            id="months and ten days",
        ),
        pytest.param(
            Term(months=2),
            date(2025, 1, 15),
            [pause(1, 2), resume(1, 10)],
            date(2025, 3, 17),
            id="paused before they began",
        ),
        pytest.param(
            Term(months=2), date(2025, 1, 15), [pause(1, 6), resume(1, 20)], date(2025, 3, 19), id="months paused early"
        ),
        pytest.param(
            Term(months=2),
            date(2025, 1, 15),
            [pause(3, 16), resume(4, 2)],
            date(2025, 4, 2),
            id="months paused at the roll",
        ),
        pytest.param(
            Term(months=2), date(2025, 1, 15), [extend(3, 3, months=1)], date(2025, 4, 15), id="two months and one"
        ),
        pytest.param(
            Term(months=2),
            date(2025, 1, 15),
            [extend(3, 3, until=date(2025, 4, 30)), extend(4, 29, months=1)],
            date(2025, 5, 30),
            id="months after a last day that was set",
        ),
        pytest.param(Term(years=1), date(2024, 2, 29), [restart(3, 4)], date(2026, 3, 4), id="a year restarted"),
    ],
)
def test_natural_units_on_a_clock(
    china: WorkCalendar, term: Term, received: date, marks: list[ClockMark], last: date
) -> None:
    assert deadline(china, term, received, marks=marks).on == last


@pytest.mark.parametrize("term", [WEEK, TEN, Term(months=1), Term(years=1)])
def test_a_paused_clock_has_no_last_day(china: WorkCalendar, term: Term) -> None:
    end = deadline(china, term, RECEIVED, marks=[pause(5, 14)])

    assert (end.on, end.at, end.provisional) == (None, None, False)


def test_wages_paused_after_the_day_they_moved_back_to_are_due_on_it(china: WorkCalendar) -> None:
    counting, received = Counting(roll="previous"), date(2025, 9, 24)  # 1 October moves back to 30 September
    late = deadline(china, Term(natural_days=7), received, counting=counting, marks=[pause(10, 1), resume(10, 9)])

    assert late.on == date(2025, 9, 30)


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2025, 5, day, hour, minute, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("marks", "end"),
    [
        pytest.param([], at(13, 10), id="without marks"),
        pytest.param([("pause", at(12, 12)), ("resume", at(12, 15, 30))], at(13, 13, 30), id="paused for half a day"),
        pytest.param([("resume", at(12, 15)), ("pause", at(12, 12))], at(13, 13), id="the order given does not matter"),
        pytest.param(
            [("pause", date(2025, 5, 13)), ("resume", date(2025, 5, 15))], at(15, 10), id="paused by whole days"
        ),
        pytest.param([("pause", at(13, 10)), ("resume", at(14, 9))], at(13, 10), id="paused too late"),
        pytest.param([("pause", at(12, 8)), ("resume", at(12, 11))], at(13, 11), id="paused before they began"),
        pytest.param([("restart", at(12, 18))], at(13, 18), id="restarted from a moment"),
        pytest.param([("restart", date(2025, 5, 12))], at(14, 0), id="restarted on a day, they run from its end"),
    ],
)
def test_hours_on_a_clock(china: WorkCalendar, marks: list[tuple[str, date]], end: datetime) -> None:
    clock = [ClockMark(move, moment) for move, moment in marks]

    assert deadline(china, Term(hours=24), at(12, 10), marks=clock).at == end


def test_hours_are_extended_by_hours_or_to_the_end_of_a_day(china: WorkCalendar) -> None:
    more = ClockMark("extend", at(13, 9), term=Term(hours=5))
    until = ClockMark("extend", at(13, 9), until=date(2025, 5, 16))

    assert deadline(china, Term(hours=24), at(12, 10), marks=[more]).at == at(13, 15)
    extended = deadline(china, Term(hours=24), at(12, 10), marks=[until])
    assert (extended.at, extended.on) == (at(17), date(2025, 5, 16))


def test_paused_hours_have_no_end(china: WorkCalendar) -> None:
    assert deadline(china, Term(hours=24), at(12, 10), marks=[ClockMark("pause", at(12, 12))]).at is None


def test_a_moment_elsewhere_counts_by_the_day_in_beijing(china: WorkCalendar) -> None:
    west = timezone(timedelta(hours=-8))
    received = datetime(2025, 5, 11, 9, 0, tzinfo=west)  # one in the morning of Monday the 12th in Beijing
    paused = ClockMark("pause", datetime(2025, 5, 13, 9, 0, tzinfo=west))

    assert deadline(china, WEEK, received).on == date(2025, 5, 21)
    assert paused.on == date(2025, 5, 14)
