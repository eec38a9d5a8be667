"""Office files made to do harm, or broken: each ends in one typed error, and costs next to nothing."""

import io
import struct
import subprocess
import sys
import tracemalloc
import zipfile
import zlib

import pytest

from talentservice.archives import FORM, MEBIBYTE, Limits, check_archive
from talentservice.errors import FileRefused

MOST = 64 * MEBIBYTE
SHEET, RELS = "xl/worksheets/sheet1.xml", "_rels/.rels"
XML = b'<?xml version="1.0" encoding="UTF-8"?><x/>'
HERE = {"[Content_Types].xml": XML, "xl/workbook.xml": XML, SHEET: XML}
RELATED = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://x.invalid/{}" Target="http://x.invalid/a" {}/></Relationships>'


def packed(parts: dict[str, bytes] | None = None, **more: int) -> bytes:
    """An archive with the parts of a workbook and these."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", **({"compression": zipfile.ZIP_DEFLATED} | more)) as archive:
        for name, data in (HERE | (parts or {})).items():
            archive.writestr(name, data)
    return out.getvalue()


def link() -> bytes:
    info = zipfile.ZipInfo("xl/media/image1.png")
    info.external_attr = 0o120777 << 16
    out = io.BytesIO(packed())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(info, "/etc/hostname")
    return out.getvalue()


def twice(name: str) -> bytes:
    out = io.BytesIO(packed())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, XML)
    return out.getvalue()


def flagged(bits: int) -> bytes:
    """The archive with flags set on its first entry, in both places."""
    data = bytearray(packed())
    struct.pack_into("<H", data, 6, bits)
    struct.pack_into("<H", data, data.index(b"PK\x01\x02") + 8, bits)
    return bytes(data)


def lying(size: int) -> bytes:
    """A sheet of 30 MB whose entry says that it is small."""
    data = bytearray(packed({SHEET: b"<x>" + b" " * 30_000_000}))
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, size)
    return bytes(data)


def overlapping(entries: int) -> bytes:
    """Entries that all lead to the same packed bytes: each is small, together they swell."""
    packed_once = zlib.compress(b" " * 900_000, 9)[2:-4]
    crc, out, directory = zlib.crc32(b" " * 900_000), io.BytesIO(), b""
    out.write(
        struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(packed_once), 900_000, 1, 0)
        + b"a"
        + packed_once
    )
    for _ in range(entries):
        sizes = (crc, len(packed_once), 900_000)
        directory += struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, *sizes, 1, 0, 0, 0, 0, 0, 0) + b"a"
    begin = out.tell()
    out.write(directory + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, entries, entries, len(directory), begin, 0))
    return out.getvalue()


def outer(kind: str, mode: str = 'TargetMode="External"') -> dict[str, bytes]:
    return {RELS: RELATED.format(kind, mode).encode()}


EXTERNAL = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

ATTACKS = {
    "F02-external-entity": (lambda: packed({SHEET: EXTERNAL}), "unsafe-xml"),
    "F02-in-a-part-not-called-xml": (lambda: packed({"xl/worksheets/sheet2.bin": EXTERNAL}), "unsafe-xml"),
    "F02-across-two-pieces": (lambda: packed({SHEET: b"<x>" + b" " * (64 * 1024 - 8) + EXTERNAL}), "unsafe-xml"),
    "F02-hidden-in-utf-16": (lambda: packed({SHEET: EXTERNAL.decode().encode("utf-16")}), "unsafe-xml"),
    "F02-hidden-in-utf-16-without-its-mark": (lambda: packed({SHEET: EXTERNAL.decode().encode("utf-16-le")}), "unsafe-xml"),
    "F02-hidden-in-a-code-page": (lambda: packed({SHEET: b'<?xml version="1.0" encoding="cp037"?>' + EXTERNAL[21:].decode().encode("cp037")}), "unsafe-xml"),
    "F02-declaration-that-does-not-end": (lambda: packed({SHEET: b"<?xml version='1.0'" + b" " * 2000 + b"encoding='cp037'?><x/>"}), "unsafe-xml"),
    "F02-not-xml-at-all": (lambda: packed({SHEET: b"x" * 10}), "unsafe-xml"),
    "F03-swelling-entities": (lambda: packed({"xl/sharedStrings.xml": LAUGHS}), "unsafe-xml"),
    "F14-old-or-encrypted": (lambda: OLD + b"\0" * 4096, "encrypted"),
    "F14-csv-renamed": ("姓名,电话\n".encode, "file-type"),
    "F14-empty": (lambda: b"", "file-type"),
    "F14-cut-short": (lambda: packed()[:-40], "damaged"),
    "F14-only-the-beginning": (lambda: b"PK\x03\x04" + b"\0" * 40, "damaged"),
    "F14-changed-on-the-way": (lambda: packed(compression=zipfile.ZIP_STORED).replace(b"<x/>", b"<y/>", 1), "damaged"),
    "F24-upwards": (lambda: packed({"../x.xml": XML}), "unsafe-archive"),
    "F24-upwards-with-backslashes": (lambda: packed({"xl\\..\\..\\x.xml": XML}), "unsafe-archive"),
    "F24-absolute": (lambda: packed({"/etc/x.xml": XML}), "unsafe-archive"),
    "F24-drive": (lambda: packed({"C:/x.xml": XML}), "unsafe-archive"),
    "F24-symbolic-link": (link, "unsafe-archive"),
    "same-name-twice": (lambda: twice(SHEET), "unsafe-archive"),
    "same-name-in-capitals": (lambda: packed({SHEET.upper(): XML}), "unsafe-archive"),
    "overlapping-entries": (lambda: overlapping(2), "unsafe-archive"),
    "overlapping-entries-that-swell": (lambda: overlapping(200), "too-large"),
    "packed-with-lzma": (lambda: packed(compression=zipfile.ZIP_LZMA), "unsafe-archive"),
    "encrypted-entry": (lambda: flagged(1), "encrypted"),
    "strongly-encrypted-entry": (lambda: flagged(0x41), "encrypted"),
    "swelling": (lambda: packed({SHEET: b"<x>" + b" " * 300_000_000}), "too-large"),
    "swelling-within-the-limits": (lambda: packed({SHEET: b"<x>" + b" " * 9_000_000}), "too-large"),
    "swelling-in-many-parts": (lambda: packed({f"xl/p{n}.xml": b"<x/>" * 240_000 for n in range(40)}), "too-large"),
    "says-that-it-is-small": (lambda: lying(100), "damaged"),
    "says-that-it-is-huge": (lambda: lying(4_000_000_000), "too-large"),
    "too-many-entries": (lambda: packed({f"xl/p{n}.xml": b"" for n in range(400)}), "too-large"),
    "a-directory-of-a-hundred-thousand": (lambda: packed() + b"PK\x01\x02" * 100_000, "too-large"),
    "an-endless-tag": (lambda: packed({SHEET: b"<x " + b"".join(b'a%d=">" ' % n for n in range(60_000)) + b"/>"}), "too-large"),
    "a-workbook-within": (lambda: packed({"xl/media/image1.png": packed()}), "embedded"),
    "an-old-document-within": (lambda: packed({"xl/media/image1.png": OLD}), "embedded"),
    "embedded": (lambda: packed({"word/embeddings/oleObject1.bin": b"x"}), "embedded"),
    "active-control": (lambda: packed({"xl/activeX/activeX1.xml": XML}), "embedded"),
    "macros": (lambda: packed({"xl/vbaProject.bin": OLD}), "macro"),
    "macros-in-capitals": (lambda: packed({"word/VBAPROJECT.BIN": b"x"}), "macro"),
    "old-macro-sheet": (lambda: packed({"xl/macrosheets/sheet1.xml": XML}), "macro"),
    "linked-workbook": (lambda: packed({"xl/externalLinks/externalLink1.xml": XML}), "external-link"),
    "data-connection": (lambda: packed({"xl/connections.xml": XML}), "external-link"),
    "template-from-outside": (lambda: packed(outer("attachedTemplate")), "external-link"),
    "template-from-outside-disguised": (lambda: packed(outer("attachedTemplate", 'TargetMode="E&#120;ternal" Note="/hyperlink"')), "external-link"),
    "links-that-are-no-xml": (lambda: packed({RELS: b"<x"}), "damaged"),
}  # fmt: skip


@pytest.fixture(scope="module", params=ATTACKS)
def attack(request):
    make, code = ATTACKS[request.param]
    return make(), code


def test_an_attack_ends_in_an_error_that_says_which_and_costs_little(attack):
    data, code = attack
    tracemalloc.start()
    try:
        with pytest.raises(FileRefused) as raised:
            check_archive(data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert raised.value.code == code
    assert raised.value.zh
    assert peak < 8 * MEBIBYTE


def test_a_damaged_file_is_told_in_words_of_its_reader():
    with pytest.raises(FileRefused) as raised:
        check_archive(packed()[:-40])
    assert (raised.value.en, raised.value.zh) == ("the file is damaged", "文件已损坏")


def test_the_memory_of_the_process_grows_by_less_than_is_allowed(tmp_path):
    """Measured where nothing else runs, as the system counts it."""
    paths = []
    for name in (
        "swelling",
        "swelling-in-many-parts",
        "overlapping-entries-that-swell",
        "an-endless-tag",
        "says-that-it-is-small",
    ):
        paths.append(tmp_path / name)
        paths[-1].write_bytes(ATTACKS[name][0]())
    code = (
        "import resource, sys\n"
        "from talentservice.archives import check_archive\n"
        "from talentservice.errors import FileRefused\n"
        "files = [open(name, 'rb').read() for name in sys.argv[1:]]\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "for data in files:\n"
        "    try:\n        check_archive(data)\n        sys.exit('taken')\n"
        "    except FileRefused:\n        pass\n"
        "print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code, *map(str, paths)], capture_output=True, text=True, check=True)
    assert int(ran.stdout) < MOST


def test_a_sound_archive_gives_its_names():
    parts = {
        "xl/media/image1.png": b"\x89PNG\0\0",
        "xl/printerSettings/printerSettings1.bin": "打印机\0".encode("utf-16-le"),
    }
    assert check_archive(packed(parts)) == {*HERE, *parts}


@pytest.mark.parametrize(
    "start", [b"\xef\xbb\xbf<?xml version='1.0'?>", b"<?xml version='1.0' encoding='utf-8' standalone='yes'?>", b"\r\n"]
)
def test_a_part_may_begin_as_xml_may(start):
    assert SHEET in check_archive(packed({SHEET: start + b"<x/>"}))


def test_many_long_texts_are_not_taken_for_one():
    texts = b"<x>" + b"".join(b"<t>" + bytes(range(65, 91)) * 1200 + b"</t>" for _ in range(100)) + b"</x>"
    assert SHEET in check_archive(packed({SHEET: texts}, compression=zipfile.ZIP_STORED))


def test_an_address_somebody_typed_is_no_link_to_other_files():
    assert RELS in check_archive(packed(outer("hyperlink")))
    assert RELS in check_archive(packed(outer("styles", 'TargetMode="Internal"')))


def test_what_is_only_read_may_hold_macros_and_links():
    reading = Limits(passive=False)
    parts = {"xl/vbaProject.bin": OLD, "xl/externalLinks/a.xml": XML, "xl/embeddings/a.xlsx": packed()} | outer(
        "oleObject"
    )
    assert parts.keys() <= check_archive(packed(parts), reading)
    with pytest.raises(FileRefused) as raised:
        check_archive(packed({SHEET: LAUGHS}), reading)
    assert raised.value.code == "unsafe-xml"


def test_a_file_as_large_as_is_allowed_is_taken():
    text = b"<x>" + bytes(range(65, 91)) * 3_000 + b"</x>"
    many = {f"xl/p{n}.xml": text for n in range(FORM.entries - len(HERE))}
    assert len(check_archive(packed(many, compression=zipfile.ZIP_STORED), Limits(total=40 * MEBIBYTE))) == 300
