"""Names nobody declared: roles, events, subjects, rules, clauses, parameters and readings."""

import pytest

PLAN = "documents/plan.toml"
OPTION = "within = { natural_days = 5 }"

# What is changed into what; the line, clause, key; and the message in both languages.
NAMES = {
    "a-role-that-owes": (
        'who = "leader"',
        'who = "leeder"',
        "hill-plan:3 quota.visits.who",
        "there is no role 'leeder'. Did you mean 'leader'?",
        "没有角色“leeder”；是否指“leader”？",
    ),
    "a-role-like-no-other": (
        'who = "leader"',
        'who = "xyz"',
        "hill-plan:3 quota.visits.who",
        "there is no role 'xyz'; there is: leader, office, unit",
        "没有角色“xyz”；可用：leader、office、unit",
    ),
    "a-role-in-a-list": (
        'to = ["office"]\nafter = "ticket.received"',
        'to = ["office",\n  "ofice"]\nafter = "ticket.received"',
        "hill-plan:1 duty.reply.to",
        "there is no role 'ofice'. Did you mean 'office'?",
        "没有角色“ofice”；是否指“office”？",
    ),
    "a-role-in-a-table": (
        '"子女入学" = "office"',
        '"子女入学" = "offic"',
        "hill-plan:6 route.topic.table.子女入学",
        "there is no role 'offic'. Did you mean 'office'?",
        "没有角色“offic”；是否指“office”？",
    ),
    "a-role-in-a-team": (
        '{ role = "leader" }',
        '{ role = "leadr" }',
        "hill-plan:6 team.panel.parts.role",
        "there is no role 'leadr'. Did you mean 'leader'?",
        "没有角色“leadr”；是否指“leader”？",
    ),
    "a-role-that-takes-a-step": (
        'by = ["office"]\nevent',
        'by = ["ofice"]\nevent',
        "hill-plan:5 step.take.by",
        "there is no role 'ofice'. Did you mean 'office'?",
        "没有角色“ofice”；是否指“office”？",
    ),
    "an-event-that-is-counted": (
        'count = "visit.made"',
        'count = "visit.mode"',
        "hill-plan:3 quota.visits.count",
        "there is no kind of event 'visit.mode'. Did you mean 'visit.made'?",
        "没有事件种类“visit.mode”；是否指“visit.made”？",
    ),
    "an-event-that-starts-a-duty": (
        'after = "ticket.received"',
        'after = { event = "slip.losst" }',
        "hill-plan:1 duty.reply.after.event",
        "there is no kind of event 'slip.losst'. Did you mean 'slip.lost'?",
        "没有事件种类“slip.losst”；是否指“slip.lost”？",
    ),
    "one-event-of-several": (
        'after = "ticket.received"',
        'after = ["ticket.received",\n  "slip.losst"]',
        "hill-plan:1 duty.reply.after",
        "there is no kind of event 'slip.losst'. Did you mean 'slip.lost'?",
        "没有事件种类“slip.losst”；是否指“slip.lost”？",
    ),
    "a-duty-that-lapses": (
        'overdue = "reply"',
        'overdue = "replay"',
        "hill-plan:2 duty.explain.after.overdue",
        "there is no duty 'replay'. Did you mean 'reply'?",
        "没有义务“replay”；是否指“reply”？",
    ),
    "a-condition": (
        '{ condition = "local" }',
        '{ condition = "locl" }',
        "hill-plan:4 condition.listed.any.condition",
        "there is no condition 'locl'. Did you mean 'local'?",
        "没有条件“locl”；是否指“local”？",
    ),
    "a-condition-deep-inside": (
        'when = { field = "major", is = true }',
        'when = { not = { all = [{ condition = "locl" }] } }',
        "hill-plan:6 route.major.when.not.all.condition",
        "there is no condition 'locl'. Did you mean 'local'?",
        "没有条件“locl”；是否指“local”？",
    ),
    "a-subject-that-is-counted": (
        'distinct = "enterprise"',
        'distinct = "enterprize"',
        "hill-plan:3 quota.visits.distinct",
        "the event 'visit.made' has no subject 'enterprize'. Did you mean 'enterprise'?",
        "事件“visit.made”没有对象“enterprize”；是否指“enterprise”？",
    ),
    "a-subject-that-ties": (
        'after = "ticket.received"',
        'after = "ticket.received"\nabout = "talent"',
        "hill-plan:1 duty.reply.about",
        "the event 'ticket.re",
        "事件“ticket.re",
    ),
    "another-clause": (
        'distinct = "enterprise"',
        'distinct = "enterprise"\nalso = ["9", "99"]',
        "hill-plan:3 quota.visits.also",
        "there is no clause '99'. Did you mean '9'?",
        "没有条款“99”；是否指“9”？",
    ),
    "a-parameter": (
        '{ parameter = "areas" }',
        '{ parameter = "aeras" }',
        "hill-plan:4 condition.local.one_of",
        "there is no parameter 'aeras'. Did you mean 'areas'?",
        "没有参数“aeras”；是否指“areas”？",
    ),
    "a-parameter-in-an-option-not-in-use": (
        OPTION,
        'within = { natural_days = { parameter = "explan-days" } }',
        "hill-plan:1 duty.reply.under.days-meant.natural.within.natural_days",
        "there is no parameter 'explan-days'. Did you mean 'explain-days'?",
        "没有参数“explan-days”；是否指“explain-days”？",
    ),
    "a-role-in-an-option-not-in-use": (
        OPTION,
        f'{OPTION}\nwho = "unt"',
        "hill-plan:1 duty.reply.under.days-meant.natural.who",
        "there is no role 'unt'. Did you mean 'unit'?",
        "没有角色“unt”；是否指“unit”？",
    ),
    "a-key-in-an-option-not-in-use": (
        OPTION,
        "within = { natural_dayz = 5 }",
        "hill-plan:1 duty.reply.under.days-meant.natural.within.natural_dayz",
        "there is no key 'natural_dayz'. Did you mean 'natural_days'?",
        "没有键“natural_dayz”；是否指“natural_days”？",
    ),
    "an-option-not-in-use-that-does-not-go-with-the-rest": (
        OPTION,
        'every = "month"',
        "hill-plan:1 duty.reply.under.days-meant.natural",
        "a duty has either after with within, or every with by",
        "义务须有 after 和 within（由事件引起），或 every 和 by（每期一次）",
    ),
    "an-option-nobody-declared": (
        "[clause.duty.reply.under.days-meant.natural]",
        "[clause.duty.reply.under.days-meant.naturel]",
        "hill-plan:1 duty.reply.under.days-meant.naturel",
        "the reading 'days-meant' has no option 'naturel'. Did you mean 'natural'?",
        "口径“days-meant”没有选项“naturel”；是否指“natural”？",
    ),
    "a-reading-nobody-declared": (
        "[clause.duty.reply.under.days-meant.natural]",
        "[clause.duty.reply.under.day-meant.natural]",
        "hill-plan:1 duty.reply.under.day-meant",
        "there is no reading 'day-meant'. Did you mean 'days-meant'?",
        "没有口径“day-meant”；是否指“days-meant”？",
    ),
    "a-flow": (
        '[clause.step.take]\nflow = "need"',
        '[clause.step.take]\nflow = "ned"',
        "hill-plan:5 step.take.flow",
        "there is no flow 'ned'. Did you mean 'need'?",
        "没有流程“ned”；是否指“need”？",
    ),
}


@pytest.mark.parametrize("case", NAMES.values(), ids=NAMES)
def test_a_mistake_between_the_parts_is_told_at_its_key(hill, case):
    old, new, where, en, zh = case
    hill.change(old, new)
    clause, _, key = where.partition(" ")
    problems = [p for p in hill.problems() if (p.clause, p.key) == (clause, key)]
    assert problems
    assert problems[0].file == PLAN
    assert problems[0].en.startswith(en)
    assert problems[0].zh.startswith(zh)


@pytest.mark.parametrize(
    ("old", "new", "written"),
    [
        (
            'to = ["office"]\nafter = "ticket.received"',
            'to = ["office",\n  "ofice"]\nafter = "ticket.received"',
            '"ofice"',
        ),
        ('after = "ticket.received"', 'after = ["ticket.received",\n  "slip.losst"]', "slip.losst"),
        ('{ condition = "local" }', '{ condition = "locl" }', "locl"),
        (OPTION, "within = { natural_dayz = 5 }", "natural_dayz"),
        (OPTION, f'{OPTION}\nwho = "unt"', '"unt"'),
        ('"子女入学" = "office"', '"子女入学" = "offic"', '"offic"'),
        ("[clause.team.panel]", "[clause.teem.panel]", "teem"),
        ('id = "10"\n', 'id = "9"  # again\n', "# again"),
    ],
)
def test_the_line_is_that_of_the_mistake_itself(hill, old, new, written):
    hill.change(old, new)
    assert hill.the_problem().line == hill.line(written)
