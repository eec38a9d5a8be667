"""Chinese local-government policies on serving talents and enterprises, as data that answers, cites and explains."""

from talentservice.answers import Answer, Certainty
from talentservice.calendar import Counting, Period, Term, WorkCalendar, month, year
from talentservice.desk import Desk
from talentservice.errors import TalentServiceError
from talentservice.events import Event, EventLog
from talentservice.flows import Command, Ticket, decide, evolve
from talentservice.labels import Label
from talentservice.people import Post, Relation, Roster
from talentservice.plugins import hookimpl, region, regions
from talentservice.region import Region, load_region
from talentservice.strict import BEIJING

__all__ = [
    "BEIJING",
    "Answer",
    "Certainty",
    "Command",
    "Counting",
    "Desk",
    "Event",
    "EventLog",
    "Label",
    "Period",
    "Post",
    "Region",
    "Relation",
    "Roster",
    "TalentServiceError",
    "Term",
    "Ticket",
    "WorkCalendar",
    "decide",
    "evolve",
    "hookimpl",
    "load_region",
    "month",
    "region",
    "regions",
    "year",
]
