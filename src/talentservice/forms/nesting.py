"""The ways a form's values stand: nested as the model takes them, by dotted keys as people give them, by slot as paper has them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from talentservice.forms.fields import NO_VALUE, FormField
from talentservice.forms.spec import FormFile, FormGroup

Nested = dict[str, Any]


def put(tree: Nested, path: str, leaf: object) -> bool:
    """Put a value where its path says, over what stands there; False where there was something, or it cannot be put there."""
    *stems, last = path.split(".")
    for stem in stems:
        inner = tree.setdefault(stem, {})
        if not isinstance(inner, dict):
            return False
        tree = inner
    if leaf == {} and isinstance(tree.get(last), dict):
        return True
    free = last not in tree or tree[last] == {}
    tree[last] = leaf
    return free


def undotted(data: Mapping[str, Any], clashes: list[str] | None = None) -> Nested:
    """The data with keys such as ``enterprise.name`` taken apart; of a key given twice the last value stands.

    Args:
        data: nested, by dotted keys, or both.
        clashes: takes the keys that are given twice, or stand under a value.
    """
    tree: Nested = {}
    noted = [] if clashes is None else clashes
    noted += [path for path, value in _leaves(data, noted) if not put(tree, path, value)]
    return tree


def _leaves(data: Mapping[str, Any], clashes: list[str], at: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in data.items():
        path = f"{at}{key}"
        if isinstance(value, Mapping) and value:
            yield from _leaves(value, clashes, f"{path}.")
        elif isinstance(value, list | tuple):
            yield path, [_row(row, clashes, f"{path}.{i}.") for i, row in enumerate(value)]
        else:
            yield path, value


def _row(row: object, clashes: list[str], at: str) -> object:
    if not isinstance(row, Mapping) or not any("." in str(name) or isinstance(v, Mapping) for name, v in row.items()):
        return row
    own: list[str] = []
    tree = undotted(row, own)
    clashes += [f"{at}{name}" for name in own]
    return tree


def flat(form: FormFile, data: Nested, shift: int = 0) -> dict[str, object]:
    """The values by slot, blanks left out: ``enterprise.name``, ``items.0.name``, ``finance.2019.profit``."""
    found: dict[str, object] = {}
    for group in form.groups:
        names = [f.id for f in group.fields if f.type not in NO_VALUE]
        for at, row in _rows(group, data, shift):
            for name in names:
                value = _get(row, name)
                if value is not None:
                    found[f"{at}{name}"] = value
    return found


def counts(form: FormFile, data: Nested) -> dict[str, int]:
    """How many rows each repeated group has."""
    return {g.at: len(_get(data, g.at) or ()) for g in form.groups if g.repeat}


def _rows(group: FormGroup, data: Nested, shift: int) -> Iterator[tuple[str, Nested]]:
    if group.repeat:
        yield from ((f"{group.at}.{i}.", row) for i, row in enumerate(_get(data, group.at) or ()))
    elif group.all_years:
        years = _get(data, group.at) or {}
        yield from ((f"{group.at}.{y + shift}.", years.get(str(y + shift)) or {}) for y in group.all_years)
    else:
        yield "", data


def _get(data: Nested, path: str) -> Any:  # a value of the form
    if "." not in path:
        return data.get(path)
    here: Any = data
    for part in path.split("."):
        here = here.get(part) if isinstance(here, dict) else None
    return here


def nested(form: FormFile, found: Mapping[str, object], kept: Iterable[str] = ()) -> Nested:
    """Values by slot as the model takes them; rows of which nothing is filled in are left out, but for those of the slots `kept`."""
    out: Nested = {}
    rows: dict[str, dict[int, Nested]] = {g.at: {} for g in form.groups if g.repeat}
    for key in kept:
        at, number, _ = row_of(key, rows)
        if number is not None:
            rows[at].setdefault(number, {})
    for key, value in found.items():
        if value is not None:
            at, number, name = row_of(key, rows)
            put(out if number is None else rows[at].setdefault(number, {}), name, value)
    for at, filled in rows.items():
        if filled:
            put(out, at, [row for _, row in sorted(filled.items())])
    return out


def closed_up(form: FormFile, keys: Iterable[str]) -> dict[str, str]:
    """By slot the slot it has once rows that none of the slots is in are left out: ``items.3.name`` may become ``items.1.name``."""
    repeats = {g.at: set[int]() for g in form.groups if g.repeat}
    places = {key: row_of(key, repeats) for key in keys}
    for at, number, _ in places.values():
        if number is not None:
            repeats[at].add(number)
    anew = {at: {number: index for index, number in enumerate(sorted(numbers))} for at, numbers in repeats.items()}
    return {k: k if n is None else f"{at}.{anew[at][n]}.{name}" for k, (at, n, name) in places.items()}


def field_at(form: FormFile, slot: str) -> FormField | None:
    """The field a slot is of: ``items.3.name`` of the field ``name`` of that group."""
    again = {g.at: g for g in form.groups if g.repeat or g.all_years}
    at, number, name = row_of(slot, again)
    return form.single.get(name) if number is None else again[at].own.get(name)


def row_of(key: str, groups: Iterable[str]) -> tuple[str, int | None, str]:
    """The group, the number of the row or the year, and the field of a slot; no number where the field comes once."""
    for at in groups:
        if key.startswith(f"{at}."):
            number, _, name = key[len(at) + 1 :].partition(".")
            if number.isdecimal():
                return at, int(number), name
    return "", None, key
