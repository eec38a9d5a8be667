"""The parts of a workbook as they stream by: element by element, so that a hostile part never stands in memory as a whole.

The usual reader builds every row, style and text of a file before it hands anything out; it also takes the Chinese built-in date
formats for plain numbers, and leaves escaped signs as they are written.
"""

import re
from collections.abc import Iterator, Mapping
from xml.parsers import expat
from zipfile import ZipFile

from attrs import frozen

from talentservice.errors import FileRefused

PIECE = 64 * 1024
DEEPEST = 64
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@frozen
class Caps:
    """How much of a workbook is taken; what holds more is refused.

    `text`: signs in one text; `cells`: also blank ones; `filled`: those that hold something; `marks`: what is put around each
    underlined piece of a text, None where nothing asks for it. In a text they themselves become U+FFFD.
    """

    texts: int
    names: int
    styles: int
    rows: int
    cells: int
    filled: int
    merged: int
    text: int
    marks: tuple[str, str] | None = None


def too_large(en: str, zh: str) -> FileRefused:
    """The error for a workbook that holds more than is taken."""
    return FileRefused(f"the workbook has {en}", f"工作簿{zh}", code="too-large")


def unreadable(en: str, zh: str) -> FileRefused:
    """The error for a workbook that is broken."""
    return FileRefused(f"the workbook cannot be read: {en}", f"工作簿无法读取：{zh}", code="damaged")


class Part:
    """One part; what it says is kept by those below."""

    def __init__(self, caps: Caps) -> None:
        self.caps = caps
        self.depth = 0
        self.length = 0
        self.said: list[str] | None = None

    def read(self, archive: ZipFile, name: str) -> None:
        """Read the part.

        Raises:
            FileRefused: it is not well-formed, or holds more than is taken.
        """
        for _ in self.pieces(archive, name):
            pass

    def pieces(self, archive: ZipFile, name: str) -> Iterator[None]:
        """Read the part piece by piece, with a stop after each; raises what `read` does."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            with archive.open(name) as stream:
                while piece := stream.read(PIECE):
                    parser.Parse(piece, False)  # noqa: FBT003  # the parser's own signature
                    yield
                parser.Parse(b"", True)  # noqa: FBT003  # same
        except FileRefused:
            raise
        except (expat.ExpatError, ValueError, LookupError, OverflowError):
            raise unreadable(f"{name} is damaged", f"{name} 已损坏") from None
        yield

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise FileRefused("the workbook is nested too deeply", "工作簿嵌套过深", code="too-large")
        self.start(name.rpartition(":")[2] if ":" in name else name, attributes)

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.end(name.rpartition(":")[2] if ":" in name else name)

    def _text(self, text: str) -> None:
        if self.said is not None:
            self.length += len(text)
            self.check_length(self.length)
            self.said.append(text)

    def check_length(self, length: int) -> None:
        """Refuse a text that is too long."""
        if length > self.caps.text:
            raise too_large(f"a text of more than {self.caps.text} signs", f"有超过 {self.caps.text} 字的文字")

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
    """Texts, in one piece or several; what is underlined may be marked; what is struck out or only read aloud is left out."""

    def __init__(self, caps: Caps) -> None:
        super().__init__(caps)
        self.run: list[str] = []
        self.whole = 0
        self.underlined = self.struck = self.aloud = False

    def start(self, name: str, said: Mapping[str, str]) -> None:
        """A text, or a run of it."""
        if name == "t":
            self.begin()
        elif name in ("si", "is"):
            self.run, self.whole = [], 0
        elif name == "r":
            self.underlined = self.struck = False
        elif name == "strike":
            self.struck = said.get("val", "1") not in ("0", "false")
        elif name == "u":
            self.underlined = said.get("val", "single") != "none"
        elif name == "rPh":
            self.aloud = True

    def end(self, name: str) -> None:
        """Its end."""
        if name == "t":
            text = self.clean(self.taken())
            self.whole += len(text)
            self.check_length(self.whole)
            if text and not self.aloud and not self.struck:
                marks = self.caps.marks if self.underlined else None
                self.run.append(f"{marks[0]}{text}{marks[1]}" if marks else text)
        elif name == "rPh":
            self.aloud = False
        elif name == "r":
            self.underlined = self.struck = False

    def clean(self, text: str) -> str:
        """The text with the signs that were written as numbers, and without marks."""
        if "_x" in text:
            text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        for mark in self.caps.marks or ():
            text = text.replace(mark, "\ufffd")
        return text


class Texts(Rich):
    """The texts the cells share."""

    def __init__(self, caps: Caps) -> None:
        super().__init__(caps)
        self.found: list[str] = []

    def end(self, name: str) -> None:
        """Keep each text."""
        super().end(name)
        if name == "si":
            if len(self.found) >= self.caps.texts:
                raise too_large(f"more than {self.caps.texts} texts", f"文字超过 {self.caps.texts} 条")
            self.found.append("".join(self.run))
