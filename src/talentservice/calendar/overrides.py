"""Days a local government sets for itself: data with a scope and an audience.

A notice of one place may move days for offices, or close enterprises or schools only. A calendar takes in the overrides of its
own scope and audience and leaves the others out.
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import Field

from talentservice.labels import Label
from talentservice.strict import Strict

Audience = Literal["government", "enterprise", "school"]


class LocalOverride(Strict):
    """Days off and working days one place sets for one audience; `scope` is a GB/T 2260 code or its leading digits."""

    title: Label
    scope: str = Field(pattern=r"^(\d\d){1,3}$")
    audience: Audience = "government"
    published: date
    url: str = ""
    rest: frozenset[date] = Field(default_factory=frozenset, strict=False)
    work: frozenset[date] = Field(default_factory=frozenset, strict=False)

    def reaches(self, division: str, audience: Audience) -> bool:
        """Whether it holds for that division (six digits) and audience."""
        prefix = self.scope
        while len(prefix) > 2 and prefix.endswith("00"):
            prefix = prefix[:-2]
        return self.audience == audience and division.startswith(prefix)


def read_overrides(data: Mapping[str, object]) -> tuple[LocalOverride, ...]:
    """The overrides of a data file: its list ``override``."""
    rows = data.get("override", [])
    return tuple(LocalOverride.model_validate(row) for row in rows) if isinstance(rows, list) else ()
