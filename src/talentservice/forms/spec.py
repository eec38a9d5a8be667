"""Printed forms as their files declare them: fields, group by group, each group under its clause; then how they are laid out."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from talentservice.conditions import fields_of
from talentservice.errors import InputError
from talentservice.forms.blocks import Block, Millimetres
from talentservice.forms.fields import NO_VALUE, FormField
from talentservice.labels import Label
from talentservice.rules import Spec
from talentservice.strict import Id, SafeLine, SafeText, Strict

PORTRAIT, LANDSCAPE = Decimal(156), Decimal(225)  # width of the type area in mm (GB/T 9704), upright and lying


class Sum(Strict):
    """Fields that must add up to another; where one is blank, nothing is said."""

    total: Id
    of: list[Id] = Field(min_length=2)


class FormGroup(Strict):
    """Fields printed together, and the clause that lays them down.

    `repeat`: they come once a row, under `path` (the group's id). `years`: they come once a year, under `path` too; of `estimated`
    years the form asks an estimate. The years are those printed in the form's own `year`; a form filled in later moves them on.
    """

    id: Id
    clause: SafeText
    label: Label
    fields: list[FormField] = Field(min_length=1)
    repeat: bool = False
    path: Id | None = None
    years: list[int] = []
    estimated: list[int] = []

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
    version: SafeLine = "1"
    title: Label
    annex: SafeLine | None = None
    heading: SafeLine | None = None
    year: int | None = Field(default=None, ge=2000, le=2100)
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
    def _names_its_own_fields(self) -> Self:
        ids = [f.id for g in self.groups if not (g.repeat or g.all_years) for f in g.fields]
        ids += [f"{g.at}.{f.id}" for g in self.groups if g.repeat or g.all_years for f in g.fields]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise InputError(f"fields listed twice: {', '.join(twice)}", f"重复的栏目：{'、'.join(twice)}")
        named = {name for total in self.sums for name in (total.total, *total.of)}
        named |= {name for f in self.single.values() if f.required_when for name in fields_of(f.required_when)}
        stray = sorted(named - set(self.single))
        if stray:
            raise InputError(
                f"sums and required_when name fields the form does not have: {', '.join(stray)}",
                f"sums 或 required_when 所列栏目表中没有：{'、'.join(stray)}",
            )
        if any(g.all_years for g in self.groups) and self.year is None:
            raise InputError(
                "a form with years says in which year they were printed, as in year = 2020",
                "带年份的表须写明印制年份，如 year = 2020",
            )
        return self


class Form(Spec):
    """A printed form, laid down in a file of the region.

    `ticket` is the field that carries a ticket's number; `takes` are the steps a returned form stands for, of which the one whose
    condition holds is taken.
    """

    file: SafeLine
    ticket: Id | None = None
    takes: list[Id] = []
