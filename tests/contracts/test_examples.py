"""Every example script runs as it stands and asserts what it says."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAID = {"desk_quickstart": "basis nanhai:三(二)3-1", "slips": "jintan:附件6-3"}  # a clause in what each prints


@pytest.mark.parametrize("script", sorted((ROOT / "examples").glob("*.py")), ids=lambda path: path.stem)
def test_an_example_runs(script, tmp_path):
    environ = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONWARNINGS": "error"}
    done = subprocess.run(
        [sys.executable, script],
        check=False,
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        env=environ,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert SAID[script.stem] in done.stdout
