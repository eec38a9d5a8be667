"""A form of a region: its check, and the paper it becomes and comes back as."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from attrs import evolve

from talentservice.answers import Answer
from talentservice.conditions import holds
from talentservice.errors import WrongType, unknown
from talentservice.events import blank
from talentservice.forms.entered import entered, once
from talentservice.forms.fields import FormField
from talentservice.forms.fonts import FontSet
from talentservice.forms.spec import Form, FormFile, FormGroup, Sum
from talentservice.rules import Rule
from talentservice.steps import Step
from talentservice.strict import clean_text

if TYPE_CHECKING:  # what prints and reads is loaded by those who print and read
    from pydantic import BaseModel

    from talentservice.forms.model import FieldProblem
    from talentservice.forms.paper import Look, Paper, Printout
    from talentservice.forms.returned import Returned

    Values = Mapping[str, Any] | BaseModel | None


_FOUND = {
    "lacking": ("缺少：{field}（{clause}）", "missing: {field} ({clause})"),
    "sum": ("合计不符：{field}（{clause}）", "does not add up: {field} ({clause})"),
}


class FormRule(Rule[Form]):
    """A form of a region, to be filled in, printed and read back.

    Values are given as nested tables or by dotted keys, in their own types or as somebody would write them:
    ``{"enterprise": {"name": "…"}, "items": [{"phone": "…"}], "finance": {"2019": {"profit": "12.5 万元"}}}``.
    `year` is the year in which the form is filled in: the printed years move on with it; without it they stay as printed.
    """

    @property
    def layout(self) -> FormFile:
        """The form as its file declares it."""
        found = self.scope.forms[self.spec.file]
        assert isinstance(found, FormFile)  # noqa: S101  # the loader has read every declared file
        return found

    def check(self, values: Mapping[str, object], *, year: int | None = None) -> Answer[tuple[str, ...]]:
        """The fields a filled form lacks, and the totals that do not add up; empty when sound.

        Args:
            values: nested, by slot, or by field id with a list of rows for a repeated group.
            year: the year in which the form was filled in, as its printed years moved on with it.
        """
        self.ready()
        rows = list(entered(self.layout, values, self.paper.shift(year)))
        lacking = [(at, g, f) for at, g, f, row in rows if blank(row.get(f.id)) and self._required(f, row)]
        single = once(self.layout, values)
        totals = {s.total for s in self.layout.sums if not _adds_up(s, single)}
        wrong = [(at, g, f) for at, g, f, _ in rows if at in totals]
        told = [self._told("lacking", *one) for one in lacking] + [self._told("sum", *one) for one in wrong]
        return self.answer(tuple(at for at, _, _ in (*lacking, *wrong)), lambda: told)

    def shortcomings(self, values: Mapping[str, object], *, year: int | None = None) -> "tuple[FieldProblem, ...]":
        """What `check` finds, as one problem for each field, with the clause that lays the field down."""
        from talentservice.forms.model import lacking

        return tuple(lacking(step) for step in self.check(values, year=year).steps)

    def _told(self, kind: str, at: str, group: FormGroup, field: FormField) -> Step:
        own = f"{self.document.id}:{group.clause}"
        clause = own if own in self.scope.summaries else group.clause
        return Step(kind, *_FOUND[kind], {"field": field.label, "clause": clause, "where": at})

    def _required(self, field: FormField, values: Mapping[str, object]) -> bool:
        return field.required or (
            field.required_when is not None and holds(field.required_when, values, None, self.scope)
        )

    # -- values --------------------------------------------------------------------------------------------------------------

    @cached_property
    def paper(self) -> "Paper":
        """The form as paper."""
        from talentservice.forms.paper import Paper

        return Paper(self.layout, self._notes)

    def model(self, year: int | None = None) -> "type[BaseModel]":
        """The pydantic model of the form's values."""
        return self.paper.model(year)

    def json_schema(self, year: int | None = None) -> dict[str, Any]:
        """The JSON Schema of the form's values."""
        return self.model(year).model_json_schema(by_alias=True)

    def fill(self, *, year: int | None = None, **known: object) -> dict[str, Any]:
        """The form's values as far as domain objects tell them; what they do not tell is left blank.

        What a field takes from them its file says (``source = "talent.name"``); personal values are put in as they are, since
        the form is the office's own.

        Args:
            year: the year in which the form is filled in, for fields that come once a year; these take a table by year.
            known: `talent`, `enterprise`, `ticket`, `visit` (an event) and `post`, as objects or tables. A repeated group takes
                a list under its name, for each row a table of such objects:
                ``fill(items=[{"ticket": first, "enterprise": maker}, {"ticket": second, "enterprise": other}], visit=visit)``.

        Raises:
            UnknownName: the form takes nothing from an object of that name.
            WrongType: it is another object than its name says.
            FormError: the objects hold values the fields do not take; holds every problem.
        """
        from talentservice.forms.sources import filled_from

        return filled_from(self.layout, known, self.paper.shift(year))

    def relabel(self, **labels: str) -> "FormRule":
        """The form with other printed labels for fields whose label the source lost (`reconstructed`); the others stay as printed.

        Raises:
            UnknownName: the label of that field is printed, or there is no such field.
            InvalidText: a label is empty, or holds signs no file can hold.
        """
        lost = [f.id for f in self.layout.single.values() if f.reconstructed]
        for name, text in labels.items():
            if name not in lost:
                raise unknown("reconstructed field", "可改标签的栏目", name, lost)
            clean_text(text)
        groups = [
            g.model_copy(
                update={"fields": [f.model_copy(update={"printed": labels.get(f.id, f.printed)}) for f in g.fields]}
            )
            for g in self.layout.groups
        ]
        # Made anew, not copied: a copy would keep what the form has worked out from its old labels.
        relabelled = FormFile.model_construct(**{**dict(self.layout), "groups": groups})
        forms = {**self.scope.forms, self.spec.file: relabelled}
        return evolve(self, scope=evolve(self.scope, forms=forms))

    # -- paper ---------------------------------------------------------------------------------------------------------------

    def printout(self, data: "Values" = None, **look: "Unpack[Look]") -> "Printout":
        """The form laid out with its values, as the writers take it; without data a blank form.

        Args:
            data: the values.
            look: `year` of filling in, and `marks`, the signs for boxes.

        Raises:
            FormError: values the form does not take; holds every problem.
        """
        return self.paper.printout(data, **look)

    def html(self, data: "Values" = None, *, fonts: FontSet | None = None, **look: "Unpack[Look]") -> str:
        """The form as a self-contained HTML page, to be looked at or printed; `look` as in `printout`."""
        from talentservice.forms.html import to_html

        return to_html(self.printout(data, **look), fonts)

    def docx(self, data: "Values" = None, *, fonts: FontSet | None = None, **look: "Unpack[Look]") -> bytes:
        """The form as a Word document (needs the extra `docx`); `look` as in `printout`."""
        from talentservice.forms.docx import to_docx

        return to_docx(self.printout(data, **look), fonts)

    def xlsx(self, data: "Values" = None, *, fonts: FontSet | None = None, **look: "Unpack[Look]") -> bytes:
        """The form as an Excel workbook (needs the extra `xlsx`); `look` as in `printout`."""
        from talentservice.forms.xlsx import to_xlsx

        return to_xlsx(self.printout(data, **look), fonts)

    def pdf(self, data: "Values" = None, *, fonts: FontSet, **look: "Unpack[Look]") -> bytes:
        """The form as a PDF (needs the extra `pdf`); `look` as in `printout`.

        Raises:
            FormError: no font has the glyph of a sign that is printed; names the signs and where they stand.
        """
        from talentservice.forms.pdf import to_pdf

        return to_pdf(self.printout(data, **look), fonts)

    def read(self, file: "str | PathLike[str] | bytes") -> "Returned":
        """Read a form that was filled in, from an .xlsx or .docx file or what such a file holds.

        Returns:
            What was read, and every problem with its cell; what the form still lacks is told by `check`.

        Raises:
            WrongType: not a path, and not bytes.
            FileRefused: not such a file, or not safe to open.
        """
        from talentservice.forms.returned import read_form

        return read_form(self.paper, _file(file))

    @property
    def _notes(self) -> tuple[str, ...]:
        """The clauses that stand as notes below the table, in our words."""
        known, own = self.scope.summaries, self.document.id
        return tuple(f"注：{(known.get(f'{own}:{name}') or known[name]).zh}。" for name in self.layout.notes)


def _file(file: object) -> Path | bytes:
    if not isinstance(file, str | PathLike | bytes):
        kind = type(file).__name__
        raise WrongType(f"a path or bytes are due, got {kind}", f"应为文件路径或 bytes，收到 {kind}")
    return file if isinstance(file, bytes) else Path(file)


def _adds_up(total: Sum, values: Mapping[str, object]) -> bool:
    numbers = [values.get(name) for name in (total.total, *total.of)]
    known = [n for n in numbers if isinstance(n, int | Decimal) and not isinstance(n, bool)]
    return len(known) < len(numbers) or known[0] == sum(known[1:])
