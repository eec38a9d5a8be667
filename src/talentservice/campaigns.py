"""Campaigns: a stretch of days with a beginning and a length."""

from datetime import date, timedelta

from pydantic import field_validator

from talentservice.answers import Answer
from talentservice.calendar import Counting, Period, Term, WorkCalendar, deadline
from talentservice.rules import Rule, Spec
from talentservice.steps import Step


class Campaign(Spec):
    """A campaign: its first day, its length, and how the length is counted."""

    starts: date
    lasts: Term
    counting: Counting = Counting(roll="none")

    @field_validator("lasts")
    @classmethod
    def _in_days(cls, lasts: Term) -> Term:
        if lasts.unit in (None, "hours"):
            raise ValueError("a campaign lasts a number of days, months or years")
        return lasts


class CampaignRule(Rule[Campaign]):
    """A campaign of a region."""

    def period(self, *, calendar: WorkCalendar | None = None) -> Answer[Period]:
        """The days of the campaign; its last day follows from how the length is counted."""
        self.ready()
        spec = self.spec
        end = deadline(self.scope.days(calendar), spec.lasts, spec.starts, counting=spec.counting)
        assert end.on is not None  # noqa: S101  # the model lets no length in that has no last day
        last = end.on
        told = Step(
            "lasts",
            "自{start}起{term}，至{last}",
            "from {start} for {term}, to {last}",
            {"start": spec.starts, "term": spec.lasts.label, "last": last},
        )
        return self.answer(Period(spec.starts, last + timedelta(days=1)), lambda: (told,))
