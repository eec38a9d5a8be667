"""Values of a form are checked one by one, and every problem is told at once, without personal values."""

import json
from datetime import date
from decimal import Decimal

import jsonschema
import pytest
from tests.unit.forms.declared import ITEMS, MONEY, field, group, paper

from talentservice.errors import FormError

SLIP = paper(
    group(
        "who",
        field("text", "name", personal=True),
        field("phone", "tel", personal=True),
        field("text-list", "visitors", personal=True),
        field("multi-choice", "honours", choices=["甲"], other="其他", personal=True),
        field("choice", "kind", choices=["领军人才"]),
    ),
    group(
        "firm",
        field("text", "firm.name"),
        {"id": "firm.capital", "label": {"zh": "注册资本", "en": "Capital"}, "type": "decimal", "unit": "万元"},
        field("date", "firm.since"),
        field("choice", "firm.copy", choices=["有", "无"], other="其他"),
        field("seal", "firm.seal"),
    ),
    ITEMS,
    MONEY,
    group("projects", field("year", "p.year"), field("text", "p.name"), repeat=True),
    year=2020,
)


def problems(data, year=None):
    with pytest.raises(FormError) as caught:
        SLIP.values(data, year)
    return caught.value


def test_a_problem_says_where_what_is_due_and_what_was_found():
    found = problems({"firm": {"capital": "三千万"}})
    assert found.zh == "firm.capital（注册资本）：应为数字（可带“万元”），实为“三千万”"
    assert found.en == "firm.capital (Capital): a number ('万元' may follow) is due, got '三千万'"
    (one,) = found.problems
    assert one.to_dict() == {
        "where": {"zh": "firm.capital", "en": "firm.capital"},
        "field": "firm.capital",
        "label": {"zh": "注册资本", "en": "Capital"},
        "en": "a number ('万元' may follow) is due, got '三千万'",
        "zh": "应为数字（可带“万元”），实为“三千万”",
    }


def test_every_problem_is_told_at_once():
    found = problems(
        {
            "firm": {"nme": "某", "since": "去年"},
            "items": [{"what": "一"}, {"wat": "二", "tel": "123"}, 3],
            "finance": {"2017": {"tax": 1}, "2018": {"tax": True}},
            "projects": {"p.year": 2020},
            "frim": {},
        }
    )
    assert {p.where.zh: p.zh.partition("，实为")[0] for p in found.problems} == {
        "firm.nme": "表中没有此栏目；是否指“firm.name”？",
        "firm.since": "应为日期，如 2020年6月23日",
        "items.1.wat": "表中没有此栏目；是否指“items.what”？",
        "items.1.tel": "手机号应为 13 至 19 开头的 11 位数字；固定电话应带区号，如 0519-8xxxxxxx",
        "items.2": "应为表（键与值）",
        "finance.2017": "表中没有此栏目；表中年份：2018、2019、2020",
        "finance.2018.tax": "应为数字，收到真假值",
        "projects": "应为列表，每行一项",
        "frim": "表中没有此栏目；是否指“firm”？",
    }


def test_years_that_have_moved_on_are_named():
    assert (
        problems({"finance": {"2020": {"tax": 1}}}, 2023).zh
        == "finance.2020（多出）：表中没有此栏目；表中年份：2021、2022、2023"
    )


def test_a_key_given_twice_is_a_problem_and_neither_value_is_lost_in_silence():
    found = problems({"firm.name": "甲", "firm": {"name": "乙"}, "firm.capital": "x"})
    assert [p.where.zh for p in found.problems] == ["firm.name", "firm.capital"]
    assert problems({"firm.name": "甲", "firm": {"name": "乙"}}).zh == "firm.name（结构）：重复给出，或写在一个值之下"


@pytest.mark.parametrize(
    ("data", "secret"),
    [
        ({"name": "秘密\n某"}, "秘密"),
        ({"name": 19790301}, "19790301"),
        ({"tel": "一二三秘密"}, "秘密"),
        ({"visitors": ["秘密，某"]}, "秘密"),
        ({"honours": ["秘密一", "秘密二"]}, "秘密"),
        ({"name": {"秘密": 1}}, "1"),
    ],
)
def test_a_personal_value_is_in_no_message(data, secret):
    found = problems(data)
    assert len(found.problems) == 1
    told = found.problems[0]
    for text in (told.zh, told.en, str(found), repr(found), repr(found.args)):
        assert secret not in text.replace("name", "")


def test_why_a_personal_value_is_refused_is_told_all_the_same():
    (told,) = problems({"name": "甲" * 2001}).problems
    assert (told.zh, told.en) == ("最长 2000 字，收到 2001 字", "text of 2001 characters; at most 2000 are allowed")
    (told,) = problems({"name": "甲\n乙"}).problems
    assert told.zh == "此处不能换行"


def test_a_personal_value_is_in_no_repr():
    data = {"name": "秘密", "tel": "0519-80000000", "visitors": ["秘密"], "firm.name": "某公司"}
    model = SLIP.values(data)
    assert (model.name, model.firm.name) == ("秘密", "某公司")
    assert "某公司" in repr(model)
    assert "秘密" not in repr(model) + str(model)
    assert "80000000" not in repr(model)


def test_found_texts_are_cut_and_signs_that_do_not_print_are_written_out():
    assert problems({"firm.capital": "长" * 99}).problems[0].zh == "应为数字（可带“万元”），实为“" + "长" * 40 + "…”"
    assert problems({"firm.name": "a\nb"}).problems[0].zh.endswith("实为“a⏎b”")


def test_values_may_be_nested_or_dotted_in_their_own_types_or_as_written():
    model = SLIP.values(
        {"firm.capital": "1.5亿元", "firm": {"since": date(1998, 1, 2)}, "finance": {2019: {"income": "12 万"}}}
    )
    assert (model.firm.capital, model.firm.since) == (15000, date(1998, 1, 2))
    assert model.finance.y2019.income == Decimal(12)


def test_rows_may_have_dotted_ids_too():
    rows = SLIP.values({"projects": [{"p.year": "2019年"}, {"p": {"name": "某"}}]}).projects
    assert [(r.p.year, r.p.name) for r in rows] == [(2019, None), (None, "某")]


def test_blanks_are_none_and_nought_is_not():
    model = SLIP.values({"firm.name": " ", "firm.capital": 0, "items": [{}]})
    assert (model.firm.name, model.firm.capital, model.items[0].what) == (None, 0, None)


def test_of_a_single_choice_there_is_nothing_to_choose():
    assert SLIP.values({}).kind == "领军人才"


def test_a_name_that_every_model_has_is_no_trouble():
    model = SLIP.values({"firm.copy": "自有"})
    assert model.model_dump(by_alias=True)["firm"]["copy"] == "自有"


def test_a_model_of_another_year_is_checked_again():
    model = SLIP.values({"finance": {"2023": {"tax": 1}}}, 2023)
    assert SLIP.values(model, 2023) is model
    with pytest.raises(FormError, match="its years are 2018, 2019, 2020"):
        SLIP.values(model)


# ---- JSON Schema ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def schema():
    return SLIP.model(2023).model_json_schema(by_alias=True)


def found(schema, path):
    """A property by its path, references followed."""
    here = schema
    for part in path.split("."):
        here = here["properties"][part]
        while (ref := next((o for o in (here, *here.get("anyOf", ())) if "$ref" in o), None)) is not None:
            more = schema["$defs"][ref["$ref"].rpartition("/")[2]]
            here = {**{k: v for k, v in here.items() if k not in ("$ref", "anyOf")}, **more}
        here = {**here, **({"properties": {}} if "properties" not in here else {})}
    return here


def test_the_schema_is_one(schema):
    jsonschema.Draft202012Validator.check_schema(schema)
    json.dumps(schema)


def test_the_schema_has_titles_units_choices_and_years(schema):
    capital = found(schema, "firm.capital")
    assert (capital["title"], capital["x-unit"]) == ("注册资本", "万元")
    assert capital["description"] == "数字（可带“万元”） / Capital: a number ('万元' may follow)"
    assert "2023" in found(schema, "finance")["properties"]
    assert {"const": "领军人才", "type": "string"} in found(schema, "kind")["anyOf"]
    assert found(schema, "firm.copy")["anyOf"][0]["enum"] == ["有", "无"]
    assert "seal" not in found(schema, "firm")["properties"]
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize(
    ("data", "sound"),
    [
        ({"firm": {"capital": 3, "since": "2020-06-03"}}, True),
        ({"items": [{"what": "一"}], "finance": {"2023": {"tax": 1}}}, True),
        ({"honours": ["甲", "别的"], "kind": "领军人才"}, True),
        ({"kind": "别的"}, False),
        ({"firm": {"nme": "x"}}, False),
        ({"finance": {"2019": {}}}, False),
        ({"items": {}}, False),
        ({"projects": [{"p": {"year": 20}}]}, False),
    ],
)
def test_the_schema_takes_and_refuses_what_the_form_does(schema, data, sound):
    assert jsonschema.Draft202012Validator(schema).is_valid(data) is sound
