"""What forms are filled in with: one JSON object, or many from JSON, JSON lines or a table; each with where it stands."""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from attrs import frozen

from talentservice.audit import read_table
from talentservice.audit.tables import Table, decoded
from talentservice.cells import EXACT, Uncomputed, shown
from talentservice.errors import InputError, TableError, did_you_mean, unread
from talentservice.forms import FormField, FormFile, FormGroup
from talentservice.forms.fields import NO_VALUE
from talentservice.forms.model import FieldProblem
from talentservice.forms.nesting import nested
from talentservice.forms.sources import as_due
from talentservice.forms.values import write
from talentservice.labels import Label

JSON, LINES = (".json",), (".jsonl", ".ndjson")
MOST = 20  # columns that are named in an error


@frozen
class Entry:
    """The values for one form or one row of it: where they stand, and the column each key came from."""

    where: Label
    values: Mapping[str, Any]
    problems: tuple[FieldProblem, ...] = ()
    columns: Mapping[str, str] = {}


@frozen
class Data:
    """What a file holds; `rows_of` is the repeated group whose rows its entries are, `many` is false for one JSON object."""

    entries: tuple[Entry, ...]
    many: bool
    rows_of: FormGroup | None = None


@frozen
class Column:
    """A column of a table: the slot it fills, and its field; `slot` is empty where nothing is to be entered."""

    slot: str
    field: FormField


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
    value = _json(text)
    if isinstance(value, dict):
        return Data((Entry(Label(zh=path.name, en=path.name), value),), many=False)
    if not isinstance(value, list):
        raise TableError(
            f"{path.name} holds no JSON object, and no list of them", f"{path.name} 不是 JSON 对象，也不是其列表"
        )
    return _listed(
        path, [_entry(Label(zh=f"第 {n} 项", en=f"entry {n}"), v) for n, v in enumerate(value, 1)], form, each=each
    )


def _text(path: Path, encoding: str | None) -> str:
    try:
        return decoded(path.read_bytes(), encoding)
    except OSError as error:
        raise TableError(*unread(path.name, error)) from None


def _json(text: str) -> object:
    """The value of a JSON text, its numbers exact; None where it is none."""
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=str)
    except (ValueError, RecursionError):
        return None


def _line(number: int, line: str) -> Entry:
    return _entry(Label(zh=f"第 {number} 行", en=f"line {number}"), _json(line))


def _entry(where: Label, value: object) -> Entry:
    if isinstance(value, dict):
        return Entry(where, value)
    wrong = FieldProblem("", "", Label(zh="结构", en="shape"), "not a JSON object", "不是 JSON 对象")
    return Entry(where, {}, (wrong,))


def _listed(path: Path, entries: Sequence[Entry], form: FormFile, *, each: bool) -> Data:
    if not entries:
        raise TableError(f"{path.name} is empty", f"{path.name} 是空文件")
    group, keys = _list_of(form), {key for e in entries for key in e.values}
    rows = group if group and not each and keys <= {f.id for f in group.fields} else None
    return Data(tuple(entries), many=True, rows_of=rows)


def _list_of(form: FormFile) -> FormGroup | None:
    """The repeated group of a form whose table is nothing but its rows."""
    tables = [block for block in form.layout if not (block.heading or block.paragraph or block.page_break)]
    rows_of = tables[0].repeat if len(tables) == 1 else None
    return next((g for g in form.groups if rows_of and g.repeat and rows_of in (g.id, g.at)), None)


# -- tables ------------------------------------------------------------------------------------------------------------------


def _tabled(table: Table, form: FormFile, shift: int, *, each: bool) -> Data:
    group = _list_of(form)
    rows = _named(_row_names(group, ""), table.columns) if group and not each else None
    columns = rows or _named([*_names(form, shift), *(_row_names(group, f"{group.at}.0.") if group else ())], table.columns)  # fmt: skip
    if columns is None:
        raise _strange([*_names(form, shift), *(_row_names(group, "") if group else ())], table.columns)
    entries = []
    for row in table.rows:
        where = Label(zh=f"第 {row.number} 行", en=f"row {row.number}")
        problems = [] if not row.beyond else [_beyond()]
        values = dict(_cells(columns, row.cells, problems))
        taken = {c.slot: name for name, c in columns.items()}
        entries.append(Entry(where, values if rows else nested(form, values), tuple(problems), taken))
    return Data(tuple(entries), many=True, rows_of=group if rows else None)


Names = list[tuple[str, Column]]


def _names(form: FormFile, shift: int) -> Iterator[tuple[str, Column]]:
    """Every name a column may have for a field that comes once, or once a year."""
    for group in form.groups:
        for field in () if group.repeat else group.fields:
            for year in [y + shift for y in group.all_years] or [0]:
                slot = f"{group.at}.{year}.{field.id}" if year else field.id
                labels = [f"{year}{mark}{said}" for mark in ("", "年", " ") for said in _labels(field)] if year else _labels(field)  # fmt: skip
                yield from _each_name([slot, *labels], Column("" if field.type in NO_VALUE else slot, field))


def _row_names(group: FormGroup, at: str) -> Iterator[tuple[str, Column]]:
    """Every name a column may have for a field of a row; `at` is where the row stands."""
    for field in group.fields:
        column = Column("" if field.type in NO_VALUE else f"{at}{field.id}", field)
        yield from _each_name([field.id, f"{group.at}.{field.id}", *_labels(field)], column)


def _labels(field: FormField) -> list[str]:
    return [field.shown, field.label.zh, field.label.en]


def _each_name(names: list[str], column: Column) -> Iterator[tuple[str, Column]]:
    yield from ((name, column) for name in dict.fromkeys(map(_same, names)))


def _same(name: str) -> str:
    """A name without the blanks and widths that differ from table to table."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name)).casefold()


def _named(names: Iterator[tuple[str, Column]] | Names, columns: Sequence[str]) -> dict[str, Column] | None:
    """The field of each column; None where a column names none, or more than one."""
    meant: dict[str, list[Column]] = {}
    for name, column in names:
        meant.setdefault(name, []).append(column)
    found = {name: meant.get(_same(name), []) for name in columns}
    slots = [c[0].slot for c in found.values() if len(c) == 1 and c[0].slot]
    sound = all(len(c) == 1 for c in found.values()) and len(set(slots)) == len(slots)
    return {name: c[0] for name, c in found.items()} if sound else None


def _strange(names: Names, columns: Sequence[str]) -> TableError:
    """The error for columns that name no field, more than one, or one that another column names."""
    meant: dict[str, list[str]] = {}
    for name, known in names:
        meant.setdefault(name, []).append(known.slot)
    en, zh, seen = [], [], set[str]()
    for column in columns:
        slots, told = meant.get(_same(column), []), shown(column)
        if len(slots) == 1 and slots[0] not in seen:
            seen |= {slots[0]} - {""}
            continue
        if slots:
            several, mark = (", ".join(slots), "、".join(slots)) if len(slots) > 1 else (slots[0], slots[0])
            why = ("names several fields" if len(slots) > 1 else "comes twice", "可指多个栏目" if len(slots) > 1 else "重复")  # fmt: skip
            en.append(f"the column '{told}' {why[0]}: {several}")
            zh.append(f"列“{told}”{why[1]}：{mark}")
            continue
        near = did_you_mean(_same(column), list(meant))
        slot = next(iter(meant[near]), "") if near else ""
        en.append(f"no field '{told}'" + (f" (did you mean '{slot}'?)" if slot else ""))
        zh.append(f"表中没有栏目“{told}”" + (f"（是否指“{slot}”？）" if slot else ""))
    more = len(en) - MOST
    last_en, last_zh = (f"; and {more} more", f"；另有 {more} 列") if more > 0 else ("", "")
    hint_en, hint_zh = "columns are named by field id or printed label", "列名应为栏目编号或印出的标签"
    return TableError(f"{'; '.join(en[:MOST])}{last_en}; {hint_en}", f"{'；'.join(zh[:MOST])}{last_zh}；{hint_zh}")


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
            raise InputError(
                "a number this long may have lost its last digits in a spreadsheet; format the column as text",
                "数字过长，末几位可能已丢失；请把该列改为文本格式",
            )
        return f"{Decimal(repr(cell)):f}".removesuffix(".0")
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        due = as_due(field, cell)
        return due if field.type.startswith(("date", "year")) else write(field, due)
    return cell


def _beyond() -> FieldProblem:
    label = Label(zh="行", en="row")
    return FieldProblem("", "", label, "has more cells than the header has columns", "单元格多于表头的列")
