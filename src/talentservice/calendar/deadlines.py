"""When a term ends, why, and what that rests on: a pure function of receipt, term, marks and calendar."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Literal

from attrs import frozen
from dateutil.relativedelta import relativedelta

from talentservice.calendar.clock import ClockMark
from talentservice.calendar.days import DayKind
from talentservice.calendar.provisional import estimate_add, estimate_roll
from talentservice.calendar.terms import CIVIL, UNIT_NAMES, Counting, Term
from talentservice.calendar.work import ONE_DAY, Horizon, WorkCalendar
from talentservice.errors import CalendarCoverageError, DateOrder, NaiveDatetime
from talentservice.steps import Step
from talentservice.strict import BEIJING, as_moment, day_of

TAX_RUN = 3  # 税收征管法实施细则 109: three or more consecutive holidays lengthen the term


@frozen
class Deadline:
    """The last day of a term.

    `on` is the last day, inclusive; `at` the moment it ends (exclusive) in Beijing time. Both are None while the clock is paused
    and for terms that are not a number. `provisional` answers carry `earliest` and `latest`, both inclusive.
    """

    term: Term
    received: date | datetime
    counting: Counting
    calendar: WorkCalendar
    marks: tuple[ClockMark, ...] = ()
    on: date | None = None
    at: datetime | None = None
    unrolled: date | None = None
    provisional: bool = False
    earliest: date | None = None
    latest: date | None = None
    horizon: Horizon | None = None

    def steps(self) -> tuple[Step, ...]:
        """The explanation, day by day where days were counted."""
        from talentservice.calendar.walk import walk

        return tuple(walk(self))


@frozen
class _Run:
    """The last leg of a term after its marks: what is left, counted after a day; or a fixed last day; or paused."""

    after: date
    left: int
    extra_days: int = 0
    until: date | None = None
    paused: bool = False


def deadline(
    calendar: WorkCalendar,
    term: Term,
    received: date | datetime,
    *,
    counting: Counting = CIVIL,
    marks: Sequence[ClockMark] = (),
    provisional: bool = False,
) -> Deadline:
    """When the term that began with `received` ends.

    Args:
        calendar: whose working days are counted.
        term: one that is not a number gives a Deadline without a day.
        received: the day, or the aware moment, that starts the term.
        counting: first day, roll, receipt and close of business.
        marks: pauses, resumptions, restarts and extensions of this clock, in any order.
        provisional: answer with bounds when the calendar does not cover a day, instead of raising.

    Raises:
        CalendarCoverageError: a needed day is not covered by a published notice.
        NaiveDatetime: hours need an aware moment.
        DateOrder: a resumption before its pause.
    """
    marks = tuple(sorted(marks, key=lambda m: m.on))
    base = Deadline(term, received, counting, calendar, marks)
    if term.unit is None:
        return base
    if term.unit == "hours":
        return _hours(base)
    start = _start(calendar, counting, received, provisional=provisional)
    # A right counted in months from the day itself ends the day before the corresponding day (商标法实施条例 12).
    back = -1 if counting.start == "same_day" else 0
    by_units = term.unit in ("working_days", "natural_days")
    first = _Run(start + timedelta(days=back), term.length) if by_units else _Run(start, term.length, back)
    run = _legs(calendar, term, first, marks)
    if run.paused:
        return base
    return _finish(base, run, provisional=provisional)


def deemed(calendar: WorkCalendar, counting: Counting, received: date | datetime) -> date:
    """The day on which a receipt counts as received."""
    day = day_of(received)
    if counting.receipt == "as_is":
        return day
    late = isinstance(received, datetime) and counting.intake_cutoff is not None
    if late and as_moment(received).time() > (counting.intake_cutoff or time.max):
        return calendar.add(day, 1)
    return calendar.on_or_after(day)


def _start(calendar: WorkCalendar, counting: Counting, received: date | datetime, *, provisional: bool) -> date:
    """The day on which the term is taken to begin."""
    try:
        return deemed(calendar, counting, received)
    except CalendarCoverageError:
        if not provisional:
            raise
        return estimate_roll(calendar, day_of(received), 1).value


def _used(calendar: WorkCalendar, term: Term, after: date, until: date) -> int:
    """Units of the term spent in (after, until]."""
    if until <= after:
        return 0
    return calendar.count(after, until) if term.unit == "working_days" else (until - after).days


def _legs(calendar: WorkCalendar, term: Term, run: _Run, marks: tuple[ClockMark, ...]) -> _Run:
    """Run the marks over the term and return its last leg."""
    by_units = term.unit in ("working_days", "natural_days")
    paused_on, extra_units = None, 0
    for mark in marks:
        if mark.move == "pause" and paused_on is None:
            used = _used(calendar, term, run.after, mark.on - ONE_DAY) if by_units else 0
            if used >= run.left or (not by_units and mark.on > _plain_end(term, run)):
                continue  # the term had ended before the pause began
            paused_on = mark.on
            run = _Run(run.after, run.left - used, run.extra_days, run.until)
        elif mark.move == "resume" and paused_on is not None:
            gap = (mark.on - paused_on).days
            after = max(run.after, mark.on - ONE_DAY) if by_units else run.after
            until = run.until + timedelta(days=gap) if run.until else None
            run = _Run(after, run.left, run.extra_days + (0 if by_units else gap), until)
            paused_on = None
        elif mark.move == "resume":
            raise DateOrder(f"the clock is resumed on {mark.on} but was not paused", f"{mark.on} 恢复计时，但此前没有暂停")
        elif mark.move == "restart":
            run, paused_on = _Run(mark.on, term.length + extra_units), None
        elif mark.move == "extend":
            added = mark.term.length if mark.term else 0
            if mark.term and mark.term.unit != term.unit:
                raise DateOrder(
                    f"the term runs in {term.unit}; an extension in {mark.term.unit} needs a last day (until)",
                    "延期的单位与原期限不同：请改用 until 写明新的截止日",
                )
            extra_units += added
            run = _Run(run.after, run.left + added, run.extra_days, mark.until or run.until)
    return _Run(run.after, run.left, run.extra_days, run.until, paused=paused_on is not None)


def _plain_end(term: Term, run: _Run) -> date:
    """The end of natural units before any roll; month ends clamp to the last day of the month (民法典 202)."""
    if run.until:
        return run.until
    if term.unit in ("months", "years"):
        delta = relativedelta(months=run.left) if term.unit == "months" else relativedelta(years=run.left)
        return run.after + delta + timedelta(days=run.extra_days)
    return run.after + timedelta(days=run.left + run.extra_days)


def _finish(base: Deadline, run: _Run, *, provisional: bool) -> Deadline:
    """The last day of the last leg, rolled where the rule says so, with bounds where it is not known."""
    from attrs import evolve

    calendar, counting = base.calendar, base.counting
    if run.until:
        return evolve(base, on=run.until, at=_closing(run.until, counting), unrolled=run.until)
    try:
        if base.term.unit == "working_days":
            plain = on = calendar.add(run.after, run.left)
        else:
            plain = _plain_end(base.term, run)
            on = _rolled(calendar, counting, run.after, plain)
    except CalendarCoverageError:
        if not provisional:
            raise
        return _estimated(base, run)
    return evolve(base, on=on, at=_closing(on, counting), unrolled=plain)


def _estimated(base: Deadline, run: _Run) -> Deadline:
    from attrs import evolve

    calendar = base.calendar
    if base.term.unit == "working_days":
        guess = estimate_add(calendar, run.after, run.left)
        plain = guess.value
        horizon = calendar.horizon(run.after, run.left)
    else:
        plain = _plain_end(base.term, run)
        guess = estimate_roll(calendar, plain, -1 if base.counting.roll == "previous" else 1)
        horizon = Horizon(calendar.known_until, calendar.known_until - (plain - run.after))
    return evolve(
        base, on=guess.value, at=_closing(guess.value, base.counting), unrolled=plain, provisional=True,
        earliest=guess.earliest, latest=guess.latest, horizon=horizon,
    )  # fmt: skip


def _rolled(calendar: WorkCalendar, counting: Counting, after: date, plain: date) -> date:
    """The last day moved off a rest day as the rule says."""
    if counting.roll == "none":
        return plain
    if counting.roll == "previous":
        return calendar.on_or_before(plain)
    if counting.roll == "tax":
        plain += timedelta(days=sum(_holiday_runs(calendar, after, plain)))
    return calendar.on_or_after(plain)


def _holiday_runs(calendar: WorkCalendar, after: date, until: date) -> Iterator[int]:
    """Lengths of the runs of at least three holidays in (after, until]."""
    length, day = 0, after + ONE_DAY
    while day <= until + ONE_DAY:
        if day <= until and calendar.day(day).kind is DayKind.HOLIDAY:
            length += 1
        else:
            if length >= TAX_RUN:
                yield length
            length = 0
        day += ONE_DAY


def _closing(day: date, counting: Counting) -> datetime:
    """The moment a last day ends: close of business where the rule has one, otherwise 24:00."""
    if counting.office_close:
        return datetime.combine(day, counting.office_close, BEIJING)
    return datetime.combine(day + ONE_DAY, time(), BEIJING)


def _hours(base: Deadline) -> Deadline:
    """Hours run around the clock from the moment, or from the next full hour; pauses take out their own length."""
    from attrs import evolve

    if not isinstance(base.received, datetime):
        raise NaiveDatetime(
            f"a term in {UNIT_NAMES['hours'].en} starts at a moment: give a datetime with a zone", "按小时计算须给出带时区的时刻"
        )
    start = as_moment(base.received)
    if base.counting.hour_start == "next_hour":
        start = start.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    end, paused = start + timedelta(hours=base.term.length), None
    for mark in base.marks:
        moment = as_moment(mark.at) if isinstance(mark.at, datetime) else datetime.combine(mark.at, time(), BEIJING)
        if mark.move == "pause" and paused is None and moment < end:
            paused = max(moment, start)
        elif mark.move == "resume" and paused is not None:
            end, paused = end + max(moment - paused, timedelta()), None
        elif mark.move == "restart":
            end, paused = moment + timedelta(hours=base.term.length), None
        elif mark.move == "extend":
            end = _closing(mark.until, base.counting) if mark.until else end + timedelta(hours=mark.term.length if mark.term else 0)
    if paused is not None:
        return base
    return evolve(base, on=end.date(), at=end, unrolled=end.date())


