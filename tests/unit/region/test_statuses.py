"""Statuses, doubles, circles and whatever stands in the wrong place. Ids as in the bad-input catalogue."""

import pytest

OPTION = "within = { natural_days = 5 }"

CASES = {
    "P09-a-state": (
        'to = "in-hand"',
        'to = "inhand"',
        "hill-plan:5 step.take.to",
        "the state 'inhand' is not declared. Did you mean 'in-hand'?",
        "状态“inhand”未声明；是否指“in-hand”？",
    ),
    "P24-a-rule-outside-a-clause": (
        "issued = 2019-03-01",
        'issued = 2019-03-01\n[duty.stray]\nwho = "unit"\n[document.x]',
        " duty",
        "'duty' stands outside a clause; a rule belongs under its clause: [clause.duty.…]",
        "“duty”在条款之外；规则须写在其条款之下：[clause.duty.…]",
    ),
    "an-unknown-table": (
        '[[clause]]\nid = "9"',
        '[[clauses]]\nid = "9a"\n[[clause]]\nid = "9"',
        " clauses",
        "there is no table 'clauses'. Did you mean 'clause'?",
        "没有表“clauses”；是否指“clause”？",
    ),
    "an-unknown-kind-of-rule": (
        "[clause.team.panel]",
        "[clause.teem.panel]",
        "hill-plan:6 teem",
        "there is no kind of rule 'teem'. Did you mean 'team'?",
        "没有规则种类“teem”；是否指“team”？",
    ),
    "an-unknown-key-of-a-clause": (
        'status = "guidance"',
        'statuss = "guidance"',
        "hill-plan:9 statuss",
        "there is no key 'statuss'. Did you mean 'status'?",
        "没有键“statuss”；是否指“status”？",
    ),
    "an-unknown-status": (
        'status = "guidance"',
        'status = "guidence"',
        "hill-plan:9 status",
        "\"guidence\" was found where one of rule, record, guidance is due. Did you mean 'guidance'?",
        '应为：rule、record、guidance 之一；现为："guidence"；是否指“guidance”？',
    ),
    "a-rule-under-guidance": (
        'status = "guidance"\n',
        'status = "guidance"\n[clause.team.all]\nparts = [{ role = "unit" }]\n',
        "hill-plan:9 team.all",
        "the clause says status = \"guidance\", yet the rule 'all' stands under it: take one away",
        '条款已标为 status = "guidance"，却带有规则 all：请去其一',
    ),
    "a-rule-under-a-record": (
        'record = "document.recipients"\n',
        'record = "document.recipients"\nteam.all = { parts = [{ role = "unit" }] }\n',
        "hill-plan:10 team.all",
        "the clause says record = \"document.recipients\", yet the rule 'all' stands under it: take one away",
        '条款已标为 record = "document.recipients"，却带有规则 all：请去其一',
    ),
    "a-rule-clause-without-a-rule": (
        'status = "guidance"',
        'status = "rule"',
        "hill-plan:9 status",
        'the clause says status = "rule", but no rule encodes it',
        '条款标为 status = "rule"，却没有规则',
    ),
    "a-record-that-is-nowhere": (
        'status = "guidance"',
        'status = "record"',
        "hill-plan:9 status",
        'a recorded clause says where: record = "subject.field"',
        '记录条款须写明存于何处：record = "对象.字段"',
    ),
    "guidance-and-a-record": (
        'status = "guidance"',
        'status = "guidance"\nrecord = "document.aims"',
        "hill-plan:9 status",
        "a clause is either guidance or a record, not both",
        "条款不能既为 guidance 又有 record",
    ),
    "no-status": (
        'status = "guidance"\n',
        "",
        "hill-plan:9",
        'the clause has no status: write a rule under it, record = "subject.field", or status = "guidance"',
        '条款没有状态：请写规则、record = "对象.字段" 或 status = "guidance"',
    ),
    "a-clause-twice": (
        'id = "10"\n',
        'id = "9"  # again\n',
        "hill-plan:9 id",
        "the id 'hill-plan:9' already stands at documents/plan.toml:",
        "编号“hill-plan:9”重复，已见于 documents/plan.toml:",
    ),
    "a-rule-twice": (
        "[clause.route.topic]",
        "[clause.route.reply]",
        "hill-plan:6 route.reply",
        "the id 'reply' already stands at documents/plan.toml:13",
        "编号“reply”重复，已见于 documents/plan.toml:13",
    ),
    "a-condition-in-a-circle": (
        'field = "area"\none_of = ["north", { parameter = "areas" }]',
        'any = [{ field = "area", one_of = [{ parameter = "areas" }] },\n{ condition = "listed" }]',
        "hill-plan:4 condition.listed.any.condition",
        "the conditions refer to each other in a circle: listed -> local -> listed",
        "条件互相引用成环：listed→local→listed",
    ),
    "P14-a-duty-that-starts-with-its-own-lapse": (
        'overdue = "reply"',
        'overdue = "explain"',
        "hill-plan:2 duty.explain.after.overdue",
        "the escalation runs in a circle: explain -> explain",
        "督办升级成环：explain→explain",
    ),
    "P14-a-circle-in-an-option-not-in-use": (
        OPTION,
        f'{OPTION}\nafter = {{ overdue = "explain" }}',
        "hill-plan:1 duty.reply.under.days-meant.natural.after.overdue",
        "the escalation runs in a circle: reply -> explain -> reply",
        "督办升级成环：reply→explain→reply",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_mistake_in_the_whole_is_told_at_its_key(hill, case):
    old, new, where, en, zh = case
    hill.change(old, new)
    clause, _, key = where.partition(" ")
    problems = [p for p in hill.problems() if (p.clause, p.key) == (clause, key)]
    assert problems
    assert problems[0].file == "documents/plan.toml"
    assert problems[0].en.startswith(en)
    assert problems[0].zh.startswith(zh)


@pytest.mark.parametrize(
    ("clauses", "line"),
    [
        ('clause = "1"', 1),
        ("clause = [1]", 1),
        ("[clause]", None),
        ('clause = [\n  { id = "1", zh = "甲", en = "A", status = "guidance" },\n  5]', 3),
    ],
)
def test_what_is_no_list_of_tables_is_told(hill, clauses, line):
    document = hill.text()[: hill.text().index("[[clause]]")]
    hill.write("documents/plan.toml", f"{clauses}\n{document}" if line else f'{document}\n{clauses}\nid = "1"\n')
    problem = hill.the_problem()
    assert (problem.en, problem.zh) == ("a clause is written [[clause]], in double brackets", "条款应写作 [[clause]]")
    assert problem.line == (line or hill.line(clauses))


def test_an_option_that_leaves_the_rule_without_a_term_is_told_although_the_rule_does_not_name_it(hill):
    hill.change("within = { working_days = 5 }\n", "")
    hill.change("[clause.duty.reply.under.days-meant.natural]", "[clause.duty.reply.under.days-meant.working]")
    problem = hill.the_problem()
    assert problem.en == "a duty has either after with within, or every with by"
    assert problem.key == "duty.reply.under.days-meant.natural"
    assert problem.line == hill.line("[clause.duty.reply.under.days-meant.working]")
