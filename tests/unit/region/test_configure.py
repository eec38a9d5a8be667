"""Readings chosen, parameters supplied, what-ifs tried: each gives another region and leaves the first as it is."""

from datetime import date
from decimal import Decimal

import pytest

from talentservice import WorkCalendar
from talentservice.choices import ParameterRule
from talentservice.errors import (
    InputError,
    InvalidNumber,
    InvalidText,
    MissingParameter,
    RegionFileError,
    UnknownName,
    WrongType,
)

FRIDAY = date(2019, 6, 14)


# --- readings -----------------------------------------------------------------------------------------------------------


def test_a_reading_changes_the_rule_and_stands_in_its_answer(region):
    natural = region.configure(readings={"days-meant": "natural"})
    assert natural.duty("reply").due(FRIDAY).value == date(2019, 6, 19)
    assert natural.duty("reply").due(FRIDAY).readings == {"days-meant": "natural"}
    assert "days-meant" in natural.duty("reply").due(FRIDAY).explain("en")
    assert region.duty("reply").due(FRIDAY).value == date(2019, 6, 21)
    assert region.duty("reply").due(FRIDAY).readings == {"days-meant": "working"}


def test_a_reading_can_be_chosen_back(region):
    again = region.configure(readings={"days-meant": "natural"}).configure(readings={"days-meant": "working"})
    assert again.duty("reply").due(FRIDAY).value == date(2019, 6, 21)


@pytest.mark.parametrize(
    ("readings", "error", "en"),
    [
        ({"days-ment": "natural"}, UnknownName, "no reading in hill 'days-ment'; there is: days-meant. Did you mean 'days-meant'?"),
        ({"days-meant": "naturel"}, UnknownName, "no option of the reading 'days-meant' 'naturel'; there is: working, natural. Did you mean 'natural'?"),
        ({"days-meant": 5}, WrongType, "the reading 'days-meant' takes the name of an option: working, natural"),
        ({"days-meant": None}, WrongType, "the reading 'days-meant' takes the name of an option: working, natural"),
        ({"reply": "natural"}, UnknownName, "no reading in hill 'reply'"),
    ],
)  # fmt: skip
def test_a_choice_that_is_none_is_refused(region, readings, error, en):
    with pytest.raises(error) as caught:
        region.configure(readings=readings)
    assert caught.value.en.startswith(en)
    assert caught.value.zh != caught.value.en


# --- parameters -----------------------------------------------------------------------------------------------------------


def test_a_rule_that_awaits_a_parameter_says_which_clause_leaves_it_open_and_how_to_supply_it(region):
    with pytest.raises(MissingParameter) as caught:
        region.duty("explain").due(FRIDAY)
    assert caught.value.en == (
        "hill-plan:2 prints no value for 'explain-days'; supply one: region.configure(parameters={'explain-days': …})"
    )
    assert caught.value.zh == (
        "hill-plan:2 未写明“explain-days”；请提供：region.configure(parameters={'explain-days': …})"
    )


def test_a_supplied_parameter_is_used(region):
    assert region.configure(parameters={"explain-days": 3}).duty("explain").due(FRIDAY).value == date(2019, 6, 19)


def test_a_condition_that_refers_to_one_that_awaits_a_parameter_awaits_it_as_well(region):
    with pytest.raises(MissingParameter, match="hill-plan:4 prints no value for 'areas'"):
        region.condition("listed").judge({"level": "local", "area": "sample"})
    ready = region.configure(parameters={"areas": ["east", "west"]})
    assert ready.condition("listed").judge({"level": "local", "area": "west"}).value == "yes"
    assert ready.condition("listed").judge({"level": "local", "area": "north"}).value == "yes"
    assert ready.condition("listed").judge({"level": "local", "area": "sample"}).value == "no"


def test_a_flow_whose_step_awaits_a_parameter_does_not_decide(hill):
    hill.change('by = ["unit"]\nevent', 'by = ["unit"]\nwhen = { condition = "local" }\nevent')
    region = hill.load()
    with pytest.raises(MissingParameter, match="'areas'"):
        region.flow("need")
    assert region.configure(parameters={"areas": ["east"]}).flow("need").start == "raised"


def test_a_parameter_of_an_option_not_in_use_is_not_awaited(hill):
    hill.change("within = { natural_days = 5 }", 'within = { natural_days = { parameter = "explain-days" } }')
    region = hill.load()
    assert region.duty("reply").due(FRIDAY).value == date(2019, 6, 21)
    natural = region.configure(readings={"days-meant": "natural"})
    with pytest.raises(MissingParameter, match="explain-days"):
        natural.duty("reply").due(FRIDAY)
    assert natural.configure(parameters={"explain-days": 4}).duty("reply").due(FRIDAY).value == date(2019, 6, 18)


def test_a_table_the_deployer_supplies_names_the_deployer_s_own_bodies(hill):
    hill.change('table = { "住房" = "unit", "子女入学" = "office" }', 'table = { parameter = "areas" }')
    hill.change('type = "names"', 'type = "table"')
    hill.change('one_of = ["north", { parameter = "areas" }]', "is = 1")
    region = hill.load().configure(parameters={"areas": {"住房": "housing-bureau"}})
    assert region.route("need", {"major": False, "topic": "住房"}).value == ("housing-bureau",)


def test_a_name_the_deployer_supplies_need_not_be_a_role(hill):
    hill.change(
        'to = ["office"]\nafter = "ticket.received"', 'to = [{ parameter = "areas" }]\nafter = "ticket.received"'
    )
    assert hill.load().configure(parameters={"areas": ("post-1",)}).duty("reply").spec.to == ["post-1"]


def test_open_questions_are_what_is_left_to_decide(region):
    assert [r.id for r in region.open_questions()] == ["days-meant", "explain-days", "areas"]
    left = region.configure(parameters={"areas": ["east"]}, readings={"days-meant": "natural"}).open_questions()
    assert [r.id for r in left] == ["days-meant", "explain-days"]


def test_what_was_supplied_can_be_changed_by_nobody(region):
    areas = ["east"]
    ready = region.configure(parameters={"areas": areas})
    areas.append("sample")
    assert ready.configure().condition("local").judge({"area": "sample"}).value == "no"


@pytest.mark.parametrize(
    ("parameters", "error", "en"),
    [
        (
            {"explan-days": 3},
            UnknownName,
            "no parameter in hill 'explan-days'; there is: areas, explain-days. Did you mean",
        ),
        ({"explain-days": "3"}, WrongType, "the parameter explain-days: a whole number is due, got str"),
        ({"explain-days": True}, WrongType, "the parameter explain-days: a whole number is due, got bool"),
        ({"explain-days": 3.0}, WrongType, "the parameter explain-days: a whole number is due, got float"),
        ({"explain-days": 0}, InvalidNumber, "the parameter explain-days: the number lies outside 1 to 10^15"),
        ({"areas": "east"}, WrongType, "the parameter areas: a list of ids is due, got str"),
        ({"areas": []}, InvalidText, "the parameter areas: a list of ids is due, got an empty one"),
        ({"areas": [5]}, WrongType, "the parameter areas: text is due, got int"),
        ({"areas": ["东区"]}, InvalidText, "the parameter areas: '东区' is no id: use lower-case letters"),
        ({"areas": None}, WrongType, "the parameter areas: a list of ids is due, got NoneType"),
    ],
)
def test_a_value_that_does_not_fit_its_parameter_is_refused(region, parameters, error, en):
    with pytest.raises(error) as caught:
        region.configure(parameters=parameters)
    assert caught.value.en.startswith(en)
    assert "参数" in caught.value.zh


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("count", 1, [0, "1", 1.5, True, None]),
        ("month", 12, [0, 13, "3", None]),
        ("amount", Decimal("0.5"), [0.5, "1", True, Decimal("nan")]),
        ("date", date(2021, 6, 18), ["2021-06-18", 44365, None, date(1999, 1, 1)]),
        ("text", "文本", [5, "", " ", "a\0", None]),
        ("names", ["a", "b-1"], ["a", [], ["A"], [""], [None], {"a": 1}]),
        ("table", {"住房": "unit"}, [{}, [], {"住房": "住房"}, {5: "unit"}, {"a": None}, {"": "unit"}]),
    ],
)
def test_each_type_of_parameter_takes_its_own_values(hill, kind, good, bad):
    hill.change('type = "count"', f'type = "{kind}"')
    hill.change('{ parameter = "explain-days" }', "1")
    region = hill.load()
    rule = region.parameter("explain-days")
    assert isinstance(rule, ParameterRule)
    assert rule.checked(good) == good
    for value in bad:
        with pytest.raises(InputError) as caught:
            region.configure(parameters={"explain-days": value})
        assert caught.value.en.startswith("the parameter explain-days: ")
        assert caught.value.zh.startswith("参数“explain-days”：")


def test_a_value_that_fits_its_parameter_but_not_the_rule_is_told_as_such(region, hill):
    with pytest.raises(RegionFileError) as caught:
        region.configure(parameters={"explain-days": 10**15, "areas": ["a"]}).amend({"visits": {"per": "day"}})
    assert caught.value.en.startswith("hill: 1 problem with the readings, parameters or changes given\n")
    assert caught.value.zh.startswith("hill：按所选口径、参数或修改，规则有 1 处问题\n")
    assert f"documents/plan.toml:{hill.line('per = ')} hill-plan:3 quota.visits.per" in caught.value.en


def test_another_calendar_is_kept(region):
    calendar = WorkCalendar.china()
    again = region.configure(calendar=calendar).configure(readings={"days-meant": "natural"})
    assert again.scope.calendar is calendar
    assert again.on(FRIDAY).scope.calendar is calendar


# --- what-ifs -----------------------------------------------------------------------------------------------------------


def test_a_what_if_says_so_in_its_answers_and_leaves_the_region_as_it_is(region):
    shorter = region.amend({"reply": {"within": {"working_days": 3}}})
    answer = shorter.duty("reply").due(FRIDAY)
    assert answer.value == date(2019, 6, 19)
    assert answer.amended
    assert "a what-if: the rule was changed, the document does not say so" in answer.explain("en")
    assert "假设" in answer.explain("zh")
    assert not region.duty("reply").due(FRIDAY).amended
    assert region.duty("reply").due(FRIDAY).value == date(2019, 6, 21)


def test_what_rests_on_a_what_if_says_so_as_well(region):
    changed = region.configure(parameters={"areas": ["east"], "explain-days": 3}).amend(
        {"local": {"one_of": ["south"]}, "reply": {"within": {"working_days": 1}}}
    )
    assert changed.condition("listed").judge({"area": "south"}).amended
    assert changed.duty("explain").due(FRIDAY).amended
    assert not changed.route("need", {"major": True}).amended


def test_a_term_is_replaced_as_a_whole_and_none_takes_a_key_away(region):
    monthly = region.amend({"reply": {"after": None, "within": None, "every": "month", "by": {"within_period": True}}})
    assert monthly.duty("reply").spec.within is None
    assert monthly.duty("reply").spec.by.within_period
    assert region.amend({"reply": {"within": {"months": 1}}}).duty("reply").due(FRIDAY).value == date(2019, 7, 15)


def test_what_ifs_add_up(region):
    twice = region.amend({"visits": {"at_least": 5}}).amend({"visits": {"at_most": 9}})
    assert (twice.quota("visits").spec.at_least, twice.quota("visits").spec.at_most) == (5, 9)


def test_one_entry_of_a_table_can_be_changed(region):
    changed = region.amend({"topic": {"table": {"住房": "office"}}})
    assert changed.route("need", {"major": False, "topic": "住房"}).value == ("office",)
    assert changed.route("need", {"major": False, "topic": "子女入学"}).value == ("office",)


def test_a_what_if_may_await_a_parameter(region):
    changed = region.amend({"reply": {"within": {"working_days": {"parameter": "explain-days"}}}})
    with pytest.raises(MissingParameter, match="explain-days"):
        changed.duty("reply").due(FRIDAY)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"replay": {"within": {"working_days": 3}}}, UnknownName),
        ({"reply": {"withn": {"working_days": 3}}}, RegionFileError),
        ({"reply": {"within": {"working_days": 0}}}, RegionFileError),
        ({"reply": {"within": None}}, RegionFileError),
        ({"reply": {"who": "nobody"}}, RegionFileError),
        ({"reply": {"within": {"working_days": {"parameter": "no-such"}}}}, RegionFileError),
        ({"reply": {"after": {"overdue": "explain"}}}, RegionFileError),
        ({"take": {"to": "nowhere"}}, RegionFileError),
        ({"reply": 5}, WrongType),
        ({"reply": ["within"]}, WrongType),
        ([("reply", {})], WrongType),
        ("reply", WrongType),
        (None, WrongType),
    ],
)
def test_a_what_if_that_makes_no_sound_rule_is_refused(region, changes, error):
    with pytest.raises(error) as caught:
        region.amend(changes)
    assert caught.value.zh != caught.value.en
    assert region.duty("reply").due(FRIDAY).value == date(2019, 6, 21)


def test_a_what_if_without_end_is_refused(region):
    change = {}
    change["within"] = change
    with pytest.raises(WrongType):
        region.amend({"reply": change})


def test_a_what_if_can_be_changed_by_nobody(region):
    change = {"reply": {"within": {"working_days": 3}}}
    changed = region.amend(change)
    change["reply"]["within"]["working_days"] = 9
    assert changed.configure().duty("reply").due(FRIDAY).value == date(2019, 6, 19)
