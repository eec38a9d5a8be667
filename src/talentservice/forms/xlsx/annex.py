"""Annex pages of a workbook: a long text stands there in rows of its own, and is put together again when it is read.

A text merged over many rows would be cut: an office program leaves out pages on which no cell begins.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from attrs import define, field

from talentservice.forms.matching import bare, unmarked
from talentservice.forms.render import PADDING, SIGN, annex_heading, pointed
from talentservice.forms.sheet import Slot
from talentservice.forms.spec import FormFile
from talentservice.forms.xlsx.cells import Book
from talentservice.forms.xlsx.names import ANNEX

GOES_ON = "\u2060"  # begins a row that goes on with the one above; no value can hold it
MOST_LINES = 8  # of a row: a program moves a row that does not fit to the next page as a whole
_HEADING = re.compile(r"附页\d+[：:]")
_ANY = "附页0："
_BEFORE_MORE = re.compile(r"[（(]见附页([1-9]\d{0,4})[）)]")
ANNEX_PAGE = "附页"
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
    """The annex pages of a workbook that came back: the rows of their headings in order, and where the form ends.

    A page belongs to one blank: were each that points to it to have its text, a small file could come to any size.
    """

    book: Book
    headings: Sequence[int]
    end: int
    named: Mapping[str, int]
    headed: Mapping[str, int]  # the first row of the text below each heading
    taken: set[int] = field(factory=set)  # pages, by their last row

    @classmethod
    def of(cls, book: Book, form: FormFile) -> "Annexes":
        """Find them by the names of their texts; their headings tell where those are lost."""
        named = {key: row for (kind, key), (row, _) in book.named.items() if kind == ANNEX}
        labels = {bare(annex_heading(f, 0)) for g in form.groups for f in g.fields if f.annex}
        end = book.end
        first = min(named.values(), default=0)
        said = {row: bare(unmarked(book.text(row, 0))) for row in book.cells if row >= first - 1} if labels else {}
        rows = {row - 1 for row in named.values()}
        rows |= {
            row
            for row, text in said.items()
            if _HEADING.match(text) and bare(_HEADING.sub(_ANY, text, count=1)) in labels
        }
        # A text may begin with what looks like a heading: it stands right below its own.
        kept: list[int] = []
        for row in sorted(rows):
            if not kept or row > kept[-1] + 1:
                kept.append(row)
        return cls(book, kept, end, named, {said.get(row, ""): row + 1 for row in reversed(kept)})

    @property
    def begin(self) -> int:
        """The row in which annex pages begin, or the end."""
        return self.headings[0] if self.headings else self.end

    def rows_for(self, slot: Slot, text: str) -> range:
        """The rows of the text that a cell points to; none where it does not, or where a cell above points there too."""
        number = pointed(text) if slot.field.annex else None
        return self.page_of(slot, number) if number else range(0)

    def rows_beside(self, slot: Slot, text: str) -> tuple[int, range] | None:
        """The number and rows of an annex page that a cell points to among other words, None where it does not."""
        pointer = _BEFORE_MORE.search(text) if slot.field.annex else None
        rows = self.page_of(slot, int(pointer[1])) if pointer else range(0)
        return (int(pointer[1]), rows) if pointer and rows else None

    def page_of(self, slot: Slot, number: int) -> range:
        """The rows of an annex page that is not taken yet, which it then is."""
        # The heading first: names tell rows as they were when the file was written, and people put others between them.
        first = self.headed.get(bare(annex_heading(slot.field, number))) or self.named.get(slot.key)
        if not first:
            return range(0)
        end = self.end_of(bisect_right(self.headings, first) - 1)
        if end in self.taken:
            return range(0)
        self.taken.add(end)
        return range(first, end)

    def end_of(self, page: int) -> int:
        """The row after the last of a page."""
        return self.headings[page + 1] if page + 1 < len(self.headings) else self.end

    def left(self) -> Iterator[tuple[str, range]]:
        """The pages with text that no cell points to: what their headings call them, and their rows."""
        for page, heading in enumerate(self.headings):
            rows = range(heading, self.end_of(page))
            found = _HEADING.match(unmarked(self.book.text(heading, 0)))
            if rows.stop not in self.taken and any(row in self.book.cells for row in rows[1:]):
                yield found[0][:-1] if found else ANNEX_PAGE, rows

    def text(self, rows: range) -> str:
        """The text of rows; blank ones between paragraphs are kept."""
        return joined([unmarked(self.book.text(row, 0)) for row in rows]).rstrip("\n")
