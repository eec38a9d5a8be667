"""What a deployer decides: parameters the text does not print, readings of what it prints ambiguously."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import ValidationInfo, field_validator

from talentservice.errors import InputError, InvalidNumber, InvalidText, WrongType, did_you_mean
from talentservice.labels import Label
from talentservice.rules import Rule, Spec, is_id
from talentservice.strict import Id, as_amount, as_count, as_day, clean_text

ParameterType = Literal["count", "month", "amount", "date", "text", "names", "table"]
DECEMBER = 12


class Parameter(Spec):
    """A value the text leaves open: `type` says what to supply, `why` that the text does not print it.

    The types: ``count`` (a whole number from 1), ``month`` (1-12), ``amount`` (exact), ``date``, ``text``, ``names`` (a list of
    ids) and ``table`` (ids by name).
    """

    type: ParameterType
    why: Label


class Reading(Spec):
    """A question the text can answer in two ways; `default` is used unless the deployer chooses."""

    ask: Label
    options: list[Id]
    default: Id
    why: Label

    @field_validator("options")
    @classmethod
    def _different(cls, options: list[str]) -> list[str]:
        if len(set(options)) < max(2, len(options)):
            listed = ", ".join(options) or "none"
            raise InvalidText(
                f"a reading has at least two options, each listed once; it has: {listed}",
                f"口径至少要有两个不同的选项，现有：{listed}",
            )
        return options

    @field_validator("default")
    @classmethod
    def _known(cls, default: str, info: ValidationInfo) -> str:
        options = info.data.get("options", [default])
        if default not in options:
            near, listed = did_you_mean(default, options), ", ".join(options)
            raise InvalidText(
                f"the default {default!r} is none of the options {listed}"
                + (f". Did you mean {near!r}?" if near else ""),
                f"默认选项“{default}”不在选项 {listed} 之中" + (f"；是否指“{near}”？" if near else ""),
            )
        return default


class ParameterRule(Rule[Parameter]):
    """A parameter of a region."""

    def checked(self, value: object) -> object:
        """The supplied value, checked against the parameter's type; lists and tables are the caller's no longer.

        Raises:
            WrongType, InvalidNumber, InvalidDate, InvalidText: the value does not fit; the text names the parameter.
        """
        try:
            return _CHECKS[self.spec.type](value)
        except InputError as error:
            raise type(error)(f"the parameter {self.id}: {error.en}", f"参数“{self.id}”：{error.zh}") from None


class ReadingRule(Rule[Reading]):
    """A reading of a region."""


def _month(value: object) -> int:
    number = as_count(value)
    if not 1 <= number <= DECEMBER:
        raise InvalidNumber(f"a month is 1 to 12, got {number}", f"月份应为 1 至 12，收到 {number}")
    return number


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise WrongType(f"text is due, got {type(value).__name__}", f"应为文本，收到 {type(value).__name__}")
    return clean_text(value)


def _id(value: object) -> str:
    text = _text(value)
    if not is_id(text):
        raise InvalidText(
            f"{text[:40]!r} is no id: use lower-case letters, digits and . _ -",
            f"“{text[:40]}”不能作编号：只用小写字母、数字和 . _ -",
        )
    return text


def _names(value: object) -> list[str]:
    if not isinstance(value, list | tuple):
        raise WrongType(
            f"a list of ids is due, got {type(value).__name__}", f"应为编号列表，收到 {type(value).__name__}"
        )
    if not value:
        raise InvalidText("a list of ids is due, got an empty one", "应为编号列表，收到空列表")
    return [_id(item) for item in value]


def _table(value: object) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise WrongType(
            f"a table of ids by name is due, got {type(value).__name__}",
            f"应为名称与编号的对照表，收到 {type(value).__name__}",
        )
    if not value:
        raise InvalidText("a table of ids by name is due, got an empty one", "应为名称与编号的对照表，收到空表")
    return {_text(name): _id(item) for name, item in value.items()}


_CHECKS: Mapping[ParameterType, Callable[[object], object]] = {
    "count": lambda value: as_count(value, least=1),
    "month": _month,
    "amount": as_amount,
    "date": as_day,
    "text": _text,
    "names": _names,
    "table": _table,
}

# A value of each type, used only to check at load time that a rule which awaits a parameter is otherwise sound.
SAMPLES: dict[ParameterType, object] = {
    "count": 1,
    "month": 1,
    "amount": Decimal(1),
    "date": date(2000, 1, 1),
    "text": "sample",
    "names": ["sample"],
    "table": {},
}
