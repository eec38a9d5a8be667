"""What a workbook holds that cannot be taken as it stands is told, each thing once and in the order people read."""

from datetime import date

import pytest
from tests.unit.forms.declared import field, group, paper
from tests.unit.forms.workbooks import SHEET, VISIT, cell_of, changed, opened, part, replaced, returned, saved, typed, written

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
