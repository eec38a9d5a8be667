"""Answers: they cite, explain themselves in both languages, and say how sure they are and what they rest on."""

import json
from decimal import Decimal

import pytest
from tests.unit.invented import at, clause, during, on, region, rule

from talentservice import Certainty, Label, WorkCalendar
from talentservice.answers import value_of
from talentservice.conditions import Verdict
from talentservice.errors import MissingParameter, NotInForce

REPLY = {"who": "unit", "does": "ticket.replied", "after": "ticket.received", "within": {"working_days": 7}}
KEYS = [
    "schema", "region", "rule", "question", "value", "citations", "steps", "readings", "certainty", "earliest", "latest",
    "warnings", "as_if_in_force", "amended",
]  # fmt: skip


def reply(**more):
    return rule("duty", **REPLY, **more)


def test_an_answer_has_the_same_keys_whatever_was_asked():
    everything = region(
        clause("1", duty={"reply": REPLY}, team={"team": {"parts": [{"role": "unit"}]}}),
        clause("2", route={"to": {"matter": "m", "to": ["unit"]}}, condition={"ok": {"field": "x", "is": 1}}),
        clause("3", quota={"two": {"who": "unit", "count": "visit.made", "per": "year", "at_least": 2}}),
    )
    answers = [
        everything.duty("reply").due(on(3, 1)),
        everything.team("team").check({}),
        everything.route("m", {}),
        everything.condition("ok").judge({}),
        everything.quota("two").measure(on(3, 1)),
    ]
    for answer in answers:
        data = answer.to_dict()
        assert list(data) == KEYS
        assert json.loads(json.dumps(data)) == data
        assert data["citations"]


def test_an_answer_as_data():
    data = reply(zh="办理时限", en="Time to reply").due(on(6, 10)).to_dict()
    steps = data.pop("steps")
    assert data == {
        "schema": "talentservice/answer/1",
        "region": "nowhere",
        "rule": "it",
        "question": {"zh": "办理时限", "en": "Time to reply"},
        "value": "2021-06-22",
        "citations": [{"id": "d:1", "zh": "第1条", "en": "Clause 1"}],
        "readings": {},
        "certainty": "final",
        "earliest": None,
        "latest": None,
        "warnings": [],
        "as_if_in_force": False,
        "amended": False,
    }
    assert [s["kind"] for s in steps][:2] == ["received", "start"]
    assert set(steps[0]) == {"kind", "zh", "en", "facts"}


def test_an_explanation_counts_day_by_day_in_both_languages():
    answer = rule("duty", **{**REPLY, "within": {"working_days": 2}}).due(on(6, 10))
    lines = answer.explain("en").splitlines()
    skipped = [line for line in lines if line.endswith(", not counted")]
    assert [line.split(":")[0] for line in skipped] == [
        "  Saturday 12 June 2021",
        "  Sunday 13 June 2021",
        "  Monday 14 June 2021",
    ]
    assert [line for line in lines if line not in skipped] == [
        "Clause 1: Tuesday 15 June 2021",
        "  received on Thursday 10 June 2021; the term is 2 working days",
        "  that day is not counted (Civil Code, article 201)",
        "  Friday 11 June 2021: working day, day 1",
        "  Tuesday 15 June 2021: working day, day 2",
        "  the last day ends on Tuesday 15 June 2021, 24:00",
        "  basis d:1: Clause 1",
    ]
    zh = answer.explain("zh").splitlines()
    assert (zh[0], zh[-1]) == ("第1条：2021年6月15日星期二", "  依据 d:1：第1条")
    assert answer.explain() == answer.explain("zh")
    assert len(zh) == 10


def test_an_answer_rests_on_every_clause_it_names():
    both = region(clause("1", duty={"reply": {**REPLY, "also": ["2"]}}), clause("2", status="guidance"))
    assert [str(c) for c in both.duty("reply").due(on(3, 1)).citations] == ["d:1", "d:2"]
    assert "  basis d:2: Clause 2" in both.duty("reply").due(on(3, 1)).explain("en")


# --- what it rests on beside the text ---------------------------------------------------------------------------------

WAYS = {"short": {"within": {"working_days": 5}}}
READ = region(
    clause(
        "1",
        duty={"reply": {**REPLY, "under": {"how-long": WAYS}}},
        reading={
            "how-long": {
                "ask": {"zh": "几天？", "en": "How long?"}, "options": ["long", "short"], "default": "long",
                "why": {"zh": "两种理解", "en": "Two ways"},
            }
        },
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "option", "day"), [({}, "long", on(3, 10)), ({"how-long": "short"}, "short", on(3, 8))]
)
def test_the_reading_used_is_stated(chosen, option, day):
    answer = READ.configure(readings=chosen).duty("reply").due(on(3, 1))
    assert (answer.value, answer.readings) == (day, {"how-long": option})
    assert f"  reading how-long = {option}" in answer.explain("en")
    assert f"  口径 how-long = {option}" in answer.explain("zh")
    assert answer.to_dict()["readings"] == {"how-long": option}


def test_a_what_if_says_so():
    changed = region(clause("1", duty={"reply": REPLY})).amend({"reply": {"within": {"working_days": 1}}})
    answer = changed.duty("reply").due(on(3, 1))
    assert (answer.value, answer.amended, answer.to_dict()["amended"]) == (on(3, 2), True, True)
    assert answer.explain("en").endswith("  a what-if: the rule was changed, the document does not say so")
    assert answer.explain("zh").endswith("  假设：规则经过修改，非文件原文")


def test_a_day_out_of_force_is_refused_or_the_answer_says_so():
    ended = region(clause("1", duty={"reply": REPLY}), document={"in_force_until": on(12, 31, 2020)}).duty("reply")
    with pytest.raises(NotInForce) as wrong:
        ended.due(on(1, 1))
    assert wrong.value.en == (
        "d was not in force on 2021-01-01 (in force from 2015-01-01 to 2020-12-31); "
        "pass as_if_in_force=True to answer all the same"
    )
    answer = ended.due(on(1, 1), as_if_in_force=True)
    assert answer.as_if_in_force
    assert "  not in force on that day; answered as if it were" in answer.explain("en")
    assert "  当日文件尚未施行或已失效，按假定施行计算" in answer.explain("zh")
    assert not ended.due(on(12, 31, 2020)).as_if_in_force


def test_what_the_text_leaves_open_has_to_be_supplied():
    open_ = region(
        clause(
            "1",
            duty={"reply": {**REPLY, "within": {"working_days": {"parameter": "days"}}}},
            parameter={"days": {"type": "count", "why": {"zh": "未写明", "en": "Not printed"}}},
        )
    )
    with pytest.raises(MissingParameter, match="d:1 prints no value for 'days'"):
        open_.duty("reply").due(on(3, 1))
    assert open_.configure(parameters={"days": 3}).duty("reply").due(on(3, 1)).value == on(3, 4)


# --- how sure it is ------------------------------------------------------------------------------------------------------


def test_beyond_the_published_notices_an_answer_is_provisional():
    early = WorkCalendar.china(as_of=on(11, 1, 2020))  # the notice for 2021 is of 25 November 2020
    answer = reply().due(on(12, 25, 2020), calendar=early, provisional=True)
    assert answer.certainty is Certainty.PROVISIONAL
    assert answer.earliest <= on(1, 6) <= answer.latest  # 1 to 3 January are off, as the notice then said
    assert answer.warnings[0].known_until == on(12, 31, 2020)
    assert answer.to_dict()["certainty"] == "provisional"
    assert "  certainty: provisional" in answer.explain("en")
    assert "  把握：暂定" in answer.explain("zh")


@pytest.mark.parametrize(
    ("within", "zh", "en"),
    [
        ({"promptly": True}, "及时（未写明天数）", "promptly (no number of days is printed)"),
        ({"unstated": True}, "未写明时限", "no time is printed"),
        ({"stated": "due"}, "以单据载明的时限为准", "the limit stated with it"),
        ({"item_limit": True}, "按事项规定或承诺的时限", "the item's own limit"),
    ],
)
def test_a_term_that_is_no_number_gives_no_day(within, zh, en):
    answer = rule("duty", **{**REPLY, "within": within}).due(at(3, 1))
    assert (answer.value, answer.certainty) == (None, Certainty.NOT_A_DATE)
    assert answer.explain("en").splitlines()[0] == "Clause 1: none"
    assert en in answer.explain("en")
    assert zh in answer.explain("zh")
    assert answer.explain("en").endswith("  certainty: the text prints no day")


def test_two_answers_are_equal_when_they_say_the_same():
    assert reply().due(on(3, 1)) == reply().due(on(3, 1))
    assert reply().due(on(3, 1)) != reply().due(on(3, 2))


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (None, None),
        (on(3, 1), "2021-03-01"),
        (Decimal("400000.50"), "400000.50"),
        (Verdict.YES, "yes"),
        (("unit", "office"), ["unit", "office"]),
        (Label(zh="甲", en="A"), {"zh": "甲", "en": "A"}),
        (during(), {"start": "2021-01-01", "end": "2022-01-01", "zh": "2021年", "en": "2021"}),
        (
            (during(first=3, last=3),),
            [{"start": "2021-03-01", "end": "2021-04-01", "zh": "2021年3月", "en": "March 2021"}],
        ),
    ],
)
def test_values_as_json_knows_them(value, plain):
    assert value_of(value) == plain
    assert json.loads(json.dumps(value_of(value))) == plain
