"""What stands in a Word document: its paragraphs, and the rows of its tables."""

import zipfile
from collections.abc import Callable

from attrs import define, field, frozen

from talentservice.forms.docx.limits import CELLS, PARAGRAPHS, ROWS, SIGNS, too_large
from talentservice.forms.docx.stream import Attributes, parse
from talentservice.forms.docx.words import Words
from talentservice.forms.found import Unseen


@frozen
class FoundCell:
    """A cell as found; `merged` where it only goes on from the row above, `nested` where a table stands in it.

    `unseen` are the kinds of things in it that are no text.
    """

    text: str
    merged: bool = False
    nested: bool = False
    unseen: frozenset[Unseen] = frozenset()


@frozen
class FoundRow:
    """A row as found: its table and its number in it, counted from 1, and its cells."""

    table: int
    number: int
    cells: tuple[FoundCell, ...]


@define
class Body:
    """A document as found; `paragraphs` are those outside tables.

    `boxes` says which of them is the text of a text box, `unseen` in which a thing that is no text first stands.
    """

    paragraphs: list[str] = field(factory=list)
    boxes: set[int] = field(factory=set)
    unseen: dict[Unseen, int] = field(factory=dict)
    rows: list[FoundRow] = field(factory=list)
    tables: int = 0


def body_of(archive: zipfile.ZipFile, name: str) -> Body:
    """Read the main part of a document.

    Raises:
        FileRefused: damaged, not a Word document, or far larger than any form.
        MissingExtra: defusedxml is not installed.
    """
    reader = _Reader()
    parse(archive, name, reader)
    return reader.body


@define
class _Cell:
    lines: list[str] = field(factory=list)
    merged: bool = False
    nested: bool = False
    gone: bool = False
    unseen: set[Unseen] = field(factory=set)


class _Reader(Words):
    """Keeps paragraphs where they stand, in a cell or outside tables; which columns a cell spans, nobody needs to know."""

    def __init__(self) -> None:
        super().__init__()
        self.body = Body()
        self._cells = self._number = 0
        self._row: list[_Cell] | None = None
        self._row_look = self._row_gone = False
        self._cell: _Cell | None = None
        self._drawn: list[bool] = []  # of each drawing that is open whether it is read, as text boxes are
        self._around: list[tuple[list[str], bool] | None] = []  # of each text box the paragraph that it interrupts

    def known(self) -> tuple[dict[str, Callable[[Attributes], None]], dict[str, Callable[[], None]]]:
        """What is done where an element begins, and where it ends."""
        begins, ends = super().known()
        more: dict[str, Callable[[Attributes], None]] = {
            "tbl": self._table, "tr": self._row_begin, "trPr": self._row_look_begin, "tc": self._cell_begin,
            "vMerge": self._merge, "hMerge": self._swallow, "cellDel": self._drop,
            "drawing": self._drawing, "pict": self._drawing, "contentPart": self._drawing, "txbxContent": self._text_box,
            "commentReference": lambda _attrs: self._meet("comments"),
            "footnoteReference": lambda _attrs: self._meet("footnotes"), "endnoteReference": lambda _attrs: self._meet("footnotes"),
        }  # fmt: skip
        return begins | more, ends | {
            "tr": self._row_end, "trPr": self._row_look_end, "tc": self._cell_end, "drawing": self._drawing_end,
            "pict": self._drawing_end, "contentPart": self._drawing_end, "txbxContent": self._text_box_end,
        }  # fmt: skip

    def finished(self, text: str) -> None:
        """Keep the text of a paragraph."""
        if self._cell is None:
            self._keep(text)
            self.fresh()
        elif text or self.signs < SIGNS:
            self.signs += 1
            self._cell.lines.append(text)

    def _keep(self, text: str) -> None:
        if len(self.body.paragraphs) >= PARAGRAPHS:
            raise too_large(PARAGRAPHS, "paragraphs", "段")
        self.body.paragraphs.append(text)

    def deleted(self, attrs: Attributes) -> None:
        """Leave out what is deleted; within the look of a row that is the row."""
        self._row_gone = self._row_gone or self._row_look
        super().deleted(attrs)

    def _table(self, _attrs: Attributes) -> None:
        if self._cell is not None:
            self._cell.nested = True
            self.skip()
        elif not self.open:  # in a text box a table is no more than its text
            self.body.tables += 1
            self._number = 0

    def _row_begin(self, _attrs: Attributes) -> None:
        if not self.open:
            self._number += 1
            self._row, self._row_gone = [], False

    def _row_look_begin(self, _attrs: Attributes) -> None:
        self._row_look = True

    def _row_look_end(self) -> None:
        self._row_look = False

    def _row_end(self) -> None:
        if self.open:
            return
        if self._row is not None and not self._row_gone:
            found = tuple(
                FoundCell("\n".join(c.lines), c.merged, c.nested, frozenset(c.unseen)) for c in self._row if not c.gone
            )
            if len(self.body.rows) >= ROWS:
                raise too_large(ROWS, "table rows", "行表格")
            self.body.rows.append(FoundRow(self.body.tables, self._number, found))
        self._row = None

    def _cell_begin(self, _attrs: Attributes) -> None:
        if not self.open:
            self._cells += 1
            if self._cells > CELLS:
                raise too_large(CELLS, "table cells", "个表格单元格")
            self._cell = _Cell()
            self.fresh()

    def _cell_end(self) -> None:
        if self.open:
            return
        if self._cell is not None and self._row is not None:
            if self.joined:
                self.finish()
            self._row.append(self._cell)
        self._cell = None
        self.fresh()

    def _merge(self, attrs: Attributes) -> None:
        if self._cell is not None:
            self._cell.merged = self.value(attrs) != "restart"

    def _swallow(self, attrs: Attributes) -> None:
        """A cell that goes on from the one to its left, as older programs write it."""
        self._drop(attrs, self.value(attrs) != "restart")

    def _drop(self, _attrs: Attributes, gone: bool = True) -> None:  # noqa: FBT001, FBT002  # called by the parser
        if self._cell is not None:
            self._cell.gone = gone

    # -- what is no text -----------------------------------------------------------------------------------------------------

    def _meet(self, kind: Unseen) -> None:
        if not self.shown:
            return
        if self._cell is not None:
            self._cell.unseen.add(kind)
        else:
            self.body.unseen.setdefault(kind, len(self.body.paragraphs))

    def _drawing(self, _attrs: Attributes) -> None:
        self._drawn.append(False)

    def _drawing_end(self) -> None:
        if self._drawn and not self._drawn.pop():
            self._meet("pictures")

    def _text_box(self, _attrs: Attributes) -> None:
        """Outside tables a text box is a paragraph of its own, before the one that it is fixed to."""
        self._drawn = [True] * len(self._drawn)
        if self._cell is None:
            self._around.append((self._text, self.joined))
            self._text = []
        else:
            self._around.append(None)

    def _text_box_end(self) -> None:
        around = self._around.pop() if self._around else None
        if around is not None:
            text = "".join(self._text).strip("\n")
            self._text, self.joined = around
            if text:
                self.body.boxes.add(len(self.body.paragraphs))
                self._keep(text)
