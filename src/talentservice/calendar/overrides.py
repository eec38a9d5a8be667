"""Days a local government sets for itself: data with a scope and an audience.

A notice of one place may move days for offices, or close enterprises or schools only. A calendar takes in the
overrides of its own scope and audience and leaves the others out.
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from talentservice.calendar.notices import either_or
from talentservice.labels import Label
from talentservice.strict import Strict

Audience = Literal["government", "enterprise", "school"]


class LocalOverride(Strict):
    """Days off and working days one place sets for one audience; `scope` is a GB/T 2260 code or its leading digits."""

    title: Label
    scope: str = Field(pattern=r"^([0-9][0-9]){1,3}$")
    audience: Audience = "government"
    published: date
    url: str = ""
    rest: frozenset[date] = Field(default_factory=frozenset, strict=False)
    work: frozenset[date] = Field(default_factory=frozenset, strict=False)

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        either_or(self.rest, self.work)
        return self

    def reaches(self, division: str, audience: Audience) -> bool:
        """Whether it holds for that division (six digits) and audience."""
        province, rest = self.scope[:2], self.scope[2:]
        while rest.endswith("00"):
            rest = rest[:-2]
        return self.audience == audience and division.startswith(province + rest)


class _Overrides(Strict):
    override: list[LocalOverride] = []


def read_overrides(data: Mapping[str, object]) -> tuple[LocalOverride, ...]:
    """The overrides of a data file: its list ``override`` and nothing else.

    Raises:
        pydantic.ValidationError: an unknown key, or a row that is not an override.
    """
    return tuple(_Overrides.model_validate(dict(data)).override)
