"""From declarations to a region whose rules answer."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import metadata
from importlib.resources import files
from os import PathLike
from pathlib import Path
from typing import Any

from attrs import define, field, frozen

from talentservice.calendar import WorkCalendar
from talentservice.clauses import Clause, Origin
from talentservice.duties import Duty
from talentservice.errors import WrongType
from talentservice.flows import FlowStep
from talentservice.labels import Label
from talentservice.region.checks import check
from talentservice.region.declared import Declared, DeclaredClause, DeclaredRule, laid_down
from talentservice.region.effective import Choices, copied
from talentservice.region.kinds import KINDS
from talentservice.region.problems import printable, raise_all
from talentservice.region.reading import declare
from talentservice.region.references import conditions_in
from talentservice.region.region import Region
from talentservice.region.sources import Sources, read_sources
from talentservice.rules import Scope


def load_region(package: str) -> Region:
    """The region whose files lie in a package: `region.toml` and what it names.

    Raises:
        RegionFileError: with every problem that could be found.
    """
    folder = files(package)

    def read(name: str) -> bytes:
        return folder.joinpath(*name.split("/")).read_bytes()

    with _no_collection():
        return build(read_sources(read), Choices(), distribution=_distribution(package))


def load_folder(path: str | PathLike[str]) -> Region:
    """The region whose files lie in a folder.

    Raises:
        RegionFileError: with every problem that could be found.
    """
    folder = Path(path)

    def read(name: str) -> bytes:
        return folder.joinpath(name).read_bytes()

    with _no_collection():
        return build(read_sources(read), Choices())


@contextmanager
def _no_collection() -> Iterator[None]:
    """Hold off garbage collection while a region loads, which takes some tens of milliseconds.

    A load builds thousands of small objects and keeps nearly all of them; Python would take that for a reason to search every
    object of the process, time and again, and find nothing: a third of the loading time. Who has it turned off keeps it off.
    Where two threads load at once, the first to be done turns it on again, which costs the other some time and nothing else.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def region_from_dict(data: Mapping[str, Any]) -> Region:
    """The region a dict describes, in the form of `Region.to_dict`.

    Raises:
        WrongType: the dict is not of that form.
        RegionFileError: with every problem that could be found.
    """
    own = copied(data)
    parts = [own.get(key, {}) for key in ("region", "documents", "forms")] if isinstance(own, dict) else []
    if not parts or not all(_by_name(part, depth=min(depth, 1)) for depth, part in enumerate(parts)):
        raise WrongType(
            "a region as a dict has three tables: region, and documents and forms by file name",
            "地区数据应有三个表：region，以及按文件名排列的 documents 和 forms",
        )
    return build(Sources(*parts), Choices())


def _by_name(value: object, *, depth: int) -> bool:
    """Whether a value is a table with texts for keys, and of such tables where asked."""
    return (
        isinstance(value, dict)
        and all(isinstance(key, str) for key in value)
        and (not depth or all(_by_name(item, depth=0) for item in value.values()))
    )


def _distribution(package: str) -> tuple[str, str]:
    name = package.partition(".")[0].replace("_", "-")
    try:
        return name, metadata.version(name)
    except metadata.PackageNotFoundError:
        return name, ""


def build(
    sources: Sources,
    choices: Choices,
    *,
    distribution: tuple[str, str] = ("", ""),
    calendar: WorkCalendar | None = None,
) -> Region:
    """Validate, check and bind everything.

    Raises:
        RegionFileError: with every problem that could be found.
    """
    read = sources.again()
    declared = declare(read, choices)
    if declared is not None:
        check(declared, read)
    raise_all(printable(str(sources.head.get("id", "region"))), read.problems, chosen=choices != Choices())
    assert declared is not None  # noqa: S101  # otherwise there was a problem
    return _bind(declared, sources, choices, distribution, calendar).as_chosen()


def _bind(
    declared: Declared, sources: Sources, choices: Choices, distribution: tuple[str, str], calendar: WorkCalendar | None
) -> Region:
    head = declared.head
    cited = declared.cited()
    told = {name: clause.pointer.summary for name, clause in cited.clauses.items()}
    scope = Scope(head.id, head.roles, declared.events, forms=declared.forms, summaries=told, calendar=calendar)
    encoded: dict[str, list[str]] = {}
    asked = {r.id: str(r.clause.pointer) for r in declared.rules if r.kind == "parameter"}
    resting = _Resting({(r.kind, r.id): r for r in declared.rules})
    for rule in declared.rules:
        also = [cited.find(name, rule.clause.document.id) for name in rule.spec.also]
        citations = dict.fromkeys(c.pointer for c in (rule.clause, *also) if c)
        for pointer in citations:
            encoded.setdefault(str(pointer), []).append(rule.id)
        rests = resting.of(rule)
        scope.rules[rule.kind, rule.id] = KINDS[rule.kind].rule(
            kind=rule.kind,
            id=rule.id,
            label=_label(rule),
            spec=rule.spec,
            citations=tuple(citations),
            document=rule.clause.document,
            origin=_origin(sources, rule.clause.file, rule.path, distribution),
            scope=scope,
            readings=rests.readings,
            missing={name: asked[name] for name in rests.missing},
            amended=rests.amended,
        )
    for name, form, _ in laid_down(declared):
        clause = cited.find(name, form.clause.document.id)
        if clause and form.id not in encoded.setdefault(clause.citation, []):
            encoded[clause.citation].append(form.id)
    clauses = tuple(_clause(c, encoded.get(c.citation, ()), sources, distribution) for c in declared.clauses)
    return Region(head, tuple(declared.documents), clauses, scope, sources, choices, distribution)


@frozen
class _Rests:
    """What a rule's answers rest on besides its own text: parameters nobody supplied, readings used, what-if changes."""

    missing: dict[str, None]
    readings: dict[str, str]
    amended: bool


@define
class _Resting:
    """Works out what each rule rests on: its own choices, and those of the rules it looks into."""

    rules: Mapping[tuple[str, str], DeclaredRule]
    known: dict[tuple[str, str], _Rests] = field(factory=dict)

    def of(self, rule: DeclaredRule) -> _Rests:
        """What a rule rests on; the loader has made sure that no rule looks into itself."""
        key = (rule.kind, rule.id)
        if key not in self.known:
            inside = [self.of(other) for other in self._looked_into(rule)]
            started = [self.of(other) for other in self._lapsed(rule)]
            missing, readings = dict.fromkeys(rule.missing), dict(rule.readings)
            for other in inside:  # a lapsed duty says itself what it misses
                missing |= other.missing
            for other in (*inside, *started):
                readings |= other.readings
            self.known[key] = _Rests(missing, readings, rule.amended or any(o.amended for o in (*inside, *started)))
        return self.known[key]

    def _looked_into(self, rule: DeclaredRule) -> list[DeclaredRule]:
        """The conditions a rule refers to; for a flow its steps."""
        if rule.kind == "flow":
            return [r for r in self.rules.values() if isinstance(r.spec, FlowStep) and r.spec.flow == rule.id]
        return [self.rules["condition", name] for _, name in conditions_in(rule.spec)]

    def _lapsed(self, rule: DeclaredRule) -> list[DeclaredRule]:
        """The duty whose lapse starts this one."""
        after = rule.spec.after if isinstance(rule.spec, Duty) else None
        return [self.rules["duty", after.overdue]] if after and after.overdue else []


def _label(rule: DeclaredRule) -> Label:
    head = rule.clause.head
    # All four texts were read strictly.
    return Label.model_construct(zh=rule.spec.zh or head.zh, en=rule.spec.en or head.en)


def _origin(sources: Sources, file: str, path: tuple[str | int, ...], distribution: tuple[str, str]) -> Origin:
    return Origin(*distribution, file, sources.line(file, path))


def _clause(clause: DeclaredClause, rules: Sequence[str], sources: Sources, distribution: tuple[str, str]) -> Clause:
    head = clause.head
    status = head.status or ("record" if head.record else "rule")
    origin = _origin(sources, clause.file, ("clause", clause.index), distribution)
    return Clause(clause.pointer, status, origin, tuple(rules), head.record, head.note)
