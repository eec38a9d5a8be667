"""A region: one government's documents, and the questions they answer."""

import copy
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from attrs import evolve, field, frozen

from talentservice.answers import Answer
from talentservice.calendar import WorkCalendar
from talentservice.campaigns import CampaignRule
from talentservice.choices import ParameterRule, ReadingRule
from talentservice.clauses import Clause, Document
from talentservice.conditions import ConditionRule
from talentservice.conflicts import ConflictRule
from talentservice.duties import DutyRule
from talentservice.errors import NotInForce, WrongType, unknown
from talentservice.flows import FlowRule, Machine
from talentservice.forms import FormRule
from talentservice.grants import GrantRule
from talentservice.indicators import IndicatorRule
from talentservice.quotas import QuotaRule
from talentservice.region.effective import Choices, copied
from talentservice.region.heads import RegionHead
from talentservice.region.kinds import KINDS
from talentservice.region.problems import raise_all
from talentservice.region.sources import Sources
from talentservice.routes import RouteRule, first_match
from talentservice.rules import Rule, Scope
from talentservice.scales import ScaleRule
from talentservice.strict import as_day
from talentservice.teams import TeamRule

R = TypeVar("R", bound=Rule[Any])


@frozen(eq=False)
class Region:
    """One government's documents and everything they lay down; immutable.

    Two regions are equal when their files say the same and the same choices were made.
    """

    head: RegionHead
    documents: tuple[Document, ...]
    clauses: tuple[Clause, ...]
    scope: Scope = field(repr=False)
    sources: Sources = field(repr=False)
    choices: Choices = field(factory=Choices, repr=False)
    distribution: tuple[str, str] = ("", "")

    @property
    def id(self) -> str:
        """The region's id."""
        return self.head.id

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Region) and (self._said(), self.choices) == (other._said(), other.choices)

    def __hash__(self) -> int:
        return hash(self.id)

    def _said(self) -> tuple[dict[str, Any], ...]:
        return self.sources.head, self.sources.documents, self.sources.forms

    # -- the rules by kind ---------------------------------------------------------------------------------------------------

    def rules(self, kind: str | None = None) -> list[Rule[Any]]:
        """Every rule in document order, of one kind where given."""
        return [rule for (k, _), rule in self.scope.rules.items() if kind in (None, k)]

    def rule(self, name: str) -> Rule[Any]:
        """The rule of that id, whatever its kind; UnknownName suggests the nearest."""
        found = next((rule for (_, i), rule in self.scope.rules.items() if i == name), None)
        if found is None:
            raise unknown(f"rule in {self.id}", f"规则（{self.id}）", name, sorted(i for _, i in self.scope.rules))
        return found

    def _get(self, kind: str, name: str, cls: type[R]) -> R:
        found = self.scope.rules.get((kind, name))
        if found is None:
            what, known = KINDS[kind].label, sorted(i for k, i in self.scope.rules if k == kind)
            raise unknown(f"{what.en} in {self.id}", f"{what.zh}（{self.id}）", name, known)
        assert isinstance(found, cls)  # noqa: S101  # KINDS pairs each kind with its class
        return found

    def duty(self, name: str) -> DutyRule:
        """A duty by id."""
        return self._get("duty", name, DutyRule)

    def quota(self, name: str) -> QuotaRule:
        """A quota by id."""
        return self._get("quota", name, QuotaRule)

    def condition(self, name: str) -> ConditionRule:
        """A condition by id."""
        return self._get("condition", name, ConditionRule)

    def flow(self, name: str) -> Machine:
        """A flow by id, ready to decide.

        Raises:
            MissingParameter: a step's condition awaits a parameter nobody has supplied.
        """
        flow = self._get("flow", name, FlowRule)
        flow.ready()
        return flow.machine

    def team(self, name: str) -> TeamRule:
        """A team by id."""
        return self._get("team", name, TeamRule)

    def grant(self, name: str) -> GrantRule:
        """A grant by id."""
        return self._get("grant", name, GrantRule)

    def scale(self, name: str) -> ScaleRule:
        """A scale by id."""
        return self._get("scale", name, ScaleRule)

    def indicator(self, name: str) -> IndicatorRule:
        """An indicator by id."""
        return self._get("indicator", name, IndicatorRule)

    def campaign(self, name: str) -> CampaignRule:
        """A campaign by id."""
        return self._get("campaign", name, CampaignRule)

    def conflict(self, name: str) -> ConflictRule:
        """A conflict by id."""
        return self._get("conflict", name, ConflictRule)

    def form(self, name: str) -> FormRule:
        """A form by id."""
        return self._get("form", name, FormRule)

    def parameter(self, name: str) -> ParameterRule:
        """A parameter by id."""
        return self._get("parameter", name, ParameterRule)

    def reading(self, name: str) -> ReadingRule:
        """A reading by id."""
        return self._get("reading", name, ReadingRule)

    def route(
        self, matter: str, facts: Mapping[str, object], *, on: date | None = None, as_if_in_force: bool = False
    ) -> Answer[tuple[str, ...] | None]:
        """Who handles a matter with these facts: the first route that matches, in document order; None when none does."""
        routes: Sequence[RouteRule] = [
            r for r in self.rules("route") if isinstance(r, RouteRule) and r.spec.matter == matter
        ]
        if not routes:
            matters = sorted({r.spec.matter for r in self.rules("route")})
            raise unknown(f"matter in {self.id}", f"派单事项（{self.id}）", matter, matters)
        return first_match(routes, facts, on=on, as_if_in_force=as_if_in_force)

    # -- clauses -------------------------------------------------------------------------------------------------------------

    def clause(self, name: str) -> Clause:
        """A clause by its id, with or without its document's prefix."""
        found = next((c for c in self.clauses if name in (c.citation.clause, str(c.citation))), None)
        if found is None:
            raise unknown(f"clause in {self.id}", f"条款（{self.id}）", name, [str(c.citation) for c in self.clauses])
        return found

    def open_questions(self) -> Iterator[Rule[Any]]:
        """What a deployer has to decide (parameters nobody supplied) or may decide (readings), in document order."""
        for rule in self.rules():
            if isinstance(rule, ReadingRule) or (
                isinstance(rule, ParameterRule) and rule.id not in self.choices.parameters
            ):
                yield rule

    # -- other versions of the same region -----------------------------------------------------------------------------------

    def on(self, day: date, *, as_if_in_force: bool = False) -> "Region":
        """The region with the documents in force on that day.

        Raises:
            NotInForce: no document was, and the caller did not ask to answer as if one were.
        """
        from talentservice.region.build import build

        as_day(day)
        choices = evolve(self.choices, day=None if as_if_in_force else day, as_if_in_force=as_if_in_force)
        if self.choices.day is not None:  # some documents were left out; they may be in force on the new day
            return build(self.sources, choices, distribution=self.distribution, calendar=self.scope.calendar)
        return evolve(self, choices=choices).as_chosen()

    def as_chosen(self) -> "Region":
        """The region as far as its choices name a day: the documents in force then, or every document as if it were."""
        day = self.choices.day
        if day is None and self.choices.as_if_in_force == self.scope.as_if_in_force:
            return self
        live = [d for d in self.documents if day is None or d.in_force_on(day)]
        if not live:
            known = ", ".join(
                f"{d.id} from {d.since}" + (f" to {d.in_force_until}" if d.in_force_until else "")
                for d in self.documents
            )
            raise NotInForce(
                f"no document of {self.id} was in force on {day} ({known}); as_if_in_force=True answers all the same",
                f"{day} 时 {self.id} 没有施行中的文件（{known}）；如仍要计算，请用 as_if_in_force=True",
            )
        keep = {d.id for d in live}
        scope = evolve(self.scope, as_if_in_force=self.choices.as_if_in_force, rules={}, machines={})
        for key, rule in self.scope.rules.items():
            if rule.document.id in keep:
                scope.rules[key] = evolve(rule, scope=scope)
        clauses = tuple(c for c in self.clauses if c.citation.document in keep)
        return evolve(self, documents=tuple(live), clauses=clauses, scope=scope)

    def configure(
        self,
        *,
        readings: Mapping[str, str] | None = None,
        parameters: Mapping[str, Any] | None = None,
        calendar: WorkCalendar | None = None,
    ) -> "Region":
        """The region with readings chosen, parameters supplied, or another calendar.

        Raises:
            UnknownName: no such reading, option or parameter.
            InputError: a value does not fit its parameter.
            RegionFileError: a rule is not sound with that value.
        """
        from talentservice.region.build import build

        for name, option in (readings or {}).items():
            options = self.reading(name).spec.options
            if not isinstance(option, str):
                raise WrongType(
                    f"the reading {name!r} takes the name of an option: {', '.join(options)}",
                    f"口径“{name}”应为选项名：{'、'.join(options)}",
                )
            if option not in options:
                raise unknown(f"option of the reading {name!r}", f"口径“{name}”的选项", option, options)
        checked = {name: self.parameter(name).checked(value) for name, value in (parameters or {}).items()}
        choices = evolve(
            self.choices,
            readings={**self.choices.readings, **(readings or {})},
            parameters={**self.choices.parameters, **copied(checked)},
        )
        return build(self.sources, choices, distribution=self.distribution, calendar=calendar or self.scope.calendar)

    def amend(self, changes: Mapping[str, Mapping[str, Any]]) -> "Region":
        """A what-if: the region with some rules changed; their answers say so.

        Args:
            changes: for each rule id the keys that change, as they would stand in the file; None takes a key away.

        Raises:
            UnknownName: no such rule.
            WrongType: the changes are not given as tables.
            RegionFileError: a change does not make a sound rule.
        """
        from talentservice.region.build import build

        own = copied(changes)
        for name in own if isinstance(own, dict) else ():
            self.rule(name)
        if not isinstance(own, dict) or not all(isinstance(change, dict) for change in own.values()):
            raise WrongType(
                'changes are given as tables, such as {"reply": {"within": {"working_days": 5}}}',
                '修改须写成表，如 {"reply": {"within": {"working_days": 5}}}',
            )
        both = {name: {**self.choices.amendments.get(name, {}), **change} for name, change in own.items()}
        choices = evolve(self.choices, amendments={**self.choices.amendments, **both})
        return build(self.sources, choices, distribution=self.distribution, calendar=self.scope.calendar)

    def file(self, name: str) -> dict[str, Any]:
        """The data of another file beside the region's own, such as its scenarios or its sample; empty for a region made from a dict.

        Raises:
            RegionFileError: the file cannot be read.
        """
        if self.sources.read is None:
            return {}
        other = Sources()
        data = other.load(name, self.sources.read, file=name)
        raise_all(self.id, other.problems)
        return data or {}

    # -- as data -------------------------------------------------------------------------------------------------------------

    def to_dict(self) -> dict[str, Any]:
        """The region as plain data: `region`, `documents` and `forms` by file name, as `region_from_dict` takes them."""
        sources = self.sources
        return copy.deepcopy({"region": sources.head, "documents": sources.documents, "forms": sources.forms})
