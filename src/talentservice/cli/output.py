"""What the command line writes: tables and texts for people, JSON for programs, errors on the error stream."""

import json
import os
import sys
from collections.abc import Iterable, Sequence
from typing import NoReturn

from attrs import define, field
from rich.console import Console
from rich.table import Table
from rich.text import Text

from talentservice.errors import Lang, RegionFileError, TalentServiceError
from talentservice.labels import Label, language

WIDE = 120
FOUND, WRONG = 1, 2  # exit codes: something was found wrong; the call itself is wrong
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
        self.out.print(Text(text, style=style), soft_wrap=True)

    def json(self, value: object) -> None:
        """Write one JSON value."""
        print(json.dumps(value, ensure_ascii=False, indent=2), file=self.out.file)  # no wrapping, no colour

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[str | tuple[str, str]]], title: str = "") -> None:
        """Write a table; a cell is a text, or a text with the state that colours it."""
        shown = Table(
            title=title or None, title_justify="left", title_style="bold", header_style="bold", pad_edge=False
        )
        for column in columns:
            shown.add_column(column, overflow="fold")
        for row in rows:
            shown.add_row(*[Text(c) if isinstance(c, str) else Text(c[0], STYLES.get(c[1], "")) for c in row])
        self.out.print(shown)

    def label(self, label: Label) -> str:
        """A label in the run's language."""
        return label.text(self.lang)

    def fail(self, error: TalentServiceError, *, as_json: bool) -> int:
        """Write an error and return the exit code."""
        if as_json:
            problems = [p.to_dict() for p in error.problems] if isinstance(error, RegionFileError) else []  # type: ignore[attr-defined]  # Problems
            body = {"code": error.code, "en": error.en, "zh": error.zh, **({"problems": problems} if problems else {})}
            print(json.dumps({"error": body}, ensure_ascii=False, indent=2), file=self.err.file)  # same
        else:
            self.err.print(
                Text(self.say("错误：", "error: "), style="bold red") + Text(error.message(self.lang)), soft_wrap=True
            )
        return WRONG


def _console(stream: object) -> Console:
    """A console that does not cut tables at 80 columns when its output goes to a file."""
    console = Console(file=stream, highlight=False, emoji=False, markup=False)  # type: ignore[arg-type]  # a text stream
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console = Console(file=stream, highlight=False, emoji=False, markup=False, width=WIDE)  # type: ignore[arg-type]  # same
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
