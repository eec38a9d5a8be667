"""What belongs to a sheet but stands in none of its cells: where its comments, pictures and drawings are, not what they say."""

import posixpath
import re
from collections.abc import Mapping
from zipfile import ZipFile

from attrs import frozen

from talentservice.workbooks.contents import Links, links_of
from talentservice.workbooks.part import Caps, Part
from talentservice.workbooks.sheet import Where, place_of

_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})(?::.*)?")
_ANCHORS = frozenset({"oneCellAnchor", "twoCellAnchor", "absoluteAnchor"})
_LONGEST = 7  # digits of a row's or column's number


@frozen
class Beside:
    """The cells of the first comment, and of the first picture or drawing, of a sheet; None where there is none."""

    comment: Where | None = None
    drawing: Where | None = None


def beside(archive: ZipFile, sheet: str, caps: Caps) -> Beside:
    """What stands beside the cells of a sheet.

    Raises:
        FileRefused: damaged.
    """
    there = frozenset(archive.namelist())
    if (listed := links_of(sheet)) not in there:
        return Beside()
    links = Links(caps, posixpath.dirname(sheet))
    links.read(archive, listed)
    comments, drawings = _Comments(caps), _Drawings(caps)
    for kind, part in ((k, p) for k, p in links.by_id.values() if p in there):
        if kind in ("comments", "threadedComment"):
            comments.read(archive, part)
        elif kind == "drawing":
            drawings.read(archive, part)
    return Beside(min(comments.found, default=None), drawings.first)


class _Comments(Part):
    """The cells that have comments."""

    def __init__(self, caps: Caps) -> None:
        super().__init__(caps)
        self.found: set[Where] = set()

    def start(self, name: str, said: Mapping[str, str]) -> None:
        """A comment."""
        at = _CELL.fullmatch(said.get("ref", "A1")) if name in ("comment", "threadedComment") else None
        if at:
            self.found.add(place_of(at[1], at[2]))


class _Drawings(Part):
    """The cell on which the first picture or drawing begins."""

    def __init__(self, caps: Caps) -> None:
        super().__init__(caps)
        self.first: Where | None = None
        self.at: dict[str, int] = {}
        self.inside = False  # what tells the first one's place

    def start(self, name: str, said: Mapping[str, str]) -> None:  # noqa: ARG002  # as every part does
        """A picture or drawing, or where it begins."""
        if name in _ANCHORS and self.first is None:
            self.first = (0, 0)
        elif name == "from" and not self.at:
            self.inside = True
        elif name in ("row", "col") and self.inside:
            self.begin()

    def end(self, name: str) -> None:
        """Where it begins is known."""
        if name in ("row", "col") and self.inside:
            told = self.taken().strip()
            self.at[name] = int(told) if told.isascii() and told.isdigit() and len(told) <= _LONGEST else 0
        elif name == "from" and self.inside:
            self.inside = False
            self.first = self.at.get("row", 0), self.at.get("col", 0)
