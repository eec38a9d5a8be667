"""A cold process: from starting the interpreter to a loaded, checked region.

How a process takes itself down afterwards is nobody's waiting time: each leaves at once when it has loaded.
"""

import os
import subprocess
import sys

import pytest

PROCESSES = {
    "talentservice": "import talentservice; talentservice.region('nanhai')",
    "talentservice, every region": "import talentservice as ts; assert all(map(ts.region, ts.regions()))",
    "talentservice, import only": "import talentservice",
    "lexdays": "import lexdays; lexdays.rulepack('us/frcp')",
    "holidays": "import holidays; holidays.country_holidays('CN', years=2025)",
    "workalendar": "from workalendar.asia import China; China()",
    "transitions": "import transitions",
    "python-statemachine": "import statemachine",
    "pydantic, one model": "import pydantic; pydantic.create_model('Model', name=(str, ...))",
    "python, empty": "pass",
}


@pytest.fixture(scope="module")
def environ(tmp_path_factory):
    """Compiled modules are kept between the processes, as they are where a package is installed."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(tmp_path_factory.mktemp("compiled"))}


@pytest.mark.parametrize("who", PROCESSES)
def test_cold_process(timed, environ, who):
    def work(_):
        subprocess.run([sys.executable, "-c", f"{PROCESSES[who]}\nimport os; os._exit(0)"], check=True, env=environ)  # noqa: S603  # our own interpreter

    timed("load", who, work, [who])
