"""Dates as people type them: in a cell of a real table, and in a file of events. The ids (D06 …) name the cases they stand for."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talentservice import BEIJING
from talentservice.cells import Uncomputed, moment_of
from talentservice.errors import InputError, InvalidDate, NaiveDatetime, WrongType
from talentservice.events import STANDARD, read_at, read_event

JUNE = date(2021, 6, 18)


def beijing(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2021, 6, 18, hour, minute, second, tzinfo=BEIJING)


# ---- a cell -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("2021-06-18", JUNE),
        ("2021-6-18", JUNE),
        pytest.param("2021/06/18", JUNE, id="D06-slashes"),
        ("2021/6/18", JUNE),
        ("2021.06.18", JUNE),
        ("2021.6.18", JUNE),
        ("2021年6月18日", JUNE),
        ("2021年06月18", JUNE),
        ("  2021-06-18\u3000", JUNE),
        ("２０２１－０６－１８", JUNE),
        ("２０２１年６月１８日", JUNE),
        ("2021-06-18 09:30", beijing(9, 30)),
        ("2021-06-18T09:30:15", beijing(9, 30, 15)),
        ("2021-06-18 09:30:15.123456", beijing(9, 30, 15)),
        ("2021/6/18 9:30", beijing(9, 30)),
        ("2021.6.18 9:30:15", beijing(9, 30, 15)),
        ("2021年6月18日 9:30", beijing(9, 30)),
        ("2021年6月18日9：30", beijing(9, 30)),
        ("2021-06-18T09:30+08:00", beijing(9, 30)),
        ("2021-06-18T01:30Z", beijing(9, 30)),
        ("2021-06-18T01:30+0000", beijing(9, 30)),
        pytest.param("2021-06-17T17:30Z", beijing(1, 30), id="D13-already-the-next-day-in-beijing"),
        (JUNE, JUNE),
        (datetime(2021, 6, 18, 9, 30), beijing(9, 30)),  # noqa: DTZ001  # a spreadsheet knows no zone
        (datetime(2021, 6, 18, 1, 30, tzinfo=UTC), beijing(9, 30)),
        ("2000-01-01", date(2000, 1, 1)),
        ("2100-12-31", date(2100, 12, 31)),
        ("2020-02-29", date(2020, 2, 29)),
    ],
)
def test_a_cell_with_the_year_first_is_read(cell, read):
    found = moment_of(cell)
    assert found == read
    assert type(found) is type(read)
    if isinstance(found, datetime):
        assert found.utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize("cell", [None, "", "   ", "\u3000", "\t\n"])
def test_an_empty_cell_is_nothing(cell):
    assert moment_of(cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param("01/02/03", id="D08-ambiguous"),
        "1-2-2021",
        "18.06.2021",
        "06/18/2021",
        "18/6/21",
        pytest.param("０１／０２／０３", id="D08-full-width"),
    ],
)
def test_a_date_whose_order_cannot_be_known_is_refused(cell):
    with pytest.raises(InvalidDate) as raised:
        moment_of(cell)
    assert "can be read in several ways" in raised.value.en
    assert "日期写法有歧义" in raised.value.zh


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param("第10号", id="D09-fuzzy"),
        "无",
        "—",
        "昨天",
        "June 18, 2021",
        "2021",
        "2021-06",
        "20210618",
        "2021-06-18 to 2021-06-19",
        "2021-06-181",
        "2021-06-18日",
        "2021-06/18",
        "2021年6月",
        "21-06-18x",
        "2021-W24-5",
        pytest.param("0000-01-01", id="D19-year-0"),
        pytest.param("-0044-03-15", id="D19-bc"),
        pytest.param("1800-01-01", id="D17-year-1800"),
        pytest.param("9999-12-31", id="D18-for-ever"),
        pytest.param("1999-12-31", id="D17-before-2000"),
        "2101-01-01",
        pytest.param("2021-02-29", id="D03-no-leap-year"),
        "2021-13-01",
        "2021-00-10",
        "2021-04-31",
        pytest.param("2016-12-31T23:59:60Z", id="D15-leap-second"),
        "2021-06-18 24:00",
        "2021-06-18 9:60",
        "2021-06-18 9",
        "2021-06-18 上午9:30",
        "2021-06-18T09:30+25:00",
        "2021-06-18T09:30 Asia/Shanghai",
        "2021-06-18" + " " * 80 + "x",
        "x" * 200_000,
        "2021-06-18\0",
    ],
)
def test_a_cell_that_is_no_date_is_refused_with_the_way_to_write_it(cell):
    with pytest.raises(InvalidDate) as raised:
        moment_of(cell)
    assert len(raised.value.en) < 250
    assert any(way in raised.value.en for way in ("2021-06-18", "2000-01-01 to 2100-12-31", "use None"))
    assert raised.value.en.isprintable()


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        pytest.param(44365, "the number 44365; is the cell not formatted as a date? (as one it would be 2021-06-18)", id="D27-serial"),
        pytest.param(44365.75, "2021-06-18", id="D27-serial-with-a-time"),
        pytest.param(1623974400, "the number 1623974400; is the cell not formatted as a date?", id="D10-timestamp"),
        pytest.param(0, "the number 0", id="D11-zero"),
        pytest.param(20210618, "the number 20210618", id="eight-digits"),
        pytest.param(float("nan"), "the number nan", id="nan"),
        pytest.param(float("inf"), "the number inf", id="infinite"),
        pytest.param(10**30, "the number 1000000", id="huge"),
        pytest.param(True, "a date is due, got bool", id="truth-value"),
        pytest.param(time(9, 30), "a date is due, got the time 09:30:00 without a day", id="time"),
        pytest.param(timedelta(days=1), "a date is due, got timedelta", id="duration"),
        pytest.param([2021, 6, 18], "a date is due, got list", id="list"),
        pytest.param({"on": "2021-06-18"}, "a date is due, got dict", id="object"),
        pytest.param(b"2021-06-18", "a date is due, got bytes", id="bytes"),
        pytest.param(Uncomputed("=A1"), "a formula without a stored value", id="formula"),
    ],
)  # fmt: skip
def test_a_cell_of_another_kind_says_what_it_is(cell, says):
    with pytest.raises(WrongType) as raised:
        moment_of(cell)
    assert says in raised.value.en
    assert raised.value.zh != raised.value.en


def test_a_spreadsheets_number_typed_as_text_is_recognised():
    """D27 in a CSV file."""
    with pytest.raises(InvalidDate) as raised:
        moment_of("44365")
    assert "(as one it would be 2021-06-18)" in raised.value.en
    assert "（2021-06-18？）" in raised.value.zh


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_every_style_of_a_day_is_the_same_day(day):
    for style in (
        "{0.year:04}-{0.month:02}-{0.day:02}",
        "{0.year}/{0.month}/{0.day}",
        "{0.year}.{0.month}.{0.day}",
        "{0.year}年{0.month}月{0.day}日",
    ):
        assert moment_of(style.format(day)) == day
    assert moment_of(day) == day
    assert read_at(day.isoformat()) == day


@given(
    st.datetimes(
        datetime(2000, 1, 2),  # noqa: DTZ001  # bounds are given without a zone
        datetime(2100, 12, 30),  # noqa: DTZ001  # same
        timezones=st.sampled_from([UTC, BEIJING, timezone(-timedelta(hours=5))]),
    )
)
def test_a_moment_of_any_zone_keeps_its_moment(moment):
    moment = moment.replace(microsecond=0)
    assert moment_of(moment.isoformat()) == moment
    assert read_at(moment.isoformat()) == moment


@given(st.text(max_size=80))
def test_no_text_is_anything_but_a_date_or_an_input_error(text):
    try:
        found = moment_of(text)
    except InputError:
        return
    assert found is None or isinstance(found, date)


# ---- an event ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "local", "read"),
    [
        ("2021-06-18", False, JUNE),
        ("2021-06-18T09:30:00+08:00", False, beijing(9, 30)),
        ("2021-06-18T01:30:00Z", False, beijing(9, 30)),
        ("2021-06-18T09:30", True, beijing(9, 30)),
        pytest.param("2021-06-18T12:00:00", True, beijing(12, 0), id="D28-noon-stays-a-moment"),
        (JUNE, False, JUNE),
        (datetime(2021, 6, 18, 9, 30), True, beijing(9, 30)),  # noqa: DTZ001  # what TOML holds
        (datetime(2021, 6, 18, 1, 30, tzinfo=UTC), True, beijing(9, 30)),
    ],
)
def test_the_time_of_an_event_is_read(value, local, read):
    found = read_at(value, local=local)
    assert found == read
    assert type(found) is type(read)


@pytest.mark.parametrize(
    ("value", "error"),
    [
        pytest.param("2021/06/18", InvalidDate, id="D06-slashes"),
        pytest.param("01/02/03", InvalidDate, id="D08-ambiguous"),
        pytest.param("第10号", InvalidDate, id="D09-fuzzy"),
        pytest.param("2016-12-31T23:59:60Z", InvalidDate, id="D15-leap-second"),
        pytest.param("0000-01-01", InvalidDate, id="D19-year-0"),
        pytest.param("1800-01-01", InvalidDate, id="D17-year-1800"),
        pytest.param("9999-12-31", InvalidDate, id="D18-for-ever"),
        pytest.param("9999-12-31T23:00:00Z", InvalidDate, id="D18-for-ever-with-a-time"),
        pytest.param("2021-02-29", InvalidDate, id="D03-no-leap-year"),
        pytest.param("", InvalidDate, id="empty"),
        pytest.param(" 2021-06-18", InvalidDate, id="blank-in-front"),
        pytest.param("x" * 200_000, InvalidDate, id="long"),
        pytest.param(1623974400, WrongType, id="D10-timestamp"),
        pytest.param(0, WrongType, id="D11-zero"),
        pytest.param(44365, WrongType, id="D27-serial"),
        pytest.param(None, WrongType, id="none"),
        pytest.param(True, WrongType, id="truth-value"),
        pytest.param(["2021-06-18"], WrongType, id="list"),
        pytest.param("2021-06-18T12:00:00", NaiveDatetime, id="D12-no-zone"),
        pytest.param(datetime(2021, 6, 18, 9, 0), NaiveDatetime, id="D12-no-zone-either"),  # noqa: DTZ001  # the case
    ],
)  # fmt: skip
def test_what_is_no_time_of_an_event_is_refused(value, error):
    with pytest.raises(error) as raised:
        read_at(value)
    assert len(raised.value.en) < 250
    row = {"kind": "ticket.received", "at": value, "ticket": "T-1"}
    with pytest.raises(error):
        read_event(row, STANDARD)


def test_a_noon_is_not_taken_for_a_day():
    """D28: an event at noon is a moment, and a day is not a midnight."""
    assert read_at("2021-06-18") != read_at("2021-06-18T00:00:00+08:00")
    assert read_event({"kind": "ticket.received", "at": "2021-06-18T12:00:00+08:00"}, STANDARD).on == JUNE


@given(st.text(max_size=40))
def test_no_text_is_anything_but_the_time_of_an_event_or_an_input_error(text):
    for local in (True, False):
        try:
            found = read_at(text, local=local)
        except InputError:
            continue
        assert isinstance(found, date)
