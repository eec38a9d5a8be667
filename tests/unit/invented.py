"""Regions of no real place, built from a few lines each, and the moments the tests share.

2021 for the reader: 18 June is a Friday, 12 to 14 June are the Dragon Boat holiday, 1 to 7 October the National Day holiday
with make-up days on 26 September and 9 October.
"""

from datetime import date, datetime

from talentservice import BEIJING, Command, Event, EventLog, Period
from talentservice.people import Post, Relation, Roster
from talentservice.region import region_from_dict

ROLES = ("office", "unit", "window", "leader", "liaison", "talent", "company")
EVENTS = {
    "plan.filed": {"zh": "报送计划", "en": "Plan filed", "subjects": ["post"]},
    "slip.assigned": {"zh": "交办", "en": "Slip assigned", "subjects": ["ticket"]},
    "need.moved": {"zh": "流转", "en": "Moved on", "subjects": ["ticket"]},
    "project.signed": {"zh": "签约项目", "en": "Project signed", "subjects": ["project"]},
    "written.explained": {"zh": "书面说明", "en": "Explained in writing", "subjects": ["ticket", "post"]},
}


def both(text):
    return {"zh": f"{text}甲", "en": f"{text} A"}


def clause(number, **kinds):
    """One clause; its rules by kind: ``clause("1", duty={"reply": {...}})``."""
    return {"id": number, "zh": f"第{number}条", "en": f"Clause {number}", **kinds}


def region(*clauses, document=None, more=None, roles=ROLES):
    """A region of one document with these clauses; `document` changes its head, `more` are further documents by id."""
    heads = {"d": (document or {}, clauses), **(more or {})}
    documents = {
        f"{name}.toml": {
            "document": {"id": name, "title": both("Text"), "issuer": "Nobody", "issued": date(2015, 1, 1), **head},
            "clause": list(rows),
        }
        for name, (head, rows) in heads.items()
    }
    head = {
        "api": "1.0",
        "id": "nowhere",
        "name": {"zh": "乌有区", "en": "Nowhere"},
        "division": "990000",
        "documents": list(documents),
        "roles": {r: {"zh": f"{r}岗", "en": f"the {r}"} for r in roles},
        "events": EVENTS,
    }
    return region_from_dict({"region": head, "documents": documents, "forms": {}})


def rule(kind, **spec):
    """The one rule, named ``it``, of a region that has no other."""
    return region(clause("1", **{kind: {"it": spec}})).rule("it")


def at(month, day, hour=9, minute=0, year=2021):
    return datetime(year, month, day, hour, minute, tzinfo=BEIJING)


def on(month, day, year=2021):
    return date(year, month, day)


def during(year=2021, first=1, last=12):
    """Whole months, half-open like every period."""
    return Period(date(year, first, 1), date(year + last // 12, last % 12 + 1, 1))


def post(name, *roles, body=None, **facts):
    return Post(id=name, label={"zh": name, "en": name}, roles=list(roles), body=body, facts=facts)


def serves(name, subject, since=date(2020, 1, 1), until=None, **facts):
    return Relation(post=name, subject=subject, since=since, until=until, facts=facts)


def roster(*rows):
    posts = [r for r in rows if isinstance(r, Post)]
    return Roster(posts=posts, relations=[r for r in rows if isinstance(r, Relation)])


def event(kind, when, by=None, role=None, *, to=(), about=None, **data):
    """An event; `about` holds its subjects."""
    return Event(kind, when, by=by, role=role, to=tuple(to), subjects=about or {}, data=data)


def log(*events):
    return EventLog(events)


STATES = [
    ("new", "新建", "New", False),
    ("sent", "已派", "Sent", False),
    ("in-hand", "办理中", "In hand", False),
    ("answered", "已答复", "Answered", False),
    ("closed", "已办结", "Closed", True),
    ("withdrawn", "已撤回", "Withdrawn", True),
]
# step: from, to, by, and what else it needs
TABLE = {
    "send": (["new", "answered"], "sent", ["office"], {"needs": ["opinion"]}),
    "take": (["sent"], "in-hand", ["unit", "window"], {}),
    "return": (["sent", "in-hand"], "new", ["unit"], {"needs": ["reason"]}),
    "answer": (["in-hand"], "answered", ["unit"], {"needs": ["reply"]}),
    "close": (["answered"], "closed", ["office"], {"when": {"field": "satisfied", "is": True}}),
    "withdraw": (["new", "sent", "in-hand"], "withdrawn", ["talent", "office"], {}),
}
GIVEN = {"opinion": "转办", "reason": "非本单位职责", "reply": "已办妥", "satisfied": True}


def flow(table=TABLE, states=STATES):
    """The flow ``need`` with the steps of a table: from, to, by, and the rest."""
    steps = {
        name: {"zh": f"环节{name}", "en": f"Step {name}", "flow": "need", "from": start, "to": to, "by": by,
               "event": "need.moved", **more}
        for name, (start, to, by, more) in table.items()
    }  # fmt: skip
    heads = [{"id": i, "zh": zh, "en": en, "end": end} for i, zh, en, end in states]
    return region(clause("1", flow={"need": {"zh": "流程", "en": "Flow", "states": heads}}, step=steps)).flow("need")


def command(step, role, when=None, by="p-1", **more):
    """A command with all the data any step of TABLE needs, unless `data` says otherwise."""
    return Command(step, by, role, when or at(3, 1), **{"data": GIVEN, **more})
