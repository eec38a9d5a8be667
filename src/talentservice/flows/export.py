"""A flow as a Mermaid diagram and as a table."""

from talentservice.errors import Lang
from talentservice.flows.machine import Machine


def mermaid(flow: Machine, lang: Lang = "zh") -> str:
    """The flow as a Mermaid ``stateDiagram-v2``: one edge for every start of every step, named with its roles."""
    scope, lines = flow.flow.scope, ["stateDiagram-v2"]
    lines += [f'  state "{_quoted(s.label.text(lang))}" as {_node(s.id)}' for s in flow.flow.spec.states]
    lines.append(f"  [*] --> {_node(flow.start)}")
    for step in flow.steps:
        by = " / ".join(scope.role(r).text(lang) for r in step.spec.by)
        for start in step.spec.from_:
            lines.append(
                f"  {_node(start)} --> {_node(step.spec.to)}: {_quoted(step.label.text(lang))} ({_quoted(by)})"
            )
    lines += [f"  {_node(s.id)} --> [*]" for s in flow.flow.spec.states if s.end]
    return "\n".join(lines) + "\n"


def table(flow: Machine, lang: Lang = "zh") -> list[dict[str, str]]:
    """The flow as rows: step, from, to, by, needs, clause."""
    names = {s.id: s.label.text(lang) for s in flow.flow.spec.states}
    scope = flow.flow.scope
    comma = "、" if lang == "zh" else ", "
    return [
        {
            "step": step.id,
            "label": step.label.text(lang),
            "from": comma.join(names[f] for f in step.spec.from_),
            "to": names[step.spec.to],
            "by": comma.join(scope.role(r).text(lang) for r in step.spec.by),
            "needs": comma.join(step.spec.needs),
            "clause": str(step.citations[0]),
        }
        for step in flow.steps
    ]


def _node(state: str) -> str:
    """A Mermaid id; hyphens and dots would end it."""
    return state.replace("-", "_").replace(".", "_")


def _quoted(text: str) -> str:
    return text.replace('"', "'").replace(":", "：").replace("\n", " ")
