"""How a service team is made up."""

from collections.abc import Mapping, Sequence
from typing import Self

from pydantic import model_validator

from talentservice.answers import Answer
from talentservice.labels import Label
from talentservice.rules import Rule, Spec
from talentservice.steps import Step
from talentservice.strict import Count, Id, Strict


class TeamPart(Strict):
    """One part of a team: at least (default one) and at most so many posts; `role` is the role they hold.

    `lead` marks the part the text names as leading; it may mark none, one or several.
    """

    role: Id
    lead: bool = False
    at_least: Count = 1
    at_most: Count | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.at_most is not None and self.at_most < self.at_least:
            raise ValueError(f"the least number {self.at_least} is above the most {self.at_most}")
        return self


class Team(Spec):
    """A team and its parts; `areas` are the areas it covers, where the text names them."""

    parts: list[TeamPart]
    areas: list[Id] = []


class TeamRule(Rule[Team]):
    """A team of a region."""

    @property
    def leads(self) -> tuple[str, ...]:
        """The roles that lead, in order; empty where the text names none."""
        return tuple(part.role for part in self.spec.parts if part.lead)

    def check(self, posts: Mapping[str, Sequence[str]]) -> Answer[tuple[str, ...]]:
        """The roles of the team that are not filled as the text says, given the posts by role; empty when it is complete.

        A post named twice for one role counts once.
        """
        self.ready()
        steps, wrong = [], []
        for part in self.spec.parts:
            have = len(set(posts.get(part.role, ())))
            good = have >= part.at_least and (part.at_most is None or have <= part.at_most)
            wrong += [] if good else [part.role]
            state = Label(zh="齐备" if good else "不符", en="complete" if good else "not as laid down")
            facts = {"role": self.scope.role(part.role), "have": have, "state": state}
            steps.append(Step("part", "{role}：{have}，{state}", "{role}: {have}, {state}", facts))
        return self.answer(tuple(wrong), lambda: steps)
