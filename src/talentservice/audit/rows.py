"""From a table's rows to events; what cannot be read, or cannot be true, is named by row and column."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TypeVar

from attrs import frozen

from talentservice.audit.tables import Row, Table
from talentservice.cells import id_of, moment_of, shown
from talentservice.duties import DutyRule
from talentservice.errors import TalentServiceError
from talentservice.events import Event
from talentservice.labels import Label

T = TypeVar("T")


@frozen
class Unreadable:
    """A cell that could not be read, or contradicts another: row as an office counts, column, and why."""

    row: int
    column: str
    en: str
    zh: str

    @property
    def label(self) -> Label:
        """The finding in words."""
        # Not validated: the words hold pieces of cells, and whatever was in those must not stop the report.
        column = shown(self.column)
        return Label.model_construct(
            zh=f"第 {self.row} 行“{column}”：{self.zh}", en=f"row {self.row}, {column}: {self.en}"
        )

    def to_dict(self) -> dict[str, object]:
        """The finding as JSON values."""
        return {"row": self.row, "column": self.column, "en": self.en, "zh": self.zh}


@frozen
class Case:
    """One row as read: its ticket's number and its events."""

    row: int
    events: tuple[Event, ...]


def read_cases(
    table: Table, ticket: str, columns: Mapping[str, str], duties: Iterable[DutyRule]
) -> tuple[list[Case], list[Unreadable]]:
    """The rows that can be judged, and why the others cannot.

    A row with one unreadable cell is not judged: an event that cannot be read must not look like one that is missing.

    Args:
        table: one row a ticket.
        ticket: the column with the ticket's number.
        columns: for each kind of event the column with its day or time.
        duties: whose start may not lie behind their fulfilment.
    """
    cases: list[Case] = []
    bad: list[Unreadable] = []
    first: dict[str, int] = {}
    ends = [(set(d.spec.after.events), set(d.spec.does)) for d in duties if d.spec.after]
    for row in table.rows:
        before = len(bad)
        number = _cell(row, ticket, id_of, bad)
        read = [(kind, _cell(row, column, moment_of, bad)) for kind, column in columns.items()]
        if number is not None and first.setdefault(number, row.number) != row.number:
            en, zh = f"the ticket number stands in row {first[number]} too", f"工单编号已见于第 {first[number]} 行"
            bad.append(Unreadable(row.number, ticket, en, zh))
        if row.beyond:
            en, zh = "the row has more cells than the header has columns", "该行的单元格多于表头的列"
            bad.append(Unreadable(row.number, table.columns[-1], en, zh))
        if number is None or len(bad) > before:
            continue
        events = tuple(Event(kind, at, subjects={"ticket": number}) for kind, at in read if at is not None)
        wrong = [w for starts, does in ends for w in _backwards(row.number, events, starts, does, columns)]
        bad += dict.fromkeys(wrong)
        if not wrong:
            cases.append(Case(row.number, events))
    return cases, bad


def _cell(row: Row, column: str, read: Callable[[object], T], bad: list[Unreadable]) -> T | None:
    try:
        return read(row.cells.get(column))
    except TalentServiceError as error:
        bad.append(Unreadable(row.number, column, error.en, error.zh))
        return None


def _backwards(
    row: int, events: Iterable[Event], starts: set[str], does: set[str], columns: Mapping[str, str]
) -> Iterable[Unreadable]:
    """A fulfilment before everything that may start it: one of the two times is wrong, and nobody knows which."""
    begun = [e for e in events if e.kind in starts]
    for done in events:
        if done.kind in does and begun and all(_before(done, start) for start in begun):
            start = begun[0]
            yield Unreadable(
                row,
                columns[done.kind],
                f"{_told(done)} lies before {columns[start.kind]} ({_told(start)})",
                f"{_told(done)} 早于“{columns[start.kind]}”（{_told(start)}）",
            )


def _before(one: Event, other: Event) -> bool:
    if isinstance(one.at, datetime) and isinstance(other.at, datetime):
        return one.at < other.at
    return one.on < other.on


def _told(event: Event) -> str:
    return event.at.strftime("%Y-%m-%d %H:%M") if isinstance(event.at, datetime) else event.at.isoformat()
