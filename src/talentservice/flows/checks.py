"""What can be wrong with a flow before any ticket walks it."""

from collections.abc import Iterator, Sequence

from talentservice.errors import did_you_mean
from talentservice.flows.spec import Flow, FlowStep
from talentservice.labels import Label


def reachable(start: str, steps: Sequence[tuple[str, FlowStep]]) -> set[str]:
    """The states a ticket can come to from `start`."""
    seen, frontier = {start}, [start]
    while frontier:
        here = frontier.pop()
        for _, step in steps:
            if here in step.from_ and step.to not in seen:
                seen.add(step.to)
                frontier.append(step.to)
    return seen


def _can_end(flow: Flow, steps: Sequence[tuple[str, FlowStep]]) -> set[str]:
    """The states from which a ticket can still end."""
    good = {s.id for s in flow.states if s.end}
    while True:
        more = {f for _, step in steps if step.to in good for f in step.from_} - good
        if not more:
            return good
        good |= more


def flow_problems(flow: Flow, steps: Sequence[tuple[str, FlowStep]]) -> Iterator[tuple[str | None, Label]]:
    """Each problem with the step it lies in (None for the flow): unreachable or unknown states, dead ends, steps out of an end."""
    states = {s.id: s for s in flow.states}
    for name, step in steps:
        for name_of in [*step.from_, step.to]:
            if name_of not in states:
                near = did_you_mean(name_of, list(states))
                zh = f"；是否指“{near}”？" if near else f"；现有：{'、'.join(states)}"
                en = f". Did you mean {near!r}?" if near else f"; there is: {', '.join(states)}"
                yield name, Label(zh=f"状态“{name_of}”未声明{zh}", en=f"the state {name_of!r} is not declared{en}")
    seen, ending = reachable(flow.states[0].id, steps), _can_end(flow, steps)
    for name, step in steps:
        if set(step.from_) <= set(states) and not seen & set(step.from_):
            yield (
                name,
                Label(
                    zh="环节无法到达：其起始状态走不到",
                    en="the step cannot be reached: no ticket comes to the state it starts from",
                ),
            )
        if any(states[f].end for f in step.from_ if f in states):
            yield name, Label(zh="环节始于终态", en="the step starts from a state that ends the ticket")
    for state in flow.states:
        if state.id not in seen:
            yield None, Label(zh=f"状态“{state.id}”无法到达", en=f"the state {state.id!r} cannot be reached")
        elif state.id not in ending:
            yield (
                None,
                Label(
                    zh=f"流程无法结束：状态“{state.id}”没有通往终态的路",
                    en=f"the state {state.id!r} has no way to an end",
                ),
            )
