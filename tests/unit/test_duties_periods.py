"""Duties of every period: when they are due, for whom, and which event counts for which period."""

import pytest
from pydantic import ValidationError
from tests.unit.invented import at, clause, during, event, log, on, post, region, roster, rule

from talentservice import Certainty, Period
from talentservice.duties import PeriodDue, State
from talentservice.errors import InputError

REPORT = {"who": "unit", "does": "report.filed", "to": ["office"], "every": "month"}
WITHIN, BEFORE, ABOUT = {"within_period": True}, {"before_period": True}, {"day": 25, "about": True}
AFTER = {"after_period": {"working_days": 5}}
MARCH = during(first=3, last=3)


def filed(when, by="un-1", **data):
    return event("report.filed", when, by, "unit", **data)


def owed(by, *events, day=None, window=MARCH, who=None, **changed):
    duty = rule("duty", **{**REPORT, "by": by, **changed})
    return duty.owed(log(*events), day or on(12, 31), window=window, **({"roster": who} if who else {}))


def rows(obligations):
    return [(o.period.start, o.day, o.state, o.late) for o in obligations]


@pytest.mark.parametrize(
    ("by", "month", "day"),
    [
        (WITHIN, 3, on(3, 31)),
        (BEFORE, 4, on(3, 31)),
        ({"day": 25}, 3, on(3, 25)),
        ({"day": 31}, 3, on(3, 31)),
        (ABOUT, 3, on(3, 25)),
        (AFTER, 2, on(3, 5)),  # 28 February is a Sunday: Monday to Friday
        ({"after_period": {"natural_days": 10}}, 2, on(3, 10)),
        ({"unstated": True}, 3, None),
    ],
)
def test_when_a_duty_of_every_month_is_due(by, month, day):
    (found,) = owed(by, day=on(3, 1))
    assert (found.period, found.day) == (during(first=month, last=month), day)
    assert (found.state, found.post, found.to) == (State.OPEN, None, ("office",))


@pytest.mark.parametrize(("by", "day"), [({"day": 31}, on(2, 28)), ({"day": 30}, on(2, 28)), (WITHIN, on(2, 28))])
def test_a_short_month_ends_with_its_last_day(by, day):
    assert [o.day for o in owed(by, window=during(first=2, last=2))] == [day]


@pytest.mark.parametrize(
    ("every", "by", "expected"),
    [
        ("quarter", {"day": 25}, [on(3, 25), on(6, 25), on(9, 25), on(12, 25)]),
        ("half-year", WITHIN, [on(6, 30), on(12, 31)]),
        ("year", {"after_period": {"months": 1}}, [on(2, 1)]),  # of 2020; 31 January is a Sunday
        ({"months": 2, "phase": 2}, WITHIN, [on(1, 31), on(3, 31), on(5, 31), on(7, 31), on(9, 30), on(11, 30)]),
        ({"months": 6}, BEFORE, [on(6, 30), on(12, 31)]),
    ],
)
def test_cycles_over_a_year(every, by, expected):
    assert [o.day for o in owed(by, window=during(), every=every)] == expected


def test_a_term_longer_than_the_cycle_falls_due_long_after_its_period():
    found = owed({"after_period": {"months": 2}}, window=MARCH)
    # December and two months is 28 February, a Sunday, so 1 March; January and two months is 31 March.
    assert [(o.period.start, o.day) for o in found] == [(on(12, 1, 2020), on(3, 1)), (on(1, 1), on(3, 31))]


def test_the_window_is_half_open():
    assert [o.day for o in owed(WITHIN, window=Period(on(1, 31), on(3, 31)))] == [on(1, 31), on(2, 28)]
    assert owed(WITHIN, window=Period(on(3, 31), on(3, 31))) == []
    assert [o.period.start for o in owed({"unstated": True}, window=Period(on(3, 31), on(4, 30)))] == [on(3, 1)]


# --- how it stands ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "day", "done", "state", "late"),
    [
        (WITHIN, on(3, 31), None, State.OPEN, 0),
        (WITHIN, on(4, 1), None, State.OVERDUE, 1),
        (WITHIN, on(4, 30), at(3, 31, 23, 59), State.DONE, 0),
        (WITHIN, on(4, 30), on(3, 1), State.DONE, 0),
        (WITHIN, on(4, 30), on(2, 28), State.OVERDUE, 30),
        (WITHIN, on(3, 30), on(3, 31), State.OPEN, 0),  # not seen yet
        ({"day": 25}, on(3, 25), None, State.OPEN, 0),
        ({"day": 25}, on(3, 26), None, State.OVERDUE, 1),
        ({"day": 25}, on(4, 30), on(3, 28), State.DONE_LATE, 3),
        # about the 25th is never overdue by the day
        (ABOUT, on(3, 26), None, State.OPEN, 0),
        (ABOUT, on(12, 31), None, State.OPEN, 0),
        (ABOUT, on(4, 30), on(3, 31), State.DONE, 0),
        ({"unstated": True}, on(12, 31), None, State.OPEN, 0),
        ({"unstated": True}, on(12, 31), on(3, 31), State.DONE, 0),
    ],
)
def test_how_a_duty_of_march_stands(by, day, done, state, late):
    (found,) = owed(by, *([filed(done)] if done else []), day=day)
    assert (found.state, found.late) == (state, late)


def test_about_a_day_is_marked_as_such():
    (found,) = owed(ABOUT)
    assert (found.about_day, found.due.certainty, found.term.en) == (
        True,
        Certainty.NOT_A_DATE,
        "about day 25 of the month",
    )
    assert found.to_dict()["about_day"] is True
    assert "March 2021: about day 25 of the month" in found.due.explain("en")
    assert "2021年3月，当月25日左右" in found.due.explain("zh")


@pytest.mark.parametrize(
    ("by", "zh", "en"),
    [
        (WITHIN, "期内", "within the period"),
        (BEFORE, "期初之前", "before the period"),
        ({"day": 25}, "当月25日", "day 25 of the month"),
        (AFTER, "期满后5个工作日", "5 working days after the period"),
        ({"unstated": True}, "未写明时限", "no time is printed"),
    ],
)
def test_the_time_in_words(by, zh, en):
    label = PeriodDue.model_validate(by).label if by is not AFTER else owed(AFTER)[0].term
    assert (label.zh, label.en) == (zh, en)


# --- which event counts for which period ---------------------------------------------------------------------------------

SPRING = during(first=2, last=5)


def months_done(by, *events, window=SPRING):
    return {o.period.start.month: o.state for o in owed(by, *events, window=window) if o.done_by}


@pytest.mark.parametrize(
    ("by", "when", "done"),
    [
        (WITHIN, on(3, 1), {3: State.DONE}),
        (WITHIN, on(3, 31), {3: State.DONE}),
        (ABOUT, on(4, 2), {4: State.DONE}),
        # before the period: what is filed in one month is for the next
        (BEFORE, on(3, 1), {4: State.DONE}),
        (BEFORE, on(3, 31), {4: State.DONE}),
        (BEFORE, on(1, 29), {}),  # for February, which fell due in January
        (BEFORE, on(2, 1), {3: State.DONE}),
        # after the period: up to its last day it is the one before, from then on the present one, early
        (AFTER, on(3, 1), {2: State.DONE}),
        (AFTER, on(3, 5), {2: State.DONE}),
        (AFTER, on(3, 6), {3: State.DONE}),
        (AFTER, on(3, 31), {3: State.DONE}),
        (AFTER, on(4, 1), {3: State.DONE}),
    ],
)
def test_an_event_that_names_no_period_counts_for_one(by, when, done):
    assert months_done(by, filed(when)) == done


def test_plans_filed_each_month_count_once_each():
    plans = [filed(on(m, 20)) for m in (1, 2, 4)]
    found = owed(BEFORE, *plans, window=SPRING, day=on(5, 31))
    assert rows(found) == [
        (on(3, 1), on(2, 28), State.DONE, 0),
        (on(4, 1), on(3, 31), State.OVERDUE, 61),
        (on(5, 1), on(4, 30), State.DONE, 0),
        (on(6, 1), on(5, 31), State.OPEN, 0),
    ]


@pytest.mark.parametrize("named", [on(4, 1), "2021-04-01"])
def test_what_is_done_late_names_its_period(named):
    found = owed(BEFORE, filed(on(4, 2), period=named), window=during(first=3, last=4), day=on(4, 30))
    assert rows(found) == [(on(4, 1), on(3, 31), State.DONE_LATE, 2), (on(5, 1), on(4, 30), State.OPEN, 0)]


def test_what_names_another_period_does_not_count_for_the_one_it_lies_in():
    assert months_done(WITHIN, filed(on(3, 5), period=on(2, 1))) == {2: State.DONE_LATE}
    assert months_done(WITHIN, filed(on(3, 5), period=on(3, 2))) == {}


def test_the_earliest_report_counts_and_a_complete_one_before_an_incomplete():
    first, second = filed(on(3, 5)), filed(on(3, 6))
    assert owed(WITHIN, second, first)[0].done_by == first
    whole = filed(on(3, 7), figures="12")
    (found,) = owed(WITHIN, first, whole, contents=["figures"])
    assert (found.done_by, found.state) == (whole, State.DONE)
    (found,) = owed(WITHIN, first, contents=["figures"])
    assert (found.state, found.lacks) == (State.INCOMPLETE, ("figures",))


# --- by whom and to whom ---------------------------------------------------------------------------------------------------

UNITS = roster(post("un-1", "unit"), post("un-2", "unit", "leader"), post("of-1", "office"))


def test_every_post_owes_its_own():
    found = owed(WITHIN, filed(on(3, 5), "un-2"), who=UNITS, day=on(3, 31))
    assert [(o.post, o.state) for o in found] == [("un-1", State.OPEN), ("un-2", State.DONE)]


def test_what_a_post_does_in_another_role_does_not_count():
    as_leader = event("report.filed", on(3, 5), "un-2", "leader")
    assert [o.state for o in owed(WITHIN, as_leader, who=UNITS)] == [State.OVERDUE, State.OVERDUE]
    assert [o.state for o in owed(WITHIN, event("report.filed", on(3, 5), "of-1", "office"))] == [State.OVERDUE]


@pytest.mark.parametrize(
    ("to", "office", "leader"),
    [
        (["office"], State.DONE, State.OVERDUE),
        (["of-1"], State.DONE, State.OVERDUE),
        (["office", "leader"], State.DONE, State.DONE),
        ([], State.OVERDUE, State.OVERDUE),
    ],
)
def test_each_recipient_gets_its_own(to, office, leader):
    report = event("report.filed", on(3, 5), "un-1", "unit", to=to)
    who = roster(post("un-1", "unit"), post("of-1", "office"))
    found = owed(WITHIN, report, to=["office", "leader"], to_each=True, who=who)
    assert [(o.to, o.state) for o in found] == [(("office",), office), (("leader",), leader)]


def test_what_is_sent_elsewhere_does_not_count():
    elsewhere = event("report.filed", on(3, 5), "un-1", "unit", to=["leader"])
    assert owed(WITHIN, elsewhere)[0].state is State.OVERDUE


def test_periods_that_end_outside_the_documents_time_owe_nothing():
    text = region(
        clause("1", duty={"it": {**REPORT, "by": WITHIN}}),
        document={"in_force_from": on(2, 15), "in_force_until": on(4, 29)},
    )
    ask = {"window": during(first=1, last=6)}
    assert [o.day for o in text.duty("it").owed(log(), on(1, 1), **ask)] == [on(2, 28), on(3, 31)]
    assert len(text.duty("it").owed(log(), on(1, 1), **ask, as_if_in_force=True)) == 6


def test_the_first_report_after_a_document_began_has_none_before_it():
    text = region(clause("1", duty={"it": {**REPORT, "by": AFTER}}), document={"in_force_from": on(2, 15)})
    (found,) = text.duty("it").owed(log(filed(on(2, 1))), on(3, 5), window=MARCH)
    assert (found.period, found.state) == (during(first=2, last=2), State.DONE)


def test_a_duty_of_every_period_is_asked_by_its_period():
    duty = rule("duty", **REPORT, by=AFTER)
    assert duty.due_in(during(first=2, last=2)).value == on(3, 5)
    with pytest.raises(InputError, match=r"recurs every period; ask due_in\(period\)"):
        duty.due(on(3, 1))


@pytest.mark.parametrize(
    "by", [{}, {"day": 32}, {"day": 0}, {"about": True}, {"day": 5, "within_period": True}, {"before_period": False}]
)
def test_what_is_no_time_in_a_period_is_refused(by):
    with pytest.raises(ValidationError):
        PeriodDue.model_validate(by)
