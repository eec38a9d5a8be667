"""What somebody wrote in a field, read: full-width digits, units, several ways to write a date, ticked boxes.

Names and addresses are left as they are.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from talentservice.errors import InputError, InvalidDate, InvalidNumber, InvalidText
from talentservice.forms.due import wrong
from talentservice.forms.fields import FieldType, FormField
from talentservice.forms.ticks import SPLIT, TRUTH, boxed, chosen, is_blank, known, only, same
from talentservice.people import phone_number
from talentservice.strict import as_amount, as_count, clean_text

LONGEST_LONG = 10_000
LONGEST_NUMBER = 64
PLACES = 10  # a fen is ten places below a hundred million yuan
FIRST, LAST = 1900, 2100  # people and firms are older than the policies that serve them
LAST_ORDINAL = 999_999
_NUMBER = re.compile(r"([+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[+-]?[0-9]+(?:\.[0-9]+)?)\s*(\D{0,4})")
_DATE = re.compile(
    r"([0-9]{4})\s*(?:年\s*([0-9]{1,2})\s*月(?:\s*([0-9]{1,2})\s*[日号]?)?|([-./])\s*([0-9]{1,2})(?:\s*\4\s*([0-9]{1,2}))?)"
)
_COMPACT = re.compile(r"\A([0-9]{4})([0-9]{2})([0-9]{2})\Z")
MONTHS: frozenset[FieldType] = frozenset({"date", "date-or-month", "year-month"})
# Powers of ten between the units of money an office writes.
YUAN: Mapping[str, int] = {"元": 0, "万元": 4, "万": 4, "亿元": 8, "亿": 8}
# What a form prints of a value before it is filled in.
_PRINTED: Mapping[FieldType, str] = {
    "date": "年月日", "date-or-month": "年月日", "year-month": "年月", "year": "年", "percent": "%％", "ordinal": "第批届期次",
}  # fmt: skip
_ORDINAL_DIGITS = {c: n for n, c in enumerate("一二三四五六七八九", start=1)}


def read(field: FormField, text: str) -> object:
    """What somebody wrote in a field; None where it is blank, shows the hint or only the unit.

    Raises:
        InputError: it does not fit; the text says what is due.
    """
    tidy = text.strip()
    if field.hint:
        if same(tidy) == same(field.hint):
            return None
        while tidy.startswith(field.hint):
            tidy = tidy.removeprefix(field.hint).strip()
    if is_blank(tidy) or (field.type in _BARE and is_blank(_bare(field, tidy))):
        return None
    return _READ.get(field.type, line)(field, tidy)


def _bare(field: FormField, text: str) -> str:
    """An entry without what the form prints beside its blank."""
    rest = text.removesuffix(field.unit) if field.unit else text
    return "".join(c for c in rest if c not in _PRINTED.get(field.type, ""))


# ---- texts ------------------------------------------------------------------------------------------------------------------


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


def _list(field: FormField, text: str) -> list[str] | None:
    return [line(field, item) for item in SPLIT.split(text) if not is_blank(item)] or None


# ---- numbers ----------------------------------------------------------------------------------------------------------------


def _folded(field: FormField, text: str) -> str:
    """Digits and signs in their narrow form; only for numbers and dates, never for names."""
    if len(text) > LONGEST_NUMBER:
        raise wrong(field)
    return unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip()


def amount(value: object) -> Decimal:
    """An exact number of at most ten decimals.

    Raises:
        WrongType, InvalidNumber: not exact, out of range, or of more decimals.
    """
    number = as_amount(value)
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > PLACES:
        raise InvalidNumber(f"the number has more than {PLACES} decimals", f"小数超过 {PLACES} 位")
    return number


def _number(field: FormField, text: str) -> Decimal:
    found = _NUMBER.fullmatch(_folded(field, text))
    if found is None:
        raise wrong(field)
    number, unit, due_in = amount(Decimal(found[1].replace(",", ""))), found[2].strip(), field.unit or ""
    if unit in ("", due_in):
        return number
    if unit not in YUAN or due_in not in YUAN:
        raise wrong(field)
    moved = f"{number.scaleb(YUAN[unit] - YUAN[due_in]):f}"
    return amount(Decimal(moved.rstrip("0").rstrip(".") if "." in moved else moved))


def _integer(field: FormField, text: str) -> int:
    number = _number(field, text)
    if number != int(number) or number < 0:
        raise wrong(field)
    return as_count(int(number))


def _percent(field: FormField, text: str) -> Decimal:
    found = re.fullmatch(r"([+-]?[0-9]+(?:\.[0-9]+)?)\s*%", _folded(field, text))
    if found is None:
        raise wrong(field)
    return amount(Decimal(found[1]))


def _year(field: FormField, text: str) -> int:
    found = re.fullmatch(r"([0-9]{4})\s*年?", _folded(field, text))
    if found is None:
        raise wrong(field)
    return a_year(int(found[1]))


def a_year(value: object) -> int:
    """A year from 1900 to 2100."""
    year = as_count(value)
    if not FIRST <= year <= LAST:
        raise InvalidDate(f"a year from {FIRST} to {LAST} is due", f"年份应在 {FIRST} 至 {LAST} 之间")
    return year


def _ordinal(field: FormField, text: str) -> int:
    found = re.fullmatch(r"第?\s*([0-9]{1,6}|[一二三四五六七八九十]{1,3})\s*[批届期次]?", _folded(field, text))
    number = int(found[1]) if found and found[1].isdecimal() else _chinese(found[1]) if found else 0
    if not number:
        raise wrong(field)
    return number


def _chinese(text: str) -> int:
    """A Chinese number up to 99; 0 where it is none."""
    tens, ten, ones = text.rpartition("十")
    if any(len(part) > 1 for part in (tens, ones)):
        return 0
    first = _ORDINAL_DIGITS.get(tens, 0 if tens else 1)
    return (first * 10 if ten else 0) + _ORDINAL_DIGITS.get(ones, 0)


def an_ordinal(value: object) -> int:
    """A whole number from 1 to 999999."""
    number = as_count(value, least=1)
    if number > LAST_ORDINAL:
        raise InvalidNumber(f"an ordinal number is at most {LAST_ORDINAL}", f"序数不超过 {LAST_ORDINAL}")
    return number


# ---- dates ------------------------------------------------------------------------------------------------------------------


def _date_or_month(field: FormField, text: str) -> date | str:
    """A day, or a month such as ``2020-06``."""
    found = _DATE.fullmatch(_COMPACT.sub(r"\1-\2-\3", _folded(field, text)))
    if found is None:
        raise wrong(field)
    year, month, day = a_year(int(found[1])), int(found[2] or found[5]), int(found[3] or found[6] or 1)
    try:
        on = date(year, month, day)
    except ValueError:
        raise InvalidDate("there is no such date", "没有这个日期", code="form-value") from None
    return on if found[3] or found[6] else f"{on:%Y-%m}"


def _date(field: FormField, text: str) -> date:
    found = _date_or_month(field, text)
    if not isinstance(found, date):
        raise wrong(field)
    return found


def _month(field: FormField, text: str) -> str:
    found = _date_or_month(field, text)
    if isinstance(found, date):
        raise wrong(field)
    return found


def number_for_a_month(field: FormField) -> InputError:
    """The error for a number such as 1979.1 in a field of MONTHS: a spreadsheet keeps 1979.10 as the same."""
    month = field.type == "year-month"
    what = ("month", "年月", "1979年10月") if month else ("date", "日期", "1979年10月5日")
    return InputError(
        f"a number where a {what[0]} is due; write it as text, as {what[2]}",
        f"应为{what[1]}，收到数字；请写成文字，如 {what[2]}",
        code="form-value",
    )


# ---- choices ----------------------------------------------------------------------------------------------------------------


def _bool(field: FormField, text: str) -> bool | None:
    found = only(chosen(field, text) if boxed(text) else [text])
    if found not in (*TRUTH, None):
        raise wrong(field)
    return None if found is None else found == "是"


def _choice(field: FormField, text: str) -> str | None:
    return known(field, text) or only(picked(field, chosen(field, text)))


def _several(field: FormField, text: str) -> list[str] | None:
    whole = known(field, text)
    return [whole] if whole else picked(field, chosen(field, text)) or None


def picked(field: FormField, items: Sequence[str]) -> list[str]:
    """The choices in printed order, another text last; each once.

    Raises:
        InputError: one is not printed and the form takes no other, or takes one and gets several.
    """
    found = [known(field, item) or line(field, item) for item in items]
    others = list(dict.fromkeys(item for item in found if item not in field.choices))
    if others and not field.other:
        raise wrong(field)
    if len(others) > 1:
        raise InputError(
            f"beside the printed choices one other text is due, got {len(others)}",
            f"印出的选项之外只能写一项，收到 {len(others)} 项",
            code="form-value",
        )
    return [c for c in field.choices if c in found] + others


def _phone(_field: FormField, text: str) -> str:
    return phone_number(text).written


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
    "multi-choice": _several,
    "phone": _phone,
    "text-list": _list,
    "unit-list": _list,
}
_BARE = frozenset(_READ) & {"integer", "decimal", *_PRINTED}
