"""A form filled from what is known: which object fills which field, what is left blank, what is refused.

The talent and the firm are invented; days are those of 2020 and 2021.
"""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from attrs import frozen
from tests.unit.invented import at, both, clause, event, post, region

from talentservice import region as installed
from talentservice.errors import FormError, RegionFileError, UnknownName, WrongType
from talentservice.flows import Ticket
from talentservice.people import Enterprise, Talent
from talentservice.region import region_from_dict

TALENT = Talent(
    id="t-1",
    name="甲某",
    phone="0519-80000000",
    born=date(2001, 3, 4),
    facts={"share": Decimal("12.5"), "honours": ["院士"]},
)
FIRM = Enterprise(
    id="e-1",
    name="某某新材料公司",
    facts={"registered_on": date(2016, 5, 18), "sales": {"2018": 10, 2019: Decimal("20.5"), "2015": 1}},
)
TICKET = Ticket("T-1", "new", facts={"content": "申请公寓\n两套", "due": date(2020, 7, 24)})
VISIT = event(
    "visit.made", at(7, 7, 15, year=2020), by="group-1", about={"enterprise": "e-1"}, visitors=["甲某", "乙某"]
)
OFFICE = post("bureau-a", "unit", body="bureau", town="朱林镇")


def field(name, source=None, kind="text", **more):
    return {"id": name, "label": both(name), "type": kind, **({"source": source} if source else {}), **more}


GROUPS = [
    {
        "id": "head",
        "clause": "1",
        "label": both("Head"),
        "fields": [
            field("number", "ticket.number", "serial"),
            field("need", "ticket.facts.content", "long-text"),
            field("due_on", "ticket.facts.due", "date"),
            field("talent.name", "talent.name", personal=True),
            field("talent.phone", "talent.phone", "phone", personal=True),
            field("talent.born", "talent.born", "date-or-month", personal=True),
            field("talent.month", "talent.born", "year-month", personal=True),
            field("talent.year", "talent.born", "year"),
            field("talent.share", "talent.facts.share", "percent"),
            field("talent.honours", "talent.facts.honours", "multi-choice", choices=["院士", "杰青"]),
            field("firm.name", "enterprise.name"),
            field("firm.since", "enterprise.facts.registered_on", "date"),
            field("visit.on", "visit.on", "date"),
            field("visit.by", "visit.by"),
            field("visit.visitors", "visit.data.visitors", "text-list"),
            field("unit", "post.label", "unit"),
            field("town", "post.facts.town"),
            field("remark"),
            field("signed", "talent.name", "signature"),
        ],
    },
    {"id": "money", "clause": "1", "label": both("Money"), "years": [2018, 2019], "fields": [field("sales", "enterprise.facts.sales", "decimal")]},
    {
        "id": "items",
        "clause": "1",
        "label": both("Items"),
        "repeat": True,
        "fields": [field("no", kind="sequence"), field("number", "ticket.number"), field("firm", "enterprise.name"), field("summary", "ticket.facts.content", "long-text"), field("on", "visit.on", "date")],
    },
]  # fmt: skip


def made(groups=GROUPS, layout=(), **spec):
    data = region(clause("1", record="document.issued")).to_dict()
    (document,) = data["documents"].values()
    document["clause"] = [clause("1", form={"card": {"file": "card.toml", **spec}})]
    file = {"id": "nowhere.card", "title": both("Card"), "year": 2020, "layout": list(layout), "groups": groups}
    data["forms"] = {"card.toml": file}
    return region_from_dict(data)


@pytest.fixture(scope="module")
def card():
    return made().form("card")


# ---- what fills what --------------------------------------------------------------------------------------------------------


def test_each_object_fills_the_fields_that_name_it(card):
    assert card.fill(talent=TALENT, enterprise=FIRM, ticket=TICKET, visit=VISIT, post=OFFICE) == {
        "number": "T-1",
        "need": "申请公寓\n两套",
        "due_on": date(2020, 7, 24),
        "talent": {
            "name": "甲某",
            "phone": "0519-80000000",
            "born": date(2001, 3, 4),
            "month": "2001-03",
            "year": 2001,
            "share": Decimal("12.5"),
            "honours": ["院士"],
        },
        "firm": {"name": "某某新材料公司", "since": date(2016, 5, 18)},
        "visit": {"on": date(2020, 7, 7), "by": "group-1", "visitors": ["甲某", "乙某"]},
        "unit": "bureau-a",
        "town": "朱林镇",
        "money": {"2018": {"sales": Decimal(10)}, "2019": {"sales": Decimal("20.5")}},
    }


def test_a_table_serves_as_well_as_an_object(card):
    assert card.fill(ticket={"number": "T-2", "facts": {"content": "转学"}}, talent={"name": "乙某", "born": date(2001, 3, 4)}) == {
        "number": "T-2", "need": "转学", "talent": {"name": "乙某", "born": date(2001, 3, 4), "month": "2001-03", "year": 2001},
    }  # fmt: skip


def test_what_is_not_known_is_left_blank(card):
    assert card.fill() == {}
    assert card.fill(talent=None, post=None) == {}
    assert card.fill(ticket=Ticket("T-3", "new", facts={"content": "  ", "due": None})) == {"number": "T-3"}


def test_what_was_filled_is_what_the_form_prints():
    shown = ("number", "need", "talent.name", "talent.phone", "talent.born", "talent.share")
    fields = [f for f in GROUPS[0]["fields"] if f["id"] in shown]
    card = made([{**GROUPS[0], "fields": fields}], [[name] for name in shown]).form("card")
    page = card.html(card.fill(talent=TALENT, ticket=TICKET))
    for text in ("甲某", "0519-80000000", "2001年3月4日", "12.5%", "T-1", "申请公寓"):
        assert text in page


def test_a_moment_counts_as_its_day_in_beijing(card):
    late = datetime(2020, 7, 7, 17, 30, tzinfo=UTC)
    assert card.fill(visit={"on": late}) == {"visit": {"on": date(2020, 7, 8)}}
    assert card.fill(visit={"on": late.astimezone(timezone(timedelta(hours=8)))}) == {"visit": {"on": date(2020, 7, 8)}}


def test_an_entry_may_have_a_dot_in_its_name():
    groups = [{"id": "g", "clause": "1", "label": both("G"), "fields": [field("a", "ticket.facts.a.b")]}]
    form = made(groups).form("card")
    assert form.fill(ticket=Ticket("T-1", "new", facts={"a.b": "x"})) == {"a": "x"}
    assert form.fill(ticket=Ticket("T-1", "new", facts={"a": {"b": "y"}})) == {"a": "y"}
    assert form.fill(ticket=Ticket("T-1", "new", facts={"a": "z"})) == {}


# ---- rows and years ---------------------------------------------------------------------------------------------------------


def test_a_list_has_a_row_for_each_table_of_objects(card):
    rows = [{"ticket": TICKET, "enterprise": FIRM}, {"ticket": {"number": "T-2"}, "visit": {"on": "2020.7.9"}}]
    assert card.fill(items=rows, visit=VISIT) == {
        "visit": {"on": date(2020, 7, 7), "by": "group-1", "visitors": ["甲某", "乙某"]},
        "items": [
            {"number": "T-1", "firm": "某某新材料公司", "summary": "申请公寓\n两套", "on": date(2020, 7, 7)},
            {"number": "T-2", "on": date(2020, 7, 9)},
        ],
    }
    assert card.fill(items=[]) == {}


def test_the_years_are_those_of_the_form_as_it_is_filled_in(card):
    assert card.fill(enterprise=FIRM, year=2021)["money"] == {"2019": {"sales": Decimal("20.5")}}
    assert "money" not in card.fill(enterprise=FIRM, year=2030)


def test_a_summary_and_a_survey_are_filled_row_by_row():
    pytest.importorskip("talentservice_jintan", reason="the region is not installed")
    jintan = installed("jintan")
    summary, survey = jintan.form("needs-summary"), jintan.form("high-level-survey")
    rows = [{"talent": TALENT, "enterprise": FIRM}, {"talent": {"name": "乙某"}}]
    values = {"group_no": "二", **summary.fill(items=rows)}
    assert values["items"] == [
        {"enterprise_name": "某某新材料公司", "person": "甲某", "phone": "0519-80000000"},
        {"person": "乙某"},
    ]
    page = summary.html(values)
    assert ("甲某" in page, "乙某" in page, "某某新材料公司" in page) == (True, True, True)
    assert survey.fill(items=rows)["items"] == [
        {"name": "甲某", "enterprise": "某某新材料公司", "birth_month": "2001-03", "contact": "0519-80000000"},
        {"name": "乙某"},
    ]


# ---- what is refused --------------------------------------------------------------------------------------------------------


@frozen
class Stranger:
    id: str = "x"


@pytest.mark.parametrize(
    ("known", "error", "en", "zh"),
    [
        ({"talnt": TALENT}, UnknownName, "Did you mean 'talent'?", "是否指“talent”"),
        ({"item": []}, UnknownName, "Did you mean 'items'?", "是否指“items”"),
        ({"talent": {"nme": "甲某"}}, UnknownName, "no part of talent 'nme'; there is: id, name, identity, phone, born, facts. Did you mean 'name'?", "是否指“name”"),
        ({"talent": FIRM}, WrongType, "talent is a table or an object of the type Talent, got Enterprise", "收到 Enterprise"),
        ({"enterprise": TALENT}, WrongType, "the type Enterprise, got Talent", "收到 Talent"),
        ({"visit": TICKET}, WrongType, "the type Event, got Ticket", "visit 应为表或 Event 对象"),
        ({"ticket": VISIT}, WrongType, "the type Ticket, got Event", "ticket 应为表或 Ticket 对象"),
        ({"ticket": "T-1"}, WrongType, "got str", "收到 str"),
        ({"post": Stranger()}, WrongType, "the type Post, got Stranger", "收到 Stranger"),
        ({"items": [TICKET]}, WrongType, "items: each row is a table of objects by name, got Ticket", "items：每行应为"),
        ({"items": [{"talent": TALENT}]}, UnknownName, "there is: enterprise, ticket, visit", "现有：enterprise、ticket、visit"),
        ({"items": [{"number": "T-1"}]}, UnknownName, "there is: enterprise, ticket, visit", "现有：enterprise"),
    ],
)  # fmt: skip
def test_another_object_than_the_name_says_is_refused(card, known, error, en, zh):
    with pytest.raises(error) as raised:
        card.fill(**known)
    assert en in raised.value.en
    assert zh in raised.value.zh


def test_every_value_that_does_not_fit_is_told_at_once_by_its_field(card):
    with pytest.raises(FormError) as raised:
        card.fill(
            ticket={"number": "T-1", "facts": {"due": "soon"}},
            items=[{"ticket": TICKET}, {"ticket": {"number": 7}, "visit": {"on": datetime(2020, 7, 7)}}],  # noqa: DTZ001  # the case
            enterprise={"facts": {"sales": 7}},
            visit={"data": {"visitors": 3}},
        )
    assert [p.key for p in raised.value.problems] == [
        "due_on", "visit.visitors", "money.sales", "items.1.number", "items.1.on",
    ]  # fmt: skip
    assert "due_on (due_on A): a date, such as 2020-06-23 is due" in raised.value.en
    assert "items.1.on（on甲）：时间缺少时区" in raised.value.zh


def test_no_error_repeats_what_a_talent_or_an_enterprise_holds(card):
    odd = Talent(id="t-1", name="丙某", facts={"share": "甲股乙股", "honours": ["保密奖"]})
    with pytest.raises(FormError) as raised:
        card.fill(talent=odd, enterprise=Enterprise(id="e", name="某公司", facts={"registered_on": "保密日"}))
    told = raised.value.en + raised.value.zh
    assert [p.key for p in raised.value.problems] == ["talent.share", "talent.honours", "firm.since"]
    for hidden in ("甲股乙股", "保密", "丙某"):
        assert hidden not in told


# ---- the declaration --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("talent.nmae", "Did you mean 'talent.name'?"),
        ("talent.facts", "there is no source 'talent.facts'; there is: talent.id, talent.name"),
        ("talent.name.first", "there is no source 'talent.name.first'"),
        ("visit.data.", "there is no source 'visit.data.'"),
        ("citizen.name", "there is no source 'citizen.name'; there is: talent.id"),
        ("ticket", "there is no source 'ticket'"),
        ("talent.__class__", "source"),
    ],
)
def test_a_source_there_is_not_is_refused_when_the_region_is_loaded(source, says):
    with pytest.raises(RegionFileError) as raised:
        made([{"id": "g", "clause": "1", "label": both("G"), "fields": [field("a", source)]}])
    assert says in raised.value.en
    assert "card.toml" in raised.value.en
    assert "source" in raised.value.zh or "来源" in raised.value.zh


@pytest.mark.parametrize(
    ("spec", "says"),
    [
        ({"ticket": "numbr"}, "Did you mean 'number'?"),
        ({"ticket": "items.number"}, "the form has no field that comes once 'items.number'"),
        ({"ticket": "number", "takes": ["close"]}, "there is no step 'close'"),
        ({"ticket": "number", "done_on": "number"}, "the form has no date that comes once 'number'"),
        ({"takes": ["close"]}, "it has to say which field carries the ticket's number"),
    ],
)
def test_a_slip_names_a_field_and_steps_there_are(spec, says):
    with pytest.raises(RegionFileError) as raised:
        made(**spec)
    assert says in raised.value.en
    assert "d:1" in raised.value.en
