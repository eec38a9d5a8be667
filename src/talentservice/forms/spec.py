"""Printed forms as their files declare them: fields, group by group, each group under its clause; then how they are laid out."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property, partial
from itertools import accumulate
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from talentservice.conditions import fields_of
from talentservice.errors import InputError, did_you_mean
from talentservice.forms.blocks import Block, Millimetres
from talentservice.forms.fields import NO_VALUE, FormField
from talentservice.labels import Label
from talentservice.rules import Spec
from talentservice.strict import Id, SafeLine, SafeText, Strict, clean_text

# Files of a form hold its version, as its id, and both are read back: neither is longer than a file can hold.
Version = Annotated[SafeLine, AfterValidator(partial(clean_text, longest=80, lines=False))]
COUNTED = frozenset({"integer", "decimal"})  # what adds up
PORTRAIT, LANDSCAPE = Decimal(156), Decimal(225)  # width of the type area in mm (GB/T 9704), upright and lying
YEARS = range(2000, 2101)  # in which forms are printed and filled in


class Sum(Strict):
    """Fields that must add up to another; where one is blank, nothing is said."""

    total: Id
    of: list[Id] = Field(min_length=2)


class FormGroup(Strict):
    """Fields printed together, and the clause that lays them down.

    `repeat`: they come once a row, under `path` (the group's id). `years`: they come once a year, under `path` too; of `estimated`
    years the form asks an estimate. `year_head` and `estimated_head` are printed above a year's column, `{year}` in them the year.
    The years are those printed in the form's own `year`; a form filled in later moves them on.
    """

    id: Id
    clause: SafeText
    label: Label
    fields: list[FormField] = Field(min_length=1)
    repeat: bool = False
    path: Id | None = None
    years: list[int] = []
    estimated: list[int] = []
    year_head: SafeLine = "{year} 年"
    estimated_head: SafeLine | None = None

    @property
    def at(self) -> str:
        """Where the rows or years of the group stand among a form's values."""
        return self.path or self.id

    @property
    def all_years(self) -> list[int]:
        """The years as printed, those estimated last."""
        return [*self.years, *self.estimated]

    @cached_property
    def own(self) -> dict[str, FormField]:
        """The fields by id."""
        return {f.id: f for f in self.fields}

    def head_of(self, year: int, shift: int) -> str:
        """What stands above the column of a year, as the form words it: an estimated year may have words of its own."""
        words = self.estimated_head if year in self.estimated and self.estimated_head else self.year_head
        return words.replace("{year}", str(year + shift))

    def keys(self) -> list[str]:
        """What the group adds to the form: its fields, or each field's value in each year, as printed row by row."""
        if not self.all_years:
            return [f.id for f in self.fields]
        return [f"{self.at}.{year}.{f.id}" for f in self.fields for year in self.all_years]


class FormFile(Strict):
    """A form file: title as printed, fields in groups, and the layout.

    `heading` is the title with blanks, where it has some; `head` are lines between title and table, `notes` clauses whose summary
    stands below it. `year` is the year whose "last three years" the form prints. `hidden` fields are kept, not printed.
    `label_width` and `row_height` (of a row that holds one line) are millimetres.
    """

    id: Id
    version: Version = "1"
    title: Label
    annex: SafeLine | None = None
    heading: SafeLine | None = None
    year: int | None = Field(default=None, ge=YEARS[0], le=YEARS[-1])
    page: Literal["portrait", "landscape"] = "portrait"
    label_width: Millimetres = Decimal(24)
    row_height: Millimetres = Decimal(7)
    groups: list[FormGroup] = Field(min_length=1)
    sums: list[Sum] = []
    head: list[SafeLine] = []
    layout: list[Block] = []
    notes: list[SafeText] = []
    hidden: list[Id] = []

    @property
    def width(self) -> Decimal:
        """Width of the table in mm."""
        return LANDSCAPE if self.page == "landscape" else PORTRAIT

    @cached_property
    def by_id(self) -> dict[str, FormGroup]:
        """The groups by id."""
        return {g.id: g for g in self.groups}

    @cached_property
    def single(self) -> dict[str, FormField]:
        """The fields that come once, by id."""
        return {f.id: f for g in self.groups if not (g.repeat or g.all_years) for f in g.fields}

    def entries(self) -> Iterator[tuple[FormGroup, FormField]]:
        """Every field that takes a value, with its group."""
        yield from ((g, f) for g in self.groups for f in g.fields if f.type not in NO_VALUE)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        wrong = [*self._places(), *self._names()]
        if any(g.all_years for g in self.groups) and self.year is None:
            wrong.append(("a form with years says in which year they were printed, as in year = 2020", "带年份的表须写明印制年份，如 year = 2020"))  # fmt: skip
        if wrong:
            raise InputError("; ".join(en for en, _ in wrong), "；".join(zh for _, zh in wrong))
        return self

    def _places(self) -> Iterator[tuple[str, str]]:
        """Values that would stand in one place, or one under another."""
        again = [g for g in self.groups if g.repeat or g.all_years]
        once = [f.id for g in self.groups if not (g.repeat or g.all_years) for f in g.fields]
        tables = [[*once, *(g.at for g in again)], *([f.id for f in g.fields] for g in again)]
        twice = sorted({i for ids in tables for i, times in Counter(ids).items() if times > 1})
        if twice:
            yield f"fields listed twice: {', '.join(twice)}", f"重复的栏目：{'、'.join(twice)}"
        under = sorted(
            {
                i
                for ids in tables
                for i in ids
                if not {*accumulate(i.split("."), "{}.{}".format)}.isdisjoint({*ids} - {i})
            }
        )
        if under:
            yield f"fields stand under another: {', '.join(under)}", f"栏目写在另一栏目之下：{'、'.join(under)}"
        both = [g.id for g in self.groups if (g.repeat and g.all_years) or set(g.years) & set(g.estimated)]
        if both:
            yield f"a group comes again by rows or by years, each once: {', '.join(both)}", f"组按行或按年重复，不能并用，年份不能重复：{'、'.join(both)}"  # fmt: skip

    def _names(self) -> Iterator[tuple[str, str]]:
        """Names of fields that sums and conditions use, and the form does not have."""
        used = [
            (name, [i for i, f in self.single.items() if f.type in COUNTED])
            for t in self.sums
            for name in (t.total, *t.of)
        ]
        for group in self.groups:
            known = [f.id for f in group.fields] if group.repeat or group.all_years else list(self.single)
            used += [(name, known) for f in group.fields if f.required_when for name in fields_of(f.required_when)]
        for name, known in used:
            if name not in known:
                near = did_you_mean(name, known)
                en, zh = (f"; did you mean {near!r}?", f"；是否指“{near}”？") if near else ("", "")
                yield f"sums name numbers and required_when fields of the form, not {name!r}{en}", f"sums 须列数字栏目，required_when 须列表中栏目，没有“{name}”{zh}"  # fmt: skip


class Form(Spec):
    """A printed form, laid down in a file of the region.

    `ticket` is the field that carries a ticket's number; `takes` are the steps a returned form stands for, of which the one whose
    condition holds is taken. `done_on` is the field for the day on which it was done: it lies neither before the ticket nor ahead.
    """

    file: SafeLine
    ticket: Id | None = None
    takes: list[Id] = []
    done_on: Id | None = None
