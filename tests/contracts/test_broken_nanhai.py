"""Nanhai's own files, broken the way an author breaks them: each mistake is told with its line, its clause and the likely fix.

The expected line is that of the text each test writes into the file; clause, key and both messages are typed by hand.
"""

from importlib.resources import files
from pathlib import Path

import pytest
from attrs import frozen

from talentservice.errors import RegionFileError
from talentservice.region import Problem, load_folder

PLAN = "documents/plan-2018.toml"
FORM = "forms/need-slip.toml"
HEAD = "region.toml"


@frozen
class Nanhai:
    """A copy of the region's files that can be broken."""

    folder: Path

    def change(self, old: str, new: str, file: str = PLAN) -> None:
        text = (self.folder / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        (self.folder / file).write_text(text.replace(old, new), encoding="utf-8")

    def line(self, written: str, file: str = PLAN) -> int:
        text = (self.folder / file).read_text(encoding="utf-8")
        assert text.count(written) == 1, f"{written!r} stands {text.count(written)} times in {file}"
        return text[: text.index(written)].count("\n") + 1

    def problems(self) -> list[Problem]:
        with pytest.raises(RegionFileError) as caught:
            load_folder(self.folder)
        problems = [p for p in caught.value.problems if isinstance(p, Problem)]
        for lang in ("zh", "en"):
            assert caught.value.message(lang).split("\n")[1:] == [p.text(lang) for p in problems]
        return problems

    def the_problem(self) -> Problem:
        problems = self.problems()
        assert len(problems) == 1, [p.text("en") for p in problems]
        return problems[0]


def _copy(folder, to: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir():
            _copy(entry, to / entry.name)
        elif entry.name.endswith(".toml"):
            to.mkdir(parents=True, exist_ok=True)
            (to / entry.name).write_bytes(entry.read_bytes())


@pytest.fixture
def nanhai(tmp_path) -> Nanhai:
    _copy(files("talentservice_nanhai"), tmp_path)
    load_folder(tmp_path)  # sound before it is broken
    return Nanhai(tmp_path)


# One mistake each: what is replaced by what, the text whose line is named, clause, key, and the message in both languages.
MISTAKES = {
    "a-misspelt-key": (
        [("within = { working_days = 7 }", "withn = { working_days = 7 }")],
        ("withn = {", "nanhai:三(二)3-1", "duty.reply.withn"),
        "there is no key 'withn'. Did you mean 'within'?",
        "没有键“withn”；是否指“within”？",
    ),
    "a-misspelt-key-inside-a-term": (
        [("within = { working_days = 7 }", "within = { working_dayz = 7 }")],
        ("working_dayz", "nanhai:三(二)3-1", "duty.reply.within.working_dayz"),
        "there is no key 'working_dayz'. Did you mean 'working_days'?",
        "没有键“working_dayz”；是否指“working_days”？",
    ),
    "an-unknown-role": (
        [('who = "liaison"\ndoes = "report.filed"', 'who = "liason"\ndoes = "report.filed"')],
        ('who = "liason"', "nanhai:三(一)-6", "duty.half-year-report.who"),
        "there is no role 'liason'. Did you mean 'liaison'?",
        "没有角色“liason”；是否指“liaison”？",
    ),
    "a-label-in-one-language": (
        [(', en = "Must the recognised talents work in the district as well?" }', " }")],
        (
            'ask = { zh = "区认定的一至四类人才是否也须在区内工作？" }',
            "nanhai:二(二)0",
            "reading.recognised-work-here.ask.en",
        ),
        "the key 'en' is missing (the English text)",
        "缺少键“en”（英文）",
    ),
    "a-clause-in-one-language": (
        [('en = "A system of direct contact serves talents and teams"\n', "")],
        ('[[clause]]\nid = "一-1"', "nanhai:一-1", "en"),
        "the key 'en' is missing (the English text)",
        "缺少键“en”（英文）",
    ),
    "a-rule-named-in-one-language": (
        [('en = "Handle and reply"\nwho', "who")],
        ('zh = "责任单位办理并回复"', "nanhai:三(二)3-1", "duty.reply.zh"),
        "the key 'en' is missing: a name stands in both languages, or in neither",
        "缺少键“en”：名称须中英文俱全，或都不写",
    ),
    "a-term-as-text": (
        [("within = { working_days = 7 }", 'within = "7 working days"')],
        ('"7 working days"', "nanhai:三(二)3-1", "duty.reply.within"),
        '"7 working days" was found where a table such as { working_days = 7 } is due',
        '应为：表，如 { working_days = 7 }；现为："7 working days"',
    ),
    "a-clause-without-status-or-rule": (
        [('consent"\nrecord = "document.issued"', 'consent"')],
        ('[[clause]]\nid = "通知-1"', "nanhai:通知-1", ""),
        'the clause has no status: write a rule under it, record = "subject.field", or status = "guidance"',
        '条款没有状态：请写规则、record = "对象.字段" 或 status = "guidance"',
    ),
    "a-day-that-is-none": (
        [("issued = 2018-12-27", "issued = 2018-13-27")],
        ("2018-13-27", "", ""),
        "not valid TOML: 2018-13-27 is no date; one is written 2018-12-27, without quotes: issued = 2018-13-27",
        "不是有效的 TOML：2018-13-27 不是有效的日期；应写作 2018-12-27，不加引号：issued = 2018-13-27",
    ),
    "a-day-in-quotes": (
        [("issued = 2018-12-27", 'issued = "2018-12-27"')],
        ('"2018-12-27"', "", "document.issued"),
        '"2018-12-27" was found where a date without quotes such as 2018-12-27 is due',
        '应为：不加引号的日期，如 2018-12-27；现为："2018-12-27"',
    ),
    "an-unknown-kind-of-event": (
        [('does = "ticket.replied"', 'does = "ticket.replyed"')],
        ("ticket.replyed", "nanhai:三(二)3-1", "duty.reply.does"),
        "there is no kind of event 'ticket.replyed'. Did you mean 'ticket.replied'?",
        "没有事件种类“ticket.replyed”；是否指“ticket.replied”？",
    ),
    "P14-a-cyclic-escalation": (
        [
            ('after = "ticket.received"', 'after = { overdue = "progress" }'),
            ('after = "ticket.stuck"', 'after = { overdue = "reply" }'),
        ],
        ('after = { overdue = "progress" }', "nanhai:三(二)3-1", "duty.reply.after.overdue"),
        "the escalation runs in a circle: reply -> progress -> reply",
        "督办升级成环：reply→progress→reply",
    ),
    "P09-a-misspelt-state": (
        [('from = ["submitted"]', 'from = ["submited"]')],
        ("submited", "nanhai:三(二)1-3", "step.accept.from"),
        "the state 'submited' is not declared. Did you mean 'submitted'?",
        "状态“submited”未声明；是否指“submitted”？",
    ),
    "a-rule-under-a-recorded-clause": (
        [
            (
                'consent"\nrecord = "document.issued"\n',
                'consent"\nrecord = "document.issued"\n[clause.team.issuers]\nparts = [{ role = "liaison" }]\n',
            )
        ],
        ("[clause.team.issuers]", "nanhai:通知-1", "team.issuers"),
        "the clause says record = \"document.issued\", yet the rule 'issuers' stands under it: take one away",
        '条款已标为 record = "document.issued"，却带有规则 issuers：请去其一',
    ),
}


@pytest.mark.parametrize(("changes", "place", "en", "zh"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_its_line_its_clause_and_the_likely_fix(nanhai, changes, place, en, zh):
    for old, new in changes:
        nanhai.change(old, new)
    written, clause, key = place
    problem = nanhai.the_problem()
    assert (problem.file, problem.line, problem.clause, problem.key) == (PLAN, nanhai.line(written), clause, key)
    assert (problem.en, problem.zh) == (en, zh)


def test_a_duplicate_id_is_told_with_the_place_of_the_first(nanhai):
    nanhai.change("[clause.duty.feedback]", "[clause.duty.outcome]  # again")
    problem = nanhai.the_problem()
    first = nanhai.line("[clause.duty.outcome]\n")
    assert (problem.file, problem.line) == (PLAN, nanhai.line("[clause.duty.outcome]  # again"))
    assert (problem.clause, problem.key) == ("nanhai:三(二)5-1", "duty.outcome")
    assert problem.en == f"the id 'outcome' already stands at {PLAN}:{first}"
    assert problem.zh == f"编号“outcome”重复，已见于 {PLAN}:{first}"


def test_an_unreachable_step_is_told_with_the_state_nothing_leads_to(nanhai):
    nanhai.change('  { id = "closed",', '  { id = "lost", zh = "失联", en = "Lost" },\n  { id = "closed",')
    nanhai.change(
        'zh = "派单后向人才告知受理情况；未写时限"\n',
        'zh = "派单后向人才告知受理情况；未写时限"\n'
        'step.find = { flow = "need", from = ["lost"], to = "closed", by = ["unit"], event = "ticket.closed" }\n',
    )
    state, step = nanhai.problems()
    assert (state.file, state.line, state.clause) == (PLAN, nanhai.line('{ id = "lost"'), "nanhai:三(二)-0")
    assert (state.key, state.en, state.zh) == (
        "flow.need.states",
        "the state 'lost' cannot be reached",
        "状态“lost”无法到达",
    )
    assert (step.file, step.line, step.clause) == (PLAN, nanhai.line('from = ["lost"]'), "nanhai:三(二)2-3")
    assert (step.key, step.en, step.zh) == (
        "step.find.from",
        "the step cannot be reached: no ticket comes to the state it starts from",
        "环节无法到达：其起始状态走不到",
    )


def test_a_form_that_cites_an_unknown_clause_is_told_in_its_own_file(nanhai):
    nanhai.change('clause = "附件-4"', 'clause = "附件-44"', file=FORM)
    problem = nanhai.the_problem()
    assert (problem.file, problem.line, problem.key) == (FORM, nanhai.line("附件-44", FORM), "groups.clause")
    assert problem.en.startswith("there is no clause '附件-44'. Did you mean '附件-4")
    assert problem.zh.startswith("没有条款“附件-44”；是否指“附件-4")


EIGHT = [
    ("issued = 2018-12-27", 'issued = "2018-12-27"', '"2018-12-27"', "", "document.issued"),
    ('record = "document.contact"\n', "", '[[clause]]\nid = "通知-3"', "nanhai:通知-3", ""),
    (
        ', en = "Must the recognised talents work in the district as well?" }',
        " }",
        'ask = { zh = "区认定',
        "nanhai:二(二)0",
        "reading.recognised-work-here.ask.en",
    ),
    ('who = "liaison"\ndoes', 'who = "liason"\ndoes', "liason", "nanhai:三(一)-6", "duty.half-year-report.who"),
    (
        'does = "ticket.replied"',
        'does = "ticket.replyed"',
        "ticket.replyed",
        "nanhai:三(二)3-1",
        "duty.reply.does",
    ),
    (
        'after = "ticket.stuck"\nwithin = { promptly = true }',
        'after = "ticket.stuck"\nwithin = "promptly"',
        '"promptly"',
        "nanhai:三(二)3-2",
        "duty.progress.within",
    ),
    (
        "[clause.duty.feedback]",
        "[clause.duty.outcome]  # again",
        "[clause.duty.outcome]  # again",
        "nanhai:三(二)5-1",
        "duty.outcome",
    ),
    ('after = "view.collected"', 'aftr = "view.collected"', "aftr", "nanhai:三(三)1-2", "duty.ledger.aftr"),
]


def test_eight_mistakes_are_told_together_in_the_order_of_the_file(nanhai):
    for old, new, *_ in reversed(EIGHT):
        nanhai.change(old, new)
    problems = nanhai.problems()
    expected = [(PLAN, nanhai.line(written), clause, key) for _, _, written, clause, key in EIGHT]
    assert [(p.file, p.line, p.clause, p.key) for p in problems] == expected
    assert [p.line for p in problems] == sorted(p.line for p in problems)


def test_a_wrong_head_does_not_hide_what_is_wrong_in_the_documents(nanhai):
    nanhai.change('division = "440605"', "division = 440605", file=HEAD)
    nanhai.change('liaison = { zh = "联络员", en = "Liaison officer" }', 'liaison = { zh = "联络员" }', file=HEAD)
    nanhai.change('does = "ticket.replied"', 'does = "ticket.replyed"')
    assert [(p.file, p.key) for p in nanhai.problems()] == [
        (PLAN, "duty.reply.does"),
        (HEAD, "division"),
        (HEAD, "roles.liaison.en"),
    ]


def test_a_wrong_document_head_does_not_hide_what_is_wrong_in_its_clauses(nanhai):
    nanhai.change("issued = 2018-12-27", "issued = 20181227")
    nanhai.change("within = { working_days = 7 }", "withn = { working_days = 7 }")
    assert [p.key for p in nanhai.problems()] == ["document.issued", "duty.reply.withn"]


def test_a_problem_can_be_read_by_programs(nanhai):
    nanhai.change("within = { working_days = 7 }", "withn = { working_days = 7 }")
    assert nanhai.the_problem().to_dict() == {
        "file": PLAN,
        "line": nanhai.line("withn"),
        "clause": "nanhai:三(二)3-1",
        "key": "duty.reply.withn",
        "en": "there is no key 'withn'. Did you mean 'within'?",
        "zh": "没有键“withn”；是否指“within”？",
    }


def test_the_region_and_the_number_of_problems_head_the_message(nanhai):
    nanhai.change("within = { working_days = 7 }", "withn = { working_days = 7 }")
    with pytest.raises(RegionFileError) as caught:
        load_folder(str(nanhai.folder))
    assert caught.value.message("en").startswith("nanhai: 1 problem in the region's files\n")
    assert caught.value.message("zh").startswith("nanhai：规则文件有 1 处问题\n")
    assert caught.value.code == "region-file"
