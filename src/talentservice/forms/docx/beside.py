"""What stands in a Word document beside its text, which no form has: comments, headers and footers, footnotes."""

import re
import zipfile
from collections.abc import Iterator, Sequence

from talentservice.errors import FileRefused
from talentservice.forms.docx.body import Body
from talentservice.forms.docx.lines import where_of
from talentservice.forms.docx.rows import RowReader
from talentservice.forms.docx.stream import parse
from talentservice.forms.docx.words import Words
from talentservice.forms.found import Found, Unseen
from talentservice.forms.matching import unmarked

_PARTS: Sequence[tuple[Unseen, re.Pattern[str]]] = (
    ("comments", re.compile(r"word/comments\.xml")),
    ("headers", re.compile(r"word/(?:header|footer)[0-9]*\.xml")),
    ("footnotes", re.compile(r"word/(?:footnotes|endnotes)\.xml")),
)
_ALWAYS: Sequence[Unseen] = ("pictures",)
# The number of a page, as forms and office programs write it: — 1 —, 第 1 页 共 2 页, Page 1 of 2.
_NUMBER = re.compile(r"[\W_]|第|共|页|page|of|(?<!\d)\d{1,4}(?!\d)", re.IGNORECASE)


def beside(archive: zipfile.ZipFile) -> frozenset[Unseen]:
    """The kinds of parts beside the text in which words stand; in headers and footers words other than the page's number.

    Raises:
        FileRefused: a part is far larger than any form has.
    """
    return frozenset(_kinds(archive))


def _kinds(archive: zipfile.ZipFile) -> Iterator[Unseen]:
    for kind, names in _PARTS:
        if any(
            _says(archive, name, numbered=kind == "headers") for name in archive.namelist() if names.fullmatch(name)
        ):
            yield kind


def _says(archive: zipfile.ZipFile, name: str, *, numbered: bool) -> bool:
    words = _Any(numbered=numbered)
    try:
        parse(archive, name, words)
    except FileRefused as error:
        if error.code not in ("damaged", "file-type"):  # such a part is shown by no program
            raise
    return words.any


class _Any(Words):
    """Whether words stand in a part."""

    def __init__(self, *, numbered: bool) -> None:
        super().__init__()
        self.any, self._numbered = False, numbered

    def finished(self, text: str) -> None:
        """Look at the text of a paragraph."""
        said = unmarked(text)
        self.any = self.any or bool(_NUMBER.sub("", said) if self._numbered else said.strip())
        self.fresh()


def tell(kinds: frozenset[Unseen], reader: RowReader, found: Found) -> None:
    """Note what is not read, each kind where it stands first."""
    shown: frozenset[Unseen] = kinds.union(_ALWAYS)
    for row in reader.body.rows:
        for index, cell in enumerate(row.cells):
            for kind in sorted(cell.unseen & shown):
                found.unseen(kind, reader.where(row, index))
    _tell_paragraphs(reader.body, shown, found)
    for kind in sorted(kinds):
        found.unseen(kind)


def _tell_paragraphs(body: Body, shown: frozenset[Unseen], found: Found) -> None:
    for kind, at in body.unseen.items():
        if kind in shown:
            found.unseen(kind, where_of(body, at))
