"""Figures that are measured without a threshold; what a report observed stays an observation."""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from typing import Self

from attrs import field, frozen
from pydantic import Field, model_validator

from talentservice.answers import Answer, Certainty
from talentservice.calendar import Period
from talentservice.events import Event
from talentservice.labels import Label
from talentservice.measures import Measure, found, size
from talentservice.people import NOBODY
from talentservice.rules import Rule, Spec
from talentservice.steps import Step, plain
from talentservice.strict import Id, Strict


class Observed(Strict):
    """What the source reports: a number, a number of a number, or a percentage, and when it was seen."""

    number: int | None = Field(default=None, ge=0)
    of: int | None = Field(default=None, ge=1)
    percent: int | None = Field(default=None, ge=0, le=100)
    about: Label


class Indicator(Spec, Measure):
    """A measure of events, or their share among other events, with the figure the source observed; never a threshold."""

    among: Id | None = None
    observed: Observed | None = None

    @model_validator(mode="after")
    def _of_events(self) -> Self:
        if self.count is None:
            raise ValueError("an indicator counts events: count")
        return self


@frozen
class Figure:
    """What was counted; `share` is exact, None where there is nothing to be a share of."""

    number: int
    of: int | None
    share: Fraction | None
    events: tuple[Event, ...] = field(default=(), repr=False)

    @property
    def label(self) -> Label:
        """The figure in words."""
        if self.of is None:
            return Label(zh=f"{self.number}", en=f"{self.number}")
        share = f"（{self.share.numerator}/{self.share.denominator}）" if self.share is not None else "（不适用）"
        return Label(zh=f"{self.number}/{self.of}{share}", en=f"{self.number} of {self.of}")

    def to_dict(self) -> dict[str, object]:
        """The figure as JSON values, with the events it rests on."""
        share = str(self.share) if self.share is not None else None
        return {
            "number": self.number,
            "of": self.of,
            "share": share,
            "events": [plain(e.to_dict()) for e in self.events],
        }


class IndicatorRule(Rule[Indicator]):
    """An indicator of a region."""

    def figure(
        self, events: Iterable[Event], *, first: date, last: date, as_if_in_force: bool = False
    ) -> Answer[Figure]:
        """The figure over the events from `first` to `last`, both inclusive; what the source observed is told beside it.

        Certain only where the filter could be decided for every event; what could not is not counted, and the answer says so.
        """
        assumed = self.ready(last, as_if_in_force=as_if_in_force)
        period, rows = Period(first, last + timedelta(days=1)), list(events)
        counted = found(self.spec, rows, period, self.scope, posts=(), roster=NOBODY)
        hits, unsure = counted.sure, len(counted.unsure)
        number = size(self.spec, hits)
        base = [e for e in rows if e.kind == self.spec.among and e.on in period]
        of = size(self.spec, base) if self.spec.among else None
        value = Figure(number, of, Fraction(number, of) if of else None, tuple(hits))
        sure = Certainty.NEEDS_DECISION if unsure else Certainty.FINAL
        return self.answer(value, lambda: list(self._told(period, unsure)), certainty=sure, as_if_in_force=assumed)

    def _told(self, period: Period, unsure: int) -> Iterable[Step]:
        yield Step("period", "口径期间：{period}", "period: {period}", {"period": period.label})
        if unsure:
            yield Step(
                "undecided",
                "另有{n}项是否计入须由人决定",
                "{n} more may count: somebody has to decide",
                {"n": unsure},
            )
        seen = self.spec.observed
        if seen is not None:
            parts = [
                str(seen.number) if seen.number is not None else "",
                f"/{seen.of}" if seen.of else "",
                f" {seen.percent}%" if seen.percent is not None else "",
            ]
            facts = {"about": seen.about, "figure": "".join(parts).strip()}
            yield Step(
                "observed",
                "来源所载（{about}）：{figure}，是观察值，不是门槛",
                "the source reports ({about}): {figure}, an observation and no threshold",
                facts,
            )
