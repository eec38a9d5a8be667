"""A rule as it applies: readings chosen, parameters filled in, amendments made."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import field, frozen

Data = dict[str, Any]


@frozen
class Choices:
    """What a deployer decided: readings and parameters by id, and what-if changes by rule id."""

    readings: Mapping[str, str] = field(factory=dict)
    parameters: Mapping[str, Any] = field(factory=dict)
    amendments: Mapping[str, Data] = field(factory=dict)


def readings_of(raw: Mapping[str, Any]) -> list[str]:
    """The readings a rule's declaration depends on."""
    under = raw.get("under")
    return list(under) if isinstance(under, dict) else []


def parameters_of(value: object) -> Iterator[str]:
    """Every parameter a declaration refers to: ``{ parameter = "id" }`` anywhere in it."""
    if isinstance(value, dict):
        if set(value) == {"parameter"} and isinstance(value["parameter"], str):
            yield value["parameter"]
        else:
            for item in value.values():
                yield from parameters_of(item)
    elif isinstance(value, list):
        for item in value:
            yield from parameters_of(item)


def chosen(raw: Data, options: Mapping[str, str]) -> Data:
    """The declaration with the changes of each chosen option laid over it."""
    under = raw.get("under")
    if not isinstance(under, dict):
        return raw
    merged = dict(raw)
    for reading, changes in under.items():
        change = changes.get(options.get(reading, "")) if isinstance(changes, dict) else None
        merged |= change if isinstance(change, dict) else {}
    return merged


def filled(value: Any, parameters: Mapping[str, Any]) -> Any:  # any TOML value
    """The declaration with parameters in place; a list parameter inside a list is spliced in."""
    if isinstance(value, dict):
        if set(value) == {"parameter"} and value["parameter"] in parameters:
            return parameters[value["parameter"]]
        return {key: filled(item, parameters) for key, item in value.items()}
    if isinstance(value, list):
        out: list[Any] = []
        for item in value:
            done = filled(item, parameters)
            out += done if isinstance(item, dict) and isinstance(done, list) else [done]
        return out
    return value


def merged(raw: Data, change: Mapping[str, Any]) -> Data:
    """The declaration with a what-if change laid over it: tables are merged, everything else is replaced."""
    out = dict(raw)
    for key, value in change.items():
        both = isinstance(value, dict) and isinstance(out.get(key), dict)
        # A term such as { working_days = 7 } is replaced as a whole, since it holds exactly one key.
        out[key] = merged(out[key], value) if both and key not in ("within", "by", "after", "every") else value
    return out
