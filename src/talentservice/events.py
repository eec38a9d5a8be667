"""What happened: events, append-only, and the kinds of event every region knows."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import Any, TypeVar

from attrs import define, field, frozen

from talentservice.calendar import Period
from talentservice.errors import InputError, InvalidDate, InvalidText, WrongType, unknown
from talentservice.labels import Label
from talentservice.steps import plain
from talentservice.strict import BEIJING, Id, Strict, as_day, as_moment, clean_text, day_of


class EventKind(Strict):
    """A kind of event: its name, and the subjects (ticket, talent, post …) one of that kind is about."""

    zh: str
    en: str
    subjects: list[Id] = []

    @property
    def label(self) -> Label:
        """The kind's name."""
        return Label(zh=self.zh, en=self.en)


def _kind(zh: str, en: str, *subjects: str) -> EventKind:
    return EventKind(zh=zh, en=en, subjects=list(subjects))


STANDARD: Mapping[str, EventKind] = {
    "ticket.raised": _kind("提出诉求", "Need raised", "ticket", "talent"),
    "ticket.answered": _kind("现场解答", "Answered on the spot", "ticket"),
    "ticket.recorded": _kind("登记填单", "Need recorded on its form", "ticket"),
    "ticket.submitted": _kind("提交受理", "Submitted for acceptance", "ticket"),
    "ticket.accepted": _kind("受理", "Accepted", "ticket"),
    "ticket.dispatched": _kind("派单", "Dispatched", "ticket"),
    "ticket.received": _kind("收到工单", "Ticket received", "ticket"),
    "ticket.replied": _kind("办理并回复", "Handled and replied", "ticket"),
    "ticket.escalated": _kind("上报研究", "Escalated", "ticket"),
    "ticket.urged": _kind("催办或通报", "Urged or circulated", "ticket"),
    "ticket.closed": _kind("办结", "Closed", "ticket"),
    "clock.paused": _kind("暂停计时", "Clock paused", "ticket"),
    "clock.resumed": _kind("恢复计时", "Clock resumed", "ticket"),
    "clock.restarted": _kind("重新计时", "Clock restarted", "ticket"),
    "clock.extended": _kind("延长期限", "Term extended", "ticket"),
    "progress.reported": _kind("反馈进展", "Progress reported", "ticket"),
    "notice.given": _kind("告知受理情况", "Acceptance notified", "ticket"),
    "feedback.given": _kind("反馈结果", "Outcome fed back", "ticket"),
    "explanation.given": _kind("解释说明", "Explanation given", "ticket"),
    "meeting.held": _kind("召开会议", "Meeting held", "ticket"),
    "visit.made": _kind("走访", "Visit made", "enterprise"),
    "interview.held": _kind("访谈", "Interview held", "talent"),
    "contact.made": _kind("联系服务", "Contact made", "talent"),
    "report.filed": _kind("报送报告", "Report filed", "post"),
    "post.changed": _kind("职务变动", "Change of post", "post"),
    "relation.adjusted": _kind("调整联系关系", "Contact relation adjusted", "post"),
    "list.set": _kind("确定联系名单", "Contact list set", "body"),
    "list.filed": _kind("报送联系名单", "Contact list filed", "body"),
}

T = TypeVar("T")
NOT_SUBJECTS = frozenset({"kind", "at", "by", "role", "to", "id"})
DEEPEST = 20
_TWINS: dict[type, Any] = {}


@frozen
class Event:
    """Something that happened.

    `at` is a day, or an aware moment; `by` is the post that acted and `role` the role it acted in; `to` names the roles or posts
    it was addressed to; `subjects` ties it to tickets, talents, enterprises and posts by id; `data` is the rest. Where data has
    the name of something the event itself has, the event's own counts.
    """

    kind: str
    at: date | datetime
    by: str | None = None
    role: str | None = None
    to: tuple[str, ...] = ()
    subjects: Mapping[str, str] = field(factory=dict)
    data: Mapping[str, object] = field(factory=dict)
    id: str = ""

    @property
    def on(self) -> date:
        """The day in Beijing on which it happened; NaiveDatetime where the time has no zone."""
        at = self.at
        if not isinstance(at, datetime):
            return at
        return at.date() if at.tzinfo is BEIJING else as_moment(at).date()

    def facts(self) -> dict[str, object]:
        """Everything a condition may look at: data, subjects, actor."""
        return {**self.data, **self.subjects, "by": self.by, "role": self.role}

    def to_dict(self) -> dict[str, object]:
        """The event as one flat JSON object, as `read_event` takes it."""
        head: dict[str, object] = {"kind": self.kind, "at": self.at.isoformat()}
        optional = {"by": self.by, "role": self.role, "to": list(self.to), "id": self.id}
        own = {**head, **{k: v for k, v in optional.items() if v}, **self.subjects}
        return {**own, **{k: plain(v) for k, v in self.data.items() if k not in own and k not in NOT_SUBJECTS}}


def unlocked(frozen_class: type[T]) -> type[T]:
    """A twin of a frozen class that can still be filled in; an object of it is locked by giving it the frozen class itself.

    A frozen class of attrs refuses every assignment, so its own `__init__` must go round that field by field: an event takes
    three times as long to build. The twin adds no field, so both have the same layout, and it never leaves the function that
    builds: what others see is of the frozen class, and as frozen as any.
    """
    twin: type[T] | None = _TWINS.get(frozen_class)
    if twin is None:
        writable = {"__slots__": (), "__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
        twin = define(type(frozen_class.__name__, (frozen_class,), writable), eq=False, repr=False)
        _TWINS[frozen_class] = twin
    return twin


_UnlockedEvent = unlocked(Event)


def read_event(row: Mapping[str, object], kinds: Mapping[str, EventKind], *, local: bool = False) -> Event:
    """Read an event from a flat mapping: the kind's subjects and, for tickets, the part; the rest of the keys become its data.

    Args:
        row: `kind` and `at` are needed; ISO text is read as a day or a moment.
        kinds: the kinds there are, standard and the region's own.
        local: take a time without a zone as Beijing time, as printed tables and scenario files mean it.

    Raises:
        UnknownName: no such kind of event.
        InvalidDate, NaiveDatetime, WrongType, InvalidText: a value is wrong.
    """
    kind = row.get("kind")
    if not isinstance(kind, str):
        raise WrongType("an event needs a kind, as text", "事件须写明种类（文本）")
    if kind not in kinds:
        raise unknown("kind of event", "事件种类", kind, sorted(kinds))
    named = kinds[kind].subjects
    subjects = {k: _name(row[k]) for k in [*named, *(["part"] if "ticket" in named else [])] if row.get(k) is not None}
    rest = {k: _safe(v) for k, v in row.items() if k not in NOT_SUBJECTS and k not in named and k not in subjects}
    to = row.get("to")
    event = _UnlockedEvent(
        kind=kind,
        at=read_at(row.get("at"), local=local),
        by=_name(row["by"]) if row.get("by") is not None else None,
        role=_name(row["role"]) if row.get("role") is not None else None,
        to=(_name(to),) if isinstance(to, str) else tuple(_name(item) for item in _items(to)),
        subjects=subjects,
        data=rest,
        id=_name(row["id"]) if row.get("id") else "",
    )
    event.__class__ = Event
    return event


def read_at(value: object, *, local: bool = False) -> date | datetime:
    """Read a day or a moment; ISO text is allowed, a time without a zone only where `local` says it is Beijing time."""
    if isinstance(value, str):
        text = value
        try:
            value = date.fromisoformat(text) if len(text) == len("2021-06-18") else datetime.fromisoformat(text)
        except ValueError:
            shown = text[:40]
            raise InvalidDate(
                f"not a date: {shown!r}; write 2021-06-18", f"不是日期：{shown}；请写成 2021-06-18"
            ) from None
    if isinstance(value, datetime):
        return as_moment(value.replace(tzinfo=BEIJING) if local and value.tzinfo is None else value)
    return as_day(value)


def known_day(value: object) -> date | None:
    """The day that a field of an event or a fact holds, as a date, an aware moment, or the ISO text of either; None otherwise."""
    try:
        return day_of(read_at(value))
    except InputError:
        return None


def blank(value: object) -> bool:
    """Whether a field is as good as not given."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, list | tuple | set | frozenset | dict) and not value)


def _name(value: object) -> str:
    if not isinstance(value, str):
        raise WrongType(f"an id is text, got {type(value).__name__}", f"编号应为文本，收到 {type(value).__name__}")
    return clean_text(value, longest=200, lines=False)


def _items(value: object) -> Iterable[object]:
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        raise WrongType(
            f"to is an id or a list of ids, got {type(value).__name__}",
            f"to 应为编号或编号列表，收到 {type(value).__name__}",
        )
    return value


def _safe(value: object, depth: int = 0) -> object:
    """Data with every text in it made safe."""
    if depth > DEEPEST:
        raise InvalidText(f"data is nested more than {DEEPEST} deep", f"数据嵌套超过 {DEEPEST} 层")
    match value:
        case str():
            return clean_text(value) if value else value
        case list() | tuple():
            return [_safe(item, depth + 1) for item in value]
        case Mapping():
            return {key: _safe(item, depth + 1) for key, item in value.items()}
    return value


class EventLog:
    """Events in the order they happened, found by kind and by subject.

    A day without an hour comes before the moments of that day; equal times keep the order given.
    """

    __slots__ = ("_about", "_days", "_earlier", "_kinds", "events")

    def __init__(self, events: Iterable[Event] = ()) -> None:
        given = list(events)
        keys = [_order(event) for event in given]
        order = sorted(range(len(given)), key=keys.__getitem__)
        self.events: tuple[Event, ...] = tuple([given[n] for n in order])
        self._days = [keys[n][0] for n in order]
        self._kinds: dict[str, list[Event]] = {}
        self._about: dict[tuple[str, str], dict[str, list[Event]]] = {}
        self._earlier: tuple[int, EventLog] | None = None
        for event in self.events:
            self._kinds.setdefault(event.kind, []).append(event)

    def of_kind(self, *kinds: str, since: date | None = None) -> list[Event]:
        """The events of one of these kinds, in order; from a day on where `since` is given."""
        found = _in_order([self._kinds.get(kind, []) for kind in kinds])
        return found[bisect_left(found, since, key=_on) :] if since else found

    def about(self, kinds: str | Sequence[str], subject: str, value: str) -> list[Event]:
        """The events of a kind, or one of several, about one ticket, talent, post …, in order."""
        names = (kinds,) if isinstance(kinds, str) else kinds
        if len(names) == 1:
            return self._by_subject(names[0], subject).get(value, [])
        return _in_order([self._by_subject(kind, subject).get(value, []) for kind in names])

    def _by_subject(self, kind: str, subject: str) -> dict[str, list[Event]]:
        """The events of a kind by one of their subjects, in order; laid out when it is first asked for."""
        found = self._about.get((kind, subject))
        if found is None:
            found = {}
            for event in self._kinds.get(kind, ()):
                if subject in event.subjects:
                    found.setdefault(event.subjects[subject], []).append(event)
            self._about[kind, subject] = found
        return found

    def between(self, period: Period) -> tuple[Event, ...]:
        """The events in a half-open period, in order."""
        return self.events[bisect_left(self._days, period.start) : bisect_left(self._days, period.end)]

    def until(self, day: date) -> "EventLog":
        """The log as it was known at the end of that day."""
        known = bisect_right(self._days, day)
        if known == len(self.events):
            return self
        if self._earlier and self._earlier[0] == known:
            return self._earlier[1]  # every rule of a region asks for the same day
        earlier = EventLog()
        earlier.events, earlier._days = self.events[:known], self._days[:known]
        earlier._kinds = {k: rows[: bisect_right(rows, day, key=_on)] for k, rows in self._kinds.items()}
        self._earlier = known, earlier
        return earlier


_on = attrgetter("on")


def _in_order(lists: list[list[Event]]) -> list[Event]:
    return lists[0] if len(lists) == 1 else sorted((event for one in lists for event in one), key=_order)


def _order(event: Event) -> tuple[date, float]:
    return event.on, event.at.timestamp() if isinstance(event.at, datetime) else 0.0
