"""Printed forms: declared in a region's files, filled in, printed, read back."""

from talentservice.forms.blocks import Block, Cell
from talentservice.forms.fields import FormField
from talentservice.forms.fonts import FontSet
from talentservice.forms.layout import layout_faults
from talentservice.forms.rule import FormRule
from talentservice.forms.spec import Form, FormFile, FormGroup, Sum

__all__ = ["Block", "Cell", "FontSet", "Form", "FormField", "FormFile", "FormGroup", "FormRule", "Sum", "layout_faults"]
