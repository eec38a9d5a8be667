"""Talents, enterprises and bodies: what is personal shows masked, unless it is revealed on purpose."""

import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from datetime import date
from typing import Annotated, Any, NoReturn, Self, SupportsIndex, TypeVar

from attrs import frozen
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ModelWrapValidatorHandler,
    SerializerFunctionWrapHandler,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_serializer,
    model_validator,
)
from pydantic_core import ErrorDetails

from talentservice.errors import InputError, InvalidText, TalentServiceError, WrongType
from talentservice.people.identifiers import (
    birth_agrees,
    birth_date,
    credit_code,
    identity_number,
    phone_number,
)
from talentservice.people.masking import HIDDEN, WIDTH, mask_identity, mask_name, mask_phone
from talentservice.strict import Id, SafeLine, Strict

M = TypeVar("M", bound=Strict)
IN_CHINESE = {"missing": "缺少此项", "extra_forbidden": "没有此项"}


@frozen
class Personal:
    """Marks a field as personal; `mask` makes what may be shown of a value that is there."""

    mask: Callable[[Any], object]


class Guarded(Strict):
    """Base of what holds personal data: text, logs, dumps and errors mask it; fields and `reveal` do not."""

    def __repr_args__(self) -> Iterator[tuple[str, object]]:
        yield from self._shown().items()

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        name = type(self).__name__
        raise WrongType(
            f"a {name} is not pickled, since that writes personal data in the clear; pass its reveal()",
            f"{name} 含个人信息，不能用 pickle 序列化；确需传递请用 reveal()",
        )

    @model_validator(mode="wrap")
    @classmethod
    def _kept_out_of_errors(cls, data: object, build: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return build(data)
        except ValidationError as error:
            found = error.errors(include_url=False)
        # pydantic hides inputs in the text of its error only: errors() and json() would still hand them out.
        raise ValidationError.from_exception_data(
            cls.__name__,
            [{"type": e["type"], "loc": e["loc"], "input": HIDDEN, "ctx": e.get("ctx", {})} for e in found],
            hide_input=True,
        )

    @model_serializer(mode="wrap")
    def _masked(self, write: SerializerFunctionWrapHandler) -> dict[str, object]:
        shown, masks = self._shown(), self._masks()
        return {name: shown[name] if name in masks else value for name, value in write(self).items()}

    def to_dict(self) -> dict[str, object]:
        """The fields as JSON values, what is personal masked."""
        return self.model_dump(mode="json")

    def reveal(self) -> dict[str, object]:
        """The fields as they are, for a reader who may see them."""
        return deepcopy(dict(self))

    def _shown(self) -> dict[str, object]:
        masks = self._masks()
        return {n: masks[n](v) if n in masks and v is not None else v for n, v in self}

    @classmethod
    def _masks(cls) -> Mapping[str, Callable[[Any], object]]:
        marks = ((name, mark) for name, field in cls.model_fields.items() for mark in field.metadata)
        return {name: mark.mask for name, mark in marks if isinstance(mark, Personal)}


def _optional(reads: Callable[[object], str]) -> BeforeValidator:
    return BeforeValidator(lambda value: None if value is None else reads(value))


def _unmasked(name: str) -> str:
    if HIDDEN in name.translate(WIDTH):
        raise InvalidText("the name is masked and cannot be stored", "姓名已脱敏，不能作为数据导入")
    return name


def _iso(value: object) -> object:
    """A date from its one way of writing in JSON; anything else is left for pydantic to refuse."""
    if isinstance(value, str) and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


PersonName = Annotated[SafeLine, AfterValidator(_unmasked), Personal(mask_name)]
# No day is known here, so no age is checked: who knows the day calls identity_number or birth_date with it.
Identity = Annotated[str | None, _optional(lambda v: identity_number(v, on=None).number), Personal(mask_identity)]
PhoneLine = Annotated[str | None, _optional(lambda v: phone_number(v).written), Personal(mask_phone)]
Birth = Annotated[date | None, BeforeValidator(_iso), Personal(lambda _: HIDDEN)]
CreditCode = Annotated[str | None, _optional(credit_code)]
# Facts are free in form, so none of their values can be known to be harmless: their names are shown.
Facts = Annotated[dict[str, object], Personal(lambda facts: dict.fromkeys(facts, HIDDEN))]


class Talent(Guarded):
    """A person served; identity and phone are kept in normal form, `facts` are what conditions look at.

    `born` is a date or its ISO text; without one, the birth date in the identity number is not copied here.
    """

    id: Id
    name: PersonName
    identity: Identity = None
    phone: PhoneLine = None
    born: Birth = None
    facts: Facts = Field(default_factory=dict)

    # On the field and not on the model: a model's own after-validators run outside the guard of its errors.
    @field_validator("born")
    @classmethod
    def _possible(cls, born: date | None, so_far: ValidationInfo) -> date | None:
        identity = so_far.data.get("identity")
        if born is not None:
            birth_date(born, on=None)
            if identity is not None:
                birth_agrees(identity_number(identity, on=None), born)
        return born


class Enterprise(Guarded):
    """An enterprise served; its name and credit code are public, its facts may name people."""

    id: Id
    name: SafeLine
    credit_code: CreditCode = None
    facts: Facts = Field(default_factory=dict)


def read(model: type[M], data: object) -> M:
    """Read one record, such as a row of a table.

    Raises:
        InputError: names each wrong field and what is due, in both languages and without the values.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        told = [_told(each) for each in error.errors(include_url=False, include_input=False)]
    raise InputError("; ".join(en for en, _ in told), "；".join(zh for _, zh in told))


def _told(found: ErrorDetails) -> tuple[str, str]:
    cause = found.get("ctx", {}).get("error")
    en, zh = found["msg"], IN_CHINESE.get(found["type"], "类型或格式不符")
    if isinstance(cause, TalentServiceError):
        en, zh = cause.en, cause.zh
    where = ".".join(map(str, found["loc"]))
    return (f"{where}: {en}", f"{where}：{zh}") if where else (en, zh)
