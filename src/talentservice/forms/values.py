"""What a field holds: how it is written on paper, and what is accepted as its value."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from talentservice.errors import InputError, WrongType
from talentservice.forms.due import due
from talentservice.forms.entries import a_year, amount, an_ordinal, line, picked, read
from talentservice.forms.fields import FieldType, FormField
from talentservice.forms.ticks import SEPARATOR, SPLIT, is_blank
from talentservice.labels import Label, as_label
from talentservice.strict import as_count


def write(field: FormField, value: object) -> str:
    """The value as it is written on paper, without its unit."""
    if isinstance(value, str):  # most are
        month = field.type in ("year-month", "date-or-month")
        return f"{value[:4]}年{int(value[5:])}月" if month else value
    match value:
        case bool():
            return "是" if value else "否"
        case date():
            return f"{value.year}年{value.month}月{value.day}日"
        case list() | tuple():
            return SEPARATOR.join(str(item) for item in value)
        case Decimal():
            return f"{value:f}" + ("%" if field.type == "percent" else "")
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


def _not(field: FormField, value: object) -> WrongType:
    what = due(field)
    kind = next((said for kinds, said in _KINDS if isinstance(value, kinds)), as_label(type(value).__name__))
    return WrongType(f"{what.en} is due, got {kind.en}", f"应为{what.zh}，收到{kind.zh}")


# In the words of those who fill in forms; the first that fits.
_KINDS: Sequence[tuple[type | tuple[type, ...], Label]] = [
    (bool, Label(zh="真假值", en="true or false")),
    (float, Label(zh="浮点数（不精确，请写成文字或 Decimal）", en="a float, which is not exact: write it as text or as a Decimal")),
    ((int, Decimal), Label(zh="数字", en="a number")),
    (str, Label(zh="文字", en="text")),
    ((list, tuple), Label(zh="列表", en="a list")),
    (dict, Label(zh="对照表", en="a table")),
    (datetime, Label(zh="带钟点的时刻", en="a point in time")),
    (date, Label(zh="日期", en="a date")),
]  # fmt: skip


def _text_only(field: FormField, value: object) -> object:
    raise _not(field, value)


def _day(field: FormField, value: object) -> date:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise _not(field, value)
    a_year(value.year)
    return value


def _counted(field: FormField, value: object) -> object:
    """A number as such: what an integer or a Decimal has to be is told by those who take it."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise _not(field, value)
    return value


def _truth(field: FormField, value: object) -> object:
    if not isinstance(value, bool):
        raise _not(field, value)
    return value


def _items(field: FormField, value: object) -> object:
    if not isinstance(value, list | tuple):
        raise _not(field, value)
    strange = [item for item in value if not isinstance(item, str)]
    if strange:
        raise _not(field, strange[0])
    written = [item for item in value if not is_blank(item)]
    if field.choices:
        return picked(field, written) or None
    items = [line(field, item) for item in written]
    if any(SPLIT.search(i) for i in items):
        raise InputError("an item of a list holds none of 、，；: they part the items", "列表各项不能含“、，；”")
    return items or None


_TYPED: Mapping[FieldType, Callable[[FormField, object], object]] = {
    "date": _day,
    "date-or-month": _day,
    "year": lambda field, value: a_year(_counted(field, value)),
    "integer": lambda field, value: as_count(_counted(field, value)),
    "ordinal": lambda field, value: an_ordinal(_counted(field, value)),
    "decimal": lambda field, value: amount(_counted(field, value)),
    "percent": lambda field, value: amount(_counted(field, value)),
    "bool": _truth,
    "multi-choice": _items,
    "text-list": _items,
    "unit-list": _items,
}
