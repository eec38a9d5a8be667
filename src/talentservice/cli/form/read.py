"""Forms that came back, as the command line shows them."""

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import field, frozen

from talentservice.cli.form.data import JSON, LINES
from talentservice.cli.form.naming import name_of
from talentservice.cli.output import current as io
from talentservice.cli.output import program
from talentservice.errors import FileRefused, InputError, MissingExtra, TalentServiceError
from talentservice.forms import FormField, FormGroup, FormRule
from talentservice.forms.entered import Row, entered, once
from talentservice.forms.fields import NO_VALUE
from talentservice.forms.model import FieldProblem
from talentservice.forms.nesting import nested
from talentservice.forms.returned import Returned
from talentservice.forms.values import write
from talentservice.plugins import registry
from talentservice.region import Region
from talentservice.steps import plain

TABLES = (*JSON, *LINES, ".csv")


@frozen
class Back:
    """A file that was read: what it says, or why it was refused."""

    rule: FormRule = field(repr=False)
    path: Path
    returned: Returned | None = None
    refused: TalentServiceError | None = None
    lacking: tuple[FieldProblem, ...] = ()

    @classmethod
    def of(cls, region: Region, rule: FormRule, path: Path) -> "Back":
        """Read a file; one that is refused harms no other."""
        try:
            returned = rule.read(path)
        except MissingExtra:
            raise
        except InputError as error:
            return cls(rule, path, refused=hinted(error, region, rule, path))
        lacking = rule.shortcomings(returned.values, year=returned.year)
        return cls(rule, path, returned, lacking=tuple(p for p in lacking if p.key not in returned.unread))

    @property
    def sound(self) -> bool:
        """Whether something is filled in, everything could be read, nothing is lacking, and the totals add up."""
        read = self.returned
        return read is not None and not (read.problems or self.lacking or self.blank)

    @property
    def blank(self) -> bool:
        """Whether nothing stands in the form but what it prints by itself."""
        read = self.returned
        return read is not None and not read.unread and all(f.constant for _, _, f, _ in _entered(self.rule, read))

    def values(self) -> dict[str, Any]:
        """What the form says as JSON values, as `form fill` takes them."""
        said = _entered(self.rule, self.returned) if self.returned else ()
        return nested(self.rule.layout, {k: write(f, v) if f.type == "percent" else plain(v) for k, _, f, v in said})

    def to_dict(self) -> dict[str, object]:
        """What was read, as JSON values."""
        read, refused = self.returned, self.refused
        return {
            "file": str(self.path),
            "sound": self.sound,
            "blank": self.blank,
            "year": read.year if read else None,
            "values": self.values() if read else None,
            "problems": [p.to_dict() for p in read.problems] if read else [],
            "warnings": [w.to_dict() for w in read.warnings] if read else [],
            "lacking": [p.to_dict() for p in self.lacking],
            "refused": {"code": refused.code, "en": refused.en, "zh": refused.zh} if refused else None,
        }


def hinted(error: InputError, region: Region, rule: FormRule, path: Path) -> InputError:
    """The error, with the command that does what was meant, where there is one."""
    own, file = f"{region.id} {rule.id}", shlex.quote(str(path))
    if error.code == "other-form":
        other = _other(region, rule, path)
        command = f"read {other} {file}" if other else ""
        en, zh = "read it with", "请用此命令读取"
    elif error.code == "other-version":
        command, en, zh = f"blank {own} --to FILE", "a blank of this version", "本版空白表"
    elif error.code == "file-type" and path.suffix.lower() in TABLES:
        command, en, zh = f"fill {own} --data {file} --to OUT", "fill in the form with it", "用它填表"
    else:
        return error
    if not command:
        return error
    said = f"{program()} form {command}"
    return type(error)(f"{error.en}; {en}: {said}", f"{error.zh}；{zh}：{said}", code=error.code)


def _other(own: Region, rule: FormRule, path: Path) -> str:
    """The region and form a file is of, those of its own region first; empty where it is of none that is installed."""
    regions = [own, *(each for each in registry().load_all()[0] if each.id != own.id)]
    forms = ((each, r) for each in regions for r in each.rules("form") if isinstance(r, FormRule))
    return next(
        (f"{each.id} {r.id}" for each, r in forms if (each.id, r.id) != (own.id, rule.id) and _reads(r, path)), ""
    )


def _reads(rule: FormRule, path: Path) -> bool:
    """Whether a file is this form, be it of another version."""
    try:
        rule.read(path)
    except FileRefused as error:
        return error.code == "other-version"
    return True


def show(back: Back, *, headed: bool) -> None:
    """Write what a file says, what is wrong with it, and what it lacks."""
    if headed:
        io.print(str(back.path), "bold")
    if back.returned is None:
        assert back.refused is not None  # noqa: S101  # one of the two is there
        io.print(back.refused.message(io.lang), "red")
        return
    rows = list(_said(back.rule, back.returned))
    if back.blank:
        io.print(io.say("未填写", "nothing is filled in"), "red")
    elif rows:
        io.table(io.say("栏目,内容", "field,value").split(","), rows)
    for problem in back.returned.problems:
        io.print(problem.line(io.lang), "red")
    for warning in back.returned.warnings:
        io.print(warning.line(io.lang), "yellow")
    values = once(back.rule.layout, back.returned.values)
    for problem in back.lacking:
        io.print(_lacking(back.rule, problem, values), "red")


def _lacking(rule: FormRule, problem: FieldProblem, values: Row) -> str:
    """What a form lacks, by the name of its field; of a total also the numbers."""
    name = name_of(rule.layout, problem.key, io.lang, grouped=True)
    sums = [[values.get(each) for each in (s.total, *s.of)] for s in rule.layout.sums if s.total == problem.key]
    wrong = [f"{total} ≠ {'+'.join(map(str, of))}" for total, *of in sums if None not in (total, *of)]
    figures = io.say(f"（{wrong[0]}）", f" ({wrong[0]})") if wrong else ""
    return io.say(f"{name}：{problem.zh}{figures}", f"{name}: {problem.en}{figures}")


Said = tuple[str, FormGroup, FormField, object]


def _entered(rule: FormRule, returned: Returned) -> Iterator[Said]:
    """Everything that is filled in, in printed order."""
    for key, group, each, row in entered(rule.layout, returned.values, rule.paper.shift(returned.year)):
        value = row.get(each.id)
        if value is not None and each.type not in NO_VALUE:
            yield key, group, each, value


def _said(rule: FormRule, returned: Returned) -> Iterator[list[str]]:
    """Label and value of everything that is filled in."""
    for key, _, each, value in _entered(rule, returned):
        unit = f" {each.unit}" if each.unit else ""
        yield [name_of(rule.layout, key, io.lang) or key, f"{write(each, value)}{unit}"]
