"""What stops, restarts or lengthens a running term."""

from datetime import date, datetime
from typing import Literal

from attrs import frozen

from talentservice.calendar.terms import Term
from talentservice.errors import InvalidDate
from talentservice.strict import day_of

Move = Literal["pause", "resume", "restart", "extend"]


@frozen
class ClockMark:
    """One mark on a term's clock.

    `pause` and `resume` take out the days from the pause, inclusive, to the resumption, exclusive. `restart` runs the whole term
    anew from the day after. `extend` adds a term of the same unit, or sets the new last day in `until`.
    """

    move: Move
    at: date | datetime
    basis: str = ""
    term: Term | None = None
    until: date | None = None

    def __attrs_post_init__(self) -> None:
        """An extension says by how much or until when; nothing else does."""
        if (self.move == "extend") != (self.term is not None or self.until is not None):
            raise InvalidDate(
                "an extension needs the added term or the new last day, and nothing else has one",
                "延期须写明延长多久或新的截止日；其他动作不带期限",
            )

    @property
    def on(self) -> date:
        """The day of the mark in Beijing."""
        return day_of(self.at)
