"""What a period comes to: every figure as of a day, by sub-period, leading to the very events it rests on. Days are of 2021."""

import json

import pytest
from tests.unit.invented import at, both, clause, event, on, post, region, roster, serves

from talentservice import month, year
from talentservice.desk import Desk, days
from talentservice.duties import State

PEOPLE = roster(
    post("office-1", "office"),
    post("desk-a", "unit"),
    post("leader-1", "leader"),
    post("leader-2", "leader"),
    serves("leader-1", "talent-1"),
    serves("leader-2", "talent-2", since=on(7, 1)),
)


@pytest.fixture(scope="module")
def here():
    met = {"who": "leader", "count": "interview.held", "at_least": 1}
    return region(
        clause("1", duty={"reply": {"who": "unit", "does": "ticket.replied", "after": "ticket.received", "within": {"working_days": 7}}}),
        clause("2", duty={"plan": {"who": "office", "does": "plan.filed", "every": "quarter", "by": {"within_period": True}}}),
        clause("3", quota={"by-month": {**met, "per": "month"}, "by-quarter": {**met, "per": "quarter"},
                           "by-year": {**met, "per": "year", "at_least": 4}}),
        clause("4", quota={"served": {"who": "leader", "standing": "relation", "at_least": 1}}),
        clause("5", indicator={"answered": {"count": "ticket.replied", "among": "ticket.received", "distinct": "ticket"}}),
        clause("6", duty={"tell": {"who": "office", "does": "notice.given", "after": "ticket.received",
                                   "within": {"working_days": {"parameter": "term"}}}},
               quota={"visits": {"who": "unit", "count": "visit.made", "per": "year", "at_least": {"parameter": "times"}}},
               indicator={"scored": {"count": "ticket.replied", "where": {"field": "score", "at_least": {"parameter": "line"}}}},
               parameter={n: {"type": "count", "why": both("not printed")} for n in ("term", "times", "line")}),
    )  # fmt: skip


def ticket(kind, when, name):
    return event(f"ticket.{kind}", when, by="desk-a", about={"ticket": name})


HELD = [event("interview.held", on(*d), by="leader-1", about={"talent": "talent-1"}) for d in ((2, 3), (2, 26), (6, 3))]
EVENTS = [
    ticket("received", on(2, 1), "T-1"),
    ticket("replied", on(2, 9), "T-1"),
    ticket("received", on(2, 28), "T-2"),
    ticket("replied", on(3, 15), "T-2"),
    ticket("received", on(3, 1), "T-3"),
    ticket("received", on(6, 29), "T-4"),
    event("plan.filed", on(3, 31), by="office-1"),
    *HELD,
]


def report(here, period, **more):
    return Desk(here, PEOPLE, EVENTS).report(period, **more)


def duties(report):
    return {line.duty: {s.value: n for s, n in line.counts.items()} for line in report.duties}


def quotas(report):
    return [
        (line.rule.id, line.period.label.en, {t.actor: t.done for t in line.answer.value}) for line in report.quotas
    ]


def figure(report):
    ((answer),) = [line.answer.value for line in report.indicators]
    return answer.number, answer.of


# ---- periods ----------------------------------------------------------------------------------------------------------------


def test_a_month(here):
    """T-1 was due on 10 February and T-2, received on the last day of February, belongs to the month it came in."""
    found = report(here, month(2021, 2))
    assert (found.region, found.on, found.period.label.en) == ("nowhere", on(2, 28), "February 2021")
    assert duties(found) == {"reply": {"done": 1, "open": 1}}
    assert quotas(found) == [
        ("by-month", "February 2021", {"leader-1": 2, "leader-2": 0}),
        ("served", "2021-02-28 to 2021-02-28", {"leader-1": 1, "leader-2": 0}),
    ]
    assert figure(found) == (1, 2)


def test_the_same_month_asked_later(here):
    """On 15 March T-2 is answered, two working days after 9 March: what February began is done late."""
    found = report(here, month(2021, 2), on=on(3, 31))
    assert duties(found) == {"reply": {"done": 1, "done-late": 1}}
    (line,) = found.duties
    assert [(o.about, o.day, o.late) for o in line.obligations if o.state is State.DONE_LATE] == [("T-2", on(3, 9), 6)]
    assert figure(found) == (1, 2), "the reply itself was given in March"


def test_a_year_has_a_line_for_each_sub_period(here):
    found = report(here, year(2021))
    lines = quotas(found)
    assert [period for name, period, _ in lines if name == "by-quarter"] == [
        f"quarter {n} of 2021" for n in (1, 2, 3, 4)
    ]
    assert [t["leader-1"] for name, _, t in lines if name == "by-quarter"] == [2, 1, 0, 0]
    assert [t["leader-1"] for name, _, t in lines if name == "by-month"] == [0, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    assert [(p, t) for name, p, t in lines if name == "by-year"] == [("2021", {"leader-1": 3, "leader-2": 0})]
    assert [(p, t) for name, p, t in lines if name == "served"] == [
        ("2021-12-31 to 2021-12-31", {"leader-1": 1, "leader-2": 1})
    ]
    assert duties(found) == {
        "reply": {"done": 1, "done-late": 1, "overdue": 2},
        "plan": {"done": 1, "overdue": 2, "open": 1},
    }
    assert figure(found) == (2, 4)


def test_a_quarter_has_no_line_for_the_year(here):
    names = {name for name, _, _ in quotas(report(here, days(on(4, 1), on(6, 30))))}
    assert names == {"by-month", "by-quarter", "served"}


def test_a_report_knows_nothing_of_what_came_after_its_day(here):
    """On 2 June the interview of 3 June is not held and T-4 not received."""
    found = report(here, year(2021), on=on(6, 2))
    assert {n: t["leader-1"] for n, p, t in quotas(found) if p in ("2021", "June 2021", "quarter 2 of 2021")} == {
        "by-month": 0,
        "by-quarter": 0,
        "by-year": 2,
    }
    (served,) = [line.answer.value for line in found.quotas if line.rule.id == "served"]
    assert {t.actor: t.done for t in served} == {"leader-1": 1, "leader-2": 0}, "leader-2 serves from July"
    assert figure(found) == (2, 3)
    assert duties(found)["reply"] == {"done": 1, "done-late": 1, "overdue": 1}
    assert [o.about for line in found.duties if line.duty == "reply" for o in line.obligations] == ["T-3", "T-2", "T-1"]


def test_a_document_that_came_in_the_course_of_a_year_counts_for_that_year():
    quota = {"who": "leader", "count": "interview.held", "per": "year", "at_least": 1}
    young = region(clause("1", quota={"it": quota}), document={"issued": on(6, 23)})
    desk = Desk(young, PEOPLE, HELD)
    assert quotas(desk.report(year(2021))) == [("it", "2021", {"leader-1": 3, "leader-2": 0})]
    assert [rule.id for rule, _ in desk.numbers(on(12, 31))] == ["it"], "as the numbers of its last day say"
    assert quotas(desk.report(year(2021), on=on(6, 22))) == []
    assert quotas(desk.report(year(2020))) == []


# ---- where a figure comes from ----------------------------------------------------------------------------------------------


def test_a_figure_leads_to_the_very_events(here):
    found = report(here, year(2021))
    (reply, _plan) = found.duties
    by_ticket = {o.about: o for o in reply.obligations}
    assert (by_ticket["T-1"].started_by, by_ticket["T-1"].done_by) == (EVENTS[0], EVENTS[1])
    assert (by_ticket["T-3"].started_by, by_ticket["T-3"].done_by) == (EVENTS[4], None)
    (yearly,) = [line for line in found.quotas if line.rule.id == "by-year"]
    assert {t.actor: t.events for t in yearly.answer.value} == {"leader-1": tuple(HELD), "leader-2": ()}
    (indicator,) = found.indicators
    assert indicator.answer.value.events == (EVENTS[1], EVENTS[3])


def test_a_report_as_json_carries_the_events_on_request_only(here):
    found = report(here, year(2021))
    short, full = (json.loads(json.dumps(found.to_dict(drill=drill))) for drill in (False, True))
    assert (short["region"], short["on"], short["period"]["en"]) == ("nowhere", "2021-12-31", "2021")
    (line,) = [q for q in full["quotas"] if q["quota"] == "by-year"]
    assert [e["at"] for e in line["tallies"][0]["events"]] == ["2021-02-03", "2021-02-26", "2021-06-03"]
    assert [o["done_by"]["at"] for o in full["duties"][0]["obligations"] if o["done_by"]] == [
        "2021-03-15",
        "2021-02-09",
    ]
    assert [e["ticket"] for e in full["indicators"][0]["figure"]["events"]] == ["T-1", "T-2"]
    assert "events" not in json.dumps([short["quotas"], short["duties"]])
    assert short["indicators"][0]["figure"]["events"] is None
    assert short["indicators"][0]["figure"]["share"] == "1/2"
    assert {tuple(q["clauses"]) for q in short["quotas"]} == {("d:3",), ("d:4",)}
    assert short["duties"][0]["counts"] == {"overdue": 2, "done-late": 1, "done": 1}


def test_everything_that_waits_for_a_parameter_is_named_and_the_rest_is_answered(here):
    """A duty, a quota and an indicator wait; nothing else is lost for that."""
    found = report(here, year(2021))
    assert [next(n for n in ("term", "times", "line") if f"'{n}'" in w.en) for w in found.waiting] == [
        "term", "times", "line",
    ]  # fmt: skip
    assert all("d:6" in w.zh for w in found.waiting)
    assert [w["en"] for w in found.to_dict()["waiting"]] == [w.en for w in found.waiting]
    chosen = here.configure(parameters={"term": 3, "times": 1, "line": 60})
    complete = report(chosen, year(2021))
    assert complete.waiting == ()
    assert {line.duty for line in complete.duties} == {"reply", "plan", "tell"}
    assert {line.rule.id for line in complete.indicators} == {"answered", "scored"}


# ---- the agenda beside it ---------------------------------------------------------------------------------------------------


def test_an_agenda_shows_what_is_done_on_request_only(here):
    desk = Desk(here, PEOPLE, EVENTS)
    owed = {(o.about, o.state.value) for o in desk.agenda(on(3, 31)).obligations if o.duty == "reply"}
    everything = {(o.about, o.state.value) for o in desk.agenda(on(3, 31), done=True).obligations if o.duty == "reply"}
    assert owed == {("T-3", "overdue")}
    assert everything == owed | {("T-1", "done"), ("T-2", "done-late")}


def test_what_lacks_its_contents_is_still_owed():
    duty = {
        "who": "unit",
        "does": "ticket.replied",
        "after": "ticket.received",
        "within": {"working_days": 7},
        "contents": ["reason"],
    }
    here = region(clause("1", duty={"reply": duty}))
    log = [*EVENTS[:2], event("ticket.received", at(2, 1), about={"ticket": "T-9"}),
           event("ticket.replied", at(2, 2), about={"ticket": "T-9"}, reason="x")]  # fmt: skip
    found = Desk(here, PEOPLE, log).agenda(on(3, 31)).obligations
    assert [(o.about, o.state.value, o.lacks) for o in found] == [("T-1", "incomplete", ("reason",))]
