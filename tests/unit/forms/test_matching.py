"""Values are taken out of the words printed around them: exactly where they are underlined, by the words alone where they are not."""

import pytest
from tests.unit.forms.declared import field, form, group

from talentservice.forms.layout import lay_out
from talentservice.forms.matching import OFF, ON, Text, Wording, in_cell, same_words, taken, unmarked
from talentservice.forms.sheet import Grid, Line

FIELDS = group(
    "g",
    field("integer", "all"), field("integer", "own"), field("text", "name"), field("choice", "verb", choices=["获得", "承担"]),
    field("text", "project"), field("long-text", "opinion"), field("signature", "signed"), field("date", "day"),
)  # fmt: skip
HIDDEN = [f["id"] for f in FIELDS["fields"]]


def lines(*sentences, optional=()):
    """The sentences of a paragraph."""
    used = "".join(sentences)
    hidden = [name for name in HIDDEN if f"{{{name}}}" not in used]
    laid = lay_out(form(FIELDS, layout=[{"paragraph": list(sentences), "optional": list(optional)}], hidden=hidden))
    return next(p.sentences for p in laid.parts if isinstance(p, Line) and p.style == "paragraph")


def cell(**declared):
    used = " ".join(f"{{{declared[k]}}}" if k == "field" else declared[k] for k in declared)
    hidden = [name for name in HIDDEN if f"{{{name}}}" not in used]
    laid = lay_out(form(FIELDS, layout=[[declared]], hidden=hidden))
    return next(c for p in laid.parts if isinstance(p, Grid) for c in p.cells if not c.label)


def u(text):
    return f"{ON}{text}{OFF}"


def values(found):
    return found if found is None else {slot.key: text for slot, text in found}


COUNT = lines("已授权 {all} 件；其中：发明 {own} 件。")


@pytest.mark.parametrize(
    "text",
    [
        f"已授权 {u('12')} 件；其中：发明 {u('5')} 件。",
        "已授权 12 件；其中：发明 5 件。",
        "已授权12件;其中:发明5件。",
        "已授权\u00a0\u00a012\n件；\n其中：发明\u30005 件。  ",
        f"已授权{u('1')}{u('2')}件；其中：发明{u('5')}件。",
        f"已授权{u('12')}件；其中：发明 5 件。",
    ],
)
def test_blanks_are_read_whatever_became_of_underlining_widths_and_blanks(text):
    assert {key: said.strip() for key, said in values(taken(COUNT, text)).items()} == {"all": "12", "own": "5"}


@pytest.mark.parametrize(
    "text",
    [
        "已授权 12 项；其中：发明 5 件。",
        "",
        "已授权 12 件",
        "甲已授权 12 件；其中：发明 5 件。",
        "已授权 12 件；其中：发明 5 件。乙",
    ],
)
def test_a_line_that_says_something_else_is_not_read(text):
    assert taken(COUNT, text) is None


NAMED = lines("{name}公司主要产品{project}，广泛应用。")
HOSTILE = [
    "甲公司主要产品乙，广泛应用。",
    "，",
    "公司主要产品",
    ".*(?:)[^x]+",
    "\\1",
    "{name}",
    "",
    "  ",
    "a\nb",
    "公司主要产品" * 40,
]


@pytest.mark.parametrize("one", HOSTILE)
@pytest.mark.parametrize("two", HOSTILE)
def test_what_is_underlined_is_taken_as_it_is_even_if_it_holds_the_words(one, two):
    assert values(taken(NAMED, f"{u(one)}公司主要产品{u(two)}，广泛应用。")) == {"name": one, "project": two}


def test_words_that_could_be_found_in_two_places_are_not_guessed_at():
    assert taken(NAMED, "甲公司主要产品公司主要产品乙，广泛应用。") is None
    assert values(taken(NAMED, "甲公司主要产品乙，广泛应用。，广泛应用。")) == {
        "name": "甲",
        "project": "乙，广泛应用。",
    }


def test_values_keep_their_own_blanks_and_signs():
    assert values(taken(NAMED, "甲 （某）\n乙公司主要产品 ＡＢ １２ ，广泛应用。")) == {
        "name": "甲 （某）\n乙",
        "project": "ＡＢ １２ ",
    }


MORE = lines("现有员工 {all} 人。", "{name}已离职。", "其中博士 {own} 人。", optional=["{name}已离职。"])


def test_an_optional_sentence_may_be_missing():
    assert values(taken(MORE, f"现有员工 {u('9')} 人。其中博士 {u('2')} 人。")) == {"all": "9", "name": "", "own": "2"}
    assert values(taken(MORE, "现有员工 9 人。其中博士 2 人。")) == {"all": "9 ", "name": "", "own": "2 "}
    assert values(taken(MORE, "现有员工 9 人。甲某已离职。其中博士 2 人。")) == {
        "all": "9 ",
        "name": "甲某",
        "own": "2 ",
    }
    assert taken(MORE, "现有员工 9 人。") is None


WON = lines("某年{verb}{project}项目。")


@pytest.mark.parametrize(
    "text",
    [f"某年{u('获得')}{u('获得感')}项目。", f"某年{u('获得获得感')}项目。", "某年获得获得感项目。", f"某年{u('获')}{u('得获得感')}项目。"],
)  # fmt: skip
def test_a_choice_shows_where_it_ends(text):
    found = values(taken(WON, text))
    assert "".join(found.values()) == "获得获得感"
    assert found in ({"verb": "获得", "project": "获得感"}, {"verb": "获", "project": "得获得感"})


def test_a_choice_that_is_blank_is_told_by_its_blank():
    blank = "\u00a0" * 4
    assert values(taken(WON, f"某年{u(blank)}{u('某')}项目。")) == {"verb": blank, "project": "某"}
    assert values(taken(WON, f"某年{u(blank + '获得感')}项目。")) == {"verb": "", "project": blank + "获得感"}


FOOT = cell(field="opinion", foot="经办人（签字）：{signed} 日期：{day}")


@pytest.mark.parametrize(
    ("text", "opinion", "day"),
    [
        (f"同意。\n经办人（签字）：{u('    ')} 日期：{u('2020年6月3日')}", "同意。", "2020年6月3日"),
        ("同意。\n经办人(签字): 日期: 2020年6月3日", "同意。", "2020年6月3日"),
        (f"经办人（签字）：{u('    ')} 日期：{u('    ')}", "", ""),
        ("经办人（签字）： 日期：", "", ""),
        (
            f"经办人（签字）：日期：见下\n经办人（签字）：{u(' ')}日期：{u('2020-6-3')}",
            "经办人（签字）：日期：见下",
            "2020-6-3",
        ),
        (f"有{u('下划线')}的意见 经办人（签字）：{u(' ')}日期：{u('2020-6-3')}", "有下划线的意见", "2020-6-3"),
    ],
)
def test_the_foot_of_a_cell_is_taken_off_its_end(text, opinion, day):
    found = values(in_cell(FOOT, text))
    assert {key: said.strip() for key, said in found.items()} == {"opinion": opinion, "day": day}


def test_a_name_typed_where_a_signature_is_due_is_taken_too():
    found = values(in_cell(FOOT, "同意。\n经办人(签字): 甲 日期: 2020年6月3日"))
    assert {key: said.strip() for key, said in found.items()} == {
        "opinion": "同意。",
        "signed": "甲",
        "day": "2020年6月3日",
    }


def test_a_foot_that_is_gone_or_could_be_elsewhere_is_not_guessed_at():
    assert in_cell(FOOT, "同意。") is None
    assert in_cell(FOOT, "经办人（签字）：甲 日期：一\n经办人（签字）：甲 日期：二") is None


def test_a_cell_of_its_own_holds_its_value_and_a_sentence_its_blanks():
    assert values(in_cell(cell(field="name"), f" {u('甲')}乙 ")) == {"name": " 甲乙 "}
    assert values(in_cell(cell(sentence="第 {all} 号"), f"第 {u('3')} 号")) == {"all": "3"}
    assert in_cell(cell(sentence="第 {all} 号"), "第 3 条") is None
    assert in_cell(cell(sentence="（{signed}）"), "（    ）") == []
    assert values(in_cell(cell(sentence="（{signed}）"), "（甲某）")) == {"signed": "甲某"}


def test_labels_are_compared_without_blanks_and_widths():
    assert same_words("国\u3000籍\n(必填):", "国 籍（必填）：")
    assert same_words(u("国籍"), "国 籍")
    assert not same_words("国籍", "国籍：")
    assert unmarked(f"a{u('b')}c") == "abc"


@pytest.mark.parametrize(
    "text",
    [
        " " * 50_000,
        "，" * 20_000,
        "公司主要产品" * 5_000,
        "\n " * 20_000 + "甲",
        ON * 20_000,
        OFF * 20_000,
        (ON + OFF) * 20_000,
    ],
)
def test_texts_made_to_be_slow_are_not(text):
    assert taken(NAMED, text) is None
    assert taken(COUNT, text) is None
    assert in_cell(FOOT, text) is None


# ---- many texts, many lines -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paragraphs", "opinion"),
    [
        (["意见：一", "二", "三。"], "一\n二\n三"),
        ([f"意见：{u('一')}", f"{u('二')}。"], "一\n二"),
        ([f"意见：{u('一')}二", "", "三。 "], "一二\n\n三"),
        (["意", "见：一。"], "一"),
    ],
)
def test_several_paragraphs_are_read_as_one_text(paragraphs, opinion):
    wording = Wording(lines("意见：{opinion}。"))
    assert values(wording.taken(Text.joined([Text.of(p) for p in paragraphs], 1))) == {"opinion": opinion}
    assert values(taken(lines("意见：{opinion}。"), "\n".join(paragraphs))) == {"opinion": opinion}


def test_what_is_underlined_in_several_paragraphs_tells_where_each_blank_ends():
    text = [Text.of(f"已授权{u('件；其中：发明')}"), Text.of(f"件；其中：发明{u('5')}件。")]
    assert values(Wording(COUNT).taken(Text.joined(text, 2))) == {"all": "件；其中：发明", "own": "5"}
    assert Wording(COUNT).taken(Text.joined(text, 1)) is None  # the words alone could be found in two ways


def test_a_line_of_one_blank_without_words_is_free():
    assert Wording(lines("{opinion}")).free
    assert Wording(lines("{opinion}", optional=["{opinion}"])).free
    assert not Wording(lines("{opinion}。")).free
    assert not Wording(COUNT).free
