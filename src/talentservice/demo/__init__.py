"""A region at work: its sample month of invented events, judged."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from attrs import field, frozen
from pydantic import Field

from talentservice.answers import Answer
from talentservice.desk import Agenda, Desk, days
from talentservice.duties import STATES, Obligation, State
from talentservice.errors import InputError, MissingParameter, RegionFileError, UnknownName
from talentservice.events import EventLog, read_event
from talentservice.labels import Label
from talentservice.people import Roster, read
from talentservice.quotas import QuotaRule, Tally
from talentservice.region import Region
from talentservice.strict import Id, Strict


class Question(Strict):
    """Something to ask the region, one thing at a time.

    A condition, a route or a grant over `facts`; a team over `posts`; whether the first of two `grades` of a scale is as good as
    the second; an indicator over the sample's days; when a campaign was; how a conflict is settled.
    """

    condition: Id | None = None
    route: Id | None = None
    grant: Id | None = None
    team: Id | None = None
    scale: Id | None = None
    indicator: Id | None = None
    campaign: Id | None = None
    conflict: Id | None = None
    grades: list[Id] = Field(default=[], max_length=2)
    facts: dict[str, Any] = {}
    posts: dict[Id, list[Id]] = {}


class Sample(Strict):
    """A region's sample: days (both inclusive), choices, posts, events and questions; duties are listed to `until`."""

    title: Label
    from_: date = Field(alias="from")
    to: date
    until: date
    readings: dict[Id, Id] = {}
    parameters: dict[Id, Any] = {}
    roster: Roster = Roster()
    events: list[dict[str, Any]] = []
    questions: list[Question] = []


@frozen
class Demonstration:
    """What a region says of its sample."""

    region: Region
    sample: Sample
    agenda: Agenda
    numbers: tuple[tuple[QuotaRule, tuple[Tally, ...]], ...]
    answers: tuple[Answer[Any], ...]
    names: Mapping[str, Label] = field(repr=False)

    @property
    def counts(self) -> list[tuple[str, Label, int]]:
        """How many obligations stand in each state, with its name."""
        return [(s.value, STATES[s], len(self.agenda.of(s))) for s in State if self.agenda.of(s)]

    @property
    def worst(self) -> Obligation | None:
        """The obligation that is overdue by most days."""
        late = self.agenda.of(State.OVERDUE)
        return max(late, key=lambda o: o.late) if late else None

    def named(self, name: str) -> Label:
        """The label of a post; another name stands for itself."""
        return self.names.get(name) or Label(zh=name, en=name)

    def who(self, obligation: Obligation) -> Label:
        """Who owes it: the post where it is known, otherwise the role."""
        return self.named(obligation.post) if obligation.post else obligation.who_label

    def state(self, obligation: Obligation) -> Label:
        """How it stands, with the days it is late."""
        name = STATES[obligation.state]
        if not obligation.late:
            return name
        plural = "s" if obligation.late > 1 else ""
        return Label(zh=f"{name.zh} {obligation.late} 天", en=f"{name.en}: {obligation.late} day{plural}")

    def reached(self, tally: Tally) -> Label:
        """Whether the number is reached."""
        if tally.reached is None:
            return Label(
                zh="不作判断", en="not judged"
            )  # the tally says whether it does not apply or nobody has decided
        return Label(zh="达到", en="reached") if tally.reached else Label(zh="未达到", en="not reached")

    def to_dict(self) -> dict[str, object]:
        """The demonstration as JSON values."""
        return {
            "region": self.region.id,
            "agenda": self.agenda.to_dict(),
            "numbers": [
                {
                    "quota": rule.id,
                    "clauses": [str(c) for c in rule.citations],
                    "tallies": [t.to_dict() for t in tallies],
                }
                for rule, tallies in self.numbers
            ],
            "answers": [a.to_dict() for a in self.answers],
        }


def demonstrate(region: Region) -> Demonstration | None:
    """Judge a region's sample as of its last day; None for a region without one."""
    name = region.head.sample
    if name is None:
        return None
    with _named(region, name):
        sample = read(Sample, region.file(name))
    chosen = region.configure(readings=sample.readings, parameters=sample.parameters)
    events = []
    for number, row in enumerate(sample.events, start=1):
        with _named(region, f"{name}, event {number}"):
            events.append(read_event(row, chosen.scope.events, local=True))
    log = EventLog(events)
    desk = Desk(chosen, sample.roster, log)
    measured = list(desk.numbers(sample.to))
    return Demonstration(
        region=chosen,
        sample=sample,
        agenda=desk.agenda(sample.to, window=days(sample.from_, sample.until), done=True),
        numbers=tuple((rule, a.value) for rule, a in measured if not isinstance(a, MissingParameter)),
        answers=tuple(_asked(chosen, q, sample, log) for q in sample.questions),
        names=sample.roster.names(),
    )


@contextmanager
def _named(region: Region, where: str) -> Iterator[None]:
    """Say whose file, and which entry of it, an error lies in."""
    try:
        yield
    except (InputError, UnknownName) as error:
        raise RegionFileError(f"{region.id}: {where}: {error.en}", f"{region.id}：{where}：{error.zh}") from None


def _asked(region: Region, question: Question, sample: Sample, log: EventLog) -> Answer[Any]:
    facts, on = question.facts, sample.to
    asked: dict[str, Callable[[str], Answer[Any]]] = {
        "condition": lambda name: region.condition(name).judge(facts, on=on),
        "route": lambda name: region.route(name, facts, on=on),
        "grant": lambda name: region.grant(name).amount(facts, on=on),
        "team": lambda name: region.team(name).check(question.posts),
        "scale": lambda name: region.scale(name).at_least(*question.grades),
        "indicator": lambda name: region.indicator(name).figure(log.events, first=sample.from_, last=on),
        "campaign": lambda name: region.campaign(name).period(),
        "conflict": lambda name: region.conflict(name).shown(),
    }
    named = [(kind, getattr(question, kind)) for kind in asked if getattr(question, kind)]
    if len(named) != 1:
        raise InputError(f"a question asks one of: {', '.join(asked)}", f"一个问题须针对其中之一：{'、'.join(asked)}")
    return asked[named[0][0]](named[0][1])
