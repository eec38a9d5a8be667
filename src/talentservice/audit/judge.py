"""Judging a real table: each row's events, the duties they start, on time or late."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

from attrs import field, frozen

from talentservice.audit.cells import id_of, moment_of
from talentservice.audit.tables import Row, Table
from talentservice.calendar import Period
from talentservice.duties import DutyRule, Obligation, State
from talentservice.errors import CalendarCoverageError, InputError, TalentServiceError, unknown
from talentservice.events import Event, EventLog
from talentservice.labels import Label
from talentservice.region import Region

T = TypeVar("T")
LATENESS = (1, 2, 5, 10, 20, 60)
VERDICTS = {
    State.DONE: Label(zh="按时", en="on time"),
    State.DONE_LATE: Label(zh="逾期办结", en="late"),
    State.OPEN: Label(zh="未到期", en="still open"),
    State.OVERDUE: Label(zh="逾期未办", en="overdue"),
    State.INCOMPLETE: Label(zh="内容不全", en="incomplete"),
}


@frozen
class Unreadable:
    """A cell that could not be read: row as an office counts, column, and why."""

    row: int
    column: str
    en: str
    zh: str

    @property
    def label(self) -> Label:
        """The finding in words."""
        return Label(zh=f"第 {self.row} 行“{self.column}”：{self.zh}", en=f"row {self.row}, {self.column}: {self.en}")

    def to_dict(self) -> dict[str, object]:
        """The finding as JSON values."""
        return {"row": self.row, "column": self.column, "en": self.en, "zh": self.zh}


@frozen
class Judged:
    """One obligation of one row; `working_days_late` counts the working days after the last day."""

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
    """What a table shows: every row judged, and the cells that could not be read."""

    region: Region
    on: date
    rows: int
    judged: tuple[Judged, ...]
    unreadable: tuple[Unreadable, ...]
    duties: tuple[DutyRule, ...]

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
            out.append((Label(zh=f"迟 {label} 天", en=f"{label} days late"), sum(low < n <= high for n in late)))
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
            "incomplete": counts[State.INCOMPLETE],
            "unreadable": len({u.row for u in self.unreadable}),
        }
        return {
            "region": self.region.id,
            "on": self.on.isoformat(),
            "rows": self.rows,
            "judged": len(self.judged),
            **summary,
            "as_if_in_force": sum(j.obligation.due.as_if_in_force for j in self.judged),
            "lateness": [{"zh": label.zh, "en": label.en, "count": n} for label, n in self.lateness()],
            "by_month": [{"month": m, **{s.value: c[s] for s in State if c[s]}} for m, c in self.by_month()],
            "worst": [{**j.to_dict(), "explanation": j.obligation.due.explain("zh")} for j in self.worst()],
            "unreadable_cells": [u.to_dict() for u in self.unreadable],
            "duties": [{"id": d.id, "clauses": [str(c) for c in d.citations]} for d in self.duties],
            **({"verdicts": [j.to_dict() for j in self.judged]} if rows else {}),
        }


def audit(
    region: Region,
    table: Table,
    *,
    ticket: str,
    events: Mapping[str, str],
    on: date | None = None,
    as_if_in_force: bool = False,
    progress: Callable[[Iterable[Row]], Iterable[Row]] = iter,
) -> Audit:
    """Judge a table by the duties of a region that start and end with the mapped events.

    Args:
        region: whose duties.
        table: one row a ticket.
        ticket: the column with the ticket's number.
        events: for each kind of event the column with its day or time.
        on: the day up to which it is judged; without it the last day found in the table.
        as_if_in_force: also judge what started while the document was not in force.
        progress: wraps the rows, for a progress bar.

    Raises:
        TableError: a column is missing.
        InputError: no duty of the region starts and ends with these events, or a ticket number stands twice.
    """
    table.need([ticket, *events.values()])
    for kind in events:
        if kind not in region.scope.events:
            raise unknown("kind of event", "事件种类", kind, sorted(region.scope.events))
    duties = _duties(region, events)
    found, unreadable, row_of = _events(table, ticket, events, progress)
    log = EventLog(found)
    end = on or max((e.on for e in log.events), default=date(2000, 1, 1))
    judged: list[Judged] = []
    for duty in duties:
        owed = duty.owed(log, end, window=Period(end, end), as_if_in_force=as_if_in_force)
        judged += [Judged(row_of[o.about], o, _working_late(region, o, end)) for o in owed]
    return Audit(
        region, end, len(table.rows), tuple(sorted(judged, key=lambda j: j.row)), tuple(unreadable), tuple(duties)
    )


def _duties(region: Region, events: Mapping[str, str]) -> list[DutyRule]:
    rules = [r for r in region.rules("duty") if isinstance(r, DutyRule) and r.spec.after]
    fit = [r for r in rules if r.spec.after and r.spec.does in events and set(r.spec.after.events) & set(events)]
    if not fit:
        pairs = [
            f"{'/'.join(r.spec.after.events)} → {r.spec.does} ({r.id})"
            for r in rules
            if r.spec.after and r.spec.after.events
        ]
        raise InputError(
            f"no duty of {region.id} starts and ends with these events; map both of one of: {'; '.join(pairs)}",
            f"{region.id} 没有由这些事件起止的义务；请对应下列之一的两端：{'；'.join(pairs)}",
        )
    return fit


def _events(
    table: Table, ticket: str, columns: Mapping[str, str], progress: Callable[[Iterable[Row]], Iterable[Row]]
) -> tuple[list[Event], list[Unreadable], dict[str, int]]:
    found: list[Event] = []
    unreadable: list[Unreadable] = []
    row_of: dict[str, int] = {}
    for row in progress(table.rows):
        before = len(unreadable)
        number = _cell(row, ticket, id_of, unreadable)
        read = [(kind, _cell(row, column, moment_of, unreadable)) for kind, column in columns.items()]
        if number is not None and number in row_of:
            en, zh = f"the ticket number stands in row {row_of[number]} too", f"工单编号已见于第 {row_of[number]} 行"
            unreadable.append(Unreadable(row.number, ticket, en, zh))
        # A row with one unreadable cell is not judged: an event that cannot be read must not look like one that is missing.
        if number is None or len(unreadable) > before:
            continue
        row_of[number] = row.number
        found += [Event(kind, at, subjects={"ticket": number}) for kind, at in read if at is not None]
    return found, unreadable, row_of


def _cell(row: Row, column: str, read: Callable[[object], T], unreadable: list[Unreadable]) -> T | None:
    try:
        return read(row.cells.get(column))
    except TalentServiceError as error:
        unreadable.append(Unreadable(row.number, column, error.en, error.zh))
        return None


def _working_late(region: Region, obligation: Obligation, end: date) -> int | None:
    if not obligation.late or obligation.day is None:
        return None
    try:
        return region.scope.days().count(obligation.day, obligation.done_by.on if obligation.done_by else end)
    except CalendarCoverageError:
        return None
