"""What comes from outside: texts, days, moments, amounts, counts. Case ids of the bad-input catalogue stand in the test ids."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from talentservice.errors import (
    DateOrder,
    InputError,
    InvalidDate,
    InvalidNumber,
    InvalidText,
    NaiveDatetime,
    WrongType,
)
from talentservice.strict import (
    BEIJING,
    Count,
    Id,
    SafeLine,
    SafeText,
    Strict,
    as_amount,
    as_count,
    as_day,
    as_moment,
    clean_text,
    day_of,
    in_order,
)


class Visit(Strict):
    """A model as a region or an importer would write it."""

    id: Id
    name: SafeLine
    about: SafeText = "-"
    times: Count = 1
    on: date | None = None


def case(name, *values):
    return pytest.param(*values, id=name)


# --- texts -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        case("T02-zero-width-space", "张\u200b三", "张三"),
        case("T02-byte-order-mark", "\ufeff张三", "张三"),
        case("T02-soft-hyphen", "talent\u00adservice", "talentservice"),
        case("T02-left-to-right-mark", "张\u200e三", "张三"),
        case("T12-combining-accent-joined", "Jose\u0301", "Jos\u00e9"),
        case("T13-rare-characters-and-middle-dot", "阿卜杜·热合曼 䶮 𬭎", "阿卜杜·热合曼 䶮 𬭎"),
        case("T13-bullet-of-a-minority-name", "古丽•某", "古丽•某"),
        case("T13-private-use-character", "张\ue000", "张\ue000"),
        case("T08-formula", "=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        case("T14-markup", "<script>alert(1)</script>", "<script>alert(1)</script>"),
        case("T15-format-string", "{0.__class__}", "{0.__class__}"),
        case("T15-template", "{{7*7}}", "{{7*7}}"),
        case("lines-and-tabs", "一\n二\t三\r\n", "一\n二\t三\r\n"),
    ],
)
def test_a_text_is_kept_but_for_what_does_not_show(typed, kept):
    assert clean_text(typed) == kept


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        case("T03-lone-surrogate", "\ud800", "U+D800"),
        case("T03-surrogate-inside", "张\udfff三", "U+DFFF"),
        case("T04-nul", "a\0b", "U+0000"),
        case("escape", "\x1b[31mred", "U+001B"),
        case("delete", "a\x7f", "U+007F"),
        case("next-line", "a\x85b", "U+0085"),
        case("right-to-left-override", "txt.\u202eexe", "U+202E"),
        case("direction-isolate", "\u2067abc", "U+2067"),
    ],
)
def test_a_text_with_characters_that_must_not_be_stored_is_refused_by_their_code_point(typed, named):
    with pytest.raises(InvalidText) as refused:
        clean_text(typed)
    assert named in refused.value.en
    assert named in refused.value.zh
    assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    "typed",
    [
        case("T10-line-feed", "张三\n2026-01-01 INFO approved"),
        case("T10-carriage-return", "张三\rINFO"),
        case("T10-line-separator", "张三\u2028INFO"),
        case("T10-paragraph-separator", "张三\u2029INFO"),
        case("T10-tab", "张三\tINFO"),
    ],
)
def test_one_line_fields_hold_one_line(typed):
    assert clean_text(typed) == typed
    with pytest.raises(InvalidText, match="not allowed here"):
        clean_text(typed, lines=False)
    with pytest.raises(ValidationError):
        Visit(id="v", name=typed)


def test_a_line_break_in_a_line_is_explained_in_chinese():  # T10
    with pytest.raises(InvalidText) as refused:
        clean_text("张三\nINFO", lines=False)
    assert refused.value.zh == "此处不能换行"


@pytest.mark.parametrize(
    "typed",
    [
        case("T11-nothing", ""),
        case("T11-spaces", "   "),
        case("T11-ideographic-space", "\u3000 \u3000"),
        case("T11-only-zero-width", "\u200b\ufeff"),
        case("T11-only-line-breaks", "\r\n\t"),
    ],
)
def test_a_text_of_nothing_is_empty(typed):
    with pytest.raises(InvalidText) as refused:
        clean_text(typed)
    assert refused.value.zh == "内容不能为空"


def test_the_longest_text_is_2000_characters_inclusive():
    assert len(clean_text("字" * 2000)) == 2000
    with pytest.raises(InvalidText) as refused:
        clean_text("字" * 2001)
    assert refused.value.zh == "最长 2000 字，收到 2001 字"


def test_a_text_of_ten_million_characters_is_refused_by_its_length():  # T06
    with pytest.raises(InvalidText) as refused:
        clean_text("字" * 10_000_000)
    assert refused.value.zh == "最长 2000 字，收到 10000000 字"
    assert len(refused.value.en) < 100


def test_a_line_loses_the_blanks_around_it():
    assert Visit(id="v", name="　张某 ").name == "张某"


@given(st.text(max_size=60))
def test_a_text_that_is_kept_can_be_stored_and_read_again_and_stays_itself(typed):
    try:
        kept = clean_text(typed)
    except InvalidText:
        return
    assert clean_text(kept) == kept
    assert json.loads(json.dumps(kept, ensure_ascii=False).encode().decode()) == kept
    assert "\0" not in kept


@given(st.text(max_size=60))
def test_a_line_that_is_kept_is_one_line(typed):
    try:
        kept = Visit(id="v", name=typed).name
    except ValidationError:
        return
    assert kept.splitlines() == [kept]


# --- models ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        case("unknown-key", {"nmae": "张某"}),
        case("Q10-true-for-a-count", {"times": True}),
        case("Q11-underscore", {"times": "1_000"}),
        case("Q11-blanks", {"times": " 10 "}),
        case("Q12-full-width-digits", {"times": "１０"}),
        case("Q12-chinese-number", {"times": "十"}),
        case("Q08-beyond-the-store", {"times": 2**63}),
        case("count-of-nothing", {"times": 0}),
        case("D10-timestamp", {"on": 1_623_974_400}),
        case("D11-zero", {"on": 0}),
        case("D28-midnight", {"on": datetime(2021, 6, 18, tzinfo=BEIJING)}),
        case("D28-noon", {"on": datetime(2021, 6, 18, 12, 0, tzinfo=BEIJING)}),
        case("D06-slashes", {"on": "2021/06/18"}),
        case("id-with-capitals", {"id": "Visit 1"}),
        case("id-as-a-path", {"id": "../../etc/passwd"}),
        case("id-too-long", {"id": "v" * 81}),
    ],
)
def test_a_strict_model_converts_nothing_and_knows_its_keys(wrong):
    with pytest.raises(ValidationError) as refused:
        Visit(**{"id": "v", "name": "张某", **wrong})
    assert [e["loc"] for e in refused.value.errors()] == [tuple(wrong)]
    assert "张某" not in str(refused.value)


def test_a_strict_model_is_frozen():
    visit = Visit(id="v", name="张某")
    with pytest.raises(ValidationError, match="frozen"):
        visit.name = "李某"


def test_json_nested_without_end_is_an_error_and_no_crash():  # T07
    with pytest.raises(ValidationError, match="Invalid JSON"):
        Visit.model_validate_json("[" * 100_000)


def test_an_error_of_a_model_keeps_the_value_out_of_its_text():
    with pytest.raises(ValidationError) as refused:
        Visit(id="v", name="张某\n李某")
    assert "张某" not in str(refused.value)


# --- days ------------------------------------------------------------------------------------------------------------


class Stamp(date):
    """A day of a subclass, as libraries for tables have them."""


@pytest.mark.parametrize("day", [date(2000, 1, 1), date(2021, 6, 18), date(2100, 12, 31)])
def test_a_day_of_this_century_is_taken_as_it_is(day):
    assert as_day(day) == day
    assert day_of(day) == day


def test_a_day_of_a_subclass_becomes_a_plain_day():
    assert type(as_day(Stamp(2021, 6, 18))) is date


@pytest.mark.parametrize(
    ("value", "zh"),
    [
        case("D10-timestamp", 1_623_974_400, "应为日期，收到数字 1623974400（空单元格？）"),
        case("D11-empty-cell", 0, "应为日期，收到数字 0（空单元格？）"),
        case("D27-spreadsheet-serial", 44365, "应为日期，收到数字 44365（空单元格？）"),
        case("true", True, "应为日期，收到数字 True（空单元格？）"),
        case("not-a-number", float("nan"), "应为日期，收到数字 nan（空单元格？）"),
        case("huge", 10**5000, "应为日期，收到数字 >10^15（空单元格？）"),
        case("D06-slashes", "2021/06/18", "应为日期，收到str"),
        case("D08-ambiguous", "01/02/03", "应为日期，收到str"),
        case("D09-fuzzy", "第10号", "应为日期，收到str"),
        case("D19-year-0", "0000-01-01", "应为日期，收到str"),
        case("nothing", None, "应为日期，收到NoneType"),
    ],
)
def test_numbers_and_texts_are_no_days(value, zh):
    with pytest.raises(WrongType) as refused:
        as_day(value)
    assert refused.value.zh == zh


@pytest.mark.parametrize(
    "moment",
    [
        case("D28-midnight", datetime(2021, 6, 18, tzinfo=BEIJING)),
        case("D28-noon", datetime(2021, 6, 18, 12, 0, tzinfo=BEIJING)),
        case("D28-naive", datetime(2021, 6, 18, 12, 0)),  # noqa: DTZ001
    ],
)
def test_a_point_in_time_is_no_day(moment):
    with pytest.raises(WrongType) as refused:
        as_day(moment)
    assert refused.value.zh.startswith("应为日期，收到日期时间")


@pytest.mark.parametrize(
    ("day", "zh"),
    [
        case("D17-year-1800", date(1800, 1, 1), "日期 1800-01-01 超出可受理范围（2000-01-01 至 2100-12-31）"),
        case("last-day-before", date(1999, 12, 31), "日期 1999-12-31 超出可受理范围（2000-01-01 至 2100-12-31）"),
        case("first-day-after", date(2101, 1, 1), "日期 2101-01-01 超出可受理范围（2000-01-01 至 2100-12-31）"),
        case("D18-for-ever", date(9999, 12, 31), "请用 None 表示长期有效，不要用 9999-12-31"),
    ],
)
def test_a_day_out_of_range_is_refused(day, zh):
    with pytest.raises(InvalidDate) as refused:
        as_day(day)
    assert refused.value.zh == zh


# --- moments ---------------------------------------------------------------------------------------------------------


def test_a_moment_without_a_zone_is_refused_with_the_fix():  # D12
    with pytest.raises(NaiveDatetime) as refused:
        as_moment(datetime(2021, 6, 18, 9, 0))  # noqa: DTZ001
    assert "talentservice.BEIJING" in refused.value.en
    assert refused.value.zh == "时间缺少时区；请用 datetime(..., tzinfo=talentservice.BEIJING)"


def test_the_day_that_counts_is_the_day_in_beijing():  # D13
    moment = as_moment(datetime(2021, 6, 18, 17, 30, tzinfo=UTC))
    assert (moment.date(), moment.hour, moment.minute) == (date(2021, 6, 19), 1, 30)
    assert day_of(datetime(2021, 6, 18, 17, 30, tzinfo=UTC)) == date(2021, 6, 19)
    assert day_of(datetime(2021, 6, 18, 15, 59, tzinfo=UTC)) == date(2021, 6, 18)


@pytest.mark.parametrize(
    "value",
    [
        case("a-day", date(2021, 6, 18)),
        case("D15-leap-second", "2016-12-31T23:59:60Z"),
        case("D10-timestamp", 1_623_974_400),
        case("nothing", None),
    ],
)
def test_only_a_datetime_is_a_moment(value):
    with pytest.raises(WrongType):
        as_moment(value)


@pytest.mark.parametrize(
    "moment",
    [
        case("D16-summer-time-of-1986", datetime(1986, 5, 4, 2, 30, tzinfo=BEIJING)),
        case("D17-year-1800", datetime(1800, 1, 1, tzinfo=UTC)),
        case("D18-for-ever", datetime(9999, 12, 31, 23, 59, tzinfo=UTC)),
        case("first-hour-of-the-calendar", datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))),
        case("one-minute-too-late", datetime(2100, 12, 31, 16, 0, tzinfo=UTC)),
    ],
)
def test_a_moment_out_of_range_is_refused(moment):
    with pytest.raises(InvalidDate):
        as_moment(moment)


def test_the_range_of_moments_is_counted_in_beijing():
    assert as_moment(datetime(1999, 12, 31, 16, 0, tzinfo=UTC)).date() == date(2000, 1, 1)
    with pytest.raises(InvalidDate):
        as_moment(datetime(1999, 12, 31, 15, 59, tzinfo=UTC))


def test_a_span_must_not_end_before_it_starts():  # D22
    in_order(date(2021, 6, 1), None)
    in_order(date(2021, 6, 1), date(2021, 6, 1))
    with pytest.raises(DateOrder) as refused:
        in_order(date(2021, 7, 1), date(2021, 6, 1))
    assert refused.value.zh == "结束日期早于开始日期：2021-06-01 < 2021-07-01"


# --- amounts and counts ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        (0, Decimal(0)),
        (-3, Decimal(-3)),
        (10**15, Decimal(10**15)),
        (Decimal("0.1"), Decimal("0.1")),
        (Decimal("-1E15"), Decimal(-(10**15))),
    ],
)
def test_an_amount_is_an_exact_number(value, amount):
    assert as_amount(value) == amount
    assert type(as_amount(value)) is Decimal


@pytest.mark.parametrize(
    "value",
    [
        case("Q02-nan-as-a-float", float("nan")),
        case("Q03-infinity-as-a-float", float("inf")),
        case("a-float", 0.1),
        case("Q10-true", True),
        case("Q11-underscore", "1_000"),
        case("Q11-blanks", " 10 "),
        case("Q12-full-width", "１０"),
        case("nothing", None),
    ],
)
def test_floats_texts_and_truth_values_are_no_amounts(value):
    with pytest.raises(WrongType):
        as_amount(value)


@pytest.mark.parametrize(
    ("value", "zh"),
    [
        case("Q02-nan", Decimal("NaN"), "数值无效：NaN"),
        case("Q02-signalling-nan", Decimal("sNaN"), "数值无效：sNaN"),
        case("Q03-infinity", Decimal("Infinity"), "数值无效：Infinity"),
        case("Q03-minus-infinity", Decimal("-Infinity"), "数值无效：-Infinity"),
        case("Q06-exponent-bomb", Decimal("1E+1000000"), "数值超出范围（最大 10^15）"),
        case("Q06-just-beyond", Decimal("1000000000000000.01"), "数值超出范围（最大 10^15）"),
        case("Q06-just-below", Decimal("-1000000000000000.01"), "数值超出范围（最大 10^15）"),
    ],
)
def test_an_amount_is_finite_and_within_range(value, zh):
    with pytest.raises(InvalidNumber) as refused:
        as_amount(value)
    assert refused.value.zh == zh


@pytest.mark.parametrize("value", [case("Q08-beyond-the-store", 2**63), case("Q06-huge", 10**5000), 10**15 + 1])
def test_a_whole_number_beyond_range_is_refused_as_an_amount_and_as_a_count(value):
    with pytest.raises(InvalidNumber, match=r"10\^15"):
        as_amount(value)
    with pytest.raises(InvalidNumber, match=r"10\^15"):
        as_count(value)


@pytest.mark.parametrize(("value", "least"), [(0, 0), (1, 1), (10**15, 0), (-5, -5)])
def test_a_count_is_a_whole_number_from_the_least(value, least):
    assert as_count(value, least=least) == value


@pytest.mark.parametrize(
    "value",
    [
        case("Q10-true", True),
        case("Q11-underscore", "1_000"),
        case("Q11-blanks", " 10 "),
        case("Q12-full-width", "１０"),
        case("Q12-chinese", "十"),
        case("Q02-nan", float("nan")),
        case("a-whole-float", 3.0),
        case("a-decimal", Decimal(3)),
        case("nothing", None),
    ],
)
def test_only_a_whole_number_is_a_count(value):
    with pytest.raises(WrongType) as refused:
        as_count(value)
    assert refused.value.zh == f"应为整数，收到 {type(value).__name__}"


@pytest.mark.parametrize(("value", "least"), [(-1, 0), (0, 1)])
def test_a_count_below_the_least_is_refused(value, least):
    with pytest.raises(InvalidNumber) as refused:
        as_count(value, least=least)
    assert refused.value.zh == f"数值超出范围（{least} 至 10^15）"


@given(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=20),
        st.decimals(),
        st.datetimes(),
        st.datetimes(timezones=st.just(UTC)),
        st.dates(),
    )
)
def test_whatever_is_handed_in_is_taken_or_refused_with_an_input_error(value):
    for take in (as_day, as_moment, as_amount, as_count):
        try:
            take(value)
        except InputError as refused:
            assert refused.en  # noqa: PT017
            assert refused.zh  # noqa: PT017
