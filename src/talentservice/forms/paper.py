"""A form as paper: its model, its layouts, and a printout of values ready to be written in any format."""

from collections.abc import Mapping
from typing import Any, TypedDict

from attrs import define, field, frozen
from pydantic import BaseModel

from talentservice.errors import InvalidDate
from talentservice.forms.layout import lay_out
from talentservice.forms.model import model_of, validated
from talentservice.forms.nesting import counts, flat
from talentservice.forms.render import MARKS, Marks, Part, render
from talentservice.forms.sheet import Sheet
from talentservice.forms.spec import YEARS, FormFile
from talentservice.strict import as_count

LONG = 200  # rows; a longer list is laid out each time, rather than kept with all its cells
KEPT = 64  # layouts kept for the next time: they differ by the number of rows and the year


class Look(TypedDict, total=False):
    """How a form is printed: `year` in which it is filled in (the printed years move on with it), `marks` the signs for boxes."""

    year: int | None
    marks: Marks | None


@frozen
class Printout:
    """A form laid out and written: what every writer takes. `slots` are the values by slot, blanks left out."""

    sheet: Sheet
    parts: tuple[Part, ...] = field(repr=False)  # personal values stay out of logs
    slots: Mapping[str, object] = field(repr=False)

    @property
    def form(self) -> FormFile:
        """The form it is one of."""
        return self.sheet.form


@define(eq=False)
class Paper:
    """A form with the texts of its notes; models and layouts are made once."""

    form: FormFile
    notes: tuple[str, ...] = ()
    _models: dict[int, type[BaseModel]] = field(factory=dict, repr=False)
    _sheets: dict[tuple[object, ...], Sheet] = field(factory=dict, repr=False)

    def shift(self, year: int | None) -> int:
        """By how many years the printed years move on when the form is filled in in `year`.

        Raises:
            InvalidDate: not a year from 2000 to 2100.
        """
        if year is None or self.form.year is None:
            return 0
        if as_count(year) not in YEARS:
            first, last = YEARS[0], YEARS[-1]
            raise InvalidDate(f"a year from {first} to {last} is due", f"年份应在 {first} 至 {last} 之间")
        return year - self.form.year

    def model(self, year: int | None = None) -> type[BaseModel]:
        """The model of the form's values."""
        shift = self.shift(year)
        if shift not in self._models:
            self._models[shift] = model_of(self.form, shift)
        return self._models[shift]

    def sheet(self, rows: Mapping[str, int], shift: int) -> Sheet:
        """The layout for as many rows."""
        key = (shift, *sorted(rows.items()))
        if key not in self._sheets:
            if len(self._sheets) >= KEPT:
                self._sheets.pop(next(iter(self._sheets)))
            laid = lay_out(self.form, rows, shift=shift, notes=self.notes)
            if sum(rows.values()) > LONG:
                return laid
            self._sheets[key] = laid
        return self._sheets[key]

    def values(self, data: Mapping[str, Any] | BaseModel, year: int | None = None) -> BaseModel:
        """The values, read and checked one by one; FormError holds every problem."""
        model = self.model(year)
        if isinstance(data, model):
            return data
        given = data.model_dump(by_alias=True, exclude_none=True) if isinstance(data, BaseModel) else data
        return validated(self.form, model, given, self.shift(year))

    def printout(
        self, data: Mapping[str, Any] | BaseModel | None = None, year: int | None = None, marks: Marks | None = None
    ) -> Printout:
        """The form with its values; without data a blank one."""
        filled = self.values(data or {}, year).model_dump(by_alias=True)
        shift = self.shift(year)
        sheet, slots = self.sheet(counts(self.form, filled), shift), flat(self.form, filled, shift)
        return Printout(sheet, render(sheet, slots, marks or MARKS), slots)
