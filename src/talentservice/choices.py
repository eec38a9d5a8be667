"""What a deployer decides: parameters the text does not print, readings of what it prints ambiguously."""

from datetime import date
from decimal import Decimal
from typing import Literal, Self

from pydantic import model_validator

from talentservice.errors import InvalidNumber, WrongType
from talentservice.labels import Label
from talentservice.rules import Rule, Spec
from talentservice.strict import Id, as_amount, as_count, as_day

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

    @model_validator(mode="after")
    def _known_default(self) -> Self:
        if len(set(self.options)) < 2 or self.default not in self.options:  # noqa: PLR2004  # one way is no reading
            raise ValueError("a reading has at least two different options, and its default is one of them")
        return self


class ParameterRule(Rule[Parameter]):
    """A parameter of a region."""

    def checked(self, value: object) -> object:
        """The supplied value, checked against the parameter's type.

        Raises:
            WrongType, InvalidNumber, InvalidDate: the value does not fit.
        """
        match self.spec.type:
            case "count":
                return as_count(value, least=1)
            case "month":
                if as_count(value, least=1) > DECEMBER:
                    raise InvalidNumber(f"{self.id} is a month, 1 to 12", f"{self.id} 应为月份（1 至 12）")
                return value
            case "amount":
                return as_amount(value)
            case "date":
                return as_day(value)
        fits = {
            "text": isinstance(value, str),
            "names": _names(value),
            "table": isinstance(value, dict) and _names(list(value.values())),
        }
        if not fits[self.spec.type]:
            raise WrongType(
                f"{self.id} takes {self.spec.type}, got {type(value).__name__}",
                f"{self.id} 应为 {self.spec.type}，收到 {type(value).__name__}",
            )
        return value


class ReadingRule(Rule[Reading]):
    """A reading of a region."""


def _names(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)


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
