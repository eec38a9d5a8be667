"""What a quota is: a number to reach, by whom, in which period."""

from typing import Literal, Self

from pydantic import Field, model_validator

from talentservice.calendar import Every
from talentservice.calendar.periods import Named
from talentservice.conditions import Test
from talentservice.labels import Label
from talentservice.measures import Each, Measure
from talentservice.rules import Spec
from talentservice.strict import Count, Id

Strength = Literal["must", "in_principle", "strive"]
STRENGTHS: dict[Strength, Label] = {
    "must": Label(zh="应当", en="must"),
    "in_principle": Label(zh="原则上", en="in principle"),
    "strive": Label(zh="力争", en="strive"),
}


class Quota(Spec, Measure):
    """A number to reach.

    `who` is the role that has to reach it; `each` says per whom: every post with the role (actor), every standing relation of
    such a post (relation), everybody the roster lists as to be served (subject), the posts of every one of `bodies` (body), or
    all together (total). `aim` is the upper end of a range the text prints as "one to two": it is shown, the least number
    decides. `parts` names the quotas that are meant to add up to this one. `among` and `at_least_percent` make it a share of other
    events, counted by the same subject. `applies` limits it to posts whose facts pass; the others are not applicable.
    """

    who: Id
    each: Each = "actor"
    per: Named | Every | None = None
    bodies: list[Id] = []
    at_least: Count | None = None
    at_most: Count | None = None
    exactly: Count | None = None
    aim: Count | None = None
    among: Id | None = None
    at_least_percent: int | None = Field(default=None, ge=1, le=100)
    strength: Strength = "must"
    applies: Test | None = None
    parts: list[Id] = []

    @model_validator(mode="after")
    def _sound(self) -> Self:
        bounds = [b for b in (self.at_least, self.at_most, self.exactly, self.at_least_percent) if b is not None]
        if not bounds or (len(bounds) > 1 and (self.exactly is not None or self.at_least_percent is not None)):
            raise ValueError(
                "a quota has at_least, at_most, exactly or at_least_percent; exactly and at_least_percent stand alone"
            )
        if (self.among is None) != (self.at_least_percent is None):
            raise ValueError("a share needs both among and at_least_percent")
        if self.at_least and self.at_most and self.at_least > self.at_most:
            raise ValueError(f"the least number {self.at_least} is above the most {self.at_most}")
        if self.aim is not None and (self.at_least is None or self.aim <= self.at_least):
            raise ValueError("an aim stands above a least number: at_least")
        if self.count is not None and self.per is None:
            raise ValueError("counting events needs a period: per")
        if (self.each == "body") != bool(self.bodies):
            raise ValueError('each = "body" goes with the list bodies')
        return self
