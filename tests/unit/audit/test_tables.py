"""Tables as offices send them. The ids (F05 …) name the group of broken files each case stands for."""

import csv

import pytest

from talentservice.audit import read_table
from talentservice.audit import tables as limits
from talentservice.errors import TableError

TEXT = "编号,收到,答复\nA-1,2019-02-01,2019-02-15\nA-2,2019-02-14,\n"
CELLS = [
    {"编号": "A-1", "收到": "2019-02-01", "答复": "2019-02-15"},
    {"编号": "A-2", "收到": "2019-02-14", "答复": ""},
]


def cells(table):
    return [dict(row.cells) for row in table.rows]


def refused(path, **options) -> TableError:
    with pytest.raises(TableError) as raised:
        read_table(path, **options)
    assert raised.value.zh != raised.value.en
    return raised.value


# ---- encodings --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-8-sig", "utf-8"),
        ("gb18030", None),
        ("gbk", None),
        ("gb18030", "gb18030"),
        ("gb2312", "gbk"),
    ],
)
def test_the_usual_encodings_are_read(written, encoding, named):
    """F05: GB18030 is tried after UTF-8; no other encoding is guessed."""
    table = read_table(written(TEXT.encode(encoding)), encoding=named)
    assert table.columns == ("编号", "收到", "答复")
    assert cells(table) == CELLS


def test_another_encoding_is_read_when_it_is_named(written):
    assert read_table(written("編號,收到\n1,2019-02-01\n".encode("big5")), encoding="big5").columns == ("編號", "收到")


@pytest.mark.parametrize(
    ("data", "named", "says"),
    [
        pytest.param(TEXT.encode("utf-16"), None, "UTF-16; save it as UTF-8", id="F13-utf-16"),
        pytest.param(TEXT.encode("utf-16-be"), None, "may be UTF-16", id="F13-utf-16-without-mark"),
        pytest.param(b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16", "UTF-16; save it as UTF-8", id="F13-utf-16-named"),
        pytest.param(b"a,b\n1,\0\n", None, "NUL", id="F13-nul"),
        pytest.param(TEXT.encode("gb18030"), "utf-8", "cannot be read as utf-8", id="F05-the-encoding-named-is-wrong"),
        pytest.param(b"a,b\n1,\xff\xff\xff\n", None, "cannot be read as UTF-8, GB18030", id="neither"),
        pytest.param(TEXT.encode(), "utf-9", "cannot be read as utf-9", id="no-such-encoding"),
        pytest.param(TEXT.encode(), "base64", "cannot be read as base64", id="no-text-encoding"),
        pytest.param(TEXT.encode(), "utf\0", "cannot be read as", id="nul-in-its-name"),
        pytest.param(b"\xff\xff\xff.", "idna", "cannot be read as idna", id="another-kind-of-error"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused_and_the_encoding_named(written, data, named, says):
    assert says in refused(written(data), encoding=named).en


# ---- kinds of file ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "en", "zh"),
    [
        pytest.param("t.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "an old .xls (or an encrypted) workbook", "旧版 .xls", id="F14-xls-renamed"),
        pytest.param("t.xlsx", TEXT.encode(), "ends in .xlsx but holds text", "内容是文本", id="F14-csv-renamed"),
        pytest.param("t.csv", b"PK\x03\x04rest", "ends in .csv but holds a zip archive or workbook", "压缩包或工作簿", id="F14-xlsx-renamed"),
        pytest.param("t.csv", b"\xd0\xcf\x11\xe0rest", "old .xls", "旧版 .xls", id="F14-xls-as-csv"),
        pytest.param("t.xls", b"\xd0\xcf\x11\xe0rest", "a table ends in .csv, .xlsx or .jsonl, not .xls", "不是", id="F14-xls"),
        pytest.param("t.et", b"rest", "not .et", "而不是 .et", id="F14-et"),
        pytest.param("t.pkl", b"\x80\x04.", "not .pkl", "而不是 .pkl", id="R09-pickle"),
        pytest.param("t", b"rest", "not nothing", "无扩展名", id="no-ending"),
        pytest.param("t.xlsx", b"PK\x03\x04" + b"x" * 50, "the file is damaged", "已损坏", id="F14-damaged"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_than_its_ending_says_is_refused(written, name, data, en, zh):
    error = refused(written(data, name))
    assert en in error.en
    assert zh in error.zh


@pytest.mark.parametrize(
    ("name", "data"),
    [(name, b"") for name in ("t.csv", "t.jsonl", "t.xlsx")]
    + [("t.csv", data) for data in (b"\xef\xbb\xbf", b"\n\n", b" ,\n")]
    + [("t.jsonl", data) for data in (b"\xef\xbb\xbf", b"\n \n", b"{}\n")],
)
def test_an_empty_file_is_told_so(written, name, data):
    """F15."""
    assert f"{name} is empty" in refused(written(data, name)).en


def test_a_header_alone_is_no_table(written):
    """F15."""
    assert "has no rows under its header" in refused(written("编号,收到\n,\n \n".encode())).en


def test_what_cannot_be_opened_is_refused(tmp_path):
    assert "cannot read nowhere.csv" in refused(tmp_path / "nowhere.csv").en
    (tmp_path / "folder.csv").mkdir()
    assert "cannot read folder.csv" in refused(tmp_path / "folder.csv").en


def test_a_file_that_is_too_large_is_refused_unread(written, monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_FILE", 10)
    path = written(TEXT.encode())
    monkeypatch.setattr(type(path), "read_bytes", lambda _: pytest.fail("it was read"))
    assert "at most 10 are read" in refused(path).en


# ---- header and rows --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "en", "zh"),
    [
        pytest.param("编号,收到,收到", "the column '收到' twice", "重复列“收到”", id="twice"),
        pytest.param("编号,,答复", "a column without a name", "有未命名的列", id="blank-in-between"),
        pytest.param("编号, 收到 ,收到", "the column '收到' twice", "重复列“收到”", id="twice-but-for-spaces"),
    ],
)
def test_an_unclear_header_is_refused(written, header, en, zh):
    error = refused(written(f"{header}\n1,2,3\n".encode()))
    assert en in error.en
    assert zh in error.zh


def test_blank_columns_at_the_end_are_nothing(written):
    assert read_table(written("编号,收到,,\n1,2,,\n".encode())).columns == ("编号", "收到")


def test_a_column_that_is_not_there_is_named_with_the_nearest_and_those_there_are(written):
    """F09: renamed, reordered, with another column in between."""
    table = read_table(written("备注,答复时间,留言编号,联系电话\n1,2,3,4\n".encode()))
    table.need(["留言编号", "答复时间"])
    with pytest.raises(TableError) as raised:
        table.need(["留言号", "电话", "编号", "地址"])
    assert "no column '留言号' (did you mean '留言编号'?)" in raised.value.en
    assert "no column '电话' (did you mean '联系电话'?)" in raised.value.en
    assert "no column '地址';" in raised.value.en
    assert "there is: 备注, 答复时间, 留言编号, 联系电话" in raised.value.en
    assert "缺少列“电话”（是否指“联系电话”？）" in raised.value.zh


def test_a_header_of_two_lines_shows_the_columns_it_has(written):
    """F09: the first line is a title."""
    table = read_table(written("诉求汇总表,,\n编号,收到,答复\nA-1,2019-02-01,\n".encode()))
    with pytest.raises(TableError, match="there is: 诉求汇总表"):
        table.need(["编号"])


def test_blank_rows_are_left_out_and_rows_keep_the_number_an_office_counts(written):
    table = read_table(written("\n\n编号,收到\n\nA-1,2019-02-01\n ,\u3000\n,\nA-2,2019-02-14\n".encode()))
    assert [row.number for row in table.rows] == [5, 8]


def test_a_line_break_inside_a_cell_is_no_new_row(written):
    table = read_table(written('编号,说明,收到\r\nA-1,"一\r\n二，""三""",2019-02-01\r\nA-2,x,2019-02-14\r\n'.encode()))
    assert [row.number for row in table.rows] == [2, 3]
    assert table.rows[0].cells["说明"] == '一\r\n二，"三"'
    assert table.rows[1].cells["收到"] == "2019-02-14"


def test_a_row_may_be_shorter_and_one_that_is_longer_is_marked(written):
    table = read_table(written("编号,收到\nA-1\nA-2,2019,4,25\nA-3,2019-04-25,,\n".encode()))
    assert cells(table) == [{"编号": "A-1"}, {"编号": "A-2", "收到": "2019"}, {"编号": "A-3", "收到": "2019-04-25"}]
    assert [row.beyond for row in table.rows] == [False, True, False]


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_an_open_quotation_mark_does_not_swallow_the_rows_behind_it(written, end):
    text = f'编号,收到\nA-1,2019-02-01\nA-2,"2019-02-14\nA-3,2019-02-15\nA-4,2019-02-18{end}'
    error = refused(written(text.encode()))
    assert "row 3: a quotation mark is opened and never closed" in error.en
    assert "第 3 行有未闭合的引号" in error.zh


def test_very_long_cells_are_read_and_the_process_keeps_its_own_limit(written):
    """F12: more than the 131 072 characters the csv module takes; what is done with the cell is the audit's matter."""
    before = csv.field_size_limit()
    table = read_table(written(f"编号,说明\nA-1,{'x' * 200_000}\nA-2,y\n".encode()))
    assert len(table.rows) == 2
    assert csv.field_size_limit() == before


# ---- JSON lines -------------------------------------------------------------------------------------------------------------


def test_json_lines_keep_their_types_and_their_line_numbers(written):
    text = '{"编号": 1, "收到": "2019-02-01"}\n\n{"编号": "A\u20282", "答复": null, "其他": [1]}\n'
    for data in (text.encode(), text.encode("utf-8-sig"), text.replace("\n", "\r\n").encode()):
        table = read_table(written(data, "t.jsonl"))
        assert table.columns == ("编号", "收到", "答复", "其他")
        assert [row.number for row in table.rows] == [1, 3]
        assert cells(table)[1] == {"编号": "A\u20282", "收到": None, "答复": None, "其他": [1]}


@pytest.mark.parametrize("line", ["7", "[1]", '"x"', "{", "{'a': 1}", "[" * 100_000])
def test_a_line_that_is_no_object_is_named(written, line):
    assert "line 2: not a JSON object" in refused(written(f'{{"a": 1}}\n{line}\n'.encode(), "t.jsonl")).en


@pytest.mark.parametrize(
    ("line", "zh"),
    [
        ("1" * 5000, "第 2 行：数字位数过多"),
        ('{"a": NaN}', "第 2 行：a：NaN 不是数字"),
        ('{"a": 1, "a": 2}', "第 2 行：重复给出：a"),
        ('{"a": 1，}', '第 2 行：不是 JSON 对象：第 8 列（“a”之后）：应为“,”或结束括号，实为 ，（JSON 须用半角符号 , : "）'),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_line_is_told(written, line, zh):
    assert refused(written(f'{{"a": 1}}\n{line}\n'.encode(), "t.jsonl")).zh == zh
