"""The layout of a printed form as its file declares it: rows, groups, matrices, repeated rows, paragraphs, page breaks.

Nobody counts columns: widths are millimetres, and what has none shares what is left.
"""

import re
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from talentservice.errors import InputError
from talentservice.strict import Id, SafeLine, Strict


def _length(value: Any) -> Any:
    if isinstance(value, Decimal) and value.is_finite() and value != round(value, 1):
        raise InputError("lengths are whole tenths of a millimetre", "长度以毫米计，最多一位小数")
    return Decimal(value) if type(value) is int else value


Millimetres = Annotated[Decimal, Field(gt=0, le=400), BeforeValidator(_length)]
SLOT = re.compile(r"\{([a-z0-9._-]+)\}")
BREAK = "page-break"
# What may stand beside each kind of block.
BESIDE = {
    "row": {"label_width", "repeat", "printed", "header"},
    "group": {"rows", "width", "label_width"},
    "matrix": {"corner", "label_width"},
    "heading": set[str](),
    "paragraph": {"optional", "repeat", "printed", "years", "estimated"},
    "page_break": set[str](),
}


class Cell(Strict):
    """A field with its label to the left, or a sentence with blanks (``"已授权 {ip.total} 件"``), with a label where one is given.

    In a file a field's id alone stands for its cell. `foot` is a sentence at the foot of the cell, such as the line for
    signature and seal. Widths and heights are millimetres; `label` replaces the field's own.
    """

    field: Id | None = None
    sentence: SafeLine | None = None
    label: SafeLine | None = None
    label_width: Millimetres | None = None
    width: Millimetres | None = None
    height: Millimetres | None = None
    foot: SafeLine | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return {"field": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if (self.field is None) == (self.sentence is None):
            raise InputError("a cell is a field or a sentence", "单元格应为 field 或 sentence 之一")
        return self


class Block(Strict):
    """One block of the layout: exactly one of the following.

    - `row`: cells side by side; in a file a list alone stands for it.
    - `group`: a label down the left side of the rows in `rows`, `width` wide.
    - `matrix`: a group of fields by year: a column for each year, a row for each field, `corner` in the corner.
    - `repeat`: a repeated group of fields, `printed` blank rows of the cells in `row`; with `header` the labels stand once above.
    - `heading`: a line of its own; `paragraph`: sentences that run on, each with blanks. With `repeat` or `years` its one sentence
      comes again for every row or year, in words of its own for an estimated one (`estimated`); a sentence in `optional` is
      printed only where one of its blanks is filled.
    - ``"page-break"``: what follows begins a new page, and the labels of open groups are printed again.
    """

    row: list[Cell] | None = Field(default=None, min_length=1)
    group: SafeLine | None = None
    width: Millimetres | None = None
    label_width: Millimetres | None = None
    rows: list[Self] | None = Field(default=None, min_length=1)
    matrix: Id | None = None
    corner: SafeLine | None = None
    repeat: Id | None = None
    printed: int = Field(default=1, ge=1, le=50)
    header: bool = False
    heading: SafeLine | None = None
    paragraph: list[SafeLine] | None = Field(default=None, min_length=1)
    optional: list[SafeLine] = []
    years: Id | None = None
    estimated: SafeLine | None = None
    page_break: bool = False

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        if value == BREAK:
            return {"page_break": True}
        if isinstance(value, str):
            raise InputError(f"{value!r} is no block; the only one that is a text is {BREAK!r}", f"没有版式块“{value}”；可写作文本的只有“{BREAK}”")  # fmt: skip
        return {"row": value} if isinstance(value, list) else value

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        heads = [name for name in BESIDE if getattr(self, name)]
        if len(heads) != 1 or (self.group is None) != (self.rows is None):
            raise InputError(
                "a block is one of: row; group with rows; matrix; repeat with row; heading; paragraph; page-break",
                "版式块应为其一：row；group 与 rows；matrix；repeat 与 row；heading；paragraph；page-break",
            )
        stray = sorted(name for name in self.model_fields_set - {*heads, *BESIDE[heads[0]]} if getattr(self, name))
        stray += [n for n in ("printed", "header") if n in self.model_fields_set and not self.repeat and n not in stray]
        stray += ["estimated"] if self.estimated and not self.years and "estimated" not in stray else []
        if stray:
            kind, names = heads[0].replace("_", "-"), ", ".join(stray)
            raise InputError(f"{names}: not for this {kind}", f"此处的 {kind} 不用：{names}")
        if self.paragraph and (self.repeat or self.years) and len(self.paragraph) != 1:
            raise InputError("a paragraph that comes again is one sentence", "重复的段落只写一句")
        if self.repeat and self.years:
            raise InputError("a paragraph comes again by rows or by years, not both", "段落按行或按年重复，不能并用")
        if set(self.optional) - set(self.paragraph or ()):
            raise InputError("optional names sentences of the paragraph", "optional 所列应为该段的句子")
        return self
