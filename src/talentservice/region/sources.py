"""A region's files as read: texts and their data, with a place for every problem found."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attrs import define, field
from pydantic import BaseModel, ValidationError

from talentservice.labels import Label
from talentservice.region.positions import Positions
from talentservice.region.problems import Problem, words

Data = dict[str, Any]


@define
class Sources:
    """The files of one region by name, and every problem found while reading them.

    `texts` is empty for a region made from a dict; lines are then 0.
    """

    head: Data = field(factory=dict)
    documents: dict[str, Data] = field(factory=dict)
    forms: dict[str, Data] = field(factory=dict)
    texts: dict[str, str] = field(factory=dict)
    problems: list[Problem] = field(factory=list)
    read: Callable[[str], str] | None = field(default=None, repr=False, eq=False)
    _positions: dict[str, Positions] = field(factory=dict, init=False, repr=False, eq=False)

    def line(self, file: str, path: Sequence[str | int] = ()) -> int:
        """The line of a key in a file."""
        if file not in self.texts:
            return 0
        if file not in self._positions:
            self._positions[file] = Positions(self.texts[file])
        return self._positions[file].line(path)

    def complain(self, file: str, path: Sequence[str | int], what: Label, *, clause: str = "") -> None:
        """Note a problem at a key."""
        shown = ".".join(str(p) for p in path if not isinstance(p, int) and p != "clause")
        self.problems.append(Problem(file, self.line(file, path), clause, shown, what.en, what.zh))

    def invalid(
        self, file: str, path: Sequence[str | int], error: ValidationError, model: type[BaseModel], *, clause: str = ""
    ) -> None:
        """Note every problem of a validation error."""
        for row in error.errors(include_url=False):
            inner = tuple(p for p in row["loc"] if not (isinstance(p, str) and "[" in p))
            known = _keys(model, inner[:-1])
            self.complain(file, (*path, *inner), words({**row, "loc": inner}, known), clause=clause)


def _keys(model: type[BaseModel], path: Sequence[str | int]) -> list[str]:
    """The keys allowed at a place inside a model; those of the model itself where the place cannot be followed."""
    here: type[BaseModel] | None = model
    for key in path:
        if isinstance(key, int) or here is None:
            continue
        info = next((f for n, f in here.model_fields.items() if key in (n, f.alias)), None)
        here = _model_in(info.annotation) if info else here
    fields = (here or model).model_fields
    return [f.alias or name for name, f in fields.items()]


def _model_in(annotation: object) -> type[BaseModel] | None:
    """The model an annotation holds, through lists, dicts and unions."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(arg) for arg in getattr(annotation, "__args__", ()))
    return next((m for m in found if m is not None), None)


def read_sources(read: Callable[[str], str]) -> Sources:
    """Read a region's files: `region.toml`, and what it names.

    Args:
        read: gives the text of a file by its name relative to the region's folder; raises OSError or UnicodeDecodeError.
    """
    sources = Sources(read=read)
    sources.head = _parse(sources, "region.toml", read)
    for name in _listed(sources.head, "documents"):
        sources.documents[name] = _parse(sources, name, read)
    for name in sorted(_form_files(sources.documents)):
        sources.forms[name] = _parse(sources, name, read)
    return sources


def _parse(sources: Sources, name: str, read: Callable[[str], str]) -> Data:
    try:
        text = read(name)
    except (OSError, UnicodeDecodeError) as error:
        sources.complain("region.toml" if name != "region.toml" else name, (), Label(zh=f"读不到文件 {name}：{type(error).__name__}", en=f"cannot read {name}: {type(error).__name__}"))  # fmt: skip
        return {}
    sources.texts[name] = text
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _error_line(str(error), text)
        what = f"{error}; dates are written 2018-12-27, text in quotes, each key once"
        sources.problems.append(
            Problem(
                name,
                line,
                "",
                "",
                f"not valid TOML: {what}",
                f"不是有效的 TOML：{error}；日期写作 2018-12-27，文本加引号，键不重复",
            )
        )
        return {}
    except RecursionError:
        sources.problems.append(Problem(name, 1, "", "", "nested too deeply", "嵌套过深"))
        return {}


def _error_line(message: str, text: str) -> int:
    import re

    found = re.search(r"at line (\d+)", message)
    return int(found[1]) if found else len(text.splitlines())


def _listed(data: Mapping[str, Any], key: str) -> list[str]:
    value = data.get(key)
    return [v for v in value if isinstance(v, str)] if isinstance(value, list) else []


def _form_files(documents: Mapping[str, Data]) -> set[str]:
    found: set[str] = set()
    for data in documents.values():
        for clause in data.get("clause", []) if isinstance(data.get("clause"), list) else []:
            forms = clause.get("form", {}) if isinstance(clause, dict) else {}
            for spec in forms.values() if isinstance(forms, dict) else ():
                if isinstance(spec, dict) and isinstance(spec.get("file"), str):
                    found.add(spec["file"])
    return found
