"""The parts of a workbook as they stream by: element by element, so that a hostile part never stands in memory as a whole.

The usual reader builds every row, style and text of a file before it hands anything out; it also takes the Chinese built-in date
formats for plain numbers, and drops part of texts that look like escapes.
"""

import re
from collections.abc import Mapping
from typing import ClassVar
from xml.parsers import expat
from zipfile import ZipFile

from talentservice.errors import FileRefused
from talentservice.forms.matching import OFF, ON

PIECE = 64 * 1024
DEEPEST = 64
LONGEST = 40_000  # signs in one cell; a spreadsheet takes 32,767
MOST_TEXTS, MOST_NAMES, MOST_STYLES = 200_000, 40_000, 70_000
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
# Formats a file names by number only; 27 to 36 and 50 to 58 are those of Chinese programs.
_MONTHS, _DAYS, _TIMES = (17, 27, 36, 50, 52, 57), (14, 15, 16, 22, 28, 29, 30, 31, 51, 53, 54, 58), (18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56)  # fmt: skip
_KNOWN = {9: "0%", 10: "0.00%"} | dict.fromkeys(_MONTHS, "yyyy-m") | dict.fromkeys(_DAYS, "yyyy-m-d") | dict.fromkeys(_TIMES, "h:mm")  # fmt: skip


def too_large(en: str, zh: str) -> FileRefused:
    """The error for a workbook that holds more than a form can."""
    return FileRefused(f"the workbook has {en}", f"工作簿{zh}", code="too-large")


class Part:
    """One part; what it says is kept by those below."""

    due: ClassVar[frozenset[str]] = frozenset()

    def __init__(self) -> None:
        self.depth = 0
        self.length = 0
        self.said: list[str] | None = None

    def read(self, archive: ZipFile, name: str) -> None:
        """Read the part.

        Raises:
            FileRefused: it is not well-formed, or holds more than a form can.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            with archive.open(name) as stream:
                while piece := stream.read(PIECE):
                    parser.Parse(piece, False)  # noqa: FBT003  # the parser's own signature
                parser.Parse(b"", True)  # noqa: FBT003  # same
        except FileRefused:
            raise
        except (expat.ExpatError, ValueError, LookupError, OverflowError):
            raise FileRefused(f"the workbook is damaged ({name})", f"工作簿已损坏（{name}）", code="damaged") from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise FileRefused("the workbook is nested too deeply", "工作簿嵌套过深", code="too-large")
        self.start(name.rpartition(":")[2], attributes)

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.end(name.rpartition(":")[2])

    def _text(self, text: str) -> None:
        if self.said is not None:
            self.length += len(text)
            if self.length > LONGEST:
                raise too_large(f"a text of more than {LONGEST} signs", f"有超过 {LONGEST} 字的文字")
            self.said.append(text)

    def begin(self) -> None:
        """Keep the text from here on."""
        self.said, self.length = [], 0

    def taken(self) -> str:
        """The text since then."""
        text, self.said = "".join(self.said or ()), None
        return text

    def start(self, name: str, said: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""


class Rich(Part):
    """Texts, in one piece or several; what is underlined stands between marks, and what is read aloud is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.whole = 0
        self.underlined = self.aloud = False

    def start(self, name: str, said: Mapping[str, str]) -> None:
        """A text, or a run of it."""
        if name in ("si", "is"):
            self.pieces, self.whole = [], 0
        elif name == "r":
            self.underlined = False
        elif name == "u":
            self.underlined = said.get("val", "single") != "none"
        elif name == "rPh":
            self.aloud = True
        elif name == "t":
            self.begin()

    def end(self, name: str) -> None:
        """Its end."""
        if name == "t":
            text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), self.taken())
            self.whole += len(text)
            if self.whole > LONGEST:
                raise too_large(f"a text of more than {LONGEST} signs", f"有超过 {LONGEST} 字的文字")
            if text and not self.aloud:
                text = text.replace(ON, "\ufffd").replace(OFF, "\ufffd")
                self.pieces.append(f"{ON}{text}{OFF}" if self.underlined else text)
        elif name == "rPh":
            self.aloud = False
        elif name == "r":
            self.underlined = False


class Texts(Rich):
    """The texts the cells share."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def end(self, name: str) -> None:
        """Keep each text."""
        super().end(name)
        if name == "si":
            if len(self.found) >= MOST_TEXTS:
                raise too_large(f"more than {MOST_TEXTS} texts", f"文字超过 {MOST_TEXTS} 条")
            self.found.append("".join(self.pieces))


class Styles(Part):
    """The number format of each style."""

    def __init__(self) -> None:
        super().__init__()
        self.formats: dict[int, str] = {}
        self.found: list[str] = []
        self.inside = False

    def start(self, name: str, said: Mapping[str, str]) -> None:
        """A format, or a style that uses one."""
        if name == "cellXfs":
            self.inside = True
        elif name == "numFmt" and len(self.formats) < MOST_STYLES:
            self.formats[int(said["numFmtId"])] = said["formatCode"]
        elif name == "xf" and self.inside:
            if len(self.found) >= MOST_STYLES:
                raise too_large(f"more than {MOST_STYLES} styles", f"样式超过 {MOST_STYLES} 种")
            number = int(said.get("numFmtId", 0))
            self.found.append(self.formats.get(number) or _KNOWN.get(number, ""))

    def end(self, name: str) -> None:
        """The list ends."""
        if name == "cellXfs":
            self.inside = False


class Links(Part):
    """Which part an id stands for, and the part of a kind."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.texts = self.styles = ""

    def start(self, name: str, said: Mapping[str, str]) -> None:
        """A link; one to outside the file was refused before."""
        if name != "Relationship" or said.get("TargetMode") == "External" or len(self.found) > MOST_STYLES:
            return
        target = said["Target"]
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        self.found[said["Id"]] = path
        kind = said["Type"].rpartition("/")[2]
        if kind == "sharedStrings":
            self.texts = path
        elif kind == "styles":
            self.styles = path


class Contents(Part):
    """The sheets in order, and the names."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str]] = []  # title, id of the link
        self.names: list[tuple[str, str]] = []
        self.own: list[tuple[str, str]] = []  # names of one sheet: a copied sheet has them
        self.name = ""
        self.local = False
        self.from_1904 = False

    def start(self, name: str, said: Mapping[str, str]) -> None:
        """A sheet or a name."""
        if name == "sheet" and len(self.sheets) < MOST_NAMES:
            link = next((v for k, v in said.items() if k.rpartition(":")[2] == "id"), "")
            self.sheets.append((said["name"], link))
        elif name == "workbookPr":
            self.from_1904 = said.get("date1904") in ("1", "true")
        elif name == "definedName":
            if len(self.names) + len(self.own) >= MOST_NAMES:
                raise too_large(f"more than {MOST_NAMES} names", f"名称超过 {MOST_NAMES} 个")
            self.name, self.local = said["name"], "localSheetId" in said
            self.begin()

    def end(self, name: str) -> None:
        """What the name stands for."""
        if name == "definedName":
            (self.own if self.local else self.names).append((self.name, self.taken()))
