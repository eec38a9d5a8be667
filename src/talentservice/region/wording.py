"""Validation errors in words: what was found, what is allowed, what was likely meant.

pydantic reports each branch of a choice ("a name or a table") as an error of its own, and speaks English only. Here the branches
become one problem again, told in both languages.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Self

from attrs import frozen
from pydantic import BaseModel

from talentservice.errors import TalentServiceError, did_you_mean
from talentservice.labels import Label
from talentservice.region.chinese import chinese
from talentservice.region.positions import Path
from talentservice.region.problems import Wrong, no_such, said

SHOWN = 80
NO_KEY = Label(zh="没有键", en="there is no key")
_COUNT = Label(zh="整数", en="a whole number"), "7"
_EXACT = Label(zh="数", en="a number"), "0.5"
# What is due for a kind of error, and an example of it.
_DUE: Mapping[str, tuple[Label, str]] = {
    "int_type": _COUNT,
    "int_from_float": _COUNT,
    "int_parsing": _COUNT,
    "int_parsing_size": _COUNT,
    "decimal_type": _EXACT,
    "is_instance_of": _EXACT,
    "finite_number": (Label(zh="有限的数", en="a finite number"), ""),
    "string_type": (Label(zh="加引号的文本", en="text in quotes"), ""),
    "bool_type": (Label(zh="true 或 false", en="true or false"), ""),
    "date_type": (Label(zh="不加引号的日期", en="a date without quotes"), "2018-12-27"),
    "time_type": (Label(zh="不加引号的时刻", en="a time without quotes"), "17:30:00"),
    "list_type": (Label(zh="列表", en="a list"), '["…"]'),
}
_TABLES = {"dict_type", "model_type", "model_attributes_type"}
_EXAMPLES: Mapping[str, str] = {
    "Label": 'zh = "…", en = "…"',
    "Term": "working_days = 7",
    "Every": "months = 2",
    "PeriodDue": "within_period = true",
    "Test": 'field = "…", is = true',
    "After": 'event = "…"',
    "Counting": 'roll = "none"',
}
_PATTERNS: Mapping[str, Label] = {
    "[a-z0-9]": Label(
        zh="编号：小写字母、数字和 . _ -，以字母或数字开头",
        en="an id: lower-case letters, digits and . _ -, beginning with a letter or digit",
    ),
    "{6}": Label(zh='六位行政区划代码，如 "440605"', en='a division code of six digits such as "440605"'),
    ".[0-9]": Label(zh='版本号，如 "1.0"', en='a version such as "1.0"'),
    "[a-z]": Label(zh='对象.字段，如 "talent.left_on"', en='subject.field, such as "talent.left_on"'),
}


@frozen
class _Row:
    """One of pydantic's errors: its place in the data, and the place of the choice it is a branch of."""

    kind: str
    path: Path
    choice: Path | None
    found: object
    context: Mapping[str, Any]
    place: Path  # as pydantic has it: with what a validator made of a short form, and the names of branches


def words(wrong: Wrong) -> Iterator[tuple[Path, Label]]:
    """Every problem of a validation error, with its place in the data."""
    groups: dict[Path, list[_Row]] = {}
    for found in wrong.error.errors(include_url=False):
        row = _row(found, wrong.data)
        if row.choice is None:
            yield row.path, _one(row, _keys(wrong, row.place[:-1]))
        else:
            groups.setdefault(row.choice, []).append(row)
    for choice, rows in groups.items():
        # A branch that went beyond the type of the value is the one that was meant.
        meant = [r for r in rows if r.path != choice or not _is_type(r)]
        if meant:
            yield from ((r.path, _one(r, _keys(wrong, r.place[:-1]))) for r in meant)
        else:
            yield choice, _expected(rows)


def _row(error: Any, data: object) -> _Row:  # pydantic's ErrorDetails
    """An error with its place, without the names of branches and of what a validator made of a short form."""
    kind, place = error["type"], error["loc"]
    path: Path = ()
    choice: Path | None = None
    here: Any = data  # goes down the data, whatever they hold
    for index, part in enumerate(place):
        inside = part in here if isinstance(here, dict) else isinstance(here, list) and part in range(len(here))
        if inside:
            here, path = here[part], (*path, part)
        elif kind == "missing" and index == len(place) - 1:
            path = (*path, part)
        elif part != "[key]" and choice is None:
            choice = path
    return _Row(kind, path, choice, error.get("input"), error.get("ctx", {}), tuple(place))


def _is_type(row: _Row) -> bool:
    return (row.kind in _DUE and row.kind != "finite_number") or row.kind in _TABLES or row.kind == "literal_error"


def _one(row: _Row, known: Sequence[str]) -> Label:
    key = str(row.path[-1]) if row.path else ""
    if row.kind == "missing":
        tail_zh, tail_en = {"en": ("（英文）", " (the English text)"), "zh": ("（中文）", " (the Chinese text)")}.get(
            key, ("", "")
        )
        return said(zh=f"缺少键“{key}”{tail_zh}", en=f"the key {key!r} is missing{tail_en}")
    if row.kind == "extra_forbidden":
        return no_such(NO_KEY, key, known)
    if row.kind == "value_error":
        cause = row.context.get("error")
        if isinstance(cause, TalentServiceError):
            return said(zh=cause.zh, en=cause.en)
        return said(zh=chinese(str(cause)), en=str(cause))
    if row.kind == "recursion_loop":
        return Label(zh="表或列表嵌套过深", en="tables or lists are nested too deeply")
    return _expected([row])


def _expected(rows: Sequence[_Row]) -> Label:
    """What was found, and everything that is allowed in its place."""
    due = list(dict.fromkeys(_due(row, example=len(rows) == 1 or row.kind in _TABLES) for row in rows))
    found = rows[0].found
    options = [option for row in rows for option in _options(row)]
    near = did_you_mean(found, options) if isinstance(found, str) else None
    shown_zh, shown_en = _shown(found)
    return said(
        zh=f"应为：{'；或：'.join(d.zh for d in due)}；现为：{shown_zh}" + (f"；是否指“{near}”？" if near else ""),
        en=f"{shown_en} was found where {' or '.join(d.en for d in due)} is due"
        + (f". Did you mean {near!r}?" if near else ""),
    )


def _options(row: _Row) -> list[str]:
    expected = str(row.context.get("expected", "")) if row.kind == "literal_error" else ""
    return re.findall(r"'([^']*)'", expected) or [o.lower() for o in re.findall(r"True|False|\d+", expected)]


def _due(row: _Row, *, example: bool) -> Label:
    """What a branch allows, with an example where asked."""
    if row.kind == "literal_error":
        options = _options(row)
        several = len(options) > 1
        return Label(zh="、".join(options) + (" 之一" if several else ""), en="one of " * several + ", ".join(options))
    if row.kind in _BOUNDS:
        return _BOUNDS[row.kind](row.context)
    what, such = _DUE.get(row.kind, (Label(zh="别的内容", en="something else"), ""))
    if row.kind in _TABLES:
        what, such = (
            Label(zh="表", en="a table"),
            "{ " + _EXAMPLES.get(row.context.get("class_name", ""), "… = …") + " }",
        )
    if not such or not example:
        return what
    return said(zh=f"{what.zh}，如 {such}", en=f"{what.en} such as {such}")


def _pattern(context: Mapping[str, Any]) -> Label:
    pattern = str(context.get("pattern"))
    return next((label for part, label in _PATTERNS.items() if part in pattern), Label(zh=pattern, en=pattern))


_BOUNDS: Mapping[str, Callable[[Mapping[str, Any]], Label]] = {
    "greater_than_equal": lambda c: said(zh=f"不小于 {c['ge']} 的数", en=f"a number not below {c['ge']}"),
    "less_than_equal": lambda c: said(zh=f"不大于 {c['le']} 的数", en=f"a number not above {c['le']}"),
    "too_short": lambda c: said(zh=f"至少 {c['min_length']} 项的列表", en=f"a list of at least {c['min_length']}"),
    "string_too_long": lambda c: said(
        zh=f"至多 {c['max_length']} 字", en=f"text of at most {c['max_length']} characters"
    ),
    "string_pattern_mismatch": _pattern,
}


def _shown(value: object) -> tuple[str, str]:
    """A value as its author wrote it, in Chinese and in English; tables and lists are only named."""
    match value:
        case dict():
            return "表", "a table"
        case list() | tuple():
            return ("列表", "a list") if value else ("空列表", "an empty list")
        case str():
            text = f'"{value}"'
        case bool() | Decimal():
            text = str(value).lower().replace("infinity", "inf")
        case int() if abs(value) > 10**SHOWN:
            text = "10^80…"
        case date() | int() | float():
            text = str(value)
        case _:
            text = type(value).__name__
    text = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    return text, text


def _keys(wrong: Wrong, path: Path) -> list[str]:
    """The keys allowed at a place inside a model; those of the model itself where the place cannot be followed."""
    here: type[BaseModel] | None = wrong.model
    for key in path:
        if isinstance(key, int) or here is None:
            continue
        info = next((f for n, f in here.model_fields.items() if key in (n, f.alias)), None)
        here = _model_in(info.annotation, here) if info else here
    fields = (here or wrong.model).model_fields
    return [f.alias or name for name, f in fields.items()] + list(() if path else wrong.more)


def _model_in(annotation: object, own: type[BaseModel]) -> type[BaseModel] | None:
    """The model an annotation holds, through lists, dicts and unions; `own` is the one it stands in."""
    if annotation is Self:
        return own
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(arg, own) for arg in getattr(annotation, "__args__", ()))
    return next((m for m in found if m is not None), None)
