"""A loaded region: looked up, asked on a day, compared, written as data, traced back to its files."""

from datetime import date, datetime
from importlib import metadata

import pytest

from talentservice import load_region
from talentservice.errors import InputError, NotInForce, TalentServiceError, UnknownName
from talentservice.region import region_from_dict
from talentservice.strict import BEIJING

PLAN = "documents/plan.toml"
FRIDAY = date(2019, 6, 14)  # five working days later is Friday 21 June


# --- looking up -------------------------------------------------------------------------------------------------------


def test_rules_stand_in_the_order_of_the_document(region):
    assert [r.id for r in region.rules()] == [
        "reply", "days-meant", "explain", "explain-days", "visits", "listed", "local", "areas", "need", "take", "close",
        "major", "topic", "panel", "slip",
    ]  # fmt: skip
    assert [r.id for r in region.rules("duty")] == ["reply", "explain"]
    assert region.rules("grant") == []


def test_each_kind_has_its_own_question(region):
    assert region.duty("reply").kind == "duty"
    assert region.quota("visits").kind == "quota"
    assert region.condition("listed").kind == "condition"
    assert region.flow("need").start == "raised"
    assert region.team("panel").kind == "team"
    assert [g.id for g in region.form("slip").layout.groups] == ["need", "signed"]
    assert region.parameter("areas").kind == "parameter"
    assert region.reading("days-meant").kind == "reading"
    assert region.rule("take").kind == "step"


@pytest.mark.parametrize(
    ("ask", "en", "zh"),
    [
        (lambda r: r.duty("replay"), "no duty in hill 'replay'", "没有义务（hill）“replay”"),
        (lambda r: r.quota("reply"), "no quota in hill 'reply'", "没有定额（hill）“reply”"),
        (lambda r: r.rule("visitts"), "no rule in hill 'visitts'", "没有规则（hill）“visitts”"),
        (lambda r: r.clause("99"), "no clause in hill '99'", "没有条款（hill）“99”"),
        (lambda r: r.route("ned", {}), "no matter in hill 'ned'", "没有派单事项（hill）“ned”"),
        (lambda r: r.flow("x"), "no flow in hill 'x'", "没有流程（hill）“x”"),
    ],
)
def test_a_name_nobody_declared_is_told_with_what_there_is(region, ask, en, zh):
    with pytest.raises(UnknownName) as caught:
        ask(region)
    assert caught.value.en.startswith(en)
    assert caught.value.zh.startswith(zh)
    assert "there is:" in caught.value.en
    assert isinstance(caught.value, LookupError)


def test_the_nearest_name_is_suggested(region):
    with pytest.raises(UnknownName, match="Did you mean 'reply'"):
        region.duty("replay")


def test_a_clause_is_found_with_and_without_its_document(region):
    assert region.clause("1") is region.clause("hill-plan:1")
    assert [c.status for c in region.clauses] == ["rule"] * 8 + ["guidance", "record"]
    assert region.clause("1").rules == ("reply", "days-meant")
    assert region.clause("8").rules == ("slip",)  # laid down by the form's own file
    assert region.clause("10").record == "document.recipients"


def test_a_clause_can_be_read_by_programs(region, hill):
    assert region.clause("10").to_dict() == {
        "id": "hill-plan:10",
        "zh": "发文范围",
        "en": "Who it was sent to",
        "status": "record",
        "rules": [],
        "record": "document.recipients",
        "note": {"zh": "不公开", "en": "Not public"},
        "origin": {"distribution": "", "version": "", "file": PLAN, "line": hill.line('[[clause]]\nid = "10"')},
    }


def test_a_rule_without_a_name_takes_its_clause_s(region):
    assert region.duty("reply").label.en == "Reply"
    assert region.quota("visits").label.en == "At least ten enterprises a year are visited"


# --- where it was read --------------------------------------------------------------------------------------------------


def test_every_rule_knows_the_line_of_its_own_header(region, hill):
    lines = hill.text().split("\n")
    for rule in region.rules():
        assert rule.origin.file == PLAN
        assert lines[rule.origin.line - 1] == f"[clause.{rule.kind}.{rule.id}]"
    for clause in region.clauses:
        assert lines[clause.origin.line - 1] == "[[clause]]"
        assert lines[clause.origin.line] == f'id = "{clause.citation.clause}"'
    assert str(region.duty("reply").origin) == f"{PLAN}:{hill.line('[clause.duty.reply]' + chr(10))}"


def test_an_installed_region_knows_its_distribution_and_version():
    origin = load_region("talentservice_nanhai").duty("reply").origin
    assert (origin.distribution, origin.version) == ("talentservice-nanhai", metadata.version("talentservice-nanhai"))


def test_a_region_from_a_dict_knows_no_lines(region):
    assert region_from_dict(region.to_dict()).duty("reply").origin.line == 0


# --- on a day -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [date(2019, 3, 1), date(2024, 12, 31)])
def test_on_a_day_in_force_the_region_answers_as_it_is(region, day):
    assert [d.id for d in region.on(day).documents] == ["hill-plan"]
    assert region.on(day).duty("reply").due(FRIDAY).value == date(2019, 6, 21)


@pytest.mark.parametrize("day", [date(2019, 2, 28), date(2025, 1, 1)])
def test_before_and_after_its_documents_a_region_refuses(region, day):
    with pytest.raises(NotInForce) as caught:
        region.on(day)
    assert caught.value.en == (
        f"no document of hill was in force on {day} (hill-plan from 2019-03-01 to 2024-12-31); "
        "as_if_in_force=True answers all the same"
    )
    assert caught.value.zh.startswith(f"{day} 时 hill 没有施行中的文件")


@pytest.mark.parametrize("day", [date(2019, 2, 28), date(2025, 1, 1)])
def test_a_rule_refuses_a_day_it_was_not_in_force(region, day):
    with pytest.raises(NotInForce) as caught:
        region.condition("listed").scope.rules["route", "major"].to({"major": True}, on=day)
    assert caught.value.en == (
        f"hill-plan was not in force on {day} (in force from 2019-03-01 to 2024-12-31); "
        "pass as_if_in_force=True to answer all the same"
    )
    assert caught.value.zh == (
        f"{day} 时 hill-plan 不在施行期内（自 2019-03-01 至 2024-12-31 施行）；如仍要计算，请用 as_if_in_force=True"
    )


def test_as_if_in_force_is_stated_in_the_answer(region):
    asked = region.on(date(2018, 1, 1), as_if_in_force=True)
    answer = asked.duty("reply").due(date(2018, 6, 15))
    assert answer.as_if_in_force
    assert answer.value == date(2018, 6, 25)  # Monday 18 June 2018 was the Dragon Boat Festival
    assert "not in force on that day; answered as if it were" in answer.explain("en")
    assert "按假定施行计算" in answer.explain("zh")
    assert not asked.duty("reply").due(FRIDAY).as_if_in_force
    with pytest.raises(NotInForce):
        region.duty("reply").due(date(2018, 6, 15))


def test_a_day_asked_about_is_kept_when_the_region_is_configured_or_amended(region):
    asked = region.on(date(2018, 1, 1), as_if_in_force=True)
    for again in (
        asked.configure(readings={"days-meant": "natural"}),
        asked.amend({"reply": {"within": {"working_days": 3}}}),
    ):
        assert again.duty("reply").due(date(2018, 6, 15)).as_if_in_force


def test_one_of_two_documents_in_force_answers_alone_and_another_day_brings_the_other_back(hill):
    hill.change('["documents/plan.toml"]', '["documents/plan.toml", "documents/later.toml"]', file="region.toml")
    start = hill.text()[: hill.text().index("[[clause]]")].replace('"hill-plan"', '"hill-later"')
    start = start.replace("2019-03-01", "2025-01-01").replace(
        "in_force_until = 2024-12-31\n", "in_force_from = 2025-02-01\n"
    )
    hill.write(
        "documents/later.toml",
        f'{start}[[clause]]\nid = "1"\nzh = "专班"\nen = "Team"\n[clause.team.later]\nparts = [{{ role = "unit" }}]\n',
    )
    region = hill.load()
    early, late = region.on(date(2024, 12, 31)), region.on(date(2025, 2, 1))
    assert [d.id for d in early.documents] == ["hill-plan"]
    assert {r.document.id for r in late.rules()} == {"hill-later"}
    assert [str(c.citation) for c in late.clauses] == ["hill-later:1"]
    assert late.on(date(2024, 12, 31)).rules("duty")
    assert late.on(date(2024, 12, 31), as_if_in_force=True).rules("team")
    with pytest.raises(NotInForce):
        region.on(date(2025, 1, 15))  # issued, not yet in force
    assert early != region
    assert early == region.on(date(2024, 12, 31))


@pytest.mark.parametrize("day", [20190614, "2019-06-14", None, datetime(2019, 6, 14, tzinfo=BEIJING)])
def test_a_day_that_is_none_is_refused(region, day):
    with pytest.raises(InputError):
        region.on(day)


# --- compared, and as data ------------------------------------------------------------------------------------------------


def test_a_region_survives_the_way_through_a_dict(region):
    data = region.to_dict()
    again = region_from_dict(data)
    assert again == region
    assert again.to_dict() == data
    assert hash(again) == hash(region)


def test_a_dict_can_be_changed_without_changing_the_region(region):
    data = region.to_dict()
    again = region_from_dict(data)
    data["documents"][PLAN]["clause"][0]["duty"]["reply"]["within"] = {"working_days": 9}
    assert region.to_dict()["documents"][PLAN]["clause"][0]["duty"]["reply"]["within"] == {"working_days": 5}
    assert again == region
    assert again.configure().duty("reply").due(FRIDAY).value == date(2019, 6, 21)
    assert region_from_dict(data) != region


def test_two_regions_are_equal_when_their_files_say_the_same_and_the_same_was_chosen(region, hill):
    assert hill.load() == region
    natural = region.configure(readings={"days-meant": "natural"})
    assert natural != region
    assert natural == hill.load().configure(readings={"days-meant": "natural"})
    assert region.amend({"visits": {"at_least": 9}}) != region
    assert region != "hill"
    hill.change("at_least = 10", "at_least = 11")
    assert hill.load() != region


def test_a_rule_can_be_read_by_programs(region, hill):
    data = region.duty("explain").to_dict()
    declared = data.pop("declared")
    assert declared["within"] == {"working_days": 1}
    assert declared["after"] == {"overdue": "reply"}
    assert data == {
        "kind": "duty",
        "id": "explain",
        "zh": "逾期的书面说明；天数未写",
        "en": "An overdue unit explains in writing; the days are not printed",
        "clauses": ["hill-plan:2"],
        "origin": {"distribution": "", "version": "", "file": PLAN, "line": hill.line("[clause.duty.explain]")},
        "readings": {"days-meant": "working"},  # the reading that says when the reply lapses
        "missing": {"explain-days": "hill-plan:2"},
        "amended": False,
    }


def test_a_region_cannot_be_changed(region):
    with pytest.raises(AttributeError):
        region.choices = None
    with pytest.raises(TalentServiceError):
        region_from_dict({"region": {}})
