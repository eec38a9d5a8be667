"""What a text says about time: a term, and how it is counted."""

from datetime import time
from functools import cached_property
from typing import Literal, Self

from pydantic import model_validator

from talentservice.labels import Label
from talentservice.strict import Count, Id, Strict

Unit = Literal["working_days", "natural_days", "months", "years", "hours"]
UNITS: tuple[Unit, ...] = ("working_days", "natural_days", "months", "years", "hours")
UNIT_NAMES: dict[Unit, Label] = {
    "working_days": Label(zh="个工作日", en="working days"),
    "natural_days": Label(zh="个自然日", en="natural days"),
    "months": Label(zh="个月", en="months"),
    "years": Label(zh="年", en="years"),
    "hours": Label(zh="小时", en="hours"),
}


class Term(Strict):
    """A length of time: exactly one of the fields below.

    The first five are counted. The others stay what the text says: `stated` names the field of the event that
    carries the day, `item_limit` is the service item's own limit, `promptly` is a word without a number, `unstated`
    means no time is printed.
    """

    working_days: Count | None = None
    natural_days: Count | None = None
    months: Count | None = None
    years: Count | None = None
    hours: Count | None = None
    stated: Id | None = None
    item_limit: Literal[True] | None = None
    promptly: Literal[True] | None = None
    unstated: Literal[True] | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        names = type(self).model_fields
        if sum(getattr(self, name) is not None for name in names) != 1:
            raise ValueError(f"a term is exactly one of: {', '.join(names)}")
        return self

    @cached_property
    def unit(self) -> Unit | None:
        """The unit that is counted, None for a term that is not a number."""
        for unit in UNITS:
            if getattr(self, unit) is not None:
                return unit
        return None

    @cached_property
    def length(self) -> int:
        """How many units; 0 for a term that is not a number."""
        unit = self.unit
        return getattr(self, unit) if unit else 0

    @cached_property
    def label(self) -> Label:
        """The term in words."""
        if self.unit:
            name = UNIT_NAMES[self.unit]
            en = name.en if self.length > 1 else name.en.removesuffix("s")
            return Label(zh=f"{self.length}{name.zh}", en=f"{self.length} {en}")
        if self.stated:
            return Label(zh="以单据载明的时限为准", en="the limit stated with it")
        if self.item_limit:
            return Label(zh="按事项规定或承诺的时限", en="the item's own limit")
        if self.promptly:
            return Label(zh="及时（未写明天数）", en="promptly (no number of days is printed)")
        return Label(zh="未写明时限", en="no time is printed")


class Counting(Strict):
    """How a term is counted; each choice names the article it comes from. The defaults are the Civil Code's.

    Attributes:
        start: `next_day`, the day of the event is not counted (民法典 201 para. 1; 民事诉讼法 85 para. 2);
            `same_day`, it is day one, and a term of months or years ends the day before the corresponding day, or on
            the last day of a month that has none (商标法实施条例 12 para. 2).
        hour_start: hours run from the `moment` (民法典 201 para. 2) or from the `next_hour` (民诉法解释 125). They
            run around the clock: neither `receipt` nor `roll` moves them.
        roll: when the last day of natural days, months or years is a rest day: `next` working day (民法典 203
            para. 1; 民事诉讼法 85 para. 3), `previous` one (工资支付暂行规定 7), `none` where liberty is restricted
            (刑事诉讼法 105), `tax` also adds the rest days inside the term that lie in runs of three or more
            (税收征管法实施细则 109). A make-up day is a working day and never rolls. Otherwise rest days inside a
            term of natural days are not deducted.
        receipt: `as_is`, received when it came; `next_working_day`, what comes on a rest day or after
            `intake_cutoff` counts as received on the next working day. No national rule says so: a local one has to.
        intake_cutoff: what comes after this hour is the next working day's; only with `next_working_day`.
        office_close: the last day ends at this hour instead of 24:00 (民法典 203 para. 2).
    """

    start: Literal["next_day", "same_day"] = "next_day"
    hour_start: Literal["moment", "next_hour"] = "moment"
    roll: Literal["next", "previous", "none", "tax"] = "next"
    receipt: Literal["as_is", "next_working_day"] = "as_is"
    intake_cutoff: time | None = None
    office_close: time | None = None

    @model_validator(mode="after")
    def _hours_make_sense(self) -> Self:
        if any(hour is not None and hour.tzinfo for hour in (self.intake_cutoff, self.office_close)):
            raise ValueError("office hours are Beijing time: give them without a zone")
        if self.intake_cutoff is not None and self.receipt == "as_is":
            raise ValueError('intake_cutoff only has a meaning with receipt = "next_working_day"')
        return self


CIVIL = Counting()
