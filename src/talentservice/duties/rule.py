"""When a duty is due, as an answer."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import frozen
from dateutil.relativedelta import relativedelta

from talentservice.answers import Answer, Certainty
from talentservice.calendar import ClockMark, Deadline, Period, Term, WorkCalendar, deadline
from talentservice.calendar.clock import shortened
from talentservice.calendar.terms import UNITS
from talentservice.duties.spec import Duty
from talentservice.errors import InputError
from talentservice.events import Event, EventLog, known_day
from talentservice.labels import Label
from talentservice.people import NOBODY, Roster
from talentservice.rules import Rule
from talentservice.steps import Step
from talentservice.strict import FIRST_DAY, day_of

if TYPE_CHECKING:
    from talentservice.duties.obligation import Obligation


@frozen(eq=False)
class DutyRule(Rule[Duty]):
    """A duty of a region."""

    @cached_property
    def ties(self) -> frozenset[str]:
        """The subjects that may tie a fulfilment to what started the duty."""
        return frozenset(s for kind in self.spec.does for s in self.scope.events[kind].subjects)

    @cached_property
    def doing(self) -> Label:
        """What fulfils the duty, in words."""
        kinds = [self.scope.event(kind) for kind in self.spec.does]
        return Label(zh="或".join(k.zh for k in kinds), en=" or ".join(k.en for k in kinds))

    @cached_property
    def term(self) -> Label | None:
        """By when, in words."""
        by = self.spec.within or self.spec.by
        return by.label if by else None

    def due(
        self,
        after: date | datetime,
        *,
        limit: date | Term | None = None,
        marks: Sequence[ClockMark] = (),
        calendar: WorkCalendar | None = None,
        provisional: bool = False,
        as_if_in_force: bool = False,
    ) -> Answer[date | None]:
        """The last day, inclusive, of a duty that starts with an event; None where no day is printed or the clock is paused.

        Args:
            after: the day or aware moment of the event that starts it.
            limit: the day stated on the slip, or the item's own term, where the text refers to one.
            marks: pauses, restarts and extensions of this clock; a kind the text does not provide for is an error.
            calendar: count with this calendar instead of the region's.
            provisional: answer with bounds where no holiday notice is published yet.
            as_if_in_force: answer for a day on which the document was not in force.

        Raises:
            NotInForce, MissingParameter, CalendarCoverageError, InputError.
        """
        spec = self.spec
        if spec.within is None:
            raise InputError(
                f"the duty {self.id} recurs every period; ask due_in(period)",
                f"义务 {self.id} 为周期性义务；请用 due_in(period)",
            )
        assumed = self.ready(after if after.__class__ is date else day_of(after), as_if_in_force=as_if_in_force)
        if marks:
            self._allowed(marks)
        if limit is not None and not (spec.within.stated or spec.within.item_limit):
            raise InputError(
                f"{self.citations[0]} lays down {spec.within.label.en}; it refers to no other limit",
                f"{self.citations[0]} 规定{spec.within.label.zh}，未提及其他时限",
            )
        if isinstance(limit, date):
            return self._stated(
                day_of(limit), marks, self.scope.days(calendar), provisional=provisional, assumed=assumed
            )
        end = deadline(
            self.scope.days(calendar),
            limit or spec.within,
            after,
            counting=spec.counting,
            marks=marks,
            provisional=provisional,
        )
        return self._dated(end, assumed=assumed)

    def due_in(
        self,
        period: Period,
        *,
        calendar: WorkCalendar | None = None,
        provisional: bool = False,
        as_if_in_force: bool = False,
    ) -> Answer[date | None]:
        """The last day, inclusive, of a duty of every period; None where no time is printed.

        Raises:
            NotInForce, MissingParameter, CalendarCoverageError, InputError.
        """
        by = self.spec.by
        if by is None:
            raise InputError(
                f"the duty {self.id} starts with an event; ask due(after=…)",
                f"义务 {self.id} 由事件引起；请用 due(after=…)",
            )
        assumed = self.ready(period.last_day, as_if_in_force=as_if_in_force)
        if by.after_period:
            end = deadline(
                self.scope.days(calendar),
                by.after_period,
                period.last_day,
                counting=self.spec.counting,
                provisional=provisional,
            )
            return self._dated(end, assumed=assumed)
        value = None
        if by.before_period:
            value = period.start - timedelta(days=1)
        elif by.within_period:
            value = period.last_day
        elif by.day:
            value = period.last_day + relativedelta(day=by.day)
        told = Step("period", "{period}，{by}", "{period}: {by}", {"period": period.label, "by": by.label})
        sure = Certainty.NOT_A_DATE if value is None or by.about else Certainty.FINAL
        return self.answer(value, lambda: (told,), certainty=sure, as_if_in_force=assumed)

    def owed(
        self,
        log: EventLog,
        on: date,
        *,
        window: Period,
        roster: Roster = NOBODY,
        as_if_in_force: bool = False,
        unfinished: bool = False,
        since: date = FIRST_DAY,
    ) -> "list[Obligation]":
        """Everything owed under this duty, as it stands at the end of `on`.

        Args:
            log: what happened; what came after `on` is not looked at.
            on: the day asked about.
            window: for a duty of every period, the days in which it falls due; half-open. An event counts for the period its
                field `period` names by its first day; otherwise for the one period in which, or (where the duty is due before
                the period) before which it lies, up to the due day. So what is done late for another period has to name it.
            roster: the posts and relations.
            as_if_in_force: also for days on which the document was not in force; otherwise those days owe nothing.
            unfinished: leave out what is done, in time or late.
            since: leave out what an earlier event started.
        """
        from talentservice.duties.matching import owed

        self.ready()
        return owed(
            self,
            log.until(on),
            on,
            window=window,
            roster=roster,
            as_if_in_force=as_if_in_force,
            unfinished=unfinished,
            since=since,
        )

    def _stated(
        self, day: date, marks: Sequence[ClockMark], days: WorkCalendar, *, provisional: bool, assumed: bool
    ) -> Answer[date | None]:
        """The day stated with the event, and what extended it."""
        told = [Step("stated", "单据载明的时限为{day}", "the limit stated is {day}", {"day": day})]
        more: dict[str, object] = {}
        for mark in sorted(marks, key=lambda m: m.moment):
            if mark.move != "extend":
                raise InputError("a day that is stated can only be extended", "载明的时限只能延长")
            until = mark.until
            if mark.term:
                end = deadline(days, mark.term, day, counting=self.spec.counting, provisional=provisional)
                until = end.on
                if end.provisional:
                    more = {"certainty": Certainty.PROVISIONAL, "earliest": end.earliest, "latest": end.latest}
            if until is None or until < day:
                raise shortened(mark, day)
            day = until
            told.append(Step("extend", "延长期限至{day}", "the term is extended to {day}", {"day": day}))
        return self.answer(day, lambda: told, as_if_in_force=assumed, **more)

    def _dated(self, end: Deadline, *, assumed: bool) -> Answer[date | None]:
        certainty = Certainty.FINAL
        if end.term.unit is None:
            certainty = Certainty.NOT_A_DATE
        elif end.provisional:
            certainty = Certainty.PROVISIONAL
        return self.answer(
            end.on,
            end.steps,
            certainty=certainty,
            earliest=end.earliest,
            latest=end.latest,
            warnings=(end.horizon,) if end.horizon else (),
            as_if_in_force=assumed,
        )

    def _allowed(self, marks: Sequence[ClockMark]) -> None:
        may = {*self.spec.clock, *(["resume"] if "pause" in self.spec.clock else [])}
        for mark in marks:
            if mark.move not in may:
                raise InputError(
                    f"{self.citations[0]} does not provide for a clock that can {mark.move}; it allows: {', '.join(sorted(may)) or 'nothing'}",
                    f"{self.citations[0]} 未规定可以“{mark.move}”；允许：{'、'.join(sorted(may)) or '无'}",
                )


MARKS = {"clock.paused": "pause", "clock.resumed": "resume", "clock.restarted": "restart", "clock.extended": "extend"}


def clock_marks(rule: DutyRule, log: EventLog, start: Event) -> list[ClockMark]:
    """The marks on the clock of what started a duty, its ticket's or its part's, that the duty's text provides for.

    An extension from before the start lengthened another term, and is left out.
    """
    ticket = start.subjects.get("ticket")
    if ticket is None:
        return []
    may = {*rule.spec.clock, *(["resume"] if "pause" in rule.spec.clock else [])}
    moves = [(move, log.about(kind, "ticket", ticket)) for kind, move in MARKS.items() if move in may]
    return [
        _mark(move, event)
        for move, events in moves
        for event in events
        if same_part(start, event) and (move != "extend" or not_before(event, start.at))
    ]


def same_part(start: Event, event: Event) -> bool:
    """Whether an event concerns the part of a ticket, where both name one."""
    one, other = start.subjects.get("part"), event.subjects.get("part")
    return one is None or other is None or one == other


def not_before(event: Event, start: date | datetime) -> bool:
    """Whether an event came after the start or with it: by the hour where both hours are known, otherwise by the day."""
    if isinstance(start, datetime) and isinstance(event.at, datetime):
        return event.at >= start
    return event.on >= day_of(start)


def _mark(move: str, event: Event) -> ClockMark:
    until = known_day(event.data.get("until")) if move == "extend" else None
    added = [Term(**{u: n}) for u in UNITS if type(n := event.data.get(u)) is int] if move == "extend" else []  # type: ignore[arg-type]  # UNITS are fields
    return ClockMark(
        move=move,  # type: ignore[arg-type]  # MARKS holds moves only
        at=event.at,
        basis=str(event.data.get("basis", "")),
        term=added[0] if added and until is None else None,
        until=until,
    )
