"""Answers that cite their clauses, explain themselves and say how sure they are."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from attrs import field, frozen

from talentservice.calendar import Horizon
from talentservice.clauses import Citation
from talentservice.errors import Lang
from talentservice.labels import Label, write
from talentservice.steps import Step, plain

T = TypeVar("T")
SCHEMA = "talentservice/answer/1"


class Certainty(StrEnum):
    """How sure an answer is."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    NEEDS_DECISION = "needs-decision"
    NOT_A_DATE = "not-a-date"


CERTAINTIES = {
    Certainty.FINAL: Label(zh="确定", en="final"),
    Certainty.PROVISIONAL: Label(zh="暂定", en="provisional"),
    Certainty.NEEDS_DECISION: Label(zh="须由人决定", en="needs a decision"),
    Certainty.NOT_A_DATE: Label(zh="文件未写明日期", en="the text prints no day"),
}


@frozen
class Answer(Generic[T]):
    """What a rule says.

    Attributes:
        value: the answer itself.
        citations: the clauses it rests on; never empty.
        readings: which reading was used wherever the text can be read in two ways.
        certainty: final, provisional (then `earliest` and `latest`, inclusive, hold), needs a decision, or not a date.
        as_if_in_force: the document was not in force on that day and the caller asked to ignore it.
        amended: the rule was changed by `region.amend`; this is a what-if.
    """

    value: T
    region: str
    rule: str
    question: Label
    citations: tuple[Citation, ...]
    told: Callable[[], tuple[Step, ...]] = field(repr=False, eq=False)
    readings: Mapping[str, str] = field(factory=dict)
    certainty: Certainty = Certainty.FINAL
    earliest: date | None = None
    latest: date | None = None
    warnings: tuple[Horizon, ...] = ()
    as_if_in_force: bool = False
    amended: bool = False

    @property
    def steps(self) -> tuple[Step, ...]:
        """How the answer was reached, in order."""
        return self.told()

    def explain(self, lang: Lang = "zh") -> str:
        """The answer in words: question, value, each step, the clauses."""
        zh = lang == "zh"
        lines = [f"{self.question.text(lang)}{'：' if zh else ': '}{write(_shown(self.value), lang)}"]
        lines += [f"  {step.text(lang)}" for step in self.steps]
        lines += [
            f"  {'依据' if zh else 'basis'} {c}{'：' if zh else ': '}{c.summary.text(lang)}" for c in self.citations
        ]
        lines += [f"  {'口径' if zh else 'reading'} {k} = {v}" for k, v in self.readings.items()]
        if self.certainty is not Certainty.FINAL:
            lines.append(
                f"  {'把握' if zh else 'certainty'}{'：' if zh else ': '}{CERTAINTIES[self.certainty].text(lang)}"
            )
        if self.as_if_in_force:
            lines.append(
                "  当日文件尚未施行或已失效，按假定施行计算"
                if zh
                else "  not in force on that day; answered as if it were"
            )
        if self.amended:
            lines.append(
                "  假设：规则经过修改，非文件原文"
                if zh
                else "  a what-if: the rule was changed, the document does not say so"
            )
        return "\n".join(lines)

    def to_dict(self) -> dict[str, object]:
        """The answer as JSON values, in the form `schemas/answer.json` describes."""
        return {
            "schema": SCHEMA,
            "region": self.region,
            "rule": self.rule,
            "question": plain(self.question),
            "value": value_of(self.value),
            "citations": [c.to_dict() for c in self.citations],
            "steps": [s.to_dict() for s in self.steps],
            "readings": dict(self.readings),
            "certainty": self.certainty.value,
            "earliest": plain(self.earliest),
            "latest": plain(self.latest),
            "warnings": [w.to_dict() for w in self.warnings],
            "as_if_in_force": self.as_if_in_force,
            "amended": self.amended,
        }


def value_of(value: object) -> object:
    """An answer's value as JSON values."""
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if isinstance(value, list | tuple):
        return [value_of(item) for item in value]
    return plain(value)


def _shown(value: object) -> object:
    if isinstance(value, list | tuple):
        return [_shown(item) for item in value] or None
    return getattr(value, "label", value)
