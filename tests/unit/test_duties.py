"""Duties that something starts: when they are due, what fulfils them, and how they stand on a day."""

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError
from tests.unit.invented import at, clause, during, event, log, on, post, region, roster, rule, serves

from talentservice import Certainty, Term, WorkCalendar
from talentservice.calendar import ClockMark
from talentservice.duties import Duty, State
from talentservice.errors import DateOrder, InputError

REPLY = {"who": "unit", "does": "ticket.replied", "after": "ticket.received", "within": {"working_days": 7}}
T1, T2 = {"ticket": "T-1"}, {"ticket": "T-2"}
RECEIVED = event("ticket.received", at(3, 1), "un-1", "unit", about=T1)  # a Monday; due on Wednesday 10 March


def replied(when, about=T1, **data):
    return event("ticket.replied", when, "un-1", "unit", about=about, **data)


def owed(spec, *events, day=None, who=None, **more):
    duty = spec if not isinstance(spec, dict) else rule("duty", **spec)
    return duty.owed(log(*events), day or on(12, 31), window=during(), **({"roster": who} if who else {}), **more)


def states(obligations):
    return [(o.day, o.state, o.late) for o in obligations]


@pytest.mark.parametrize(
    ("day", "done", "state", "late"),
    [
        (on(3, 10), None, State.OPEN, 0),
        (on(3, 11), None, State.OVERDUE, 1),
        (on(3, 15), None, State.OVERDUE, 5),
        (on(3, 31), at(3, 10, 23, 59), State.DONE, 0),
        (on(3, 31), at(3, 11, 0), State.DONE_LATE, 1),
        (on(3, 31), datetime(2021, 3, 10, 16, tzinfo=UTC), State.DONE_LATE, 1),  # the 11th in Beijing
        (on(3, 31), on(3, 1), State.DONE, 0),
        (on(3, 31), on(2, 28), State.OVERDUE, 21),  # before it was received
        (on(3, 9), at(3, 10), State.OPEN, 0),  # not seen yet
        (on(3, 10), at(3, 11), State.OPEN, 0),
        (on(3, 11), at(3, 12), State.OVERDUE, 1),
    ],
)
def test_how_a_duty_stands_on_the_last_day_and_after(day, done, state, late):
    events = [RECEIVED] + ([replied(done)] if done else [])
    assert states(owed(REPLY, *events, day=day)) == [(on(3, 10), state, late)]


def test_nothing_is_owed_before_it_starts():
    assert owed(REPLY, RECEIVED, day=on(2, 28)) == []
    assert owed(REPLY, event("ticket.raised", on(3, 1), about=T1)) == []


def test_an_obligation_says_who_owes_what_to_whom_by_when():
    (found,) = owed({**REPLY, "to": ["office"], "zh": "办理", "en": "Reply"}, RECEIVED, replied(at(3, 12)))
    assert found.to_dict() == {
        "duty": "it", "zh": "办理", "en": "Reply", "does": {"zh": "办理并回复", "en": "Handled and replied"},
        "who": "unit", "post": "un-1", "to": ["office"], "about": "T-1", "due": "2021-03-10", "about_day": False,
        "term": {"zh": "7个工作日", "en": "7 working days"}, "certainty": "final", "state": "done-late", "late_days": 2,
        "period": None, "started_by": RECEIVED.to_dict(), "done_by": replied(at(3, 12)).to_dict(), "lacks": [],
        "citations": ["d:1"],
    }  # fmt: skip


# --- what fulfils it -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "answered", "state"),
    [
        (at(3, 1, 9), at(3, 1, 8), State.OVERDUE),  # the morning's reply was to something else
        (at(3, 1, 9), at(3, 1, 9), State.DONE),
        (at(3, 1, 9), on(3, 1), State.DONE),
        (on(3, 1), at(3, 1, 8), State.DONE),
        (on(3, 1), on(3, 1), State.DONE),
    ],
)
def test_on_one_day_hours_decide_where_both_are_known(received, answered, state):
    for order in (1, -1):
        events = [event("ticket.received", received, "un-1", "unit", about=T1), replied(answered)][::order]
        assert [o.state for o in owed(REPLY, *events)] == [state]


def test_a_reply_counts_for_its_own_ticket_only():
    two = event("ticket.received", on(3, 2), "un-1", "unit", about=T2)
    assert [(o.about, o.state) for o in owed(REPLY, RECEIVED, two, replied(on(3, 3), T2))] == [
        ("T-1", State.OVERDUE),
        ("T-2", State.DONE),
    ]


def test_what_names_no_ticket_is_not_met_by_what_names_one():
    start = event("ticket.received", on(3, 1), "un-1", "unit")
    spec = {**REPLY, "about": "ticket"}
    assert owed(spec, start, replied(on(3, 2)))[0].state is State.OVERDUE
    assert owed(spec, start, replied(on(3, 2), about={}))[0].state is State.DONE


def test_each_part_of_a_ticket_has_its_own_reply():
    parts = [event("ticket.received", on(3, 1), u, "unit", about={**T1, "part": u}) for u in ("a", "b")]
    done = event("ticket.replied", on(3, 2), "a", "unit", about={**T1, "part": "a"})
    assert [(o.post, o.state) for o in owed(REPLY, *parts, done)] == [("a", State.DONE), ("b", State.OVERDUE)]
    whole = event("ticket.replied", on(3, 2), "a", "unit", about=T1)
    assert [o.state for o in owed(REPLY, *parts, whole)] == [State.DONE, State.DONE]


def test_only_the_role_that_owes_it_can_do_it():
    other = event("ticket.replied", on(3, 2), "of-1", "office", about=T1)
    unsaid = event("ticket.replied", on(3, 2), "of-1", about=T1)
    assert owed(REPLY, RECEIVED, other)[0].state is State.OVERDUE
    assert owed(REPLY, RECEIVED, unsaid)[0].state is State.DONE


def test_what_starts_a_duty_does_not_fulfil_it():
    again = {"who": "leader", "does": "contact.made", "after": "contact.made", "within": {"months": 6}}
    first, second = (event("contact.made", on(m, 1), "le-1", "leader", about={"talent": "t-1"}) for m in (1, 5))
    assert states(owed(again, first, second)) == [(on(7, 1), State.DONE, 0), (on(11, 1), State.OVERDUE, 60)]


@pytest.mark.parametrize(
    ("data", "state", "lacks"),
    [
        ({"reason": "a", "plan": "b"}, State.DONE, ()),
        ({"reason": "a"}, State.INCOMPLETE, ("plan",)),
        ({"reason": " ", "plan": None}, State.INCOMPLETE, ("reason", "plan")),
        ({"reason": 0, "plan": False}, State.DONE, ()),
    ],
)
def test_what_a_fulfilment_has_to_carry(data, state, lacks):
    (found,) = owed({**REPLY, "contents": ["reason", "plan"]}, RECEIVED, replied(on(3, 2), **data))
    assert (found.state, found.lacks) == (state, lacks)


def test_what_was_incomplete_can_be_completed():
    spec = {**REPLY, "contents": ["reason"]}
    half, late = replied(on(3, 2)), replied(on(3, 12), reason="a")
    assert states(owed(spec, RECEIVED, half)) == [(on(3, 10), State.INCOMPLETE, 0)]
    assert states(owed(spec, RECEIVED, half, late)) == [(on(3, 10), State.DONE_LATE, 2)]
    assert states(owed(spec, RECEIVED, replied(on(3, 12)))) == [(on(3, 10), State.INCOMPLETE, 2)]


WHO = roster(
    post("le-1", "leader"), post("le-2", "leader"), post("of-1", "office"), serves("le-1", "t-1"), serves("le-2", "t-2")
)
MATTER = event("ticket.raised", on(3, 1), "co-1", "company", about={"ticket": "T-1", "talent": "t-1"})


@pytest.mark.parametrize(
    ("to", "leader", "office"),
    [
        (["leader"], State.DONE, State.OPEN),
        (["leader", "office"], State.DONE, State.DONE),
        (["le-1"], State.DONE, State.OPEN),
        (["le-2"], State.OPEN, State.OPEN),  # the leader of another talent
        (["of-1"], State.OPEN, State.DONE),
        ([], State.OPEN, State.OPEN),
    ],
)
def test_each_recipient_is_owed_it_separately(to, leader, office):
    spec = {
        "who": "company", "does": "contact.made", "to": ["leader", "office"], "to_each": True, "about": "talent",
        "after": "ticket.raised", "within": {"promptly": True},
    }  # fmt: skip
    told = event("contact.made", on(3, 2), "co-1", "company", to=to, about={"talent": "t-1"})
    found = owed(spec, MATTER, told, who=WHO)
    assert [(o.to, o.state) for o in found] == [(("leader",), leader), (("office",), office)]
    assert [o.about for o in found] == ["t-1", "t-1"]


@pytest.mark.parametrize(
    ("to", "state"), [([], State.DONE), (["office"], State.DONE), (["of-1"], State.DONE), (["leader"], State.OVERDUE)]
)
def test_what_is_addressed_elsewhere_does_not_count(to, state):
    done = event("ticket.replied", on(3, 2), "un-1", "unit", to=to, about=T1)
    assert owed({**REPLY, "to": ["office"]}, RECEIVED, done, who=WHO)[0].state is state


# --- who owes it, what starts it -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "who", "expected"),
    [
        (RECEIVED, None, "un-1"),
        (event("ticket.received", on(3, 1), "of-1", "office", about=T1, unit="un-7"), None, "un-7"),
        (
            event("ticket.received", on(3, 1), "un-2", about=T1),
            roster(post("un-2", "unit"), post("un-3", "unit")),
            "un-2",
        ),
        (event("ticket.received", on(3, 1), "of-1", "office", about=T1), roster(post("un-2", "unit")), "un-2"),
        (event("ticket.received", on(3, 1), about=T1), roster(post("un-2", "unit"), post("un-3", "unit")), None),
    ],
)
def test_which_post_owes_it(start, who, expected):
    assert owed(REPLY, start, who=who)[0].post == expected


def test_several_kinds_of_event_and_a_filter_may_start_it():
    spec = {
        **REPLY,
        "after": {"events": ["ticket.received", "ticket.urged"], "where": {"field": "serious", "is": True}},
    }
    starts = [
        event("ticket.received", on(3, 1), about=T1, serious=True),
        event("ticket.received", on(3, 1), about=T2, serious=False),
        event("ticket.received", on(3, 1), about={"ticket": "T-3"}),
        event("ticket.urged", on(3, 2), about={"ticket": "T-4"}, serious=True),
    ]
    assert [(o.about, o.day) for o in owed(spec, *starts)] == [("T-1", on(3, 10)), ("T-4", on(3, 11))]


@pytest.mark.parametrize("after", ["ticket.received", ["ticket.received"], {"event": "ticket.received"}])
def test_what_starts_it_may_be_written_short(after):
    assert rule("duty", **{**REPLY, "after": after}).spec.after.events == ["ticket.received"]


def test_a_duty_holds_for_what_starts_while_its_document_is_in_force():
    text = region(clause("1", duty={"reply": REPLY}), document={"in_force_from": on(3, 2), "in_force_until": on(3, 5)})
    starts = [event("ticket.received", on(3, d), about={"ticket": f"T-{d}"}) for d in (1, 2, 5, 6)]
    assert [o.about for o in owed(text.duty("reply"), *starts)] == ["T-2", "T-5"]
    assumed = owed(text.duty("reply"), *starts, as_if_in_force=True)
    assert [(o.about, o.due.as_if_in_force) for o in assumed] == [
        ("T-1", True), ("T-2", False), ("T-5", False), ("T-6", True),
    ]  # fmt: skip


def test_an_estimated_day_is_overdue_only_once_its_latest_has_passed():
    early = region(clause("1", duty={"reply": REPLY})).configure(calendar=WorkCalendar.china(as_of=on(11, 1, 2020)))
    start = event("ticket.received", on(12, 25, 2020), about=T1)
    (found,) = owed(early.duty("reply"), start, day=on(12, 31, 2020))
    assert (found.due.certainty, found.state) == (Certainty.PROVISIONAL, State.OPEN)
    latest = found.due.latest
    assert latest > found.day
    assert owed(early.duty("reply"), start, day=latest)[0].state is State.OPEN
    assert owed(early.duty("reply"), start, day=latest.replace(day=latest.day + 1))[0].state is State.OVERDUE


# --- asked directly ---------------------------------------------------------------------------------------------------------


def test_a_limit_is_taken_only_where_the_text_refers_to_one():
    with pytest.raises(InputError, match="d:1 lays down 7 working days; it refers to no other limit"):
        rule("duty", **REPLY).due(on(3, 1), limit=on(3, 5))
    item = rule("duty", **{**REPLY, "within": {"item_limit": True}})
    assert item.due(on(3, 1), limit=Term(working_days=3)).value == on(3, 4)
    assert item.due(on(3, 1), limit=on(3, 5)).value == on(3, 5)
    with pytest.raises(DateOrder):
        rule("duty", **{**REPLY, "within": {"stated": "due"}, "clock": ["extend"]}).due(
            on(3, 1), limit=on(3, 5), marks=[ClockMark("extend", on(3, 3), until=on(3, 4))]
        )


def test_a_duty_after_an_event_has_no_period():
    with pytest.raises(InputError, match="starts with an event; ask due"):
        rule("duty", **REPLY).due_in(during())


@pytest.mark.parametrize(
    "changed",
    [
        {"after": None},
        {"within": None},
        {"every": "month"},
        {"by": {"within_period": True}},
        {"to_each": True},
        {"within": {"stated": "due"}, "clock": ["pause"]},
        {"within": {"working_days": 7, "promptly": True}},
        {"within": {"working_days": 0}},
        {"after": {"events": ["ticket.received"], "overdue": "other"}},
        {"after": {}},
    ],
)
def test_what_is_no_duty_is_refused(changed):
    with pytest.raises(ValidationError):
        Duty.model_validate({k: v for k, v in {**REPLY, **changed}.items() if v is not None})
