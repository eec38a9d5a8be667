"""A form that came back: what was read, and every problem with the cell it stands in."""

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from talentservice.archives import check_archive
from talentservice.denied import unread
from talentservice.errors import FileRefused, InputError
from talentservice.forms.found import Entry, Found
from talentservice.forms.model import FieldProblem, problem, refused
from talentservice.forms.nesting import closed_up, nested
from talentservice.forms.paper import Paper
from talentservice.forms.values import accept

LARGEST = 20 * 1024 * 1024
SEEN = 4096  # bytes that tell whether a file is text
UNPRINTED = re.compile(rb"[\x00-\x08\x0e-\x1f]")
WIDE_TEXT = (b"\xff\xfe", b"\xfe\xff")  # how UTF-16 begins
# Comments once passed over are never gone back into: a text of nothing else would keep the search busy for ever.
WEB_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*", b"BM")


@frozen
class Returned:
    """A form read back: `values` are nested as the form takes them, `problems` what could not be read; `year` as the file says.

    `digest` tells this file from others: the same file read twice has the same one. `unread` are the fields in which something
    stands, or may stand, that could not be read: they are not lacking. `warnings` tell of comments, pictures, signatures and the
    like, which are not read; they make no form unsound.
    """

    values: Mapping[str, Any] = field(repr=False)
    problems: tuple[FieldProblem, ...] = ()
    year: int | None = None
    digest: str = ""
    warnings: tuple[FieldProblem, ...] = ()
    unread: frozenset[str] = frozenset()

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
    _check_kind(data)
    names = check_archive(data)
    if "xl/workbook.xml" in names:
        from talentservice.forms.xlsx import read_xlsx

        found = read_xlsx(paper, data)
    elif "word/document.xml" in names:
        from talentservice.forms.docx import read_docx

        found = read_docx(paper, data)
    elif "mimetype" in names:
        raise _no_form("an OpenDocument file; save it as .xlsx or .docx", " OpenDocument 文件；请另存为 .xlsx 或 .docx")
    else:
        raise _no_form("a zip archive; hand in the forms it holds one by one", "压缩包；请解压后逐份交来")
    return evolve(taken_in(paper, found), digest=sha256(data).hexdigest())


def _check_kind(data: bytes) -> None:
    """What people send in place of a form is called by its name."""
    source_en, source_zh = "ask for the .xlsx or .docx it was made from", "请索取原来的 .xlsx 或 .docx"
    if not data:
        raise FileRefused("the file is empty; ask for it again", "文件是空的；请重新索取", code="file-type")
    if data.startswith(b"%PDF"):
        raise _no_form(f"a PDF; {source_en}", f" PDF；{source_zh}")
    if WEB_PAGE.match(data[:SEEN]):
        raise _no_form("a web page; hand in the .xlsx or .docx", "网页；请交 .xlsx 或 .docx")
    if data.startswith(WIDE_TEXT) or not UNPRINTED.search(data[:SEEN]):
        raise _no_form(
            "text; a table of values is filled into a form, not read as one", "文本；数据表应填入表单，不能作为表单读取"
        )
    if data.startswith(PICTURES):  # after text: a table may begin with "BM"
        raise _no_form(f"a picture; {source_en}", f"图片；{source_zh}")


def _no_form(en: str, zh: str) -> FileRefused:
    return FileRefused(
        f"the file is no .xlsx or .docx but {en}", f"文件不是 .xlsx 或 .docx，而是{zh}", code="file-type"
    )


def taken_in(paper: Paper, found: Found) -> Returned:
    """The entries as values; what does not fit its field becomes a problem, whose key leads to its row among the values."""
    problems = list(found.problems)
    slots = {key: value for key, value in _values(found.entries, problems) if value is not None}
    if found.order:
        order = found.order
        problems.sort(key=lambda p: order(p.where))
    told = [*(p.key for p in problems), *found.unread]
    anew = closed_up(paper.form, [*slots, *told])
    values = nested(paper.form, slots, kept=told)
    renamed = tuple(evolve(p, key=anew[p.key]) for p in problems)
    unread = frozenset(anew[key] for key in told if key and key not in slots)
    return Returned(values, renamed, found.year, warnings=tuple(found.warnings), unread=unread)


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
