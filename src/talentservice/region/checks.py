"""What one file cannot know about itself: references, doubles, clauses without a status, flows and chains that go nowhere."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from talentservice.choices import Reading
from talentservice.flows import Flow, FlowStep, flow_problems
from talentservice.flows.checks import reachable
from talentservice.forms import Form, FormFile
from talentservice.labels import Label
from talentservice.region.chains import chain_problems
from talentservice.region.declared import Declared, DeclaredClause, DeclaredRule, laid_down
from talentservice.region.effective import Path, texts_of
from talentservice.region.problems import no_such, said
from talentservice.region.references import Names, references
from talentservice.region.sources import Sources

_NO_CLAUSE = Label(zh="没有条款", en="there is no clause")
_NO_READING = Label(zh="没有口径", en="there is no reading")
_NO_FIELD = Label(zh="表中没有单填栏目", en="the form has no field that comes once")
_NO_DAY = Label(zh="表中没有单填的日期栏目", en="the form has no date that comes once")


def check(declared: Declared, sources: Sources) -> None:
    """Note every problem between the parts of a region."""
    _documents(declared, sources)
    _doubles(declared, sources)
    _statuses(declared, sources)
    names = Names.of(declared, sources)
    readings = declared.readings
    unsound = {name for kind, name in declared.ids if kind == "reading"} - readings.keys()
    for rule in declared.rules:
        _references(sources, rule, names)
        if sources.complete:
            _readings(sources, rule, readings, unsound)
        if isinstance(rule.spec, Form) and rule.spec.file in declared.forms:
            _form(sources, rule, rule.spec, declared.forms[rule.spec.file])
    if sources.complete:
        _cited(declared, sources)
    for rule in declared.rules:
        if isinstance(rule.spec, Flow):
            _flow(declared, sources, rule)
    for rule, what, keys in chain_problems(declared):
        _complain(sources, rule, what, keys)


def _complain(sources: Sources, rule: DeclaredRule, what: Label, keys: Path = ()) -> None:
    sources.complain(rule.clause.file, (*rule.path, *keys), what, clause=rule.clause.citation)


def _documents(declared: Declared, sources: Sources) -> None:
    first: dict[str, str] = {}
    for file, document in zip(sources.documents, declared.documents, strict=False):
        if document.id in first:
            what = said(
                zh=f"文件编号“{document.id}”已用于 {first[document.id]}",
                en=f"the document id {document.id!r} already stands in {first[document.id]}",
            )
            sources.complain(file, ("document", "id"), what)
        first.setdefault(document.id, file)


def _doubles(declared: Declared, sources: Sources) -> None:
    """Ids of rules and of clauses are unique in a region; each later one is told where the first stands."""
    clauses: dict[str, tuple[str, Path]] = {}
    rules: dict[str, tuple[str, Path]] = {}
    for clause in declared.clauses:
        path: Path = ("clause", clause.index)
        _double(sources, clause, (*path, "id"), clauses, clause.citation)
        ids = [(r.kind, r.id) for r in clause.rules] + [(b.kind, b.id) for b in clause.broken]
        for kind, name in ids:
            _double(sources, clause, (*path, kind, name), rules, name)


def _double(
    sources: Sources, clause: DeclaredClause, path: Path, first: dict[str, tuple[str, Path]], name: str
) -> None:
    if name in first:
        file, place = first[name]
        where = f"{file}:{sources.line(file, place)}"
        what = said(zh=f"编号“{name}”重复，已见于 {where}", en=f"the id {name!r} already stands at {where}")
        sources.complain(clause.file, path, what, clause=clause.citation)
    first.setdefault(name, (clause.file, path))


def _statuses(declared: Declared, sources: Sources) -> None:
    cited = declared.cited()
    named = [(name, form.clause.document.id) for name, form, _ in laid_down(declared)]
    for clause in declared.clauses:
        named += [(name, clause.document.id) for r in clause.rules for name in r.spec.also]
        named += [(name, clause.document.id) for b in clause.broken for name in texts_of(b.raw.get("also"))]
    # A misspelt citation is told where it stands; the clause it means is not to be told as well.
    rests = {found.citation for name, document in named if (found := cited.meant(name, document))}
    whole = sources.complete and len(declared.forms) == len(sources.forms)
    whole = whole and not any(b.kind == "form" for b in declared.broken)
    for clause in declared.clauses:
        what = _status(clause, ruled=bool(clause.rules) or clause.citation in rests or not whole)
        if what is not None:
            sources.complain(clause.file, ("clause", clause.index, *what[0]), what[1], clause=clause.citation)


def _status(clause: DeclaredClause, *, ruled: bool) -> tuple[Path, Label] | None:
    """What is wrong with a clause's status: rules (its own, or another's that also rests on it), a record, or guidance."""
    head = clause.head
    if not clause.settled:
        return None
    if head.record is not None and head.status == "guidance":
        return ("status",), Label(
            zh="条款不能既为 guidance 又有 record", en="a clause is either guidance or a record, not both"
        )
    if clause.rules and head.status != "rule" and (head.status or head.record):
        rule = clause.rules[0]
        marked = f'status = "{head.status}"' if head.status else f'record = "{head.record}"'
        return (rule.kind, rule.id), said(
            zh=f"条款已标为 {marked}，却带有规则 {rule.id}：请去其一",
            en=f"the clause says {marked}, yet the rule {rule.id!r} stands under it: take one away",
        )
    if head.status == "record" and head.record is None:
        return ("status",), Label(
            zh='记录条款须写明存于何处：record = "对象.字段"',
            en='a recorded clause says where: record = "subject.field"',
        )
    if head.status == "rule" and not ruled:
        return ("status",), Label(
            zh='条款标为 status = "rule"，却没有规则', en='the clause says status = "rule", but no rule encodes it'
        )
    if head.status is None and head.record is None and not ruled:
        return (), Label(
            zh='条款没有状态：请写规则、record = "对象.字段" 或 status = "guidance"',
            en='the clause has no status: write a rule under it, record = "subject.field", or status = "guidance"',
        )
    return None


def _cited(declared: Declared, sources: Sources) -> None:
    """Every clause that a rule or a part of a form rests on has to be there."""
    cited = declared.cited()
    for rule in declared.rules:
        document = rule.clause.document.id
        for index, name in enumerate(rule.spec.also):
            if cited.find(name, document) is None:
                what = no_such(_NO_CLAUSE, name, cited.names(document))
                _complain(sources, rule, what, rule.used.version.place(("also", index)))
    for name, rule, path in laid_down(declared):
        document = rule.clause.document.id
        if cited.find(name, document) is None and isinstance(rule.spec, Form):
            sources.complain(rule.spec.file, path, no_such(_NO_CLAUSE, name, cited.names(document)))


def _references(sources: Sources, rule: DeclaredRule, names: Names) -> None:
    """Every name a rule uses, under every option; a name that a parameter supplies is the deployer's own."""
    for sound in rule.sounds:
        for found in references(sound.spec, names):
            if found.known is None or found.name in found.known or found.name not in texts_of(sound.version.data):
                continue
            what = no_such(found.start, found.name, found.known)
            _complain(sources, rule, what, sound.version.place(_written(sound.version.data, found.path)))


def _written(data: object, path: Path) -> Path:
    """A key as its author wrote it: the start of a duty may be written short."""
    out: Path = ()
    here: Any = data
    for part in path:
        key = "event" if part == "events" and isinstance(here, dict) and "event" in here else part
        if key in here if isinstance(here, dict) else isinstance(here, list) and key in range(len(here)):
            out, here = (*out, key), here[key]
    return out


def _readings(sources: Sources, rule: DeclaredRule, lists: Mapping[str, Reading], unsound: set[str]) -> None:
    for reading, changes in rule.spec.under.items():
        if reading in unsound:
            continue
        if reading not in lists:
            _complain(sources, rule, no_such(_NO_READING, reading, lists), ("under", reading))
            continue
        for option in changes:
            if option not in lists[reading].options:
                what = said(zh=f"口径“{reading}”没有选项", en=f"the reading {reading!r} has no option")
                _complain(sources, rule, no_such(what, option, lists[reading].options), ("under", reading, option))


def _form(sources: Sources, rule: DeclaredRule, spec: Form, form: FormFile) -> None:
    """The fields that carry a slip's ticket and the day of its step are the form's, and that one a day."""
    days = [name for name, each in form.single.items() if each.type == "date"]
    if spec.ticket and spec.ticket not in form.single:
        _complain(sources, rule, no_such(_NO_FIELD, spec.ticket, form.single), ("ticket",))
    if spec.done_on and spec.done_on not in days:
        _complain(sources, rule, no_such(_NO_DAY, spec.done_on, days), ("done_on",))
    if spec.takes and not spec.ticket:
        what = said(
            zh="表单代表环节（takes），须写明工单编号所在的栏目（ticket）",
            en="the form stands for steps (takes): it has to say which field carries the ticket's number (ticket)",
        )
        _complain(sources, rule, what, ("takes",))


def _flow(declared: Declared, sources: Sources, flow: DeclaredRule) -> None:
    """What is wrong with a flow, unless a step of it is unsound: then its path is not known."""
    steps = {r.id: r for r in declared.rules if isinstance(r.spec, FlowStep) and r.spec.flow == flow.id}
    unknown = [b for b in declared.broken if b.kind == "step" and b.raw.get("flow", flow.id) == flow.id]
    if unknown or not sources.complete or not isinstance(flow.spec, Flow):
        return
    pairs = [(name, r.spec) for name, r in steps.items() if isinstance(r.spec, FlowStep)]
    undeclared = {s for _, spec in pairs for s in (*spec.from_, spec.to)} - {s.id for s in flow.spec.states}
    led = {spec.to for _, spec in pairs if {*spec.from_} - {spec.to}} - reachable(flow.spec.states[0].id, pairs)
    for name, what in flow_problems(flow.spec, pairs):
        named = re.findall(r"“([^”]*)”", what.zh)
        if undeclared and not undeclared & set(named):
            continue  # a misspelt state makes others seem unreachable
        if name is None:
            place: list[Path] = [("states", i) for i, s in enumerate(flow.spec.states) if s.id in named]
            _complain(sources, flow, what, next(iter(place), ()))
            continue
        spec = next(s for n, s in pairs if n == name)
        if named or not led.issuperset(spec.from_):  # otherwise some step leads there: that state tells
            _complain(sources, steps[name], what, next(iter(_ends(spec, named))))


def _ends(step: FlowStep, named: Sequence[str]) -> list[Path]:
    """Where a step names a state; otherwise where it says what it starts from."""
    start: list[Path] = [("from", i) for i, state in enumerate(step.from_) if state in named]
    return start + ([("to",)] if step.to in named else []) + [("from",)]
