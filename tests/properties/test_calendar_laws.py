"""Laws of counting that hold for every day, number and way of counting."""

from datetime import date, datetime, timedelta
from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from talentservice.calendar import ClockMark, Counting, Deadline, Term, WorkCalendar, deadline, published_notices
from talentservice.strict import BEIJING

CHINA = WorkCalendar.china()
ONE_DAY = timedelta(days=1)

# One year short at either end, so that what is counted from a day is known.
days = st.dates(date(2005, 1, 1), date(2025, 12, 31))
lengths = st.integers(1, 120)
gaps = st.integers(0, 90)
pauses = st.tuples(st.integers(-20, 200), gaps)  # so many days after the receipt, for so many days
terms = st.one_of(
    st.integers(1, 120).map(lambda n: Term(working_days=n)),
    st.integers(1, 120).map(lambda n: Term(natural_days=n)),
    st.integers(1, 4).map(lambda n: Term(months=n)),
)
countings = st.builds(
    Counting,
    start=st.sampled_from(["next_day", "same_day"]),
    roll=st.sampled_from(["next", "previous", "none", "tax"]),
    receipt=st.sampled_from(["as_is", "next_working_day"]),
)
# The tax rule adds the holidays inside the term: one that begins later may miss them, and end earlier.
untaxed = countings.filter(lambda counting: counting.roll != "tax")
cheap = settings(max_examples=150, deadline=None)


@cache
def named() -> tuple[set[date], set[date]]:
    """The days off and the make-up days of all notices, a later notice before an earlier one."""
    off: set[date] = set()
    on: set[date] = set()
    for notice in published_notices():
        off, on = (off - notice.work) | notice.rest, (on - notice.rest) | notice.work
    return off, on


def due(term: Term, received: date, counting: Counting, marks: list[ClockMark]) -> Deadline:
    """A last day, or nothing where the test ran past what is known."""
    end = deadline(CHINA, term, received, counting=counting, marks=marks, provisional=True)
    assume(not end.provisional)
    return end


def last(term: Term, received: date, counting: Counting, *marks: ClockMark) -> date:
    on = due(term, received, counting, list(marks)).on
    assert on is not None
    return on


def pausing(received: date, before: int, length: int) -> tuple[ClockMark, ClockMark]:
    start = received + timedelta(days=before)
    return ClockMark("pause", start), ClockMark("resume", start + timedelta(days=length))


@cheap
@given(days, lengths)
def test_counting_what_was_added_gives_the_number_back(day: date, n: int) -> None:
    assert CHINA.count(day, CHINA.add(day, n)) == n


@cheap
@given(days, lengths)
def test_going_back_as_many_days_leads_to_the_last_working_day(day: date, n: int) -> None:
    assert CHINA.add(CHINA.add(day, n), -n) == CHINA.on_or_before(day)
    assert CHINA.add(CHINA.add(day, -n), n) == CHINA.on_or_after(day)


@cheap
@given(days, lengths)
def test_what_is_added_is_a_working_day_and_lies_later(day: date, n: int) -> None:
    end = CHINA.add(day, n)

    assert CHINA.is_working(end)
    assert CHINA.add(day, -n) < day < end


@cheap
@given(days, lengths, lengths)
def test_adding_in_two_parts_is_adding_at_once(day: date, n: int, m: int) -> None:
    assert CHINA.add(CHINA.add(day, n), m) == CHINA.add(day, n + m)


@cheap
@given(days, gaps, lengths, lengths)
def test_a_later_day_or_a_longer_term_never_ends_earlier(day: date, gap: int, n: int, more: int) -> None:
    assert CHINA.add(day, n) <= CHINA.add(day + timedelta(days=gap), n)
    assert CHINA.add(day, n) < CHINA.add(day, n + more)


@cheap
@given(days, days, days)
def test_counts_of_half_open_intervals_add_up(a: date, b: date, c: date) -> None:
    assert CHINA.count(a, c) == CHINA.count(a, b) + CHINA.count(b, c)
    assert CHINA.count(a, b) == -CHINA.count(b, a)


@cheap
@given(days, st.integers(1, 60))
def test_walking_day_by_day_finds_the_same(day: date, n: int) -> None:
    off, on = named()
    walked, left = day, n
    while left:
        walked += ONE_DAY
        left -= walked in on or (walked.isoweekday() < 6 and walked not in off)

    assert CHINA.add(day, n) == walked
    assert CHINA.count(day, walked) == n


@cheap
@given(terms, days, countings, pauses)
def test_a_pause_never_brings_the_last_day_forward(
    term: Term, received: date, counting: Counting, pause: tuple[int, int]
) -> None:
    plain = last(term, received, counting)
    paused = last(term, received, counting, *pausing(received, *pause))

    assert paused >= plain


@cheap
@given(terms, days, countings, st.integers(-20, 200))
def test_a_pause_ended_on_its_own_day_changes_nothing(
    term: Term, received: date, counting: Counting, before: int
) -> None:
    assert last(term, received, counting, *pausing(received, before, 0)) == last(term, received, counting)


@cheap
@given(terms, days, countings, pauses, gaps)
def test_a_longer_pause_never_ends_a_term_earlier(
    term: Term, received: date, counting: Counting, pause: tuple[int, int], more: int
) -> None:
    before, length = pause
    short = last(term, received, counting, *pausing(received, before, length))
    long = last(term, received, counting, *pausing(received, before, length + more))

    assert long >= short


@cheap
@given(st.integers(1, 120), days, st.integers(1, 60), st.integers(1, 60))
def test_a_pause_moves_working_days_by_the_working_days_it_takes_out(
    n: int, received: date, before: int, length: int
) -> None:
    pause, resume = pausing(received, before, length)
    plain = last(Term(working_days=n), received, Counting())
    assume(pause.on <= plain)
    taken = CHINA.count(pause.on - ONE_DAY, resume.on - ONE_DAY)

    paused = last(Term(working_days=n), received, Counting(), pause, resume)

    assert paused == (CHINA.add(plain, taken) if taken else plain)


@cheap
@given(terms, days, countings, st.integers(0, 200), st.integers(1, 30))
def test_an_extension_never_brings_the_last_day_forward(
    term: Term, received: date, counting: Counting, after: int, more: int
) -> None:
    assert term.unit is not None
    units = 1 if term.unit == "months" else more
    mark = ClockMark("extend", received + timedelta(days=after), term=Term(**{term.unit: units}))

    assert last(term, received, counting, mark) >= last(term, received, counting)


@cheap
@given(terms, days, countings, pauses, st.integers(1, 30))
def test_an_extension_within_a_pause_is_kept(
    term: Term, received: date, counting: Counting, paused: tuple[int, int], more: int
) -> None:
    assert term.unit is not None
    pause, resume = pausing(received, *paused)
    mark = ClockMark("extend", pause.on, term=Term(**{term.unit: 1 if term.unit == "months" else more}))

    extended = last(term, received, counting, pause, mark, resume)

    assert extended >= last(term, received, counting, pause, resume)


@cheap
@given(terms, days, untaxed, st.integers(0, 100))
def test_a_restart_never_brings_the_last_day_forward(
    term: Term, received: date, counting: Counting, after: int
) -> None:
    mark = ClockMark("restart", received + timedelta(days=after))

    assert last(term, received, counting, mark) >= last(term, received, counting)


@cheap
@given(st.sampled_from(["working_days", "natural_days", "months"]), st.integers(1, 12), days, countings)
def test_a_longer_term_never_ends_earlier(unit: str, n: int, received: date, counting: Counting) -> None:
    assert last(Term(**{unit: n + 1}), received, counting) >= last(Term(**{unit: n}), received, counting)


@cheap
@given(terms, days, gaps, untaxed)
def test_a_later_receipt_never_ends_earlier(term: Term, received: date, gap: int, counting: Counting) -> None:
    assume(counting.start == "next_day" or term.unit != "months")  # from 31 January a right ends on 28 February

    assert last(term, received + timedelta(days=gap), counting) >= last(term, received, counting)


@cheap
@given(terms, days, countings.filter(lambda counting: counting.roll != "none"))
def test_a_last_day_is_a_working_day_unless_nothing_rolls(term: Term, received: date, counting: Counting) -> None:
    assert CHINA.is_working(last(term, received, counting))


@cheap
@given(terms, days, countings, st.lists(st.tuples(st.integers(0, 80), st.integers(1, 20)), max_size=3), st.randoms())
def test_the_order_in_which_marks_are_given_does_not_matter(
    term: Term, received: date, counting: Counting, pauses: list[tuple[int, int]], chance: object
) -> None:
    marks: list[ClockMark] = []
    start = 0
    for wait, length in pauses:
        marks += pausing(received, start + wait + 1, length)
        start += wait + length + 1
    shuffled = list(marks)
    chance.shuffle(shuffled)

    assert last(term, received, counting, *shuffled) == last(term, received, counting, *marks)


@cheap
@given(st.integers(1, 500), st.datetimes(datetime(2010, 1, 1), datetime(2024, 1, 1)), gaps, gaps)  # noqa: DTZ001
def test_hours_are_moved_by_a_pause_within_them_to_the_minute(
    hours: int, naive: datetime, before: int, length: int
) -> None:
    received = naive.replace(tzinfo=BEIJING)
    start = received + timedelta(minutes=before)
    assume(before < hours * 60)
    marks = [ClockMark("pause", start), ClockMark("resume", start + timedelta(minutes=length))]

    plain, paused = (deadline(CHINA, Term(hours=hours), received, marks=m).at for m in ([], marks))

    assert plain is not None
    assert paused is not None
    assert paused - plain == timedelta(minutes=length)


@cheap
@given(st.dates(date(2006, 1, 1), date(2026, 12, 31)), st.data())
def test_a_snapshot_agrees_with_the_whole_calendar_on_days_not_amended_since(as_of: date, data: st.DataObject) -> None:
    snapshot = WorkCalendar.china(as_of=as_of)
    later = [notice for notice in published_notices() if notice not in snapshot.notices]
    amended = {day for notice in later for day in notice.rest | notice.work}
    day = data.draw(st.dates(snapshot.known_from, snapshot.known_until))

    assert day in amended or snapshot.day(day) == CHINA.day(day)


@pytest.mark.parametrize("year", range(2005, 2027))
def test_a_notice_only_writes_to_its_year_and_the_last_three_days_of_the_year_before(year: int) -> None:
    named = {day for notice in published_notices() if notice.year == year for day in notice.rest | notice.work}

    assert {day for day in named if day.year != year} <= {date(year - 1, 12, day) for day in (29, 30, 31)}
