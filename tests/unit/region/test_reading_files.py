"""Files that cannot be read, texts that are no TOML, and names that lead out of the folder. Ids as in the bad-input catalogue."""

import gc
import pickle

import pytest

from talentservice.errors import RegionFileError, TalentServiceError, WrongType
from talentservice.region import load_folder, load_region, region_from_dict

HEAD, PLAN, FORM = "region.toml", "documents/plan.toml", "forms/slip.toml"


def told(problem):
    return problem.file, problem.line, problem.clause, problem.key, problem.en, problem.zh


def test_the_small_region_is_sound(region):
    assert [c.citation.clause for c in region.clauses] == [str(n) for n in range(1, 11)]


@pytest.mark.parametrize("collects", [True, False])
def test_loading_leaves_garbage_collection_as_it_was(hill, tmp_path, collects):
    before = gc.isenabled()
    try:
        (gc.enable if collects else gc.disable)()
        hill.load()
        assert gc.isenabled() is collects
        with pytest.raises(RegionFileError):
            load_folder(tmp_path / "nowhere")
        assert gc.isenabled() is collects
    finally:
        (gc.enable if before else gc.disable)()


# --- files that are not there, or cannot be read ----------------------------------------------------------------------


def test_a_folder_without_a_region(tmp_path):
    with pytest.raises(RegionFileError) as caught:
        load_folder(tmp_path / "nowhere")
    assert caught.value.message("en") == (
        "region: 1 problem in the region's files\nregion.toml: there is no file region.toml to read"
    )
    assert caught.value.message("zh") == "region：规则文件有 1 处问题\nregion.toml：没有文件 region.toml"


def test_an_empty_head_lacks_every_key(hill):
    hill.write(HEAD, "")
    problems = hill.problems()
    assert {p.key for p in problems} == {"api", "id", "name", "division", "documents", "roles"}
    assert all(p.line == 1 and p.en.endswith("is missing") and p.zh.startswith("缺少键") for p in problems)


def test_a_document_that_is_not_there(hill):
    hill.change('["documents/plan.toml"]', '["documents/plan.toml",\n  "documents/2020.toml"]', file=HEAD)
    assert told(hill.the_problem()) == (
        HEAD,
        hill.line('"documents/2020.toml"', HEAD),
        "",
        "documents",
        "there is no file documents/2020.toml to read",
        "没有文件 documents/2020.toml",
    )


def test_a_form_file_that_is_not_there(hill):
    hill.change('file = "forms/slip.toml"', 'file = "forms/slp.toml"')
    assert told(hill.the_problem()) == (
        PLAN,
        hill.line("forms/slp.toml"),
        "hill-plan:7",
        "form.slip.file",
        "there is no file forms/slp.toml to read",
        "没有文件 forms/slp.toml",
    )


def test_a_folder_in_the_place_of_a_file(hill):
    (hill.folder / "documents" / "2020.toml").mkdir()
    hill.change('["documents/plan.toml"]', '["documents/2020.toml"]', file=HEAD)
    problem = hill.the_problem()
    assert problem.en == "there is no file documents/2020.toml to read (IsADirectoryError)"
    assert problem.zh == "没有文件 documents/2020.toml（IsADirectoryError）"


def test_a_document_listed_twice(hill):
    hill.change('["documents/plan.toml"]', '["documents/plan.toml", "documents/plan.toml"]', file=HEAD)
    problem = hill.the_problem()
    assert (problem.file, problem.line, problem.key) == (HEAD, 5, "documents")
    assert (problem.en, problem.zh) == ("documents/plan.toml is listed twice", "文件 documents/plan.toml 列了两次")


@pytest.mark.parametrize(
    "name",
    [
        "../plan.toml",
        "documents/../../plan.toml",
        "/etc/plan.toml",
        "C:plan.toml",
        "a\\\\plan.toml",
        "plan.yaml",
        ".toml",
        "a//b.toml",
    ],
)
def test_a_file_name_does_not_lead_out_of_the_folder(hill, name):
    hill.change('["documents/plan.toml"]', f'["{name}"]', file=HEAD)
    problem = hill.the_problem()
    assert (problem.file, problem.line, problem.key) == (HEAD, 5, "documents")
    assert "stays in it" in problem.en
    assert "地区文件夹之内" in problem.zh


@pytest.mark.parametrize("encoding", ["gbk", "utf-16"])
def test_a_file_that_is_not_utf_8(hill, encoding):
    hill.write(PLAN, hill.text().encode(encoding))
    problem = hill.the_problem()
    assert (problem.file, problem.en) == (PLAN, "the file is not UTF-8 text; save it as UTF-8")
    assert problem.zh == "文件不是 UTF-8 编码；请另存为 UTF-8"
    assert problem.line == {"gbk": 3, "utf-16": 1}[encoding]  # the title is the first line in Chinese


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(hill):
    hill.write(PLAN, b"\xef\xbb\xbf" + hill.text().replace("\n", "\r\n").encode())
    assert hill.load().duty("reply").origin.line == hill.line("[clause.duty.reply]\n")


# --- texts that are no TOML -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "en", "zh"),
    [
        pytest.param('who = "unit', "the text has no closing quote", "文本缺少后引号", id="a-text-left-open"),
        pytest.param(
            "who = unit", "this is no value: text stands in quotes", "值的写法不对：文本须加引号", id="R05-a-bare-word"
        ),
        pytest.param(
            "when = 2019-02-30", "2019-02-30 is no date", "2019-02-30 不是有效的日期", id="a-day-that-is-none"
        ),
        pytest.param("when = 2019-2-3", "2019-2-3 is no date", "2019-2-3 不是有效的日期", id="a-day-written-short"),
        pytest.param('a = "x" "y"', "something stands after the value", "值之后多了内容", id="two-values"),
        pytest.param("a 5", '"=" is missing after the key', "键之后缺少“=”", id="no-equals-sign"),
        pytest.param("= 5", "this is no statement: write key = value, or [table]", "此处不成语句", id="no-key"),
        pytest.param("a = [1", 'the list lacks "]" or a comma', "列表缺少“]”或逗号", id="a-list-left-open"),
        pytest.param("a = { b = 1", 'the table lacks "}" or a comma', "表缺少“}”或逗号", id="a-table-left-open"),
        pytest.param('id = "1"\nid = "2"', "a key stands twice in its table", "键重复", id="a-key-twice"),
        pytest.param("[document]", "the table [document] stands twice", "表 [document] 重复", id="a-table-twice"),
        pytest.param("[[clause]", '"]" is missing', "表头缺少“]”", id="a-header-left-open"),
        pytest.param("a = 1\x00", "something stands after the value", "值之后多了内容", id="a-control-sign"),
        pytest.param('a = "\\d"', "this backslash means nothing", "反斜杠的写法不对", id="a-backslash"),
        pytest.param("a = !!python/object/apply:os.system", "this is no value", "值的写法不对", id="R06-a-yaml-tag"),
        pytest.param("a = " + "9" * 5000, "the number is too large", "数值过大", id="a-number-of-5000-digits"),
        pytest.param("clause: x", '"=" is missing after the key', "键之后缺少“=”", id="R05-yaml"),
    ],
)
def test_a_text_that_is_no_toml_is_told_in_both_languages_with_its_line(hill, line, en, zh):
    hill.write(PLAN, hill.text().replace('issuer = "山区"\n', f'issuer = "山区"\n{line}\n'))
    problem = hill.the_problem()
    assert problem.file == PLAN
    assert problem.en.startswith(f"not valid TOML: {en}")
    assert problem.zh.startswith(f"不是有效的 TOML：{zh}")
    assert 5 <= problem.line <= 6


def test_a_long_line_is_shown_in_part(hill):
    hill.change('issuer = "山区"', "issuer = 山" + "区" * 200)
    problem = hill.the_problem()
    assert problem.en.endswith("…")
    assert len(problem.en) < 150


def test_lists_nested_without_end_are_told_and_not_followed(hill):
    hill.change('issuer = "山区"', "issuer = " + "[" * 4000 + "]" * 4000)
    problem = hill.the_problem()
    assert (problem.file, problem.en, problem.zh) == (PLAN, "tables or lists are nested too deeply", "表或列表嵌套过深")


@pytest.mark.parametrize("levels", [45, 300])
def test_a_condition_nested_too_deeply_is_told_at_its_rule(hill, levels):
    hill.change(
        'when = { field = "major", is = true }',
        "when = " + "{ not = " * levels + '{ field = "major", is = true }' + " }" * levels,
    )
    if levels == 45:
        assert hill.load().route("need", {"major": False}).value == ("leader",)
        return
    problem = hill.the_problem()
    assert (problem.line, problem.key) == (hill.line("[clause.route.major]"), "route.major")
    assert (problem.en, problem.zh) == ("nested too deeply: at most 48 levels", "嵌套过深：至多 48 层")


def test_a_document_that_cannot_be_read_raises_no_false_alarms_elsewhere(hill):
    """Another document and the form refer to what it declares; only the one mistake is told."""
    hill.change('["documents/plan.toml"]', '["documents/plan.toml", "documents/2020.toml"]', file=HEAD)
    hill.write(
        "documents/2020.toml",
        hill.text()[: hill.text().index("[[clause]]")].replace('"hill-plan"', '"hill-2020"')
        + '[[clause]]\nid = "1"\nzh = "催办"\nen = "Urging"\n[clause.duty.urge]\nwho = "office"\ndoes = "ticket.urged"\n'
        'after = { overdue = "reply" }\nwithin = { working_days = { parameter = "explain-days" } }\nalso = ["hill-plan:1"]\n',
    )
    hill.load()
    hill.change("issued = 2019-03-01", "issued = 2019-03-41")
    assert [(p.file, p.line) for p in hill.problems()] == [(PLAN, hill.line("2019-03-41"))]


# --- what is no region at all -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data", [None, 5, "region", [], {}, {"region": 1}, {"documents": []}, {"documents": {"a": 1}}, {"forms": {1: {}}}]
)
def test_a_dict_of_another_form_is_refused(data):
    with pytest.raises((WrongType, RegionFileError)) as caught:
        region_from_dict(data)
    assert caught.value.zh


def test_a_dict_that_holds_itself_is_refused(region):
    data = region.to_dict()
    data["documents"][PLAN]["clause"][0]["duty"]["reply"]["within"] = data
    with pytest.raises(TalentServiceError):
        region_from_dict(data)


def test_a_region_from_a_dict_tells_its_problems_without_lines(region):
    data = region.to_dict()
    data["documents"][PLAN]["clause"][0]["duty"]["reply"]["within"] = "5 days"
    with pytest.raises(RegionFileError) as caught:
        region_from_dict(data)
    assert caught.value.en.split("\n")[1].startswith(f"{PLAN} hill-plan:1 duty.reply.within: ")


def test_r09_a_pickle_is_never_unpickled(hill):
    class Bomb:
        def __reduce__(self):
            return (pytest.fail, ("a pickle was run",))

    hill.write(PLAN, pickle.dumps(Bomb()))
    assert hill.the_problem().file == PLAN
    with pytest.raises(WrongType):
        region_from_dict(pickle.dumps(Bomb()))


def test_a_package_that_is_not_there_is_an_import_error():
    with pytest.raises(ModuleNotFoundError):
        load_region("talentservice_nowhere")


# --- other files of the region --------------------------------------------------------------------------------------------


def test_another_file_beside_the_region_can_be_read(hill):
    hill.write("sample.toml", 'on = 2021-06-18\nname = "x"\n')
    assert hill.load().file("sample.toml")["name"] == "x"


@pytest.mark.parametrize("name", ["nowhere.toml", "../region.toml"])
def test_another_file_that_cannot_be_read_is_told(region, name):
    with pytest.raises(RegionFileError) as caught:
        region.file(name)
    assert name in caught.value.en or "stays in it" in caught.value.en


def test_a_region_from_a_dict_has_no_other_files(region):
    assert region_from_dict(region.to_dict()).file("sample.toml") == {}
