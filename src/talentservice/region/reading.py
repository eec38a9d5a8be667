"""From data to declarations: every clause and rule validated, every problem noted with its place."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from attrs import define, field
from pydantic import ValidationError

from talentservice.choices import SAMPLES
from talentservice.clauses import Document
from talentservice.events import EventKind
from talentservice.forms import FormFile, layout_faults
from talentservice.labels import Label
from talentservice.region.declared import Broken, Declared, DeclaredClause, DeclaredRule, Sound, stand_in
from talentservice.region.effective import (
    DEEPEST,
    Choices,
    Data,
    Path,
    Version,
    filled,
    parameters_of,
    readings_of,
    versions,
)
from talentservice.region.heads import API, ClauseHead, RegionHead, speaks
from talentservice.region.kinds import KINDS
from talentservice.region.problems import Wrong, no_such, said
from talentservice.region.sources import HEAD, Sources
from talentservice.rules import is_id

_CLAUSE_KEYS = frozenset(ClauseHead.model_fields)
_NO_PARAMETER = Label(zh="没有参数", en="there is no parameter")
_NO_KIND = Label(zh="没有规则种类", en="there is no kind of rule")
_NO_TABLE = Label(zh="没有表", en="there is no table")


def declare(sources: Sources, choices: Choices) -> Declared | None:
    """Validate everything; problems go to the sources. None where the files are written for another API, or have no head."""
    if sources.head or sources.complete:
        head = _head(sources)
        if head is not None:
            reader = _Reader(sources, choices, head)
            reader.gather()
            for file, data in sources.documents.items():
                reader.document(file, data)
            for file, data in sources.forms.items():
                reader.form(file, data)
            return reader.out
    return None


def _head(sources: Sources) -> Declared | None:
    """The region's head; an unsound one keeps the names it declares, so that the documents can be read all the same."""
    api = sources.head.get("api")
    if isinstance(api, str) and re.fullmatch(r"[0-9]{1,3}\.[0-9]{1,3}", api) and not speaks(api):
        here = ".".join(map(str, API))
        newer = tuple(map(int, api.split("."))) > API
        what = said(
            zh=f"规则文件按 API {api} 编写，本库为 {here}：请{'升级 talentservice' if newer else '按新版修改文件'}",
            en=f"the files are written for API {api}, this core speaks {here}: "
            + ("install a newer talentservice" if newer else "bring the files up to date"),
        )
        sources.complain(HEAD, ("api",), what)
        return None
    try:
        return Declared(RegionHead.model_validate(sources.head))
    except ValidationError as error:
        sources.invalid(HEAD, (), Wrong(error, sources.head, RegionHead))
    roles, kinds = sources.head.get("roles"), sources.head.get("events")
    events = {name: _kind(raw) for name, raw in _named(kinds)}
    named = dict(roles) if isinstance(roles, dict) else {}
    return Declared(stand_in(RegionHead, id=str(sources.head.get("id")), roles=named, events=events), whole=False)


def _kind(raw: Data) -> EventKind:
    try:
        return EventKind.model_validate(raw)
    except ValidationError:
        return stand_in(EventKind, zh="?", en="?", subjects=None)


@define
class _Reader:
    """Reads one region.

    `readings` holds the option in use, `options` all there are, `samples` a stand-in for each parameter (the reader itself for one of no known type),
    `values` what is filled in.
    """

    sources: Sources
    choices: Choices
    out: Declared
    readings: dict[str, str] = field(factory=dict)
    options: dict[str, list[str]] = field(factory=dict)
    samples: dict[str, Any] = field(factory=dict)
    values: dict[str, Any] = field(factory=dict)

    def gather(self) -> None:
        """Find readings and parameters first, since any rule may refer to them."""
        types: Mapping[str, object] = {str(kind): value for kind, value in SAMPLES.items()}
        for data in self.sources.documents.values():
            for clause in _tables(data.get("clause")):
                for name, raw in _named(clause.get("reading")):
                    self.readings[name] = self.choices.readings.get(name, str(raw.get("default")))
                    listed = raw.get("options")
                    self.options[name] = [o for o in listed if isinstance(o, str)] if isinstance(listed, list) else []
                for name, raw in _named(clause.get("parameter")):
                    self.samples[name] = types.get(str(raw.get("type")), self)
        self.values = {**self.samples, **self.choices.parameters}

    def document(self, file: str, data: Data) -> None:
        """One document with its clauses, which are read even where its head is unsound."""
        raw = data.get("document")
        if raw is None:
            what = Label(zh="缺少表 [document]", en="the table [document] is missing")
            self.sources.complain(file, (), what)
        try:
            document = Document.model_validate(raw)
        except ValidationError as error:
            if raw is not None:
                self.sources.invalid(file, ("document",), Wrong(error, raw, Document))
            name = raw.get("id", "?") if isinstance(raw, dict) else "?"
            document = stand_in(Document, id=str(name))
        for key in [k for k in data if k not in ("document", "clause")]:
            self.sources.complain(file, (key,), _stray(key))
        self.out.documents.append(document)
        rows = data.get("clause", [])
        for index, row in enumerate(rows if isinstance(rows, list) else [None]):
            if isinstance(row, dict):
                self.clause(file, document, index, row)
            else:
                what = Label(zh="条款应写作 [[clause]]", en="a clause is written [[clause]], in double brackets")
                self.sources.complain(file, ("clause", index), what)

    def form(self, file: str, data: Data) -> None:
        """One form file."""
        try:
            form = self.out.forms[file] = FormFile.model_validate(data)
        except ValidationError as error:
            self.sources.invalid(file, (), Wrong(error, data, FormFile))
        else:
            for fault in layout_faults(form):
                self.sources.complain(file, fault.path, said(zh=fault.zh, en=fault.en))

    def clause(self, file: str, document: Document, index: int, row: Data) -> None:
        """One clause with its rules; its rules are read even where its head is unsound."""
        path: Path = ("clause", index)
        name = f"{document.id}:{row.get('id', '?')}"
        plain = {k: v for k, v in row.items() if k not in KINDS}
        strangers = [k for k, v in plain.items() if k not in _CLAUSE_KEYS and _is_kind_table(v)]
        for key in strangers:
            self.sources.complain(file, (*path, key), no_such(_NO_KIND, key, KINDS), clause=name)
            del plain[key]
        settled = not strangers
        try:
            head = ClauseHead.model_validate(plain)
        except ValidationError as error:
            self.sources.invalid(file, path, Wrong(error, plain, ClauseHead, tuple(KINDS)), clause=name)
            head, settled = stand_in(ClauseHead, id=str(row.get("id", "?")), zh="?", en="?"), False
        clause = DeclaredClause(head, document, file, index, settled=settled)
        self.out.clauses.append(clause)
        for kind in [k for k in row if k in KINDS]:
            self.rules(clause, kind, row[kind])

    def rules(self, clause: DeclaredClause, kind: str, tables: object) -> None:
        """The rules of one kind under a clause."""
        path: Path = ("clause", clause.index, kind)
        if not isinstance(tables, dict) or not all(isinstance(v, dict) for v in tables.values()):
            what = said(
                zh=f"{KINDS[kind].label.zh}应写作表 [clause.{kind}.编号]",
                en=f"a {KINDS[kind].label.en} is a table with an id of its own: [clause.{kind}.ID]",
            )
            self.sources.complain(clause.file, path, what, clause=clause.citation)
            clause.settled = False
        for name, raw in _named(tables):
            rule = self.rule(clause, kind, name, raw)
            if rule is None:
                clause.broken.append(Broken(kind, name, raw))
                clause.settled = False
            else:
                clause.rules.append(rule)

    def rule(self, clause: DeclaredClause, kind: str, name: str, raw: Data) -> DeclaredRule | None:
        """One rule as it applies under the choices made; None where it is not sound."""
        path: Path = ("clause", clause.index, kind, name)
        complain = partial(self.sources.complain, clause.file, clause=clause.citation)
        amendment = self.choices.amendments.get(name)
        try:
            asked = [*parameters_of(raw), *parameters_of(amendment)]
        except RecursionError:
            what = said(zh=f"嵌套过深：至多 {DEEPEST} 层", en=f"nested too deeply: at most {DEEPEST} levels")
            complain(path, what)
            return None
        good = self._named_well(name, raw, path, complain)
        if not self._parameters_known(asked, path, complain):
            return None
        found = list(versions(raw, self.readings, self.options, amendment))
        sound = partial(self._sound, clause, kind, path, awaits=bool(asked))
        first = sound(found[0])
        others = [sound(version, alone=first is not None) for version in found[1:]]
        if first is None or not good or None in others:
            return None
        used = {r: self.readings[r] for r in readings_of(raw) if r in self.readings}
        missing = self._missing(first.version) if asked else {}
        rest = tuple(other for other in others if other is not None)
        return DeclaredRule(kind, name, clause, path, first, rest, used, tuple(missing), amendment is not None)

    def _parameters_known(
        self, asked: list[tuple[Path, str]], path: Path, complain: Callable[[Path, Label], None]
    ) -> bool:
        """Whether everything a rule asks a deployer for is a parameter whose type is known."""
        for place, name in asked if self.sources.complete else ():
            if name not in self.samples:
                complain((*path, *place), no_such(_NO_PARAMETER, name, self.samples))
        return all(self.samples.get(name, self) is not self for _, name in asked)

    def _missing(self, version: Version) -> dict[str, None]:
        """The parameters a version awaits and nobody has supplied; those of options not in use do not matter."""
        applied = {k: v for k, v in version.data.items() if k != "under"}
        return dict.fromkeys(p for _, p in parameters_of(applied) if p not in self.choices.parameters)

    def _named_well(self, name: str, raw: Data, path: Path, complain: Callable[[Path, Label], None]) -> bool:
        """Whether the rule's id can be one, and its own name, if it has one, stands in both languages."""
        good = True
        if not is_id(name):
            what = said(
                zh=f"“{name}”不能作编号：只用小写字母、数字和 . _ -",
                en=f"{name!r} is no id: use lower-case letters, digits and . _ -",
            )
            complain(path, what)
            good = False
        one = {"zh", "en"} & raw.keys()
        if len(one) == 1:
            lacking = "en" if "zh" in one else "zh"
            what = said(
                zh=f"缺少键“{lacking}”：名称须中英文俱全，或都不写",
                en=f"the key {lacking!r} is missing: a name stands in both languages, or in neither",
            )
            complain((*path, *one), what)
            good = False
        return good

    def _sound(
        self, clause: DeclaredClause, kind: str, path: Path, version: Version, *, awaits: bool, alone: bool = True
    ) -> Sound | None:
        """A version its model accepts, once what it `awaits` is filled in.

        A fault of the whole rule is left out unless this version `alone` has it.
        """
        model = KINDS[kind].spec
        data = filled(version.data, self.values) if awaits else version.data
        try:
            return Sound(model.model_validate(data), version)
        except ValidationError as error:
            from talentservice.region.wording import words

            for keys, what in words(Wrong(error, data, model)):
                if keys or alone:
                    place = (*path, *version.place(keys))
                    self.sources.complain(clause.file, place, what, clause=clause.citation)
            return None


def _is_kind_table(value: object) -> bool:
    """Whether a table is written as one of rules is: by id, each a table."""
    return isinstance(value, dict) and bool(value) and all(isinstance(v, dict) for v in value.values())


def _stray(key: str) -> Label:
    if key in KINDS:
        return said(
            zh=f"“{key}”在条款之外；规则须写在其条款之下：[clause.{key}.…]",
            en=f"{key!r} stands outside a clause; a rule belongs under its clause: [clause.{key}.…]",
        )
    return no_such(_NO_TABLE, key, ["document", "clause"])


def _tables(value: object) -> list[Data]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _named(value: object) -> list[tuple[str, Data]]:
    return [(k, v) for k, v in value.items() if isinstance(v, dict)] if isinstance(value, dict) else []
