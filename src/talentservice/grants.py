"""Money: a rate, a cap, a range, who decides; a maximum is never a promise."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Literal, Self

from attrs import frozen
from pydantic import Field, model_validator

from talentservice.answers import Answer, Certainty
from talentservice.conditions import Test, Verdict, judge
from talentservice.errors import InvalidNumber
from talentservice.labels import Label
from talentservice.rules import Rule, Spec
from talentservice.steps import Step
from talentservice.strict import Id, as_amount

Yuan = int
Rounding = Literal["down-to-fen", "half-up-to-fen"]


class Grant(Spec):
    """Money in yuan for `to`.

    Either a rate (`per_mille` or `percent`) of the field `of`, with an optional cap `at_most`; or a range from `at_least` to
    `at_most`, both inclusive; or a fixed `amount`. `when` says who qualifies. `discretionary` means the text says "may" or "at
    most": the answer is then a maximum or a range somebody (`decides`) chooses from. A rate says how it is rounded.
    """

    to: list[Id] = Field(min_length=1)
    of: Id | None = None
    per_mille: int | None = Field(default=None, ge=1, le=1000)
    percent: int | None = Field(default=None, ge=1, le=100)
    amount: Yuan | None = Field(default=None, ge=1)
    at_least: Yuan | None = Field(default=None, ge=1)
    at_most: Yuan | None = Field(default=None, ge=1)
    when: Test | None = None
    discretionary: bool = False
    decides: Id | None = None
    round: Rounding | None = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        rated = self.per_mille is not None or self.percent is not None
        if rated != (self.of is not None) or rated != (self.round is not None) or (self.per_mille and self.percent):
            raise ValueError("a rate is per_mille or percent, of a field, with its rounding: of and round")
        if rated + (self.amount is not None) + (self.at_least is not None) != 1:
            raise ValueError("a grant is one of: a rate, a fixed amount, a range from at_least to at_most")
        if self.amount and self.at_most:
            raise ValueError("a fixed amount has no upper end: leave out amount or at_most")
        if self.at_least and (self.at_most is None or self.at_least > self.at_most):
            raise ValueError(f"the range is reversed or has no upper end: {self.at_least} to {self.at_most}")
        return self


@frozen
class AmountRange:
    """From `low` to `high` yuan, both inclusive."""

    low: Decimal
    high: Decimal

    @property
    def label(self) -> Label:
        """The range in words."""
        return Label(zh=f"{self.low:,} 至 {self.high:,} 元", en=f"{self.low:,} to {self.high:,} yuan")

    def to_dict(self) -> dict[str, object]:
        """The range as JSON values: exact numbers as text."""
        return {"low": str(self.low), "high": str(self.high)}


Money = Decimal | AmountRange | None


class GrantRule(Rule[Grant]):
    """A grant of a region."""

    def amount(
        self, facts: Mapping[str, object], *, on: date | None = None, as_if_in_force: bool = False
    ) -> Answer[Money]:
        """How much, in yuan: a sum, a range, or None for who does not (or not yet) qualify.

        Args:
            facts: what the condition looks at, and the base of a rate as an int or Decimal in yuan.
            on: the day asked about.
            as_if_in_force: answer for a day on which the document was not in force.

        Raises:
            WrongType, InvalidNumber: the base is not an exact, finite number, or is negative.
        """
        assumed = self.ready(on, as_if_in_force=as_if_in_force)
        spec = self.spec
        verdict, steps = judge(spec.when, facts, on, self.scope) if spec.when else (Verdict.YES, list[Step]())
        value: Money = None
        if verdict is Verdict.YES:
            value = self._money(facts, steps)
        known = verdict is not Verdict.UNDECIDED and not (verdict is Verdict.YES and value is None)
        sure = Certainty.FINAL if known and not (spec.discretionary and value is not None) else Certainty.NEEDS_DECISION
        if value is not None and spec.discretionary:
            who = self.scope.role(spec.decides) if spec.decides else Label(zh="主管部门", en="the authority")
            steps.append(
                Step(
                    "discretionary",
                    "由{who}裁量，此为上限或区间，并非承诺",
                    "{who} decides: a maximum or range, not a promise",
                    {"who": who},
                )
            )
        return self.answer(value, lambda: steps, certainty=sure, as_if_in_force=assumed)

    def _money(self, facts: Mapping[str, object], steps: list[Step]) -> Money:
        spec = self.spec
        if spec.at_least is not None and spec.at_most is not None:
            return AmountRange(Decimal(spec.at_least), Decimal(spec.at_most))
        if spec.amount is not None:
            return Decimal(spec.amount)
        given = facts.get(spec.of or "")
        if given is None:
            steps.append(Step("unknown", "未提供：{what}", "not given: {what}", {"what": spec.of}))
            return None
        base = as_amount(given)
        if base < 0:
            raise InvalidNumber(f"{spec.of} is less than nothing: {base}", f"{spec.of} 不能为负数：{base}")
        per_mille = spec.per_mille or (spec.percent or 0) * 10
        exact, share = _to_the_fen(base, per_mille, spec.round), Decimal(per_mille).scaleb(-3).normalize()
        steps.append(
            Step(
                "rated",
                "{base} 元 × {share} = {exact} 元",
                "{base} yuan × {share} = {exact} yuan",
                {"base": base, "share": share, "exact": exact},
            )
        )
        if spec.at_most is not None and exact > spec.at_most:
            steps.append(Step("capped", "最高 {cap} 元", "at most {cap} yuan", {"cap": spec.at_most}))
            return Decimal(spec.at_most)
        return exact


def _to_the_fen(base: Decimal, per_mille: int, rounding: Rounding | None) -> Decimal:
    """A share of a sum that is not negative, in whole fen; whatever precision the caller's decimals have."""
    fen = Fraction(base) * per_mille / 1000 * 100
    whole = floor(fen + Fraction(1, 2)) if rounding == "half-up-to-fen" else floor(fen)
    return Decimal(f"{whole // 100}.{whole % 100:02}")
