"""What somebody wrote in a field, read: full-width digits, units, several ways to write a date, ticked boxes.

Names and addresses are left as they are.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from talentservice.cells import moment_of
from talentservice.errors import InputError, InvalidText, TalentServiceError
from talentservice.forms.fields import FieldType, FormField
from talentservice.labels import Label
from talentservice.people import phone_number
from talentservice.strict import as_amount, as_count, clean_text

LONGEST_LONG = 10_000
BOXES_ON, BOXES_OFF = "☑☒■√✓✔", "□☐▢"
SEPARATOR = "、"
SPLIT = re.compile(r"[、，,；;\n]+")
_NUMBER = re.compile(r"([+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[+-]?\d+(?:\.\d+)?)\s*(\D{0,4})")
_MONTH = re.compile(r"(\d{4})\s*(?:年|[-./])\s*(\d{1,2})\s*月?")
_BLANK_MARKS = re.compile(r"[\s_\u00a0]*")
# Exact factors between the units of money an office writes.
YUAN: Mapping[str, int] = {"元": 1, "万元": 10_000, "亿元": 100_000_000}


def due(field: FormField) -> Label:
    """What is due in a field, for errors and schemas."""
    unit = field.unit or ""
    beside_zh, beside_en = (f"（可带“{unit}”）", f" ('{unit}' may follow)") if unit else ("", "")
    fixed: Mapping[FieldType, tuple[str, str]] = {
        "date": ("日期，如 2020年6月23日", "a date, such as 2020-06-23"),
        "date-or-month": ("日期或年月，如 2020年6月", "a date or a month, such as 2020-06"),
        "year-month": ("年月，如 2020年6月", "a month, such as 2020-06"),
        "year": ("四位年份，如 2020", "a year of four digits, such as 2020"),
        "integer": (f"非负整数{beside_zh}", f"a whole number, not negative{beside_en}"),
        "ordinal": ("序数，如 9 或 第九", "an ordinal number, such as 9"),
        "decimal": (f"数字{beside_zh}", f"a number{beside_en}"),
        "percent": ("带“%”的百分数，如 30%", "a percentage with its sign, such as 30%"),
        "bool": ("“是”或“否”", "是 (yes) or 否 (no)"),
        "phone": ("一个电话号码，固定电话带区号", "one telephone number, a landline with its area code"),
    }
    if field.choices and not field.other:
        return Label(zh=f"所列选项之一：{'、'.join(field.choices)}", en=f"one of: {', '.join(field.choices)}")
    if field.choices:
        return Label(
            zh=f"所列选项或一项“{field.other}”：{'、'.join(field.choices)}",
            en=f"one of these, or one other text: {', '.join(field.choices)}",
        )
    zh, en = fixed.get(field.type, ("文字", "text"))
    return Label(zh=zh, en=en)


def read(field: FormField, text: str) -> object:
    """What somebody wrote in a field; None where it is blank, shows the hint or only the unit.

    Raises:
        InputError: it does not fit; the text says what is due.
    """
    tidy = text.strip().strip("\u00a0").strip()
    if _BLANK_MARKS.fullmatch(tidy) or tidy in (field.hint, field.unit):
        return None
    if field.hint and tidy.startswith(field.hint):
        tidy = tidy.removeprefix(field.hint).strip()
    return _READ.get(field.type, line)(field, tidy)


def line(_field: FormField, text: str) -> str:
    """One line of text, as it stands."""
    return _printable(clean_text(text, lines=False).strip())


def _lines(_field: FormField, text: str) -> str:
    unified = re.sub("\r\n|[\r\u2028\u2029]", "\n", text).replace("\t", " ")
    return _printable(clean_text(unified, longest=LONGEST_LONG).strip())


def _printable(text: str) -> str:
    """Refuse the two signs that no XML file can hold."""
    for sign in "\ufffe\uffff":
        if sign in text:
            raise InvalidText(
                f"text holds the sign U+{ord(sign):04X}, which no file can hold",
                f"文本含不允许的字符 U+{ord(sign):04X}",
            )
    return text


def _folded(text: str) -> str:
    """Digits and signs in their narrow form; only for numbers and dates, never for names."""
    return unicodedata.normalize("NFKC", text).strip()


def _number(field: FormField, text: str) -> Decimal:
    found = _NUMBER.fullmatch(_folded(text))
    unit = found[2].strip() if found else ""
    if found is None or (unit and unit != field.unit and not (unit in YUAN and field.unit in YUAN)):
        raise _wrong(field)
    number = as_amount(Decimal(found[1].replace(",", "")))
    return number * YUAN[unit] / YUAN[field.unit] if unit in YUAN and field.unit in YUAN else number


def _integer(field: FormField, text: str) -> int:
    number = _number(field, text)
    if number != int(number) or number < 0:
        raise _wrong(field)
    return as_count(int(number))


def _year(field: FormField, text: str) -> int:
    found = re.fullmatch(r"(20\d\d|19\d\d)\s*年?", _folded(text))
    if found is None:
        raise _wrong(field)
    return int(found[1])


def _ordinal(field: FormField, text: str) -> int:
    found = re.fullmatch(r"第?\s*(\d{1,6}|[一二三四五六七八九十]{1,3})\s*[批届期次]?", _folded(text))
    number = int(found[1]) if found and found[1].isdecimal() else _chinese(found[1]) if found else 0
    if not number:
        raise _wrong(field)
    return number


def _chinese(text: str) -> int:
    """A Chinese number up to 99; 0 where it is none."""
    digits = {c: n for n, c in enumerate("一二三四五六七八九", start=1)}
    tens, ten, ones = text.rpartition("十")
    if any(len(part) > 1 for part in (tens, ones)):
        return 0
    return (digits.get(tens, 0 if tens else 1) * 10 if ten else 0) + digits.get(ones, 0)


def _percent(field: FormField, text: str) -> Decimal:
    found = re.fullmatch(r"([+-]?\d+(?:\.\d+)?)\s*%", _folded(text))
    if found is None:
        raise _wrong(field)
    return as_amount(Decimal(found[1]))


def _date(field: FormField, text: str) -> date:
    try:
        found = moment_of(text)
    except TalentServiceError:
        raise _wrong(field) from None
    if found is None or isinstance(found, datetime):
        raise _wrong(field)
    return found


def _month(field: FormField, text: str) -> str:
    found = _MONTH.fullmatch(_folded(text))
    if found is None or not 1 <= int(found[2]) <= 12 or not 1900 <= int(found[1]) <= 2100:  # noqa: PLR2004  # months and years
        raise _wrong(field)
    return f"{found[1]}-{int(found[2]):02d}"


def _date_or_month(field: FormField, text: str) -> date | str:
    return _month(field, text) if _MONTH.fullmatch(_folded(text)) else _date(field, text)


def _bool(field: FormField, text: str) -> bool:
    ticked = (
        [c for c in chosen(text, ("是", "否")) if c in ("是", "否")]
        if any(b in text for b in BOXES_ON + BOXES_OFF)
        else [text]
    )
    if len(ticked) != 1 or ticked[0] not in ("是", "否"):
        raise _wrong(field)
    return ticked[0] == "是"


def _phone(_field: FormField, text: str) -> str:
    return phone_number(text).written


def _list(field: FormField, text: str) -> list[str] | None:
    return [line(field, item) for item in SPLIT.split(text) if item.strip()] or None


def same(one: str) -> str:
    """A choice without the blanks and widths that people change when they type it."""
    return re.sub(r"[\s\u00a0]+", "", unicodedata.normalize("NFKC", one))


def _one_of(field: FormField, text: str) -> str:
    known = {same(c): c for c in field.choices}
    if (found := known.get(same(text))) is not None:
        return found
    if not field.other:
        raise _wrong(field)
    return line(field, text)


def _choice(field: FormField, text: str) -> str | None:
    if not field.boxes:
        return _one_of(field, text)
    found = _multi(field, text)
    if found and len(found) > 1:
        raise InputError(
            f"one choice is due; {len(found)} are ticked: {', '.join(found)}",
            f"只能勾选一项，勾选了 {len(found)} 项：{'、'.join(found)}",
        )
    return found[0] if found else None


def _multi(field: FormField, text: str) -> list[str] | None:
    if any(box in text for box in BOXES_ON + BOXES_OFF):
        return picked(field, chosen(text, field.choices, field.other)) or None
    return picked(field, [item for item in SPLIT.split(text) if item.strip()])


def picked(field: FormField, items: list[str]) -> list[str]:
    """The choices in printed order, another text last; each once."""
    found = list(dict.fromkeys(_one_of(field, item) for item in items))
    others = [item for item in found if item not in field.choices]
    if len(others) > 1:
        raise InputError(
            f"beside the printed choices one other text is due, got {len(others)}: {', '.join(others)}",
            f"印出的选项之外只能写一项，收到 {len(others)} 项：{'、'.join(others)}",
        )
    return [c for c in field.choices if c in found] + others


def chosen(text: str, choices: Sequence[str], other: str | None = None) -> list[str]:
    """The ticked choices of a text such as ``☑ 规上企业； □ 高新技术企业； 其他：…``, another text as it stands."""
    found = []
    head, _, free = _other_of(text, other)
    for mark, words in re.findall(f"([{BOXES_ON}{BOXES_OFF}])([^{BOXES_ON}{BOXES_OFF}]*)", head):
        label = words.strip(" \u00a0\n；;、，,")
        if mark in BOXES_ON and same(label) in {same(c) for c in choices}:
            found.append(label)
    return [*found, *([free] if free else [])]


def _other_of(text: str, other: str | None) -> tuple[str, str, str]:
    """A text split before the free text that follows the label of other things."""
    if other is None:
        return text, "", ""
    parts = re.split(f"[{BOXES_ON}{BOXES_OFF}]?[ \u00a0]*{re.escape(other)}[：:]", text, maxsplit=1)
    return parts[0], other, _filled(parts[1]) if len(parts) > 1 else ""


def _filled(text: str) -> str:
    """The text without the blanks around it; nothing where only blanks are underlined."""
    return "" if _BLANK_MARKS.fullmatch(text) else text.strip(" \u00a0\n")


def _wrong(field: FormField) -> InputError:
    what = due(field)
    return InputError(f"{what.en} is due", f"应为{what.zh}", code="form-value")


_READ: Mapping[FieldType, Callable[[FormField, str], object]] = {
    "long-text": _lines,
    "date": _date,
    "date-or-month": _date_or_month,
    "year-month": _month,
    "year": _year,
    "integer": _integer,
    "ordinal": _ordinal,
    "decimal": _number,
    "percent": _percent,
    "bool": _bool,
    "choice": _choice,
    "multi-choice": _multi,
    "phone": _phone,
    "text-list": _list,
    "unit-list": _list,
}
