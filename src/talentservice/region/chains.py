"""Duties that start with each other's lapse, and conditions that refer to each other: neither in a circle nor without end."""

from collections.abc import Iterator, Mapping

from talentservice.conditions import Condition
from talentservice.duties import Duty
from talentservice.labels import Label
from talentservice.region.declared import Declared, DeclaredRule
from talentservice.region.effective import Path
from talentservice.region.problems import said
from talentservice.region.references import conditions_in

# Answers walk a chain from end to end; no text escalates that often, and Python's stack is not endless.
LONGEST_CHAIN = 8
_CIRCLES = {
    "duty": Label(zh="督办升级成环", en="the escalation runs in a circle"),
    "condition": Label(zh="条件互相引用成环", en="the conditions refer to each other in a circle"),
}
Graph = Mapping[str, Mapping[str, Path]]


def chain_problems(declared: Declared) -> Iterator[tuple[DeclaredRule, Label, Path]]:
    """Every circle and every chain that is too long, under each choice of a reading, with the rule and the key it starts at."""
    linked = [r for r in declared.rules if isinstance(r.spec, Duty | Condition)]
    for choice in dict.fromkeys(s.version.at[1:] for r in linked for s in r.sounds):
        for kind, label in _CIRCLES.items():
            rules = {r.id: r for r in linked if r.kind == kind}
            graph = {name: _links(rule, choice) for name, rule in rules.items()}
            circles, long = _walk(graph)
            for ring in circles:
                what = said(zh=f"{label.zh}：{'→'.join(ring)}", en=f"{label.en}: {' -> '.join(ring)}")
                yield rules[ring[0]], what, graph[ring[0]][ring[1]]
            for name in long:
                what = said(
                    zh=f"连环过长：至多 {LONGEST_CHAIN} 环", en=f"the chain is too long: at most {LONGEST_CHAIN} rules"
                )
                yield rules[name], what, next(iter(graph[name].values()))


def _links(rule: DeclaredRule, choice: Path) -> dict[str, Path]:
    """The duty whose lapse starts this one, or the conditions this one refers to, under a choice of one reading."""
    sound = next((s for s in rule.others if s.version.at[1:] == choice), rule.used)
    spec, place = sound.spec, sound.version.place
    if isinstance(spec, Duty):
        lapsed = spec.after.overdue if spec.after else None
        return {lapsed: place(("after", "overdue"))} if lapsed else {}
    return {name: place(path) for path, name in conditions_in(spec)}


def _walk(graph: Graph) -> tuple[list[list[str]], list[str]]:
    """The circles of a graph, each from its first member back to it, and the members at which a chain becomes too long."""
    order = {name: position for position, name in enumerate(graph)}
    circles: list[list[str]] = []
    length: dict[str, int] = {}
    for start in graph:
        way: dict[str, Iterator[str]] = {} if start in length else {start: iter(graph[start])}
        while way:
            here = next(reversed(way))
            following = next(way[here], None)
            if following is None:
                length[here] = 1 + max((length.get(name, 0) for name in graph[here]), default=0)
                del way[here]
            elif following in way:
                names = list(way)
                ring = names[names.index(following) :]
                first = ring.index(min(ring, key=order.__getitem__))
                circles.append([*ring[first:], *ring[:first], ring[first]])
            elif following in graph and following not in length:
                way[following] = iter(graph[following])
    return circles, [name for name, steps in length.items() if steps == LONGEST_CHAIN + 1]
