"""Conditions as typed trees: yes, no, or not decided, with the reason for each branch."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Self

from dateutil.relativedelta import relativedelta
from pydantic import Field, model_validator

from talentservice.answers import Answer, Certainty
from talentservice.calendar import Term
from talentservice.events import known_day
from talentservice.labels import Label
from talentservice.rules import Rule, Scope, Spec, rule_of
from talentservice.steps import Step
from talentservice.strict import Id, SafeText, Strict

Value = bool | int | Decimal | date | SafeText


class Verdict(StrEnum):
    """What a condition says."""

    YES = "yes"
    NO = "no"
    UNDECIDED = "undecided"

    @property
    def label(self) -> Label:
        """The verdict in words."""
        return VERDICTS[self]


# Module names, since a member of an enum is found anew each time it is asked for by class and name.
YES, NO, UNDECIDED = Verdict
VERDICTS = {
    YES: Label(zh="符合", en="yes"),
    NO: Label(zh="不符合", en="no"),
    UNDECIDED: Label(zh="须由人决定", en="needs a decision"),
}


class Test(Strict):
    """One node: a group (`all`, `any`, `not`), a field with one comparison, another condition, or a human decision.

    Comparisons: `is` and `one_of` (of a list, any item), `at_least`, `at_most`, `count` and `count_at_least` (how many items a list
    has), `within` (a term of days, months or years up to the day asked about, both ends inclusive). Dates may come as ISO text;
    a truth value is never a number. `decision` says what somebody has to judge; the answer, true or false, is then read from
    `field`. An absent field, and one that cannot be compared, leaves the node undecided.
    """

    all: list[Self] | None = Field(default=None, min_length=1)
    any: list[Self] | None = Field(default=None, min_length=1)
    not_: Self | None = Field(default=None, alias="not")
    condition: Id | None = None
    decision: Label | None = None
    field: Id | None = None
    is_: Value | None = Field(default=None, alias="is")
    one_of: list[Value] | None = Field(default=None, min_length=1)
    at_least: int | Decimal | date | None = None
    at_most: int | Decimal | date | None = None
    count: int | None = Field(default=None, ge=0)
    count_at_least: int | None = Field(default=None, ge=0)
    within: Term | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        heads = [k for k in ("all", "any", "not_", "condition") if getattr(self, k) is not None]
        compare = [k for k in COMPARISONS if getattr(self, k) is not None]
        if self.field is None and self.decision is None:
            good = len(heads) == 1 and not compare
        else:
            good = not heads and self.field is not None and len(compare) == (0 if self.decision else 1)
        if not good:
            raise ValueError(
                "a test is one of: all, any, not, condition; or a field with one of "
                + ", ".join(COMPARISONS).replace("_,", ",")
            )
        if self.within is not None and self.within.unit not in ("months", "years", "natural_days"):
            raise ValueError("within takes years, months or natural_days")
        return self


LISTS = (list, tuple, set, frozenset)
COMPARISONS = ("is_", "one_of", "at_least", "at_most", "count", "count_at_least", "within")


class Condition(Test, Spec):
    """A named condition; with `open`, what its list does not name is not excluded: a no becomes a human decision."""

    open: bool = False


OPEN_LIST = Step(
    "open-list", "列举未尽，未列明者须由人认定", "the list is open: what it does not name needs a decision"
)


def judge(
    test: Test, facts: Mapping[str, object], on: date | None, scope: Scope | None = None
) -> tuple[Verdict, list[Step]]:
    """Judge a test over facts.

    Args:
        test: the tree.
        facts: what is known; a missing or None field is unknown.
        on: the day `within` looks back from.
        scope: where other conditions are found.
    """
    steps: list[Step] = []
    return _judge(test, facts, on, scope, steps), steps


def holds(test: Test, facts: Mapping[str, object], on: date | None, scope: Scope | None = None) -> bool:
    """Whether the facts pass a test for certain; `judge` says why."""
    return _judge(test, facts, on, scope, None) is YES


def _judge(
    test: Test, facts: Mapping[str, object], on: date | None, scope: Scope | None, steps: list[Step] | None
) -> Verdict:
    if test.field is None:  # what has a field is no group, and most nodes have one
        if test.all is not None:
            return _every([_judge(t, facts, on, scope, steps) for t in test.all])
        if test.any is not None:
            return _some([_judge(t, facts, on, scope, steps) for t in test.any])
        if test.not_ is not None:
            return _inverse(_judge(test.not_, facts, on, scope, steps))
        if test.condition is not None and scope is not None:
            other = rule_of(scope, "condition", test.condition)
            return _named(other.spec, facts, on, scope, steps)
    value = facts.get(test.field or "")
    verdict = _leaf(test, value, on)
    if steps is not None:
        steps.append(_told(test, value, verdict))
    return verdict


def _named(
    spec: Condition, facts: Mapping[str, object], on: date | None, scope: Scope | None, steps: list[Step] | None
) -> Verdict:
    verdict = _judge(spec, facts, on, scope, steps)
    if verdict is NO and spec.open:
        if steps is not None:
            steps.append(OPEN_LIST)
        return UNDECIDED
    return verdict


def _every(verdicts: Sequence[Verdict]) -> Verdict:
    if NO in verdicts:
        return NO
    return UNDECIDED if UNDECIDED in verdicts else YES


def _some(verdicts: Sequence[Verdict]) -> Verdict:
    if YES in verdicts:
        return YES
    return UNDECIDED if UNDECIDED in verdicts else NO


def _inverse(verdict: Verdict) -> Verdict:
    return {YES: NO, NO: YES}.get(verdict, verdict)


def _leaf(test: Test, value: object, on: date | None) -> Verdict:
    if value is None:
        return UNDECIDED
    held = _decided(value) if test.decision else _compare(test, value, on)
    return UNDECIDED if held is None else YES if held else NO


def _told(test: Test, value: object, verdict: Verdict) -> Step:
    if value is None:
        what = test.decision or test.field or test.condition
        return Step("unknown", "未提供：{what}", "not given: {what}", {"what": what})
    shown = {"field": test.field, "value": value, "verdict": verdict.label}
    return Step("tested", "{field} = {value}：{verdict}", "{field} = {value}: {verdict}", shown)


def _compare(test: Test, value: object, on: date | None) -> bool | None:
    """Whether the field's value passes; None when it cannot be compared."""
    wanted = test.is_
    if wanted is not None:
        return any(_same(one, wanted) for one in value) if isinstance(value, LISTS) else _same(value, wanted)
    if test.one_of is not None:
        held = value if isinstance(value, LISTS) else [value]
        return any(_same(one, item) for one in held for item in test.one_of)
    if test.count is not None or test.count_at_least is not None:
        if not isinstance(value, LISTS):
            return None
        size = len(value)
        return size == test.count if test.count is not None else size >= (test.count_at_least or 0)
    if test.within is not None:
        return _recent(known_day(value), test.within, on)
    return _bounded(test, value)


def _decided(value: object) -> bool | None:
    """What somebody judged; None for anything but yes or no."""
    return value if isinstance(value, bool) else None


def _same(value: object, wanted: object) -> bool:
    if isinstance(wanted, date):
        return known_day(value) == wanted
    return isinstance(value, bool) == isinstance(wanted, bool) and value == wanted


def _bounded(test: Test, value: object) -> bool | None:
    low = test.at_least is not None
    bound = test.at_least if low else test.at_most
    if isinstance(bound, date):
        day = known_day(value)
        return None if day is None else day >= bound if low else day <= bound
    if bound is None or isinstance(value, bool) or not isinstance(value, int | Decimal) or Decimal(value).is_nan():
        return None
    return value >= bound if low else value <= bound


def _recent(value: date | None, term: Term, on: date | None) -> bool | None:
    if value is None or on is None:
        return None
    unit = "days" if term.unit == "natural_days" else str(term.unit)
    return on - relativedelta(**{unit: term.length}) <= value <= on  # type: ignore[arg-type]  # unit is years, months or days


def fields_of(test: Test) -> Iterator[Id]:
    """Every field the tree looks at, in order."""
    if test.field:
        yield test.field
    for child in [*(test.all or []), *(test.any or []), *([test.not_] if test.not_ else [])]:
        yield from fields_of(child)


def conditions_of(test: Test) -> Iterator[Id]:
    """Every other condition the tree refers to."""
    if test.condition:
        yield test.condition
    for child in [*(test.all or []), *(test.any or []), *([test.not_] if test.not_ else [])]:
        yield from conditions_of(child)


class ConditionRule(Rule[Condition]):
    """A condition of a region."""

    def judge(
        self, facts: Mapping[str, object], *, on: date | None = None, as_if_in_force: bool = False
    ) -> Answer[Verdict]:
        """Whether the facts meet the condition on that day.

        Args:
            facts: field values; leave out what is not known.
            on: the day asked about; needed where the condition looks back in time.
            as_if_in_force: answer for a day on which the document was not in force.
        """
        assumed = self.ready(on, as_if_in_force=as_if_in_force)
        steps: list[Step] = []
        verdict = _named(self.spec, facts, on, self.scope, steps)
        sure = Certainty.NEEDS_DECISION if verdict is UNDECIDED else Certainty.FINAL
        return self.answer(verdict, lambda: steps, certainty=sure, as_if_in_force=assumed)
