"""A flow as a Mermaid diagram and as a table."""

from talentservice.errors import Lang
from talentservice.flows.machine import Machine

SIGNS = str.maketrans({'"': "'", ":": "：", ";": ",", "\n": " ", "\r": " "})


def mermaid(flow: Machine, lang: Lang = "zh") -> str:
    """The flow as a Mermaid ``stateDiagram-v2``: one edge for every start of every step, named with its roles."""
    scope, nodes, lines = flow.flow.scope, _nodes(flow), ["stateDiagram-v2"]
    lines += [f'  state "{_quoted(s.label.text(lang))}" as {nodes[s.id]}' for s in flow.flow.spec.states]
    lines.append(f"  [*] --> {nodes[flow.start]}")
    for step in flow.steps:
        by = " / ".join(scope.role(r).text(lang) for r in step.spec.by)
        for start in step.spec.from_:
            lines.append(
                f"  {nodes[start]} --> {nodes[step.spec.to]}: {_quoted(step.label.text(lang))} ({_quoted(by)})"
            )
    lines += [f"  {nodes[s.id]} --> [*]" for s in flow.flow.spec.states if s.end]
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


def _nodes(flow: Machine) -> dict[str, str]:
    """A Mermaid id for each state, no two alike; hyphens and dots would end one."""
    nodes: dict[str, str] = {}
    for state in flow.flow.spec.states:
        node = f"s_{state.id}".replace("-", "_").replace(".", "_")
        while node in nodes.values():
            node += "_"
        nodes[state.id] = node
    return nodes


def _quoted(text: str) -> str:
    """A label without the signs that would end it."""
    return text.translate(SIGNS)
