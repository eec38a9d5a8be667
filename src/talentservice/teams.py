"""How a service team is made up."""

from collections.abc import Mapping, Sequence

from talentservice.answers import Answer
from talentservice.labels import Label
from talentservice.rules import Rule, Spec
from talentservice.steps import Step
from talentservice.strict import Count, Id, Strict


class TeamPart(Strict):
    """One part of a team: at least (default one) and at most so many posts; `role` is the role they hold."""

    role: Id
    at_least: Count = 1
    at_most: Count | None = None


class Team(Spec):
    """A team and its parts; `areas` are the areas it covers, where the text names them."""

    parts: list[TeamPart]
    areas: list[Id] = []


class TeamRule(Rule[Team]):
    """A team of a region."""

    def check(self, posts: Mapping[str, Sequence[str]]) -> Answer[tuple[str, ...]]:
        """The roles of the team that are not filled as the text says, given the posts by role; empty when it is complete."""
        self.ready()
        steps, wrong = [], []
        for part in self.spec.parts:
            have = len(posts.get(part.role, ()))
            good = have >= part.at_least and (part.at_most is None or have <= part.at_most)
            wrong += [] if good else [part.role]
            state = Label(zh="齐备" if good else "不符", en="complete" if good else "not as laid down")
            facts = {"role": self.scope.role(part.role), "have": have, "state": state}
            steps.append(Step("part", "{role}：{have}，{state}", "{role}: {have}, {state}", facts))
        return self.answer(tuple(wrong), lambda: steps)
