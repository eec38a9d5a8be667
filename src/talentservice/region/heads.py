"""What stands in a region's files apart from the rules themselves."""

from typing import Literal

from pydantic import Field

from talentservice.events import EventKind
from talentservice.labels import Label
from talentservice.strict import Id, SafeLine, SafeText, Strict

API = (1, 0)


def speaks(api: str) -> bool:
    """Whether this core understands files written for that version: the same major number, and no later minor one."""
    major, minor = (int(part) for part in api.split("."))
    return major == API[0] and minor <= API[1]


class RegionHead(Strict):
    """`region.toml`: what belongs to no clause.

    `api` is the version of the contract between core and regions the files were written for; `division` the GB/T 2260 code;
    `roles` who may owe, act and receive; `events` the region's own kinds beside the standard ones; `sample` the file of sample
    events for the demonstration.
    """

    api: str = Field(pattern=r"^[0-9]{1,3}\.[0-9]{1,3}$")
    id: Id
    name: Label
    division: str = Field(pattern=r"^[0-9]{6}$")
    documents: list[SafeLine] = Field(min_length=1)
    roles: dict[Id, Label]
    events: dict[Id, EventKind] = {}
    sample: SafeLine | None = None
    scenarios: list[SafeLine] = []


class ClauseHead(Strict):
    """A clause without its rules: id, summary in our own words, and its status where no rule gives it."""

    id: SafeLine
    zh: SafeText
    en: SafeText
    status: Literal["rule", "record", "guidance"] | None = None
    record: str | None = Field(default=None, pattern=r"^[a-z][a-z-]*\.[a-z][a-z_-]*$")
    note: Label | None = None
