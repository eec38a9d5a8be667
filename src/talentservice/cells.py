"""Reading one cell of a real table: days and times in the ways offices write them."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from attrs import frozen

from talentservice.errors import InvalidDate, InvalidText, WrongType
from talentservice.strict import BEIJING, FIRST_DAY, LAST_DAY, as_day, as_moment, clean_text

LONGEST = 64
EXACT = 10**15  # a spreadsheet keeps numbers as doubles: from here on it drops digits
SERIAL_ZERO = date(1899, 12, 30)  # day 0 of a spreadsheet, as it counts since 1900-03-01
_DAY = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日?)"
)
_TIME = re.compile(r"[T ]?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?")
_SHORT = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")


@frozen
class Uncomputed:
    """A formula whose value the workbook does not hold: nobody has opened and saved it in a spreadsheet program."""

    formula: str


def shown(value: object, longest: int = 40) -> str:
    """The beginning of a cell for an error: what does not print is written as its escape."""
    text = str(value)[: longest + 1]
    cut = text[:longest] + ("…" if len(text) > longest else "")
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in cut)


def moment_of(cell: object) -> date | datetime | None:
    """The day or moment in a cell, None for an empty one; a time without a zone is Beijing time.

    Year first: 2021-06-18, 2021/6/18, 2021.6.18, 2021年6月18日, with or without a time.

    Raises:
        InvalidDate: not a date, or one whose order cannot be known (01/02/03).
        WrongType: a number, such as an unformatted spreadsheet date, or a formula without a value.
    """
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, datetime):
        return as_moment(cell if cell.tzinfo else cell.replace(tzinfo=BEIJING))
    if isinstance(cell, date):
        return as_day(cell)
    if isinstance(cell, str):
        return _parsed(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        guess_en, guess_zh = _guess(cell)
        raise WrongType(
            f"a date is due, got the number {shown(cell)}; is the cell not formatted as a date?{guess_en}",
            f"应为日期，收到数字 {shown(cell)}；单元格可能未设日期格式{guess_zh}",
        )
    raise _other(cell, "a date", "日期")


def _other(cell: object, due_en: str, due_zh: str) -> WrongType:
    if isinstance(cell, Uncomputed):
        return WrongType(
            "a formula without a stored value; open the workbook in a spreadsheet program and save it",
            "公式没有已存的结果；请用表格软件打开并保存一次",
        )
    if isinstance(cell, time):
        return WrongType(
            f"{due_en} is due, got the time {cell} without a day", f"应为{due_zh}，收到时刻 {cell}，没有日期"
        )
    kind = type(cell).__name__
    return WrongType(f"{due_en} is due, got {kind}", f"应为{due_zh}，收到 {kind}")


def _guess(number: float) -> tuple[str, str]:
    """The day a spreadsheet's number may stand for, where it stands for one we take."""
    if not (FIRST_DAY - SERIAL_ZERO).days <= number <= (LAST_DAY - SERIAL_ZERO).days:
        return "", ""
    day = SERIAL_ZERO + timedelta(days=int(number))
    return f" (as one it would be {day})", f"（{day}？）"


def _parsed(cell: str) -> date | datetime:
    typed = cell.strip()
    text = unicodedata.normalize("NFKC", typed) if len(typed) <= LONGEST else typed
    day = _DAY.match(text) if len(typed) <= LONGEST else None
    if day is None:
        raise _not_a_day(text)
    year, month, number = (int(g) for g in day.groups() if g is not None)
    rest = text[day.end() :].strip()
    try:
        on = date(year, month, number)
        if not rest:
            return as_day(on)
        clock = _TIME.fullmatch(rest)
        if clock is None:
            raise ValueError
        zone = datetime.strptime(clock[4].replace("Z", "+0000"), "%z").tzinfo if clock[4] else BEIJING
        return as_moment(datetime.combine(on, time(int(clock[1]), int(clock[2]), int(clock[3] or 0)), zone))
    except ValueError as error:
        if isinstance(error, InvalidDate):
            raise
        raise InvalidDate(
            f"not a date and time: '{shown(text)}'; write 2021-06-18 09:30",
            f"不是日期时间：{shown(text)}；请写成 2021-06-18 09:30",
        ) from None


def _not_a_day(text: str) -> InvalidDate:
    if _SHORT.fullmatch(text):
        return InvalidDate(
            f"the date {text} can be read in several ways; write the year first",
            f"日期写法有歧义（年/月/日？）：{text}；请先写年份",
        )
    guess_en, guess_zh = _guess(float(text)) if _SERIAL.fullmatch(text) else ("", "")
    return InvalidDate(
        f"not a date: '{shown(text)}'{guess_en}; write 2021-06-18",
        f"不是日期：{shown(text)}{guess_zh}；请写成 2021-06-18",
    )


def digits_lost(what: tuple[str, str] = ("column", "该列")) -> WrongType:
    """The error for a number of which a spreadsheet may have dropped the last digits.

    Args:
        what: is to be formatted as text, in English and Chinese.
    """
    return WrongType(
        f"a number this long may have lost its last digits in a spreadsheet; format the {what[0]} as text",
        f"数字过长，末几位可能已丢失；请把{what[1]}改为文本格式",
    )


def id_of(cell: object) -> str:
    """The id in a cell: text, or a whole number below 10^15 (a longer one may have lost digits in a spreadsheet).

    Raises:
        WrongType, InvalidText: nothing there, no id, or digits lost.
    """
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        raise InvalidText("there is no number or id here", "缺少编号")
    if isinstance(cell, str):
        return clean_text(cell.strip(), longest=200, lines=False)
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, int) and not isinstance(cell, bool):
        if abs(cell) < EXACT:
            return str(cell)
        raise digits_lost()
    if isinstance(cell, float):
        raise WrongType(f"a number or id is due, got {cell}", f"应为编号，收到数字 {cell}")
    raise _other(cell, "a number or id", "编号")
