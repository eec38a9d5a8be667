"""Both READMEs say the same, and what they tell a reader to run, runs."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from talentservice.cli import run

ROOT = Path(__file__).parents[2]
ENGLISH, CHINESE = "README.md", "README.zh-CN.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, kind: str | None = None) -> list[tuple[str, str]]:
    """The code blocks: kind and content."""
    return [(k, body) for k, body in BLOCK.findall(text(name)) if kind in (None, k)]


def commands(name: str) -> list[str]:
    """Every call of the command line in a shell block."""
    lines = [line for _, body in blocks(name, "sh") for line in body.splitlines()]
    return [line for line in lines if line.startswith("talentservice ")]


def start(name: str, holding: str) -> str:
    """A start command, found the way the continuous integration finds it."""
    return next(line for line in text(name).splitlines() if "requirements-dev.txt &&" in line and holding in line)


# ---- the start --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("holding", "end"),
    [("talentservice demo", ".venv/bin/talentservice demo"), ("-m pytest", ".venv/bin/python -m pytest")],
)
def test_there_is_one_command_to_see_it_and_one_to_test_it(holding, end):
    english, chinese = start(ENGLISH, holding), start(CHINESE, holding)
    assert english == chinese
    install = "python3 -m venv .venv && .venv/bin/pip install -q -r requirements-dev.txt"
    assert english == f"{install} && {end}"
    assert [body for _, body in blocks(ENGLISH, "sh")].count(english + "\n") == 1, (
        "a block of its own, to be copied whole"
    )


@pytest.mark.parametrize("holding", ["talentservice demo", "-m pytest"])
def test_the_continuous_integration_takes_the_command_out_of_the_readme(holding):
    """The script's own line, run as it stands: it must find the very command a newcomer types."""
    script = text(".ci/run")
    assert f"$(readme_command '{holding}')" in script
    finder = next(line for line in script.splitlines() if line.startswith("readme_command()"))
    found = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", f"{finder}\nreadme_command '{holding}'"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert found.stdout.strip() in text(ENGLISH).splitlines()
    assert found.stdout.strip().endswith(holding)


def test_what_the_start_installs_is_there():
    for line in text("requirements-dev.txt").splitlines():
        if line.startswith(("-e ", "-c ", "-r ")):
            assert (ROOT / line[3:].partition("[")[0]).exists(), line


def test_files_the_readmes_name_are_there():
    for name in (ENGLISH, CHINESE):
        for path in re.findall(
            r"\]\(((?!http)[^)#]+)\)|`((?:src|plugins|docs|tests|examples|benchmarks)/[^`]*)`", text(name)
        ):
            assert (ROOT / (path[0] or path[1])).exists(), path


# ---- what a reader may type -------------------------------------------------------------------------------------------------


@pytest.fixture
def copy(tmp_path, monkeypatch) -> Path:
    """A folder that holds what the commands read, so that what they write stays out of the checkout."""
    for name in ("examples", "plugins"):
        shutil.copytree(
            ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info", "build", "dist")
        )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TALENTSERVICE_LANG", "en")
    return tmp_path


@pytest.mark.parametrize("line", commands(ENGLISH))
def test_a_command_runs(copy, capsys, line):
    before = {path.name for path in copy.iterdir()}
    if "form read" in line:  # it reads what the command before it has written
        assert run(shlex.split(commands(ENGLISH)[commands(ENGLISH).index(line) - 1])[1:]) == 0
        capsys.readouterr()
        before = {path.name for path in copy.iterdir()}
    assert run(shlex.split(line)[1:]) == 0, capsys.readouterr().err
    shown = capsys.readouterr()
    assert shown.out
    assert shown.err == ""
    made = {
        word
        for option, word in zip(shlex.split(line), shlex.split(line)[1:], strict=False)
        if option in ("--html", "--ics", *(["--to"] if line.startswith("talentservice form") else []))
    }
    assert {path.name for path in copy.iterdir()} - before == made


def test_the_commands_show_most_of_what_there_is():
    assert len(commands(ENGLISH)) > 10
    assert {line.split()[1] for line in commands(ENGLISH)} >= {
        "regions",
        "show",
        "due",
        "agenda",
        "coverage",
        "calendar",
        "audit",
        "check",
    }


@pytest.mark.parametrize("name", [ENGLISH, CHINESE])
def test_the_python_runs(name, capsys):
    found = blocks(name, "python")
    assert found
    for _, body in found:
        exec(compile(body, name, "exec"), {"__name__": "readme"})  # noqa: S102  # it is our own, and its asserts are the test
    assert "nanhai:三(二)3-1" in capsys.readouterr().out


# ---- two languages ----------------------------------------------------------------------------------------------------------


def bare(body: str) -> str:
    """Code without its comments, and without the language that was asked for."""
    lines = [re.sub(r"\s+# .*$", "", line) for line in body.splitlines()]
    return re.sub(r'(explain\()"(?:zh|en)"', r"\1LANG", "\n".join(lines))


def test_both_languages_show_the_same_code():
    english, chinese = ([(kind, bare(body)) for kind, body in blocks(name)] for name in (ENGLISH, CHINESE))
    assert english == chinese


def headings(name: str) -> list[int]:
    without_code = BLOCK.sub("", text(name))
    return [len(marks) for marks in re.findall(r"^(#+) ", without_code, re.MULTILINE)]


def test_both_languages_have_the_same_headings_and_tables():
    assert headings(ENGLISH) == headings(CHINESE)
    rows = [len(re.findall(r"^\|", text(name), re.MULTILINE)) for name in (ENGLISH, CHINESE)]
    assert rows[0] == rows[1]


def test_each_language_leads_to_the_other():
    assert f"]({CHINESE})" in text(ENGLISH)
    assert f"]({ENGLISH})" in text(CHINESE)
