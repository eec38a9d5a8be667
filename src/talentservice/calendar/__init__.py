"""Chinese working days, holiday notices, terms, deadlines and periods."""

from talentservice.calendar.clock import ClockMark
from talentservice.calendar.days import Day, DayKind
from talentservice.calendar.deadlines import Deadline, deadline
from talentservice.calendar.laws import LAWS, Law, law
from talentservice.calendar.notices import Notice, published_notices
from talentservice.calendar.overrides import LocalOverride, read_overrides
from talentservice.calendar.periods import Every, Period, month, year
from talentservice.calendar.terms import Counting, Term
from talentservice.calendar.work import Horizon, WorkCalendar

__all__ = [
    "LAWS",
    "ClockMark",
    "Counting",
    "Day",
    "DayKind",
    "Deadline",
    "Every",
    "Horizon",
    "Law",
    "LocalOverride",
    "Notice",
    "Period",
    "Term",
    "WorkCalendar",
    "deadline",
    "law",
    "month",
    "published_notices",
    "read_overrides",
    "year",
]
