"""The desk: an agenda in order, tickets acted upon, what a period comes to. Days are those of 2021.

18 June 2021 is a Friday; seven working days later is Tuesday 29 June.
"""

import json
from datetime import date, datetime

import pytest
from tests.unit.invented import at, both, clause, event, on, post, region, roster, serves

from talentservice import EventLog
from talentservice.calendar import year
from talentservice.desk import Desk, days, merged
from talentservice.duties import State
from talentservice.errors import (
    InvalidIdentifier,
    MissingData,
    MissingParameter,
    NaiveDatetime,
    NotInForce,
    StaleVersion,
    UnknownName,
    WrongRole,
    WrongState,
)
from talentservice.ledger import MemoryLedger


def duty(who, does, **more):
    return {"who": who, "does": does, **more}


def step(start, to, by, **more):
    return {"flow": "need", "from": start, "to": to, "by": by, "event": "need.moved", **more}


STATES = [
    {"id": "new", **both("New")},
    {"id": "sent", **both("Sent")},
    {"id": "answered", **both("Answered")},
    {"id": "closed", **both("Closed"), "end": True},
]


@pytest.fixture(scope="module")
def here():
    return region(
        clause("1", duty={"reply": duty("unit", "ticket.replied", after="ticket.received", within={"working_days": 7})}),
        clause("2", duty={"plan": duty("office", "plan.filed", every="month", by={"day": 25})}),
        clause("3", duty={"tell": duty("office", "notice.given", after="ticket.received", within={"promptly": True})}),
        clause(
            "4",
            duty={"settle": duty("unit", "ticket.closed", after="ticket.received", within={"working_days": {"parameter": "term"}})},
            parameter={"term": {"type": "count", "why": both("not printed")}},
        ),
        clause("5", quota={"interviews": {"who": "leader", "count": "interview.held", "per": "year", "at_least": 2}}),
        clause("6", indicator={"answered": {"count": "ticket.replied", "among": "ticket.received"}}),
        clause(
            "7",
            flow={"need": {"states": STATES}},
            step={
                "send": step(["new"], "sent", ["office"], needs=["opinion"], parts="units"),
                "answer": step(["sent"], "answered", ["unit"], each_part=True),
                "close": step(["answered"], "closed", ["office", "leader"]),
            },
            route={"window-or-unit": {"matter": "need", "when": {"field": "items", "count": 1}, "to": ["unit"]}},
        ),
    )  # fmt: skip


PEOPLE = roster(
    post("office-1", "office"),
    post("desk-a", "unit", body="bureau-a"),
    post("desk-b", "unit", body="bureau-b"),
    post("leader-1", "leader"),
    post("leader-2", "talent", "leader"),
    serves("leader-1", "talent-1"),
)


def ticket(name):
    return {"ticket": name}


EVENTS = [
    event("ticket.received", on(6, 18), about=ticket("T-1")),
    event("ticket.replied", on(6, 29), about=ticket("T-1")),
    event("ticket.received", on(6, 18), about=ticket("T-2")),
    event("ticket.replied", on(7, 2), about=ticket("T-2")),
    event("ticket.received", on(6, 17), about=ticket("T-3")),
    event("ticket.received", at(6, 30), by="desk-a", about=ticket("T-4")),
    event("plan.filed", on(6, 24), by="office-1"),
]


def shown(agenda):
    return [(o.duty, o.about or (o.period and o.period.label.en), o.state.value) for o in agenda.obligations]


# ---- agenda -----------------------------------------------------------------------------------------------------------------


def test_an_agenda_lists_the_overdue_first_then_by_day_then_what_has_no_day_then_what_is_done(here):
    """T-3 was due on 28 June; T-4, received on 30 June, is due on 9 July; July's plan is due on the 25th."""
    found = Desk(here, PEOPLE, EVENTS).agenda(on(7, 5), window=days(on(6, 1), on(7, 31)), done=True)
    assert shown(found) == [
        ("reply", "T-3", "overdue"),
        ("reply", "T-4", "open"),
        ("plan", "July 2021", "open"),
        *[("tell", f"T-{n}", "open") for n in (3, 1, 2, 4)],
        ("reply", "T-2", "done-late"),
        ("plan", "June 2021", "done"),
        ("reply", "T-1", "done"),
    ]
    assert [o.late for o in found.obligations if o.late] == [7, 3]
    assert [o.day for o in found.of(State.OPEN)] == [on(7, 9), on(7, 25), None, None, None, None]
    assert found.of(State.DONE, State.DONE_LATE) == list(found.obligations[-3:])


def test_what_is_done_is_left_out_unless_asked_for(here):
    desk = Desk(here, PEOPLE, EVENTS)
    owed, everything = desk.agenda(on(7, 5)), desk.agenda(on(7, 5), done=True)
    assert {o.state for o in owed.obligations} == {State.OVERDUE, State.OPEN}
    assert [o for o in everything.obligations if o.state in (State.OVERDUE, State.OPEN)] == list(owed.obligations)


def test_what_comes_after_the_day_asked_about_is_not_known(here):
    desk = Desk(here, PEOPLE, EVENTS)
    before = {o.about: o.state for o in desk.agenda(on(6, 28)).obligations if o.duty == "reply"}
    assert before == {"T-1": State.OPEN, "T-2": State.OPEN, "T-3": State.OPEN}
    after = {o.about: o.state for o in desk.agenda(on(6, 30)).obligations if o.duty == "reply"}
    assert after == {"T-2": State.OVERDUE, "T-3": State.OVERDUE, "T-4": State.OPEN}


def test_the_window_is_the_year_and_holds_only_duties_of_every_period(here):
    desk = Desk(here, PEOPLE, EVENTS)
    plans = [o.day for o in desk.agenda(on(7, 5), done=True).obligations if o.duty == "plan"]
    assert sorted(plans) == [on(month, 25) for month in range(1, 13)]
    narrow = desk.agenda(on(7, 5), window=days(on(12, 25), on(12, 25)))
    assert [o.day for o in narrow.obligations if o.duty == "plan"] == [on(12, 25)]
    assert {o.about for o in narrow.obligations if o.duty == "reply"} == {"T-3", "T-4"}


def test_a_duty_that_waits_for_a_parameter_is_named_and_the_others_are_answered(here):
    found = Desk(here, PEOPLE, EVENTS).agenda(on(7, 5))
    (waiting,) = found.waiting
    assert "'term'" in waiting.en
    assert "d:4" in waiting.zh
    assert found.to_dict()["waiting"] == [{"en": waiting.en, "zh": waiting.zh}]
    chosen = Desk(here.configure(parameters={"term": 3}), PEOPLE, EVENTS).agenda(on(7, 5))
    assert chosen.waiting == ()
    assert [o.day for o in chosen.obligations if (o.duty, o.about) == ("settle", "T-3")] == [on(6, 22)]


def test_an_agenda_as_json(here):
    found = Desk(here, PEOPLE, EVENTS).agenda(on(7, 5), window=days(on(7, 1), on(7, 31)))
    told = json.loads(json.dumps(found.to_dict()))
    assert (told["on"], told["window"]["start"], told["window"]["end"]) == ("2021-07-05", "2021-07-01", "2021-08-01")
    assert told["obligations"][0]["citations"] == ["d:1"]


def test_before_the_document_nothing_is_owed_unless_asked_for():
    young = region(
        clause(
            "1", duty={"reply": duty("unit", "ticket.replied", after="ticket.received", within={"working_days": 7})}
        ),
        document={"issued": date(2021, 6, 20)},
    )
    assert Desk(young, PEOPLE, EVENTS).agenda(on(6, 19)).obligations == ()
    assert len(Desk(young, PEOPLE, EVENTS, as_if_in_force=True).agenda(on(6, 19)).obligations) == 3


def test_agendas_of_several_regions_are_merged_in_one_order(here):
    one = Desk(here, PEOPLE, EVENTS[:2]).agenda(on(7, 5), window=days(on(7, 1), on(7, 31)))
    two = Desk(here, PEOPLE, EVENTS[4:5]).agenda(on(7, 5), window=days(on(8, 1), on(8, 31)))
    assert [(o.duty, o.state.value) for o in merged([one, two])] == [
        ("reply", "overdue"), ("plan", "open"), ("plan", "open"), ("tell", "open"), ("tell", "open"),
    ]  # fmt: skip


def test_days_are_both_inclusive():
    window = days(on(6, 1), on(6, 30))
    assert on(6, 1) in window
    assert on(6, 30) in window
    assert on(7, 1) not in window


@pytest.mark.parametrize("given", [EVENTS, EventLog(EVENTS), MemoryLedger(EVENTS), iter(EVENTS)])
def test_events_may_be_given_in_any_form(here, given):
    assert len(Desk(here, PEOPLE, given).log.events) == len(EVENTS)
    assert len(Desk(here).log.events) == 0


# ---- numbers and reports ----------------------------------------------------------------------------------------------------

HELD = [event("interview.held", on(month, 3), by="leader-1", about={"talent": "talent-1"}) for month in (2, 6, 9)]


def test_numbers_stand_as_of_the_day_asked_about(here):
    desk = Desk(here, PEOPLE, HELD)
    for day, done in ((on(6, 2), 1), (on(6, 3), 2), (on(12, 31), 3)):
        ((rule, answer),) = desk.numbers(day)
        tallies = {t.actor: (t.done, t.reached) for t in answer.value}
        assert rule.id == "interviews"
        assert tallies == {"leader-1": (done, done >= 2), "leader-2": (0, False)}


def test_a_number_that_waits_or_does_not_apply_yet_is_no_number():
    quota = {"who": "leader", "count": "interview.held", "per": "year", "at_least": {"parameter": "times"}}
    waiting = region(clause("1", quota={"interviews": quota}, parameter={"times": {"type": "count", "why": both("x")}}))
    ((_, answer),) = Desk(waiting, PEOPLE).numbers(on(6, 1))
    assert isinstance(answer, MissingParameter)
    young = region(clause("1", quota={"interviews": {**quota, "at_least": 1}}), document={"issued": date(2022, 1, 1)})
    assert list(Desk(young, PEOPLE).numbers(on(6, 1))) == []


def test_a_report_says_what_a_period_comes_to(here):
    report = Desk(here, PEOPLE, [*EVENTS, *HELD]).report(days(on(1, 1), on(12, 31)), on=on(7, 5))
    assert {line.duty: {s.value: n for s, n in line.counts.items()} for line in report.duties} == {
        "reply": {"done": 1, "done-late": 1, "overdue": 1, "open": 1},
        "tell": {"open": 4},
        "plan": {"overdue": 5, "done": 1, "open": 6},
    }
    ((quota,), (indicator,)) = report.quotas, report.indicators
    assert {t.actor: t.done for t in quota.answer.value} == {"leader-1": 2, "leader-2": 0}, (
        "September is not known in July"
    )
    assert (indicator.answer.value.number, indicator.answer.value.of) == (2, 4)
    assert [w.code for w in report.waiting] == ["missing-parameter"]


def test_every_figure_of_a_report_leads_to_its_clause_and_on_request_to_its_events(here):
    report = Desk(here, PEOPLE, [*EVENTS, *HELD]).report(days(on(1, 1), on(12, 31)))
    short, full = (json.loads(json.dumps(report.to_dict(drill=drill), default=str)) for drill in (False, True))
    for told in (short, full):
        assert all(line["clauses"] for kind in ("duties", "quotas", "indicators") for line in told[kind])
    assert "obligations" not in short["duties"][0]
    assert full["duties"][0]["obligations"][0]["started_by"]["ticket"] == "T-3"
    assert [e["at"] for e in full["quotas"][0]["tallies"][0]["events"]] == ["2021-02-03", "2021-06-03", "2021-09-03"]
    assert "events" not in short["quotas"][0]["tallies"][0]
    assert len(full["indicators"][0]["figure"]["events"]) == 2


def test_a_report_names_what_waits_and_leaves_out_what_was_not_in_force():
    quota = {"who": "leader", "count": "interview.held", "per": "month", "at_least": {"parameter": "times"}}
    open_text = region(clause("1", quota={"often": quota}, parameter={"times": {"type": "count", "why": both("x")}}))
    report = Desk(open_text, PEOPLE, HELD).report(year(2021))
    assert (report.quotas, [w.code for w in report.waiting]) == ((), ["missing-parameter"])
    young = region(
        clause("1", quota={"often": {**quota, "at_least": 1}}, indicator={"held": {"count": "interview.held"}}),
        document={"issued": on(7, 1)},
    )
    report = Desk(young, PEOPLE, HELD).report(year(2021))
    assert [line.period.label.en for line in report.quotas] == [
        "July 2021", "August 2021", "September 2021", "October 2021", "November 2021", "December 2021",
    ]  # fmt: skip
    early = Desk(young, PEOPLE, HELD).report(days(on(1, 1), on(3, 31)))
    assert (early.quotas, early.indicators) == ((), ())
    assumed = Desk(young, PEOPLE, HELD, as_if_in_force=True).report(days(on(1, 1), on(3, 31)))
    assert [line.answer.as_if_in_force for line in (*assumed.quotas, *assumed.indicators)] == [True] * 4


# ---- acting -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(here):
    return Desk(here, PEOPLE)


@pytest.fixture
def sent(desk):
    """A desk with one ticket that was sent to two bureaus."""
    desk.submit("T-1", by="office-1", at=at(6, 18))
    desk.act("T-1", "send", by="office-1", at=at(6, 18, 10), data={"opinion": "x", "units": ["bureau-a", "desk-b"]})
    return desk


def test_a_ticket_is_opened_recorded_and_routed(desk):
    opened = desk.submit(
        "T-1", by="office-1", at=at(6, 18), facts={"items": ["a"], "talent": "talent-1"}, matter="need"
    )
    assert (opened.ticket.state, opened.ticket.version) == ("new", 0)
    assert opened.routed.value == ("unit",)
    assert [str(c) for c in opened.routed.citations] == ["d:7"]
    (raised,) = desk.log.events
    assert (raised.kind, raised.by, raised.subjects) == (
        "ticket.raised",
        "office-1",
        {"ticket": "T-1", "talent": "talent-1"},
    )
    assert desk.submit("T-2", by="office-1", at=at(6, 18)).routed is None
    assert (
        desk.submit("T-3", by="office-1", at=at(6, 18), facts={"items": ["a", "b"]}, matter="need").routed.value is None
    )


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"ticket": "T-1"}, InvalidIdentifier),
        ({"ticket": "../x"}, InvalidIdentifier),
        ({"by": "nobody"}, UnknownName),
        ({"matter": "weather"}, UnknownName),
        ({"flow": "need2"}, UnknownName),
        ({"at": datetime(2021, 6, 18, 9)}, NaiveDatetime),  # noqa: DTZ001  # the case
        ({"at": at(6, 18, year=2014), "matter": "need"}, NotInForce),
    ],
)
def test_a_ticket_that_cannot_be_opened_leaves_no_trace(desk, change, error):
    desk.submit("T-1", by="office-1", at=at(6, 18))
    given = {"ticket": "T-2", "by": "office-1", "at": at(6, 18), **change}
    with pytest.raises(error):
        desk.submit(given.pop("ticket"), **given)
    assert len(desk.log.events) == 1
    with pytest.raises(UnknownName):
        desk.ticket("T-2")


def test_a_step_moves_the_ticket_and_is_recorded(sent):
    ticket = sent.ticket("T-1")
    assert (ticket.state, ticket.version, [p.id for p in ticket.parts]) == ("sent", 1, ["bureau-a", "desk-b"])
    assert [e.kind for e in sent.log.events] == ["ticket.raised", "need.moved"]
    assert sent.log.events[1].role == "office"
    sent.act("T-1", "answer", by="desk-a", at=at(6, 21), part="bureau-a")
    assert sent.ticket("T-1").state == "sent", "the other part has not answered"
    assert sent.act("T-1", "answer", by="desk-b", at=at(6, 22), part="desk-b").state == "answered"
    assert sent.act("T-1", "close", by="leader-2", at=at(6, 23)).state == "closed"
    assert sent.log.events[-1].role == "leader", "the one of the post's roles the step is for"


@pytest.mark.parametrize(
    ("step", "given", "error"),
    [
        ("close", {"by": "office-1"}, WrongState),
        ("answer", {"by": "office-1", "part": "bureau-a"}, WrongRole),
        ("answer", {"by": "desk-b", "part": "bureau-a"}, WrongRole),
        ("answer", {"by": "desk-a"}, UnknownName),
        ("answer", {"by": "nobody", "part": "bureau-a"}, UnknownName),
        ("anwser", {"by": "desk-a", "part": "bureau-a"}, UnknownName),
        ("answer", {"by": "desk-a", "part": "bureau-a", "expected_version": 0}, StaleVersion),
    ],
)
def test_a_step_that_is_refused_changes_nothing(sent, step, given, error):
    before, events = sent.ticket("T-1"), sent.log.events
    with pytest.raises(error):
        sent.act("T-1", step, at=at(6, 21), **given)
    assert sent.ticket("T-1") == before
    assert sent.log.events == events


def test_the_only_part_of_a_ticket_is_still_somebodys(desk):
    """Left out of the call, the part is the only one there is; it is not everybody's for that."""
    desk.submit("T-1", by="office-1", at=at(6, 18))
    desk.act("T-1", "send", by="office-1", at=at(6, 18), data={"opinion": "x", "units": ["bureau-a"]})
    with pytest.raises(WrongRole, match="bureau-a"):
        desk.act("T-1", "answer", by="desk-b", at=at(6, 21))
    assert desk.act("T-1", "answer", by="desk-a", at=at(6, 21)).state == "answered"


def test_parts_that_are_items_belong_to_nobody(desk):
    desk.submit("T-1", by="office-1", at=at(6, 18))
    desk.act("T-1", "send", by="office-1", at=at(6, 18), data={"opinion": "x", "units": ["housing", "schooling"]})
    desk.act("T-1", "answer", by="desk-b", at=at(6, 21), part="housing")
    assert desk.act("T-1", "answer", by="desk-a", at=at(6, 21), part="schooling").state == "answered"


def test_a_repeated_delivery_is_recorded_once(desk):
    desk.submit("T-1", by="office-1", at=at(6, 18))
    for _ in range(2):
        ticket = desk.act(
            "T-1", "send", by="office-1", at=at(6, 18), data={"opinion": "x", "units": "bureau-a"}, command_id="c-1"
        )
    assert ticket.version == 1
    assert len(desk.log.events) == 2


def test_what_a_step_needs_is_asked_for(desk):
    desk.submit("T-1", by="office-1", at=at(6, 18))
    with pytest.raises(MissingData, match="opinion"):
        desk.act("T-1", "send", by="office-1", at=at(6, 18))


def test_what_a_post_may_do_now(sent):
    assert sent.allowed("T-1", "desk-a") == ["answer"]
    assert sent.allowed("T-1", "office-1") == []
    with pytest.raises(UnknownName):
        sent.allowed("T-1", "nobody")
    with pytest.raises(UnknownName):
        sent.allowed("T-9", "desk-a")


def test_what_happens_outside_of_tickets_is_recorded_and_counts(desk):
    desk.record(HELD)
    ((_, answer),) = desk.numbers(on(12, 31))
    assert {t.actor: t.done for t in answer.value} == {"leader-1": 3, "leader-2": 0}
