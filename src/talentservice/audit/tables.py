"""Tables as they come: CSV in UTF-8 or GB18030, XLSX, JSON lines; what cannot be read is named by row and column."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from attrs import frozen

from talentservice.audit.workbook import sheet_rows
from talentservice.cells import shown
from talentservice.denied import unread
from talentservice.errors import InputError, TableError, did_you_mean
from talentservice.jsontext import json_object

LARGEST_FILE = 200 * 1024 * 1024
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
END = "\x1e"
Numbered = tuple[int, Sequence[object]]  # a row's number and its cells


@frozen
class Row:
    """One row: its number as an office counts (the header is row 1; of JSON lines the line) and its cells by column name.

    `beyond`: it has more cells than the header has columns, so that nothing says which belongs where.
    """

    number: int
    cells: Mapping[str, object]
    beyond: bool = False


@frozen
class Table:
    """A table: the columns in order, and its rows."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def need(self, columns: Iterable[str]) -> None:
        """Raise TableError naming every column that is missing, the columns there are and the nearest."""
        gone = [c for c in columns if c not in self.columns]
        if gone:
            have = [shown(c) for c in self.columns]
            hints = [(shown(c), did_you_mean(c, have)) for c in gone]
            en = "; ".join(f"no column '{c}'" + (f" (did you mean '{n}'?)" if n else "") for c, n in hints)
            zh = "；".join(f"缺少列“{c}”" + (f"（是否指“{n}”？）" if n else "") for c, n in hints)
            raise TableError(f"{en}; there is: {', '.join(have)}", f"{zh}；现有：{'、'.join(have)}")


def read_table(path: Path, *, sheet: str | None = None, encoding: str | None = None) -> Table:
    """Read a table by its ending: .csv, .xlsx, .jsonl.

    Args:
        path: the file.
        sheet: the sheet of a workbook; without it the first.
        encoding: of a CSV file; without it UTF-8 (with or without its mark), then GB18030.

    Raises:
        TableError: the file is empty, too large, of another kind than its ending says, or lacks its header.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise TableError(
                f"{path.name} has {size} bytes; at most {LARGEST_FILE} are read",
                f"{path.name} 有 {size} 字节，超过上限 {LARGEST_FILE}",
            )
        data = path.read_bytes()
    except OSError as error:
        raise TableError(*unread(path.name, error)) from None
    readers = {".csv": _csv, ".jsonl": _jsonl, ".ndjson": _jsonl, ".xlsx": _xlsx, ".xlsm": _xlsx}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise TableError(
            f"{path.name}: a table ends in .csv, .xlsx or .jsonl, not {path.suffix or 'nothing'}",
            f"{path.name}：表格须为 .csv、.xlsx 或 .jsonl，而不是 {path.suffix or '无扩展名'}",
        )
    if not data:
        raise TableError(f"{path.name} is empty", f"{path.name} 是空文件")
    _check_kind(path, data, reader is _xlsx)
    table = _laid_out(path, reader(data, sheet, encoding))
    if not table.rows:
        raise TableError(f"{path.name} has no rows under its header", f"{path.name} 没有数据行")
    return table


def _check_kind(path: Path, data: bytes, workbook: bool) -> None:  # noqa: FBT001  # internal
    """The content must be what the ending says: an old .xls or a renamed CSV is told so."""
    found = (
        "an old .xls (or an encrypted) workbook"
        if data.startswith(OLD_EXCEL)
        else "a zip archive or workbook"
        if data.startswith(ZIP)
        else "text"
    )
    if workbook != data.startswith(ZIP) or data.startswith(OLD_EXCEL):
        zh = {"text": "文本", "a zip archive or workbook": "压缩包或工作簿"}.get(found, "旧版 .xls（或加密）工作簿")
        raise TableError(
            f"{path.name} ends in {path.suffix} but holds {found}; save it as .xlsx or .csv",
            f"{path.name} 扩展名是 {path.suffix}，内容是{zh}；请另存为 .xlsx 或 .csv",
        )


def decoded(data: bytes, encoding: str | None) -> str:
    """The text of a CSV file.

    Raises:
        TableError: neither UTF-8 nor GB18030, or not what `encoding` says.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise TableError("the file is UTF-16; save it as UTF-8", "文件是 UTF-16；请另存为 UTF-8")
    if b"\0" in data:
        raise TableError(
            "the file holds NUL bytes; it may be UTF-16: save it as UTF-8",
            "文件含空字节，可能是 UTF-16；请另存为 UTF-8",
        )
    tried = shown(encoding) if encoding else "UTF-8, GB18030"
    for name in (encoding,) if encoding else ("utf-8", "gb18030"):
        try:
            text = data.decode(name)
        except (LookupError, ValueError):  # no such encoding, or not a text in it
            continue
        return text.removeprefix("\ufeff")
    raise TableError(f"the file cannot be read as {tried}; name its encoding", f"文件不能按 {tried} 读取；请指明编码")


def _csv(data: bytes, _sheet: str | None, encoding: str | None) -> Iterator[Numbered]:
    text = decoded(data, encoding)
    # The last line shows whether a quotation mark is still open: all rows behind it would be one cell, without a word.
    lines = chain(io.StringIO(text, newline=""), [END])
    limit = csv.field_size_limit(LARGEST_FILE)
    try:
        rows = list(csv.reader(lines))
    finally:
        csv.field_size_limit(limit)
    if rows.pop() != [END]:
        raise TableError(
            f"row {len(rows) + 1}: a quotation mark is opened and never closed", f"第 {len(rows) + 1} 行有未闭合的引号"
        )
    yield from enumerate(rows, start=1)


def _jsonl(data: bytes, _sheet: str | None, encoding: str | None) -> Iterator[Numbered]:
    rows: list[tuple[int, dict[str, object]]] = []
    for number, line in enumerate(decoded(data, encoding).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json_object(line, float)
        except InputError as error:
            raise TableError(f"line {number}: {error.en}", f"第 {number} 行：{error.zh}") from None
        rows.append((number, row))
    columns = list(dict.fromkeys(key for _, row in rows for key in row))
    yield 0, columns
    yield from ((number, [row.get(c) for c in columns]) for number, row in rows)


def _xlsx(data: bytes, sheet: str | None, _encoding: str | None) -> Iterator[Numbered]:
    yield from sheet_rows(data, sheet)


def _laid_out(path: Path, lines: Iterator[Numbered]) -> Table:
    filled = ((number, line) for number, line in lines if not all(_blank(c) for c in line))
    _, header = next(filled, (0, ()))
    names = [str(c).strip() if c is not None else "" for c in header]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise TableError(f"{path.name} is empty", f"{path.name} 是空文件")
    twice = sorted({n for n in names if names.count(n) > 1})
    if twice or "" in names:
        en = f"the column '{shown(twice[0])}' twice" if twice else "a column without a name"
        zh = f"重复列“{shown(twice[0])}”" if twice else "有未命名的列"
        raise TableError(f"{path.name}: the header has {en}", f"{path.name}：表头{zh}")
    rows = [
        Row(number, dict(zip(names, line, strict=False)), not all(_blank(c) for c in line[len(names) :]))
        for number, line in filled
    ]
    return Table(tuple(names), tuple(rows))


def _blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
