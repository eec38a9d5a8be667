"""A workbook opened for its values: the guard of archives has let it through."""

import io
import posixpath
from collections.abc import Mapping, Sequence
from zipfile import ZipFile

from attrs import frozen

from talentservice.workbooks.beside import Beside, beside
from talentservice.workbooks.contents import Contents, Links, links_of, main_part, sheets_of
from talentservice.workbooks.formats import Format, Styles
from talentservice.workbooks.part import Caps, Texts
from talentservice.workbooks.sheet import Sheet


@frozen
class Workbook:
    """Sheets by title in order, those of charts left out, and which of them are hidden; names and what they stand for, apart those that belong to one sheet."""

    archive: ZipFile
    caps: Caps
    sheets: Mapping[str, str]
    hidden: frozenset[str]
    names: Sequence[tuple[str, str]]
    own_names: Sequence[tuple[str, str]]
    texts: Sequence[str]
    formats: Sequence[Format]
    from_1904: bool

    def sheet(self, title: str) -> Sheet:
        """A sheet, to be read once."""
        part = self.archive, self.sheets[title]
        return Sheet(part, self.caps, self.texts, self.formats, from_1904=self.from_1904)

    def beside(self, title: str) -> Beside:
        """Where comments, pictures and drawings stand on a sheet."""
        return beside(self.archive, self.sheets[title], self.caps)


def open_workbook(data: bytes, caps: Caps) -> Workbook:
    """Open a workbook that the guard of archives has let through.

    Raises:
        FileRefused: damaged, or with more in it than is taken.
    """
    archive = ZipFile(io.BytesIO(data))
    there = frozenset(archive.namelist())
    main = main_part(archive, there, caps)
    folder = posixpath.dirname(main)
    contents, links = Contents(caps), Links(caps, folder)
    contents.read(archive, main)
    if links_of(main) in there:
        links.read(archive, links_of(main))
    styles, texts = Styles(caps), Texts(caps)
    for part, kind in ((styles, "styles"), (texts, "sharedStrings")):
        name = links.by_kind.get(kind, f"{folder}/{kind}.xml")
        if name in there:
            part.read(archive, name)
    sheets = sheets_of(contents, links, there)
    hidden = frozenset(contents.hidden)
    return Workbook(archive, caps, sheets, hidden, contents.names, contents.own, texts.found, styles.found, contents.from_1904)  # fmt: skip
