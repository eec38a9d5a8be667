"""What a Word document holds beside the text that is read is told, with its place, and never what it says."""

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from tests.unit.forms.documents import (
    DATA,
    PROFILE,
    VISIT,
    cell,
    opened,
    replaced,
    returned,
    saved,
    write,
    written,
)

from talentservice.errors import FileRefused
from talentservice.forms.returned import read_form

COMMENTS = "批注不读取，请写入栏目"
HEADERS = "页眉、页脚的文字不读取，请写入栏目"
FOOTNOTES = "脚注、尾注不读取，请写入栏目"
PICTURES = "图片、图形不读取，请以文字写入栏目"
TEXT = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
RULE = "<w:p><w:r><w:separator/></w:r></w:p>"
BOX = "<w:pict><w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent></w:pict>"
PICTURE = "<w:drawing><wp:inline/></w:drawing>"


def with_part(data, name, inside):
    root = name.partition(".")[0].rstrip("0123456789")
    return replaced(data, f"word/{name}", f"<w:{root} {nsdecls('w')}>{inside}</w:{root}>")


def run(inside):
    return parse_xml(f"<w:r {nsdecls('w', 'wp')}>{inside}</w:r>")


@pytest.mark.parametrize(
    ("name", "inside", "told"),
    [
        ("comments.xml", f'<w:comment w:id="0">{TEXT.format("甲某补充")}</w:comment>', f"文件（批注）：{COMMENTS}"),
        ("header3.xml", TEXT.format("补充：甲某"), f"文件（页眉、页脚的文字）：{HEADERS}"),
        ("footer3.xml", TEXT.format("0519-80000000"), f"文件（页眉、页脚的文字）：{HEADERS}"),
        ("footnotes.xml", f"<w:footnote>{RULE}</w:footnote><w:footnote>{TEXT.format('甲某')}</w:footnote>", f"文件（脚注、尾注）：{FOOTNOTES}"),
        ("endnotes.xml", f"<w:endnote>{TEXT.format('甲某')}</w:endnote>", f"文件（脚注、尾注）：{FOOTNOTES}"),
    ],
)  # fmt: skip
def test_words_in_a_part_that_is_not_read_are_told(name, inside, told):
    read = read_form(VISIT, with_part(written(VISIT, DATA), name, inside))
    assert [w.line("zh") for w in read.warnings] == [told]
    assert read.sound() == DATA, "what is not read makes no form unsound"


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("comments.xml", ""),
        ("header3.xml", "<w:p/>"),
        ("footer3.xml", TEXT.format("— 12 —")),
        ("footer3.xml", TEXT.format("第 1 页 / 共 3 页")),
        ("footer3.xml", TEXT.format("Page 1 of 3")),
        ("footnotes.xml", f"<w:footnote>{RULE}</w:footnote>"),
        ("endnotes.xml", f"<w:endnote>{RULE}</w:endnote><w:endnote>{TEXT.format(' ')}</w:endnote>"),
        ("comments.xml", "<w:comment>"),
    ],
)
def test_parts_that_office_programs_add_by_themselves_are_no_problem(name, inside):
    assert returned(VISIT, with_part(written(VISIT, DATA), name, inside)) == DATA


def test_a_part_of_something_else_is_no_problem_and_a_hostile_one_is_refused():
    assert returned(VISIT, replaced(written(VISIT, DATA), "word/comments.xml", "<a/>")) == DATA
    with pytest.raises(FileRefused) as refused:
        read_form(VISIT, with_part(written(VISIT), "comments.xml", "<w:p>" * 300 + "</w:p>" * 300))
    assert refused.value.code == "too-large"


def test_a_comment_is_told_at_the_first_place_it_is_fixed_to():
    document = opened(VISIT, DATA)
    cell(document, 1, 2).p_lst[0].append(run('<w:commentReference w:id="0"/>'))
    cell(document, 2, 2).p_lst[0].append(run('<w:commentReference w:id="1"/>'))
    comment = f'<w:comment w:id="0">{TEXT.format("见附件")}</w:comment>'
    assert returned(VISIT, with_part(saved(document), "comments.xml", comment)) == [
        f"第1张表第1行第2格（批注）：{COMMENTS}"
    ]
    assert returned(VISIT, saved(document)) == DATA  # its text was deleted


def test_pictures_are_told_once_with_the_first_place():
    document = opened(VISIT, DATA)
    for row, number in ((1, 2), (2, 3)):
        cell(document, row, number).p_lst[0].append(run(PICTURE))
    document.paragraphs[-1]._p.append(run("<w:pict/>"))
    assert returned(VISIT, document) == [f"第1张表第1行第2格（图片、图形）：{PICTURES}"]


def test_a_picture_outside_tables_is_told_with_its_paragraph():
    document = opened(PROFILE)
    document.paragraphs[1]._p.append(run("<w:pict/>"))
    assert returned(PROFILE, document) == [f"第2段（图片、图形）：{PICTURES}"]


@pytest.mark.parametrize("look", ["<w:vanish/>", '<w:strike w:val="1"/>'])
def test_a_picture_that_does_not_show_is_passed_over(look):
    document = opened(VISIT, DATA)
    cell(document, 1, 2).p_lst[0].append(run(f"<w:rPr>{look}</w:rPr>{PICTURE}"))
    assert returned(VISIT, document) == DATA


def test_a_text_box_is_called_one_and_leaves_the_line_it_is_fixed_to_alone():
    document = opened(VISIT, DATA)
    document.paragraphs[0]._p.append(run(BOX.format("甲某")))
    assert returned(VISIT, document) == ["第1段文本框（表外）：“甲某”不是表中内容，请删去或写入栏目"]
    assert read_form(VISIT, saved(document)).problems[0].where.en == "text box at paragraph 1"


def test_a_text_box_without_text_is_no_problem():
    document = opened(VISIT, DATA)
    document.paragraphs[0]._p.append(run("<w:pict><w:txbxContent><w:p/></w:txbxContent></w:pict>"))
    assert returned(VISIT, document) == DATA


@pytest.mark.parametrize("strike", ["<w:strike/>", "<w:dstrike/>", '<w:strike/><w:vanish w:val="0"/>'])
def test_struck_text_is_left_out(strike):
    document = opened(VISIT)
    write(cell(document, 1, 2), "住建局")
    cell(document, 1, 2).p_lst[0].insert(0, run(f"<w:rPr>{strike}</w:rPr><w:t>教育局</w:t>"))
    assert returned(VISIT, document) == {"firm": "住建局"}


def test_text_whose_strike_is_switched_off_is_read():
    document = opened(VISIT)
    write(cell(document, 1, 2), "", symbol='<w:rPr><w:strike w:val="0"/></w:rPr><w:t>住建局</w:t>')
    assert returned(VISIT, document) == {"firm": "住建局"}
