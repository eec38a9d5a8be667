"""Parts of a Word document, parsed as a stream, so that a file made to exhaust a reader comes to nothing."""

import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from xml.sax.handler import ContentHandler, property_interning_dict

from talentservice.errors import FileRefused, MissingExtra
from talentservice.forms.docx.limits import DEPTH, ELEMENTS, NAMES, UNBROKEN, too_large

PIECE = 64 * 1024
Attributes = Mapping[str, str]


class Stream(ContentHandler):
    """Meets the elements of a part one by one; `begins` and `ends` say what is done at which, by name.

    Between `skip` and the end of the element that called it nothing is met; `taking` collects text while it is a list.
    """

    def __init__(self) -> None:
        super().__init__()
        self.begins: dict[str, Callable[[Attributes], None]] = {}
        self.ends: dict[str, Callable[[], None]] = {}
        self.taking: list[str] | None = None
        self._elements = self._depth = self._skipped = 0

    def root(self, attrs: Attributes) -> None:
        """Meet the first element."""

    def skip(self, _attrs: Attributes | None = None) -> None:
        """Leave out the element that begins, and what stands in it."""
        self._skipped = 1

    def take(self, _attrs: Attributes | None = None) -> None:
        """Begin to collect text."""
        self.taking = []

    def taken(self) -> str:
        """The text collected."""
        text, self.taking = "".join(self.taking or ()), None
        return text

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802  # the name the parser calls
        """Meet the beginning of an element."""
        self._elements += 1
        self._depth += 1
        if self._elements > ELEMENTS:
            raise too_large(ELEMENTS, "XML elements", "个 XML 元素")
        if self._depth > DEPTH:
            raise too_large()
        if self._elements == 1:
            self.root(attrs)
        if self._skipped:
            self._skipped += 1
        elif begin := self.begins.get(name):
            begin(attrs)

    def endElement(self, name: str) -> None:  # noqa: N802
        """Meet the end of an element."""
        self._depth -= 1
        if self._skipped:
            self._skipped -= 1
        elif end := self.ends.get(name):
            end()

    def characters(self, content: str) -> None:
        """Meet text."""
        if self.taking is not None and not self._skipped:
            self.taking.append(content)


def parse(archive: zipfile.ZipFile, name: str, handler: Stream) -> None:
    """Parse a part of an archive.

    Raises:
        FileRefused: damaged, or far larger than any form.
        MissingExtra: defusedxml is not installed.
    """
    try:
        from defusedxml.common import DefusedXmlException
        from defusedxml.sax import make_parser
    except ImportError:
        raise MissingExtra("defusedxml", "docx") from None
    from xml.sax import SAXException

    parser, names = make_parser(), dict[str, str]()
    parser.forbid_dtd = True
    parser.setProperty(property_interning_dict, names)
    parser.setContentHandler(handler)
    try:
        for piece in _pieces(archive, name):
            parser.feed(piece)
            if len(names) > NAMES:
                raise too_large()
        parser.close()
    except DefusedXmlException:
        raise FileRefused(
            "the file declares XML entities, which none needs", "文件含实体或文档类型声明，拒绝读取", code="unsafe-xml"
        ) from None
    except SAXException:
        raise FileRefused("the file is damaged", "文件已损坏", code="damaged") from None


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The part in pieces; the parser holds a tag with its attributes whole, so none may be longer than a few of them."""
    unbroken = 0
    with archive.open(name) as stream:
        while piece := stream.read(PIECE):
            unbroken = 0 if b"<" in piece else unbroken + 1
            if unbroken >= UNBROKEN:
                raise too_large()
            yield piece


class Properties(Stream):
    """The properties of a document that bear one of some names."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._names, self._name = names, ""

    def root(self, _attrs: Attributes) -> None:
        """Learn the elements, whatever prefix they bear: there is nothing else in the part."""
        self.begins, self.ends = {"property": self._property}, {"property": self._end}

    def _property(self, attrs: Attributes) -> None:
        self._name = attrs.get("name", "")
        self.take()

    def _end(self) -> None:
        text = self.taken().strip()
        if self._name in self._names and text and len(text) <= 200:  # noqa: PLR2004  # more than any id or version
            self.found[self._name] = text
