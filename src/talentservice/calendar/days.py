"""What one day is, and what it rests on."""

from datetime import date
from enum import StrEnum

from attrs import frozen

from talentservice.calendar.notices import Notice
from talentservice.calendar.overrides import LocalOverride
from talentservice.labels import Label


class DayKind(StrEnum):
    """The four kinds of day; a make-up day is a Saturday or Sunday on which offices work."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make-up"


NAMES = {
    DayKind.WORKING: Label(zh="工作日", en="working day"),
    DayKind.WEEKEND: Label(zh="周末休息", en="weekend"),
    DayKind.HOLIDAY: Label(zh="放假", en="holiday"),
    DayKind.MAKE_UP: Label(zh="调休上班", en="make-up working day"),
}


@frozen
class Day:
    """A day of the calendar: its kind and the notice or local override that made it so, None for an ordinary day."""

    on: date
    kind: DayKind
    basis: Notice | LocalOverride | None = None

    @property
    def working(self) -> bool:
        """Whether offices work on it."""
        return self.kind in (DayKind.WORKING, DayKind.MAKE_UP)

    @property
    def label(self) -> Label:
        """What the day is, with what it rests on."""
        name = NAMES[self.kind]
        if self.basis is None:
            return name
        title = self.basis.title
        return Label(zh=f"{name.zh}（{title.zh}）", en=f"{name.en} ({title.en})")

    def to_dict(self) -> dict[str, object]:
        """The day as JSON values."""
        return {
            "date": self.on.isoformat(),
            "kind": self.kind.value,
            "working": self.working,
            "notice": self.basis.title.zh if self.basis else None,
        }
