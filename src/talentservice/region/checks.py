"""What one file cannot know about itself: references, doubles, clauses without a status, flows and chains that go nowhere."""

from collections import Counter
from collections.abc import Iterator

from talentservice.conditions import Condition, Test, conditions_of
from talentservice.duties import Duty
from talentservice.errors import did_you_mean
from talentservice.flows import Flow, FlowStep, flow_problems
from talentservice.forms import Form
from talentservice.labels import Label
from talentservice.quotas import Quota
from talentservice.region.declared import Declared, DeclaredRule
from talentservice.region.sources import Sources
from talentservice.routes import Route
from talentservice.teams import Team


def check(declared: Declared, sources: Sources) -> None:
    """Note every problem between the parts of a region."""
    _doubles(declared, sources)
    _clauses(declared, sources)
    for rule in declared.rules:
        for name, what, known in _references(declared, rule):
            if name not in known:
                _unknown(sources, rule, name, what, known)
        _readings(declared, sources, rule)
    _flows(declared, sources)
    _chains(declared, sources)


def _complain(sources: Sources, rule: DeclaredRule, what: Label, *keys: str) -> None:
    sources.complain(rule.clause.file, (*rule.path, *keys), what, clause=rule.clause.citation)


def _unknown(sources: Sources, rule: DeclaredRule, name: str, what: Label, known: list[str]) -> None:
    near = did_you_mean(name, known)
    listed = sorted(known)
    _complain(
        sources,
        rule,
        Label(
            zh=f"没有{what.zh}“{name}”" + (f"；是否指“{near}”？" if near else f"；现有：{'、'.join(listed)}"),
            en=f"no {what.en} {name!r}" + (f". Did you mean {near!r}?" if near else f"; there is: {', '.join(listed)}"),
        ),
    )


def _doubles(declared: Declared, sources: Sources) -> None:
    rules = Counter(r.id for r in declared.rules)
    for rule in declared.rules:
        if rules[rule.id] > 1:
            where = ", ".join(str(sources.line(r.clause.file, r.path)) for r in declared.rules if r.id == rule.id)
            _complain(
                sources,
                rule,
                Label(
                    zh=f"编号“{rule.id}”重复（各行：{where}）",
                    en=f"the id {rule.id!r} is used more than once (lines {where})",
                ),
            )
    clauses = Counter(c.citation for c in declared.clauses)
    for clause in declared.clauses:
        if clauses[clause.citation] > 1:
            what = Label(zh=f"条款“{clause.citation}”重复", en=f"the clause {clause.citation} stands more than once")
            sources.complain(clause.file, ("clause", clause.index, "id"), what, clause=clause.citation)


def _clauses(declared: Declared, sources: Sources) -> None:
    """Every clause has one status: rules (its own, or another's that also rests on it), a record, or guidance."""
    shared = {a for r in declared.rules for a in r.spec.also} | {
        g.clause for f in declared.forms.values() for g in f.groups
    }
    known = {c.head.id for c in declared.clauses} | {c.citation for c in declared.clauses}
    for clause in declared.clauses:
        head, path = clause.head, ("clause", clause.index)
        ruled = bool(clause.rules) or head.id in shared or clause.citation in shared
        if head.status == "rule" and not ruled:
            what = Label(zh="条款标为 rule，却没有规则", en='the clause has status = "rule" but no rule encodes it')
        elif head.status is None and head.record is None and not ruled:
            what = Label(
                zh='条款没有状态：请写规则、record = "…" 或 status = "guidance"',
                en='the clause has no status: write a rule under it, record = "…", or status = "guidance"',
            )
        elif (head.status in ("record", "guidance") or head.record) and clause.rules and head.status != "rule":
            what = Label(
                zh="条款已标为非规则，却带有规则", en="the clause is marked as no rule, yet rules stand under it"
            )
        elif head.status == "record" and head.record is None:
            what = Label(
                zh='记录条款须写明存于何处：record = "对象.字段"',
                en='a recorded clause says where: record = "subject.field"',
            )
        else:
            continue
        sources.complain(clause.file, path, what, clause=clause.citation)
    for name in sorted(shared - known):
        holder = next((r for r in declared.rules if name in r.spec.also), None)
        if holder:
            _unknown(sources, holder, name, Label(zh="条款", en="clause"), sorted(c.head.id for c in declared.clauses))
        else:
            file = next(f for f, form in declared.forms.items() if any(g.clause == name for g in form.groups))
            what = Label(zh=f"没有条款“{name}”", en=f"no clause {name!r}")
            sources.complain(file, (), what)


_ROLE, _EVENT = Label(zh="角色", en="role"), Label(zh="事件种类", en="kind of event")
_CONDITION, _FLOW = Label(zh="条件", en="condition"), Label(zh="流程", en="flow")
_DUTY, _FORM, _STATE = Label(zh="义务", en="duty"), Label(zh="表单文件", en="form file"), Label(zh="对象", en="subject")


def _references(declared: Declared, rule: DeclaredRule) -> Iterator[tuple[str, Label, list[str]]]:
    """Every name a rule uses, with what it names and the names there are."""
    roles, events, spec = list(declared.head.roles), list(declared.events), rule.spec
    ids = {kind: [r.id for r in declared.rules if r.kind == kind] for kind in ("condition", "flow", "duty")}
    match spec:
        case Duty():
            yield from ((name, _ROLE, roles) for name in [spec.who, *spec.to])
            yield spec.does, _EVENT, events
            if spec.after:
                yield from ((kind, _EVENT, events) for kind in spec.after.events)
                yield from ((name, _DUTY, ids["duty"]) for name in [spec.after.overdue] if name)
            if spec.about and spec.does in events:
                yield spec.about, _STATE, declared.events[spec.does].subjects
        case Quota():
            yield spec.who, _ROLE, roles
            yield from ((kind, _EVENT, events) for kind in (spec.count, spec.among) if kind)
        case FlowStep():
            yield from ((name, _ROLE, roles) for name in spec.by)
            yield spec.event, _EVENT, events
            yield spec.flow, _FLOW, ids["flow"]
        case Route():
            yield from ((name, _ROLE, roles) for name in [*(spec.to or []), *(spec.table or {}).values()])
        case Team():
            yield from ((part.role, _ROLE, roles) for part in spec.parts)
        case Form():
            yield spec.file, _FORM, list(declared.forms)
    for test in _tests(rule):
        yield from ((name, _CONDITION, ids["condition"]) for name in conditions_of(test))


def _tests(rule: DeclaredRule) -> Iterator[Test]:
    spec = rule.spec
    if isinstance(spec, Condition):
        yield spec
    for name in ("where", "when", "applies"):
        test = getattr(spec, name, None)
        if isinstance(test, Test):
            yield test
    if isinstance(spec, Duty) and spec.after and spec.after.where:
        yield spec.after.where


def _readings(declared: Declared, sources: Sources, rule: DeclaredRule) -> None:
    lists = declared.readings
    for reading, changes in rule.spec.under.items():
        if reading not in lists:
            _unknown(sources, rule, reading, Label(zh="口径", en="reading"), sorted(lists))
            continue
        for option in changes:
            if option not in lists[reading].options:
                _unknown(
                    sources,
                    rule,
                    option,
                    Label(zh=f"口径“{reading}”的选项", en=f"option of the reading {reading!r}"),
                    lists[reading].options,
                )


def _flows(declared: Declared, sources: Sources) -> None:
    for flow in [r for r in declared.rules if isinstance(r.spec, Flow)]:
        assert isinstance(flow.spec, Flow)  # noqa: S101  # just filtered
        steps = {r.id: r for r in declared.rules if isinstance(r.spec, FlowStep) and r.spec.flow == flow.id}
        pairs = [(name, r.spec) for name, r in steps.items() if isinstance(r.spec, FlowStep)]
        for name, what in flow_problems(flow.spec, pairs):
            _complain(sources, steps[name] if name else flow, what)


def _chains(declared: Declared, sources: Sources) -> None:
    """Duties that start with each other's lapse, and conditions that refer to each other, must not form a circle."""
    duties = {
        r.id: [r.spec.after.overdue]
        for r in declared.rules
        if isinstance(r.spec, Duty) and r.spec.after and r.spec.after.overdue
    }
    conditions = {r.id: list(conditions_of(r.spec)) for r in declared.rules if isinstance(r.spec, Condition)}
    for graph, zh, en in (
        (duties, "督办升级成环", "the escalation runs in a circle"),
        (conditions, "条件互相引用成环", "the conditions refer to each other in a circle"),
    ):
        for name in graph:
            circle = _circle(graph, name)
            if circle:
                rule = next(r for r in declared.rules if r.id == name)
                _complain(sources, rule, Label(zh=f"{zh}：{'→'.join(circle)}", en=f"{en}: {' -> '.join(circle)}"))


def _circle(graph: dict[str, list[str]], start: str) -> list[str] | None:
    """A way from a node back to itself, or None."""
    stack = [[start]]
    while stack:
        path = stack.pop()
        for following in graph.get(path[-1], []):
            if following == start:
                return [*path, start]
            if following not in path:
                stack.append([*path, following])
    return None
