"""Tickets in parts: lead and assisting units, each with its own state, joined as the step says."""

import pytest
from tests.unit.invented import STATES, at, command, flow

from talentservice import decide, evolve
from talentservice.errors import (
    CommandReused,
    ConditionNotMet,
    FlowError,
    MissingData,
    UnknownName,
    WrongState,
    WrongType,
)
from talentservice.flows import Part

TABLE = {
    "send": (["new", "answered"], "sent", ["office"], {"parts": "units"}),
    "take": (["sent"], "in-hand", ["unit"], {"each_part": True}),
    "answer": (["in-hand"], "answered", ["unit"], {"needs": ["reply"], "each_part": True}),
    "send-back": (["answered"], "in-hand", ["office"], {"each_part": True, "joined": "any"}),
    "urge": (["sent", "in-hand"], "in-hand", ["office"], {}),
    "close": (["answered"], "closed", ["office"], {"when": {"not": {"field": "reply", "is": "no"}}}),
    "withdraw": (["new"], "withdrawn", ["talent"], {}),
}


def joined(take="all", answer="all"):
    """The flow of TABLE with other ways to join."""
    table = {name: (start, to, by, dict(more)) for name, (start, to, by, more) in TABLE.items()}
    table["take"][3]["joined"], table["answer"][3]["joined"] = take, answer
    return flow(table, STATES)


def walk(machine, *moves, ticket=None):
    """A ticket sent to units a (lead) and b, then moved: pairs of step and part, with data where needed."""
    ticket = ticket or after(machine, machine.open("T-1"), command("send", "office", data={"units": ["a", "b"]}))
    for step, part, *data in moves:
        role = "unit" if step in ("take", "answer") else "office"
        given = {"data": data[0] if data else {"reply": "yes"}}
        ticket = after(machine, ticket, command(step, role, part=part, **given))
    return ticket


def after(machine, ticket, asked):
    for happened in decide(machine, ticket, asked):
        ticket = evolve(ticket, happened)
    return ticket


def states(ticket):
    return ticket.state, {p.id: p.state for p in ticket.parts}


ALL = joined()


def test_the_first_part_leads_and_the_others_assist():
    ticket = walk(ALL)
    assert ticket.parts == (Part("a", True, "sent"), Part("b", False, "sent"))
    assert ticket.state == "sent"


@pytest.mark.parametrize(
    ("units", "names"),
    [(["a", "b", "a"], ["a", "b"]), ("a", ["a"]), ((" a ", "", "b"), ["a", "b"])],
)
def test_parts_are_named_once_each(units, names):
    ticket = after(ALL, ALL.open("T-1"), command("send", "office", data={"units": units}))
    assert [p.id for p in ticket.parts] == names


@pytest.mark.parametrize("units", [None, "", [], [" "]])
def test_a_step_that_makes_parts_needs_one(units):
    with pytest.raises(MissingData, match="the step send needs: units"):
        decide(ALL, ALL.open("T-1"), command("send", "office", data={"units": units}))


@pytest.mark.parametrize("units", [5, [1, 2], {"a": "b"}, [["a"]]])
def test_parts_are_named_by_text(units):
    with pytest.raises(WrongType, match="units names the parts: a text or a list of texts is due"):
        decide(ALL, ALL.open("T-1"), command("send", "office", data={"units": units}))


JOINS = [
    # how answer is joined, who answers in turn, and the ticket's state after each answer
    ("all", "ab", ["in-hand", "answered"]),
    ("all", "ba", ["in-hand", "answered"]),
    ("lead", "ab", ["answered", "answered"]),
    ("lead", "ba", ["in-hand", "answered"]),
    ("any", "ab", ["answered", "answered"]),
    ("any", "ba", ["answered", "answered"]),
]


@pytest.mark.parametrize(("how", "order", "expected"), JOINS)
def test_the_ticket_moves_on_with_all_the_lead_or_any_part(how, order, expected):
    machine = joined(answer=how)
    ticket = walk(machine, ("take", "a"), ("take", "b"))
    assert states(ticket) == ("in-hand", {"a": "in-hand", "b": "in-hand"})
    seen = []
    for part in order:
        ticket = walk(machine, ("answer", part), ticket=ticket)
        seen.append(ticket.state)
    assert seen == expected


def test_a_part_ahead_of_the_others_counts_for_the_steps_behind_it():
    ticket = walk(ALL, ("take", "a"), ("answer", "a"))
    assert states(ticket) == ("sent", {"a": "answered", "b": "sent"})
    ticket = walk(ALL, ("take", "b"), ticket=ticket)
    assert states(ticket) == ("in-hand", {"a": "answered", "b": "in-hand"})
    assert states(walk(ALL, ("answer", "b"), ticket=ticket)) == ("answered", {"a": "answered", "b": "answered"})


def test_a_part_that_is_late_does_not_take_the_ticket_back():
    machine = joined(take="lead", answer="lead")
    ticket = walk(machine, ("take", "a"), ("answer", "a"), ("take", "b"))
    assert states(ticket) == ("answered", {"a": "answered", "b": "in-hand"})
    assert walk(machine, ("answer", "b"), ticket=ticket).state == "answered"


def test_an_ended_ticket_takes_no_step_of_a_part_either():
    machine = joined(answer="lead")
    ticket = walk(machine, ("take", "a"), ("take", "b"), ("answer", "a"), ("close", None, {}))
    assert states(ticket) == ("closed", {"a": "closed", "b": "in-hand"})
    assert machine.allowed(ticket) == []
    with pytest.raises(WrongState) as refused:
        walk(machine, ("answer", "b"), ticket=ticket)
    assert refused.value.en.endswith("allowed now: nothing, it has ended")
    assert refused.value.zh.endswith("可执行：无，已结束")


def test_a_part_sent_back_takes_the_ticket_along_and_has_to_answer_again():
    ticket = walk(ALL, ("take", "a"), ("take", "b"), ("answer", "a"), ("answer", "b"), ("send-back", "b"))
    assert states(ticket) == ("in-hand", {"a": "answered", "b": "in-hand"})
    assert states(walk(ALL, ("answer", "b"), ticket=ticket)) == ("answered", {"a": "answered", "b": "answered"})


def test_a_part_sent_back_before_all_have_answered_leaves_the_ticket_where_it_is():
    ticket = walk(ALL, ("take", "a"), ("answer", "a"), ("send-back", "a"))
    assert states(ticket) == ("sent", {"a": "in-hand", "b": "sent"})


def test_a_step_of_the_whole_ticket_takes_the_parts_along_that_stand_where_it_starts():
    ticket = walk(ALL, ("take", "a"), ("urge", None))
    assert states(ticket) == ("in-hand", {"a": "in-hand", "b": "in-hand"})


def test_parts_move_alone_and_each_in_its_own_order():
    ticket = walk(ALL, ("take", "a"))
    with pytest.raises(WrongState, match="is in the state sent"):
        walk(ALL, ("answer", "b"), ticket=ticket)
    assert ALL.allowed(ticket) == ["take", "answer", "urge"]
    assert ALL.allowed(ticket, "office") == ["urge"]
    assert (ticket.history[-1].part, ticket.history[-1].subjects) == ("a", {"ticket": "T-1", "part": "a"})


@pytest.mark.parametrize("part", ["c", "", None])
def test_which_of_several_parts_has_to_be_said(part):
    with pytest.raises(UnknownName) as refused:
        walk(ALL, ("take", part))
    assert refused.value.en.startswith(f"no part of this ticket {part or ''!r}; there is: a, b")
    assert refused.value.zh.startswith(f"没有工单部分“{part or ''}”；现有：a、b")


def test_the_only_part_needs_no_name():
    ticket = after(ALL, ALL.open("T-1"), command("send", "office", data={"units": "a"}))
    asked = command("take", "unit", id="c-1")
    taken = after(ALL, ticket, asked)
    assert states(taken) == ("in-hand", {"a": "in-hand"})
    assert taken.history[-1].part == "a"
    assert decide(ALL, taken, asked) == decide(ALL, taken, command("take", "unit", id="c-1", part="a"))


def test_a_ticket_without_parts_has_none_to_name():
    whole = flow({**TABLE, "send": (["new", "answered"], "sent", ["office"], {})}, STATES)
    ticket = after(whole, whole.open("T-1"), command("send", "office"))
    assert after(whole, ticket, command("take", "unit")).state == "in-hand"
    with pytest.raises(UnknownName, match="there is: none"):
        decide(whole, ticket, command("take", "unit", part="a"))


def test_a_part_is_not_named_for_a_step_of_the_whole_ticket():
    with pytest.raises(FlowError, match="urge is taken for the whole ticket, not for the part 'a'"):
        walk(ALL, ("urge", "a"))


def test_one_command_id_is_not_for_two_parts():
    ticket = after(ALL, walk(ALL), command("take", "unit", id="c-1", part="a"))
    for other in ("b", None):
        with pytest.raises(CommandReused):
            decide(ALL, ticket, command("take", "unit", id="c-1", part=other))


def test_sending_again_starts_new_parts():
    ticket = walk(ALL, ("take", "a"), ("take", "b"), ("answer", "a"), ("answer", "b"))
    ticket = after(ALL, ticket, command("send", "office", data={"units": ["b", "c"]}))
    assert ticket.parts == (Part("b", True, "sent"), Part("c", False, "sent"))
    assert states(walk(ALL, ("take", "b"), ("take", "c"), ticket=ticket))[0] == "in-hand"


def test_what_one_part_said_does_not_hide_what_another_said():
    answered = [("take", "a"), ("take", "b"), ("answer", "a", {"reply": "no"}), ("answer", "b", {"reply": "yes"})]
    ticket = walk(ALL, *answered)
    assert ticket.known()["reply"] == ["no", "yes"]
    assert (ticket.known("a")["reply"], ticket.known("b")["reply"]) == ("no", "yes")
    with pytest.raises(ConditionNotMet, match="reply: yes"):
        decide(ALL, ticket, command("close", "office", at(3, 2), data={}))
    # Sent back, the part thinks again; its last word counts.
    ticket = walk(ALL, ("send-back", "a", {}), ("answer", "a", {"reply": "yes"}), ticket=ticket)
    assert ticket.known()["reply"] == ["yes", "yes"]
    assert after(ALL, ticket, command("close", "office", at(3, 2), data={})).state == "closed"


def test_a_part_is_judged_by_what_it_said_itself():
    again = {"when": {"field": "reply", "is": "no"}, "each_part": True, "joined": "any"}
    machine = flow({**TABLE, "send-back": (["answered"], "in-hand", ["office"], again)}, STATES)
    answers = [("answer", "a", {"reply": "no"}), ("answer", "b", {"reply": "yes"})]
    ticket = walk(machine, ("take", "a", {}), ("take", "b", {}), *answers)
    assert walk(machine, ("send-back", "a", {}), ticket=ticket).parts[0].state == "in-hand"
    with pytest.raises(ConditionNotMet):
        walk(machine, ("send-back", "b", {}), ticket=ticket)


def test_what_only_another_part_said_is_not_known_of_a_part():
    ticket = walk(ALL, ("take", "a", {"note": ["x", "y"]}), ("take", "b", {}))
    assert ("note" in ticket.known("a"), "note" in ticket.known("b")) == (True, False)
    ticket = walk(ALL, ("answer", "b", {"reply": "yes", "note": "z"}), ticket=ticket)
    assert ticket.known()["note"] == ["x", "y", "z"]


def test_what_is_said_of_the_whole_ticket_replaces_what_its_parts_said():
    ticket = walk(ALL, ("take", "a"), ("answer", "a", {"reply": "no"}), ("urge", None, {"reply": "open"}))
    assert ticket.known()["reply"] == ticket.known("a")["reply"] == "open"


def test_a_step_does_not_make_parts_and_go_by_part_at_once():
    both = {**TABLE, "send": (["new", "answered"], "sent", ["office"], {"parts": "units", "each_part": True})}
    with pytest.raises(Exception, match="either makes the parts"):
        flow(both, STATES)
