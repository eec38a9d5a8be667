"""Which fonts a form is printed in: names by role for programs that find fonts themselves, files for those that do not."""

from pathlib import Path

from attrs import frozen

# What Chinese offices have installed comes first; then free fonts that hold every sign of the national standard.
FANG = ("仿宋_GB2312", "仿宋", "FangSong", "FandolFang R", "Noto Serif CJK SC", "Noto Serif SC")
BIAOSONG = ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "FandolSong", "Noto Serif CJK SC", "Noto Serif SC")
HEI = ("黑体", "SimHei", "FandolHei", "Noto Sans CJK SC", "Noto Sans SC")
BOXES = ("Segoe UI Symbol", "MS Gothic", "DejaVu Sans", "Noto Sans Symbols 2", "Noto Sans SC")


@frozen
class FontSet:
    """Fonts by role, each a chain of names of which the first that is there, and has the sign, prints it.

    `body` for values and running text, `title`, `label` for the form's own labels, `box` for boxes. `files` are the font files
    or folders a PDF is made with; documents for office programs name fonts, and take them from the machine they are opened on.
    """

    body: tuple[str, ...] = FANG
    title: tuple[str, ...] = BIAOSONG
    label: tuple[str, ...] = HEI
    box: tuple[str, ...] = BOXES
    files: tuple[Path, ...] = ()


OFFICE = FontSet()
