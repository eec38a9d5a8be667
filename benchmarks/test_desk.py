"""A desk with three years behind it: a ledger of 100,000 events, asked what is owed on a day and what a year comes to.

50 units and 20 liaison officers handle 19,900 needs, each in five events: submitted, dispatched, received, replied to, fed back;
the rest are half-yearly reports and interviews. Nobody ever says that a need was accepted, so every ticket is still owed that:
the agenda is as long as it can be.
"""

import gc
import random
from datetime import date, datetime, timedelta
from importlib import metadata

import pytest

import talentservice as ts
from talentservice.desk import Desk
from talentservice.duties import State

SEED, EVENTS, TICKETS, ROUNDS = 20190101, 100_000, 19_900, 7
FIRST, DAYS = datetime(2019, 1, 2, 9, tzinfo=ts.BEIJING), 3 * 365
ON = date(2021, 9, 30)


def posts(role, *names):
    return [ts.Post(id=name, label=ts.Label(zh=name, en=name), roles=[role]) for name in names]


UNITS, LIAISONS, LEADERS = (
    [f"{name}-{n:02}" for n in range(many)] for name, many in (("unit", 50), ("liaison", 20), ("leader", 20))
)
ROSTER = ts.Roster(
    posts=[
        *posts("talent-office", "office-1"),
        *posts("unit", *UNITS),
        *posts("liaison", *LIAISONS),
        *posts("class-2-leader", *LEADERS),
    ]
)


def of_ticket(dice, number):
    """The five events of one need, a few days apart; a unit takes up to a fortnight, which is late."""
    about, unit, at = {"ticket": f"T-{number}"}, dice.choice(UNITS), FIRST + timedelta(dice.randrange(DAYS - 40))
    at += timedelta(minutes=dice.randrange(480))
    path = [
        ("ticket.submitted", dice.choice(LIAISONS), "liaison", (0,)),
        ("ticket.dispatched", "office-1", "talent-office", range(3)),
        ("ticket.received", unit, "unit", range(2)),
        ("ticket.replied", unit, "unit", range(1, 16)),
        ("feedback.given", "office-1", "talent-office", range(8)),
    ]
    for kind, by, role, days in path:
        at += timedelta(dice.choice(days))
        yield ts.Event(kind, at, by, role, subjects=about)


@pytest.fixture(scope="module")
def events():
    dice = random.Random(SEED)
    found = [event for number in range(TICKETS) for event in of_ticket(dice, number)]
    halves = [date(year, month, 20) for year in (2019, 2020, 2021) for month in (6, 12)]
    found += [
        ts.Event("report.filed", day, name, "liaison", to=("talent-office",)) for day in halves for name in LIAISONS
    ]
    while len(found) < EVENTS:
        day, about = (FIRST + timedelta(dice.randrange(DAYS))).date(), {"talent": f"talent-{dice.randrange(60)}"}
        found.append(ts.Event("interview.held", day, dice.choice(LEADERS), "class-2-leader", subjects=about))
    dice.shuffle(found)
    return found


@pytest.fixture(scope="module")
def desk(events):
    region = ts.region("nanhai").configure(parameters={"member-units": ["bureau-a"]})
    found = Desk(region, ROSTER, events)
    assert len(found.log.events) == EVENTS
    return found


@pytest.fixture
def timed(benchmark):
    """Time one question; what pytest and the ledger hold is not searched by every garbage collection of it."""

    def run(way, work):
        gc.collect()
        gc.freeze()
        benchmark.extra_info |= {
            "task": "desk",
            "who": f"talentservice, {way}",
            "operations": 1,
            "version": metadata.version("talentservice"),
        }
        found = benchmark.pedantic(work, rounds=ROUNDS, iterations=1, warmup_rounds=1)
        gc.unfreeze()
        return found

    return run


def test_log(timed, events):
    """Putting the events in order, once after something was recorded."""
    assert len(timed("events put in order", lambda: ts.EventLog(events)).events) == EVENTS


def test_agenda(timed, desk):
    """Everything owed on a day, overdue first; the log ends after that day."""
    found = timed("agenda of a day", lambda: desk.agenda(ON))
    told = [o for o in found.obligations if o.duty == "tell-accepted"]
    dispatched = sum(e.kind == "ticket.dispatched" and e.on <= ON for e in desk.log.events)
    assert len(told) == dispatched
    assert {o.state for o in found.obligations} == {State.OVERDUE, State.OPEN}


def test_report(timed, desk):
    """What a year comes to: every duty, quota and indicator."""
    found = timed("report of a year", lambda: desk.report(ts.year(2021)))
    counts = {line.duty: sum(line.counts.values()) for line in found.duties}
    received = sum(e.kind == "ticket.received" and e.on.year == 2021 for e in desk.log.events)
    assert counts["reply"] == received
    assert counts["half-year-report"] == 2 * len(LIAISONS)
