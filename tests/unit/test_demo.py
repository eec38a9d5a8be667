"""The demonstration: what is printed, the page, the calendar file, and the sample it is made of."""

import re
import shlex
import shutil
from collections import Counter
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import icalendar
import pytest

from talentservice.cli import run
from talentservice.demo import demonstrate
from talentservice.duties import STATES
from talentservice.errors import RegionFileError
from talentservice.people import scrub
from talentservice.plugins import region, registry
from talentservice.region import load_folder, region_from_dict

NANHAI = Path(__file__).parents[2] / "plugins" / "nanhai" / "src" / "talentservice_nanhai"
AFTER = ["show", "coverage", "agenda", "calendar", "--help"]  # "due" stands first where a sample has a duty for it
CLAUSE = re.compile(r"[a-z0-9.-]+:\S+")
REACHES_OUT = re.compile(
    r"<(?:script|link|iframe|object|embed|img|base|form)\b|\b(?:src|href|srcset|on\w+)\s*=|url\(|@import|https?:",
    re.IGNORECASE,
)


def samples() -> list[str]:
    return [r.id for r in registry().load_all()[0] if r.head.sample]


@pytest.fixture
def show(monkeypatch, capsys, tmp_path):
    """Run the demonstration of one region and return what was printed."""
    monkeypatch.setenv("COLUMNS", "400")  # so that no cell of a table is broken
    monkeypatch.chdir(tmp_path)

    def call(lang: str, *words: str, name: str = "nanhai") -> str:
        assert run(["demo", name, *words, "--lang", lang]) == 0
        printed = capsys.readouterr()
        assert printed.err == ""
        return printed.out

    return call


def rows_of(text: str) -> list[list[str]]:
    """The cells of every row the terminal's tables have, headings left out."""
    return [[c.strip() for c in line.strip("│").split("│")] for line in text.splitlines() if line.startswith("│")]


# ---- the terminal -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", samples())
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_line_has_a_state_and_a_clause(show, lang, name):
    rows = rows_of(show(lang, name=name))
    duties = [row for row in rows if len(row) == 6]
    assert rows
    for row in rows:
        assert CLAUSE.fullmatch(row[-1].split(", ")[0]), row
        assert all(row[i] for i in (0, 1, 2)), row
    states = {STATES[s].text(lang) for s in STATES}
    for state, *_ in duties:
        assert any(state.startswith(known) for known in states), state


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        (
            "en",
            [
                "Nanhai District, Foshan", "As of Thursday 28 February 2019", "overdue 3d", "open", "done late 3d", "done",
                "2019-02-25 Mon", "Handle and reply → District talent office", "reached", "not reached",
                "exactly 1 (must), has 0", "promptly (no number of days is printed)", "needs a decision",
                "Why it is overdue:", "Monday 25 February 2019: working day, day 7", "Now try:",
            ],
        ),
        (
            "zh",
            [
                "佛山市南海区", "截至 2019年2月28日星期四", "已逾期 3天", "待办", "逾期完成 3天", "已完成", "2019-02-25 周一",
                "责任单位办理并回复 → 区人才办", "达到", "未达到", "应当恰好 1，实际 0", "及时（未写明天数）", "须由人决定", "为什么逾期：",
                "2019年2月25日星期一：工作日，第7日", "接下来可以试：",
            ],
        ),
    ],
)  # fmt: skip
def test_what_is_printed_was_worked_out_by_hand(show, lang, texts):
    """N-3 came on 14 February: the seventh working day is the 25th, and nobody had replied by the 28th."""
    text = show(lang)
    for expected in texts:
        assert expected in text


@pytest.mark.parametrize("name", samples())
def test_the_commands_it_names_really_run(show, capsys, name):
    text = show("en", name=name)
    lines = [line.strip() for line in text.partition("Now try:")[2].splitlines() if line.strip()]
    commands = [shlex.split(line.partition("talentservice ")[2]) for line in lines]
    named = [words[0] for words in commands]
    assert named in (["due", *AFTER], AFTER), named
    for words in commands:
        assert run(words) == 0, words
        assert capsys.readouterr().err == ""
    assert Path(f"{name}.ics").is_file()


# ---- the page ---------------------------------------------------------------------------------------------------------------


class Closing(HTMLParser):
    """Refuses a page whose tags do not close in order; gathers its text."""

    VOID = {"meta", "br"}

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: Counter[str] = Counter()
        self.words: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):  # noqa: ARG002  # the parser gives both
        self.seen[tag] += 1
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_is_written_and_needs_nothing_but_itself(show, lang):
    show(lang, "--out", "shown")
    html = Path("shown/demo.html").read_text(encoding="utf-8")
    page = Closing(html)
    assert not REACHES_OUT.search(html)
    assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}">' in html
    text = " ".join(page.words)
    for expected in {"zh": ["佛山市南海区", "已逾期 3 天", "第7日", "示例事件均为虚构"], "en": ["Nanhai District, Foshan", "overdue: 3 days", "day 7", "the sample events are invented"]}[lang]:  # fmt: skip
        assert expected in text
    shown = demonstrate(region("nanhai"))
    assert len(re.findall(r'<td class="clause">\s*[a-z0-9.-]+:', html)) == len(shown.agenda.obligations) + sum(
        len(t) for _, t in shown.numbers
    )


# ---- the calendar file ------------------------------------------------------------------------------------------------------


def entries(path: str) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(Path(path).read_bytes()).walk("VEVENT"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_calendar_has_one_entry_for_each_obligation_with_a_day(show, lang):
    show(lang)
    dated = [o for o in demonstrate(region("nanhai")).agenda.obligations if o.day]
    found = entries("talentservice-demo/demo.ics")
    assert Counter(e.decoded("dtstart") for e in found) == Counter(o.day for o in dated)
    by_ticket = {str(e["summary"]): e.decoded("dtstart") for e in found}
    overdue = {
        "zh": "教育局经办岗：责任单位办理并回复（N-3）",
        "en": "Desk of the education bureau: Handle and reply (N-3)",
    }[lang]
    assert by_ticket[overdue] == date(2019, 2, 25)


def test_the_files_are_the_same_from_run_to_run(show):
    for folder in ("one", "two"):
        show("zh", "--out", folder)
    for name in ("demo.html", "demo.ics"):
        assert Path("one", name).read_bytes() == Path("two", name).read_bytes()


# ---- the sample -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", samples())
def test_a_sample_names_posts_and_numbers_and_nobody(name):
    """Principle 10: no phone, no identity number, no credit code; who acts is a post of the roster."""
    chosen = region(name)
    shown = demonstrate(chosen)
    text = repr(chosen.file(chosen.head.sample))
    assert scrub(text) == text
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)|\d{17}[\dXx]", text)
    posts = {post.id for post in shown.sample.roster.posts}
    for event in shown.sample.events:
        assert event.get("by") is None or event["by"] in posts, event
        somebody = [event[s] for s in ("talent", "enterprise", "post", "ticket") if s in event]
        assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name) for name in somebody), event


@pytest.mark.parametrize("name", samples())
def test_a_sample_shows_a_region_at_work(name):
    shown = demonstrate(region(name))
    assert shown.counts, "nothing is owed in it"
    told = shown.to_dict()
    assert all(o["citations"] for o in told["agenda"]["obligations"])
    assert all(q["clauses"] for q in told["numbers"])
    assert all(a["citations"] for a in told["answers"])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("until = 2019-06-30\n", ""), "nanhai: sample.toml: until: Field required"),
        (("until = 2019-06-30", "untill = 2019-06-30"), "nanhai: sample.toml: "),
        (("at = 2019-01-30T09:20:00", 'at = "第10号"'), "nanhai: sample.toml, event 1: not a date: '第10号'"),
        (('kind = "ticket.submitted"', 'kind = "ticket.submited"'), "sample.toml, event 2: "),
    ],
)
def test_a_sample_that_is_wrong_is_named_with_its_place(tmp_path, change, says):
    folder = tmp_path / "region"
    shutil.copytree(NANHAI, folder, ignore=shutil.ignore_patterns("__pycache__"))
    sample = folder / "sample.toml"
    text = sample.read_text(encoding="utf-8")
    assert change[0] in text
    sample.write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(RegionFileError) as raised:
        demonstrate(load_folder(folder))
    assert says in raised.value.en
    assert raised.value.zh.startswith("nanhai：sample.toml")


def test_a_region_without_a_sample_shows_nothing():
    data = region("nanhai").to_dict()
    del data["region"]["sample"]
    assert demonstrate(region_from_dict(data)) is None
