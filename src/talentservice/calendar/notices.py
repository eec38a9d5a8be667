"""State Council holiday notices 2004-2026: one data file a year, read once."""

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Self

import tomli
from pydantic import Field, model_validator

from talentservice.labels import Label
from talentservice.strict import Strict


def either_or(rest: frozenset[date], work: frozenset[date]) -> None:
    """Refuse a day named both as off and as worked."""
    if both := sorted(rest & work):
        raise ValueError(f"named both as a day off and as a working day: {', '.join(map(str, both))}")


class Notice(Strict):
    """One notice as facts: the days it names as off and as make-up working days.

    `number` and `published` are None where they could not be verified. A notice with `amends` overrides the main
    notice of its year on the days it names.
    """

    year: int
    number: str | None = None
    published: date | None = None
    amends: bool = False
    url: str
    rest: frozenset[date] = Field(default_factory=frozenset, strict=False)
    work: frozenset[date] = Field(default_factory=frozenset, strict=False)

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        either_or(self.rest, self.work)
        return self

    @property
    def title(self) -> Label:
        """The notice's number, or its year where the number is not verified."""
        if self.number:
            return Label(zh=self.number, en=f"notice {self.number}")
        return Label(
            zh=f"国务院办公厅{self.year}年节假日安排通知", en=f"State Council notice on the holidays of {self.year}"
        )

    def known_on(self, day: date) -> bool:
        """Whether it was published by that day; one of unverified date counts as known from 1 January of its year."""
        return (self.published or date(self.year, 1, 1)) <= day


@cache
def published_notices() -> tuple[Notice, ...]:
    """Every notice that ships with the package, in order of year, amendments after what they amend."""
    folder = files("talentservice.calendar") / "data"
    years = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    found: list[Notice] = []
    for name in years:
        data = tomli.loads((folder / name).read_text(encoding="utf-8"))
        found += [Notice.model_validate(row) for row in data["notice"]]
    return tuple(found)
