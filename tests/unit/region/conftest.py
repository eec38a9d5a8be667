"""A small region of invented rules, one or two of each kind, in files that a test can break."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from attrs import frozen

from talentservice.errors import RegionFileError
from talentservice.region import Problem, Region, load_folder

HEAD = """\
api = "1.0"
id = "hill"
name = { zh = "山区", en = "Hill District" }
division = "440605"
documents = ["documents/plan.toml"]

[roles]
office = { zh = "人才办", en = "Talent office" }
unit = { zh = "责任单位", en = "Responsible unit" }
leader = { zh = "领导", en = "Leader" }

[events]
"slip.lost" = { zh = "处理单遗失", en = "Slip lost", subjects = ["ticket"] }
"""

PLAN = """\
[document]
id = "hill-plan"
title = { zh = "方案", en = "Plan" }
issuer = "山区"
issued = 2019-03-01
in_force_until = 2024-12-31

[[clause]]
id = "1"
zh = "收单后五个工作日内回复"
en = "A reply within five working days of receipt"

[clause.duty.reply]
zh = "回复"
en = "Reply"
who = "unit"
does = "ticket.replied"
to = ["office"]
after = "ticket.received"
within = { working_days = 5 }
[clause.duty.reply.under.days-meant.natural]
within = { natural_days = 5 }

[clause.reading.days-meant]
ask = { zh = "五日是工作日还是自然日？", en = "Five working days or five days?" }
options = ["working", "natural"]
default = "working"
why = { zh = "未写明", en = "Not printed" }

[[clause]]
id = "2"
zh = "逾期的书面说明；天数未写"
en = "An overdue unit explains in writing; the days are not printed"

[clause.duty.explain]
who = "unit"
does = "explanation.given"
to = ["office"]
after = { overdue = "reply" }
within = { working_days = { parameter = "explain-days" } }

[clause.parameter.explain-days]
type = "count"
why = { zh = "未写明天数", en = "The days are not printed" }

[[clause]]
id = "3"
zh = "每年走访十家以上企业"
en = "At least ten enterprises a year are visited"

[clause.quota.visits]
who = "leader"
count = "visit.made"
distinct = "enterprise"
per = "year"
at_least = 10

[[clause]]
id = "4"
zh = "列明的人才"
en = "The talents that are listed"

[clause.condition.listed]
any = [
  { field = "level", is = "national" },
  { condition = "local" },
]

[clause.condition.local]
field = "area"
one_of = ["north", { parameter = "areas" }]

[clause.parameter.areas]
type = "names"
why = { zh = "未列明", en = "Not listed" }

[[clause]]
id = "5"
zh = "诉求的办理"
en = "How a need is handled"

[clause.flow.need]
states = [
  { id = "raised", zh = "已提出", en = "Raised" },
  { id = "in-hand", zh = "办理中", en = "In hand" },
  { id = "closed", zh = "已办结", en = "Closed", end = true },
]

[clause.step.take]
flow = "need"
from = ["raised"]
to = "in-hand"
by = ["office"]
event = "ticket.received"

[clause.step.close]
flow = "need"
from = ["in-hand"]
to = "closed"
by = ["unit"]
event = "ticket.replied"

[[clause]]
id = "6"
zh = "重大事项由领导处理"
en = "Major matters go to a leader"

[clause.route.major]
matter = "need"
when = { field = "major", is = true }
to = ["leader"]

[clause.route.topic]
matter = "need"
by = "topic"
table = { "住房" = "unit", "子女入学" = "office" }

[clause.team.panel]
parts = [{ role = "leader" }, { role = "unit", at_least = 2 }]

[[clause]]
id = "7"
zh = "处理单样式"
en = "The form"

[clause.form.slip]
file = "forms/slip.toml"

[[clause]]
id = "8"
zh = "处理单落款"
en = "The form's signature"

[[clause]]
id = "9"
zh = "总体要求"
en = "General requirement"
status = "guidance"

[[clause]]
id = "10"
zh = "发文范围"
en = "Who it was sent to"
record = "document.recipients"
note = { zh = "不公开", en = "Not public" }
"""

FORM = """\
id = "hill.slip"
title = { zh = "处理单", en = "Slip" }

[[groups]]
id = "need"
clause = "7"
label = { zh = "诉求", en = "Need" }
fields = [{ id = "need", label = { zh = "事项", en = "The need" }, type = "long-text" }]

[[groups]]
id = "signed"
clause = "8"
label = { zh = "落款", en = "Signature" }
fields = [{ id = "signature", label = { zh = "签字", en = "Signature" }, type = "signature" }]
"""

HEAD_FILE, PLAN_FILE, FORM_FILE = "region.toml", "documents/plan.toml", "forms/slip.toml"


@frozen
class Files:
    """A region's files in a folder."""

    folder: Path

    def write(self, file: str, text: str | bytes) -> None:
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def text(self, file: str = PLAN_FILE) -> str:
        return (self.folder / file).read_text(encoding="utf-8")

    def change(self, old: str, new: str, file: str = PLAN_FILE) -> None:
        assert self.text(file).count(old) == 1, f"{old!r} stands {self.text(file).count(old)} times in {file}"
        self.write(file, self.text(file).replace(old, new))

    def add(self, text: str, file: str = PLAN_FILE) -> None:
        self.write(file, self.text(file) + text)

    def line(self, written: str, file: str = PLAN_FILE) -> int:
        text = self.text(file)
        assert text.count(written) == 1, f"{written!r} stands {text.count(written)} times in {file}"
        return text[: text.index(written)].count("\n") + 1

    def load(self) -> Region:
        return load_folder(self.folder)

    def problems(self) -> list[Problem]:
        with pytest.raises(RegionFileError) as caught:
            load_folder(self.folder)
        return [p for p in caught.value.problems if isinstance(p, Problem)]

    def the_problem(self) -> Problem:
        problems = self.problems()
        assert len(problems) == 1, [p.text("en") for p in problems]
        return problems[0]


@pytest.fixture
def hill(tmp_path) -> Files:
    """The small region's files."""
    return files_of(tmp_path, {HEAD_FILE: HEAD, PLAN_FILE: PLAN, FORM_FILE: FORM})


def files_of(folder: Path, texts: Mapping[str, str]) -> Files:
    files = Files(folder)
    for name, text in texts.items():
        files.write(name, text)
    return files


@pytest.fixture
def region(hill) -> Region:
    """The small region."""
    return hill.load()
