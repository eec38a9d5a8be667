"""Where something stands in a TOML text: the parser keeps no positions, so they are found again when they are needed."""

import re
from collections.abc import Iterator, Sequence

Path = tuple[str | int, ...]
_HEADER = re.compile(r"^\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""\s*("[^"]*"|'[^']*'|[A-Za-z0-9_-]+)\s*\.?""")


def _split(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in _KEY.findall(dotted)]


def headers(text: str) -> Iterator[tuple[int, Path]]:
    """Each table header with its line (from 1) and its full path; entries of a list of tables carry their index."""
    counts: dict[Path, int] = {}
    quoted = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if not quoted and (match := _HEADER.match(line)):
            yield number, _resolve(_split(match[2]), counts, is_list=match[1] == "[[")
        for mark in ('"""', "'''"):
            if line.count(mark) % 2 and quoted in ("", mark):
                quoted = "" if quoted else mark


def _resolve(keys: Sequence[str], counts: dict[Path, int], *, is_list: bool) -> Path:
    path: Path = ()
    for position, key in enumerate(keys):
        path = (*path, key)
        if is_list and position == len(keys) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


class Positions:
    """The table headers of one text, found once; keys are looked up under them."""

    __slots__ = ("_headers", "_lines")

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._headers: dict[Path, int] = {}
        for number, path in headers(text):
            self._headers.setdefault(path, number)

    def line(self, path: Sequence[str | int]) -> int:
        """The line (from 1) of a key or table: the nearest that can be found, at worst the first."""
        wanted = tuple(path)
        depth = next((d for d in range(len(wanted), 0, -1) if wanted[:d] in self._headers), 0)
        best = self._headers.get(wanted[:depth], 1)
        rest = next((str(key) for key in wanted[depth:] if isinstance(key, str)), None)
        if rest is None:
            return best
        key = re.compile(rf"""^\s*["']?{re.escape(rest)}["']?\s*[=.]""")
        for number in range(best + 1 if depth else 1, len(self._lines) + 1):
            if _HEADER.match(self._lines[number - 1]) and depth:
                break
            if key.match(self._lines[number - 1]):
                return number
        return best
