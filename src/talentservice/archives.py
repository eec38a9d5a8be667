"""Office files are zip archives: what they hold is checked before anything is opened, so that a hostile one costs nothing."""

import io
import stat
import zipfile
from pathlib import PurePosixPath

from attrs import frozen

from talentservice.errors import FileRefused

PIECE = 64 * 1024
MEBIBYTE = 1024 * 1024
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
_XML = (".xml", ".rels", ".vml")
_MACROS, _OUTSIDE, _EMBEDDED = ("vbaproject", "vbadata"), ("externallinks/",), ("embeddings/", "activex/")


@frozen
class Limits:
    """What an archive may come to: bytes of one entry and of all unpacked, how far it swells, how many entries."""

    entry: int = 10 * MEBIBYTE
    total: int = 20 * MEBIBYTE
    ratio: int = 200
    entries: int = 300


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
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_names(entries, limits)
            total = 0
            for entry in entries:
                total += _check_entry(archive, entry, limits, limits.total - total)
    except (
        zipfile.BadZipFile,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OverflowError,
    ) as error:
        if isinstance(error, FileRefused):
            raise
        raise FileRefused("the file is damaged", "文件已损坏", code="damaged") from None
    except Exception as error:  # noqa: BLE001  # zlib and lzma have errors of their own
        name = type(error).__name__
        raise FileRefused(f"the file is damaged ({name})", f"文件已损坏（{name}）", code="damaged") from None
    return frozenset(e.filename for e in entries)


def _check_names(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.entries:
        raise FileRefused(
            f"the file holds {len(entries)} parts; at most {limits.entries} are taken",
            f"文件含 {len(entries)} 个部件，最多 {limits.entries} 个",
            code="too-large",
        )
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        low = name.lower()
        if (
            name.startswith("/")
            or ":" in name
            or ".." in PurePosixPath(name).parts
            or stat.S_ISLNK(entry.external_attr >> 16)
        ):
            raise FileRefused("the file names places outside itself", "压缩包含非法路径", code="unsafe-archive")
        if entry.flag_bits & 1:
            raise FileRefused("the file is encrypted", "文件已加密", code="encrypted")
        if any(part in low for part in _MACROS):
            raise FileRefused("the file holds macros", "文件含宏，拒绝读取", code="macro")
        if any(part in low for part in _OUTSIDE):
            raise FileRefused("the file links to other files", "文件含外部链接，拒绝读取", code="external-link")
        if any(part in low for part in _EMBEDDED):
            raise FileRefused("the file holds embedded objects", "文件含嵌入对象，拒绝读取", code="embedded")


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits, left: int) -> int:
    """Unpack one entry piece by piece; its size."""
    most = min(limits.entry, left, max(limits.ratio * entry.compress_size, MEBIBYTE))
    size, tail, xml = 0, b"", entry.filename.lower().endswith(_XML)
    with archive.open(entry) as stream:
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > most:
                raise FileRefused("the file unpacks to far more than it should", "文件解压后过大", code="too-large")
            if xml:
                _check_xml(tail + piece)
                tail = piece[-16:]
    return size


def _check_xml(text: bytes) -> None:
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise FileRefused(
            "the file declares XML entities, which none needs", "文件含实体或文档类型声明，拒绝读取", code="unsafe-xml"
        )
    if b"\0" in text[:PIECE]:  # UTF-16 would hide a declaration from the search above
        raise FileRefused("a part of the file is not UTF-8", "文件部件不是 UTF-8", code="unsafe-xml")
