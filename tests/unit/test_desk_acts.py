"""Acting at the desk: who may submit, who may take which step on which part, and that a refusal leaves no trace.

Days are those of 2021; the needs are handled by two bureaus, `bureau-a` with two posts and `bureau-b` with one.
"""

from datetime import datetime, timedelta, timezone

import pytest
from tests.unit.invented import at, both, clause, event, on, post, region, roster

from talentservice.desk import Desk
from talentservice.errors import (
    CommandReused,
    ConditionNotMet,
    DateOrder,
    FlowError,
    InvalidIdentifier,
    MissingData,
    NaiveDatetime,
    NotInForce,
    StaleVersion,
    UnknownName,
    WrongRole,
    WrongState,
)


def step(start, to, by, flow="need", **more):
    return {"flow": flow, "from": start, "to": to, "by": by, "event": "need.moved", **more}


def states(*names):
    return {"states": [{"id": n, **both(n), "end": n == names[-1]} for n in names]}


NEED = {
    "flow": {"need": states("new", "sent", "answered", "closed")},
    "step": {
        "send": step(["new", "answered"], "sent", ["office", "leader"], needs=["opinion"], parts="units"),
        "answer": step(["sent"], "answered", ["unit"], each_part=True, needs=["reply"]),
        "note": step(["sent"], "sent", ["unit"], each_part=True, joined="any"),
        "close": step(["answered"], "closed", ["office"], when={"field": "satisfied", "is": True}),
    },
    "route": {
        "one": {"matter": "need", "when": {"field": "items", "count": 1}, "to": ["unit"]},
        "many": {"matter": "need", "when": {"field": "items", "count_at_least": 2}, "to": ["window", "leader"]},
    },
}
PRAISE = {
    "flow": {"praise": states("heard", "passed-on")},
    "step": {"pass-on": step(["heard"], "passed-on", ["office"], "praise")},
}
PEOPLE = roster(
    post("office-1", "office"),
    post("boss", "talent", "leader"),
    post("desk-a", "unit", body="bureau-a"),
    post("desk-a2", "unit", "liaison", body="bureau-a"),
    post("desk-b", "unit", body="bureau-b"),
    post("visitor", "talent"),
)


@pytest.fixture(scope="module")
def here():
    return region(clause("1", **NEED))


@pytest.fixture
def desk(here):
    return Desk(here, PEOPLE)


def send(desk, *units, number="T-1", by="office-1", **more):
    given = {"at": at(6, 18, 10), "data": {"opinion": "转办", "units": list(units)}, **more}
    return desk.act(number, "send", by=by, **given)


@pytest.fixture
def sent(desk):
    """A ticket in two parts: one of the bureau `bureau-a`, one of the post `desk-b`."""
    desk.submit("T-1", by="visitor", at=at(6, 18))
    send(desk, "bureau-a", "desk-b")
    return desk


def answer(desk, by, part, **more):
    return desk.act("T-1", "answer", by=by, part=part, **{"at": at(6, 21), "data": {"reply": "已办"}, **more})


def refused(desk, error, call, **given):
    """The error a call meets, and that neither the ticket nor the ledger knows of the call."""
    before, log = {n: desk.ticket(n) for n in ("T-1",)}, desk.log
    with pytest.raises(error) as caught:
        call(desk, **given)
    assert {n: desk.ticket(n) for n in before} == before
    assert desk.log.events == log.events
    assert caught.value.en
    assert caught.value.zh
    return caught.value


# ---- submitting -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "to"), [({"items": ["a"]}, ("unit",)), ({"items": ["a", "b"]}, ("window", "leader")), ({}, None)]
)
def test_a_matter_is_routed_by_what_is_known(desk, facts, to):
    opened = desk.submit("T-1", by="visitor", at=at(6, 18), facts=facts, matter="need")
    assert opened.routed.value == to
    assert opened.ticket == desk.ticket("T-1")
    assert (opened.ticket.state, opened.ticket.version, dict(opened.ticket.facts)) == ("new", 0, facts)


def test_no_matter_is_no_question(desk):
    assert desk.submit("T-1", by="visitor", at=at(6, 18), facts={"items": ["a"]}).routed is None


def test_what_the_caller_does_with_the_facts_later_changes_nothing(desk):
    facts = {"satisfied": True}
    desk.submit("T-1", by="visitor", at=at(6, 18), facts=facts)
    facts["satisfied"] = False
    assert desk.ticket("T-1").facts["satisfied"] is True
    assert desk.log.events[0].data["satisfied"] is True


@pytest.mark.parametrize("number", ["", "T 1", "T/1", "../T-1", "T_1", "Ｔ-1", "-1", "CON", "x" * 65])
def test_a_malformed_number_is_refused(desk, number):
    with pytest.raises(InvalidIdentifier):
        desk.submit(number, by="visitor", at=at(6, 18))
    assert len(desk.log.events) == 0


def test_a_number_is_taken_once(sent):
    error = refused(sent, InvalidIdentifier, lambda d: d.submit("T-1", by="visitor", at=at(6, 19)))
    assert (error.code, "T-1" in error.zh) == ("duplicate-ticket", True)
    sent.submit("T-1-2", by="visitor", at=at(6, 19))


def test_of_several_flows_one_must_be_named():
    desk = Desk(region(clause("1", **NEED), clause("2", **PRAISE)), PEOPLE)
    for name in (None, "prase"):
        with pytest.raises(UnknownName, match="there is: need, praise"):
            desk.submit("T-1", by="visitor", at=at(6, 18), flow=name)
    assert desk.submit("T-1", by="visitor", at=at(6, 18), flow="praise").ticket.state == "heard"
    assert desk.submit("T-2", by="visitor", at=at(6, 18), flow="need").ticket.state == "new"
    assert desk.allowed("T-1", "office-1") == ["pass-on"]
    assert desk.act("T-1", "pass-on", by="office-1", at=at(6, 18)).state == "passed-on"
    with pytest.raises(UnknownName, match="there is: pass-on"):
        desk.act("T-1", "send", by="office-1", at=at(6, 18))


def test_a_region_without_a_flow_opens_no_ticket():
    desk = Desk(region(clause("1", record="document.issued")), PEOPLE)
    with pytest.raises(UnknownName, match="flow"):
        desk.submit("T-1", by="visitor", at=at(6, 18))


def test_before_the_document_a_matter_has_no_route_unless_asked_as_if_it_had(here):
    early = at(6, 18, year=2014)
    given = {"by": "visitor", "at": early, "matter": "need", "facts": {"items": ["a"]}}
    desk = Desk(here, PEOPLE)
    with pytest.raises(NotInForce):
        desk.submit("T-1", **given)
    assert len(desk.log.events) == 0
    assumed = Desk(here, PEOPLE, as_if_in_force=True).submit("T-1", **given).routed
    assert (assumed.value, assumed.as_if_in_force) == (("unit",), True)


# ---- who may ----------------------------------------------------------------------------------------------------------------


def test_the_role_is_the_posts_and_the_one_the_step_is_for(desk):
    desk.submit("T-1", by="visitor", at=at(6, 18))
    send(desk, "bureau-a", by="boss")
    event = desk.log.events[-1]
    assert (event.by, event.role, event.step) == ("boss", "leader", "send")


@pytest.mark.parametrize(
    ("by", "error"), [("visitor", WrongRole), ("desk-a", WrongRole), ("nobody", UnknownName), ("office", UnknownName)]
)
def test_a_role_the_step_is_not_for_is_refused(sent, by, error):
    refused(sent, error, lambda d: d.act("T-1", "close", by=by, at=at(6, 21), data={"satisfied": True}))


def test_a_post_acts_on_its_own_part_or_its_bodys_only(sent):
    for by, part in (("desk-b", "bureau-a"), ("desk-a", "desk-b"), ("desk-a2", "desk-b"), ("desk-a", "bureau-z")):
        error = refused(sent, WrongRole, answer, by=by, part=part)
        assert part in error.en
        assert part in error.zh
    assert answer(sent, "desk-a2", "bureau-a").state == "sent"
    assert answer(sent, "desk-b", "desk-b", at=at(6, 22)).state == "answered"


def test_of_several_parts_one_must_be_named(sent):
    error = refused(sent, UnknownName, answer, by="desk-a", part=None)
    assert "bureau-a, desk-b" in error.en


def test_a_step_of_the_whole_ticket_takes_no_part(sent):
    answer(sent, "desk-a", "bureau-a")
    answer(sent, "desk-b", "desk-b")
    close = {"by": "office-1", "at": at(6, 22), "data": {"satisfied": True}}
    refused(sent, WrongRole, lambda d: d.act("T-1", "close", part="bureau-a", **close))
    assert sent.act("T-1", "close", **close).state == "closed"


def test_parts_that_are_items_are_open_to_every_post_with_the_role(desk):
    desk.submit("T-1", by="visitor", at=at(6, 18))
    send(desk, "住房", "入学")
    assert desk.allowed("T-1", "desk-b") == ["answer", "note"]
    refused(desk, FlowError, lambda d: d.act("T-1", "send", by="office-1", at=at(6, 21), part="住房"))
    answer(desk, "desk-b", "住房")
    assert answer(desk, "desk-a", "入学").state == "answered"


# ---- when, with what, and how often -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "error"),
    [
        (at(6, 18, 9, 59), DateOrder),
        (datetime(2021, 6, 21, 9), NaiveDatetime),  # noqa: DTZ001  # the case
        (datetime(2021, 6, 18, 1, 59, tzinfo=timezone.utc), DateOrder),  # noqa: UP017  # the other clock is the case
    ],
)
def test_time_runs_one_way(sent, when, error):
    refused(sent, error, answer, by="desk-a", part="bureau-a", at=when)
    assert answer(sent, "desk-a", "bureau-a", at=at(6, 18, 10)).version == 2, "at the same moment is in order"


def test_no_step_lies_before_the_ticket_was_submitted(desk):
    desk.submit("T-1", by="visitor", at=at(6, 18))
    error = refused(desk, DateOrder, send, at=at(6, 18) - timedelta(minutes=1))
    assert "was submitted at" in error.en
    assert send(desk, "bureau-a", at=at(6, 18)).version == 1


@pytest.mark.parametrize("version", [0, 2, 99])
def test_a_stale_version_is_refused(sent, version):
    refused(sent, StaleVersion, answer, by="desk-a", part="bureau-a", expected_version=version)
    assert answer(sent, "desk-a", "bureau-a", expected_version=1).version == 2


def test_what_is_needed_and_what_must_hold_is_asked_for(sent):
    refused(sent, MissingData, answer, by="desk-a", part="bureau-a", data={"reply": " "})
    answer(sent, "desk-a", "bureau-a")
    refused(sent, WrongState, answer, by="desk-a", part="bureau-a")
    answer(sent, "desk-b", "desk-b")
    for data in ({}, {"satisfied": False}):
        refused(
            sent, ConditionNotMet, lambda d, data=data: d.act("T-1", "close", by="office-1", at=at(6, 22), data=data)
        )


def test_a_repeated_delivery_is_harmless_and_another_command_of_that_name_is_not(sent):
    once = answer(sent, "desk-a", "bureau-a", command_id="c-1")
    recorded = sent.log.events
    for more in ({}, {"at": at(6, 25)}, {"expected_version": 1}):
        assert answer(sent, "desk-a", "bureau-a", command_id="c-1", **more) == once
    assert sent.log.events == recorded
    refused(sent, CommandReused, answer, by="desk-a", part="bureau-a", command_id="c-1", data={"reply": "另办"})
    answer(sent, "desk-b", "desk-b", command_id="c-2")
    assert answer(sent, "desk-a", "bureau-a", command_id="c-1").state == "answered", "the ticket as it stands now"
    assert len(sent.log.events) == len(recorded) + 1


def test_an_unknown_ticket_is_named_without_the_others(sent):
    for call in (
        lambda: sent.ticket("T-9"),
        lambda: sent.allowed("T-9", "desk-a"),
        lambda: sent.act("T-9", "answer", by="desk-a", at=at(6, 21)),
    ):
        with pytest.raises(UnknownName) as caught:
            call()
        assert "'T-9'" in caught.value.en
        assert "T-1" not in caught.value.en
        assert "“T-9”" in caught.value.zh


# ---- what is open, and what is recorded -------------------------------------------------------------------------------------


def test_what_a_post_may_do_is_what_it_would_not_be_refused(sent):
    assert {p.id: sent.allowed("T-1", p.id) for p in PEOPLE.posts} == {
        "office-1": [], "boss": [], "visitor": [],
        "desk-a": ["answer", "note"], "desk-a2": ["answer", "note"], "desk-b": ["answer", "note"],
    }  # fmt: skip
    answer(sent, "desk-a", "bureau-a")
    assert sent.allowed("T-1", "desk-a") == [], "its part is answered, the other is not its own"
    assert sent.allowed("T-1", "desk-b") == ["answer", "note"]
    answer(sent, "desk-b", "desk-b")
    assert sent.allowed("T-1", "desk-b") == []
    assert sent.allowed("T-1", "office-1") == ["send", "close"]
    sent.act("T-1", "close", by="office-1", at=at(6, 22), data={"satisfied": True})
    assert [sent.allowed("T-1", p.id) for p in PEOPLE.posts] == [[]] * 6


def test_tickets_do_not_mix(desk):
    for number in ("T-1", "T-2"):
        desk.submit(number, by="visitor", at=at(6, 18))
    send(desk, "bureau-a", number="T-2")
    assert (desk.ticket("T-1").state, desk.ticket("T-2").state) == ("new", "sent")
    assert [e.subjects["ticket"] for e in desk.log.events] == ["T-1", "T-2", "T-2"]


def test_what_happens_outside_of_tickets_is_recorded_as_it_is(sent):
    visit = event("visit.made", on(3, 1), by="boss", about={"enterprise": "firm-1"})
    sent.record(iter([visit]))
    assert sent.log.events[0] is visit, "the log is in the order of what happened"
    assert len(sent.log.events) == 3
    wrong = event("visit.made", datetime(2021, 3, 1, 9))  # noqa: DTZ001  # the case
    refused(sent, NaiveDatetime, lambda d: d.record([visit, wrong]))
    assert sent.log.of_kind("visit.made") == [visit]
