"""2,816 real messages to a city government, judged as if the plan had been in force; the file is not part of the project.

`TALENTSERVICE_REAL_MESSAGES` names it, or it lies in a folder `shared/data` beside the checkout. What is expected is counted
here day by day with the `holidays` package, which has its own copy of the State Council's notices.
"""

import csv
import os
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest

import talentservice as ts
from talentservice.audit import Audit, audit, read_table
from talentservice.duties import State

NAME = "citizen_messages_timing_2011_2020.csv"
CLASSES = (1, 2, 5, 10, 20, 60)


def real_messages() -> Path:
    named = os.environ.get("TALENTSERVICE_REAL_MESSAGES")
    path = Path(named) if named else Path(__file__).parents[4] / "shared" / "data" / NAME
    if not path.is_file():
        pytest.skip(
            f"the table of real messages is not here: set TALENTSERVICE_REAL_MESSAGES, or put it at shared/data/{NAME}"
        )
    return path


@pytest.fixture(scope="module")
def rows() -> list[tuple[date, date]]:
    """The day of each message and of its reply, read without the library."""
    with real_messages().open(encoding="utf-8-sig", newline="") as file:
        table = [list(row.values()) for row in csv.DictReader(file)]
    return [(date.fromisoformat(received[:10]), date.fromisoformat(replied[:10])) for _, received, replied in table]


@pytest.fixture(scope="module")
def result() -> Audit:
    return audit(
        ts.region("nanhai"),
        read_table(real_messages()),
        ticket="留言编号",
        events={"ticket.received": "留言时间", "ticket.replied": "答复时间"},
        as_if_in_force=True,
    )


@pytest.fixture(scope="module")
def due(rows) -> list[date]:
    """The seventh working day after each receipt, walked one day at a time over the other package's calendar."""
    china = holidays.country_holidays("CN", years=range(2010, 2022))
    make_up = set(china.weekend_workdays)

    def works(day: date) -> bool:
        return day in make_up or (day.weekday() < 5 and day not in china)

    def seventh(day: date) -> date:
        left = 7
        while left:
            day += timedelta(days=1)
            left -= works(day)
        return day

    return [seventh(received) for received, _ in rows]


def test_every_message_is_judged(result, rows):
    assert len(rows) == 2816
    assert (result.rows, len(result.judged), len(result.unreadable)) == (2816, 2816, 0)
    assert sum(result.idle.values()) == 0
    # The plan counts from 27 December 2018: what came before is judged as if.
    assert result.to_dict()["as_if_in_force"] == sum(received < date(2018, 12, 27) for received, _ in rows)


def test_each_last_day_is_the_one_another_calendar_gives(result, due):
    wrong = [
        (j.row, j.obligation.day, day) for j, day in zip(result.judged, due, strict=True) if j.obligation.day != day
    ]
    assert wrong == []


def test_the_counts_are_those_of_another_calendar(result, rows, due):
    late = [(replied - day).days for (_, replied), day in zip(rows, due, strict=True) if replied > day]
    assert result.counts == {State.DONE: len(rows) - len(late), State.DONE_LATE: len(late)}
    edges = zip((0, *CLASSES), (*CLASSES, 10**6), strict=True)
    assert [count for _, count in result.lateness()] == [sum(low < n <= high for n in late) for low, high in edges]
    assert result.worst(1)[0].obligation.late == max(late)


def test_the_months_are_those_of_another_calendar(result, rows, due):
    months: dict[str, Counter[State]] = {}
    for (received, replied), day in zip(rows, due, strict=True):
        months.setdefault(received.isoformat()[:7], Counter())[State.DONE_LATE if replied > day else State.DONE] += 1
    assert result.by_month() == sorted(months.items())
