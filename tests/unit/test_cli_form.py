"""``talentservice form``: forms filled in one by one and by the table, read back, and nothing overwritten or lost on the way.

All persons and firms are invented.
"""

import errno
import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from openpyxl import Workbook, load_workbook
from tests.unit.called import caller

from talentservice import region
from talentservice.cli.chinese import reason
from talentservice.cli.form.data import Given
from talentservice.cli.form.files import safe
from talentservice.cli.form.fill import Told
from talentservice.cli.form.naming import name_of
from talentservice.cli.output import program as called_as
from talentservice.forms.model import FieldProblem
from talentservice.labels import Label

pytest.importorskip("talentservice_jintan", reason="the region whose forms are filled in is not installed")

SLIP = ["jintan", "assignment-slip"]
NEEDS = ["jintan", "needs-summary"]
MOMENT = datetime.fromisoformat  # as a spreadsheet has it: without a zone
ONE = {"ticket_no": "T-1", "due_on": "2020.7.24", "lead_unit": "住建局"}
MANY = [
    {**ONE, "person_name": "甲某"},
    {**ONE, "ticket_no": "T-2", "due_on": "soon", "assigned_on": 7, "leed_unit": "x"},
    {**ONE, "ticket_no": "T-3", "person_name": "丙某"},
]
TABLE = """企业名称,人才/联系人,职务,联系电话,诉求类型,简要描述
某甲公司,甲某,总经理,0519-80000000,人才诉求,公寓两套
某乙公司,乙某,经理,123,其他诉求,转学
某丙公司,丙某,厂长,0519-80000001,企业诉求,=1+1
"""


@pytest.fixture
def cli(capsys, monkeypatch, tmp_path):
    """Run ``talentservice form`` in this process, in English unless told otherwise, in a folder of its own."""
    return caller(capsys, monkeypatch, tmp_path, "form")


def put(name, value):
    """A file of that name with JSON, JSON lines, or text."""
    lines = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if name.endswith(".jsonl") and not isinstance(value, str):
        lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in value)
    Path(name).write_text(lines, encoding="utf-8")
    return name


def names(folder="."):
    return sorted(str(p.relative_to(folder)) for p in Path(folder).rglob("*") if p.is_file())


# ---- what there is ----------------------------------------------------------------------------------------------------------


def test_the_forms_of_a_region_are_listed_with_what_lays_them_down(cli):
    found = cli("list", "jintan", "--json").json
    assert found["formats"] == ["html", "docx", "xlsx", "pdf"]
    slip = next(f for f in found["forms"] if f["id"] == "feedback-slip")
    assert (slip["form"], slip["clauses"], slip["annex"]) == ("jintan.a6", ["jintan:附件6-1"], "附件 6")
    closed_on = next(f for f in slip["fields"] if f["id"] == "closed_on")
    assert (closed_on["type"], closed_on["label"]["zh"], closed_on["required"]) == ("date", "办结时间", False)
    items = next(f for f in found["forms"] if f["id"] == "needs-summary")["fields"]
    assert [f["id"] for f in items if f["repeat"]][:2] == ["items.enterprise_name", "items.person"]
    assert "jintan" in {f["region"] for f in cli("list", "--json").json["forms"]}


def test_the_schema_of_a_form(cli):
    schema = cli("schema", *SLIP).json
    assert schema["properties"]["due_on"]["title"] == "完成时限"
    assert "2021" in json.dumps(cli("schema", "jintan", "visit-other", "--year", "2022").json)


def test_a_form_there_is_not(cli):
    shown = cli("blank", "jintan", "assignment-slp", "--to", "a.html", "--json")
    assert (shown.code, shown.error["code"]) == (2, "unknown-name")
    assert "Did you mean 'assignment-slip'?" in shown.error["en"]
    assert names() == []


# ---- one form ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ending", "head"), [("html", b"<!doctype"), ("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")]
)
def test_a_form_is_written_in_the_format_its_name_says(cli, ending, head):
    put("v.json", ONE)
    if ending == "pdf" and not _fonts():
        pytest.skip("no font with Chinese signs on this system")
    shown = cli("fill", *SLIP, "--data", "v.json", "--to", f"new/a.{ending.upper()}")
    assert (shown.code, shown.out, shown.err) == (0, f"written: new/a.{ending.upper()}\n", "")
    assert Path(f"new/a.{ending.upper()}").read_bytes().startswith(head)


def _fonts():
    from talentservice.forms import FontSet

    return FontSet.detect().files


def test_a_blank_form_with_its_years_moved_on(cli):
    cli("blank", "jintan", "visit-other", "--to", "old.html")
    cli("blank", "jintan", "visit-other", "--to", "new.html", "--year", "2023")
    old, new = (Path(name).read_text(encoding="utf-8") for name in ("old.html", "new.html"))
    assert "2017" in old
    assert "2017" not in new
    assert "2022" in new


def test_a_year_is_refused_where_a_form_prints_none(cli):
    put("v.json", ONE)
    for words in (
        ["blank", *SLIP, "--to", "a.html"],
        ["fill", *SLIP, "--data", "v.json", "--to", "a.html"],
        ["schema", *SLIP],
    ):
        shown = cli(*words, "--year", "2023", "--json")
        assert (shown.code, shown.error["code"]) == (2, "input")
        assert shown.error["en"] == "the form assignment-slip prints no years; leave out --year"
        assert shown.error["zh"] == "表单 assignment-slip 没有印年份；请去掉 --year"
    assert names() == ["v.json"]


@pytest.mark.parametrize(("year", "says"), [("abc", "应为整数"), ("2023.5", "应为整数")])
def test_a_number_that_is_none_is_told_in_the_readers_language(cli, year, says):
    shown = cli("blank", "jintan", "visit-other", "--to", "a.html", "--year", year, "--lang", "zh")
    assert (shown.code, shown.err.splitlines()[-1]) == (2, f"错误：'--year' 的值无效：{says}")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("'abc' is not a valid integer.", "应为整数"),
        ("Input should be a valid number, unable to parse string as a number", "应为数字"),
        ("Input should be a valid decimal", "应为数字"),
        ("Input should be greater than or equal to 1", "应不小于 1"),
        ("'b' is not one of 'zh', 'en'.", "'b' 不在可选值之中：'zh', 'en'"),
        ("as nobody has worded it yet", "as nobody has worded it yet"),
    ],
)
def test_why_a_value_is_refused_is_said_in_chinese_where_the_wording_is_known(text, says):
    assert reason(text) == says


def test_an_option_that_would_do_nothing_is_refused(cli):
    Path("fonts").mkdir()
    shown = cli("blank", *SLIP, "--to", "a.docx", "--font", "fonts", "--lang", "zh")
    assert (shown.code, shown.err) == (2, "错误：--font 只用于 PDF；.docx 使用打开文件的电脑上的字体\n")
    put("v.json", ONE)
    shown = cli("fill", *SLIP, "--data", "v.json", "--to", "a.html", "--as", "docx")
    assert (shown.code, shown.err) == (2, "error: --as is for a folder; a.html says its format by its own ending\n")
    assert names() == ["v.json"]


def test_a_label_the_source_lost_is_supplied(cli):
    cli("blank", "nanhai", "need-slip", "--to", "a.html", "--label", "person_name=申请人")
    assert "申请人" in Path("a.html").read_text(encoding="utf-8")
    wrong = cli("blank", "nanhai", "need-slip", "--to", "b.html", "--label", "contact=电话", "--json")
    assert (wrong.code, wrong.error["code"]) == (2, "unknown-name")
    assert cli("blank", "nanhai", "need-slip", "--to", "b.html", "--label", "申请人", "--json").error["code"] == "input"


def test_boxes_are_marked_as_the_office_marks_them(cli):
    put("v.json", {"ticket_no": "T-1", "closed": True, "closed_on": "2020-7-20"})
    assert cli("fill", "jintan", "visit-lead-talent", "--data", put("w.json", {"talent.honours": ["省“产业教授”"]}), "--to", "a.html", "--marks", "√□").code == 0  # fmt: skip
    page = Path("a.html").read_text(encoding="utf-8")
    assert "√" in page
    assert "☑" not in page
    for signs in ("xy", "√", "□√"):
        wrong = cli("blank", *SLIP, "--to", "b.html", "--marks", signs)
        assert (wrong.code, "--marks takes two signs" in wrong.err) == (2, True)
    assert names() == ["a.html", "v.json", "w.json"]


def test_a_file_that_is_there_stays_unless_force_says_so(cli):
    put("v.json", ONE)
    put("a.html", "mine")
    shown = cli("fill", *SLIP, "--data", "v.json", "--to", "a.html")
    assert (shown.code, shown.err) == (2, "error: a.html is there already; --force replaces it\n")
    assert cli("blank", *SLIP, "--to", "a.html").code == 2
    assert Path("a.html").read_text(encoding="utf-8") == "mine"
    assert cli("fill", *SLIP, "--data", "v.json", "--to", "a.html", "--force").code == 0
    assert "住建局" in Path("a.html").read_text(encoding="utf-8")


def test_values_that_do_not_fit_are_told_all_at_once_and_nothing_is_written(cli):
    put("v.json", {**MANY[1], "lead_unit": 7})
    shown = cli("fill", *SLIP, "--data", "v.json", "--to", "a.html", "--lang", "zh")
    assert (shown.code, shown.out) == (1, "")
    lines = shown.err.splitlines()
    assert len(lines) == 4
    assert any(line.startswith("v.json，due_on（完成时限）：应为日期") for line in lines)
    assert any("是否指“lead_unit”" in line for line in lines)
    assert names() == ["v.json"]
    told = cli("fill", *SLIP, "--data", "v.json", "--to", "a.html", "--json")
    assert (told.code, told.json["written"]) == (1, [])
    assert {p["field"] for p in told.json["refused"][0]["problems"]} == {
        "due_on",
        "assigned_on",
        "leed_unit",
        "lead_unit",
    }


@pytest.mark.parametrize(
    ("name", "text", "to", "says"),
    [
        ("v.json", "7", "a.html", "v.json holds no JSON object"),
        ("v.json", "{", "a.html", "v.json, line 1, column 2: a key in double quotes is due; the text ends here"),
        ("v.json", " \n", "a.html", "v.json is empty"),
        ("v.json", "[]", "a.html", "v.json holds no entry"),
        ("v.jsonl", "\n", "a.html", "v.jsonl is empty"),
        ("v.txt", "{}", "a.html", "a table ends in .csv, .xlsx or .jsonl"),
        ("v.json", "{}", "a.odt", "a form is written to .html, .docx, .xlsx, .pdf, not to 'a.odt'"),
        ("v.json", "{}", "a", "not to 'a'; add an ending, or / for a folder"),
        (
            "v.json",
            "{}",
            "{lead}.html",
            "--to: the form has no field 'lead' that is filled in once; did you mean 'lead_unit'?",
        ),
        ("v.json", "{}", "{../x}.html", "--to: the form has no field '../x' that is filled in once"),
        ("v.json", "{}", "{lead_unit}", "not to '{lead_unit}'; add an ending, or / for a folder"),
    ],
)
def test_a_wrong_call_writes_nothing(cli, name, text, to, says):
    shown = cli("fill", *SLIP, "--data", put(name, text), "--to", to)
    assert (shown.code, shown.out) == (2, "")
    assert says in shown.err
    assert names() == [name]


def test_broken_json_is_told_by_line_and_column_and_never_by_what_stands_in_it(cli):
    put("v.json", '{\n  "person_name": "甲某",\n  "phone": "0519-80000000"\n  "lead_unit": "住建局"\n}')
    english = cli("fill", *SLIP, "--data", "v.json", "--to", "a.html")
    due = "error: v.json, line 4, column 3 (after 'phone'): ',' or the closing bracket is due, got \"\n"
    assert (english.code, english.err) == (2, due)
    chinese = cli("fill", *SLIP, "--data", "v.json", "--to", "a.html", "--lang", "zh")
    assert chinese.err == '错误：v.json 第 4 行第 3 列（“phone”之后）：应为“,”或结束括号，实为 "\n'


def test_json_that_says_a_thing_twice_or_a_number_that_is_none_is_told_by_its_path(cli):
    put("v.json", '[{"ticket_no": "T-1"}, {"finance": {"2018": {"profit": Infinity, "tax": 1, "tax": 2}}}]')
    shown = cli("fill", "jintan", "visit-lead-talent", "--data", "v.json", "--to", "{n}.html", "--json")
    assert (shown.code, shown.error["code"], names()) == (2, "table", ["v.json"])
    assert shown.error["en"] == "v.json, 1.finance.2018: given twice: tax"
    put("v.json", '{"finance": {"2018": {"profit": Infinity, "tax": -Infinity}}}')
    again = cli("fill", "jintan", "visit-lead-talent", "--data", "v.json", "--to", "{n}.html", "--json").error["zh"]
    assert again == "v.json finance.2018.profit：Infinity 不是数字；finance.2018.tax：-Infinity 不是数字"


def test_a_file_that_is_not_there(cli):
    for name in ("no.json", "no.csv"):
        shown = cli("fill", *SLIP, "--data", name, "--to", "a.html", "--json")
        assert (shown.code, shown.error["code"]) == (2, "table")
        assert (shown.error["en"], shown.error["zh"]) == (
            f"cannot read {name}: no such file",
            f"读不到 {name}：文件不存在",
        )


@pytest.mark.parametrize(
    ("number", "en", "zh"),
    [
        (errno.ENOENT, "no such file", "文件不存在"),
        (errno.EACCES, "permission denied", "没有权限"),
        (errno.EISDIR, "it is a folder", "是文件夹"),
        (errno.EIO, "as the system says", "as the system says"),
    ],
)
def test_what_the_system_says_of_a_file_is_said_in_the_readers_language(cli, monkeypatch, number, en, zh):
    put("v.json", ONE)
    assert region("jintan").form("assignment-slip").layout  # the region's own files are read before none can be

    def refused(*_, **__):
        raise OSError(number, "as the system says")

    for reader in ("read_bytes", "read_text"):
        monkeypatch.setattr(Path, reader, refused)
    filled = cli("fill", *SLIP, "--data", "v.json", "--to", "a.html", "--json").error
    assert (filled["en"], filled["zh"]) == (f"cannot read v.json: {en}", f"读不到 v.json：{zh}")
    read = cli("read", *SLIP, "v.json", "--lang", "zh")
    assert (read.code, read.err) == (2, f"错误：读不到 v.json：{zh}\n")


def test_a_file_where_a_folder_is_due_is_told(cli):
    put("v.json", ONE)
    shown = cli("blank", *SLIP, "--to", "v.json/a.html", "--lang", "zh")
    assert shown.err == "错误：无法写入 v.json/a.html：应为文件夹处已有同名文件\n"


@pytest.mark.skipif(os.name == "nt", reason="there a folder is something one may not read")
def test_a_folder_is_no_form(cli):
    Path("back").mkdir()
    assert cli("read", *SLIP, "back", "--lang", "zh").err == "错误：读不到 back：是文件夹\n"


# ---- many forms -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "place"), [("v.json", ("entry 2", "第 2 项")), ("v.jsonl", ("line 2", "第 2 行"))])
def test_of_many_forms_each_that_is_wrong_is_told_and_the_others_are_written(cli, name, place):
    shown = cli("fill", *SLIP, "--data", put(name, MANY), "--to", "out/{n}-{person_name}.html", "--json")
    assert shown.code == 1
    assert shown.json["written"] == ["out/1-甲某.html", "out/3-丙某.html"]
    (refused,) = shown.json["refused"]
    assert (refused["en"], refused["zh"]) == place
    assert {p["field"] for p in refused["problems"]} == {"due_on", "assigned_on", "leed_unit"}
    assert names("out") == ["1-甲某.html", "3-丙某.html"]
    assert "T-3" in Path("out/3-丙某.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("[1]", "not a JSON object"),
        ("7", "not a JSON object"),
        ("{", "not a JSON object: column 2: a key in double quotes is due; the text ends here"),
        ('{"due_on": NaN}', "due_on: NaN is no number"),
        ('{"due_on": 1, "due_on": 2}', "given twice: due_on"),
    ],
)
def test_a_line_that_is_no_object_is_told_and_the_others_are_written(cli, line, says):
    put("v.jsonl", f"{json.dumps(ONE)}\n\n{line}\n{json.dumps(ONE)}\n")
    shown = cli("fill", *SLIP, "--data", "v.jsonl", "--to", "out/")
    assert (shown.code, shown.out.splitlines()[-1]) == (1, "wrote 2 of 3 forms")
    assert shown.err == f"line 3: {says}\n"
    assert names("out") == ["assignment-slip-1.docx", "assignment-slip-3.docx"]


def test_a_folder_takes_files_of_the_format_that_is_named(cli):
    put("v.json", MANY[::2])
    Path("out").mkdir()
    assert cli("fill", *SLIP, "--data", "v.json", "--to", "out", "--as", "html").code == 0
    assert names("out") == ["assignment-slip-1.html", "assignment-slip-2.html"]
    assert cli("fill", *SLIP, "--data", "v.json", "--to", "out", "--as", "odt").code == 2


def test_numbers_in_names_are_as_wide_as_the_last_one(cli):
    put("v.json", [{"ticket_no": f"T-{n}"} for n in range(1, 13)])
    shown = cli("fill", *SLIP, "--data", "v.json", "--to", "out/{n}.html")
    assert shown.code == 0
    assert names("out") == [f"{n:02}.html" for n in range(1, 13)]
    assert shown.out.endswith("written: out/10.html\nand 2 more files\n")


def test_two_forms_never_share_a_name(cli):
    put("v.json", [{"person_name": name} for name in ("Ab", "aB", "b", None)])
    shown = cli("fill", *SLIP, "--data", "v.json", "--to", "{person_name}.html")
    assert shown.code == 1
    assert "entry 2: the name aB.html was used for entry 1 already; put {n} into --to" in shown.err
    assert names() == ["4.html", "Ab.html", "b.html", "v.json"], "the number stands for a blank"
    again = cli("fill", *SLIP, "--data", "v.json", "--to", "{person_name}.html", "--lang", "zh")
    assert "第 1 项：Ab.html 已存在；要替换请加 --force" in again.err


def test_many_forms_do_not_go_into_one_file(cli):
    shown = cli("fill", *SLIP, "--data", put("v.json", MANY), "--to", "a.html")
    assert (shown.code, names()) == (2, ["v.json"])
    assert "--to takes a folder, or a name with {n} or {FIELD}" in shown.err


def test_a_name_that_comes_twice_in_a_table_is_told_by_its_rows(cli):
    put("t.csv", "编号\nT-1\nT-2\nT-1\n")
    shown = cli("fill", *SLIP, "--data", "t.csv", "--to", "{编号}.html", "--lang", "zh")
    assert shown.err == "第 4 行：文件名 T-1.html 已用于第 2 行；请在 --to 中加入 {n}\n"
    assert names() == ["T-1.html", "T-2.html", "t.csv"]


def test_a_value_for_every_form_fills_what_an_entry_leaves_blank(cli):
    put("v.json", [{"ticket_no": "T-1"}, {"ticket_no": "T-2", "lead_unit": " "}, {"ticket_no": "T-3", "lead_unit": None}])  # fmt: skip
    assert cli("fill", *SLIP, "--data", "v.json", "--to", "{n}.html", "--set", "lead_unit=住建局").code == 0
    assert all("住建局" in Path(f"{n}.html").read_text(encoding="utf-8") for n in (1, 2, 3))


def test_an_entry_that_says_something_else_than_the_value_for_every_form_is_refused(cli):
    put("t.csv", "编号,主办单位,完成时限\nT-1,住建局,2020/7/24\nT-2,教育局,2020年7月24日\nT-3,,2020-7-25\n")
    words = ["--set", "lead_unit=住建局", "--set", "due_on=2020.7.24"]
    shown = cli("fill", *SLIP, "--data", "t.csv", "--to", "{n}.html", *words, "--lang", "zh")
    assert (shown.code, names()) == (1, ["1.html", "t.csv"])
    assert shown.err == "第 3 行“主办单位”：与 --set 所给的值不同\n第 4 行“完成时限”：与 --set 所给的值不同\n"
    put("v.json", {"lead_unit": "教育局"})
    one = cli("fill", *SLIP, "--data", "v.json", "--to", "a.html", "--set", "lead_unit=住建局")
    assert (one.code, one.err) == (1, "v.json, lead_unit (Lead unit): says something else than --set\n")


def test_a_value_for_every_form_reaches_nested_values_and_is_never_lost(cli):
    words = ["fill", "jintan", "visit-other", "--to", "{n}.html", "--set", "企业名称=某甲公司", "--set", "2018年利润=12.5"]  # fmt: skip
    put("v.json", [{"enterprise": {"address": "某路"}}, {"enterprise": None}, {"finance": {"2018": {"profit": "13"}}}])
    shown = cli(*words, "--data", "v.json")
    assert shown.code == 1
    assert shown.err == (
        "entry 2, enterprise.name (Enterprise): says something else than --set\n"
        "entry 3, finance.2018.profit (Profit): says something else than --set\n"
    )
    page = Path("1.html").read_text(encoding="utf-8")
    assert [text in page for text in ("某甲公司", "某路", "12.5")] == [True, True, True]


def test_a_value_for_every_form_is_checked_whatever_the_table_says(cli):
    put("t.csv", "编号,是否办结\nT-1,否\n")
    words = ["fill", "jintan", "feedback-slip", "--data", "t.csv", "--to", "{n}.html"]
    for name in ("closed", "是否办结"):
        shown = cli(*words, "--set", f"{name}=maybe", "--lang", "zh")
        assert (shown.code, shown.out, names()) == (2, "", ["t.csv"])
        assert shown.err == "错误：--set closed（是否办结）：应为“是”或“否”，实为“maybe”\n"


def test_fields_are_named_by_printed_label_wherever_they_are_typed(cli):
    put("t.csv", TABLE)
    cli("fill", *NEEDS, "--data", "t.csv", "--to", "{汇总人}.html", "--set", "汇总人=王某")
    assert "王某" in Path("王某.html").read_text(encoding="utf-8")
    put("v.json", {"ticket_no": "T-1"})
    assert cli("fill", "jintan", "feedback-slip", "--data", "v.json", "--to", "{ 交办单编号 }.html").code == 0
    assert names() == ["T-1.html", "t.csv", "v.json", "王某.html"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ["--to", "a.html", "--set", "汇总=甲某"],
            "--set：表中没有只填一次的栏目“汇总”；是否指“summarised_by”（汇总人）？",
        ),
        (["--to", "a.html", "--set", "天气=晴"], "--set：表中没有只填一次的栏目“天气”"),
        (["--to", "a.html", "--set", "联系电话=0519-80000000"], "--set：表中没有只填一次的栏目“联系电话”"),
        (["--to", "a.html", "--set", "汇总人=甲某", "--set", "summarised_by=乙某"], "--set 重复给出“summarised_by”"),
        (["--to", "{汇总}.html"], "--to：表中没有只填一次的栏目“汇总”；是否指“summarised_by”（汇总人）？"),
    ],
)
def test_a_name_typed_in_an_option_that_names_no_field_is_told(cli, words, says):
    put("t.csv", TABLE)
    shown = cli("fill", *NEEDS, "--data", "t.csv", *words, "--lang", "zh")
    assert (shown.code, shown.err, names()) == (2, f"错误：{says}\n", ["t.csv"])


def test_a_label_of_several_fields_is_told_with_their_ids(cli):
    put("v.json", {})
    shown = cli("fill", "jintan", "visit-other", "--data", "v.json", "--to", "{发明}.html")
    assert (shown.code, names()) == (2, ["v.json"])
    assert shown.err == "error: --to: '发明' names several fields: ip.granted.invention, ip.planned.invention\n"


@pytest.mark.parametrize(
    ("values", "to", "written"),
    [
        (MANY[::2], ["out"], ["out/assignment-slip-1.docx", "out/assignment-slip-2.docx"]),
        (MANY[::2], ["out", "--as", "xlsx"], ["out/assignment-slip-1.xlsx", "out/assignment-slip-2.xlsx"]),
        (ONE, ["out", "--as", "html"], ["out/assignment-slip-1.html"]),
        (MANY[::2], ["out/{编号}", "--as", "html"], ["out/T-1.html", "out/T-3.html"]),
    ],
)
def test_a_name_without_an_ending_is_a_folder_for_many_or_with_a_format(cli, values, to, written):
    put("v.json", values)
    shown = cli("fill", *SLIP, "--data", "v.json", "--to", *to, "--json")
    assert (shown.code, shown.json["written"]) == (0, written)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("..", "_"),
        (".", "_"),
        ("", "_"),
        ("a/b\\c:d", "a_b_c_d"),
        ('<"x|y?*>', "__x_y___"),
        ("/etc", "_etc"),
        ("con", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("a\nb\tc\x00", "a_b_c_"),
        (" 甲某. ", "甲某"),
        ("长" * 80, "长" * 50),
        ("~", "~"),
    ],
)
def test_a_value_in_a_name_cannot_lead_elsewhere(value, name):
    assert safe(value) == name


def test_a_row_cannot_climb_out_of_its_folder(cli, tmp_path):
    """F21: values from somebody's table become parts of paths."""
    work = tmp_path / "work"
    work.mkdir()
    os.chdir(work)
    put(
        "v.json",
        [{"person_name": "../../x"}, {"person_name": "/etc/y"}, {"person_name": "..\\..\\z"}, {"person_name": ".."}],
    )
    assert cli("fill", *SLIP, "--data", "v.json", "--to", "out/{person_name}.html").code == 0
    assert names("out") == ["_.._x.html", "_.._z.html", "_.html", "_etc_y.html"]
    assert names(tmp_path) == [f"work/{n}" for n in names(work)]
    assert all(n.startswith(("out/", "v.json")) for n in names(work))


# ---- tables -----------------------------------------------------------------------------------------------------------------


def test_a_problem_is_told_by_the_column_its_own_value_came_from():
    row = Given(
        Label(zh="第 2 行", en="row 2"), {}, columns={"name": "姓名", "enterprise.name": "企业名称", "": "备注"}
    )
    label = Label(zh="名称", en="name")
    told = Told(row, [FieldProblem(key, key, label, "wrong", "有误") for key in ("enterprise.name", "name", "talent.name", "")])  # fmt: skip
    assert [p.where.zh for p in told.by_column().problems] == ["企业名称", "姓名", "talent.name", ""]


def test_the_rows_of_a_table_become_the_rows_of_a_list(cli):
    put("t.csv", TABLE)
    shown = cli(
        "fill", *NEEDS, "--data", "t.csv", "--to", "s.html", "--set", "group_no=二", "--set", "summary_date=2020.7.7"
    )
    assert (shown.code, shown.out) == (1, "written: s.html\nwrote 2 of 3 rows\n")
    assert [line.partition(":")[0] for line in shown.err.splitlines()] == ["row 3, 联系电话", "row 3, 诉求类型"]
    page = Path("s.html").read_text(encoding="utf-8")
    for text in ("第<u>二</u>专班小组", "2020年7月7日", "某甲公司", "某丙公司", "=1+1"):
        assert text in page
    assert "某乙公司" not in page
    chinese = cli("fill", *NEEDS, "--data", "t.csv", "--to", "z.html", "--lang", "zh")
    assert chinese.out == "已写：z.html\n共 3 行，写入 2 行\n"
    assert "第 3 行“诉求类型”：应为所列选项之一：人才诉求、企业诉求，实为“其他诉求”" in chinese.err
    assert "123" not in chinese.err, "a telephone number is personal"


def test_a_row_that_is_refused_is_named_by_its_own_place_and_keys(cli):
    put("t.csv", TABLE)
    (refused,) = cli("fill", *NEEDS, "--data", "t.csv", "--to", "s.html", "--json").json["refused"]
    assert (refused["en"], refused["zh"]) == ("row 3", "第 3 行")
    assert [(p["field"], p["where"]["zh"]) for p in refused["problems"]] == [
        ("phone", "联系电话"),
        ("request_type", "诉求类型"),
    ]
    put("v.json", [{"enterprise_name": "某甲公司"}, {"request_type": "其他诉求", "phone": "123"}])
    (refused,) = cli("fill", *NEEDS, "--data", "v.json", "--to", "v.html", "--json").json["refused"]
    assert (refused["en"], [(p["field"], p["where"]["en"]) for p in refused["problems"]]) == (
        "entry 2",
        [("phone", "phone"), ("request_type", "request_type")],
    )
    lines = cli("fill", *NEEDS, "--data", "v.json", "--to", "w.html").err.splitlines()
    assert [line.partition(" (")[0] for line in lines] == ["entry 2, phone", "entry 2, request_type"]


def test_when_no_row_fits_nothing_is_written_and_the_last_line_says_so(cli):
    put("t.csv", "企业名称,诉求类型\n某甲公司,转学\n某乙公司,转学\n")
    shown = cli("fill", *NEEDS, "--data", "t.csv", "--to", "s.html")
    assert (shown.code, shown.out, names()) == (1, "wrote 0 of 2 rows\n", ["t.csv"])
    put("u.csv", TABLE)
    whole = cli("fill", *NEEDS, "--data", "u.csv", "--to", "s.html", "--set", "summary_date=soon")
    assert (whole.code, whole.out) == (2, "")
    assert whole.err == "error: --set summary_date (Summed up on): a date, such as 2020-06-23 is due, got 'soon'\n"


def test_a_list_too_long_for_the_file_is_told_as_such(cli):
    put("v.json", [{"enterprise_name": "某甲公司"}] * 6005)
    shown = cli("fill", *NEEDS, "--data", "v.json", "--to", "a.docx")
    assert (shown.code, shown.out, names()) == (1, "wrote 0 of 6005 rows\n", ["v.json"])
    assert shown.err == (
        "the whole form: the form has more than 6000 table rows, and no Word document with more is read back; "
        "make several files of it\n"
    )
    (refused,) = cli("fill", *NEEDS, "--data", "v.json", "--to", "a.docx", "--json").json["refused"]
    assert (refused["code"], refused["zh"]) == ("too-large", "全表")
    assert [p["zh"] for p in refused["problems"]] == ["本表超过 6000 行表格，超出的 Word 文件无法读回；请分成几个文件"]


def test_each_row_of_a_list_may_have_a_file_of_its_own(cli):
    put("t.csv", TABLE)
    shown = cli("fill", *NEEDS, "--data", "t.csv", "--to", "each/{n}.html", "--each", "--json")
    assert (shown.code, shown.json["written"]) == (1, ["each/1.html", "each/3.html"])
    page = Path("each/3.html").read_text(encoding="utf-8")
    assert ("某丙公司" in page, "某甲公司" in page) == (True, False)


def test_entries_of_json_become_the_rows_of_a_list_as_well(cli):
    put("v.jsonl", [{"enterprise_name": "某甲公司"}, {"enterprise_name": "某乙公司", "request_type": "人才诉求"}])
    assert cli("fill", *NEEDS, "--data", "v.jsonl", "--to", "s.html").code == 0
    page = Path("s.html").read_text(encoding="utf-8")
    assert ("某甲公司" in page, "某乙公司" in page) == (True, True)
    put("w.json", {"group_no": "三", "items": [{"enterprise_name": "某丁公司"}]})
    assert cli("fill", *NEEDS, "--data", "w.json", "--to", "w.html").code == 0
    assert "某丁公司" in Path("w.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "header",
    [
        "编号,人才姓名(企业联系人),完成时限",
        "编 号,人才姓名（企业联系人）,完成时限",
        "ticket_no,person_name,due_on",
        "No.,Talent, or contact of the enterprise,To be finished by".replace("Talent, or", '"Talent, or').replace("enterprise,", 'enterprise",'),
    ],
)  # fmt: skip
def test_columns_are_named_by_id_or_label_however_they_are_spaced(cli, header):
    put("t.csv", f"{header}\nT-1,甲某,2020/7/24\n")
    shown = cli("fill", *SLIP, "--data", "t.csv", "--to", "a.html")
    assert (shown.code, shown.err) == (0, "")
    page = Path("a.html").read_text(encoding="utf-8")
    for text in ("T-1", "甲某", "2020年7月24日"):
        assert text in page


@pytest.mark.parametrize(
    ("form", "header", "en", "zh"),
    [
        ("assignment-slip", "编号,完成时间", "no field '完成时间' (did you mean 'due_on'?)", "没有栏目“完成时间”（是否指“due_on”？）"),
        ("assignment-slip", "编号,ticket_no", "the column 'ticket_no' comes twice: ticket_no", "列“ticket_no”重复"),
        ("visit-lead-talent", "已拨付", "the column '已拨付' names several fields: funding.district.paid", "列“已拨付”可指多个栏目"),
        ("visit-lead-talent", "天气,编号", "no field '天气'; no field '编号'", "没有栏目“天气”；表中没有栏目“编号”"),
    ],
)  # fmt: skip
def test_a_column_that_names_no_one_field_is_an_error(cli, form, header, en, zh):
    put("t.csv", f"{header}\n1,1\n")
    shown = cli("fill", "jintan", form, "--data", "t.csv", "--to", "{n}.html", "--json")
    assert (shown.code, shown.error["code"]) == (2, "table")
    assert en in shown.error["en"]
    assert zh in shown.error["zh"]


def test_a_row_with_more_cells_than_columns_is_told(cli):
    put("t.csv", "编号,完成时限\nT-1,2020-7-24\nT-2,2020-7-24,x\n")
    shown = cli("fill", *SLIP, "--data", "t.csv", "--to", "{n}.html")
    assert (shown.code, shown.err) == (1, "row 3: has more cells than the header has columns\n")
    assert names() == ["1.html", "t.csv"]


def workbook(name, *rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(name)
    return name


def test_cells_of_a_workbook_are_read_as_they_are_meant(cli):
    header = [
        "企业名称",
        "注册时间",
        "人才姓名",
        "出生年月",
        "入选时间",
        "入选批次",
        "2018年主营收入",
        "正式员工数量",
        "是否在岗",
        "finance.2019.profit",
    ]
    row = ["某甲公司", date(2016, 5, 18), "甲某", date(2001, 3, 1), date(2018, 10, 1), 9, 1200.5, 86.0, "是", -566]
    shown = cli("fill", "jintan", "visit-lead-talent", "--data", workbook("t.xlsx", header, row), "--to", "a.docx")
    assert (shown.code, shown.err) == (0, "")
    found = region("jintan").form("visit-lead-talent").read(Path("a.docx"))
    assert found.problems == ()
    values = found.values
    assert values["enterprise"]["registered_on"] == date(2016, 5, 18)
    assert (values["talent"]["birth_month"], values["talent"]["selected_on"]) == ("2001-03", date(2018, 10, 1))
    assert (values["talent"]["selected_batch"], values["staff"]["regular"], values["talent"]["on_post"]) == (
        "9",
        86,
        True,
    )
    assert str(values["finance"]["2018"]["main_revenue"]) == "1200.5"
    assert str(values["finance"]["2019"]["profit"]) == "-566"


@pytest.mark.parametrize(
    ("column", "cell", "says"),
    [
        ("占股比例", 0.3, "row 2, 占股比例: a percentage with its sign"),
        ("人才姓名", 12345678901234567890, "row 2, 人才姓名: a number this long may have lost its last digits"),
        ("企业名称", "=A1&B1", "row 2, 企业名称: a formula without a stored value"),
        ("注册时间", 42508, "row 2, 注册时间: a date"),
        ("正式员工数量", 8.5, "row 2, 正式员工数量: a whole number"),
        ("正式员工数量", date(2020, 1, 1), "row 2, 正式员工数量: a whole number"),
        ("注册时间", MOMENT("2016-05-18 09:30"), "row 2, 注册时间: a date"),
        ("注册时间", time(9, 30), "row 2, 注册时间: a date"),
        ("注册时间", timedelta(hours=30), "row 2, 注册时间: a date"),
        ("出生年月", 1979.10, "row 2, 出生年月: a number where a month is due; write it as text, as 1979年10月\n"),
        ("注册时间", 2016.5, "row 2, 注册时间: a number where a date is due; write it as text, as 1979年10月5日\n"),
        ("入选时间", 2018.1, "row 2, 入选时间: a number where a date is due; write it as text, as 1979年10月5日\n"),
        ("出生年月", MOMENT("2001-03-01 00:00:01"), "row 2, 出生年月: a month"),
    ],
)  # fmt: skip
def test_a_cell_that_may_not_mean_what_it_seems_is_told(cli, column, cell, says):
    workbook("t.xlsx", [column], [cell])
    shown = cli("fill", "jintan", "visit-lead-talent", "--data", "t.xlsx", "--to", "a.html")
    assert shown.code == 1
    assert shown.err.startswith(says)
    assert names() == ["t.xlsx"]


def test_a_whole_number_of_eight_digits_is_a_day(cli):
    workbook("t.xlsx", ["注册时间", "入选时间"], [20200623, 20181001.0])
    assert cli("fill", "jintan", "visit-lead-talent", "--data", "t.xlsx", "--to", "a.docx").code == 0
    values = region("jintan").form("visit-lead-talent").read(Path("a.docx")).values
    assert values["enterprise"]["registered_on"] == date(2020, 6, 23)
    assert values["talent"]["selected_on"] == date(2018, 10, 1)


def test_the_time_of_day_of_a_cell_is_lost_nowhere(cli):
    """As the reader of forms has it: a day where it is midnight, otherwise a text with the time."""
    header = ["人才姓名(企业联系人)", "人才/联系人职务", "企业名称", "企业地址", "完成时限"]
    days = [MOMENT("2020-07-23"), MOMENT("2020-07-24 09:30")]
    times = [time(9, 30), timedelta(hours=30, seconds=5)]
    cells = [*days, *times, MOMENT("2020-07-25")]
    shown = cli("fill", *SLIP, "--data", workbook("t.xlsx", header, cells), "--to", "a.docx")
    assert (shown.code, shown.err) == (0, "")
    assert region("jintan").form("assignment-slip").read(Path("a.docx")).values == {
        "person_name": "2020年7月23日",
        "post": "2020年7月24日 09:30:00",
        "enterprise_name": "09:30:00",
        "enterprise_address": "30:00:05",
        "due_on": date(2020, 7, 25),
    }


# ---- reading back -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_what_was_filled_in_is_read_back_and_can_be_filled_in_again(cli, ending):
    values = {
        "ticket_no": "T-1",
        "closed": True,
        "closed_on": "2020-07-20",
        "resolution": "已安排\n公寓",
        "phone": "0519-80000000",
    }
    put("v.json", values)
    cli("fill", "jintan", "feedback-slip", "--data", "v.json", "--to", f"a.{ending}")
    shown = cli("read", "jintan", "feedback-slip", f"a.{ending}", "--json", "--out", "back.jsonl")
    assert (shown.code, shown.err) == (0, "")
    (read,) = shown.json
    assert (read["values"], read["problems"], read["lacking"], read["refused"]) == (values, [], [], None)
    assert json.loads(Path("back.jsonl").read_text(encoding="utf-8")) == values
    assert cli("fill", "jintan", "feedback-slip", "--data", "back.jsonl", "--to", "b.html").code == 0
    table = cli("read", "jintan", "feedback-slip", f"a.{ending}", "--lang", "zh").out
    for text in ("办结时间", "2020年7月20日", "是否办结", "0519-80000000"):
        assert text in table


def test_percentages_and_amounts_come_back_as_they_can_be_taken_in(cli):
    put(
        "v.json",
        {
            "talent.share": "12.5%",
            "finance": {"2018": {"profit": "0.10"}},
            "funding.other": [{"name": "甲", "paid": "3"}],
        },
    )
    cli("fill", "jintan", "visit-lead-talent", "--data", "v.json", "--to", "a.docx")
    shown = cli("read", "jintan", "visit-lead-talent", "a.docx", "--out", "b.jsonl")
    assert "12.5%" in shown.out
    read = json.loads(Path("b.jsonl").read_text(encoding="utf-8"))
    assert (read["talent"]["share"], read["finance"]["2018"]["profit"]) == ("12.5%", "0.10")
    assert read["funding"]["other"] == [{"name": "甲", "paid": "3"}]
    assert cli("fill", "jintan", "visit-lead-talent", "--data", "b.jsonl", "--to", "b.html").code == 0


def test_a_cell_that_cannot_be_read_is_named_and_the_exit_code_says_so(cli):
    put("v.json", {"ticket_no": "T-1", "closed": True, "closed_on": "2020-07-20"})
    cli("fill", "jintan", "feedback-slip", "--data", "v.json", "--to", "a.xlsx")
    book = load_workbook("a.xlsx")
    (cell,) = [
        c
        for row in book.active.iter_rows()
        for c in row
        if isinstance(c.value, datetime) or str(c.value).startswith("2020")
    ]
    cell.value = "下周"
    book.save("a.xlsx")
    shown = cli("read", "jintan", "feedback-slip", "a.xlsx", "--lang", "zh", "--out", "b.jsonl")
    assert shown.code == 1
    assert f"{cell.coordinate}（办结时间）：应为日期" in shown.out
    assert Path("b.jsonl").read_text(encoding="utf-8") == "", "what could not be read whole is not passed on"
    problem, *_ = cli("read", "jintan", "feedback-slip", "a.xlsx", "--json").json[0]["problems"]
    assert (problem["where"]["en"], problem["field"]) == (cell.coordinate, "closed_on")


def test_what_was_filled_in_and_cannot_be_read_is_not_told_as_lacking_too(cli):
    put("v.json", {"ticket_no": "T-1", "due_on": "2020-07-24"})
    cli("fill", *SLIP, "--data", "v.json", "--to", "a.xlsx")
    book = load_workbook("a.xlsx")
    (cell,) = [c for row in book.active.iter_rows() for c in row if isinstance(c.value, datetime)]
    cell.value = "下周"
    book.save("a.xlsx")
    (read,) = cli("read", *SLIP, "a.xlsx", "--json").json
    assert [p["field"] for p in read["problems"]] == ["due_on"]
    assert [p["field"] for p in read["lacking"]] == ["lead_unit"]


def test_only_sound_forms_are_passed_on(cli):
    sound = {"ticket_no": "T-1", "closed": True, "closed_on": "2020-07-20"}
    for name, values in {"a": sound, "b": {"ticket_no": "T-2", "closed": True}}.items():
        put("v.json", values)
        cli("fill", "jintan", "feedback-slip", "--data", "v.json", "--to", f"{name}.docx")
    shown = cli("read", "jintan", "feedback-slip", "a.docx", "b.docx", "--out", "v.jsonl", "--lang", "zh")
    assert (shown.code, shown.out.splitlines()[-1]) == (1, "已写：v.jsonl（2 份表中合格的 1 份）")
    assert [json.loads(line) for line in Path("v.jsonl").read_text(encoding="utf-8").splitlines()] == [sound]
    again = cli("read", "jintan", "feedback-slip", "b.docx", "--out", "w.jsonl")
    assert (again.code, again.out.splitlines()[-1]) == (1, "written: w.jsonl (0 sound of 1 forms)")
    assert [row["sound"] for row in cli("read", "jintan", "feedback-slip", "a.docx", "b.docx", "--json").json] == [
        True,
        False,
    ]


def test_totals_that_do_not_add_up_are_not_passed_on(cli):
    put("v.json", {"ip.granted": {"total": 5, "invention": 1, "utility_model": 1, "design": 1}})
    cli("fill", "jintan", "visit-other", "--data", "v.json", "--to", "a.xlsx")
    shown = cli("read", "jintan", "visit-other", "a.xlsx", "--out", "v.jsonl")
    assert shown.code == 1
    assert "does not add up" in shown.out
    assert Path("v.jsonl").read_text(encoding="utf-8") == ""


def test_another_form_is_told_with_the_command_that_reads_it(cli):
    cli("blank", "jintan", "visit-other", "--to", "a b.xlsx")
    for words, says in (([], "read it with: "), (["--lang", "zh"], "请用此命令读取：")):
        shown = cli("read", "jintan", "feedback-slip", "a b.xlsx", *words)
        assert shown.code == 2
        assert f"{says}{called_as()} form read jintan visit-other 'a b.xlsx'\n" in shown.err
        assert "jintan.a3" not in shown.err
    cli("blank", "nanhai", "need-slip", "--to", "n.docx")
    other = cli("read", "jintan", "feedback-slip", "n.docx", "--json").error
    assert other["code"] == "other-form"
    assert other["en"].endswith(f"; read it with: {called_as()} form read nanhai need-slip n.docx")


def test_a_form_of_no_installed_region_is_told_without_a_command(cli, monkeypatch):
    cli("blank", "nanhai", "need-slip", "--to", "n.docx")
    monkeypatch.setattr("talentservice.cli.form.read.registry", lambda: SimpleNamespace(load_all=lambda: ([], [])))
    other = cli("read", "jintan", "feedback-slip", "n.docx", "--json").error
    assert (other["code"], "read it with" in other["en"]) == ("other-form", False)


def test_another_version_is_told_with_the_command_that_writes_this_one(cli, monkeypatch):
    cli("blank", "jintan", "feedback-slip", "--to", "a.docx")
    rule = region("jintan").form("feedback-slip")
    monkeypatch.setitem(rule.scope.forms, rule.spec.file, rule.layout.model_copy(update={"version": "2031"}))
    error = cli("read", "jintan", "feedback-slip", "a.docx", "--json").error
    assert error["code"] == "other-version"
    assert error["zh"].endswith(f"；本版空白表：{called_as()} form blank jintan feedback-slip --to FILE")


def _zip(name):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(name, "x")
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "en", "zh"),
    [
        ("a.docx", b"", "the file is empty; ask for it again", "文件是空的；请重新索取"),
        ("a.docx", b"%PDF-1.7\n", "the file is no .xlsx or .docx but a PDF; ask for the .xlsx or .docx it was made from", "文件不是 .xlsx 或 .docx，而是 PDF；请索取原来的 .xlsx 或 .docx"),
        ("a.jpg", b"\xff\xd8\xff\xe0\x00", "the file is no .xlsx or .docx but a picture; ask for the .xlsx or .docx it was made from", "文件不是 .xlsx 或 .docx，而是图片；请索取原来的 .xlsx 或 .docx"),
        ("a.odt", _zip("mimetype"), "the file is no .xlsx or .docx but an OpenDocument file; save it as .xlsx or .docx", "文件不是 .xlsx 或 .docx，而是 OpenDocument 文件；请另存为 .xlsx 或 .docx"),
        ("a.zip", _zip("a.txt"), "the file is no .xlsx or .docx but a zip archive; hand in the forms it holds one by one", "文件不是 .xlsx 或 .docx，而是压缩包；请解压后逐份交来"),
        ("a.html", b"<!DOCTYPE html>\n<p>", "the file is no .xlsx or .docx but a web page; hand in the .xlsx or .docx", "文件不是 .xlsx 或 .docx，而是网页；请交 .xlsx 或 .docx"),
        ("a.xls", b"\xef\xbb\xbf <html xmlns:o='x'>", "the file is no .xlsx or .docx but a web page; hand in the .xlsx or .docx", "文件不是 .xlsx 或 .docx，而是网页；请交 .xlsx 或 .docx"),
        ("a.txt", "甲某".encode("gb18030"), "the file is no .xlsx or .docx but text; a table of values is filled into a form, not read as one", "文件不是 .xlsx 或 .docx，而是文本；数据表应填入表单，不能作为表单读取"),
        ("a.bin", b"\x00\x01\x02", "the file is no .xlsx or .docx", "文件不是 .xlsx 或 .docx"),
    ],
)  # fmt: skip
def test_what_comes_in_place_of_a_form_is_called_by_its_name(cli, name, data, en, zh):
    Path(name).write_bytes(data)
    error = cli("read", "jintan", "feedback-slip", name, "--json").error
    assert (error["code"], error["en"], error["zh"]) == ("file-type", en, zh)


def test_a_table_in_place_of_a_form_is_told_with_the_command_that_takes_it(cli):
    put("t.csv", "编号\nT-1\n")
    shown = cli("read", *SLIP, "t.csv", "--lang", "zh")
    assert shown.err.endswith(f"用它填表：{called_as()} form fill jintan assignment-slip --data t.csv --to OUT\n")


def test_what_a_form_lacks_is_told_with_its_clause(cli):
    put("v.json", {"ticket_no": "T-1", "closed": False})
    cli("fill", "jintan", "feedback-slip", "--data", "v.json", "--to", "a.docx")
    shown = cli("read", "jintan", "feedback-slip", "a.docx", "--lang", "zh")
    assert shown.code == 1
    assert "是否办结·未办结原因：未填写〔jintan:附件6-3〕" in shown.out.splitlines()
    (lacking,) = cli("read", "jintan", "feedback-slip", "a.docx", "--json").json[0]["lacking"]
    assert (lacking["field"], lacking["en"]) == ("open_reason", "is missing [jintan:附件6-3]")


def test_a_blank_form_says_nothing(cli):
    cli("blank", *NEEDS, "--to", "a.docx")
    shown = cli("read", *NEEDS, "a.docx")
    assert (shown.code, shown.out) == (1, "nothing is filled in\n")
    (read,) = cli("read", *NEEDS, "a.docx", "--json").json
    assert (read["sound"], read["blank"], read["values"]) == (False, True, {})


@pytest.mark.parametrize("form", ["visit-other", "needs-summary"])
def test_a_blank_form_is_not_passed_on_whatever_it_prints_by_itself(cli, form):
    values = {"needs-summary": {"items": [{"enterprise_name": "某甲公司"}]}, "visit-other": {"enterprise.name": "某甲公司"}}  # fmt: skip
    put("v.json", values[form])
    cli("blank", "jintan", form, "--to", "blank.docx")
    cli("fill", "jintan", form, "--data", "v.json", "--to", "good.docx")
    shown = cli("read", "jintan", form, "blank.docx", "good.docx", "--out", "b.jsonl", "--lang", "zh")
    lines = shown.out.splitlines()
    assert (shown.code, lines[:2], lines[-1]) == (1, ["blank.docx", "未填写"], "已写：b.jsonl（2 份表中合格的 1 份）")
    (line,) = Path("b.jsonl").read_text(encoding="utf-8").splitlines()
    assert "某甲公司" in line


def shown_rows(text):
    """The cells of a table on the terminal."""
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in text.splitlines() if line[:1] == "│"]


def test_labels_that_come_again_stand_under_what_they_are_printed_under(cli):
    values = {
        "ip": {"granted": {"total": 13, "invention": 5}, "planned": {"invention": 4}},
        "funding": {"district": {"paid": "2"}, "city": {"paid": "3"}, "other": [{"name": "甲项", "paid": "7"}]},
        "finance": {"2018": {"profit": "1"}},
    }
    put("v.json", values)
    cli("fill", "jintan", "visit-lead-talent", "--data", "v.json", "--to", "a.docx")
    assert shown_rows(cli("read", "jintan", "visit-lead-talent", "a.docx", "--lang", "zh").out) == [
        ["企业类型", "领军人才创业企业"],
        ["2018年·利润", "1 万元"],
        ["已授权", "13 件"],
        ["已授权·发明", "5 件"],
        ["拟申请·发明", "4 件"],
        ["区级资助·已拨付", "2 万元"],
        ["市级资助·已拨付", "3 万元"],
        ["资助情况（其它）第1行·项目名称", "甲项"],
        ["资助情况（其它）第1行·已拨付", "7 万元"],
    ]
    put("w.json", {"office": {"date": "2020-7-1"}, "department": {"date": "2020-7-2"}, "need": "转学"})
    cli("fill", "nanhai", "need-slip", "--data", "w.json", "--to", "n.docx")
    assert shown_rows(cli("read", "nanhai", "need-slip", "n.docx", "--lang", "zh").out) == [
        ["需求事项", "转学"],
        ["区人才工作领导小组办公室转办意见·日期", "2020年7月1日"],
        ["相关部门办理情况·日期", "2020年7月2日"],
    ]


def test_what_is_lacking_is_named_as_the_form_prints_it(cli):
    put("v.json", {"ip.granted": {"total": 13, "invention": 5, "utility_model": 6, "design": 1}})
    cli("fill", "jintan", "visit-lead-talent", "--data", "v.json", "--to", "a.docx")
    chinese = cli("read", "jintan", "visit-lead-talent", "a.docx", "--lang", "zh").out
    assert chinese.splitlines()[-1] == "知识产权情况·已授权：合计不符〔jintan:附件3A-12〕（13 ≠ 5+6+1）"
    english = cli("read", "jintan", "visit-lead-talent", "a.docx").out
    assert english.splitlines()[-1] == (
        "Intellectual property · Granted: does not add up [jintan:附件3A-12] (13 ≠ 5+6+1)"
    )
    found = cli("read", "jintan", "visit-lead-talent", "a.docx", "--json").json[0]["lacking"]
    assert [(p["field"], p["zh"]) for p in found] == [("ip.granted.total", "合计不符〔jintan:附件3A-12〕")]


@pytest.mark.parametrize(
    ("slot", "zh", "en"),
    [
        ("items.0.phone", "诉求第1行·联系电话", "Needs, row 1 · Telephone"),
        ("items.11.no", "诉求第12行·序号", "Needs, row 12 · No."),
        ("group_no", "表头·第__专班小组", "Head · Visiting group no."),
        ("items.phone", None, None),
    ],
)
def test_a_field_is_named_by_its_group_and_rows_are_counted_from_one(slot, zh, en):
    form = region("jintan").form("needs-summary").layout
    assert (name_of(form, slot, "zh", grouped=True), name_of(form, slot, "en", grouped=True)) == (zh, en)


def test_a_file_that_is_no_such_form_harms_no_other(cli):
    put("v.json", {"ticket_no": "T-1"})
    cli("fill", "jintan", "feedback-slip", "--data", "v.json", "--to", "a.docx")
    cli("blank", "jintan", "assignment-slip", "--to", "b.docx")
    put("c.docx", "text")
    alone = cli("read", "jintan", "feedback-slip", "b.docx", "--json")
    assert (alone.code, alone.error["code"]) == (2, "other-form")
    shown = cli(
        "read", "jintan", "feedback-slip", "a.docx", "b.docx", "c.docx", "no.docx", "--json", "--out", "v.jsonl"
    )
    assert shown.code == 1
    codes = [row["refused"] and row["refused"]["code"] for row in shown.json]
    assert codes == [None, "other-form", "file-type", "file"]
    assert Path("v.jsonl").read_text(encoding="utf-8") == '{"ticket_no": "T-1"}\n'
    text = cli("read", "jintan", "feedback-slip", "a.docx", "b.docx", "--lang", "zh")
    assert "文件是另一份表单，不是“职能部门落实企业（人才）反映诉求反馈单”" in text.out
    again = cli("read", "jintan", "feedback-slip", "a.docx", "--out", "v.jsonl")
    assert (again.code, "--force" in again.err) == (2, True)


# ---- what is not installed ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("package", "extra", "words"),
    [
        ("docx", "docx", ["blank", *SLIP, "--to", "a.docx"]),
        ("xlsxwriter", "xlsx", ["blank", *SLIP, "--to", "a.xlsx"]),
        ("typst", "pdf", ["blank", *SLIP, "--to", "a.pdf"]),
    ],
)
def test_a_missing_extra_is_named_and_nothing_is_written(tmp_path, package, extra, words):
    code = f"import sys; sys.modules[{package!r}] = None; from talentservice.cli import run; sys.exit(run({['form', *words, '--json']!r}))"
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, encoding="utf-8", cwd=tmp_path
    )
    assert done.returncode == 2
    assert json.loads(done.stderr)["error"]["code"] == "missing-extra"
    assert f"talentservice[{extra}]" in done.stderr
    assert names(tmp_path) == []


def test_a_sign_no_font_has_is_told_with_the_option_that_names_one(cli):
    pytest.importorskip("typst", reason="the extra pdf is not installed")
    from tests.unit.forms.pages import SERIF

    put("v.json", {**ONE, "lead_unit": "住建局\U0001f9ff"})
    shown = cli("fill", *SLIP, "--data", "v.json", "--to", "a.pdf", "--font", str(SERIF), "--lang", "zh")
    assert (shown.code, shown.out, names()) == (1, "", ["v.json"])
    assert shown.err.splitlines() == [
        "v.json，lead_unit（主办单位）：正文字体均无“\U0001f9ff”（U+1F9FF）",
        "v.json：请用 --font 指明含有这些字的字体",
    ]


def test_a_pdf_without_fonts_says_which_option_names_them(cli, monkeypatch):
    pytest.importorskip("typst", reason="the extra pdf is not installed")
    monkeypatch.setattr("talentservice.forms.fonts.usual_folders", lambda: iter(()))
    shown = cli("blank", *SLIP, "--to", "a.pdf")
    assert (shown.code, names()) == (2, [])
    assert "--font" in shown.err
    Path("empty").mkdir()
    assert "the files named hold none" in cli("blank", *SLIP, "--to", "a.pdf", "--font", "empty").err


def test_a_signed_form_is_sound_and_what_is_not_read_of_it_is_told(cli):
    slip = ["nanhai", "need-slip"]
    assert cli("fill", *slip, "--data", put("d.json", {"person_name": "某某"}), "--to", "s.xlsx").code == 0
    book = load_workbook("s.xlsx", rich_text=True)
    cells = [cell for row in book.active.iter_rows() for cell in row]
    foot = next(cell for cell in cells if str(cell.value).startswith("经办人（签字）"))
    foot.value = "经办人（签字）：甲某  单位盖章：  日期：2020年7月1日"
    book.save("s.xlsx")
    shown = cli("read", *slip, "s.xlsx")
    told = f"{foot.coordinate} (words in the place of a signature or seal): "
    assert (shown.code, told in shown.out, "甲某" in shown.out) == (0, True, False)
    (read,) = cli("read", *slip, "s.xlsx", "--json").json
    assert (read["sound"], [w["where"]["en"] for w in read["warnings"]]) == (True, [foot.coordinate])
