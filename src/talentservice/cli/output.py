"""What the command line writes: tables and texts for people, JSON for programs, errors on the error stream."""

import json
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn, TextIO

from attrs import define, field
from rich.console import Console
from rich.table import Table
from rich.text import Text

from talentservice.errors import Lang, RegionFileError, TalentServiceError
from talentservice.labels import Label, language
from talentservice.strict import TURNING

WIDE = 120
FOUND, WRONG = 1, 2  # exit codes: something was found wrong; the call itself is wrong
# What would steer a terminal, were it printed as it stands in somebody's table: control and direction signs.
STEERING = {n: f"\\x{n:02x}" for n in (*range(32), *range(127, 160)) if chr(n) not in "\n\t"}
STEERING |= {ord(c): f"\\u{ord(c):04x}" for c in TURNING}
STYLES = {
    "overdue": "bold red",
    "incomplete": "red",
    "open": "cyan",
    "done-late": "yellow",
    "done": "green",
    "missed": "red",
}


@define
class Output:
    """The streams and the language of one run."""

    lang: Lang = "en"
    out: Console = field(factory=lambda: _console(sys.stdout))
    err: Console = field(factory=lambda: _console(sys.stderr))

    def say(self, zh: str, en: str) -> str:
        """The text in the run's language."""
        return zh if self.lang == "zh" else en

    def print(self, text: str = "", style: str = "") -> None:
        """Write a text as it is: nothing in it is markup."""
        self.out.print(Text(visible(text), style=style), soft_wrap=True)

    def json(self, value: object) -> None:
        """Write one JSON value."""
        _json(value, self.out)

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[str | tuple[str, str]]], title: str = "") -> None:
        """Write a table; a cell is a text, or a text with the state that colours it."""
        shown = Table(
            title=title or None, title_justify="left", title_style="bold", header_style="bold", pad_edge=False
        )
        for column in columns:
            shown.add_column(column, overflow="fold")
        for row in rows:
            cells = [(c, "") if isinstance(c, str) else c for c in row]
            shown.add_row(*[Text(visible(text), STYLES.get(state, "")) for text, state in cells])
        self.out.print(shown)

    def label(self, label: Label) -> str:
        """A label in the run's language."""
        return label.text(self.lang)

    def complain(self, error: TalentServiceError, style: str = "") -> None:
        """Write on the error stream what was found wrong."""
        self.err.print(Text(visible(error.message(self.lang)), style=style), soft_wrap=True)

    def failed(self, failures: Iterable[TalentServiceError]) -> None:
        """Name on the error stream the regions that failed; the others have answered."""
        for failure in failures:
            self.complain(failure, "red")

    def fail(self, error: TalentServiceError, *, as_json: bool) -> int:
        """Write an error and return the exit code."""
        if as_json:
            problems = [p.to_dict() for p in error.problems] if isinstance(error, RegionFileError) else []  # type: ignore[attr-defined]  # Problems
            body = {"code": error.code, "en": error.en, "zh": error.zh, **({"problems": problems} if problems else {})}
            _json({"error": body}, self.err)
        else:
            self.err.print(
                Text(self.say("错误：", "error: "), style="bold red") + Text(visible(error.message(self.lang))),
                soft_wrap=True,
            )
        return WRONG


def _json(value: object, to: Console) -> None:
    """Write JSON past the console, which would wrap and colour it; in plain ASCII where the stream may lack a sign."""
    exact = to.encoding.lower().replace("-", "") == "utf8"
    print(json.dumps(value, ensure_ascii=not exact, indent=2), file=to.file)


def visible(text: str) -> str:
    """The text with control and direction signs written out."""
    return text.translate(STEERING)


def _console(stream: TextIO) -> Console:
    """A console that does not cut tables at 80 columns when its output goes to a file."""
    if isinstance(
        stream, TextIOWrapper
    ):  # an ASCII or a GBK stream lacks signs we write: better an escape than no answer
        stream.reconfigure(errors="backslashreplace")
    console = Console(file=stream, highlight=False, emoji=False, markup=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console = Console(file=stream, highlight=False, emoji=False, markup=False, width=WIDE)
    return console


current = Output()


def choose(lang: str | None) -> None:
    """Start a run's output in a language: the one asked for, or the locale's."""
    name = lang or os.environ.get("TALENTSERVICE_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG")
    fresh = Output(language(name))
    current.lang, current.out, current.err = fresh.lang, fresh.out, fresh.err


def leave(code: int) -> NoReturn:
    """End the command with an exit code."""
    import typer

    raise typer.Exit(code)


def program() -> str:
    """How to call this program again: by its name where the shell finds it, otherwise the way it was called."""
    called = sys.argv[0]
    if shutil.which("talentservice") or not called:
        return "talentservice"
    return called if Path(called).stem == "talentservice" else "python -m talentservice"
