"""A step on a ticket: who may take it, what it needs, what it leads to, an audit record, and a check of the version.

Everybody walks the same invented flow: nine states, twelve edges, a role on each edge, data needed on three of them, and the
same loop of seven commands. talentservice takes a fresh ticket for each loop; the others keep one, since making one costs them
more than a step. Only talentservice checks a version; the others have none.
"""

from datetime import datetime

import statemachine
import transitions

from talentservice import BEIJING, Command, decide, evolve
from talentservice.region import region_from_dict

STATES = ["accepted", "dispatched", "returned", "signed", "processing", "answered", "visiting", "closed", "filed"]
EDGES = [  # step, from, to, by, the data it needs
    ("dispatch", ["accepted", "returned"], "dispatched", ["office"], {}),
    ("sign", ["dispatched"], "signed", ["unit"], {}),
    ("return-back", ["dispatched"], "returned", ["unit"], {"needs": ["reason"]}),
    ("start", ["signed"], "processing", ["unit"], {}),
    ("answer", ["processing"], "answered", ["unit"], {"needs": ["reply"]}),
    ("review", ["answered"], "visiting", ["office"], {}),
    ("send-back", ["answered"], "processing", ["office"], {}),
    ("close", ["visiting"], "closed", ["office"], {"when": {"field": "satisfied", "is": True}}),
    ("redo", ["visiting"], "dispatched", ["office"], {}),
    ("reopen", ["closed"], "accepted", ["office", "supervisor"], {}),
    ("file", ["closed"], "filed", ["office"], {}),
]
LOOP = [
    ("dispatch", "office"), ("sign", "unit"), ("start", "unit"), ("answer", "unit"),
    ("review", "office"), ("close", "office"), ("reopen", "office"),
]  # fmt: skip
DATA = {"reply": "已核实并办理", "satisfied": True, "reason": "非本单位职责"}
NOW = datetime(2025, 1, 26, 9, tzinfo=BEIJING)
TICKETS = range(1000)


def label(text):
    return {"zh": text, "en": text}


def invented():
    """A region of one clause whose rules are the flow above."""
    steps = {
        name: {"flow": "need", "from": sources, "to": target, "by": by, "event": "need.moved", **needs}
        for name, sources, target, by, needs in EDGES
    }
    states = [{"id": s, **label(s), "end": s == "filed"} for s in STATES]
    clause = {"id": "1", **label("An invented flow"), "flow": {"need": {"states": states}}, "step": steps}
    head = {
        "api": "1.0", "id": "invented", "name": label("Nowhere"), "division": "000000", "documents": ["a.toml"],
        "roles": {r: label(r) for r in ("office", "unit", "supervisor")}, "events": {"need.moved": label("Moved")},
    }  # fmt: skip
    document = {"id": "invented", "title": label("Invented"), "issuer": "Nobody", "issued": NOW.date()}
    return {"region": head, "documents": {"a.toml": {"document": document, "clause": [clause]}}}


def test_talentservice(timed):
    flow = region_from_dict(invented()).flow("need")

    def work(tickets):
        for _ in tickets:
            ticket = flow.open("T1")
            for step, role in LOOP:
                for event in decide(flow, ticket, Command(step, "p1", role, NOW, DATA, ticket.version)):
                    ticket = evolve(ticket, event)
        return ticket

    ticket = timed("ticket", "talentservice", work, TICKETS, each=len(LOOP))
    assert [(e.step, e.role) for e in ticket.history] == LOOP
    assert (ticket.state, ticket.version) == ("accepted", len(LOOP))


def needed(needs):
    """The fields an edge cannot do without."""
    return needs.get("needs") or [test["field"] for test in needs.values()]


def test_transitions(timed):
    class Ticket:
        pass

    def guards(by, needs):
        yield lambda event: event.kwargs["role"] in by
        for name in needed(needs):
            yield lambda event, name=name: bool(event.kwargs["data"].get(name))

    def record(event):
        log.append((event.event.name, event.transition.source, event.transition.dest, event.kwargs["role"], NOW))

    rows = [
        {"trigger": name, "source": source, "dest": target, "conditions": list(guards(by, needs))}
        for name, sources, target, by, needs in EDGES
        for source in sources
    ]
    log = []
    ticket = Ticket()
    transitions.Machine(
        ticket, states=STATES, transitions=rows, initial=STATES[0], send_event=True, auto_transitions=False,
        after_state_change=record,
    )  # fmt: skip

    def work(tickets):
        log.clear()
        for _ in tickets:
            for step, role in LOOP:
                assert ticket.trigger(step, role=role, data=DATA)
        return log[:]

    found = timed("ticket", "transitions", work, TICKETS, each=len(LOOP))
    assert [(step, role) for step, _, _, role, _ in found] == LOOP * len(TICKETS)


def chart():
    """The flow as a class of python-statemachine, with the guards as methods."""
    body = {s: statemachine.State(s, value=s, initial=s == STATES[0], final=s == "filed") for s in STATES}
    for number, (name, sources, target, by, needs) in enumerate(EDGES):
        names = needed(needs)
        body[f"may_{number}"] = lambda self, role, by=by: role in by  # noqa: ARG005  # a method
        body[f"has_{number}"] = lambda self, data, names=names: all(data.get(n) for n in names)  # noqa: ARG005  # same
        conditions = [f"may_{number}", *([f"has_{number}"] if needs else [])]
        edges = [body[source].to(body[target], cond=conditions) for source in sources]
        body[name.replace("-", "_")] = edges[0] if len(edges) == 1 else edges[0] | edges[1]
    body["after_transition"] = lambda self, event, source, target, role: self.log.append(
        (str(event), source.id, target.id, role, NOW)
    )
    body["allow_event_without_transition"] = False
    return type("Ticket", (statemachine.StateChart,), body)


def test_statemachine(timed):
    ticket = chart()()

    def work(tickets):
        ticket.log = []
        for _ in tickets:
            for step, role in LOOP:
                ticket.send(step, role=role, data=DATA)
        return ticket.log

    found = timed("ticket", "python-statemachine", work, TICKETS, each=len(LOOP))
    assert [(step, role) for step, _, _, role, _ in found] == LOOP * len(TICKETS)
