"""What people write in a field is read as they mean it, or refused with what is due."""

from datetime import date
from decimal import Decimal

import pytest
from tests.unit.forms.declared import made

from talentservice.errors import InputError
from talentservice.forms.due import due
from talentservice.forms.values import accept

MONEY = made("decimal", unit="万元")
ONE = made("choice", choices=["人才诉求", "企业诉求"])
OTHER = made("choice", choices=["住房", "融资"], other="其他")
SOME = made("multi-choice", choices=["规上企业", "高新技术企业", "研究生工作站"], other="其他")
HINTED = made("long-text", hint="(可另附页)", annex=True)


def refused(field, text):
    with pytest.raises(InputError) as caught:
        accept(field, text)
    return caught.value.zh


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1200.5", "1200.5"),
        ("1,200", "1200"),
        ("1，200 万元", "1200"),
        ("１２００", "1200"),
        ("１６０．４万元", "160.4"),
        ("1.5亿元", "15000"),
        ("3亿", "30000"),
        ("3000万", "3000"),
        ("30000元", "3"),
        ("1 元", "0.0001"),
        ("-566", "-566"),
        ("\u2212566", "-566"),
        ("－５６６", "-566"),
        ("+8", "8"),
        ("0", "0"),
        ("0.10", "0.10"),
        ("\u00a0 12 \u3000", "12"),
    ],
)
def test_numbers_are_read_whatever_the_width_of_their_digits_and_in_any_unit_of_money(text, number):
    found = accept(MONEY, text)
    assert (found, f"{found:f}") == (Decimal(number), number)


@pytest.mark.parametrize(
    "text",
    ["三千万", "1e5", "1.2.3", "1 200", "12,34", "约 12", "12 万美元", "12 人", "(566)", "=1+1", "1/2", "NaN", "١٢", "9" * 65],
)  # fmt: skip
def test_what_is_no_number_is_refused_with_what_is_due(text):
    assert refused(MONEY, text) == "应为数字（可带“万元”）"


@pytest.mark.parametrize(
    ("text", "zh"),
    [
        ("9" * 17, "数值超出范围（最大 10^15）"),
        ("99999999999999 亿元", "数值超出范围（最大 10^15）"),
        ("0.00000000001", "小数超过 10 位"),
        ("0.0000001 元", "小数超过 10 位"),
    ],
)
def test_numbers_beyond_what_stays_exact_are_refused(text, zh):
    assert refused(MONEY, text) == zh


def test_units_of_money_are_for_fields_in_money():
    assert refused(made("integer", unit="人"), "3 万元") == "应为非负整数（可带“人”）"
    assert refused(made("decimal"), "3 元") == "应为数字"


@pytest.mark.parametrize(
    ("text", "number"), [("86", 86), ("86 人", 86), ("８６人", 86), ("1,200", 1200), ("0", 0), ("12.0", 12)]
)
def test_whole_numbers_may_have_their_unit(text, number):
    found = accept(made("integer", unit="人"), text)
    assert (found, type(found)) == (number, int)


@pytest.mark.parametrize("text", ["-1", "1.5", "八十六"])
def test_a_count_is_whole_and_not_negative(text):
    assert refused(made("integer", unit="人"), text) == "应为非负整数（可带“人”）"


@pytest.mark.parametrize(
    ("text", "number"), [("30%", "30"), ("３０．５％", "30.5"), ("-2 %", "-2"), ("100.00%", "100.00")]
)
def test_a_percentage_has_its_sign(text, number):
    assert accept(made("percent"), text) == Decimal(number)


@pytest.mark.parametrize("text", ["30", "0.3", "三成"])
def test_a_percentage_without_its_sign_could_be_a_share(text):
    assert refused(made("percent"), text) == "应为带“%”的百分数，如 30%"


@pytest.mark.parametrize(
    "text",
    ["2020-06-03", "2020-6-3", "2020/6/3", "2020.06.03", "2020年6月3日", "2020 年 06 月 03 日", "2020年6月3", "2020年6月3号", "20200603", "２０２０．６．３"],
)  # fmt: skip
def test_a_day_may_be_written_in_many_ways(text):
    assert accept(made("date"), text) == date(2020, 6, 3)


@pytest.mark.parametrize(
    "text", ["2020-6", "2020", "01/02/03", "3-6-2020", "2020-6/3", "2020年", "43985", "2020-06-03 09:30"]
)
def test_what_is_no_day_is_refused(text):
    assert refused(made("date"), text) == "应为日期，如 2020年6月23日"


@pytest.mark.parametrize("text", ["2020-02-30", "2021-13-01", "2021年2月29日"])
def test_a_day_that_never_was_is_refused(text):
    assert refused(made("date"), text) == "没有这个日期"


@pytest.mark.parametrize("text", ["1899-12-31", "2101-01-01", "0001-01-01"])
def test_days_lie_within_what_a_form_can_mean(text):
    assert refused(made("date"), text) == "年份应在 1900 至 2100 之间"


def test_firms_and_people_are_older_than_the_policies():
    assert accept(made("date"), "1949年10月1日") == date(1949, 10, 1)
    assert accept(made("date"), date(1987, 3, 2)) == date(1987, 3, 2)


@pytest.mark.parametrize("text", ["2020-06", "2020-6", "2020.6", "2020/06", "2020年6月", "2020 年 6 月"])
def test_a_month_may_be_written_in_many_ways(text):
    assert accept(made("year-month"), text) == "2020-06"
    assert accept(made("date-or-month"), text) == "2020-06"


def test_a_month_is_no_day_and_no_year():
    assert refused(made("year-month"), "2020-06-03") == "应为年月，如 2020年6月"
    assert refused(made("year-month"), "2020") == "应为年月，如 2020年6月"
    assert accept(made("date-or-month"), "2020-06-03") == date(2020, 6, 3)


@pytest.mark.parametrize(
    ("text", "year"), [("2020", 2020), ("2020年", 2020), ("２０２０ 年", 2020), ("1949", 1949), ("2100", 2100)]
)
def test_a_year_has_four_digits(text, year):
    assert accept(made("year"), text) == year


@pytest.mark.parametrize(
    ("text", "number"),
    [("9", 9), ("第9批", 9), ("第九批", 9), ("十", 10), ("第十二届", 12), ("二十", 20), ("九十九期", 99)],
)
def test_an_ordinal_is_read_in_digits_or_signs(text, number):
    assert accept(made("ordinal"), text) == number


@pytest.mark.parametrize("text", ["0", "第零批", "第一百批", "十十", "一二", "批九"])
def test_what_is_no_ordinal_is_refused(text):
    assert refused(made("ordinal"), text) == "应为序数，如 9 或 第九"


@pytest.mark.parametrize(
    ("text", "value"),
    [("是", True), ("否", False), ("☑是 □否", True), ("□ 是 ☑ 否", False), ("□√是  □否", True), ("■是；□否", True), ("□是 □否", None)],
)  # fmt: skip
def test_yes_and_no_are_written_or_ticked(text, value):
    assert accept(made("bool"), text) is value


@pytest.mark.parametrize("text", ["在", "√", "是☑ 否□", "yes", "是否"])
def test_yes_or_no_has_to_be_plain(text):
    assert refused(made("bool"), text).startswith("应为“是”或“否”")


def test_yes_and_no_both_ticked_is_told_by_name():
    assert refused(made("bool"), "☑是 ☑否") == "只能勾选一项，勾选了 2 项"


@pytest.mark.parametrize(
    "mark", ["☑", "☒", "■", "√", "✓", "✔", '<input type="checkbox" checked>', "<INPUT CHECKED disabled/>"]
)
@pytest.mark.parametrize("empty", ["□", "☐", "▢", '<input type="checkbox">'])
def test_a_ticked_box_is_told_from_an_empty_one_whatever_its_sign(mark, empty):
    assert accept(ONE, f"{empty} 人才诉求 {mark}\u00a0企业诉求") == "企业诉求"


def test_the_choice_alone_will_do_in_any_width_and_with_any_blanks():
    assert accept(made("choice", choices=["博士（研究生）", "硕士"]), " 博士(研究 生)") == "博士（研究生）"


@pytest.mark.parametrize(
    ("text", "zh"),
    [
        ("☑人才诉求 ☑企业诉求", "只能勾选一项，勾选了 2 项"),
        ("人才诉求、企业诉求", "只能勾选一项，勾选了 2 项"),
        ("☑ 别的诉求", "应为所列选项之一：人才诉求、企业诉求"),
        ("别的诉求", "应为所列选项之一：人才诉求、企业诉求"),
        ("人才诉求☑ 企业诉求□", "应为所列选项之一：人才诉求、企业诉求，方框在前、选项在后"),
        ("☑", "应为所列选项之一：人才诉求、企业诉求，方框在前、选项在后"),
    ],
)
def test_a_tick_that_names_nothing_or_too_much_is_never_passed_over(text, zh):
    assert refused(ONE, text) == zh


@pytest.mark.parametrize(
    "text",
    [
        "□ 人才诉求\n□ 企业诉求 （其他：融资）",
        "□ 人才诉求\n□ 企业诉求\n另有其他诉求",
        "□ 人才诉求 13800000000\n□ 企业诉求",
        "□ 人才诉求 企业诉求",
        "☑ 人才诉求\n□ 企业诉求（融资）",
        "☑ 人才诉求（住房）\n□ 企业诉求",
        "☑ 人才诉求\n企业诉求",
    ],
)
def test_what_is_written_beside_a_printed_choice_is_never_passed_over(text):
    assert refused(ONE, text) == "印出的选项旁另有文字，请写入“其他”或删去"


def test_a_remark_on_a_ticked_choice_does_not_make_it_another_text():
    assert refused(SOME, "☑ 规上企业（2016年）；□ 研究生工作站") == "印出的选项旁另有文字，请写入“其他”或删去"


def test_a_tick_where_no_boxes_are_printed_is_told_what_to_write():
    assert refused(made("bool"), "√") == "应为“是”或“否”"
    assert refused(made("bool"), "是√") == "应为“是”或“否”"


def test_boxes_of_which_none_is_ticked_are_a_blank():
    assert accept(ONE, "□人才诉求 □企业诉求") is None
    assert accept(SOME, "□ 规上企业； □ 高新技术企业； 其他：____") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("☑ 高新技术企业；☑ 规上企业；□ 研究生工作站；其他：\u00a0\u00a0", ["规上企业", "高新技术企业"]),
        ("高新技术企业、规上企业、规上企业", ["规上企业", "高新技术企业"]),
        ("□ 规上企业；☑ 其他：某认定，及□一项", ["某认定，及□一项"]),
        ("☑ 规上企业 其他:某认定", ["规上企业", "某认定"]),
        ("规上企业；其他：某认定", ["规上企业", "某认定"]),
        ("☑ 自写一项 □ 规上企业", ["自写一项"]),
        (["研究生工作站", "规上企业", "", "____"], ["规上企业", "研究生工作站"]),
        (["甲，乙"], ["甲，乙"]),
        ([], None),
    ],
)
def test_several_choices_stand_in_printed_order_and_another_text_last(text, value):
    assert accept(SOME, text) == value


def test_another_text_is_one_text():
    assert refused(SOME, "甲认定、乙认定") == "印出的选项之外只能写一项，收到 2 项"
    assert refused(SOME, "☑ 其他：____") == "勾选了“其他”，但未填写内容"
    assert refused(SOME, "☑ 其他") == "勾选了“其他”，但未填写内容"
    assert accept(OTHER, "甲，乙") == "甲，乙"
    assert refused(OTHER, "住房，乙") == "只能勾选一项，勾选了 2 项"


@pytest.mark.parametrize(
    "kind",
    ["text", "long-text", "date", "decimal", "integer", "percent", "bool", "phone", "text-list", "year", "ordinal"],
)
@pytest.mark.parametrize("text", ["", " ", "\u00a0\u00a0", "\u3000", "____", "__ __", "＿＿", "\u200b", "\n"])
def test_nothing_but_a_line_to_write_on_is_a_blank(kind, text):
    assert accept(made(kind), text) is None


@pytest.mark.parametrize(
    ("kind", "text"),
    [("date", "年  月  日"), ("date", "____年__月__日"), ("year-month", "年 月"), ("year", "____年"), ("percent", "%"), ("percent", "__％"), ("ordinal", "第__批")],
)  # fmt: skip
def test_what_a_form_prints_around_a_blank_leaves_it_blank(kind, text):
    assert accept(made(kind), text) is None


def test_a_unit_alone_is_a_blank():
    assert accept(MONEY, "万元") is None
    assert accept(MONEY, "____ 万元") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("(可另附页)", None), ("（可另附页）", None), ("(可另附页)(可另附页) ", None), ("(可另附页) 申请公寓", "申请公寓"), ("见(可另附页)", "见(可另附页)")],
)  # fmt: skip
def test_a_printed_hint_is_no_part_of_what_is_written(text, value):
    assert accept(HINTED, text) == value


def test_nought_and_no_are_values():
    assert accept(MONEY, "0") == 0
    assert accept(MONEY, Decimal(0)) == 0
    assert accept(made("integer"), 0) == 0
    assert accept(made("bool"), False) is False
    assert accept(made("text"), "0") == "0"
    assert accept(made("text"), "无") == "无"


def test_texts_stay_as_they_are():
    text = "=1+1 ＡＢ１２，祎喆𠮷 <b>&amp;</b> {} '\"@ ☑□"
    assert accept(made("text"), f" {text} ") == text
    assert accept(made("long-text"), "一\r\n二\r三\u2028四") == "一\n二\n三\n四"


@pytest.mark.parametrize("sign", ["\x00", "\x01", "\x0b", "\ufffe", "\uffff", "\ud800", "\u202e"])
def test_signs_that_no_file_may_hold_are_refused(sign):
    assert f"U+{ord(sign):04X}" in refused(made("long-text"), f"甲{sign}乙")


def test_a_line_is_one_line():
    assert refused(made("text"), "甲\n乙") == "此处不能换行"


def test_lists_are_parted_by_any_of_the_usual_signs():
    assert accept(made("text-list"), "甲某、乙某， 丙某;丁某；\n戊某") == ["甲某", "乙某", "丙某", "丁某", "戊某"]
    assert refused(made("unit-list"), ["甲局，乙局"]) == "列表各项不能含“、，；”"


def test_a_telephone_number_is_written_in_one_way():
    assert accept(made("phone"), "（０５１９）80000000转8") == "0519-80000000-8"
    assert accept(made("phone-or-text"), "见名片") == "见名片"


@pytest.mark.parametrize(
    ("kind", "value", "zh"),
    [
        ("decimal", 1.5, "应为数字，收到浮点数（不精确，请写成文字或 Decimal）"),
        ("decimal", True, "应为数字，收到真假值"),
        ("decimal", Decimal("NaN"), "数值无效：NaN"),
        ("decimal", Decimal("1E-1000000"), "小数超过 10 位"),
        ("integer", True, "应为非负整数，收到真假值"),
        ("year", 2020.0, "应为四位年份，如 2020，收到浮点数（不精确，请写成文字或 Decimal）"),
        ("integer", -1, "数值超出范围（0 至 10^15）"),
        ("ordinal", 0, "数值超出范围（1 至 10^15）"),
        ("ordinal", 10**6, "序数不超过 999999"),
        ("year", 20, "年份应在 1900 至 2100 之间"),
        ("bool", 1, "应为“是”或“否”，收到数字"),
        ("date", 43985, "应为日期，如 2020年6月23日，收到数字"),
        ("text", 3, "应为文字，收到数字"),
        ("phone", 51980000000, "应为一个电话号码，固定电话带区号，收到数字"),
        ("text-list", ["甲", 0], "应为文字，各项以“、”分开，收到数字"),
        ("text-list", {"a": 1}, "应为文字，各项以“、”分开，收到对照表"),
    ],
)
def test_values_of_another_type_are_never_converted(kind, value, zh):
    assert refused(made(kind), value) == zh


def test_what_is_due_names_the_choices_and_the_unit_in_both_languages():
    assert due(ONE).en == "one of these: 人才诉求, 企业诉求"
    assert due(OTHER).zh == "所列选项之一或另写一项“其他”：住房、融资"
    assert due(SOME).en == "one or more of these, or one other text: 规上企业, 高新技术企业, 研究生工作站"
    assert due(MONEY).en == "a number ('万元' may follow)"
