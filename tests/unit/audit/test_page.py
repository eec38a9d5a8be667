"""The audit as a page: self-contained, nothing executed, everything escaped, a bar for each month."""

import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from talentservice.audit import audit, audit_page, read_table
from talentservice.audit.page import every_month
from talentservice.duties import State

HOSTILE = '<script>alert(1)</script><img src=x onerror="x()">\'"&'
REACHES_OUT = {"src", "href", "action", "data", "srcset", "poster", "background", "formaction", "xlink:href"}


class Reader(HTMLParser):
    """Which tags and attributes a page has, and whether its tags close."""

    VOID = {"meta", "br", "hr", "img", "input", "link"}

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: Counter[str] = Counter()
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        self.attributes.update(name for name, _ in attrs)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def self_contained(html: str) -> Reader:
    reader = Reader(html)
    assert not {"script", "link", "iframe", "object", "embed", "img", "base", "form"} & set(reader.tags)
    assert not REACHES_OUT & set(reader.attributes)
    assert not [name for name in reader.attributes if name.startswith("on")]
    assert not re.search(r"url\(|@import|https?:|//[a-z]", html)
    return reader


ROWS = [
    ["A-1", "2019-01-31", "2019-03-01"],
    ["A-2", "2019-03-01", "2019-03-12"],
    ["A-3", "2019-03-29", ""],
    ["A-4", "2020-02-03", "2020-02-04"],
    ["A-5", "第10号", ""],
    ["A-6", "", ""],
]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_needs_nothing_but_itself(judged, lang):
    reader = self_contained(audit_page(judged(*ROWS), lang, name="messages.csv"))
    assert reader.tags["svg"] == 1
    assert reader.tags["h1"] == 1


def test_the_chart_has_a_bar_for_each_month(judged):
    html = audit_page(judged(*ROWS), "en", name="messages.csv")
    says = re.findall(r"<title>(\d{4}-\d\d[^<]+)</title>", html)
    assert says == ["2019-01 late 1", "2019-03 on time 1", "2019-03 overdue 1", "2020-02 on time 1"]
    bars = [float(x) for x in re.findall(r'<rect x="([\d.]+)"', html)]
    assert bars == [0, 24, 24, 156], "months without a case keep their place: 0, 2 and 13 months, 12 units each"
    assert re.findall(r'text x="([\d.]+)" y="196">(\d{4})', html) == [("0", "2019"), ("144", "2020")]


def test_the_months_of_the_axis_have_no_gap():
    one = Counter({State.DONE: 1})
    months = every_month([("2018-11", one), ("2019-02", one)])
    assert [(name, sum(counts.values())) for name, counts in months] == [
        ("2018-11", 1), ("2018-12", 0), ("2019-01", 0), ("2019-02", 1),
    ]  # fmt: skip
    assert every_month([]) == []


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        (
            "en",
            [
                "Audit: messages.csv",
                "Riverside",
                "on time",
                "row 6, 收到: not a date",
                "Rows not judged: 1",
                "plan:1",
                "Thursday 14 February 2019",
            ],
        ),
        (
            "zh",
            [
                "核查：messages.csv",
                "按时",
                "第 6 行“收到”：不是日期",
                "未核查的行：1",
                "依据 plan:1",
                "2019年2月14日星期四",
            ],
        ),
    ],
)
def test_the_page_says_what_was_found_in_the_readers_language(judged, lang, texts):
    html = audit_page(judged(*ROWS), lang, name="messages.csv")
    plain = re.sub(r"\s+", " ", html)
    for text in texts:
        assert text in plain
    assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}">' in html


def test_hostile_text_is_shown_and_never_run(region, written):
    rows = [
        ["编号", "收到", HOSTILE],
        [HOSTILE, "2019-03-01", ""],
        ["A-2", HOSTILE, ""],
        ["A-3", "2019-03-01", HOSTILE],
    ]
    table = read_table(written(rows))
    result = audit(region, table, ticket="编号", events={"ticket.received": "收到", "ticket.replied": HOSTILE})
    late = audit(
        region,
        read_table(written([["编号", "收", "复"], [HOSTILE, "2019-03-01", "2019-04-01"]])),
        ticket="编号",
        events={"ticket.received": "收", "ticket.replied": "复"},
    )
    for found in (result, late):
        html = audit_page(found, "zh", name=HOSTILE)
        self_contained(html)
        assert "&lt;script&gt;" in html
    assert late.judged[0].obligation.about == HOSTILE


def test_a_table_without_a_verdict_has_a_page_too(judged):
    reader = self_contained(audit_page(judged(["A-1", "?", ""]), "en", name="t.csv"))
    assert reader.tags["rect"] == 0


def test_more_unreadable_cells_than_a_page_lists_are_counted(judged):
    html = audit_page(judged(*([f"A-{n}", "?", ""] for n in range(203))), "en", name="t.csv")
    assert html.count('<td class="missed">') == 200
    assert "and 3 more" in html
