"""Quotas measured: who stands where."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from attrs import frozen

from talentservice.answers import Answer, Certainty
from talentservice.calendar import Period
from talentservice.calendar.periods import containing, ending_in
from talentservice.conditions import Verdict, judge
from talentservice.events import Event
from talentservice.measures import Found, actor_of, found, size
from talentservice.people import NOBODY, Post, Roster
from talentservice.quotas.spec import Quota
from talentservice.quotas.tally import Tally, why_not, within, words
from talentservice.rules import Rule, rule_of
from talentservice.steps import Step


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

        Certain only where every filter could be decided; what could not is not counted, and the answer says so.

        Args:
            on: a day of the period; for a quota without a period, the day itself.
            events: what happened; those outside the period are left out.
            roster: the posts and relations.
            as_if_in_force: answer for a day on which the document was not in force.
        """
        assumed = self.ready(on, as_if_in_force=as_if_in_force)
        period = self.period(on)
        holders, log = roster.holding(self.spec.who), list(events)
        counted = found(self.spec, log, period, self.scope, posts=holders, roster=roster)
        base, groups = self._base(log, period), list(self._groups(period, holders, roster))
        tallies = tuple(self._tally(group, counted, base, period) for group in groups)
        told = [
            Step(
                "tally",
                "{who}：{state}",
                "{who}: {state}",
                {"who": t.actor, "state": t.label, "done": t.done, "wanted": t.wanted},
            )
            for t in tallies
        ]
        unsure = [item for item in counted.unsure if any(group.holds(item) for group in groups)]
        if unsure:
            told.append(
                Step(
                    "undecided",
                    "另有{n}项是否计入须由人决定",
                    "{n} more may count: somebody has to decide",
                    {"n": len(unsure)},
                )
            )
        decided = not unsure and all(self._applies(g.post, period) is not Verdict.UNDECIDED for g in groups)
        sure = Certainty.FINAL if decided else Certainty.NEEDS_DECISION
        head = Step("period", "口径期间：{period}", "period: {period}", {"period": period.label})
        return self.answer(tallies, lambda: [head, *told], certainty=sure, as_if_in_force=assumed)

    def period(self, on: date) -> Period:
        """The period that contains the day; the day alone where the quota has none."""
        return containing(self.spec.per, on) if self.spec.per else Period(on, on + timedelta(days=1))

    def add_up(self, on: date, *, roster: Roster, as_if_in_force: bool = False) -> Answer[int]:
        """What the least numbers of the parts come to in the period that contains `on`, beside the number of the whole."""
        assumed = self.ready(on, as_if_in_force=as_if_in_force)
        whole, total, told = self.period(on), 0, list[Step]()
        for name in self.spec.parts:
            part = rule_of(self.scope, "quota", name)
            assert isinstance(part, QuotaRule)  # noqa: S101  # the loader checks the reference
            part.ready(on, as_if_in_force=as_if_in_force)
            times = len(ending_in(part.spec.per, whole)) if part.spec.per else 1
            holders = roster.holding(part.spec.who)
            actors = sum(part._applies(g.post, whole) is Verdict.YES for g in part._groups(whole, holders, roster))  # noqa: SLF001  # same class
            least = (part.spec.at_least or part.spec.exactly or 0) * times * actors
            total += least
            facts = {"part": part.label, "actors": actors, "times": times, "least": least}
            told.append(
                Step(
                    "part",
                    "{part}：{actors} 家 × {times} 期，合计 {least}",
                    "{part}: {actors} × {times} periods, {least} in all",
                    facts,
                )
            )
        wanted = self.spec.at_least or self.spec.exactly or 0
        facts = {"total": total, "wanted": wanted, "agrees": total >= wanted}
        told.append(
            Step(
                "sum",
                "各部分合计 {total}，总数 {wanted}，相符：{agrees}",
                "the parts come to {total}, the whole is {wanted}; enough: {agrees}",
                facts,
            )
        )
        return self.answer(total, lambda: told, as_if_in_force=assumed)

    def _groups(self, period: Period, holders: Sequence[Post], roster: Roster) -> Iterator["_Group"]:
        """For whom a number is wanted each, in order."""
        spec = self.spec
        everyone = frozenset(p.id for p in holders)
        if spec.each == "body":
            yield from (_Group(b, posts=frozenset(p.id for p in holders if p.body == b)) for b in spec.bodies)
        elif spec.each == "subject":
            yield from (_Group(name, posts=everyone, subject=name) for name in roster.served)
        elif spec.each == "total" or spec.standing == "post":
            yield _Group("total")
        elif spec.each == "relation" and spec.standing is None:
            live = [r for r in roster.relations if r.stands_on(period.last_day)]
            for post, relation in ((p, r) for p in holders for r in live if r.post == p.id):
                name = f"{post.id} → {relation.subject}"
                yield _Group(name, post=post, posts=frozenset({post.id}), subject=relation.subject)
        else:
            yield from (_Group(p.id, post=p, posts=frozenset({p.id})) for p in holders)

    def _base(self, events: Sequence[Event], period: Period) -> list[Event] | None:
        """What a share is a share of."""
        among = self.spec.among
        return [e for e in events if e.kind == among and e.on in period] if among else None

    def _applies(self, post: Post | None, period: Period) -> Verdict:
        if post is None or self.spec.applies is None:
            return Verdict.YES
        return judge(self.spec.applies, post.facts, period.last_day, self.scope)[0]

    def _tally(self, group: "_Group", counted: Found[Any], base: list[Event] | None, period: Period) -> Tally:
        spec = self.spec
        mine = [item for item in counted.sure if group.holds(item)]
        hits, done = tuple(item for item in mine if isinstance(item, Event)), size(spec, mine, each=spec.each)
        of = None if base is None else size(spec, [e for e in base if group.holds(e)])
        applies = self._applies(group.post, period)
        if applies is not Verdict.YES or of == 0:
            why = why_not(applies, self.scope.event(spec.among) if spec.among else None)
            return Tally(group.name, done, 0, 0, None, spec.strength, why, of, hits, spec.aim)
        if spec.at_least_percent is not None:
            # The least whole number that reaches the share, exactly.
            wanted = -(-(of or 0) * spec.at_least_percent // 100)
            reached = Fraction(done, of or 1) >= Fraction(spec.at_least_percent, 100)
        else:
            wanted = spec.exactly or spec.at_least or spec.at_most or 0
            reached = within(spec, done)
        missing = max(0, wanted - done) if spec.at_most is None or spec.at_least else 0
        label = words(spec, done, wanted, of)
        return Tally(group.name, done, wanted, missing, reached, spec.strength, label, of, hits, spec.aim)


@frozen
class _Group:
    """Whose events, relations or posts are counted together; without `posts`, everybody's."""

    name: str
    post: Post | None = None
    posts: frozenset[str] | None = None
    subject: str | None = None

    def holds(self, item: Any) -> bool:  # an event, a relation or a post
        if self.posts is not None and actor_of(item) not in self.posts:
            return False
        about = item.subjects.values() if isinstance(item, Event) else (getattr(item, "subject", None),)
        return self.subject is None or self.subject in about
