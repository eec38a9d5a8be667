"""Forms as Excel workbooks: what stands in the cells, and that nothing in them is ever more than text, number or day."""

import re
import sys
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl.cell.rich_text import CellRichText
from tests.unit.forms.declared import field, group, paper
from tests.unit.forms.workbooks import (
    LIST,
    SHEET,
    STYLES,
    TEXTS,
    VISIT,
    cell_of,
    nameless,
    opened,
    part,
    returned,
    written,
)

from talentservice.archives import check_archive
from talentservice.errors import FormError, MissingExtra
from talentservice.forms.fonts import FontSet
from talentservice.forms.paper import Paper
from talentservice.forms.spec import FormFile
from talentservice.forms.xlsx import to_xlsx
from talentservice.forms.xlsx.names import key_of, name_of

DATA = {
    "block": "东区", "firm": "某某公司", "opened": date(2016, 5, 18), "quals": ["规上企业", "省专精特新"], "doctors": 3, "others": 43,
    "money": {"2018": {"sales": Decimal("12.50")}, "2019": {"tax": Decimal(7)}},
    "grants": [{"name": "成果转化", "amount": Decimal(500)}], "need": "两套公寓", "opinion": "同意\n尽快办理", "on": date(2020, 7, 1),
}  # fmt: skip


def sheet(data):
    return opened(data).worksheets[0]


def value(data, where):
    cell = sheet(data)[where]
    return cell.value, cell.number_format


# ---- cells ------------------------------------------------------------------------------------------------------------------


def test_a_form_is_written_cell_by_cell():
    data = written(VISIT, DATA)
    cells = sheet(data)
    assert [cells[f"A{row}"].value for row in (1, 2, 4, 5, 15)] == [
        "附件 1",
        "走访表",
        "企业名称",
        "情况",
        "注：一式两份。",
    ]
    assert str(cells["A3"].value) == "所在板块：东区"
    assert value(data, cell_of(data, "firm")) == ("某某公司", "@")
    assert value(data, cell_of(data, "opened")) == (datetime(2016, 5, 18), 'yyyy"年"m"月"d"日"')  # noqa: DTZ001  # a spreadsheet knows no zone
    assert value(data, cell_of(data, "money.2018.sales")) == (12.5, "0.00")
    assert value(data, cell_of(data, "money.2019.tax")) == (7, "General")
    assert value(data, cell_of(data, "grants.0.amount")) == (500, 'General"\u00a0万元"')
    assert str(cells[cell_of(data, "quals")].value) == "☑\u00a0规上企业；□\u00a0高新技术企业；☑\u00a0其他：省专精特新"
    assert cells[cell_of(data, "opinion")].value == "同意\n尽快办理"


def test_blanks_of_a_sentence_are_underlined():
    said = sheet(written(VISIT, DATA))[cell_of(written(VISIT, DATA), "doctors")].value
    assert isinstance(said, CellRichText)
    assert [(run.text, bool(run.font.u)) for run in said] == [
        ("博士 ", False), ("3", True), (" 人；其他 ", False), ("43", True), (" 人。", False),
    ]  # fmt: skip


def test_a_line_that_is_one_blank_is_written_in_one_piece():
    only = paper(group("who", field("text", "name")), layout=[{"heading": "{name}"}])
    data = written(only, {"name": "甲某"})
    assert sheet(data)["A2"].value == "甲某"
    assert returned(only, data) == {"name": "甲某"}


@pytest.mark.parametrize(
    ("kind", "given_", "kept", "shown"),
    [
        ("decimal", Decimal("9.95"), 9.95, 'General"\u00a0万元"'),
        ("decimal", Decimal("-0.10"), -0.1, '0.00"\u00a0万元"'),
        ("decimal", Decimal(123456789012345), 123456789012345, '0"\u00a0万元"'),
        ("decimal", Decimal("12345678901234.56"), "12345678901234.56\u00a0万元", 'General"\u00a0万元"'),
        ("decimal", None, "\u00a0\u00a0\u00a0\u00a0万元", 'General"\u00a0万元"'),
        ("integer", 86, 86, 'General"\u00a0万元"'),
        ("percent", Decimal(30), 0.3, '0%"\u00a0万元"'),
        ("percent", Decimal("12.5"), 0.125, '0.0%"\u00a0万元"'),
        ("percent", None, "\u00a0\u00a0\u00a0\u00a0万元", '0.00%"\u00a0万元"'),
    ],
)
def test_a_number_is_a_number_where_every_digit_of_it_is_kept(kind, given_, kept, shown):
    """9.95 is one of those the usual sixteen digits would change."""
    one = paper(group("g", field(kind, "n", unit="万元")), layout=[["n"]])
    data = written(one, {"n": given_})
    assert value(data, "B2") == (kept, shown)
    assert returned(one, data) == ({} if given_ is None else {"n": given_})


@pytest.mark.parametrize(
    ("kind", "given_", "kept", "shown"),
    [
        ("text", "12", "12", "@"),
        ("text", "2020-01-01", "2020-01-01", "@"),
        ("phone", "0519-80000000", "0519-80000000", "@"),
        ("year", 2020, 2020, "General"),
        ("ordinal", 9, 9, "General"),
        ("bool", True, "是", "@"),
        ("year-month", "2020-06", "2020年6月", "@"),
        ("date-or-month", "2020-06", "2020年6月", "@"),
        ("date-or-month", date(2020, 6, 23), datetime(2020, 6, 23), 'yyyy"年"m"月"d"日"'),  # noqa: DTZ001  # as above
        ("date-or-month", None, None, "@"),
        ("date", None, None, 'yyyy"年"m"月"d"日"'),
        ("text-list", ["甲", "乙"], "甲、乙", "@"),
    ],
)
def test_other_values_are_text_or_days(kind, given_, kept, shown):
    one = paper(group("g", field(kind, "n")), layout=[["n"]])
    data = written(one, {"n": given_})
    assert value(data, "B2") == (kept, shown)
    assert returned(one, data) == ({} if given_ is None else {"n": given_})


def test_a_number_too_wide_for_its_cell_is_text_that_goes_on_below():
    one = paper(group("g", field("decimal", "n")), layout=[[{"field": "n", "width": 15}, {"sentence": "甲"}]])
    assert value(written(one, {"n": Decimal(123456789)}), "B2")[0] == "123456789"
    assert value(written(one, {"n": Decimal(123)}), "B2")[0] == 123


HOSTILE = [
    "=1+1", "=cmd|'/c calc'!A1", "+8", "-8", "@SUM(A1)", "'quoted", "<b>&amp;</b>", "]]>", "<r>a</r>", "<r><t>a</t></r>",
    "_x0041_", "_x005F_x000D_", "a_x0041__x0042_", "http://x.invalid/", "mailto:a@x.invalid", "internal:Sheet1!A1", "{=1}", "#REF!",
    "12", "1e5", "祎喆𠮷😀", "甲  乙", "TRUE", "（见附页1）", "附页1：诉求", "附页1：意见", "□", "其他：", "长" * 1990,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_stays_text_and_comes_back_as_it_was(text):
    values = {
        "block": text,
        "firm": text,
        "quals": ["规上企业", f"甲{text}"],
        "grants": [{"name": text}],
        "need": text,
        "opinion": text,
    }
    data = written(VISIT, values)
    assert "<f>" not in part(data, SHEET)
    assert "hyperlink" not in "".join(check_archive(data)) + part(data, SHEET)
    assert returned(VISIT, data) == values
    assert returned(VISIT, nameless(data)) == values


def test_line_breaks_and_separators_come_back_as_line_breaks():
    read = returned(VISIT, written(VISIT, {"opinion": "甲\r\n乙\u2028丙\t丁"}))
    assert read == {"opinion": "甲\n乙\n丙 丁"}


def test_a_text_longer_than_a_cell_is_refused_and_not_cut():
    one = paper(group("g", field("text-list", "n")), layout=[["n"]])
    with pytest.raises(FormError, match=r"B2: a text is longer than the 32767 signs") as raised:
        written(one, {"n": ["长" * 2000] * 17})
    assert "B2：" in raised.value.zh


def test_a_text_of_ten_thousand_signs_goes_over_several_rows():
    data = written(VISIT, {"need": "很长的文字。" * 1600, "opinion": "同意。" * 3000})
    cells, found = sheet(data), cell_of(data, "need")
    assert cells[found].value == "（见附页1）"
    rows = {r.coord.partition(":")[0]: r.size["rows"] for r in cells.merged_cells.ranges}
    assert rows[cell_of(data, "opinion")] > 5
    assert all((d.height or 0) <= 409 for d in cells.row_dimensions.values())
    assert returned(VISIT, data) == {"need": "很长的文字。" * 1600, "opinion": "同意。" * 3000}
    assert returned(VISIT, nameless(data)) == {"need": "很长的文字。" * 1600, "opinion": "同意。" * 3000}


KINDS = field("multi-choice", "kinds", choices=["意向接洽", "接洽商谈", "初步意向"], other="其他")


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (25, ["☑\u00a0意向接洽；", "□\u00a0接洽商谈；", "□\u00a0初步意向；", "☑\u00a0其他：共建一个研究院"]),
        (60, ["☑\u00a0意向接洽；□\u00a0接洽商谈；", "□\u00a0初步意向；☑\u00a0其他：共建一个研究院"]),
    ],
)
def test_a_choice_stands_on_the_line_of_its_box(width, lines):
    """25 mm hold six signs, 60 mm fifteen; a text of one's own may go on below."""
    one = paper(group("g", KINDS, field("text", "it")), layout=[[{"field": "kinds", "width": width}, "it"]])
    values = {"kinds": ["意向接洽", "共建一个研究院"], "it": "甲"}
    data = written(one, values)
    assert str(sheet(data)["B2"].value).split("\n") == lines
    assert sheet(data).row_dimensions[2].height > 15 * len(lines)
    assert returned(one, data) == returned(one, nameless(data)) == values


def test_a_label_of_several_lines_keeps_them():
    one = paper(
        group("g", field("text", "it", printed="企业\n走访\n情况"), field("text", "that")),
        layout=[{"group": "情况", "rows": [["it"], ["that"]]}],
    )
    assert sheet(written(one))["B2"].value == "企业\n走访\n情况"


# ---- the sheet --------------------------------------------------------------------------------------------------------------


def test_page_margins_and_footer_are_those_of_official_documents():
    page = sheet(written(VISIT))
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "portrait")
    assert (
        page.sheet_properties.pageSetUpPr.fitToPage,
        page.page_setup.fitToWidth or 1,
        page.page_setup.fitToHeight,
    ) == (True, 1, 0)
    sides = page.page_margins
    assert [round(s * 25.4, 1) for s in (sides.top, sides.left, sides.right, sides.bottom)] == [37, 28, 26, 35]
    assert page.oddFooter.center.text.strip() == "— &P —"
    lying = sheet(written(LIST))
    assert lying.page_setup.orientation == "landscape"
    assert [round(s * 25.4, 1) for s in (lying.page_margins.top, lying.page_margins.left)] == [28, 35]


def test_columns_together_are_as_wide_as_the_type_area():
    """156 mm are 589.6 pixels of a screen's 96 to the inch, 225 mm are 850.4; a digit of the default font has 8."""
    for form, whole in ((VISIT, 590), (LIST, 850)):
        found = re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', part(written(form), SHEET))
        pixels = sum((int(last) - int(first) + 1) * float(width) * 8 for first, last, width in found)
        assert pixels == whole
        assert re.search(
            r'<fonts[^>]*><font><sz val="10"/><color[^>]*/><name val="Courier New"/>', part(written(form), STYLES)
        )


def test_pages_break_where_the_form_says_and_headers_are_repeated():
    assert [b.id for b in sheet(written(VISIT)).row_breaks.brk] == [9]
    assert sheet(written(LIST)).print_title_rows == "$2:$2"


def test_rows_are_as_high_as_their_text_needs():
    data = written(VISIT, {"firm": "某" * 200, "opinion": "同意"})
    heights = {row: sheet(data).row_dimensions[row].height for row in (4, 8, 13, 14)}
    assert heights[4] > 100
    assert heights[8] == pytest.approx(19.84, abs=0.4)
    assert heights[13] + heights[14] == pytest.approx(85.04, abs=0.8)  # the cell and its foot are 30 mm together


def test_what_stands_at_the_foot_of_a_cell_has_a_cell_below_to_the_right_and_no_line_between():
    data = written(VISIT, DATA)
    cells = sheet(data)
    body, foot = (cells[where] for where in ("C13", "C14"))
    assert str(foot.value) == "经办人（签字）：" + "\u2002" * 11 + "\u00a0" + "　日期：2020年7月1日"
    assert (body.alignment.vertical, foot.alignment.horizontal) == ("top", "right")
    assert foot.alignment.vertical is None  # which is the bottom
    assert (body.border.bottom.style, foot.border.top.style) == (None, None)
    assert (body.border.top.style, foot.border.bottom.style) == ("thin", "thin")
    merged = {str(r) for r in cells.merged_cells.ranges}
    assert {"A13:B14", "C13:I13", "C14:I14"} <= merged


def test_a_date_or_number_above_a_foot_is_one():
    """Its format has to be its own: a date that is shown as a text is read as a number."""
    three = paper(
        group("g", field("date", "day"), field("decimal", "n", unit="万元"), field("long-text", "it", hint="如实填写")),
        layout=[[{"field": name, "foot": f"签{name}："}] for name in ("day", "n", "it")],
    )
    values = {"day": date(2020, 6, 23), "n": Decimal("12.50"), "it": "甲"}
    data = written(three, values)
    assert value(data, "B2") == (datetime(2020, 6, 23), 'yyyy"年"m"月"d"日"')  # noqa: DTZ001  # a spreadsheet knows no zone
    assert value(data, "B4") == (12.5, '0.00"\u00a0万元"')
    assert {sheet(data)[at].alignment.vertical for at in ("B2", "B4", "B6")} == {"top"}
    assert {sheet(data)[at].border.bottom.style for at in ("B2", "B4", "B6")} == {None}
    assert returned(three, data) == returned(three, nameless(data)) == values
    blank = written(three)
    assert value(blank, "B2") == (None, 'yyyy"年"m"月"d"日"')
    assert value(blank, "B4") == ("\u00a0\u00a0\u00a0\u00a0万元", 'General"\u00a0万元"')
    assert sheet(blank)["B6"].font.color.rgb == "FF666666"


def test_a_cell_of_words_alone_may_have_a_foot():
    words = paper(
        group("g", field("text", "it")),
        group("items", field("text", "one"), repeat=True),
        layout=[
            [{"sentence": "说明文字", "foot": "（盖章）"}, "it"],
            {"repeat": "items", "printed": 2, "row": ["one", {"sentence": "各行说明", "foot": "（签字）"}]},
        ],
    )
    values = {"it": "甲", "items": [{"one": "乙"}, {"one": "丙"}, {"one": "丁"}]}
    data = written(words, values)
    assert [sheet(data)[at].value for at in ("A2", "A3", "A4", "A5", "A6")] == [
        "说明文字", "（盖章）", "one栏", "one栏", "one栏",
    ]  # fmt: skip
    assert returned(words, data) == returned(words, nameless(data)) == values


def test_a_foot_in_the_rows_of_a_group_stays_in_its_cell():
    rows = paper(
        group("items", field("text", "it"), field("date", "on"), repeat=True),
        layout=[{"repeat": "items", "printed": 2, "row": [{"field": "it", "height": 30, "foot": "日期：{on}"}]}],
    )
    values = {"items": [{"it": "甲", "on": date(2020, 7, 1)}, {"it": "乙", "on": date(2020, 7, 2)}, {"it": "丙"}]}
    data = written(rows, values)
    assert str(sheet(data)["B2"].value) == "甲\n\n\n\n日期：2020年7月1日"
    assert returned(rows, data) == returned(rows, nameless(data)) == values


def test_fonts_are_named_by_role():
    fonts = FontSet(body=("甲",), title=("乙",), label=("丙",), box=("丁",))
    data = to_xlsx(VISIT.printout({"quals": ["规上企业"]}), fonts)
    cells = sheet(data)
    assert [cells[c].font.name for c in ("A1", "A2", "A3", "A4", "C4")] == ["丙", "乙", "甲", "丙", "甲"]
    assert '<rFont val="丁"/>' in part(data, TEXTS)
    assert (cells["A2"].font.sz, cells["A4"].alignment.horizontal, cells["A4"].border.top.style) == (
        22,
        "center",
        "thin",
    )


def test_equal_values_give_equal_files():
    assert written(VISIT, DATA) == written(VISIT, DATA)


def test_a_title_no_sheet_may_have_is_shortened():
    title = VISIT.form.title.model_copy(update={"zh": "[走/访]:" * 20})
    form = Paper(FormFile.model_construct(**{**dict(VISIT.form), "title": title}))
    assert opened(written(form)).sheetnames == ["走访" * 15 + "走"]
    assert returned(form, written(form, {"firm": "某公司"})) == {"firm": "某公司"}


def test_the_extra_is_named_when_it_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingExtra, match=r"talentservice\[xlsx\]"):
        written(VISIT)


# ---- names ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["a", "enterprise.name", "items.0.on_post", "a-b_c", "a__h", "a_-h", "2019.x"])
def test_a_name_leads_back_to_its_blank(key):
    name = name_of("f_", key)
    assert re.fullmatch(r"[a-z_][\w.]*", name, re.ASCII)
    assert key_of(name) == key_of(name.upper()) == ("f_", key)


def test_a_name_longer_than_names_may_be_is_left_out():
    assert name_of("f_", "a" * 254) is None
    assert key_of("_xlnm.Print_Titles") == ("", "_xlnm.Print_Titles")


def test_every_blank_is_named_and_of_a_long_list_the_first_rows():
    names = opened(written(VISIT)).defined_names
    assert {n for n in names if not n.startswith("_xlnm")} == {
        "f_block", "f_firm", "f_opened", "f_quals", "f_doctors", "f_money.2018.sales", "f_money.2019.sales", "f_money.2018.tax",
        "f_money.2019.tax", "f_grants.0.name", "f_grants.0.amount", "f_grants.1.name", "f_grants.1.amount", "e_grants", "f_need",
        "f_opinion", "f_signed", "talentservice.form", "talentservice.version", "talentservice.year",
    }  # fmt: skip
    long = opened(written(LIST, {"items": [{"name": "甲某"}] * 50})).defined_names
    assert "f_items.19.name" in long
    assert "f_items.20.name" not in long
