"""Numbers that must be reached: how many events, relations or posts, by whom, in which period."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Literal, Self

from attrs import field, frozen
from pydantic import Field, model_validator

from talentservice.answers import Answer
from talentservice.calendar import Every, Period
from talentservice.calendar.periods import Named, containing
from talentservice.conditions import Test, Verdict, judge
from talentservice.events import Event
from talentservice.labels import Label
from talentservice.measures import Each, Measure, counted, size, standing
from talentservice.people import NOBODY, Post, Roster
from talentservice.rules import Rule, Spec
from talentservice.steps import Step, plain
from talentservice.strict import Count, Id

Strength = Literal["must", "in_principle", "strive"]
STRENGTHS: dict[Strength, Label] = {
    "must": Label(zh="应当", en="must"),
    "in_principle": Label(zh="原则上", en="in principle"),
    "strive": Label(zh="力争", en="strive"),
}


class Quota(Spec, Measure):
    """A number to reach.

    `who` is the role that has to reach it; `each` says per whom: every post with the role (actor), every standing relation of
    such a post (relation), every one of `bodies`, or all together (total). `among` and `at_least_percent` make it a share of
    other events. `applies` limits it to posts whose facts pass; the others are not applicable.
    """

    who: Id
    each: Each = "actor"
    per: Named | Every | None = None
    bodies: list[Id] = []
    at_least: Count | None = None
    at_most: Count | None = None
    exactly: Count | None = None
    aim: Count | None = None
    among: Id | None = None
    at_least_percent: int | None = Field(default=None, ge=1, le=100)
    strength: Strength = "must"
    applies: Test | None = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        bounds = [b for b in (self.at_least, self.at_most, self.exactly, self.at_least_percent) if b is not None]
        if not bounds or (self.exactly is not None and len(bounds) > 1):
            raise ValueError("a quota has at_least, at_most, exactly or at_least_percent; exactly stands alone")
        if (self.among is None) != (self.at_least_percent is None):
            raise ValueError("a share needs both among and at_least_percent")
        if self.at_least and self.at_most and self.at_least > self.at_most:
            raise ValueError(f"the least number {self.at_least} is above the most {self.at_most}")
        if self.count is not None and self.per is None:
            raise ValueError("counting events needs a period: per")
        if (self.each == "body") != bool(self.bodies):
            raise ValueError('each = "body" goes with the list bodies')
        return self


@frozen
class Tally:
    """Where one actor stands: how many are done of how many; `reached` is None where the quota does not apply."""

    actor: str
    done: int
    wanted: int
    missing: int
    reached: bool | None
    strength: Strength
    label: Label
    of: int | None = None
    events: tuple[Event, ...] = field(default=(), repr=False)

    def to_dict(self) -> dict[str, object]:
        """The tally as JSON values, with the events it rests on."""
        return {
            "actor": self.actor,
            "done": self.done,
            "wanted": self.wanted,
            "missing": self.missing,
            "reached": self.reached,
            "strength": self.strength,
            "of": self.of,
            "zh": self.label.zh,
            "en": self.label.en,
            "events": [plain(e.to_dict()) for e in self.events],
        }


class QuotaRule(Rule[Quota]):
    """A quota of a region."""

    def measure(
        self,
        on: date,
        *,
        events: Iterable[Event] = (),
        roster: Roster = NOBODY,
        as_if_in_force: bool = False,
    ) -> Answer[tuple[Tally, ...]]:
        """Where each actor stands in the period that contains `on`; what stands is looked at on that period's last day.

        Args:
            on: a day of the period; for a quota without a period, the day itself.
            events: what happened; those outside the period are left out.
            roster: the posts and relations.
            as_if_in_force: answer for a day on which the document was not in force.
        """
        assumed = self.ready(on, as_if_in_force=as_if_in_force)
        period = self.period(on)
        tallies = tuple(self._tallies(period, list(events), roster))
        told = [
            Step(
                "tally",
                "{who}：{state}",
                "{who}: {state}",
                {"who": t.actor, "state": t.label, "done": t.done, "wanted": t.wanted},
            )
            for t in tallies
        ]
        head = Step("period", "口径期间：{period}", "period: {period}", {"period": period.label})
        return self.answer(tallies, lambda: [head, *told], as_if_in_force=assumed)

    def period(self, on: date) -> Period:
        """The period that contains the day; the day alone where the quota has none."""
        from datetime import timedelta

        return containing(self.spec.per, on) if self.spec.per else Period(on, on + timedelta(days=1))

    def _tallies(self, period: Period, events: Sequence[Event], roster: Roster) -> Iterable[Tally]:
        actors = roster.holding(self.spec.who)
        if self.spec.standing == "post":
            yield from self._posts(actors)
        elif self.spec.standing == "relation":
            yield from self._relations(period, actors, roster)
        elif self.spec.each == "relation":
            yield from self._per_relation(period, counted(self.spec, events, period, self.scope), actors, roster)
        else:
            yield from self._events(period, events, actors)

    def _posts(self, holders: Sequence[Post]) -> Iterable[Tally]:
        if self.spec.each != "body":
            yield self._tally("total", len(holders))
            return
        for body in self.spec.bodies:
            yield self._tally(body, sum(p.body == body for p in holders))

    def _relations(self, period: Period, actors: Sequence[Post], roster: Roster) -> Iterable[Tally]:
        served = defaultdict(set)
        for relation in standing(self.spec, roster, period, self.scope):
            served[relation.post].add(relation.subject)
        for post in actors:
            yield self._tally(post.id, len(served[post.id]), post=post)

    def _per_relation(
        self, period: Period, events: Sequence[Event], actors: Sequence[Post], roster: Roster
    ) -> Iterable[Tally]:
        for post in actors:
            for relation in roster.relations:
                if relation.post == post.id and relation.stands_on(period.last_day):
                    hits = [e for e in events if e.by == post.id and relation.subject in e.subjects.values()]
                    yield self._tally(f"{post.id} → {relation.subject}", size(self.spec, hits), hits, post=post)

    def _events(self, period: Period, events: Sequence[Event], actors: Sequence[Post]) -> Iterable[Tally]:
        hits = counted(self.spec, events, period, self.scope)
        base = [e for e in events if e.kind == self.spec.among and e.on in period] if self.spec.among else None
        if self.spec.each == "total":
            yield self._tally("total", size(self.spec, hits), hits, of=None if base is None else len(base))
            return
        for post in actors:
            mine = [e for e in hits if e.by == post.id]
            of = None if base is None else sum(e.by == post.id for e in base)
            yield self._tally(post.id, size(self.spec, mine), mine, post=post, of=of)

    def _tally(
        self, actor: str, done: int, hits: Sequence[Event] = (), *, post: Post | None = None, of: int | None = None
    ) -> Tally:
        spec = self.spec
        applies = (
            post is None or spec.applies is None or judge(spec.applies, post.facts, None, self.scope)[0] is Verdict.YES
        )
        if not applies or of == 0:
            why = Label(zh="不适用", en="not applicable")
            return Tally(actor, done, 0, 0, None, spec.strength, why, of, tuple(hits))
        if spec.at_least_percent is not None:
            wanted = -(
                -(of or 0) * spec.at_least_percent // 100
            )  # the least whole number that reaches the share, exactly
            reached = Fraction(done, of or 1) >= Fraction(spec.at_least_percent, 100)
        else:
            wanted = spec.exactly or spec.at_least or spec.at_most or 0
            reached = _within(spec, done)
        missing = max(0, wanted - done) if spec.at_most is None or spec.at_least else 0
        return Tally(actor, done, wanted, missing, reached, spec.strength, _words(spec, done, wanted), of, tuple(hits))


def _within(spec: Quota, done: int) -> bool:
    if spec.exactly is not None:
        return done == spec.exactly
    return (spec.at_least is None or done >= spec.at_least) and (spec.at_most is None or done <= spec.at_most)


def _words(spec: Quota, done: int, wanted: int) -> Label:
    bound_zh = "恰好" if spec.exactly else "至多" if spec.at_least is None and spec.at_most else "至少"
    bound_en = {"恰好": "exactly", "至多": "at most", "至少": "at least"}[bound_zh]
    strength = STRENGTHS[spec.strength]
    return Label(
        zh=f"{strength.zh}{bound_zh} {wanted}，实际 {done}",
        en=f"{bound_en} {wanted} ({strength.en}), has {done}",
    )


def by_actor(tallies: Iterable[Tally]) -> Mapping[str, Tally]:
    """The tallies by actor."""
    return {t.actor: t for t in tallies}
