"""The working-day calendar: counting and adding by prefix sums, in both directions."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache

from attrs import field, frozen

from talentservice.calendar.days import Day, DayKind
from talentservice.calendar.notices import Notice, published_notices
from talentservice.calendar.overrides import Audience, LocalOverride
from talentservice.errors import CalendarCoverageError, InvalidNumber
from talentservice.labels import Label
from talentservice.strict import LARGEST_NUMBER, as_count, as_day

ONE_DAY = timedelta(days=1)


@frozen
class Horizon:
    """A warning: a term reaches beyond the last published holiday notice.

    `last_start` is the last day from which the same term still ends on a known day, None where there is none.
    """

    known_until: date
    last_start: date | None

    @property
    def label(self) -> Label:
        """The warning in words."""
        last_zh = (
            f"同样期限最晚自 {self.last_start} 起算才能确定" if self.last_start else "同样期限自任何一天起算都不能确定"
        )
        last_en = (
            f"the last start that gives a final day is {self.last_start}"
            if self.last_start
            else "no start gives a final day"
        )
        return Label(
            zh=f"期限跨过已公布的放假安排（至 {self.known_until}）；{last_zh}",
            en=f"the term crosses the last published holiday notice (to {self.known_until}); {last_en}",
        )

    def to_dict(self) -> dict[str, object]:
        """The warning as JSON values."""
        return {
            "known_until": self.known_until.isoformat(),
            "last_start": self.last_start.isoformat() if self.last_start else None,
            "zh": self.label.zh,
            "en": self.label.en,
        }


@frozen(eq=False)
class WorkCalendar:
    """Working days from `known_from` to `known_until`, both inclusive; others raise CalendarCoverageError.

    Build one with `WorkCalendar.china`. Intervals are half-open: (after, until].
    """

    known_from: date
    known_until: date
    notices: tuple[Notice, ...] = field(repr=False)
    overrides: tuple[LocalOverride, ...] = field(default=(), repr=False)
    as_of: date | None = None
    _named: Mapping[date, tuple[DayKind, Notice | LocalOverride]] = field(factory=dict, repr=False)
    _first: int = field(init=False, repr=False)
    _rank: list[int] = field(init=False, repr=False)
    _workdays: list[date] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Lay out the prefix sums: how many working days lie on or before each day."""
        rank: list[int] = []
        workdays: list[date] = []
        day = self.known_from
        while day <= self.known_until:
            if self._kind(day) in (DayKind.WORKING, DayKind.MAKE_UP):
                workdays.append(day)
            rank.append(len(workdays))
            day += ONE_DAY
        object.__setattr__(self, "_first", self.known_from.toordinal())
        object.__setattr__(self, "_rank", rank)
        object.__setattr__(self, "_workdays", workdays)

    @classmethod
    def china(
        cls,
        *,
        as_of: date | None = None,
        overrides: Iterable[LocalOverride] = (),
        division: str = "",
        audience: Audience = "government",
    ) -> "WorkCalendar":
        """The calendar of mainland China's offices, from the State Council's notices of 2004 onwards.

        Args:
            as_of: know only what was published by that day, inclusive; None for everything that ships.
            overrides: local notices; those of another scope or audience are left out.
            division: the six-digit GB/T 2260 code the overrides must reach.
            audience: whose days are asked for.

        Raises:
            CalendarCoverageError: nothing was published by `as_of`.
        """
        by = None if as_of is None else as_day(as_of)
        local = (o for o in overrides if o.reaches(division, audience) and (by is None or o.published <= by))
        return _china(by, tuple(local))

    def _kind(self, day: date) -> DayKind:
        named = self._named.get(day)
        if named:
            return named[0]
        return DayKind.WEEKEND if day.weekday() >= 5 else DayKind.WORKING  # noqa: PLR2004  # Saturday is 5

    def _index(self, day: date) -> int:
        index = as_day(day).toordinal() - self._first
        if not 0 <= index < len(self._rank):
            raise self.beyond(day)
        return index

    def beyond(self, day: date, n: int | None = None) -> CalendarCoverageError:
        """The error that says what is known and what to do; with n, for a term of n working days from `day`."""
        en = str(day) if n is None else f"the day {n} working days from {day}"
        zh = str(day) if n is None else f"自 {day} 起 {n} 个工作日的那一天"
        if day < self.known_from or (n is not None and n < 0):
            hint_en, hint_zh = "earlier notices are not part of the package", "更早的通知未收录"
        else:
            hint_en = "update the package once the notice is published, or ask for a provisional answer"
            hint_zh = "待通知公布后更新，或要求给出暂定结论"
        when_en, when_zh = (f" on {self.as_of}", f"截至 {self.as_of} ") if self.as_of else (" here", "")
        return CalendarCoverageError(
            f"the holiday notices known{when_en} cover {self.known_from} to {self.known_until}, "
            f"which leaves out {en}; {hint_en}",
            f"{when_zh}已公布的放假安排只覆盖 {self.known_from} 至 {self.known_until}，不含{zh}；{hint_zh}",
        )

    def day(self, day: date) -> Day:
        """What that day is: working, weekend, holiday or make-up, and the notice it rests on."""
        self._index(day)
        named = self._named.get(day)
        return Day(day, *named) if named else Day(day, self._kind(day))

    def is_working(self, day: date) -> bool:
        """Whether offices work on that day."""
        index = self._index(day)
        return self._rank[index] > (self._rank[index - 1] if index else 0)

    def add(self, day: date, n: int) -> date:
        """The n-th working day strictly after `day`, or before it for a negative n.

        Args:
            day: need not be a working day; it is not counted itself (民法典 201).
            n: not 0; for the nearest working day use `on_or_after` or `on_or_before`.

        Raises:
            CalendarCoverageError: `day` or the result is not covered by a published notice.
            InvalidNumber: n is 0.
            WrongType: not a plain date, or n not a whole number.
        """
        if day.__class__ is not date:
            day = as_day(day)
        if n.__class__ is not int:
            n = as_count(n, least=-LARGEST_NUMBER)
        index = day.toordinal() - self._first
        try:
            if n > 0 and index >= 0:
                return self._workdays[self._rank[index] + n - 1]
            if n < 0 and 0 <= index < len(self._rank):
                before = self._rank[index - 1] if index else 0
                if before + n >= 0:
                    return self._workdays[before + n]
        except IndexError:
            pass
        raise self._refused(day, n)

    def _refused(self, day: date, n: int) -> Exception:
        if n == 0:
            return InvalidNumber(
                "0 working days is not a term; use on_or_after(day) or on_or_before(day)",
                "0 个工作日不是期限；请用 on_or_after 或 on_or_before",
            )
        return self.beyond(as_day(day), n)

    def count(self, after: date, until: date) -> int:
        """How many working days lie in (after, until]; negative when `until` lies before `after`.

        Raises:
            CalendarCoverageError: a day is not covered by a published notice.
            WrongType: not plain dates.
        """
        if after.__class__ is not date or until.__class__ is not date:
            after, until = as_day(after), as_day(until)
        start, end = after.toordinal() - self._first, until.toordinal() - self._first
        if start < 0 or end < 0:
            raise self.beyond(as_day(min(after, until)))
        try:
            return self._rank[end] - self._rank[start]
        except IndexError:
            raise self.beyond(as_day(max(after, until))) from None

    def on_or_after(self, day: date) -> date:
        """The day itself when it works, otherwise the next working day."""
        return day if self.is_working(day) else self.add(day, 1)

    def on_or_before(self, day: date) -> date:
        """The day itself when it works, otherwise the working day before it."""
        return day if self.is_working(day) else self.add(day, -1)

    def last_start(self, n: int) -> date | None:
        """The last day from which n working days still end on a known day, None where they never do.

        Raises:
            InvalidNumber: n is less than 1.
        """
        if as_count(n, least=1) > len(self._workdays):
            return None
        nth_from_end = self._workdays[-n]
        return nth_from_end - ONE_DAY if nth_from_end > self.known_from else None

    def horizon(self, day: date, n: int) -> Horizon | None:
        """A warning when n working days after `day` reach beyond the last notice, None when they do not."""
        last = self.last_start(n)
        return None if last is not None and as_day(day) <= last else Horizon(self.known_until, last)


@lru_cache(maxsize=64)
def _china(as_of: date | None, overrides: tuple[LocalOverride, ...]) -> WorkCalendar:
    known = [n for n in published_notices() if as_of is None or n.known_on(as_of)]
    if not known:
        first = published_notices()[0].year
        raise CalendarCoverageError(
            f"no holiday notice was published by {as_of}; those known begin with the year {first}",
            f"{as_of} 之前没有已公布的放假安排；收录自 {first} 年起",
        )
    named: dict[date, tuple[DayKind, Notice | LocalOverride]] = {}
    sources: tuple[Notice | LocalOverride, ...] = (*known, *sorted(overrides, key=lambda o: o.published))
    for source in sources:
        named |= dict.fromkeys(source.rest, (DayKind.HOLIDAY, source))
        named |= {day: (_working_kind(day), source) for day in source.work}
    return WorkCalendar(
        known_from=date(known[0].year, 1, 1),
        known_until=date(known[-1].year, 12, 31),
        notices=tuple(known),
        overrides=overrides,
        as_of=as_of,
        named=named,
    )


def _working_kind(day: date) -> DayKind:
    """A weekday a local notice has worked is an ordinary working day; a Saturday or Sunday is a make-up day."""
    return DayKind.MAKE_UP if day.weekday() >= 5 else DayKind.WORKING  # noqa: PLR2004  # Saturday is 5
