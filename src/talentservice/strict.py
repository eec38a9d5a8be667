"""What comes from outside is read strictly: frozen models, no unknown keys, no silent conversion.

pydantic's defaults turn ``0`` into 1970-01-01, ``True`` into 1 and drop keys they do not know; none of that may happen to a
policy. Every model of the library derives from `Strict`, and texts, dates and counts use the types below.
"""

import unicodedata
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from talentservice.errors import DateOrder, InvalidDate, InvalidNumber, InvalidText, NaiveDatetime, WrongType

# A fixed offset, not a zone file: mainland China has had no summer time since 1991, and the core never reads the disk.
BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
LONGEST_TEXT = 2000
LARGEST_PLACE = 15
LARGEST_NUMBER = 10**LARGEST_PLACE
UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


class Strict(BaseModel):
    """Base of every model that reads outside data: frozen, strict, unknown keys refused, values kept out of errors."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", hide_input_in_errors=True, allow_inf_nan=False)


def clean_text(text: str, *, longest: int = LONGEST_TEXT, lines: bool = True) -> str:
    """Return the text in NFC without marks that do not show (zero-width, soft hyphen, left-to-right).

    Args:
        text: what was typed; markup and formula signs are kept, since output escapes them.
        longest: most characters allowed, inclusive.
        lines: whether line breaks and tabs are allowed.

    Raises:
        InvalidText: empty, too long, or holding NUL, other control characters, lone surrogates or signs that
            turn the direction of what follows.
    """
    if len(text) > longest:
        raise InvalidText(
            f"text of {len(text)} characters; at most {longest} are allowed", f"最长 {longest} 字，收到 {len(text)} 字"
        )
    # Printable text has no control, zero-width or direction sign: most of what a region's files hold ends here.
    if text.isprintable() and unicodedata.is_normalized("NFC", text) and text.strip():
        return text
    kept = unicodedata.normalize("NFC", "".join(c for c in text if c not in UNSEEN))
    for char in kept:
        breaks = lines and char in "\n\r\t\u2028\u2029"
        if not breaks and (char in TURNING or unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")):
            if char in "\n\r":
                raise InvalidText("a line break is not allowed here", "此处不能换行")
            raise InvalidText(
                f"text holds the character U+{ord(char):04X}, which is not allowed here",
                f"文本含不允许的字符 U+{ord(char):04X}",
            )
    if not kept.strip():
        raise InvalidText("text is empty", "内容不能为空")
    return kept


def _line(text: str) -> str:
    return clean_text(text, lines=False).strip()


class _Ready:
    """What pydantic would make of a type's annotations, made once: nearly every field of every model is one of these types."""

    __slots__ = ("_schema",)

    def __init__(self, schema: CoreSchema) -> None:
        self._schema = schema

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return dict(self._schema)  # pydantic notes more in it


_TEXT = core_schema.str_schema()
SafeText = Annotated[str, _Ready(core_schema.no_info_after_validator_function(clean_text, _TEXT))]
SafeLine = Annotated[str, _Ready(core_schema.no_info_after_validator_function(_line, _TEXT))]
Id = Annotated[str, _Ready(core_schema.str_schema(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=80))]
Count = Annotated[int, _Ready(core_schema.int_schema(ge=1, le=LARGEST_NUMBER))]


def as_day(value: object) -> date:
    """Return a plain day between 2000-01-01 and 2100-12-31.

    Raises:
        WrongType: a number, a text or a point in time was given.
        InvalidDate: the day is out of range (use None for "no end", never 9999-12-31).
    """
    if type(value) is date and FIRST_DAY <= value <= LAST_DAY:
        return value  # nearly every day that is asked about ends here
    if isinstance(value, datetime):
        raise WrongType(f"a date is due, got the point in time {value}", f"应为日期，收到日期时间 {value}")
    if not isinstance(value, date):
        number = isinstance(value, int | float)
        shown = f"the number {_brief(value)}" if number else type(value).__name__
        zh = f"数字 {_brief(value)}（空单元格？）" if number else type(value).__name__
        raise WrongType(f"a date is due, got {shown}; write date(2021, 6, 18)", f"应为日期，收到{zh}")
    day = date(value.year, value.month, value.day)
    if not FIRST_DAY <= day <= LAST_DAY:
        endless = day == date(9999, 12, 31)
        raise InvalidDate(
            f"{day} lies outside {FIRST_DAY} to {LAST_DAY}" + ("; use None for no end" if endless else ""),
            "请用 None 表示长期有效，不要用 9999-12-31"
            if endless
            else f"日期 {day} 超出可受理范围（{FIRST_DAY} 至 {LAST_DAY}）",
        )
    return day


def as_moment(value: object) -> datetime:
    """Return an aware point in time in Beijing time, whose date is the day that counts.

    Raises:
        WrongType: not a datetime.
        NaiveDatetime: no time zone.
        InvalidDate: outside 2000 to 2100.
    """
    if not isinstance(value, datetime):
        raise WrongType(
            f"a point in time is due, got {type(value).__name__}", f"应为日期时间，收到 {type(value).__name__}"
        )
    if value.tzinfo is None:
        raise NaiveDatetime(
            "the time has no zone; write datetime(…, tzinfo=talentservice.BEIJING)",
            "时间缺少时区；请用 datetime(..., tzinfo=talentservice.BEIJING)",
        )
    try:
        moment = value.astimezone(BEIJING)
    except OverflowError:  # the last hours of the year 9999 have no time in Beijing; the day is refused below
        moment = value
    as_day(moment.date())
    return moment


def day_of(value: date | datetime) -> date:
    """The day in Beijing on which a day or a point in time lies."""
    return as_moment(value).date() if isinstance(value, datetime) else as_day(value)


def in_order(start: date, end: date | None) -> None:
    """Raise DateOrder when a span ends before it starts; None means no end."""
    if end is not None and end < start:
        raise DateOrder(f"the end {end} lies before the start {start}", f"结束日期早于开始日期：{end} < {start}")


def as_amount(value: object) -> Decimal:
    """Return an exact number for money or shares.

    Raises:
        WrongType: a float, a truth value or a text.
        InvalidNumber: not finite or beyond 10^15.
    """
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise WrongType(
            f"an exact number is due (int or Decimal), got {type(value).__name__}",
            f"应为整数或 Decimal，收到 {type(value).__name__}",
        )
    if isinstance(value, int):
        return Decimal(as_count(value, least=-LARGEST_NUMBER))
    if not value.is_finite():
        raise InvalidNumber(f"the number {value} is not finite", f"数值无效：{value}")
    if value.adjusted() > LARGEST_PLACE or abs(value) > LARGEST_NUMBER:
        raise InvalidNumber("the number is out of range (at most 10^15)", "数值超出范围（最大 10^15）")
    return value


def as_count(value: object, *, least: int = 0) -> int:
    """Return a whole number from `least` to 10^15, both inclusive.

    Raises:
        WrongType: a truth value, a float or a text.
        InvalidNumber: out of range.
    """
    if isinstance(value, bool) or not isinstance(value, int):
        raise WrongType(f"a whole number is due, got {type(value).__name__}", f"应为整数，收到 {type(value).__name__}")
    if not least <= value <= LARGEST_NUMBER:
        raise InvalidNumber(f"the number lies outside {least} to 10^15", f"数值超出范围（{least} 至 10^15）")
    return value


def _brief(value: object) -> str:
    """The value for an error: Python refuses to write whole numbers of more than 4300 digits."""
    return ">10^15" if isinstance(value, int) and abs(value) > LARGEST_NUMBER else str(value)
