"""Credit codes, identity numbers, phones, ticket numbers: refused with the reason, never repeated in errors.

`InvalidIdentifier.code` names the case: length, characters, check-digit, birth-date, contradiction, masked,
several, form.
"""

import re
from datetime import date, datetime
from typing import Literal

from attrs import field, frozen

from talentservice.errors import InvalidDate, InvalidIdentifier, WrongType
from talentservice.people.masking import WIDTH, mask_identity, mask_phone
from talentservice.strict import LAST_DAY, as_day

IdentityKind = Literal["resident", "hk-mo-tw-residence", "foreigner-residence"]

FIRST_BIRTH, OLDEST = date(1900, 1, 1), 120
CODE_LENGTH, OLD_LENGTH = 18, 15
SHORTEST_PHONE, LONGEST_TYPED, LONGEST_TICKET = 7, 60, 64
RESERVED = {"CON", "PRN", "AUX", "NUL"} | {f"{device}{n}" for device in ("COM", "LPT") for n in range(10)}

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u202d\u2060\ufeff"))
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
# Area codes of three digits (010, 02x) go with eight digits, those of four with seven or eight.
_LANDLINE = re.compile(
    r"(?:(0(?:10|2[0-9]))-?([2-9][0-9]{3}-?[0-9]{4})|(0[3-9][0-9]{2})-?([2-9][0-9]{2,3}-?[0-9]{4}))"
    r"(?:(?:转|分机|EXT[.:]?|X|#|-)([0-9]{1,6}))?"
)


@frozen
class IdentityNumber:
    """A number of an identity or residence card; `birth` is None for the foreigner's card of 2017."""

    number: str = field(repr=mask_identity)
    kind: IdentityKind
    birth: date | None = field(default=None, repr=False)


@frozen
class Phone:
    """A telephone number in its parts; `area` is None for a mobile."""

    country: str
    area: str | None
    number: str = field(repr=mask_phone)
    extension: str | None = None

    @property
    def written(self) -> str:
        """The number as dialled in the country, such as 0519-8xxxxxxx-801; `phone_number` reads it back."""
        return "-".join(part for part in (self.area, self.number, self.extension) if part)


def credit_code(text: object) -> str:
    """Return a unified social credit code (统一社会信用代码, GB 32100) of 18 characters in capitals.

    Raises:
        InvalidIdentifier: wrong length, characters or check character.
        WrongType: not a text.
    """
    from stdnum.cn import uscc

    code = _compact(text, "credit code", "统一社会信用代码")
    if len(code) != CODE_LENGTH:
        old = len(code) == OLD_LENGTH
        raise _wrong(
            "length",
            f"a credit code has 18 characters; got {len(code)}" + (" (an old registration number?)" if old else ""),
            f"统一社会信用代码应为 18 位；收到 {len(code)} 位" + ("（旧注册号？）" if old else ""),
        )
    # Not uscc.validate: it refuses the letters GB 32100 allows in front (N villages, A army, Y other).
    if not re.fullmatch(r"[1-9ANY][0-9A-HJ-NPQRTUWXY][0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}", code):
        raise _wrong(
            "characters",
            "a credit code holds digits and capitals without I, O, S, V and Z; characters 3 to 8 are digits",
            "统一社会信用代码只含数字和大写字母（不用 I、O、S、V、Z），第 3 至 8 位为数字",
        )
    last = str(uscc.calc_check_digit(code))
    if code[-1] != last:
        raise _wrong(
            "check-digit",
            f"the credit code fails its check: the last character should be {last}, or another is mistyped",
            f"统一社会信用代码校验位错误：最后一位应为 {last}，或其他位有误",
        )
    return code


def identity_number(text: object, *, on: date | None) -> IdentityNumber:
    """Read an identity number by length, characters, check digit and birth date, not by its county code.

    A county may be younger than those born there: numbers were given out from 1984, with the codes of then.

    Args:
        text: 18 characters, or three letters and 12 digits for the foreigner's residence card of 2017.
        on: the day on which the age has to be possible (born by then, at most 120 years before); None where
            no day is known: the birth then lies between 1900 and 2100.

    Raises:
        InvalidIdentifier: wrong length, characters, check digit or birth date.
        WrongType: not a text; a number has lost its last digits.
    """
    from stdnum.iso7064 import mod_11_2

    number = _compact(text, "identity number", "身份证件号码")
    if re.fullmatch(r"[A-Z]{3}[0-9]{12}", number):
        return IdentityNumber(number, "foreigner-residence")
    if re.fullmatch(r"[0-9]{15}", number):
        raise _wrong("length", "a number of 15 digits is an old one; use that of 18", "15 位旧号码请先换成 18 位")
    if len(number) != CODE_LENGTH:
        raise _wrong(
            "length",
            f"an identity number has 18 characters; got {len(number)}",
            f"身份证件号码应为 18 位；收到 {len(number)} 位",
        )
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", number):
        raise _wrong(
            "characters",
            "an identity number is 17 digits and a digit or X, not starting with 0",
            "身份证件号码应为 17 位数字加一位数字或 X，首位不为 0",
        )
    if not mod_11_2.is_valid(number):
        raise _wrong("check-digit", "the identity number fails its check digit", "身份证件号码校验位错误")
    birth = _birth(number)
    if birth is None or not _plausible(birth, on):
        raise _wrong(
            "birth-date",
            "the birth date in the identity number is not possible",
            "身份证件号码中的出生日期无效或不合理",
        )
    return IdentityNumber(number, _kind(number), birth)


def birth_date(value: object, *, on: date | None) -> date:
    """Return a birth date: a plain day by `on` and at most 120 years before; with None from 1900 to 2100.

    Raises:
        WrongType: a number, a text or a point in time.
        InvalidDate: not a possible birth date.
    """
    if isinstance(value, datetime) or not isinstance(value, date):
        kind = type(value).__name__
        raise WrongType(f"a birth date is a date, got {kind}", f"出生日期应为日期，收到 {kind}")
    if not _plausible(value, on):
        raise InvalidDate("the birth date lies in the future or too far back", "出生日期晚于今天或过早")
    return value


def birth_agrees(identity: IdentityNumber, birth: date) -> None:
    """Raise InvalidIdentifier when the number holds another birth date; one without agrees with any."""
    if identity.birth not in (None, birth_date(birth, on=None)):
        raise _wrong("contradiction", "the birth date and the identity number disagree", "出生日期与身份证号不一致")


def phone_number(text: object) -> Phone:
    """Read one number of the mainland: a mobile, or a landline with its area code and perhaps an extension.

    Raises:
        InvalidIdentifier: masked, two numbers in one, or not such a number.
        WrongType: not a text.
    """
    typed = _typed(text, "phone number", "电话号码")
    parts = re.split(r"[\s/、,;|或和]+", typed)
    if sum(len(re.findall("[0-9]", part)) >= SHORTEST_PHONE for part in parts) > 1:
        raise _wrong("several", "two numbers in one place; put them into two", "单元格里有两个号码，请分两列")
    plain = re.sub(r"[\s()]", "", typed)
    if abroad := re.match(r"(?:\+|00)86-?|86-?(?=1[3-9][0-9-]{9})", plain):
        plain = plain[abroad.end() :]
        if not plain.startswith(("0", "13", "14", "15", "16", "17", "18", "19")):
            plain = "0" + plain  # dialled from abroad, the area code goes without its 0
    if _MOBILE.fullmatch(plain.replace("-", "")):
        return Phone("86", None, plain.replace("-", ""))
    found = _LANDLINE.fullmatch(plain)
    if found is None:
        raise _wrong(
            "form",
            "a mobile number has 11 digits starting 13 to 19; a landline its area code, as in 0519-8xxxxxxx",
            "手机号应为 13 至 19 开头的 11 位数字；固定电话应带区号，如 0519-8xxxxxxx",
        )
    area, number = found[1] or found[3], found[2] or found[4]
    return Phone("86", area, number.replace("-", ""), found[5])


def ticket_number(text: object) -> str:
    """Return a ticket number unchanged: up to 64 ASCII letters, digits and hyphens, safe in a file name.

    Raises:
        InvalidIdentifier: other characters (look-alike digits, dots, slashes), too long, a device name (CON).
        WrongType: not a text.
    """
    if not isinstance(text, str):
        raise WrongType(
            f"a ticket number is text, got {type(text).__name__}", f"编号应为文本，收到 {type(text).__name__}"
        )
    if len(text) > LONGEST_TICKET:
        raise _wrong(
            "length",
            f"a ticket number has at most {LONGEST_TICKET} characters",
            f"编号最长 {LONGEST_TICKET} 位",
        )
    if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z-]*", text):
        raise _wrong(
            "characters",
            "a ticket number holds only 0-9 A-Z a-z -, and starts with a letter or digit",
            "编号只能用 0-9 A-Z a-z -，并以字母或数字开头",
        )
    if text.upper() in RESERVED:
        raise _wrong("form", "a ticket number must not be a device name", "编号不能是 Windows 保留的设备名")
    return text


def _birth(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def _kind(number: str) -> IdentityKind:
    if number.startswith("9"):
        return "foreigner-residence"
    return "hk-mo-tw-residence" if number[:2] in ("81", "82", "83") else "resident"


def _plausible(birth: date, on: date | None) -> bool:
    if on is None:
        return FIRST_BIRTH <= birth <= LAST_DAY
    oldest = (on.year - OLDEST, on.month, on.day)
    return birth <= as_day(on) and (birth.year, birth.month, birth.day) >= oldest


def _typed(text: object, en: str, zh: str) -> str:
    """The text in ASCII width and capitals with plain hyphens, refused when no text, too long or masked."""
    if isinstance(text, int | float):
        raise WrongType(
            f"the {en} was stored as a number: only 15 digits are kept (of 18 the last 3 are lost), and no "
            "leading 0; make the cell text and type it again",
            f"{zh}被存成数字：只保留前 15 位（18 位号码末 3 位已丢失），开头的 0 也会丢失；请改为文本格式重新填写",
        )
    if not isinstance(text, str):
        raise WrongType(f"a {en} is text, got {type(text).__name__}", f"{zh}应为文本，收到 {type(text).__name__}")
    if len(text) > LONGEST_TYPED:
        raise _wrong("length", f"a {en} is not that long; got {len(text)} characters", f"{zh}过长：收到 {len(text)} 位")
    typed = narrow(text).upper()
    if re.search("[*×●•]", typed):
        raise _wrong("masked", f"the {en} is masked and cannot be stored", f"号码已脱敏，不能作为{zh}导入")
    return typed


def narrow(text: str) -> str:
    """The text of an identifier as typed, in ASCII width and with plain hyphens, without what does not show."""
    return text.translate(WIDTH).translate(_DASHES | _UNSEEN).strip()


def _compact(text: object, en: str, zh: str) -> str:
    return re.sub(r"[\s-]", "", _typed(text, en, zh))


def _wrong(case: str, en: str, zh: str) -> InvalidIdentifier:
    return InvalidIdentifier(en, zh, code=case)
