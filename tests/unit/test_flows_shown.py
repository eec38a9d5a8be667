"""A flow shown: as a Mermaid diagram and as a table; and what is wrong with a flow before any ticket walks it."""

import re

import pytest
from tests.unit.invented import STATES, TABLE, flow

from talentservice.errors import RegionFileError
from talentservice.flows import mermaid, table

EDGES = {
    "s_new --> s_sent: Step send (the office)",
    "s_answered --> s_sent: Step send (the office)",
    "s_sent --> s_in_hand: Step take (the unit / the window)",
    "s_sent --> s_new: Step return (the unit)",
    "s_in_hand --> s_new: Step return (the unit)",
    "s_in_hand --> s_answered: Step answer (the unit)",
    "s_answered --> s_closed: Step close (the office)",
    "s_new --> s_withdrawn: Step withdraw (the talent / the office)",
    "s_sent --> s_withdrawn: Step withdraw (the talent / the office)",
    "s_in_hand --> s_withdrawn: Step withdraw (the talent / the office)",
    "[*] --> s_new",
    "s_closed --> [*]",
    "s_withdrawn --> [*]",
}


def test_the_diagram_has_exactly_the_edges_of_the_table():
    lines = mermaid(flow(), "en").splitlines()
    assert lines[0] == "stateDiagram-v2"
    edges = [line.strip() for line in lines if "-->" in line]
    assert (len(edges), set(edges)) == (len(EDGES), EDGES)
    assert [line.strip() for line in lines if line.strip().startswith("state ")] == [
        'state "New" as s_new',
        'state "Sent" as s_sent',
        'state "In hand" as s_in_hand',
        'state "Answered" as s_answered',
        'state "Closed" as s_closed',
        'state "Withdrawn" as s_withdrawn',
    ]


def test_the_diagram_speaks_chinese():
    text = mermaid(flow())
    assert 'state "办理中" as s_in_hand' in text
    assert "  s_sent --> s_in_hand: 环节take (unit岗 / window岗)\n" in text


def test_states_of_like_names_keep_their_own_nodes():
    states = [(i, i, i, i == "end") for i in ("a-b", "a.b", "a_b", "end")]
    steps = {
        "one": (["a-b"], "a.b", ["office"], {}),
        "two": (["a.b"], "a_b", ["office"], {}),
        "three": (["a_b"], "end", ["office"], {}),
    }
    text = mermaid(flow(steps, states), "en")
    edges = re.findall(r"(\S+) --> (\S+): Step (\w+)", text)
    assert edges == [("s_a_b", "s_a_b_", "one"), ("s_a_b_", "s_a_b__", "two"), ("s_a_b__", "s_end", "three")]


def test_a_label_does_not_break_the_diagram():
    steps = {"go": (["new"], "end", ["office"], {"en": 'First "this": then\nthat; done'})}
    states = [("new", "新", "New", False), ("end", "完", "End", True)]
    assert "  s_new --> s_end: First 'this'： then that, done (the office)\n" in mermaid(flow(steps, states), "en")


def test_the_table_has_a_row_for_each_step():
    rows = table(flow(), "en")
    assert [r["step"] for r in rows] == ["send", "take", "return", "answer", "close", "withdraw"]
    assert rows[2] == {
        "step": "return", "label": "Step return", "from": "Sent, In hand", "to": "New", "by": "the unit",
        "needs": "reason", "clause": "d:1",
    }  # fmt: skip
    assert table(flow())[1] == {
        "step": "take", "label": "环节take", "from": "已派", "to": "办理中", "by": "unit岗、window岗", "needs": "", "clause": "d:1",
    }  # fmt: skip


def test_a_step_by_name():
    assert flow().step("take").to == "in-hand"


# --- checks before any ticket walks it --------------------------------------------------------------------------------


def problems(table_, states=STATES):
    with pytest.raises(RegionFileError) as wrong:
        flow(table_, states)
    return [(p.key, p.en) for p in wrong.value.problems]


def without(*steps, **changed):
    return {**{k: v for k, v in TABLE.items() if k not in steps}, **changed}


@pytest.mark.parametrize(
    ("table_", "key", "text"),
    [
        (without("take"), "need", "the state 'in-hand' cannot be reached"),
        (without("take"), "answer", "the step cannot be reached: no ticket comes to the state it starts from"),
        (without("close", "send", "withdraw"), "need", "the state 'new' has no way to an end"),
        (
            without(reopen=(["closed"], "new", ["office"], {})),
            "reopen",
            "the step starts from a state that ends the ticket",
        ),
        (
            without(take=(["sent"], "inhand", ["unit"], {})),
            "take",
            "the state 'inhand' is not declared. Did you mean 'in-hand'?",
        ),
    ],
)
def test_a_flow_that_cannot_work_is_refused_with_the_step(table_, key, text):
    found = problems(table_)
    assert any(key in where and text == what for where, what in found), found


@pytest.mark.parametrize(
    ("states", "text"),
    [
        ([(*s[:3], False) for s in STATES], "no state has end = true"),
        ([*STATES, STATES[0]], "states listed twice: new"),
    ],
)
def test_a_flow_needs_an_end_and_distinct_states(states, text):
    assert any(text in what for _, what in problems(TABLE, states))
