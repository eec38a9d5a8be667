"""A region's files as read: texts and their data, with a place for every problem found."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import tomli
from attrs import define, field

from talentservice.labels import Label
from talentservice.region.positions import Path, Positions
from talentservice.region.problems import Problem, Wrong, printable, said

Data = dict[str, Any]
Read = Callable[[str], bytes]
HEAD = "region.toml"
# A file of the region stays in the region's folder: no root, no drive, no step up.
_FILE_NAME = re.compile(r"[^/\\:\s.][^/\\:\x00-\x1f]*(?:/[^/\\:\s.][^/\\:\x00-\x1f]*)*\.toml")
_NO_NAME = Label(
    zh='文件名应为地区文件夹之内的 TOML 文件，如 "documents/plan.toml"',
    en='a file is named from the region\'s folder on and stays in it, such as "documents/plan.toml"',
)


@define
class Sources:
    """The files of one region by name, and every problem found while reading them.

    `texts` is empty for a region made from a dict; lines are then 0. `complete` is false when a file could not be read: nobody
    knows then what it declares.
    """

    head: Data = field(factory=dict)
    documents: dict[str, Data] = field(factory=dict)
    forms: dict[str, Data] = field(factory=dict)
    texts: dict[str, str] = field(factory=dict)
    problems: list[Problem] = field(factory=list)
    complete: bool = True
    read: Read | None = field(default=None, repr=False, eq=False)
    _positions: dict[str, Positions] = field(factory=dict, init=False, repr=False, eq=False)

    def again(self) -> "Sources":
        """The same files, to be checked once more."""
        more = Sources(self.head, self.documents, self.forms, self.texts, list(self.problems), self.complete, self.read)
        more._positions = self._positions
        return more

    def line(self, file: str, path: Sequence[str | int] = ()) -> int:
        """The line of a key in a file."""
        if file not in self.texts:
            return 0
        if file not in self._positions:
            self._positions[file] = Positions(self.texts[file])
        return self._positions[file].line(path)

    def complain(self, file: str, path: Path, what: Label, *, clause: str = "") -> None:
        """Note a problem at a key."""
        shown = ".".join(str(p) for p in path[path[:1] == ("clause",) :] if not isinstance(p, int))
        line = self.line(file, path)
        self.problems.append(Problem(printable(file), line, printable(clause), printable(shown), what.en, what.zh))

    def invalid(self, file: str, at: Path, wrong: Wrong, *, clause: str = "") -> None:
        """Note every problem of a validation error in the data that stand at a key."""
        from talentservice.region.wording import words

        for path, what in words(wrong):
            self.complain(file, (*at, *path), what, clause=clause)

    def load(self, name: str, read: Read, *, file: str, path: Path = (), clause: str = "") -> Data | None:
        """The data of one file; None, and the problem noted, when it cannot be had.

        `name` leads from the region's folder to it; `read` gives its bytes and may raise OSError; `file`, `path` and `clause`
        say who names it.
        """
        if not _FILE_NAME.fullmatch(name):
            self.complain(file, path, _NO_NAME, clause=clause)
            return None
        try:
            self.texts[name] = text = read(name).decode("utf-8-sig").replace("\r\n", "\n")
            return tomli.loads(text, parse_float=Decimal)  # exact: 0.5 stays 0.5
        except OSError as error:
            why = "" if isinstance(error, FileNotFoundError) else f"（{type(error).__name__}）"
            what = said(
                zh=f"没有文件 {name}{why}", en=f"there is no file {name} to read {why.translate(_ROUND)}".rstrip()
            )
            self.complain(file, path, what, clause=clause)
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            self.problems.append(
                Problem(
                    name,
                    line,
                    "",
                    "",
                    "the file is not UTF-8 text; save it as UTF-8",
                    "文件不是 UTF-8 编码；请另存为 UTF-8",
                )
            )
        except RecursionError:
            self.problems.append(Problem(name, 1, "", "", "tables or lists are nested too deeply", "表或列表嵌套过深"))
        except ValueError as error:
            from talentservice.region.syntax import syntax_error

            number, what = syntax_error(error, self.texts[name])
            self.problems.append(Problem(name, number, "", "", what.en, what.zh))
        return None


_ROUND = str.maketrans("（）", "()")


def read_sources(read: Read) -> Sources:
    """Read a region's files: `region.toml`, and what it names.

    Args:
        read: gives the bytes of a file by its name relative to the region's folder; raises OSError.
    """
    sources = Sources(read=read)
    head = sources.load(HEAD, read, file=HEAD)
    sources.complete = head is not None
    sources.head = head or {}
    for index, name in _listed(sources.head.get("documents")):
        path: Path = ("documents", index)
        if name in sources.documents:
            sources.complain(HEAD, path, said(zh=f"文件 {name} 列了两次", en=f"{name} is listed twice"))
            continue
        _keep(sources.documents, name, sources, sources.load(name, read, file=HEAD, path=path))
    for name, (file, path, clause) in _form_files(sources.documents).items():
        _keep(sources.forms, name, sources, sources.load(name, read, file=file, path=path, clause=clause))
    return sources


def _keep(kept: dict[str, Data], name: str, sources: Sources, data: Data | None) -> None:
    if data is None:
        sources.complete = False
    else:
        kept[name] = data


def _listed(value: object) -> Iterator[tuple[int, str]]:
    if isinstance(value, list):
        yield from ((i, v) for i, v in enumerate(value) if isinstance(v, str))


def _form_files(documents: Mapping[str, Data]) -> dict[str, tuple[str, Path, str]]:
    """Each form file with the file, the key and the clause that first name it."""
    found: dict[str, tuple[str, Path, str]] = {}
    for file, data in documents.items():
        head = data.get("document")
        prefix = head.get("id", "?") if isinstance(head, dict) else "?"
        clauses = data.get("clause")
        for index, clause in enumerate(clauses if isinstance(clauses, list) else []):
            forms = clause.get("form") if isinstance(clause, dict) else None
            for name, spec in forms.items() if isinstance(forms, dict) else ():
                if isinstance(spec, dict) and isinstance(spec.get("file"), str):
                    place = (file, ("clause", index, "form", name, "file"), f"{prefix}:{clause.get('id', '?')}")
                    found.setdefault(spec["file"], place)
    return found
