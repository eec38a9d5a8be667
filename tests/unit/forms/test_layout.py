"""From blocks to cells: widths, spans, pages and rows; and every fault of a layout with its line."""

from decimal import Decimal

import pytest
from tests.unit.forms.declared import ITEMS, MONEY, WHO, field, form, group
from tests.unit.invented import clause, region

from talentservice.errors import InputError, RegionFileError
from talentservice.forms.layout import lay_out
from talentservice.forms.sheet import Grid, Line
from talentservice.region import load_folder, region_from_dict

ROWS = ["name"], ["org.name"]


def sheet(layout, *groups, counts=None, shift=0, **head):
    return lay_out(form(*(groups or (WHO,)), layout=layout, **head), counts, shift=shift)


def cells(laid):
    """Each cell as (row, column, rows, columns, what stands in it)."""
    found = [c for part in laid.parts if isinstance(part, Grid) for c in part.cells]
    return [(c.row, c.column, c.rows, c.columns, c.label or (c.alone.key if c.alone else "")) for c in found]


def test_a_row_is_label_and_value_and_the_value_takes_what_is_left():
    laid = sheet([["name"], [{"field": "org.name", "label_width": 40}]])
    assert laid.columns == (240, 160, 1160)
    assert cells(laid) == [
        (0, 0, 1, 1, "name栏"),
        (0, 1, 1, 2, "name"),
        (1, 0, 1, 2, "org.name栏"),
        (1, 2, 1, 1, "org.name"),
    ]


def test_cells_without_a_width_share_and_the_last_takes_the_rest():
    three = group("g", *(field("text", f"f{i}") for i in range(3)))
    laid = sheet([["f0", "f1", "f2"]], three, label_width=10)
    assert laid.columns == (100, 420, 100, 420, 100, 420)
    assert sheet([["f0", "f1", "f2"]], three, label_width=Decimal("10.1")).columns == (101, 419, 101, 419, 101, 419)
    assert sheet([["f0", "f1", "f2"]], three, label_width=Decimal("10.2"), page="landscape").columns[-1] == 648


def test_a_group_spans_its_rows_and_groups_nest():
    laid = sheet([{"group": "外", "rows": [["name"], {"group": "内", "width": 20, "rows": [["org.name"]]}]}])
    assert cells(laid) == [
        (0, 0, 2, 1, "外"),
        (0, 1, 1, 2, "name栏"),
        (0, 3, 1, 2, "name"),
        (1, 1, 1, 1, "内"),
        (1, 2, 1, 2, "org.name栏"),
        (1, 4, 1, 1, "org.name"),
    ]
    assert laid.columns == (120, 200, 40, 200, 1000)


def test_a_page_break_begins_a_table_and_prints_the_labels_of_open_groups_again():
    laid = sheet([{"group": "外", "rows": [{"group": "内", "rows": [["name"], "page-break", ["org.name"]]}]}])
    first, second = (p for p in laid.parts if isinstance(p, Grid))
    assert (first.start, first.rows, first.new_page) == (0, 1, False)
    assert (second.start, second.rows, second.new_page) == (1, 1, True)
    assert [(c.row, c.rows, c.label) for c in second.cells if c.label] == [
        (1, 1, "外"),
        (1, 1, "内"),
        (1, 1, "org.name栏"),
    ]


def test_a_heading_ends_the_table_and_columns_stay_in_line():
    laid = sheet([["name"], {"heading": "二、其他"}, [{"field": "org.name", "label_width": 50}]])
    assert [type(p) for p in laid.parts] == [Line, Grid, Line, Grid]
    assert sum(laid.columns) == 1560
    assert [p.new_page for p in laid.parts if isinstance(p, Grid)] == [False, False]


def test_rows_come_as_often_as_printed_or_filled_in():
    block = {
        "repeat": "items",
        "printed": 2,
        "header": True,
        "row": [{"field": "no", "width": 10}, "what", {"field": "tel", "label": "电话"}],
    }
    assert cells(sheet([block], ITEMS)) == [
        (0, 0, 1, 1, "no栏"), (0, 1, 1, 1, "what栏"), (0, 2, 1, 1, "电话"),
        (1, 0, 1, 1, "items.0.no"), (1, 1, 1, 1, "items.0.what"), (1, 2, 1, 1, "items.0.tel"),
        (2, 0, 1, 1, "items.1.no"), (2, 1, 1, 1, "items.1.what"), (2, 2, 1, 1, "items.1.tel"),
    ]  # fmt: skip
    laid = sheet([block], ITEMS, counts={"items": 5})
    assert (laid.parts[-1].rows, laid.parts[-1].header, laid.repeats) == (6, 1, {"items": 5})
    assert (
        sheet([["name"], ["org.name"], block], WHO, ITEMS).parts[-1].header == 0
    )  # only what begins a table is its head


def test_rows_without_a_head_have_their_labels_each():
    block = {"repeat": "items", "row": [{"field": "what", "label_width": 12}, {"field": "tel", "label": "电话"}]}
    assert [c[-1] for c in cells(sheet([block], ITEMS, hidden=["items.no"]))] == [
        "what栏",
        "items.0.what",
        "电话",
        "items.0.tel",
    ]


def test_a_matrix_has_a_column_for_each_year_and_the_years_move_on():
    block = {"matrix": "money", "corner": "金额"}
    assert [c[-1] for c in cells(sheet([block], MONEY, year=2020))] == [
        "金额", "2018 年", "2019 年", "2020 年(预计)",
        "income栏", "finance.2018.income", "finance.2019.income", "finance.2020.income",
        "tax栏", "finance.2018.tax", "finance.2019.tax", "finance.2020.tax",
    ]  # fmt: skip
    moved = [c[-1] for c in cells(sheet([block], MONEY, year=2020, shift=3))]
    assert moved[:5] == ["金额", "2021 年", "2022 年", "2023 年(预计)", "income栏"]
    assert moved[5] == "finance.2021.income"


def test_a_sentence_comes_again_for_each_year_in_words_of_its_own_for_an_estimate():
    block = {
        "years": "money",
        "paragraph": ["{year} 年收入 {income}，税 {tax}。"],
        "estimated": "预计 {year} 年收入 {income}，税 {tax}。",
    }
    (line,) = [p for p in sheet([block], MONEY, year=2020, shift=1).parts if p.style == "paragraph"]
    said = ["".join(p if isinstance(p, str) else f"<{p.key}>" for p in s.pieces) for s in line.sentences]
    assert said == [
        "2019 年收入 <finance.2019.income>，税 <finance.2019.tax>。",
        "2020 年收入 <finance.2020.income>，税 <finance.2020.tax>。",
        "预计 2021 年收入 <finance.2021.income>，税 <finance.2021.tax>。",
    ]


def test_long_texts_have_a_tall_cell_and_a_foot_stays_with_its_cell():
    two = group("g", field("long-text", "why"), field("date", "day"), field("text", "name"))
    laid = sheet([[{"field": "why", "foot": "日期：{day}"}], [{"field": "name", "height": Decimal("9.5")}]], two)
    heights = {c.alone.key: c.height for p in laid.parts if isinstance(p, Grid) for c in p.cells if c.alone}
    assert heights == {"why": 200, "name": 95}
    assert [s.key for p in laid.parts if isinstance(p, Grid) for c in p.cells for s in c.slots] == [
        "why",
        "day",
        "name",
    ]


def test_a_form_without_a_layout_says_that_it_cannot_be_printed():
    with pytest.raises(InputError, match=r"nowhere\.slip has no layout: it can be checked, not printed"):
        lay_out(form(WHO))


# ---- faults -----------------------------------------------------------------------------------------------------------------

CLOSED = group("g", field("choice", "verb", choices=["获得", "承担"]), field("text", "name"))


@pytest.mark.parametrize(
    ("layout", "more", "zh"),
    [
        ([["name", "org.name"], ["name"]], {}, "栏目“name”重复放置"),
        ([["name"]], {}, "栏目“org.name”未放入版式（有意不印的请列入 hidden）"),
        ([["name"], [{"sentence": "某 {org.nam} 号"}]], {"hidden": ["org.name"]}, "没有栏目“org.nam”；是否指“org.name”？"),
        ([["name", "org.name"]], {"hidden": ["name"]}, "栏目“name”既列入 hidden，又已放置"),
        ([["name", "org.name"]], {"hidden": ["nme"]}, "没有栏目“nme”；是否指“name”？"),
        ([["name", "org.name", {"sentence": "某 { x }"}]], {}, "空白写作 {栏目编号}，不能写作“某 { x }”"),
        ([[{"sentence": "某 {name}{org.name}"}]], {}, "空白 {name} 与 {org.name} 之间须有文字"),
        ([[{"field": "name", "width": 150}], ["org.name"]], {}, "“name栏”一行需 174 毫米，现有 156 毫米"),
        ([[{"field": "name", "width": 100}], ["org.name"]], {}, "“name栏”一行需 124 毫米，现有 156 毫米"),
        ([{"group": "某", "width": 130, "rows": [["name"]]}, ["org.name"]], {}, "“name栏”一行需 30 毫米，现有 26 毫米"),
        ([["name", "org.name"], {"matrix": "mony"}], {}, "没有带年份的组“mony”；现有：无"),
        ([["name", "org.name"], {"repeat": "who", "row": ["name"]}], {}, "没有可重复的组“who”；现有：无"),
        ([{"group": "某", "rows": [["name"], {"heading": "二"}]}, ["org.name"]], {}, "heading 和 paragraph 不能放在 group 内"),
        ([{"group": "某", "rows": [{"paragraph": ["见 {name}。"]}]}, ["org.name"]], {}, "heading 和 paragraph 不能放在 group 内"),
        ([["name"], "page-break", {"heading": "二"}, ["org.name"]], {}, "page-break 之后须为表格行，不能为文字"),
        ([["name"], ["org.name"], "page-break"], {}, "page-break 之后须有表格行"),
        ([["name"], "page-break", "page-break", ["org.name"]], {}, "连续两个 page-break"),
        ([[{"field": "name", "foot": "{org.name} 年"}]], {}, "foot 须以文字开头"),
        ([{"paragraph": ["某 {name}", "{org.name}。"]}], {}, "空白 {name} 与 {org.name} 之间须有文字"),
    ],
)  # fmt: skip
def test_each_fault_of_a_layout_is_told(layout, more, zh):
    with pytest.raises(InputError) as caught:
        sheet(layout, **more)
    assert caught.value.zh == zh


def test_all_faults_are_told_at_once():
    with pytest.raises(InputError) as caught:
        sheet([["nam"], {"repeat": "itms", "row": ["what"]}], WHO, ITEMS)
    assert caught.value.zh.split("；") == [
        "没有栏目“nam”", "是否指“name”？", "没有可重复的组“itms”", "是否指“items”？",
        *(f"栏目“{name}”未放入版式（有意不印的请列入 hidden）" for name in ("name", "org.name", "items.no", "items.what", "items.tel")),
    ]  # fmt: skip


def test_a_field_that_one_year_lacks_is_told_with_its_year():
    block = {
        "years": "money",
        "paragraph": ["{year} 年收入 {income}，税 {tax}。"],
        "estimated": "预计 {year} 年收入 {income}。",
    }
    with pytest.raises(InputError) as caught:
        sheet([block], MONEY, year=2020)
    assert caught.value.zh == "栏目“finance.2020.tax”未放入版式（有意不印的请列入 hidden）"


def test_only_a_choice_may_stand_side_by_side_with_the_next_blank():
    assert sheet([[{"sentence": "某年{verb}{name}项目"}]], CLOSED).columns == (1560,)


SLIP = """id = "nowhere.slip"
title = { zh = "单", en = "Slip" }
layout = [
  ["name"],
  { group = "某", rows = [
    ["nme"],
    %s
  ] },
]

[[groups]]
id = "who"
clause = "1"
label = { zh = "谁", en = "Who" }
fields = [
  { id = "name", label = { zh = "姓名", en = "Name" }, type = "text" },
  { id = "age", label = { zh = "年龄", en = "Age" }, type = "integer" },
]
"""
DOCUMENT = """[document]
id = "d"
title = { zh = "文件", en = "Text" }
issuer = "某"
issued = 2015-01-01

[[clause]]
id = "1"
zh = "表"
en = "Form"

[clause.form.slip]
file = "forms/slip.toml"
"""
HEAD = """api = "1.0"
id = "nowhere"
name = { zh = "乌有区", en = "Nowhere" }
division = "990000"
documents = ["documents/d.toml"]
roles = { office = { zh = "办", en = "the office" } }
"""


def problems_of(folder, block):
    (folder / "documents").mkdir()
    (folder / "forms").mkdir()
    (folder / "region.toml").write_text(HEAD, encoding="utf-8")
    (folder / "documents" / "d.toml").write_text(DOCUMENT, encoding="utf-8")
    (folder / "forms" / "slip.toml").write_text(SLIP % block, encoding="utf-8")
    with pytest.raises(RegionFileError) as caught:
        load_folder(folder)
    return [(p.file.rpartition("/")[2], p.line, p.zh) for p in caught.value.problems]


def test_each_fault_has_its_file_and_line(tmp_path):
    assert problems_of(tmp_path, '["name"],') == [
        ("slip.toml", 6, "没有栏目“nme”；是否指“name”？"),
        ("slip.toml", 7, "栏目“name”重复放置"),
        ("slip.toml", 17, "栏目“age”未放入版式（有意不印的请列入 hidden）"),
    ]


@pytest.mark.parametrize(
    ("block", "zh"),
    [
        ('{ row = ["age"], corner = "甲" },', "此处的 row 不用：corner"),
        ('{ row = ["age"], heading = "甲" },', "版式块应为其一：row；group 与 rows；matrix；repeat 与 row；heading；paragraph；page-break"),
        ('{ row = ["age"], printed = 3 },', "此处的 row 不用：printed"),
        ('{ group = "甲" },', "版式块应为其一：row；group 与 rows；matrix；repeat 与 row；heading；paragraph；page-break"),
        ('"page-brake",', "没有版式块“page-brake”；可写作文本的只有“page-break”"),
        ('[{ field = "age", sentence = "{age}" }],', "单元格应为 field 或 sentence 之一"),
        ('[{ field = "age", width = 10.25 }],', "长度以毫米计，最多一位小数"),
        ('[{ field = "age", wdith = 10 }],', "没有键“wdith”；是否指“width”？"),
        ('{ paragraph = ["{age}", "甲"], repeat = "rows" },', "重复的段落只写一句"),
        ('{ paragraph = ["{age}"], estimated = "甲" },', "此处的 paragraph 不用：estimated"),
        ('{ paragraph = ["{age}"], optional = ["甲"] },', "optional 所列应为该段的句子"),
        ('{ repeat = "rows" },', "版式块应为其一：row；group 与 rows；matrix；repeat 与 row；heading；paragraph；page-break"),
    ],
)  # fmt: skip
def test_a_block_that_is_none_is_told_in_its_line(tmp_path, block, zh):
    ((file, line, found),) = problems_of(tmp_path, block)
    assert (file, found) == ("slip.toml", zh)
    assert line in (5, 6, 7)


@pytest.mark.parametrize(
    ("groups", "zh"),
    [
        ([MONEY], "带年份的表须写明印制年份，如 year = 2020"),
        ([group("g", field("text", "a"), field("text", "a.b"))], "栏目写在另一栏目之下：a.b"),
        ([group("g", field("text", "items.a")), ITEMS], "栏目写在另一栏目之下：items.a"),
        ([ITEMS, group("more", field("text", "a"), repeat=True, path="items")], "重复的栏目：items"),
        ([group("g", field("text", "a", required_when={"field": "b", "is": "x"}))], "sums 须列数字栏目，required_when 须列表中栏目，没有“b”"),
        ([group("g", field("text", "a"), years=[2019], estimated=[2019])], "组按行或按年重复，不能并用，年份不能重复：g；带年份的表须写明印制年份，如 year = 2020"),
    ],
)  # fmt: skip
def test_a_form_whose_values_have_no_place_of_their_own_is_refused(groups, zh):
    with pytest.raises(ValueError, match="Value error") as caught:
        form(*groups)
    assert caught.value.errors()[0]["ctx"]["error"].zh == zh


def test_a_region_from_a_dict_tells_the_faults_too():
    data = region(clause("1", record="document.issued")).to_dict()
    (document,) = data["documents"].values()
    document["clause"] = [clause("1", form={"slip": {"file": "slip.toml"}})]
    data["forms"] = {
        "slip.toml": {"id": "nowhere.slip", "title": {"zh": "单", "en": "Slip"}, "groups": [WHO], "layout": [["name"]]}
    }
    with pytest.raises(RegionFileError) as caught:
        region_from_dict(data)
    assert [p.en for p in caught.value.problems] == [
        "the field org.name is placed nowhere; name it in hidden if that is meant"
    ]
