"""What other programs write is read as another reader reads it, value and type.

The other reader takes the Chinese built-in formats for numbers and leaves escaped signs as they are written; those are in
`test_cells.py`.
"""

import io
import string
import warnings
from datetime import UTC, date, datetime, time, timedelta

import openpyxl
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900
from openpyxl.worksheet.formula import ArrayFormula
from tests.unit.workbooks.packed import CAPS, cells, moment, packed

from talentservice.workbooks import open_workbook

FORMATS = (
    "General", "0", "0.00", "#,##0.00", "0%", "@", "0.00E+00", "yyyy-mm-dd", "yyyy-mm-dd h:mm:ss", "h:mm", "mm:ss.0", "d-mmm", "mmm-yy",
    "[h]:mm:ss", '[$-804]yyyy"年"m"月"d"日"', 'yyyy"年"m"月"', '上午/下午h"时"mm"分"', '#,##0.00" 万元"', "[Red]0", '0"d"', "0\\d", "0_d", "General;yyyy",
)  # fmt: skip
TEXTS = st.text(
    string.ascii_letters + string.digits + "某甲乙丙丁（）“”、　\n\t <&>\"'=😀", min_size=1, max_size=12
).map(
    lambda text: f"文{text}"  # neither a formula nor a number
)
MOMENTS = st.datetimes(moment(1910, 1, 1), moment(2100, 12, 31)).map(lambda m: m.replace(microsecond=0))
TIMES = st.times().map(lambda t: t.replace(microsecond=0))
SPANS = st.integers(1, 10**7).map(lambda seconds: timedelta(seconds=seconds))
NUMBERS = st.integers(-(10**14), 10**14) | st.floats(-1e9, 1e9) | st.floats(0, 80_000)
VALUES = (
    TEXTS
    | MOMENTS
    | MOMENTS.map(datetime.date)
    | TIMES
    | NUMBERS
    | st.booleans()
    | st.sampled_from(["#N/A", "#DIV/0!"])
)
PLACES = st.tuples(st.integers(1, 40), st.integers(1, 30))
SHEETS = st.dictionaries(PLACES, st.tuples(VALUES, st.sampled_from(FORMATS) | st.none()), min_size=1, max_size=12)


def theirs(data: bytes) -> dict[tuple[int, int], str]:
    """What the other reader finds, with its types."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Cell .* is outside the limits for dates")
        sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets[0]
    return {
        (c.row - 1, c.column - 1): repr(c.value) for row in sheet.iter_rows() for c in row if c.value not in (None, "")
    }


def ours(data: bytes) -> dict[tuple[int, int], str]:
    return {where: repr(cell.value) for where, cell in cells(data).items() if cell.value not in (None, "")}


def by_openpyxl(values, epoch, *, iso: bool) -> bytes:
    book = openpyxl.Workbook()
    book.epoch, book.iso_dates = epoch, iso
    for (row, column), (value, code) in values.items():
        cell = book.active.cell(row, column, value)
        if code is not None:
            cell.number_format = code
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def by_xlsxwriter(values, *, from_1904: bool, inline: bool) -> bytes:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"date_1904": from_1904, "constant_memory": inline}) as book:
        sheet = book.add_worksheet()
        for (row, column), (value, code) in sorted(values.items()):
            form = book.add_format({"num_format": code or "yyyy-mm-dd"})
            sheet.write(row, column, value, form if code or isinstance(value, date | time) else None)
    return data.getvalue()


EPOCHS = st.sampled_from([CALENDAR_WINDOWS_1900, CALENDAR_MAC_1904])


@settings(deadline=None, max_examples=80)
@given(SHEETS, EPOCHS, st.booleans())
def test_what_openpyxl_writes_is_read_alike(values, epoch, iso):
    data = by_openpyxl(values, epoch, iso=iso)
    assert ours(data) == theirs(data)


@settings(deadline=None, max_examples=80)
@given(SHEETS, st.booleans(), st.booleans())
def test_what_xlsxwriter_writes_is_read_alike(values, from_1904, inline):
    data = by_xlsxwriter(values, from_1904=from_1904, inline=inline)
    assert ours(data) == theirs(data)


@settings(deadline=None, max_examples=30)
@given(SPANS)
def test_a_span_of_time_comes_back(span):
    data = by_openpyxl({(1, 1): (span, None)}, CALENDAR_WINDOWS_1900, iso=False)
    assert ours(data) == theirs(data) == {(0, 0): repr(span)}


@settings(deadline=None, max_examples=100)
@given(
    st.floats(0, 2_958_465) | st.floats(0, 100) | st.integers(0, 100),
    st.sampled_from(["yyyy-mm-dd", "h:mm", "[h]:mm"]),
    EPOCHS,
)
def test_any_number_shown_as_a_moment_is_the_same_moment(number, code, epoch):
    data = by_openpyxl({(1, 1): (number, code)}, epoch, iso=False)
    assert ours(data) == theirs(data)


def test_texts_in_several_pieces_are_read_alike():
    book = openpyxl.Workbook()
    book.active["A1"] = CellRichText(
        "甲", TextBlock(InlineFont(u="single"), " 乙 "), TextBlock(InlineFont(b=True), "丙")
    )
    written = io.BytesIO()
    book.save(written)
    shared = io.BytesIO()
    with xlsxwriter.Workbook(shared) as other:
        other.add_worksheet().write_rich_string(0, 0, "甲", other.add_format({"underline": 1}), " 乙 ", "丙")
    for data in (written.getvalue(), shared.getvalue()):
        assert ours(data) == theirs(data) == {(0, 0): repr("甲 乙 丙")}


def test_formulas_have_the_value_they_were_saved_with():
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_formula(0, 0, "=1+1", None, 2)
        sheet.write_formula(0, 1, '="甲"&"乙"', None, "甲乙")
        sheet.write_formula(0, 2, "=TRUE", None, True)
        sheet.write_formula(0, 3, "=1/0", None, "#DIV/0!")
        sheet.write_formula(0, 4, "=TODAY()", day, 44005)
        sheet.write_array_formula("F1:F2", "{=A1:A2*2}", None, 4)
    assert ours(data.getvalue()) == theirs(data.getvalue())
    assert ours(data.getvalue())[0, 4] == repr(moment(2020, 6, 23))
    assert [c.formula for c in cells(data.getvalue()).values()][:2] == ["=1+1", '="甲"&"乙"']


def test_formulas_without_a_value_are_told_alike():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B1"] = "=B2+14", ArrayFormula("B1:B2", "=A1:A2*2")
    data = io.BytesIO()
    book.save(data)
    assert theirs(data.getvalue()) == ours(data.getvalue()) == {}
    assert [c.formula for c in cells(data.getvalue()).values()] == ["=B2+14", "=A1:A2*2"]


def test_formulas_that_are_shared_have_their_own_values():
    row = '<c r="A1"><v>3</v></c><c r="B1"><f t="shared" ref="B1:B2" si="0">A1*2</f><v>6</v></c>'
    data = packed(
        f'<row r="1">{row}</row><row r="2"><c r="B2"><f t="shared" si="0"/><v>8</v></c></row>',
        **{"[Content_Types].xml": TYPES, "xl/styles.xml": None},
    )
    assert ours(data) == theirs(data) == {(0, 0): "3", (0, 1): "6", (1, 1): "8"}


SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{SPREADSHEET}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SPREADSHEET}.worksheet+xml"/></Types>'
)


def test_a_day_no_calendar_has_is_an_error_for_both():
    data = by_openpyxl({(1, 1): (2_958_466, "yyyy-mm-dd")}, CALENDAR_WINDOWS_1900, iso=False)
    assert theirs(data) == ours(data) == {(0, 0): "'#VALUE!'"}


def test_the_sheets_are_those_the_other_reader_finds_and_in_their_order():
    book = openpyxl.Workbook()
    book.active.title = "说明"
    book.create_sheet("隐 藏").sheet_state = "hidden"
    book.create_chartsheet("图")
    book.create_sheet("表'一&二")
    data = io.BytesIO()
    book.save(data)
    assert (
        list(open_workbook(data.getvalue(), CAPS).sheets)
        == [s.title for s in book.worksheets]
        == ["说明", "隐 藏", "表'一&二"]
    )


def test_a_zone_is_no_part_of_a_cell():
    """A program may write one all the same."""
    (cell,) = cells(packed('<row><c t="d"><v>2020-06-23T09:30:00+08:00</v></c></row>')).values()
    assert cell.value == datetime(2020, 6, 23, 9, 30, tzinfo=UTC).replace(tzinfo=None)
