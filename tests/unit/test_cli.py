"""The command line from outside: every command, both languages, exit codes, errors, files that are written whole or not at all."""

import functools
import importlib.metadata
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import types
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import attrs
import pytest
import typer
from tests.unit.called import Cli, Ran, caller

from talentservice.cli import app, examples, run
from talentservice.cli.chinese import HEADINGS, ZH
from talentservice.cli.options import configured, write_out
from talentservice.cli.output import program as called_as
from talentservice.demo import demonstrate
from talentservice.errors import RegionFileError, TableError
from talentservice.plugins import Registry, registry

ROOT = Path(__file__).parents[2]
NANHAI = ROOT / "plugins" / "nanhai" / "src" / "talentservice_nanhai"
TABLE = ROOT / "examples" / "messages.csv"
COLUMNS = ["--ticket", "留言编号", "--event", "ticket.received=留言时间", "--event", "ticket.replied=答复时间"]
VALUES = ROOT / "tests" / "unit" / "forms" / "need.json"
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="session")
def nanhai_alone() -> Registry:
    """A registry with one region, whatever else is installed."""
    entries = importlib.metadata.entry_points(group="talentservice.regions")
    return Registry.of([e for e in entries if e.name == "nanhai"], {})


@pytest.fixture
def cli(capsys, monkeypatch, tmp_path, nanhai_alone) -> Cli:
    """Run the command line in this process, with one region, in English unless told otherwise, in a folder of its own."""
    for module in ("plugins", "cli.look", "cli.judge", "cli.examples", "cli.form.commands"):
        monkeypatch.setattr(f"talentservice.{module}.registry", lambda: nanhai_alone)
    monkeypatch.setattr(examples, "_facts", functools.cache(examples._facts.__wrapped__))
    return caller(capsys, monkeypatch, tmp_path)


# Each command, with what its text must hold in English and in Chinese.
COMMANDS = [
    (["regions"], "Nanhai District, Foshan", "佛山市南海区"),
    (["show", "nanhai"], "Handle and reply", "责任单位办理并回复"),
    (["show", "nanhai", "reply"], "within seven working days", "七个工作日内"),
    (["show", "nanhai", "--open"], "member-units", "member-units"),
    (["due", "nanhai", "reply", "--after", "2019-02-01"], "Friday 15 February 2019", "2019年2月15日星期五"),
    (["due", "nanhai", "half-year-report", "--in", "2019-03-01"], "Sunday 30 June 2019", "2019年6月30日星期日"),
    (["agenda", "nanhai", "--from", "2019-06-01", "--to", "2019-06-30"], "2019-06-30 Sun", "2019-06-30 周日"),
    (["coverage"], "guidance", "倡导"),
    (["coverage", "nanhai"], "nanhai", "nanhai"),
    (["check", NANHAI], "no problems", "没有问题"),
    (["diff", "nanhai", NANHAI], "No difference.", "没有差别。"),
    (["diff", "nanhai", NANHAI, "--all"], "duty", "义务"),
    (
        ["calendar", "day", "2019-02-02"],
        "Saturday 2 February 2019: make-up working day",
        "2019年2月2日星期六：调休上班",
    ),
    (["calendar", "add", "2019-02-01", "7"], "Friday 15 February 2019", "2019年2月15日星期五"),
    (["calendar", "add", "2019-02-15", "--", "-7"], "Friday 1 February 2019", "2019年2月1日星期五"),
    (["calendar", "count", "2019-02-01", "2019-02-15"], "7 working days", "7 个工作日"),
    (["audit", "nanhai", TABLE, *COLUMNS], "row 7, 留言时间: not a date", "第 7 行“留言时间”：不是日期"),
    (["demo", "nanhai"], "Why it is overdue:", "为什么逾期："),
    (["form", "list"], "Nanhai need-handling form", "需求处理单"),
    (["form", "list", "nanhai"], "nanhai:附件", "nanhai:附件"),
    (["form", "schema", "nanhai", "need-slip"], "转办意见", "转办意见"),
    (["form", "blank", "nanhai", "need-slip", "--to", "a.html", "--force"], "written: a.html", "已写：a.html"),
    (
        ["form", "fill", "nanhai", "need-slip", "--data", VALUES, "--to", "a.html", "--force"],
        "written: a.html",
        "已写：a.html",
    ),
]


@pytest.mark.parametrize(
    ("words", "en", "zh"), COMMANDS, ids=lambda v: "-".join(map(str, v[:2])) if isinstance(v, list) else ""
)
def test_every_command_answers_in_both_languages_and_as_json(cli, words, en, zh):
    if "--" in words:  # behind it nothing is an option
        json_words = [*words[: words.index("--")], "--json", *words[words.index("--") :]]
    else:
        json_words = [*words, "--json"]
    english, chinese = cli("--lang", "en", *words), cli("--lang", "zh", *words)
    assert (english.code, english.err) == (0, "")
    assert (chinese.code, chinese.err) == (0, "")
    assert en in english.out
    assert zh in chinese.out
    as_json, in_chinese = cli(*json_words), cli("--lang=zh", *json_words)
    assert (as_json.code, as_json.err) == (0, "")
    assert as_json.json == in_chinese.json, "JSON is for programs: it does not depend on the reader's language"


def test_every_command_there_is_is_tried_above():
    tried = {" ".join(map(str, w[:2] if w[0] in ("calendar", "form") else w[:1])) for w, _, _ in COMMANDS}
    # The one answers 1 unless it is given the whole source, and is tried further down; the other in test_cli_form.py.
    tried |= {"verify", "form read"}
    assert {name for name, command in commands() if name and not getattr(command, "commands", None)} == tried


# ---- an answer, cited and explained -----------------------------------------------------------------------------------------


def test_a_deadline_is_cited_and_every_skipped_day_names_its_notice(cli):
    answer = cli("due", "nanhai", "reply", "--after", "2019-02-01", "--json").json
    assert answer["value"] == "2019-02-15"
    assert [c["id"] for c in answer["citations"]] == ["nanhai:三(二)3-1"]
    skipped = [s["facts"] for s in answer["steps"] if s["kind"] == "skipped"]
    assert [f["day"] for f in skipped] == [f"2019-02-{day:02}" for day in range(4, 11)]
    assert {f["notice"] for f in skipped} == {"国务院办公厅2019年节假日安排通知"}
    counted = [s["facts"] for s in answer["steps"] if s["kind"] == "counted"]
    assert [f["day"] for f in counted] == [
        "2019-02-02", "2019-02-03", "2019-02-11", "2019-02-12", "2019-02-13", "2019-02-14", "2019-02-15",
    ]  # fmt: skip
    assert [f["n"] for f in counted] == [1, 2, 3, 4, 5, 6, 7]


def test_the_coverage_of_nanhai(cli):
    shown = cli("coverage", "nanhai", "--json")
    assert shown.json == {
        "region": "nanhai", "clauses": 70, "rule": 39, "record": 28, "guidance": 3, "missing": [],
    }  # fmt: skip
    every = cli("coverage", "--json").json
    assert shown.json in every["regions"]
    assert every["clauses"] == sum(r["clauses"] for r in every["regions"])


@pytest.mark.parametrize(
    ("as_of", "value"),
    [
        pytest.param(["--as-of", "2020-01-20"], "2020-02-04", id="known-that-day"),  # 1 February was to be worked
        pytest.param([], "2020-02-06", id="after-the-holiday-was-extended"),
    ],
)
def test_a_deadline_as_it_was_known_on_a_day(cli, as_of, value):
    assert cli("due", "nanhai", "reply", "--after", "2020-01-20", *as_of, "--json").json["value"] == value
    assert cli("calendar", "add", "2020-01-20", "7", *as_of, "--json").json["value"] == value


def test_a_day_no_notice_covers_is_an_error_or_a_provisional_answer_with_bounds(cli):
    refused = cli("due", "nanhai", "reply", "--after", "2026-12-29", "--json")
    assert refused.code == 2
    assert refused.error["code"] == "calendar-coverage"
    answer = cli("due", "nanhai", "reply", "--after", "2026-12-29", "--provisional", "--json").json
    assert answer["certainty"] == "provisional"
    assert "2026-12-29" < answer["earliest"] <= answer["value"] <= answer["latest"]
    assert answer["latest"] >= "2027-01-08", "a Friday holiday and two weekends lie between at the least"
    assert [w["known_until"] for w in answer["warnings"]] == ["2026-12-31"]
    assert "provisional" in cli("due", "nanhai", "reply", "--after", "2026-12-29", "--provisional").out


def test_a_day_before_the_document_is_refused_unless_asked_for(cli):
    refused = cli("due", "nanhai", "reply", "--after", "2018-12-26", "--json")
    assert (refused.code, refused.error["code"]) == (2, "not-in-force")
    answer = cli("due", "nanhai", "reply", "--after", "2018-12-26", "--as-if-in-force", "--json").json
    assert answer["as_if_in_force"] is True
    assert answer["value"] == "2019-01-07"  # 27, 28, the make-up day 29 December, 2, 3, 4, 7 January


def test_a_time_is_beijing_time(cli):
    """D13: 17:30 in Greenwich is already the next day in Beijing."""
    late = cli("due", "nanhai", "reply", "--after", "2019-01-31T17:30:00Z", "--json").json
    assert late == cli("due", "nanhai", "reply", "--after", "2019-02-01", "--json").json


def test_readings_and_parameters_are_chosen_on_the_command_line(cli):
    asked = ["due", "nanhai", "half-year-report", "--in", "2019-03-01", "--json"]
    options = json.loads(cli("show", "nanhai", "half-year-day", "--json").out)["declared"]["options"]
    for option in options:
        assert cli(*asked, "--reading", f"half-year-day={option}").json["readings"] == {"half-year-day": option}
    wrong = cli(*asked, "--reading", "half-year-day=neither")
    assert (wrong.code, wrong.error["code"]) == (2, "unknown-name")
    open_before = [r["id"] for r in cli("show", "nanhai", "--open", "--json").json]
    assert "member-units" in open_before
    bad = cli(*asked, "--parameter", "member-units=7")
    assert (bad.code, bad.error["code"]) == (2, "wrong-type")
    assert cli(*asked, "--parameter", 'member-units=["a"]').code == 0
    assert cli(*asked, "--parameter", "member-units=a b").error["code"] == "wrong-type"
    assert cli(*asked, "--parameter", "member-units").error["code"] == "input"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        ("1.10", Decimal("1.10")),
        ("0.1", Decimal("0.1")),
        ('["a", "b"]', ["a", "b"]),
        ('{"a": "b"}', {"a": "b"}),
        ("true", True),
        ("some text", "some text"),
        ("2019-02-01", "2019-02-01"),
        ("007", "007"),
        ("NaN", "NaN"),
        ("[" * 100_000, "[" * 100_000),
        ("a=b", "a=b"),
    ],
)
def test_the_value_of_a_parameter_is_exact_json_or_else_text(monkeypatch, text, value):
    seen = {}

    class Fake:
        def configure(self, *, parameters, readings):
            seen.update(parameters)
            return readings

    monkeypatch.setattr("talentservice.cli.options.region", lambda _: Fake())
    configured("x", [f"size={text}"], None)
    assert seen == {"size": value}
    assert type(seen["size"]) is type(value)


# ---- agenda -----------------------------------------------------------------------------------------------------------------

WINDOW = ["--from", "2019-02-01", "--to", "2019-02-28"]
LINES = """
{"kind": "ticket.received", "at": "2019-02-01T10:00:00", "ticket": "T-1", "by": "desk-a", "role": "unit"}

{"kind": "ticket.replied", "at": "2019-02-18", "ticket": "T-1", "note": "one\u2028two"}
{"kind": "ticket.received", "at": "2019-02-14", "ticket": "T-2"}
"""
TOML = """
[[events]]
kind = "ticket.received"
at = 2019-02-01T10:00:00
ticket = "T-1"
by = "desk-a"
role = "unit"
[[events]]
kind = "ticket.replied"
at = 2019-02-18
ticket = "T-1"
[[events]]
kind = "ticket.received"
at = 2019-02-14
ticket = "T-2"
"""
ROSTER = """
[roster]
posts = [{ id = "desk-a", label = { zh = "甲岗", en = "Desk A" }, roles = ["unit"] }]
"""


@pytest.mark.parametrize(("name", "text"), [("events.jsonl", LINES), ("events.toml", TOML)])
def test_an_agenda_from_a_file_of_events_with_posts_and_a_calendar_file(cli, tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8-sig")
    (tmp_path / "roster.toml").write_text(ROSTER, encoding="utf-8")
    words = ["agenda", "nanhai", *WINDOW, "--on", "2019-02-28", "--events", name, "--roster", "roster.toml"]
    shown = cli(*words, "--ics", "out/nanhai.ics", "--json")
    assert shown.code == 0
    replies = {o["about"]: o for o in shown.json["obligations"] if o["duty"] == "reply"}
    late, overdue = replies["T-1"], replies["T-2"]
    assert (late["state"], late["due"], late["late_days"], late["post"]) == ("done-late", "2019-02-15", 3, "desk-a")
    assert (overdue["state"], overdue["due"], overdue["late_days"]) == ("overdue", "2019-02-25", 3)
    assert shown.json["obligations"][0] == overdue, "overdue first"
    text_shown = cli(*words).out
    assert "Desk A" in text_shown
    assert "overdue 3d" in text_shown
    ics = (tmp_path / "out" / "nanhai.ics").read_bytes()
    assert ics.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"DTSTART;VALUE=DATE:20190215" in ics


def test_without_on_an_agenda_stands_as_on_its_first_day(cli, tmp_path):
    (tmp_path / "events.jsonl").write_text(LINES, encoding="utf-8")
    words = ["agenda", "nanhai", "--from", "2019-02-16", "--to", "2019-02-28", "--events", "events.jsonl", "--json"]
    states = {o["about"]: o["state"] for o in cli(*words).json["obligations"] if o["duty"] == "reply"}
    assert states == {"T-1": "overdue", "T-2": "open"}


def test_what_waits_for_a_parameter_or_is_not_owed_is_said(cli):
    nothing = cli("agenda", "nanhai", "--from", "2019-02-01", "--to", "2019-02-02")
    assert "Nothing is owed" in nothing.out
    assert cli("agenda", "nanhai", "--from", "2019-02-28", "--to", "2019-02-01", "--json").error["code"] == "date-order"


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        pytest.param("e.jsonl", '\n{"kind": "ticket.received"\n', "e.jsonl, line 2: not a JSON object", id="broken-line"),
        pytest.param("e.jsonl", "[1]\n", "line 1: not a JSON object", id="a-list"),
        pytest.param("e.jsonl", "[" * 100_000, "line 1: not a JSON object", id="T12-deep-nesting"),
        pytest.param("e.jsonl", '{"kind": "ticket.recieved", "at": "2019-02-01"}', "'ticket.received'", id="misspelt-kind"),
        pytest.param("e.jsonl", '{"kind": "ticket.received", "at": "第10号"}', "line 1: not a date", id="D09-no-date"),
        pytest.param("e.jsonl", '{"kind": "ticket.received", "at": 0}', "line 1: a date is due", id="D11-zero"),
        pytest.param("e.jsonl", '{"kind": "ticket.received"}', "line 1: a date is due", id="no-date-at-all"),
        pytest.param("e.toml", "events = 7", "e.toml has no [[events]]; there is: events", id="no-list"),
        pytest.param("e.toml", "[[event]]\nkind = 'x'", "e.toml has no [[events]]; there is: event", id="misspelt-key"),
        pytest.param("e.toml", "events = [7]", "event 1: not a table", id="no-table"),
        pytest.param("e.toml", "[[events]", "not valid TOML", id="broken-toml"),
    ],
)  # fmt: skip
def test_an_event_that_cannot_be_read_is_named_by_its_place(cli, tmp_path, name, text, says):
    (tmp_path / name).write_text(text, encoding="utf-8")
    shown = cli("agenda", "nanhai", *WINDOW, "--events", name)
    assert shown.code == 2
    assert says in shown.err
    assert "Traceback" not in shown.err
    assert HAN.search(cli("agenda", "nanhai", *WINDOW, "--events", name, "--json").error["zh"])


def test_files_that_are_missing_or_no_text_are_errors(cli, tmp_path):
    (tmp_path / "gbk.toml").write_bytes("# 名册".encode("gbk"))
    for words in (["--events", "nowhere.jsonl"], ["--roster", "nowhere.toml"], ["--roster", "gbk.toml"]):
        shown = cli("agenda", "nanhai", *WINDOW, *words)
        assert shown.code == 2
        assert words[1] in shown.err
    (tmp_path / "roster.toml").write_text('[roster]\nposts = [{ id = "A B" }]', encoding="utf-8")
    shown = cli("agenda", "nanhai", *WINDOW, "--roster", "roster.toml")
    assert "roster.toml: posts.0" in shown.err
    (tmp_path / "roster.toml").write_text("posts = []", encoding="utf-8")
    assert "no [roster]" in cli("agenda", "nanhai", *WINDOW, "--roster", "roster.toml").err


# ---- audit ------------------------------------------------------------------------------------------------------------------


def test_an_audit_says_what_it_left_out_and_how_much_it_does_not_list(cli, tmp_path):
    rows = [
        "留言编号,留言时间,答复时间",
        "1,2019-03-01,2019-03-13",
        "2,,",
        "3,2017-01-01,",
        *(f"x{n},?," for n in range(23)),
    ]
    (tmp_path / "t.csv").write_text("\n".join(rows), encoding="gb18030")
    words = ["audit", "nanhai", "t.csv", *COLUMNS]
    english, chinese = cli(*words), cli(*words, "--lang", "zh")
    assert (english.code, english.err) == (0, "")
    assert "1 row(s) not judged: nothing starts a duty" in english.out
    assert "1 row(s) not judged: it starts while the document was not in force; --as-if-in-force" in english.out
    assert "and 3 more; see --json or --html" in english.out
    assert "late by 1 day\n" in english.out
    assert "未核查 1 行：起始时文件尚未施行或已失效" in chinese.out
    assert "另有 3 处" in chinese.out
    told = cli(*words, "--as-if-in-force", "--rows", "--json").json
    assert [(v["ticket"], v["state"]) for v in told["verdicts"]] == [("1", "done-late"), ("3", "overdue")]
    assert len(told["unreadable_cells"]) == 23


def test_an_audit_is_written_as_a_page(cli, tmp_path):
    assert cli("audit", "nanhai", TABLE, *COLUMNS, "--html", "out/a.html", "--lang", "zh").code == 0
    html = (tmp_path / "out" / "a.html").read_text(encoding="utf-8")
    assert "核查：messages.csv" in html
    assert "佛山市南海区" in html


# ---- check ------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def broken(tmp_path) -> Path:
    """Nanhai's folder with a misspelt key in one document."""
    folder = tmp_path / "region"
    shutil.copytree(NANHAI, folder, ignore=shutil.ignore_patterns("__pycache__"))
    document = folder / "documents" / "plan-2018.toml"
    text = document.read_text(encoding="utf-8")
    assert text.count("within = { working_days = 7 }") == 1
    document.write_text(text.replace("{ working_days = 7 }", "{ working_day = 7 }"), encoding="utf-8")
    return folder


def test_check_names_every_problem_with_file_and_line(cli, broken):
    lines = (broken / "documents" / "plan-2018.toml").read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, start=1) if "working_day =" in text)
    shown = cli("check", broken)
    assert shown.code == 1
    assert f"plan-2018.toml:{line}" in shown.err
    assert "三(二)3-1" in shown.err
    problems = cli("check", broken, "--json")
    assert problems.code == 1
    assert line in [p["line"] for p in problems.json["problems"]]
    assert all(p["en"] and HAN.search(p["zh"]) for p in problems.json["problems"])
    assert cli("check", NANHAI, "--json").json == {"problems": []}


def test_verify_says_what_a_copy_of_the_source_does_not_bear_out(cli, tmp_path):
    (tmp_path / "policy.txt").write_text("三、做法\n（二）办理\n3.七个工作日内答复\n", encoding="utf-8-sig")
    words = ["verify", "nanhai", "--text", "policy.txt"]
    for lang, says in (("en", "numbers stand in the article they cite"), ("zh", "个数字见于所引条文")):
        shown = cli(*words, "--lang", lang)
        assert (shown.code, shown.err) == (1, "")
        assert says in shown.out
    numbers = {(n["rule"], n["value"]): n["in_article"] for n in cli(*words, "--json").json[0]["numbers"]}
    assert numbers["reply", "7"] is True
    assert False in numbers.values()
    (tmp_path / "gbk.txt").write_bytes("七个工作日".encode("gbk"))
    for name in ("gbk.txt", "nowhere.txt"):
        assert name in cli("verify", "nanhai", "--text", name).err
        assert cli("verify", "nanhai", "--text", name, "--json").error["code"] == "table"


# ---- the wrong call ---------------------------------------------------------------------------------------------------------

WRONG = [
    (["due", "nanhia", "reply", "--after", "2019-02-01"], "unknown-name", "Did you mean 'nanhai'?", "是否指“nanhai”？"),
    (["due", "nanhai", "replly", "--after", "2019-02-01"], "unknown-name", "Did you mean 'reply'?", "是否指“reply”？"),
    (["show", "nanhai", "repply"], "unknown-name", "Did you mean 'reply'?", "是否指“reply”？"),
    (["show", "nanhai", "reply", "--mermaid"], "unknown-name", "need", "need"),
    (["coverage", "nowhere"], "unknown-name", "'nowhere'; there is:", "“nowhere”；现有："),
    (["demo", "nanhi"], "unknown-name", "Did you mean 'nanhai'?", "是否指“nanhai”？"),
    (["due", "nanhai", "reply", "--after", "01/02/03"], "invalid-date", "write 2021-06-18", "请写成 2021-06-18"),
    (["due", "nanhai", "reply", "--after", "2019-02-30"], "invalid-date", "not a date", "不是日期"),
    (["due", "nanhai", "reply"], "input", "give its day with --after", "请用 --after"),
    (["due", "nanhai", "reply", "--after", "2019-02-01", "--in", "2019-02-01"], "input", "no --in", "不用 --in"),
    (["due", "nanhai", "half-year-report", "--after", "2019-02-01"], "input", "with --in", "请用 --in"),
    (["calendar", "add", "2019-02-01", "0"], "invalid-number", "0 working days is not a term", "0 个工作日不是期限"),
    (["calendar", "day", "1999-12-31"], "invalid-date", "2000-01-01", "2000-01-01"),
    (["calendar", "day", "2003-12-31"], "calendar-coverage", "2004-01-01", "2004-01-01"),
    (["calendar", "day", "2019-02-02", "--as-of", "2003-01-01"], "calendar-coverage", "published", "公布"),
    (["calendar", "add", "2019-02-01", "seven"], "usage", "'N'", "'N' 的值无效"),
    (["audit", "nanhai", TABLE, "--ticket", "编号", *COLUMNS[2:]], "table", "did you mean '留言编号'?", "是否指“留言编号”？"),
    (["audit", "nanhai", TABLE, *COLUMNS[:2], "--event", "ticket.received=留言时间"], "input", "ticket.replied", "ticket.replied"),
    (["audit", "nanhai", TABLE, *COLUMNS[:2], "--event", "ticket.recieved=留言时间"], "unknown-name", "'ticket.received'", "“ticket.received”"),
    (["audit", "nanhai", TABLE, *COLUMNS[:2], "--event", "留言时间"], "input", "--event is written", "--event 应写作"),
    (["audit", "nanhai", "nowhere.csv", *COLUMNS], "table", "nowhere.csv", "读不到 nowhere.csv"),
    (["audit", "nanhai", "table.pdf", *COLUMNS], "table", "table.pdf", "table.pdf"),
    (["duw"], "usage", "No such command 'duw'", "没有命令 'duw'；是否指 'due'？"),
    (["due", "--aftre", "2019-02-01"], "usage", "--aftre", "没有选项 --aftre"),
    (["due"], "usage", "Missing argument", "缺少参数"),
    (["agenda", "nanhai", "--to", "2019-02-01"], "usage", "Missing option '--from'", "缺少选项 '--from'"),
    (["regions", "nanhai"], "usage", "nanhai", "多出参数 nanhai"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "code", "en", "zh"), WRONG, ids=lambda v: " ".join(map(str, v[-3:])) if isinstance(v, list) else ""
)
def test_a_wrong_call_is_told_on_the_error_stream_in_both_languages(cli, words, code, en, zh):
    for lang, says in (("en", en), ("zh", zh)):
        shown = cli(*words, "--lang", lang)
        assert shown.code == 2
        assert shown.out == ""
        assert says in shown.err
        assert "Traceback" not in shown.err
    as_json = cli(*words, "--json")
    assert (as_json.code, as_json.out, as_json.error["code"]) == (2, "", code)
    assert en in as_json.error["en"]
    assert zh in as_json.error["zh"]


def test_an_option_without_its_value_is_a_wrong_call(cli):
    shown = cli("due", "nanhai", "reply", "--after", "--lang", "zh")
    assert shown.code == 2
    assert "选项 '--after' 需要一个值" in shown.err
    assert cli("due", "nanhai", "reply", "--json", "--after").error["code"] == "usage"


@pytest.mark.parametrize("words", [["--lang", "fr", "regions"], ["regions", "--lang"], ["regions", "--lang="]])
def test_a_language_there_is_not_is_a_wrong_call(cli, words):
    shown = cli(*words)
    assert (shown.code, shown.out) == (2, "")
    assert "--lang is zh or en" in shown.err
    assert cli("--json", *words).error["code"] == "usage"


def test_the_call_without_a_command_shows_the_help(cli):
    shown = cli()
    assert shown.code == 2
    assert "Usage: talentservice" in shown.err
    assert "用法：talentservice" in cli("--lang", "zh").err


def test_a_fault_of_ours_is_told_without_a_traceback(cli, monkeypatch):
    def boom():
        raise RuntimeError("the disk is on fire")

    monkeypatch.setattr("talentservice.cli.look.registry", boom)
    shown = cli("regions")
    assert (shown.code, shown.out) == (70, "")
    assert "RuntimeError: the disk is on fire" in shown.err
    assert "TALENTSERVICE_DEBUG=1" in shown.err
    assert "Traceback" not in shown.err
    assert "程序内部错误" in cli("regions", "--lang", "zh").err
    assert cli("regions", "--json").error["code"] == "internal"
    monkeypatch.setenv("TALENTSERVICE_DEBUG", "1")
    with pytest.raises(RuntimeError, match="on fire"):
        run(["regions"])


def test_an_interruption_is_no_fault(cli, monkeypatch):
    def stop():
        raise KeyboardInterrupt

    monkeypatch.setattr("talentservice.cli.look.registry", stop)
    assert cli("regions") == Ran(130, "", "")


def test_a_region_that_fails_harms_no_other(cli, monkeypatch):
    group = "talentservice.regions"
    entries = [importlib.metadata.EntryPoint("broken", "talentservice_that_is_not_there", group)]
    entries += [e for e in importlib.metadata.entry_points(group=group) if e.name == "nanhai"]
    registry = Registry.of(entries, {})
    for module in ("look", "judge"):
        monkeypatch.setattr(f"talentservice.cli.{module}.registry", lambda: registry)
    for words in (["regions"], ["coverage"], ["demo"]):
        shown = cli(*words)
        assert shown.code == 1, words
        assert "nanhai" in shown.out
        assert "the region broken" in shown.err
        assert "stage import" in shown.err
        assert cli(*words, "--json").json["regions"]
    assert cli("regions", "--json").json["failures"][0]["stage"] == "import"


def test_a_sample_that_fails_harms_no_other_unless_it_was_asked_for(cli, monkeypatch):
    def fail(region):
        if region.id == "nanhai":
            raise RegionFileError("nanhai: sample.toml: no", "nanhai：sample.toml：不")
        return demonstrate(nanhai)

    nanhai = registry().get("nanhai")
    other = attrs.evolve(nanhai, head=nanhai.head.model_copy(update={"id": "other"}))
    both = types.SimpleNamespace(load_all=lambda: ([nanhai, other], []), get=lambda _: nanhai)
    monkeypatch.setattr("talentservice.cli.judge.registry", lambda: both)
    monkeypatch.setattr("talentservice.cli.judge.demonstrate", fail)
    every = cli("demo")
    assert every.code == 1
    assert "nanhai: sample.toml: no" in every.err
    assert "Nanhai District" in every.out
    assert cli("demo", "nanhai") == Ran(2, "", "error: nanhai: sample.toml: no\n")


def test_without_a_region_the_next_step_is_named(cli, monkeypatch):
    nothing = Registry.of([], {})
    for module in ("plugins", "cli.look", "cli.judge"):
        monkeypatch.setattr(f"talentservice.{module}.registry", lambda: nothing)
    assert "Install one: talentservice-<region>" in cli("regions").out
    assert "no installed region ships a sample" in cli("demo").err
    assert "no region is installed" in cli("show", "nanhai").err


def test_a_rule_shows_what_a_deployer_has_to_supply(cli):
    assert "parameter to supply: member-units" in cli("show", "nanhai", "class-2-leader").out
    assert "reading recognised-work-here = no" in cli("show", "nanhai", "served-talent").out
    assert cli("show", "nanhai", "need", "--mermaid").out.startswith("stateDiagram-v2\n")


def test_the_program_names_itself_the_way_it_can_be_called_again(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _: "/usr/bin/talentservice")
    monkeypatch.setattr(sys, "argv", [".venv/bin/talentservice"])
    assert called_as() == "talentservice"
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert called_as() == ".venv/bin/talentservice"
    monkeypatch.setattr(sys, "argv", ["src/talentservice/__main__.py"])
    assert called_as() == "python -m talentservice"


def test_what_steers_a_terminal_is_written_out(cli, tmp_path):
    (tmp_path / "t.csv").write_text("编号,收,复\nA\x1b[2J\u202e1,x\x1b[31m,\n", encoding="utf-8")
    words = [
        "audit",
        "nanhai",
        "t.csv",
        "--ticket",
        "编号",
        "--event",
        "ticket.received=收",
        "--event",
        "ticket.replied=复",
    ]
    for shown in (cli(*words), cli(*words, "--lang", "zh"), cli("show", "nanhai", "\x1b[31mreply"), cli("\x1b[31m")):
        assert "\x1b" not in shown.out + shown.err
        assert "\u202e" not in shown.out + shown.err


# ---- languages and help -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", range(4))
def test_the_language_may_stand_anywhere(cli, place):
    words = ["calendar", "day", "2019-02-02"]
    assert "调休上班" in cli(*words[:place], "--lang", "zh", *words[place:]).out
    assert "调休上班" in cli(*words[:place], "--lang=zh", *words[place:]).out


@pytest.mark.parametrize(
    ("environ", "zh"),
    [
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LANG": "en_GB.UTF-8"}, False),
        ({"LANG": "C.UTF-8"}, False),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, False),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, True),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, True),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "en_GB.UTF-8", "TALENTSERVICE_LANG": "zh"}, True),
        ({"LANG": "zh_CN.UTF-8", "TALENTSERVICE_LANG": "en"}, False),
    ],
)
def test_the_locale_decides_where_nobody_asks(cli, monkeypatch, environ, zh):
    monkeypatch.delenv("TALENTSERVICE_LANG")
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert ("调休上班" in cli("calendar", "day", "2019-02-02").out) == zh
    assert "调休上班" in cli("calendar", "day", "2019-02-02", "--lang", "zh").out
    assert "make-up" in cli("calendar", "day", "2019-02-02", "--lang", "en").out


def commands() -> Iterator[tuple[str, object]]:
    """Every command of the tree with the words that call it."""
    waiting = [("", typer.main.get_command(app))]
    while waiting:
        name, command = waiting.pop()
        yield name, command
        waiting += [(f"{name} {child}".strip(), c) for child, c in getattr(command, "commands", {}).items()]


def english_texts() -> set[str]:
    texts = set()
    for _, command in commands():
        texts |= {command.help, command.short_help, command.epilog}
        texts |= {getattr(p, "help", None) for p in command.params if p.name != "help"}
    return {" ".join(t.partition("\n\n")[0].split()) for t in texts if t}


def test_every_help_text_has_its_chinese_twin_and_no_twin_is_left_over():
    assert english_texts() == set(ZH)
    assert all(HAN.search(zh) for zh in ZH.values())


def test_every_heading_of_the_help_has_its_twin_and_is_used(cli):
    english = "".join(cli(*name.split(), "--help").out for name, _ in commands())
    chinese = "".join(cli(*name.split(), "--help", "--lang", "zh").out for name, _ in commands())
    for en in HEADINGS:
        assert en in english
        assert en not in chinese


def test_the_help_names_what_is_to_be_typed_and_no_types_of_python(cli):
    for lang in ("en", "zh"):
        shown = cli("form", "read", "--help", "--lang", lang).out
        assert all(f"  {name}  " in shown for name in ("REGION", "FORM", "FILE", "--out FILE"))
        assert "<" not in shown


@pytest.mark.parametrize("name", [name for name, command in commands() if not getattr(command, "commands", None)])
def test_the_help_of_every_command_shows_an_example_that_runs(cli, tmp_path, name):
    for lang in ("en", "zh"):
        shown = cli(*name.split(), "--help", "--lang", lang)
        assert (shown.code, shown.err) == (0, "")
        example = re.search(r"(?:Example: |例：)talentservice (.+)", shown.out)
        assert example, shown.out
        words = shlex.split(example[1])
        assert " ".join(words).startswith(name)
        assert not {"REGION", "DUTY", "FORM", "START", "END", "DAY", "LATER"} & set(words)
    shutil.copy(TABLE, tmp_path / "messages.csv")
    shutil.copytree(NANHAI, tmp_path / "path" / "to" / "region", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "policy.txt").write_text("七个工作日", encoding="utf-8")
    shutil.copy(VALUES, tmp_path / "values.json")
    (tmp_path / "returned.docx").write_bytes(registry().get("nanhai").form("need-slip").docx({"need": "转学"}))
    assert cli(*words).code == (1 if name == "verify" else 0)


def test_the_help_names_no_region_that_is_not_installed(cli, monkeypatch):
    monkeypatch.setattr(examples, "registry", lambda: Registry.of([], {}))
    assert "talentservice due REGION DUTY --after DAY" in cli("due", "--help").out


# ---- extras that are not installed ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("package", "extra", "words"),
    [
        ("jinja2", "cli", ["demo", "nanhai"]),
        ("jinja2", "cli", ["audit", "nanhai", TABLE, *COLUMNS, "--html", "a.html"]),
        ("icalendar", "ical", ["demo", "nanhai"]),
        ("icalendar", "ical", ["agenda", "nanhai", *WINDOW, "--ics", "a.ics"]),
    ],
)
def test_a_missing_extra_is_named(cli, monkeypatch, package, extra, words):
    monkeypatch.setitem(sys.modules, package, None)
    shown = cli(*words)
    assert shown.code == 2
    assert package in shown.err
    assert f"talentservice[{extra}]" in shown.err
    assert "Traceback" not in shown.err
    assert {p.name for p in Path.cwd().rglob("*") if p.is_file()} <= {"demo.html"}, "nothing half-written"
    assert cli(*words, "--json").error["code"] == "missing-extra"


@pytest.mark.parametrize("package", ["typer", "rich"])
def test_without_the_extra_of_the_command_line_the_program_says_which(monkeypatch, capsys, package):
    from talentservice.__main__ import main

    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 2
    said = capsys.readouterr().err
    assert "install talentservice[cli]" in said
    assert "请安装 talentservice[cli]" in said


# ---- files ------------------------------------------------------------------------------------------------------------------


def test_a_file_is_written_whole_and_takes_the_place_of_the_old_one(tmp_path):
    """F21: made beside its place and moved there."""
    path = tmp_path / "new" / "a.html"
    write_out(path, b"one")
    write_out(path, b"two")
    assert path.read_bytes() == b"two"
    assert [p.name for p in path.parent.iterdir()] == ["a.html"]
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    assert path.stat().st_mode == plain.stat().st_mode, "as readable as any other file"


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_no_half_file_stands_when_writing_fails(tmp_path, monkeypatch, fault):
    """F22: the disk is full, or somebody interrupts."""
    path = tmp_path / "a.html"
    path.write_bytes(b"old")
    real = Path.open

    def full(self, *args, **kwargs):
        file = real(self, *args, **kwargs)

        class Full:
            def __enter__(self):
                return self

            def __exit__(self, *_):
                file.close()

            def write(self, data):
                file.write(data[:2])
                raise fault

        return Full()

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises((TableError, KeyboardInterrupt)) as raised:
        write_out(path, b"new text")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.html"]
    if isinstance(fault, OSError):
        assert raised.value.zh == f"无法写入 {path}：磁盘已满"


@pytest.mark.parametrize(
    "words",
    [
        ["demo", "nanhai", "--out", "file/below"],
        ["agenda", "nanhai", *WINDOW, "--ics", "file/below/a.ics"],
        ["agenda", "nanhai", *WINDOW, "--ics", "folder"],
        ["audit", "nanhai", TABLE, *COLUMNS, "--html", "file/a.html"],
    ],
)
def test_a_place_that_cannot_be_written_is_an_error(cli, tmp_path, words):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "full").write_text("", encoding="utf-8")
    shown = cli(*words)
    assert (shown.code, shown.out) == (2, "")
    assert "cannot write" in shown.err
    assert (tmp_path / "file").read_text(encoding="utf-8") == "in the way"


def test_a_folder_one_may_not_write_to_is_an_error(cli, monkeypatch):
    def refused(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    shown = cli("agenda", "nanhai", *WINDOW, "--ics", "a.ics")
    assert (shown.code, shown.out) == (2, "")
    assert "cannot write a.ics: permission denied" in shown.err


# ---- as a program of its own ------------------------------------------------------------------------------------------------


def program(*words: str, **environ: str) -> subprocess.CompletedProcess:
    clean = {k: v for k, v in os.environ.items() if k not in ("LANG", "LC_ALL", "TALENTSERVICE_LANG")}
    return subprocess.run(list(words), capture_output=True, env={**clean, **environ}, check=False, timeout=60)


def test_the_module_runs_as_a_program():
    done = program(sys.executable, "-m", "talentservice", "due", "nanhai", "reply", "--after", "2019-02-01", "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["value"] == "2019-02-15"
    wrong = program(sys.executable, "-m", "talentservice", "due", "nanhia", "reply", "--after", "2019-02-01")
    assert (wrong.returncode, wrong.stdout) == (2, b"")
    assert b"Traceback" not in wrong.stderr


def test_the_console_script_runs():
    script = shutil.which("talentservice", path=str(Path(sys.executable).parent))
    if script is None:
        pytest.skip("the package is not installed with its console script")
    done = program(script, "calendar", "day", "2019-02-02", LANG="zh_CN.UTF-8", PYTHONUTF8="1")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "调休上班" in done.stdout.decode()


def test_a_stream_that_lacks_chinese_signs_gets_escapes_and_good_json():
    words = [sys.executable, "-m", "talentservice", "due", "nanhai", "reply", "--after", "2019-02-01", "--lang", "zh"]
    shown = program(*words, PYTHONIOENCODING="ascii")
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert shown.stdout.isascii()
    as_json = program(*words, "--json", PYTHONIOENCODING="ascii")
    assert json.loads(as_json.stdout)["question"]["zh"] == "责任单位办理并回复"


@pytest.mark.skipif(os.name == "nt", reason="pipes close differently")
@pytest.mark.parametrize("form", [["--json"], []])
def test_a_reader_that_leaves_early_is_no_fault(form):
    words = [sys.executable, "-m", "talentservice", "show", "nanhai", *form]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.close()
        told = running.stderr.read()
        assert running.wait(timeout=60) == 0
    assert told == b""


def test_working_days_are_counted_both_ways(cli):
    """The command line's add and count agree on a hand-made stretch: 30 working days from New Year's Day 2019."""
    end = cli("calendar", "add", "2019-01-01", "30", "--json").json["value"]
    assert cli("calendar", "count", "2019-01-01", end, "--json").json == {"value": 30}
    assert cli("calendar", "count", end, "2019-01-01", "--json").json == {"value": -30}
    day_before = date.fromisoformat(end) - timedelta(days=1)
    assert cli("calendar", "count", "2019-01-01", str(day_before), "--json").json == {"value": 29}
