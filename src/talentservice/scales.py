"""Ordered grades; what follows from a grade is a duty on the event that gives it."""

from typing import Self

from pydantic import Field, model_validator

from talentservice.answers import Answer
from talentservice.errors import unknown
from talentservice.labels import Label
from talentservice.rules import Rule, Spec
from talentservice.steps import Step
from talentservice.strict import Id, SafeText, Strict


class Grade(Strict):
    """One grade of a scale."""

    id: Id
    zh: SafeText
    en: SafeText

    @property
    def label(self) -> Label:
        """The grade's name."""
        return Label(zh=self.zh, en=self.en)


class Scale(Spec):
    """Grades from the best (or last stage) down to the worst (or first); a text that prints no score bands has none."""

    grades: list[Grade] = Field(min_length=2)

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        ids = [g.id for g in self.grades]
        if len(set(ids)) != len(ids):
            raise ValueError(f"grades listed twice: {', '.join(sorted({i for i in ids if ids.count(i) > 1}))}")
        return self


class ScaleRule(Rule[Scale]):
    """A scale of a region."""

    def rank(self, grade: str) -> int:
        """The place of a grade, 0 for the best; UnknownName lists the grades."""
        ids = [g.id for g in self.spec.grades]
        if grade not in ids:
            raise unknown(f"grade of {self.id}", f"等次（{self.id}）", grade, ids)
        return ids.index(grade)

    def at_least(self, grade: str, other: str) -> Answer[bool]:
        """Whether a grade is as good as another, or better."""
        self.ready()
        order = [g.label for g in self.spec.grades]
        told = Step("order", "等次由高到低：{order}", "grades from best to worst: {order}", {"order": order})
        return self.answer(self.rank(grade) <= self.rank(other), lambda: (told,))
