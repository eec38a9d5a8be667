"""Periods that recur: months, two months with a phase, quarters, half-years, years; always half-open."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Literal, Self

from attrs import frozen
from dateutil.relativedelta import relativedelta
from pydantic import model_validator

from talentservice.errors import InvalidDate, unknown
from talentservice.labels import Label
from talentservice.strict import FIRST_DAY, LARGEST_NUMBER, LAST_DAY, Count, Strict, as_count, as_day, day_of, in_order

Named = Literal["month", "quarter", "half-year", "year"]
MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
YEAR = MONTHS["year"]
# Typed out, since strftime writes months in the language of the process.
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@frozen(order=True)
class Period:
    """Days from `start` inclusive to `end` exclusive."""

    start: date
    end: date

    def __attrs_post_init__(self) -> None:
        """Refuse what are no days, and a period that ends before it starts."""
        for day in (self.start, self.end):
            if day.__class__ is not date:
                as_day(day)
        in_order(self.start, self.end)

    def __contains__(self, day: date | datetime) -> bool:
        if day.__class__ is not date:
            day = day_of(day)
        return self.start <= day < self.end

    @property
    def last_day(self) -> date:
        """The last day that still lies in it."""
        return self.end - timedelta(days=1)

    @property
    def label(self) -> Label:
        """The period as a reader names it: a year, a half-year, a quarter, a month, or its first and last day."""
        months = (self.end.year - self.start.year) * YEAR + self.end.month - self.start.month
        whole = self.start.day == self.end.day == 1 and months in MONTHS.values()
        if not whole or (self.start.month - 1) % months:
            return Label(zh=f"{self.start} 至 {self.last_day}", en=f"{self.start} to {self.last_day}")
        year, number = self.start.year, (self.start.month - 1) // months + 1
        if months == YEAR:
            return Label(zh=f"{year}年", en=f"{year}")
        if months == MONTHS["half-year"]:
            return Label(zh=f"{year}年{'上' if number == 1 else '下'}半年", en=f"half {number} of {year}")
        if months == MONTHS["quarter"]:
            return Label(zh=f"{year}年第{number}季度", en=f"quarter {number} of {year}")
        return Label(zh=f"{year}年{number}月", en=f"{MONTH_NAMES[number - 1]} {year}")

    def to_dict(self) -> dict[str, object]:
        """The period as JSON values; `end` is exclusive."""
        label = self.label
        return {"start": self.start.isoformat(), "end": self.end.isoformat(), "zh": label.zh, "en": label.en}


class Every(Strict):
    """A cycle of months or years; `phase` is the month (1-12) or the year in which one begins.

    A cycle of months divides the year and begins in January unless a phase is given; of several years, one must be.
    """

    months: Count | None = None
    years: Count | None = None
    phase: Count | None = None

    @model_validator(mode="after")
    def _known(self) -> Self:
        if (self.months is None) == (self.years is None):
            raise ValueError("a cycle has either months or years")
        if self.months and YEAR % self.months:
            raise ValueError(f"where a cycle of {self.months} months begins is not known: months divide the year")
        if self.months and self.phase and self.phase > YEAR:
            raise ValueError("the phase of a cycle of months is the month, 1 to 12, in which one begins")
        if self.years and self.years > 1 and self.phase is None:
            raise ValueError(f"where a cycle of {self.years} years begins is not known: give its phase, a year")
        if self.years and self.phase and not FIRST_DAY.year <= self.phase <= LAST_DAY.year:
            raise ValueError(f"the phase of a cycle of years is a year, {FIRST_DAY.year} to {LAST_DAY.year}")
        return self


def cycle_months(every: Named | Every) -> int:
    """How many months one period of the cycle has."""
    if isinstance(every, str):
        if every not in MONTHS:
            raise unknown("period", "周期", every, list(MONTHS))
        return MONTHS[every]
    return every.months or YEAR * (every.years or 1)


def _origin(every: Named | Every) -> date:
    """A day on which a period of the cycle begins."""
    if isinstance(every, str) or every.phase is None:
        return FIRST_DAY
    return date(every.phase, 1, 1) if every.years else date(FIRST_DAY.year, every.phase, 1)


def containing(every: Named | Every, day: date | datetime) -> Period:
    """The period of the cycle in which the day lies."""
    day, length, origin = day_of(day), cycle_months(every), _origin(every)
    since = (day.year - origin.year) * YEAR + day.month - origin.month
    start = origin + relativedelta(months=since // length * length)
    return Period(start, start + relativedelta(months=length))


def overlapping(every: Named | Every, window: Period) -> list[Period]:
    """The periods of the cycle that share a day with the window, in order."""
    return list(_overlapping(every, window))


def _overlapping(every: Named | Every, window: Period) -> Iterator[Period]:
    period, length = containing(every, window.start), relativedelta(months=cycle_months(every))
    while period.start < window.end != window.start:
        yield period
        period = Period(period.end, period.end + length)


def ending_in(every: Named | Every, window: Period) -> list[Period]:
    """The periods of the cycle whose last day lies in the window, in order."""
    return [period for period in _overlapping(every, window) if period.last_day in window]


def starting_in(every: Named | Every, window: Period) -> list[Period]:
    """The periods of the cycle whose first day lies in the window, in order."""
    return [period for period in _overlapping(every, window) if period.start in window]


def _first(year: int, month: int = 1) -> date:
    """The first day of a month."""
    for number in (year, month):
        as_count(number, least=-LARGEST_NUMBER)
    if not (FIRST_DAY.year <= year <= LAST_DAY.year and 1 <= month <= YEAR):
        raise InvalidDate(
            f"there is no month {month} of the year {year} between {FIRST_DAY} and {LAST_DAY}",
            f"没有 {year} 年 {month} 月：应在 {FIRST_DAY} 至 {LAST_DAY} 之间",
        )
    return date(year, month, 1)


def year(number: int) -> Period:
    """The calendar year of that number."""
    start = _first(number)
    return Period(start, start + relativedelta(years=1))


def month(of_year: int, number: int) -> Period:
    """The calendar month of that year."""
    start = _first(of_year, number)
    return Period(start, start + relativedelta(months=1))
