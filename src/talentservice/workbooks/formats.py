"""Number formats: what a cell shows of its number; and the days and times that numbers stand for."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple

from talentservice.cells import SERIAL_ZERO
from talentservice.workbooks.part import Caps, Part, too_large

MARCH_1900 = 60  # spreadsheets count a 29 February 1900, which never was
_DAY = 86_400_000  # milliseconds; doubles hold no more of a time
_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]")
_DURATION = re.compile(r"PT(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d+)?)S)?")
# Formats a file names by number only; 27 to 36 and 50 to 58 are those of Chinese programs.
_MONTHS, _DAYS, _TIMES = (17, 27, 36, 50, 52, 57), (14, 15, 16, 22, 28, 29, 30, 31, 51, 53, 54, 58), (18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56)  # fmt: skip
_KNOWN = {9: "0%", 10: "0.00%", 46: "[h]:mm:ss"} | dict.fromkeys(_MONTHS, "yyyy-m") | dict.fromkeys(_DAYS, "yyyy-m-d") | dict.fromkeys(_TIMES, "h:mm")  # fmt: skip

Shows = Literal["number", "month", "moment", "span"]
Moment = datetime | date | time | timedelta


class Format(NamedTuple):
    """How a number is shown: the code for numbers above zero, the same without literals in small letters, and what it shows."""

    code: str
    signs: str
    shows: Shows


def format_of(code: str) -> Format:
    """What a format's code says."""
    code = code.split(";", maxsplit=1)[0]
    signs = _LITERALS.sub("", code).lower()
    found = {sign for sign in signs if sign in "dmyhs"}
    shows: Shows = "number"
    if _ELAPSED.search(signs):
        shows = "span"
    elif found:
        shows = "moment" if found & set("dhs") else "month"
    return Format(code, signs, shows)


PLAIN = format_of("")


class Styles(Part):
    """The number format of each style."""

    def __init__(self, caps: Caps) -> None:
        super().__init__(caps)
        self.codes: dict[int, str] = {}
        self.known: dict[str, Format] = {}
        self.found: list[Format] = []
        self.inside = False

    def start(self, name: str, said: Mapping[str, str]) -> None:
        """A format, or a style that uses one."""
        if name == "cellXfs":
            self.inside = True
        elif name == "numFmt" and len(self.codes) < self.caps.styles:
            self.codes[int(said["numFmtId"])] = said["formatCode"]
        elif name == "xf" and self.inside:
            if len(self.found) >= self.caps.styles:
                raise too_large(f"more than {self.caps.styles} styles", f"样式超过 {self.caps.styles} 种")
            number = int(said.get("numFmtId", 0))
            code = self.codes.get(number) or _KNOWN.get(number, "")
            if code not in self.known:
                self.known[code] = format_of(code)
            self.found.append(self.known[code])

    def end(self, name: str) -> None:
        """The list ends."""
        if name == "cellXfs":
            self.inside = False


def moment_of_serial(number: float, *, from_1904: bool) -> datetime | time:
    """The moment a number of days stands for, to the millisecond; less than a day is a time.

    Raises:
        OverflowError: before the year 1 or after 9999.
    """
    days, part = divmod(number, 1)
    rest = timedelta(milliseconds=round(part * _DAY))
    if not days and not rest.days:
        return (datetime.combine(SERIAL_ZERO, time()) + rest).time()
    if 0 < number < MARCH_1900 and not from_1904:
        days += 1
    zero = date(1904, 1, 1) if from_1904 else SERIAL_ZERO
    return datetime.combine(zero, time()) + timedelta(days=days) + rest


def span_of_serial(number: float) -> timedelta:
    """The span of time a number of days is, to the millisecond.

    Raises:
        OverflowError: longer than 999,999,999 days.
    """
    span = timedelta(days=number)
    return span + timedelta(microseconds=round(span.microseconds, -3) - span.microseconds)


def moment_of_text(text: str) -> Moment:
    """The day, time or span that is written out, as other programs do; a zone is not told by a spreadsheet.

    Raises:
        ValueError: it is none.
    """
    text = text.strip().removesuffix("Z")
    if span := _DURATION.fullmatch(text):
        hours, minutes, seconds = (float(part or 0) for part in span.groups())
        return timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if "-" not in text:
        return time.fromisoformat(text).replace(tzinfo=None)
    if ":" not in text:
        return date.fromisoformat(text)
    return datetime.fromisoformat(text).replace(tzinfo=None)
