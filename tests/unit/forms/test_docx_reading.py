"""Forms read back from Word documents that people and programs have changed; places are counted as a person counts."""

import copy
import sys
import tracemalloc
from datetime import date
from decimal import Decimal

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, nsmap
from tests.unit.forms.documents import (
    DATA,
    LIST,
    PROFILE,
    VISIT,
    cell,
    edited,
    field,
    group,
    opened,
    part,
    replaced,
    returned,
    saved,
    write,
    written,
)

from talentservice.errors import FileRefused, MissingExtra
from talentservice.forms.docx import stream
from talentservice.forms.docx.read import read_docx
from talentservice.forms.paper import Paper
from talentservice.forms.returned import read_form
from talentservice.forms.spec import FormFile

# ---- as it was written ------------------------------------------------------------------------------------------------------


def test_what_was_written_is_read_as_it_was():
    assert returned(VISIT, written(VISIT, DATA)) == DATA


def test_a_blank_form_is_read_as_blank():
    assert returned(VISIT, written(VISIT)) == {}
    assert returned(PROFILE, written(PROFILE)) == {}


@pytest.mark.parametrize(
    "text",
    [
        "一\n\n二\n", "=1+1", "+8", "-8", "@SUM", "祎喆𠮷", "甲  乙", "甲\u00a0乙", "{}", "{firm}", "[]", "甲。", "、甲", "其他：甲", "经办人（签字）：乙　日期：",
        "]]>&amp;<w:t>", "（见附页1）", "附页1：诉求", "☑ 规上企业", "长" * 10_000,
    ],
)  # fmt: skip
def test_texts_that_look_like_something_else_come_back_as_they_are(text):
    values = {"need": text.strip(), "opinion": text.strip()}
    if len(text) < 100 and "\n" not in text:
        values |= {"firm": text, "block": text, "quals": ["规上企业", text], "grants": [{"name": text}]}
    if "规上" in text:
        values["quals"] = ["规上企业"]
    assert returned(VISIT, written(VISIT, values)) == values


def test_tabs_become_blanks():
    assert returned(VISIT, written(VISIT, {"need": "甲\t乙"})) == {"need": "甲 乙"}


def test_a_long_text_is_fetched_from_its_annex_page():
    text = "\n".join(f"第{n}项诉求，说明如下。" for n in range(40))
    data = written(VISIT, {"need": text, "firm": "某某公司"})
    assert "（见附页1）" in part(data)
    assert returned(VISIT, data) == {"need": text, "firm": "某某公司"}


def test_the_annex_page_may_be_typed_in_paragraphs_of_its_own():
    document = opened(VISIT, {"need": "长" * 900})
    document.paragraphs[-1].runs[0].text = "第一段"
    document.add_paragraph("")
    document.add_paragraph("第二段")
    assert returned(VISIT, document) == {"need": "第一段\n\n第二段"}


def test_the_year_of_the_file_moves_the_columns():
    data = written(VISIT, {"money": {"2021": {"tax": 3}}}, year=2022)
    assert returned(VISIT, data) == {"money": {"2021": {"tax": Decimal(3)}}}
    assert read_form(VISIT, data).year == 2022


def test_without_properties_the_form_and_its_year_are_told_from_what_is_printed():
    data = replaced(written(VISIT, {"money": {"2021": {"tax": 3}}}, year=2022), "docProps/custom.xml", None)
    assert returned(VISIT, data) == {"money": {"2021": {"tax": Decimal(3)}}}
    assert read_docx(VISIT, data).form is None


def test_another_form_and_another_version_are_refused():
    with pytest.raises(FileRefused) as refused:
        read_form(LIST, written(VISIT))
    assert refused.value.code == "other-form"
    data = written(VISIT)
    properties = part(data, "docProps/custom.xml").replace(">2<", ">1<")
    with pytest.raises(FileRefused) as refused:
        read_form(VISIT, replaced(data, "docProps/custom.xml", properties))
    assert refused.value.code == "other-version"


# ---- as people change it ----------------------------------------------------------------------------------------------------


def test_a_label_that_was_typed_over_is_named_with_its_place():
    document = opened(VISIT, DATA)
    write(cell(document, 1, 3), "开业时间")
    assert returned(VISIT, document) == ["第1张表第1行第3格（成立时间）：应为“成立时间”，实为“开业时间”"]


def test_with_one_table_the_table_is_not_named():
    document = opened(LIST)
    write(cell(document, 1, 2), "名字")
    assert returned(LIST, document) == ["第1行第2格（姓名）：应为“姓名”，实为“名字”"]


def test_labels_may_differ_in_blanks_and_widths():
    document = opened(VISIT, DATA)
    write(cell(document, 1, 3), "成立", "时 间")
    assert returned(VISIT, document) == DATA


def test_a_value_that_does_not_fit_is_told_with_its_place():
    document = opened(VISIT, DATA)
    write(cell(document, 2, 2, table=1), "项目")
    write(cell(document, 1, 5, table=1), "五百来万")
    assert returned(VISIT, document) == ["第2张表第1行第5格（金额）：应为数字（可带“万元”），实为“五百来万”"]


def test_other_ticks_are_read():
    document = opened(VISIT)
    write(cell(document, 2, 3), "√ 规上企业; □ 高新技术企业; 其他:")
    assert returned(VISIT, document) == {"quals": ["规上企业"]}


@pytest.mark.parametrize(
    ("symbol", "ticked"),
    [
        ('<w:sym w:font="Wingdings" w:char="F0FE"/>', True),
        ('<w:sym w:font="Wingdings" w:char="F0FD"/>', True),
        ('<w:sym w:font="Wingdings 2" w:char="F052"/>', True),
        ('<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr><w:t>þ</w:t>', True),
        ('<w:instrText xml:space="preserve"> eq \\o\\ac(□,√) </w:instrText>', True),
        ('<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar>', True),
        ('<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData></w:fldChar>', False),
        ('<w:sym w:font="Wingdings" w:char="F0A8"/>', False),
        ('<w:sym w:font="Wingdings" w:char="F06F"/>', False),
        ('<w:sym w:font="Wingdings" w:char="so"/><w:t>□</w:t>', False),
    ],
)  # fmt: skip
def test_boxes_drawn_in_other_ways_are_read(symbol, ticked):
    document = opened(VISIT)
    write(cell(document, 2, 3), "", symbol=f"{symbol}<w:t>高新技术企业</w:t>")
    assert returned(VISIT, document) == ({"quals": ["高新技术企业"]} if ticked else {})


def test_rows_that_were_added_are_read_and_blank_ones_dropped():
    document = opened(VISIT, DATA)
    table = document.tables[1]
    for name, amount in (("", ""), ("首台套", "20 万元"), ("", "３")):
        row = copy.deepcopy(table.rows[1]._tr)
        table.rows[1]._tr.addnext(row)
        write(row.tc_lst[2], name)
        write(row.tc_lst[4], amount)
    grants = [*DATA["grants"], {"amount": Decimal(3)}, {"name": "首台套", "amount": Decimal(20)}]
    assert returned(VISIT, document) == {**DATA, "grants": grants}


def test_rows_of_a_list_may_be_more_or_fewer_than_printed():
    items = [{"name": "甲某"}, {"phone": "0519-80000000", "kind": "企业"}]
    document = opened(LIST, {"no": "一", "items": items})
    rows = document.tables[0].rows
    document.tables[0]._tbl.remove(rows[3]._tr)
    assert returned(LIST, document) == {"no": "一", "items": items}
    for _ in range(40):
        rows[2]._tr.addnext(copy.deepcopy(rows[2]._tr))
    assert returned(LIST, document) == {"no": "一", "items": [items[0], *[items[1]] * 41]}


def test_a_list_cut_in_two_with_its_head_again_is_read_as_one():
    items = [{"name": "甲某"}, {"name": "乙某"}, {"name": "丙某"}]
    document = opened(LIST, {"items": items})
    first = document.tables[0]._tbl
    second = copy.deepcopy(first)
    first.remove(first.tr_lst[3])
    for number in (2, 1):
        second.remove(second.tr_lst[number])
    first.addnext(second)
    assert returned(LIST, document) == {"items": items}


def test_tables_that_grew_together_are_read_as_before():
    document = opened(VISIT, DATA)
    first, second = (table._tbl for table in document.tables)
    first.addnext(parse_xml(f"<w:p {nsdecls('w')}/>"))
    for row in list(second.tr_lst):
        first.append(row)
    second.getparent().remove(second)
    assert returned(VISIT, document) == DATA


def test_a_row_that_was_taken_out_is_missed():
    document = opened(VISIT, DATA)
    rows = document.tables[0]._tbl
    rows.remove(rows.tr_lst[0])
    assert returned(VISIT, document) == ["第1张表第1行（企业名称）：缺少“企业名称”一行，请用空白表重填"]


def test_a_row_that_was_put_in_is_told_and_nothing_else_moves():
    document = opened(VISIT, DATA)
    first = document.tables[0].rows[0]._tr
    row = copy.deepcopy(first)
    first.addnext(row)
    for tc, text in zip(row.tc_lst, ("传真", "无", "", ""), strict=True):
        write(tc, text)
    assert returned(VISIT, document) == [
        "第1张表第2行第1格（表外）：“传真”不是表中内容，请删去或写入栏目",
        "第1张表第2行第2格（表外）：“无”不是表中内容，请删去或写入栏目",
    ]


def test_a_form_with_personal_fields_tells_no_text_that_stands_where_none_is_printed():
    document = opened(LIST, {"items": [{"name": "甲某"}]})
    document.add_paragraph("丁某代填")
    assert returned(LIST, document) == ["第2段（表外）：“…”不是表中内容，请删去或写入栏目"]


def test_problems_are_told_in_english_by_the_english_label_of_the_field():
    declared = VISIT.form.model_dump(exclude_defaults=True)
    english = {"block": "Area", "firm": "Enterprise", "opened": "Founded on", "tax": "Taxes"}
    for one in (f for g in declared["groups"] for f in g["fields"] if f["id"] in english):
        one["label"]["en"] = english[one["id"]]
    form = FormFile.model_validate(declared)
    document = opened(VISIT)
    write(cell(document, 1, 3), "开业时间")
    write(cell(document, 6, 2), "税")
    next(p for p in document.paragraphs if "板块" in p.text).runs[0].text = "所属："
    document.add_paragraph("以上属实")
    told = read_docx(Paper(form, VISIT.notes), saved(document)).problems
    assert [p.line("en") for p in told] == [
        "table 1, row 1, cell 3 (Founded on): '成立时间' is printed here, got '开业时间'",
        "table 1, row 6, cell 2 (Taxes): '纳税' is printed here, got '税'",
        "paragraph 3 (Area): '所在板块：__' is printed here, got '所属：'",
        "paragraph 5 (beside the form): '以上属实' is no part of the form; delete it, or write it in a field",
    ]


def test_values_of_a_row_with_a_cell_too_many_are_not_guessed():
    document = opened(LIST, {"items": [{"name": "甲某"}]})
    row = document.tables[0].rows[1]._tr
    row.append(copy.deepcopy(row.tc_lst[1]))
    assert returned(LIST, document) == ["第2行（行）：应为 4 格，实为 5 格"]


def test_a_row_with_a_cell_too_many_or_too_few_is_read_by_its_labels():
    document = opened(VISIT, DATA)
    row = document.tables[0].rows[0]._tr
    row.tc_lst[1].addnext(copy.deepcopy(row.tc_lst[3]))
    write(row.tc_lst[2], "")
    assert returned(VISIT, document) == DATA
    write(row.tc_lst[2], "另")
    assert returned(VISIT, document) == ["第1张表第1行第3格（表外）：“另”不是表中内容，请删去或写入栏目"]
    row.remove(row.tc_lst[3])
    row.remove(row.tc_lst[2])
    assert returned(VISIT, document) == ["第1张表第1行第3格（成立时间）：应为“成立时间”，此处为空"]


def test_columns_drawn_anew_change_nothing():
    data = edited(
        written(VISIT, DATA), (r"<w:gridSpan[^>]*/>", '<w:gridSpan w:val="999999999"/>'), (r"<w:gridCol[^>]*/>", "")
    )
    assert returned(VISIT, data) == DATA


def test_a_cell_merged_with_the_one_above_is_told():
    document = opened(VISIT, DATA)
    properties = cell(document, 2, 5, table=1).get_or_add_tcPr()
    properties.append(parse_xml(f"<w:vMerge {nsdecls('w')}/>"))
    assert returned(VISIT, document) == ["第2张表第2行第5格（金额）：单元格已与上一行合并"]


def test_a_table_in_a_cell_is_told():
    document = opened(VISIT, DATA)
    document.tables[0].cell(0, 1)
    inner = parse_xml(f"<w:tbl {nsdecls('w')}><w:tr><w:tc><w:p><w:r><w:t>5</w:t></w:r></w:p></w:tc></w:tr></w:tbl>")
    cell(document, 1, 2).insert(1, inner)
    assert returned(VISIT, document) == ["第1张表第1行第2格（企业名称）：单元格内不能再插入表格，请改为文字"]


def test_cells_merged_or_deleted_in_the_ways_of_other_programs_are_not_counted():
    document = opened(VISIT, DATA)
    row = document.tables[0].rows[0]._tr
    for look in ("<w:hMerge w:val='continue' {}/>", "<w:cellDel {}/>"):
        more = copy.deepcopy(row.tc_lst[1])
        more.get_or_add_tcPr().append(parse_xml(look.format(nsdecls("w"))))
        row.append(more)
    row.tc_lst[0].get_or_add_tcPr().append(parse_xml(f"<w:hMerge {nsdecls('w')} w:val='restart'/>"))
    assert returned(VISIT, document) == DATA


def test_a_table_in_a_text_box_outside_the_form_is_told_as_text():
    document = opened(PROFILE)
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>电话</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    box = f"<w:p {nsdecls('w')}><w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r></w:p>"
    document.paragraphs[0]._p.addprevious(parse_xml(box))
    assert returned(PROFILE, document) == ["第1段文本框（表外）：“电话”不是表中内容，请删去或写入栏目"]


def test_words_of_a_sentence_may_be_half_width_and_its_underlining_lost():
    document = opened(VISIT, DATA)
    write(cell(document, 3, 3), "博士3人;其他 43人。")
    assert returned(VISIT, document) == DATA


def test_words_of_a_sentence_that_changed_are_told():
    document = opened(VISIT, DATA)
    write(cell(document, 3, 3), "博士3人，硕士9人")
    problem = "第1张表第3行第3格（博士 __ 人；其他 __ 人。）：应为“博士 __ 人；其他 __ 人。”，实为“博士3人，硕士9人”"
    assert returned(VISIT, document) == [problem]


def test_a_foot_is_read_apart_from_the_text_above_it():
    document = opened(VISIT)
    write(cell(document, 4, 2, table=1), "同意", "经办人（签字）: 日期：2020年7月1日")
    assert returned(VISIT, document) == {"opinion": "同意", "on": date(2020, 7, 1)}


def test_a_name_typed_where_a_signature_is_due_is_told_and_not_repeated():
    document = opened(VISIT)
    write(cell(document, 4, 2, table=1), "同意", "经办人（签字）：甲某　日期：2020年7月1日")
    read = read_form(VISIT, saved(document))
    assert [w.line("zh") for w in read.warnings] == [
        "第2张表第4行第2格（签字、盖章处的文字）：签字、盖章处的文字不读取"
    ]
    assert read.sound() == {"opinion": "同意", "on": date(2020, 7, 1)}, "a signed form is sound"


@pytest.mark.parametrize("typed", ["2020年7月1日{}", "{}2020年7月1日", "  2020年7月1日{}", "{}2020年7月1日{}"])
def test_what_is_typed_into_a_wide_blank_is_read_without_the_rest_of_it(typed):
    document = opened(VISIT)
    *_, blank = (
        r for r in cell(document, 4, 2, table=1).iter(f"{{{nsmap['w']}}}t") if r.text.strip("\u2002\u00a0") == ""
    )
    blank.text = typed.format("\u2002" * 6, "\u2002" * 4 + "\u00a0")
    assert returned(VISIT, document) == {"on": date(2020, 7, 1)}


def test_runs_cut_into_pieces_read_as_one():
    once = r'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/><w:u w:val="single"/></w:rPr><w:t>东区</w:t></w:r>'
    each = once.replace("东区", "{}")
    data = edited(
        written(VISIT, DATA), (once, each.format("东") + "<w:proofErr/><w:bookmarkStart/>" + each.format("区"))
    )
    assert returned(VISIT, data) == DATA


def test_tracked_changes_are_read_as_accepted():
    document = opened(VISIT, {"firm": "某某"})
    write(cell(document, 1, 2), "", symbol="<w:t>x</w:t>")
    tc = cell(document, 1, 2)
    tc.remove(tc.p_lst[0])
    tc.append(parse_xml(
        f"<w:p {nsdecls('w')}><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>旧</w:delText><w:t>旧</w:t></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom><w:ins><w:r><w:t>新</w:t></w:r></w:ins></w:p>"
    ))  # fmt: skip
    tc.append(
        parse_xml(
            f"<w:p {nsdecls('w')}><w:r><w:rPr><w:rPrChange><w:rPr><w:u/></w:rPr></w:rPrChange></w:rPr><w:t>名</w:t></w:r></w:p>"
        )
    )
    row = copy.deepcopy(document.tables[0].rows[0]._tr)
    row.get_or_add_trPr().append(parse_xml(f"<w:del {nsdecls('w')}/>"))
    document.tables[0].rows[0]._tr.addnext(row)
    assert returned(VISIT, document) == {"firm": "新名"}


def test_wrappers_fields_and_text_boxes_are_seen_through():
    document = opened(VISIT)
    tc = cell(document, 1, 2)
    tc.remove(tc.p_lst[0])
    box = "<mc:AlternateContent><mc:Choice Requires='wps'>{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback></mc:AlternateContent>"
    tc.append(parse_xml(
        f"<w:p {nsdecls('w')} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'><w:sdt><w:sdtPr><w:rPr><w:u/></w:rPr></w:sdtPr>"
        "<w:sdtContent><w:smartTag><w:hyperlink><w:r><w:t>甲</w:t></w:r></w:hyperlink></w:smartTag></w:sdtContent></w:sdt>"
        "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText> DATE </w:instrText><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>乙</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>不见</w:t></w:r><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>请输入</w:t></w:r>"
        "</w:sdtContent></w:sdt><w:r><w:ruby><w:rt><w:r><w:t>bing</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>丙</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        "<w:r><w:noBreakHyphen/><w:tab/>" + box.format("<w:pict><w:txbxContent><w:p><w:r><w:t>丁</w:t></w:r></w:p></w:txbxContent></w:pict>")
        + "</w:r></w:p>"
    ))  # fmt: skip
    write(cell(document, 4, 2, table=1), "经办人（签字）：日期：")
    assert saved(document)
    read = read_docx(VISIT, saved(document))
    assert next(e.raw for e in read.entries if e.slot.key == "firm").split() == ["甲乙丙-", "丁"]


def test_a_text_of_the_form_is_read_from_several_paragraphs():
    document = opened(PROFILE, {"plan": "一", "projects": [{"year": 2019, "title": "首台套"}]})
    last = document.paragraphs[-1]
    last.runs[0].text = "规划：一"
    for run in last.runs[1:]:
        run._r.getparent().remove(run._r)
    document.add_paragraph("二")
    document.add_paragraph("三。")
    assert returned(PROFILE, document) == {"plan": "一\n二\n三", "projects": [{"year": 2019, "title": "首台套"}]}


def test_paragraphs_of_a_repeated_group_are_as_many_as_there_are():
    projects = [{"year": 2015 + n, "title": f"第{n}号"} for n in range(6)]
    document = opened(PROFILE, {"name": "甲某", "school": "某大学", "projects": projects[:2]})
    at = next(p for p in document.paragraphs if "第1号" in p.text)
    for n in reversed(range(2, 6)):
        at._p.addnext(parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>{2015 + n}年承担第{n}号项目。</w:t></w:r></w:p>"))
    assert returned(PROFILE, document) == {"name": "甲某", "school": "某大学", "projects": projects}


def test_a_sentence_that_is_not_printed_may_be_there_or_not():
    for values in ({"name": "甲某", "school": "某大学"}, {"name": "甲某", "school": "某大学", "left": "2020-06"}):
        assert returned(PROFILE, written(PROFILE, values)) == values


def test_a_line_in_other_words_one_too_many_and_one_too_few_are_told():
    document = opened(PROFILE, {"name": "甲某", "school": "某大学"})
    heading = next(p for p in document.paragraphs if p.text == "二、项目")
    heading.runs[0].text = "二、项目情况"
    assert returned(PROFILE, document) == ["第4段（二、项目）：应为“二、项目”，实为“二、项目情况”"]
    heading.runs[0].text = "二、项目"
    document.paragraphs[-1]._p.getparent().remove(document.paragraphs[-1]._p)
    document.add_paragraph("以上属实")
    assert returned(PROFILE, document) == ["第7段（规划）：应为“规划：__。”，实为“以上属实”"]
    document.paragraphs[-2]._p.addprevious(copy.deepcopy(document.paragraphs[-1]._p))
    document.paragraphs[-1]._p.getparent().remove(document.paragraphs[-1]._p)
    assert returned(PROFILE, document) == [
        "第6段（表外）：“以上属实”不是表中内容，请删去或写入栏目",
        "第8段（规划）：应为“规划：__。”，此处为空",
    ]


# ---- what is not read is not lacking too ------------------------------------------------------------------------------------


def told_and_unread(paper, document):
    read = read_form(paper, saved(document))
    return [p.line("zh") for p in read.problems], read.unread


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("区域是 东区", "第3段（板块）：应为“所在板块：__”，实为“区域是 东区”"),
        ("所在板块", "第3段（板块）：应为“所在板块：__”，实为“所在板块”"),
    ],
    ids=["other words", "about the same words"],
)
def test_a_line_that_was_rewritten_is_told_once_and_its_blank_is_not_lacking(typed, told):
    document = opened(VISIT)
    line = next(p for p in document.paragraphs if "板块" in p.text)
    line.text = typed
    assert told_and_unread(VISIT, document) == ([told], {"block"})
    line.text = ""
    assert told_and_unread(VISIT, document) == (["第3段（板块）：应为“所在板块：__”，此处为空"], set())


def test_of_several_lines_that_were_rewritten_each_is_told_once_and_what_is_left_over_as_added():
    document = opened(PROFILE)
    plan, project = document.paragraphs[-1], document.paragraphs[-3]
    plan.text = "明年上市"
    document.add_paragraph("以上属实")
    assert told_and_unread(PROFILE, document) == (
        [
            "第7段（规划）：应为“规划：__。”，实为“明年上市”",
            "第8段（表外）：“以上属实”不是表中内容，请删去或写入栏目",
        ],
        {"plan"},
    )
    project.text = "某年承担国家项目"
    told, unread = told_and_unread(PROFILE, document)
    assert told[0] == "第5段（__ 年承担__项目。）：应为“__ 年承担__项目。”，实为“某年承担国家项目”"
    assert (len(told), unread) == (3, {"projects.0.year", "projects.0.title", "plan"})


def test_a_text_in_place_of_a_note_that_is_gone_is_told_as_added():
    document = opened(VISIT)
    next(p for p in document.paragraphs if p.text.startswith("注：")).text = "以上属实"
    assert told_and_unread(VISIT, document) == (["第4段（表外）：“以上属实”不是表中内容，请删去或写入栏目"], set())


def test_beside_a_label_that_was_typed_over_values_are_read_so_nothing_is_unread():
    document = opened(VISIT)
    write(cell(document, 1, 1), "单位名称")
    write(cell(document, 1, 2), "某某公司")
    read = read_form(VISIT, saved(document))
    assert (read.values, read.unread) == ({"firm": "某某公司"}, set())
    assert [p.line("zh") for p in read.problems] == ["第1张表第1行第1格（企业名称）：应为“企业名称”，实为“单位名称”"]


def test_a_label_with_a_persons_name_is_not_repeated_where_a_blank_of_the_row_is_personal():
    document = opened(LIST)
    write(cell(document, 1, 4), "甲某")
    assert returned(LIST, document) == ["第1行第4格（类型）：应为“类型”，实为“甲某”"]
    document = opened(Paper(PERSONAL))
    write(cell(document, 1, 1), "甲某的单位")
    assert told_and_unread(Paper(PERSONAL), document) == (["第1行第1格（单位）：应为“单位”，实为“…”"], set())


PERSONAL = FormFile.model_validate(
    {
        "id": "test.personal",
        "title": {"zh": "登记表", "en": "Register"},
        "layout": [["unit", "name"]],
        "groups": [group("g", field("unit", "单位"), field("name", "姓名", personal=True))],
    }
)


def test_values_of_a_row_with_a_cell_too_many_are_unread_where_something_stands():
    document = opened(LIST, {"items": [{"name": "甲某"}]})
    row = document.tables[0].rows[1]._tr
    row.append(copy.deepcopy(row.tc_lst[3]))
    told = ["第2行（行）：应为 4 格，实为 5 格"]
    assert told_and_unread(LIST, document) == (told, {"items.0.name", "items.0.phone", "items.0.kind"})
    for tc in row.tc_lst:
        write(tc, "")
    assert told_and_unread(LIST, document) == ([], set())


def test_every_blank_of_a_cell_with_a_table_in_it_is_unread():
    document = opened(VISIT)
    inner = parse_xml(f"<w:tbl {nsdecls('w')}><w:tr><w:tc><w:p><w:r><w:t>5</w:t></w:r></w:p></w:tc></w:tr></w:tbl>")
    cell(document, 3, 3).insert(1, inner)
    told, unread = told_and_unread(VISIT, document)
    assert told == ["第1张表第3行第3格（博士）：单元格内不能再插入表格，请改为文字"]
    assert unread == {"doctors", "others"}


def test_a_printed_row_that_is_gone_is_named_where_it_would_stand():
    document = opened(VISIT, DATA)
    table = document.tables[0]._tbl
    table.remove(table.tr_lst[2])
    data = {key: value for key, value in DATA.items() if key not in ("doctors", "others")}
    read = read_form(VISIT, saved(document))
    assert [p.line("zh") for p in read.problems] == ["第1张表第3行（人数）：缺少“人数”一行，请用空白表重填"]
    assert read.problems[0].en == "the row '人数' is missing; use a blank form"
    assert read.values == data


def test_a_row_that_is_gone_from_the_end_is_told_behind_the_last():
    document = opened(VISIT)
    table = document.tables[1]._tbl
    table.remove(table.tr_lst[3])
    assert returned(VISIT, document) == ["第2张表第4行（意见）：缺少“意见”一行，请用空白表重填"]


def test_a_column_that_was_added_is_told_once_for_its_table():
    document = opened(LIST, {"items": [{"name": "甲某"}]})
    for row in document.tables[0]._tbl.tr_lst:
        row.tc_lst[1].addprevious(copy.deepcopy(row.tc_lst[2]))
    for row in document.tables[0]._tbl.tr_lst[2:]:
        write(row.tc_lst[4], "")
    told = ["表（列数）：各行比空白表多 1 格，请用空白表重填"]
    assert told_and_unread(LIST, document) == (told, {"items.0.name", "items.0.phone", "items.0.kind"})


def test_a_column_that_was_taken_out_is_told_once_for_its_table():
    document = opened(LIST)
    for row in document.tables[0]._tbl.tr_lst:
        row.remove(row.tc_lst[2])
    read = read_form(LIST, saved(document))
    assert [p.line("zh") for p in read.problems] == ["表（列数）：各行比空白表少 1 格，请用空白表重填"]
    assert read.problems[0].en == "each row has 1 cell fewer than printed; use a blank form"


def test_problems_are_told_in_reading_order():
    document = opened(VISIT, DATA)
    write(cell(document, 1, 4), "不记得")
    write(cell(document, 3, 3), "博士3人，硕士9人")
    write(cell(document, 1, 5, table=1), "五百来万")
    document.paragraphs[0].insert_paragraph_before("急件")
    assert [line.partition("（")[0] for line in returned(VISIT, document)] == [
        "第1张表第1行第4格",
        "第1张表第3行第3格",
        "第2张表第1行第5格",
        "第1段",
    ]


def test_a_note_or_the_number_of_the_annex_may_be_taken_out():
    document = opened(VISIT, DATA)
    for p in document.paragraphs:
        if p.text.startswith(("附件", "注：")):
            p._p.getparent().remove(p._p)
    assert returned(VISIT, document) == DATA


# ---- as somebody might who means harm ---------------------------------------------------------------------------------------


def hostile(inside, before="<w:p><w:r><w:t>走访表</w:t></w:r></w:p>"):
    data = written(VISIT)
    head = part(data).partition("<w:body>")[0]
    return replaced(data, "word/document.xml", f"{head}<w:body>{before}{inside}</w:body></w:document>")


CELL = "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"
LOADS = {
    "deep": ("<w:p>" * 400_000 + "</w:p>" * 400_000, "too-large"),
    "names": ("".join(f"<a{n}/>" for n in range(300_000)), "too-large"),
    "attributes": ("<a " + " ".join(f'b{n}=""' for n in range(300_000)) + "/>", "too-large"),
    "spaces": ("".join(f'<a xmlns:b{n}="c"/>' for n in range(200_000)), "too-large"),
    "runs": (CELL.format("<w:p>" + "<w:r><w:t>长</w:t></w:r>" * 60_000 + "</w:p>"), ""),
    "cells": ("<w:tbl><w:tr>" + "<w:tc/>" * 600_000 + "</w:tr></w:tbl>", "too-large"),
    "rows": ("<w:tbl>" + "<w:tr/>" * 600_000 + "</w:tbl>", "too-large"),
    "paragraphs": ("<w:p/>" * 600_000, "too-large"),
    "lines": ("<w:p><w:r><w:t>甲</w:t></w:r></w:p>" * 5_000, "too-large"),
    "breaks": (CELL.format("<w:p><w:r>" + "<w:br/>" * 100_000 + "</w:r></w:p>"), ""),
    "blanks": (CELL.format("<w:p><w:r>" + "<w:tab/>" * 100_000 + "</w:r></w:p>") , ""),
    "signs": (CELL.format("<w:p>" + f"<w:r><w:t>𠮷{'a' * 60_000}</w:t></w:r>" * 40 + "</w:p>"), ""),
}  # fmt: skip


@pytest.mark.parametrize("load", LOADS)
def test_a_document_made_to_exhaust_the_reader_costs_little(load):
    inside, code = LOADS[load]
    data = hostile(inside)
    del inside
    tracemalloc.start()
    try:
        if code:
            with pytest.raises(FileRefused) as refused:
                read_docx(VISIT, data)
            assert refused.value.code == code
        else:
            assert read_docx(VISIT, data).problems
        assert tracemalloc.get_traced_memory()[1] < 64 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_a_document_of_far_too_many_elements_is_refused(monkeypatch):
    monkeypatch.setattr(stream, "ELEMENTS", 10_000)
    with pytest.raises(FileRefused) as refused:
        read_docx(VISIT, hostile("<a/>" * 11_000))
    assert refused.value.code == "too-large"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<w:document", "damaged"),
        ("<a/>", "file-type"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "unsafe-xml"),
    ],
)
def test_a_part_that_is_no_document_is_refused(text, code):
    with pytest.raises(FileRefused) as refused:
        read_docx(VISIT, replaced(written(VISIT), "word/document.xml", text))
    assert refused.value.code == code


def test_properties_that_make_no_sense_are_passed_over():
    data = written(VISIT, DATA)
    for text in (
        "<Properties",
        part(data, "docProps/custom.xml").replace(">2020<", ">9999<").replace("test.visit", "x" * 300),
    ):
        assert returned(VISIT, replaced(data, "docProps/custom.xml", text)) == DATA


def test_the_strict_form_of_the_standard_and_another_prefix_are_read():
    data = written(VISIT, DATA)
    strict = part(data).replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert returned(VISIT, replaced(data, "word/document.xml", strict)) == DATA
    other = (
        part(data).replace("<w:", "<x:").replace("</w:", "</x:").replace(" w:", " x:").replace("xmlns:w=", "xmlns:x=")
    )
    assert returned(VISIT, replaced(data, "word/document.xml", other)) == DATA


def test_properties_too_large_for_any_form_are_refused():
    with pytest.raises(FileRefused) as refused:
        read_docx(VISIT, replaced(written(VISIT), "docProps/custom.xml", "<a>" * 300))
    assert refused.value.code == "too-large"


def test_without_the_package_that_guards_the_parser_the_extra_is_named(monkeypatch):
    data = written(VISIT)
    monkeypatch.setitem(sys.modules, "defusedxml.sax", None)
    with pytest.raises(MissingExtra, match=r"talentservice\[docx\]"):
        read_docx(VISIT, data)
