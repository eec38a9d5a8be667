"""What stops, restarts or lengthens a running term."""

from datetime import date, datetime, time
from typing import Literal, get_args

from attrs import frozen

from talentservice.calendar.terms import Term, Unit
from talentservice.errors import DateOrder, InvalidDate, WrongType, unknown
from talentservice.strict import BEIJING, as_day, as_moment, day_of

Move = Literal["pause", "resume", "restart", "extend"]


@frozen
class ClockMark:
    """One mark on a term's clock.

    `pause` and `resume` take out the days from the pause, inclusive, to the resumption, exclusive. `restart` runs
    the whole term anew from the day after, with what extended it. `extend` adds a term of the same unit, or sets the
    new last day in `until`, which stands as it is set even on a rest day.
    """

    move: Move
    at: date | datetime
    basis: str = ""
    term: Term | None = None
    until: date | None = None

    def __attrs_post_init__(self) -> None:
        """An extension says by how much or until when; nothing else does."""
        if self.move not in get_args(Move):
            raise unknown("mark on a clock", "计时动作", str(self.move), list(get_args(Move)))
        if (self.term is not None) + (self.until is not None) != (self.move == "extend"):
            raise InvalidDate(
                "an extension needs either the added term or the new last day, and nothing else has one",
                "延期须写明延长多久或新的截止日（二选一）；其他动作不带期限",
            )
        day_of(self.at)
        if self.until is not None:
            as_day(self.until)

    @property
    def on(self) -> date:
        """The day of the mark in Beijing."""
        return day_of(self.at)

    @property
    def moment(self) -> datetime:
        """The moment of the mark; where only a day is known, its first."""
        if isinstance(self.at, datetime):
            return as_moment(self.at)
        return datetime.combine(self.at, time(), BEIJING)

    def added(self, unit: Unit) -> int:
        """How many units an extension adds to a term of that unit; 0 for one that sets the last day.

        Raises:
            WrongType: the extension is in another unit.
        """
        if self.term is None:
            return 0
        if self.term.unit != unit:
            raise WrongType(
                f"the term runs in {unit}; an extension by {self.term.label.en} needs its last day (until)",
                f"延期的单位（{self.term.label.zh}）与原期限不同：请改用 until 写明新的截止日",
            )
        return self.term.length


def not_paused(mark: ClockMark) -> DateOrder:
    """The error for a resumption without a pause."""
    return DateOrder(
        f"the clock is resumed on {mark.on} but was not paused; the pause is missing or lies later",
        f"{mark.on} 恢复计时，但此前没有暂停：缺少暂停记录，或暂停在其后",
    )


def shortened(mark: ClockMark, last: date) -> DateOrder:
    """The error for an extension whose new last day lies before the present one."""
    return DateOrder(
        f"the extension to {mark.until} ends before the present last day {last}",
        f"延期至 {mark.until}，早于现有截止日 {last}",
    )
