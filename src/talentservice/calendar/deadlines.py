"""When a term ends, why, and what that rests on: a pure function of receipt, term, marks and calendar."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from attrs import evolve, frozen

from talentservice.calendar.clock import ClockMark
from talentservice.calendar.hours import closing, last_day, run_hours
from talentservice.calendar.legs import Leg, begin, plain_end, run
from talentservice.calendar.provisional import estimate_add, estimate_roll
from talentservice.calendar.rolls import rolled
from talentservice.calendar.terms import CIVIL, Counting, Term
from talentservice.calendar.work import ONE_DAY, Horizon, WorkCalendar
from talentservice.errors import CalendarCoverageError
from talentservice.steps import Step
from talentservice.strict import as_moment, day_of

SHORTEST = {"natural_days": 1, "months": 28, "years": 365}  # days a unit has at least


@frozen(slots=False)  # built faster
class Deadline:
    """The last day of a term.

    `on` is the last day, inclusive; `at` the moment it ends (exclusive) in Beijing time. Both are None while the
    clock is paused and for terms that are not a number. `unrolled` is the last day by number, before a rest day
    moved it; `leg` what the marks left of the term. `provisional` answers carry `earliest` and `latest`, both
    inclusive.
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
    leg: Leg | None = None

    def steps(self) -> tuple[Step, ...]:
        """The explanation, day by day where days were counted."""
        from talentservice.calendar.walk import walk

        return tuple(walk(self))


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
        marks: pauses, resumptions, restarts and extensions of this clock, in any order; those of one moment are
            taken in the order given, and a day without an hour stands for its first moment.
        provisional: answer with bounds when the calendar does not cover a day, instead of raising. A pause whose
            working days are not covered raises all the same.

    Raises:
        CalendarCoverageError: a needed day is not covered by a published notice.
        NaiveDatetime: a time without a zone, or hours that start with a day.
        InvalidDate: the term ends after 2100.
        DateOrder: a resumption without a pause, or an extension to a day before the present last day.
        WrongType: an extension in another unit.
    """
    if marks:
        marks = tuple(sorted(marks, key=lambda mark: mark.moment))
    base = Deadline(term, received, counting, calendar, tuple(marks))
    if term.unit is None:
        return base
    if term.unit == "hours":
        return _of_hours(base)
    try:
        start = deemed(calendar, counting, received)
    except CalendarCoverageError:
        if not provisional:
            raise
        return _of_unknown_receipt(base)
    return _from(base, start, provisional=provisional)


def deemed(calendar: WorkCalendar, counting: Counting, received: date | datetime) -> date:
    """The day on which a receipt counts as received."""
    day = _taken_in(counting, received)
    return day if counting.receipt == "as_is" else calendar.on_or_after(day)


def _taken_in(counting: Counting, received: date | datetime) -> date:
    """The day of the receipt; the day after for what came after the intake cut-off."""
    day = day_of(received)
    if counting.intake_cutoff is not None and isinstance(received, datetime):
        return day + ONE_DAY if as_moment(received).time() > counting.intake_cutoff else day
    return day


def _of_hours(base: Deadline) -> Deadline:
    end = run_hours(base.term, base.counting, base.received, base.marks)
    return base if end is None else evolve(base, on=last_day(end), at=end, unrolled=last_day(end))


def _from(base: Deadline, start: date, *, provisional: bool) -> Deadline:
    """The last day of a term of days, months or years that is taken to begin on `start`."""
    leg = run(base.calendar, base.term, base.counting, start, base.marks)
    if leg.paused:
        return evolve(base, leg=leg)
    try:
        plain, on = _last_day(base, leg)
    except CalendarCoverageError:
        if not provisional:
            raise
        return _estimated(base, leg)
    # Written out, since this is the path of every final answer and evolve takes as long as all the rest.
    return Deadline(
        base.term, base.received, base.counting, base.calendar, base.marks,
        on, closing(on, base.counting), plain, leg=leg,
    )  # fmt: skip


def _last_day(base: Deadline, leg: Leg) -> tuple[date, date]:
    """The last day by number, and where it lies after a roll; one that an extension set stays where it is."""
    calendar = base.calendar
    if leg.until:
        return leg.until, leg.until
    if base.term.unit == "working_days":
        on = calendar.add(leg.after, leg.left)
        return on, on
    plain = plain_end(base.term, leg)
    return plain, rolled(calendar.is_working, base.counting.roll, leg.begun, plain)


def _estimated(base: Deadline, leg: Leg) -> Deadline:
    """The provisional answer: an estimate, its bounds, and the warning which start would still give a final day."""
    calendar, counting = base.calendar, base.counting
    if base.term.unit == "working_days":
        guess = estimate_add(calendar, leg.after, leg.left)
        plain = guess.value
    else:
        plain = plain_end(base.term, leg)
        guess = estimate_roll(calendar, counting.roll, leg.begun, plain)
    return evolve(
        base, on=guess.value, at=closing(guess.value, counting), unrolled=plain, provisional=True, leg=leg,
        earliest=guess.earliest, latest=guess.latest, horizon=_horizon(base),
    )  # fmt: skip


def _horizon(base: Deadline) -> Horizon:
    """The warning of a provisional answer: the last start from which the bare term still ends on a known day."""
    calendar, term = base.calendar, base.term
    if term.unit == "working_days":
        last = (calendar.last_start(term.length) or date.min) + ONE_DAY
    else:
        last = calendar.known_until - timedelta(days=SHORTEST[term.unit or "years"] * term.length - 1)
    while last >= calendar.known_from:
        try:
            _last_day(base, begin(term, base.counting, last))
        except CalendarCoverageError:
            last -= ONE_DAY
        else:
            return Horizon(calendar.known_until, last)
    return Horizon(calendar.known_until, None)


def _of_unknown_receipt(base: Deadline) -> Deadline:
    """A receipt that counts from a working day not known yet: its earliest and its latest start give the bounds."""
    day = _taken_in(base.counting, base.received)
    start = estimate_roll(base.calendar, "next", day, day)
    first, ended, last = (_from(base, on, provisional=True) for on in (start.earliest, start.value, start.latest))
    if ended.on is None:
        return ended
    return evolve(
        ended, provisional=True, horizon=_horizon(base),
        earliest=first.earliest or first.on, latest=last.latest or last.on,
    )  # fmt: skip
