"""What a workbook holds that cannot be taken as it stands is told, each thing once and in the order people read."""

import io
from datetime import date

import pytest
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as Picture
from tests.unit.forms.declared import field, group, paper
from tests.unit.forms.workbooks import (
    SHEET,
    VISIT,
    cell_of,
    changed,
    opened,
    returned,
    saved,
    written,
)

from talentservice.forms.returned import read_form

MONTHS = paper(
    group("g", *(field(k, k) for k in ("year-month", "date-or-month", "date"))),
    layout=[[k] for k in ("year-month", "date-or-month", "date")],
)


def plain(data, at, number):
    """The workbook after somebody typed a number in a cell without a format of its own."""
    book = opened(data)
    book.worksheets[0][at] = number
    book.worksheets[0][at].number_format = "General"
    return saved(book)


# ---- numbers where a month is due -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "number", "told"),
    [
        ("year-month", 1988.1, "应为年月，收到数字；请写成文字，如 1979年10月"),
        ("date-or-month", 1988.1, "应为日期，收到数字；请写成文字，如 1979年10月5日"),
        ("date", 1988, "应为日期，收到数字；请写成文字，如 1979年10月5日"),
    ],
)
def test_a_number_is_no_month(kind, number, told):
    """October is kept as the number of January: 1988.10 as 1988.1."""
    data = written(MONTHS)
    at = cell_of(data, kind)
    assert returned(MONTHS, plain(data, at, number)) == [f"{at}（{kind}栏）：{told}"]


@pytest.mark.parametrize("kind", ["date", "date-or-month"])
def test_a_day_written_in_one_number_is_read(kind):
    data = written(MONTHS)
    assert returned(MONTHS, plain(data, cell_of(data, kind), 20200623)) == {kind: date(2020, 6, 23)}


# ---- what stands in no cell -------------------------------------------------------------------------------------------------


def test_comments_pictures_and_headers_are_told_once_each():
    image = pytest.importorskip("PIL.Image")
    picture = io.BytesIO()
    image.new("RGB", (8, 8)).save(picture, "PNG")
    book = opened(written(VISIT, {"firm": "某某公司"}))
    sheet = book.worksheets[0]
    for at in ("A12", "A4", "D10"):
        sheet[at].comment = Comment("另有说明", "甲某")
    sheet.add_image(Picture(picture), "D7")
    sheet.add_image(Picture(io.BytesIO(picture.getvalue())), "E9")
    sheet.oddHeader.left.text = "机密"
    sheet.oddFooter.left.text = "某某公司"
    read = read_form(VISIT, saved(book))
    assert [w.line("zh") for w in read.warnings] == [
        "A4（批注）：批注不读取，请写入栏目",
        "D7（图片、图形）：图片、图形不读取，请以文字写入栏目",
        "文件（页眉、页脚的文字）：页眉、页脚的文字不读取，请写入栏目",
    ]
    assert read.sound() == {"firm": "某某公司"}


@pytest.mark.parametrize(
    "footer",
    [
        "&amp;C&amp;&quot;宋体,Regular&quot;&amp;14— &amp;P —",
        "&amp;C第 &amp;P 页，共 &amp;N 页",
        "&amp;LPage &amp;P of &amp;N",
        "&amp;R&amp;A &amp;D&amp;K01+000",
    ],
)
def test_page_numbers_and_what_a_program_fills_in_are_no_text(footer):
    data = written(VISIT, {"firm": "某某公司"})
    assert returned(VISIT, changed(data, SHEET, ("<oddFooter>[^<]*", f"<oddFooter>{footer}"))) == {"firm": "某某公司"}


@pytest.mark.parametrize(("val", "read"), [("", "两套宿舍"), (' val="1"', "两套宿舍"), (' val="0"', "两套公寓宿舍")])
def test_what_is_struck_out_in_a_cell_is_deleted(val, read):
    data = written(VISIT, {"need": "两套公寓"})
    at = cell_of(data, "need")
    runs = f"<r><t>两套</t></r><r><rPr><strike{val}/></rPr><t>公寓</t></r><r><t>宿舍</t></r>"
    inside = rf'<c r="{at}"\1 t="inlineStr"><is>{runs}</is></c>'
    assert returned(VISIT, changed(data, SHEET, (f'<c r="{at}"( s="[0-9]+") t="s"><v>[0-9]+</v></c>', inside))) == {
        "need": read
    }


# ---- order ------------------------------------------------------------------------------------------------------------------


def test_problems_come_in_the_order_people_read():
    data = written(VISIT)
    book = opened(data)
    sheet = book.worksheets[0]
    book.create_sheet("附表")["A1"] = "另有诉求"
    assert (cell_of(data, "opened"), cell_of(data, "grants.0.amount")) == ("I4", "H10")
    for at, text in {"H10": "三千", "I4": "某日", "AA4": "旁注", "Z4": "旁注", "B5": "另一栏"}.items():
        sheet[at] = text
    read = read_form(VISIT, saved(book))
    assert [p.where.zh for p in read.problems] == ["I4", "Z4", "AA4", "B5", "H10", "附表!A1"]
