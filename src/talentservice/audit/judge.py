"""Judging a real table: each row's events, the duties they start, on time or late."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum

from attrs import evolve, field, frozen

from talentservice.audit.rows import Case, Unreadable, read_cases
from talentservice.audit.tables import Table
from talentservice.calendar import Period
from talentservice.duties import DutyRule, Obligation, State
from talentservice.errors import CalendarCoverageError, InputError, unknown
from talentservice.events import EventLog
from talentservice.labels import Label
from talentservice.region import Region
from talentservice.strict import FIRST_DAY, day_of

LATENESS = (1, 2, 5, 10, 20, 60)
VERDICTS = {
    State.DONE: Label(zh="按时", en="on time"),
    State.DONE_LATE: Label(zh="逾期办结", en="late"),
    State.OPEN: Label(zh="未到期", en="still open"),
    State.OVERDUE: Label(zh="逾期未办", en="overdue"),
}


class Idle(StrEnum):
    """Why a row that can be read is not judged."""

    NOT_STARTED = "not-started"
    LATER = "later"
    NOT_IN_FORCE = "not-in-force"


IDLE = {
    Idle.NOT_STARTED: Label(
        zh="没有引起义务的事件（起始列为空）", en="nothing starts a duty (the column of the start is empty)"
    ),
    Idle.LATER: Label(zh="起始于核查日之后", en="it starts after the day up to which is judged"),
    Idle.NOT_IN_FORCE: Label(
        zh="起始时文件尚未施行或已失效；可用 --as-if-in-force（as_if_in_force=True）按假定施行核查",
        en="it starts while the document was not in force; --as-if-in-force (as_if_in_force=True) judges it all the same",
    ),
}


@frozen
class Judged:
    """One obligation of one row, judged by its times; `working_days_late` counts the working days after the last day."""

    row: int
    obligation: Obligation = field(repr=False)
    working_days_late: int | None

    def to_dict(self) -> dict[str, object]:
        """The verdict as JSON values."""
        o = self.obligation
        done = o.done_by.on.isoformat() if o.done_by else None
        return {
            "row": self.row,
            "ticket": o.about,
            "duty": o.duty,
            "state": o.state.value,
            "due": o.day.isoformat() if o.day else None,
            "done": done,
            "days_late": o.late,
            "working_days_late": self.working_days_late,
            "certainty": o.due.certainty.value,
        }


@frozen
class Audit:
    """What a table shows: every row judged, the cells that could not be read, and how many rows owe nothing, and why."""

    region: Region
    on: date
    rows: int
    judged: tuple[Judged, ...]
    unreadable: tuple[Unreadable, ...]
    duties: tuple[DutyRule, ...]
    idle: Mapping[Idle, int] = field(factory=Counter)

    def of(self, *states: State) -> list[Judged]:
        """The verdicts in these states."""
        return [j for j in self.judged if j.obligation.state in states]

    @property
    def counts(self) -> Mapping[State, int]:
        """How many verdicts in each state."""
        return Counter(j.obligation.state for j in self.judged)

    def by_month(self) -> list[tuple[str, Counter[State]]]:
        """The verdicts by the month in which each duty started, in order."""
        months: dict[str, Counter[State]] = {}
        for verdict in self.judged:
            start = verdict.obligation.started_by
            months.setdefault(f"{start.on:%Y-%m}" if start else "", Counter())[verdict.obligation.state] += 1
        return sorted(months.items())

    def lateness(self) -> list[tuple[Label, int]]:
        """How late, in classes of natural days: 1, 2, 3-5 … both ends inclusive."""
        late = [j.obligation.late for j in self.of(State.DONE_LATE, State.OVERDUE)]
        out, low = [], 0
        for high in LATENESS:
            label = f"{low + 1}–{high}" if high > low + 1 else f"{high}"
            plural = "s" if high > 1 else ""
            out.append((Label(zh=f"迟 {label} 天", en=f"{label} day{plural} late"), sum(low < n <= high for n in late)))
            low = high
        out.append((Label(zh=f"迟 {low} 天以上", en=f"more than {low} days late"), sum(n > low for n in late)))
        return out

    def worst(self, count: int = 5) -> list[Judged]:
        """The verdicts that are latest."""
        late = self.of(State.DONE_LATE, State.OVERDUE)
        return sorted(late, key=lambda j: (-j.obligation.late, j.row))[:count]

    def to_dict(self, *, rows: bool = False) -> dict[str, object]:
        """The audit as JSON values; with `rows` every verdict is listed."""
        counts = self.counts
        summary = {
            "on_time": counts[State.DONE],
            "late": counts[State.DONE_LATE],
            "open": counts[State.OPEN],
            "overdue": counts[State.OVERDUE],
            "unreadable": len({u.row for u in self.unreadable}),
        }
        return {
            "region": self.region.id,
            "on": self.on.isoformat(),
            "rows": self.rows,
            "judged": len(self.judged),
            **summary,
            "not_judged": {reason.value: self.idle.get(reason, 0) for reason in Idle},
            "as_if_in_force": sum(j.obligation.due.as_if_in_force for j in self.judged),
            "lateness": [{"zh": label.zh, "en": label.en, "count": n} for label, n in self.lateness()],
            "by_month": [{"month": m, **{s.value: c[s] for s in State if c[s]}} for m, c in self.by_month()],
            "worst": [{**j.to_dict(), "explanation": _explained(j.obligation)} for j in self.worst()],
            "unreadable_cells": [u.to_dict() for u in self.unreadable],
            "duties": [{"id": d.id, "clauses": [str(c) for c in d.citations]} for d in self.duties],
            **({"verdicts": [j.to_dict() for j in self.judged]} if rows else {}),
        }


def _explained(obligation: Obligation) -> dict[str, str]:
    return {"zh": obligation.due.explain("zh"), "en": obligation.due.explain("en")}


def audit(
    region: Region,
    table: Table,
    *,
    ticket: str,
    events: Mapping[str, str],
    on: date | None = None,
    as_if_in_force: bool = False,
    progress: Callable[[Iterable[Case]], Iterable[Case]] = iter,
) -> Audit:
    """Judge a table by the duties of a region that start and end with the mapped events.

    A row that cannot be read, contradicts itself, or repeats a ticket's number is named and not judged; the others are.

    Args:
        region: whose duties.
        table: one row a ticket.
        ticket: the column with the ticket's number.
        events: for each kind of event the column with its day or time.
        on: the day up to which it is judged, inclusive; without it the last day of the rows that can be read.
        as_if_in_force: also judge what started while the document was not in force.
        progress: wraps the rows that are judged, for a progress bar.

    Raises:
        TableError: a column is missing.
        UnknownName: no such kind of event.
        InputError: no duty of the region starts and ends with these events.
        MissingParameter: a duty waits for a value.
    """
    table.need([ticket, *events.values()])
    for kind in events:
        if kind not in region.scope.events:
            raise unknown("kind of event", "事件种类", kind, sorted(region.scope.events))
    duties = _duties(region, events)
    cases, unreadable = read_cases(table, ticket, events, duties)
    end = day_of(on) if on else max((e.on for c in cases for e in c.events), default=FIRST_DAY)
    judged: list[Judged] = []
    idle: Counter[Idle] = Counter()
    for case in progress(cases):
        try:
            found = _judged(case, duties, end, as_if_in_force=as_if_in_force)
        except (CalendarCoverageError, InputError) as error:  # a day no notice covers: the row's, not the table's
            column = events[case.events[0].kind]
            unreadable.append(Unreadable(case.row, column, error.en, error.zh))
            continue
        judged += found
        if not found:
            idle[_reason(case, duties, end)] += 1
    unreadable.sort(key=lambda u: u.row)
    return Audit(region, end, len(table.rows), tuple(judged), tuple(unreadable), tuple(duties), idle)


def _judged(case: Case, duties: Iterable[DutyRule], end: date, *, as_if_in_force: bool) -> list[Judged]:
    log, window = EventLog(case.events), Period(end, end)
    owed = [(duty, duty.owed(log, end, window=window, as_if_in_force=as_if_in_force)) for duty in duties]
    return [Judged(case.row, _by_time(o), _working_late(duty, o, end)) for duty, found in owed for o in found]


def _by_time(obligation: Obligation) -> Obligation:
    """A table of times does not show what an event carried: whether the contents are complete is not judged."""
    if obligation.state is not State.INCOMPLETE:
        return obligation
    return evolve(obligation, state=State.DONE_LATE if obligation.late else State.DONE, lacks=())


def _reason(case: Case, duties: Iterable[DutyRule], end: date) -> Idle:
    starts = [
        (duty, e.on) for duty in duties for e in case.events if duty.spec.after and e.kind in duty.spec.after.events
    ]
    known = [(duty, day) for duty, day in starts if day <= end]
    if not known:
        return Idle.LATER if starts else Idle.NOT_STARTED
    in_force = any(duty.document.in_force_on(day) for duty, day in known)
    return Idle.NOT_STARTED if in_force else Idle.NOT_IN_FORCE


def _duties(region: Region, events: Mapping[str, str]) -> list[DutyRule]:
    rules = [r for r in region.rules("duty") if isinstance(r, DutyRule) and r.spec.after]
    fit = [
        r for r in rules if r.spec.after and set(r.spec.does) & set(events) and set(r.spec.after.events) & set(events)
    ]
    if not fit:
        pairs = [
            f"{'/'.join(r.spec.after.events)} → {'/'.join(r.spec.does)} ({r.id})"
            for r in rules
            if r.spec.after and r.spec.after.events
        ]
        raise InputError(
            f"no duty of {region.id} starts and ends with these events; map both of one of: {'; '.join(pairs)}",
            f"{region.id} 没有由这些事件起止的义务；请对应下列之一的两端：{'；'.join(pairs)}",
        )
    return fit


def _working_late(duty: DutyRule, obligation: Obligation, end: date) -> int | None:
    if not obligation.late or obligation.day is None:
        return None
    try:
        return duty.scope.days().count(obligation.day, obligation.done_by.on if obligation.done_by else end)
    except CalendarCoverageError:
        return None
