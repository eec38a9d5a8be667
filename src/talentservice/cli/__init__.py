"""The command line (needs the extra `cli`): text or JSON, Chinese or English, errors without tracebacks.

Exit codes: 0 answered; 1 answered, and something was found wrong; 2 the call or its input is wrong; 70 a fault of ours.
"""

import os
from collections.abc import Sequence
from typing import Any

import typer

from talentservice.cli import ask, calendar, judge, look
from talentservice.cli.chinese import in_chinese
from talentservice.cli.output import WRONG, choose, current
from talentservice.errors import TalentServiceError

FAULT = 70

app = typer.Typer(
    name="talentservice",
    help="Chinese local-government policies on serving talents and enterprises: who owes what to whom by when, and which clause says so.",
    epilog="Every command takes --lang zh or --lang en. Exit codes: 0 answered; 1 something was found wrong; 2 the call is wrong; 70 a fault of ours.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(judge.demo)
app.command()(look.regions)
app.command()(look.show)
app.add_typer(calendar.app, name="calendar")
app.command()(ask.due)
app.command()(ask.agenda)
app.command()(look.coverage)
app.command()(look.check)
app.command()(judge.audit)


def run(argv: Sequence[str]) -> int:
    """Run the command line and return its exit code."""
    words, lang = _without_lang(argv)
    choose(lang)
    if lang not in (None, "zh", "en"):
        current.err.print(current.say(f"--lang 应为 zh 或 en，收到“{lang}”", f"--lang is zh or en, got {lang!r}"))
        return WRONG
    command = typer.main.get_command(app)
    if current.lang == "zh":
        in_chinese(command)
    try:
        result = command.main(args=words, prog_name="talentservice", standalone_mode=False)
    except TalentServiceError as error:
        return current.fail(error, as_json="--json" in words)
    except (typer.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        return 0
    except Exception as error:  # noqa: BLE001  # the edge: nobody should see a traceback
        return _usage(error) if hasattr(error, "show") and hasattr(error, "exit_code") else _fault(error)
    return result if isinstance(result, int) else 0


def _without_lang(argv: Sequence[str]) -> tuple[list[str], str | None]:
    """The words without ``--lang``, which may stand anywhere, and the language it names."""
    words, lang, rest = [], None, iter(argv)
    for word in rest:
        if word == "--lang":
            lang = next(rest, "")
        elif word.startswith("--lang="):
            lang = word.partition("=")[2]
        else:
            words.append(word)
    return words, lang


def _usage(error: Any) -> int:  # a usage error of the click that typer brings
    error.show(file=current.err.file)
    return WRONG


def _fault(error: Exception) -> int:
    if os.environ.get("TALENTSERVICE_DEBUG"):
        raise error
    told = f"{type(error).__name__}: {error}"
    current.err.print(
        current.say(
            f"程序内部错误：{told}。请报告；设 TALENTSERVICE_DEBUG=1 可看详情",
            f"internal error: {told}. Please report it; TALENTSERVICE_DEBUG=1 shows where",
        )
    )
    return FAULT
