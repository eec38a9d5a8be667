"""Office files are zip archives: what they hold is checked before anything is opened, so that a hostile one costs nothing."""

import io
import re
import stat
import zipfile
from collections.abc import Mapping
from itertools import pairwise
from pathlib import PurePosixPath
from xml.parsers import expat

from attrs import define, frozen

from talentservice.errors import FileRefused

PIECE = 64 * 1024
MEBIBYTE = 1024 * 1024
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
ENTRY, HEADER = b"PK\x01\x02", 30  # what begins an entry of the directory; length of the header before an entry itself
LONGEST_TOKEN = (
    320 * 1024
)  # a full cell with every sign written as a number; a longer tag is made to swell in the parser
_XML = (".xml", ".rels", ".vml")
_STARTS = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0<")
_MACROS, _EMBEDDED = ("vbaproject", "vbadata", "macrosheets/"), ("embeddings/", "activex/")
_OUTSIDE = ("externallinks/", "querytables/", "xl/connections.xml")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']*)")
_UTF8 = (b"utf-8", b"utf8", b"us-ascii")
_ENCRYPTED = 0x2041  # flags: encrypted, strongly encrypted, with a hidden directory


@frozen
class Limits:
    """What an archive may come to: bytes of one entry and of all unpacked, how far it swells, how many entries.

    `passive`: macros, links to outside and embedded objects are refused, though nobody runs them; the file is kept and sent on.
    """

    entry: int = 10 * MEBIBYTE
    total: int = 20 * MEBIBYTE
    ratio: int = 200
    entries: int = 300
    passive: bool = True


FORM = Limits()


def check_archive(data: bytes, limits: Limits = FORM) -> frozenset[str]:
    """The names in an office file, once it is found safe to open.

    Every entry is unpacked in pieces and counted, whatever it says of its own size; nothing is kept.

    Raises:
        FileRefused: not a zip archive, damaged, encrypted, too large, with macros, links outside, embedded objects, document type
            declarations or names outside itself.
    """
    if data.startswith(OLD_OFFICE):
        raise FileRefused(
            "the file is encrypted, or in the old format (.xls, .doc); save it as .xlsx or .docx without a password",
            "文件已加密或是旧格式（.xls、.doc）；请取消密码，另存为 .xlsx 或 .docx",
            code="encrypted",
        )
    if not data.startswith(ZIP):
        raise FileRefused("the file is no .xlsx or .docx", "文件不是 .xlsx 或 .docx", code="file-type")
    _check_count(data.count(ENTRY), limits)  # before the directory is read: it may list a million
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_layout(entries, limits)
            for entry in entries:
                _check_name(entry, limits)
            left = limits.total
            for entry in entries:
                left -= _check_entry(archive, entry, limits, left)
    except FileRefused:
        raise
    except Exception:  # noqa: BLE001  # a damaged archive fails in many ways
        raise FileRefused("the file is damaged", "文件已损坏", code="damaged") from None
    return frozenset(e.filename for e in entries)


def _check_count(count: int, limits: Limits) -> None:
    if count > limits.entries:
        raise FileRefused(
            f"the file holds {count} parts; at most {limits.entries} are taken",
            f"文件含 {count} 个部件，最多 {limits.entries} 个",
            code="too-large",
        )


def _check_layout(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    """No two entries share bytes or a name, and together they say that they are small enough."""
    said = sum(e.file_size for e in entries)
    if said > limits.total or any(e.file_size > limits.entry for e in entries):
        raise _too_large(limits)
    spans = sorted((e.header_offset, e.header_offset + HEADER + e.compress_size) for e in entries)
    names = {e.filename.lower() for e in entries}
    if len(names) < len(entries) or any(end > start for (_, end), (start, _) in pairwise(spans)):
        raise FileRefused("parts of the file overlap", "压缩包内部件重叠", code="unsafe-archive")


def _check_name(entry: zipfile.ZipInfo, limits: Limits) -> None:
    name = entry.orig_filename.replace("\\", "/")
    low = name.lower()
    if (
        name.startswith("/")
        or ":" in name
        or "\0" in name
        or ".." in PurePosixPath(name).parts
        or stat.S_ISLNK(entry.external_attr >> 16)
    ):
        raise FileRefused("the file names files outside itself", "压缩包含非法路径", code="unsafe-archive")
    if entry.flag_bits & _ENCRYPTED:
        raise FileRefused("the file is encrypted", "文件已加密", code="encrypted")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # others may ask for any amount of memory
        raise FileRefused(
            "the file is packed in a way office files are not", "压缩方式不是办公文件所用", code="unsafe-archive"
        )
    if not limits.passive:
        return
    if any(part in low for part in _MACROS):
        raise FileRefused("the file holds macros", "文件含宏，拒绝读取", code="macro")
    if any(part in low for part in _OUTSIDE):
        raise _outside()
    if any(part in low for part in _EMBEDDED):
        raise _embedded()


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits, left: int) -> int:
    """Unpack one entry piece by piece; its size."""
    most = min(limits.entry, left, max(limits.ratio * entry.compress_size, MEBIBYTE))
    size, xml = 0, _Xml(entry.filename.lower(), limits)
    with archive.open(entry) as stream:
        while piece := stream.read(PIECE):
            if not size:
                xml.begin(piece)
            size += len(piece)
            if size > most:
                raise _too_large(limits)
            if xml.due:
                xml.check(piece)
    xml.end()
    if size != entry.file_size:
        raise zipfile.BadZipFile
    return size


@define
class _Xml:
    """The check of one part, as its pieces come; a part is XML when it is called so or begins like it."""

    name: str
    limits: Limits
    due: bool = False
    tail: bytes = b""
    run: int = 0  # bytes since the last tag began
    links: bytearray | None = None

    def begin(self, piece: bytes) -> None:
        """Look at how the part begins."""
        if self.limits.passive and piece.startswith((ZIP, OLD_OFFICE)):
            raise _embedded()
        start = piece.lstrip()
        self.due = self.name.endswith(_XML) or not start or start.startswith(_STARTS)
        head, closed, _ = start.removeprefix(_STARTS[1])[:1024].partition(b"?>")
        if self.due and (
            not start.startswith(_STARTS[:2]) or (head.startswith(b"<?xml") and not _is_utf8(head, closed))
        ):
            raise _not_utf8()  # another encoding would hide a declaration from the search below
        if self.limits.passive and self.name.endswith(".rels"):
            self.links = bytearray()

    def check(self, piece: bytes) -> None:
        """Search one piece, and the end of the last one."""
        text = self.tail + piece
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise FileRefused(
                "the file declares XML entities, which none needs",
                "文件含实体或文档类型声明，拒绝读取",
                code="unsafe-xml",
            )
        if b"\0" in piece:
            raise _not_utf8()
        first, last = piece.find(b"<"), piece.rfind(b"<")
        longest = self.run + (len(piece) if last < 0 else first)
        self.run = longest if last < 0 else len(piece) - last
        if longest > LONGEST_TOKEN:
            raise FileRefused("a tag or text of the file is too long", "文件中有过长的标记或文字", code="too-large")
        self.tail = piece[-16:]
        if self.links is not None:
            self.links += piece
            if len(self.links) > LONGEST_TOKEN:
                raise _too_large(self.limits)

    def end(self) -> None:
        """Look at what the part links to, if that is what it is for."""
        if not self.links:
            return
        parser = expat.ParserCreate()
        parser.StartElementHandler = _check_link
        parser.Parse(bytes(self.links), True)  # noqa: FBT003  # the parser's own signature


def _check_link(name: str, said: Mapping[str, str]) -> None:
    """An address somebody typed opens nothing by itself; a template or a picture from outside does."""
    outside = name.endswith("Relationship") and said.get("TargetMode", "Internal") != "Internal"
    if outside and not said.get("Type", "").endswith("/hyperlink"):
        raise _outside()


def _is_utf8(declaration: bytes, closed: bytes) -> bool:
    said = _ENCODING.search(declaration)
    return bool(closed) and (said is None or said[1].lower() in _UTF8)


def _not_utf8() -> FileRefused:
    return FileRefused("a part of the file is not UTF-8", "文件部件不是 UTF-8", code="unsafe-xml")


def _too_large(limits: Limits) -> FileRefused:
    return FileRefused(
        f"the file unpacks to far more than it should (at most {limits.total} bytes)",
        f"文件解压后过大（最多 {limits.total} 字节）",
        code="too-large",
    )


def _outside() -> FileRefused:
    return FileRefused("the file links to other files", "文件含外部链接，拒绝读取", code="external-link")


def _embedded() -> FileRefused:
    return FileRefused("the file holds embedded objects", "文件含嵌入对象，拒绝读取", code="embedded")
