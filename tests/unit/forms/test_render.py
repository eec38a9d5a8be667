"""A sheet with its values: boxes, units, hints, rows, years, and what goes on to an annex page."""

from decimal import Decimal

import pytest
from tests.unit.forms.declared import ITEMS, MONEY, field, group, paper

from talentservice.forms.render import (
    BLANK,
    NBSP,
    Marks,
    Run,
    Said,
    Table,
    annex_heading,
    choices_of,
    lines_of,
    pointed,
    width_of,
)


def texts(printout):
    """What stands in each cell that is no label, by the key of its field, with a mark before what is no plain text."""
    signs = {"slot": "_", "hint": "?", "box": "", "value": "", "text": "", "label": ""}
    cells = [c for p in printout.parts if isinstance(p, Table) for c in p.cells if not c.place.label]
    return {
        (c.place.alone.key if c.place.alone else f"row {c.place.row}"): "".join(signs[r.kind] + r.text for r in c.runs)
        for c in cells
    }


def said(printout, *styles):
    return ["".join(r.text for r in p.runs) for p in printout.parts if isinstance(p, Said) and p.style in styles]


def one(declared, value=None, marks=None, **head):
    """What stands in the cell of one field."""
    slip = paper(group("g", declared), layout=[[declared["id"]]], **head)
    data = {} if value is None else {declared["id"]: value}
    return texts(slip.printout(data, marks=marks))[declared["id"]]


@pytest.mark.parametrize(
    ("declared", "value", "text"),
    [
        (field("decimal", unit="万元"), Decimal("1.50"), f"1.50{NBSP}万元"),
        (field("decimal", unit="万元"), None, f"{BLANK}万元"),
        (field("decimal", unit="万元", unit_at="heading"), 12, "12"),
        (field("decimal", unit="万元", unit_at="nowhere"), 12, "12\u00a0万元"),
        (field("decimal", unit="万元", unit_at="nowhere"), None, ""),
        (field("decimal"), 0, "0"),
        (field("bool"), False, "否"),
        (field("bool"), None, ""),
        (field("long-text", hint="(可另附页)"), None, "?(可另附页)"),
        (field("long-text", hint="(可另附页)"), "甲\n乙", "甲\n乙"),
        (field("seal"), None, ""),
        (field("choice", choices=["甲"]), None, f"☑{NBSP}甲"),
        (field("choice", choices=["甲", "乙"]), None, f"□{NBSP}甲；□{NBSP}乙"),
        (field("choice", choices=["甲", "乙"], between=" "), "乙", f"□{NBSP}甲 ☑{NBSP}乙"),
        (field("choice", choices=["甲", "乙"], boxes=False), "乙", "乙"),
        (field("multi-choice", choices=["甲", "乙"], other="其他"), ["乙", "丙<b>"], f"□{NBSP}甲；☑{NBSP}乙；☑{NBSP}其他：丙<b>"),
        (field("multi-choice", choices=["甲"], other="其他", other_boxed=False), None, f"□{NBSP}甲；其他："),
        (field("text-list"), ["甲某", "乙某"], "甲某、乙某"),
    ],
)  # fmt: skip
def test_a_field_alone_in_its_cell_stands_as_offices_print_it(declared, value, text):
    assert one(declared, value) == text


def test_the_signs_of_boxes_may_be_chosen():
    assert one(field("choice", choices=["甲", "乙"]), "甲", Marks("√", "☐")) == f"√{NBSP}甲；☐{NBSP}乙"


def test_sentences_have_their_values_underlined_and_their_blanks_too():
    slip = paper(
        group("g", field("integer", "all", unit="件"), field("signature", "signed"), field("text", "no")),
        heading="第{no}号单",
        layout=[[{"sentence": "共 {all} 件，{signed} 签"}]],
    )
    assert texts(slip.printout({"all": 0})) == {"row 0": f"共 _0 件，_{NBSP * 12} 签"}
    assert texts(slip.printout()) == {"row 0": f"共 _{BLANK} 件，_{NBSP * 12} 签"}
    assert said(slip.printout(), "title") == ["第__号单"]
    assert said(slip.printout({"no": "3"}), "title") == ["第3号单"]


REPEATED = {"repeat": "items", "printed": 2, "header": True, "row": ["no", "what", "tel"]}


def test_rows_are_numbered_as_far_as_something_stands_in_them():
    slip = paper(ITEMS, layout=[REPEATED])
    assert texts(slip.printout({"items": [{"what": "甲"}]})) == {
        "items.0.no": "1", "items.0.what": "甲", "items.0.tel": "", "items.1.no": "", "items.1.what": "", "items.1.tel": "",
    }  # fmt: skip
    three = texts(slip.printout({"items": [{"what": w} for w in "甲乙丙"]}))
    assert [three[f"items.{i}.no"] + three[f"items.{i}.what"] for i in range(3)] == ["1甲", "2乙", "3丙"]
    assert set("".join(texts(slip.printout()).values())) == set()


def test_the_printed_years_move_on_with_the_year_of_filling_in():
    slip = paper(MONEY, layout=[{"matrix": "money"}], year=2020)
    now = slip.printout({"finance": {"2023": {"tax": "1.5"}}}, 2023)
    labels = [c.place.label for p in now.parts if isinstance(p, Table) for c in p.cells if c.place.label]
    assert labels == ["2021 年", "2022 年", "2023 年(预计)", "income栏", "tax栏"]
    assert texts(now)["finance.2023.tax"] == "1.5"
    assert slip.printout().sheet is slip.printout().sheet
    assert slip.printout(year=2020).sheet is slip.printout().sheet
    with pytest.raises(ValueError, match="a year from 2000 to 2100 is due"):
        slip.printout(year=20)


OPTIONAL = paper(
    group("g", field("text", "name"), field("date", "left"), field("choice", "kind", choices=["领军人才"])),
    head=["类型：{kind}"],
    layout=[{"paragraph": ["姓名{name}。", "{left}离职。"], "optional": ["{left}离职。"]}],
)


def test_an_optional_sentence_is_printed_where_it_says_something_and_on_a_blank_form():
    assert said(OPTIONAL.printout({"name": "甲某"}), "paragraph") == ["姓名甲某。"]
    assert said(OPTIONAL.printout({"name": "甲某", "left": "2020-6-3"}), "paragraph") == [
        "姓名甲某。2020年6月3日离职。"
    ]
    assert said(OPTIONAL.printout(), "paragraph") == [f"姓名{NBSP * 8}。{NBSP * 12}离职。"]
    assert said(OPTIONAL.printout(), "head") == ["类型：领军人才"]


# 156 mm less a label of 24: 132 mm hold 35 signs; 10 mm hold one line, 20 mm three.
LONG = paper(
    group(
        "g",
        field("long-text", "one", hint="(可另附页)", annex=True),
        field("long-text", "two", annex=True, printed="二 栏\n说明"),
        field("long-text", "three"),
    ),
    layout=[[{"field": "one", "height": 10}], [{"field": "two", "height": 20}], [{"field": "three", "height": 10}]],
)


@pytest.mark.parametrize(("text", "number"), [("（见附页7）", 7), ("见附页 ７", 7), ("(见附页12)", 12)])
def test_a_text_that_looks_like_a_pointer_goes_on_an_annex_page_of_its_own(text, number):
    parts = LONG.printout({"one": text}).parts
    assert [(p.style, p.key, p.runs[0].text) for p in parts if isinstance(p, Said) and p.key][-1] == (
        "annex-text",
        "one",
        text,
    )
    assert pointed(text) == number
    assert pointed("详见附页7") is None


def test_what_a_cell_cannot_hold_goes_on_an_annex_page_whole():
    done = LONG.printout({"one": "长" * 36, "two": "一\n二\n三\n四", "three": "长" * 99})
    assert texts(done) == {"one": "?（见附页1）", "two": "?（见附页2）", "three": "长" * 99}
    assert [(p.style, p.key, "".join(r.text for r in p.runs)) for p in done.parts[-4:]] == [
        ("annex-heading", "one", "附页1：one栏"),
        ("annex-text", "one", "长" * 36),
        ("annex-heading", "two", "附页2：二栏说明"),
        ("annex-text", "two", "一\n二\n三\n四"),
    ]
    assert annex_heading(LONG.form.single["two"], 3) == "附页3：二栏说明"


@pytest.mark.parametrize(("one", "two"), [("长" * 35, "一\n二\n三"), ("x" * 70, "长" * 105), (None, "见附件1")])
def test_what_fits_stays_in_its_cell(one, two):
    done = LONG.printout({"one": one, "two": two})
    assert texts(done) == {"one": one or "?(可另附页)", "two": two, "three": ""}
    assert said(done, "annex-heading") == []


def test_a_hint_longer_than_its_cell_goes_nowhere():
    slip = paper(
        group("g", field("long-text", "it", hint="提示" * 40, annex=True)), layout=[[{"field": "it", "height": 5}]]
    )
    assert said(slip.printout(), "annex-heading") == []


def test_chinese_signs_are_twice_as_wide():
    assert [width_of(t) for t in ("", "ab", "甲b", "𠮷", "“”…", "１", "：")] == [0, 2, 3, 2, 6, 2, 2]
    assert [lines_of(t, 1320) for t in ("", "x" * 70, "x" * 71, "\n\n", "长" * 36)] == [1, 1, 2, 3, 2]


def test_a_printout_shows_no_value_in_its_repr():
    assert "秘密" not in repr(OPTIONAL.printout({"name": "秘密"}))


def test_a_choice_goes_from_its_box_up_to_the_next():
    runs = (Run("box", "☑"), Run("text", " 甲；"), Run("box", "□"), Run("text", " 其他："), Run("value", "乙"))
    assert choices_of(runs) == [
        (Run("box", "☑"), Run("text", " 甲；")),
        (Run("box", "□"), Run("text", " 其他："), Run("value", "乙")),
    ]
    assert choices_of((Run("text", "甲"), *runs)) == choices_of(()) == []
