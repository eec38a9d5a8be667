"""What is wrong with a text that is no TOML, in both languages; the parser itself speaks English only."""

import re
from datetime import date

from talentservice.errors import did_you_mean
from talentservice.labels import Label
from talentservice.region.problems import said

_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_DATE = re.compile(r"=\s*(\d{4}-\d{1,2}-\d{1,2})\s*(?:#.*)?$")
_WORDS: tuple[tuple[str, Label], ...] = (
    (
        r"Cannot declare \((.*?),?\) twice",
        Label(
            zh="表 [{0}] 重复；每个表只写一次",
            en="the table [{0}] stands twice; each table is written once",
        ),
    ),
    (r"Cannot overwrite a value|Duplicate inline table key", Label(zh="键重复", en="a key stands twice in its table")),
    (
        r"Cannot mutate|Cannot redefine",
        Label(zh="此表已写完，不能再加键", en="this table is complete; no key can be added"),
    ),
    (r"Expected '=' after", Label(zh="键之后缺少“=”", en='"=" is missing after the key')),
    (r"Invalid initial character for a key", Label(zh="键的写法不对", en="this is no key")),
    (r"Expected '\]+' at the end", Label(zh="表头缺少“]”", en='"]" is missing at the end of the table\'s name')),
    (r"Unclosed array", Label(zh="列表缺少“]”或逗号", en='the list lacks "]" or a comma')),
    (r"Unclosed inline table", Label(zh="表缺少“}}”或逗号", en='the table lacks "}}" or a comma')),
    (
        r"Unterminated string|Illegal character '\\n'|Expected \"'\"|Expected '\"\"\"'",
        Label(zh="文本缺少后引号", en="the text has no closing quote"),
    ),
    (r"Invalid date", Label(zh="不是有效的日期", en="this is no date")),
    (r"Invalid value", Label(zh="值的写法不对：文本须加引号", en="this is no value: text stands in quotes")),
    (r"Expected newline", Label(zh="值之后多了内容", en="something stands after the value")),
    (r"Exceeds the limit", Label(zh="数值过大", en="the number is too large")),
    (r"nvalid character|llegal character", Label(zh="含不允许的字符", en="a character is not allowed here")),
    (r"Unescaped '\\'|hex value|Unicode scalar", Label(zh="反斜杠的写法不对", en="this backslash means nothing")),
)
_OTHER = Label(zh="此处不成语句", en="this is no statement: write key = value, or [table]")


def syntax_error(error: ValueError, text: str) -> tuple[int, Label]:
    """The line (from 1) at which a text stops being TOML, and what is wrong there."""
    message = str(error)
    lines = text.split("\n")
    place = _PLACE.search(message)
    number = int(place[1]) if place and place[1] else _last(lines)
    if not place:  # a number the parser could not read; it does not say where
        number = next((n for n, line in enumerate(lines, start=1) if re.search(r"\d{4300}", line)), 1)
    written = lines[number - 1].strip() if number <= len(lines) else ""
    if place and written == "" and "'\\n'" not in message:
        number, written = next(
            ((n, t.strip()) for n, t in reversed([*enumerate(lines[:number], 1)]) if t.strip()), (1, "")
        )
    what = _what(message, written)
    shown = written if len(written) <= 60 else written[:59] + "…"  # noqa: PLR2004  # a line's worth
    return number, said(zh=f"不是有效的 TOML：{what.zh}：{shown}", en=f"not valid TOML: {what.en}: {shown}")


def _last(lines: list[str]) -> int:
    return max(1, len(lines) - (lines[-1:] == [""]))


def _is_day(written: str) -> bool:
    try:
        return bool(date.fromisoformat(written))
    except ValueError:
        return False


def _what(message: str, written: str) -> Label:
    found = _DATE.search(written)
    if found and not _is_day(found[1]):
        return said(
            zh=f"{found[1]} 不是有效的日期；应写作 2018-12-27，不加引号",
            en=f"{found[1]} is no date; one is written 2018-12-27, without quotes",
        )
    for pattern, label in _WORDS:
        found = re.search(pattern, message)
        if found:
            names = ".".join(re.findall(r"'([^']*)'", found[1])) if found.groups() else ""
            return said(zh=label.zh.format(names), en=label.en.format(names))
    near = did_you_mean(written.partition(" ")[0], ["[[clause]]"])
    return (
        said(zh=f"此处不成语句；是否指 {near}？", en=f"this is no statement. Did you mean {near}?") if near else _OTHER
    )
