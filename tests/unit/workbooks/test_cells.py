"""Cells of every kind, as other programs write them; what is expected is typed by hand."""

from datetime import date, time, timedelta

import pytest
from attrs import evolve
from tests.unit.workbooks.packed import CAPS, MOMENT, PERCENT, SPAN, cells, contents, links, moment, packed, values

from talentservice.errors import FileRefused
from talentservice.workbooks import open_workbook


def one(cell: str, **more: object):
    """The only cell of a workbook."""
    (found,) = cells(packed(f'<row r="1">{cell}</row>', **more)).values()
    return found


@pytest.mark.parametrize(
    ("cell", "kind", "value"),
    [
        ("<c><v>12</v></c>", "number", 12),
        ("<c><v>-0</v></c>", "number", 0),
        ("<c><v>12.0</v></c>", "number", 12.0),
        ("<c><v>1.5E+3</v></c>", "number", 1500.0),
        ("<c><v>12345678901234567890</v></c>", "number", 12345678901234567890),
        ("<c><v>1E999</v></c>", "error", "1E999"),
        (f"<c><v>{'9' * 400}</v></c>", "error", "9" * 400),
        ('<c t="b"><v>1</v></c>', "bool", True),
        ('<c t="b"><v>false</v></c>', "bool", False),
        ('<c t="e"><v>#N/A</v></c>', "error", "#N/A"),
        ('<c t="str"><v>甲 乙</v></c>', "text", "甲 乙"),
        ('<c t="s"><v>1</v></c>', "text", "乙"),
        ('<c t="s"><v>2</v></c>', "text", ""),
        ('<c t="inlineStr"><is><t>丙</t></is></c>', "text", "丙"),
        ('<c t="inlineStr"><is><r><t>丙</t></r><r><rPr><u/></rPr><t xml:space="preserve"> 丁</t></r></is></c>', "text", "丙 丁"),
        ('<c t="inlineStr"><is><t>丙</t><rPh sb="0" eb="1"><t>bing</t></rPh></is></c>', "text", "丙"),
        ('<c t="inlineStr"><is><t>a_x000D_\nb_x005F_x0041_</t></is></c>', "text", "a\r\nb_x0041_"),
        ('<c t="d"><v>2020-06-23</v></c>', "moment", date(2020, 6, 23)),
        ('<c t="d"><v>2020-06-23T09:30:00Z</v></c>', "moment", moment(2020, 6, 23, 9, 30)),
        ('<c t="d"><v>09:30:00</v></c>', "moment", time(9, 30)),
        ('<c t="d"><v>PT30H15M</v></c>', "moment", timedelta(hours=30, minutes=15)),
    ],
)  # fmt: skip
def test_a_cell_is_what_its_type_says(cell, kind, value):
    found = one(cell, texts="<si><t>甲</t></si><si><r><t>乙</t></r></si><si/>")
    assert (found.kind, found.value, type(found.value)) == (kind, value, type(value))


@pytest.mark.parametrize(
    ("style", "number", "value"),
    [
        (MOMENT, "44005", moment(2020, 6, 23)),
        (MOMENT, "44005.5", moment(2020, 6, 23, 12)),
        (MOMENT, "44005.39583333333", moment(2020, 6, 23, 9, 30)),
        (MOMENT, "44004.9999999999", moment(2020, 6, 23)),
        (MOMENT, "0.75", time(18, 0)),
        (MOMENT, "0", time(0, 0)),
        (MOMENT, "1", moment(1900, 1, 1)),
        (MOMENT, "61", moment(1900, 3, 1)),
        (MOMENT, "2958465", moment(9999, 12, 31)),
        (MOMENT, "2958466", "#VALUE!"),
        (SPAN, "1.25", timedelta(hours=30)),
        (PERCENT, "0.3", 0.3),
        (99, "5", 5),
    ],
)
def test_a_number_is_the_moment_or_span_its_format_shows(style, number, value):
    found = one(f'<c s="{style}"><v>{number}</v></c>')
    assert (found.value, type(found.value)) == (value, type(value))


@pytest.mark.parametrize("said", ["1", "true"])
def test_days_may_count_from_1904(said):
    data = packed(f'<row><c s="{MOMENT}"><v>44005</v></c></row>', book=f'<workbookPr date1904="{said}"/>')
    assert values(data) == {(0, 0): moment(2024, 6, 24)}


@pytest.mark.parametrize(
    ("code", "shows"),
    [
        (14, "moment"), (17, "month"), (20, "moment"), (27, "month"), (31, "moment"), (46, "span"), (50, "month"), (57, "month"),
        (58, "moment"), (0, "number"), (9, "number"), (44, "number"), (49, "number"),
        ("yyyy-mm-dd", "moment"), ('yyyy"年"m"月"', "month"), ('[$-804]yyyy"年"m"月"d"日";@', "moment"), ("mm:ss.0", "moment"),
        ("[h]:mm:ss", "span"), ("[mm]", "span"), ("[SS]", "span"), ("YYYY/M/D", "moment"),
        ('0.00"d"', "number"), ("0\\d", "number"), ("0_d", "number"), ("*d0", "number"), ("[Red]0", "number"), ("[DBNum1]0", "number"),
        ("General", "number"), ("G/通用格式", "number"), ('0;"d";yyyy', "number"), ("0.00E+00", "number"), ('#,##0" 万元"', "number"),
    ],
)  # fmt: skip
def test_what_a_format_shows(code, shows):
    assert one('<c s="0"><v>1</v></c>', codes=(code,)).format.shows == shows


def test_a_formula_keeps_the_value_the_file_holds():
    row = (
        '<c><f>1+1</f><v>2</v></c><c t="str"><f>A1</f><v>甲</v></c><c t="str"><f>IF(TRUE,"")</f><v></v></c>'
        '<c><f>1+2</f><v></v></c><c t="str"><f>A9</f></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c><f t="shared" ref="G1:H1" si="0">A1*2</f><v>4</v></c><c><f t="shared" si="0"/><v>8</v></c>'
    )
    assert [(c.formula, c.value) for c in cells(packed(f"<row>{row}</row>")).values()] == [
        ("=1+1", 2), ("=A1", "甲"), ('=IF(TRUE,"")', ""), ("=1+2", None), ("=A9", None), ("=1/0", "#DIV/0!"), ("=A1*2", 4), ("=", 8),
    ]  # fmt: skip


def test_what_is_underlined_stands_between_marks_and_a_mark_in_a_text_is_none():
    texts = '<si><t>甲_x0001_</t></si><si><r><t>乙</t></r><r><rPr><u/></rPr><t>丙</t></r><r><rPr><u val="none"/></rPr><t>丁</t></r></si>'
    data = packed('<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>', texts=texts)
    assert list(values(data).values()) == ["甲\x01", "乙丙丁"]
    assert list(values(data, caps=evolve(CAPS, marks=("\x01", "\x02"))).values()) == ["甲\ufffd", "乙\x01丙\x02丁"]


# ---- places -----------------------------------------------------------------------------------------------------------------


def test_rows_and_cells_stand_where_they_say_or_next():
    rows = (
        "<row><c><v>1</v></c><c/><c><v>2</v></c></row>"
        '<row r="5"><c r="AB5"><v>3</v></c><c><v>4</v></c></row>'
        "<row><c><v>5</v></c></row>"
    )
    assert values(packed(rows)) == {(0, 0): 1, (0, 2): 2, (4, 27): 3, (4, 28): 4, (5, 0): 5}


def test_a_row_says_how_wide_it_is_and_blank_cells_are_left_out():
    book = open_workbook(packed('<row r="3"><c r="B3"><v>1</v></c><c r="D3" s="1"/></row><row r="9"/>'), CAPS)
    assert [(row.number, len(row.cells), row.width) for row in book.sheet("一")] == [(2, 1, 4), (8, 0, 0)]


def test_merged_cells_are_known_when_the_sheet_is_read():
    sheet = open_workbook(
        packed(after='<mergeCells><mergeCell ref="A1:C2"/><mergeCell ref="B9"/></mergeCells>'), CAPS
    ).sheet("一")
    assert (list(sheet), sheet.merged) == ([], {(0, 0): (2, 3), (8, 1): (1, 1)})


def test_what_is_called_like_a_row_elsewhere_is_none():
    after = '<controls xmlns:x="x"><x:row>7</x:row><c><v>1</v></c></controls><extLst><x:f xmlns:x="x">A1</x:f></extLst>'
    assert values(packed("<row><c><v>1</v></c></row>", after=after)) == {(0, 0): 1}


# ---- parts ------------------------------------------------------------------------------------------------------------------


def test_sheets_of_charts_and_those_that_are_not_there_are_left_out():
    named = "".join(
        f'<sheet name="{title}" sheetId="1" r:id="{link}"/>' for title, link in ("图g", "空x", "一a", "没z")
    )
    data = packed(
        "<row><c><v>1</v></c></row>",
        **{
            "xl/workbook.xml": contents(f"<sheets>{named}</sheets>"),
            "xl/_rels/workbook.xml.rels": links(
                ("g", "chartsheet", "chart.xml"), ("x", "worksheet", "no.xml"), ("a", "worksheet", "../xl/worksheets/sheet1.xml")
            ),
            "xl/chart.xml": "<x/>",
        },
    )  # fmt: skip
    assert list(open_workbook(data, CAPS).sheets) == ["一"]
    assert values(data) == {(0, 0): 1}


def test_a_program_may_call_the_parts_as_it_likes():
    data = packed(
        '<row><c t="s"><v>0</v></c></row>',
        **{
            "_rels/.rels": links(("r", "officeDocument", "/book/main.xml")),
            "xl/workbook.xml": None,
            "book/main.xml": contents('<sheets><sheet name="甲" r:id="q"/></sheets>'),
            "book/_rels/main.xml.rels": links(("q", "worksheet", "/xl/worksheets/sheet1.xml")),
            "book/sharedStrings.xml": "<sst><si><t>未列出</t></si></sst>",
        },
    )
    assert values(data, "甲") == {(0, 0): "未列出"}


def test_names_of_the_workbook_and_of_one_sheet_are_kept_apart():
    book = (
        '<definedNames><definedName name="a">一!$A$1</definedName>'
        '<definedName name="b" localSheetId="0">2019</definedName></definedNames>'
    )
    read = open_workbook(packed(book=book), CAPS)
    assert (read.names, read.own_names) == ([("a", "一!$A$1")], [("b", "2019")])


# ---- broken, or made to do harm -----------------------------------------------------------------------------------------------

SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("rows", "more"),
    [
        ("<row>", {}),
        ('<row r="0"><c><v>1</v></c></row>', {}),
        ('<row r="-5"/>', {}),
        ("<row><c><v>x</v></c></row>", {}),
        ('<row><c t="s"><v>0</v></c></row>', {}),
        ('<row><c t="s"><v>-1</v></c></row>', {"texts": "<si><t>甲</t></si>"}),
        ('<row><c t="b"><v>x</v></c></row>', {}),
        ('<row><c t="d"><v>x</v></c></row>', {}),
        ('<row><c t="x"><v>1</v></c></row>', {}),
        ("", {"after": '<mergeCell ref="x"/>'}),
    ],
)
def test_a_broken_sheet_is_named(rows, more):
    with pytest.raises(FileRefused) as raised:
        values(packed(rows, **more))
    assert raised.value.code == "damaged"
    assert raised.value.en == f"the workbook cannot be read: {SHEET} is damaged"
    assert raised.value.zh == f"工作簿无法读取：{SHEET} 已损坏"


def test_without_its_main_part_it_is_no_workbook():
    with pytest.raises(FileRefused, match=r"cannot be read: it has no xl/workbook\.xml") as raised:
        values(packed(**{"xl/workbook.xml": None}))
    assert raised.value.code == "damaged"


CELL, TEXT = "<c><v>1</v></c>", "<si><t>abcd</t></si>"
NAMES = "<definedName name='a'>x</definedName>"
MERGED = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 9))


@pytest.mark.parametrize(
    ("cap", "most", "rows", "more", "says"),
    [
        ("rows", 2, "<row/>", {}, "more than 2 rows"),
        ("cells", 2, "<row><c/></row>", {}, "more than 2 cells"),
        ("filled", 2, f"<row>{CELL}</row>", {}, "more than 2 filled cells"),
        ("texts", 2, "", {"texts": TEXT * 3}, "more than 2 texts"),
        ("styles", 3, "", {}, "more than 3 styles"),
        ("names", 2, "", {"book": NAMES * 3}, "more than 2 names"),
        ("merged", 2, "", {"after": MERGED}, "more than 2 merged cells"),
        ("text", 6, "", {"texts": "<si><r><t>abcd</t></r><r><t>efgh</t></r></si>"}, "a text of more than 6 signs"),
        ("text", 6, '<row><c t="str"><v>abcdefg</v></c></row>', {}, "a text of more than 6 signs"),
        ("text", 6, "<row><c><f>A1+B1+C1</f></c></row>", {}, "a text of more than 6 signs"),
    ],
)  # fmt: skip
def test_what_holds_more_than_is_taken_is_refused(cap, most, rows, more, says):
    data = packed(rows * 3, **more)
    assert values(data) is not None
    with pytest.raises(FileRefused, match=says) as raised:
        values(data, caps=evolve(CAPS, **{cap: most}))
    assert raised.value.code == "too-large"


@pytest.mark.parametrize("row", ['<c r="XFE1"/>', '<c r="XFD1"/><c/>'])
def test_a_column_beyond_the_last_one_a_sheet_can_have_is_refused(row):
    with pytest.raises(FileRefused, match="more than 16384 columns"):
        values(packed(f"<row>{row}</row>"))


def test_elements_within_elements_without_end_are_refused():
    with pytest.raises(FileRefused, match="nested too deeply"):
        values(packed("<a>" * 100))
