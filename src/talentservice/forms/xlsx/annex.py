"""Annex pages of a workbook: a long text stands there in rows of its own, and is put together again when it is read.

A text merged over many rows would be cut: an office program leaves out pages on which no cell begins.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from attrs import define

from talentservice.forms.matching import unmarked
from talentservice.forms.render import PADDING, SIGN, annex_heading, annex_pointer
from talentservice.forms.sheet import Slot
from talentservice.forms.spec import FormFile
from talentservice.forms.xlsx.cells import Book
from talentservice.forms.xlsx.names import ANNEX
from talentservice.workbooks import Where

GOES_ON = "\u2060"  # begins a row that goes on with the one above; no value can hold it
MOST_LINES = 8  # of a row: a program moves a row that does not fit to the next page as a whole
_HEADING = re.compile(r"附页\d+：")
_POINTER = re.compile(r"（见附页(\d{1,3})）")
_ENDS = "。！？；"


def pieces_of(text: str, width: int) -> Iterator[str]:
    """A text as the rows of an annex page of this width: one for each paragraph, of a long one several."""
    most = MOST_LINES * max((width - PADDING) // SIGN, 1)
    for number, paragraph in enumerate(text.split("\n")):
        # What looks like the heading of another annex page is no row of its own.
        mark = f"{GOES_ON}\n" if number and _HEADING.match(paragraph) else ""
        rest = paragraph
        while len(rest) > most:
            end = max(rest.rfind(sign, most // 2, most) for sign in _ENDS) + 1 or most
            yield mark + rest[:end]
            mark, rest = GOES_ON, rest[end:]
        yield mark + rest


def joined(pieces: Sequence[str]) -> str:
    """The text of rows; each row is a paragraph, unless it goes on with the one above."""
    return "".join(
        p.removeprefix(GOES_ON) if p.startswith(GOES_ON) or not i else f"\n{p}" for i, p in enumerate(pieces)
    )


@define
class Annexes:
    """The annex pages of a workbook that came back: the rows of their headings in order, and the row after the form."""

    book: Book
    headings: Sequence[int]
    named: Mapping[str, Where]

    @classmethod
    def of(cls, book: Book, form: FormFile) -> "Annexes":
        """Find them by the names of their texts; their headings tell where those are lost."""
        named = {key: where for (kind, key), where in book.named.items() if kind == ANNEX}
        labels = [re.escape(annex_heading(f, 0)[4:]) for g in form.groups for f in g.fields if f.annex]
        first = min((row for row, _ in named.values()), default=book.end if book.named else 0)
        rows = {row - 1 for row, _ in named.values()}
        if labels:
            heading = re.compile(rf"附页\d+：(?:{'|'.join(labels)})")
            rows |= {row for row in book.cells if row >= first and heading.fullmatch(unmarked(book.text(row, 0)))}
        # A text may begin with what looks like a heading: it stands right below its own.
        kept: list[int] = []
        for row in sorted(rows):
            if not kept or row > kept[-1] + 1:
                kept.append(row)
        return cls(book, kept, named)

    @property
    def begin(self) -> int:
        """The row in which annex pages begin, or the end."""
        return min(self.headings, default=self.book.end)

    def rows_for(self, slot: Slot, text: str) -> range:
        """The rows of the text that a cell points to; none where it does not."""
        pointer = _POINTER.fullmatch(text) if slot.field.annex else None
        if pointer is None:
            return range(0)
        first = self.named[slot.key][0] if slot.key in self.named else 0
        if not first and text == annex_pointer(number := int(pointer[1])):
            heading = annex_heading(slot.field, number)
            first = next((r + 1 for r in self.headings if unmarked(self.book.text(r, 0)) == heading), 0)
        end = next((r for r in self.headings if r > first), self.book.end)
        return range(first, end) if first else range(0)

    def text(self, rows: range) -> str:
        """The text of rows; blank ones between paragraphs are kept."""
        return joined([unmarked(self.book.text(row, 0)) for row in rows]).rstrip("\n")
