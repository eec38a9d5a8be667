"""What every rule of a region has: its clause, its origin, the readings and parameters it rests on."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Generic, TypeVar

from attrs import field, frozen
from pydantic import Field

from talentservice.answers import Answer, Certainty
from talentservice.calendar import WorkCalendar
from talentservice.clauses import Citation, Document, Origin
from talentservice.errors import MissingParameter, NotInForce, unknown
from talentservice.events import EventKind
from talentservice.labels import Label
from talentservice.steps import Step
from talentservice.strict import Id, SafeLine, SafeText, Strict

S = TypeVar("S", bound="Spec")
T = TypeVar("T")
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")


def is_id(text: str) -> bool:
    """Whether a text can be an id, as `strict.Id` lays down."""
    return _ID.fullmatch(text) is not None


def _empty_list() -> list[Any]:
    return []


def _empty_table() -> dict[Any, Any]:
    return {}


class Spec(Strict):
    """What any rule may carry besides its own keys.

    `zh` and `en` name it (otherwise its clause's summary does); `also` lists other clauses it rests on; `under` holds, for a
    reading's option, the keys that change: ``under.READING.OPTION``. `printed` gives, for a number the text does not print in
    figures, the words that say it ("2" = "多个").
    """

    zh: SafeText | None = None
    en: SafeText | None = None
    # A factory is cheaper than a default that is copied; pydantic looks at its signature once for every kind of rule, which takes
    # it ten times as long for `list` and `dict` themselves.
    also: list[SafeText] = Field(default_factory=_empty_list)
    under: dict[Id, dict[Id, dict[str, Any]]] = Field(default_factory=_empty_table)
    printed: dict[str, SafeLine] = Field(default_factory=_empty_table)


@frozen(eq=False)
class Scope:
    """What rules share: the region's names, the calendar, the clauses' summaries, every other rule by kind and id."""

    region: str
    roles: Mapping[str, Label]
    events: Mapping[str, EventKind]
    rules: dict[tuple[str, str], "Rule[Any]"] = field(factory=dict, repr=False)
    forms: Mapping[str, object] = field(factory=dict, repr=False)
    summaries: Mapping[str, Label] = field(factory=dict, repr=False)
    machines: dict[str, object] = field(factory=dict, repr=False)
    calendar: WorkCalendar | None = None
    as_if_in_force: bool = False
    own: "list[WorkCalendar]" = field(factory=list, repr=False)

    def days(self, calendar: WorkCalendar | None = None) -> WorkCalendar:
        """The calendar to count with: the one given, the region's own, or the national one."""
        chosen = calendar or self.calendar
        if chosen is None:
            if not self.own:
                self.own.append(WorkCalendar.china())
            chosen = self.own[0]
        return chosen

    def role(self, name: str) -> Label:
        """A role's name; a name that is no role (a post, a body) stands for itself."""
        return self.roles.get(name) or Label(zh=name, en=name)

    def event(self, kind: str) -> Label:
        """An event kind's name."""
        return self.events[kind].label


@frozen(eq=False)
class Rule(Generic[S]):
    """One rule of a region; subclasses add the questions it can answer.

    `missing` maps each parameter the text leaves open, and nobody has supplied, to the clause that leaves it open.
    """

    kind: str
    id: str
    label: Label
    spec: S
    citations: tuple[Citation, ...]
    document: Document
    origin: Origin
    scope: Scope = field(repr=False)
    readings: Mapping[str, str] = field(factory=dict)
    missing: Mapping[str, str] = field(factory=dict)
    amended: bool = False

    def ready(self, day: date | None = None, *, as_if_in_force: bool = False) -> bool:
        """Check that the rule can answer for that day; return whether it is only answered as if in force.

        Raises:
            MissingParameter: names the parameter, its clause and how to supply it.
            NotInForce: the document was not in force on `day` and the caller did not ask to ignore that.
        """
        if self.missing:
            name, clause = next(iter(self.missing.items()))
            raise MissingParameter(
                f"{clause} prints no value for {name!r}; supply one: region.configure(parameters={{{name!r}: …}})",
                f"{clause} 未写明“{name}”；请提供：region.configure(parameters={{{name!r}: …}})",
            )
        if day is None or self.document.in_force_on(day):
            return day is not None and self.document.since is None
        if as_if_in_force or self.scope.as_if_in_force:
            return True
        until = self.document.in_force_until
        raise NotInForce(
            f"{self.document.id} was not in force on {day} (in force from {self.document.since}"
            + (f" to {until}" if until else "")
            + "); pass as_if_in_force=True to answer all the same",
            f"{day} 时 {self.document.id} 不在施行期内（自 {self.document.since}"
            + (f" 至 {until}" if until else "")
            + " 施行）；如仍要计算，请用 as_if_in_force=True",
        )

    def answer(self, value: T, told: Callable[[], Sequence[Step]], **more: Any) -> Answer[T]:  # Answer's own fields
        """An answer of this rule, with its clauses and readings."""
        return Answer(
            value=value,
            region=self.scope.region,
            rule=self.id,
            question=self.label,
            citations=self.citations,
            told=lambda: tuple(told()),
            readings=self.readings,
            amended=self.amended,
            **more,
        )

    def to_dict(self) -> dict[str, object]:
        """The rule as JSON values: what was declared, its clauses, where it was read."""
        return {
            "kind": self.kind,
            "id": self.id,
            "zh": self.label.zh,
            "en": self.label.en,
            "clauses": [str(c) for c in self.citations],
            "origin": self.origin.to_dict(),
            "readings": dict(self.readings),
            "missing": dict(self.missing),
            "amended": self.amended,
            "declared": self.spec.model_dump(mode="json", by_alias=True, exclude_unset=True),
        }


def rule_of(scope: Scope, kind: str, name: str) -> Rule[Any]:
    """The rule of that kind and id; UnknownName lists those there are."""
    found = scope.rules.get((kind, name))
    if found is None:
        raise unknown(
            f"{kind} in {scope.region}",
            f"规则（{kind}，{scope.region}）",
            name,
            sorted(i for k, i in scope.rules if k == kind),
        )
    return found


__all__ = ["Certainty", "Rule", "Scope", "Spec", "is_id", "rule_of"]
