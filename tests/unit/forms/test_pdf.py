"""Forms as PDF: where things stand on the page, what goes over to the next, and that values are never read as code."""

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pypdfium2
import pytest
from tests.unit.forms.pages import NOTO, POINT, form, lines, pages, position, squeezed, text

from talentservice.forms.pdf import press as presses
from talentservice.forms.pdf import to_pdf

NAME, NEED = ("name", "姓名", "text"), ("need", "诉求", "long-text")


def made(paper, data=None):
    return to_pdf(paper.printout(data), NOTO)


def printed(paper, data=None):
    return pages(made(paper, data))


def crosses(page):
    """Where the vertical lines of a page stand, and the horizontal ones, in tenths of a millimetre."""
    upright = {round((a + c) * 5) for a, b, c, d in lines(page) if c - a < 1 < d - b}
    level = {round((b + d) * 5) for a, b, c, d in lines(page) if d - b < 1 < c - a}
    return sorted(upright), sorted(level)


def test_the_same_values_give_the_same_bytes():
    paper = form([["name"]], NAME)
    first = made(paper, {"name": "甲某"})
    time.sleep(1.1)  # a date, if there were one, would have moved on
    presses.press.cache_clear()
    assert made(paper, {"name": "甲某"}) == first
    assert made(paper, {"name": "乙某"}) != first


def test_the_title_and_the_form_are_named_in_the_file():
    document = pypdfium2.PdfDocument(made(form([["name"]], NAME, version="2020-1")))
    assert document.get_metadata_value("Title") == "登记表"
    assert document.get_metadata_value("Keywords") == "f 2020-1"
    assert document.is_tagged()


@pytest.mark.parametrize(("page", "size"), [("portrait", (210, 297)), ("landscape", (297, 210))])
def test_pages_are_a4(page, size):
    (only,) = printed(form([["name"]], NAME, page=page))
    assert tuple(round(side / POINT) for side in only.get_size()) == size


def test_columns_are_as_wide_as_declared():
    (page,) = printed(form([[{"field": "name", "label_width": 30}, {"field": "post", "label_width": 21, "width": 55}]], NAME, ("post", "职务", "text")))  # fmt: skip
    upright, _ = crosses(page)
    assert upright == [280, 580, 1080, 1290, 1840]


def test_rows_are_as_high_as_declared_and_higher_where_the_text_needs_it():
    paper = form([["name"], [{"field": "need", "height": 22}]], NAME, NEED)
    _, level = crosses(printed(paper)[0])
    assert [b - a for a, b in pairwise(level)] == [70, 220]
    _, level = crosses(printed(paper, {"name": "甲", "need": "长" * 400})[0])
    assert level[2] - level[1] > 500


def test_a_landscape_table_lies_in_its_type_area():
    (page,) = printed(form([["name"]], NAME, page="landscape"))
    upright, level = crosses(page)
    assert (upright[0], upright[-1]) == (350, 2600)
    assert min(level) > 280


def test_annex_and_title_stand_above_the_table_and_a_head_between():
    (page,) = printed(form([["name"]], NAME, ("block", "板块", "text"), annex="附件 3", head=["所在板块：{block}"]))
    annex, title, head, label = (position(page, w) for w in ("附件 3", "登记表", "所在板块", "姓名"))
    assert annex[1] < title[1] < head[1] < label[1]
    assert round(annex[0]) == 28
    assert round((title[0] + title[2]) / 2) == 106  # the middle of the type area
    assert round(title[1] - title[3]) in (7, 8)  # 22 points


def test_a_label_down_the_side_stands_in_the_middle_of_its_rows():
    (page,) = printed(form([{"group": "信息", "rows": [["name"], ["post"], ["block"]]}], NAME, ("post", "职务", "text"), ("block", "板块", "text")))  # fmt: skip
    side, middle = position(page, "信息"), position(page, "职务")
    assert abs(side[1] - middle[1]) < 0.3
    upright, level = crosses(page)
    assert upright[:3] == [280, 400, 640]
    assert len(level) == 4


def test_page_numbers_stand_at_the_outer_side():
    right, left = printed(form([["name"], "page-break", ["post"]], NAME, ("post", "职务", "text")))
    assert position(right, "— 1 —")[2] > 170
    assert position(left, "— 2 —")[0] < 40
    assert position(right, "— 1 —")[3] > 297 - 35


def test_a_page_break_begins_a_page_with_the_label_of_its_group():
    first, second = printed(form([{"group": "信息", "rows": [["name"], "page-break", ["post"]]}], NAME, ("post", "职务", "text")))  # fmt: skip
    assert ["信息" in text(p) for p in (first, second)] == [True, True]
    assert ("姓名" in text(first), "职务" in text(first)) == (True, False)
    assert ("姓名" in text(second), "职务" in text(second)) == (False, True)


ROWS = {"id": "items", "clause": "1", "label": {"zh": "名单", "en": "List"}, "repeat": True, "fields": [
    {"id": "no", "label": {"zh": "序号", "en": "No."}, "type": "sequence"}, {"id": "who", "label": {"zh": "人员", "en": "Who"}, "type": "text"},
]}  # fmt: skip
LIST = form([{"repeat": "items", "header": True, "row": [{"field": "no", "width": 12}, "who"]}], groups=[ROWS])


def test_a_long_list_repeats_its_header_on_each_page_and_cuts_no_row():
    found = printed(LIST, {"items": [{"who": f"甲{i}"} for i in range(1, 101)]})
    assert [text(page).count("序号") for page in found] == [1, 1, 1, 1]
    rows = "".join(squeezed(text(page).partition("人员")[2].partition("—")[0]) for page in found)
    assert rows == "".join(f"{i}甲{i}" for i in range(1, 101))
    for page in found:
        _, level = crosses(page)
        assert {b - a for a, b in pairwise(level)} <= {69, 70, 71}
        assert level[-1] <= (297 - 35) * 10 + 2


def test_rows_of_several_lines_stay_whole():
    found = printed(LIST, {"items": [{"who": "甲" * 150} for _ in range(30)]})
    assert len(found) > 1
    assert all(text(page).count("甲") % 150 == 0 for page in found)


def test_a_text_longer_than_a_page_goes_on_over_the_pages():
    long = "".join(f"第{i}句话说得很清楚。" for i in range(800))
    found = printed(form([["name"], ["need"]], NAME, NEED), {"need": long})
    assert len(found) == 6  # 800 sentences of 10.6 signs, 34 to a line, 46 lines to a page
    said = "".join(squeezed(text(page)) for page in found)
    assert all(f"第{i}句话" in said for i in range(800))
    for page in found:
        assert max(b[3] for b in lines(page)) <= 297 - 35 + 0.5  # the breadth of the line


def test_a_text_that_may_go_to_an_annex_page_does():
    paper = form([["need"]], ("need", "诉求", "long-text", {"annex": True}))
    first, second = printed(paper, {"need": "长" * 500})
    assert "（见附页1）" in text(first)
    assert "附页1：诉求" in text(second)
    assert text(second).count("长") == 500


def test_lines_of_a_text_stay_lines():
    (page,) = printed(form([["need"]], NEED), {"need": "甲事\n乙事"})
    assert position(page, "乙事")[1] - position(page, "甲事")[1] > 4
    assert position(page, "乙事")[0] == pytest.approx(position(page, "甲事")[0], abs=0.5)


def test_a_word_wider_than_its_cell_is_broken_inside_it():
    paper = form([[{"field": "name", "label_width": 24, "width": 20}, {"field": "post", "label_width": 24}]], NAME, ("post", "职务", "text"))  # fmt: skip
    (page,) = printed(paper, {"name": "0519-80000000-8001-WWWWWWWWWWWW"})
    found = page.get_textpage()
    right = max(found.get_charbox(i)[2] for i in range(found.count_chars()) if found.get_text_range(i, 1) in "0589W")
    assert right / POINT <= 28 + 24 + 20
    assert "0519-80000000-8001-WWWWWWWWWWWW" in squeezed(text(page))


def test_a_telephone_number_wider_than_its_cell_goes_over_at_its_hyphen():
    paper = form([[{"field": "name", "label_width": 24, "width": 20}, {"field": "post", "label_width": 24}]], NAME, ("post", "职务", "text"))  # fmt: skip
    (page,) = printed(paper, {"name": "0519-80000000"})
    assert position(page, "80000000")[3] > position(page, "0519-")[1]
    assert position(page, "80000000")[0] == pytest.approx(position(page, "0519-")[0], abs=0.5)


def test_a_blank_in_a_sentence_is_a_line_and_a_value_is_underlined():
    paper = form([[{"label": "人数", "sentence": "博士 {doctors} 人"}]], ("doctors", "博士", "integer"))
    (blank,), (filled,) = printed(paper), printed(paper, {"doctors": 123})
    assert "博士 123 人" in text(filled)
    assert [len(crosses(page)[1]) for page in (blank, filled)] == [3, 3]  # the table's two, and the line below


def test_the_blank_of_a_title_is_printed_as_it_stands():
    paper = form([["name"]], NAME, ("group", "小组", "text"), heading="第{group}小组名单")
    assert "第__小组名单" in text(printed(paper)[0])
    assert "第一小组名单" in text(printed(paper, {"group": "一"})[0])


def test_the_foot_of_a_cell_stands_at_its_lower_right():
    paper = form([[{"field": "need", "height": 40, "foot": "日期：{day}"}]], NEED, ("day", "日期", "date"))
    (page,) = printed(paper, {"need": "办理", "day": "2020-3-9"})
    upright, level = crosses(page)
    foot, body = position(page, "2020年3月9日"), position(page, "办理")
    assert upright[-1] / 10 - foot[2] < 2
    assert level[-1] / 10 - foot[1] < 3
    assert body[3] - level[0] / 10 < 3


def test_what_is_hinted_is_grey_and_gone_once_filled_in():
    paper = form([["need"]], ("need", "诉求", "long-text", {"hint": "(可另附页)"}))
    assert "(可另附页)" in text(printed(paper)[0])
    assert "(可另附页)" not in text(printed(paper, {"need": "公寓"})[0])


@pytest.mark.parametrize(
    "value",
    [
        '#read("/etc/hosts")',
        "#panic()",
        "$x^2$ *b* _i_ `c`",
        "<b>&amp;</b>",
        "\\u{41} \\ //",
        "= 标题",
        '"] #1',
        "@ref <label>",
    ],
)
def test_values_are_printed_and_never_read_as_code(value):
    (page,) = printed(form([["name"]], NAME), {"name": value})
    assert squeezed(value) in squeezed(text(page))


def test_paragraphs_headings_and_notes_are_text_outside_the_table():
    layout = [
        {"heading": "一、简介"},
        {"paragraph": ["{name}，{place}人。", "后离职。"], "optional": []},
        [{"field": "post"}],
    ]
    paper = form(layout, NAME, ("place", "籍贯", "text"), ("post", "职务", "text"))
    (page,) = printed(paper, {"name": "甲某", "place": "常州"})
    heading, start, table = (position(page, w) for w in ("一、简介", "甲某，常州人。后离职。", "职务"))
    assert heading[1] < start[1] < table[1]
    assert round(start[0] - heading[0]) in (8, 9)  # two signs of 12 points


def test_one_compiler_serves_several_threads():
    paper = form([["name"]], NAME)
    names = [f"甲{i}" for i in range(12)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda name: made(paper, {"name": name}), names))
    assert [text(pages(pdf)[0]).split("\n")[1] for pdf in found] == [f"姓名 {name}" for name in names]
