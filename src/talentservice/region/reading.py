"""From data to declarations: every clause and rule validated, every problem noted with its place."""

from collections.abc import Iterator
from typing import Any

from attrs import define, field
from pydantic import BaseModel, ValidationError, create_model

from talentservice.choices import SAMPLES
from talentservice.clauses import Document
from talentservice.errors import did_you_mean
from talentservice.forms import FormFile
from talentservice.labels import Label
from talentservice.region.declared import Declared, DeclaredClause, DeclaredRule
from talentservice.region.effective import Choices, Data, chosen, filled, merged, parameters_of, readings_of
from talentservice.region.heads import ClauseHead, RegionHead
from talentservice.region.kinds import KINDS
from talentservice.region.sources import Sources
from talentservice.rules import Spec

Path = tuple[str | int, ...]


def declare(sources: Sources, choices: Choices) -> Declared | None:
    """Validate everything; problems go to the sources. None where not even the head can be read."""
    try:
        head = RegionHead.model_validate(sources.head)
    except ValidationError as error:
        if sources.head:
            sources.invalid("region.toml", (), error, RegionHead)
        return None
    reader = _Reader(sources, choices, Declared(head))
    reader.gather()
    for file, data in sources.documents.items():
        if data:
            reader.document(file, data)
    for file, data in sources.forms.items():
        try:
            reader.out.forms[file] = FormFile.model_validate(data)
        except ValidationError as error:
            sources.invalid(file, (), error, FormFile)
    return reader.out


@define
class _Reader:
    """Reads one region; `readings` holds the option in use and `samples` a stand-in for each parameter."""

    sources: Sources
    choices: Choices
    out: Declared
    readings: dict[str, str] = field(factory=dict)
    samples: dict[str, Any] = field(factory=dict)

    def gather(self) -> None:
        """Find readings and parameters first, since any rule may refer to them."""
        for data in self.sources.documents.values():
            for clause in _tables(data.get("clause")):
                for name, raw in _named(clause.get("reading")):
                    self.readings[name] = self.choices.readings.get(name, str(raw.get("default")))
                for name, raw in _named(clause.get("parameter")):
                    self.samples[name] = next((v for t, v in SAMPLES.items() if t == raw.get("type")), "sample")

    def document(self, file: str, data: Data) -> None:
        """One document with its clauses."""
        try:
            document = Document.model_validate(data.get("document", {}))
        except ValidationError as error:
            self.sources.invalid(file, ("document",), error, Document)
            return
        for key in sorted(set(data) - {"document", "clause"}):
            self.sources.complain(file, (key,), _stray(key))
        self.out.documents.append(document)
        rows = data.get("clause")
        for index, row in enumerate(rows if isinstance(rows, list) else []):
            if isinstance(row, dict):
                self.clause(file, document, index, row)
            else:
                what = Label(zh="条款应写作 [[clause]]", en="a clause is written [[clause]]")
                self.sources.complain(file, ("clause", index), what)

    def clause(self, file: str, document: Document, index: int, row: Data) -> None:
        """One clause with its rules; its rules are read even where its head is wrong."""
        plain = {k: v for k, v in row.items() if k not in KINDS}
        path = ("clause", index)
        try:
            head = ClauseHead.model_validate(plain)
        except ValidationError as error:
            name = f"{document.id}:{row.get('id', '?')}"
            self.sources.invalid(file, path, error, CLAUSE_KEYS, clause=name)
            status = "rule" if any(k in row for k in KINDS) else "guidance"
            head = ClauseHead.model_construct(id=str(row.get("id", "?")), zh="?", en="?", status=status)
        clause = DeclaredClause(head, document, file, index)
        self.out.clauses.append(clause)
        for kind in KINDS:
            tables = row.get(kind, {})
            if not isinstance(tables, dict) or not all(isinstance(v, dict) for v in tables.values()):
                what = Label(zh=f"应写作 [clause.{kind}.编号]", en=f"is written [clause.{kind}.ID]")
                self.sources.complain(file, (*path, kind), what, clause=clause.citation)
                continue
            found = (self.rule(clause, kind, name, raw) for name, raw in tables.items())
            clause.rules += [rule for rule in found if rule is not None]

    def rule(self, clause: DeclaredClause, kind: str, name: str, raw: Data) -> DeclaredRule | None:
        """One rule as it applies under the choices made; None where it is not sound."""
        path: Path = ("clause", clause.index, kind, name)
        amended = name in self.choices.amendments
        effective = chosen(raw, self.readings)
        if amended:
            effective = merged(effective, self.choices.amendments[name])
        asked = list(dict.fromkeys(parameters_of(effective)))
        if not self._parameters_known(clause, path, asked):
            return None
        values = {**self.samples, **self.choices.parameters}
        for other in self._variants(raw):
            self._validated(clause, kind, path, filled(other, values))
        spec = self._validated(clause, kind, path, filled(effective, values))
        if spec is None:
            return None
        used = {r: self.readings[r] for r in readings_of(raw) if r in self.readings}
        missing = tuple(p for p in asked if p not in self.choices.parameters)
        return DeclaredRule(kind, name, spec, raw, clause, path, used, missing, amended)

    def _parameters_known(self, clause: DeclaredClause, path: Path, asked: list[str]) -> bool:
        strangers = [p for p in asked if p not in self.samples]
        for name in strangers:
            near = did_you_mean(name, list(self.samples))
            what = Label(
                zh=f"没有参数“{name}”" + (f"；是否指“{near}”？" if near else ""),
                en=f"no parameter {name!r}" + (f". Did you mean {near!r}?" if near else ""),
            )
            self.sources.complain(clause.file, path, what, clause=clause.citation)
        return not strangers

    def _variants(self, raw: Data) -> Iterator[Data]:
        """The declaration under every option not in use: a mistake there must not wait for a deployer to choose it."""
        under = raw.get("under")
        for reading, changes in under.items() if isinstance(under, dict) else ():
            for option in changes if isinstance(changes, dict) else ():
                if self.readings.get(reading) != option:
                    yield chosen(raw, {**self.readings, reading: option})

    def _validated(self, clause: DeclaredClause, kind: str, path: Path, data: Data) -> Spec | None:
        model = KINDS[kind].spec
        try:
            return model.model_validate(data)
        except ValidationError as error:
            self.sources.invalid(clause.file, path, error, model, clause=clause.citation)
            return None


# All keys a clause may hold, for suggestions: its own, and one table for each kind of rule.
CLAUSE_KEYS: type[BaseModel] = create_model("ClauseKeys", __base__=ClauseHead, **dict.fromkeys(KINDS, (Any, None)))


def _stray(key: str) -> Label:
    if key in KINDS:
        return Label(
            zh=f"“{key}”在条款之外；规则须写在其条款之下：[clause.{key}.…]",
            en=f"{key!r} stands outside a clause; a rule belongs under its clause: [clause.{key}.…]",
        )
    near = did_you_mean(key, ["document", "clause"]) or "clause"
    return Label(zh=f"没有表“{key}”；是否指“{near}”？", en=f"there is no table {key!r}. Did you mean {near!r}?")


def _tables(value: object) -> list[Data]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _named(value: object) -> list[tuple[str, Data]]:
    return [(k, v) for k, v in value.items() if isinstance(v, dict)] if isinstance(value, dict) else []
