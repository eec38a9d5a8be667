"""What a flow is: states, and the steps between them."""

from typing import Literal, Self

from pydantic import Field, model_validator

from talentservice.conditions import Test
from talentservice.labels import Label
from talentservice.rules import Spec
from talentservice.strict import Id, SafeText, Strict


class FlowState(Strict):
    """A state a ticket can be in; a ticket ends in one with `end`."""

    id: Id
    zh: SafeText
    en: SafeText
    end: bool = False

    @property
    def label(self) -> Label:
        """The state's name."""
        return Label(zh=self.zh, en=self.en)


class Flow(Spec):
    """A flow: its states, the first of which is where a ticket begins."""

    states: list[FlowState] = Field(min_length=2)

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        ids = [s.id for s in self.states]
        if len(set(ids)) != len(ids):
            raise ValueError(f"states listed twice: {', '.join(sorted({i for i in ids if ids.count(i) > 1}))}")
        if not any(s.end for s in self.states):
            raise ValueError("no state has end = true: a ticket could never end")
        return self


class FlowStep(Spec):
    """One permitted move of a ticket.

    Attributes:
        flow: the flow it belongs to.
        from_, to: the states it starts from, and the one it leads to.
        by: the roles that may take it.
        event: the kind of event it records.
        needs: the data it cannot do without.
        when: a condition over the command's data and what is known of the ticket.
        parts: the field whose values become the ticket's parts, one each; the first is the lead, the others assist.
        each_part: it is taken for one part; the ticket moves on once `joined` parts have taken it.
        joined: all parts, the lead part, or any one.
        may: the text leaves it to the role's judgement; nobody owes it.
    """

    flow: Id
    from_: list[Id] = Field(alias="from", min_length=1)
    to: Id
    by: list[Id] = Field(min_length=1)
    event: Id
    needs: list[Id] = []
    when: Test | None = None
    parts: Id | None = None
    each_part: bool = False
    joined: Literal["all", "lead", "any"] = "all"
    may: bool = False

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.parts and self.each_part:
            raise ValueError("a step either makes the parts (parts) or is taken for one of them (each_part)")
        return self
