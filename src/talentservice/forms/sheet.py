"""A form laid out: cells in their places, blanks, lines of text; what every writer prints and every reader expects.

Blanks and cells are named tuples: a list of thousands of rows has tens of thousands of them.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from attrs import frozen

from talentservice.forms.fields import FormField
from talentservice.forms.spec import FormFile

# Of the page in mm, by GB/T 9704: top, right, bottom, left. The type area of an upright page is 156 mm by 225 mm; it may lie on its side.
MARGINS: Mapping[str, tuple[int, int, int, int]] = {"portrait": (37, 26, 35, 28), "landscape": (28, 37, 26, 35)}
LineStyle = Literal["annex", "title", "head", "heading", "paragraph", "note"]


class Slot(NamedTuple):
    """A blank: where its value stands among the form's values (``finance.2019.profit``, ``items.0.name``), and its field."""

    key: str
    field: FormField


Piece = str | Slot


@frozen
class Sentence:
    """Fixed words and blanks; an `optional` one is printed only where a blank is filled, or the whole form is blank."""

    pieces: tuple[Piece, ...]
    optional: bool = False

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Its blanks."""
        return tuple(p for p in self.pieces if isinstance(p, Slot))


class Placed(NamedTuple):
    """A cell in its place: rows and columns are counted from 0 over the whole form, `width` and `height` are tenths of a mm.

    A label has its text; a value one slot (`alone`) or a sentence, and perhaps a sentence at its foot.
    """

    row: int
    column: int
    rows: int
    columns: int
    width: int
    height: int
    label: str = ""
    alone: Slot | None = None
    sentence: Sentence | None = None
    foot: Sentence | None = None

    @property
    def said(self) -> tuple[Sentence, ...]:
        """The sentences in the cell."""
        return tuple(s for s in (self.sentence, self.foot) if s)

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The blanks in the cell."""
        return (
            *([self.alone] if self.alone else ()),
            *(self.sentence.slots if self.sentence else ()),
            *(self.foot.slots if self.foot else ()),
        )


@frozen
class Grid:
    """A table: `rows` rows from `start`, the first `header` of which are repeated on each page."""

    start: int
    rows: int
    cells: tuple[Placed, ...]
    header: int = 0
    new_page: bool = False


@frozen
class Line:
    """A line of text outside the table; a paragraph may hold several sentences."""

    style: LineStyle
    sentences: tuple[Sentence, ...]


@frozen
class Sheet:
    """A form laid out: widths of its columns in tenths of a mm, and its parts from top to bottom."""

    form: FormFile
    columns: tuple[int, ...]
    parts: tuple[Grid | Line, ...]
    repeats: Mapping[str, int]
    shift: int = 0
