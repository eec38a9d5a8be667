"""Texts in Chinese and English, and how dates and numbers are written in each."""

import locale
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from talentservice.errors import Lang
from talentservice.strict import SafeText, Strict, as_moment

if TYPE_CHECKING:
    from babel import Locale

LOCALES: Mapping[Lang, str] = {"zh": "zh_Hans_CN", "en": "en_GB"}


class Label(Strict):
    """One text in both languages."""

    zh: SafeText
    en: SafeText

    def text(self, lang: Lang) -> str:
        """The text in one language."""
        return self.zh if lang == "zh" else self.en


def as_label(text: str | Label) -> Label:
    """A text that is the same in both languages, such as the name of a cell, as a label."""
    return text if isinstance(text, Label) else Label.model_construct(zh=text, en=text)


def language(name: str | None = None) -> Lang:
    """The language of a locale name such as ``zh_CN.UTF-8``: Chinese for ``zh…``, otherwise English.

    Without a name the language of the process's locale is used.
    """
    chosen = name if name is not None else (locale.getlocale()[0] or "")
    return "zh" if chosen.lower().startswith(("zh", "chinese")) else "en"


def write(value: object, lang: Lang) -> str:
    """Write a value the way a reader of that language expects: dates with weekday, numbers grouped, labels in the language."""
    match value:
        case Label():
            return value.text(lang)
        case datetime():
            moment = as_moment(value)
            return f"{write(moment.date(), lang)} {moment:%H:%M}"
        case date():
            return _day(value, lang)
        case time():
            return f"{value:%H:%M}"
        case bool():
            return {"zh": ("否", "是"), "en": ("no", "yes")}[lang][value]
        case int() | Decimal():
            from babel import numbers

            return numbers.format_decimal(value, locale=_locale(lang))
        case None:
            return {"zh": "无", "en": "none"}[lang]
        case list() | tuple():
            return ("、" if lang == "zh" else ", ").join(write(item, lang) for item in value)
        case set() | frozenset():  # in order, or an explanation would read differently from run to run
            return write(sorted(value, key=str), lang)
    return str(value)


@cache
def _locale(lang: Lang) -> "Locale":
    from babel import Locale

    return Locale.parse(LOCALES[lang])


@lru_cache(maxsize=4096)  # explanations name the same days again and again
def _day(day: date, lang: Lang) -> str:
    from babel import dates

    return dates.format_date(day, "y年M月d日EEEE" if lang == "zh" else "EEEE d MMMM y", locale=_locale(lang))


def fill(template: str, facts: Mapping[str, object], lang: Lang) -> str:
    """Fill a template of the library with facts; facts are only ever values, never templates."""
    return template.format_map({key: write(value, lang) for key, value in facts.items()})


def short_day(day: date, lang: Lang) -> str:
    """A day for a narrow column: the ISO date and the weekday."""
    from babel import dates

    return f"{day.isoformat()} {dates.format_date(day, 'EEE', locale=_locale(lang))}"
