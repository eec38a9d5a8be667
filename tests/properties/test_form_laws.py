"""Whatever is filled in: what is written is read back, nothing is lost on the way, and every layout covers its page."""

from html import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.forms.declared import ITEMS, MONEY, field, form, group, made, paper

from talentservice.errors import InputError
from talentservice.forms.fields import NO_VALUE
from talentservice.forms.html import to_html
from talentservice.forms.layout import lay_out
from talentservice.forms.matching import OFF, ON, in_cell, taken
from talentservice.forms.nesting import flat, nested, undotted
from talentservice.forms.render import Said, Table
from talentservice.forms.sheet import Grid
from talentservice.forms.values import accept, write
from talentservice.testing.forms import value_of, values_of

CHOICES = ["规上企业", "高新技术企业", "（其他）研究生工作站"]
FIELDS = [
    made("text"),
    made("long-text", hint="(可另附页)"),
    made("date"),
    made("date-or-month"),
    made("year-month"),
    made("year"),
    made("integer", unit="人"),
    made("decimal", unit="万元"),
    made("percent"),
    made("ordinal"),
    made("bool"),
    made("phone"),
    made("phone-or-text"),
    made("unit"),
    made("serial"),
    made("text-list"),
    made("unit-list"),
    made("choice", choices=CHOICES),
    made("choice", choices=CHOICES, other="其他"),
    made("multi-choice", choices=CHOICES),
    made("multi-choice", choices=CHOICES, other="其他"),
    made("multi-choice", choices=CHOICES, other="其他", other_boxed=False),
]
WHOLE = paper(
    group(
        "all",
        *(
            field(f.type, f"f{i}", **{k: getattr(f, k) for k in ("choices", "other", "other_boxed", "unit", "hint")})
            for i, f in enumerate(FIELDS)
        ),
        field("choice", "constant", choices=["领军人才"]),
        field("signature", "signed"),
        field("text", "a.b"),
        field("text", "a.c"),
    ),
    ITEMS,
    MONEY,
    year=2020,
    head=["编号{a.b}，日期{f2}。"],
    layout=[
        *([f"f{i}"] for i in range(len(FIELDS)) if i not in (2, 17)),
        ["constant"],
        [{"sentence": "甲（{f17}）乙：{a.c}。", "foot": "签字：{signed}"}],
        {"repeat": "items", "printed": 2, "header": True, "row": ["no", "what", "tel"]},
        {"years": "money", "paragraph": ["{year} 年收入 {income} 万元，税 {tax}。"]},
    ],
)
TAGS = set("!doctype html head meta title style body h1 p table colgroup col thead tbody tr th td u span".split(" "))  # noqa: SIM905
SLOW = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], max_examples=60
)


@pytest.mark.parametrize("kept", FIELDS, ids=lambda f: f"{f.type}-{bool(f.choices)}-{bool(f.other)}-{f.other_boxed}")
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.data())
def test_a_value_in_normal_form_stays_and_what_is_written_is_read_back(kept, data):
    value = data.draw(value_of(kept))
    assert accept(kept, value) == value
    alone = paper(
        group(
            "g", field(kept.type, "it", **{k: getattr(kept, k) for k in ("choices", "other", "other_boxed", "unit")})
        ),
        layout=[["it"]],
    )
    (table,) = (p for p in alone.printout({"it": value}).parts if isinstance(p, Table))
    shown = "".join(run.text for cell in table.cells if not cell.place.label for run in cell.runs)
    assert accept(kept, shown) == value
    if not kept.choices:
        assert accept(kept, write(kept, value)) == value


OWN = "祎8372喆"
SAID = st.builds("{}{}{}".format, st.text(max_size=8), st.just(OWN), st.text("☑□ 、；\n其他：甲9", max_size=8))


@pytest.mark.parametrize("kept", FIELDS, ids=lambda f: f"{f.type}-{bool(f.choices)}-{bool(f.other)}-{f.other_boxed}")
@SLOW
@given(
    said=SAID
    | st.lists(SAID, min_size=1, max_size=3)
    | st.dictionaries(SAID, SAID, max_size=1)
    | st.integers(max_value=-(8372**3))
)
def test_an_error_repeats_nothing_of_what_was_written(kept, said):
    told = ""
    try:
        accept(kept, said)
    except InputError as error:
        told = error.en + error.zh
    assert not any(part in told for part in ("祎", "8372", "喆"))


@SLOW
@given(values_of(WHOLE.form))
def test_values_are_the_same_nested_by_slot_and_through_the_model(values):
    model = WHOLE.values(values)
    slots = flat(WHOLE.form, model.model_dump(by_alias=True))
    assert nested(WHOLE.form, slots) == values
    assert undotted(values) == values
    assert (
        WHOLE.values(
            {k: v for k, v in slots.items() if not k.startswith("items.")} | {"items": values.get("items", [])}
        )
        == model
    )
    assert WHOLE.printout(values).slots == slots


@SLOW
@given(st.data(), st.integers(2000, 2100))
def test_the_years_move_on_and_nothing_else_does(data, year):
    values = data.draw(values_of(WHOLE.form, year, hostile=False))
    slots = WHOLE.printout(values, year).slots
    assert nested(WHOLE.form, slots) == values
    back = {
        key.replace(f"finance.{y + year - 2020}.", f"finance.{y}."): v
        for y in (2018, 2019, 2020)
        for key, v in slots.items()
        if f"finance.{y + year - 2020}." in key
    }
    plain = {key: v for key, v in slots.items() if not key.startswith("finance.")}
    assert WHOLE.printout(nested(WHOLE.form, plain | back)).slots == plain | back


def marked(runs, *, kept=True):
    return "".join(f"{ON}{r.text}{OFF}" if r.kind == "slot" and kept else r.text for r in runs)


@SLOW
@given(values_of(WHOLE.form))
def test_reading_takes_out_of_sentences_what_writing_put_in(values):
    done = WHOLE.printout(values)
    lines = zip(
        (p for p in done.sheet.parts if not isinstance(p, Grid)),
        (p for p in done.parts if isinstance(p, Said)),
        strict=False,
    )
    read = {}
    for line, said in lines:
        for slot, text in taken(line.sentences, marked(said.runs)):
            read[slot.key] = accept(slot.field, text)
    for cell in (c for p in done.parts if isinstance(p, Table) for c in p.cells if c.place.slots):
        for slot, text in in_cell(cell.place, marked((*cell.runs, *cell.foot))):
            read[slot.key] = accept(slot.field, text)
    assert {key: value for key, value in read.items() if value is not None} == done.slots


@SLOW
@given(values_of(WHOLE.form))
def test_without_underlining_values_are_read_right_or_not_at_all(values):
    done = WHOLE.printout(values)
    (cell,) = (c for p in done.parts if isinstance(p, Table) for c in p.cells if c.place.sentence)
    found = in_cell(cell.place, marked((*cell.runs, *cell.foot), kept=False))
    own = {slot.key for slot in cell.place.slots if slot.field.type not in NO_VALUE}
    if found is not None:
        read = {slot.key: accept(slot.field, text) for slot, text in found}
        assert {k: v for k, v in read.items() if v is not None} == {k: v for k, v in done.slots.items() if k in own}


@SLOW
@given(values_of(WHOLE.form))
def test_no_value_adds_a_tag_to_the_page(values):
    html = to_html(WHOLE.printout(values))
    assert {piece.split(">")[0].split(" ")[0].strip("/") for piece in html.split("<")[1:]} <= TAGS
    assert all(escape(text) in html for text in values.get("a", {}).values())
    assert html.count("<table") == html.count("</table>") == 1


@given(st.text(max_size=60), st.sampled_from(FIELDS))
@settings(deadline=None)
def test_whatever_is_typed_is_read_once_for_all_or_refused_in_both_languages(text, kept):
    told = []
    try:
        value = accept(kept, text)
    except InputError as error:
        value, told = None, [error.en, error.zh]
    assert all(told)
    assert accept(kept, value) == value


# ---- layouts ----------------------------------------------------------------------------------------------------------------


@st.composite
def layouts(draw):
    """A form with a tree of blocks, every field in one cell; wide groups at random, page breaks between rows."""
    count = draw(st.integers(1, 12))
    names = [f"f{i}" for i in range(count)]

    def rows(names, depth, room):
        out = []
        while names:
            if out and draw(st.integers(0, 5)) == 0:
                out.append("page-break") if out[-1] != "page-break" else None
            if depth < 3 and room > 90 and draw(st.booleans()):
                size = draw(st.integers(1, len(names)))
                width = draw(st.integers(5, 20))
                out.append({"group": f"组{depth}", "width": width, "rows": rows(names[:size], depth + 1, room - width)})
            else:
                size = draw(st.integers(1, min(2, len(names))))
                cells = [{"field": n, "label_width": draw(st.integers(5, 20))} for n in names[:size]]
                if draw(st.booleans()) and size > 1:
                    cells[0]["width"] = draw(st.integers(6, 20))
                out.append(cells)
            names = names[size:]
        return out

    tree = rows(names, 0, 156)
    if draw(st.booleans()):
        tree.insert(
            draw(st.integers(0, len(tree))),
            {
                "repeat": "items",
                "printed": draw(st.integers(1, 3)),
                "header": draw(st.booleans()),
                "row": ["no", "what", "tel"],
            },
        )
    else:
        tree.append({"matrix": "money", "corner": "金额"})
    placed = str(tree)
    hidden = [f"items.{n}" for n in ("no", "what", "tel") if "items" not in placed] + [
        f"finance.{n}" for n in ("income", "tax") if "money" not in placed
    ]
    return form(group("g", *(field("text", n) for n in names)), ITEMS, MONEY, year=2020, layout=tree, hidden=hidden)


def row_gaps(grid, columns):
    """How often each place of a table is covered."""
    cover = {}
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                cover[row, column] = cover.get((row, column), 0) + 1
    due = {(row, column) for row in range(grid.start, grid.start + grid.rows) for column in range(columns)}
    return {place: times for place, times in cover.items() if times != 1} or (due ^ set(cover))


@SLOW
@given(layouts(), st.integers(0, 5), st.integers(-5, 50))
def test_a_layout_has_no_hole_and_no_overlap_and_is_as_wide_as_its_page(declared, count, shift):
    laid = lay_out(declared, {"items": count}, shift=shift)
    assert sum(laid.columns) == 1560
    assert min(laid.columns) > 0
    grids = [part for part in laid.parts if isinstance(part, Grid)]
    assert sum(g.rows for g in grids) == max(g.start + g.rows for g in grids)
    for grid in grids:
        assert not row_gaps(grid, len(laid.columns))
        for cell in grid.cells:
            assert cell.width == sum(laid.columns[cell.column : cell.column + cell.columns])
    keys = [slot.key for g in grids for c in g.cells for slot in c.slots]
    assert len(keys) == len(set(keys))


@given(st.integers(0, 40))
def test_there_are_as_many_rows_as_are_filled_in_and_never_fewer_than_are_printed(count):
    laid = lay_out(WHOLE.form, {"items": count})
    assert laid.repeats == {"items": max(count, 2)}
    assert sum(c.label == "what栏" for p in laid.parts if isinstance(p, Grid) for c in p.cells) == 1
