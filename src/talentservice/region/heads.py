"""What stands in a region's files apart from the rules themselves."""

from typing import Any, Literal

from pydantic import Field

from talentservice.events import EventKind
from talentservice.labels import Label
from talentservice.strict import Id, SafeLine, SafeText, Strict

API = (1, 0)


class RegionHead(Strict):
    """`region.toml`: what belongs to no clause.

    `api` is the version of the contract between core and regions the files were written for; `division` the GB/T 2260 code;
    `roles` who may owe, act and receive; `events` the region's own kinds beside the standard ones; `sample` the file of sample
    events for the demonstration.
    """

    api: str = Field(pattern=r"^\d+\.\d+$")
    id: Id
    name: Label
    division: str = Field(pattern=r"^\d{6}$")
    documents: list[SafeLine] = Field(min_length=1)
    roles: dict[Id, Label]
    events: dict[str, EventKind] = {}
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


RuleTable = dict[str, dict[str, Any]]
