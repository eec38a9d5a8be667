"""Events: read strictly, written flat, kept in the order they happened."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from tests.unit.invented import EVENTS, at, event, log, on

from talentservice import BEIJING, Event
from talentservice.errors import InvalidDate, InvalidText, NaiveDatetime, UnknownName, WrongType
from talentservice.events import STANDARD, EventKind, blank, known_day, read_at, read_event

KINDS = {**STANDARD, **{name: EventKind.model_validate(kind) for name, kind in EVENTS.items()}}


def row(**changed):
    return {"kind": "ticket.received", "at": "2021-03-01T09:00:00+08:00", "ticket": "T-1"} | changed


def test_an_event_is_read_with_its_subjects_and_the_rest_as_data():
    found = read_event(
        row(by="p-1", role="unit", to=["office", "p-2"], id="e-1", part="u-1", due="2021-03-10", n=3, talent="x"), KINDS
    )
    assert found == Event(
        "ticket.received", at(3, 1), by="p-1", role="unit", to=("office", "p-2"), id="e-1",
        subjects={"ticket": "T-1", "part": "u-1"}, data={"due": "2021-03-10", "n": 3, "talent": "x"},
    )  # fmt: skip


def test_one_address_may_stand_alone():
    assert read_event(row(to="office"), KINDS).to == ("office",)
    assert read_event(row(to=None), KINDS).to == ()


def test_what_is_empty_is_left_out():
    found = read_event(row(by=None, role=None, id="", ticket=None), KINDS)
    assert (found.by, found.role, found.id, found.subjects, found.data) == (None, None, "", {}, {})


@pytest.mark.parametrize(
    ("changed", "error", "text"),
    [
        pytest.param({"kind": None}, WrongType, "an event needs a kind, as text", id="no-kind"),
        pytest.param({"kind": "ticket.recieved"}, UnknownName, "Did you mean 'ticket.received'?", id="unknown-kind"),
        pytest.param({"at": None}, WrongType, "a date is due, got NoneType", id="no-time"),
        pytest.param({"at": "2021-03-01T09:00:00"}, NaiveDatetime, "the time has no zone", id="D12"),
        pytest.param({"at": "2021/06/18"}, InvalidDate, "not a date: '2021/06/18'; write 2021-06-18", id="D06"),
        pytest.param({"at": "01/02/03"}, InvalidDate, "not a date: '01/02/03'", id="D08"),
        pytest.param({"at": "第10号"}, InvalidDate, "not a date", id="D09"),
        pytest.param({"at": 1623974400}, WrongType, "got the number 1623974400", id="D10"),
        pytest.param({"at": 0}, WrongType, "got the number 0", id="D11"),
        pytest.param({"at": "2021-06-18T23:59:60+08:00"}, InvalidDate, "not a date", id="D15"),
        pytest.param({"at": "1800-01-01"}, InvalidDate, "1800-01-01 lies outside", id="D17"),
        pytest.param({"at": "9999-12-31"}, InvalidDate, "use None for no end", id="D18"),
        pytest.param({"at": "0000-01-01"}, InvalidDate, "not a date", id="D19"),
        pytest.param({"ticket": 5}, WrongType, "an id is text, got int", id="subject-number"),
        pytest.param({"ticket": "T\x00"}, InvalidText, "U+0000", id="T04"),
        pytest.param({"by": "a\nb"}, InvalidText, "a line break is not allowed here", id="T10"),
        pytest.param({"by": 7}, WrongType, "an id is text, got int", id="by-number"),
        pytest.param({"to": 5}, WrongType, "to is an id or a list of ids, got int", id="to-number"),
        pytest.param({"to": {"office": 1}}, WrongType, "to is an id or a list of ids, got dict", id="to-table"),
        pytest.param({"to": ["office", 5]}, WrongType, "an id is text, got int", id="to-list"),
        pytest.param({"note": "a\ud800"}, InvalidText, "U+D800", id="T03"),
        pytest.param({"note": "x" * 2001}, InvalidText, "2001 characters; at most 2000", id="T06"),
        pytest.param({"note": ["a", {"b": "\x00"}]}, InvalidText, "U+0000", id="deep"),
        pytest.param({"note": json.loads("[" * 30 + "]" * 30)}, InvalidText, "nested more than 20 deep", id="T07"),
    ],
)
def test_a_wrong_value_is_named(changed, error, text):
    with pytest.raises(error) as wrong:
        read_event(row(**changed), KINDS)
    assert text in wrong.value.en
    assert wrong.value.zh


def test_a_local_time_is_beijing_time_where_the_reader_says_so():
    assert read_event(row(at="2021-03-01T09:00:00"), KINDS, local=True).at == at(3, 1)
    assert read_at("2021-03-01", local=True) == date(2021, 3, 1)


@pytest.mark.parametrize(
    ("when", "day"),
    [
        (date(2021, 6, 18), date(2021, 6, 18)),
        (datetime(2021, 6, 18, 17, 30, tzinfo=UTC), date(2021, 6, 19)),  # bad input D13
        (datetime(2021, 6, 18, 15, 59, 59, tzinfo=UTC), date(2021, 6, 18)),
        (datetime(2021, 6, 18, 0, 30, tzinfo=BEIJING), date(2021, 6, 18)),
        (datetime(2021, 6, 18, 0, 30, tzinfo=timezone(timedelta(hours=14))), date(2021, 6, 17)),
    ],
)
def test_the_day_is_the_day_in_beijing(when, day):
    assert event("meeting.held", when).on == day


def test_an_event_without_a_zone_has_no_day():
    with pytest.raises(NaiveDatetime):
        event("meeting.held", datetime(2021, 6, 18, 9)).on  # noqa: B018, DTZ001  # that is the point


def test_facts_are_data_subjects_and_actor():
    happened = event("ticket.replied", on(3, 1), "p-1", "unit", about={"ticket": "T-1"}, outcome="solved", ticket="T-2")
    assert happened.facts() == {"outcome": "solved", "ticket": "T-1", "by": "p-1", "role": "unit"}


def test_data_does_not_hide_what_the_event_has_itself():
    data = {"kind": "x", "at": "y", "ticket": "z", "id": "w", "to": "v"}
    happened = Event("ticket.replied", on(3, 1), by="p-1", subjects={"ticket": "T-1"}, data=data)
    assert happened.to_dict() == {"kind": "ticket.replied", "at": "2021-03-01", "by": "p-1", "ticket": "T-1"}


def test_an_event_is_written_flat_and_in_json():
    happened = event(
        "ticket.replied", at(3, 1, 9, 30), "p-1", "unit", to=["office"], about={"ticket": "T-1"},
        amount=Decimal("1.10"), due=on(3, 10), units=["a", "b"], ok=True,
    )  # fmt: skip
    assert json.loads(json.dumps(happened.to_dict())) == {
        "kind": "ticket.replied", "at": "2021-03-01T09:30:00+08:00", "by": "p-1", "role": "unit", "to": ["office"],
        "ticket": "T-1", "amount": "1.10", "due": "2021-03-10", "units": ["a", "b"], "ok": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (on(3, 1), on(3, 1)),
        ("2021-03-01", on(3, 1)),
        (at(3, 1, 23), on(3, 1)),
        ("2021-02-28T17:00:00+00:00", on(3, 1)),
        ("2021-03-01T09:00:00", None),
        (datetime(2021, 3, 1, 9), None),  # noqa: DTZ001  # that is the point
        ("尽快", None),
        (20210301, None),
        (True, None),
        (None, None),
        ("1999-12-31", None),
    ],
)
def test_the_day_a_field_holds(value, day):
    assert known_day(value) == day


@pytest.mark.parametrize("value", [None, "", " ", "\u3000\n", [], (), {}, set(), frozenset()])
def test_blank(value):
    assert blank(value)


@pytest.mark.parametrize("value", [0, False, "0", [0], {"a": None}, Decimal(0)])
def test_not_blank(value):
    assert not blank(value)


# --- the log ----------------------------------------------------------------------------------------------------------


def kinds(events):
    return [e.kind for e in events]


def test_a_day_without_an_hour_comes_before_the_moments_of_that_day_and_equal_times_keep_their_order():
    found = log(
        event("c", at(3, 1, 9)), event("e", at(3, 2, 0)), event("a", on(3, 1)), event("d", at(3, 1, 9)),
        event("b", datetime(2021, 2, 28, 16, tzinfo=UTC)),
    )  # fmt: skip
    assert kinds(found.events) == ["a", "b", "c", "d", "e"]


def test_events_are_found_by_kind_and_by_subject():
    one, two = (event("ticket.replied", on(3, d), about={"ticket": f"T-{d}"}) for d in (1, 2))
    found = log(two, one)
    assert found.of_kind("ticket.replied") == [one, two]
    assert found.about("ticket.replied", "ticket", "T-2") == [two]
    assert found.of_kind("visit.made") == found.about("ticket.replied", "ticket", "T-9") == []


def test_the_log_until_a_day_ends_with_that_day():
    found = log(event("a", on(3, 1)), event("b", at(3, 2, 23, 59)), event("c", at(3, 3, 0)))
    assert kinds(found.until(on(3, 2)).events) == ["a", "b"]
    assert found.until(on(3, 3)) is found
    assert log().until(on(3, 1)).events == ()


def test_every_standard_kind_has_both_names():
    assert all(kind.label.zh and kind.label.en for kind in STANDARD.values())
