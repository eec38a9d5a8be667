"""What a duty is: somebody does something for somebody, by a time."""

from typing import Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from talentservice.calendar import Counting, Every, Term
from talentservice.calendar.periods import Named
from talentservice.conditions import Test
from talentservice.labels import Label
from talentservice.rules import Spec
from talentservice.strict import Id, Strict


class After(Strict):
    """What starts a duty: one of several kinds of event (that pass `where`), or the lapse of another duty."""

    events: list[Id] = []
    where: Test | None = None
    overdue: Id | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if bool(self.events) == (self.overdue is not None):
            raise ValueError("a duty starts after events or after another duty is overdue, not both and not neither")
        return self


class PeriodDue(Strict):
    """When a duty of every period is due: exactly one of the fields, and `about` beside `day`.

    `before_period`: the last day before it begins. `within_period`: its last day. `day`: that day of its last month, a hard date
    unless `about`. `after_period`: a term counted from its last day. `unstated`: no time is printed.
    """

    before_period: Literal[True] | None = None
    within_period: Literal[True] | None = None
    day: int | None = Field(default=None, ge=1, le=31)
    about: Literal[True] | None = None
    after_period: Term | None = None
    unstated: Literal[True] | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if len(self.model_fields_set - {"about"}) != 1 or (self.about and self.day is None):
            raise ValueError(
                "by is exactly one of: before_period, within_period, day (with about), after_period, unstated"
            )
        return self

    @property
    def label(self) -> Label:
        """The time in words."""
        if self.day:
            zh, en = ("左右", "about ") if self.about else ("", "")
            return Label(zh=f"当月{self.day}日{zh}", en=f"{en}day {self.day} of the month")
        if self.after_period:
            term = self.after_period.label
            return Label(zh=f"期满后{term.zh}", en=f"{term.en} after the period")
        names = {
            "before_period": Label(zh="期初之前", en="before the period"),
            "within_period": Label(zh="期内", en="within the period"),
        }
        return next((names[k] for k in names if getattr(self, k)), Label(zh="未写明时限", en="no time is printed"))


class Duty(Spec):
    """A duty.

    Attributes:
        who: the role that owes it.
        does: the kind of event that fulfils it; of several, any one.
        to: the roles it is owed to; with `to_each` each of them separately.
        after, within: what starts it and the term from there; `after` may be written as one kind of event or a list.
        every, by: the cycle of a duty of every period, and when in it.
        about: the subject (ticket, talent, post …) that ties the fulfilment to what started it.
        contents: what the fulfilling event has to carry.
        counting: how the term is counted, where the text differs from the Civil Code.
        clock: which marks (pause, restart, extend) the text lets stop or lengthen the term.
    """

    who: Id
    does: list[Id] = Field(min_length=1)
    to: list[Id] = []
    to_each: bool = False
    after: After | None = None
    within: Term | None = None
    every: Named | Every | None = None
    by: PeriodDue | None = None
    about: Id | None = None
    contents: list[Id] = []
    counting: Counting = Counting()
    clock: list[Literal["pause", "restart", "extend"]] = []

    @field_validator("does", mode="before")
    @classmethod
    def _one_kind(cls, value: Any) -> Any:  # what TOML holds
        return [value] if isinstance(value, str) else value

    @field_validator("after", mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:  # what TOML holds
        if isinstance(value, str):
            return {"events": [value]}
        if isinstance(value, list):
            return {"events": value}
        if isinstance(value, dict) and isinstance(value.get("event"), str):
            return {"events": [value["event"]], **{k: v for k, v in value.items() if k != "event"}}
        return value

    @model_validator(mode="after")
    def _sound(self) -> Self:
        once = self.after is not None and self.within is not None and self.every is None and self.by is None
        recurring = self.every is not None and self.by is not None and self.after is None and self.within is None
        if not (once or recurring):
            raise ValueError("a duty has either after with within, or every with by")
        if self.within and self.within.stated and set(self.clock) - {"extend"}:
            raise ValueError("a day that is stated can be extended, not paused or restarted: clock")
        if self.to_each and not self.to:
            raise ValueError("to_each needs the list to")
        return self
