"""Workbooks (.xlsx): the values of one sheet; a hostile or broken file is refused (needs the extra `xlsx`)."""

import io
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

from talentservice.archives import MEBIBYTE, Limits, check_archive
from talentservice.cells import Uncomputed, shown
from talentservice.errors import FileRefused, MissingExtra, TableError, did_you_mean

# Of a table only the values are read: macros and links in it stay where they are. Zip packs no more than 1032 to 1.
LIMITS = Limits(entry=512 * MEBIBYTE, total=512 * MEBIBYTE, ratio=1032, entries=10_000, passive=False)
LAST_ROW = 1_048_576  # a sheet has no more


def sheet_rows(data: bytes, sheet: str | None) -> Sequence[Sequence[object]]:
    """The rows of one sheet of a workbook; without a name the first.

    Raises:
        MissingExtra: openpyxl and defusedxml are not installed.
        TableError: damaged, hostile, or without that sheet.
    """
    try:
        check_archive(data, LIMITS)
        return _read(data, sheet)
    except (MissingExtra, TableError):
        raise
    except FileRefused as error:
        raise TableError(error.en, error.zh, code=error.code) from None
    except Exception as error:  # noqa: BLE001  # a broken workbook fails in many ways
        name = type(error).__name__
        raise TableError(f"the workbook cannot be read: {name}", f"工作簿无法读取：{name}") from None


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
