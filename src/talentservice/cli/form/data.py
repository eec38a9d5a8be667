"""What forms are filled in with: one JSON object, or many from JSON, JSON lines or a table; each with where it stands."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from attrs import frozen

from talentservice.audit import read_table
from talentservice.audit.tables import Table, decoded
from talentservice.cells import EXACT, Uncomputed, digits_lost
from talentservice.cli.form.columns import Column, columns_of
from talentservice.denied import unread
from talentservice.errors import InputError, TableError
from talentservice.forms import FormField, FormFile, FormGroup
from talentservice.forms.entries import MONTHS, number_for_a_month
from talentservice.forms.model import FieldProblem
from talentservice.forms.nesting import nested
from talentservice.forms.sources import as_due
from talentservice.forms.values import write
from talentservice.jsontext import json_object, json_value
from talentservice.labels import Label

JSON, LINES = (".json",), (".jsonl", ".ndjson")


@frozen
class Given:
    """The values for one form or one row of it: where they stand, and by slot the column each came from."""

    where: Label
    values: Mapping[str, Any]
    problems: tuple[FieldProblem, ...] = ()
    columns: Mapping[str, str] = {}

    def column(self, problem: FieldProblem) -> str:
        """The column of a table the value with this problem came from; nothing where it came from none."""
        return self.columns.get(problem.key, "") if problem.key else ""


@frozen
class Data:
    """What a file holds; `rows_of` is the repeated group whose rows its entries are, `many` is false for one JSON object."""

    entries: tuple[Given, ...]
    many: bool
    rows_of: FormGroup | None = None


def load(path: Path, form: FormFile, shift: int, *, each: bool, sheet: str | None, encoding: str | None) -> Data:
    """Read a file of values.

    Args:
        path: .json, .jsonl, or a table (.csv, .xlsx).
        form: the form; of one that is a list of rows, entries with nothing but a row's fields are its rows.
        shift: by how many years the printed years move on.
        each: take every entry as a form of its own all the same.
        sheet: of a workbook; without it the first.
        encoding: of a text; without it UTF-8, then GB18030.

    Raises:
        TableError: the file cannot be read, or has columns the form does not have.
    """
    if path.suffix.lower() not in JSON + LINES:
        return _tabled(read_table(path, sheet=sheet, encoding=encoding), form, shift, each=each)
    text = _text(path, encoding)
    if path.suffix.lower() in LINES:
        found = [_line(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
        return _listed(path, found, form, each=each)
    value = _json(path, text)
    if isinstance(value, dict):
        return Data((Given(Label(zh=path.name, en=path.name), value),), many=False)
    if value == []:
        raise TableError(f"{path.name} holds no entry", f"{path.name} 里没有条目")
    if not isinstance(value, list):
        raise TableError(
            f"{path.name} holds no JSON object, and no list of them", f"{path.name} 不是 JSON 对象，也不是其列表"
        )
    return _listed(path, [_item(number, item) for number, item in enumerate(value, start=1)], form, each=each)


def _text(path: Path, encoding: str | None) -> str:
    try:
        return decoded(path.read_bytes(), encoding)
    except OSError as error:
        raise TableError(*unread(path.name, error)) from None


def _json(path: Path, text: str) -> object:
    if not text.strip():
        raise _empty(path)
    try:
        return json_value(text)
    except InputError as error:
        raise TableError(f"{path.name}, {error.en}", f"{path.name} {error.zh}") from None


def _empty(path: Path) -> TableError:
    return TableError(f"{path.name} is empty", f"{path.name} 是空文件")


def _line(number: int, line: str) -> Given:
    where = Label(zh=f"第 {number} 行", en=f"line {number}")
    try:
        return Given(where, json_object(line))
    except InputError as error:
        return _no_entry(where, error.en, error.zh)


def _item(number: int, value: object) -> Given:
    where = Label(zh=f"第 {number} 项", en=f"entry {number}")
    return Given(where, value) if isinstance(value, dict) else _no_entry(where, "not a JSON object", "不是 JSON 对象")


def _no_entry(where: Label, en: str, zh: str) -> Given:
    return Given(where, {}, (FieldProblem("", "", Label(zh="结构", en="shape"), en, zh),))


def _listed(path: Path, entries: Sequence[Given], form: FormFile, *, each: bool) -> Data:
    if not entries:
        raise _empty(path)
    group, keys = _list_of(form), {key for e in entries for key in e.values}
    rows = group if group and not each and keys <= {f.id for f in group.fields} else None
    return Data(tuple(entries), many=True, rows_of=rows)


def _list_of(form: FormFile) -> FormGroup | None:
    """The repeated group of a form whose table is nothing but its rows."""
    tables = [block for block in form.layout if not (block.heading or block.paragraph or block.page_break)]
    rows_of = tables[0].repeat if len(tables) == 1 else None
    return form.by_id[rows_of] if rows_of else None  # the form's file is refused where it is not there, or not repeated


# -- tables ------------------------------------------------------------------------------------------------------------------


def _tabled(table: Table, form: FormFile, shift: int, *, each: bool) -> Data:
    group = _list_of(form)
    columns, of_rows = columns_of(form, shift, group, table.columns, each=each)
    taken = {c.slot: name for name, c in columns.items()}
    entries = []
    for row in table.rows:
        where = Label(zh=f"第 {row.number} 行", en=f"row {row.number}")
        problems = [] if not row.beyond else [_beyond()]
        values = dict(_cells(columns, row.cells, problems))
        entries.append(Given(where, values if of_rows else nested(form, values), tuple(problems), taken))
    return Data(tuple(entries), many=True, rows_of=group if of_rows else None)


def _cells(
    columns: Mapping[str, Column], cells: Mapping[str, object], problems: list[FieldProblem]
) -> Iterator[tuple[str, object]]:
    for name, column in columns.items():
        if not column.slot:
            continue
        try:
            yield column.slot, _value(column.field, cells.get(name))
        except InputError as error:
            problems.append(FieldProblem(name, column.slot, column.field.label, error.en, error.zh))


def _value(field: FormField, cell: object) -> object:
    """What a cell holds, as somebody would have written it: a spreadsheet keeps numbers and dates in its own way."""
    if isinstance(cell, Uncomputed):
        raise InputError(
            "a formula without a stored value; open the workbook in a spreadsheet program and save it",
            "公式没有已存的结果；请用表格软件打开并保存一次",
        )
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if abs(cell) >= EXACT:
            raise digits_lost()
        if field.type in MONTHS and cell != int(cell):
            raise number_for_a_month(field)
        return f"{Decimal(repr(cell)):f}".removesuffix(".0")
    if isinstance(cell, time | timedelta) or (isinstance(cell, datetime) and cell.time() != time()):
        return _with_time(cell)
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        due = as_due(field, cell)
        return due if field.type.startswith(("date", "year")) else write(field, due)
    return cell


def _with_time(cell: datetime | time | timedelta) -> str:
    """A time as text, as the reader of forms takes it: a field for a day refuses it, rather than lose the time."""
    if isinstance(cell, datetime):
        return f"{cell.year}年{cell.month}月{cell.day}日 {cell:%H:%M:%S}"
    if isinstance(cell, time):
        return f"{cell:%H:%M:%S}"
    seconds = round(cell.total_seconds())
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _beyond() -> FieldProblem:
    label = Label(zh="行", en="row")
    return FieldProblem("", "", label, "has more cells than the header has columns", "单元格多于表头的列")
