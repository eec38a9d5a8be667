"""The explanation of a deadline: day by day where days were counted, as a check that counts for itself."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from weakref import WeakKeyDictionary

from talentservice.calendar.clock import ClockMark
from talentservice.calendar.deadlines import Deadline, deemed
from talentservice.calendar.rolls import BASES, tax_days
from talentservice.calendar.work import ONE_DAY, WorkCalendar
from talentservice.errors import CalendarCoverageError
from talentservice.labels import Label
from talentservice.steps import Step
from talentservice.strict import as_moment, day_of

NEXT_DAY = Step("start", "当日不计入（民法典第201条）", "that day is not counted (Civil Code, article 201)")
SAME_DAY = Step("start", "当日计入", "that day is counted")
MOVES = {
    "pause": Label(zh="暂停计时", en="the clock is paused"),
    "resume": Label(zh="恢复计时", en="the clock runs again"),
    "restart": Label(zh="重新计算期限", en="the term starts anew"),
    "extend": Label(zh="延长期限", en="the term is extended"),
}


# Days that explanations have named, by calendar: whether they work, and the step for one that is not counted. What a day is
# does not depend on the deadline, and putting it into words takes longer than counting it.
Told = tuple[bool, Step]
TOLD: WeakKeyDictionary[WorkCalendar, dict[date, Told]] = WeakKeyDictionary()


def walk(deadline: Deadline) -> Iterator[Step]:
    """The steps from the receipt to the last day."""
    day, unit = day_of(deadline.received), deadline.term.unit
    facts = {"day": day, "term": deadline.term.label}
    yield Step("received", "{day}收到，期限为{term}", "received on {day}; the term is {term}", facts)
    if unit is None:
        return
    if unit == "hours":
        yield from _hours(deadline)
    else:
        yield from _begun(deadline, day)
    yield from _ended(deadline)


def _begun(deadline: Deadline, received: date) -> Iterator[Step]:
    """From what day days, months or years run, and each day to the last."""
    try:
        start = deemed(deadline.calendar, deadline.counting, deadline.received)
    except CalendarCoverageError:
        yield _unknown(received)
        return
    if start != received:
        yield Step("deemed", "视为{day}收到", "counts as received on {day}", {"day": start})
    if deadline.counting.start == "next_day":
        yield NEXT_DAY
    else:
        yield SAME_DAY
        start -= ONE_DAY
    if deadline.term.unit == "working_days":
        yield from _working_days(deadline, start)
    else:
        yield from (_mark(mark) for mark in deadline.marks)
        yield from _natural(deadline)


def _ended(deadline: Deadline) -> Iterator[Step]:
    """The last day, or why there is none yet."""
    if deadline.on is None or deadline.at is None:
        yield Step("paused", "计时暂停中，尚无截止日", "the clock is paused: there is no last day yet")
        return
    if deadline.provisional and deadline.horizon:
        yield Step(
            "provisional",
            "暂定：{horizon}；最早{earliest}，最晚{latest}",
            "provisional: {horizon}; earliest {earliest}, latest {latest}",
            {"horizon": deadline.horizon.label, "earliest": deadline.earliest, "latest": deadline.latest},
        )
    if deadline.at.date() == deadline.on:
        facts = {"day": deadline.on, "time": deadline.at.time()}
        yield Step("due", "截止于{day}{time}", "the term ends on {day}, {time}", facts)
    else:
        yield Step("due", "截止于{day}24时", "the last day ends on {day}, 24:00", {"day": deadline.on, "time": None})


def _hours(deadline: Deadline) -> Iterator[Step]:
    if isinstance(deadline.received, datetime):
        facts = {"moment": as_moment(deadline.received)}
        if deadline.counting.hour_start == "next_hour":
            zh = "自{moment}的次时起算（民诉法解释第125条）"
            en = "hours run from the hour after {moment} (Interpretation of the Civil Procedure Law, article 125)"
        else:
            zh, en = "自{moment}起算（民法典第201条）", "hours run from {moment} (Civil Code, article 201)"
        yield Step("start", zh, en, facts)
    yield from (_mark(mark) for mark in deadline.marks)


def _mark(mark: ClockMark) -> Step:
    when = mark.moment if isinstance(mark.at, datetime) else mark.on
    facts: dict[str, object] = {"day": when, "what": MOVES[mark.move], "basis": mark.basis or None}
    tail_zh, tail_en = ("（{basis}）", " ({basis})") if mark.basis else ("", "")
    if mark.until:
        facts["until"] = mark.until
        return Step(mark.move, "{day}{what}至{until}" + tail_zh, "{day}: {what} to {until}" + tail_en, facts)
    if mark.term:
        facts["term"] = mark.term.label
        return Step(mark.move, "{day}{what}{term}" + tail_zh, "{day}: {what} by {term}" + tail_en, facts)
    return Step(mark.move, "{day}{what}" + tail_zh, "{day}: {what}" + tail_en, facts)


def _unknown(day: date) -> Step:
    return Step("unknown", "{day}起的放假安排尚未公布", "from {day} on no holiday notice is published", {"day": day})


def _facts(calendar: WorkCalendar, day: date) -> Mapping[str, object]:
    return _told(calendar, day)[1].facts


def _told(calendar: WorkCalendar, day: date) -> Told:
    what = calendar.day(day)
    notice = what.basis.title.zh if what.basis else None
    facts = {"day": day, "what": what.label, "day_kind": what.kind.value, "notice": notice}
    return what.working, _skipped(facts)


def _counted(facts: Mapping[str, object], n: int) -> Step:
    return Step("counted", "{day}：{what}，第{n}日", "{day}: {what}, day {n}", {**facts, "n": n})


def _skipped(facts: Mapping[str, object]) -> Step:
    return Step("skipped", "{day}：{what}，不计", "{day}: {what}, not counted", facts)


def _working_days(deadline: Deadline, day: date) -> Iterator[Step]:
    """Each day after `day`: counted with its number, or skipped with the reason."""
    calendar, begun, count, paused = deadline.calendar, day, 0, False
    last = deadline.on or max((mark.on for mark in deadline.marks), default=day)
    marks, days = list(deadline.marks), TOLD.setdefault(calendar, {})
    while day < last:
        day += ONE_DAY
        fresh = False
        while marks and marks[0].on <= day:
            mark = marks.pop(0)
            paused = mark.move == "pause" or (paused and mark.move == "extend")
            if mark.move == "restart" and mark.on > begun:
                count, fresh = 0, True
            yield _mark(mark)
        told = days.get(day)
        if told is None:
            if day > calendar.known_until:
                yield _unknown(day)
                return
            told = days[day] = _told(calendar, day)
        working, skipped = told
        if paused or fresh:
            yield Step("not-counted", "{day}：计时未进行", "{day}: the clock does not run", skipped.facts)
        elif working:
            count += 1
            yield _counted(skipped.facts, count)
        else:
            yield skipped


def _natural(deadline: Deadline) -> Iterator[Step]:
    """The last day by number, then each rest day it is moved over."""
    leg, plain, on = deadline.leg, deadline.unrolled, deadline.on
    if leg is None or leg.until or plain is None or on is None:
        return
    yield Step("counted-to", "满{term}为{day}", "{term} end on {day}", {"term": deadline.term.label, "day": plain})
    try:
        if deadline.counting.roll == "tax" and (extra := tax_days(deadline.calendar.is_working, leg.begun, plain)):
            yield from _lengthened(deadline, plain, extra)
        else:
            yield from _moved(deadline, plain, on)
    except CalendarCoverageError:
        yield _unknown(max(plain, deadline.calendar.known_until + ONE_DAY))


def _moved(deadline: Deadline, day: date, on: date) -> Iterator[Step]:
    step = ONE_DAY if on > day else -ONE_DAY
    while day != on:
        facts = {**_facts(deadline.calendar, day), "basis": BASES[deadline.counting.roll]}
        zh, en = "{day}：{what}，末日移动（{basis}）", "{day}: {what}, the last day moves ({basis})"
        yield Step("rolled", zh, en, facts)
        day += step


def _lengthened(deadline: Deadline, day: date, extra: int) -> Iterator[Step]:
    yield Step(
        "lengthened",
        "期限内连续三日以上的休假日共{n}日，按工作日顺延（{basis}）",
        "{n} rest days in runs of three or more lie inside the term; as many working days are added ({basis})",
        {"n": extra, "basis": BASES["tax"]},
    )
    count = 0
    while count < extra:
        day += ONE_DAY
        facts = _facts(deadline.calendar, day)
        working = deadline.calendar.is_working(day)
        count += working
        yield _counted(facts, count) if working else _skipped(facts)
