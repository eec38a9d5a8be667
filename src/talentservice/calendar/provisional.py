"""What can be said of days no notice covers yet: an estimate with bounds taken from every year that is known.

The State Council publishes a year's days off between October and December of the year before. Until then the library only
answers when asked to, and the answer carries the earliest and the latest day on which the same term ended in any known year.
"""

from datetime import date, timedelta

from attrs import frozen

from talentservice.calendar.work import ONE_DAY, WorkCalendar

# 全国年节及纪念日放假办法 (2024) art. 2, the days fixed in the solar calendar; lunar festivals are left to the bounds.
FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
SATURDAY = 5


@frozen
class Estimate:
    """A day that is not known yet, between `earliest` and `latest`, both inclusive."""

    value: date
    earliest: date
    latest: date


def _likely(day: date) -> bool:
    return day.weekday() < SATURDAY and (day.month, day.day) not in FIXED_HOLIDAYS


def _bounded(value: date, start: date, offsets: list[timedelta]) -> Estimate:
    ends = [start + offset for offset in offsets]
    return Estimate(value, min(value, *ends), max(value, *ends))


def _like_starts(calendar: WorkCalendar, start: date) -> list[date]:
    """The same day of the year in every known year; 29 February has its like in leap years only."""
    years = range(calendar.known_from.year, calendar.known_until.year + 1)
    leap = (start.month, start.day) == (2, 29)
    return [start.replace(year=y) for y in years if not leap or (y % 4 == 0 and (y % 100 != 0 or y % 400 == 0))]


def estimate_add(calendar: WorkCalendar, day: date, n: int) -> Estimate:
    """Estimate the n-th working day after `day` where it lies in the first unpublished year.

    Raises:
        CalendarCoverageError: before the first notice, or further ahead than that one year.
    """
    frontier = date(calendar.known_until.year + 1, 1, 1)
    known = calendar.count(day, calendar.known_until) if day <= calendar.known_until else 0
    left, start = n - known, max(day, frontier - ONE_DAY)
    if start.year > frontier.year or day < calendar.known_from or n < 1:
        raise calendar.beyond(day, n)
    value = start
    for _ in range(left):
        value += ONE_DAY
        while not _likely(value):
            value += ONE_DAY
    # 1 January has been off in every year, so what is counted from 31 December may be counted from 1 January.
    like = _like_starts(calendar, max(start, frontier))
    offsets = [
        calendar.add(then, left) - (then - (max(start, frontier) - start))
        for then in like
        if calendar.horizon(then, left) is None
    ]
    if not offsets or value.year > frontier.year:
        raise calendar.beyond(day, n)
    return _bounded(value, start, offsets)


def estimate_roll(calendar: WorkCalendar, day: date, step: int) -> Estimate:
    """Estimate the nearest working day on (step 0 days away) or after (+1) or before (-1) an uncovered day."""
    if day.year != calendar.known_until.year + 1:
        raise calendar.beyond(day)
    value = day
    while not _likely(value):
        value += timedelta(days=step)
    moves = [_nearest(calendar, then, step) - then for then in _like_starts(calendar, day)[1:-1]]
    return _bounded(value, day, moves)


def _nearest(calendar: WorkCalendar, day: date, step: int) -> date:
    return calendar.on_or_after(day) if step > 0 else calendar.on_or_before(day)
