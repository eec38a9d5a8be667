"""The nine printed forms, label by label: what a blank one says, typed by hand from the printed annexes.

Blanks in labels do not count; each row of a table is a line, its cells parted by ``|``. A row in which nothing is printed is ``·``.
"""

import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

import talentservice
from talentservice.forms.render import Table
from talentservice.forms.sheet import Grid, Line
from talentservice.region import load_folder

BESIDE = Path(__file__).parents[3] / "shared"
DRAWN = Path(__file__).parent / "forms"
XINQU = Path(__file__).parents[2] / "examples" / "new_region" / "src" / "talentservice_xinqu"
JINTAN = (
    "visit-lead-talent", "visit-other", "needs-summary", "assignment-slip", "feedback-slip", "top-talent-survey",
    "high-level-survey", "enterprise-profile",
)  # fmt: skip
PRINTED_FORMS = [*(("jintan", name) for name in JINTAN), ("nanhai", "need-slip")]
ALL_FORMS = [*PRINTED_FORMS, ("xinqu", "need-slip")]
AREAS = ["经济开发区", "华科园", "朱林镇", "指前镇", "金科园", "薛埠镇", "直溪镇", "儒林镇", "西城街道"]
NEW_PAGE = "==== 新页"


def form_of(region, name):
    return (load_folder(XINQU) if region == "xinqu" else talentservice.region(region)).form(name)


def squeezed(text):
    return re.sub(r"\s+", "", text)


def text_of(runs):
    return squeezed("".join(run.text for run in runs))


def written(form, data=None, **options):
    """What stands on the paper, line by line and row by row."""
    for part in form.printout(data, **options).parts:
        if not isinstance(part, Table):
            yield f"{part.style}: {text_of(part.runs)}"
            continue
        if part.grid.new_page:
            yield NEW_PAGE
        for row in range(part.grid.start, part.grid.start + part.grid.rows):
            cells = [text_of(c.runs) + text_of(c.foot) for c in part.cells if c.place.row == row]
            yield " | ".join(filter(None, cells)) or "·"


TALENT_HONOURS = (
    "□国家重大人才工程A类专家；□国家重大人才工程B类专家；□省“双创计划”资助对象；□省“科技企业家培育工程”培育对象；"
    "□省“333工程”培养对象；□省“产业教授”；□其它："
)
FACILITIES = (
    "□国家级工程技术研究中心；□省级工程技术研究中心；□国家级重点实验室；□省级重点实验室；□国家级公共技术服务平台；"
    "□省级公共技术服务平台；□国家级企业技术中心；□省级企业技术中心；□省级重点研发机构；□院士工作站；□其他："
)
QUALIFICATIONS = (
    "□规上企业；□高新技术企业；□承担省科技成果转化基金；□省高层次人才创新创业类基地；□企业院士工作站；□博士后科研工作站；"
    "□研究生工作站；□技术中心；□工程中心；□工程技术研究中心；□省级科技型企业认定；□省级创新型企业认定；□省级软件企业认定；"
    "□省级新型研发机构认定；其他："
)
PLANS = "(包括人才引进、技术升级、扩大生产、股改上市等方面)"
STAGES = "□意向接洽□接洽商谈□初步意向□计划签约□已签约"

PRINTED = {
    "visit-lead-talent": f"""
annex: 附件3
title: 企业走访记录表
head: 企业类型：领军人才创业企业
head: 所在板块：
企业名称
企业地址
走访人员
人才信息 | 人才姓名 | 出生年月
学历学位 | 国籍
毕业院校 | 专业
人才出资 | 占股比例
入选时间 | 入选批次
是否在岗 | 离职时间
离职原因
人才资质 | {TALENT_HONOURS}
企业走访信息 | 注册时间 | 注册资本
内部重大科技基础设施情况 | {FACILITIES}
企业资质 | {QUALIFICATIONS}
财务数据 | 金额/万元 | 2017年 | 2018年 | 2019年
主营收入
入库税收
利润
{NEW_PAGE}
企业走访信息 | 人才情况 | 正式员工数量 | 人 | 研发人员数量 | 人
员工学历构成 | 博士/正高职称人；硕士/副高职称人；本科人；其他人。
知识产权情况 | 已授权件；其中：发明件，实用新型件，外观件
拟申请件；其中：发明件，实用新型件，外观件
竞争情况 | 所属行业
主要产品/服务
主要客户
主要竞争对手
市场份额
核心竞争力
资助情况 | 人才创业资助 | 区级资助 | 万元 | 已拨付 | 万元
市级资助 | 万元 | 已拨付 | 万元
省级资助 | 万元 | 已拨付 | 万元
国家资助 | 万元 | 已拨付 | 万元
其它 | 项目名称 | 金额 | 已拨付
项目名称 | 金额 | 已拨付
发展规划 | {PLANS}
人才诉求 | (可另附页)
企业诉求 | (可另附页)
""",
    "visit-other": f"""
annex: 附件3
title: 企业走访记录表
head: 企业类型：其它企业
head: 所在板块：
企业名称
企业地址
走访人员
企业走访信息 | 注册时间 | 注册资本
内部重大科技基础设施情况 | {FACILITIES}
创（领）办人资质 | {TALENT_HONOURS}
企业资质 | {QUALIFICATIONS}
财务数据 | 金额/万元 | 2017年 | 2018年 | 2019年 | 2020年(预计)
主营收入
入库税收
利润
人才情况 | 员工数量 | 人 | 研发人员数量 | 人
员工学历构成 | 博士/正高职称人；硕士/副高职称人；本科人；其他人。
近三年引进高层次人才数量 | 人
知识产权授权情况 | 已授权件；其中：发明件，实用新型件，外观件
拟申请件；其中：发明件，实用新型件，外观件
{NEW_PAGE}
企业走访信息 | 竞争情况 | 所属行业
主要产品/服务
主要客户
主要竞争对手
市场份额
核心竞争力
项目支持情况 | 项目名称 | 金额 | 已拨付
项目名称 | 金额 | 已拨付
项目名称 | 金额 | 已拨付
项目名称 | 金额 | 已拨付
发展规划 | {PLANS}
人才诉求 | (可另附页)
企业诉求 | (可另附页)
""",
    "needs-summary": """
annex: 附件4
title: 第__专班小组企业（人才）反映诉求汇总表
head: 汇总日期：
head: 汇总人：
序号 | 企业名称 | 人才/联系人 | 职务 | 联系电话 | 诉求类型 | 简要描述 | 备注
□人才诉求□企业诉求
□人才诉求□企业诉求
□人才诉求□企业诉求
□人才诉求□企业诉求
□人才诉求□企业诉求
""",
    "assignment-slip": """
annex: 附件5
title: 企业（人才）反映诉求交办单
head: 编号：
人才姓名(企业联系人) | 联系方式
企业名称
人才/联系人职务
企业地址
诉求内容
交办时间 | 完成时限
主办单位
协办单位
""",
    "feedback-slip": """
annex: 附件6
title: 职能部门落实企业（人才）反映诉求反馈单
交办单编号
职能部门
诉求解决情况概述
是否办结 | 办结时间
未办结原因
承办人 | 联系电话
企业（人才）反馈情况
""",
    "top-talent-survey": f"""
annex: 附件7
title: 第__专班小组顶尖人才引进计划摸排汇总表
head: 汇总日期：
head: 汇总人：
序号 | 板块 | 人才（团队）简介 | 项目信息 | 引才初步方案 | 政策需求 | 引才进展 | 备注
{STAGES}
{STAGES}
""",
    # The number of blank rows is lost in the text; the note is in our own words.
    "high-level-survey": """
annex: 附件8
title: 第__专班小组高层次人才摸排信息汇总表
head: 汇总日期:
head: 汇总人:
序号 | 姓名 | 企业 | 职务 | 出生年月 | 籍贯 | 学位 | 毕业院校 | 专业 | 来坛时间 | 社保缴纳地 | 户口所在地 | 联系方式 | 备注
·
·
·
·
·
·
·
·
·
·
note: 注：摸排对象：近三年引进或本年拟签约，且有博士学位或正高职称。
""",
    "enterprise-profile": """
annex: 附件9
title: 人才企业简介（模板）
heading: 一、人才简介
paragraph: ，，出生，学位，毕业于大学专业，（主要学习工作经历和获奖情况），年来坛创业。（，因原因离职）。
heading: 二、企业简介
paragraph: 公司成立于，位于，注册资本万元，人才占股%。现有员工人。从事，主要产品有，广泛应用于，主要客户有。
paragraph: 年，入选常州市“龙城英才计划”第批领军人才项目，获得万元创业资助额度，现已拨付万元。
paragraph: 拥有自主研发团队人，其中博士人、硕士人。
paragraph: 年项目，获得项目经费支持万元。
paragraph: 年项目，获得项目经费支持万元。
paragraph: 拥有授权权利项，其中发明专利项。
paragraph: 
heading: 三、经营发展情况
paragraph: 2017年公司实现销售收入万元，纳税万元。2018年公司实现销售收入万元，纳税万元。2019年公司实现销售收入万元，纳税万元。2020年公司预计实现销售收入万元，预计纳税万元。
paragraph: 近三年公司发展规划：。
heading: 四、联系信息
paragraph: 创业人才：，联系电话：
paragraph: 企业负责人：，联系电话：
""",  # noqa: W291  # a paragraph that is one blank
    # 姓名 and 需求事项 are our guess: the text lost these labels.
    "need-slip": """
annex: 附件
title: 南海区直接联系服务高层次人才需求处理单
姓名 | 联系方式
需求事项
区人才工作领导小组办公室转办意见 | 经办人（签字）：单位盖章：日期：
相关部门办理情况 | 经办人（签字）：单位盖章：日期：
区人才工作领导小组意见 | 日期：
""",
}


@pytest.mark.parametrize(("region", "name"), PRINTED_FORMS)
def test_a_blank_form_says_what_is_printed_row_by_row(region, name):
    assert list(written(form_of(region, name))) == PRINTED[name].strip("\n").split("\n")


LISTS = ("needs-summary", "top-talent-survey", "high-level-survey")


@pytest.mark.parametrize(("region", "name"), PRINTED_FORMS)
def test_lists_lie_on_their_side_and_repeat_their_first_row_on_every_page(region, name):
    printout = form_of(region, name).printout()
    (*grids,) = (part.grid for part in printout.parts if isinstance(part, Table))
    assert printout.form.page == ("landscape" if name in LISTS else "portrait")
    assert [grid.header for grid in grids] == [int(name in LISTS)] * len(grids)
    assert sum(printout.sheet.columns) == (0 if name == "enterprise-profile" else 2250 if name in LISTS else 1560)


def drawn(printout):
    """The form's grid: ``[label]``, ``{slot}``, widths in mm, ``↓`` with the number of rows a cell goes down."""
    for part in printout.sheet.parts:
        if isinstance(part, Line):
            yield f"{part.style}: {''.join(map(sentence, part.sentences))}"
            continue
        assert isinstance(part, Grid)
        yield "-- new page" if part.new_page else "-- table"
        last = ""
        for row in range(part.start, part.start + part.rows):
            head = "^ " if row < part.start + part.header else ""
            shown = head + " ".join(cell(c) for c in part.cells if c.row == row)
            # Rows of a list differ by their number: the first is drawn, of the others the number alone.
            again = re.sub(r"\.\d+\.", ".0.", shown)
            yield f"again {row - part.start}" if head == "" and part.header and again == last else shown
            last = again


def cell(place):
    down = f"↓{place.rows}" if place.rows > 1 else ""
    width = f"{Decimal(place.width) / 10:f}"
    if place.label:
        return f"[{squeezed(place.label)}{down} {width}]"
    inside = [f"{{{place.alone.key}}}"] if place.alone else []
    inside += [sentence(s) for s in (place.sentence, place.foot) if s]
    return f"<{' / '.join(inside)}{down} {width}>"


def sentence(said):
    words = "".join(p if isinstance(p, str) else f"{{{p.key}}}" for p in said.pieces)
    return f"({words})?" if said.optional else words


@pytest.mark.parametrize(("region", "name"), ALL_FORMS)
def test_the_grid_is_the_one_that_was_checked_by_eye(region, name):
    kept = (DRAWN / f"{region}.{name}.txt").read_text(encoding="utf-8")
    assert "\n".join(drawn(form_of(region, name).printout())) + "\n" == kept


@pytest.mark.parametrize(("region", "name"), ALL_FORMS)
def test_every_field_has_one_place_or_is_hidden(region, name):
    printout = form_of(region, name).printout()
    form, sheet = printout.form, printout.sheet
    slots = [slot.key for part in sheet.parts if isinstance(part, Grid) for c in part.cells for slot in c.slots]
    slots += [slot.key for part in sheet.parts if isinstance(part, Line) for s in part.sentences for slot in s.slots]
    due = []
    for group in form.groups:
        rows = [f"{group.at}.{i}." for i in range(sheet.repeats.get(group.at, 0))] if group.repeat else [""]
        due += [f"{row}{key}" for key in group.keys() for row in rows]  # noqa: SIM118  # a group is no mapping
    assert Counter(slots) == Counter(due) - Counter(form.hidden)


def test_only_the_example_hides_a_field():
    hidden = {f"{region}:{name}": form_of(region, name).layout.hidden for region, name in ALL_FORMS}
    assert {name: fields for name, fields in hidden.items() if fields} == {"xinqu:need-slip": ["entered_by"]}


# -- units, choices, years -------------------------------------------------------------------------------------------------


UNIT_NOT_PRINTED = {
    "visit-lead-talent": ["talent.capital_contribution", "enterprise.registered_capital", "main_revenue", "tax_paid", "profit", "amount", "paid"],
    "visit-other": ["enterprise.registered_capital", "main_revenue", "tax_paid", "profit", "amount", "paid"],
}  # fmt: skip


@pytest.mark.parametrize(("region", "name"), PRINTED_FORMS)
def test_units_that_are_not_printed_are_only_understood(region, name):
    fields = [f for g in form_of(region, name).layout.groups for f in g.fields]
    assert [f.id for f in fields if f.unit and f.unit_at != "blank"] == UNIT_NOT_PRINTED.get(name, [])


@pytest.mark.parametrize(("region", "name"), PRINTED_FORMS)
def test_a_printed_unit_stands_right_behind_its_blank(region, name):
    sheet = form_of(region, name).printout().sheet
    sentences = [s for part in sheet.parts if isinstance(part, Line) for s in part.sentences]
    cells = [c for part in sheet.parts if isinstance(part, Grid) for c in part.cells]
    sentences += [s for c in cells for s in (c.sentence, c.foot) if s]
    behind = [
        (slot.key, slot.field.unit, str(after).lstrip())
        for s in sentences
        for slot, after in zip(s.pieces, [*s.pieces[1:], ""], strict=True)
        if not isinstance(slot, str) and slot.field.unit
    ]
    assert [(key, unit, after) for key, unit, after in behind if not after.startswith(unit)] == []


def test_areas_and_groups_are_chosen_and_not_printed():
    choices = {
        (name, f.id): (f.choices, f.boxes)
        for name in JINTAN
        for g in form_of("jintan", name).layout.groups
        for f in g.fields
        if f.id in ("block", "group_no")
    }
    groups, areas = (["一", "二", "三", "四"], False), (AREAS, False)
    assert choices == {
        ("visit-lead-talent", "block"): areas,
        ("visit-other", "block"): areas,
        ("needs-summary", "group_no"): groups,
        ("top-talent-survey", "group_no"): groups,
        ("top-talent-survey", "block"): areas,
        ("high-level-survey", "group_no"): groups,
    }


def test_the_years_move_on_with_the_year_of_filling_in():
    def years(name):
        text = "\n".join(written(form_of("jintan", name), year=2023))
        return re.findall(r"20\d\d年(?:\(预计\)|公司预计)?", text)

    assert years("visit-lead-talent") == ["2020年", "2021年", "2022年"]
    assert years("visit-other") == ["2020年", "2021年", "2022年", "2023年(预计)"]
    assert years("enterprise-profile") == ["2020年", "2021年", "2022年", "2023年公司预计"]


# -- filled in -------------------------------------------------------------------------------------------------------------


def test_a_list_takes_as_many_rows_as_are_filled_in_and_numbers_them():
    rows = [{"enterprise_name": f"企业{i}", "request_type": "企业诉求"} for i in range(1, 8)]
    lines = list(written(form_of("jintan", "needs-summary"), {"group_no": "三", "items": rows}))
    assert lines[1] == "title: 第三专班小组企业（人才）反映诉求汇总表"
    assert lines[5:] == [f"{i} | 企业{i} | □人才诉求☑企业诉求" for i in range(1, 8)]
    assert list(written(form_of("jintan", "needs-summary"), {"items": rows[:2]}))[5:] == [
        "1 | 企业1 | □人才诉求☑企业诉求",
        "2 | 企业2 | □人才诉求☑企业诉求",
        "□人才诉求□企业诉求",
        "□人才诉求□企业诉求",
        "□人才诉求□企业诉求",
    ]


def test_the_profile_says_nothing_of_leaving_while_the_talent_stays():
    stays = {"talent.name": "甲某", "talent.birth_month": "1979-03", "talent.arrived_year": 2016, "talent.share": "30%"}
    (first, second, *_) = [s for s in written(form_of("jintan", "enterprise-profile"), stays) if s[:4] == "para"]
    assert (
        first
        == "paragraph: 甲某，，1979年3月出生，学位，毕业于大学专业，（主要学习工作经历和获奖情况），2016年来坛创业。"
    )
    assert "人才占股30%。" in second
    left = {**stays, "talent.left_month": "2019-12", "talent.left_reason": "个人"}
    assert (
        "\n".join(written(form_of("jintan", "enterprise-profile"), left)).count("（2019年12月，因个人原因离职）。") == 1
    )


def test_the_profile_has_a_line_for_every_project():
    rows = [
        {"year": 2017, "verb": "获得", "name": "甲", "funding": 20},
        {"year": 2018, "verb": "承担", "name": "乙", "funding": "30.5"},
        {"year": 2019, "verb": "承担", "name": "丙", "funding": 40},
    ]
    lines = [s for s in written(form_of("jintan", "enterprise-profile"), {"projects": rows}) if "项目经费" in s]
    assert lines == [
        "paragraph: 2017年获得甲项目，获得项目经费支持20万元。",
        "paragraph: 2018年承担乙项目，获得项目经费支持30.5万元。",
        "paragraph: 2019年承担丙项目，获得项目经费支持40万元。",
    ]


def test_a_profile_that_is_filled_in_has_no_sentence_left_for_a_project_there_is_not():
    one = {"projects": [{"year": 2018, "verb": "承担", "name": "乙", "funding": 5}]}
    text = "\n".join(written(form_of("jintan", "enterprise-profile"), one))
    assert text.count("项目经费支持") == 1
    assert "项目经费支持" not in "\n".join(written(form_of("jintan", "enterprise-profile"), {"rd.team": 5}))


# -- what stands behind the paper ------------------------------------------------------------------------------------------


def test_slips_name_their_ticket_and_the_steps_they_stand_for():
    jintan = talentservice.region("jintan")
    told = {name: (jintan.form(name).spec.ticket, jintan.form(name).spec.takes) for name in JINTAN}
    assert {name: both for name, both in told.items() if both != (None, [])} == {
        "assignment-slip": ("ticket_no", []),
        "feedback-slip": ("ticket_no", ["close", "report-open"]),
    }


@pytest.mark.parametrize(("region", "name"), ALL_FORMS)
def test_names_and_telephones_of_persons_are_personal(region, name):
    persons = re.compile("姓名|电话|联系方式|联系人|出生年月|走访人员|汇总人|承办人|创业人才|负责人|籍贯|户口")
    fields = [f for g in form_of(region, name).layout.groups for f in g.fields]
    assert [f.id for f in fields if persons.search(f.label.zh) and not f.personal] == []


def test_what_is_the_same_fills_in_and_what_only_sounds_alike_does_not():
    sources = {}
    for region, name in PRINTED_FORMS:
        for group in form_of(region, name).layout.groups:
            for f in group.fields:
                if f.source:
                    sources.setdefault(f.source, []).append(f"{name}:{f.id}")
    assert sources["talent.name"] == [
        "visit-lead-talent:talent.name", "needs-summary:person", "assignment-slip:person_name", "high-level-survey:name",
        "enterprise-profile:talent.name", "enterprise-profile:contact.talent", "need-slip:person_name",
    ]  # fmt: skip
    assert sources["ticket.number"] == ["assignment-slip:ticket_no", "feedback-slip:ticket_no"]
    assert sources["talent.facts.education"] == ["visit-lead-talent:talent.degree"]
    assert sources["talent.facts.degree"] == ["high-level-survey:degree", "enterprise-profile:talent.degree"]
    # Staff is counted in two ways, and the profile cuts the end off a company's and a school's name.
    filled = {field for fields in sources.values() for field in fields}
    alike = {
        f"{name}:{f}"
        for name in JINTAN
        for f in ("staff.regular", "staff.total", "main_revenue", "revenue", "tax", "tax_paid")
    }
    assert filled & (alike | {"enterprise-profile:enterprise.name", "enterprise-profile:talent.school"}) == set()
    own = {"talent": {"id", "name", "phone", "born"}, "enterprise": {"id", "name", "credit_code"}}
    own |= {"ticket": {"number", "state"}, "visit": {"at", "by"}, "post": {"id", "label"}}
    for source in sources:
        thing, what = source.split(".", 1)
        assert what in own[thing] or re.fullmatch(r"(facts|data)\.[a-z_]+", what), source


# -- against the printed text, where a checkout has it beside it ---------------------------------------------------------------


def annexes(region):
    """The printed annexes by their number, blanks kept; annex 3 in its two halves."""
    path = BESIDE / "policies" / f"{region}.txt"
    if not path.is_file():
        pytest.skip(f"the sources are not part of the project: there is no policies/{region}.txt beside this checkout")
    text = re.sub("<input[^>]*>", "□", path.read_text(encoding="utf-8-sig"))
    parts = re.split(r"(?m)^附件[ \t]*(\d*)[ \t]*$", text)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def source_of(region, name):
    found = annexes(region)
    if region == "nanhai":
        # One label of two lines, which the text keeps as two paragraphs.
        return found[""].replace("相关部门\n\n办理情况", "相关部门办理情况")
    number = str(max(JINTAN.index(name) + 2, 3))
    halves = re.split(r"(?m)^(?=企业走访记录表)", found[number])
    text = halves[1 + JINTAN.index(name)] if number == "3" else found[number]
    return text.split("走访服务工作流程图")[0]


TABLES = [(region, name) for region, name in PRINTED_FORMS if name != "enterprise-profile"]


@pytest.mark.parametrize(("region", "name"), TABLES)
def test_every_printed_cell_of_the_annex_is_on_the_form_and_every_one_of_the_form_in_the_annex(region, name):
    printed = [squeezed(c) for line in source_of(region, name).splitlines() for c in line.split("\t")]
    form = form_of(region, name)
    ours = []
    for part in form.printout().parts:
        if isinstance(part, Table):
            ours += [text for c in part.cells for text in (text_of(c.runs), text_of(c.foot))]
        elif part.style not in ("annex", "note"):
            ours.append(text_of(part.runs))
    guessed = [f.shown for f in form.layout.single.values() if f.reconstructed]
    theirs = Counter(c for c in printed if c and not c.startswith("注："))
    assert Counter(filter(None, ours)) == theirs + Counter(guessed)


def test_annex_lines_stand_in_the_text():
    assert {"3", "4", "5", "6", "7", "8", "9"} <= set(annexes("jintan"))
    assert "" in annexes("nanhai")


def test_the_profile_is_the_template_around_its_blanks():
    """Cut out, in order, what our sentences say: what is left of the template are its own signs for blanks and its examples."""
    printed = squeezed(source_of("jintan", "enterprise-profile"))
    # The first of the template's two projects has no funding; ours says of each what the second one says.
    assert "获得……项目；" in printed
    printed = printed.replace("获得……项目；", "获得……项目，获得项目经费支持XX万元。")
    sheet = form_of("jintan", "enterprise-profile").printout().sheet
    lines = [part for part in sheet.parts if isinstance(part, Line) and part.style != "annex"]
    left, at = [], 0
    for piece in (p for line in lines for s in line.sentences for p in s.pieces if isinstance(p, str)):
        found = printed.find(squeezed(piece), at)
        assert found >= 0, (piece, printed[at : at + 30])
        left.append(printed[at:found])
        at = found + len(squeezed(piece))
    left.append(printed[at:])
    # A month brings its own 年 and 月: of birth, of leaving, of founding. 男, 获得 and 承担 are examples.
    assert re.sub("[X…]", "", "".join(left)) == "男" + "年月" + "年月" + "年月" + "获得" + "承担"


@pytest.mark.parametrize(("region", "name"), PRINTED_FORMS)
def test_every_choice_and_unit_stands_in_the_text(region, name):
    text = squeezed("".join(annexes(region).values()))
    fields = [f for g in form_of(region, name).layout.groups for f in g.fields]
    words = {c for f in fields for c in (*f.choices, f.other, f.hint, f.unit if f.unit_at == "blank" else None) if c}
    assert [w for w in sorted(words) if squeezed(w) not in text] == []


def test_forms_hold_what_the_inventory_holds():
    """Fields by form, matrices and narrative years counted by cell, as they were counted in the annexes."""
    path = BESIDE / "forms.json"
    if not path.is_file():
        pytest.skip("the inventory is not part of the project: there is no forms.json beside this checkout")
    inventory = {row["id"]: row for row in json.loads(path.read_text(encoding="utf-8"))["forms"]}
    for region, name in PRINTED_FORMS:
        form = form_of(region, name).layout
        row = inventory[form.id]
        assert squeezed(row["title"].replace("{group_no}", "__")) == squeezed(form.title.zh)
        keys = set(re.findall(r'"key": "([a-z][\w.]*)"', json.dumps(row)))
        ours = {f.id for g in form.groups for f in g.fields}
        assert keys == ours, form.id
