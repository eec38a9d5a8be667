"""A region: one government's documents, and the questions they answer."""

import copy
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from attrs import evolve, field, frozen

from talentservice.answers import Answer
from talentservice.calendar import WorkCalendar
from talentservice.choices import ParameterRule, ReadingRule
from talentservice.clauses import Clause, Document
from talentservice.conditions import ConditionRule
from talentservice.duties import DutyRule
from talentservice.errors import NotInForce, RegionFileError, unknown
from talentservice.flows import FlowRule, Machine
from talentservice.forms import FormRule
from talentservice.quotas import QuotaRule
from talentservice.region.effective import Choices
from talentservice.region.heads import RegionHead
from talentservice.region.sources import Sources
from talentservice.routes import RouteRule, first_match
from talentservice.rules import Rule, Scope, rule_of
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
        return isinstance(other, Region) and (self.to_dict(), self.choices) == (other.to_dict(), other.choices)

    def __hash__(self) -> int:
        return hash(self.id)

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
        found = rule_of(self.scope, kind, name)
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
        """A flow by id, ready to decide."""
        return self._get("flow", name, FlowRule).machine

    def team(self, name: str) -> TeamRule:
        """A team by id."""
        return self._get("team", name, TeamRule)

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
        if as_if_in_force:
            return self._again(evolve(self.scope, as_if_in_force=True, rules={}, machines={}))
        live = [d for d in self.documents if d.in_force_on(day)]
        if not live:
            known = ", ".join(f"{d.id} from {d.since}" for d in self.documents)
            raise NotInForce(
                f"no document of {self.id} was in force on {day} ({known}); as_if_in_force=True answers all the same",
                f"{day} 时 {self.id} 没有施行中的文件（{known}）；如仍要计算，请用 as_if_in_force=True",
            )
        keep = {d.id for d in live}
        region = self._again(evolve(self.scope, rules={}, machines={}))
        for key, rule in list(region.scope.rules.items()):
            if rule.document.id not in keep:
                del region.scope.rules[key]
        return evolve(
            region, documents=tuple(live), clauses=tuple(c for c in self.clauses if c.citation.document in keep)
        )

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
            WrongType, InvalidNumber: a value does not fit its parameter.
        """
        from talentservice.region.build import build

        for name, option in (readings or {}).items():
            options = self.reading(name).spec.options
            if option not in options:
                raise unknown(f"option of the reading {name!r}", f"口径“{name}”的选项", option, options)
        checked = {name: self.parameter(name).checked(value) for name, value in (parameters or {}).items()}
        choices = evolve(
            self.choices,
            readings={**self.choices.readings, **(readings or {})},
            parameters={**self.choices.parameters, **checked},
        )
        return build(self.sources, choices, distribution=self.distribution, calendar=calendar or self.scope.calendar)

    def amend(self, changes: Mapping[str, Mapping[str, Any]]) -> "Region":
        """A what-if: the region with some rules changed; their answers say so.

        Args:
            changes: for each rule id the keys that change, as they would stand in the file.

        Raises:
            UnknownName: no such rule.
            RegionFileError: a change does not make a sound rule.
        """
        from talentservice.region.build import build

        for name in changes:
            self.rule(name)
        both = {name: {**self.choices.amendments.get(name, {}), **change} for name, change in changes.items()}
        choices = evolve(self.choices, amendments={**self.choices.amendments, **both})
        return build(self.sources, choices, distribution=self.distribution, calendar=self.scope.calendar)

    def _again(self, scope: Scope) -> "Region":
        for key, rule in self.scope.rules.items():
            scope.rules[key] = evolve(rule, scope=scope)
        return evolve(self, scope=scope)

    def file(self, name: str) -> dict[str, Any]:
        """The data of another file beside the region's own, such as its scenarios or its sample; empty for a region made from a dict.

        Raises:
            RegionFileError: the file cannot be read.
        """
        read = self.sources.read
        try:
            return tomllib.loads(read(name)) if read else {}
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise RegionFileError(f"{self.id}: cannot read {name}: {error}", f"{self.id}：读不到 {name}：{error}") from error

    # -- as data -------------------------------------------------------------------------------------------------------------

    def to_dict(self) -> dict[str, Any]:
        """The region as plain data: `region`, `documents` and `forms` by file name, as `region_from_dict` takes them."""
        sources = self.sources
        return copy.deepcopy({"region": sources.head, "documents": sources.documents, "forms": sources.forms})
