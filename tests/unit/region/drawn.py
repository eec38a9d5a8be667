"""Strategies that draw small, sound regions with every kind of rule, and what happened in them."""

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from talentservice.events import STANDARD, Event

ROLES = ["office", "unit", "leader"]
FIELDS = ["level", "area", "major", "since", "items"]
BOTH = {"zh": "甲", "en": "A"}

names = st.sampled_from(ROLES)
kinds = st.sampled_from(sorted(STANDARD))
counts = st.integers(1, 40)
days = st.dates(date(2019, 1, 1), date(2022, 12, 31))
labels = st.fixed_dictionaries(
    {"zh": st.sampled_from(["走访", "回复“甲”", "三%{x}"]), "en": st.sampled_from(["Visit", "{0} %s", "A \\ b"])}
)
awaited = {"parameter": "number"}
numbers = counts | st.just(awaited)
terms = st.one_of(
    *(st.fixed_dictionaries({unit: numbers}) for unit in ("working_days", "natural_days", "months", "years", "hours")),
    st.sampled_from([{"stated": "due"}, {"item_limit": True}, {"promptly": True}, {"unstated": True}]),
)
cycles = st.sampled_from(
    [
        "month",
        "quarter",
        "half-year",
        "year",
        {"months": 2, "phase": {"parameter": "month"}},
        {"years": 2, "phase": 2001},
    ]
)
values = st.one_of(
    st.booleans(), st.integers(-5, 5), st.decimals(0, 1, places=1), st.sampled_from(["north", "国家级"]), days
)


def maybe(strategy):
    return st.none() | strategy


def present(**keys):
    """A table of what was drawn, without what was left out."""
    return st.fixed_dictionaries(keys).map(lambda row: {k: v for k, v in row.items() if v is not None})


leaves = st.one_of(
    st.fixed_dictionaries({"field": st.sampled_from(FIELDS), "is": values}),
    st.fixed_dictionaries(
        {
            "field": st.sampled_from(FIELDS),
            "one_of": st.lists(values, min_size=1, max_size=3) | st.just(["a", {"parameter": "names"}]),
        }
    ),
    st.fixed_dictionaries({"field": st.sampled_from(FIELDS), "at_least": st.integers(0, 9) | days}),
    st.fixed_dictionaries({"field": st.sampled_from(FIELDS), "count": st.integers(0, 3)}),
    st.fixed_dictionaries({"field": st.sampled_from(FIELDS), "within": st.fixed_dictionaries({"years": counts})}),
    st.fixed_dictionaries({"field": st.sampled_from(FIELDS), "decision": labels}),
    st.just({"condition": "base"}),
)
tests = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"not": inner}),
    ),
    max_leaves=6,
)
starts = st.one_of(
    kinds,
    st.lists(kinds, min_size=1, max_size=3, unique=True),
    st.fixed_dictionaries({"event": kinds, "where": tests}),
    st.just({"overdue": "first"}),
)
times = st.one_of(
    st.sampled_from(
        [{"before_period": True}, {"within_period": True}, {"unstated": True}, {"day": 25, "about": True}, {"day": 31}]
    ),
    st.fixed_dictionaries({"after_period": terms}),
)
owing = {"who": names, "does": kinds, "to": maybe(st.lists(names, min_size=1, max_size=2, unique=True))}
duties = st.one_of(
    present(**owing, after=starts, within=terms, contents=maybe(st.just(["reason"]))),
    present(**owing, every=cycles, by=times),
)
quotas = st.one_of(
    present(
        who=names,
        count=st.just("visit.made"),
        distinct=maybe(st.just("enterprise")),
        per=cycles,
        at_least=numbers,
        where=maybe(tests),
        each=maybe(st.sampled_from(["actor", "relation", "total"])),
    ),
    present(
        who=names, count=kinds, among=kinds, per=cycles, at_least_percent=st.integers(1, 100), applies=maybe(tests)
    ),
    present(
        who=names, standing=st.sampled_from(["relation", "post"]), exactly=numbers, strength=maybe(st.just("strive"))
    ),
    present(
        who=names,
        standing=st.just("post"),
        each=st.just("body"),
        bodies=st.just(["a", {"parameter": "names"}]),
        at_most=counts,
    ),
)
routes = st.one_of(
    present(matter=st.just("need"), when=maybe(tests), to=st.lists(names, min_size=1, max_size=2)),
    present(
        matter=st.just("need"),
        by=st.sampled_from(FIELDS),
        table=st.dictionaries(st.sampled_from(["north", "国家级", "x.y"]), names, min_size=1)
        | st.just({"parameter": "table"}),
    ),
)
teams = st.fixed_dictionaries(
    {"parts": st.lists(present(role=names, at_least=maybe(st.just(1)), at_most=maybe(counts)), min_size=1, max_size=3)}
)
grants = st.one_of(
    present(
        to=st.just(["leader"]),
        of=st.just("investment"),
        per_mille=st.integers(1, 1000),
        at_most=maybe(counts),
        round=st.just("down-to-fen"),
        discretionary=st.booleans(),
        when=maybe(tests),
    ),
    present(to=st.just(["leader"]), amount=counts, decides=maybe(names)),
)
indicators = present(
    count=kinds,
    among=maybe(kinds),
    where=maybe(tests),
    observed=maybe(present(percent=st.integers(0, 100), about=labels)),
)
campaigns = st.fixed_dictionaries({"starts": days, "lasts": st.fixed_dictionaries({"months": counts})})


@st.composite
def flows(draw):
    """A flow whose states follow each other, and its steps; some steps go back, split the ticket or ask a condition."""
    number = draw(st.integers(2, 4))
    states = [{"id": f"s{i}", **BOTH, "end": i == number - 1} for i in range(number)]
    steps = {}
    for i in range(number - 1):
        more = draw(
            present(
                needs=maybe(st.just(["reason"])), when=maybe(tests), each_part=maybe(st.just(True)), may=st.booleans()
            )
        )
        steps[f"on-{i}"] = {
            "flow": "path",
            "from": [f"s{i}"],
            "to": f"s{i + 1}",
            "by": draw(st.lists(names, min_size=1, unique=True)),
            "event": draw(kinds),
            **more,
        }
        if i and draw(st.booleans()):
            steps[f"back-{i}"] = {
                "flow": "path",
                "from": [f"s{i}"],
                "to": f"s{i - 1}",
                "by": ["office"],
                "event": "progress.reported",
            }
    if draw(st.booleans()):
        steps["on-0"] = {k: v for k, v in steps["on-0"].items() if k != "each_part"} | {"parts": "items"}
    return {"flow": {"path": {"states": states}}, "step": steps}


@st.composite
def regions(draw):
    """A sound region with every kind of rule."""
    clauses = [
        {
            "duty": {
                "first": {"who": "unit", "does": "ticket.replied", "after": "ticket.received", "within": draw(terms)}
            }
        },
        {"condition": {"base": {"field": "level", "is": "national", "open": draw(st.booleans())}}},
        {
            "parameter": {
                n: {"type": t, "why": BOTH}
                for n, t in (("number", "count"), ("month", "month"), ("names", "names"), ("table", "table"))
            }
        },
        {
            "reading": {
                "choice": {
                    "ask": draw(labels),
                    "options": ["one", "two"],
                    "default": draw(st.sampled_from(["one", "two"])),
                    "why": BOTH,
                }
            }
        },
        {"form": {"slip": {"file": "forms/slip.toml"}}},
        {"scale": {"marks": {"grades": [{"id": g, **BOTH} for g in ("best", "good", "worst")]}}},
        {
            "conflict": {
                "odds": {
                    "also": ["1"],
                    "about": draw(labels),
                    "settle": draw(st.sampled_from(["satisfy-all", "report-all"])),
                }
            }
        },
        draw(flows()),
    ]
    for kind, strategy in (
        ("duty", duties),
        ("quota", quotas),
        ("condition", tests),
        ("route", routes),
        ("team", teams),
        ("grant", grants),
        ("indicator", indicators),
        ("campaign", campaigns),
    ):
        for number, rule in enumerate(draw(st.lists(strategy, min_size=1, max_size=2))):
            named = draw(maybe(labels)) or {}
            clauses.append({kind: {f"{kind}-{number}": rule | (named if not named.keys() & rule.keys() else {})}})
    quota = {
        "who": "leader",
        "standing": "post",
        "at_least": 1,
        "under": {"choice": {"two": {"at_least": draw(counts)}}},
    }
    clauses.append({"quota": {"read": quota}})
    document = {
        "id": "plan",
        "title": draw(labels),
        "issuer": "区",
        "issued": date(2020, 1, 1),
        "in_force_until": draw(maybe(st.just(date(2021, 12, 31)))),
    }
    rows = [{"id": str(number), **BOTH, **rules} for number, rules in enumerate(clauses, start=1)]
    rows += [{"id": "guidance", **BOTH, "status": "guidance"}, {"id": "record", **BOTH, "record": "talent.left_on"}]
    head = {
        "api": "1.0",
        "id": "drawn",
        "name": BOTH,
        "division": "440605",
        "documents": ["plan.toml"],
        "roles": dict.fromkeys(ROLES, BOTH),
    }
    group = {"id": "g", "clause": "5", "label": BOTH, "fields": [{"id": "f", "label": BOTH, "type": "text"}]}
    return {
        "region": head,
        "documents": {"plan.toml": {"document": {k: v for k, v in document.items() if v is not None}, "clause": rows}},
        "forms": {"forms/slip.toml": {"id": "slip", "title": BOTH, "groups": [group]}},
    }  # fmt: skip


facts = st.dictionaries(
    st.sampled_from([*FIELDS, "investment", "reason"]), values | st.lists(st.text(max_size=3), max_size=3), max_size=6
)
moments = st.datetimes(datetime(2019, 1, 1), datetime(2022, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001  # bounds have no zone
events = st.lists(
    st.builds(
        Event,
        kinds,
        days | moments,
        by=st.sampled_from([None, "p1", "p2"]),
        role=maybe(names),
        to=st.lists(names, max_size=2).map(tuple),
        subjects=st.dictionaries(
            st.sampled_from(["ticket", "talent", "enterprise", "post", "body"]), st.sampled_from(["a", "b"])
        ),
        data=facts,
    ),
    max_size=6,
)
