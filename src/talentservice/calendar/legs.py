"""A clock of days, months or years: what pauses, resumptions, restarts and extensions leave of its term."""

from collections.abc import Sequence
from datetime import date, timedelta

from attrs import define, evolve, frozen
from dateutil.relativedelta import relativedelta

from talentservice.calendar.clock import ClockMark, not_paused, shortened
from talentservice.calendar.rolls import rolled
from talentservice.calendar.terms import Counting, Term
from talentservice.calendar.work import ONE_DAY, WorkCalendar
from talentservice.errors import CalendarCoverageError, InvalidDate
from talentservice.strict import LAST_DAY

DAYS = ("working_days", "natural_days")


@frozen
class Leg:
    """What is left of a term: `left` units after the day `after`, or a last day that was set, or nothing while paused.

    `begun` is the day after which the term began, `shift` the days that pauses added to months or years, `same_day`
    whether these end the day before the corresponding day.
    """

    begun: date
    after: date
    left: int
    shift: int = 0
    same_day: bool = False
    until: date | None = None
    paused: bool = False


def begin(term: Term, counting: Counting, start: date) -> Leg:
    """The whole term from the day of its receipt."""
    same_day = counting.start == "same_day"
    begun = start - ONE_DAY if same_day else start
    by_days = term.unit in DAYS
    return Leg(begun, begun if by_days else start, term.length, same_day=same_day and not by_days)


def run(calendar: WorkCalendar, term: Term, counting: Counting, start: date, marks: Sequence[ClockMark]) -> Leg:
    """What the marks, in order, leave of the term that began on `start`."""
    if not marks:
        return begin(term, counting, start)
    clock = _Clock(calendar, term, counting, begin(term, counting, start))
    for mark in marks:
        getattr(clock, mark.move)(mark)
    return evolve(clock.leg, paused=clock.paused_on is not None)


def plain_end(term: Term, leg: Leg) -> date:
    """The last day by number; month ends clamp to the last day of the month (民法典 202).

    Raises:
        InvalidDate: it lies after 2100.
    """
    if leg.until:
        return leg.until
    try:
        end = _by_number(term, leg)
    except (OverflowError, ValueError):
        end = None
    if end is None or end > LAST_DAY:
        raise InvalidDate(
            f"{term.label.en} from {leg.after} end after {LAST_DAY}", f"自 {leg.after} 起{term.label.zh}超出 {LAST_DAY}"
        )
    return end


def _by_number(term: Term, leg: Leg) -> date:
    if term.unit == "natural_days":
        return leg.after + timedelta(days=leg.left)
    end = leg.after + (relativedelta(months=leg.left) if term.unit == "months" else relativedelta(years=leg.left))
    if leg.same_day and end.day == leg.after.day:
        end -= ONE_DAY
    return end + timedelta(days=leg.shift)


@define
class _Clock:
    """Takes the marks one by one; the days of a pause are taken out when the clock is resumed."""

    calendar: WorkCalendar
    term: Term
    counting: Counting
    leg: Leg
    paused_on: date | None = None
    lapsed: bool = False
    added: int = 0

    def pause(self, mark: ClockMark) -> None:
        """A pause after the last day, or within a pause, changes nothing."""
        if self.paused_on is not None:
            return
        self.lapsed = self._ended_before(mark.on)
        if not self.lapsed:
            self.paused_on = mark.on

    def resume(self, mark: ClockMark) -> None:
        """The days since the pause do not count."""
        if self.paused_on is None and not self.lapsed:
            raise not_paused(mark)
        if self.paused_on is not None and self.paused_on < mark.on:
            self.leg = self._without(self.paused_on, mark.on)
        self.paused_on, self.lapsed = None, False

    def restart(self, mark: ClockMark) -> None:
        """The whole term anew, from the day after the mark, never from before it was received."""
        whole = begin(self.term, Counting(), max(mark.on, self.leg.begun))
        self.leg = evolve(whole, left=whole.left + self.added)
        self.paused_on, self.lapsed = None, False

    def extend(self, mark: ClockMark) -> None:
        """More units, or a last day that is set; one set during a pause moves only by what is left of the pause."""
        more = mark.added(self.term.unit or "working_days")
        self.added += more
        if mark.until is None:
            leg = self._in_units(self.leg)
            self.leg = evolve(leg, left=leg.left + more)
            return
        if self.paused_on is not None:
            self.paused_on = mark.on
        elif (last := self._last_day()) and mark.until < last:
            raise shortened(mark, last)
        self.leg = evolve(self.leg, until=mark.until)

    def _units(self, after: date, until: date) -> int:
        """Days of the term's kind in (after, until]."""
        if until <= after:
            return 0
        return self.calendar.count(after, until) if self.term.unit == "working_days" else (until - after).days

    def _in_units(self, leg: Leg) -> Leg:
        """The leg with a last day that was set turned into units, so that it can be lengthened."""
        if leg.until is None:
            return leg
        if self.term.unit in DAYS:
            return evolve(leg, left=self._units(leg.after, leg.until), until=None)
        return Leg(leg.begun, leg.until, 0)

    def _without(self, pause: date, resumed: date) -> Leg:
        """The leg without the days from the pause to the day before it is resumed."""
        leg = self._in_units(self.leg)
        if self.term.unit in DAYS:
            used = self._units(leg.after, pause - ONE_DAY)
            # A term paused on a rest day it had been moved over still owes its last day.
            return evolve(leg, after=max(leg.after, resumed - ONE_DAY), left=max(1, leg.left - used))
        since = min(max(pause, leg.begun + ONE_DAY), plain_end(self.term, leg))
        return evolve(leg, shift=leg.shift + max(0, (resumed - since).days))

    def _ended_before(self, day: date) -> bool:
        leg = self.leg
        if leg.until is not None:
            return day > leg.until
        if self.term.unit == "working_days":
            return self._units(leg.after, day - ONE_DAY) >= leg.left
        plain = plain_end(self.term, leg)
        if day <= plain and self.counting.roll != "previous":
            return False
        return day > rolled(self.calendar.is_working, self.counting.roll, leg.begun, plain)

    def _last_day(self) -> date | None:
        """The last day as it stands; None where no notice covers it yet."""
        leg = self.leg
        try:
            if leg.until is None and self.term.unit == "working_days":
                return self.calendar.add(leg.after, leg.left)
            plain = plain_end(self.term, leg)
            return plain if leg.until else rolled(self.calendar.is_working, self.counting.roll, leg.begun, plain)
        except CalendarCoverageError:
            return None
