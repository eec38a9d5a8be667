"""What is not read back is not written either, and both say how much is."""

import pytest
from tests.unit.forms.documents import LIST, PROFILE, VISIT, part, replaced, returned, written

from talentservice.errors import FileRefused, FormError
from talentservice.forms.docx import limits
from talentservice.forms.docx.read import read_docx

ROW = {"name": "甲某", "phone": "0519-80000000", "kind": "人才"}
TWO = {"projects": [{"year": 2019, "title": "首台套"}] * 501}


def test_a_list_of_five_thousand_rows_is_written_and_read_back():
    items = [{**ROW, "name": f"甲某{n}"} for n in range(5_000)]
    assert returned(LIST, written(LIST, {"items": items})) == {"items": items}


def test_a_list_of_more_rows_than_are_read_back_is_not_written():
    with pytest.raises(FormError) as refused:
        written(LIST, {"items": [ROW] * 6_000})  # and its head
    assert (refused.value.code, refused.value.en, refused.value.zh) == (
        "too-large",
        "the form has more than 6000 table rows, and no Word document with more is read back; make several files of it",
        "本表超过 6000 行表格，超出的 Word 文件无法读回；请分成几个文件",
    )


def test_the_last_row_that_is_written_is_read():
    data = written(LIST, {"items": [ROW] * 5_999})
    assert returned(LIST, data) == {"items": [ROW] * 5_999}


def test_a_document_of_more_rows_is_refused_with_the_number_that_is_read():
    with pytest.raises(FileRefused) as refused:
        read_docx(VISIT, replaced(written(VISIT), "word/document.xml", rows(6_001)))
    assert (refused.value.code, refused.value.en, refused.value.zh) == (
        "too-large",
        "the file holds more than a form: at most 6000 table rows are read; make several files of it",
        "文件内容超出一份表单：最多读取 6000 行表格，请分成几个文件",
    )


def rows(count):
    """The main part of a document of empty rows."""
    head = part(written(VISIT)).partition("<w:body>")[0]
    return f"{head}<w:body><w:tbl>{'<w:tr/>' * count}</w:tbl></w:body></w:document>"


def test_more_lines_than_are_read_back_are_not_written():
    with pytest.raises(FormError, match="more than 500 paragraphs"):
        written(PROFILE, TWO)


@pytest.mark.parametrize(
    ("text", "lines", "told"),
    [
        ("<w:tc>" * 80_001, 0, "more than 80000 table cells"),
        ("<w:a/>" * 1_000_001, 0, "more than 1000000 XML elements"),
        ("长" * 3_500_000, 0, "more than 10 MiB of text"),
    ],
    ids=["cells", "elements", "text"],
)
def test_what_else_is_not_read_back_is_not_written(text, lines, told):
    with pytest.raises(FormError, match=told):
        limits.check_written(text, lines)
    limits.check_written(text[: len(text) * 9 // 10], lines)


def test_of_a_list_that_is_too_large_it_is_told_how_many_rows_fit():
    with pytest.raises(FormError) as refused:
        limits.check_written(("<w:tr>" + "a" * 4_090) * 3_000, 0)  # 4096 bytes a row
    fit = "the form has more than 10 MiB of text (about 2500 of 3000 table rows fit)"
    assert refused.value.en == f"{fit}, and no Word document with more is read back; make several files of it"
    told = "本表文字超过 10 MiB（3000 行表格约可容 2500 行），超出的 Word 文件无法读回；请分成几个文件"
    assert refused.value.zh == told


def test_a_text_that_would_be_cut_and_one_that_would_pass_for_a_trap_are_not_written():
    limits.check_signs("长" * 20_000)
    with pytest.raises(FormError, match="more than 20000 signs in one cell"):
        limits.check_signs("长" * 20_001)
    limits.check_packed(2_000_000, 10_000)
    with pytest.raises(FormError, match="the same text over and over"):
        limits.check_packed(2_000_001, 10_000)
