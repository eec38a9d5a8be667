"""The fields of a printed form: what each holds, and how it is named on paper."""

from collections.abc import Mapping
from functools import cached_property
from typing import Literal, Self

from pydantic import model_validator

from talentservice.conditions import Test
from talentservice.errors import InputError, did_you_mean
from talentservice.labels import Label
from talentservice.strict import Id, SafeLine, SafeText, Strict

FieldType = Literal[
    "text", "long-text", "date", "date-or-month", "year", "year-month", "integer", "decimal", "percent", "bool",
    "choice", "multi-choice", "phone", "phone-or-text", "unit", "unit-list", "text-list",
    "serial", "sequence", "ordinal", "signature", "seal",
]  # fmt: skip
NO_VALUE = frozenset({"sequence", "signature", "seal"})  # printed, signed or counted, never entered
NUMBERS = frozenset({"integer", "decimal", "percent", "year", "ordinal"})
LINES = frozenset({"text", "phone", "phone-or-text", "unit", "serial"})
CHOICES = frozenset({"choice", "multi-choice"})
# What may fill a field, by the object it comes from; of a free part the source names an entry: ticket.facts.content.
FREE = frozenset({"facts", "subjects", "data"})
SOURCES: Mapping[str, tuple[str, ...]] = {
    "talent": ("id", "name", "identity", "phone", "born", "facts"),
    "enterprise": ("id", "name", "credit_code", "facts"),
    "ticket": ("number", "state", "facts"),
    "visit": ("id", "kind", "on", "by", "role", "subjects", "data"),
    "post": ("id", "label", "body", "facts"),
}


class FormField(Strict):
    """One field: its label and type.

    `printed` is the label as the form prints it, where blanks or line breaks differ. `choices` are printed, `between` what
    stands between them, `other` is the printed label of free text beside them (`other_boxed` is false where it has no box of
    its own); `boxes` is false where the choices are not printed and one is written out. `unit_at` is where the form prints the
    `unit`: beside the blank, in a heading, or nowhere; then it is only understood, and printed beside a value. `required`, or
    `required_when` a condition over the form's values holds. `hint` is printed where nothing is filled in. `annex`: what does
    not fit goes to an annex page. `personal`: never shown in errors or logs. `reconstructed` where the source lost the cell
    and the label is our guess. `source` names what fills it: ``talent.name``, ``ticket.number`` …
    """

    id: Id
    label: Label
    type: FieldType
    printed: SafeText | None = None
    choices: list[SafeLine] = []
    between: Literal["；", " "] = "；"
    other: SafeLine | None = None
    other_boxed: bool = True
    boxes: bool = True
    unit: SafeLine | None = None
    unit_at: Literal["blank", "heading", "nowhere"] = "blank"
    required: bool = False
    required_when: Test | None = None
    hint: SafeLine | None = None
    annex: bool = False
    personal: bool = False
    reconstructed: bool = False
    source: Id | None = None

    @property
    def shown(self) -> str:
        """The label as printed."""
        return self.printed or self.label.zh

    @property
    def constant(self) -> str | None:
        """The one choice, where there is nothing to choose: the form prints it."""
        return self.choices[0] if self.type == "choice" and len(self.choices) == 1 and not self.other else None

    @cached_property
    def plain(self) -> bool:
        """Whether a line of text is all that its cell ever shows; of most fields it is."""
        return self.type in LINES and not (self.hint or self.unit or self.annex)

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        wrong = [
            (bool(self.choices) != (self.type in CHOICES), "choices belong to choice and multi-choice, and to each of them", "choices 用于 choice 和 multi-choice，且二者必有"),
            (bool(self.other and not self.choices), "'other' stands beside choices, and there are none", "other 须与 choices 并用"),
            (bool(self.unit and self.type not in NUMBERS), "only numbers have a unit", "只有数字有单位"),
            (self.annex and self.type != "long-text", "only a long-text can go on to an annex page", "只有 long-text 可另附页"),
        ]  # fmt: skip
        for found, en, zh in wrong:
            if found:
                raise InputError(
                    f"the field {self.id} is a {self.type}: {en}", f"栏目 {self.id} 的类型是 {self.type}：{zh}"
                )
        if self.source is not None:
            _check_source(self.source)
        return self


def _check_source(source: str) -> None:
    owner, *path = source.split(".")
    parts = SOURCES.get(owner, ())
    if path and path[0] in parts and (path[0] in FREE) == (len(path) > 1) and all(path):
        return
    there_is = [f"{o}.{p}.…" if p in FREE else f"{o}.{p}" for o in ([owner] if parts else SOURCES) for p in SOURCES[o]]
    near = did_you_mean(source, there_is)
    raise InputError(
        f"there is no source {source!r}; there is: {', '.join(there_is)}"
        + (f". Did you mean {near!r}?" if near else ""),
        f"没有来源“{source}”；可用：{'、'.join(there_is)}" + (f"；是否指“{near}”？" if near else ""),
    )
