"""Periods that recur: months, two months with a phase, quarters, half-years, years; always half-open."""

from datetime import date, timedelta
from typing import Literal, Self

from attrs import frozen
from dateutil.relativedelta import relativedelta
from dateutil.rrule import MONTHLY, rrule
from pydantic import model_validator

from talentservice.errors import InvalidDate
from talentservice.labels import Label
from talentservice.strict import Count, Strict, day_of, in_order

MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
Named = Literal["month", "quarter", "half-year", "year"]


@frozen(order=True)
class Period:
    """Days from `start` inclusive to `end` exclusive."""

    start: date
    end: date

    def __attrs_post_init__(self) -> None:
        """Refuse a period that ends before it starts."""
        in_order(self.start, self.end)

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @property
    def last_day(self) -> date:
        """The last day that still lies in it."""
        return self.end - timedelta(days=1)

    @property
    def label(self) -> Label:
        """The period as a reader names it: a year, a half-year, a quarter, a month, or its first and last day."""
        months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month
        year, number = self.start.year, (self.start.month - 1) // months + 1 if months else 0
        whole = self.start.day == 1 and self.end.day == 1 and months > 0 and (self.start.month - 1) % months == 0
        if whole and months == MONTHS["year"]:
            return Label(zh=f"{year}年", en=f"{year}")
        if whole and months == MONTHS["half-year"]:
            return Label(zh=f"{year}年{'上' if number == 1 else '下'}半年", en=f"half {number} of {year}")
        if whole and months == MONTHS["quarter"]:
            return Label(zh=f"{year}年第{number}季度", en=f"quarter {number} of {year}")
        if whole and months == 1:
            return Label(zh=f"{year}年{number}月", en=f"{self.start:%B %Y}")
        return Label(zh=f"{self.start} 至 {self.last_day}", en=f"{self.start} to {self.last_day}")

    def to_dict(self) -> dict[str, object]:
        """The period as JSON values; `end` is exclusive."""
        return {"start": self.start.isoformat(), "end": self.end.isoformat(), "zh": self.label.zh, "en": self.label.en}


class Every(Strict):
    """A cycle of months or years; `phase` is the month (1-12) or the year in which one begins.

    A cycle of a length that divides the year begins in January unless a phase is given; another length needs one.
    """

    months: Count | None = None
    years: Count | None = None
    phase: Count | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.months is None) == (self.years is None):
            raise ValueError("a cycle has either months or years")
        return self


def cycle_months(every: Named | Every) -> int:
    """How many months one period of the cycle has."""
    if isinstance(every, str):
        return MONTHS[every]
    return every.months or 12 * (every.years or 1)


def _origin(every: Named | Every) -> date:
    """A day on which a period of the cycle begins."""
    if isinstance(every, str) or every.phase is None:
        if isinstance(every, Every) and 12 % cycle_months(every):
            raise InvalidDate(
                f"where the cycle of {cycle_months(every)} months begins is not known; give its phase",
                f"未指明{cycle_months(every)}个月的周期从何时算起；请给出 phase",
            )
        return date(2000, 1, 1)
    return date(every.phase, 1, 1) if every.years else date(2000, every.phase, 1)


def containing(every: Named | Every, day: date) -> Period:
    """The period of the cycle in which the day lies."""
    length, origin = cycle_months(every), _origin(every)
    since = (day_of(day).year - origin.year) * 12 + day.month - origin.month
    start = origin + relativedelta(months=since // length * length)
    return Period(start, start + relativedelta(months=length))


def ending_in(every: Named | Every, window: Period) -> list[Period]:
    """The periods of the cycle whose last day lies in the window, in order."""
    length = cycle_months(every)
    first = containing(every, window.start).start
    starts = rrule(MONTHLY, dtstart=_midnight(first), until=_midnight(window.end), interval=length)
    periods = [Period(s.date(), (s + relativedelta(months=length)).date()) for s in starts]
    return [p for p in periods if p.last_day in window]


def starting_in(every: Named | Every, window: Period) -> list[Period]:
    """The periods of the cycle whose first day lies in the window, in order."""
    length = cycle_months(every)
    first = containing(every, window.start).start
    starts = rrule(MONTHLY, dtstart=_midnight(first), until=_midnight(window.last_day), interval=length)
    periods = [Period(s.date(), (s + relativedelta(months=length)).date()) for s in starts]
    return [p for p in periods if p.start in window]


def overlapping(every: Named | Every, window: Period) -> list[Period]:
    """The periods of the cycle that share a day with the window, in order."""
    first = containing(every, window.start)
    return sorted({first, *starting_in(every, window)})


def _midnight(day: date):  # type: ignore[no-untyped-def]  # rrule speaks datetimes
    from datetime import datetime

    return datetime(day.year, day.month, day.day)  # noqa: DTZ001  # rrule compares naive midnights


def year(number: int) -> Period:
    """The calendar year of that number."""
    return Period(date(number, 1, 1), date(number + 1, 1, 1))


def month(of_year: int, number: int) -> Period:
    """The calendar month of that year."""
    start = date(of_year, number, 1)
    return Period(start, start + relativedelta(months=1))
