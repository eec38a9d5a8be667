"""How much of a form a workbook holds: what is not read back is not written either."""

import io
from zipfile import ZipFile

from attrs import define

from talentservice.forms.limits import check_count, check_sizes
from talentservice.forms.matching import OFF, ON
from talentservice.forms.xlsx.names import address
from talentservice.labels import Label
from talentservice.workbooks import Caps, too_large

CAPS = Caps(
    texts=200_000, names=40_000, styles=70_000, rows=100_000, cells=400_000, filled=100_000, merged=60_000,
    text=40_000,  # a spreadsheet takes 32,767
    marks=(ON, OFF),
)  # fmt: skip
KIND = Label(zh="工作簿", en="workbook")
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
        check_count(self.rows, MOST_ROWS, ("rows", "行"), KIND)
        check_count(self.filled, CAPS.filled, ("filled cells", "个有内容的单元格"), KIND)
        check_count(self.cells, CAPS.cells, ("cells", "个单元格"), KIND)
        check_count(self.merged, CAPS.merged, ("merged cells", "处合并单元格"), KIND)


def check_packed(data: bytes) -> None:
    """Refuse a finished workbook that the guard of archives would not let through.

    Raises:
        FormError: unpacked it is too large.
    """
    with ZipFile(io.BytesIO(data)) as archive:
        sizes = [(e.file_size, e.compress_size) for e in archive.infolist()]
    check_sizes(sizes, KIND)
