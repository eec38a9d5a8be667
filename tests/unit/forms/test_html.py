"""The HTML page: self-contained, everything escaped, tables as they are printed."""

from html.parser import HTMLParser

import pytest
from tests.unit.forms.declared import ITEMS, MONEY, field, group, paper

from talentservice.forms import FontSet
from talentservice.forms.html import to_html

SLIP = paper(
    group(
        "g",
        field("text", "name"),
        field("long-text", "why", hint="<hint>"),
        field("date", "day"),
        field("integer", "all"),
    ),
    ITEMS,
    MONEY,
    year=2020,
    annex="附件 <3>",
    layout=[
        {"repeat": "items", "printed": 1, "header": True, "row": ["no", "what", "tel"]},
        "page-break",
        {"group": "组&", "rows": [["name"], [{"field": "why", "foot": "日期：{day}"}], {"matrix": "money"}]},
        {"paragraph": ["共 {all} 件。"]},
    ],
)
MARKUP = [
    "<script>alert(1)</script>",
    "</td></table>",
    '"onmouseover="x',
    "'><img src=x>",
    "&lt;",
    "javascript:x",
    "]]>",
    "<!--",
]


class Page(HTMLParser):
    """Tags with their attributes, and the text."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags, self.open, self.text = [], [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "col"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def page(data=None, **more):
    return Page(to_html(SLIP.printout(data, **more)))


@pytest.mark.parametrize("text", MARKUP)
def test_a_value_never_becomes_markup(text):
    found = page({"name": text, "why": text, "items": [{"what": text}]})
    plain = page({"name": "x", "why": "x", "items": [{"what": "x"}]})
    assert found.tags == plain.tags
    assert found.text.count(text) == 3


def test_labels_and_hints_are_escaped_too():
    found = page()
    assert "附件 <3>" in found.text
    assert "组&" in found.text
    assert "<hint>" in found.text
    assert found.open == []


def test_the_page_asks_for_nothing_and_runs_nothing():
    html = to_html(SLIP.printout({"name": "x"}))
    assert not {"script", "link", "img", "iframe", "a", "form", "base"} & {tag for tag, _ in Page(html).tags}
    assert "http" not in html
    assert "url(" not in html
    assert "@import" not in html
    assert not [name for _, attrs in Page(html).tags for name in attrs if name.startswith("on")]


def test_the_page_says_its_language_its_form_and_its_size():
    found = page()
    assert ("html", {"lang": "zh-CN"}) in found.tags
    assert ("meta", {"charset": "utf-8"}) in found.tags
    assert ("meta", {"name": "form", "content": "nowhere.slip 1"}) in found.tags
    assert "size:A4 ;margin:37mm 26mm 35mm 28mm" in found.text


def test_a_head_that_is_repeated_is_a_thead_of_header_cells():
    tags = [tag for tag, _ in page().tags]
    assert tags.count("thead") == 1
    assert tags[tags.index("thead") : tags.index("tbody")] == ["thead", "tr", "th", "th", "th"]


def test_a_page_break_begins_a_table_of_its_own():
    assert [attrs for tag, attrs in page().tags if tag == "table"] == [{}, {"class": "new"}]


def test_spans_and_widths_add_up_in_every_row():
    found = page({"items": [{"what": str(i)} for i in range(4)]})
    columns = [tag for tag, _ in found.tags].index("tbody")
    per_table = [tag for tag, _ in found.tags[:columns]].count("col")
    cover, covered, rows = {}, [], 0
    for tag, attrs in found.tags:
        if tag == "tr":
            rows += 1
        if tag in ("td", "th"):
            for row in range(rows, rows + int(attrs.get("rowspan", 1))):
                cover[row] = cover.get(row, 0) + int(attrs.get("colspan", 1))
    covered = set(cover.values())
    assert covered == {per_table}


def test_values_name_their_field_and_blanks_in_sentences_are_underlined():
    found = page({"all": 3, "day": "2020-6-3"})
    assert {"name", "why", "items.0.what", "finance.2018.income"} <= {a.get("data-field") for _, a in found.tags}
    assert "共 <u>3</u> 件。" in to_html(SLIP.printout({"all": 3}))
    assert '<p class="foot">日期：<u>2020年6月3日</u></p>' in to_html(SLIP.printout({"day": "2020-6-3"}))


def test_a_blank_to_write_on_is_as_wide_in_every_font():
    blank = "\u2002" * 11 + "\u00a0"  # half a sign each; a no-break space is narrower in most fonts
    assert f'<p class="foot">日期：<u>{blank}</u></p>' in to_html(SLIP.printout())


def test_a_row_is_as_high_as_the_form_says_with_its_borders():
    cells = to_html(SLIP.printout()).split("td,th{")[1].split("}")[0]
    assert "box-sizing:border-box" in cells.split(";")


def test_the_names_of_fonts_cannot_leave_the_style():
    html = to_html(SLIP.printout(), FontSet(body=('x";}</style><b>', "仿宋")))
    assert "<b>" not in html
    assert 'font:12pt/1.4 "x;/styleb","仿宋"' in html


def test_a_lying_page_is_wider():
    slip = paper(group("g", field("text", "name")), layout=[["name"]], page="landscape")
    assert "size:A4 landscape;margin:28mm 37mm 26mm 35mm" in to_html(slip.printout())


def test_a_row_of_a_long_text_may_go_on_on_the_next_page_and_others_are_kept_together():
    html = to_html(SLIP.printout({"name": "甲", "why": "一二三四五六七八九十" * 120}))
    assert "tr{break-inside:avoid}.long{break-inside:auto}" in html
    first, second = (row.partition("</tr>")[0] for row in html.split("<tr class=long>")[1:])
    assert "组&amp;" in first  # the cell beside both rows begins here: it would keep them together
    assert second.count("一二三四五六七八九十") == 120
    assert "<tr class=long>" not in to_html(SLIP.printout({"name": "甲", "why": "一二三四五六七八九十" * 12}))
