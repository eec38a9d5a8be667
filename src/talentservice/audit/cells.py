"""Reading one cell of a real table: days and times in the ways offices write them."""

import re
import unicodedata
from datetime import date, datetime, time

from talentservice.errors import InvalidDate, InvalidText, WrongType
from talentservice.strict import BEIJING, as_day, as_moment, clean_text

LONGEST = 64
_DAY = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日?)"
)
_TIME = re.compile(r"[T ]?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?")
_SHORT = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")


def moment_of(cell: object) -> date | datetime | None:
    """The day or moment in a cell, None for an empty one; a time without a zone is Beijing time.

    Year first: 2021-06-18, 2021/6/18, 2021.6.18, 2021年6月18日, with or without a time.

    Raises:
        InvalidDate: not a date, or one whose order cannot be known (01/02/03).
        WrongType: a number, such as an unformatted spreadsheet date.
    """
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, datetime):
        return as_moment(cell if cell.tzinfo else cell.replace(tzinfo=BEIJING))
    if isinstance(cell, date):
        return as_day(cell)
    if not isinstance(cell, str):
        raise WrongType(
            f"a date is due, got the number {cell}; is the cell not formatted as a date?",
            f"应为日期，收到数字 {cell}；单元格可能未设日期格式",
        )
    return _parsed(cell)


def _parsed(cell: str) -> date | datetime:
    text = unicodedata.normalize("NFKC", cell[: LONGEST + 1]).strip()
    day = _DAY.match(text)
    if day is None:
        if _SHORT.fullmatch(text):
            raise InvalidDate(
                f"the date {text} can be read in several ways; write the year first",
                f"日期写法有歧义（年/月/日？）：{text}；请先写年份",
            )
        raise InvalidDate(f"not a date: {text[:40]!r}; write 2021-06-18", f"不是日期：{text[:40]}；请写成 2021-06-18")
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
            f"not a date and time: {text[:40]!r}; write 2021-06-18 09:30",
            f"不是日期时间：{text[:40]}；请写成 2021-06-18 09:30",
        ) from None


def id_of(cell: object) -> str:
    """The id in a cell: text, or a whole number of at most 15 digits (a longer one has lost digits in a spreadsheet).

    Raises:
        WrongType, InvalidText: nothing there, or digits lost.
    """
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, int) and not isinstance(cell, bool) and len(str(abs(cell))) <= 15:  # noqa: PLR2004  # digits a double keeps
        return str(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        raise WrongType(
            "a number this long has lost digits in the spreadsheet; format the column as text",
            "数字过长，末几位已丢失；请把该列改为文本格式",
        )
    if not isinstance(cell, str):
        raise InvalidText("there is no number or id here", "缺少编号")
    return clean_text(cell.strip(), longest=200, lines=False)
