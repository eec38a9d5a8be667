"""Who handles what: a table, or a condition; no match is an explicit none."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Self

from pydantic import Field, model_validator

from talentservice.answers import Answer, Certainty
from talentservice.conditions import Test, Verdict, judge
from talentservice.errors import NotInForce
from talentservice.rules import Rule, Spec
from talentservice.steps import Step
from talentservice.strict import Id, SafeLine


class Route(Spec):
    """Who handles a `matter`.

    Either `to` names who does (several: any one of them), when the condition `when` holds; or `by` names a field and `table`
    says who handles each of its values.
    """

    matter: Id
    when: Test | None = None
    to: list[Id] | None = Field(default=None, min_length=1)
    by: Id | None = None
    table: dict[SafeLine, Id] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.to is None) == (self.table is None) or (self.table is None) != (self.by is None):
            raise ValueError("a route has either to (with an optional when), or by with its table")
        return self


class RouteRule(Rule[Route]):
    """A route of a region."""

    def to(
        self, facts: Mapping[str, object], *, on: date | None = None, as_if_in_force: bool = False
    ) -> Answer[tuple[str, ...] | None]:
        """Who handles a matter with these facts; None when this route does not, or somebody has to decide whether it does.

        A table is looked up by the fact as text, so that a number finds its key.
        """
        assumed = self.ready(on, as_if_in_force=as_if_in_force)
        spec, steps, certainty = self.spec, list[Step](), Certainty.FINAL
        value: tuple[str, ...] | None = None
        if spec.table is not None and spec.by is not None:
            key = facts.get(spec.by)
            named = str(key) if isinstance(key, int) and not isinstance(key, bool) else key
            value = (spec.table[named],) if isinstance(named, str) and named in spec.table else None
            if key is None:
                certainty = Certainty.NEEDS_DECISION
                steps.append(Step("unknown", "未提供：{what}", "not given: {what}", {"what": spec.by}))
            else:
                steps.append(Step("looked-up", "{by} = {key}", "{by} = {key}", {"by": spec.by, "key": key}))
        else:
            verdict, steps = judge(spec.when, facts, on, self.scope) if spec.when else (Verdict.YES, steps)
            value = tuple(spec.to or ()) if verdict is Verdict.YES else None
            certainty = Certainty.NEEDS_DECISION if verdict is Verdict.UNDECIDED else certainty
        steps.append(self._told(value, certainty))
        return self.answer(value, lambda: steps, certainty=certainty, as_if_in_force=assumed)

    def _told(self, value: tuple[str, ...] | None, certainty: Certainty) -> Step:
        if certainty is Certainty.NEEDS_DECISION:
            return Step("undecided", "由谁承接须由人决定", "who handles it needs a decision")
        if value is None:
            return Step("unmatched", "无人承接：没有匹配的规定", "nobody: no provision matches")
        return Step("routed", "由{who}承接", "handled by {who}", {"who": [self.scope.role(name) for name in value]})


def first_match(
    routes: Sequence[RouteRule], facts: Mapping[str, object], *, on: date | None = None, as_if_in_force: bool = False
) -> Answer[tuple[str, ...] | None]:
    """The first route of a matter that matches, in document order; the last answer (none) when no route does.

    A route that needs a decision is not passed over: a later one must not win because a fact is missing.

    Raises:
        NotInForce: none of the routes was in force on that day.
    """
    answer: Answer[tuple[str, ...] | None] | None = None
    outside: NotInForce | None = None
    for route in routes:
        try:
            answer = route.to(facts, on=on, as_if_in_force=as_if_in_force)
        except NotInForce as error:  # another document may lay down who handles it on that day
            outside = error
            continue
        if answer.value is not None or answer.certainty is Certainty.NEEDS_DECISION:
            return answer
    if answer is None:
        raise outside or ValueError("no routes to choose from")
    return answer
