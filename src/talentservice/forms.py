"""Printed forms: their declaration, group by group, each group under its clause."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from talentservice.answers import Answer
from talentservice.conditions import Test, fields_of, holds
from talentservice.events import blank
from talentservice.labels import Label
from talentservice.rules import Rule, Spec
from talentservice.steps import Step
from talentservice.strict import Id, SafeLine, SafeText, Strict

FieldType = Literal[
    "text", "long-text", "date", "date-or-month", "year", "year-month", "integer", "decimal", "percent", "bool",
    "choice", "multi-choice", "phone", "phone-or-text", "unit", "unit-list", "text-list",
    "serial", "sequence", "ordinal", "signature", "seal",
]  # fmt: skip


class FormField(Strict):
    """One field: its printed label and type.

    `choices` are printed, `other` adds a blank "other:"; `unit` is printed beside the number. `required`, or `required_when` a
    condition over the form's values holds. `reconstructed` where the source lost the cell and the label is our guess.
    """

    id: Id
    label: Label
    type: FieldType
    choices: list[SafeLine] = []
    other: bool = False
    unit: SafeLine | None = None
    required: bool = False
    required_when: Test | None = None
    reconstructed: bool = False


class Sum(Strict):
    """Fields that must add up to another; where one is blank, nothing is said."""

    total: Id
    of: list[Id] = Field(min_length=2)


class FormGroup(Strict):
    """Fields printed together, and the clause that lays them down; `repeat` where the group is a list with printed rows."""

    id: Id
    clause: SafeText
    label: Label
    fields: list[FormField] = Field(min_length=1)
    repeat: bool = False


class FormFile(Strict):
    """A form file: title as printed, and groups in printed order."""

    id: Id
    title: Label
    groups: list[FormGroup] = Field(min_length=1)
    sums: list[Sum] = []

    @model_validator(mode="after")
    def _names_its_own_fields(self) -> Self:
        fields = [f for group in self.groups for f in group.fields]
        ids = [f.id for f in fields]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"fields listed twice: {', '.join(twice)}")
        named = {name for total in self.sums for name in (total.total, *total.of)}
        named |= {name for f in fields if f.required_when for name in fields_of(f.required_when)}
        stray = sorted(named - set(ids))
        if stray:
            raise ValueError(f"sums and required_when name fields the form does not have: {', '.join(stray)}")
        return self


class Form(Spec):
    """A printed form, laid down in a file of the region."""

    file: SafeLine


class FormRule(Rule[Form]):
    """A form of a region; `layout` is what its file says."""

    @property
    def layout(self) -> FormFile:
        """The form's groups and fields."""
        found = self.scope.forms[self.spec.file]
        assert isinstance(found, FormFile)  # noqa: S101  # the loader has read every declared file
        return found

    def check(self, values: Mapping[str, object]) -> Answer[tuple[str, ...]]:
        """The fields a filled form lacks, and the totals that do not add up, given its values by field id; empty when sound."""
        self.ready()
        fields = [f for group in self.layout.groups for f in group.fields]
        lacking = [f.id for f in fields if blank(values.get(f.id)) and self._required(f, values)]
        wrong = [s.total for s in self.layout.sums if not _adds_up(s, values)]
        names = {f.id: f.label for f in fields}
        told = [Step("lacking", "缺少：{field}", "missing: {field}", {"field": names[i]}) for i in lacking]
        told += [Step("sum", "合计不符：{field}", "does not add up: {field}", {"field": names[i]}) for i in wrong]
        return self.answer((*lacking, *wrong), lambda: told)

    def _required(self, field: FormField, values: Mapping[str, object]) -> bool:
        return field.required or (
            field.required_when is not None and holds(field.required_when, values, None, self.scope)
        )


def _adds_up(total: Sum, values: Mapping[str, object]) -> bool:
    numbers = [values.get(name) for name in (total.total, *total.of)]
    known = [n for n in numbers if isinstance(n, int | Decimal) and not isinstance(n, bool)]
    return len(known) < len(numbers) or known[0] == sum(known[1:])
