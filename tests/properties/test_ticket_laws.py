"""Laws of tickets that hold for every sequence of commands."""

import copy
import json
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.invented import EVENTS, GIVEN, ROLES, STATES, TABLE, at, flow

from talentservice import Command, Event, decide, evolve
from talentservice.errors import TalentServiceError
from talentservice.events import EventKind, read_event
from talentservice.flows import replay

KINDS = {name: EventKind.model_validate(kind) for name, kind in EVENTS.items()}
NEED = flow()
START, LAST = NEED.open("T-1"), {"closed", "withdrawn"}
PROGRESS = ["sent", "in-hand", "answered"]
cheap = settings(max_examples=150, deadline=None)

commands = st.builds(
    Command,
    step=st.sampled_from([*TABLE, "unknown"]),
    by=st.sampled_from(["p-1", "p-2", ""]),
    role=st.sampled_from([*ROLES, "stranger"]),
    at=st.integers(0, 40).map(lambda hours: at(3, 1) + timedelta(hours=hours)),
    data=st.sampled_from([GIVEN, {}, {"opinion": "甲"}, {"reply": "乙", "satisfied": False}]),
    expected_version=st.none() | st.integers(0, 6),
    id=st.sampled_from(["", "c-1", "c-2", "c-3", "c-4"]),
    part=st.sampled_from([None, None, None, "a"]),
)
# Enough right commands for tickets to get somewhere.
likely = st.sampled_from(
    [
        Command(step, "p-1", role, at(3, 2), GIVEN)
        for step, (_, _, roles, _) in TABLE.items()
        if step != "withdraw"
        for role in roles
    ]
)
walks = st.lists(commands | likely, max_size=25)


def walk(machine, ticket, asked):
    """Every ticket on the way, with the command and the events it led to (none where it was refused)."""
    for command in asked:
        try:
            happened = decide(machine, ticket, command)
        except TalentServiceError:
            happened = ()
        yield ticket, command, happened
        for event in happened:
            ticket = evolve(ticket, event)
    yield ticket, None, ()


@cheap
@given(walks)
def test_no_step_is_accepted_from_a_wrong_role_a_wrong_state_or_nobody(asked):
    for ticket, command, happened in walk(NEED, START, asked):
        for event in happened:
            starts, to, roles, _ = TABLE[event.step]
            assert event.role in roles
            assert event.by
            assert event.after == to
            if event not in ticket.history:
                assert ticket.state in starts
                assert command.part is None


@cheap
@given(walks)
def test_a_refused_command_changes_nothing(asked):
    ticket = START
    for command in asked:
        before, refusals = copy.deepcopy(ticket), []
        try:
            happened = decide(NEED, ticket, command)
        except TalentServiceError as error:
            happened, refusals = (), [error]
        assert ticket == before  # nor does a decision change it, before it is taken in
        assert all(error.message("en") and error.message("zh") for error in refusals)
        assert bool(happened) != bool(refusals)
        for event in happened:
            ticket = evolve(ticket, event)


@cheap
@given(walks)
def test_a_ticket_is_the_fold_of_its_history(asked):
    *_, (ticket, _, _) = walk(NEED, START, asked)
    assert replay(START, ticket.history) == ticket == replay(START, ticket.history)
    assert ticket.version == len(ticket.history)
    assert [e.version for e in ticket.history] == list(range(1, ticket.version + 1))
    assert list(ticket.history) == sorted(ticket.history, key=lambda e: e.at)
    assert ticket.state == (ticket.history[-1].after if ticket.history else "new")
    # What has been taken in once may arrive again.
    assert replay(ticket, ticket.history) == ticket


@cheap
@given(walks)
def test_one_command_id_is_one_event(asked):
    *_, (ticket, _, _) = walk(NEED, START, asked)
    named = [e.id for e in ticket.history if e.id]
    assert len(named) == len(set(named))


@cheap
@given(walks)
def test_a_command_delivered_again_gives_the_same_event(asked):
    for ticket, command, happened in walk(NEED, START, asked):
        if happened and command.id:
            later = evolve(ticket, happened[0])
            assert decide(NEED, later, command) == happened
            assert evolve(later, happened[0]) == later


@cheap
@given(walks)
def test_what_is_allowed_is_what_is_accepted_with_all_its_data(asked):
    *_, (ticket, _, _) = walk(NEED, START, asked)
    now = at(3, 1) + timedelta(hours=50)
    for role in ROLES:
        accepted = []
        for step in TABLE:
            try:
                decide(NEED, ticket, Command(step, "p-1", role, now, GIVEN))
            except TalentServiceError:
                continue
            accepted.append(step)
        assert accepted == NEED.allowed(ticket, role)
    if ticket.state in LAST:
        assert NEED.allowed(ticket) == []


@cheap
@given(walks)
def test_a_step_survives_the_way_through_json(asked):
    *_, (ticket, _, _) = walk(NEED, START, asked)
    for event in ticket.history:
        back = read_event(json.loads(json.dumps(event.to_dict())), KINDS)
        assert back == Event(event.kind, event.at, event.by, event.role, (), event.subjects, event.data, event.id)
        assert (back.on, back.facts()) == (event.on, event.facts())


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("甲乙abc ", max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
).filter(lambda v: not _blank_text(v))
names = st.text("abcdefg_", min_size=1, max_size=6)


def _blank_text(value):
    """Texts of spaces only are refused when read."""
    if isinstance(value, str):
        return bool(value) and not value.strip()
    if isinstance(value, dict):
        return any(map(_blank_text, value.values()))
    return isinstance(value, list) and any(map(_blank_text, value))


@cheap
@given(
    st.builds(
        Event,
        kind=st.just("slip.assigned"),
        at=st.dates(at(1, 1, year=2001).date(), at(1, 1, year=2099).date())
        | st.integers(0, 10**6).map(lambda n: at(1, 1) + timedelta(seconds=n)),
        by=st.none() | st.just("p-1"),
        role=st.none() | st.just("unit"),
        to=st.lists(st.sampled_from(["office", "p-2"]), max_size=2).map(tuple),
        subjects=st.fixed_dictionaries({}, optional={"ticket": st.just("T-1"), "part": st.just("a")}),
        data=st.dictionaries(names, json_values, max_size=3),
        id=st.sampled_from(["", "e-1"]),
    )
)
def test_any_event_survives_the_way_through_json(event):
    assert read_event(json.loads(json.dumps(event.to_dict())), KINDS) == event


# --- parts -----------------------------------------------------------------------------------------------------------------


def parted(joined):
    """A flow in which three units take a need and answer it, and may each be sent back."""
    each = {"each_part": True, "joined": joined}
    return flow(
        {
            "send": (["new"], "sent", ["office"], {"parts": "units"}),
            "take": (["sent"], "in-hand", ["unit"], each),
            "answer": (["in-hand"], "answered", ["unit"], each),
            "send-back": (
                ["answered"],
                "in-hand",
                ["office"],
                {**each, "joined": "lead" if joined == "lead" else "any"},
            ),
            "close": (["answered"], "closed", ["office"], {}),
            "withdraw": (["new"], "withdrawn", ["office"], {}),
        },
        STATES,
    )


MACHINES = {joined: parted(joined) for joined in ("all", "lead", "any")}
moves = st.lists(st.tuples(st.sampled_from(["take", "answer", "send-back"]), st.sampled_from("abc")), max_size=20)


@pytest.mark.parametrize("joined", MACHINES)
@cheap
@given(moves)
def test_a_ticket_stands_where_its_parts_do(joined, taken):
    machine = MACHINES[joined]
    if joined == "any":  # of several that have come far, one sent back takes the ticket along
        taken = [move for move in taken if move[0] != "send-back"]
    asked = [Command("send", "p-1", "office", at(3, 1), {"units": ["a", "b", "c"]})]
    asked += [Command(s, "p-1", "office" if s == "send-back" else "unit", at(3, 1), part=p) for s, p in taken]
    *_, (ticket, _, _) = walk(machine, machine.open("T-1"), asked)
    stands = [PROGRESS.index(part.state) for part in ticket.parts]
    expected = {"all": min(stands), "lead": stands[0], "any": max(stands)}[joined]
    assert ticket.state == PROGRESS[expected]
    assert [p.id for p in ticket.parts] == ["a", "b", "c"]
    assert replay(machine.open("T-1"), ticket.history) == ticket
