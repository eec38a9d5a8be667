"""The explanation of a deadline: day by day where days were counted."""

from collections.abc import Iterator
from datetime import date, timedelta

from talentservice.calendar.clock import ClockMark
from talentservice.calendar.deadlines import Deadline, deemed
from talentservice.calendar.work import ONE_DAY
from talentservice.errors import CalendarCoverageError
from talentservice.labels import Label
from talentservice.steps import Step
from talentservice.strict import day_of

MOVES = {
    "pause": Label(zh="暂停计时", en="the clock is paused"),
    "resume": Label(zh="恢复计时", en="the clock runs again"),
    "restart": Label(zh="重新计算期限", en="the term starts anew"),
    "extend": Label(zh="延长期限", en="the term is extended"),
}


def walk(deadline: Deadline) -> Iterator[Step]:
    """The steps from the receipt to the last day."""
    day = day_of(deadline.received)
    yield Step("received", "{day}收到，期限为{term}", "received on {day}; the term is {term}", {"day": day, "term": deadline.term.label})
    if deadline.term.unit is None:
        return
    yield from _deemed(deadline, day)
    if deadline.term.unit == "working_days":
        yield from _working_days(deadline)
    else:
        yield from (_mark(mark) for mark in deadline.marks)
        yield from _natural(deadline)
    if deadline.on is None:
        yield Step("paused", "计时暂停中，尚无截止日", "the clock is paused: there is no last day yet")
    elif deadline.provisional and deadline.horizon:
        yield Step(
            "provisional",
            "暂定：{horizon}；最早{earliest}，最晚{latest}",
            "provisional: {horizon}; earliest {earliest}, latest {latest}",
            {"horizon": deadline.horizon.label, "earliest": deadline.earliest, "latest": deadline.latest},
        )
    if deadline.on is not None:
        facts = {"day": deadline.on, "time": deadline.at.time() if deadline.at and deadline.counting.office_close else None}
        ends_zh, ends_en = ("{day}{time}", "{day}, {time}") if facts["time"] else ("{day}24时", "{day}, 24:00")
        yield Step("due", f"截止于{ends_zh}", f"the last day ends on {ends_en}", facts)


def _deemed(deadline: Deadline, day: date) -> Iterator[Step]:
    try:
        on = deemed(deadline.calendar, deadline.counting, deadline.received)
    except CalendarCoverageError:
        return
    if on != day:
        yield Step("deemed", "视为{day}收到", "counts as received on {day}", {"day": on})
    if deadline.counting.start == "next_day":
        yield Step("start", "当日不计入（民法典第201条）", "that day is not counted (Civil Code, article 201)")


def _mark(mark: ClockMark) -> Step:
    facts: dict[str, object] = {"day": mark.on, "what": MOVES[mark.move], "basis": mark.basis or None}
    tail_zh, tail_en = ("（{basis}）", " ({basis})") if mark.basis else ("", "")
    if mark.until:
        return Step(mark.move, "{day}{what}至{until}" + tail_zh, "{day}: {what} to {until}" + tail_en, {**facts, "until": mark.until})
    if mark.term:
        facts["term"] = mark.term.label
        return Step(mark.move, "{day}{what}{term}" + tail_zh, "{day}: {what} by {term}" + tail_en, facts)
    return Step(mark.move, "{day}{what}" + tail_zh, "{day}: {what}" + tail_en, facts)


def _working_days(deadline: Deadline) -> Iterator[Step]:
    """Each day after the receipt: counted with its number, or skipped with the reason."""
    calendar = deadline.calendar
    start = deemed(calendar, deadline.counting, deadline.received)
    day = start if deadline.counting.start == "next_day" else start - ONE_DAY
    last = deadline.on or max((m.on for m in deadline.marks), default=day)
    marks, count, paused = list(deadline.marks), 0, False
    while day < last:
        day += timedelta(days=1)
        fresh = False
        while marks and marks[0].on <= day:
            mark = marks.pop(0)
            paused = mark.move == "pause" or (paused and mark.move == "extend")
            if mark.move == "restart":
                count, fresh = 0, True
            yield _mark(mark)
        if day > calendar.known_until:
            yield Step("unknown", "{day}起的放假安排尚未公布", "from {day} on no holiday notice is published", {"day": day})
            return
        what = calendar.day(day)
        facts: dict[str, object] = {"day": day, "what": what.label, "day_kind": what.kind.value, "notice": what.to_dict()["notice"]}
        if paused or fresh:
            yield Step("not-counted", "{day}：计时未进行", "{day}: the clock does not run", facts)
        elif what.working:
            count += 1
            yield Step("counted", "{day}：{what}，第{n}日", "{day}: {what}, day {n}", {**facts, "n": count})
        else:
            yield Step("skipped", "{day}：{what}，不计", "{day}: {what}, not counted", facts)


def _natural(deadline: Deadline) -> Iterator[Step]:
    """The plain end of the term, then each rest day it is moved over."""
    plain, on, calendar = deadline.unrolled, deadline.on, deadline.calendar
    if plain is None or on is None or deadline.term.unit == "hours":
        return
    yield Step("counted-to", "满{term}为{day}", "{term} end on {day}", {"term": deadline.term.label, "day": plain})
    step = ONE_DAY if on > plain else -ONE_DAY
    day = plain
    while day != on and day <= calendar.known_until:
        what = calendar.day(day)
        facts: dict[str, object] = {"day": day, "what": what.label, "day_kind": what.kind.value, "notice": what.to_dict()["notice"]}
        yield Step("rolled", "{day}：{what}，末日移动（民法典第203条）", "{day}: {what}, the last day moves (Civil Code, article 203)", facts)
        day += step
