"""How a value that does not fit is told: what was found, what is allowed, what was likely meant, in both languages."""

import ast
import inspect
import re
import sys

import pytest

from talentservice.region import KINDS
from talentservice.region.chinese import chinese
from talentservice.region.problems import printable
from talentservice.strict import Strict

WITHIN = "within = { working_days = 5 }"
LEAKS = re.compile(r"Input should|should match|should have|at least \d+ item|pydantic|Value error|validation")
ENGLISH = re.compile(r"[A-Za-z]{3,} (is|are|has|was|to|of|the|or|and) ")

CASES = {
    "R08-a-misspelt-key": (WITHIN, "within = { dayz = 5 }", "there is no key 'dayz'", "没有键“dayz”"),
    "R08-a-key-nothing-is-like": (
        'who = "leader"\ncount',
        'zzz = 1\nwho = "leader"\ncount',
        "there is no key 'zzz'; there is: aim, also, ",
        "没有键“zzz”；可用：aim、also、",
    ),
    "R07-nan": (WITHIN, "within = { working_days = nan }", "nan was found where a whole number such as 7 is due", "应为：整数，如 7；现为：nan"),
    "R07-inf": ("at_least = 10", "at_least = -inf", "-inf was found where a whole number such as 7 is due", "应为：整数，如 7；现为：-inf"),
    "R07-nan-in-a-condition": ('one_of = ["north"', "one_of = [nan", "nan was found where a finite number is due", "应为：有限的数；现为：nan"),
    "a-fraction": ("at_least = 10", "at_least = 1.50", "1.50 was found where a whole number such as 7 is due", "应为：整数，如 7；现为：1.50"),
    "R05-a-number-as-text": ("at_least = 10", 'at_least = "10"', '"10" was found where a whole number such as 7 is due', '应为：整数，如 7；现为："10"'),
    "R05-text-as-a-number": ('matter = "need"\nwhen', "matter = 1.1\nwhen", "1.1 was found where text in quotes is due", "应为：加引号的文本；现为：1.1"),
    "R05-no-for-false": (
        ", end = true },\n]",
        ', end = "no" },\n]',
        '"no" was found where true or false is due',
        '应为：true 或 false；现为："no"',
    ),
    "below-the-least": (WITHIN, "within = { working_days = 0 }", "0 was found where a number not below 1 is due", "应为：不小于 1 的数；现为：0"),
    "above-the-most": (
        WITHIN,
        "within = { working_days = 99999999999999999999 }",
        "99999999999999999999 was found where a number not above 1000000000000000 is due",
        "应为：不大于 1000000000000000 的数；现为：99999999999999999999",
    ),
    "text-where-a-list-is-due": ('to = ["leader"]', 'to = "leader"', '"leader" was found where a list such as ["…"] is due', '应为：列表，如 ["…"]；现为："leader"'),
    "an-empty-list": ('to = ["leader"]', "to = []", "an empty list was found where a list of at least 1 is due", "应为：至少 1 项的列表；现为：空列表"),
    "a-table-where-text-is-due": ('type = "count"', "type = { a = 1 }", "a table was found where one of count, month", "应为：count、month"),
    "a-list-where-a-table-is-due": (WITHIN, "within = [5]", "a list was found where a table such as { working_days = 7 } is due", "应为：表，如 { working_days = 7 }；现为：列表"),
    "a-label-as-text": (
        'why = { zh = "未写明", en = "Not printed" }',
        'why = "Not printed"',
        '"Not printed" was found where a table such as { zh = "…", en = "…" } is due',
        '应为：表，如 { zh = "…", en = "…" }；现为："Not printed"',
    ),
    "a-choice-of-words-misspelt": (
        'type = "count"',
        'type = "cuont"',
        '"cuont" was found where one of count, month, amount, date, text, names, table is due. Did you mean \'count\'?',
        '应为：count、month、amount、date、text、names、table 之一；现为："cuont"；是否指“count”？',
    ),
    "a-word-or-a-table": (
        'per = "year"',
        'per = "yaer"',
        '"yaer" was found where one of month, quarter, half-year, year or a table such as { months = 2 } is due. Did you mean \'year\'?',
        '应为：month、quarter、half-year、year 之一；或：表，如 { months = 2 }；现为："yaer"；是否指“year”？',
    ),
    "a-wrong-number-in-the-table-of-a-choice": (
        'per = "year"',
        'per = { months = "2" }',
        '"2" was found where a whole number such as 7 is due',
        '应为：整数，如 7；现为："2"',
    ),
    "an-unknown-key-in-the-table-of-a-choice": ('per = "year"', "per = { month = 2 }", "there is no key 'month'. Did you mean 'months'?", "没有键“month”；是否指“months”？"),
    "true-and-nothing-else": (WITHIN, "within = { promptly = false }", "false was found where true is due", "应为：true；现为：false"),
    "an-id-in-capitals": (
        'who = "leader"',
        'who = "Leader"',
        '"Leader" was found where an id: lower-case letters, digits and . _ -, beginning with a letter or digit is due',
        '应为：编号：小写字母、数字和 . _ -，以字母或数字开头；现为："Leader"',
    ),
    "a-text-too-long": ('who = "leader"', f'who = "{"x" * 90}"', f'"{"x" * 78}… was found where text of at most 80 characters is due', f'应为：至多 80 字；现为："{"x" * 78}…'),
    "an-empty-text": ('zh = "总体要求"', 'zh = " "', "text is empty", "内容不能为空"),
    "a-sign-that-turns-text": ('zh = "总体要求"', 'zh = "总体\\u202e要求"', "text holds the character U+202E", "文本含不允许的字符 U+202E"),
    "a-record-without-a-field": (
        'record = "document.recipients"',
        'record = "recipients"',
        '"recipients" was found where subject.field, such as "talent.left_on" is due',
        '应为：对象.字段，如 "talent.left_on"；现为："recipients"',
    ),
    "a-time-for-a-day": (
        "issued = 2019-03-01",
        "issued = 2019-03-01T08:00:00",
        "2019-03-01 08:00:00 was found where a date without quotes such as 2018-12-27 is due",
        "应为：不加引号的日期，如 2018-12-27；现为：2019-03-01 08:00:00",
    ),
    "D-the-end-of-time": ("in_force_until = 2024-12-31", "in_force_until = 9999-12-31", "9999-12-31 lies outside", "请用 None 表示长期有效"),
    "the-end-before-the-start": ("in_force_until = 2024-12-31", "in_force_until = 2018-12-31", "the end 2018-12-31 lies before the start 2019-03-01", "结束日期早于开始日期"),
    "a-default-that-is-no-option": (
        'default = "working"',
        'default = "workin"',
        "the default 'workin' is none of the options working, natural. Did you mean 'working'?",
        "默认选项“workin”不在选项 working, natural 之中；是否指“working”？",
    ),
    "one-option-only": ('options = ["working", "natural"]', 'options = ["working"]', "a reading has at least two options", "口径至少要有两个不同的选项"),
    "an-option-twice": ('options = ["working", "natural"]', 'options = ["working", "natural", "natural"]', "a reading has at least two options", "口径至少要有两个不同的选项"),
    "a-key-that-does-not-print": ('matter = "need"\nwhen', '"a\\u0007\\u202eb" = 1\nmatter = "need"\nwhen', "there is no key 'a\\x07\\u202eb'", "没有键“a\\u0007\\u202eb”"),
    "a-value-that-does-not-print": ('who = "leader"', 'who = "a\\u0000b"', '"a\\u0000b" was found where an id', "应为：编号"),
    "a-rule-id-in-capitals": ("[clause.quota.visits]", "[clause.quota.Visits]", "'Visits' is no id: use lower-case letters, digits and . _ -", "“Visits”不能作编号"),
    "a-rule-named-in-chinese": ("[clause.quota.visits]", '[clause.quota."走访"]', "'走访' is no id: use lower-case letters, digits and . _ -", "“走访”不能作编号"),
    "a-rule-without-an-id": ("[clause.team.panel]\nparts", "[clause.team]\nparts", "a team is a table with an id of its own: [clause.team.ID]", "专班应写作表 [clause.team.编号]"),
    "a-rule-as-text": ('[clause.team.panel]\nparts = [{ role = "leader" }, { role = "unit", at_least = 2 }]', '[[clause]]\nid = "6b"\nzh = "专班"\nen = "Team"\nteam = "panel"', "a team is a table with an id of its own: [clause.team.ID]", "专班应写作表 [clause.team.编号]"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "en", "zh"), CASES.values(), ids=CASES)
def test_a_value_that_does_not_fit_is_told_in_both_languages(hill, old, new, en, zh):
    hill.change(old, new)
    problem = hill.the_problem()
    assert problem.en.startswith(en)
    assert problem.zh.startswith(zh)
    assert not LEAKS.search(problem.en + problem.zh)
    assert not ENGLISH.search(problem.zh)
    assert problem.text("en").isprintable()
    assert problem.text("zh").isprintable()
    key = problem.key.split(".")[-1]
    lines = hill.text().split("\n")
    first = hill.line(new)
    assert first <= problem.line <= first + new.count("\n")
    assert key in lines[problem.line - 1] or "no id" in en or problem.line == first


# What a model finds unsound about a rule as a whole; the models speak English, the region's loader both.
UNSOUND = {
    "a-duty-without-a-start": ('after = "ticket.received"\n', "", "义务须有 after 和 within"),
    "a-start-of-two-kinds": ('after = "ticket.received"', 'after = { event = "ticket.received", overdue = "explain" }', "义务或由事件引起，或由另一义务逾期引起"),
    "to-each-of-nobody": ('to = ["office"]\nafter = "ticket.received"', 'to_each = true\nafter = "ticket.received"', "to_each 须与列表 to 同用"),
    "two-terms": (WITHIN, "within = { working_days = 5, months = 1 }", "期限须恰为其一"),
    "no-term": (WITHIN, "within = {}", "期限须恰为其一"),
    "two-times-in-a-period": (f'after = "ticket.received"\n{WITHIN}', 'every = "month"\nby = { day = 25, within_period = true }', "by 须恰为其一"),
    "office-hours-with-a-cut-off": (WITHIN, f"{WITHIN}\ncounting = {{ intake_cutoff = 17:00:00 }}", 'intake_cutoff 须与 receipt = "next_working_day" 同用'),
    "nothing-to-measure": ('count = "visit.made"\ndistinct = "enterprise"\n', "", "口径须有 count"),
    "no-number-to-reach": ("at_least = 10", "aim = 10", "定额须有 at_least"),
    "half-a-share": ("at_least = 10", "at_least_percent = 30", "占比须同时有 among 和 at_least_percent"),
    "reversed-bounds": ("at_least = 10", "at_least = 10\nat_most = 5", "下限 10 高于上限 5"),
    "a-count-without-a-period": ('per = "year"\n', "", "对事件计数须写明周期 per"),
    "bodies-without-their-list": ("at_least = 10", 'at_least = 10\neach = "body"', 'each = "body" 与列表 bodies 须同用'),
    "a-cycle-that-does-not-divide-the-year": ('per = "year"', "per = { months = 5 }", "不知 5 个月的周期从何月算起"),
    "a-cycle-of-two-lengths": ('per = "year"', "per = { months = 6, years = 1 }", "周期须有 months 或 years，恰为其一"),
    "a-phase-that-is-no-month": ('per = "year"', "per = { months = 6, phase = 13 }", "以月计的周期，phase 为起始月份"),
    "years-without-a-phase": ('per = "year"', "per = { years = 2 }", "不知 2 年的周期从何年算起"),
    "years-with-a-phase-that-is-no-year": ('per = "year"', "per = { years = 2, phase = 3 }", "以年计的周期，phase 为年份，2000 至 2100"),
    "P07-a-flow-without-an-end": (", end = true },\n]", " },\n]", "流程没有终态"),
    "a-state-twice": ('{ id = "in-hand", zh', '{ id = "raised", zh', "状态重复：raised"),
    "a-route-of-two-kinds": ('matter = "need"\nby', 'to = ["unit"]\nmatter = "need"\nby', "派单规则须有 to"),
    "two-tests-in-one": ('field = "area"', 'field = "area"\nis = 1', "条件须为 all、any、not、condition 之一"),
    "a-look-back-in-working-days": ('when = { field = "major", is = true }', 'when = { field = "since", within = { working_days = 3 } }', "条件中的 within 只用 years、months 或 natural_days"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "zh"), UNSOUND.values(), ids=UNSOUND)
def test_a_rule_that_is_unsound_as_a_whole_is_told_in_chinese_as_well(hill, old, new, zh):
    hill.change(old, new)
    problems = [p for p in hill.problems() if p.zh.startswith(zh)]
    assert len(problems) == 1
    assert not ENGLISH.search(problems[0].zh)
    assert not re.search(r"[\u4e00-\u9fff]", problems[0].en)


def _models(cls):
    """Every model a declaration is made of."""
    found, queue = set(), [cls]
    while queue:
        model = queue.pop()
        if model in found:
            continue
        found.add(model)
        queue += [base for base in model.__mro__ if issubclass(base, Strict)] if issubclass(model, Strict) else []
        for info in model.model_fields.values():
            queue += [m for m in _in_annotation(info.annotation) if m not in found]
    return found


def _in_annotation(annotation):
    if isinstance(annotation, type) and issubclass(annotation, Strict):
        yield annotation
    for arg in getattr(annotation, "__args__", ()):
        yield from _in_annotation(arg)


def test_everything_a_model_can_complain_of_is_said_in_chinese():
    """Whoever adds a complaint raises an InputError with both texts, or adds its Chinese to `region/chinese.py`."""
    modules = {sys.modules[m.__module__] for kind in KINDS.values() for m in _models(kind.spec)}
    texts = [text for module in modules for text in _complaints(ast.parse(inspect.getsource(module)))]
    assert len(texts) > 20
    assert [text for text in texts if chinese(text).startswith("不成立")] == []


def _complaints(tree):
    """The English of each ``raise ValueError(…)``, with a 1 for whatever is filled in."""
    for node in ast.walk(tree):
        call = node.exc if isinstance(node, ast.Raise) else None
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "ValueError":
            yield _text(call.args[0])


def _text(node):
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _text(node.left) + _text(node.right)
    return "1"


def test_a_complaint_nobody_translated_is_quoted():
    assert chinese("something new") == "不成立：something new"


def test_a_very_long_message_is_cut():
    assert len(printable("x" * 5000)) == 1000
