"""One thing owed: by whom, to whom, by when, and whether it was done."""

from datetime import date
from enum import StrEnum

from attrs import field, frozen

from talentservice.answers import Answer
from talentservice.calendar import Period
from talentservice.events import Event
from talentservice.labels import Label


class State(StrEnum):
    """How an obligation stands on a day."""

    DONE = "done"
    DONE_LATE = "done-late"
    OPEN = "open"
    OVERDUE = "overdue"
    INCOMPLETE = "incomplete"


STATES = {
    State.DONE: Label(zh="已完成", en="done"),
    State.DONE_LATE: Label(zh="逾期完成", en="done late"),
    State.OPEN: Label(zh="待办", en="open"),
    State.OVERDUE: Label(zh="已逾期", en="overdue"),
    State.INCOMPLETE: Label(zh="内容不全", en="incomplete"),
}


@frozen
class Obligation:
    """One obligation.

    Attributes:
        duty: the rule's id, with its `question`.
        who, post: the role that owes it and the post, where it is known.
        to: the roles it is owed to.
        about: what it concerns: the ticket, talent or post, or the period.
        due: the last day as an Answer: its value is None where the text prints no day.
        state, late: how it stands, and by how many natural days it is or was late.
        done_by: the event that fulfilled it.
        lacks: what the fulfilling event should have carried and did not.
    """

    duty: str
    question: Label
    does: Label
    who: str
    who_label: Label
    due: Answer[date | None] = field(repr=False)
    state: State
    post: str | None = None
    to: tuple[str, ...] = ()
    to_labels: tuple[Label, ...] = ()
    about: str = ""
    started_by: Event | None = field(default=None, repr=False)
    period: Period | None = None
    about_day: bool = False
    term: Label | None = None
    done_by: Event | None = field(default=None, repr=False)
    lacks: tuple[str, ...] = ()
    late: int = 0

    @property
    def day(self) -> date | None:
        """The last day, None where the text prints none."""
        return self.due.value

    def to_dict(self) -> dict[str, object]:
        """The obligation as JSON values."""
        return {
            "duty": self.duty,
            "zh": self.question.zh,
            "en": self.question.en,
            "does": {"zh": self.does.zh, "en": self.does.en},
            "who": self.who,
            "post": self.post,
            "to": list(self.to),
            "about": self.about,
            "due": self.day.isoformat() if self.day else None,
            "about_day": self.about_day,
            "term": {"zh": self.term.zh, "en": self.term.en} if self.term else None,
            "certainty": self.due.certainty.value,
            "state": self.state.value,
            "late_days": self.late,
            "period": self.period.to_dict() if self.period else None,
            "started_by": self.started_by.to_dict() if self.started_by else None,
            "done_by": self.done_by.to_dict() if self.done_by else None,
            "lacks": list(self.lacks),
            "citations": [str(c) for c in self.due.citations],
        }
