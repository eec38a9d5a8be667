"""Forms to be filled in: one for each entry, or all entries as the rows of one; and what did not fit."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from talentservice.cli.form.columns import typed_pairs
from talentservice.cli.form.data import Data, Given
from talentservice.cli.form.files import WRITERS, Files, fonts_of, format_of, marks_of, name_for
from talentservice.cli.output import FOUND, leave
from talentservice.cli.output import current as io
from talentservice.errors import FormError, InputError, TalentServiceError
from talentservice.forms import FontSet, FormField, FormRule
from talentservice.forms.entered import found_at
from talentservice.forms.model import FieldProblem
from talentservice.forms.nesting import field_at, put, undotted
from talentservice.forms.render import Marks
from talentservice.forms.values import accept
from talentservice.labels import Label

LISTED = 10  # files that are named on the terminal
Job = tuple[int, Given, Mapping[str, Any]]


@frozen
class Told:
    """What did not fit of one entry; `code` says of what kind the error is, as that of a form too large for its file."""

    entry: Given
    problems: Sequence[FieldProblem]
    code: str = FormError.code

    @classmethod
    def of(cls, entry: Given, error: InputError) -> "Told":
        """An error as what is told of an entry."""
        return cls(entry, problems_of(error), error.code)

    def by_column(self) -> "Told":
        """The same with the columns of a table for places, where the values came from some."""
        return evolve(self, problems=[evolve(p, where=self.entry.column(p) or p.where) for p in self.problems])

    def to_dict(self) -> dict[str, object]:
        """What is told, as plain data."""
        return {**self.entry.where.model_dump(), "code": self.code, "problems": [p.to_dict() for p in self.problems]}


def jobs_of(rule: FormRule, given: Data, base: Mapping[str, Any], year: int | None, told: list[Told]) -> list[Job]:
    """What to write: each entry by itself, or all of them as the rows of one form; what does not fit is added to `told`.

    `base` are the values for every form: an entry that says otherwise does not fit.
    """
    if given.rows_of is None:
        jobs: list[Job] = []
        for number, entry in enumerate(given.entries, start=1):
            values, problems = (entry.values, entry.problems) if entry.problems else _with(rule, base, entry.values)
            if problems:
                told.append(Told(entry, problems))
            else:
                jobs.append((number, entry, values))
        return jobs
    rows: list[Mapping[str, Any]] = []
    for entry in given.entries:
        problems = entry.problems or _wrong(rule, given.rows_of.at, entry.values, year)
        if problems:
            told.append(Told(entry, problems))
        else:
            rows.append(entry.values)
    whole = Given(Label(zh="全表", en="the whole form"), {})
    return [(1, whole, {**base, given.rows_of.at: rows})] if rows else []


def base_of(rule: FormRule, typed: Mapping[str, str], year: int | None) -> dict[str, str]:
    """The values for every form, by slot, as they were typed; each fits its field.

    Raises:
        InputError: one names no field, or does not fit.
    """
    base = typed_pairs(rule.layout, rule.paper.shift(year), typed)
    try:
        rule.paper.values(base, year)
    except InputError as error:
        found = [p for p in problems_of(error) if p.key]
        if not found:
            raise
        en, zh = ("\n".join(f"--set {p.line(lang)}" for p in found) for lang in ("en", "zh"))
        raise InputError(en, zh, code=error.code) from None
    return base


def _with(
    rule: FormRule, base: Mapping[str, str], values: Mapping[str, Any]
) -> tuple[Mapping[str, Any], Sequence[FieldProblem]]:
    """The values with those for every form, and a problem for each of these of which they say something else."""
    clashes: list[str] = []
    tree = undotted(values, clashes)
    if clashes or not base:
        return values, ()  # what is given twice is told by the form
    problems = []
    for key, text in base.items():
        field = field_at(rule.layout, key)
        assert field is not None  # noqa: S101  # it was found by its name
        own = _meant(field, found_at(tree, key))
        if own is None:
            put(tree, key, text)
        if found_at(tree, key) is None or own not in (None, _meant(field, text)):
            problems.append(
                FieldProblem(key, key, field.label, "says something else than --set", "与 --set 所给的值不同")
            )
    return tree, problems


def _meant(field: FormField, value: object) -> object:
    """The value a field would hold; what it does not take as it stands."""
    try:
        return accept(field, value)
    except InputError:
        return value


def _wrong(rule: FormRule, at: str, row: Mapping[str, Any], year: int | None) -> Sequence[FieldProblem]:
    """What is wrong with one row of a list, by the row's own keys: which row it is its entry says."""
    first = f"{at}.0."
    try:
        rule.paper.values({at: [row]}, year)
    except InputError as error:
        own = [(p.key.removeprefix(first), p) for p in problems_of(error)]
        return [evolve(p, key=key, where=key if p.where.zh == p.key else p.where) for key, p in own]
    return ()


def problems_of(error: InputError) -> Sequence[FieldProblem]:
    """The problems an error holds, or the error as one."""
    found = [p for p in getattr(error, "problems", ()) if isinstance(p, FieldProblem)]
    return found or [FieldProblem("", "", Label(zh="文件", en="file"), error.en, error.zh)]


def tracked(jobs: Sequence[Job]) -> Iterator[Job]:
    """The forms behind a progress bar, where somebody is watching."""
    from rich.progress import track

    yield from track(jobs, io.say("写表", "writing"), console=io.err, transient=True, disable=not io.err.is_terminal or len(jobs) == 1)  # fmt: skip


def wrote(files: Files, told: Sequence[Told], given: Data | None, *, as_json: bool) -> None:
    """Say what was written, every problem with the row and column it stands in, and how many of all were written."""
    named = [each.by_column() for each in told]
    if as_json:
        io.json({"written": [str(p) for p in files.written], "refused": [each.to_dict() for each in named]})
    else:
        for path in files.written[:LISTED]:
            io.print(f"{io.say('已写：', 'written: ')}{path}")
        more = len(files.written) - LISTED
        if more > 0:
            io.print(io.say(f"另有 {more} 个文件", f"and {more} more files"))
        for entry, found in ((each.entry, p) for each in named for p in each.problems):
            io.complain(_line(entry, found), "red")
        if told and given and given.many:
            io.print(_counted(given, files, len(told)))
    if told:
        leave(FOUND)


def _counted(given: Data, files: Files, refused: int) -> str:
    """How many of the rows, or forms, were written."""
    every = len(given.entries)
    if given.rows_of is None:
        return io.say(f"共 {every} 份，写出 {every - refused} 份", f"wrote {every - refused} of {every} forms")
    kept = every - refused if files.written else 0
    return io.say(f"共 {every} 行，写入 {kept} 行", f"wrote {kept} of {every} rows")


def _line(entry: Given, found: FieldProblem) -> TalentServiceError:
    """A problem in one line, by its column where it has one."""
    if not found.key:
        return TalentServiceError(f"{entry.where.en}: {found.en}", f"{entry.where.zh}：{found.zh}")
    if entry.column(found):
        en, zh = f"{entry.where.en}, {found.where.en}: {found.en}", f"{entry.where.zh}“{found.where.zh}”：{found.zh}"
        return TalentServiceError(en, zh)
    return TalentServiceError(f"{entry.where.en}, {found.line('en')}", f"{entry.where.zh}，{found.line('zh')}")


def check_year(rule: FormRule, year: int | None) -> None:
    """Raise InputError where a year is named and the form prints none that could move on."""
    if year is not None and rule.layout.year is None:
        raise InputError(
            f"the form {rule.id} prints no years; leave out --year",
            f"表单 {rule.id} 没有印年份；请去掉 --year",
        )


@frozen
class Typed:
    """How a form is printed, as it was typed."""

    year: int | None
    font: list[Path] | None
    marks: str | None


@frozen
class Filler:
    """A form, where it is written to, and how it looks."""

    rule: FormRule
    template: str
    kind: str
    year: int | None
    marks: Marks | None
    fonts: FontSet | None = field(repr=False)

    @classmethod
    def of(cls, rule: FormRule, to: str, kind: str | None, typed: Typed, *, many: bool = False) -> "Filler":
        """What was typed, checked before anything is written; `many` where each of several entries has a file of its own."""
        check_year(rule, typed.year)
        if kind is not None:
            format_of(f"form.{kind}")
        template = name_for(to, rule.layout, rule.id, kind, many=many)
        kind = format_of(template)
        return cls(rule, template, kind, typed.year, marks_of(typed.marks), fonts_of(typed.font, kind))

    def made(self, values: Mapping[str, Any]) -> tuple[bytes, Mapping[str, object]]:
        """The file of a form with these values, and the values by slot."""
        printout = self.rule.printout(values, year=self.year, marks=self.marks)
        return WRITERS[self.kind](printout, self.fonts), printout.slots
