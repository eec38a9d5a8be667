"""Forms that came back, as the command line shows them."""

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import field, frozen

from talentservice.cli.form.data import JSON, LINES
from talentservice.cli.output import current as io
from talentservice.cli.output import program
from talentservice.errors import FileRefused, InputError, MissingExtra, TalentServiceError
from talentservice.forms import FormField, FormGroup, FormRule
from talentservice.forms.entered import entered
from talentservice.forms.fields import NO_VALUE
from talentservice.forms.model import FieldProblem
from talentservice.forms.nesting import nested
from talentservice.forms.returned import Returned
from talentservice.forms.values import write
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
        """Whether everything could be read, nothing is lacking, and the totals add up."""
        return self.returned is not None and not self.returned.problems and not self.lacking

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
            "year": read.year if read else None,
            "values": self.values() if read else None,
            "problems": [p.to_dict() for p in read.problems] if read else [],
            "lacking": [p.to_dict() for p in self.lacking],
            "refused": {"code": refused.code, "en": refused.en, "zh": refused.zh} if refused else None,
        }


def hinted(error: InputError, region: Region, rule: FormRule, path: Path) -> InputError:
    """The error, with the command that does what was meant, where there is one."""
    own, file = f"{region.id} {rule.id}", shlex.quote(str(path))
    if error.code == "other-form":
        others = (r for r in region.rules("form") if isinstance(r, FormRule) and r.id != rule.id)
        other = next((r for r in others if _reads(r, path)), None)
        command = f"read {region.id} {other.id} {file}" if other else ""
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
    if rows:
        io.table(io.say("栏目,内容", "field,value").split(","), rows)
    else:
        io.print(io.say("（未填写任何内容）", "(nothing is filled in)"), "dim")
    for problem in (*back.returned.problems, *back.lacking):
        io.print(problem.line(io.lang), "red")


Said = tuple[str, FormGroup, FormField, object]


def _entered(rule: FormRule, returned: Returned) -> Iterator[Said]:
    """Everything that is filled in, in printed order."""
    for key, group, each, row in entered(rule.layout, returned.values, rule.paper.shift(returned.year)):
        value = row.get(each.id)
        if value is not None and each.type not in NO_VALUE:
            yield key, group, each, value


def _said(rule: FormRule, returned: Returned) -> Iterator[list[str]]:
    """Label and value of everything that is filled in."""
    for key, group, each, value in _entered(rule, returned):
        place = key.removeprefix(f"{group.at}.").partition(".")[0] if group.repeat or group.all_years else ""
        before = f"{io.label(group.label)} {int(place) + 1} · " if group.repeat else f"{place} · " if place else ""
        unit = f" {each.unit}" if each.unit else ""
        yield [f"{before}{io.label(each.label)}", f"{write(each, value)}{unit}"]
