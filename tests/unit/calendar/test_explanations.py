"""How a deadline explains itself: day by day, in both languages, each skipped day with what made it so."""

from collections import Counter
from datetime import date, datetime, time

import pytest

from talentservice.calendar import ClockMark, Counting, Deadline, Term, WorkCalendar, deadline
from talentservice.strict import BEIJING

WEEK = Term(working_days=7)


def kinds(end: Deadline) -> list[str]:
    return [step.kind for step in end.steps()]


def texts(end: Deadline, lang: str) -> list[str]:
    return [step.text(lang) for step in end.steps()]


def test_the_spring_festival_of_2019_in_chinese(china: WorkCalendar) -> None:
    assert texts(deadline(china, WEEK, date(2019, 2, 1)), "zh") == [
        "2019年2月1日星期五收到，期限为7个工作日",
        "当日不计入（民法典第201条）",
        "2019年2月2日星期六：调休上班（国务院办公厅2019年节假日安排通知），第1日",
        "2019年2月3日星期日：调休上班（国务院办公厅2019年节假日安排通知），第2日",
        "2019年2月4日星期一：放假（国务院办公厅2019年节假日安排通知），不计",
        "2019年2月5日星期二：放假（国务院办公厅2019年节假日安排通知），不计",
        "2019年2月6日星期三：放假（国务院办公厅2019年节假日安排通知），不计",
        "2019年2月7日星期四：放假（国务院办公厅2019年节假日安排通知），不计",
        "2019年2月8日星期五：放假（国务院办公厅2019年节假日安排通知），不计",
        "2019年2月9日星期六：放假（国务院办公厅2019年节假日安排通知），不计",
        "2019年2月10日星期日：放假（国务院办公厅2019年节假日安排通知），不计",
        "2019年2月11日星期一：工作日，第3日",
        "2019年2月12日星期二：工作日，第4日",
        "2019年2月13日星期三：工作日，第5日",
        "2019年2月14日星期四：工作日，第6日",
        "2019年2月15日星期五：工作日，第7日",
        "截止于2019年2月15日星期五24时",
    ]


def test_may_day_of_2019_in_english_names_the_notice_that_lengthened_it(china: WorkCalendar) -> None:
    assert texts(deadline(china, Term(working_days=2), date(2019, 4, 30)), "en") == [
        "received on Tuesday 30 April 2019; the term is 2 working days",
        "that day is not counted (Civil Code, article 201)",
        "Wednesday 1 May 2019: holiday (notice 国办发明电〔2019〕3号), not counted",
        "Thursday 2 May 2019: holiday (notice 国办发明电〔2019〕3号), not counted",
        "Friday 3 May 2019: holiday (notice 国办发明电〔2019〕3号), not counted",
        "Saturday 4 May 2019: holiday (notice 国办发明电〔2019〕3号), not counted",
        "Sunday 5 May 2019: make-up working day (notice 国办发明电〔2019〕3号), day 1",
        "Monday 6 May 2019: working day, day 2",
        "the last day ends on Monday 6 May 2019, 24:00",
    ]


def test_a_day_taken_back_by_a_second_notice_names_that_one(china: WorkCalendar) -> None:
    steps = deadline(china, WEEK, date(2020, 1, 20)).steps()
    notices = {step.facts["day"]: step.facts["notice"] for step in steps if step.kind == "skipped"}

    assert notices[date(2020, 1, 30)] == "国办发明电〔2019〕16号"
    assert notices[date(2020, 2, 1)] == "国办发明电〔2020〕1号"


def test_every_skipped_day_that_is_no_plain_weekend_names_its_notice(china: WorkCalendar) -> None:
    for received in (date(2004, 4, 28), date(2013, 9, 16), date(2017, 1, 24), date(2023, 9, 27), date(2026, 2, 12)):
        for step in deadline(china, WEEK, received).steps():
            if step.kind == "skipped":
                assert (step.facts["notice"] is None) == (step.facts["day_kind"] == "weekend"), step


@pytest.mark.parametrize("days", [1, 7, 20, 60, 250])
@pytest.mark.parametrize("received", [date(2019, 1, 25), date(2020, 1, 17), date(2024, 9, 13), date(2025, 5, 10)])
@pytest.mark.parametrize(
    "counting",
    [Counting(), Counting(start="same_day"), Counting(receipt="next_working_day")],
    ids=["next day", "same day", "deemed receipt"],
)
def test_the_walk_counts_for_itself_and_finds_as_many_days(
    china: WorkCalendar, days: int, received: date, counting: Counting
) -> None:
    end = deadline(china, Term(working_days=days), received, counting=counting)
    counted = [step for step in end.steps() if step.kind == "counted"]

    assert [step.facts["n"] for step in counted] == list(range(1, days + 1))
    assert counted[-1].facts["day"] == end.on


def test_a_deemed_receipt_is_told(china: WorkCalendar) -> None:
    end = deadline(china, WEEK, date(2025, 5, 10), counting=Counting(receipt="next_working_day"))

    assert texts(end, "zh")[1] == "视为2025年5月12日星期一收到"
    assert texts(end, "en")[1] == "counts as received on Monday 12 May 2025"


def test_paused_days_are_shown_and_not_counted(china: WorkCalendar) -> None:
    marks = [
        ClockMark("pause", date(2025, 5, 14), basis="行政许可法第45条"),
        ClockMark("resume", date(2025, 5, 16)),
        ClockMark("extend", date(2025, 5, 20), term=Term(working_days=1)),
    ]
    end = deadline(china, Term(working_days=3), date(2025, 5, 12), marks=marks)

    assert texts(end, "zh") == [
        "2025年5月12日星期一收到，期限为3个工作日",
        "当日不计入（民法典第201条）",
        "2025年5月13日星期二：工作日，第1日",
        "2025年5月14日星期三暂停计时（行政许可法第45条）",
        "2025年5月14日星期三：计时未进行",
        "2025年5月15日星期四：计时未进行",
        "2025年5月16日星期五恢复计时",
        "2025年5月16日星期五：工作日，第2日",
        "2025年5月17日星期六：周末休息，不计",
        "2025年5月18日星期日：周末休息，不计",
        "2025年5月19日星期一：工作日，第3日",
        "2025年5月20日星期二延长期限1个工作日",
        "2025年5月20日星期二：工作日，第4日",
        "截止于2025年5月20日星期二24时",
    ]


def test_a_clock_still_paused_says_that_there_is_no_last_day_yet(china: WorkCalendar) -> None:
    end = deadline(china, WEEK, date(2025, 5, 12), marks=[ClockMark("pause", date(2025, 5, 14))])

    assert kinds(end) == ["received", "start", "counted", "pause", "not-counted", "paused"]
    assert texts(end, "en")[-1] == "the clock is paused: there is no last day yet"


def test_after_a_restart_the_count_begins_again(china: WorkCalendar) -> None:
    end = deadline(china, WEEK, date(2025, 5, 12), marks=[ClockMark("restart", date(2025, 5, 14))])
    counted = [step.facts["n"] for step in end.steps() if step.kind == "counted"]

    assert counted == [1, 1, 2, 3, 4, 5, 6, 7]


def test_a_roll_over_a_holiday_is_shown_day_by_day_with_its_article(china: WorkCalendar) -> None:
    end = deadline(china, Term(natural_days=7), date(2025, 4, 27))

    assert texts(end, "en") == [
        "received on Sunday 27 April 2025; the term is 7 natural days",
        "that day is not counted (Civil Code, article 201)",
        "7 natural days end on Sunday 4 May 2025",
        "Sunday 4 May 2025: holiday (notice 国办发明电〔2024〕12号), the last day moves (Civil Code, article 203)",
        "Monday 5 May 2025: holiday (notice 国办发明电〔2024〕12号), the last day moves (Civil Code, article 203)",
        "the last day ends on Tuesday 6 May 2025, 24:00",
    ]


def test_wages_moved_back_cite_their_own_rule(china: WorkCalendar) -> None:
    end = deadline(china, Term(natural_days=7), date(2025, 9, 24), counting=Counting(roll="previous"))

    assert texts(end, "zh")[-2:] == [
        "2025年10月1日星期三：放假（国办发明电〔2024〕12号），末日移动（工资支付暂行规定第7条）",
        "截止于2025年9月30日星期二24时",
    ]


def test_a_tax_term_says_how_many_days_the_holidays_added(china: WorkCalendar) -> None:
    end = deadline(china, Term(natural_days=15), date(2025, 3, 31), counting=Counting(roll="tax"))

    assert texts(end, "zh")[2:] == [
        "满15个自然日为2025年4月15日星期二",
        "期限内连续三日以上的休假日共3日，按工作日顺延（税收征管法实施细则第109条）",
        "2025年4月16日星期三：工作日，第1日",
        "2025年4月17日星期四：工作日，第2日",
        "2025年4月18日星期五：工作日，第3日",
        "截止于2025年4月18日星期五24时",
    ]


def test_a_last_day_that_was_set_is_not_called_the_end_of_the_term(china: WorkCalendar) -> None:
    mark = ClockMark("extend", date(2025, 5, 14), until=date(2025, 6, 15))
    end = deadline(china, Term(natural_days=7), date(2025, 5, 12), marks=[mark])

    assert kinds(end) == ["received", "start", "extend", "due"]
    assert texts(end, "en")[2] == "Wednesday 14 May 2025: the term is extended to Sunday 15 June 2025"


def test_hours_say_when_they_start_and_the_minute_they_end(china: WorkCalendar) -> None:
    received = datetime(2025, 5, 12, 9, 30, tzinfo=BEIJING)

    assert texts(deadline(china, Term(hours=24), received), "zh") == [
        "2025年5月12日星期一收到，期限为24小时",
        "自2025年5月12日星期一 09:30起算（民法典第201条）",
        "截止于2025年5月13日星期二09:30",
    ]
    procedure = deadline(china, Term(hours=24), received, counting=Counting(hour_start="next_hour"))
    assert texts(procedure, "en")[1:] == [
        (
            "hours run from the hour after Monday 12 May 2025 09:30 "
            "(Interpretation of the Civil Procedure Law, article 125)"
        ),
        "the term ends on Tuesday 13 May 2025, 10:00",
    ]


def test_the_close_of_business_is_told(china: WorkCalendar) -> None:
    end = deadline(china, WEEK, date(2025, 5, 10), counting=Counting(office_close=time(17, 30)))

    assert texts(end, "zh")[-1] == "截止于2025年5月20日星期二17:30"
    assert texts(end, "en")[-1] == "the term ends on Tuesday 20 May 2025, 17:30"


@pytest.mark.parametrize(
    ("term", "zh"),
    [
        (Term(promptly=True), "及时（未写明天数）"),
        (Term(stated="limit"), "以单据载明的时限为准"),
        (Term(item_limit=True), "按事项规定或承诺的时限"),
        (Term(unstated=True), "未写明时限"),
    ],
)
def test_a_term_without_a_number_has_no_day_and_says_what_the_text_says(
    china: WorkCalendar, term: Term, zh: str
) -> None:
    end = deadline(china, term, date(2025, 5, 12))

    assert (end.on, end.at) == (None, None)
    assert texts(end, "zh") == [f"2025年5月12日星期一收到，期限为{zh}"]


@pytest.mark.parametrize(
    ("term", "en"),
    [
        (Term(working_days=1), "1 working day"),
        (Term(natural_days=10), "10 natural days"),
        (Term(months=1), "1 month"),
        (Term(years=2), "2 years"),
        (Term(hours=24), "24 hours"),
    ],
)
def test_a_term_is_named_in_words(term: Term, en: str) -> None:
    assert term.label.en == en


def test_steps_become_json_values(china: WorkCalendar) -> None:
    step = deadline(china, Term(working_days=1), date(2025, 5, 12)).steps()[2].to_dict()

    assert step["kind"] == "counted"
    assert step["facts"] == {
        "day": "2025-05-13",
        "what": {"zh": "工作日", "en": "working day"},
        "day_kind": "working",
        "notice": None,
        "n": 1,
    }


def test_a_provisional_answer_stops_where_knowledge_ends_and_says_so(china: WorkCalendar) -> None:
    end = deadline(china, WEEK, date(2026, 12, 28), provisional=True)

    assert kinds(end) == ["received", "start", "counted", "counted", "counted", "unknown", "provisional", "due"]
    assert texts(end, "zh")[5] == "2027年1月1日星期五起的放假安排尚未公布"
    assert "2026-12-22" in texts(end, "en")[6]


@pytest.mark.parametrize("unit", ["working_days", "natural_days", "months"])
@pytest.mark.parametrize("roll", ["next", "previous", "tax"])
def test_provisional_answers_of_every_kind_explain_themselves(china: WorkCalendar, unit: str, roll: str) -> None:
    counting = Counting(roll=roll, receipt="next_working_day")
    for received in (date(2026, 12, 18), date(2027, 2, 6), date(2027, 5, 2)):
        end = deadline(china, Term(**{unit: 2}), received, counting=counting, provisional=True)
        counts = Counter(kinds(end))

        assert counts["due"] == 1
        assert counts["provisional"] == (1 if end.provisional else 0)
