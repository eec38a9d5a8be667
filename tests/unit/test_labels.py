"""Texts in two languages, and how values are written in each."""

import subprocess
import sys
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from pydantic import ValidationError

from talentservice.labels import Label, fill, language, write
from talentservice.strict import BEIJING


def test_a_label_has_both_languages():
    label = Label(zh="办理", en="handle")
    assert label.text("zh") == "办理"
    assert label.text("en") == "handle"


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param({"zh": "办理"}, id="one-language-only"),
        pytest.param({"zh": "办理", "en": " "}, id="T11-blank"),
        pytest.param({"zh": "办\0理", "en": "handle"}, id="T04-nul"),
        pytest.param({"zh": "办理", "en": "handle", "fr": "traiter"}, id="a-third"),
        pytest.param({"zh": 1, "en": "handle"}, id="a-number"),
    ],
)
def test_a_label_without_two_texts_is_refused(texts):
    with pytest.raises(ValidationError):
        Label(**texts)


@pytest.mark.parametrize(
    ("name", "lang"),
    [
        ("zh", "zh"),
        ("zh_CN.UTF-8", "zh"),
        ("zh-Hant", "zh"),
        ("Chinese (Simplified)_China", "zh"),
        ("en_GB", "en"),
        ("C", "en"),
        ("de_DE.UTF-8", "en"),
        ("", "en"),
    ],
)
def test_the_language_of_a_locale_is_chinese_or_else_english(name, lang):
    assert language(name) == lang


def test_without_a_name_the_locale_of_the_process_decides(monkeypatch):
    monkeypatch.setattr("locale.getlocale", lambda: ("zh_CN", "UTF-8"))
    assert language() == "zh"
    monkeypatch.setattr("locale.getlocale", lambda: (None, None))
    assert language() == "en"


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (date(2026, 6, 23), "2026年6月23日星期二", "Tuesday 23 June 2026"),
        (datetime(2021, 6, 18, 9, 5, tzinfo=BEIJING), "2021年6月18日星期五 09:05", "Friday 18 June 2021 09:05"),
        (time(17, 30), "17:30", "17:30"),
        (1234567, "1,234,567", "1,234,567"),
        (Decimal("400000.50"), "400,000.5", "400,000.5"),
        (0, "0", "0"),
        (True, "是", "yes"),
        (False, "否", "no"),
        (None, "无", "none"),
        (Label(zh="办理", en="handle"), "办理", "handle"),
        ([1, 2], "1、2", "1, 2"),
        ((Label(zh="科", en="office"), None), "科、无", "office, none"),
        ([], "", ""),
        ({3, 1, 2}, "1、2、3", "1, 2, 3"),
        ("诉求", "诉求", "诉求"),
    ],
)
def test_a_value_is_written_as_its_reader_expects(value, zh, en):
    assert write(value, "zh") == zh
    assert write(value, "en") == en


def test_a_set_is_written_in_order_whatever_the_seed_of_its_hashes():
    wanted = "a, b, c, d, e, f"
    program = "from talentservice.labels import write; print(write(frozenset('fedcba'), 'en'))"
    for seed in ("1", "2", "3"):
        run = subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        )
        assert run.stdout.strip() == wanted


def test_a_template_is_filled_in_the_language_of_the_reader():
    facts = {"n": 7, "day": date(2019, 2, 15)}
    assert fill("{n}个工作日后为{day}", facts, "zh") == "7个工作日后为2019年2月15日星期五"
    assert fill("{n} working days on: {day}", facts, "en") == "7 working days on: Friday 15 February 2019"


@pytest.mark.parametrize("typed", ["{0.__class__}", "{{7*7}}", "{need.__class__.__mro__}", "%s", "${HOME}"])
def test_what_a_user_typed_is_never_a_template(typed):  # T15
    assert fill("诉求：{need}", {"need": typed}, "zh") == f"诉求：{typed}"


def test_markup_is_left_as_it_is_until_it_is_put_out():  # T14
    assert write("<script>", "zh") == "<script>"
