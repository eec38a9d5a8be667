"""JSON as people hand it in: numbers exact, nothing said twice, and what is broken named by its place."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from attrs import frozen

from talentservice.cells import shown
from talentservice.errors import InputError

_ID = r"[a-z][a-z0-9_.-]{0,60}|(?:19|20)\d\d"  # ids and years only: any other key may be somebody's name or number
_KEY = re.compile(rf'"({_ID})"\s*:')
_HIDDEN = "…"
LONGEST_PATH = 120
_FULL_WIDTH = "，：；、“”‘’｛｝［］【】"  # what a Chinese keyboard writes for the signs of JSON
# How Python words what is wrong, and how we do.
_DUE: Mapping[str, tuple[str, str]] = {
    "Expecting ',' delimiter": ("',' or the closing bracket is due", "应为“,”或结束括号"),
    "Expecting ':' delimiter": ("':' is due", "应为“:”"),
    "Expecting property name enclosed in double quotes": ("a key in double quotes is due", "应为双引号括起的键"),
    "Expecting value": ("a value is due: a text in double quotes, a number, true, false or null", "应为值：双引号括起的文字、数字、true、false 或 null"),
    "Unterminated string starting at": ("the text that begins here has no closing quotation mark", "此处开始的文字缺少结束引号"),
    "Invalid control character at": ("a text holds no line break or tab; write \\n or \\t", "文字中不能直接换行或制表；请写 \\n、\\t"),
    "Invalid \\escape": ("a backslash in a text is written twice", "文字中的反斜杠须写两个"),
    "Invalid \\uXXXX escape": ("a backslash in a text is written twice", "文字中的反斜杠须写两个"),
    "Extra data": ("nothing more is due here", "此处不应再有内容"),
}  # fmt: skip
_ELSE = ("this is no JSON", "不是 JSON")


def json_value(text: str) -> object:
    """The value of a JSON text.

    Raises:
        InputError: it is broken, or holds NaN, Infinity or a key twice; names the line and column, or the path of the key.
    """
    return _read(text, Decimal, lines=True)


def json_object(line: str, number: Callable[[str], object] = Decimal) -> dict[str, Any]:
    """The object one line holds.

    Args:
        line: one line; errors name its columns.
        number: what is made of a number with a point.

    Raises:
        InputError: as of `json_value`, or it is another value than an object.
    """
    found = _read(line, number, lines=False)
    if not isinstance(found, dict):
        raise InputError("not a JSON object", "不是 JSON 对象")
    return found


@frozen
class _Wrong:
    """What stands in place of a value that is refused, until its path is known."""

    en: str
    zh: str


def _read(text: str, number: Callable[[str], object], *, lines: bool) -> object:
    seen: list[_Wrong] = []
    once, no_number = partial(_once, seen), partial(_no_number, seen)
    try:
        value = json.loads(text, parse_float=number, parse_constant=no_number, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        raise _broken(error, lines=lines) from None
    except ValueError:  # Python refuses whole numbers of more than 4300 digits
        raise InputError("a number has too many digits", "数字位数过多") from None
    except RecursionError:
        raise InputError("not a JSON object: nested too deeply", "不是 JSON 对象：嵌套过深") from None
    if seen:
        wrong = [(f"{path}: {w.en}", f"{path}：{w.zh}") if path else (w.en, w.zh) for path, w in _wrong(value)]
        raise InputError("; ".join(en for en, _ in wrong), "；".join(zh for _, zh in wrong))
    return value


def _no_number(seen: list[_Wrong], name: str) -> _Wrong:
    seen.append(_Wrong(f"{name} is no number", f"{name} 不是数字"))
    return seen[-1]


def _once(seen: list[_Wrong], pairs: list[tuple[str, object]]) -> object:
    """The object of these pairs, none of which may be said twice."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    twice = [name for name, times in Counter(name for name, _ in pairs).items() if times > 1]
    told = list(dict.fromkeys(map(_told, twice)))
    seen.append(_Wrong(f"given twice: {', '.join(told)}", f"重复给出：{'、'.join(told)}"))
    return seen[-1]


def _wrong(value: object) -> Iterator[tuple[str, _Wrong]]:
    """Every value that is refused, with its path, in the order of the text; without recursion, however deep it stands."""
    due: list[tuple[str, object]] = [("", value)]
    while due:
        path, here = due.pop()
        if isinstance(here, _Wrong):
            yield shown(path, LONGEST_PATH), here
        elif isinstance(here, dict | list):
            inner = list(here.items() if isinstance(here, dict) else enumerate(here))
            due += [(f"{path}.{_told(key)}" if path else _told(key), each) for key, each in reversed(inner)]


def _told(key: str | int) -> str:
    """A key, or the number of an entry, as it may be told."""
    return str(key) if isinstance(key, int) or re.fullmatch(_ID, key) else _HIDDEN


def _broken(error: json.JSONDecodeError, *, lines: bool) -> InputError:
    """Where the text is broken and what is due there; of what stands around it only ids, years and signs are told."""
    en, zh = _DUE.get(error.msg, _ELSE)
    found, keys = error.doc[error.pos : error.pos + 1], _KEY.findall(error.doc[: error.pos])
    if not found:
        en, zh = f"{en}; the text ends here", f"{zh}；文本到此结束"
    elif unicodedata.category(found)[0] in "PS" and error.msg.startswith("Expecting"):
        en, zh = f"{en}, got {found}", f"{zh}，实为 {found}"
    if found and found in _FULL_WIDTH:
        en, zh = f'{en} (JSON takes the half-width signs , : ")', f'{zh}（JSON 须用半角符号 , : "）'
    if error.msg == "Extra data" and found == "{":
        en, zh = f"{en}; one object a line is a .jsonl file", f"{zh}；每行一个对象的文件应为 .jsonl"
    if lines:
        at_en, at_zh = f"line {error.lineno}, column {error.colno}", f"第 {error.lineno} 行第 {error.colno} 列"
    else:
        at_en, at_zh = f"not a JSON object: column {error.colno}", f"不是 JSON 对象：第 {error.colno} 列"
    if keys:
        at_en, at_zh = f"{at_en} (after '{keys[-1]}')", f"{at_zh}（“{keys[-1]}”之后）"
    return InputError(f"{at_en}: {en}", f"{at_zh}：{zh}")
