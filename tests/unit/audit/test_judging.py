"""Rows judged by their times: on time, late, open, overdue, named and left out. Days are counted by hand from the calendar of 2019.

1 March 2019 is a Friday; seven working days later is Tuesday 12 March. 1 February 2019 leads to 15 February: the 2nd and 3rd
were worked, the 4th to the 10th were off.
"""

import json
from datetime import date, datetime

import pytest

from talentservice import BEIJING
from talentservice.audit import Idle, audit, read_table
from talentservice.duties import State
from talentservice.errors import InputError, MissingParameter, TableError, UnknownName

EVENTS = {"ticket.received": "收到", "ticket.replied": "答复"}
OPEN, OVERDUE, DONE, LATE = State.OPEN, State.OVERDUE, State.DONE, State.DONE_LATE


def verdicts(result):
    return [(j.row, j.obligation.about, j.obligation.state, j.obligation.late) for j in result.judged]


def named(result):
    return [(u.row, u.column) for u in result.unreadable]


def test_each_row_is_judged_by_the_day_it_was_due(judged):
    result = judged(
        ["A-1", "2019-03-01 09:10", "2019-03-12 23:59"],
        ["A-2", "2019-03-01", "2019-03-13"],
        ["A-3", "2019-02-01", "2019-02-15 16:40:00"],
        ["A-4", "2019-02-01", "2019-02-18"],
        ["A-5", "2019-03-04", ""],
    )
    assert verdicts(result) == [
        (2, "A-1", DONE, 0),
        (3, "A-2", LATE, 1),
        (4, "A-3", DONE, 0),
        (5, "A-4", LATE, 3),
        (6, "A-5", OPEN, 0),
    ]
    assert (result.on, result.rows) == (date(2019, 3, 13), 5)


@pytest.mark.parametrize(
    ("on", "state", "late"),
    [
        (date(2019, 3, 4), OPEN, 0),
        (date(2019, 3, 13), OPEN, 0),
        (date(2019, 3, 14), OVERDUE, 1),
        (date(2019, 3, 19), OVERDUE, 6),
        (date(2019, 3, 20), LATE, 7),
        (datetime(2019, 3, 20, 23, 0, tzinfo=BEIJING), LATE, 7),
    ],
)
def test_what_happened_after_the_day_asked_about_is_not_known_yet(judged, on, state, late):
    """Received on 4 March, due on the 13th, replied on the 20th."""
    result = judged(["A-1", "2019-03-04", "2019-03-20"], on=on)
    assert verdicts(result) == [(2, "A-1", state, late)]


def test_how_late_is_sorted_into_classes_of_natural_days(judged):
    """Due on 12 March; replied 1, 2, 3, 5, 6, 10, 11, 20, 21, 60 and 61 days late, and one on time."""
    replies = [
        "2019-03-13", "2019-03-14", "2019-03-15", "2019-03-17", "2019-03-18", "2019-03-22", "2019-03-23", "2019-04-01",
        "2019-04-02", "2019-05-11", "2019-05-12", "2019-03-12",
    ]  # fmt: skip
    result = judged(*([f"A-{n}", "2019-03-01", day] for n, day in enumerate(replies)))
    assert [j.obligation.late for j in result.judged] == [1, 2, 3, 5, 6, 10, 11, 20, 21, 60, 61, 0]
    assert [(label.en, count) for label, count in result.lateness()] == [
        ("1 day late", 1),
        ("2 days late", 1),
        ("3–5 days late", 2),
        ("6–10 days late", 2),
        ("11–20 days late", 2),
        ("21–60 days late", 2),
        ("more than 60 days late", 1),
    ]
    assert [label.zh for label, _ in result.lateness()][0::6] == ["迟 1 天", "迟 60 天以上"]


def test_working_days_late_are_counted_too(judged):
    """Due on Tuesday 12 March: the Monday after next is 4 working days late; an open one counts up to the day asked about."""
    result = judged(["A-1", "2019-03-01", "2019-03-18"], ["A-2", "2019-03-01", ""], ["A-3", "2019-03-01", "2019-03-12"])
    assert [j.working_days_late for j in result.judged] == [4, 4, None]


def test_the_worst_come_first_with_their_explanation_in_both_languages(judged):
    result = judged(
        ["A-1", "2019-03-01", "2019-03-13"],
        ["A-2", "2019-03-01", "2019-05-12"],
        ["A-3", "2019-03-01", ""],
        ["A-4", "2019-03-01", "2019-05-12"],
        ["A-5", "2019-03-01", "2019-03-12"],
    )
    assert [j.obligation.about for j in result.worst()] == ["A-2", "A-3", "A-4", "A-1"]
    assert [j.obligation.about for j in result.worst(1)] == ["A-2"]
    told = result.to_dict()["worst"][0]
    assert (told["ticket"], told["due"], told["done"], told["days_late"]) == ("A-2", "2019-03-12", "2019-05-12", 61)
    assert "plan:1" in told["explanation"]["zh"]
    assert "2019年3月12日星期二" in told["explanation"]["zh"]
    assert "Tuesday 12 March 2019" in told["explanation"]["en"]


def test_verdicts_are_gathered_by_the_month_in_which_each_began(judged):
    result = judged(
        ["A-1", "2019-01-31", "2019-03-01"],
        ["A-2", "2019-03-01", "2019-03-12"],
        ["A-3", "2019-03-29", "2019-04-02"],
        ["A-4", "2019-03-29", ""],
    )
    assert [(month, dict(counts)) for month, counts in result.by_month()] == [
        ("2019-01", {LATE: 1}),
        ("2019-03", {DONE: 2, OPEN: 1}),
    ]


def test_the_audit_as_json(judged):
    result = judged(["A-1", "2019-03-01", "2019-03-13"], ["A-2", "第10号", ""], ["A-3", "", ""])
    told = json.loads(json.dumps(result.to_dict(rows=True), ensure_ascii=False))
    assert {k: told[k] for k in ("region", "on", "rows", "judged", "on_time", "late", "open", "overdue", "unreadable")} == {
        "region": "riverside", "on": "2019-03-13", "rows": 3, "judged": 1,
        "on_time": 0, "late": 1, "open": 0, "overdue": 0, "unreadable": 1,
    }  # fmt: skip
    assert told["not_judged"] == {"not-started": 1, "later": 0, "not-in-force": 0}
    assert told["by_month"] == [{"month": "2019-03", "done-late": 1}]
    assert told["duties"] == [{"id": "reply", "clauses": ["plan:1"]}]
    assert [c["row"] for c in told["unreadable_cells"]] == [3]
    assert told["verdicts"] == [
        {
            "row": 2, "ticket": "A-1", "duty": "reply", "state": "done-late", "due": "2019-03-12", "done": "2019-03-13",
            "days_late": 1, "working_days_late": 1, "certainty": "final",
        }
    ]  # fmt: skip
    assert "verdicts" not in result.to_dict()


# ---- rows that are not judged -----------------------------------------------------------------------------------------------


def test_an_unreadable_cell_keeps_its_row_out_and_no_other(judged):
    result = judged(
        ["A-1", "2019-03-01", "2019-03-12"],
        ["A-2", "01/02/03", "2019-03-12"],  # D08
        ["A-3", "2019-03-01", "第10号"],  # D09: not taken for a reply that never came
        ["", "2019-03-01", "2019-03-12"],
        ["A-5", "x", "y"],
        ["A-6", "2019-03-01", "2019-03-12"],
        ["A-7\x01", "2019-03-01", ""],
    )
    assert [row for row, *_ in verdicts(result)] == [2, 7]
    assert named(result) == [(3, "收到"), (4, "答复"), (5, "编号"), (6, "收到"), (6, "答复"), (8, "编号")]
    assert result.to_dict()["unreadable"] == 5, "rows, not cells"
    assert result.unreadable[0].label.zh.startswith("第 3 行“收到”：日期写法有歧义")
    assert result.unreadable[0].label.en.startswith("row 3, 收到: the date 01/02/03 can be read in several ways")


def test_a_cell_of_any_length_or_signs_is_named_and_cut(judged):
    """F12, and texts that would break a label or a line."""
    result = judged(["A-1", "x" * 200_000, ""], ["y" * 200_000, "2019-03-01", ""], ["A-3", "\x07\x1b[31m\n\u202e", ""])
    assert named(result) == [(2, "收到"), (3, "编号"), (4, "收到")]
    for cell in result.unreadable:
        assert len(cell.label.zh) < 200
        assert cell.label.en.isprintable()
        assert cell.label.zh.isprintable()


def test_a_date_that_goes_on_after_a_long_gap_is_no_date(judged):
    assert named(judged(["A-1", "2019-03-01" + " " * 70 + "or later", ""])) == [(2, "收到")]


@pytest.mark.parametrize(
    ("received", "replied", "says"),
    [
        ("2019-03-04", "2019-03-01", "2019-03-01 lies before 收到 (2019-03-04)"),
        ("2019-03-04 10:00", "2019-03-04 09:59", "2019-03-04 09:59 lies before 收到 (2019-03-04 10:00)"),
        ("2019-03-04 10:00", "2019-03-03", "2019-03-03 lies before"),
    ],
)
def test_a_reply_before_its_receipt_is_a_contradiction_and_no_reply(judged, received, replied, says):
    """D23: neither done nor overdue, for one of the two times is wrong and nobody knows which."""
    result = judged(["A-1", received, replied], ["A-2", "2019-03-01", "2019-03-12"])
    assert [row for row, *_ in verdicts(result)] == [3]
    assert named(result) == [(2, "答复")]
    assert says in result.unreadable[0].en
    assert "早于“收到”" in result.unreadable[0].zh


@pytest.mark.parametrize("replied", ["2019-03-04", "2019-03-04 10:00", "2019-03-04 10:01"])
def test_a_reply_on_the_day_of_its_receipt_is_a_reply(judged, replied):
    assert verdicts(judged(["A-1", "2019-03-04 10:00", replied])) == [(2, "A-1", DONE, 0)]


def test_a_ticket_number_that_stands_twice_is_named(judged):
    result = judged(
        ["A-1", "2019-03-01", "2019-03-12"],
        ["A-2", "?", ""],
        [" A-1 ", "2019-03-01", "2019-03-13"],
        ["A-2", "2019-03-01", ""],
    )
    assert [row for row, *_ in verdicts(result)] == [2]
    assert named(result) == [(3, "收到"), (4, "编号"), (5, "编号")]
    assert result.unreadable[1].en == "the ticket number stands in row 2 too"
    assert result.unreadable[2].zh == "工单编号已见于第 3 行"


def test_a_row_with_more_cells_than_columns_is_not_judged(judged):
    result = judged(["A-1", "2019", "4", "25"], ["A-2", "2019-03-01", "2019-03-12", ""])
    assert (2, "答复") in named(result)
    assert any("more cells than the header" in u.en for u in result.unreadable)
    assert [row for row, *_ in verdicts(result)] == [3]


def test_rows_that_owe_nothing_are_counted_with_the_reason(judged):
    result = judged(
        ["A-1", "2019-03-01", "2019-03-12"],
        ["A-2", "", ""],
        ["A-3", "", "2019-03-12"],
        ["A-4", "2018-12-26", ""],
        ["A-5", "2019-03-29", ""],
        on=date(2019, 3, 20),
    )
    assert [row for row, *_ in verdicts(result)] == [2]
    assert dict(result.idle) == {Idle.NOT_STARTED: 2, Idle.NOT_IN_FORCE: 1, Idle.LATER: 1}
    assert result.rows == len(result.judged) + sum(result.idle.values())


def test_what_began_before_the_document_is_judged_when_asked(judged):
    row = ["A-1", "2018-12-26", "2019-01-08"]
    assert judged(row).to_dict()["not_judged"]["not-in-force"] == 1
    result = judged(row, as_if_in_force=True)
    assert verdicts(result) == [
        (2, "A-1", LATE, 1)
    ]  # due 7 January: 29 December was worked, 30 December to 1 January off
    assert result.to_dict()["as_if_in_force"] == 1


def test_a_day_no_notice_covers_is_its_rows_matter(judged):
    result = judged(["A-1", "2003-12-01", ""], ["A-2", "2019-03-01", "2019-03-12"], as_if_in_force=True)
    assert [row for row, *_ in verdicts(result)] == [3]
    assert named(result) == [(2, "收到")]
    assert "2004-01-01" in result.unreadable[0].en


def test_beyond_the_last_notice_a_verdict_is_provisional(judged):
    """Working days late are not counted where no notice says which days work."""
    (verdict,) = judged(["A-1", "2026-12-28", "2027-03-01"]).judged
    assert verdict.obligation.state is LATE
    told = verdict.to_dict()
    assert (told["certainty"], told["working_days_late"]) == ("provisional", None)


def test_a_table_of_nothing_but_unreadable_rows_has_no_verdicts(judged):
    result = judged(["A-1", "?", ""])
    assert (result.judged, result.by_month(), result.worst()) == ((), [], [])


# ---- columns, duties, progress ----------------------------------------------------------------------------------------------


def test_numbers_of_tickets_are_text_or_whole_numbers(region, written):
    lines = """\
{"编号": 7, "收到": "2019-03-01"}
{"编号": 7.0, "收到": "2019-03-01"}
{"编号": 123456789012345678, "收到": "2019-03-01"}
{"编号": true, "收到": "2019-03-01"}
{"编号": [1], "收到": {"on": "2019-03-01"}}
{"编号": null, "收到": 43525, "答复": ""}
"""
    result = audit(region, read_table(written(lines.encode(), "t.jsonl")), ticket="编号", events=EVENTS)
    assert [(row, about) for row, about, *_ in verdicts(result)] == [(1, "7")]
    assert named(result) == [(2, "编号"), (3, "编号"), (4, "编号"), (5, "编号"), (5, "收到"), (6, "编号"), (6, "收到")]
    assert result.unreadable[-1].en.endswith("(as one it would be 2019-03-01)")


def test_contents_do_not_show_in_a_table_of_times(region, table):
    """The duty asks for a reason; the table has no column for it, so nothing is said of it."""
    result = audit(
        region,
        table(["A-1", "2019-03-01", "2019-03-04"], ["A-2", "2019-03-01", "2019-03-05"]),
        ticket="编号",
        events={"ticket.escalated": "收到", "progress.reported": "答复"},
    )
    assert verdicts(result) == [(2, "A-1", DONE, 0), (3, "A-2", LATE, 1)]
    assert result.judged[0].obligation.lacks == ()


def test_a_duty_with_two_starts_contradicts_itself_only_when_it_ends_before_both(region, written):
    rows = [
        ["编号", "停", "报", "告"],
        ["A-1", "2019-03-01", "2019-03-08", "2019-03-04"],
        ["A-2", "2019-03-06", "2019-03-08", "2019-03-04"],
        ["A-3", "", "2019-03-08", "2019-03-04"],
    ]
    events = {"clock.paused": "停", "ticket.escalated": "报", "progress.reported": "告"}
    result = audit(region, read_table(written(rows)), ticket="编号", events=events)
    assert verdicts(result) == [(2, "A-1", DONE, 0), (2, "A-1", OPEN, 0)]
    assert named(result) == [(3, "告"), (4, "告")]


def test_a_wrong_mapping_is_refused(region, table):
    rows = table(["A-1", "2019-03-01", ""])
    with pytest.raises(TableError, match="no column '回复'"):
        audit(region, rows, ticket="编号", events={"ticket.received": "收到", "ticket.replied": "回复"})
    with pytest.raises(UnknownName, match=r"ticket\.recieved"):
        audit(region, rows, ticket="编号", events={"ticket.recieved": "收到", "ticket.replied": "答复"})
    with pytest.raises(InputError) as raised:
        audit(region, rows, ticket="编号", events={"ticket.received": "收到"})
    assert "ticket.received → ticket.replied (reply)" in raised.value.en
    assert "请对应下列之一的两端" in raised.value.zh


def test_a_duty_that_waits_for_a_parameter_says_so(region, table):
    rows, events = table(["A-1", "2019-03-01", "2019-03-05"]), {"ticket.accepted": "收到", "ticket.closed": "答复"}
    with pytest.raises(MissingParameter, match="closing-days"):
        audit(region, rows, ticket="编号", events=events)
    chosen = region.configure(parameters={"closing-days": 1})
    assert verdicts(audit(chosen, rows, ticket="编号", events=events)) == [(2, "A-1", LATE, 1)]


def test_progress_sees_every_row_that_is_judged(judged):
    seen = []

    def track(cases):
        for case in cases:
            seen.append(case.row)
            yield case

    judged(["A-1", "2019-03-01", ""], ["A-2", "?", ""], ["A-3", "2019-03-01", ""], progress=track)
    assert seen == [2, 4]
