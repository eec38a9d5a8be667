"""Workbooks (.xlsx): the values of one sheet; a hostile or broken file is refused (needs the extra `xlsx`)."""

import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any

from talentservice.cells import Uncomputed, shown
from talentservice.errors import MissingExtra, TableError, did_you_mean

LARGEST_UNPACKED = 512 * 1024 * 1024
LAST_ROW = 1_048_576  # a sheet has no more


def sheet_rows(data: bytes, sheet: str | None) -> Sequence[Sequence[object]]:
    """The rows of one sheet of a workbook; without a name the first.

    Raises:
        MissingExtra: openpyxl and defusedxml are not installed.
        TableError: damaged, hostile, or without that sheet.
    """
    _check_archive(data)
    try:
        return _read(data, sheet)
    except (MissingExtra, TableError):
        raise
    except Exception as error:  # noqa: BLE001  # a broken or hostile workbook fails in many ways
        if _forbidden(error):
            raise TableError(
                "the workbook declares XML entities, which none needs; it is refused", "工作簿含 XML 实体声明，拒绝读取"
            ) from None
        name = type(error).__name__
        raise TableError(f"the workbook cannot be read: {name}", f"工作簿无法读取：{name}") from None


def _forbidden(error: BaseException | None) -> bool:
    """Whether defusedxml is behind it: an entity is declared, to read a file or to swell. openpyxl hides the cause."""
    while error is not None:
        if type(error).__module__.startswith("defusedxml"):
            return True
        error = error.__cause__ or error.__context__
    return False


def _read(data: bytes, sheet: str | None) -> Sequence[Sequence[object]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions, which values do not have
        rows = list(_lines(data, sheet, computed=False))
        if not any(isinstance(cell, Uncomputed) for row in rows for cell in row):
            return rows
        # A file holds each formula and the value it had when it was saved, and openpyxl shows one or the other.
        return [
            [value if isinstance(cell, Uncomputed) and value is not None else cell for cell, value in zip(row, values, strict=True)]
            for row, values in zip(rows, _lines(data, sheet, computed=True), strict=True)
        ]  # fmt: skip


def _lines(data: bytes, sheet: str | None, *, computed: bool) -> Iterator[list[object]]:
    book = _openpyxl().load_workbook(io.BytesIO(data), read_only=True, data_only=computed, keep_links=False)
    sheets = {s.title: s for s in book.worksheets}
    if not sheets or (sheet is not None and sheet not in sheets):
        named, have = shown(sheet or ""), [shown(title) for title in sheets]
        near = did_you_mean(named, have)
        raise TableError(
            f"no sheet '{named}'; there is: {', '.join(have)}" + (f". Did you mean '{near}'?" if near else ""),
            f"没有工作表“{named}”；现有：{'、'.join(have)}" + (f"。是否指“{near}”？" if near else ""),
        )
    chosen = sheets[sheet] if sheet is not None else next(iter(sheets.values()))
    chosen.reset_dimensions()  # what the file says of its own size may be wrong, or a million rows of nothing
    for number, row in enumerate(chosen.iter_rows(), start=1):
        if number > LAST_ROW:
            raise TableError(f"the sheet has more than {LAST_ROW} rows", f"工作表超过 {LAST_ROW} 行")
        yield [Uncomputed(str(cell.value)) if cell.data_type == "f" else cell.value for cell in row]


def _openpyxl() -> Any:
    try:
        import defusedxml  # noqa: F401  # openpyxl refuses entities only when it is there
        import openpyxl
    except ImportError:
        raise MissingExtra("openpyxl and defusedxml", "xlsx") from None
    if not openpyxl.DEFUSEDXML:  # switched off by its environment variable
        raise TableError(
            "OPENPYXL_DEFUSEDXML is off, so that no workbook is safe to read",
            "OPENPYXL_DEFUSEDXML 已关闭，读取工作簿不安全",
        )
    return openpyxl


def _check_archive(data: bytes) -> None:
    """Refuse an archive that unpacks to too much or that names files outside itself."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except Exception:  # noqa: BLE001  # a damaged archive fails in many ways
        raise TableError("the workbook is damaged", "工作簿已损坏") from None
    if sum(e.file_size for e in entries) > LARGEST_UNPACKED:
        raise TableError(
            f"the workbook unpacks to more than {LARGEST_UNPACKED} bytes", f"工作簿解压后超过 {LARGEST_UNPACKED} 字节"
        )
    if any(e.filename.startswith(("/", "\\")) or ".." in PurePosixPath(e.filename).parts for e in entries):
        raise TableError("the workbook names files outside itself", "压缩包含非法路径")
