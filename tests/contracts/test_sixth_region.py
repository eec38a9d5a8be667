"""A sixth region, of an invented place, needs not one line of the core: loaded from its folder, it answers like the others."""

import importlib.util
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import talentservice
from talentservice.clauses import ledger
from talentservice.desk import Desk
from talentservice.events import read_event
from talentservice.people import Roster
from talentservice.region import load_folder, region_from_dict
from talentservice.region.diff import compare
from talentservice.region.kinds import KINDS
from talentservice.testing.scenarios import run, scenarios_of

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples" / "new_region" / "src" / "talentservice_xinqu"
NAMES = ("xinqu", "乌有新区")
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def xinqu():
    return load_folder(FOLDER)


def test_it_uses_every_kind_of_rule(xinqu):
    assert {rule.kind for rule in xinqu.rules()} == set(KINDS)


def test_it_is_not_among_the_installed(xinqu):
    assert xinqu.id not in talentservice.regions()
    assert (xinqu.id, xinqu.head.division) == ("xinqu", "990006")


@pytest.mark.parametrize("scenario", scenarios_of(load_folder(FOLDER)), ids=lambda s: s.en)
def test_its_worked_examples_come_out(xinqu, scenario):
    assert [str(m) for m in run(xinqu, scenario)] == []


def test_every_rule_clause_is_worked_through(xinqu):
    worked = [str(xinqu.clause(name).citation) for s in scenarios_of(xinqu) for name in s.clauses]
    assert ledger(xinqu.id, xinqu.clauses, worked).without_scenario == ()


def test_it_is_the_same_after_a_round_trip(xinqu):
    again = region_from_dict(xinqu.to_dict())
    assert again == xinqu
    assert all(d.same for d in compare(xinqu, again))


ANSWERS = {
    "duty": lambda r: r.duty("talk").due(date(2026, 3, 20)),
    "condition": lambda r: r.condition("young-firm").judge({"founded_on": date(2024, 1, 1)}, on=date(2026, 3, 20)),
    "quota": lambda r: r.quota("two-leaders").measure(date(2026, 3, 31)),
    "grant": lambda r: r.grant("research-support").amount({"investment": 30_000_000}, on=date(2026, 3, 1)),
    "scale": lambda r: r.scale("window-grade").at_least("good", "adequate"),
    "team": lambda r: r.team("visiting-team").check({"group-head": ["head-1"]}),
    "route": lambda r: r.configure(parameters={"large-sum": 5_000_000}).route("lead", {"sum": 5_000_000}, on=date(2026, 3, 1)),
    "indicator": lambda r: r.indicator("satisfied").figure([], first=date(2026, 1, 1), last=date(2026, 3, 31)),
    "campaign": lambda r: r.campaign("service-season").period(),
    "conflict": lambda r: r.conflict("number-of-leaders").shown(),
    "form": lambda r: r.form(next(rule.id for rule in r.rules("form"))).check({}),
}  # fmt: skip


@pytest.mark.parametrize("kind", ANSWERS)
def test_its_answers_explain_themselves_in_both_languages(xinqu, kind):
    answer = ANSWERS[kind](xinqu)
    chinese, english = answer.explain("zh"), answer.explain("en")
    assert HAN.search(chinese)
    assert answer.citations
    for citation in answer.citations:
        assert f"依据 {citation}：{citation.summary.zh}" in chinese
        assert f"basis {citation}: {citation.summary.en}" in english
    # The ids of its clauses are Chinese in every language; nothing else of an English answer is.
    assert not HAN.search(re.sub(r"basis \S+:|\(xinqu:\S+\)", "", english))


def test_some_of_its_answers_by_hand(xinqu):
    """20 per mille of 30 million is 600,000, above the cap; thirty days after 3 March end on 2 April."""
    assert ANSWERS["grant"](xinqu).value == Decimal(500_000)
    assert ANSWERS["campaign"](xinqu).value.last_day == date(2025, 4, 2)
    counted = xinqu.configure(readings={"first-day-of-season": "counted"})
    assert counted.campaign("service-season").period().value.last_day == date(2025, 4, 1)
    assert ANSWERS["scale"](xinqu).value is True


def test_it_sits_at_a_desk_like_any_other(xinqu):
    """The quarter of events it ships: what is owed on the last day, and what the quarter comes to."""
    sample = xinqu.file("sample.toml")
    chosen = xinqu.configure(parameters=sample["parameters"])
    events = [read_event(row, chosen.scope.events, local=True) for row in sample["events"]]
    desk = Desk(chosen, Roster.model_validate(sample["roster"]), events)
    overdue = {(o.duty, o.about) for o in desk.agenda(date(2026, 3, 31)).obligations if o.state == "overdue"}
    assert {duty for duty, about in overdue if about == "T-2"} == {"acknowledge", "reply", "explain-lapse"}
    report = desk.report(talentservice.Period(date(2026, 1, 1), date(2026, 4, 1)))
    assert report.waiting == ()
    assert [(i.rule.id, i.answer.value.number, i.answer.value.of) for i in report.indicators] == [("satisfied", 1, 1)]


def test_its_module_is_one_hook():
    spec = importlib.util.spec_from_file_location("a_sixth_region", FOLDER / "__init__.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    own = [name for name, value in vars(module).items() if getattr(value, "__module__", None) == "a_sixth_region"]
    assert own == ["talentservice_region"]
    assert [p.name for p in FOLDER.rglob("*.py") if "__pycache__" not in p.parts] == ["__init__.py"]


def test_the_core_and_the_other_regions_do_not_know_it():
    folders = [ROOT / "src", *(ROOT / "plugins").glob("*/src")]
    files = [p for f in folders for p in f.rglob("*") if p.suffix in (".py", ".toml", ".html", ".json")]
    assert len(files) > 100
    assert [p.name for p in files if any(n in p.read_text(encoding="utf-8") for n in NAMES)] == []
