"""What `import talentservice` may load: no optional package, no region, and not many modules."""

import json
import os
import subprocess
import sys

import pytest

# Extras and test tools; each is imported where it is used. Babel is a dependency, but only writing a text needs it.
HEAVY = [
    "numpy", "pandas", "babel", "typer", "rich", "jinja2", "openpyxl", "icalendar", "defusedxml",
    "docx", "lxml", "xlsxwriter", "typst", "fontTools", "pypdfium2",
    "holidays", "chinese_calendar", "jsonschema", "pytest", "hypothesis",
]  # fmt: skip

# Modules the import adds to a bare interpreter; counted, not timed, so that a busy machine changes nothing. It was 280 when
# the budget was set: 73 our own, 45 pydantic's, and mostly standard library that pydantic and importlib.metadata pull in.
# Whoever needs more room says here what for.
BUDGET = 320


def run(code, **environ):
    """What a fresh interpreter prints as JSON."""
    command, env = [sys.executable, "-c", code], {**os.environ, **environ}
    done = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8", env=env)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def loaded():
    """The modules the import adds."""
    return run(
        "import sys, json; before = set(sys.modules); import talentservice; print(json.dumps(sorted(set(sys.modules) - before)))"
    )


@pytest.mark.parametrize("package", HEAVY)
def test_the_import_loads_no_heavy_package(loaded, package):
    assert not [name for name in loaded if name.partition(".")[0] == package]


def test_the_import_loads_no_region(loaded):
    assert not [name for name in loaded if name.startswith("talentservice_")]


def test_the_import_stays_within_its_budget(loaded):
    assert len(loaded) <= BUDGET


def test_listing_the_regions_imports_none_of_them(tmp_path):
    info = tmp_path / "talentservice_atlantis-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: talentservice-atlantis\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[talentservice.regions]\natlantis = talentservice_atlantis\n")
    (tmp_path / "talentservice_atlantis.py").write_text("raise SystemExit('imported')\n")
    listed, modules = run(
        "import sys, json, talentservice; print(json.dumps([talentservice.regions(), sorted(sys.modules)]))",
        PYTHONPATH=str(tmp_path),
    )
    assert "atlantis" in listed
    assert not [name for name in modules if name.startswith("talentservice_")]
