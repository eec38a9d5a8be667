"""JSON as people hand it in: what is broken is named by its place, in words of ours, and never by what stands there."""

from decimal import Decimal

import pytest

from talentservice import jsontext
from talentservice.errors import InputError
from talentservice.jsontext import json_object, json_value


def told(text):
    with pytest.raises(InputError) as caught:
        json_value(text)
    return caught.value.en, caught.value.zh


def test_numbers_are_exact():
    assert json_value('{"a": 0.10, "b": [1, 1e2, null, true, "NaN"]}') == {
        "a": Decimal("0.10"),
        "b": [1, Decimal(100), None, True, "NaN"],
    }
    assert str(json_object('{"a": 0.10}')["a"]) == "0.10"


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        ('{"a": 1 "b": 2}', "line 1, column 9 (after 'a'): ',' or the closing bracket is due, got \"", '第 1 行第 9 列（“a”之后）：应为“,”或结束括号，实为 "'),
        ('{\n"a" 1}', "line 2, column 5: ':' is due", "第 2 行第 5 列：应为“:”"),
        ("{'a': 1}", "line 1, column 2: a key in double quotes is due, got '", "第 1 行第 2 列：应为双引号括起的键，实为 '"),
        ('{"a": 1,}', "line 1, column 9 (after 'a'): a key in double quotes is due, got }", "第 1 行第 9 列（“a”之后）：应为双引号括起的键，实为 }"),
        ('{"a": 甲某}', "line 1, column 7 (after 'a'): a value is due: a text in double quotes, a number, true, false or null", "第 1 行第 7 列（“a”之后）：应为值：双引号括起的文字、数字、true、false 或 null"),
        ('{"a": “甲某”}', "line 1, column 7 (after 'a'): a value is due: a text in double quotes, a number, true, false or null, got “ (JSON takes the half-width signs , : \")", '第 1 行第 7 列（“a”之后）：应为值：双引号括起的文字、数字、true、false 或 null，实为 “（JSON 须用半角符号 , : "）'),
        ('{"a": "甲某', "line 1, column 7 (after 'a'): the text that begins here has no closing quotation mark", "第 1 行第 7 列（“a”之后）：此处开始的文字缺少结束引号"),
        ('{"a": "甲\n某"}', "line 1, column 9 (after 'a'): a text holds no line break or tab; write \\n or \\t", "第 1 行第 9 列（“a”之后）：文字中不能直接换行或制表；请写 \\n、\\t"),
        ('{"a": "C:\\D"}', "line 1, column 10 (after 'a'): a backslash in a text is written twice", "第 1 行第 10 列（“a”之后）：文字中的反斜杠须写两个"),
        ('{"a": 1}\n{"a": 2}', "line 2, column 1 (after 'a'): nothing more is due here; one object a line is a .jsonl file", "第 2 行第 1 列（“a”之后）：此处不应再有内容；每行一个对象的文件应为 .jsonl"),
        ("[1, 2", "line 1, column 6: ',' or the closing bracket is due; the text ends here", "第 1 行第 6 列：应为“,”或结束括号；文本到此结束"),
        ("1" * 5000, "a number has too many digits", "数字位数过多"),
        ("[" * 100_000, "not a JSON object: nested too deeply", "不是 JSON 对象：嵌套过深"),
        ('{"a": [1, {"b": NaN}]}', "a.1.b: NaN is no number", "a.1.b：NaN 不是数字"),
        ('[{"a": 1, "b": {"c": 1, "c": 1}}]', "0.b: given twice: c", "0.b：重复给出：c"),
        ('{"a": 1, "a": {"b": NaN}}', "given twice: a", "重复给出：a"),
        ("-Infinity", "-Infinity is no number", "-Infinity 不是数字"),
        ('{"a": NaN, "b": [1, {"c": -Infinity, "d": {"e": 1, "e": 2}}], "f": Infinity}', "a: NaN is no number; b.1.c: -Infinity is no number; b.1.d: given twice: e; f: Infinity is no number", "a：NaN 不是数字；b.1.c：-Infinity 不是数字；b.1.d：重复给出：e；f：Infinity 不是数字"),
        ('{"b": 1, "a": 2, "b": 3, "a": 4, "b": 5, "c": 6}', "given twice: b, a", "重复给出：b、a"),
        ('{"finance": {"2018" 1', "line 1, column 21 (after 'finance'): ':' is due", "第 1 行第 21 列（“finance”之后）：应为“:”"),
        ('{"finance": {"2018": }', "line 1, column 22 (after '2018'): a value is due: a text in double quotes, a number, true, false or null, got }", "第 1 行第 22 列（“2018”之后）：应为值：双引号括起的文字、数字、true、false 或 null，实为 }"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(text, en, zh):
    assert told(text) == (en, zh)


def test_a_name_in_quotation_marks_is_not_taken_for_a_key():
    en, zh = told('{"a": "x" "甲某": 1 "0519-80000000": }')
    assert "甲某" not in en + zh
    assert "0519" not in en + zh


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        ('{"甲某": 1, "甲某": 2}', "given twice: …", "重复给出：…"),
        ('{"甲某": 1, "甲某": 2, "乙某": 1, "乙某": 2, "phone": 1, "phone": 2}', "given twice: …, phone", "重复给出：…、phone"),
        ('{"staff": {"甲某": {"0519-80000000": NaN, "age": NaN}}}', "staff.….…: NaN is no number; staff.….age: NaN is no number", "staff.….…：NaN 不是数字；staff.….age：NaN 不是数字"),
        ('{"2018": {"1234": NaN}}', "2018.…: NaN is no number", "2018.…：NaN 不是数字"),
    ],
)  # fmt: skip
def test_a_key_that_may_be_a_name_or_a_number_of_somebody_is_not_told(text, en, zh):
    assert told(text) == (en, zh)


def test_a_key_given_twice_among_very_many_is_told():
    keys = [*(f"k{n}" for n in range(32_000)), "k7"]
    assert told("{" + ", ".join(f'"{key}": 1' for key in keys) + "}") == ("given twice: k7", "重复给出：k7")


def test_a_sound_text_is_not_searched_for_what_is_wrong(monkeypatch):
    monkeypatch.setattr(jsontext, "_wrong", lambda _: pytest.fail("every value is looked at again"))
    assert json_value('[{"a": [1, {"b": 2}]}, 3]') == [{"a": [1, {"b": 2}]}, 3]


def test_the_path_of_a_value_far_down_is_cut():
    en, zh = told("[" * 100 + "NaN" + "]" * 100)
    assert (en, zh) == ("0." * 60 + "…: NaN is no number", "0." * 60 + "…：NaN 不是数字")


@pytest.mark.parametrize("depth", [2_000, 5_000])
def test_however_deep_a_value_is_nested_it_is_refused_as_any_other(depth):
    """How deep Python itself reads differs by its version: the text is too deep for it, or the value is told as elsewhere."""
    en, _ = told("[" * depth + "NaN" + "]" * depth)
    assert en in ("0." * 60 + "…: NaN is no number", "not a JSON object: nested too deeply")


@pytest.mark.parametrize(
    ("line", "en", "zh"),
    [
        ("7", "not a JSON object", "不是 JSON 对象"),
        ("[1]", "not a JSON object", "不是 JSON 对象"),
        ("null", "not a JSON object", "不是 JSON 对象"),
        ('"x"', "not a JSON object", "不是 JSON 对象"),
        ("NaN", "NaN is no number", "NaN 不是数字"),
    ],
)
def test_a_line_that_is_no_object(line, en, zh):
    with pytest.raises(InputError) as caught:
        json_object(line)
    assert (caught.value.en, caught.value.zh) == (en, zh)
