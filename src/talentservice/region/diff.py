"""Two regions, or two versions of one, side by side: what each says on the same question."""

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from talentservice.conditions import Condition
from talentservice.duties import Duty
from talentservice.flows import FlowStep
from talentservice.forms import FormRule
from talentservice.grants import Grant
from talentservice.labels import Label
from talentservice.quotas import Quota
from talentservice.region.kinds import KINDS
from talentservice.region.region import Region
from talentservice.routes import Route
from talentservice.rules import Rule


@frozen
class Difference:
    """One question: its kind and topic, and the rules each side has on it; `same` where both declare the same."""

    kind: str
    topic: str
    left: tuple[Rule[Any], ...]
    right: tuple[Rule[Any], ...]

    @property
    def same(self) -> bool:
        """Whether both sides declare the same, names and labels aside."""
        return [_declared(r) for r in self.left] == [_declared(r) for r in self.right]

    def to_dict(self) -> dict[str, object]:
        """The difference as JSON values."""
        sides = {name: [_side(r) for r in rules] for name, rules in (("left", self.left), ("right", self.right))}
        return {"kind": self.kind, "topic": self.topic, "same": self.same, **sides}


def compare(left: Region, right: Region) -> list[Difference]:
    """Every question at least one side answers, kind by kind.

    Rules of one region's two versions are paired by id; rules of two regions by what they are about: the event a duty or step
    brings about, what a quota counts, the matter a route decides.
    """
    versions = left.id == right.id
    out = []
    for kind in KINDS:
        sides = [_by_topic(region, kind, versions=versions) for region in (left, right)]
        for topic in dict.fromkeys([*sides[0], *sides[1]]):
            left_rules, right_rules = (tuple(side.get(topic, ())) for side in sides)
            out.append(Difference(kind, topic, left_rules, right_rules))
    return out


def _by_topic(region: Region, kind: str, *, versions: bool) -> dict[str, list[Rule[Any]]]:
    found: dict[str, list[Rule[Any]]] = {}
    for rule in region.rules(kind):
        found.setdefault(rule.id if versions else _topic(rule), []).append(rule)
    return found


def _topic(rule: Rule[Any]) -> str:
    match rule.spec:
        case Duty():
            return " / ".join(rule.spec.does)
        case FlowStep():
            return rule.spec.event
        case Quota():
            return rule.spec.count or f"standing {rule.spec.standing}"
        case Route():
            return rule.spec.matter
    return rule.id


def _declared(rule: Rule[Any]) -> Any:  # nested as the file has it
    declared = rule.spec.model_dump(exclude={"also"})
    printed = {"layout": rule.layout.model_dump()} if isinstance(rule, FormRule) else {}
    return _unnamed({**declared, **printed})


def _unnamed(value: Any) -> Any:  # what a declaration holds
    """A declaration without its names and labels, which say the same in other words."""
    if isinstance(value, dict):
        return {k: _unnamed(v) for k, v in value.items() if k not in ("zh", "en")}
    return [_unnamed(item) for item in value] if isinstance(value, list) else value


def _side(rule: Rule[Any]) -> dict[str, object]:
    says = brief(rule)
    return {"id": rule.id, "zh": says.zh, "en": says.en, "clauses": [str(c) for c in rule.citations]}


def brief(rule: Rule[Any]) -> Label:
    """What a rule says, in one line: its name and the figures that matter."""
    zh, en = ("，".join(p) for p in (_figures(rule, zh=True), _figures(rule, zh=False)))
    return Label(
        zh=f"{rule.label.zh}" + (f"（{zh}）" if zh else ""),
        en=f"{rule.label.en}" + (f" ({en.replace('，', ', ')})" if en else ""),
    )


def _figures(rule: Rule[Any], *, zh: bool) -> Iterator[str]:
    def text(label: Label) -> str:
        return label.zh if zh else label.en

    spec = rule.spec
    match spec:
        case Duty():
            yield text(rule.scope.role(spec.who))
            yield text((spec.within or spec.by).label)  # type: ignore[union-attr]  # a duty has one of the two
        case Quota():
            yield text(rule.scope.role(spec.who))
            bounds = (
                ("至少", "at least", spec.at_least),
                ("至多", "at most", spec.at_most),
                ("恰好", "exactly", spec.exactly),
            )
            yield from (f"{z} {n}" if zh else f"{e} {n}" for z, e, n in bounds if n is not None)
            if spec.at_least_percent:
                yield f"{'至少' if zh else 'at least'} {spec.at_least_percent}%"
        case FlowStep():
            yield " / ".join(text(rule.scope.role(role)) for role in spec.by)
        case Grant():
            yield from (
                f"{n:,} 元" if zh else f"{n:,} yuan"
                for n in (spec.amount, spec.at_least, spec.at_most)
                if n is not None
            )
            if spec.per_mille or spec.percent:
                yield f"{spec.per_mille}‰" if spec.per_mille else f"{spec.percent}%"
        case Condition() if spec.open:
            yield "列举未尽" if zh else "open list"


__all__ = ["Difference", "brief", "compare"]
