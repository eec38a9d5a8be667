"""What happened: events, append-only, and the kinds of event every region knows."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from attrs import field, frozen

from talentservice.errors import WrongType, unknown
from talentservice.labels import Label
from talentservice.steps import plain
from talentservice.strict import BEIJING, Id, Strict, as_day, as_moment, clean_text


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
    "meeting.held": _kind("召开会议", "Meeting held"),
    "visit.made": _kind("走访", "Visit made", "enterprise"),
    "interview.held": _kind("访谈", "Interview held", "talent"),
    "contact.made": _kind("联系服务", "Contact made", "talent"),
    "report.filed": _kind("报送报告", "Report filed", "post"),
    "post.changed": _kind("职务变动", "Change of post", "post"),
    "relation.adjusted": _kind("调整联系关系", "Contact relation adjusted", "post"),
    "list.set": _kind("确定联系名单", "Contact list set", "body"),
    "list.filed": _kind("报送联系名单", "Contact list filed", "body"),
}

NOT_SUBJECTS = frozenset({"kind", "at", "by", "role", "to", "id"})


@frozen
class Event:
    """Something that happened.

    `at` is a day, or an aware moment; `by` is the post that acted and `role` the role it acted in; `to` names the roles or posts
    it was addressed to; `subjects` ties it to tickets, talents, enterprises and posts by id; `data` is the rest.
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
        """The day in Beijing on which it happened."""
        at = self.at
        return at.astimezone(BEIJING).date() if isinstance(at, datetime) else at

    def facts(self) -> dict[str, object]:
        """Everything a condition may look at: data, subjects, actor."""
        return {**self.data, **self.subjects, "by": self.by, "role": self.role}

    def to_dict(self) -> dict[str, object]:
        """The event as one flat JSON object, as `read_event` takes it."""
        head: dict[str, object] = {"kind": self.kind, "at": self.at.isoformat()}
        optional = {"by": self.by, "role": self.role, "to": list(self.to), "id": self.id}
        return {
            **head,
            **{k: v for k, v in optional.items() if v},
            **self.subjects,
            **{k: plain(v) for k, v in self.data.items()},
        }


def read_event(row: Mapping[str, object], kinds: Mapping[str, EventKind], *, local: bool = False) -> Event:
    """Read an event from a flat mapping: the kind's subjects and the rest of the keys become its data.

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
    subjects = {k: _name(row[k]) for k in kinds[kind].subjects if k in row}
    rest = {k: _safe(v) for k, v in row.items() if k not in NOT_SUBJECTS and k not in subjects}
    to = row.get("to", ())
    return Event(
        kind=kind,
        at=read_at(row.get("at"), local=local),
        by=_name(row["by"]) if row.get("by") is not None else None,
        role=_name(row["role"]) if row.get("role") is not None else None,
        to=(_name(to),) if isinstance(to, str) else tuple(_name(item) for item in _items(to)),
        subjects=subjects,
        data=rest,
        id=_name(row["id"]) if row.get("id") else "",
    )


def read_at(value: object, *, local: bool = False) -> date | datetime:
    """Read a day or a moment; ISO text is allowed, a time without a zone only where `local` says it is Beijing time."""
    from talentservice.errors import InvalidDate

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


def _name(value: object) -> str:
    if not isinstance(value, str):
        raise WrongType(f"an id is text, got {type(value).__name__}", f"编号应为文本，收到 {type(value).__name__}")
    return clean_text(value, longest=200, lines=False)


def _items(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple) else ()


def _safe(value: object) -> object:
    return clean_text(value) if isinstance(value, str) and value else value


class EventLog:
    """Events in the order they happened, found by kind and by subject.

    A day without an hour comes before the moments of that day; equal times keep the order given.
    """

    __slots__ = ("_about", "_kinds", "events")

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self.events: tuple[Event, ...] = tuple(sorted(events, key=_order))
        self._kinds: dict[str, list[Event]] = {}
        self._about: dict[tuple[str, str, str], list[Event]] = {}
        for event in self.events:
            self._kinds.setdefault(event.kind, []).append(event)
            for subject, value in event.subjects.items():
                self._about.setdefault((event.kind, subject, value), []).append(event)

    def of_kind(self, kind: str) -> list[Event]:
        """The events of a kind, in order."""
        return self._kinds.get(kind, [])

    def about(self, kind: str, subject: str, value: str) -> list[Event]:
        """The events of a kind about one ticket, talent, post …, in order."""
        return self._about.get((kind, subject, value), [])

    def until(self, day: date) -> "EventLog":
        """The log as it was known at the end of that day."""
        if not self.events or self.events[-1].on <= day:
            return self
        return EventLog(e for e in self.events if e.on <= day)


def _order(event: Event) -> tuple[date, float]:
    return event.on, event.at.timestamp() if isinstance(event.at, datetime) else 0.0
