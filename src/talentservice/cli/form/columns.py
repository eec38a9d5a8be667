"""The columns of a table of values: which field each one names, by id or by printed label."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from talentservice.cells import shown
from talentservice.errors import InputError, TableError, UnknownName, did_you_mean
from talentservice.forms import FormField, FormFile, FormGroup
from talentservice.forms.fields import NO_VALUE

MOST = 20  # columns that are named in an error


@frozen
class Column:
    """A column of a table: the slot it fills, and its field; `slot` is empty where nothing is to be entered."""

    slot: str
    field: FormField


Names = list[tuple[str, Column]]


def columns_of(
    form: FormFile, shift: int, rows_of: FormGroup | None, names: Sequence[str], *, each: bool
) -> tuple[dict[str, Column], bool]:
    """The field of each column, and whether the columns are those of the rows of a list alone.

    Args:
        form: the form.
        shift: by how many years the printed years move on.
        rows_of: the repeated group of a form that is a list of rows.
        names: the columns as the table heads them.
        each: take every row as a form of its own all the same.

    Raises:
        TableError: columns that name no field, more than one, or one that another column names.
    """
    once = list(_names(form, shift))
    rows = _named(_row_names(rows_of, ""), names) if rows_of and not each else None
    found = rows or _named([*once, *(_row_names(rows_of, f"{rows_of.at}.0.") if rows_of else ())], names)
    if found is None:
        raise _strange([*once, *(_row_names(rows_of, "") if rows_of else ())], names)
    return found, rows is not None


def typed_pairs(form: FormFile, shift: int, texts: Mapping[str, str]) -> dict[str, str]:
    """What --set puts into every form, by slot.

    Raises:
        InputError: a name is that of no field that comes once or once a year, of several, or one field is named twice.
    """
    found: dict[str, str] = {}
    for name, text in texts.items():
        slot = named_one(_names(form, shift), name, "--set")
        if slot in found:
            raise InputError(f"--set names {slot} twice", f"--set 重复给出“{slot}”")
        found[slot] = text
    return found


def place_in_name(form: FormFile, name: str) -> str:
    """The field a place in --to stands for, by id or printed label; ``n`` is the number.

    Raises:
        InputError: a name is that of no field that comes once, or of several.
    """
    if name == "n":
        return name
    return named_one(((given, c) for given, c in _names(form, 0) if c.slot in form.single), name, "--to")


def named_one(names: Iterator[tuple[str, Column]], name: str, option: str) -> str:
    """The slot that an id or a printed label names, typed in an option.

    Raises:
        UnknownName: it names nothing.
        InputError: it names several.
    """
    meant: dict[str, list[Column]] = {}
    for known, column in names:
        if column.slot:
            meant.setdefault(known, []).append(column)
    slots, told = [c.slot for c in meant.get(_same(name), ())], shown(name)
    if name in slots or len(slots) == 1:
        return name if name in slots else slots[0]
    if slots:
        raise InputError(
            f"{option}: '{told}' names several fields: {', '.join(slots)}",
            f"{option}：“{told}”可指多个栏目：{'、'.join(slots)}",
        )
    near = did_you_mean(_same(name), list(meant))
    meaning = meant[near][0] if near else None
    en, zh = (f"; did you mean '{meaning.slot}'?", f"；是否指“{meaning.slot}”（{meaning.field.label.zh}）？") if meaning else ("", "")  # fmt: skip
    raise UnknownName(
        f"{option}: the form has no field '{told}' that is filled in once{en}",
        f"{option}：表中没有只填一次的栏目“{told}”{zh}",
    )


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
