"""A ticket's slips: handed out with its number, taken back as the step they stand for. Days are those of 2021."""

from datetime import date
from pathlib import Path

import pytest
from tests.unit.invented import at, both, clause, post, region, roster

from talentservice.desk import Desk
from talentservice.errors import (
    CommandReused,
    ConditionNotMet,
    FormError,
    InputError,
    UnknownName,
    WrongRole,
    WrongState,
    WrongType,
)
from talentservice.forms.model import FieldProblem
from talentservice.forms.returned import Returned
from talentservice.labels import Label
from talentservice.people import Post
from talentservice.region import region_from_dict

GROUPS = [
    {
        "id": "head",
        "clause": "2",
        "label": both("Head"),
        "fields": [
            {"id": "slip.no", "label": both("No"), "type": "serial"},
            {"id": "need", "label": both("Need"), "type": "long-text", "source": "ticket.facts.need"},
            {"id": "town", "label": both("Town"), "type": "text", "source": "post.facts.town"},
            {"id": "lead", "label": both("Lead"), "type": "unit", "source": "ticket.facts.lead"},
            {"id": "helpers", "label": both("Helpers"), "type": "unit-list", "source": "ticket.facts.helpers"},
        ],
    },
    {
        "id": "outcome",
        "clause": "3",
        "label": both("Outcome"),
        "fields": [
            {"id": "closed", "label": both("Closed"), "type": "bool", "required": True},
            {"id": "closed_on", "label": both("Closed on"), "type": "date", "required_when": {"field": "closed", "is": True}},
            {"id": "reason", "label": both("Reason"), "type": "long-text", "personal": True},
            {"id": "handler", "label": both("Handler"), "type": "text", "personal": True},
            {"id": "visits", "label": both("Visits"), "type": "integer"},
            {"id": "by", "label": both("By"), "type": "text"},
        ],
    },
]  # fmt: skip
STATES = [{"id": n, **both(n), "end": n == "done"} for n in ("new", "sent", "done")]
STEPS = {
    "send": {"from": ["new"], "to": "sent", "by": ["office"]},
    "close": {"from": ["sent"], "to": "done", "by": ["unit"], "needs": ["closed_on"], "when": {"field": "closed", "is": True}},
    "wait": {"from": ["sent"], "to": "sent", "by": ["unit"], "needs": ["reason"], "when": {"field": "closed", "is": False}},
    "spare": {"from": ["sent"], "to": "sent", "by": ["unit"], "when": {"field": "visits", "at_least": 2}},
}  # fmt: skip


def here(groups=GROUPS, **forms):
    data = region(clause("1", record="document.issued")).to_dict()
    steps = {name: {"flow": "need", "event": "need.moved", **step} for name, step in STEPS.items()}
    (document,) = data["documents"].values()
    document["clause"] = [
        clause("1", flow={"need": {"states": STATES}}, step=steps, form={n: {"file": "slip.toml", **s} for n, s in forms.items()}),
        clause("2"),
        clause("3"),
    ]  # fmt: skip
    data["forms"] = {
        "slip.toml": {
            "id": "nowhere.slip",
            "title": both("Slip"),
            "layout": [
                [f["id"]] if not g.get("repeat") else {"repeat": g["id"], "row": [f["id"]]}
                for g in groups
                for f in g["fields"]
            ],
            "groups": groups,
        }
    }
    return region_from_dict(data)


@pytest.fixture(scope="module")
def nowhere():
    return here(
        slip={"ticket": "slip.no", "takes": ["close", "wait"], "done_on": "closed_on"},
        single={"ticket": "slip.no", "takes": ["close"]},
        many={"ticket": "slip.no", "takes": ["wait", "spare"]},
        card={},
        silent={"ticket": "slip.no"},
    )


HOUSING = Post(id="desk-c", label=Label(zh="区住建局", en="Housing"), roles=["unit"])


def sent(region):
    found = Desk(
        region,
        roster(post("office-1", "office"), post("desk-a", "unit", town="朱林镇"), post("desk-b", "unit"), HOUSING),
    )
    found.submit("T-1", by="office-1", at=at(6, 1), facts={"need": "申请公寓"})
    found.submit("T-2", by="office-1", at=at(6, 1))
    for number in ("T-1", "T-2"):
        found.act(number, "send", by="office-1", at=at(6, 2))
    return found


@pytest.fixture
def desk(nowhere):
    return sent(nowhere)


CLOSED = {"slip.no": "T-1", "closed": "是", "closed_on": "2021年6月3日"}
OPEN = {"slip.no": "T-1", "closed": False, "reason": "等待批复"}


def back(desk, filled, form="slip", **more):
    return desk.take_back(form, filled, **{"by": "desk-a", "at": at(6, 4), **more})


# ---- out --------------------------------------------------------------------------------------------------------------------


def test_a_slip_carries_its_ticket_number_and_what_is_known(desk):
    assert desk.slip("T-1", "slip") == {"slip": {"no": "T-1"}, "need": "申请公寓"}
    office = desk.roster.post("desk-a")
    assert desk.slip("T-2", "slip", post=office) == {"slip": {"no": "T-2"}, "town": "朱林镇"}
    assert "T-1" in desk.region.form("slip").html(desk.slip("T-1", "slip"))


def test_a_unit_stands_on_a_slip_by_the_name_people_know_it_by(desk):
    desk.submit("T-3", by="office-1", at=at(6, 1), facts={"lead": "desk-c", "helpers": ["desk-c", "区外单位"]})
    slip = desk.slip("T-3", "slip")
    assert (slip["lead"], slip["helpers"]) == ("区住建局", ["区住建局", "区外单位"])


def test_only_a_form_that_names_its_ticket_is_a_slip(desk):
    with pytest.raises(InputError, match="the form card carries no ticket's number"):
        desk.slip("T-1", "card")
    with pytest.raises(InputError, match="carries no ticket's number"):
        back(desk, CLOSED, "card")
    with pytest.raises(UnknownName, match="no ticket 'T-9'"):
        desk.slip("T-9", "slip")
    with pytest.raises(UnknownName, match="Did you mean 'slip'"):
        desk.slip("T-1", "slp")


# ---- back -------------------------------------------------------------------------------------------------------------------


def test_a_slip_that_says_it_is_finished_closes_its_ticket(desk):
    ticket = back(desk, CLOSED)
    assert (ticket.state, ticket.history[-1].step) == ("done", "close")
    assert ticket.history[-1].data == {"closed": True, "closed_on": date(2021, 6, 3)}
    assert desk.ticket("T-2").state == "sent", "the other ticket stays as it is"
    assert [e.by for e in desk.log.of_kind("need.moved")] == ["office-1", "office-1", "desk-a"]


def test_a_slip_that_says_it_is_not_finished_takes_the_other_step(desk):
    ticket = back(desk, OPEN)
    assert (ticket.state, ticket.history[-1].step) == ("sent", "wait")


def test_personal_values_stay_on_paper_unless_a_step_asks_for_them(desk):
    ticket = back(desk, {**OPEN, "handler": "甲某", "need": "申请公寓"})
    assert ticket.history[-1].data == {"closed": False, "reason": "等待批复", "need": "申请公寓"}


PEOPLE = {
    "id": "people",
    "clause": "2",
    "label": both("People"),
    "repeat": True,
    "fields": [
        {"id": "who.name", "label": both("Name"), "type": "text", "personal": True},
        {"id": "office.handler", "label": both("Office"), "type": "text"},
    ],
}


def test_what_is_personal_is_told_by_the_field_not_by_the_end_of_its_name():
    desk = sent(here([*GROUPS, PEOPLE], slip={"ticket": "slip.no", "takes": ["close", "wait"]}))
    ticket = back(desk, {**OPEN, "people": [{"who.name": "李某", "office.handler": "窗口"}]})
    assert ticket.history[-1].data == {"closed": False, "reason": "等待批复", "people.0.office.handler": "窗口"}


def test_what_every_event_has_already_is_left_to_it(desk):
    assert "by" not in back(desk, {**OPEN, "by": "甲某"}).history[-1].data


def test_the_same_file_twice_is_one_step(desk):
    first = back(desk, Returned(OPEN, digest="a1"))
    assert back(desk, Returned(OPEN, digest="a1"), at=at(6, 5)) == first
    assert len(desk.ticket("T-1").history) == 2
    again = back(desk, Returned(OPEN, digest="b2"), at=at(7, 5))
    assert [e.step for e in again.history] == ["send", "wait", "wait"], "a month later the same words in another file"
    with pytest.raises(CommandReused):
        back(desk, Returned({**OPEN, "reason": "其他"}, digest="a1"), at=at(7, 6))


def test_equal_values_without_a_file_are_another_step_unless_the_command_says_otherwise(desk):
    back(desk, OPEN)
    assert back(desk, OPEN, at=at(6, 11)).version == 3, "a week later it is still waiting"
    back(desk, {**OPEN, "slip.no": "T-2"}, command_id="june")
    assert back(desk, {**OPEN, "slip.no": "T-2"}, command_id="june").version == 2


@pytest.mark.parametrize("kind", [str, Path, lambda path: Path(path).read_bytes()])
def test_a_slip_is_taken_back_from_its_file(desk, tmp_path, kind):
    file = tmp_path / "slip.xlsx"
    file.write_bytes(desk.region.form("slip").xlsx(CLOSED))
    assert back(desk, kind(str(file))).state == "done"


def test_what_is_no_slip_at_all_is_refused_by_its_type(desk):
    with pytest.raises(WrongType, match="a path or bytes are due, got list"):
        back(desk, [CLOSED])


def test_a_number_in_full_width_names_the_same_ticket(desk):
    assert back(desk, {**CLOSED, "slip.no": " Ｔ－１ "}).id == "T-1"


def test_a_form_for_one_step_leaves_the_refusal_to_the_step(desk):
    with pytest.raises(ConditionNotMet, match="the step close is not open to this ticket"):
        back(desk, {**OPEN, "closed_on": date(2021, 6, 3)}, "single")


# ---- refused, and nothing has changed -----------------------------------------------------------------------------------------


@pytest.fixture
def unchanged(desk):
    before = len(desk.log.events)
    yield
    assert len(desk.log.events) == before
    assert desk.ticket("T-1").version == 1


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("filled", "en", "zh"),
    [
        ({"slip.no": "T-1"}, ["closed (Closed A): is missing [d:3]"], ["closed（Closed甲）：未填写〔d:3〕"]),
        ({"slip.no": "T-1", "closed": True}, ["closed_on (Closed on A): is missing [d:3]"], ["closed_on（Closed on甲）：未填写〔d:3〕"]),
        ({"slip.no": " "}, ["slip.no (No A): is blank", "closed (Closed A): is missing [d:3]"], ["slip.no（No甲）：空白", "closed（Closed甲）：未填写"]),
        ({**CLOSED, "closed_on": "2021-05-31"}, ["closed_on (Closed on A): the day lies outside 2021-06-01 (the ticket was submitted) to 2021-06-04 (the slip was taken back), got 2021-05-31"], ["closed_on（Closed on甲）：应在工单提交日 2021-06-01 至收回日 2021-06-04 之间，实为 2021-05-31"]),
        ({**CLOSED, "closed_on": "2021-06-05"}, ["closed_on (Closed on A): the day lies outside"], ["closed_on（Closed on甲）：应在"]),
        ({**CLOSED, "closed_on": "soon", "visits": -1}, ["closed_on (Closed on A): a date", "visits (Visits A): the number lies outside 0 to 10^15, got"], ["closed_on（Closed on甲）：应为日期", "visits（Visits甲）"]),
    ],
)  # fmt: skip
def test_a_slip_that_is_not_sound_is_refused_with_everything_that_is_wrong(desk, filled, en, zh):
    with pytest.raises(FormError) as raised:
        back(desk, filled)
    assert len(raised.value.problems) == len(en)
    for line, says in zip(raised.value.en.splitlines(), en, strict=True):
        assert line.startswith(says)
    for line, says in zip(raised.value.zh.splitlines(), zh, strict=True):
        assert line.startswith(says)


@pytest.mark.usefixtures("unchanged")
def test_a_slip_that_could_not_be_read_is_refused_with_its_cells(desk):
    wrong = FieldProblem("L15", "closed_on", Label(zh="办结时间", en="Closed on"), "a date is due", "应为日期")
    with pytest.raises(FormError) as raised:
        back(desk, Returned(CLOSED, (wrong,)))
    assert raised.value.zh == "L15（办结时间）：应为日期"


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("filled", "form", "more", "error", "says"),
    [
        ({**CLOSED, "slip.no": "T-9"}, "slip", {}, UnknownName, "no ticket 'T-9' was submitted at this desk"),
        (CLOSED, "slp", {}, UnknownName, "Did you mean 'slip'"),
        (CLOSED, "silent", {}, InputError, "the form silent stands for no step"),
        (CLOSED, "slip", {"by": "office-1"}, WrongRole, "close"),
        (CLOSED, "slip", {"by": "nobody"}, UnknownName, "nobody"),
        ({**CLOSED, "visits": 1}, "many", {}, ConditionNotMet, "what the form says of Closed A, Visits A fits none of its steps: wait, spare"),
        ({**OPEN, "visits": 2}, "many", {}, ConditionNotMet, "fits several of its steps: wait, spare"),
    ],
)  # fmt: skip
def test_what_the_desk_refuses_leaves_no_trace(desk, filled, form, more, error, says):  # noqa: PLR0917  # a table of cases
    with pytest.raises(error) as raised:
        back(desk, filled, form, **more)
    assert says in raised.value.en


def test_a_ticket_that_has_ended_takes_no_slip(desk):
    back(desk, CLOSED)
    with pytest.raises(WrongState):
        back(desk, OPEN, at=at(6, 5))


# ---- an installed region ------------------------------------------------------------------------------------------------------


@pytest.fixture
def office():
    talentservice = pytest.importorskip("talentservice")
    pytest.importorskip("talentservice_jintan", reason="the region is not installed")
    posts = roster(post("group-1", "visit-group"), post("office-1", "talent-office"), post("bureau-a", "unit"))
    found = Desk(talentservice.region("jintan"), posts)
    found.submit("T-2020-7", by="group-1", at=at(7, 7, year=2020), facts={"answerable_now": False})
    found.act("T-2020-7", "record-need", by="group-1", at=at(7, 7, year=2020))
    found.act("T-2020-7", "report-need", by="group-1", at=at(7, 8, year=2020), data={"need_type": "talent-need"})
    assigned = {"category": "housing", "unit": "住建局", "due": date(2020, 7, 24)}
    found.act("T-2020-7", "assign", by="office-1", at=at(7, 9, year=2020), data=assigned)
    return found


def test_a_need_goes_out_on_its_slip_and_comes_back_finished(office):
    slip = office.region.form("assignment-slip")
    values = office.slip("T-2020-7", "assignment-slip", talent={"name": "甲某"}, enterprise={"name": "某某公司"})
    assert {k: values[k] for k in ("ticket_no", "due_on", "lead_unit", "person_name", "enterprise_name")} == {
        "ticket_no": "T-2020-7", "due_on": date(2020, 7, 24), "lead_unit": "住建局", "person_name": "甲某", "enterprise_name": "某某公司",
    }  # fmt: skip
    assert slip.check(values).value == ()

    feedback = {**office.slip("T-2020-7", "feedback-slip"), "closed": False, "open_reason": "房源待定"}
    ticket = office.take_back("feedback-slip", feedback, by="bureau-a", at=at(7, 15, year=2020))
    assert (ticket.state, ticket.history[-1].step) == ("assigned", "report-open")
    done = {**office.slip("T-2020-7", "feedback-slip"), "closed": "是", "closed_on": "2020.7.20"}
    ticket = office.take_back("feedback-slip", done, by="bureau-a", at=at(7, 20, year=2020))
    assert (ticket.state, ticket.history[-1].step) == ("handled", "close")
    assert ticket.history[-1].data["closed_on"] == date(2020, 7, 20)


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_a_slip_filled_in_on_paper_takes_its_step_once(office, ending):
    pytest.importorskip("docx" if ending == "docx" else "xlsxwriter", reason="the extra is not installed")
    form = office.region.form("feedback-slip")
    values = {
        **office.slip("T-2020-7", "feedback-slip"),
        "closed": True,
        "closed_on": date(2020, 7, 20),
        "handler": "甲某",
    }
    returned = form.read(form.docx(values) if ending == "docx" else form.xlsx(values))
    first = office.take_back("feedback-slip", returned, by="bureau-a", at=at(7, 20, year=2020))
    assert (first.state, first.history[-1].data) == ("handled", {"closed": True, "closed_on": date(2020, 7, 20)})
    assert office.take_back("feedback-slip", returned, by="bureau-a", at=at(7, 21, year=2020)) == first
    assert [e.kind for e in office.log.about("ticket.closed", "ticket", "T-2020-7")] == ["ticket.closed"]


def test_an_unfinished_need_has_its_reason_or_is_refused_with_the_clause(office):
    with pytest.raises(FormError) as raised:
        office.take_back(
            "feedback-slip", {"ticket_no": "T-2020-7", "closed": "否"}, by="bureau-a", at=at(7, 15, year=2020)
        )
    assert raised.value.zh == "open_reason（未办结原因）：未填写〔jintan:附件6-3〕"
