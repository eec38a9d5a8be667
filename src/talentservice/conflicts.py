"""Clauses that disagree: shown as such, with the way a deployer may satisfy them."""

from typing import Literal

from pydantic import Field

from talentservice.answers import Answer, Certainty
from talentservice.labels import Label
from talentservice.rules import Rule, Spec
from talentservice.steps import Step
from talentservice.strict import SafeText

Settle = Literal["satisfy-all", "report-all"]
SETTLED: dict[Settle, Label] = {
    "satisfy-all": Label(zh="两者都做到即可", en="doing what both say satisfies them"),
    "report-all": Label(zh="无法同时做到，须由使用方决定", en="both cannot be satisfied: the deployer decides"),
}


class Conflict(Spec):
    """This clause and those in `also` disagree `about` something; `settle` says whether all can be satisfied at once."""

    also: list[SafeText] = Field(min_length=1)
    about: Label
    settle: Settle


class ConflictRule(Rule[Conflict]):
    """A conflict of a region; its citations name every clause that takes part."""

    def shown(self) -> Answer[Label]:
        """What the clauses disagree about, and how it can be settled."""
        self.ready()
        told = Step("settle", "{how}", "{how}", {"how": SETTLED[self.spec.settle]})
        sure = Certainty.FINAL if self.spec.settle == "satisfy-all" else Certainty.NEEDS_DECISION
        return self.answer(self.spec.about, lambda: (told,), certainty=sure)
