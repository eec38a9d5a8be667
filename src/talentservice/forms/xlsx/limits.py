"""How much of a form a workbook holds: what is not read back is not written either."""

import io
from zipfile import ZipFile

from attrs import define

from talentservice.archives import FORM, MEBIBYTE
from talentservice.errors import FormError
from talentservice.forms.matching import OFF, ON
from talentservice.forms.xlsx.names import address
from talentservice.workbooks import Caps, too_large

CAPS = Caps(
    texts=200_000, names=40_000, styles=70_000, rows=100_000, cells=400_000, filled=100_000, merged=60_000,
    text=40_000,  # a spreadsheet takes 32,767
    marks=(ON, OFF),
)  # fmt: skip
MOST_ROWS, MOST_COLUMNS = 20_000, 256


def check_place(row: int, column: int) -> None:
    """Refuse what stands where no form reaches.

    Raises:
        FileRefused: the cell is beyond the last row or column.
    """
    if row >= MOST_ROWS or column >= MOST_COLUMNS:
        at = address(row, column)
        raise too_large(
            f"something in {at}; {MOST_ROWS} rows and {MOST_COLUMNS} columns are read: delete it, or make several files",
            f"在 {at} 处有内容，最多读取 {MOST_ROWS} 行、{MOST_COLUMNS} 列；请删除，或分成几个文件",
        )


@define
class Room:
    """What a form takes up of a workbook so far."""

    rows: int = 0
    cells: int = 0
    filled: int = 0
    merged: int = 0

    def take(self, *, rows: int = 0, cells: int = 0, filled: int = 0, merged: int = 0) -> None:
        """Take up more.

        Raises:
            FormError: it would not be read back.
        """
        self.rows += rows
        self.cells += cells
        self.filled += filled
        self.merged += merged
        _check(self.rows, MOST_ROWS, "rows", "行")
        _check(self.filled, CAPS.filled, "filled cells", "个有内容的单元格")
        _check(self.cells, CAPS.cells, "cells", "个单元格")
        _check(self.merged, CAPS.merged, "merged cells", "处合并单元格")


def _check(count: int, most: int, en: str, zh: str) -> None:
    if count > most:
        raise _too_much(f"more than {most} {en}", f"超过 {most} {zh}")


def check_packed(data: bytes) -> None:
    """Refuse a finished workbook that the guard of archives would not let through.

    Raises:
        FormError: unpacked it is too large.
    """
    with ZipFile(io.BytesIO(data)) as archive:
        sizes = [(e.file_size, e.compress_size) for e in archive.infolist()]
    most = FORM.entry // MEBIBYTE
    if sum(size for size, _ in sizes) > FORM.total or any(size > FORM.entry for size, _ in sizes):
        raise _too_much(f"more than {most} MiB of text", f"文字超过 {most} MiB")
    if any(size > max(FORM.ratio * packed, MEBIBYTE) for size, packed in sizes):
        raise _too_much("the same text over and over", "大量重复文字")


def _too_much(en: str, zh: str) -> FormError:
    return FormError(
        f"the form has {en}, and no workbook with more is read back; make several files of it",
        f"本表{zh}，超出的工作簿无法读回；请分成几个文件",
        code="too-large",
    )
