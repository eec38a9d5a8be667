"""Workbooks in which somebody cut cells and pasted them elsewhere: the names of the cells went with them."""

import re

import pytest
from tests.unit.forms.workbooks import (
    BOOK,
    LIST,
    VISIT,
    cell_of,
    opened,
    part,
    replaced,
    returned,
    saved,
    typed,
    with_rows,
    written,
)

import talentservice as ts
from talentservice.forms.returned import read_form


def pasted(data, *, keeps_names=True, **moves):
    """The workbook after cells were cut and pasted over others; of two names on one cell some programs keep both, others one."""
    book = opened(data)
    sheet = book.worksheets[0]
    held = {new: sheet[old].value for old, new in moves.items()}
    for old in moves:
        sheet[old] = None
    for new, value in held.items():
        sheet[new] = value
    data = saved(book)
    absolute = {re.sub(r"([A-Z]+)", r"$\1$", old): re.sub(r"([A-Z]+)", r"$\1$", new) for old, new in moves.items()}
    text = part(data, BOOK)

    def led(found):
        where = found[2]
        if where in absolute:
            return f"{found[1]}{absolute[where]}<"
        return f"{found[1]}{where}<" if keeps_names or where not in absolute.values() else ">#REF!<"

    return replaced(data, BOOK, re.sub(r"(>'?[^<>!]*'?!)(\$[A-Z]+\$\d+)<", led, text))


PEOPLE = {"B6": "甲六", "B7": "甲七", "B8": "甲八", "B9": "甲九"}
both = pytest.mark.parametrize("keeps_names", [True, False], ids=["two-names", "one-name"])


@both
def test_a_cell_of_a_list_pasted_into_the_column_beside_is_what_that_column_is_of(keeps_names):
    form = ts.region("jintan").form("high-level-survey")
    data = typed(form.xlsx({}), **PEOPLE)
    assert (cell_of(data, "items.0.name"), cell_of(data, "items.0.enterprise")) == ("B6", "C6")
    read = form.read(pasted(data, keeps_names=keeps_names, B6="C6"))
    assert read.values == {"items": [{"enterprise": "甲六"}, {"name": "甲七"}, {"name": "甲八"}, {"name": "甲九"}]}
    assert read.problems == ()


@both
def test_cells_of_several_rows_pasted_elsewhere_are_read_once(keeps_names):
    form = ts.region("jintan").form("high-level-survey")
    data = typed(form.xlsx({}), **PEOPLE)
    moved = pasted(data, keeps_names=keeps_names, B6="C7", B7="C8")
    assert form.read(moved).values == {
        "items": [{"enterprise": "甲六"}, {"name": "甲八", "enterprise": "甲七"}, {"name": "甲九"}]
    }


@both
def test_a_whole_printed_column_pasted_over_another_is_read_as_that(keeps_names):
    """The header stands where it was: what is below it is of it."""
    data = typed(written(LIST), B3="甲某", B4="乙某", B5="丙某")
    assert cell_of(data, "items.2.name") == "B5"
    moved = pasted(data, keeps_names=keeps_names, B3="C3", B4="C4", B5="C5")
    read = read_form(LIST, moved)
    assert [p.line("zh")[:6] for p in read.problems] == ["C3（电话）", "C4（电话）", "C5（电话）"]
    assert read.values == {"items": [{}, {}, {}]}


@both
def test_a_value_pasted_into_the_cell_of_another_field_is_the_value_of_that(keeps_names):
    data = written(VISIT, {"firm": "某某公司"})
    firm, opened_on = cell_of(data, "firm"), cell_of(data, "opened")
    read = read_form(VISIT, pasted(data, keeps_names=keeps_names, **{firm: opened_on}))
    assert [p.line("zh") for p in read.problems] == [
        f"{opened_on}（成立时间）：应为日期，如 2020年6月23日，实为“某某公司”"
    ]
    assert read.values == {}


@both
def test_a_value_pasted_into_a_list_is_of_the_list_and_read_once(keeps_names):
    data = written(VISIT, {"firm": "某某公司", "grants": [{"name": "甲"}, {"name": "乙"}]})
    assert (cell_of(data, "firm"), cell_of(data, "grants.0.name")) == ("C4", "D10")
    into = pasted(data, keeps_names=keeps_names, C4="D10")
    assert returned(VISIT, into) == {"grants": [{"name": "某某公司"}, {"name": "乙"}]}
    out = pasted(data, keeps_names=keeps_names, D10="C4")
    assert returned(VISIT, out) == {"firm": "甲", "grants": [{"name": "乙"}]}


def test_a_value_pasted_over_another_beside_it_leaves_one_in_its_place():
    data = written(VISIT, {"need": "两套公寓", "opinion": "同意"})
    need, opinion = cell_of(data, "need"), cell_of(data, "opinion")
    assert returned(VISIT, pasted(data, **{need: opinion})) == {"opinion": "两套公寓"}


def test_a_value_pasted_to_a_blank_cell_is_found_there():
    data = written(VISIT, {"firm": "某某公司", "doctors": 3})
    assert returned(VISIT, pasted(data, **{cell_of(data, "firm"): "K4"})) == {"firm": "某某公司", "doctors": 3}


@pytest.mark.parametrize(
    ("form", "old", "new", "fields"),
    [
        ("needs-summary", "B6", "C6", 1),
        ("top-talent-survey", "C6", "D6", 1),
        ("high-level-survey", "M6", "N6", 1),
    ],
)
def test_in_no_list_of_a_region_does_one_cell_have_the_value_of_two_fields(form, old, new, fields):
    form = ts.region("jintan").form(form)
    data = pasted(typed(form.xlsx({}), **{old: "某事"}), **{old: new})
    read = form.read(data)
    rows = [row for rows in read.values.values() for row in rows]
    assert sum(len(row) for row in rows) + len(read.problems) == fields


# ---- rows put in ------------------------------------------------------------------------------------------------------------


def test_a_row_put_right_below_the_header_of_a_list_is_of_the_list():
    data = with_rows(written(LIST, {"items": [{"name": "甲某"}]}), 3, B3="乙某")
    assert returned(LIST, data) == {"items": [{"name": "乙某"}, {"name": "甲某"}]}


def test_a_row_put_right_above_the_first_row_of_a_list_is_of_the_list():
    data = written(VISIT, {"grants": [{"name": "成果转化"}]})
    first = int(cell_of(data, "grants.0.name")[1:])
    assert returned(VISIT, with_rows(data, first, D10="添一"))["grants"] == [{"name": "添一"}, {"name": "成果转化"}]


def test_a_row_put_above_the_header_of_a_list_is_no_row_of_it():
    data = written(LIST, {"items": [{"name": "甲某"}]})
    read = read_form(LIST, with_rows(data, 2, B2="旁注"))
    assert [p.line("zh") for p in read.problems] == ["B2（表外）：“…”不是表中内容，请删去或写入栏目"]
    assert read.values == {"items": [{"name": "甲某"}]}
