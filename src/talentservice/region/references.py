"""The names a rule uses: roles, kinds of event and other rules, each with the key it stands under."""

from collections.abc import Collection, Iterator, Mapping
from functools import cache

from attrs import frozen

from talentservice.conditions import Condition, Test
from talentservice.duties import Duty
from talentservice.events import EventKind
from talentservice.flows import FlowStep
from talentservice.forms import Form
from talentservice.grants import Grant
from talentservice.indicators import Indicator
from talentservice.labels import Label
from talentservice.quotas import Quota
from talentservice.region.declared import Declared
from talentservice.region.effective import Path
from talentservice.region.problems import said
from talentservice.region.sources import Sources
from talentservice.routes import Route
from talentservice.rules import Spec
from talentservice.teams import Team

_ROLE, _EVENT = Label(zh="没有角色", en="there is no role"), Label(zh="没有事件种类", en="there is no kind of event")
_DUTY, _FORM = Label(zh="没有义务", en="there is no duty"), Label(zh="没有表单文件", en="there is no form file")
_QUOTA = Label(zh="没有定额", en="there is no quota")
_STEP = Label(zh="没有环节", en="there is no step")
_CONDITION, _FLOW = Label(zh="没有条件", en="there is no condition"), Label(zh="没有流程", en="there is no flow")


@frozen
class Reference:
    """A name, the key it stands under, what is said when nothing has it, and the names there are (None: not all known)."""

    path: Path
    name: str
    start: Label
    known: Collection[str] | None


@frozen
class Names:
    """What there is to be named."""

    roles: Collection[str] | None
    events: Collection[str] | None
    kinds: Mapping[str, EventKind]
    rules: Mapping[str, Collection[str] | None]
    forms: Collection[str] | None

    @classmethod
    def of(cls, declared: Declared, sources: Sources) -> "Names":
        """The names of a region; unsound rules count, since they are declared."""
        head, whole = declared.head, declared.whole
        ids: dict[str, list[str]] = {kind: [] for kind in ("condition", "flow", "duty", "quota", "step")}
        for kind, name in declared.ids:
            ids.setdefault(kind, []).append(name)
        return cls(
            roles=head.roles if whole or head.roles else None,
            events=declared.events if whole or head.events else None,
            kinds=declared.events,
            rules=ids if sources.complete else dict.fromkeys(ids),
            forms=sources.forms if sources.complete else None,
        )

    def subjects(self, kind: str | None) -> list[str] | None:
        """The subjects of a kind of event, None where they are not known."""
        found = self.kinds.get(kind or "")
        return found.subjects if found else None


def references(spec: Spec, names: Names) -> Iterator[Reference]:
    """Every name a rule uses."""
    match spec:
        case Duty():
            yield from _duty(spec, names)
        case Quota():
            yield from _quota(spec, names)
        case FlowStep():
            yield from _roles(("by",), spec.by, names)
            yield Reference(("event",), spec.event, _EVENT, names.events)
            yield Reference(("flow",), spec.flow, _FLOW, names.rules["flow"])
        case Route():
            yield from _roles(("to",), spec.to or [], names)
            yield from (Reference(("table", v), role, _ROLE, names.roles) for v, role in (spec.table or {}).items())
        case Indicator():
            yield from _counted(spec, names)
        case Grant():
            yield from _roles(("to",), spec.to, names)
            yield from (Reference(("decides",), r, _ROLE, names.roles) for r in [spec.decides] if r)
        case Team():
            yield from (Reference(("parts", i, "role"), p.role, _ROLE, names.roles) for i, p in enumerate(spec.parts))
        case Form():
            yield Reference(("file",), spec.file, _FORM, names.forms)
            yield from (Reference(("takes", i), s, _STEP, names.rules["step"]) for i, s in enumerate(spec.takes))
    for path, name in conditions_in(spec):
        yield Reference(path, name, _CONDITION, names.rules["condition"])


def _quota(spec: Quota, names: Names) -> Iterator[Reference]:
    yield Reference(("who",), spec.who, _ROLE, names.roles)
    yield from (Reference(("parts", i), part, _QUOTA, names.rules["quota"]) for i, part in enumerate(spec.parts))
    yield from _counted(spec, names)


def _counted(spec: Quota | Indicator, names: Names) -> Iterator[Reference]:
    if spec.count:
        yield Reference(("count",), spec.count, _EVENT, names.events)
    if spec.among:
        yield Reference(("among",), spec.among, _EVENT, names.events)
    if spec.distinct:
        yield _subject("distinct", spec.distinct, spec.count, names)


def _duty(spec: Duty, names: Names) -> Iterator[Reference]:
    yield Reference(("who",), spec.who, _ROLE, names.roles)
    yield from _roles(("to",), spec.to, names)
    for index, kind in enumerate(spec.does):
        yield Reference(("does", index) if len(spec.does) > 1 else ("does",), kind, _EVENT, names.events)
    starts = spec.after.events if spec.after else []
    for index, kind in enumerate(starts):
        yield Reference(("after", "events", index), kind, _EVENT, names.events)
    if spec.after and spec.after.overdue:
        yield Reference(("after", "overdue"), spec.after.overdue, _DUTY, names.rules["duty"])
    if spec.about:
        yield from (_subject("about", spec.about, kind, names) for kind in (*spec.does, *starts))


def _roles(path: Path, roles: list[str], names: Names) -> Iterator[Reference]:
    yield from (Reference((*path, index), role, _ROLE, names.roles) for index, role in enumerate(roles))


def _subject(key: str, name: str, kind: str | None, names: Names) -> Reference:
    start = said(zh=f"事件“{kind}”没有对象", en=f"the event {kind!r} has no subject")
    return Reference((key,), name, start, names.subjects(kind))


@cache
def _test_keys(cls: type[Spec]) -> tuple[str, ...]:
    """The keys under which a kind of rule holds a test."""
    return tuple(key for key in ("where", "when", "applies") if key in cls.model_fields)


def conditions_in(spec: Spec) -> Iterator[tuple[Path, str]]:
    """Every condition a rule refers to, with the key it stands under."""
    if isinstance(spec, Condition):
        yield from _in_test(spec, ())
    for key in _test_keys(type(spec)):
        test = getattr(spec, key)
        if isinstance(test, Test):
            yield from _in_test(test, (key,))
    if isinstance(spec, Duty) and spec.after and spec.after.where:
        yield from _in_test(spec.after.where, ("after", "where"))


def _in_test(test: Test, path: Path) -> Iterator[tuple[Path, str]]:
    if test.condition:
        yield (*path, "condition"), test.condition
    for key, children in (("all", test.all), ("any", test.any)):
        for index, child in enumerate(children or []):
            yield from _in_test(child, (*path, key, index))
    if test.not_:
        yield from _in_test(test.not_, (*path, "not"))
