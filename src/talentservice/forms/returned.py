"""A form that came back: what was read, and every problem with the cell it stands in."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import define, evolve, field, frozen

from talentservice.archives import check_archive
from talentservice.errors import FileRefused, InputError
from talentservice.forms.model import FieldProblem, problem, refused
from talentservice.forms.nesting import nested
from talentservice.forms.paper import Paper
from talentservice.forms.sheet import Slot
from talentservice.forms.values import accept
from talentservice.labels import Label

LARGEST = 20 * 1024 * 1024


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


@frozen
class Returned:
    """A form read back: `values` are nested as the form takes them, `problems` what could not be read; `year` as the file says.

    `digest` tells this file from others: the same file read twice has the same one.
    """

    values: Mapping[str, Any] = field(repr=False)
    problems: tuple[FieldProblem, ...] = ()
    year: int | None = None
    digest: str = ""

    def sound(self) -> Mapping[str, Any]:
        """The values.

        Raises:
            FormError: a cell is wrong; holds every problem.
        """
        if self.problems:
            raise refused(self.problems)
        return self.values


def read_form(paper: Paper, file: Path | bytes) -> Returned:
    """Read a filled-in form, from .xlsx or .docx by what it holds, whatever its name.

    Raises:
        FileRefused: no such file, not safe to open, another form, or another version of it.
        MissingExtra: the extra `xlsx` or `docx` is not installed.
    """
    data = file if isinstance(file, bytes) else _bytes(file)
    names = check_archive(data)
    if "xl/workbook.xml" in names:
        from talentservice.forms.xlsx import read_xlsx

        found = read_xlsx(paper, data)
    elif "word/document.xml" in names:
        from talentservice.forms.docx import read_docx

        found = read_docx(paper, data)
    else:
        raise FileRefused("the file is no .xlsx or .docx", "文件不是 .xlsx 或 .docx", code="file-type")
    return evolve(taken_in(paper, found), digest=sha256(data).hexdigest())


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


def taken_in(paper: Paper, found: Found) -> Returned:
    """The entries as values; what does not fit its field becomes a problem."""
    check_identity(paper, found.form, found.version)
    problems = list(found.problems)
    slots = dict(_values(found.entries, problems))
    return Returned(nested(paper.form, slots), tuple(problems), found.year)


def _values(entries: Iterable[Entry], problems: list[FieldProblem]) -> Iterable[tuple[str, object]]:
    for entry in entries:
        try:
            yield entry.slot.key, accept(entry.slot.field, entry.raw)
        except InputError as error:
            problems.append(problem(entry.where, entry.slot.key, entry.slot.field, error, entry.raw))


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise FileRefused(
                f"{path.name} is larger than {LARGEST} bytes", f"{path.name} 超过 {LARGEST} 字节", code="too-large"
            )
        return path.read_bytes()
    except OSError as error:
        raise FileRefused(
            f"cannot read {path.name}: {error.strerror}", f"读不到 {path.name}：{error.strerror}"
        ) from None
