"""A rule as it applies: readings chosen, parameters filled in, amendments made."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from attrs import field, frozen

from talentservice.errors import WrongType

Data = dict[str, Any]
Path = tuple[str | int, ...]
DEEPEST = 48
MERGED = ("counting", "table")


@frozen
class Choices:
    """What was decided about a region: readings and parameters by id, what-if changes by rule id, and the day asked about."""

    readings: Mapping[str, str] = field(factory=dict)
    parameters: Mapping[str, Any] = field(factory=dict)
    amendments: Mapping[str, Data] = field(factory=dict)
    day: date | None = None
    as_if_in_force: bool = False


@frozen
class Version:
    """A rule's declaration under one choice of readings.

    `moved` says where the keys stand that an option changed, from the rule's table on; `at` is the option this version tries out,
    empty for the version that applies.
    """

    data: Data
    moved: Mapping[str, Path] = field(factory=dict)
    at: Path = ()

    def place(self, keys: Path) -> Path:
        """Where a key stands, from the rule's table on."""
        return (*self.moved.get(str(keys[0]), ()), *keys) if keys else self.at


def copied(value: Any) -> Any:  # any TOML value
    """A value of one's own, which the caller's later changes do not reach; mappings become dicts, tuples lists.

    Raises:
        WrongType: tables or lists are nested too deeply, perhaps without end.
    """
    try:
        return _copied(value)
    except RecursionError:
        raise WrongType("tables or lists are nested without end", "表或列表嵌套没有尽头") from None


def _copied(value: Any) -> Any:  # any TOML value
    if isinstance(value, Mapping):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list | tuple) else value


def versions(
    raw: Data, options: Mapping[str, str], lists: Mapping[str, list[str]], change: Mapping[str, Any] | None
) -> Iterator[Version]:
    """The declaration as it applies, then under every option not in use: a mistake there must not wait to be chosen.

    Args:
        raw: as it stands in the file.
        options: the option in use of each reading.
        lists: every option of each reading; one the rule does not name leaves it as it stands.
        change: a what-if change, laid over the declaration that applies.
    """
    applied = _chosen(raw, options)
    yield applied if change is None else Version(merged(applied.data, change), applied.moved)
    for reading, changes in _tables(raw.get("under")):
        for option in dict.fromkeys([*changes, *lists.get(reading, ())]):
            if options.get(reading) != option:
                other = _chosen(raw, {**options, reading: option})
                yield Version(other.data, other.moved, ("under", reading, option))


def _chosen(raw: Data, options: Mapping[str, str]) -> Version:
    """The declaration with the changes of each chosen option laid over it."""
    if "under" not in raw:
        return Version(raw)
    data, moved = dict(raw), dict[str, Path]()
    for reading, changes in _tables(raw.get("under")):
        option = options.get(reading, "")
        change = changes.get(option)
        if isinstance(change, dict):
            data |= change
            moved |= dict.fromkeys(change, ("under", reading, option))
    return Version(data, moved)


def _tables(value: object) -> Iterator[tuple[str, Data]]:
    if isinstance(value, dict):
        yield from ((k, v) for k, v in value.items() if isinstance(v, dict))


def readings_of(raw: Mapping[str, Any]) -> list[str]:
    """The readings a rule's declaration depends on."""
    return [name for name, _ in _tables(raw.get("under"))]


def is_parameter(value: object) -> bool:
    """Whether a value is written ``{ parameter = "id" }``."""
    return isinstance(value, dict) and len(value) == 1 and isinstance(value.get("parameter"), str)


def parameters_of(value: object) -> Iterator[tuple[Path, str]]:
    """Every parameter a declaration refers to, with its place, in order.

    Raises:
        RecursionError: the declaration is nested deeper than `DEEPEST` levels.
    """
    stack: list[tuple[Path, object]] = [((), value)]
    while stack:
        path, here = stack.pop()
        if len(path) > DEEPEST:
            raise RecursionError
        if isinstance(here, dict):
            if is_parameter(here):
                yield path, here["parameter"]
            else:
                stack += [((*path, k), v) for k, v in reversed(here.items()) if isinstance(v, dict | list)]
        elif isinstance(here, list):
            stack += [((*path, i), v) for i, v in reversed([*enumerate(here)]) if isinstance(v, dict | list)]


def texts_of(value: object) -> Iterator[str]:
    """Every text a declaration itself holds: what a parameter supplies is not among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict) and not is_parameter(value):
        for item in value.values():
            yield from texts_of(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts_of(item)


def filled(value: Any, parameters: Mapping[str, Any]) -> Any:  # any TOML value
    """The declaration with parameters in place; a list parameter inside a list is spliced in."""
    if isinstance(value, dict):
        if is_parameter(value) and value["parameter"] in parameters:
            return parameters[value["parameter"]]
        return {key: filled(item, parameters) for key, item in value.items()}
    if isinstance(value, list):
        out: list[Any] = []
        for item in value:
            done = filled(item, parameters)
            out += done if is_parameter(item) and isinstance(done, list) else [done]
        return out
    return value


def merged(raw: Data, change: Mapping[str, Any]) -> Data:
    """The declaration with a what-if change laid over it: each key is replaced as a whole, and None takes a key away.

    Only the tables whose keys stand for themselves, `counting` and `table`, keep the keys that are not named.
    """
    out = {key: value for key, value in raw.items() if change.get(key, raw) is not None}
    for key, value in change.items():
        if value is not None:
            both = key in MERGED and isinstance(value, dict) and isinstance(out.get(key), dict)
            out[key] = {**out[key], **value} if both else value
    return out
