"""How the house is kept: sizes, names, no region in the core, no clock but at the edge, nothing heavy before it is needed."""

import ast
import functools
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import talentservice

ROOT = Path(__file__).parents[2]
CORE = ROOT / "src" / "talentservice"
MODULES = sorted(CORE.rglob("*.py"))
OURS = sorted([*MODULES, *(ROOT / "plugins").glob("*/src/**/*.py")])
LONGEST_MODULE, LONGEST_FUNCTION = 300, 60
SAYS_NOTHING = {"models", "utils", "helpers", "common", "base", "core"}
REGIONS = {"jintan", "linyi", "nanhai", "kunshan", "taixing", "金坛", "临沂", "南海", "昆山", "泰兴"}
CLOCK = re.compile(r"\b(?:datetime\.(?:now|utcnow|today)|date\.today|time\.(?:time|localtime|gmtime|monotonic))\(")
EXTRAS = {"cli", "ical", "xlsx", "testing"}
# Where an extra is what the module is for, it may be imported at the top.
AT_HOME = {"cli": {"typer", "rich"}, "testing": {"pytest", "hypothesis"}}
IMPORTED_AS = {"python-dateutil": "dateutil", "python-stdnum": "stdnum"}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_a_module_can_be_read_at_one_sitting():
    long = {name_of(p): len(p.read_text(encoding="utf-8").splitlines()) for p in OURS}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_MODULE} == {}


def test_a_function_can_be_read_at_a_glance():
    functions = [
        (f"{name_of(path)}:{node.lineno} {node.name}", node.end_lineno - node.lineno)
        for path in OURS
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert [name for name, lines in functions if lines > LONGEST_FUNCTION] == []


def test_a_module_has_a_name_that_says_something():
    assert [
        name_of(p) for p in OURS if SAYS_NOTHING & {part.removesuffix(".py") for part in p.relative_to(ROOT).parts}
    ] == []


def test_the_core_names_no_region():
    """Neither its code nor its data and templates."""
    packaged = [p for p in sorted(CORE.rglob("*")) if p.is_file() and "__pycache__" not in p.parts]
    regions = REGIONS | {folder.name for folder in (ROOT / "plugins").iterdir() if folder.is_dir()}
    held = {name_of(p): [r for r in regions if r in p.read_text(encoding="utf-8").lower()] for p in packaged}
    assert {name: named for name, named in held.items() if named} == {}


def test_nothing_but_the_command_line_asks_the_clock():
    apart = [p for p in OURS if CORE / "cli" not in p.parents]
    assert [name_of(p) for p in apart if CLOCK.search(p.read_text(encoding="utf-8"))] == []


@functools.cache
def extras() -> dict[str, str]:
    """The modules of each optional package, and the extra that brings it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = {}
    for extra in EXTRAS:
        for requirement in project["optional-dependencies"][extra]:
            package = re.match(r"[A-Za-z0-9._-]+", requirement)[0]
            found[IMPORTED_AS.get(package, package)] = extra
    return found


def at_the_top(path: Path) -> Iterator[str]:
    """What a module imports as soon as it is imported."""
    for node in parsed(path).body:
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_an_extra_is_imported_where_it_is_used_and_not_before():
    early = {}
    for path in MODULES:
        at_home = AT_HOME.get(path.relative_to(CORE).parts[0], set())
        early[name_of(path)] = {module for module in at_the_top(path) if module in extras()} - at_home
    assert {name: modules for name, modules in early.items() if modules} == {}


def test_importing_the_library_loads_nothing_heavy():
    heavy = [*extras(), "numpy", "pandas", "sqlalchemy", "lxml", "click", "talentservice.cli", "talentservice.audit"]
    code = f"import json, sys, talentservice; print(json.dumps([m for m in {heavy!r} if m in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60)
    assert json.loads(done.stdout) == []


def test_importing_the_library_loads_no_region():
    code = "import sys, talentservice; talentservice.regions(); print([m for m in sys.modules if m.startswith('talentservice_')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60)
    assert done.stdout.strip() == b"[]"


def test_the_front_door_is_thin():
    """Imports and `__all__`, nothing else; every name is there, and no name is handed out unlisted."""
    body = parsed(CORE / "__init__.py").body
    assert all(isinstance(node, ast.Expr | ast.ImportFrom | ast.Assign) for node in body)
    imported = {alias.asname or alias.name for node in body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert set(talentservice.__all__) == imported
    assert all(hasattr(talentservice, name) for name in talentservice.__all__)


def texts() -> list[Path]:
    folders = ("src", "tests", "docs", "plugins", "examples", "benchmarks", "changelog.d", ".ci")
    found = [p for folder in folders for p in (ROOT / folder).rglob("*") if p.is_file()]
    found += [p for p in ROOT.iterdir() if p.suffix in (".md", ".toml", ".txt", ".yaml")]
    skipped = {"__pycache__", "build", "dist"}
    return sorted(p for p in found if not skipped & set(p.parts) and ".egg-info" not in str(p))


def test_no_file_names_a_path_of_one_machine():
    wrong = []
    for path in texts():
        text = path.read_bytes().decode("utf-8", "replace")
        if re.search(r"(?<![\w.])/(?:work|farm|root|Users)/|(?<![\w./])/home/\w", text):
            wrong.append(name_of(path))
    assert wrong == []


def test_what_is_pinned_names_no_host():
    for name in ("requirements-dev.txt", "constraints.txt"):
        assert not re.search(r"https?://", (ROOT / name).read_text(encoding="utf-8"))


def test_the_package_says_that_it_is_typed():
    assert (CORE / "py.typed").is_file()
