"""Every form of every installed region as pictures of its pages, blank and filled in; what can be seen on them is checked.

The pictures are kept in the folder named by the environment variable TALENTSERVICE_PICTURES, to be looked at, or else in pytest's own.
"""

import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.unit.forms.pages import NOTO, POINT, lines, pages, position, squeezed, text

import talentservice as ts
from talentservice.forms.fields import NO_VALUE
from talentservice.forms.values import write

# The form; how many pages it has as printed, and filled in with two rows; its labels in the order in which they are printed.
FORMS = {
    ("jintan", "visit-lead-talent"): (2, 2, "附件3 企业走访记录表 企业类型 所在板块 企业名称 企业地址 走访人员 人才姓名 出生年月 学历学位 国籍 毕业院校 专业 人才出资 占股比例 入选时间 入选批次 是否在岗 离职时间 离职原因 人才资质 国家重大人才工程A类专家 省“产业教授” 其它 注册时间 注册资本 内部重大科技基础设施情况 国家级工程技术研究中心 院士工作站 企业资质 规上企业 省级新型研发机构认定 金额/万元 2017年 2018年 2019年 主营收入 入库税收 利润 —1— 正式员工数量 研发人员数量 员工学历构成 博士/正高职称 已授权 拟申请 所属行业 主要产品/服务 主要客户 主要竞争对手 市场份额 核心竞争力 区级资助 已拨付 市级资助 已拨付 省级资助 已拨付 国家资助 已拨付 项目名称 金额 已拨付 项目名称 金额 已拨付 发展规划 人才诉求 企业诉求 —2—"),
    ("jintan", "visit-other"): (2, 2, "附件3 企业走访记录表 企业类型 所在板块 企业名称 企业地址 走访人员 注册时间 注册资本 内部重大科技基础设施情况 创（领）办人资质 企业资质 金额/万元 2017年 2018年 2019年 2020年(预计) 主营收入 入库税收 利润 员工数量 研发人员数量 员工学历构成 近三年引进高层次人才数量 已授权 拟申请 —1— 所属行业 主要产品/服务 主要客户 主要竞争对手 市场份额 核心竞争力 项目名称 金额 已拨付 项目名称 项目名称 项目名称 金额 已拨付 发展规划 人才诉求 企业诉求 —2—"),
    ("jintan", "needs-summary"): (1, 1, "附件4 第__专班小组企业（人才）反映诉求汇总表 汇总日期 汇总人 序号 企业名称 人才/联系人 职务 联系电话 诉求类型 简要描述 备注 □人才诉求□企业诉求 □人才诉求 □人才诉求 □人才诉求 □人才诉求□企业诉求 —1—"),
    ("jintan", "assignment-slip"): (1, 1, "附件5 企业（人才）反映诉求交办单 编号 人才姓名(企业联系人) 联系方式 企业名称 人才/联系人职务 企业地址 诉求内容 交办时间 完成时限 主办单位 协办单位 —1—"),
    ("jintan", "feedback-slip"): (1, 1, "附件6 职能部门落实企业（人才）反映诉求反馈单 交办单编号 职能部门 诉求解决情况概述 是否办结 办结时间 未办结原因 承办人 联系电话 企业（人才）反馈情况 —1—"),
    ("jintan", "top-talent-survey"): (1, 1, "附件7 第__专班小组顶尖人才引进计划摸排汇总表 汇总日期 汇总人 序号 板块 人才（团队）简介 项目信息 引才初步方案 政策需求 引才进展 备注 □意向接洽 □已签约 □意向接洽 □接洽商谈 □初步意向 □计划签约 □已签约 —1—"),
    ("jintan", "high-level-survey"): (1, 1, "附件8 第__专班小组高层次人才摸排信息汇总表 汇总日期 汇总人 序号 姓名 企业 职务 出生年月 籍贯 学位 毕业院校 专业 来坛时间 社保缴纳地 户口所在地 联系方式 备注 注： —1—"),
    ("jintan", "enterprise-profile"): (1, 2, "附件9 人才企业简介（模板） 一、人才简介 出生 学位 毕业于 专业 年来坛创业 二、企业简介 公司成立于 位于 注册资本 人才占股 入选常州市“龙城英才计划”第 拥有自主研发团队 获得项目经费支持 其中发明专利 三、经营发展情况 2017年公司实现销售收入 2018年公司实现销售收入 2019年公司实现销售收入 2020年公司预计实现销售收入 近三年公司发展规划 四、联系信息 创业人才 联系电话 企业负责人 联系电话 —1—"),
    ("nanhai", "need-slip"): (1, 1, "附件 南海区直接联系服务高层次人才需求处理单 联系方式 区人才工作领导小组办公室转办意见 经办人（签字）： 单位盖章： 日期： 相关部门办理情况 经办人（签字）： 单位盖章： 日期： 区人才工作领导小组意见 日期： —1—"),
}  # fmt: skip
# The form and page; labels down the side, each with the first and the last label to its right.
SIDES = {
    ("jintan", "visit-lead-talent", 1): ("人才信息 人才姓名 人才资质", "企业走访信息 注册时间 利润", "财务数据 金额/万元 利润"),
    ("jintan", "visit-lead-talent", 2): ("企业走访信息 正式员工数量 项目名称", "人才情况 正式员工数量 员工学历构成", "知识产权 已授权 拟申请", "竞争情况 所属行业 核心竞争力", "资助情况 区级资助 项目名称", "人才创业资助 区级资助 国家资助"),
    ("jintan", "visit-other", 1): ("企业走访信息 注册时间 拟申请", "财务数据 金额/万元 利润", "人才情况 员工数量 近三年引进高层次人才数量", "知识产权授权情况 已授权 拟申请"),
    ("jintan", "visit-other", 2): ("企业走访信息 所属行业 项目名称", "竞争情况 所属行业 核心竞争力", "项目支持情况 项目名称 项目名称"),
}  # fmt: skip
MARGINS = {
    "portrait": (28, 37, 184, 262),
    "landscape": (35, 28, 260, 184),
}  # of the type area, in mm from the upper left
BREADTH = 0.5  # of a line, and of what the reader of PDFs adds
VALUES = {
    "text": "某某",
    "long-text": "第一件事说明如下。\n第二件事：联系地址 A 座 1208 室，见 www.example.invalid/a/very/long/address/without/any/break/in/it。",
    "date": date(2020, 12, 28),
    "date-or-month": date(2020, 12, 28),
    "year": 2019,
    "year-month": "1979-11",
    "integer": 12,
    "ordinal": 12,
    "decimal": Decimal("12345.678"),
    "percent": Decimal("12.5"),
    "bool": True,
    "phone": "0519-80000000",
    "phone-or-text": "0519-80000000",
    "unit": "某某局",
    "unit-list": ["某某局", "某某中心"],
    "text-list": ["甲某", "乙某"],
    "serial": "JB-2020-001",
}


def value(field):
    """A value of a field, the same each time."""
    if field.type == "choice":
        return field.choices[0]
    if field.type == "multi-choice":
        return [field.choices[0], field.choices[-1], *(["另一项"] if field.other else [])]
    return VALUES[field.type]


def filled(form):
    """Values for every field of a form; two rows of what is repeated."""
    data = {}
    for group in form.groups:
        row = {f.id: value(f) for f in group.fields if f.type not in NO_VALUE}
        if group.repeat:
            data[group.at] = [row, row]
        elif group.all_years:
            data[group.at] = {str(year): row for year in group.all_years}
        else:
            data |= row
    return data


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    kept = os.environ.get("TALENTSERVICE_PICTURES")
    place = Path(kept) if kept else tmp_path_factory.mktemp("pictures")
    place.mkdir(parents=True, exist_ok=True)
    return place


def drawn(region, name, folder, *, full):
    """The form, its printout and its pages, which are kept as pictures."""
    form = ts.region(region).form(name)
    data = filled(form.layout) if full else None
    found = pages(form.pdf(data, fonts=NOTO))
    for number, page in enumerate(found, 1):
        page.render(scale=2).to_pil().save(folder / f"{region}-{name}-{'filled' if full else 'blank'}-{number}.png")
    return form, form.printout(data), found


def test_every_form_of_every_region_is_looked_at():
    laid_out = {(r, f.id) for r in ts.regions() for f in ts.region(r).rules("form") if f.layout.layout}
    assert laid_out == set(FORMS)


@pytest.mark.parametrize(("region", "name"), FORMS)
def test_a_blank_form_prints_its_labels_in_order_on_as_many_pages_as_the_original(region, name, folder):
    count, _, labels = FORMS[region, name]
    _, _, found = drawn(region, name, folder, full=False)
    assert len(found) == count
    said, at = "".join(squeezed(text(page)) for page in found), 0
    for label in labels.split():
        assert label in said[at:], f"{label} does not follow {said[max(at - 20, 0) : at]}"
        at = said.index(label, at) + len(label)


@pytest.mark.parametrize(("region", "name", "number"), SIDES)
def test_a_label_down_the_side_spans_the_rows_of_its_group(region, name, number, folder):
    _, _, found = drawn(region, name, folder, full=False)
    page = found[number - 1]
    for said in SIDES[region, name, number]:
        side, first, last = (position(page, words) for words in said.split())
        assert side[2] < first[0], said
        assert first[3] < (side[1] + side[3]) / 2, said
        assert (side[1] + side[3]) / 2 < last[1] or said.endswith("项目名称"), said  # which comes again further down


@pytest.mark.parametrize(("region", "name"), FORMS)
def test_a_filled_form_shows_every_value(region, name, folder):
    _, printout, found = drawn(region, name, folder, full=True)
    assert len(found) == FORMS[region, name][1]
    assert len(list(folder.glob(f"{region}-{name}-filled-*.png"))) >= len(found)
    said = "".join(squeezed(text(page)) for page in found)
    fields = {slot.key: slot.field for part in printout.sheet.parts for slot in slots(part)}
    shown = {
        key: squeezed(write(fields[key], v))
        for key, v in printout.slots.items()
        if key in fields and not fields[key].choices
    }
    assert shown
    assert {key: words for key, words in shown.items() if words not in said} == {}


def slots(part):
    """The blanks of a part of a sheet."""
    return [s for inner in (getattr(part, "cells", None) or part.sentences) for s in inner.slots]


@pytest.mark.parametrize("full", [False, True], ids=["blank", "filled"])
@pytest.mark.parametrize(("region", "name"), FORMS)
def test_tables_lie_in_the_type_area_and_words_in_their_cells(region, name, full, folder):
    form, _, found = drawn(region, name, folder, full=full)
    left, top, right, bottom = MARGINS[form.layout.page]
    for page in found:
        strokes = lines(page)
        assert all(a >= left - BREADTH and b >= top - BREADTH and c <= right + BREADTH and d <= bottom + BREADTH for a, b, c, d in strokes)  # fmt: skip
        upright = [((a + c) / 2, b, d) for a, b, c, d in strokes if c - a < 1 < d - b]
        signs, height = page.get_textpage(), page.get_height()
        for i in range(signs.count_chars()):
            a, low, c, high = (edge / POINT for edge in signs.get_charbox(i))
            middle = height / POINT - (low + high) / 2
            crossed = [x for x, b, d in upright if b < middle < d and a + 0.2 < x < c - 0.2]
            assert not crossed, f"{signs.get_text_range(i, 1)} stands on the line at {crossed[0]:.1f} mm"
