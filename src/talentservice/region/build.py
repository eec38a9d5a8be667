"""From declarations to a region whose rules answer."""

from collections.abc import Mapping
from importlib import metadata
from importlib.resources import files
from typing import Any

from talentservice.calendar import WorkCalendar
from talentservice.clauses import Clause, Origin
from talentservice.errors import RegionFileError
from talentservice.labels import Label
from talentservice.region.checks import check
from talentservice.region.declared import Declared, DeclaredClause, DeclaredRule
from talentservice.region.effective import Choices
from talentservice.region.kinds import KINDS
from talentservice.region.problems import raise_all
from talentservice.region.reading import declare
from talentservice.region.region import Region
from talentservice.region.sources import Sources, read_sources
from talentservice.rules import Scope


def load_region(package: str) -> Region:
    """The region whose files lie in a package: `region.toml` and what it names.

    Raises:
        RegionFileError: with every problem that could be found.
    """
    folder = files(package)

    def read(name: str) -> str:
        return folder.joinpath(*name.split("/")).read_text(encoding="utf-8")

    return build(read_sources(read), Choices(), distribution=_distribution(package))


def load_folder(path: str) -> Region:
    """The region whose files lie in a folder.

    Raises:
        RegionFileError: with every problem that could be found.
    """
    from pathlib import Path

    def read(name: str) -> str:
        return Path(path, *name.split("/")).read_text(encoding="utf-8")

    return build(read_sources(read), Choices())


def region_from_dict(data: Mapping[str, Any]) -> Region:
    """The region a dict describes, in the form of `Region.to_dict`."""
    sources = Sources(head=data.get("region", {}), documents=data.get("documents", {}), forms=data.get("forms", {}))
    return build(sources, Choices())


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
    read = Sources(sources.head, sources.documents, sources.forms, sources.texts, list(sources.problems), sources.read)
    declared = declare(read, choices)
    name = str(sources.head.get("id", "region"))
    if declared is not None:
        check(declared, read)
    raise_all(name, read.problems)
    if declared is None:
        raise RegionFileError(f"{name}: there is no region.toml to read", f"{name}：没有可读的 region.toml")
    return _bind(declared, sources, choices, distribution, calendar)


def _bind(
    declared: Declared, sources: Sources, choices: Choices, distribution: tuple[str, str], calendar: WorkCalendar | None
) -> Region:
    head = declared.head
    scope = Scope(head.id, head.roles, declared.events, forms=declared.forms, calendar=calendar)
    citations = {key: c.pointer for c in declared.clauses for key in (c.citation, c.head.id)}
    asked = {r.id: str(r.clause.pointer) for r in declared.rules if r.kind == "parameter"}
    for rule in declared.rules:
        scope.rules[rule.kind, rule.id] = KINDS[rule.kind].rule(
            kind=rule.kind,
            id=rule.id,
            label=_label(rule),
            spec=rule.spec,
            citations=tuple(dict.fromkeys([rule.clause.pointer, *(citations[a] for a in rule.spec.also)])),
            document=rule.clause.document,
            origin=_origin(sources, rule.clause.file, rule.path, distribution),
            scope=scope,
            readings=rule.readings,
            missing={name: asked[name] for name in rule.missing},
            amended=rule.amended,
        )
    clauses = tuple(_clause(c, declared, sources, distribution) for c in declared.clauses)
    return Region(head, tuple(declared.documents), clauses, scope, sources, choices, distribution)


def _label(rule: DeclaredRule) -> Label:
    head = rule.clause.head
    # All four texts were read strictly.
    return Label.model_construct(zh=rule.spec.zh or head.zh, en=rule.spec.en or head.en)


def _origin(sources: Sources, file: str, path: tuple[str | int, ...], distribution: tuple[str, str]) -> Origin:
    return Origin(*distribution, file, sources.line(file, path))


def _clause(clause: DeclaredClause, declared: Declared, sources: Sources, distribution: tuple[str, str]) -> Clause:
    head = clause.head
    names = {head.id, clause.citation}
    rules = [r.id for r in declared.rules if r.clause is clause or names & set(r.spec.also)]
    grouped = any(g.clause in names for f in declared.forms.values() for g in f.groups)
    status = head.status or ("record" if head.record else "rule")
    if grouped and not rules:
        rules = [r.id for r in declared.rules if r.kind == "form"]
    origin = _origin(sources, clause.file, ("clause", clause.index), distribution)
    return Clause(clause.pointer, status, origin, tuple(rules), head.record, head.note)
