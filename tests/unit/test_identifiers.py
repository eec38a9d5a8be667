"""Identifiers: the numbers are invented here, and their check characters are computed from the weights of the standards."""

import pickle
import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from talentservice.errors import InputError, InvalidDate, InvalidIdentifier, WrongType
from talentservice.people.identifiers import (
    IdentityNumber,
    Phone,
    birth_agrees,
    birth_date,
    credit_code,
    identity_number,
    phone_number,
    ticket_number,
)

TODAY = date(2026, 6, 23)

# GB 11643 (MOD 11-2) and GB 32100 (MOD 31-3), written out: the library computes both in other ways.
RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def resident(first17):
    assert len(first17) == 17
    return first17 + "10X98765432"[sum(int(d) * w for d, w in zip(first17, RESIDENT_WEIGHTS, strict=True)) % 11]


def code_of(first17):
    assert len(first17) == 17
    total = sum(CODE_SIGNS.index(c) * w for c, w in zip(first17, CODE_WEIGHTS, strict=True))
    return first17 + CODE_SIGNS[(31 - total % 31) % 31]


def case(name, *values):
    return pytest.param(*values, id=name)


def refusal(read, *args, **kwargs):
    """The error of a refused call, checked to be in two languages and to repeat nothing of the value."""
    with pytest.raises(InvalidIdentifier) as refused:
        read(*args, **kwargs)
    error = refused.value
    assert error.en.isascii()
    assert not error.zh.isascii()
    digits = "".join(c for c in str(args[0]) if c.isdigit())
    for start in range(len(digits) - 4):
        assert digits[start : start + 5] not in error.en + error.zh
    assert error.__cause__ is None
    assert error.__context__ is None
    return error


# --- credit codes ----------------------------------------------------------------------------------------------------

CODE = code_of("91320482MA1ABCDE0")


def test_the_formula_of_these_tests_gives_the_check_character_of_a_published_example():
    assert code_of("91110000600037341") == "91110000600037341L"


@pytest.mark.parametrize(
    "typed",
    [
        case("as-it-is", CODE),
        case("small-letters", CODE.lower()),
        case("blanks", f" {CODE[:8]} {CODE[8:17]} {CODE[17]} "),
        case("hyphens", f"{CODE[:2]}-{CODE[2:8]}-{CODE[8:]}"),
        case("full-width", "".join(chr(ord(c) + 0xFEE0) for c in CODE)),
        case("T02-zero-width", f"\ufeff{CODE[:9]}\u200b{CODE[9:]}"),
    ],
)
def test_a_credit_code_is_brought_to_its_normal_form(typed):
    assert credit_code(typed) == CODE


@pytest.mark.parametrize(
    "first17",
    [
        case("rural-collective", "N2320482MF1234567"),
        case("army", "A1100000MB1234567"),
        case("other", "Y1100000MC1234567"),
        case("department", "11320482014123456"),
        case("only-digits", "91320482123456789"),
    ],
)
def test_every_kind_of_organisation_has_a_code(first17):
    assert credit_code(code_of(first17)) == code_of(first17)


def test_a_wrong_check_character_is_told_with_the_right_one():  # I01
    error = refusal(credit_code, "91110000600037341M")
    assert error.code == "check-digit"
    assert "最后一位应为 L" in error.zh
    assert "the last character should be L" in error.en


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        case("I03-old-registration-number", "110000600037341", "统一社会信用代码应为 18 位；收到 15 位（旧注册号？）"),
        case("I03-17", CODE[:17], "统一社会信用代码应为 18 位；收到 17 位"),
        case("I03-19", CODE + "0", "统一社会信用代码应为 18 位；收到 19 位"),
        case("empty", "", "统一社会信用代码应为 18 位；收到 0 位"),
    ],
)
def test_a_credit_code_has_18_characters(typed, told):
    error = refusal(credit_code, typed)
    assert error.code == "length"
    assert error.zh == told


@pytest.mark.parametrize(
    "typed",
    [
        case("letter-I", CODE[:9] + "I" + CODE[10:]),
        case("letter-O", CODE[:9] + "O" + CODE[10:]),
        case("letter-in-the-division", CODE[:3] + "A" + CODE[4:]),
        case("placeholder-of-zeros", "0" * 18),
        case("T17-circled-digit", "①" + CODE[1:]),
        case("T17-arabic-digit", CODE[:2] + "\u0663" + CODE[3:]),
        case("chinese", "统" + CODE[1:]),
    ],
)
def test_a_credit_code_has_its_own_letters(typed):
    assert refusal(credit_code, typed).code == "characters"


def test_a_masked_credit_code_is_no_data():
    assert refusal(credit_code, "9132**********ABC1").code == "masked"


@given(st.text("123456789", min_size=8, max_size=8), st.text(CODE_SIGNS, min_size=9, max_size=9), st.data())
def test_every_single_wrong_character_of_a_credit_code_is_found(head, tail, data):
    code = code_of(head + tail)
    assert credit_code(code) == code
    place = data.draw(st.integers(0, 17))
    other = data.draw(st.sampled_from(CODE_SIGNS))
    assume(other != code[place])
    refusal(credit_code, code[:place] + other + code[place + 1 :])


# --- identity numbers ------------------------------------------------------------------------------------------------


def test_the_formula_of_these_tests_gives_the_check_digit_typed_by_hand():
    # 7*3+9*2+10*0+5*4+8*8+4*2+2*1+1*9+6*9+3*0+7*0+9*1+10*0+5*1+8*0+4*0+2*1 = 212 = 19*11 + 3, and 3 stands for 9
    assert resident("32048219900101001") == "320482199001010019"


@pytest.mark.parametrize(
    ("first17", "birth"),
    [
        case("I07-jintan-district-2015-born-1992", "32048219920601001", date(1992, 6, 1)),
        case("I07-nanhai-district-2002-born-1990", "44060519900815002", date(1990, 8, 15)),
        case("I07-lanshan-district-1994-born-1990", "37130219901231003", date(1990, 12, 31)),
        case("I07-county-born-before-numbers", "44062219750203004", date(1975, 2, 3)),
        case("leap-day", "32058320000229005", date(2000, 2, 29)),
        case("born-today", "32128320260623006", TODAY),
        case("120-years-old-today", "32128319060623006", date(1906, 6, 23)),
    ],
)
def test_a_resident_is_accepted_whatever_the_age_of_the_county(first17, birth):
    read = identity_number(resident(first17), on=TODAY)
    assert read == IdentityNumber(resident(first17), "resident", birth)


@pytest.mark.parametrize(
    ("first17", "kind"),
    [
        case("hong-kong", "81000019851111001", "hk-mo-tw-residence"),
        case("macao", "82000019851111001", "hk-mo-tw-residence"),
        case("taiwan", "83000019851111001", "hk-mo-tw-residence"),
        case("I09-foreigner-2023", "93284019851111001", "foreigner-residence"),
    ],
)
def test_residence_permits_of_18_digits_are_identity_numbers(first17, kind):
    read = identity_number(resident(first17), on=TODAY)
    assert (read.kind, read.birth) == (kind, date(1985, 11, 11))


def test_the_foreigners_card_of_2017_has_three_letters_and_twelve_digits():  # I09
    read = identity_number("usa 3205 851111 02", on=TODAY)
    assert read == IdentityNumber("USA320585111102", "foreigner-residence", None)


@pytest.mark.parametrize("wrap", ["{} ", "　{}", "\u200b{}", "\u202d{}\u202c"])
def test_an_identity_number_loses_what_surrounds_it(wrap):
    number = resident("32048219900101001")
    assert identity_number(wrap.format(number), on=TODAY).number == number


def test_an_identity_number_may_be_grouped_full_width_and_end_in_a_small_x():
    number = resident("32048219900101006")
    assert number[-1] == "X"
    assert identity_number(f"{number[:6]} {number[6:14]}-{number[14:17]}x", on=TODAY).number == number
    wide = "".join(chr(ord(c) + 0xFEE0) for c in number)
    assert identity_number(wide, on=TODAY).number == number


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        case("I10-old-number", "320482900101001", "length"),
        case("too-short", "32048219900101001", "length"),
        case("too-long", "3204821990010100199", "length"),
        case("empty", "", "length"),
        case("endless", "3" * 100_000, "length"),
        case("letter-inside", "32048219900101A019", "characters"),
        case("X-inside", "3204821990010X0019", "characters"),
        case("starts-with-0", "020482199001010019", "characters"),
        case("T17-arabic-digits", "\u0663" + "20482199001010019", "characters"),
        case("wrong-check-digit", "320482199001010018", "check-digit"),
        case("two-digits-changed-over", "320482199001100019", "check-digit"),
        case("I16-masked", "320***********0010", "masked"),
        case("I16-masked-in-full-width", "320＊＊＊＊＊＊＊＊＊＊＊0010", "masked"),
    ],
)
def test_an_identity_number_is_refused_with_its_reason(typed, code):
    assert refusal(identity_number, typed, on=TODAY).code == code


def test_the_old_number_of_15_digits_is_refused_with_a_hint():  # I10
    assert refusal(identity_number, "320482900101001", on=TODAY).zh == "15 位旧号码请先换成 18 位"


@pytest.mark.parametrize(
    "first17",
    [
        case("D25-born-2199", "32058321990101001"),
        case("D25-born-tomorrow", "32128320260624006"),
        case("D25-120-years-and-a-day", "32128319060622006"),
        case("month-13", "32048219901301001"),
        case("30-february", "32048219900230001"),
        case("no-leap-year", "32048219000229001"),
        case("year-0", "32048200000101001"),
    ],
)
def test_an_identity_number_needs_a_possible_birth(first17):
    error = refusal(identity_number, resident(first17), on=TODAY)
    assert error.code == "birth-date"


def test_without_a_day_only_the_form_is_judged():
    assert identity_number(resident("32128319000101006"), on=None).birth == date(1900, 1, 1)
    assert identity_number(resident("32128321001231006"), on=None).birth == date(2100, 12, 31)
    for first17 in ("32128318991231006", "32128321010101006", "32058321990101001"):
        assert refusal(identity_number, resident(first17), on=None).code == "birth-date"


@pytest.mark.parametrize(
    "value",
    [
        case("I12-float", 3.20482199001010e17),
        case("I12-whole-number", 320482199001010019),
        case("I12-huge", 10**5000),
        case("I12-nan", float("nan")),
    ],
)
@pytest.mark.parametrize("read", [lambda v: identity_number(v, on=TODAY), credit_code, phone_number])
def test_a_number_of_a_spreadsheet_has_lost_its_last_digits(read, value):
    with pytest.raises(WrongType) as refused:
        read(value)
    assert "of 18 the last 3 are lost" in refused.value.en
    assert "18 位号码末 3 位已丢失" in refused.value.zh
    assert "204821990" not in refused.value.en + refused.value.zh


@pytest.mark.parametrize("read", [lambda v: identity_number(v, on=TODAY), credit_code, phone_number, ticket_number])
@pytest.mark.parametrize("value", [None, b"320482199001010019", ["13812345678"], date(1990, 1, 1)])
def test_only_text_is_read(read, value):
    with pytest.raises(WrongType):
        read(value)


@given(
    st.integers(100000, 999999), st.dates(date(1907, 1, 1), TODAY), st.integers(0, 999), st.integers(0, 17), st.data()
)
def test_every_single_wrong_digit_of_an_identity_number_is_found(area, birth, order, place, data):
    number = resident(f"{area}{birth:%Y%m%d}{order:03}")
    assert identity_number(number, on=TODAY).birth == birth
    other = data.draw(st.sampled_from("0123456789X"))
    assume(other != number[place])
    refusal(identity_number, number[:place] + other + number[place + 1 :], on=TODAY)


def test_an_identity_number_does_not_show_itself_or_its_birth():
    number = resident("32048219920601001")
    read = identity_number(number, on=TODAY)
    for shown in (repr(read), str(read), f"{read}", f"{[read]}"):
        assert "320***********0012" in shown
        assert number[3:14] not in shown
        assert "1992" not in shown


# --- birth dates -----------------------------------------------------------------------------------------------------


def test_a_birth_date_agrees_with_the_number_or_is_a_contradiction():  # I13
    read = identity_number(resident("32048219900101001"), on=TODAY)
    birth_agrees(read, date(1990, 1, 1))
    with pytest.raises(InvalidIdentifier) as refused:
        birth_agrees(read, date(1990, 1, 2))
    assert refused.value.code == "contradiction"
    assert refused.value.zh == "出生日期与身份证号不一致"
    assert "1990" not in refused.value.en + refused.value.zh


def test_a_number_without_a_birth_date_agrees_with_any():
    birth_agrees(identity_number("USA320585111102", on=TODAY), date(1990, 1, 2))


def test_a_point_in_time_is_no_birth_date():
    with pytest.raises(WrongType):
        birth_agrees(identity_number(resident("32048219900101001"), on=TODAY), datetime(1990, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("birth", [TODAY, date(1906, 6, 23), case("D16-summer-time", date(1986, 5, 4))])
def test_a_birth_date_is_a_day_of_a_lifetime(birth):
    assert birth_date(birth, on=TODAY) == birth


@pytest.mark.parametrize(
    "birth",
    [case("D25-tomorrow", date(2026, 6, 24)), case("D25-2199", date(2199, 1, 1)), case("D25-old", date(1906, 6, 22))],
)
def test_a_birth_date_later_than_today_or_before_living_memory_is_refused(birth):
    with pytest.raises(InvalidDate) as refused:
        birth_date(birth, on=TODAY)
    assert str(birth.year) not in refused.value.en + refused.value.zh


@pytest.mark.parametrize(
    "value",
    [case("D10-timestamp", 631152000), case("D11-zero", 0), "1990-01-01", None, datetime(1990, 1, 1, tzinfo=UTC)],
)
def test_a_birth_date_is_a_date(value):
    with pytest.raises(WrongType):
        birth_date(value, on=TODAY)


def test_the_day_itself_is_a_day():
    with pytest.raises(WrongType):
        birth_date(date(1990, 1, 1), on=datetime(2026, 6, 23, tzinfo=UTC))


# --- phones ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        case("mobile", "13812345678", Phone("86", None, "13812345678")),
        case("mobile-hyphens", "138-1234-5678", Phone("86", None, "13812345678")),
        case("mobile-other-groups", "1381 234 5678", Phone("86", None, "13812345678")),
        case("mobile-full-width", "１３８１２３４５６７８", Phone("86", None, "13812345678")),
        case("mobile-199", "19912345678", Phone("86", None, "19912345678")),
        case("T02-from-an-address-book", "\u202d138 1234 5678\u202c", Phone("86", None, "13812345678")),
        case("I15-plus-86", "+86 138 1234 5678", Phone("86", None, "13812345678")),
        case("I15-plus-86-brackets", "(+86)13812345678", Phone("86", None, "13812345678")),
        case("I15-0086", "0086-13812345678", Phone("86", None, "13812345678")),
        case("I15-86", "8613812345678", Phone("86", None, "13812345678")),
        case("I15-landline", "0519-82821234", Phone("86", "0519", "82821234")),
        case("I15-landline-brackets", "(0519)82821234", Phone("86", "0519", "82821234")),
        case("I15-landline-long-dash", "0519—8282 1234", Phone("86", "0519", "82821234")),
        case("I15-landline-joined", "051982821234", Phone("86", "0519", "82821234")),
        case("I15-landline-of-seven", "0539-8212345", Phone("86", "0539", "8212345")),
        case("I15-landline-of-a-metropolis", "010-82821234", Phone("86", "010", "82821234")),
        case("I15-landline-from-abroad", "+86 519 82821234", Phone("86", "0519", "82821234")),
        case("I15-metropolis-from-abroad", "+86-10-82821234", Phone("86", "010", "82821234")),
        case("I15-extension", "0519-82821234转801", Phone("86", "0519", "82821234", "801")),
        case("I15-extension-spaced", "0519-82821234 转 801", Phone("86", "0519", "82821234", "801")),
        case("I15-extension-ext", "0519-82821234 ext. 801", Phone("86", "0519", "82821234", "801")),
        case("I15-extension-hyphen", "0519-82821234-801", Phone("86", "0519", "82821234", "801")),
        case("I15-extension-all", "+86-519-8282-1234分机801", Phone("86", "0519", "82821234", "801")),
    ],
)
def test_a_phone_number_is_taken_apart(typed, phone):
    assert phone_number(typed) == phone
    assert phone_number(phone.written) == phone


@pytest.mark.parametrize(
    ("phone", "written"),
    [
        (Phone("86", None, "13812345678"), "13812345678"),
        (Phone("86", "0519", "82821234"), "0519-82821234"),
        (Phone("86", "0519", "82821234", "801"), "0519-82821234-801"),
    ],
)
def test_a_phone_number_is_written_as_it_is_dialled_in_the_country(phone, written):
    assert phone.written == written


@pytest.mark.parametrize(
    "typed",
    [
        case("I14-starts-12", "12812345678"),
        case("I14-starts-10", "10812345678"),
        case("I14-ten-digits", "1381234567"),
        case("I14-twelve-digits", "138123456789"),
        case("I14-letters", "1381234567A"),
        case("I14-plus-86-ten-digits", "+86 1381234567"),
        case("no-area-code", "82821234"),
        case("area-code-of-nowhere", "0119-82821234"),
        case("metropolis-with-seven-digits", "010-8282123"),
        case("landline-starting-with-1", "0519-12821234"),
        case("nine-digits", "0519-828212345"),
        case("endless-extension", "0519-82821234转12345678"),
        case("T17-circled", "1381234567⑧"),
        case("T17-arabic", "138١٢٣٤٥٦٧٨"),
        case("words", "请打办公室"),
        case("empty", ""),
        case("several-in-one-as-an-abbreviation", "0519-82821234/5"),
    ],
)
def test_what_is_no_phone_number_is_refused(typed):
    error = refusal(phone_number, typed)
    assert error.code == "form"
    assert "手机号应为 13 至 19 开头的 11 位数字" in error.zh


@pytest.mark.parametrize(
    "typed",
    [
        "13812345678 13912345678",
        "13812345678/13912345678",
        "13812345678、13912345678",
        "13812345678，13912345678",
        "13812345678\n0519-82821234",
        "13812345678或13912345678",
        "0519-82821234; 0519-82821235",
    ],
)
def test_two_numbers_in_one_place_are_refused(typed):  # I15
    error = refusal(phone_number, typed)
    assert error.code == "several"
    assert error.zh == "单元格里有两个号码，请分两列"


@pytest.mark.parametrize("typed", ["138****5678", "138＊＊＊＊5678", "138●●●●5678", "0519-****1234"])
def test_a_masked_number_is_no_data(typed):  # I16
    error = refusal(phone_number, typed)
    assert error.code == "masked"
    assert error.zh == "号码已脱敏，不能作为电话号码导入"


def test_a_phone_does_not_show_itself():
    for shown in (repr(phone_number("13812345678")), f"{phone_number('13812345678')}"):
        assert "138****5678" in shown
        assert "1234" not in shown
    assert "8282" not in repr(phone_number("0519-82821234"))


@given(st.text("+0123456789-() 转extEXT#*/,、和①٣", max_size=70))
def test_a_phone_number_that_is_taken_reads_back_as_itself(typed):
    try:
        phone = phone_number(typed)
    except InputError:
        return
    assert phone_number(phone.written) == phone
    assert phone.number.isascii()
    assert phone.number.isdigit()


# --- ticket numbers --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["1", "GD-2021-0001", "jt20210618-001", "A" * 64, "CON1", "COM10", "nullable"])
def test_a_ticket_number_stays_as_it_is(typed):
    assert ticket_number(typed) == typed


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        case("T17-circled-digit", "①", "characters"),
        case("T17-arabic-digits", "GD-٢٠٢١", "characters"),
        case("T17-full-width-digits", "GD-２０２１", "characters"),
        case("T17-full-width-hyphen", "GD－2021", "characters"),
        case("T17-superscript", "GD-2²", "characters"),
        case("T17-kelvin-sign", "\u212a-1", "characters"),
        case("T02-zero-width", "GD\u200b-1", "characters"),
        case("T04-nul", "GD\0", "characters"),
        case("T10-line-feed", "GD-1\n", "characters"),
        case("I19-parent-folder", "../../etc/passwd", "characters"),
        case("I19-windows-path", "..\\x", "characters"),
        case("I19-drive", "C:1", "characters"),
        case("I19-dot", "1.txt", "characters"),
        case("I19-device", "CON", "form"),
        case("I19-device-in-small-letters", "nul", "form"),
        case("I19-device-with-a-number", "Com1", "form"),
        case("option", "-rf", "characters"),
        case("blank", "GD 1", "characters"),
        case("empty", "", "characters"),
        case("too-long", "A" * 65, "length"),
        case("endless", "9" * 10_000_000, "length"),
    ],
)
def test_a_ticket_number_is_ascii_and_safe_in_a_file_name(typed, code):
    with pytest.raises(InvalidIdentifier) as refused:
        ticket_number(typed)
    assert refused.value.code == code
    if code == "characters":
        assert refused.value.zh == "编号只能用 0-9 A-Z a-z -，并以字母或数字开头"


# --- all of them -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("read", [lambda v: identity_number(v, on=TODAY), credit_code, phone_number, ticket_number])
@pytest.mark.parametrize("unit", ["1", "13", "0519-", "1-", "-", " ", "(", "+86", "a", "字", "0519-82821234-"])
def test_no_text_takes_long_to_refuse(read, unit):  # T16
    for length in (60, 1_000_000):
        started = time.process_time()
        with pytest.raises(InputError):
            read((unit * length)[:length] + "!")
        assert time.process_time() - started < 1


@given(st.one_of(st.text(max_size=80), st.none(), st.integers(), st.floats(), st.binary(max_size=5)))
def test_whatever_is_handed_in_is_taken_or_refused_with_an_input_error(value):
    for read in (credit_code, phone_number, ticket_number, lambda v: identity_number(v, on=TODAY)):
        try:
            read(value)
        except InputError as refused:
            assert refused.en  # noqa: PT017
            assert refused.zh  # noqa: PT017


def test_an_error_can_be_sent_to_another_process():
    error = refusal(credit_code, "12345")
    sent = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (sent.en, sent.zh, sent.code) == (error.en, error.zh, "length")
