"""A call that is wrong, told in both languages whatever typer says of it."""

import re
from typing import Any

from talentservice.cli.chinese import reason
from talentservice.errors import InputError

# How click words it, and the same in Chinese; a form that is not listed is shown as it is.
FORMS = (
    (r"Missing argument (.+?)\.?", "缺少参数 {0}"),
    (r"Missing option (.+?)\.?", "缺少选项 {0}"),
    (r"Missing command\.", "缺少命令"),
    (r"No such option:? (\S+?)[.]?", "没有选项 {0}"),
    (r"No such option:? (\S+?)[.]? (?:\(Possible options: |Did you mean )(.+?)[)?]", "没有选项 {0}；是否指 {1}？"),
    (r"No such command (\S+)\.", "没有命令 {0}"),
    (r"No such command (\S+)\. Did you mean (.+)\?", "没有命令 {0}；是否指 {1}？"),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.+)\)", "多出参数 {0}"),
    (r"Option (\S+) requires an argument\.", "选项 {0} 需要一个值"),
    (r"Option (\S+) does not take a value\.", "选项 {0} 不带值"),
    (r"Invalid value for (.+?): (.+)", "{0} 的值无效：{1}"),
)


def is_usage_error(error: Exception) -> bool:
    """Whether it is a usage error of the click that typer brings; its class is private to typer."""
    return hasattr(error, "format_message") and hasattr(error, "exit_code")


def asks_for_help(error: Exception) -> bool:
    """Whether nothing was asked for, and the help is the answer."""
    return type(error).__name__ == "NoArgsIsHelpError"


def told(error: Any) -> InputError:  # a usage error
    """The usage error as one of ours."""
    en = str(error.format_message())
    for form, zh in FORMS:
        found = re.fullmatch(form, en, re.DOTALL)
        if found:
            return InputError(en, zh.format(*map(reason, found.groups())), code="usage")
    return InputError(en, en, code="usage")
