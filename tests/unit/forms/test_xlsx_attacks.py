"""Workbooks made to do harm, which the guard of archives lets through: each ends in an error, and costs little."""

import random
import re
import string
import tracemalloc

import pytest
from tests.unit.forms.declared import field, group, paper
from tests.unit.forms.workbooks import BOOK, SHEET, STYLES, TEXTS, VISIT, changed, part, replaced, returned, written

from talentservice.errors import FileRefused
from talentservice.forms.returned import read_form
from talentservice.forms.xlsx import read_xlsx

DATA = {"firm": "某某公司", "doctors": 3, "grants": [{"name": "成果转化"}], "opinion": "同意"}


def junk(length):
    """Signs that do not pack, so that a part swells less than is noticed."""
    return f"<!--{''.join(random.Random(1).choices(string.ascii_letters, k=length))}-->"  # noqa: S311  # no secret


def rows(text):
    return SHEET, "</sheetData>", f"{junk(60_000)}{text}</sheetData>"


COLUMNS = "ABCDEFGHIJKLMNOPQRSTUV"
ATTACKS = {
    "F15-a-million-blank-rows": (*rows("<row/>" * 1_000_000), "too-large"),
    "F15-one-cell-in-the-last-corner": (*rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "too-large"),
    "ten-megabytes-of-cells-in-one-row": (*rows("<row>" + "<c/>" * 2_400_000 + "</row>"), "too-large"),
    "more-filled-cells-than-a-form-has": (
        *rows("".join(f'<row r="{r}">' + "".join(f'<c r="{c}{r}"><v>1</v></c>' for c in COLUMNS) + "</row>" for r in range(400, 6000))),
        "too-large",
    ),
    "nested-without-end": (*rows("<a>" * 2_000_000), "too-large"),
    "a-number-of-a-row-without-end": (*rows(f'<row r="{"9" * 6000}"/>'), "damaged"),
    "a-row-before-the-first": (*rows('<row r="-5"><c t="str"><v>x</v></c></row>'), "damaged"),
    "a-text-that-is-not-there": (*rows('<row r="40"><c t="s"><v>99999</v></c></row>'), "damaged"),
    "a-text-of-a-quarter-million-signs": (*rows(f'<row r="40"><c t="inlineStr"><is><t>{"x" * 250_000}</t></is></c></row>'), "too-large"),
    "two-million-texts": (TEXTS, "</sst>", f"{junk(60_000)}{'<si/>' * 1_900_000}</sst>", "too-large"),
    "one-text-of-a-million-pieces": (TEXTS, "</sst>", f"{junk(60_000)}<si>{'<r><t>x</t></r>' * 500_000}</si></sst>", "too-large"),
    "two-million-styles": (STYLES, "<cellXfs[^>]*>", f"{junk(60_000)}<cellXfs>{'<xf/>' * 1_900_000}", "too-large"),
    "a-hundred-thousand-names": (
        BOOK, "</definedNames>", junk(60_000) + "".join(f'<definedName name="f_{n}">a!A1</definedName>' for n in range(100_000)) + "</definedNames>", "too-large",
    ),
    "merged-without-end": (
        SHEET, "<mergeCells[^>]*>", junk(60_000) + "<mergeCells>" + "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(30, 100_000)), "too-large",
    ),
    "not-well-formed": (*rows("<row>"), "damaged"),
    "no-sheet": (BOOK, "<sheets>.*</sheets>", "<sheets/>", "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_a_workbook_made_to_do_harm_ends_in_an_error_and_costs_little(name):
    where, at, text, code = ATTACKS[name]
    data = changed(written(VISIT, DATA), where, (at, lambda _: text))
    tracemalloc.start()
    try:
        with pytest.raises(FileRefused) as raised:
            read_form(VISIT, data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert raised.value.code == code
    assert peak < 64 * 1024 * 1024


NOTES = paper(
    group("items", field("long-text", "it", annex=True), repeat=True), layout=[{"repeat": "items", "row": ["it"]}]
)


@pytest.mark.parametrize("named", [True, False], ids=["named", "nameless"])
def test_thousands_of_cells_that_point_to_one_long_page_cost_no_more_than_the_page(named):
    """With each its own copy these come to some 200 MB."""
    data = written(NOTES, {"items": [{"it": "长" * 200}] + [{"it": "短"}] * 1999})
    texts = part(data, TEXTS).replace("短", "（见附页1）")
    count = len(re.findall(r"<si>", texts))
    last = int(re.findall(r'<row r="(\d+)"', part(data, SHEET))[-1])
    more = "".join(f'<row r="{last + n}"><c r="A{last + n}" t="s"><v>{count}</v></c></row>' for n in range(1, 2001))
    data = replaced(data, TEXTS, texts.replace("</sst>", f"<si><t>{'文' * 50}</t></si></sst>"))
    data = changed(data, SHEET, ("</sheetData>", f"{more}</sheetData>"))
    if named:
        page = re.search(r'name="a_items.0.it">([^<]*)<', part(data, BOOK))[1]
        pointing = "".join(f'<definedName name="a_items.{n}.it">{page}</definedName>' for n in range(1, 2000))
        data = changed(data, BOOK, ("</definedNames>", f"{pointing}</definedNames>"))
    else:
        data = changed(data, BOOK, ("<definedNames>.*</definedNames>", ""))
    tracemalloc.start()
    try:
        found = read_xlsx(NOTES, data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    first, *others = [entry.raw for entry in found.entries]
    assert len(first) == 102_200
    assert others == ["（见附页1）"] * 1999
    assert peak < 64 * 1024 * 1024


def test_blank_rows_far_below_are_no_harm():
    """Some programs write the last rows of a sheet, with their heights."""
    assert (
        returned(
            VISIT,
            changed(
                written(VISIT, DATA),
                SHEET,
                ("</sheetData>", '<row r="1048576" ht="12.8"><c r="A1048576" s="1"/></row></sheetData>'),
            ),
        )
        == DATA
    )


def test_a_workbook_without_its_parts_is_refused():
    data = written(VISIT)
    for name in (SHEET, "xl/_rels/workbook.xml.rels"):
        with pytest.raises(FileRefused):
            read_form(VISIT, replaced(data, name, None))
