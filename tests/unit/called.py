"""The command line called in this process, and what it wrote."""

import json
from collections.abc import Callable

from attrs import frozen

from talentservice.cli import run


@frozen
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def error(self):
        return json.loads(self.err)["error"]


Cli = Callable[..., Ran]


def caller(capsys, monkeypatch, folder, *first: str) -> Cli:
    """What calls the command line, with the first words given: in English unless told otherwise, in a folder of its own."""
    for name in ("LC_ALL", "LANG", "COLUMNS", "TALENTSERVICE_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TALENTSERVICE_LANG", "en")
    monkeypatch.chdir(folder)

    def call(*words: object) -> Ran:
        capsys.readouterr()
        code = run([*first, *map(str, words)])
        written = capsys.readouterr()
        return Ran(code, written.out, written.err)

    return call
