"""How values stand on paper, and how they stand in a table of values."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from tests.unit.forms.declared import ITEMS, MONEY, field, form, group, made

from talentservice.errors import InputError
from talentservice.forms.nesting import counts, flat, nested, undotted
from talentservice.forms.values import accept, write


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("date", date(2020, 6, 3), "2020年6月3日"),
        ("year-month", "2020-06", "2020年6月"),
        ("date-or-month", "2016-10", "2016年10月"),
        ("date-or-month", date(2016, 10, 1), "2016年10月1日"),
        ("decimal", Decimal("1200.50"), "1200.50"),
        ("decimal", Decimal("1E+3"), "1000"),
        ("decimal", Decimal("-0.5"), "-0.5"),
        ("decimal", Decimal(999999999999999), "999999999999999"),
        ("percent", Decimal("30.5"), "30.5%"),
        ("integer", 0, "0"),
        ("year", 2020, "2020"),
        ("ordinal", 9, "9"),
        ("bool", True, "是"),
        ("bool", False, "否"),
        ("text-list", ["甲某", "乙某"], "甲某、乙某"),
        ("text", "2020-06", "2020-06"),
        ("long-text", "一\n二", "一\n二"),
    ],
)
def test_values_are_written_as_offices_write_them_and_read_back(kind, value, text):
    assert write(made(kind), value) == text
    assert accept(made(kind), text) == value


def test_a_point_in_time_is_no_day():
    with pytest.raises(InputError, match="a date, such as 2020-06-23 is due, got a point in time"):
        accept(made("date"), datetime(2020, 6, 3))  # noqa: DTZ001  # that it has no zone is not the point


FORM = form(
    group("who", field("text", "name"), field("text", "org.name"), field("seal", "org.seal")), ITEMS, MONEY, year=2020
)
NESTED = {
    "name": "甲某",
    "org": {"name": "某公司"},
    "items": [{"what": "一"}, {"what": "二", "tel": "0519-80000000"}],
    "finance": {"2019": {"income": Decimal(0), "tax": Decimal("1.5")}},
}
SLOTS = {
    "name": "甲某",
    "org.name": "某公司",
    "items.0.what": "一",
    "items.1.what": "二",
    "items.1.tel": "0519-80000000",
    "finance.2019.income": Decimal(0),
    "finance.2019.tax": Decimal("1.5"),
}


def test_values_stand_nested_or_by_slot_and_one_gives_the_other():
    assert flat(FORM, NESTED) == SLOTS
    assert nested(FORM, SLOTS) == NESTED
    assert counts(FORM, NESTED) == {"items": 2}


def test_years_that_have_moved_on_are_found_where_they_stand_now():
    assert flat(FORM, {"finance": {"2022": {"tax": 1}}}, 3) == {"finance.2022.tax": 1}
    assert flat(FORM, {"finance": {"2022": {"tax": 1}}}) == {}


def test_blank_rows_between_others_are_left_out():
    assert nested(FORM, {"items.3.what": "二", "items.1.what": "一", "items.2.what": None}) == {
        "items": [{"what": "一"}, {"what": "二"}]
    }


def test_a_row_beyond_the_thousandth_is_a_row():
    assert nested(FORM, {"items.2020.what": "一", "finance.2020.tax": 1}) == {
        "items": [{"what": "一"}],
        "finance": {"2020": {"tax": 1}},
    }


@pytest.mark.parametrize(
    ("data", "tree"),
    [
        ({"a.b": 1, "a": {"c": 2}}, {"a": {"b": 1, "c": 2}}),
        ({"a.b.c": 1, "a": {"b": {"d": 2}}, "a.b": {"e": 3}}, {"a": {"b": {"c": 1, "d": 2, "e": 3}}}),
        ({"rows": [{"x.y": 1}, {"x": {"y": 2}}, 3]}, {"rows": [{"x": {"y": 1}}, {"x": {"y": 2}}, 3]}),
        ({"money": {2019: {"tax": 1}}}, {"money": {"2019": {"tax": 1}}}),
        ({"a": {}, "a.b": 1}, {"a": {"b": 1}}),
        ({"a.b": 1, "a": {}}, {"a": {"b": 1}}),
        ({}, {}),
    ],
)
def test_dotted_keys_are_taken_apart_at_every_depth_and_nothing_is_lost(data, tree):
    clashes = []
    assert undotted(data, clashes) == tree
    assert clashes == []


@pytest.mark.parametrize(
    ("data", "clash"),
    [
        ({"a.b": 1, "a": {"b": 2}}, ["a.b"]),
        ({"a": 1, "a.b": 2}, ["a.b"]),
        ({"a.b": 2, "a": 1}, ["a"]),
        ({"rows": [{"x.y": 1, "x": {"y": 2}}]}, ["rows.0.x.y"]),
    ],
)
def test_a_key_given_twice_is_noted(data, clash):
    clashes = []
    undotted(data, clashes)
    assert clashes == clash
