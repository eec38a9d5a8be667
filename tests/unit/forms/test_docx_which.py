"""A document that is not the form is refused as a whole; one of which only the title is gone, or only labels, is read."""

import pytest
from docx import Document
from tests.unit.forms.documents import (
    DATA,
    LIST,
    PROFILE,
    VISIT,
    both,
    cell,
    edited,
    field,
    group,
    opened,
    replaced,
    returned,
    saved,
    write,
    written,
)

import talentservice as ts
from talentservice.errors import FileRefused
from talentservice.forms import matching
from talentservice.forms.docx.read import read_docx
from talentservice.forms.paper import Paper
from talentservice.forms.returned import read_form
from talentservice.forms.spec import FormFile


def nameless(paper, data=None):
    """A document that does not say which form it is, as some programs save it."""
    return replaced(written(paper, data), "docProps/custom.xml", None)


@pytest.mark.parametrize(
    "told",
    [
        [],
        ["关于开展走访工作的通知", "各单位：", "请于本月底前填写走访表并报送。", "某某局"],
        [f"第{n}条" for n in range(1, 700)],
    ],
    ids=["nothing", "letter", "book"],
)
def test_a_letter_is_refused_as_a_whole(told):
    document = Document()
    for text in told:
        document.add_paragraph(text)
    for paper, zh, en in ((VISIT, "走访表", "(走访表)"), (PROFILE, "简介", "(简介)")):
        with pytest.raises(FileRefused) as refused:
            read_form(paper, saved(document))
        assert (refused.value.code, refused.value.zh, refused.value.en) == (
            "other-form",
            f"文件不是表单“{zh}”：既没有其标题，也缺少大部分栏目",
            f"the document does not hold the form '{en}': neither its title nor most of its labels are there",
        )


@pytest.mark.parametrize(("paper", "other"), [(VISIT, LIST), (LIST, VISIT), (PROFILE, VISIT), (LIST, PROFILE)])
def test_another_form_that_does_not_say_which_it_is_is_refused(paper, other):
    with pytest.raises(FileRefused) as refused:
        read_form(paper, nameless(other))
    assert refused.value.code == "other-form"


def test_a_form_without_its_title_is_read_by_its_labels():
    document = opened(VISIT, DATA)
    title = next(p for p in document.paragraphs if p.text == "走访表")
    title._p.getparent().remove(title._p)
    assert returned(VISIT, replaced(saved(document), "docProps/custom.xml", None)) == DATA


@pytest.mark.parametrize("title", ["企业走访登记", "记录"])
def test_a_form_whose_title_was_typed_anew_is_read_and_the_title_told(title):
    document = opened(VISIT, DATA)
    next(p for p in document.paragraphs if p.text == "走访表").runs[0].text = title
    read = read_form(VISIT, replaced(saved(document), "docProps/custom.xml", None))
    assert read.values == DATA
    assert [p.line("zh") for p in read.problems] == [f"第2段（走访表）：应为“走访表”，实为“{title}”"]


def test_a_form_with_its_title_and_most_labels_gone_is_told_line_by_line():
    document = opened(VISIT)
    for table in document.tables:
        table._tbl.getparent().remove(table._tbl)
    assert len(read_form(VISIT, saved(document)).problems) == 8


def test_a_long_letter_is_gone_over_once_however_many_lines_the_form_has(monkeypatch):
    looked, bare = [], matching.bare
    monkeypatch.setattr(matching, "bare", lambda text: (looked.append(len(text)), bare(text))[1])
    document = Document()
    for _ in range(100):
        document.add_paragraph("长" * 1_000)
    with pytest.raises(FileRefused):
        read_form(PROFILE, saved(document))
    assert 100_000 <= sum(looked) < 101_000


def kind(text):
    """A form of a title others have too, for the kind of enterprise it prints."""
    row = ["name", "kind"]
    fields = field("name", "企业名称"), field("kind", "企业类型", "choice", choices=[text])
    declared = {"id": "test.kind", "title": both("走访表"), "layout": [row], "groups": [group("g", *fields)]}
    return Paper(FormFile.model_validate(declared))


def test_forms_of_one_title_are_told_apart_by_what_they_print_in_a_field():
    document = opened(kind("其它企业"), {"name": "某某"})
    write(cell(document, 1, 1), "单位名称")
    with pytest.raises(FileRefused) as refused:
        read_form(kind("领军企业"), replaced(saved(document), "docProps/custom.xml", None))
    assert refused.value.zh == "文件不是表单“走访表（企业类型：领军企业）”"
    told = returned(kind("领军企业"), document)  # the file says that it is this form: then only a value is wrong
    assert [line.split("：")[0] for line in told] == ["第1行第1格（企业名称）", "第1行第4格（企业类型）"]


def test_a_form_of_many_rows_under_the_title_of_another_is_not_told_row_by_row():
    items = [{"name": "甲某", "phone": "0519-80000000", "kind": "人才"}] * 300
    data = edited(nameless(LIST, {"items": items}), ("组汇总表", ""), (">第<", ">走访表<"), ("<w:t>__</w:t>", ""))
    assert 500 <= len(read_docx(VISIT, data).problems) < 550


REAL = [
    ("jintan", "visit-lead-talent"), ("jintan", "visit-other"), ("jintan", "needs-summary"), ("jintan", "assignment-slip"), ("jintan", "feedback-slip"),
    ("jintan", "top-talent-survey"), ("jintan", "high-level-survey"), ("jintan", "enterprise-profile"), ("nanhai", "need-slip"),
]  # fmt: skip


@pytest.mark.parametrize("own", REAL, ids=lambda pair: pair[1])
def test_no_printed_form_passes_for_another(own):
    region, name = own
    data = replaced(ts.region(region).form(name).docx(), "docProps/custom.xml", None)
    told = {}
    for other in REAL:
        try:
            told[other] = len(ts.region(other[0]).form(other[1]).read(data).problems)
        except FileRefused as refused:
            told[other] = refused.code
    assert told == {other: 0 if other == own else "other-form" for other in REAL}
