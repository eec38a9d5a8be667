"""The public API as users type it. Never run: mypy (strict) reads it, and a type that changes is a change of contract."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, assert_type

from pydantic import BaseModel

import talentservice as ts
from talentservice.answers import CERTAINTIES
from talentservice.audit import Audit, Idle, Judged, Table, Unreadable, audit, audit_page, read_table
from talentservice.calendar import ClockMark, Day, Deadline, Horizon, deadline
from talentservice.clauses import Citation, Clause
from talentservice.conditions import ConditionRule, Verdict
from talentservice.desk import Agenda, Desk, Report, Submission, merged
from talentservice.duties import DutyRule, Obligation, State
from talentservice.errors import InputError, MissingExtra, PluginError, RegionFileError, UnknownName
from talentservice.flows import Machine, TicketEvent
from talentservice.forms import FontSet, FormFile, FormRule
from talentservice.forms.model import FieldProblem
from talentservice.forms.paper import Printout
from talentservice.forms.render import Marks
from talentservice.forms.returned import Returned
from talentservice.grants import AmountRange
from talentservice.ical import calendar as icalendar
from talentservice.indicators import Figure
from talentservice.people import Roster
from talentservice.quotas import QuotaRule, Tally
from talentservice.region import Region, load_folder, region_from_dict
from talentservice.rules import Rule
from talentservice.steps import Step
from talentservice.teams import TeamRule

DAY = date(2019, 2, 1)
NOW = datetime(2019, 2, 1, 9, tzinfo=ts.BEIJING)


def regions_and_rules() -> None:
    assert_type(ts.regions(), list[str])
    region = ts.region("x")
    assert_type(region, Region)
    assert_type(region.rules("duty"), list[Rule[Any]])
    assert_type(region.duty("x"), DutyRule)
    assert_type(region.quota("x"), QuotaRule)
    assert_type(region.condition("x"), ConditionRule)
    assert_type(region.team("x"), TeamRule)
    assert_type(region.form("x"), FormRule)
    assert_type(region.flow("x"), Machine)
    assert_type(region.clause("1"), Clause)
    assert_type(region.clause("1").citation, Citation)
    assert_type(region.configure(readings={"a": "b"}, parameters={"c": 7}, calendar=ts.WorkCalendar.china()), Region)
    assert_type(region.amend({"x": {"within": {"working_days": 5}}}), Region)
    assert_type(region.on(DAY, as_if_in_force=True), Region)
    assert_type(region_from_dict(region.to_dict()), Region)
    assert_type(load_folder(Path()), Region)


def duties(region: Region) -> None:
    answer = region.duty("reply").due(DAY)
    assert_type(answer, ts.Answer[date | None])
    assert_type(answer.value, date | None)
    assert_type(answer.citations, tuple[Citation, ...])
    assert_type(answer.steps, tuple[Step, ...])
    assert_type(answer.certainty, ts.Certainty)
    assert_type(answer.earliest, date | None)
    assert_type(answer.warnings, tuple[Horizon, ...])
    assert_type(answer.explain("zh"), str)
    assert_type(answer.to_dict(), dict[str, object])
    assert_type(CERTAINTIES[answer.certainty].text("en"), str)
    region.duty("reply").due(NOW, provisional=True, as_if_in_force=True, calendar=ts.WorkCalendar.china(as_of=DAY))
    region.duty("slip").due(NOW, limit=DAY, marks=[ClockMark("pause", DAY, "x")])
    region.duty("item").due(NOW, limit=ts.Term(working_days=3))
    assert_type(region.duty("plan").due_in(ts.month(2019, 2)), ts.Answer[date | None])
    owed = region.duty("reply").owed(ts.EventLog(), DAY, window=ts.year(2019), roster=Roster())
    assert_type(owed, list[Obligation])
    assert_type(owed[0].due, ts.Answer[date | None])
    assert_type(owed[0].state, State)
    # What is no such argument is refused: each of these lines needs its exception.
    region.duty("reply").due("2019-02-01")  # type: ignore[arg-type]
    region.duty("reply").due(DAY, True)  # type: ignore[call-arg, arg-type]
    answer.explain("fr")  # type: ignore[arg-type]
    answer.value = DAY  # type: ignore[misc]


def other_rules(region: Region, roster: Roster) -> None:
    verdict = region.condition("served").judge({"category": 5, "since": DAY}, on=DAY)
    assert_type(verdict, ts.Answer[Verdict])
    assert_type(verdict.value is Verdict.UNDECIDED, bool)
    tallies = region.quota("interviews").measure(DAY, events=[ts.Event("interview.held", NOW, by="p-1")], roster=roster)
    assert_type(tallies, ts.Answer[tuple[Tally, ...]])
    assert_type(tallies.value[0].reached, bool | None)
    assert_type(region.route("need", {"area": "x"}, on=DAY), ts.Answer[tuple[str, ...] | None])
    assert_type(region.team("team").check({"leader": ["p-1"]}), ts.Answer[tuple[str, ...]])
    assert_type(region.grant("x").amount({"investment": Decimal(1)}), ts.Answer[Decimal | AmountRange | None])
    assert_type(region.scale("x").at_least("good", "bad"), ts.Answer[bool])
    assert_type(region.indicator("x").figure([], first=DAY, last=DAY), ts.Answer[Figure])
    assert_type(region.campaign("x").period(), ts.Answer[ts.Period])
    assert_type(region.conflict("x").shown(), ts.Answer[ts.Label])


def tickets(machine: Machine) -> None:
    ticket = machine.open("T-1", {"items": 2})
    assert_type(ticket, ts.Ticket)
    command = ts.Command("submit", "p-1", "liaison", NOW, {"note": "x"}, expected_version=0, id="c-1", part=None)
    events = ts.decide(machine, ticket, command)
    assert_type(events, tuple[TicketEvent, ...])
    assert_type(ts.evolve(ticket, events[0]), ts.Ticket)
    assert_type(machine.allowed(ticket, "liaison"), list[str])
    ts.Command("submit", "p-1", "liaison", DAY)  # type: ignore[arg-type]


def calendars() -> None:
    china = ts.WorkCalendar.china(as_of=DAY)
    assert_type(china, ts.WorkCalendar)
    assert_type(china.add(DAY, 7), date)
    assert_type(china.count(DAY, DAY), int)
    assert_type(china.is_working(DAY), bool)
    assert_type(china.day(DAY), Day)
    end = deadline(china, ts.Term(working_days=7), NOW, counting=ts.Counting(), provisional=True)
    assert_type(end, Deadline)
    assert_type(end.on, date | None)
    assert_type(end.at, datetime | None)
    assert_type(ts.year(2019), ts.Period)
    assert_type(DAY in ts.month(2019, 2), bool)


def desks(region: Region, roster: Roster) -> None:
    desk = Desk(region, roster, [ts.Event("ticket.received", DAY, subjects={"ticket": "T-1"})])
    assert_type(desk.agenda(DAY, window=ts.year(2019), done=True), Agenda)
    assert_type(desk.agenda(DAY).of(State.OVERDUE), list[Obligation])
    assert_type(desk.submit("T-1", by="p-1", at=NOW, facts={"items": 1}), Submission)
    assert_type(desk.act("T-1", "submit", by="p-1", at=NOW), ts.Ticket)
    assert_type(desk.report(ts.year(2019)), Report)
    assert_type(merged([desk.agenda(DAY)]), list[Obligation])
    assert_type(icalendar(desk.agenda(DAY).obligations, name="x", on=DAY, lang="en", names=roster.names()), bytes)


def audits(region: Region) -> None:
    table = read_table(Path("t.csv"), encoding="gb18030")
    assert_type(table, Table)
    result = audit(region, table, ticket="编号", events={"ticket.received": "收到", "ticket.replied": "答复"}, on=DAY)
    assert_type(result, Audit)
    assert_type(result.judged, tuple[Judged, ...])
    assert_type(result.unreadable, tuple[Unreadable, ...])
    assert_type(result.counts[State.DONE], int)
    assert_type(result.idle.get(Idle.LATER), int | None)
    assert_type(result.lateness(), list[tuple[ts.Label, int]])
    assert_type(audit_page(result, "zh", name="t.csv"), str)


def posts() -> Roster:
    post = ts.Post(id="p-1", label=ts.Label(zh="甲", en="A"), roles=["unit"])
    relation = ts.Relation(post="p-1", subject="talent-1", since=DAY)
    ts.Label(zh="甲")  # type: ignore[call-arg]
    return ts.Roster(posts=[post], relations=[relation])


def errors(problem: ts.TalentServiceError) -> None:
    assert_type(problem.en, str)
    assert_type(problem.message("zh"), str)
    raised: Sequence[type[ts.TalentServiceError]] = [
        InputError,
        UnknownName,
        RegionFileError,
        PluginError,
        MissingExtra,
    ]
    caught: Sequence[type[Exception]] = [ValueError, LookupError, ImportError, *raised]
    del caught


@ts.hookimpl
def talentservice_region() -> Region:
    """What a plugin writes."""
    return ts.load_region(__name__)


HOOK: Callable[[], Region] = talentservice_region


def forms(rule: FormRule, model: BaseModel) -> None:
    data = {"enterprise": {"name": "…"}, "items.0.amount": "12 万元", "finance": {"2019": {"tax": Decimal(1)}}}
    assert_type(rule.layout, FormFile)
    assert_type(rule.check(data, year=2021), ts.Answer[tuple[str, ...]])
    assert_type(rule.shortcomings(data), tuple[FieldProblem, ...])
    assert_type(rule.model(2021), type[BaseModel])
    assert_type(rule.json_schema(), dict[str, Any])
    assert_type(rule.fill(year=2021, enterprise={"name": "…"}), dict[str, Any])
    assert_type(rule.relabel(contact="电话"), FormRule)
    assert_type(rule.printout(data, year=2021, marks=Marks("√", "□")), Printout)
    assert_type(rule.printout(data).slots, Mapping[str, object])
    assert_type(rule.html(model), str)
    assert_type(rule.docx(data, year=2021, fonts=FontSet()), bytes)
    assert_type(rule.xlsx(), bytes)
    assert_type(rule.pdf(data, fonts=FontSet(files=(Path("fonts"),))), bytes)
    returned = rule.read(Path("slip.xlsx"))
    assert_type(returned, Returned)
    assert_type(rule.read(b"PK"), Returned)
    assert_type(returned.sound(), Mapping[str, Any])
    assert_type(returned.problems, tuple[FieldProblem, ...])
    assert_type(returned.problems[0].line("zh"), str)
    rule.pdf(data)  # type: ignore[call-arg]  # a PDF is made with fonts the caller names
    rule.html(data, 2021)  # type: ignore[call-arg, arg-type]  # the year is named
