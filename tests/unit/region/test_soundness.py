"""One mistake raises no false alarms; flows, circles, several documents, other versions. Ids as in the bad-input catalogue."""

import pytest

HEAD, FORM = "region.toml", "forms/slip.toml"
OPTION = "within = { natural_days = 5 }"


def test_a_broken_rule_leaves_its_clause_and_those_who_refer_to_it_in_peace(hill):
    hill.change("within = { working_days = 5 }", "within = 5")
    hill.change('to = "in-hand"', "to = 5")
    hill.change('options = ["working", "natural"]', "options = 5")
    hill.change('field = "area"', "field = 5")
    hill.change('file = "forms/slip.toml"', 'file = "forms/slip.toml"\nx = 5')
    hill.change('type = "count"', "type = 5")
    assert [(p.clause, p.key) for p in hill.problems()] == [
        ("hill-plan:1", "duty.reply.within"),
        ("hill-plan:1", "reading.days-meant.options"),
        ("hill-plan:2", "parameter.explain-days.type"),
        ("hill-plan:4", "condition.local.field"),
        ("hill-plan:5", "step.take.to"),
        ("hill-plan:7", "form.slip.x"),
    ]


def test_a_broken_form_leaves_its_clauses_in_peace(hill):
    hill.change('type = "signature"', 'type = "sign"', file=FORM)
    problem = hill.the_problem()
    assert (problem.file, problem.line, problem.key) == (FORM, hill.line('type = "sign"', FORM), "groups.fields.type")
    assert problem.en.endswith("Did you mean 'signature'?")


def test_p06_a_flow_that_only_goes_round_is_told_with_the_states_it_cannot_leave(hill):
    hill.change('from = ["in-hand"]\nto = "closed"', 'from = ["in-hand"]\nto = "raised"')
    problems = hill.problems()
    assert {p.zh for p in problems} == {
        "流程无法结束：状态“raised”没有通往终态的路",
        "流程无法结束：状态“in-hand”没有通往终态的路",
        "状态“closed”无法到达",
    }
    assert [p.line for p in problems] == [hill.line(f'{{ id = "{s}"') for s in ("raised", "in-hand", "closed")]


def test_a_way_that_is_cut_is_told_by_the_states_beyond_it_and_not_by_every_step(hill):
    hill.change('{ id = "closed"', '{ id = "checked", zh = "已核", en = "Checked" },\n  { id = "closed"')
    hill.change('from = ["in-hand"]\nto = "closed"', 'from = ["checked"]\nto = "closed"')
    step = '[clause.step.check]\nflow = "need"\nfrom = ["closed", "checked"]\nto = "checked"\nby = ["unit"]\nevent = "slip.lost"\n'
    hill.change("[clause.step.close]", f"{step}[clause.step.close]")
    problems = [(p.key, p.zh) for p in hill.problems() if "终态" not in p.zh]
    assert problems == [("flow.need.states", "状态“checked”无法到达"), ("flow.need.states", "状态“closed”无法到达")]


def test_a_step_out_of_an_end_is_told(hill):
    hill.change('from = ["in-hand"]\nto', 'from = ["in-hand",\n  "closed"]\nto')
    problem = hill.the_problem()
    assert (problem.en, problem.zh) == ("the step starts from a state that ends the ticket", "环节始于终态")
    assert problem.key == "step.close.from"


def test_options_that_exclude_each_other_make_no_circle(hill):
    """Under one option the reply follows the explanation, under the other the explanation follows the reply."""
    hill.change('after = { overdue = "reply" }', 'after = "slip.lost"')
    hill.change(
        "[clause.parameter.explain-days]",
        '[clause.duty.explain.under.days-meant.working]\nafter = { overdue = "reply" }\n[clause.parameter.explain-days]',
    )
    hill.change(OPTION, f'{OPTION}\nafter = {{ overdue = "explain" }}')
    region = hill.load()
    assert region.duty("explain").spec.after.overdue == "reply"
    assert region.configure(readings={"days-meant": "natural"}).duty("explain").spec.after.overdue is None


@pytest.mark.parametrize("links", [8, 9])
def test_a_chain_of_conditions_has_an_end(hill, links):
    """Each link refers to the next one twice, so that whoever walked every way would not come back."""
    rules = [
        f'[clause.condition.c{i}]\nany = [{{ condition = "c{i + 1}" }}, {{ condition = "c{i + 1}" }}]'
        for i in range(1, links)
    ]
    rules += [f'[clause.condition.c{links}]\nfield = "x"\nis = 1', "[clause.condition.listed]"]
    hill.change("[clause.condition.listed]", "\n".join(rules))
    if links == 8:
        assert hill.load().condition("c1").judge({"x": 1}).value == "yes"
        return
    problem = hill.the_problem()
    assert (problem.key, problem.line) == ("condition.c1.any.condition", hill.line("[clause.condition.c1]") + 1)
    assert (problem.en, problem.zh) == ("the chain is too long: at most 8 rules", "连环过长：至多 8 环")


def test_a_chain_of_many_escalations_is_walked_once(hill):
    duties = [
        f'[clause.duty.d{i}]\nwho = "unit"\ndoes = "ticket.urged"\nafter = {{ overdue = "d{i + 1}" }}\nwithin = {{ months = 1 }}'
        for i in range(3000)
    ]
    hill.change(
        "[clause.duty.reply]",
        "\n".join(
            [
                *duties,
                '[clause.duty.d3000]\nwho = "unit"\ndoes = "ticket.urged"\nafter = "slip.lost"\nwithin = { months = 1 }',
                "[clause.duty.reply]",
            ]
        ),
    )
    assert hill.the_problem().key == "duty.d2992.after.overdue"


def test_two_documents_may_use_the_same_clause_ids_and_each_means_its_own(hill):
    hill.change('["documents/plan.toml"]', '["documents/plan.toml", "documents/more.toml"]', file=HEAD)
    start = hill.text()[: hill.text().index("[[clause]]")].replace('"hill-plan"', '"hill-more"')
    hill.write(
        "documents/more.toml",
        start
        + '[[clause]]\nid = "1"\nzh = "其他"\nen = "Other"\nstatus = "guidance"\n[[clause]]\nid = "2"\nzh = "专班"\nen = "Team"\n'
        '[clause.team.more]\nparts = [{ role = "unit" }]\nalso = ["1", "hill-plan:1"]\n',
    )
    region = hill.load()
    assert [str(c) for c in region.team("more").citations] == ["hill-more:2", "hill-more:1", "hill-plan:1"]
    assert region.clause("hill-plan:1").rules == ("reply", "days-meant", "more")
    hill.change('also = ["1", "hill-plan:1"]', 'also = ["3"]', file="documents/more.toml")
    problem = hill.the_problem()
    assert problem.en == "there is no clause '3'. Did you mean 'hill-plan:3'?" or "there is no clause '3'" in problem.en


def test_two_documents_do_not_share_an_id(hill):
    hill.change('["documents/plan.toml"]', '["documents/plan.toml", "documents/more.toml"]', file=HEAD)
    hill.write("documents/more.toml", hill.text()[: hill.text().index("[[clause]]")])
    problem = hill.the_problem()
    assert (problem.file, problem.line, problem.key) == ("documents/more.toml", 2, "document.id")
    assert problem.en == "the document id 'hill-plan' already stands in documents/plan.toml"
    assert problem.zh == "文件编号“hill-plan”已用于 documents/plan.toml"


def test_a_document_without_its_head_is_told_once(hill):
    hill.change("[document]", "[dokument]")
    assert [(p.line, p.en) for p in hill.problems()] == [
        (1, "the table [document] is missing"),
        (1, "there is no table 'dokument'. Did you mean 'document'?"),
    ]


@pytest.mark.parametrize(
    ("api", "en", "zh"),
    [
        ("2.0", "written for API 2.0, this core speaks 1.0: install a newer talentservice", "请升级 talentservice"),
        ("1.7", "written for API 1.7, this core speaks 1.0: install a newer talentservice", "请升级 talentservice"),
        ("0.9", "written for API 0.9, this core speaks 1.0: bring the files up to date", "请按新版修改文件"),
    ],
)
def test_p23_files_written_for_another_api_are_told_of_that_alone(hill, api, en, zh):
    hill.change('api = "1.0"', f'api = "{api}"', file=HEAD)
    hill.add("[clause.newer.thing]\nx = 1\n")
    problem = hill.the_problem()
    assert (problem.file, problem.line, problem.key) == (HEAD, 1, "api")
    assert problem.en.endswith(en)
    assert zh in problem.zh


@pytest.mark.parametrize("api", ['"1"', '"one.two"', "1.0", '"１.０"', '""'])
def test_an_api_that_is_no_version_is_told(hill, api):
    hill.change('api = "1.0"', f"api = {api}", file=HEAD)
    assert hill.the_problem().key == "api"


def test_a_division_code_is_written_in_plain_digits(hill):
    hill.change('"440605"', '"４４０６０５"', file=HEAD)
    assert hill.the_problem().key == "division"


def test_problems_are_told_in_the_order_of_file_and_line_and_once_each(hill):
    hill.change('type = "signature"', 'type = "sign"', file=FORM)
    hill.change("api = ", "apy = ", file=HEAD)
    hill.change('who = "leader"', 'who = "leeder"')
    hill.change("within = { working_days = 5 }", "within = 5")
    problems = hill.problems()
    assert [(p.file, p.line) for p in problems] == sorted((p.file, p.line) for p in problems)
    assert len(set(problems)) == len(problems)
    assert [p.key for p in problems] == ["duty.reply.within", "quota.visits.who", "groups.fields.type", "api", "apy"]
