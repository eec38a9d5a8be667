"""Laws of duties that hold for every log."""

import json
from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.invented import clause, during, event, on, region

from talentservice import BEIJING, Event, EventLog, Period
from talentservice.duties import State
from talentservice.events import read_event

TEXT = region(
    clause("1", duty={
        "reply": {"who": "unit", "does": "ticket.replied", "after": "ticket.received", "within": {"working_days": 7},
                  "clock": ["pause", "extend"], "contents": ["outcome"]},
        "slip": {"who": "unit", "does": "ticket.closed", "after": "slip.assigned", "within": {"stated": "due"},
                 "clock": ["extend"]},
    }),
    clause("2", duty={
        "explain": {"who": "unit", "does": "written.explained", "after": {"overdue": "reply"}, "within": {"natural_days": 5}},
        "monthly": {"who": "unit", "does": "report.filed", "every": "month", "by": {"within_period": True}},
        "ahead": {"who": "unit", "does": "report.filed", "every": "month", "by": {"before_period": True}},
        "behind": {"who": "unit", "does": "report.filed", "every": "month", "by": {"after_period": {"working_days": 5}}},
    }),
)  # fmt: skip
DUTIES = ("reply", "slip", "explain", "monthly", "ahead", "behind")
KINDS = TEXT.scope.events
cheap = settings(max_examples=100, deadline=None)

days = st.dates(on(1, 1), on(6, 30))
moments = st.builds(datetime.combine, days, st.builds(time, st.integers(0, 23), st.integers(0, 59)), st.just(BEIJING))
tickets = st.sampled_from(["T-1", "T-2"])


def about(kind, **data):
    """Events of a kind about one of two tickets, on a day or at a moment."""
    return st.builds(
        lambda when, ticket, values: Event(kind, when, by="un-1", role="unit", subjects={"ticket": ticket}, data=values),
        days | moments, tickets, st.fixed_dictionaries(data),
    )  # fmt: skip


happenings = st.one_of(
    about("ticket.received"),
    about("ticket.replied", outcome=st.sampled_from(["solved", ""])),
    about("slip.assigned", due=days | st.just("soon")),
    about("ticket.closed"),
    about("written.explained"),
    st.builds(lambda when: event("report.filed", when, "un-1", "unit"), days | moments),
)
logs = st.lists(happenings, max_size=12)


def owed(name, events, day, window=None):
    return TEXT.duty(name).owed(EventLog(events), day, window=window or during())


def shown(events, day):
    return {name: [o.to_dict() for o in owed(name, events, day)] for name in DUTIES}


unrelated = st.one_of(
    st.builds(lambda when: event("meeting.held", when, "of-1", "office"), days | moments),
    st.builds(lambda when: event("visit.made", when, "un-1", "unit", about={"enterprise": "c-1"}), days | moments),
    st.builds(lambda when: event("ticket.replied", when, "un-1", "unit", about={"ticket": "T-9"}, outcome="x"), days),
    st.builds(lambda when: event("ticket.urged", when, "of-1", "office", about={"ticket": "T-1"}), days | moments),
    st.builds(lambda when: event("clock.restarted", when, "of-1", "office", about={"ticket": "T-1"}), days | moments),
)


@cheap
@given(logs, st.lists(unrelated, max_size=5), days)
def test_unrelated_events_change_nothing(events, others, day):
    assert shown([*events, *others], day) == shown(events, day)


@cheap
@given(logs, logs, days)
def test_what_happens_after_the_day_is_not_seen(events, later, day):
    seen = [e for e in later if e.on > day]
    assert shown([*events, *seen], day) == shown(events, day)


@cheap
@given(logs, days, st.randoms(use_true_random=False))
def test_the_order_of_the_log_does_not_matter_where_times_differ(events, day, random):
    distinct = list({(e.kind, e.at if isinstance(e.at, datetime) else (e.at,)): e for e in events}.values())
    mixed = random.sample(distinct, len(distinct))
    for name in DUTIES:
        before, after = ([json.dumps(o.to_dict()) for o in owed(name, rows, day)] for rows in (distinct, mixed))
        assert sorted(before) == sorted(after)


@cheap
@given(logs, days)
def test_a_log_read_back_from_json_owes_the_same(events, day):
    back = [read_event(json.loads(json.dumps(e.to_dict())), KINDS) for e in events]
    assert shown(back, day) == shown(events, day)


@cheap
@given(logs, days)
def test_how_it_stands_follows_from_its_day(events, day):
    for name in DUTIES:
        for found in owed(name, events, day):
            reference = found.done_by.on if found.done_by else day
            late = found.day is not None and reference > found.day
            assert (found.late > 0) == late
            assert found.late == ((reference - found.day).days if late else 0)
            if found.done_by is None:
                assert found.state is (State.OVERDUE if late else State.OPEN)
            elif not found.lacks:
                assert found.state is (State.DONE_LATE if late else State.DONE)
            else:
                assert found.state is State.INCOMPLETE


@cheap
@given(logs, days, st.integers(1, 60))
def test_time_alone_only_makes_an_open_duty_overdue(events, day, more):
    known = [e for e in events if e.on <= day]
    later = day + timedelta(days=more)
    for name in ("reply", "slip", "monthly", "ahead", "behind"):
        before, after = owed(name, known, day), owed(name, known, later)
        for one, two in zip(before, after, strict=True):
            assert one.day == two.day
            assert two.state is one.state or (one.state, two.state) == (State.OPEN, State.OVERDUE)
            assert two.late >= one.late


@cheap
@given(days, st.integers(0, 30), st.integers(0, 30), st.integers(0, 20))
def test_a_pause_or_an_extension_never_brings_the_day_forward(received, before, length, extended):
    start = event("ticket.received", received, "un-1", "unit", about={"ticket": "T-1"})
    paused = received + timedelta(days=before)
    marks = [
        event("clock.paused", paused, about={"ticket": "T-1"}),
        event("clock.resumed", paused + timedelta(days=length), about={"ticket": "T-1"}),
    ]
    if extended:
        marks.append(event("clock.extended", received, about={"ticket": "T-1"}, working_days=extended))
    (plain,) = owed("reply", [start], date(2021, 12, 31))
    (moved,) = owed("reply", [start, *marks], date(2021, 12, 31))
    assert moved.day >= plain.day
    assert moved.late <= plain.late
    if extended and not length:
        assert moved.day > plain.day


@cheap
@given(st.lists(days | moments, max_size=8))
def test_an_event_that_names_no_period_counts_for_one_at_most(whens):
    events = [event("report.filed", when, "un-1", "unit", n=n) for n, when in enumerate(whens)]
    for name in ("monthly", "ahead", "behind"):
        counted = [o.done_by.data["n"] for o in owed(name, events, on(12, 31), during()) if o.done_by]
        assert len(counted) == len(set(counted))


@cheap
@given(logs, days, days, days)
def test_the_window_chooses_periods_and_changes_none(events, day, first, last):
    first, last = sorted((first, last))
    window = Period(first, last)
    for name in ("monthly", "ahead", "behind"):
        whole = [o.to_dict() for o in owed(name, events, day) if o.day in window]
        assert [o.to_dict() for o in owed(name, events, day, window)] == whole
