"""Where something stands in a TOML text: the parser keeps no positions, so they are found again when they are needed.

Only texts the parser has accepted come here: quotes are closed and brackets match. Lines are counted as TOML counts them, by
line feeds alone; `str.splitlines` would also break at signs a text may hold, such as U+2028.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import tomli
from attrs import define, field

Path = tuple[str | int, ...]
_NAME = r"""(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)"""
_HEADER = re.compile(
    rf"^[ \t]*(\[\[?)[ \t]*({_NAME}(?:[ \t]*\.[ \t]*{_NAME})*)[ \t]*\]\]?[ \t]*(?:#[^\n]*)?$", re.MULTILINE
)
# A key and a list of plain values on one line, as most lists stand.
_WHOLE = re.compile(r"""[^"'\[\]{}\#=]+=[ \t]*\[(?:[^"'\[\]{}\#]|"(?!"")[^"\\]*")*\][ \t]*""")
_PART = re.compile(_NAME)
_TOKEN = re.compile(
    r"""(?P<text>\"{3}(?:[^\\]|\\.)*?\"{3,5}|'{3}.*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
    r"""|(?P<note>\#[^\n]*)|(?P<mark>[\[\]{}=,.\n])|(?P<bare>[^\s\[\]{}=,.\#"']+)""",
    re.DOTALL,
)


def _split(dotted: str) -> list[str]:
    plain = '"' not in dotted and "'" not in dotted
    return [part.strip() for part in dotted.split(".")] if plain else [_name(part) for part in _PART.findall(dotted)]


def _name(written: str) -> str:
    """A key without its quotes."""
    if written[0] == "'":
        return written[1:-1]
    if written[0] == '"':
        return str(tomli.loads(f"key = {written}")["key"]) if "\\" in written else written[1:-1]
    return written


def headers(text: str) -> Iterator[tuple[int, int, Path]]:
    """Each table header: where it begins in the text, its line (from 1), and its full path with the index in a list of tables."""
    counts: dict[Path, int] = {}
    at, resume = 0, 0
    for number, line in enumerate(text.split("\n"), start=1):
        if at >= resume and ("[" in line or '"""' in line or "'''" in line):
            found = _HEADER.match(line)
            if found:
                yield at, number, _resolve(_split(found[2]), counts, is_list=found[1] == "[[")
            elif not _WHOLE.fullmatch(line):  # it may go on over several lines, in which nothing is a header
                resume = _end_of_statement(text, at)
        at += len(line) + 1


def _end_of_statement(text: str, at: int) -> int:
    depth = 0
    for token in _TOKEN.finditer(text, at):
        mark = token["mark"]
        if mark == "\n" and depth == 0:
            return token.start()
        if mark:
            depth += (mark in "[{") - (mark in "]}")
    return len(text)


def _resolve(keys: Sequence[str], counts: dict[Path, int], *, is_list: bool) -> Path:
    path: Path = ()
    for position, key in enumerate(keys):
        path = (*path, key)
        if is_list and position == len(keys) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


@define
class _Values:
    """Walks the statements under one header and notes the line of every key and every item of a list."""

    tokens: list[tuple[str, str, int]]  # its kind, its text, where it begins
    breaks: list[int]
    lines: dict[Path, int] = field(factory=dict)
    at: int = 0

    def statements(self) -> None:
        while self.at < len(self.tokens):
            if self.tokens[self.at][1] == "\n":
                self.at += 1
            else:
                self._pair(())

    def _note(self, path: Path) -> None:
        self.lines.setdefault(path, bisect_right(self.breaks, self.tokens[self.at][2]) + 1)

    def _peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else "\n"

    def _skip(self, marks: str) -> None:
        while self.at < len(self.tokens) and self.tokens[self.at][0] == "mark" and self._peek() in marks:
            self.at += 1

    def _pair(self, path: Path) -> None:
        """One key, perhaps dotted, and its value."""
        while self._peek() != "=":
            if self._peek() != ".":
                path = (*path, _name(self._peek()))
                self._note(path)
            self.at += 1
        self.at += 1
        self._value(path)

    def _value(self, path: Path) -> None:
        kind, written, _ = self.tokens[self.at]
        if (kind, written) == ("mark", "["):
            self.at += 1
            self._items(path)
        elif (kind, written) == ("mark", "{"):
            self.at += 1
            self._skip("\n,")
            while self._peek() != "}":
                self._pair(path)
                self._skip("\n,")
            self.at += 1
        else:  # a text, number, date: up to the mark that ends it; a number's dot is none
            while self.at < len(self.tokens) and not (self.tokens[self.at][0] == "mark" and self._peek() in "\n,]}"):
                self.at += 1

    def _items(self, path: Path) -> None:
        self._skip("\n,")
        index = 0
        while self._peek() != "]":
            self._note((*path, index))
            self._value((*path, index))
            self._skip("\n,")
            index += 1
        self.at += 1


class Positions:
    """The table headers of one text, found once; keys are looked up under them when something is wrong with one."""

    __slots__ = ("_breaks", "_implied", "_spans", "_text", "_values")

    def __init__(self, text: str) -> None:
        self._text = text
        self._breaks: list[int] | None = None
        self._values: dict[Path, dict[Path, int]] = {}
        self._spans: dict[Path, tuple[int, int, int]] = {}  # begin and end in the text, line
        self._implied: dict[Path, int] | None = None
        path: Path = ()
        begin, number = 0, 1
        for following in (*headers(text), (len(text), 0, ())):
            self._spans.setdefault(path, (begin, following[0], number))
            begin, number, path = following

    def _first_under(self, path: Path) -> int | None:
        """The line of the first table below one that has no header of its own."""
        if self._implied is None:
            self._implied = {}
            for header, (_, _, number) in self._spans.items():
                for depth in range(1, len(header)):
                    self._implied.setdefault(header[:depth], number)
        return self._implied.get(path)

    def line(self, path: Sequence[str | int]) -> int:
        """The line (from 1) of a key, an item or a table: the nearest that can be found, at worst the first."""
        wanted = tuple(path)
        if wanted in self._spans:  # a rule is asked for far more often than a key of it
            return self._spans[wanted][2]
        for depth in range(len(wanted), -1, -1):
            here = wanted[:depth]
            if here in self._spans:
                return self._under(here, wanted[depth:])
            first = self._first_under(here)
            if first is not None:
                return self._in_values(here) or first
        return 1

    def _in_values(self, path: Path) -> int | None:
        """The line of a key written with dots under some table above it."""
        for depth in range(len(path) - 1, -1, -1):
            if path[:depth] in self._spans:
                return self._lines_under(path[:depth]).get(path[depth:])
        return None

    def _under(self, header: Path, rest: Path) -> int:
        lines = self._lines_under(header) if rest else {}
        nearest = next((lines[rest[:d]] for d in range(len(rest), 0, -1) if rest[:d] in lines), None)
        return self._spans[header][2] if nearest is None else nearest

    def _lines_under(self, header: Path) -> dict[Path, int]:
        if header not in self._values:
            if self._breaks is None:
                self._breaks = [found.start() + 1 for found in re.finditer("\n", self._text)]
            begin, end, _ = self._spans[header]
            if header:
                begin = self._text.find("\n", begin) + 1 or end
            tokens = [
                (token.lastgroup or "", token[0], token.start())
                for token in _TOKEN.finditer(self._text, begin, end)
                if token.lastgroup != "note"
            ]
            values = _Values(tokens, self._breaks)
            values.statements()
            self._values[header] = values.lines
        return self._values[header]
