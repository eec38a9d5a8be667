"""What a field holds: how it is written on paper, and what is accepted as its value."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from talentservice.errors import InputError, WrongType
from talentservice.forms.entries import SEPARATOR, SPLIT, due, line, picked, read
from talentservice.forms.fields import FieldType, FormField
from talentservice.strict import as_amount, as_count, as_day


def write(field: FormField, value: object) -> str:
    """The value as it is written on paper, without its unit."""
    match value:
        case bool():
            return "是" if value else "否"
        case date():
            return f"{value.year}年{value.month}月{value.day}日"
        case list() | tuple():
            return SEPARATOR.join(str(item) for item in value)
        case Decimal():
            return f"{value:f}" + ("%" if field.type == "percent" else "")
        case str() if field.type in ("year-month", "date-or-month"):
            return f"{value[:4]}年{int(value[5:])}月"
    return str(value)


def accept(field: FormField, value: object) -> object:
    """The value a field holds, from one of its own type or from what somebody wrote; None for a blank.

    Raises:
        InputError: it is neither; the text says what is due.
    """
    if value is None:
        return None
    if isinstance(value, str):
        return read(field, value)
    return _TYPED.get(field.type, _text_only)(field, value)


def _text_only(field: FormField, value: object) -> object:
    raise WrongType(
        f"{due(field).en} is due, got {type(value).__name__}", f"应为{due(field).zh}，收到 {type(value).__name__}"
    )


def _counted(_field: FormField, value: object) -> int:
    return as_count(value)


def _amount(_field: FormField, value: object) -> Decimal:
    return as_amount(value)


def _day(_field: FormField, value: object) -> date:
    return as_day(value)


def _truth(field: FormField, value: object) -> object:
    return value if isinstance(value, bool) else _text_only(field, value)


def _items(field: FormField, value: object) -> object:
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        return _text_only(field, value)
    if field.choices:
        return picked(field, list(value)) or None
    items = [line(field, item) for item in value]
    if split := next((i for i in items if SPLIT.search(i)), None):
        raise InputError(
            f"an item of a list holds none of 、，；, as {split!r} does: they part the items",
            f"列表各项不能含“、，；”：{split}",
        )
    return items or None


_TYPED: Mapping[FieldType, Callable[[FormField, object], object]] = {
    "date": _day,
    "date-or-month": _day,
    "year": _counted,
    "integer": _counted,
    "ordinal": _counted,
    "decimal": _amount,
    "percent": _amount,
    "bool": _truth,
    "multi-choice": _items,
    "text-list": _items,
    "unit-list": _items,
}
