"""Tables as they come: CSV in UTF-8 or GB18030, XLSX, JSON lines; what cannot be read is named by row and column."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from attrs import frozen

from talentservice.errors import MissingExtra, TableError, did_you_mean

LARGEST_FILE = 200 * 1024 * 1024
LARGEST_UNPACKED = 512 * 1024 * 1024
LONGEST_CELL = 131_072
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"


@frozen
class Row:
    """One row: its number as an office counts (the header is row 1) and its cells by column name."""

    number: int
    cells: Mapping[str, object]


@frozen
class Table:
    """A table: the columns in order, and its rows."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def need(self, columns: Iterable[str]) -> None:
        """Raise TableError naming every column that is missing, the columns there are and the nearest."""
        gone = [c for c in columns if c not in self.columns]
        if gone:
            have = list(self.columns)
            hints = [(c, did_you_mean(c, have)) for c in gone]
            en = "; ".join(f"no column {c!r}" + (f" (did you mean {n!r}?)" if n else "") for c, n in hints)
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
        MissingExtra: a workbook needs the extra `xlsx`.
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
        raise TableError(
            f"cannot read {path.name}: {error.strerror}", f"读不到 {path.name}：{error.strerror}"
        ) from None
    readers = {".csv": _csv, ".jsonl": _jsonl, ".ndjson": _jsonl, ".xlsx": _xlsx, ".xlsm": _xlsx}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise TableError(
            f"{path.name}: a table ends in .csv, .xlsx or .jsonl, not {path.suffix or 'nothing'}",
            f"{path.name}：表格须为 .csv、.xlsx 或 .jsonl，而不是 {path.suffix or '无扩展名'}",
        )
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
    for name in (encoding,) if encoding else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\0" in text:
            break
        return text
    tried = encoding or "UTF-8, GB18030"
    raise TableError(f"the file cannot be read as {tried}; name its encoding", f"文件不能按 {tried} 读取；请指明编码")


def _csv(data: bytes, _sheet: str | None, encoding: str | None) -> Iterator[Sequence[object]]:
    csv.field_size_limit(LARGEST_FILE)
    yield from csv.reader(io.StringIO(decoded(data, encoding), newline=""))


def _jsonl(data: bytes, _sheet: str | None, encoding: str | None) -> Iterator[Sequence[object]]:
    rows: list[dict[str, object]] = []
    for number, line in enumerate(decoded(data, encoding).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise TableError(f"line {number} is not a JSON object", f"第 {number} 行不是 JSON 对象")
        rows.append(row)
    columns = list(dict.fromkeys(key for row in rows for key in row))
    yield columns
    yield from ([row.get(c) for c in columns] for row in rows)


def _xlsx(data: bytes, sheet: str | None, _encoding: str | None) -> Iterator[Sequence[object]]:
    try:
        import defusedxml  # noqa: F401  # openpyxl refuses entities only when it is there
        import openpyxl
    except ImportError:
        raise MissingExtra("openpyxl and defusedxml", "xlsx") from None
    _check_archive(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # noqa: BLE001  # a broken or hostile workbook fails in many ways
        raise TableError(
            f"the workbook cannot be read: {type(error).__name__}", f"工作簿无法读取：{type(error).__name__}"
        ) from None
    if sheet is not None and sheet not in book.sheetnames:
        names = book.sheetnames
        raise TableError(
            f"no sheet {sheet!r}; there is: {', '.join(names)}", f"没有工作表“{sheet}”；现有：{'、'.join(names)}"
        )
    yield from book[sheet or book.sheetnames[0]].iter_rows(values_only=True)


def _check_archive(data: bytes) -> None:
    """Refuse an archive that unpacks to too much or that names files outside itself."""
    import zipfile

    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except zipfile.BadZipFile:
        raise TableError("the workbook is damaged", "工作簿已损坏") from None
    if sum(e.file_size for e in entries) > LARGEST_UNPACKED:
        raise TableError(
            f"the workbook unpacks to more than {LARGEST_UNPACKED} bytes", f"工作簿解压后超过 {LARGEST_UNPACKED} 字节"
        )
    if any(e.filename.startswith(("/", "\\")) or ".." in Path(e.filename).parts for e in entries):
        raise TableError("the workbook names files outside itself", "压缩包含非法路径")


def _laid_out(path: Path, lines: Iterator[Sequence[object]]) -> Table:
    header = next(lines, None)
    names = [str(c).strip() if c is not None else "" for c in header or ()]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise TableError(f"{path.name} is empty", f"{path.name} 是空文件")
    twice = sorted({n for n in names if names.count(n) > 1})
    if twice or "" in names:
        raise TableError(
            f"{path.name}: the header has {'the column ' + repr(twice[0]) + ' twice' if twice else 'a column without a name'}",
            f"{path.name}：表头{'重复列“' + twice[0] + '”' if twice else '有未命名的列'}",
        )
    rows = []
    for number, line in enumerate(lines, start=2):
        cells = dict(zip(names, line, strict=False))
        if any(c not in (None, "") for c in cells.values()):
            rows.append(Row(number, cells))
    return Table(tuple(names), tuple(rows))
