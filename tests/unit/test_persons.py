"""Talents, enterprises, bodies: read strictly, shown masked, revealed on purpose. All persons here are invented."""

import copy
import json
import logging
import pickle
import pprint
import traceback
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from talentservice.errors import InputError, InvalidIdentifier, WrongType
from talentservice.people.persons import Enterprise, Personal, Talent, read
from talentservice.people.roster import Body
from talentservice.strict import Strict


def resident(first17):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first17 + "10X98765432"[sum(int(d) * w for d, w in zip(first17, weights, strict=True)) % 11]


NUMBER = resident("32048219920601001")
SECRETS = ("试验", "13812345678", "1234", NUMBER, NUMBER[3:14], "1992", "六月", "博士", "500000")


def row(**changed):
    record = {
        "id": "t-1",
        "name": "林试验",
        "identity": NUMBER,
        "phone": "13812345678",
        "born": date(1992, 6, 1),
        "facts": {"degree": "博士", "income": 500000},
    }
    return record | changed


def case(name, *values):
    return pytest.param(*values, id=name)


def leaks(shown):
    return [secret for secret in SECRETS if secret in shown]


# --- what shows ------------------------------------------------------------------------------------------------------

SHOWN = (
    "id='t-1' name='林**' identity='320***********0012' phone='138****5678' born='*' "
    "facts={'degree': '*', 'income': '*'}"
)


@pytest.mark.parametrize(
    "show",
    [
        case("repr", repr),
        case("str", str),
        case("f-string", lambda t: f"{t}"),
        case("f-string-repr", lambda t: f"{t!r}"),
        case("format", "{0} {0!r} {0!s} {0!a}".format),
        case("percent", lambda t: "%s %r" % (t, t)),  # noqa: UP031
        case("inside-a-list", lambda t: str([t])),
        case("inside-a-dict", lambda t: repr({"talent": t})),
        case("pprint", lambda t: pprint.pformat([t])),
        case("inside-an-exception", lambda t: repr(ValueError(t))),
        case("model-dump", lambda t: str(t.model_dump())),
        case("model-dump-json", lambda t: t.model_dump_json()),
        case("to-dict", lambda t: str(t.to_dict())),
        case("dumped-inside-a-list", lambda t: TypeAdapter(list[Talent]).dump_json([t]).decode()),
        case("rich", lambda t: str(list(t.__rich_repr__()))),
    ],
)
def test_a_talent_shows_masked(show):  # X03
    assert leaks(show(Talent(**row()))) == []


def test_a_talent_is_still_told_apart_by_what_it_shows():  # X03
    assert str(Talent(**row())) == SHOWN
    assert repr(Talent(**row())) == f"Talent({SHOWN.replace(' ', ', ').replace(':,', ':').replace(',,', ',')})"


def test_a_log_of_a_talent_holds_no_value(caplog):  # X03, T10
    talent = Talent(**row())
    with caplog.at_level(logging.INFO):
        logging.getLogger("test").info("served %s and %r with %s", talent, talent, {"facts": [talent]})
        try:
            raise InputError(f"{talent}", f"{talent}")
        except InputError:
            logging.getLogger("test").exception("refused")
    assert "林**" in caplog.text
    assert leaks(caplog.text) == []


def test_a_talent_is_not_pickled():  # X03
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(WrongType) as refused:
            pickle.dumps([Talent(**row())], protocol)
        assert leaks(str(refused.value)) == []
    assert "reveal()" in refused.value.zh


def test_to_dict_is_json_with_what_is_personal_masked():
    assert json.loads(json.dumps(Talent(**row()).to_dict())) == {
        "id": "t-1",
        "name": "林**",
        "identity": "320***********0012",
        "phone": "138****5678",
        "born": "*",
        "facts": {"degree": "*", "income": "*"},
    }


def test_what_is_not_known_is_none_and_not_a_mask():
    assert Talent(id="t-2", name="林试验").to_dict() == {
        "id": "t-2",
        "name": "林**",
        "identity": None,
        "phone": None,
        "born": None,
        "facts": {},
    }


def test_reveal_gives_everything_and_reads_back_as_the_same_talent():
    talent = Talent(**row())
    assert talent.reveal() == row()
    assert read(Talent, talent.reveal()) == talent
    assert (talent.name, talent.identity, talent.born) == ("林试验", NUMBER, date(1992, 6, 1))


def test_what_was_revealed_can_be_changed_without_changing_the_talent():
    talent = Talent(**row())
    talent.reveal()["facts"]["degree"] = "硕士"
    assert talent.facts == {"degree": "博士", "income": 500000}


def test_what_was_masked_does_not_read_back():  # I16
    with pytest.raises(InputError) as refused:
        read(Talent, Talent(**row()).to_dict())
    for field in ("name：姓名已脱敏", "identity：号码已脱敏", "phone：号码已脱敏"):
        assert field in refused.value.zh


def test_a_talent_can_be_copied_and_compared():
    talent = Talent(**row())
    assert copy.copy(talent) == copy.deepcopy(talent) == talent
    assert talent != Talent(**row(phone="13812345679"))


def test_only_the_fields_asked_for_are_dumped():
    assert Talent(**row()).model_dump(include={"id", "phone"}) == {"id": "t-1", "phone": "138****5678"}


@given(
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=6),
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.dates(date(1930, 1, 1), date(2020, 1, 1)),
)
def test_whoever_it_is_nothing_hidden_shows(name, phone, born):
    number = resident(f"320482{born:%Y%m%d}001")
    talent = Talent(id="t", name=name, identity=number, phone=phone, born=born)
    for shown in (repr(talent), str(talent), str(talent.to_dict()), talent.model_dump_json()):
        for hidden in (name[1:] if name[1:] != name[:1] else name, phone, number, number[3:14], born.isoformat()):
            assert hidden not in shown


# --- what is read ----------------------------------------------------------------------------------------------------


def test_numbers_are_kept_in_their_normal_form():
    talent = Talent(**row(identity=f" {NUMBER[:6]} {NUMBER[6:]} ", phone="+86 138-1234-5678", name="　林试验 "))
    assert (talent.identity, talent.phone, talent.name) == (NUMBER, "13812345678", "林试验")
    assert Talent(**row(phone="0519-82821234转801")).phone == "0519-82821234-801"  # I15


@pytest.mark.parametrize(
    "identity",
    [
        case("I07-county-younger-than-the-birth", resident("44060519920601002")),
        case("I09-foreigner-2023", resident("93284019920601001")),
        case("I09-foreigner-2017", "USA320592060102"),
        case("hong-kong", resident("81000019920601001")),
        case("none", None),
    ],
)
def test_nobody_is_turned_away(identity):
    assert Talent(**row(identity=identity)).identity == identity


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        case("I10-old-number", {"identity": "320482920601001"}, "identity", "15 位旧号码请先换成 18 位"),
        case("I12-number-of-a-spreadsheet", {"identity": 3.2048219920601e17}, "identity", "末 3 位已丢失"),
        case("check-digit", {"identity": NUMBER[:17] + "9"}, "identity", "身份证件号码校验位错误"),
        case("D25-born-2199", {"identity": resident("32048221990101001")}, "identity", "出生日期无效"),
        case("I14-phone", {"phone": "12812345678"}, "phone", "手机号应为 13 至 19 开头的 11 位数字"),
        case("I14-phone-as-a-number", {"phone": 13812345678}, "phone", "被存成数字"),
        case("I15-two-phones", {"phone": "13812345678/13912345678"}, "phone", "请分两列"),
        case("I16-masked-phone", {"phone": "138****5678"}, "phone", "号码已脱敏"),
        case("I16-masked-name", {"name": "林**"}, "name", "姓名已脱敏"),
        case("I16-masked-name-full-width", {"name": "林＊＊"}, "name", "姓名已脱敏"),
        case("T03-surrogate", {"name": "林\ud800"}, "name", "U+D800"),
        case("T04-nul", {"name": "林\0"}, "name", "U+0000"),
        case("T10-log-line", {"name": "林试验\n2026-01-01 INFO approved"}, "name", "此处不能换行"),
        case("T11-blank", {"name": "　"}, "name", "内容不能为空"),
        case("I13-contradiction", {"born": date(1992, 6, 2)}, "born", "出生日期与身份证号不一致"),
        case("D25-born-1899", {"born": date(1899, 12, 31)}, "born", "过早"),
        case("D25-born-2101", {"born": date(2101, 1, 1)}, "born", "出生日期晚于今天"),
        case("D11-born-0", {"born": 0}, "born", "类型或格式不符"),
        case("D28-born-at-midnight", {"born": datetime(1992, 6, 1, tzinfo=UTC)}, "born", "类型或格式不符"),
        case("D06-born-as-text", {"born": "1992/06/01"}, "born", "类型或格式不符"),
        case("id", {"id": "林试验"}, "id", "类型或格式不符"),
        case("unknown-key", {"wechat": "lin-1992"}, "wechat", "没有此项"),
    ],
)
def test_a_wrong_field_is_named_in_both_languages_and_its_value_is_not(changed, field, told):  # X01
    with pytest.raises(InputError) as refused:
        read(Talent, row(**changed))
    assert refused.value.zh.startswith(f"{field}：")
    assert told in refused.value.zh
    assert refused.value.en.startswith(f"{field}: ")
    assert leaks(refused.value.en + refused.value.zh) == []
    trace = "".join(traceback.format_exception(refused.value))
    assert "ValidationError" not in trace
    assert leaks(trace) == []


@pytest.mark.parametrize(
    "changed",
    [
        case("X01-identity", {"identity": NUMBER[:17] + "9"}),
        case("X01-contradiction", {"born": date(1992, 6, 2)}),
        case("X01-missing", {"id": None}),
        case("X01-unknown-key", {"note": f"{NUMBER} 13812345678"}),
        case("X01-name", {"name": "林试验\n"}),
        case("X01-facts", {"facts": "博士 500000"}),
    ],
)
def test_the_error_of_pydantic_holds_no_value_anywhere(changed):  # X01
    wrong = row(**changed)
    for build in (lambda: Talent(**wrong), lambda: Talent.model_validate(wrong)):
        with pytest.raises(ValidationError) as refused:
            build()
        error = refused.value
        everywhere = f"{error!s} {error!r} {error.errors()} {error.json()} {error.args} {vars(error)}"
        assert leaks(everywhere) == []
        assert {each["input"] for each in error.errors()} == {"*"}
        assert leaks("".join(traceback.format_exception(error))) == []


def test_a_record_inside_another_keeps_its_values_out_of_the_error_too():  # X01
    class Import(Strict):
        rows: list[Talent]

    with pytest.raises(ValidationError) as refused:
        Import(rows=[row(), row(identity=NUMBER[:17] + "9")])
    assert [each["loc"] for each in refused.value.errors()] == [("rows", 1, "identity")]
    assert leaks(str(refused.value.errors())) == []


def test_every_wrong_field_is_told_at_once():
    with pytest.raises(InputError) as refused:
        read(Talent, {"name": "", "phone": "1", "x": 1})
    assert [part.split("：")[0] for part in refused.value.zh.split("；")][:1] == ["id"]
    assert [part.split(":")[0] for part in refused.value.en.split("; ") if ": " in part] == ["id", "name", "phone", "x"]


def test_what_is_no_record_at_all_is_an_error_without_a_field():
    with pytest.raises(InputError) as refused:
        read(Talent, "林试验")
    assert refused.value.zh == "类型或格式不符"
    assert leaks(refused.value.en) == []


def test_the_case_of_an_identifier_stays_with_the_error():
    with pytest.raises(ValidationError) as refused:
        Talent(**row(born=date(1992, 6, 2)))
    cause = refused.value.errors()[0]["ctx"]["error"]
    assert isinstance(cause, InvalidIdentifier)
    assert cause.code == "contradiction"


def test_dates_are_read_from_json_in_one_way_of_writing():
    record = json.dumps(row(born="1992-06-01"), ensure_ascii=False)
    assert Talent.model_validate_json(record) == read(Talent, json.loads(record)) == Talent(**row())
    for wrong in ("1992/06/01", "19920601", "1992-W23-1", "1992-6-1", "1992-02-30", "1992-06-01T00:00:00", ""):
        with pytest.raises(ValidationError) as refused:
            Talent.model_validate_json(record.replace("1992-06-01", wrong))
        assert refused.value.errors()[0]["type"] == "date_type"


# --- enterprises and bodies ------------------------------------------------------------------------------------------


def test_an_enterprise_is_public_but_for_its_facts():
    made = Enterprise(id="e-1", name="某某 试验厂", credit_code="91110000600037341l", facts={"owner": "林试验"})
    assert made.to_dict() == {
        "id": "e-1",
        "name": "某某 试验厂",
        "credit_code": "91110000600037341L",
        "facts": {"owner": "*"},
    }
    assert "林" not in repr(made)
    assert made.reveal()["facts"] == {"owner": "林试验"}
    assert Enterprise(id="e-2", name="某厂").credit_code is None


@pytest.mark.parametrize(
    ("code", "told"),
    [
        case("I01-check", "91110000600037341M", "credit_code：统一社会信用代码校验位错误：最后一位应为 L"),
        case("I03-old", "110000600037341", "credit_code：统一社会信用代码应为 18 位；收到 15 位（旧注册号？）"),
        case("I12-number", 91110000600037341, "credit_code：统一社会信用代码被存成数字"),
    ],
)
def test_a_wrong_credit_code_is_refused(code, told):
    with pytest.raises(InputError) as refused:
        read(Enterprise, {"id": "e-1", "name": "某厂", "credit_code": code})
    assert refused.value.zh.startswith(told)


def test_a_body_has_a_name_in_both_languages_and_nothing_personal():
    body = Body(id="science", label={"zh": "科技局", "en": "Science Bureau"}, facts={"level": "county"})
    assert body.to_dict() == {
        "id": "science",
        "label": {"zh": "科技局", "en": "Science Bureau"},
        "facts": {"level": "county"},
    }
    assert pickle.loads(pickle.dumps(body)) == body  # noqa: S301
    with pytest.raises(ValidationError):
        Body(id="science", label={"zh": "科技局"})


def test_which_fields_of_a_talent_are_personal_can_be_read_off_the_model():
    marked = {n for n, f in Talent.model_fields.items() if any(isinstance(m, Personal) for m in f.metadata)}
    assert marked == {"name", "identity", "phone", "born", "facts"}
