"""Forms to be filled in: one for each entry, or all entries as the rows of one; and what did not fit."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from talentservice.cli.form.data import Data, Given
from talentservice.cli.form.files import WRITERS, Files, fonts_of, format_of, marks_of, name_for
from talentservice.cli.output import FOUND, leave
from talentservice.cli.output import current as io
from talentservice.errors import FormError, InputError, TalentServiceError
from talentservice.forms import FontSet, FormRule
from talentservice.forms.entered import found_at
from talentservice.forms.model import FieldProblem
from talentservice.forms.render import Marks
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
    """What to write: each entry by itself, or all of them as the rows of one form; what does not fit is added to `told`."""
    if given.rows_of is None:
        told += [Told(e, e.problems) for e in given.entries if e.problems]
        return [(n, e, _with(base, e.values)) for n, e in enumerate(given.entries, start=1) if not e.problems]
    rows: list[Mapping[str, Any]] = []
    for entry in given.entries:
        problems = entry.problems or _wrong(rule, given.rows_of.at, entry.values, year)
        if problems:
            told.append(Told(entry, problems))
        else:
            rows.append(entry.values)
    whole = Given(Label(zh="全表", en="the whole form"), {})
    return [(1, whole, _with(base, {given.rows_of.at: rows}))] if rows else []


def _with(base: Mapping[str, Any], values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values with those for every form; a form that says otherwise itself is right."""
    return {**{key: value for key, value in base.items() if found_at(values, key) is None}, **values}


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
    def of(cls, rule: FormRule, to: str, kind: str | None, typed: Typed) -> "Filler":
        """What was typed, checked before anything is written."""
        check_year(rule, typed.year)
        if kind is not None:
            format_of(f"form.{kind}")
        template = name_for(to, rule.layout, rule.id, kind)
        kind = format_of(template)
        return cls(rule, template, kind, typed.year, marks_of(typed.marks), fonts_of(typed.font, kind))

    def made(self, values: Mapping[str, Any]) -> tuple[bytes, Mapping[str, object]]:
        """The file of a form with these values, and the values by slot."""
        printout = self.rule.printout(values, year=self.year, marks=self.marks)
        return WRITERS[self.kind](printout, self.fonts), printout.slots
