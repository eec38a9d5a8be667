"""Worked examples: given, when, expect, each named by a sentence and written by hand from the text."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from attrs import frozen
from pydantic import Field

from talentservice.calendar import Period
from talentservice.errors import TalentServiceError
from talentservice.events import EventLog, read_event
from talentservice.flows import Command, Ticket, decide, evolve
from talentservice.grants import AmountRange
from talentservice.people import Roster
from talentservice.quotas import by_actor
from talentservice.region import Region
from talentservice.strict import BEIJING, Id, SafeLine, Strict

ANY = "*"


class Move(Strict):
    """A step taken on the scenario's ticket; a time without a zone is Beijing time."""

    step: Id
    by: Id
    role: Id
    at: datetime
    data: dict[str, Any] = {}
    part: Id | None = None


class Expected(Strict):
    """What must come out; each key only checks what it names.

    `duty`: for each duty a list of rows (`about`, `post`, `to`, `due`, `state`, `late`, `lacks`), as many as are owed; `due` may be
    "none". `quota`: for each quota, for each actor the fields of its tally. `condition` and `route` answer for `facts`. `team`:
    the roles not filled. `ticket`: the state and the version after the moves; `refused`: the code of the error the last move
    meets. `form`: the fields of each group; `lacking`: what a form filled with `facts` lacks. `grant`: yuan, `{ low, high }` or
    "none" for `facts`. `scale`: rows of a grade, another, and whether the first is as good. `indicator`: number, of and share
    over the window. `campaign`: its first and last day. `conflict`: how it is settled. `add_up`: what
    the parts of a quota come to. `leads`: the roles that lead a team.
    """

    duty: dict[Id, list[dict[str, Any]]] = {}
    quota: dict[Id, dict[str, dict[str, Any]]] = {}
    condition: dict[Id, SafeLine] = {}
    route: dict[Id, list[Id]] = {}
    team: dict[Id, list[Id]] = {}
    ticket: dict[str, Any] = {}
    refused: SafeLine | None = None
    form: dict[Id, dict[str, list[str]]] = {}
    lacking: dict[Id, list[str]] = {}
    grant: dict[Id, Any] = {}
    scale: dict[Id, list[list[Any]]] = {}
    indicator: dict[Id, dict[str, Any]] = {}
    campaign: dict[Id, dict[str, date]] = {}
    conflict: dict[Id, str] = {}
    add_up: dict[Id, int] = {}
    leads: dict[Id, list[Id]] = {}


class Scenario(Strict):
    """A worked example of some clauses on a day."""

    zh: SafeLine
    en: SafeLine
    clauses: list[SafeLine] = Field(min_length=1)
    on: date
    window: list[date] | None = Field(default=None, min_length=2, max_length=2)
    readings: dict[Id, Id] = {}
    parameters: dict[Id, Any] = {}
    roster: Roster = Roster()
    events: list[dict[str, Any]] = []
    facts: dict[str, Any] = {}
    team: dict[Id, list[Id]] = {}
    flow: Id | None = None
    moves: list[Move] = []
    expect: Expected


@frozen
class Mismatch:
    """What a scenario expected and what the region answered."""

    scenario: str
    what: str
    expected: object
    found: object

    def __str__(self) -> str:
        return f"{self.scenario}: {self.what}: expected {self.expected!r}, found {self.found!r}"


def scenarios_of(region: Region) -> list[Scenario]:
    """The scenarios a region ships."""
    rows = [row for name in region.head.scenarios for row in region.file(name).get("scenario", [])]
    return [Scenario.model_validate(row) for row in rows]


def run(region: Region, scenario: Scenario) -> list[Mismatch]:
    """Everything in which the region's answers differ from what the scenario expects."""
    chosen = region.configure(readings=scenario.readings, parameters=scenario.parameters)
    checks = (_duties, _quotas, _facts, _tickets, _forms, _money, _figures)
    return [Mismatch(scenario.en, *row) for check in checks for row in check(chosen, scenario)]


Row = tuple[str, object, object]


def _log(region: Region, scenario: Scenario) -> EventLog:
    return EventLog(read_event(row, region.scope.events, local=True) for row in scenario.events)


def _duties(region: Region, scenario: Scenario) -> Iterator[Row]:
    first, last = _window(scenario)
    window = Period(first, last + timedelta(days=1))
    log = _log(region, scenario)
    for name, rows in scenario.expect.duty.items():
        owed = region.duty(name).owed(log, scenario.on, window=window, roster=scenario.roster)
        if len(owed) != len(rows):
            yield f"duty.{name}", f"{len(rows)} owed", [o.to_dict() for o in owed]
            continue
        for row, obligation in zip(rows, owed, strict=True):
            have = {**obligation.to_dict(), "due": obligation.day or "none", "late": obligation.late}
            yield from _differences(f"duty.{name}", row, have)


def _quotas(region: Region, scenario: Scenario) -> Iterator[Row]:
    log = _log(region, scenario)
    for name, actors in scenario.expect.quota.items():
        tallies = by_actor(region.quota(name).measure(scenario.on, events=log.events, roster=scenario.roster).value)
        if set(actors) != set(tallies):
            yield f"quota.{name}", sorted(actors), sorted(tallies)
        for actor in set(actors) & set(tallies):
            have = {**tallies[actor].to_dict(), "reached": tallies[actor].reached}
            wanted = {k: None if v == "not-applicable" else v for k, v in actors[actor].items()}
            yield from _differences(f"quota.{name}.{actor}", wanted, have)


def _facts(region: Region, scenario: Scenario) -> Iterator[Row]:
    for name, verdict in scenario.expect.condition.items():
        found = region.condition(name).judge(scenario.facts, on=scenario.on).value.value
        yield from _differences("condition", {name: verdict}, {name: found})
    for matter, wanted in scenario.expect.route.items():
        to = region.route(matter, scenario.facts, on=scenario.on).value
        yield from _differences("route", {matter: wanted}, {matter: list(to or ())})
    for name, lacking in scenario.expect.team.items():
        yield from _differences("team", {name: lacking}, {name: list(region.team(name).check(scenario.team).value)})


def _tickets(region: Region, scenario: Scenario) -> Iterator[Row]:
    if not scenario.flow:
        return
    ticket, refused = _walk(region, scenario)
    if refused != scenario.expect.refused:
        yield "refused", scenario.expect.refused, refused
    have = {"state": ticket.state, "version": ticket.version, "events": [e.kind for e in ticket.history]}
    yield from _differences("ticket", scenario.expect.ticket, have)


def _walk(region: Region, scenario: Scenario) -> tuple[Ticket, str | None]:
    machine = region.flow(scenario.flow or "")
    ticket = machine.open("T-1", scenario.facts)
    for move in scenario.moves:
        at = move.at if move.at.tzinfo else move.at.replace(tzinfo=BEIJING)
        command = Command(move.step, move.by, move.role, at, move.data, ticket.version, part=move.part)
        try:
            for event in decide(machine, ticket, command):
                ticket = evolve(ticket, event)
        except TalentServiceError as error:
            return ticket, error.code
    return ticket, None


def _forms(region: Region, scenario: Scenario) -> Iterator[Row]:
    for name, groups in scenario.expect.form.items():
        layout = region.form(name).layout
        have = {group.id: group.keys() for group in layout.groups}
        yield from _differences(f"form.{name}", groups, have)


def _money(region: Region, scenario: Scenario) -> Iterator[Row]:
    for name, wanted in scenario.expect.grant.items():
        value = region.grant(name).amount(scenario.facts, on=scenario.on).value
        have: object = value
        if isinstance(value, AmountRange):
            have = {"low": int(value.low), "high": int(value.high)}
        yield from _differences("grant", {name: None if wanted == "none" else wanted}, {name: have})
    for name, lacking in scenario.expect.lacking.items():
        yield from _differences("lacking", {name: lacking}, {name: list(region.form(name).check(scenario.facts).value)})
    for name, rows in scenario.expect.scale.items():
        for grade, other, good in rows:
            found = region.scale(name).at_least(grade, other).value
            yield from _differences(f"scale.{name}", {f"{grade} >= {other}": good}, {f"{grade} >= {other}": found})


def _figures(region: Region, scenario: Scenario) -> Iterator[Row]:
    first, last = _window(scenario)
    for name, wanted in scenario.expect.indicator.items():
        figure = region.indicator(name).figure(_log(region, scenario).events, first=first, last=last).value
        yield from _differences(f"indicator.{name}", wanted, figure.to_dict())
    for name, days in scenario.expect.campaign.items():
        period = region.campaign(name).period().value
        yield from _differences(f"campaign.{name}", days, {"first": period.start, "last": period.last_day})
    for name, total in scenario.expect.add_up.items():
        have = region.quota(name).add_up(scenario.on, roster=scenario.roster).value
        yield from _differences("add_up", {name: total}, {name: have})
    for name, roles in scenario.expect.leads.items():
        yield from _differences("leads", {name: roles}, {name: list(region.team(name).leads)})
    for name, how in scenario.expect.conflict.items():
        yield from _differences("conflict", {name: how}, {name: region.conflict(name).spec.settle})


def _window(scenario: Scenario) -> tuple[date, date]:
    """The window's first and last day; without one the year of the day asked about."""
    first, last = scenario.window or (scenario.on.replace(month=1, day=1), scenario.on.replace(month=12, day=31))
    return first, last


def _differences(what: str, wanted: Mapping[str, object], have: Mapping[str, object]) -> Iterator[Row]:
    for key, value in wanted.items():
        if have.get(key) != value and value != ANY:
            yield f"{what}.{key}", value, have.get(key)
