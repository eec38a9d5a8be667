"""Clocks of duties: what stops or lengthens a term, days stated on the slip, hours, and what follows a lapse."""

import pytest
from tests.unit.invented import at, clause, during, event, log, on, post, region, roster, rule

from talentservice import Certainty, Term, WorkCalendar
from talentservice.calendar import ClockMark
from talentservice.duties import State
from talentservice.errors import DateOrder, InputError, InvalidDate, NaiveDatetime

REPLY = {"who": "unit", "does": "ticket.replied", "after": "ticket.received", "within": {"working_days": 7}}
SLIP = {
    "who": "unit",
    "does": "ticket.closed",
    "after": "slip.assigned",
    "within": {"stated": "due"},
    "clock": ["extend"],
}
T1 = {"ticket": "T-1"}
RECEIVED = event("ticket.received", at(3, 1), "un-1", "unit", about=T1)  # due on 10 March


def mark(move, when, about=T1, **data):
    return event(f"clock.{move}", when, "of-1", "office", about=about, **data)


def owed(duty, *events, day=None, who=None):
    more = {"roster": who} if who else {}
    return duty.owed(log(*events), day or on(12, 31), window=during(), **more)


def due(clock, *marks):
    (found,) = owed(rule("duty", **REPLY, clock=list(clock)), RECEIVED, *marks)
    return found.day


PAUSE, RESUME = mark("paused", on(3, 4)), mark("resumed", on(3, 8))  # Thursday and Friday do not count
LONGER, SET, AGAIN = (
    mark("extended", on(3, 5), working_days=3),
    mark("extended", on(3, 5), until=on(3, 19)),
    mark("restarted", on(3, 5)),
)


@pytest.mark.parametrize(
    ("clock", "marks", "day"),
    [
        ([], [], on(3, 10)),
        (["pause"], [PAUSE, RESUME], on(3, 12)),
        (["pause"], [PAUSE], None),
        (["extend"], [LONGER], on(3, 15)),
        (["extend"], [SET], on(3, 19)),
        (["extend"], [mark("extended", on(3, 5), until="2021-03-19")], on(3, 19)),  # as a log of JSON holds it
        (["restart"], [AGAIN], on(3, 16)),
        (["pause", "extend"], [PAUSE, RESUME, mark("extended", on(3, 9), working_days=3)], on(3, 17)),
        # what the text does not allow is not counted
        ([], [PAUSE, RESUME, SET, AGAIN], on(3, 10)),
        (["pause"], [LONGER, SET, AGAIN], on(3, 10)),
        (["extend"], [PAUSE], on(3, 10)),
        (["extend"], [PAUSE, RESUME, AGAIN, LONGER], on(3, 15)),
        # another ticket's marks, and what lengthened the term before this one
        (["extend"], [mark("extended", on(3, 5), {"ticket": "T-2"}, working_days=3)], on(3, 10)),
        (["extend"], [mark("extended", on(2, 26), working_days=3)], on(3, 10)),
        (["extend"], [mark("extended", at(3, 1, 8), working_days=3)], on(3, 10)),
    ],
)
def test_the_clock_moves_only_as_the_text_allows(clock, marks, day):
    assert due(clock, *marks) == day


def test_a_paused_duty_has_no_day_and_is_not_overdue():
    (found,) = owed(rule("duty", **REPLY, clock=["pause"]), RECEIVED, PAUSE)
    assert (found.day, found.state, found.late) == (None, State.OPEN, 0)
    assert "the clock is paused: there is no last day yet" in found.due.explain("en")


def test_each_part_has_its_own_clock():
    starts = [event("ticket.received", on(3, 1), u, "unit", about={**T1, "part": u}) for u in ("a", "b")]
    longer = mark("extended", on(3, 5), {**T1, "part": "b"}, working_days=3)
    found = owed(rule("duty", **REPLY, clock=["extend"]), *starts, longer)
    assert [(o.post, o.day) for o in found] == [("a", on(3, 10)), ("b", on(3, 15))]


def test_a_mark_the_text_does_not_know_is_refused_where_it_is_asked_for():
    reply = rule("duty", **REPLY, clock=["extend"])
    with pytest.raises(InputError) as wrong:
        reply.due(on(3, 1), marks=[ClockMark("pause", on(3, 2))])
    assert wrong.value.en == "d:1 does not provide for a clock that can pause; it allows: extend"
    with pytest.raises(InputError, match="it allows: nothing"):
        rule("duty", **REPLY).due(on(3, 1), marks=[ClockMark("pause", on(3, 2))])


@pytest.mark.parametrize(
    ("marks", "error"),
    [
        ([RESUME], DateOrder),
        ([mark("extended", on(3, 5))], InvalidDate),
        ([mark("extended", on(3, 5), working_days=True)], InvalidDate),
        ([mark("extended", on(3, 5), until=on(3, 9))], DateOrder),
    ],
)
def test_marks_that_make_no_sense_are_refused(marks, error):
    with pytest.raises(error):
        due(["pause", "extend"], *marks)


def test_an_extension_in_the_unit_of_the_term():
    monthly = rule("duty", **{**REPLY, "within": {"months": 1}}, clock=["extend"])
    (found,) = owed(monthly, RECEIVED, mark("extended", on(3, 5), months=1))
    assert found.day == on(5, 6)  # 1 May is a holiday; 1 to 5 May are off


# --- a day stated on the slip ------------------------------------------------------------------------------------------


def assigned(**data):
    return event("slip.assigned", at(3, 1), "of-1", "office", about=T1, **data)


@pytest.mark.parametrize(
    ("data", "marks", "day"),
    [
        ({"due": on(3, 12)}, [], on(3, 12)),
        ({"due": "2021-03-12"}, [], on(3, 12)),
        ({"due": at(3, 12, 17)}, [], on(3, 12)),
        ({"due": on(3, 13)}, [], on(3, 13)),  # a Saturday: the slip says so
        ({"due": on(3, 12)}, [mark("extended", on(3, 10), until=on(3, 19))], on(3, 19)),
        ({"due": on(3, 12)}, [mark("extended", on(3, 10), working_days=3)], on(3, 17)),
        ({"due": on(3, 12)}, [SET, mark("extended", on(3, 18), until=on(3, 26))], on(3, 26)),
    ],
)
def test_a_stated_day_is_the_last(data, marks, day):
    (found,) = owed(rule("duty", **SLIP), assigned(**data), *marks, day=on(3, 31))
    assert (found.day, found.due.certainty, found.state) == (day, Certainty.FINAL, State.OVERDUE)


@pytest.mark.parametrize("data", [{}, {"due": None}, {"due": "尽快"}, {"due": 20210312}])
def test_without_a_stated_day_there_is_none(data):
    (found,) = owed(rule("duty", **SLIP), assigned(**data))
    assert (found.day, found.due.certainty, found.state) == (None, Certainty.NOT_A_DATE, State.OPEN)
    assert found.term.en == "the limit stated with it"


def test_a_stated_day_and_its_extension_are_told():
    (found,) = owed(rule("duty", **SLIP), assigned(due=on(3, 12)), SET)
    assert [s.text("en") for s in found.due.steps] == [
        "the limit stated is Friday 12 March 2021",
        "the term is extended to Friday 19 March 2021",
    ]
    assert found.due.steps[1].text("zh") == "延长期限至2021年3月19日星期五"


def test_an_extension_does_not_shorten():
    with pytest.raises(DateOrder, match="ends before the present last day 2021-03-12"):
        owed(rule("duty", **SLIP), assigned(due=on(3, 12)), mark("extended", on(3, 10), until=on(3, 11)))


def test_a_stated_day_is_not_paused():
    item = rule("duty", **{**REPLY, "within": {"item_limit": True}}, clock=["pause"])
    with pytest.raises(InputError, match="a day that is stated can only be extended"):
        item.due(on(3, 1), limit=on(3, 12), marks=[ClockMark("pause", on(3, 2))])


def test_an_extension_beyond_the_published_notices_is_provisional():
    early = WorkCalendar.china(as_of=on(11, 1, 2020))
    longer = ClockMark("extend", on(12, 28, 2020), term=Term(working_days=7))
    slip = rule("duty", **SLIP)
    answer = slip.due(on(12, 1, 2020), limit=on(12, 25, 2020), marks=[longer], calendar=early, provisional=True)
    assert answer.certainty is Certainty.PROVISIONAL
    assert answer.earliest <= on(1, 6) <= answer.latest  # 1 to 3 January are off, as the notice then said


# --- hours -----------------------------------------------------------------------------------------------------------------


def test_hours_run_from_the_moment():
    hours = rule("duty", **{**REPLY, "within": {"hours": 24}})
    assert owed(hours, RECEIVED, day=on(3, 2))[0].day == on(3, 2)
    assert owed(hours, RECEIVED, day=on(3, 3))[0].state is State.OVERDUE
    with pytest.raises(NaiveDatetime):
        owed(hours, event("ticket.received", on(3, 1), about=T1))


def test_what_comes_after_the_office_has_closed_counts_from_the_next_working_day():
    late = {"receipt": "next_working_day", "intake_cutoff": at(1, 1, 17).time()}
    reply = rule("duty", **REPLY, counting=late)
    starts = [event("ticket.received", at(3, 1, h, m), about={"ticket": f"T-{h}-{m}"}) for h, m in ((17, 0), (17, 1))]
    assert [o.day for o in owed(reply, *starts)] == [on(3, 10), on(3, 11)]


# --- what follows a lapse ----------------------------------------------------------------------------------------------------

EXPLAIN = {"who": "unit", "does": "written.explained", "after": {"overdue": "reply"}, "within": {"working_days": 3}}
URGE = {"who": "office", "does": "ticket.urged", "after": {"overdue": "explain"}, "within": {"promptly": True}}
CHAIN = region(
    clause("1", duty={"reply": REPLY}), clause("2", duty={"explain": EXPLAIN}), clause("3", duty={"urge": URGE})
)


def chain(name, *events, day):
    return [(o.day, o.state, o.about) for o in owed(CHAIN.duty(name), RECEIVED, *events, day=day)]


@pytest.mark.parametrize(
    ("day", "explain", "urge"),
    [
        (on(3, 10), [], []),
        (on(3, 11), [(on(3, 16), State.OPEN, "T-1")], []),
        (on(3, 16), [(on(3, 16), State.OPEN, "T-1")], []),
        (on(3, 17), [(on(3, 16), State.OVERDUE, "T-1")], [(None, State.OPEN, "T-1")]),
    ],
)
def test_a_lapse_starts_the_next_duty_the_day_after(day, explain, urge):
    assert (chain("explain", day=day), chain("urge", day=day)) == (explain, urge)


def test_a_reply_that_was_late_is_still_explained_and_one_in_time_is_not():
    late = event("ticket.replied", on(3, 12), "un-1", "unit", about=T1)
    assert chain("explain", late, day=on(3, 31)) == [(on(3, 16), State.OVERDUE, "T-1")]
    in_time = event("ticket.replied", on(3, 10), "un-1", "unit", about=T1)
    assert chain("explain", in_time, day=on(3, 31)) == []


@pytest.mark.parametrize(
    ("when", "state"),
    [
        (on(3, 5), State.OVERDUE),
        (at(3, 10, 23), State.OVERDUE),
        (at(3, 11, 0), State.DONE),
        (on(3, 17), State.DONE_LATE),
    ],
)
def test_what_was_explained_before_the_lapse_does_not_explain_it(when, state):
    explained = event("written.explained", when, "un-1", "unit", about=T1)
    assert chain("explain", explained, day=on(3, 31)) == [(on(3, 16), state, "T-1")]


def test_an_hour_after_a_lapse_runs_from_midnight():
    hours = region(
        clause("1", duty={"reply": REPLY}), clause("2", duty={"explain": {**EXPLAIN, "within": {"hours": 24}}})
    )
    (found,) = owed(hours.duty("explain"), RECEIVED, day=on(3, 11))
    assert found.day == on(3, 11)


def test_a_lapse_of_a_period_belongs_to_its_post():
    monthly = {"who": "unit", "does": "report.filed", "every": "month", "by": {"within_period": True}}
    text = region(
        clause("1", duty={"monthly": monthly}),
        clause("2", duty={"explain": {**EXPLAIN, "after": {"overdue": "monthly"}}}),
    )
    who = roster(post("un-1", "unit"), post("un-2", "unit"))
    explained = event("written.explained", on(2, 2), "un-2", "unit", about={"post": "un-2"})
    found = text.duty("explain").owed(log(explained), on(2, 10), window=during(first=1, last=1), roster=who)
    assert [(o.post, o.about, o.day, o.state) for o in found] == [
        ("un-1", "un-1", on(2, 4), State.OVERDUE),
        ("un-2", "un-2", on(2, 4), State.DONE),
    ]
