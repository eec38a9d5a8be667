"""What every benchmark shares: the same days for everybody, and the facts the report prints beside the speed."""

import gc
import platform
import random
import tomllib
from bisect import bisect_right
from datetime import date, timedelta
from importlib import metadata
from importlib.resources import files
from resource import RUSAGE_CHILDREN, getrusage
from time import process_time

import pytest

SEED, HOW_MANY, TERM = 20190201, 1000, 7
ROUND, MOMENT, SECONDS, LEAST_ROUNDS, MOST_ROUNDS = 100, 0.002, 3.0, 25, 1000
# workalendar knows the years to 2023 only, the plan of the deadline benchmark is in force from 2018-12-27: every span
# lies between them, and nobody is asked about other days.
FIRST, LAST = date(2019, 1, 1), date(2023, 8, 31)


def cpu_seconds():
    """The processor time this process and those it has started took: a busy neighbour on the machine does not count."""
    started = getrusage(RUSAGE_CHILDREN)
    return process_time() + started.ru_utime + started.ru_stime


def pytest_collection_modifyitems(items):
    """Time everything with the same clock."""
    for item in items:
        item.add_marker(pytest.mark.benchmark(timer=cpu_seconds))


@pytest.fixture(scope="session")
def days():
    """Random days of receipt, the same in every run."""
    dice = random.Random(SEED)
    return [FIRST + timedelta(dice.randrange((LAST - FIRST).days + 1)) for _ in range(HOW_MANY)]


@pytest.fixture(scope="session")
def spans(days):
    """Half-open spans (after, until] of 1 to 120 days."""
    dice = random.Random(SEED)
    return [(day, day + timedelta(dice.randrange(1, 121))) for day in days]


@pytest.fixture(scope="session")
def workdays():
    """Every working day, laid out from the notices by the plainest code there is: what the answers are checked with."""
    rest, work = set(), set()
    folder = files("talentservice.calendar") / "data"
    for name in sorted(entry.name for entry in folder.iterdir()):
        for notice in tomllib.loads((folder / name).read_text(encoding="utf-8"))["notice"]:
            rest = rest - set(notice.get("work", [])) | set(notice.get("rest", []))
            work = work - set(notice.get("rest", [])) | set(notice.get("work", []))
    every = (date(2004, 1, 1) + timedelta(n) for n in range(366 * 22))
    return [day for day in every if day in work or (day.weekday() < 5 and day not in rest)]


@pytest.fixture(scope="session")
def last_days(days, workdays):
    """The right answer to: which is the seventh working day after each day."""
    return [workdays[bisect_right(workdays, day) + TERM - 1] for day in days]


@pytest.fixture(scope="session")
def counts(spans, workdays):
    """The right answer to: how many working days lie in each span."""
    return [bisect_right(workdays, until) - bisect_right(workdays, after) for after, until in spans]


@pytest.fixture
def timed(benchmark):
    """Time some work on many inputs, and note what the report needs: whose it is, how many operations, how many are wrong.

    `who` is a distribution's name, and after a comma what is particular about this way of asking it. All inputs are judged;
    a round takes as many as fit into a moment that the rest of the machine may well leave undisturbed.
    """

    def run(task, who, work, inputs, *, expected=None, each=1):
        # What pytest itself holds would be searched by every garbage collection of the work.
        gc.collect()
        gc.freeze()
        found = work(inputs)
        some = inputs[:ROUND]
        benchmark.extra_info |= {"task": task, "who": who, "operations": len(some) * each, "version": version(who)}
        if expected is not None:
            pairs = zip(found, expected, strict=True)
            benchmark.extra_info["wrong"] = sum(a != b for a, b in pairs) / len(expected)
        started = cpu_seconds()
        work(some)
        once = max(cpu_seconds() - started, 1e-6)
        times = max(1, round(MOMENT / once))
        rounds = min(MOST_ROUNDS, max(LEAST_ROUNDS, round(SECONDS / once / times)))
        benchmark.pedantic(work, args=(some,), rounds=rounds, iterations=times, warmup_rounds=1)
        gc.unfreeze()
        return found

    return run


def version(who):
    name = who.partition(",")[0]
    return platform.python_version() if name == "python" else metadata.version(name)
