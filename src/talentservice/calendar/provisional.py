"""What can be said of days no notice covers yet: an estimate, with bounds taken from every year that is known.

The State Council publishes a year's days off between October and December of the year before, and the notice may
still move the last days of December. Until then the library only answers when asked to. The answer carries the
earliest and the latest day on which the same term ended in any known year when it began within ten days of the same
date, and two working days more on either side. That is experience, not a promise: asked in the June before, no last
day of 2007 to 2026 lay outside; when only 2004 and 2005 were known, some did.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from attrs import frozen
from dateutil.relativedelta import relativedelta

from talentservice.calendar.rolls import Roll, rolled
from talentservice.calendar.work import ONE_DAY, WorkCalendar
from talentservice.errors import CalendarCoverageError

# 全国年节及纪念日放假办法 (2024) art. 2, the days fixed in the solar calendar; lunar festivals are left to the bounds.
FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
SATURDAY = 5
NEAR = [timedelta(days=n) for n in range(-10, 11)]  # the lunar festivals move, and weekends fall otherwise
RESERVE = 2  # working days on either side: in 2025 the holidays grew by two days
LONGEST_ESTIMATE = 366  # working days: more never end within one year


@frozen
class Estimate:
    """A day that is not known yet, between `earliest` and `latest`, both inclusive."""

    value: date
    earliest: date
    latest: date


def settled_until(calendar: WorkCalendar) -> date:
    """The last day the next notice will not move: so far those notices have only written to 29 to 31 December."""
    return date(calendar.known_until.year, 12, 28)


def estimate_add(calendar: WorkCalendar, day: date, n: int) -> Estimate:
    """Estimate the n-th working day after `day` where it lies in the first unpublished year.

    Raises:
        CalendarCoverageError: before the first notice, or further ahead than that one year.
    """
    if day < calendar.known_from or n < 1:
        raise calendar.beyond(day, n)
    start = max(day, settled_until(calendar))
    left = n - calendar.count(day, start) if day < start else n
    value = _nth(calendar, start, left) if left < LONGEST_ESTIMATE else None
    moves = list(_moves(calendar, start, lambda then: calendar.add(then, left)))
    if value is None or value.year > calendar.known_until.year + 1 or not moves:
        raise calendar.beyond(day, n)
    first, last = _bounds(calendar, value, start, moves, RESERVE)
    return Estimate(value, max(first, start + timedelta(days=left)), last)  # n working days take n days at least


def estimate_roll(calendar: WorkCalendar, roll: Roll, begun: date, plain: date) -> Estimate:
    """Estimate where a last day moves that lies in, or next to, the first unpublished year.

    Raises:
        CalendarCoverageError: before the first notice, or further ahead than that one year.
    """
    if plain.year > calendar.known_until.year + 1:
        raise calendar.beyond(plain)
    value = rolled(_guess(calendar), roll, begun, plain)
    length = plain - begun
    moves = list(_moves(calendar, plain, lambda then: rolled(calendar.is_working, roll, then - length, then)))
    if not moves:
        raise calendar.beyond(plain)
    # A longer holiday inside a tax term both fills more of it and adds more to it.
    first, last = _bounds(calendar, value, plain, moves, RESERVE + 1 if roll == "tax" else RESERVE)
    return Estimate(value, first, plain) if roll == "previous" else Estimate(value, max(first, plain), last)


def _guess(calendar: WorkCalendar) -> Callable[[date], bool]:
    """Whether a day works: as published, or else Monday to Friday without the fixed holidays."""

    def works(day: date) -> bool:
        if day <= calendar.known_until:
            return calendar.is_working(day)
        return day.weekday() < SATURDAY and (day.month, day.day) not in FIXED_HOLIDAYS

    return works


def _nth(calendar: WorkCalendar, day: date, n: int) -> date:
    """The n-th likely working day after `day`, or before it for a negative n."""
    works, step = _guess(calendar), ONE_DAY if n > 0 else -ONE_DAY
    for _ in range(abs(n)):
        day += step
        while not works(day):
            day += step
    return day


def _moves(calendar: WorkCalendar, day: date, end: Callable[[date], date]) -> Iterator[timedelta]:
    """How far the same term led from each day near the same date of every known year, where that is settled."""
    for year in range(calendar.known_from.year, calendar.known_until.year + 1):
        centre = day + relativedelta(year=year)
        for near in NEAR:
            then = centre + near
            try:
                reached = end(then)
            except CalendarCoverageError:
                continue
            if reached <= settled_until(calendar):
                yield reached - then


def _bounds(
    calendar: WorkCalendar, value: date, start: date, moves: list[timedelta], reserve: int
) -> tuple[date, date]:
    first = _nth(calendar, min(value, start + min(moves)), -reserve)
    return first, _nth(calendar, max(value, start + max(moves)), reserve)
