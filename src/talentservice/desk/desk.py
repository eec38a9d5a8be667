"""The façade: a region, its posts, its ledger, asked on a day and acted upon at a moment."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from attrs import define, field, frozen

from talentservice.answers import Answer
from talentservice.calendar import Period, year
from talentservice.desk.agenda import Agenda, agenda_of
from talentservice.desk.report import IndicatorLine, QuotaLine, Report, duty_lines, indicator_lines, quota_lines
from talentservice.desk.slips import Filled, came_back, data_of, slip_of, step_of
from talentservice.errors import (
    DateOrder,
    InvalidIdentifier,
    MissingParameter,
    NotInForce,
    UnknownName,
    WrongRole,
    unknown,
)
from talentservice.events import Event, EventLog
from talentservice.flows import Command, FlowStep, Machine, Ticket, decide, evolve
from talentservice.ledger import MemoryLedger
from talentservice.people import NOBODY, Post, Roster
from talentservice.quotas import QuotaRule, Tally
from talentservice.region import Region
from talentservice.strict import FIRST_DAY, as_moment


@frozen
class Submission:
    """A ticket that was opened, and who handles it; `routed` is None where the region has no route for its matter."""

    ticket: Ticket
    routed: Answer[tuple[str, ...] | None] | None


@frozen
class _Case:
    """A ticket on its way: its flow, as it stands, and since when."""

    flow: str
    ticket: Ticket
    since: datetime


def _ledger(events: "MemoryLedger | EventLog | Iterable[Event] | None") -> MemoryLedger:
    if isinstance(events, MemoryLedger):
        return events
    return MemoryLedger(events.events if isinstance(events, EventLog) else events or ())


@define
class Desk:
    """A region with its posts and its ledger; every question names the day it is asked on, every act its moment.

    `ledger` may be given as events; without it the desk begins empty.
    """

    region: Region
    roster: Roster = NOBODY
    ledger: MemoryLedger = field(factory=MemoryLedger, converter=_ledger)
    as_if_in_force: bool = False
    _tickets: dict[str, _Case] = field(factory=dict, init=False, repr=False)

    @property
    def log(self) -> EventLog:
        """Everything that happened."""
        return self.ledger.log

    # -- acting --------------------------------------------------------------------------------------------------------------

    def submit(
        self,
        ticket: str,
        *,
        by: str,
        at: datetime,
        facts: Mapping[str, Any] | None = None,
        flow: str | None = None,
        matter: str | None = None,
    ) -> Submission:
        """Open a ticket and say who handles it.

        Args:
            ticket: its number.
            by: the post that submits it.
            at: an aware moment.
            facts: what is known: items, area, category … as the region's routes and conditions ask for.
            flow: the region's flow; may be left out where there is only one.
            matter: the routes to ask; without it none is asked.

        Raises:
            InvalidIdentifier: the number is malformed or taken.
            UnknownName: no such post, flow or matter.
        """
        from talentservice.people import ticket_number

        number = ticket_number(ticket)
        if number in self._tickets:
            raise InvalidIdentifier(
                f"the ticket number {number} is taken", f"工单编号 {number} 已存在", code="duplicate-ticket"
            )
        self.roster.post(by)
        name = self._flow(flow)
        known = dict(facts or {})
        opened = self.region.flow(name).open(number, known)
        moment = as_moment(at)
        routed = (
            self.region.route(matter, known, on=moment.date(), as_if_in_force=self.as_if_in_force) if matter else None
        )
        talent = {"talent": known["talent"]} if isinstance(known.get("talent"), str) else {}
        self.ledger.append([Event("ticket.raised", moment, by, subjects={"ticket": number, **talent}, data=known)])
        self._tickets[number] = _Case(name, opened, moment)
        return Submission(opened, routed)

    def act(
        self,
        ticket: str,
        step: str,
        *,
        by: str,
        at: datetime,
        data: Mapping[str, Any] | None = None,
        part: str | None = None,
        expected_version: int | None = None,
        command_id: str = "",
    ) -> Ticket:
        """Take a step on a ticket; role, state, data and version are checked, and the step is recorded.

        Args:
            ticket: its number.
            step: the step's id.
            by: the post; it must hold a role the step is for, and own the part it acts on where parts are posts or bodies.
            at: an aware moment.
            data: what the step carries.
            part: the part of a ticket in several parts.
            expected_version: the version the caller has seen; None for whatever it is now.
            command_id: makes a repeated delivery harmless.

        Raises:
            UnknownName, FlowError, DateOrder, NaiveDatetime.
        """
        case = self._known(ticket)
        current, machine, post = case.ticket, self.region.flow(case.flow), self.roster.post(by)
        role = self._role(machine, step, post)
        if part is None and machine.step(step).each_part and len(current.parts) == 1:
            part = current.parts[0].id  # the only one needs no name, and is not everybody's for that
        if part is not None and self._owned(current) and part not in (post.id, post.body):
            raise WrongRole(
                f"{by} does not belong to the part {part} of the ticket", f"{by} 不属于该工单的“{part}”部分"
            )
        if as_moment(at) < case.since:
            raise DateOrder(
                f"the step {step} at {at} lies before the ticket was submitted at {case.since}",
                f"“{step}”的时间 {at} 早于工单提交时间 {case.since}",
            )
        command = Command(step, by, role, at, data or {}, expected_version, command_id, part)
        events = decide(machine, current, command)
        fresh = [e for e in events if e.version > current.version]
        for event in fresh:
            current = evolve(current, event)
        self.ledger.append(fresh)
        self._tickets[ticket] = _Case(case.flow, current, case.since)
        return current

    def slip(self, ticket: str, form: str, **known: object) -> dict[str, Any]:
        """The values of a ticket's slip, ready to be printed: ``region.form(form).docx(desk.slip(number, form))``.

        `known` are further objects the form takes values from, as `FormRule.fill` has them.
        """
        return slip_of(self.region.form(form), self.ticket(ticket), known, self.roster)

    def take_back(
        self, form: str, filled: Filled, *, by: str, at: datetime, part: str | None = None, command_id: str = ""
    ) -> Ticket:
        """Take the step a filled slip stands for, on the ticket it names; what it says goes into the record.

        `filled` is the file, what `FormRule.read` gave of it, or the values; the rest is as for `act`, but that without
        `command_id` a file stands for itself: taken back twice, it is one step.

        Raises:
            FormError: the slip does not fit its form, or lacks something; holds every problem with its clause.
            UnknownName, FlowError, DateOrder, NaiveDatetime: no such ticket, or the step is refused.
        """
        rule, moment = self.region.form(form), as_moment(at)
        slip = came_back(rule, filled)
        case = self._known(slip.number)
        machine = self.region.flow(case.flow)
        step = step_of(rule, machine, slip, case.ticket.known(part), (case.since, moment))
        data, name = data_of(rule, machine, slip), command_id or (f"{form}:{slip.digest}" if slip.digest else "")
        return self.act(slip.number, step, by=by, at=moment, data=data, part=part, command_id=name)

    def ticket(self, number: str) -> Ticket:
        """A ticket as it stands."""
        return self._known(number).ticket

    def allowed(self, number: str, by: str) -> list[str]:
        """The steps a post may take on a ticket now."""
        case = self._known(number)
        current, machine, post = case.ticket, self.region.flow(case.flow), self.roster.post(by)
        steps = dict.fromkeys(step for role in post.roles for step in machine.allowed(current, role))
        return [step for step in steps if self._has_part(machine.step(step), current, post)]

    def record(self, events: Iterable[Event]) -> None:
        """Record what happened outside of tickets: visits, reports, meetings."""
        self.ledger.append(events)

    def _flow(self, name: str | None) -> str:
        flows = [rule.id for rule in self.region.rules("flow")]
        if name is None and len(flows) == 1:
            return flows[0]
        if name not in flows:
            raise unknown(f"flow in {self.region.id}", f"流程（{self.region.id}）", name or "", flows)
        return name

    def _known(self, number: str) -> _Case:
        found = self._tickets.get(number)
        if found is None:  # those there are may be very many, and none of the caller's business
            raise UnknownName(f"no ticket {number!r} was submitted at this desk", f"本服务台没有工单“{number}”")
        return found

    def _owned(self, ticket: Ticket) -> bool:
        """Whether the ticket's parts are posts' or bodies'; parts that are the items of a need belong to nobody."""
        owners = {name for post in self.roster.posts for name in (post.id, post.body)}
        return any(part.id in owners for part in ticket.parts)

    def _has_part(self, step: FlowStep, ticket: Ticket, post: Post) -> bool:
        """Whether a step that is taken part by part is open to a part this post may act on."""
        if not (step.each_part and self._owned(ticket)):
            return True
        return any(part.id in (post.id, post.body) and part.state in step.from_ for part in ticket.parts)

    def _role(self, machine: Machine, step: str, post: Post) -> str:
        """The first of the post's roles the step is for; its first role where none is, so that the refusal names it."""
        allowed = machine.step(step).by
        return next((role for role in post.roles if role in allowed), post.roles[0])

    # -- asking --------------------------------------------------------------------------------------------------------------

    def agenda(self, on: date, *, window: Period | None = None, done: bool = False) -> Agenda:
        """What is owed as it stands at the end of `on`.

        Args:
            on: the day asked about.
            window: the days in which duties of every period fall due; without it the year that contains `on`. Duties that an
                event started are listed whatever their day.
            done: list what is done as well.
        """
        return agenda_of(
            self.region,
            self.roster,
            self.log,
            on,
            window=window or year(on.year),
            as_if_in_force=self.as_if_in_force,
            done=done,
            since=FIRST_DAY,
        )

    def report(self, period: Period, *, on: date | None = None) -> Report:
        """What a month, a quarter or a year comes to, as of `on` (its last day): duties, quotas, indicators."""
        day = on or period.last_day
        owed = agenda_of(
            self.region,
            self.roster,
            self.log,
            day,
            window=period,
            as_if_in_force=self.as_if_in_force,
            done=True,
            since=period.start,
        )
        known = self.log.until(day)
        quotas = list(quota_lines(self.region, self.roster, known, period, day, as_if_in_force=self.as_if_in_force))
        indicators = list(indicator_lines(self.region, known, period, as_if_in_force=self.as_if_in_force))
        lines = (*quotas, *indicators)
        return Report(
            region=self.region.id,
            period=period,
            on=day,
            duties=tuple(duty_lines(self.region, owed.obligations, period)),
            quotas=tuple(line for line in lines if isinstance(line, QuotaLine)),
            indicators=tuple(line for line in lines if isinstance(line, IndicatorLine)),
            waiting=(*owed.waiting, *(line for line in lines if isinstance(line, MissingParameter))),
        )

    def numbers(self, on: date) -> Iterator[tuple[QuotaRule, Answer[tuple[Tally, ...]] | MissingParameter]]:
        """Every quota as it stands in the period that contains `on`, or the parameter it waits for."""
        known = self.log.until(on).events
        for rule in self.region.rules("quota"):
            assert isinstance(rule, QuotaRule)  # noqa: S101  # KINDS pairs each kind with its class
            try:
                yield rule, rule.measure(on, events=known, roster=self.roster, as_if_in_force=self.as_if_in_force)
            except MissingParameter as error:
                yield rule, error
            except NotInForce:
                continue
