"""A filled form: what it lacks, what does not add up; and what its own declaration may not say."""

from decimal import Decimal

import pytest
from tests.unit.invented import both, clause, region

from talentservice.errors import RegionFileError
from talentservice.region import region_from_dict

FIELDS = [
    {"id": "name", "label": both("Name"), "type": "text", "required": True},
    {"id": "topics", "label": both("Topics"), "type": "multi-choice", "choices": ["住房", "融资"], "required": True},
    {"id": "remark", "label": both("Remark"), "type": "long-text"},
]
MONEY = [
    {
        "id": "total",
        "label": both("Total"),
        "type": "decimal",
        "required_when": {"field": "topics", "one_of": ["融资"]},
    },
    {"id": "own", "label": both("Own"), "type": "decimal"},
    {"id": "asked", "label": both("Asked"), "type": "decimal"},
    {"id": "why", "label": both("Why"), "type": "text", "required_when": {"field": "asked", "at_least": 100}},
]
FILLED = {"name": "甲公司", "topics": ["住房"]}


def form(fields=FIELDS, money=MONEY, sums=({"total": "total", "of": ["own", "asked"]},), more=(), **head):
    groups = [
        {"id": "who", "clause": "1", "label": both("Who"), "fields": list(fields)},
        {"id": "money", "clause": "2", "label": both("Money"), "fields": list(money)},
        *more,
    ]
    data = region(clause("1", record="document.issued")).to_dict()
    (document,) = data["documents"].values()
    document["clause"] = [clause("1", form={"slip": {"file": "slip.toml"}}), clause("2")]
    slip = {"id": "nowhere.slip", "title": both("Slip"), "groups": groups, "sums": list(sums), **head}
    data["forms"] = {"slip.toml": slip}
    return region_from_dict(data).form("slip")


@pytest.fixture(scope="module")
def slip():
    return form()


def lacks(slip, **values):
    return slip.check({**FILLED, **values}).value


# ---- what is required -------------------------------------------------------------------------------------------------------


def test_a_filled_form_lacks_nothing(slip):
    found = slip.check(FILLED)
    assert (found.value, found.steps) == ((), ())
    assert [str(c) for c in found.citations][:1] == ["d:1"]


@pytest.mark.parametrize("blank", [None, "", "  ", "\u3000", [], (), {}, "absent"])
def test_what_is_blank_is_lacking(slip, blank):
    values = {"name": "甲公司"} if blank == "absent" else {**FILLED, "topics": blank}
    assert slip.check(values).value == ("topics",)


@pytest.mark.parametrize("given", [0, False, Decimal(0), "0", ["住房"]])
def test_nothing_but_a_blank_is_blank(slip, given):
    assert lacks(slip, name=given) == ()


def test_everything_that_is_lacking_is_named_at_once_in_printed_order(slip):
    found = slip.check({"remark": "x"})
    assert found.value == ("name", "topics")
    assert "missing: Name A" in found.explain("en")
    assert "缺少：Topics甲" in found.explain("zh")


@pytest.mark.parametrize(
    ("values", "lacking"),
    [
        ({"topics": ["融资"]}, ("total",)),
        ({"topics": ["住房", "融资"]}, ("total",)),
        ({"topics": ["融资"], "total": Decimal("1.5")}, ()),
        ({"topics": ["融资"], "total": 0}, ()),
        ({"topics": ["住房"]}, ()),
        ({"asked": 100}, ("why",)),
        ({"asked": 99}, ()),
        ({"asked": 100, "why": "扩产"}, ()),
        ({}, ()),
    ],
)
def test_a_field_may_be_required_for_some_values_only(slip, values, lacking):
    assert lacks(slip, **values) == lacking


# ---- what adds up -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "own", "asked", "wrong"),
    [
        (30, 10, 20, ()),
        (30, 10, 21, ("total",)),
        (Decimal("0.3"), Decimal("0.1"), Decimal("0.2"), ()),
        (Decimal("0.30"), Decimal("0.1"), Decimal("0.2"), ()),
        (Decimal("0.3"), Decimal("0.1"), Decimal("0.3"), ("total",)),
        (0, 0, 0, ()),
        (0, 0, 1, ("total",)),
        (30, None, 20, ()),
        (None, 10, 20, ()),
        ("", 10, 20, ()),
        (1, True, 99, ()),
    ],
)
def test_a_total_is_the_exact_sum_of_its_parts_and_blanks_say_nothing(slip, total, own, asked, wrong):
    assert lacks(slip, total=total, own=own, asked=asked) == wrong


def test_what_is_lacking_comes_before_what_does_not_add_up(slip):
    found = slip.check({"name": "甲公司", "total": 3, "own": 1, "asked": 1})
    assert found.value == ("topics", "total")
    assert "does not add up: Total A" in found.explain("en")
    assert "合计不符：Total甲" in found.explain("zh")


# ---- rows and years ---------------------------------------------------------------------------------------------------------

ROWS = [
    {"id": "what", "label": both("What"), "type": "text", "required": True},
    {"id": "kind", "label": both("Kind"), "type": "choice", "choices": ["甲", "乙"]},
    {"id": "why", "label": both("Why"), "type": "text", "required_when": {"field": "kind", "is": "乙"}},
]
TAX = [
    {"id": "tax", "label": both("Tax"), "type": "decimal", "required": True},
    {"id": "note", "label": both("Note"), "type": "text"},
]


@pytest.fixture(scope="module")
def listed():
    return form(
        more=[
            {"id": "rows", "clause": "2", "label": both("Rows"), "fields": ROWS, "repeat": True, "path": "needs.rows"},
            {"id": "tax", "clause": "2", "label": both("Tax"), "fields": TAX, "years": [2018], "estimated": [2019]},
        ],
        year=2019,
    )


PAID = {"tax": {"2018": {"tax": 0}, "2019": {"tax": Decimal("1.5")}}}


@pytest.mark.parametrize(
    ("values", "lacking"),
    [
        ({}, ()),
        ({"needs": {"rows": [{"what": "一"}, {"what": "二", "kind": "甲"}]}}, ()),
        ({"needs": {"rows": [{"what": "一"}, {"kind": "甲"}]}}, ("needs.rows.1.what",)),
        ({"needs.rows": [{"what": " ", "kind": "乙"}]}, ("needs.rows.0.what", "needs.rows.0.why")),
        ({"needs.rows.0.kind": "乙", "needs.rows.0.what": "一"}, ("needs.rows.0.why",)),
        ({"needs.rows.2.kind": "甲"}, ("needs.rows.2.what",)),
        ({"needs": {"rows": [{"what": "一", "kind": "乙", "why": "因"}]}}, ()),
    ],
)
def test_each_row_is_judged_by_what_stands_in_it(listed, values, lacking):
    assert lacks(listed, **PAID, **values) == lacking


@pytest.mark.parametrize(
    ("values", "year", "lacking"),
    [
        (PAID, None, ()),
        ({"tax": {"2018": {"tax": 0}}}, None, ("tax.2019.tax",)),
        ({"tax.2019.tax": 1}, None, ("tax.2018.tax",)),
        ({}, None, ("tax.2018.tax", "tax.2019.tax")),
        (PAID, 2022, ("tax.2021.tax", "tax.2022.tax")),
        ({"tax": {"2021": {"tax": 1}, "2022": {"tax": 0}}}, 2022, ()),
    ],
)
def test_each_year_is_judged_by_itself_and_the_years_move_on(listed, values, year, lacking):
    assert listed.check({**FILLED, **values}, year=year).value == lacking


def test_what_is_lacking_in_a_row_is_told_with_its_place_and_clause(listed):
    (problem,) = listed.shortcomings({**FILLED, **PAID, "needs": {"rows": [{"kind": "甲"}]}})
    assert problem.line("en") == "needs.rows.0.what (What A): is missing [d:2]"
    assert problem.line("zh") == "needs.rows.0.what（What甲）：未填写〔d:2〕"


# ---- the declaration --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"sums": [{"total": "totl", "of": ["own", "asked"]}]},
        {"sums": [{"total": "total", "of": ["own"]}]},
        {"sums": [{"total": "total", "of": ["own", "askd"]}]},
        {"fields": [*FIELDS, FIELDS[0]]},
        {"fields": [{**FIELDS[0], "type": "number"}]},
        {"fields": []},
        {"money": [{**MONEY[0], "required_when": {"field": "topic", "is": "融资"}}, *MONEY[1:]]},
        {"sums": [{"total": "name", "of": ["own", "asked"]}]},
        {"more": [{"id": "r", "clause": "2", "label": both("R"), "repeat": True, "fields": [{**ROWS[2], "id": "x"}]}]},
    ],
    ids=[
        "no such total",
        "one part",
        "no such part",
        "one field twice",
        "no such type",
        "empty",
        "no such field",
        "a total of texts",
        "no such field in the row",
    ],
)
def test_a_form_that_does_not_hold_together_is_refused(change):
    with pytest.raises(RegionFileError):
        form(**change)


# ---- what people write ------------------------------------------------------------------------------------------------------


def test_a_value_written_out_counts_as_what_it_says(slip):
    assert lacks(slip, topics="融资") == ("total",)
    assert lacks(slip, total="１０", own="3 ", asked="6") == ("total",)
    assert lacks(slip, total="10", own="4", asked="6") == ()
    assert lacks(slip, name="____") == ("name",)
