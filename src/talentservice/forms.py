"""Printed forms: their declaration, group by group, each group under its clause."""

from typing import Literal

from pydantic import Field

from talentservice.labels import Label
from talentservice.rules import Rule, Spec
from talentservice.strict import Id, SafeLine, SafeText, Strict

FieldType = Literal["text", "long-text", "date", "phone-or-text", "signature", "seal"]


class FormField(Strict):
    """One field: its printed label, its type; `reconstructed` where the source lost the cell and the label is our guess."""

    id: Id
    label: Label
    type: FieldType
    reconstructed: bool = False


class FormGroup(Strict):
    """Fields printed together, and the clause that lays them down."""

    id: Id
    clause: SafeText
    label: Label
    fields: list[FormField] = Field(min_length=1)


class FormFile(Strict):
    """A form file: title as printed, and groups in printed order."""

    id: Id
    title: Label
    groups: list[FormGroup] = Field(min_length=1)


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
