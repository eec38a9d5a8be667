"""Options that several commands share, and how their texts are read."""

import secrets
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

import tomli
import typer

from talentservice.denied import unread, unwritten
from talentservice.errors import InputError, TableError, UnknownName
from talentservice.events import EventLog, read_at, read_event
from talentservice.jsontext import json_object, json_value
from talentservice.labels import Label
from talentservice.people import Roster, read
from talentservice.plugins import region
from talentservice.region import Region
from talentservice.strict import day_of

T = TypeVar("T")
Json = Annotated[bool, typer.Option("--json", help="Write JSON for programs instead of text.")]
RegionName = Annotated[str, typer.Argument(metavar="REGION", help="A region's id; see: talentservice regions")]
AsIf = Annotated[
    bool,
    typer.Option(
        "--as-if-in-force", help="Answer also for days on which the document was not in force; the answer says so."
    ),
]
Provisional = Annotated[
    bool, typer.Option("--provisional", help="Answer with bounds where no holiday notice is published yet.")
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="Know only the holiday notices published by that day.")
]
Parameters = Annotated[
    list[str] | None,
    typer.Option(
        "--parameter", metavar="ID=VALUE", help="Supply a value the text does not print; VALUE is text or JSON."
    ),
]
Readings = Annotated[
    list[str] | None, typer.Option("--reading", metavar="ID=OPTION", help="Choose how an ambiguous clause is read.")
]
EventsFile = Annotated[
    Path | None,
    typer.Option("--events", metavar="FILE", help="What happened: JSON lines, or TOML with a list [[events]]."),
]
RosterFile = Annotated[
    Path | None, typer.Option("--roster", metavar="FILE", help="Posts and relations: TOML with a table [roster].")
]


SheetName = Annotated[
    str | None, typer.Option("--sheet", metavar="NAME", help="The sheet of a workbook; without it the first.")
]
Encoding = Annotated[str | None, typer.Option("--encoding", metavar="NAME", help="The encoding of a CSV file.")]


def a_day(text: str) -> date:
    """A day typed on the command line."""
    return day_of(read_at(text, local=True))


def a_moment(text: str) -> date | datetime:
    """A day or a moment typed on the command line; without a zone it is Beijing time."""
    return read_at(text, local=True)


def configured(name: str, parameters: Sequence[str] | None, readings: Sequence[str] | None) -> Region:
    """The region with the choices typed on the command line."""
    values = {key: _value(text) for key, text in _pairs(parameters, "--parameter")}
    return region(name).configure(parameters=values, readings=dict(_pairs(readings, "--reading")))


def _pairs(texts: Sequence[str] | None, option: str) -> list[tuple[str, str]]:
    pairs = []
    for text in texts or ():
        key, sep, value = text.partition("=")
        if not (key and sep and value):
            raise InputError(f"{option} is written ID=VALUE, got {text!r}", f"{option} 应写作 ID=值，收到“{text}”")
        pairs.append((key, value))
    return pairs


def _value(text: str) -> object:
    try:
        return json_value(text)
    except InputError:  # a text; also what says a thing twice, which no parameter takes
        return text


def pairs(texts: Sequence[str] | None, option: str) -> dict[str, str]:
    """Options written ID=VALUE as a dict."""
    return dict(_pairs(texts, option))


def load_events(path: Path | None, chosen: Region) -> EventLog:
    """The events of a file; none without one.

    Raises:
        TableError: with the line or entry that cannot be read.
    """
    if path is None:
        return EventLog()
    found = []
    for where, row in _rows(path):
        try:
            found.append(read_event(row, chosen.scope.events, local=True))
        except (InputError, UnknownName) as error:
            raise TableError(f"{path.name}, {where.en}: {error.en}", f"{path.name} {where.zh}：{error.zh}") from None
    return EventLog(found)


def _rows(path: Path) -> Iterator[tuple[Label, dict[str, Any]]]:
    """The entries of a file, each with where it stands."""
    text = _text(path)
    if path.suffix == ".toml":
        for number, row in enumerate(_table(path, text, "events", list), start=1):
            where = Label(zh=f"第 {number} 个事件", en=f"event {number}")
            if not isinstance(row, dict):
                raise TableError(f"{path.name}, {where.en}: not a table", f"{path.name} {where.zh}：应为表")
            yield where, row
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            where = Label(zh=f"第 {number} 行", en=f"line {number}")
            try:
                row = json_object(line)
            except InputError as error:
                raise TableError(
                    f"{path.name}, {where.en}: {error.en}", f"{path.name} {where.zh}：{error.zh}"
                ) from None
            yield where, row


def load_roster(path: Path | None) -> Roster:
    """The roster of a file; an empty one without it."""
    if path is None:
        return Roster()
    try:
        return read(Roster, _table(path, _text(path), "roster", dict))
    except InputError as error:
        raise TableError(f"{path.name}: {error.en}", f"{path.name}：{error.zh}") from None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise TableError(*unread(path.name, error)) from None
    except UnicodeDecodeError:
        raise TableError(f"{path.name} is not UTF-8", f"{path.name} 不是 UTF-8 文本") from None


def _table(path: Path, text: str, key: str, due: type[T]) -> T:
    """What stands under a key of a TOML file; a file without it would pass for one that says nothing."""
    try:
        data = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise TableError(f"{path.name}: not valid TOML: {error}", f"{path.name} 不是有效的 TOML：{error}") from None
    if not isinstance(data.get(key), due):
        name, have = (f"[[{key}]]" if due is list else f"[{key}]"), ", ".join(data)
        raise TableError(
            f"{path.name} has no {name}; there is: {have or 'nothing'}",
            f"{path.name} 没有 {name}；现有：{have or '无'}",
        )
    return data[key]  # type: ignore[no-any-return]  # checked above


def write_out(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        TableError: the folder cannot be made or written, or the disk is full.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with draft.open("xb") as file:
                file.write(data)
            draft.replace(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise TableError(*unwritten(str(path), error)) from None
