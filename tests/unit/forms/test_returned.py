"""What comes back of a list: problems lead to the rows they stand in, also where rows above are blank."""

import pytest
from tests.unit.forms.workbooks import LIST, VISIT, cell_of, typed, written

from talentservice.errors import FileRefused
from talentservice.forms.nesting import closed_up, nested
from talentservice.forms.returned import read_form


def test_the_key_of_a_problem_leads_to_its_row_among_the_values():
    read = read_form(LIST, typed(written(LIST), B4="甲某", C5="乙", B6="丙某"))
    assert read.values == {"items": [{"name": "甲某"}, {}, {"name": "丙某"}]}
    assert [(p.key, p.where.zh) for p in read.problems] == [("items.1.phone", "C5")]


def test_blank_rows_above_do_not_count():
    read = read_form(LIST, typed(written(LIST), B5="甲某", C6="乙"))
    assert read.values == {"items": [{"name": "甲某"}, {}]}
    assert [(p.key, p.where.zh) for p in read.problems] == [("items.1.phone", "C6")]


def test_what_stands_in_a_sentence_that_was_rewritten_counts_as_filled_in_though_it_is_not_read():
    blank = written(VISIT)
    read = read_form(VISIT, typed(blank, **{cell_of(blank, "doctors"): "三位博士"}))
    assert (read.values, read.unread) == ({}, {"doctors", "others"})
    gone = read_form(VISIT, typed(blank, **{cell_of(blank, "doctors"): ""}))
    assert gone.unread == set()


def test_slots_close_up_over_rows_that_are_blank():
    slots = ["items.7.name", "items.3.phone", "items.3.name", "head", ""]
    assert closed_up(LIST.form, slots) == {
        "items.7.name": "items.1.name",
        "items.3.phone": "items.0.phone",
        "items.3.name": "items.0.name",
        "head": "head",
        "": "",
    }
    assert nested(LIST.form, {"items.7.name": "甲"}, ["items.3.phone"]) == {"items": [{}, {"name": "甲"}]}


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ("BMI,姓名\n21.5,甲某\n".encode(), "文本；数据表应填入表单，不能作为表单读取"),
        (b"GIF8,name\n", "文本；数据表应填入表单，不能作为表单读取"),
        (b"BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00", "图片；请索取原来的 .xlsx 或 .docx"),
        (b"GIF89a\x01\x00\x01\x00\x80\x00\x00", "图片；请索取原来的 .xlsx 或 .docx"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR", "图片；请索取原来的 .xlsx 或 .docx"),
    ],
)
def test_a_table_is_not_called_a_picture_for_how_its_header_begins(data, what):
    with pytest.raises(FileRefused) as caught:
        read_form(LIST, data)
    assert (caught.value.code, caught.value.zh) == ("file-type", f"文件不是 .xlsx 或 .docx，而是{what}")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"<!-- saved --> \n<!-- again --><HTML lang=zh>", "网页；请交 .xlsx 或 .docx"),
        (b"<!---->" * 500 + b"<p>", "文本；数据表应填入表单，不能作为表单读取"),
    ],
)
def test_a_web_page_is_told_from_a_text_of_comments_without_going_over_them_again_and_again(data, what):
    with pytest.raises(FileRefused) as caught:
        read_form(LIST, data)
    assert caught.value.zh == f"文件不是 .xlsx 或 .docx，而是{what}"
