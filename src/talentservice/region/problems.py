"""What is wrong with a region's files, told so that a policy engineer can act on it."""

from collections.abc import Iterable, Sequence
from typing import Any

from attrs import frozen

from talentservice.errors import Lang, RegionFileError, TalentServiceError, did_you_mean
from talentservice.labels import Label

SHOWN = 80


@frozen(order=True)
class Problem:
    """One problem: file and line (from 1), the clause, the key, and what is wrong, allowed and likely meant."""

    file: str
    line: int
    clause: str
    key: str
    en: str
    zh: str

    def text(self, lang: Lang) -> str:
        """The problem in one line."""
        where = f"{self.file}:{self.line}"
        parts = [where, *([self.clause] if self.clause else []), *([self.key] if self.key else [])]
        return " ".join(parts) + ("：" if lang == "zh" else ": ") + (self.zh if lang == "zh" else self.en)

    def to_dict(self) -> dict[str, object]:
        """The problem as JSON values."""
        return {
            "file": self.file,
            "line": self.line,
            "clause": self.clause,
            "key": self.key,
            "en": self.en,
            "zh": self.zh,
        }


def raise_all(region: str, problems: Iterable[Problem]) -> None:
    """Raise one RegionFileError for all problems, in order of file and line; nothing when there is none."""
    found = tuple(sorted(set(problems)))
    if found:
        raise RegionFileError(
            "\n".join([f"{region}: {len(found)} problem(s) in the region's files", *(p.text("en") for p in found)]),
            "\n".join([f"{region}：规则文件有 {len(found)} 处问题", *(p.text("zh") for p in found)]),
            found,
        )


def _show(value: object) -> str:
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


_TYPES: dict[str, Label] = {
    "int_type": Label(zh="整数，如 7", en="a whole number such as 7"),
    "int_parsing": Label(zh="整数，如 7", en="a whole number such as 7"),
    "int_from_float": Label(zh="整数，如 7", en="a whole number such as 7"),
    "string_type": Label(zh="文本", en="text in quotes"),
    "bool_type": Label(zh="true 或 false", en="true or false"),
    "date_type": Label(zh="日期，如 2018-12-27（不加引号）", en="a date such as 2018-12-27, without quotes"),
    "list_type": Label(zh='列表，如 ["a"]', en='a list such as ["a"]'),
    "dict_type": Label(zh="表，如 { working_days = 7 }", en="a table such as { working_days = 7 }"),
    "model_type": Label(zh="表，如 { working_days = 7 }", en="a table such as { working_days = 7 }"),
    "model_attributes_type": Label(zh="表，如 { working_days = 7 }", en="a table such as { working_days = 7 }"),
    "finite_number": Label(zh="有限的数", en="a finite number"),
}


def words(error: dict[str, Any], known: Sequence[str]) -> Label:
    """A validation error in words: what was found, what is allowed, what was likely meant.

    Args:
        error: one of pydantic's errors, with its input.
        known: the keys allowed where the error lies.
    """
    kind, found = error["type"], error.get("input")
    key = str(error["loc"][-1]) if error["loc"] else ""
    context = error.get("ctx", {})
    if kind == "missing":
        tail = {
            "en": Label(zh="（缺英文）", en=" (the English text)"),
            "zh": Label(zh="（缺中文）", en=" (the Chinese text)"),
        }.get(key)
        return Label(
            zh=f"缺少键“{key}”{tail.zh if tail else ''}", en=f"the key {key!r} is missing{tail.en if tail else ''}"
        )
    if kind == "extra_forbidden":
        near, listed = did_you_mean(key, list(known)), sorted(known)
        return Label(
            zh=f"没有键“{key}”" + (f"；是否指“{near}”？" if near else f"；可用：{'、'.join(listed)}"),
            en=f"there is no key {key!r}"
            + (f". Did you mean {near!r}?" if near else f"; allowed: {', '.join(listed)}"),
        )
    if kind in _TYPES:
        due = _TYPES[kind]
        return Label(zh=f"应为{due.zh}，现为 {_show(found)}", en=f"{_show(found)} was found where {due.en} is due")
    if kind == "literal_error":
        near = did_you_mean(
            str(found), [e.strip("'") for e in str(context.get("expected", "")).replace(" or ", ", ").split(", ")]
        )
        return Label(
            zh=f"{_show(found)} 不可用；可用：{context.get('expected')}" + (f"；是否指“{near}”？" if near else ""),
            en=f"{_show(found)} is not one of {context.get('expected')}"
            + (f". Did you mean {near!r}?" if near else ""),
        )
    if kind == "value_error":
        cause = context.get("error")
        if isinstance(cause, TalentServiceError):
            return Label(zh=cause.zh, en=cause.en)
        return Label(zh=f"不成立：{cause}", en=str(cause))
    return Label(zh=f"{_show(found)} 不可用：{error['msg']}", en=f"{_show(found)}: {error['msg']}")
