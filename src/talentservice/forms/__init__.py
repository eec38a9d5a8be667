"""Printed forms: declared in a region's files, filled in, printed, read back.

What prints and reads is loaded by those who print and read.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from talentservice.forms.blocks import Block, Cell
from talentservice.forms.fields import FormField
from talentservice.forms.fonts import FontSet
from talentservice.forms.layout import layout_faults
from talentservice.forms.rule import FormRule
from talentservice.forms.spec import Form, FormFile, FormGroup, Sum

if TYPE_CHECKING:
    from talentservice.forms.model import FieldProblem
    from talentservice.forms.paper import Printout
    from talentservice.forms.render import Marks
    from talentservice.forms.returned import Returned

_HOMES = {"FieldProblem": "model", "Marks": "render", "Printout": "paper", "Returned": "returned"}

__all__ = [
    "Block",
    "Cell",
    "FieldProblem",
    "FontSet",
    "Form",
    "FormField",
    "FormFile",
    "FormGroup",
    "FormRule",
    "Marks",
    "Printout",
    "Returned",
    "Sum",
    "layout_faults",
]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
