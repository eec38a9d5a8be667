"""What a form takes from what is known: each field that names a source is filled in from the object it names."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol, runtime_checkable

from attrs import define, field

from talentservice.errors import InputError, WrongType, unknown
from talentservice.events import Event, blank
from talentservice.forms.due import due
from talentservice.forms.fields import NO_VALUE, SOURCES, FormField
from talentservice.forms.model import FieldProblem, problem, refused
from talentservice.forms.nesting import Nested, nested
from talentservice.forms.spec import FormFile, FormGroup
from talentservice.forms.values import accept
from talentservice.labels import Label
from talentservice.people import Post
from talentservice.strict import day_of

GUARDED = frozenset({"talent", "enterprise"})  # what they hold may be personal: errors never repeat it


@runtime_checkable
class _Ticket(Protocol):
    """A ticket as the flows have it; forms do not know flows."""

    id: str
    state: str
    facts: Mapping[str, Any]
    version: int


def filled_from(
    form: FormFile, known: Mapping[str, object], shift: int = 0, names: Mapping[str, str] | None = None
) -> Nested:
    """The values that objects tell, nested as the form takes them; what they do not tell is left blank.

    Args:
        form: its fields say where they take their values from.
        known: objects by name, and for a repeated group, under its path, a list of such tables of objects: one a row, in which
            the objects outside count as well.
        shift: by how many years the printed years move on.
        names: of posts and bodies by id, for fields in which a unit stands.

    Raises:
        UnknownName: the form takes nothing from an object of that name, or a table has what such an object has not.
        WrongType: it is not such an object.
        FormError: values the fields do not take; holds every problem.
    """
    repeats = {g.at: g for g in form.groups if g.repeat and owners([g])}
    rows = {at: _rows(at, known[at], group) for at, group in repeats.items() if isinstance(known.get(at), list | tuple)}
    objects = {name: value for name, value in known.items() if name not in rows}
    _check(objects, owners(form.groups), list(repeats))
    taken = _Taken(shift, names or {})
    for group in form.groups:
        if group.repeat:
            for index, row in enumerate(rows.get(group.at, ())):
                taken.take(group, {**objects, **row}, f"{group.at}.{index}.")
        else:
            taken.take(group, objects, "")
    if taken.problems:
        raise refused(taken.problems)
    return nested(form, taken.found)


def owners(groups: Sequence[FormGroup]) -> list[str]:
    """The names of the objects from which fields of the groups take something."""
    return sorted({f.source.partition(".")[0] for g in groups for f in g.fields if f.source})


def _rows(at: str, given: Any, group: FormGroup) -> list[Mapping[str, object]]:  # a list, as was looked
    for row in given:
        if not isinstance(row, Mapping):
            raise WrongType(
                f"{at}: each row is a table of objects by name, got {type(row).__name__}",
                f"{at}：每行应为按名称给出的对象表，收到 {type(row).__name__}",
            )
        _check(row, owners([group]), [])
    return list(given)


def _check(objects: Mapping[str, object], due_names: list[str], lists: list[str]) -> None:
    for name, value in objects.items():
        if name not in due_names:
            raise unknown("object this form takes values from", "可供本表取值的对象", name, [*due_names, *lists])
        if value is not None and not _fits(name, value):
            what = {"visit": "Event"}.get(name, name.capitalize())
            found = type(value).__name__
            raise WrongType(
                f"{name} is a table or an object of the type {what}, got {found}",
                f"{name} 应为表或 {what} 对象，收到 {found}",
            )
        if isinstance(value, Mapping):
            _check_parts(name, value)


def _fits(name: str, value: object) -> bool:
    return isinstance(value, Mapping | _kind(name))


def _kind(name: str) -> type:
    """The type of the objects of a name."""
    if name in GUARDED:
        from talentservice.people import Enterprise, Talent  # loaded where somebody hands one in

        return Talent if name == "talent" else Enterprise
    kinds: Mapping[str, type] = {"ticket": _Ticket, "visit": Event, "post": Post}
    return kinds[name]


def _check_parts(name: str, table: Mapping[object, object]) -> None:
    """A table that stands for an object has what a form may take of it, or what such an object has besides."""
    parts = {*SOURCES[name], *(part for cls in _kind(name).__mro__ for part in vars(cls).get("__annotations__", ()))}
    for key in map(str, table):
        if key.partition(".")[0] not in parts:
            raise unknown(f"part of {name}", f"{name} 的内容", key, list(SOURCES[name]))


@define
class _Taken:
    """What was taken so far, by slot, and what is wrong with it."""

    shift: int
    names: Mapping[str, str]
    found: dict[str, object] = field(factory=dict)
    problems: list[FieldProblem] = field(factory=list)

    def take(self, group: FormGroup, objects: Mapping[str, object], at: str) -> None:
        """Take what the fields of one group, or of one row of it, name."""
        for each in group.fields:
            if each.source is None or each.type in NO_VALUE:
                continue
            owner, _, path = each.source.partition(".")
            value = _value(objects.get(owner), path)
            for key, one in self._by_year(group, each, value) if group.all_years else [(at + each.id, value)]:
                self._put(key, each, one, guarded=owner in GUARDED)

    def _by_year(self, group: FormGroup, each: FormField, value: object) -> Iterator[tuple[str, object]]:
        """A field that comes once a year takes a table by year, of which only the printed years are looked at."""
        if blank(value):
            return
        if not isinstance(value, Mapping):
            kind = type(value).__name__
            error = WrongType(f"a table by year is due, got {kind}", f"应为按年份的表，收到 {kind}")
            self.problems.append(problem(f"{group.at}.{each.id}", f"{group.at}.{each.id}", each, error))
            return
        for year in (y + self.shift for y in group.all_years):
            yield f"{group.at}.{year}.{each.id}", value.get(year, value.get(str(year)))

    def _put(self, key: str, each: FormField, value: object, *, guarded: bool) -> None:
        if blank(value):
            return
        try:
            self.found[key] = accept(each, self._named(each, as_due(each, value)))
        except InputError as error:
            what = due(each)
            hidden = InputError(f"{what.en} is due; {each.source} is not", f"应为{what.zh}；{each.source} 不是")
            self.problems.append(problem(key, key, each, hidden if guarded or each.personal else error))

    def _named(self, each: FormField, value: object) -> object:
        """Units by the names people know them by."""
        if each.type == "unit" and isinstance(value, str):
            return self.names.get(value, value)
        if each.type == "unit-list" and isinstance(value, list | tuple):
            return [self.names.get(item, item) if isinstance(item, str) else item for item in value]
        return value


def _value(owner: object, path: str) -> object:
    """What stands at a path of an object; None where nothing does."""
    here = owner
    if owner is not None and not isinstance(owner, Mapping):
        name, _, path = path.partition(".")
        here = getattr(owner, "id" if name == "number" else name, None)  # only the parts listed above come here
    while path and isinstance(here, Mapping):
        if path in here:  # an entry may have a dot in its own name
            return here[path]
        name, _, path = path.partition(".")
        here = here.get(name)
    return None if path else here


def as_due(each: FormField, value: object) -> object:
    """A label in the form's language, a moment as its day, a day as the month or year that is due."""
    if isinstance(value, Label):
        return value.zh
    if isinstance(value, datetime):
        value = day_of(value)
    if isinstance(value, date) and each.type in ("year-month", "year"):
        return value.year if each.type == "year" else f"{value.year:04}-{value.month:02}"
    return value
