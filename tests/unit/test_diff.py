"""Two versions of a region, or two regions, side by side; and ``diff`` and ``verify`` as commands."""

import json

import pytest
from tests.unit.invented import TABLE, both, clause, region

from talentservice.cli import run
from talentservice.region import region_from_dict
from talentservice.region.diff import brief, compare

REPLY = {
    "zh": "回复",
    "en": "Reply",
    "who": "unit",
    "does": "ticket.replied",
    "after": "ticket.received",
    "within": {"working_days": 7},
}
VISITS = {"zh": "走访", "en": "Visits", "who": "leader", "count": "visit.made", "per": "year", "at_least": 10}
ROUTE = {"zh": "派单", "en": "Who handles it", "matter": "need", "to": ["unit"]}
GRANT = {
    "zh": "补助",
    "en": "Support",
    "to": ["company"],
    "of": "investment",
    "per_mille": 5,
    "at_most": 2_000_000,
    "round": "down-to-fen",
}
LISTED = {"zh": "列明者", "en": "Who is listed", "open": True, "field": "level", "is": "national"}


def made(name="nowhere", **rules):
    """A region with these rules by kind, all under one clause."""
    data = region(clause("1", **rules)).to_dict()
    data["region"]["id"] = name
    return region_from_dict(data)


@pytest.fixture(scope="module")
def here():
    return made(
        duty={"reply": REPLY},
        quota={"visits": VISITS},
        route={"who": ROUTE},
        grant={"aid": GRANT},
        condition={"listed": LISTED},
    )


def changed(left, right):
    return {
        (d.kind, d.topic): ([r.id for r in d.left], [r.id for r in d.right]) for d in compare(left, right) if not d.same
    }


# ---- two versions of one region ---------------------------------------------------------------------------------------------


def test_a_region_does_not_differ_from_itself(here):
    found = compare(here, here)
    assert {(d.kind, d.topic) for d in found} == {
        ("duty", "reply"), ("quota", "visits"), ("route", "who"), ("grant", "aid"), ("condition", "listed"),
    }  # fmt: skip
    assert all(d.same for d in found)
    assert changed(here, region_from_dict(here.to_dict())) == {}


def test_an_amended_rule_is_shown_with_both_versions(here):
    other = here.amend({"reply": {"within": {"working_days": 5}}})
    assert changed(here, other) == {("duty", "reply"): (["reply"], ["reply"])}
    (found,) = [d for d in compare(here, other) if not d.same]
    assert [brief(r).en for r in (*found.left, *found.right)] == [
        "Reply (the unit, 7 working days)",
        "Reply (the unit, 5 working days)",
    ]


def test_a_rule_that_came_or_went_has_one_side():
    one, two = made(duty={"reply": REPLY}), made(duty={"answer": REPLY})
    assert changed(one, two) == {("duty", "reply"): (["reply"], []), ("duty", "answer"): ([], ["answer"])}


def test_names_and_labels_are_no_difference_and_what_is_printed_is_one(here):
    for change in ({"zh": "答复", "en": "Answer"}, {"within": {"working_days": 7}}):
        assert changed(here, here.amend({"reply": change})) == {}
    assert changed(here, here.amend({"reply": {"printed": {"7": "一周"}}})) == {
        ("duty", "reply"): (["reply"], ["reply"])
    }


def test_a_grade_that_is_renamed_is_the_same_grade_and_one_that_is_added_is_not():
    def scale(*names):
        return made(scale={"it": {"grades": [{"id": i, "zh": zh, "en": i} for i, zh in names]}})

    one = scale(("good", "好"), ("bad", "差"))
    assert changed(one, scale(("good", "优"), ("bad", "劣"))) == {}
    assert changed(one, scale(("bad", "差"), ("good", "好"))) == {("scale", "it"): (["it"], ["it"])}


def test_a_form_whose_layout_changed_differs_and_one_whose_labels_did_does_not():
    def form(**change):
        data = region(clause("1", record="document.issued")).to_dict()
        (document,) = data["documents"].values()
        document["clause"] = [clause("1", form={"slip": {"file": "slip.toml"}})]
        field = {"id": "name", "label": both("Name"), "type": "text", **change}
        group = {"id": "who", "clause": "1", "label": both("Who"), "fields": [field]}
        data["forms"] = {"slip.toml": {"id": "nowhere.slip", "title": both("Slip"), "groups": [group]}}
        return region_from_dict(data)

    assert changed(form(), form(label=both("Full name"))) == {}
    assert changed(form(), form(required=True)) == {("form", "slip"): (["slip"], ["slip"])}


# ---- two regions ------------------------------------------------------------------------------------------------------------


def test_rules_of_two_regions_meet_in_what_they_are_about(here):
    there = made(
        "elsewhere",
        duty={"answer-soon": {**REPLY, "within": {"working_days": 5}}},
        quota={"calls": {**VISITS, "en": "Calls"}},
        route={"first": ROUTE, "second": {**ROUTE, "to": ["window"]}},
        grant={"prize": GRANT},
    )
    assert changed(here, there) == {
        ("duty", "ticket.replied"): (["reply"], ["answer-soon"]),
        ("route", "need"): (["who"], ["first", "second"]),
        ("grant", "aid"): (["aid"], []),
        ("grant", "prize"): ([], ["prize"]),
        ("condition", "listed"): (["listed"], []),
    }
    (visits,) = [d for d in compare(here, there) if d.kind == "quota"]
    assert (visits.topic, visits.same) == ("visit.made", True)


def test_what_stands_and_what_a_step_brings_about_are_topics():
    standing = {"who": "leader", "standing": "relation", "at_least": 2}
    one, two = made("one", quota={"a": standing}), made("two", quota={"b": standing})
    assert [(d.kind, d.topic, d.same) for d in compare(one, two)] == [("quota", "standing relation", True)]
    moves = [d for d in compare(flow_region(), flow_region("other")) if d.kind == "step"]
    assert [(d.topic, d.same, [r.id for r in d.left]) for d in moves] == [("need.moved", True, list(TABLE))]


def flow_region(name="nowhere"):
    steps = {s: {"zh": s, "en": s, "flow": "need", "from": f, "to": t, "by": by, "event": "need.moved", **more}
             for s, (f, t, by, more) in TABLE.items()}  # fmt: skip
    states = [{"id": i, "zh": i, "en": i, "end": i in ("closed", "withdrawn")}
              for i in ("new", "sent", "in-hand", "answered", "closed", "withdrawn")]  # fmt: skip
    return made(name, flow={"need": {"zh": "流程", "en": "Flow", "states": states}}, step=steps)


# ---- one line each ----------------------------------------------------------------------------------------------------------

BRIEFS = [
    ("duty", REPLY, "Reply (the unit, 7 working days)", "回复（unit岗，7个工作日）"),
    (
        "duty",
        {"zh": "计划", "en": "Plan", "who": "office", "does": "plan.filed", "every": "month", "by": {"day": 25, "about": True}},
        "Plan (the office, about day 25 of the month)",
        "计划（office岗，当月25日左右）",
    ),
    ("quota", VISITS, "Visits (the leader, at least 10)", "走访（leader岗，至少 10）"),
    ("quota", {**VISITS, "at_most": 12}, "Visits (the leader, at least 10, at most 12)", "走访（leader岗，至少 10，至多 12）"),
    (
        "quota",
        {**{k: v for k, v in VISITS.items() if k != "at_least"}, "among": "visit.made", "at_least_percent": 30},
        "Visits (the leader, at least 30%)",
        "走访（leader岗，至少 30%）",
    ),
    ("grant", GRANT, "Support (2,000,000 yuan, 5‰)", "补助（2,000,000 元，5‰）"),
    ("grant", {**{k: v for k, v in GRANT.items() if k != "per_mille"}, "percent": 50}, "Support (2,000,000 yuan, 50%)", "补助（2,000,000 元，50%）"),
    ("grant", {"zh": "奖", "en": "Prize", "to": ["unit"], "amount": 5}, "Prize (5 yuan)", "奖（5 元）"),
    ("condition", LISTED, "Who is listed (open list)", "列明者（列举未尽）"),
    ("condition", {**LISTED, "open": False}, "Who is listed", "列明者"),
    ("route", ROUTE, "Who handles it", "派单"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "spec", "en", "zh"), BRIEFS)
def test_a_rule_in_one_line(kind, spec, en, zh):
    said = brief(made(**{kind: {"it": spec}}).rule("it"))
    assert (said.en, said.zh) == (en, zh)


def test_a_step_in_one_line():
    found = brief(flow_region().rule("take"))
    assert (found.en, found.zh) == ("take (the unit / the window)", "take（unit岗 / window岗）")


def test_a_difference_as_json(here):
    (found,) = [d for d in compare(here, here.amend({"visits": {"at_least": 8}})) if not d.same]
    assert json.loads(json.dumps(found.to_dict())) == {
        "kind": "quota", "topic": "visits", "same": False,
        "left": [{"id": "visits", "zh": "走访（leader岗，至少 10）", "en": "Visits (the leader, at least 10)", "clauses": ["d:1"]}],
        "right": [{"id": "visits", "zh": "走访（leader岗，至少 8）", "en": "Visits (the leader, at least 8)", "clauses": ["d:1"]}],
    }  # fmt: skip


# ---- the commands -----------------------------------------------------------------------------------------------------------

HEAD = """
api = "1.0"
id = "hillside"
name = { zh = "山乡", en = "Hillside" }
division = "990001"
documents = ["plan.toml"]
[roles]
unit = { zh = "单位", en = "unit" }
"""
PLAN = """
[document]
id = "hillside"
title = { zh = "方案", en = "Plan" }
issuer = "Nobody"
issued = 2020-01-01
[[clause]]
id = "一"
zh = "答复"
en = "Reply"
[clause.duty.reply]
who = "unit"
does = "ticket.replied"
after = "ticket.received"
within = { working_days = 7 }
"""


@pytest.fixture
def two(tmp_path, monkeypatch):
    """Two folders with versions of one region: seven days, and five."""
    for name, days in (("old", 7), ("new", 5)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "region.toml").write_text(HEAD, encoding="utf-8")
        (folder / "plan.toml").write_text(PLAN.replace("= 7", f"= {days}"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    return tmp_path


def call(capsys, *words):
    capsys.readouterr()
    code = run(words)
    written = capsys.readouterr()
    return code, written.out, written.err


@pytest.mark.usefixtures("two")
def test_diff_shows_two_folders_side_by_side(capsys):
    code, out, err = call(capsys, "diff", "old", "new", "--lang", "en")
    assert (code, err) == (0, "")
    assert "Reply (unit, 7 working days) [hillside:一]" in out
    assert "Reply (unit, 5 working days) [hillside:一]" in out
    code, out, _ = call(capsys, "diff", "old", "new", "--lang", "zh")
    assert code == 0
    assert "答复（单位，5个工作日）" in out
    assert "种类" in out


@pytest.mark.usefixtures("two")
def test_diff_as_json_is_what_differs_or_everything(capsys):
    code, out, err = call(capsys, "diff", "old", "new", "--json")
    assert (code, err) == (0, "")
    ((found),) = json.loads(out)
    assert (found["kind"], found["topic"], found["same"]) == ("duty", "reply", False)
    assert [side[0]["en"] for side in (found["left"], found["right"])] == [
        "Reply (unit, 7 working days)",
        "Reply (unit, 5 working days)",
    ]
    assert json.loads(call(capsys, "diff", "old", "old", "--json")[1]) == []
    assert [d["same"] for d in json.loads(call(capsys, "diff", "old", "old", "--json", "--all")[1])] == [True]
    assert call(capsys, "diff", "old", "old", "--lang", "en")[:2] == (0, "No difference.\n")


def test_diff_refuses_what_is_no_region(two, capsys):
    code, out, err = call(capsys, "diff", "old", "nowhere-at-all", "--json")
    assert (code, out) == (2, "")
    assert json.loads(err)["error"]["code"] == "unknown-name"
    (two / "new" / "plan.toml").write_text("[document", encoding="utf-8")
    code, out, err = call(capsys, "diff", "old", "new", "--json")
    assert (code, out) == (2, "")
    assert json.loads(err)["error"]["code"] == "region-file"


@pytest.fixture
def hillside(two, monkeypatch):
    """The region of the folder `old` as if it were installed."""
    from talentservice.region import load_folder

    loaded = load_folder(two / "old")
    monkeypatch.setattr("talentservice.cli.compare.installed", {"hillside": loaded}.__getitem__)
    return two


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("一、办理\n七个工作日内答复\n", 0, ("1 of 1 numbers stand", "1/1 个数字")),
        ("一、办理\n五个工作日内答复\n", 1, ("reply.within.working_days = 7: not in the document", "reply.within.working_days = 7：文件中没有")),
        ("一、办理\n七个工作日内答复\n二、其他\n另行通知\n", 1, ("line 3: 二 is covered by no clause", "第 3 行“二”没有条款覆盖")),
        ("二、办理\n七个工作日内答复\n三、其他\n", 1, ("一: the document has no such article", "一：文件中没有这个条文")),
    ],
    ids=["sound", "another number", "a new article", "an article gone"],
)  # fmt: skip
def test_verify_says_what_it_found_and_ends_with_1_where_something_is_wrong(hillside, capsys, text, code, says):
    (hillside / "policy.txt").write_text(text, encoding="utf-8")
    words = ["verify", "hillside", "--text", "policy.txt"]
    english, chinese, told = (call(capsys, *words, *more) for more in (["--lang", "en"], ["--lang", "zh"], ["--json"]))
    assert [english[0], chinese[0], told[0]] == [code] * 3
    assert says[0] in english[1]
    assert says[1] in chinese[1]
    (document,) = json.loads(told[1])
    assert (document["document"], document["sound"]) == ("hillside", code == 0)
    assert english[2] == chinese[2] == told[2] == ""
