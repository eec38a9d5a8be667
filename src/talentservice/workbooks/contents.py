"""What a workbook is made of: its sheets in order, its names, and which part holds what."""

import posixpath
from collections.abc import Mapping
from zipfile import ZipFile

from talentservice.workbooks.part import Caps, Part, too_large, unreadable

USUAL = "xl/workbook.xml"
_NO_CELLS = frozenset({"chartsheet"})


def links_of(name: str) -> str:
    """The part that lists what a part links to."""
    folder, own = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{own}.rels")


class Links(Part):
    """What a part links to: by id, and the last of each kind."""

    def __init__(self, caps: Caps, folder: str) -> None:
        super().__init__(caps)
        self.folder = folder
        self.by_id: dict[str, tuple[str, str]] = {}  # kind and part
        self.by_kind: dict[str, str] = {}

    def start(self, name: str, said: Mapping[str, str]) -> None:
        """A link; one to outside the file leads nowhere here."""
        if name != "Relationship" or said.get("TargetMode") == "External" or len(self.by_id) > self.caps.styles:
            return
        target = said["Target"]
        path = posixpath.normpath(target if target.startswith("/") else f"{self.folder}/{target}").lstrip("/")
        kind = said["Type"].rpartition("/")[2]
        self.by_id[said["Id"]] = kind, path
        self.by_kind[kind] = path


class Contents(Part):
    """The sheets in order, and the names."""

    def __init__(self, caps: Caps) -> None:
        super().__init__(caps)
        self.sheets: list[tuple[str, str]] = []  # title, id of the link
        self.hidden: set[str] = set()
        self.names: list[tuple[str, str]] = []
        self.own: list[tuple[str, str]] = []  # names of one sheet: a copied sheet has them
        self.name = ""
        self.local = False
        self.from_1904 = False

    def start(self, name: str, said: Mapping[str, str]) -> None:
        """A sheet or a name."""
        if name == "sheet" and len(self.sheets) < self.caps.names:
            link = next((v for k, v in said.items() if k.rpartition(":")[2] == "id"), "")
            self.sheets.append((said["name"], link))
            if said.get("state", "visible") != "visible":
                self.hidden.add(said["name"])
        elif name == "workbookPr":
            self.from_1904 = said.get("date1904") in ("1", "true")
        elif name == "definedName":
            if len(self.names) + len(self.own) >= self.caps.names:
                raise too_large(f"more than {self.caps.names} names", f"名称超过 {self.caps.names} 个")
            self.name, self.local = said["name"], "localSheetId" in said
            self.begin()

    def end(self, name: str) -> None:
        """What the name stands for."""
        if name == "definedName":
            (self.own if self.local else self.names).append((self.name, self.taken()))


def main_part(archive: ZipFile, there: frozenset[str], caps: Caps) -> str:
    """The part that lists the sheets: nearly always the same, but a program may call it as it likes.

    Raises:
        FileRefused: there is none.
    """
    if USUAL in there:
        return USUAL
    links = Links(caps, "")
    if (listed := links_of("")) in there:
        links.read(archive, listed)
    found = links.by_kind.get("officeDocument", USUAL)
    if found not in there:
        raise unreadable(f"it has no {USUAL}", f"缺少 {USUAL}")
    return found


def sheets_of(contents: Contents, links: Links, there: frozenset[str]) -> dict[str, str]:
    """The part of each sheet that has cells, by title, in order."""
    found = ((title, links.by_id.get(link, ("", ""))) for title, link in contents.sheets)
    return {title: part for title, (kind, part) in found if kind not in _NO_CELLS and part in there}
