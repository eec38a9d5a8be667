"""Values as the check of a form looks at them: by field, however they come."""

from collections.abc import Iterable, Iterator, Mapping

from talentservice.errors import InputError
from talentservice.forms.fields import FormField
from talentservice.forms.nesting import row_of
from talentservice.forms.spec import FormFile, FormGroup

Row = Mapping[str, object]


def entered(form: FormFile, values: Row, shift: int = 0) -> Iterator[tuple[str, FormGroup, FormField, Row]]:
    """Every field with its place, its group and the values beside it: those of its row, where its group is repeated.

    Args:
        form: the form.
        values: nested, by slot, or by field id with a list of rows for a repeated group.
        shift: by how many years the printed years have moved on.
    """
    single = once(form, values)
    for group in form.groups:
        if group.repeat:
            for number, row in _rows(values, group):
                beside = {f.id: _meant(f, found_at(row, f.id)) for f in group.fields}
                yield from ((f"{group.at}.{number}.{f.id}", group, f, beside) for f in group.fields)
        elif group.all_years:
            for field, year in ((f, y + shift) for f in group.fields for y in group.all_years):
                key = f"{group.at}.{year}.{field.id}"
                yield key, group, field, {field.id: _meant(field, found_at(values, key))}
        else:
            yield from ((f.id, group, f, single) for f in group.fields)


def once(form: FormFile, values: Row) -> dict[str, object]:
    """The values of the fields that come once."""
    return {name: _meant(field, found_at(values, name)) for name, field in form.single.items()}


def _meant(field: FormField, value: object) -> object:
    """What somebody meant who wrote a text ("否", "9 件"); what cannot be read stands as it is, for the model to refuse."""
    from talentservice.forms.values import accept

    try:
        return accept(field, value) if isinstance(value, str) else value
    except InputError:
        return value


def found_at(values: object, path: str) -> object:
    """What stands at a path, whether its parts are written with dots or nested; None where nothing does."""
    while isinstance(values, Mapping):
        if path in values:
            return values[path]
        stem, _, path = path.partition(".")
        values = values.get(stem)
    return None


def _rows(values: Row, group: FormGroup) -> Iterable[tuple[int, Row]]:
    """The rows of a group with their numbers."""
    listed = found_at(values, group.at)
    if isinstance(listed, list | tuple):
        return ((number, row) for number, row in enumerate(listed) if isinstance(row, Mapping))
    rows: dict[int, dict[str, object]] = {}
    for key, value in values.items():
        _, number, name = row_of(key, [group.at])
        if number is not None:
            rows.setdefault(number, {})[name] = value
    return sorted(rows.items())
