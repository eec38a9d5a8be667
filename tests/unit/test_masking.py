"""What may be shown of a person, and free text without numbers that lead to one."""

import re
import time

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from talentservice.errors import InvalidText
from talentservice.people.masking import mask_identity, mask_name, mask_phone, scrub

MOBILE = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
RESIDENT = st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True)
CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=8)


def case(name, *values):
    return pytest.param(*values, id=name)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        case("X03-two", "张三", "张*"),
        case("X03-four", "欧阳娜娜", "欧***"),
        case("one", "张", "*"),
        case("none", "", ""),
        case("T13-middle-dot", "阿卜杜·热合曼", "阿******"),
        case("T13-rare", "𬭎某", "𬭎*"),
        case("latin", "Ada Example", "A**********"),
    ],
)
def test_of_a_name_the_first_character_is_shown(name, shown):
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        case("X03-mobile", "13812345678", "138****5678"),
        case("grouped", "138-1234-5678", "138****5678"),
        case("full-width", "１３８１２３４５６７８", "138****5678"),
        case("landline", "0519-82821234", "051*****1234"),
        case("extension", "0519-82821234-801", "051********4801"),
        case("country", "+8613812345678", "861******5678"),
        case("short", "82821234", "********"),
        case("ten-digits", "1381234567", "**********"),
        case("masked", "138****5678", "*******"),
        case("words", "张三的手机13812345678", "138****5678"),
        case("none", "", ""),
    ],
)
def test_of_a_phone_number_the_ends_are_shown(phone, shown):
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        case("X03-resident", "320482199001010010", "320***********0010"),
        case("small-x", "32048219900101006x", "320***********006x"),
        case("grouped", "320482 19900101 0010", "320***********0010"),
        case("old", "320482900101001", "320********1001"),
        case("foreigner-2017", "USA320585111102", "USA********1102"),
        case("short", "3204821990", "**********"),
        case("none", "", ""),
    ],
)
def test_of_an_identity_number_the_ends_are_shown(number, shown):
    assert mask_identity(number) == shown


@given(st.text(max_size=30))
def test_a_masked_name_shows_one_character_at_most_and_stays_as_long(name):
    shown = mask_name(name)
    assert len(shown) == len(name)
    assert set(shown[1:]) <= {"*"}
    assert mask_name(shown) == shown


@given(st.text(st.sampled_from("0123456789*-+ 转ext张X"), max_size=40))
def test_a_masked_number_shows_seven_signs_at_most_and_never_those_between(typed):
    for mask in (mask_phone, mask_identity):
        shown = mask(typed)
        assert re.fullmatch(r"[0-9A-Za-z]{3}\*{4,}[0-9A-Za-z]{4}|\*{0,10}", shown)


@given(MOBILE)
def test_a_masked_mobile_hides_its_four_middle_digits(number):
    assert mask_phone(number) == f"{number[:3]}****{number[7:]}"
    assume(number[3:7] != number[7:])
    assert number[3:7] not in mask_phone(number)


@given(RESIDENT)
def test_a_masked_identity_number_hides_county_and_birth(number):
    assert mask_identity(number) == f"{number[:3]}***********{number[14:]}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        case("X06-mobile", "请联系13812345678", "请联系138****5678"),
        case("X06-identity", "身份证320482199001010019，已核", "身份证320***********0019，已核"),
        case("identity-with-x", "号码32048219900101006x。", "号码320***********006x。"),
        case("after-letters", "ID320482199001010019", "ID320***********0019"),
        case("identity-grouped", "320482 19900101 0019", "320*** ******** 0019"),
        case("identity-in-fours", "320482 1990 0101 0019", "320*** **** **** 0019"),
        case("old-identity", "旧号320482900101001", "旧号320********1001"),
        case("foreigner-2017", "证件USA320585111102号", "证件USA********1102号"),
        case("mobile-grouped", "电话138 1234 5678转", "电话138 **** 5678转"),
        case("mobile-hyphens", "138-1234-5678", "138-****-5678"),
        case("mobile-dots", "138.1234.5678", "138.****.5678"),
        case("mobile-other-groups", "1381 2345 678", "138* ***5 678"),
        case("mobile-hidden-marks", "138\u200b1234\u200b5678", "138\u200b****\u200b5678"),
        case("mobile-full-width", "电话：１３８１２３４５６７８", "电话：１３８****５６７８"),
        case("mobile-country", "+86 13812345678", "+86 1******5678"),
        case("mobile-country-without-plus", "8613812345678", "861******5678"),
        case("landline", "办公室0519-82821234", "办公室051*-****1234"),
        case("landline-brackets", "(0519)82821234", "(051*)****1234"),
        case("landline-metropolis", "010-82821234", "010-****1234"),
        case("landline-country", "+86 519 8282 1234", "+86 5** **** 1234"),
        case("two", "13812345678、13912345679", "138****5678、139****5679"),
        case("run-together", "13812345678320482199001010019", "138**********************0019"),
        case("bank-card", "卡号6222020200112233445", "卡号622************3445"),
        case("number-of-digits-without-end", "7" * 500, "777" + "*" * 493 + "7777"),
    ],
)
def test_free_text_loses_the_numbers_that_lead_to_a_person(text, shown):
    assert scrub(text) == shown
    assert scrub(shown) == shown


@pytest.mark.parametrize(
    "text",
    [
        case("plain", "子女入学咨询，请于7个工作日内答复"),
        case("dates", "2021-06-18至2021-07-01，即20210618-20210701"),
        case("moment", "2021-06-18 09:30:00"),
        case("money", "资助400000元，总投资80000000.00元"),
        case("credit-code", "统一社会信用代码91320482MA1ABCDE04"),
        case("credit-code-of-digits-and-a-letter", "91110000600037341L"),
        case("short-number", "拨打12345或82821234"),
        case("eleven-digits-starting-12", "编号12812345678"),
        case("ticket", "工单GD-2021-0001"),
        case("clause", "依据 nanhai:三(二)3-1"),
        case("formula", "=cmd|' /C calc'!A0"),
        case("empty", ""),
    ],
)
def test_free_text_keeps_what_leads_to_nobody(text):
    assert scrub(text) == text


@given(CHINESE, MOBILE, CHINESE, RESIDENT, CHINESE)
def test_numbers_between_chinese_characters_are_found(before, mobile, between, resident, after):
    assume(between)
    shown = scrub(before + mobile + between + resident + after)
    assert shown == before + mask_phone(mobile) + between + mask_identity(resident) + after


@given(st.text("0123456789*+86１２-. ()xXABC张\u200b\n", max_size=80))
@example("13812340519 82821234")
@example("+86 (0519)82821234 13812345678")
@example("USA320585111102320482199001010019")
def test_scrubbing_twice_changes_nothing_more_and_the_length_stays(text):
    once = scrub(text)
    assert len(once) == len(text)
    assert scrub(once) == once
    assert all(now in ("*", was) for was, now in zip(text, once, strict=True))


@given(st.text(max_size=200))
def test_any_text_can_be_scrubbed(text):
    assert len(scrub(text)) == len(text)


@pytest.mark.parametrize(
    "unit", ["1", "138 ", "0519-", "0", "3204821990 ", "320482 1990 ", "+86 ", "86", "A", "USA3", "x1"]
)
def test_no_text_takes_long_to_scrub(unit):  # T16
    text = (unit * 100_000)[:100_000]
    started = time.process_time()
    scrub(text)
    assert time.process_time() - started < 1


def test_a_text_beyond_the_cap_is_refused_before_it_is_searched():  # T06
    with pytest.raises(InvalidText) as refused:
        scrub("字" * 10_000_000)
    assert refused.value.zh == "文本过长，无法脱敏：最长 100000 字，收到 10000000 字"
