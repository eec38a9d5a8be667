"""What a region declares, validated but not yet bound together."""

from collections.abc import Iterator, Mapping

from attrs import define, field, frozen

from talentservice.choices import Reading
from talentservice.clauses import Citation, Document
from talentservice.events import STANDARD, EventKind
from talentservice.forms import FormFile
from talentservice.labels import Label
from talentservice.region.effective import Data
from talentservice.region.heads import ClauseHead, RegionHead
from talentservice.rules import Spec


@frozen
class DeclaredRule:
    """A rule's declaration and where it stands; `missing` are parameters nobody has supplied."""

    kind: str
    id: str
    spec: Spec
    raw: Data
    clause: "DeclaredClause"
    path: tuple[str | int, ...]
    readings: dict[str, str]
    missing: tuple[str, ...]
    amended: bool


@define(eq=False)
class DeclaredClause:
    """A clause's head and where it stands."""

    head: ClauseHead
    document: Document
    file: str
    index: int
    rules: list[DeclaredRule] = field(factory=list)
    pointer: Citation = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Make the pointer once; many rules share it."""
        label = Label.model_construct(zh=self.head.zh, en=self.head.en)  # both texts were read strictly
        self.pointer = Citation(self.document.id, self.head.id, label)

    @property
    def citation(self) -> str:
        """Its printed citation."""
        return str(self.pointer)


@define
class Declared:
    """Everything a region declares."""

    head: RegionHead
    documents: list[Document] = field(factory=list)
    clauses: list[DeclaredClause] = field(factory=list)
    forms: dict[str, FormFile] = field(factory=dict)

    @property
    def rules(self) -> Iterator[DeclaredRule]:
        """Every rule, in document order."""
        for clause in self.clauses:
            yield from clause.rules

    @property
    def events(self) -> dict[str, EventKind]:
        """The standard kinds of event and the region's own."""
        return {**STANDARD, **self.head.events}

    @property
    def readings(self) -> Mapping[str, Reading]:
        """Every reading by id."""
        return {r.id: r.spec for r in self.rules if isinstance(r.spec, Reading)}
