"""The decider of a ticket: it accepts exactly what the table says, and a refusal changes nothing and says what is allowed."""

import copy
import pickle
from datetime import UTC, datetime

import attrs
import pytest
from tests.unit.invented import GIVEN, ROLES, STATES, TABLE, at, command, flow

from talentservice import Command, Ticket, decide, evolve
from talentservice.errors import (
    CommandReused,
    ConditionNotMet,
    DateOrder,
    FlowError,
    InputError,
    InvalidDate,
    MissingData,
    NaiveDatetime,
    StaleVersion,
    UnknownName,
    WrongRole,
    WrongState,
    WrongType,
)
from talentservice.flows import replay

NEED = flow()
# Typed from the table: who may take which step in which state.
MAY = {
    ("new", "send", "office"),
    ("new", "withdraw", "talent"),
    ("new", "withdraw", "office"),
    ("sent", "take", "unit"),
    ("sent", "take", "window"),
    ("sent", "return", "unit"),
    ("sent", "withdraw", "talent"),
    ("sent", "withdraw", "office"),
    ("in-hand", "return", "unit"),
    ("in-hand", "answer", "unit"),
    ("in-hand", "withdraw", "talent"),
    ("in-hand", "withdraw", "office"),
    ("answered", "send", "office"),
    ("answered", "close", "office"),
}
LEADS_TO = {
    "send": "sent", "take": "in-hand", "return": "new", "answer": "answered", "close": "closed", "withdraw": "withdrawn",
}  # fmt: skip


def walked(*steps, start=None):
    """A ticket after steps, each a pair of step and role."""
    ticket = start or NEED.open("T-1")
    for hour, (step, role) in enumerate(steps, start=9):
        for happened in decide(NEED, ticket, command(step, role, at(3, 1, hour))):
            ticket = evolve(ticket, happened)
    return ticket


IN_HAND = walked(("send", "office"), ("take", "unit"))


@pytest.mark.parametrize("role", [*ROLES, "", "stranger"])
@pytest.mark.parametrize("step", TABLE)
@pytest.mark.parametrize("state", [s[0] for s in STATES])
def test_a_step_is_accepted_exactly_where_the_table_says(state, step, role):  # bad inputs S01, S17
    ticket = Ticket("T-1", state)
    if (state, step, role) in MAY:
        (happened,) = decide(NEED, ticket, command(step, role))
        assert (happened.step, happened.role, happened.after) == (step, role, LEADS_TO[step])
        assert evolve(ticket, happened).state == LEADS_TO[step]
    else:
        with pytest.raises((WrongRole, WrongState)) as refused:
            decide(NEED, ticket, command(step, role))
        wrong_role = role not in {r for _, s, r in MAY if s == step}
        assert refused.type is (WrongRole if wrong_role else WrongState)


@pytest.mark.parametrize("state", [s[0] for s in STATES])
def test_what_is_allowed_is_what_would_be_accepted(state):
    ticket = Ticket("T-1", state)
    assert {(state, s, r) for r in ROLES for s in NEED.allowed(ticket, r)} == {m for m in MAY if m[0] == state}
    assert set(NEED.allowed(ticket)) == {s for where, s, _ in MAY if where == state}


def test_an_event_says_who_did_what_when_and_where_it_led():
    (happened,) = decide(NEED, NEED.open("T-1"), command("send", "office", at(3, 1, 9), by="p-7", id="c-1"))
    assert happened.to_dict() == {
        "kind": "need.moved", "at": "2021-03-01T09:00:00+08:00", "by": "p-7", "role": "office", "id": "c-1",
        "ticket": "T-1", "opinion": "转办", "reason": "非本单位职责", "reply": "已办妥", "satisfied": True,
    }  # fmt: skip
    assert (happened.step, happened.after, happened.version) == ("send", "sent", 1)


def test_a_ticket_knows_its_version_its_data_and_every_step():
    ticket = walked(("send", "office"), ("take", "unit"), ("answer", "unit"), ("close", "office"))
    assert (ticket.state, ticket.version) == ("closed", 4)
    assert [e.step for e in ticket.history] == ["send", "take", "answer", "close"]
    assert [e.version for e in ticket.history] == [1, 2, 3, 4]
    assert ticket.known()["opinion"] == "转办"


def test_facts_known_at_the_start_count_for_conditions():
    ticket = walked(
        ("send", "office"), ("take", "unit"), ("answer", "unit"), start=NEED.open("T-1", {"satisfied": False})
    )
    with pytest.raises(ConditionNotMet, match="satisfied: no"):
        decide(NEED, Ticket("T-1", "answered", facts={"satisfied": False}), command("close", "office", data={}))
    assert decide(NEED, ticket, command("close", "office", at(3, 2)))[0].after == "closed"


@pytest.mark.parametrize(
    ("asked", "error", "en", "zh"),
    [
        pytest.param(  # bad input S01
            command("close", "office", at(3, 2)), WrongState,
            "the ticket T-1 is in the state in-hand (In hand), from which close cannot be taken; "
            "allowed now: return, answer, withdraw",
            "工单 T-1 当前状态“办理中”不能执行“环节close”（close）；"
            "可执行：“环节return”（return）、“环节answer”（answer）、“环节withdraw”（withdraw）",
            id="wrong-state",
        ),
        pytest.param(
            command("answer", "talent", at(3, 2)), WrongRole,
            "talent may not take the step answer; it is for: unit (the unit). talent may now: withdraw",
            "talent岗无权办理“环节answer”（answer）；应由unit岗办理。其现可办理：“环节withdraw”（withdraw）",
            id="wrong-role",
        ),
        pytest.param(
            command("answer", "leader", at(3, 2)), WrongRole,
            "leader may not take the step answer; it is for: unit (the unit). leader may now: nothing",
            "leader岗无权办理“环节answer”（answer）；应由unit岗办理。其现可办理：无",
            id="a-role-with-no-step",
        ),
        pytest.param(
            command("take", "str\nanger", at(3, 2)), WrongRole,
            r"'str\nanger' is no role here; the step take is for: unit (the unit), window (the window)",
            r"没有角色 'str\nanger'；“环节take”（take）应由unit岗、window岗办理",
            id="no-role",
        ),
        pytest.param(
            command("answer", "unit", at(3, 2), by=None), WrongRole,  # bad input S05
            "every step needs somebody who takes it: by=…", "每个操作必须有办理人（by）", id="nobody",
        ),
        pytest.param(
            command("answer", "unit", at(3, 2), by=" \u3000"), WrongRole,
            "every step needs somebody who takes it: by=…", "每个操作必须有办理人（by）", id="blank",
        ),
        pytest.param(
            command("answer", "unit", at(3, 2), data={"reply": " \u3000"}), MissingData,  # bad input T11
            "the step answer needs: reply", "环节“answer”须提供：reply", id="only-spaces",
        ),
        pytest.param(
            command("answr", "unit", at(3, 2)), UnknownName,
            "no step 'answr'; there is: send, take, return, answer, close, withdraw. Did you mean 'answer'?",
            "没有环节“answr”；现有：send、take、return、answer、close、withdraw。是否指“answer”？", id="no-step",
        ),
        pytest.param(
            command("answer", "unit", at(3, 2), expected_version=1), StaleVersion,
            "the ticket T-1 is at version 2, the command expects 1; read it again",
            "工单 T-1 现为第 2 版，操作依据的是第 1 版；请重新读取", id="stale",
        ),
        pytest.param(
            command("answer", "unit", at(3, 2), expected_version=9), StaleVersion,  # bad input S07
            "the ticket T-1 is at version 2, the command expects 9; read it again",
            "工单 T-1 现为第 2 版，操作依据的是第 9 版；请重新读取", id="future",
        ),
        pytest.param(
            command("answer", "unit", at(3, 1, 9, 59)), DateOrder,  # bad input D23
            "the step answer at 2021-03-01 09:59:00+08:00 lies before the last step take at 2021-03-01 10:00:00+08:00",
            "“answer”的时间 2021-03-01 09:59:00+08:00 早于上一环节“take”（2021-03-01 10:00:00+08:00）", id="too-early",
        ),
        pytest.param(
            command("answer", "unit", at(3, 2), part="x"), FlowError,
            "the step answer is taken for the whole ticket, not for the part 'x'",
            "环节“answer”针对整张工单办理，不能只办其中一部分（x）", id="part-of-a-whole",
        ),
        pytest.param(
            command("answer", "unit", at(3, 2), data={"reply": "x", "by": "y", "at": 1}), InputError,
            "the data of the step answer may not be named at, by: every event has that already",
            "环节“answer”的数据不能命名为 at、by：事件本身已有", id="reserved",
        ),
    ],
)  # fmt: skip
def test_a_refusal_says_why_in_both_languages_and_changes_nothing(asked, error, en, zh):
    before = copy.deepcopy(IN_HAND)
    with pytest.raises(error) as refused:
        decide(NEED, IN_HAND, asked)
    assert (refused.value.message("en"), refused.value.message("zh")) == (en, zh)
    assert before == IN_HAND
    # The command's id is not used up: corrected, it is accepted.
    assert decide(NEED, IN_HAND, command("answer", "unit", at(3, 2), id=asked.id))[0].version == 3


@pytest.mark.parametrize("missing", ["", None, [], (), {}, set(), " "])
def test_what_is_blank_is_not_given(missing):
    with pytest.raises(MissingData):
        decide(NEED, IN_HAND, command("answer", "unit", at(3, 2), data={"reply": missing}))


@pytest.mark.parametrize("given", [0, False, "0", [0]])
def test_nought_and_no_are_given(given):
    assert decide(NEED, IN_HAND, command("answer", "unit", at(3, 2), data={"reply": given}))[0].data["reply"] == given


@pytest.mark.parametrize(
    ("when", "error"),
    [
        pytest.param(datetime(2021, 3, 2, 9), NaiveDatetime, id="D12: no zone"),  # noqa: DTZ001  # that is the point
        pytest.param(at(3, 2).date(), WrongType, id="a day"),
        pytest.param(1614646800, WrongType, id="D10: a number"),
        pytest.param("2021-03-02T09:00:00+08:00", WrongType, id="a text"),
        pytest.param(None, WrongType, id="nothing"),
        pytest.param(datetime(1800, 1, 1, tzinfo=UTC), InvalidDate, id="D17: 1800"),
        pytest.param(datetime(9999, 12, 31, tzinfo=UTC), InvalidDate, id="D18: 9999"),
        pytest.param(datetime(2100, 12, 31, 17, tzinfo=UTC), InvalidDate, id="2101 in Beijing"),
    ],
)
def test_a_step_needs_an_aware_moment_in_range(when, error):
    with pytest.raises(error):
        decide(NEED, IN_HAND, Command("answer", "p-1", "unit", when, GIVEN))


def test_a_step_at_the_moment_of_the_last_one_is_in_order_whatever_the_zone():
    same = datetime(2021, 3, 1, 2, tzinfo=UTC)  # 10:00 in Beijing
    assert decide(NEED, IN_HAND, command("answer", "unit", same))[0].after == "answered"


# --- deliveries -------------------------------------------------------------------------------------------------------


def test_the_same_command_delivered_twice_gives_the_same_event_once():  # bad inputs S08, S11
    first = command("answer", "unit", at(3, 2), id="c-9", expected_version=2)
    (happened,) = decide(NEED, IN_HAND, first)
    ticket = evolve(IN_HAND, happened)
    assert decide(NEED, ticket, first) == (happened,)
    assert evolve(ticket, happened) == ticket
    (closing,) = decide(NEED, ticket, command("close", "office", at(3, 3)))
    restamped = command("answer", "unit", at(3, 4), id="c-9")
    assert decide(NEED, evolve(ticket, closing), restamped) == (happened,)


@pytest.mark.parametrize(
    "other",
    [
        command("answer", "unit", at(3, 2), id="c-9", data={"reply": "另一答复"}),
        command("answer", "unit", at(3, 2), id="c-9", by="p-2"),
        command("answer", "window", at(3, 2), id="c-9"),
        command("close", "office", at(3, 3), id="c-9"),
        command("answer", "unit", at(3, 2), id="c-9", part="x"),
    ],
)
def test_one_command_id_is_not_for_two_commands(other):  # bad input S09
    (happened,) = decide(NEED, IN_HAND, command("answer", "unit", at(3, 2), id="c-9"))
    ticket = evolve(IN_HAND, happened)
    with pytest.raises(CommandReused) as refused:
        decide(NEED, ticket, other)
    assert refused.value.en == (
        "the command id 'c-9' was used for the step answer at version 3; give a new command a new id"
    )
    assert refused.value.zh == "操作编号 c-9 已用于环节“answer”（第 3 版）；新操作请换编号"


def test_two_steps_decided_on_one_version_do_not_both_count():
    (one,) = decide(NEED, IN_HAND, command("answer", "unit", at(3, 2)))
    (other,) = decide(NEED, IN_HAND, command("withdraw", "talent", at(3, 2)))
    with pytest.raises(StaleVersion, match="withdraw is version 3, but the ticket T-1 is at version 3 without it"):
        evolve(evolve(IN_HAND, one), other)


def test_an_event_that_is_not_the_next_is_refused():
    history = walked(("send", "office"), ("take", "unit"), ("answer", "unit")).history
    with pytest.raises(StaleVersion, match="take is version 2, but the ticket T-1 is at version 0"):
        evolve(NEED.open("T-1"), history[1])
    assert replay(NEED.open("T-1"), history).version == 3


def test_a_condition_looks_back_from_the_day_in_beijing():
    recent = {"when": {"field": "raised", "within": {"natural_days": 1}}}
    machine = flow({**TABLE, "send": (["new", "answered"], "sent", ["office"], recent)})
    night = datetime(2021, 3, 1, 17, tzinfo=UTC)  # 2 March in Beijing
    asked = command("send", "office", night, data={})
    assert decide(machine, machine.open("T-1", {"raised": at(3, 2).date()}), asked)
    with pytest.raises(ConditionNotMet):
        decide(machine, machine.open("T-1", {"raised": at(2, 28).date()}), asked)


def test_the_log_does_not_change_with_what_its_caller_keeps():
    data = dict(GIVEN)
    facts = {"satisfied": True}
    ticket = NEED.open("T-1", facts)
    (happened,) = decide(NEED, ticket, command("send", "office", data=data))
    data["opinion"], facts["satisfied"] = "改过", False
    assert (happened.data["opinion"], ticket.facts["satisfied"]) == ("转办", True)


STEP = command("send", "office")


@pytest.mark.parametrize("built", [STEP, NEED.open("T-1"), decide(NEED, NEED.open("T-1"), STEP)[0]], ids=type)
def test_what_a_step_builds_is_frozen_whoever_built_it(built):
    with pytest.raises(AttributeError):
        built.id = "another"
    with pytest.raises(AttributeError):
        del built.id
    again = built._replace() if isinstance(built, Command) else attrs.evolve(built)
    assert (type(again), again, repr(again)) == (type(built), built, repr(built))
    assert copy.deepcopy(built) == pickle.loads(pickle.dumps(built)) == built  # noqa: S301  # bytes of our own
