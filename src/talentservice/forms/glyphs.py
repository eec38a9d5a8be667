"""What font files hold: their names, and which signs they can print (needs the extra `pdf`)."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from attrs import field, frozen

from talentservice.errors import InputError, MissingExtra

FONTS = frozenset({".ttf", ".otf", ".ttc", ".otc"})
COLLECTIONS = frozenset({".ttc", ".otc"})
FAMILY, FULL, POSTSCRIPT, TYPOGRAPHIC = 1, 4, 6, 16  # ids of the names by which programs know a font
# The program that makes PDFs brings this font, without a file: its signs for boxes.
BROUGHT: Mapping[str, frozenset[str]] = {"DejaVu Sans Mono": frozenset("☑☒☐□■√✓")}
# Signs that leave no mark of their own: ends of lines, joiners, variation selectors. A no-break space is made from a space.
UNSEEN = frozenset("\n\u00a0\u200b\u200c\u200d\u200e\u200f\u2060\ufeff") | {chr(c) for c in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))}  # fmt: skip


@frozen
class Face:
    """One font of a file, by all its names in lower case; a collection holds several."""

    path: Path
    index: int
    names: frozenset[str] = field(eq=False, repr=False)


@lru_cache(maxsize=32)
def faces(places: tuple[Path, ...]) -> tuple[Face, ...]:
    """The fonts in files and folders, in order; a folder's by name. Files that are no fonts are passed over.

    Raises:
        InputError: a file or folder is not there.
        MissingExtra: fontTools is not installed.
    """
    gone = [str(place) for place in places if not place.exists()]
    if gone:
        raise InputError(
            f"no such font file or folder: {', '.join(gone)}", f"没有此字体文件或文件夹：{'、'.join(gone)}"
        )
    return tuple(face for place in places for path in _files(place) for face in _faces(path))


@lru_cache(maxsize=64)
def held(path: Path, index: int) -> frozenset[str]:
    """The signs a font of a file has a glyph for."""
    with _tools().TTFont(str(path), fontNumber=index, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap() or ()))


def _files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    elif place.is_dir():
        yield from sorted(p for p in place.rglob("*") if p.suffix.lower() in FONTS and p.is_file())


def _faces(path: Path) -> Iterator[Face]:
    tools = _tools()
    try:
        with path.open("rb") as file:  # opened here, so that it is closed again where it holds no font
            if path.suffix.lower() in COLLECTIONS:
                fonts = tools.TTCollection(file, lazy=True).fonts
            else:
                fonts = [tools.TTFont(file, lazy=True)]
            yield from [Face(path, i, _names(font)) for i, font in enumerate(fonts)]
    except (tools.TTLibError, OSError):  # a font's ending, and no font
        return


def _names(font: Any) -> frozenset[str]:  # fontTools has no types
    return frozenset(
        record.toUnicode(errors="replace").casefold()
        for record in font["name"].names
        if record.nameID in (FAMILY, FULL, POSTSCRIPT, TYPOGRAPHIC)
    )


def _tools() -> ModuleType:
    try:
        from fontTools import ttLib
    except ImportError:
        raise MissingExtra("fonttools", "pdf") from None
    return ttLib  # type: ignore[no-any-return]  # fontTools has no types
