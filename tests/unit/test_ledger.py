"""The ledger: what was recorded stays as it was, in its order, and nobody writes over what they have not read."""

from datetime import datetime

import pytest
from tests.unit.invented import at, event, on

from talentservice import Event
from talentservice.errors import InvalidDate, NaiveDatetime, StaleVersion, WrongType
from talentservice.ledger import MemoryLedger

ONE, TWO, THREE = (event("report.filed", on(month, 1), by="office-1") for month in (1, 2, 3))


def test_a_ledger_grows_by_what_is_appended():
    ledger = MemoryLedger()
    assert (len(ledger), ledger.log.events) == (0, ())
    assert ledger.append([ONE]) == 1
    assert ledger.append([TWO, THREE]) == 3
    assert ledger.append([]) == 3
    assert len(ledger) == 3
    assert ledger.log.events == (ONE, TWO, THREE)


def test_the_log_is_in_the_order_of_what_happened_whatever_the_order_of_recording():
    """A day without an hour comes before the moments of that day; equal times keep the order of recording."""
    early, late = event("visit.made", at(2, 1, 8)), event("visit.made", at(2, 1, 9))
    again = event("visit.made", at(2, 1, 9), by="office-2")
    ledger = MemoryLedger([THREE, late])
    ledger.append([again, early])
    ledger.append([TWO, ONE])
    assert ledger.log.events == (ONE, TWO, early, late, again, THREE)


def test_one_event_recorded_twice_is_two_events():
    ledger = MemoryLedger([ONE])
    ledger.append([ONE])
    assert ledger.log.events == (ONE, ONE)


@pytest.mark.parametrize("expected", [0, 1, 3])
def test_nobody_records_over_what_they_have_not_read(expected):
    ledger = MemoryLedger([ONE, TWO])
    with pytest.raises(StaleVersion, match=f"holds 2 events, {expected} were expected") as caught:
        ledger.append([THREE], expected=expected)
    assert f"台账现有 2 条，操作依据的是 {expected} 条" in caught.value.zh
    assert ledger.log.events == (ONE, TWO)
    assert ledger.append([THREE], expected=2) == 3


def test_a_log_that_was_read_stays_as_it_was_read():
    ledger = MemoryLedger([ONE])
    read = ledger.log
    assert ledger.log is read, "nothing happened: the same log"
    ledger.append([])
    assert ledger.log is read
    ledger.append([TWO])
    assert read.events == (ONE,)
    assert read.of_kind("report.filed") == [ONE]
    assert ledger.log.events == (ONE, TWO)
    assert isinstance(ledger.log.events, tuple)


def test_the_callers_list_is_not_the_ledgers():
    mine = [ONE]
    ledger = MemoryLedger(mine)
    more = [TWO]
    ledger.append(more)
    mine.clear()
    more.append(THREE)
    assert ledger.log.events == (ONE, TWO)


@pytest.mark.parametrize(
    ("when", "error"),
    [
        (datetime(2021, 3, 1, 9), NaiveDatetime),  # noqa: DTZ001  # the case
        (on(1, 1, year=1999), InvalidDate),
        ("2021-03-01", WrongType),
        (None, WrongType),
    ],
)
def test_an_event_without_a_day_is_not_recorded_nor_what_came_with_it(when, error):
    """Nothing can be taken out again, and every later question would meet it."""
    ledger = MemoryLedger([ONE])
    with pytest.raises(error):
        ledger.append([TWO, Event("report.filed", when)])
    assert ledger.log.events == (ONE,)
    with pytest.raises(error):
        MemoryLedger([Event("report.filed", when)])


def test_events_that_fail_half_way_are_not_recorded():
    def events():
        yield TWO
        raise OSError

    ledger = MemoryLedger([ONE])
    with pytest.raises(OSError):  # noqa: PT011  # whatever the source of events raises
        ledger.append(events())
    assert ledger.log.events == (ONE,)
