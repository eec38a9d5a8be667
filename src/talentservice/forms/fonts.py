"""Which fonts a form is printed in: names by role for programs that find fonts themselves, files for those that do not."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal, Self

from attrs import evolve, field, frozen

from talentservice.errors import WrongType

Role = Literal["body", "title", "label", "box"]
ROLES: tuple[Role, ...] = ("body", "title", "label", "box")
# What Chinese offices have installed comes first; then free fonts that hold every sign of the national standard.
FANG = ("仿宋_GB2312", "仿宋", "FangSong", "FandolFang R", "Noto Serif CJK SC", "Noto Serif SC")
BIAOSONG = ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "FandolSong", "Noto Serif CJK SC", "Noto Serif SC")
HEI = ("黑体", "SimHei", "FandolHei", "Noto Sans CJK SC", "Noto Sans SC")
# Chinese fonts have no ☑; DejaVu Sans Mono has, and the program that makes our PDFs brings it.
BOXES = ("Segoe UI Symbol", "MS Gothic", "DejaVu Sans", "Noto Sans Symbols 2", "DejaVu Sans Mono", "Noto Sans SC")


def _paths(places: Iterable[Path | str]) -> tuple[Path, ...]:
    if isinstance(places, str | bytes | os.PathLike):  # a text would be taken for as many files as it has signs
        raise WrongType(
            "files is a list of paths: files=[…], not one path", "files 应为路径的列表：files=[…]，不能是单个路径"
        )
    found = tuple(places)
    if not all(isinstance(place, str | os.PathLike) for place in found):
        raise WrongType("files is a list of paths, each a text or a Path", "files 应为路径的列表，每项为文字或 Path")
    return tuple(Path(place) for place in found)


@frozen
class FontSet:
    """Fonts by role, each a chain of names of which the first that is there, and has the sign, prints it.

    `body` for values and running text, `title`, `label` for the form's own labels, `box` for boxes. `files` are the font files
    or folders a PDF is made with (a list: one path alone is refused with `WrongType`); documents for office programs name fonts,
    and take them from the machine they are opened on.
    """

    body: tuple[str, ...] = FANG
    title: tuple[str, ...] = BIAOSONG
    label: tuple[str, ...] = HEI
    box: tuple[str, ...] = BOXES
    files: tuple[Path, ...] = field(default=(), converter=_paths)

    @classmethod
    def detect(cls, *folders: Path | str) -> Self:
        """The fonts of the chains that are found in folders, or files; without any, in the folders where this system keeps fonts.

        What was found for each role, `found` tells. Needs the extra `pdf`.
        """
        from talentservice.forms.glyphs import faces

        named = cls()
        wanted = {name.casefold() for role in ROLES for name in named.chain(role)}
        places = _paths(folders) or tuple(f for f in usual_folders() if f.is_dir())
        files = {face.path for face in faces(places) if face.names & wanted}
        return evolve(named, files=tuple(sorted(files)))

    def chain(self, role: Role) -> tuple[str, ...]:
        """The names of a role's fonts, best first."""
        chains: Mapping[Role, tuple[str, ...]] = {"body": self.body, "title": self.title, "label": self.label, "box": self.box}  # fmt: skip
        return chains[role]

    def found(self) -> dict[Role, tuple[str, ...]]:
        """For each role the names of its chain that `files` hold, best first; an empty one cannot be printed in a PDF.

        Needs the extra `pdf`.
        """
        from talentservice.forms.glyphs import BROUGHT, faces

        there = {name for face in faces(self.files) for name in face.names}
        there |= {name.casefold() for name in BROUGHT}
        return {role: tuple(name for name in self.chain(role) if name.casefold() in there) for role in ROLES}


OFFICE = FontSet()


def usual_folders() -> Iterator[Path]:
    """The folders in which this system keeps its fonts."""
    home = Path.home()
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"
        yield Path(os.environ.get("LOCALAPPDATA", home / "AppData/Local")) / "Microsoft/Windows/Fonts"
    elif sys.platform == "darwin":
        yield from (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts")
    else:
        yield from (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts")  # fmt: skip
