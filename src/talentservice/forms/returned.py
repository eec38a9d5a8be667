"""A form that came back: what was read, and every problem with the cell it stands in."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from talentservice.archives import check_archive
from talentservice.errors import FileRefused, InputError, unread
from talentservice.forms.found import Entry, Found
from talentservice.forms.model import FieldProblem, problem, refused
from talentservice.forms.nesting import nested
from talentservice.forms.paper import Paper
from talentservice.forms.values import accept

LARGEST = 20 * 1024 * 1024


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
        MissingExtra: a Word document needs the extra `docx`; a workbook needs none.
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


def taken_in(paper: Paper, found: Found) -> Returned:
    """The entries as values; what does not fit its field becomes a problem."""
    found.check_identity()
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
        raise FileRefused(*unread(path.name, error)) from None
