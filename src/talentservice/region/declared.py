"""What a region declares, validated but not yet bound together."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from attrs import define, field, frozen
from pydantic import BaseModel

from talentservice.choices import Reading
from talentservice.clauses import Citation, Document
from talentservice.errors import did_you_mean
from talentservice.events import STANDARD, EventKind
from talentservice.forms import Form, FormFile
from talentservice.labels import Label
from talentservice.region.effective import Data, Path, Version
from talentservice.region.heads import ClauseHead, RegionHead
from talentservice.rules import Spec

M = TypeVar("M", bound=BaseModel)


def stand_in(model: type[M], **known: Any) -> M:  # whatever the model has
    """A model of which only some fields are known, so that the search for problems can go on; it never answers."""
    return model.model_construct(**known)


@frozen
class Sound:
    """A version of a rule that its model accepts."""

    spec: Spec
    version: Version


@frozen
class DeclaredRule:
    """A rule's declaration and where it stands.

    `used` is the version that applies, `others` those under options not in use; `missing` are parameters nobody has supplied.
    """

    kind: str
    id: str
    clause: "DeclaredClause"
    path: Path
    used: Sound
    others: tuple[Sound, ...]
    readings: dict[str, str]
    missing: tuple[str, ...]
    amended: bool

    @property
    def spec(self) -> Spec:
        """The declaration as it applies."""
        return self.used.spec

    @property
    def sounds(self) -> tuple[Sound, ...]:
        """Every version, that in use first."""
        return (self.used, *self.others)


@frozen
class Broken:
    """A rule that is declared but unsound: others may refer to it all the same."""

    kind: str
    id: str
    raw: Data


@define(eq=False)
class DeclaredClause:
    """A clause's head and where it stands; `settled` is false where it is unsound, so that its status is not known."""

    head: ClauseHead
    document: Document
    file: str
    index: int
    rules: list[DeclaredRule] = field(factory=list)
    broken: list[Broken] = field(factory=list)
    settled: bool = True
    pointer: Citation = field(init=False)
    citation: str = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Make the pointer and what it prints as once; many rules share them."""
        label = Label.model_construct(zh=self.head.zh, en=self.head.en)  # both texts were read strictly
        self.pointer = Citation(self.document.id, self.head.id, label)
        self.citation = str(self.pointer)


@frozen
class Cited:
    """The clauses of a region by their citation; within a document its own prefix may be left out."""

    clauses: Mapping[str, DeclaredClause]

    def find(self, name: str, document: str) -> DeclaredClause | None:
        """The clause a text in that document cites."""
        return self.clauses.get(f"{document}:{name}") or self.clauses.get(name)

    def meant(self, name: str, document: str) -> DeclaredClause | None:
        """The clause a text in that document cites, or likely meant to."""
        near = did_you_mean(name, self.names(document)) if self.find(name, document) is None else None
        return self.find(near or name, document)

    def names(self, document: str) -> list[str]:
        """Everything a text in that document may write to cite a clause."""
        own = [c.head.id for c in self.clauses.values() if c.document.id == document]
        return own + [name for name, c in self.clauses.items() if c.document.id != document]


@define
class Declared:
    """Everything a region declares; `whole` is false where its head is unsound and roles and events are not all known."""

    head: RegionHead
    documents: list[Document] = field(factory=list)
    clauses: list[DeclaredClause] = field(factory=list)
    forms: dict[str, FormFile] = field(factory=dict)
    whole: bool = True

    @property
    def rules(self) -> Iterator[DeclaredRule]:
        """Every sound rule, in document order."""
        for clause in self.clauses:
            yield from clause.rules

    @property
    def broken(self) -> Iterator[Broken]:
        """Every unsound rule, in document order."""
        for clause in self.clauses:
            yield from clause.broken

    @property
    def ids(self) -> Iterator[tuple[str, str]]:
        """Kind and id of every rule, sound or not."""
        yield from ((r.kind, r.id) for r in self.rules)
        yield from ((b.kind, b.id) for b in self.broken)

    @property
    def events(self) -> dict[str, EventKind]:
        """The standard kinds of event and the region's own."""
        return {**STANDARD, **self.head.events}

    def cited(self) -> "Cited":
        """The clauses by what cites them."""
        return Cited({c.citation: c for c in self.clauses})

    @property
    def readings(self) -> Mapping[str, Reading]:
        """Every sound reading by id."""
        return {r.id: r.spec for r in self.rules if isinstance(r.spec, Reading)}


def laid_down(declared: Declared) -> Iterator[tuple[str, DeclaredRule, Path]]:
    """Every citation by which a form's file says which clause lays down a part, with the form and the place in its file."""
    for rule in declared.rules:
        form = declared.forms.get(rule.spec.file) if isinstance(rule.spec, Form) else None
        for index, group in enumerate(form.groups if form else ()):
            yield group.clause, rule, ("groups", index, "clause")
        for index, note in enumerate(form.notes if form else ()):
            yield note, rule, ("notes", index)
