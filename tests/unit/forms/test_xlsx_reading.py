"""Forms read back from workbooks that people and programs have changed."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from tests.unit.forms.declared import field, group, paper
from tests.unit.forms.workbooks import (
    BOOK,
    LIST,
    PROFILE,
    SHEET,
    STYLES,
    TEXTS,
    VISIT,
    cell_of,
    changed,
    nameless,
    opened,
    part,
    replaced,
    returned,
    saved,
    typed,
    with_rows,
    written,
)  # fmt: skip

import talentservice as ts
from talentservice.errors import FileRefused
from talentservice.forms.returned import read_form

DATA = {
    "block": "东区", "firm": "某某公司", "opened": date(2016, 5, 18), "quals": ["规上企业"], "doctors": 3, "others": 43,
    "money": {"2018": {"sales": Decimal("12.50")}, "2019": {"tax": Decimal(7)}},
    "grants": [{"name": "成果转化", "amount": Decimal(500)}], "need": "两套公寓", "opinion": "同意", "on": date(2020, 7, 1),
}  # fmt: skip
ONE = paper(
    group("g", *(field(k, k) for k in ("text", "decimal", "percent", "integer", "year-month", "date-or-month", "date", "bool", "phone"))),
    layout=[[k] for k in ("text", "decimal", "percent", "integer", "year-month", "date-or-month", "date", "bool", "phone")],
)  # fmt: skip


# ---- cells ------------------------------------------------------------------------------------------------------------------


def test_what_does_not_fit_is_told_with_its_cell():
    form = ts.region("jintan").form("visit-lead-talent")
    data = form.xlsx({})
    capital, on_post, regular = (
        cell_of(data, k) for k in ("enterprise.registered_capital", "talent.on_post", "staff.regular")
    )
    read = form.read(typed(data, **{capital: "三千万", on_post: "在", regular: "=1+1"}))
    assert (capital, on_post, regular) == ("K16", "C13", "F23")
    assert [p.line("zh") for p in read.problems] == [
        "C13（是否在岗）：应为“是”或“否”，实为“在”",
        "K16（注册资本）：应为数字（可带“万元”），实为“三千万”",
        "F23（正式员工数量）：不接受公式",
    ]


@pytest.mark.parametrize(
    ("name", "value", "shown", "read"),
    [
        ("text", 12, "General", "12"),
        ("text", 0.1, "General", "0.1"),
        ("text", datetime(2020, 6, 5), "yyyy-mm-dd", "2020年6月5日"),  # noqa: DTZ001  # a spreadsheet knows no zone
        ("text", datetime(2020, 6, 5, 9, 30), "yyyy-mm-dd h:mm", "2020年6月5日 09:30:00"),  # noqa: DTZ001  # same
        ("text", datetime(2020, 6, 4, 23, 59, 59, 999_000), "yyyy-mm-dd h:mm", "2020年6月5日"),  # noqa: DTZ001  # same
        ("text", time(9, 30), "h:mm", "09:30:00"),
        ("text", timedelta(hours=30), "[h]:mm", "30:00:00"),
        ("decimal", 0.1, "General", Decimal("0.1")),
        ("decimal", 1200.5, '#,##0.00" 万元"', None),
        ("decimal", "１，２００．５", "@", Decimal("1200.5")),
        ("percent", 0.3, "0%", Decimal(30)),
        ("percent", 0.125, "0.0%", Decimal("12.5")),
        ("percent", "30%", "@", Decimal(30)),
        ("integer", 86, "General", 86),
        ("year-month", "2020-06", "@", "2020-06"),
        ("year-month", datetime(2020, 6, 1), 'yyyy"年"m"月"', "2020-06"),  # noqa: DTZ001  # same
        ("year-month", datetime(2020, 6, 1, 12), "yyyy-mm", "2020-06"),  # noqa: DTZ001  # same
        ("date-or-month", datetime(2020, 6, 1), "mmm-yy", "2020-06"),  # noqa: DTZ001  # same
        ("date-or-month", datetime(2020, 6, 1), "yyyy/m/d", date(2020, 6, 1)),  # noqa: DTZ001  # same
        ("date", datetime(2020, 6, 23), 'yyyy"年"m"月"d"日"', date(2020, 6, 23)),  # noqa: DTZ001  # same
        ("date", "2020.6.23", "@", date(2020, 6, 23)),
        ("bool", True, "General", True),
        ("bool", "否", "@", False),
        ("phone", 51980000000, "General", None),
    ],
)
def test_a_cell_is_read_as_it_is_shown(name, value, shown, read):
    book = opened(written(ONE))
    cell = book.worksheets[0][cell_of(written(ONE), name)]
    cell.value, cell.number_format = value, shown
    found = returned(ONE, saved(book))
    if read is None:
        assert isinstance(found, list)
    else:
        assert found == {name: read}


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("percent", "30", "B4（percent栏）：应为带“%”的百分数，如 30%，实为“30”"),
        ("integer", 1.5, "B5（integer栏）：应为非负整数，实为“1.5”"),
        ("text", 123456789012345678, "B2（text栏）：数字过长，末几位可能已丢失；请把单元格改为文本格式"),
        ("decimal", "#N/A", "B3（decimal栏）：单元格为错误值 #N/A"),
        ("date", True, "B8（date栏）：应为日期，如 2020年6月23日，实为“TRUE”"),
        ("decimal", datetime(2020, 6, 5), "B3（decimal栏）：应为数字，实为“2020年6月5日”"),  # noqa: DTZ001  # same
    ],
)
def test_a_cell_that_holds_something_else_is_a_problem(name, value, problem):
    data = written(ONE)
    assert returned(ONE, typed(data, **{cell_of(data, name): value})) == [problem]


@pytest.mark.parametrize(
    ("number", "read"), [(31, date(2020, 6, 23)), (57, "2020-06"), (14, date(2020, 6, 23)), (17, "2020-06")]
)
def test_formats_known_only_by_number_are_dates_also_the_chinese_ones(number, read):
    data = written(ONE, {"date-or-month": date(2020, 6, 23)})
    styles = re.sub(r'numFmtId="(16[4-9]|17\d)"(?= fontId)', f'numFmtId="{number}"', part(data, STYLES))
    assert returned(ONE, replaced(data, STYLES, styles)) == {"date-or-month": read}


def test_dates_counted_from_1904_are_read_as_such():
    data = written(ONE, {"date": date(2020, 6, 23)})
    assert returned(ONE, changed(data, BOOK, ("<workbookPr ", '<workbookPr date1904="1" '))) == {
        "date": date(2024, 6, 24)
    }


@pytest.mark.parametrize(
    ("money", "read"), [("元", Decimal("0.12")), ("亿元", Decimal(12_000_000)), ("万元", Decimal(1200))]
)
def test_a_unit_shown_by_the_format_counts(money, read):
    one = paper(group("g", field("decimal", "n", unit="万元")), layout=[["n"]])
    book = opened(written(one))
    book.worksheets[0]["B2"].value, book.worksheets[0]["B2"].number_format = 1200, f'#,##0.00" {money}"'
    assert returned(one, saved(book)) == {"n": read}


# ---- sentences --------------------------------------------------------------------------------------------------------------


def test_a_sentence_typed_anew_is_read_by_its_words():
    data = written(VISIT)
    assert returned(VISIT, typed(data, **{cell_of(data, "doctors"): "博士5人;其他 12 人."})) == [
        f"{cell_of(data, 'doctors')}（博士 … 人；其他 … 人。）：应为“博士 … 人；其他 … 人。”，实为“博士5人;其他 12 人.”"
    ]
    assert returned(VISIT, typed(data, **{cell_of(data, "doctors"): "博士5人;其他 12 人。"})) == {
        "doctors": 5,
        "others": 12,
    }


def test_a_sentence_with_personal_blanks_is_not_repeated_in_its_problem():
    own = paper(group("g", field("text", "who", personal=True)), layout=[{"paragraph": ["姓名是{who}。"]}])
    assert returned(own, typed(written(own, {"who": "甲某"}), A2="甲某，男")) == [
        "A2（who栏）：应为“姓名是…。”，实为“…”"
    ]


def test_what_is_typed_above_or_into_the_foot_of_a_cell_is_read():
    data = written(VISIT)
    typed_in = typed(data, C13="同意\n尽快办理", C14="经办人（签字）：　日期：2020年7月1日")
    assert returned(VISIT, typed_in) == {"opinion": "同意\n尽快办理", "on": date(2020, 7, 1)}
    assert returned(VISIT, nameless(typed_in)) == {"opinion": "同意\n尽快办理", "on": date(2020, 7, 1)}
    assert returned(VISIT, typed(data, C14="经办人（签字）：甲某　日期：2020年7月1日")) == [
        "C14（签字、盖章处的文字）：签字、盖章处的文字不读取"
    ]
    assert returned(VISIT, typed(data, C14="同意")) == [
        "C14（经办人（签字）：… 日期：…）：应为“经办人（签字）：… 日期：…”，实为“同意”"
    ]


# ---- rows -------------------------------------------------------------------------------------------------------------------


def test_rows_put_between_and_below_are_read_and_blank_ones_are_dropped():
    data = written(VISIT, DATA)
    assert cell_of(data, "grants.1.name") == "D11"
    added = with_rows(with_rows(data, 11, D11="添一"), 13, D13="添二", H13="12.5 万元")
    assert returned(VISIT, added)["grants"] == [
        {"name": "成果转化", "amount": Decimal(500)}, {"name": "添一"}, {"name": "添二", "amount": Decimal("12.5")},
    ]  # fmt: skip
    assert returned(VISIT, added)["need"] == "两套公寓"


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"D12": "添一", "F12": "12 万元"}, "F12（金额）：应为“金额”，实为“12 万元”"),
        ({"D12": "添一", "E12": "添二"}, "E12（表外）：“添二”不是表中内容，请删去或写入栏目"),
    ],
)
def test_what_stands_in_an_added_row_where_nothing_belongs_is_told(cells, problem):
    assert returned(VISIT, with_rows(written(VISIT, DATA), 12, **cells)) == [problem]


def test_rows_put_above_the_form_change_nothing():
    assert returned(VISIT, with_rows(written(VISIT, DATA), 1, A1="请于月底前交回")) == DATA
    assert returned(VISIT, nameless(with_rows(written(VISIT, DATA), 1, A1="请于月底前交回"))) == DATA


def test_rows_typed_below_a_list_are_read():
    data = written(LIST, {"items": [{"name": "甲某"}]})
    more = {f"B{row}": f"乙某{row}" for row in range(6, 40)}
    assert returned(LIST, typed(data, **more))["items"] == [
        {"name": "甲某"},
        *({"name": more[f"B{row}"]} for row in range(6, 40)),
    ]


NOTES = {
    "apart from the list": {"B9": "备注：以上已核"},
    "in the column of numbers": {"A6": "备注：以上已核"},
    "far below, in the column of numbers": {"A12": "备注：以上已核"},
    "two, one below the other": {"B9": "备注：以上已核", "B10": "又及"},
}


@pytest.mark.parametrize("cells", NOTES.values(), ids=NOTES)
def test_a_note_below_a_list_is_told_and_is_no_row_of_it(cells):
    """The first three rows below the header, 3 to 5, are printed; texts of forms with names in them are not repeated."""
    data = written(LIST, {"items": [{"name": "甲某"}, {"name": "乙某"}]})
    read = read_form(LIST, typed(data, **cells))
    assert [p.line("zh") for p in read.problems] == [f"{at}（表外）：“…”不是表中内容，请删去或写入栏目" for at in cells]
    assert read.values == {"items": [{"name": "甲某"}, {"name": "乙某"}]}


def test_a_note_across_the_columns_right_below_a_list_is_told():
    book = opened(written(LIST, {"items": [{"name": "甲某"}]}))
    book.worksheets[0]["B6"] = "备注：以上已核"
    book.worksheets[0].merge_cells("B6:D6")
    assert returned(LIST, saved(book)) == ["B6（表外）：“…”不是表中内容，请删去或写入栏目"]


def test_rows_apart_from_a_list_are_read_where_more_than_one_cell_is_filled():
    data = written(LIST, {"items": [{"name": "甲某"}]})
    more = typed(data, B9="乙某", D9="企业", A12=7, B12="丙某")
    assert returned(LIST, more) == {"items": [{"name": "甲某"}, {"name": "乙某", "kind": "企业"}, {"name": "丙某"}]}


def test_a_blank_row_below_one_as_tall_as_several_is_no_note():
    """The boxes of its choices are printed."""
    items = [{"name": "甲某"}, {"name": "乙某"}, {"name": "长" * 1000}, {}, {"name": "丙某"}]
    data = nameless(written(LIST, {"items": items}))
    assert returned(LIST, data) == {"items": [row for row in items if row]}


@pytest.mark.parametrize("number", [3, "3", "三", "3.", "（三）", "第3号", "③"])
def test_a_number_typed_before_a_row_is_no_problem(number):
    data = written(LIST, {"items": [{"name": "甲某"}]})
    assert returned(LIST, typed(data, A5=number)) == {"items": [{"name": "甲某"}]}


def test_blank_rows_within_a_list_leave_the_rows_below_them_its_own():
    items = [{"name": "甲某"}, *[{}] * 9, {"name": "乙某"}]
    assert returned(LIST, written(LIST, {"items": items})) == {"items": [{"name": "甲某"}, {"name": "乙某"}]}


def test_a_problem_in_an_added_row_names_its_cell():
    (told,) = read_form(LIST, typed(written(LIST), B6="甲某", C6="乙")).problems
    assert told.line("zh").startswith("C6（电话）：手机号应为")


def test_repeated_sentences_are_read_row_by_row():
    values = {
        "projects": [{"year": 2018, "title": "甲"}, {"year": 2019, "title": "乙"}, {"year": 2020, "title": "丙"}],
        "plan": "丁",
    }
    data = written(PROFILE, values)
    assert returned(PROFILE, data) == returned(PROFILE, nameless(data)) == values


# ---- names and labels -------------------------------------------------------------------------------------------------------


def test_without_names_the_labels_tell_and_a_wrong_one_is_named():
    data = nameless(written(VISIT, DATA))
    where = next(c.coordinate for row in opened(data).worksheets[0].rows for c in row if c.value == "成立时间")
    assert returned(VISIT, typed(data, **{where: "成立日子"})) == [
        f"{where}（成立时间）：应为“成立时间”，实为“成立日子”"
    ]
    read = read_form(VISIT, typed(data, **{where: "成立日子"}))
    assert read.values == {k: v for k, v in DATA.items() if k != "opened"}


@pytest.mark.parametrize(
    ("values", "label", "unread"),
    [
        (DATA, "E4", {"opened"}),
        ({"firm": "某某公司"}, "E4", set()),
        ({"opened": date(2016, 5, 18)}, "A4", set()),
        ({"firm": "某某公司"}, "A4", {"firm"}),
        (DATA, "B5", {"quals"}),
        ({}, "B5", set()),
        ({"doctors": 3}, "B6", {"doctors"}),
        ({}, "B6", set()),
        ({"money": {"2019": {"tax": 7}}}, "B9", {"money.2019.tax"}),
    ],
)
def test_beside_a_wrong_label_only_what_stands_there_is_unread(values, label, unread):
    """What is blank there, or stands beside another label, is lacking or known; boxes and blanks as printed are nothing."""
    data = typed(nameless(written(VISIT, values)), **{label: "另一栏"})
    assert read_form(VISIT, data).unread == unread


def test_a_value_whose_label_was_deleted_is_unread():
    data, blank = nameless(written(VISIT, DATA)), cell_of(written(VISIT), "opened")
    assert read_form(VISIT, typed(data, E4="")).unread == {"opened"}
    assert read_form(VISIT, typed(data, **{"E4": "", blank: "=1+1"})).unread == {"opened"}


def test_what_is_unread_in_an_added_row_is_of_that_row():
    more = {"D12": "添一", "F12": "12 万元"}
    read = read_form(VISIT, with_rows(written(VISIT, DATA), 12, **more))
    assert read.values["grants"] == [{"name": "成果转化", "amount": Decimal(500)}, {"name": "添一"}]
    assert read.unread == {"grants.1.amount"}
    alone = with_rows(with_rows(written(VISIT, DATA), 12, D12="添二"), 12, F12="12 万元")
    assert read_form(VISIT, alone).values["grants"] == [{"name": "成果转化", "amount": 500}, {}, {"name": "添二"}]
    assert read_form(VISIT, alone).unread == {"grants.1.amount"}


def test_a_cell_whose_name_is_lost_is_read_by_its_place():
    data = changed(written(VISIT, DATA), BOOK, (r'(<definedName name="f_firm">)[^<]*', r"\1#REF!"))
    assert returned(VISIT, data) == DATA


def test_a_deleted_row_is_told():
    data = written(VISIT, DATA)
    gone = re.sub(r'<row r="4".*?</row>', "", part(data, SHEET), flags=re.DOTALL)
    lost = re.sub(r'(<definedName name="f_(?:firm|opened)">)[^<]*', r"\1#REF!", part(data, BOOK))
    assert returned(VISIT, replaced(replaced(data, SHEET, gone), BOOK, lost)) == [
        "A4（企业名称）：应为“企业名称”，此处为空", "E4（成立时间）：应为“成立时间”，此处为空",
    ]  # fmt: skip


def test_the_year_a_workbook_was_made_for_is_read_from_it():
    data = written(VISIT, {"money": {"2021": {"tax": 7}}}, year=2023)
    assert read_form(VISIT, data).year == 2023
    assert read_form(VISIT, data).values == {"money": {"2021": {"tax": Decimal(7)}}}
    assert read_form(VISIT, nameless(data)).year == 2023
    wrong = changed(data, BOOK, ("2023</definedName>", "99999</definedName>"))
    with pytest.raises(FileRefused, match="which year"):
        read_form(VISIT, wrong)


@pytest.mark.parametrize(
    "head", ["{year} 年", "截至 {year} 年底", "FY{year}", "{year} 年（{year} 年底）", "金额 {year}"]
)
def test_the_year_is_told_by_whatever_is_printed_above_the_columns(head):
    """Above a year's column stands what the form declares; a cell with another year is none of them."""
    sums = paper(
        group("g", field("text", "it")),
        group(
            "money",
            field("decimal", "tax"),
            years=[2018, 2019],
            estimated=[2020],
            year_head=head,
            estimated_head="预计",
        ),
        layout=[["it"], {"matrix": "money"}],
        year=2020,
    )
    read = read_form(sums, nameless(written(sums, {"it": "1998年", "money": {"2022": {"tax": 7}}}, year=2023)))
    assert (read.year, read.values["money"]) == (2023, {"2022": {"tax": 7}})


@pytest.mark.parametrize(
    ("other", "code"),
    [(written(LIST), "other-form"), (nameless(written(LIST)), "other-form")],
    ids=["named", "nameless"],
)
def test_another_form_is_refused(other, code):
    with pytest.raises(FileRefused) as raised:
        read_form(VISIT, other)
    assert raised.value.code == code


def test_another_version_is_refused():
    with pytest.raises(FileRefused, match=r"version 1 of the form '\(走访表\)'; version 2 is read"):
        read_form(VISIT, changed(written(VISIT), BOOK, ('"2"</definedName>', '"1"</definedName>')))


def test_the_sheet_is_found_by_its_names_wherever_it_stands():
    book = opened(written(VISIT, DATA))
    book.create_sheet("空白", 0)
    assert returned(VISIT, saved(book)) == DATA


def test_what_stands_on_another_sheet_is_told_and_not_lost():
    book = opened(written(VISIT, DATA))
    other = book.create_sheet("附表", 0)
    other["B2"], other["B9"], other["C3"] = "另有诉求", "=1+1", 12
    assert returned(VISIT, saved(book)) == ["附表!B2–B9（表外）：“另有诉求 12 =1+1”不是表中内容，请删去或写入栏目"]
    assert read_form(VISIT, saved(book)).values == DATA


def test_the_sheet_copied_for_a_second_form_is_told():
    book = opened(written(VISIT, DATA))
    book.copy_worksheet(book.worksheets[0])
    (told,) = returned(VISIT, saved(book))
    assert told.startswith("走访表 Copy!A1–A15（表外）：“附件 1 走访表 所在板块：东区")


def test_a_hidden_sheet_which_programs_keep_for_themselves_is_passed_over():
    book = opened(written(VISIT, DATA))
    book.create_sheet("WpsReserved_CellImgList").sheet_state = "veryHidden"
    book["WpsReserved_CellImgList"]["A1"] = "ID_1"
    assert returned(VISIT, saved(book)) == DATA


# ---- other programs ---------------------------------------------------------------------------------------------------------


def test_a_workbook_saved_by_another_program_is_read_alike():
    assert returned(VISIT, saved(opened(written(VISIT, DATA)))) == DATA
    assert returned(VISIT, nameless(saved(opened(written(VISIT, DATA))))) == DATA


def test_elements_with_prefixes_are_read_alike():
    data = written(ONE, {"text": "甲"})
    for name in (SHEET, TEXTS, BOOK):
        text = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", part(data, name)).replace(" xmlns=", " xmlns:x=", 1)
        data = replaced(data, name, text)
    assert returned(ONE, data) == {"text": "甲"}


def test_texts_in_the_cells_themselves_and_what_is_read_aloud():
    data = written(ONE, {"text": "甲"})
    inside = '<c r="B2" t="inlineStr"><is><r><rPr><u/></rPr><t>甲_x0041_</t></r><r><t xml:space="preserve"> 乙</t></r><rPh sb="0" eb="1"><t>jia</t></rPh></is></c>'
    assert returned(ONE, changed(data, SHEET, (r'<c r="B2"[^>]*><v>\d+</v></c>', inside))) == {"text": "甲A 乙"}
    assert returned(
        ONE, changed(data, SHEET, (r'<c r="B2"[^>]*><v>\d+</v></c>', '<c r="B2" t="str"><v>丙</v></c>'))
    ) == {"text": "丙"}
    iso = '<c r="B2" t="d"><v>2020-06-23</v></c>'
    assert returned(ONE, changed(data, SHEET, (r'<c r="B2"[^>]*><v>\d+</v></c>', iso))) == {"text": "2020年6月23日"}


def test_an_empty_text_is_a_blank_cell():
    data = written(ONE, {"text": "甲"})
    assert (
        returned(
            ONE,
            changed(data, TEXTS, (r"<si><t>甲</t></si>|<si>(?:(?!</si>).)*甲(?:(?!</si>).)*</si>", "<si><t/></si>")),
        )
        == {}
    )


def test_a_label_typed_anew_is_told_although_the_names_are_there():
    """Who writes yuan where ten thousand yuan are printed would be wrong by a factor of ten thousand."""
    form = ts.region("jintan").form("visit-lead-talent")
    file = form.xlsx({"enterprise": {"registered_capital": "3000"}})
    blank = cell_of(file, "enterprise.registered_capital")
    sheet = opened(file).worksheets[0]
    (label,) = [c.coordinate for row in sheet.iter_rows() for c in row if c.value == "注册资本"]
    (told,) = form.read(typed(file, **{label: "注册资本（元）", blank: 30000000})).problems
    assert told.line("zh") == f"{label}（注册资本）：应为“注册资本”，实为“注册资本（元）”"


def test_what_stands_beside_the_form_is_told_and_not_lost():
    assert returned(VISIT, typed(written(VISIT, DATA), Z4="旁注")) == [
        "Z4（表外）：“旁注”不是表中内容，请删去或写入栏目"
    ]
