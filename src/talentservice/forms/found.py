"""What a reader finds in a file, before anything is made of it: what stands in each blank, and what is not as printed."""

from attrs import define, field, frozen

from talentservice.errors import FileRefused
from talentservice.forms.model import FieldProblem
from talentservice.forms.paper import Paper
from talentservice.forms.sheet import Slot
from talentservice.labels import Label


@frozen
class Entry:
    """What stands in one blank: `where` names its cell as the office program does; `raw` is text, or what the cell holds."""

    where: str
    slot: Slot
    raw: object = field(repr=False)  # may be personal


@define
class Found:
    """What a reader found in a file: its own form, version and year, entries in order, and what is not as printed."""

    form: str | None = None
    version: str | None = None
    year: int | None = None
    entries: list[Entry] = field(factory=list)
    problems: list[FieldProblem] = field(factory=list)

    def unlike(self, where: str, due: str, found: str) -> None:
        """Note that a printed label is not there."""
        shown = found[:40] + ("…" if len(found) > 40 else "")  # noqa: PLR2004  # what fits a line
        due = " ".join(due.split())  # a label may be printed on two lines, a problem is told on one
        label = Label(zh=due or "空白", en=due or "blank")
        self.problems.append(
            FieldProblem(where, "", label, f"'{due}' is printed here, got '{shown}'", f"应为“{due}”，实为“{shown}”")
        )


def check_identity(paper: Paper, form: str | None, version: str | None) -> None:
    """Raise FileRefused where a file says that it is another form, or another version of this one."""
    own = paper.form
    if form is not None and form != own.id:
        raise FileRefused(
            f"the file is the form {form}, not {own.id}", f"文件是表单 {form}，不是 {own.id}", code="other-form"
        )
    if version is not None and version != own.version:
        raise FileRefused(
            f"the file is version {version} of the form {own.id}; version {own.version} is read",
            f"文件是表单 {own.id} 的 {version} 版，现行为 {own.version} 版",
            code="other-version",
        )
