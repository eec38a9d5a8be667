"""A region held against copies of its source: a sound one, and ones in which something changed, came or went."""

import json
from datetime import date

import pytest
from tests.unit.invented import both, clause, region

from talentservice.verify import verify

TEXT = """\
方案
一、总体要求
以人才为本
二、做法
（一）答复
收到后七个工作日内答复
（二）走访
每年走访十家以上企业，覆盖面达到30%
（三）补助
按投资额的千分之五补助，最高200万元
（四）报送
每月25日前报送
三、时间
自3月21日起一个月
四、名单
多个部门共同办理，逾期天数另行规定
"""
REPLY = {"who": "unit", "does": "ticket.replied", "after": "ticket.received", "within": {"working_days": 7}}
VISITS = {"who": "leader", "count": "visit.made", "per": "year"}
CLAUSES = (
    clause("一-1", status="guidance"),
    clause("二(一)-1", duty={"reply": REPLY}),
    clause("二(二)-1", quota={"visits": {**VISITS, "at_least": 10}, "cover": {**VISITS, "among": "visit.made", "at_least_percent": 30}}),
    clause("二(三)", grant={"aid": {"to": ["company"], "of": "investment", "per_mille": 5, "at_most": 2_000_000, "round": "down-to-fen"}}),
    clause("二(四)", duty={"file": {"who": "office", "does": "plan.filed", "every": "month", "by": {"day": 25}}}),
    clause("三-1", campaign={"month": {"starts": date(2018, 3, 21), "lasts": {"months": 1}}}),
    clause("四-1", condition={"several": {"field": "units", "at_least": 2, "printed": {"2": "多个"}}}),
    clause(
        "四-2",
        duty={"late": {**REPLY, "after": {"overdue": "reply"}, "within": {"working_days": {"parameter": "term"}}}},
        parameter={"term": {"type": "count", "why": both("not printed")}},
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def here():
    return region(*CLAUSES)


def held(region, text):
    (found,) = verify(region, text)
    return found


def wrong(found):
    return {(n.rule, n.key, n.value, n.in_document) for n in found.numbers if not n.in_article}


def test_a_true_copy_is_sound(here):
    found = held(here, TEXT)
    assert (found.sound, found.uncovered, found.gone) == (True, (), ())
    assert {(n.rule, n.key, n.value) for n in found.numbers} == {
        ("reply", "within.working_days", "7"),
        ("visits", "per", "year"),
        ("visits", "at_least", "10"),
        ("cover", "per", "year"),
        ("cover", "at_least_percent", "30"),
        ("aid", "per_mille", "5"),
        ("aid", "at_most", "2000000"),
        ("file", "every", "month"),
        ("file", "by.day", "25"),
        ("month", "starts", "2018-03-21"),
        ("month", "lasts.months", "1"),
        ("several", "at_least", "2"),
    }
    assert all(n.in_article and n.in_document for n in found.numbers)


def test_full_width_forms_and_white_space_make_no_difference(here):
    wide = TEXT.translate({ord(a): b for a, b in zip("0123456789%", "０１２３４５６７８９％", strict=True)})
    assert held(here, wide.replace("七个工作日", "七 个\u3000工作日")).sound


def test_a_parameter_is_the_deployers_and_stands_in_no_text(here):
    found = held(here.configure(parameters={"term": 99}), TEXT)
    assert found.sound
    assert "late" not in {n.rule for n in found.numbers}


def test_a_changed_number_names_rule_key_and_clause(here):
    found = held(here, TEXT.replace("七个工作日", "五个工作日"))
    assert found.sound is False
    assert wrong(found) == {("reply", "within.working_days", "7", False)}
    (number,) = [n for n in found.numbers if n.rule == "reply"]
    assert [str(c) for c in number.clauses] == ["d:二(一)-1"]
    assert number.label.en == "reply.within.working_days = 7: not in the document"
    assert number.label.zh == "reply.within.working_days = 7：文件中没有"


def test_a_number_that_moved_is_said_to_stand_elsewhere(here):
    found = held(here, TEXT.replace("七个工作日内答复", "尽快答复").replace("以人才为本", "七条原则"))
    assert wrong(found) == {("reply", "within.working_days", "7", True)}
    (number,) = [n for n in found.numbers if n.rule == "reply"]
    assert number.label.en == "reply.within.working_days = 7: not in d:二(一)-1, elsewhere in the document"
    assert number.label.zh == "reply.within.working_days = 7：不在 d:二(一)-1，见于文件别处"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("十家", "十二家", ("visits", "at_least", "10", False)),
        ("30%", "40%", ("cover", "at_least_percent", "30", False)),
        ("30%", "30", ("cover", "at_least_percent", "30", False)),
        ("千分之五", "百分之五", ("aid", "per_mille", "5", False)),
        ("200万元", "200元", ("aid", "at_most", "2000000", False)),
        ("每月25日", "每季度25日", ("file", "every", "month", True)),
        ("25日", "20日", ("file", "by.day", "25", False)),
        ("3月21日", "3月12日", ("month", "starts", "2018-03-21", False)),
        ("一个月", "两个月", ("month", "lasts.months", "1", False)),
        ("多个部门", "有关部门", ("several", "at_least", "2", False)),
    ],
)
def test_every_kind_of_figure_is_looked_for_in_its_article(here, old, new, expected):
    found = held(here, TEXT.replace(old, new))
    assert expected in wrong(found)
    assert len(wrong(found)) == 1


def test_a_word_the_rule_gives_for_a_number_is_looked_for_instead_of_the_number(here):
    assert wrong(held(here, TEXT.replace("多个部门", "2个部门"))) == {("several", "at_least", "2", False)}


def test_an_article_that_was_added_is_covered_by_no_clause(here):
    found = held(here, TEXT.replace("三、时间", "（五）回访\n办结后回访\n三、时间"))
    assert found.sound is False
    assert [(a.key, a.line, a.text) for a in found.uncovered] == [("二(五)", 13, "回访办结后回访")]
    assert (found.gone, wrong(found)) == ((), set())


def test_an_article_that_was_taken_out_is_gone(here):
    found = held(here, TEXT.replace("四、名单\n多个部门共同办理，逾期天数另行规定\n", ""))
    assert set(found.gone) == {"四-1", "四-2"}
    assert found.uncovered == ()
    assert wrong(found) == {("several", "at_least", "2", False)}


def test_an_article_that_was_taken_out_of_a_chapter_is_gone_although_the_chapter_stands(here):
    """The clause does not pass to the chapter, since its articles are numbered."""
    found = held(here, TEXT.replace("（二）走访\n每年走访十家以上企业，覆盖面达到30%\n", ""))
    assert (found.sound, found.gone) == (False, ("二(二)-1",))
    assert {n[0] for n in wrong(found)} == {"visits", "cover"}


def test_a_heading_whose_articles_are_covered_one_by_one_needs_no_clause(here):
    assert "二" not in {c.citation.clause for c in here.clauses}
    assert held(here, TEXT).uncovered == ()


def test_an_empty_text_bears_nothing_out(here):
    found = held(here, "")
    assert found.sound is False
    assert len(wrong(found)) == len(found.numbers) == 12


def test_rules_of_several_clauses_may_find_their_number_in_any_of_them():
    both_clauses = region(
        clause("一-1", record="document.issued"), clause("二-1", duty={"reply": {**REPLY, "also": ["d:一-1"]}})
    )
    assert held(both_clauses, "一、总则\n七个工作日\n二、答复\n及时答复").sound
    assert not held(both_clauses, "一、总则\n二、答复\n及时答复\n三、其他\n七个工作日").sound


def test_each_document_is_held_against_its_own_part():
    more = {
        "e": (
            {"title": {"zh": "补充通知", "en": "Supplement"}},
            [clause("一-1", duty={"soon": {**REPLY, "within": {"working_days": 3}}})],
        )
    }
    two = region(clause("一-1", duty={"reply": REPLY}), document={"title": {"zh": "原方案", "en": "Plan"}}, more=more)
    text = "原方案\n一、答复\n七个工作日\n补充通知\n一、答复\n三个工作日\n"
    assert [(v.document, v.sound) for v in verify(two, text)] == [("d", True), ("e", True)]
    swapped = text.replace("七", "X").replace("三", "七").replace("X", "三")
    assert [(v.document, v.sound) for v in verify(two, swapped)] == [("d", False), ("e", False)]


def test_the_result_as_json(here):
    told = json.loads(json.dumps(held(here, TEXT.replace("七个", "五个")).to_dict()))
    assert (told["document"], told["sound"], told["uncovered"], told["gone"]) == ("d", False, [], [])
    assert told["numbers"][0] == {
        "rule": "reply", "key": "within.working_days", "value": "7", "clauses": ["d:二(一)-1"],
        "in_article": False, "in_document": False,
    }  # fmt: skip
