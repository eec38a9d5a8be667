"""Forms as Word documents: what is written where, in the order the standard lays down, and nothing of a value as markup."""

import io
import zipfile
from datetime import date
from itertools import pairwise

import pytest
from docx import Document
from docx.shared import Mm
from hypothesis import HealthCheck, given, settings
from tests.unit.forms.documents import LIST, PROFILE, VISIT, both, field, group, opened, part, returned, written

from talentservice.archives import check_archive
from talentservice.errors import MissingExtra
from talentservice.forms.docx.shell import shell
from talentservice.forms.fonts import FontSet
from talentservice.forms.paper import Paper
from talentservice.forms.spec import FormFile
from talentservice.testing.forms import values_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The children of each element in the order of ISO/IEC 29500-1, as far as they are written.
ORDER = {
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "tcPr": "tcW gridSpan vMerge tcBorders shd vAlign",
    "pPr": "pStyle keepNext keepLines pageBreakBefore autoSpaceDE autoSpaceDN spacing ind jc outlineLvl rPr",
    "rPr": "rStyle rFonts b i color sz szCs u lang",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols docGrid",
    "style": "name basedOn next uiPriority semiHidden qFormat pPr rPr tblPr",
    "settings": "zoom defaultTabStop evenAndOddHeaders characterSpacingControl noLineBreaksAfter noLineBreaksBefore compat themeFontLang clrSchemeMapping decimalSymbol listSeparator",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "tc": "tcPr p",
}
BLANK = "\u00a0" * 4
LONG_GAP = "\u2002" * 11 + "\u00a0"  # a blank to sign on, half a sign each


def grid(table):
    """The table as rows of (first column, columns, text), where text is None in a cell that goes on from above."""
    rows = []
    for tr in table._tbl.tr_lst:
        column, row = 0, []
        for tc in tr.tc_lst:
            merge = tc.tcPr.find(f"{W}vMerge")
            inside = "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in tc.p_lst)
            row.append((column, tc.grid_span, None if merge is not None and merge.get(f"{W}val") is None else inside))
            column += tc.grid_span
        rows.append(row)
    return rows


def test_a_form_is_written_in_the_cells_it_is_laid_out_in():
    first, second = opened(VISIT, {"firm": "某某公司", "opened": date(2016, 5, 18)}).tables
    assert [[text for _, _, text in row] for row in grid(first)] == [
        ["企业名称", "某某公司", "成立时间", "2016年5月18日"],
        ["情况", "资质", "□\u00a0规上企业；□\u00a0高新技术企业；□\u00a0其他："],
        [None, "人数", f"博士 {BLANK} 人；其他 {BLANK} 人。"],
        [None, "万元", "2018 年", "2019 年"],
        [None, "销售", "", ""],
        [None, "纳税", "", ""],
    ]
    assert [[text for _, _, text in row] for row in grid(second)] == [
        ["情况", "项目", "", "金额", f"{BLANK}万元"],
        [None, "项目", "", "金额", f"{BLANK}万元"],
        ["诉求", "(可另附页)"],
        ["意见", f"\n经办人（签字）：{LONG_GAP}　日期：{LONG_GAP}"],
    ]


@pytest.mark.parametrize("paper", [VISIT, LIST])
def test_columns_and_cells_end_on_the_same_lines(paper):
    for table in opened(paper).tables:
        widths = [int(c.get(f"{W}w")) for c in table._tbl.tblGrid.iter(f"{W}gridCol")]
        for tr, row in zip(table._tbl.tr_lst, grid(table), strict=True):
            assert sum(span for _, span, _ in row) == len(widths)
            for tc, (column, span, _) in zip(tr.tc_lst, row, strict=True):
                assert int(tc.tcPr.find(f"{W}tcW").get(f"{W}w")) == sum(widths[column : column + span])
        assert sum(widths) == {"portrait": 8844, "landscape": 12756}[paper.form.page]


@pytest.mark.parametrize("paper", [VISIT, LIST, PROFILE])
def test_children_stand_in_the_order_of_the_standard(paper):
    data = written(paper)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [n for n in archive.namelist() if n.startswith("word/") and n.endswith(".xml") and "theme" not in n]
    met = set()
    for name in names:
        from lxml import etree

        for element in etree.fromstring(part(data, name).encode()).iter():
            kind = element.tag.removeprefix(W)
            if kind in ORDER:
                met.add(kind)
                children = [ORDER[kind].split().index(child.tag.removeprefix(W)) for child in element]
                assert all(a <= b for a, b in pairwise(children)), (name, kind)
    assert met >= {"pPr", "rPr", "sectPr", "style", "settings"}


def test_an_upright_and_a_lying_page_have_the_margins_of_official_documents():
    upright, lying = opened(VISIT).sections[0], opened(LIST).sections[0]
    sides = ("page_width", "page_height", "top_margin", "right_margin", "bottom_margin", "left_margin")
    for section, due in ((upright, (210, 297, 37, 26, 35, 28)), (lying, (297, 210, 28, 37, 26, 35))):
        assert [round(getattr(section, side) / Mm(1)) for side in sides] == list(due)


def test_the_page_number_stands_on_the_outer_side_between_dashes():
    section = opened(VISIT).sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (paragraph,) = footer.paragraphs
        assert paragraph.text == "— 1 —"
        assert " PAGE " in paragraph._p.xml
        assert f'<w:jc w:val="{side}"/>' in paragraph._p.xml


def test_the_head_of_a_list_comes_again_on_every_page_and_no_row_is_torn():
    rows = opened(LIST).tables[0]._tbl.tr_lst
    assert [bool(len(tr.trPr.findall(f"{W}tblHeader"))) for tr in rows] == [True, False, False, False]
    assert all(tr.trPr.find(f"{W}cantSplit") is not None for tr in rows)
    assert {tr.trPr.find(f"{W}trHeight").get(f"{W}hRule") for tr in rows} == {"atLeast"}


def test_a_new_page_begins_before_the_second_table_and_before_each_annex_page():
    document = opened(VISIT, {"need": "长" * 900})
    broken = {style.name for style in document.styles if style.element.find(f"{W}pPr/{W}pageBreakBefore") is not None}
    assert broken == {"FormBreak", "FormAnnexHeading"}
    before = document.tables[1]._tbl.getprevious()
    assert before.pPr.pStyle.val == "FormBreak"
    assert [(p.style.name, p.text[:8]) for p in document.paragraphs[-2:]] == [
        ("FormAnnexHeading", "附页1：诉求"),
        ("FormAnnexText", "长" * 8),
    ]


def test_a_box_is_in_one_run_with_the_first_sign_of_its_choice():
    runs = opened(VISIT, {"quals": ["规上企业"]}).tables[0].rows[1].cells[-1].paragraphs[0].runs
    assert [r.text for r in runs] == ["☑\u00a0规", "上企业；", "□\u00a0高", "新技术企业；", "□\u00a0其", "他："]
    assert [r.style.name for r in runs][::2] == ["FormBox"] * 3


KINDS = field(
    "kind", "诉求类型", "multi-choice", choices=["人才诉求", "企业诉求", "其他诉求"], between=" ", other="另有"
)


def kinds(width, data=None):
    """What stands in a cell with three choices that is so many mm wide."""
    row = [{"field": "kind", "label_width": 20, "width": width}, "name"]
    form = {
        "id": "test.kinds",
        "title": both("类型"),
        "layout": [row],
        "groups": [group("g", KINDS, field("name", "名"))],
    }
    paper = Paper(FormFile.model_validate(form))
    return paper, opened(paper, data)


def test_where_no_two_choices_fit_a_line_each_has_its_own():
    paper, document = kinds(30, {"kind": ["企业诉求", "再议"]})
    cell = document.tables[0].rows[0].cells[1]
    assert cell.text == "□\u00a0人才诉求\n☑\u00a0企业诉求\n□\u00a0其他诉求\n☑\u00a0另有：再议"
    assert returned(paper, document) == {"kind": ["企业诉求", "再议"]}


def test_where_two_choices_fit_a_line_they_stand_as_the_form_has_them():
    _, document = kinds(60)
    text = "□\u00a0人才诉求 □\u00a0企业诉求 □\u00a0其他诉求 □\u00a0另有："
    assert document.tables[0].rows[0].cells[1].text == text


def test_word_is_told_that_no_line_ends_with_a_box_or_the_blank_behind_it():
    rule = part(written(VISIT), "word/settings.xml").split("noLineBreaksAfter")[1].split('w:val="')[1].split('"')[0]
    assert rule.endswith("《「『【〔〖〝﹗﹙﹛＄（．［｛￡￥☑☒■√✓✔□☐▢\u00a0")


def test_only_the_blanks_of_a_sentence_are_underlined():
    runs = opened(VISIT, {"doctors": 3}).tables[0].rows[2].cells[-1].paragraphs[0].runs
    assert [r.text for r in runs if r.underline] == ["3", BLANK]


def test_the_foot_of_a_cell_is_a_paragraph_of_its_own_pushed_down():
    _, foot = opened(VISIT).tables[1].rows[3].cells[-1].paragraphs
    assert foot.style.name == "FormFoot"
    assert foot.paragraph_format.space_before > Mm(10)


def test_lines_break_within_a_paragraph_and_blanks_are_kept():
    cell = opened(VISIT, {"need": "甲  乙\n丙"}).tables[1].rows[2].cells[-1]
    (paragraph,) = cell.paragraphs
    assert paragraph.text == "甲  乙\n丙"
    assert 'xml:space="preserve">甲  乙<' in paragraph._p.xml


def test_values_are_never_markup():
    data = written(VISIT, {"firm": "]]></w:t><w:br/>&amp;\"'", "need": "<w:tbl>{{x}}"})
    assert Document(io.BytesIO(data)).tables[0].rows[0].cells[2].text == "]]></w:t><w:br/>&amp;\"'"
    assert len(Document(io.BytesIO(data)).tables) == 2


def test_fonts_are_named_by_role_and_the_language_is_chinese():
    fonts = FontSet(body=("正文&体", "别的"), title=("标题体",), label=("标签体",), box=("框体",))
    styles = Document(io.BytesIO(written(VISIT))).styles
    assert {s.name for s in styles if s.type == 1} >= {"FormTitle", "FormLabel", "FormValue"}
    assert "Heading 1" not in {s.name for s in styles}
    text = part(written_in(fonts), "word/styles.xml")
    assert 'w:eastAsia="zh-CN"' in text
    for name in ("正文&amp;体", "标题体", "标签体", "框体"):
        assert name in text
    assert "别的" not in text


def written_in(fonts):
    from talentservice.forms.docx import to_docx

    return to_docx(VISIT.printout(), fonts)


def test_nothing_of_the_template_is_left():
    with zipfile.ZipFile(io.BytesIO(written(VISIT))) as archive:
        assert sorted(archive.namelist()) == [
            "[Content_Types].xml", "_rels/.rels", "docProps/custom.xml", "word/_rels/document.xml.rels", "word/document.xml",
            "word/fontTable.xml", "word/footer1.xml", "word/footer2.xml", "word/settings.xml", "word/styles.xml", "word/theme/theme1.xml",
        ]  # fmt: skip
        assert archive.testzip() is None


def test_the_document_says_which_form_it_is_in_which_version_and_year():
    text = part(written(VISIT, year=2022), "docProps/custom.xml")
    assert [
        text.split(f'name="talentservice.{n}"><vt:lpwstr>')[1].split("<")[0] for n in ("form", "version", "year")
    ] == ["test.visit", "2", "2022"]
    assert "talentservice.year" not in part(written(LIST), "docProps/custom.xml")


def test_the_same_values_give_the_same_bytes():
    first = written(VISIT, {"firm": "某某"})
    shell.cache_clear()
    assert written(VISIT, {"firm": "某某"}) == first


def test_what_is_written_is_safe_to_open():
    assert "word/document.xml" in check_archive(written(VISIT))


def test_without_the_package_the_extra_is_named(monkeypatch):
    shell.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "docx", None)
    with pytest.raises(MissingExtra, match=r"talentservice\[docx\]"):
        written(VISIT)


@pytest.mark.parametrize("paper", [VISIT, LIST, PROFILE], ids=lambda paper: paper.form.id)
def test_whatever_is_written_is_read_as_it_was(paper):
    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine as well
    @given(values_of(paper.form))
    def holds(values):
        assert returned(paper, written(paper, values)) == values

    holds()
