"""A clock of hours: it runs around the clock, on rest days too."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from attrs import define

from talentservice.calendar.clock import ClockMark, not_paused, shortened
from talentservice.calendar.terms import Counting, Term
from talentservice.calendar.work import ONE_DAY
from talentservice.errors import InvalidDate, NaiveDatetime
from talentservice.strict import BEIJING, as_day, as_moment


def closing(day: date, counting: Counting) -> datetime:
    """The moment a last day ends: close of business where the rule has one, otherwise 24:00."""
    if counting.office_close:
        return datetime.combine(day, counting.office_close, BEIJING)
    return datetime.combine(day + ONE_DAY, time(), BEIJING)


def last_day(end: datetime) -> date:
    """The day on which the last instant before `end` lies: a term that ends at 24:00 ends on the day before."""
    return (end - timedelta.resolution).date()


def run_hours(term: Term, counting: Counting, received: date | datetime, marks: Iterable[ClockMark]) -> datetime | None:
    """The moment the hours end; None while the clock is paused.

    Raises:
        NaiveDatetime: the receipt is a day, or a time without a zone.
    """
    if not isinstance(received, datetime):
        raise NaiveDatetime(
            f"a term in hours starts at a moment; got the day {as_day(received)}: give a datetime with a zone",
            f"按小时计算须给出带时区的时刻，收到日期 {as_day(received)}",
        )
    start = as_moment(received)
    clock = _Hours(term, counting, start, _ends(term, counting, start, term.length))
    for mark in marks:
        getattr(clock, mark.move)(mark)
    return None if clock.paused_at else clock.end


def _ends(term: Term, counting: Counting, moment: datetime, hours: int) -> datetime:
    if counting.hour_start == "next_hour":
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    try:
        end = moment + timedelta(hours=hours)
        as_day(end.date())
    except (OverflowError, InvalidDate):
        raise InvalidDate(
            f"{term.label.en} from {moment} end after 2100", f"自 {moment} 起{term.label.zh}超出 2100 年"
        ) from None
    return end


@define
class _Hours:
    """Takes the marks one by one; a day without an hour stands for its first moment, and for a restart for its end."""

    term: Term
    counting: Counting
    start: datetime
    end: datetime
    paused_at: datetime | None = None
    lapsed: bool = False
    added: int = 0

    def pause(self, mark: ClockMark) -> None:
        """A pause after the end, or within a pause, changes nothing."""
        if self.paused_at is None:
            self.lapsed = mark.moment >= self.end
            self.paused_at = None if self.lapsed else max(mark.moment, self.start)

    def resume(self, mark: ClockMark) -> None:
        """The end moves by the length of the pause."""
        if self.paused_at is None and not self.lapsed:
            raise not_paused(mark)
        if self.paused_at is not None:
            self.end += max(mark.moment - self.paused_at, timedelta())
        self.paused_at, self.lapsed = None, False

    def restart(self, mark: ClockMark) -> None:
        """All hours anew, with what extended them."""
        moment = mark.moment if isinstance(mark.at, datetime) else mark.moment + ONE_DAY
        self.start = max(moment, self.start)
        self.end = _ends(self.term, self.counting, self.start, self.term.length + self.added)
        self.paused_at, self.lapsed = None, False

    def extend(self, mark: ClockMark) -> None:
        """More hours, or a last day that is set; one set during a pause moves only by what is left of the pause."""
        more = mark.added("hours")
        self.added += more
        if mark.until is None:
            self.end += timedelta(hours=more)
            return
        end = closing(mark.until, self.counting)
        if self.paused_at is not None:
            self.paused_at = max(mark.moment, self.start)
        elif end < self.end:
            raise shortened(mark, last_day(self.end))
        self.end = end
