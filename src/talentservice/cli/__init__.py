"""The command line (needs the extra `cli`): text or JSON, Chinese or English, errors without tracebacks.

Exit codes: 0 answered; 1 answered, and something was found wrong; 2 the call or its input is wrong; 70 a fault of ours.
"""

import os
import sys
from collections.abc import Sequence
from typing import Any

import typer

from talentservice.cli import ask, calendar, compare, judge, look
from talentservice.cli.chinese import dress, headings
from talentservice.cli.form import commands as forms
from talentservice.cli.output import WRONG, choose, current
from talentservice.cli.usage import asks_for_help, is_usage_error, told
from talentservice.errors import InputError, TalentServiceError

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
app.command()(compare.diff)
app.command()(compare.verify)
app.command()(judge.audit)
app.add_typer(forms.app, name="form")


def run(argv: Sequence[str]) -> int:
    """Run the command line and return its exit code."""
    words, lang = _without_lang(argv)
    choose(lang)
    as_json = "--json" in words
    if lang not in (None, "zh", "en"):
        wrong = InputError(f"--lang is zh or en, got {lang!r}", f"--lang 应为 zh 或 en，收到“{lang}”", code="usage")
        return current.fail(wrong, as_json=as_json)
    command = typer.main.get_command(app)
    dress(command, current.lang)
    try:
        result = command.main(args=words, prog_name="talentservice", standalone_mode=False)
        current.out.file.flush()
    except TalentServiceError as error:
        return current.fail(error, as_json=as_json)
    except (typer.Abort, KeyboardInterrupt):
        return 130
    except (BrokenPipeError, SystemExit):  # rich leaves with SystemExit when nobody reads on
        return _nobody_reads()
    except Exception as error:  # noqa: BLE001  # the edge: nobody should see a traceback
        return _usage(error, as_json=as_json) if is_usage_error(error) else _fault(error, as_json=as_json)
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


def _usage(error: Any, *, as_json: bool) -> int:  # a usage error of the click that typer brings
    if asks_for_help(error):
        current.err.file.write(f"{error.format_message()}\n")
        return WRONG
    if not as_json and error.ctx is not None:
        hint = f"{error.ctx.get_usage()}\nTry '{error.ctx.command_path} --help' for help."
        current.err.print(headings(hint, current.lang), soft_wrap=True)
    return current.fail(told(error), as_json=as_json)


def _fault(error: Exception, *, as_json: bool) -> int:
    if os.environ.get("TALENTSERVICE_DEBUG"):
        raise error
    what = f"{type(error).__name__}: {error}"
    fault = TalentServiceError(
        f"internal error: {what}. Please report it; TALENTSERVICE_DEBUG=1 shows where",
        f"程序内部错误：{what}。请报告；设 TALENTSERVICE_DEBUG=1 可看详情",
        code="internal",
    )
    current.fail(fault, as_json=as_json)
    return FAULT


def _nobody_reads() -> int:
    """End quietly when the reader of a pipe has left; the stream is closed at exit and would complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
