"""Forms to be written as Word documents, and ways people and programs change those; all names are invented."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from talentservice.forms.docx import to_docx
from talentservice.forms.paper import Paper
from talentservice.forms.returned import read_form
from talentservice.forms.spec import FormFile

CLAUSE = "1"


def both(zh):
    return {"zh": zh, "en": f"({zh})"}


def field(name, zh, kind="text", **more):
    return {"id": name, "label": both(zh), "type": kind, **more}


def group(name, *fields, **more):
    return {"id": name, "clause": CLAUSE, "label": both(name), "fields": list(fields), **more}


VISIT = Paper(
    FormFile.model_validate(
        {
            "id": "test.visit",
            "version": "2",
            "title": both("走访表"),
            "annex": "附件 1",
            "year": 2020,
            "head": ["所在板块：{block}"],
            "layout": [
                ["firm", {"field": "opened", "label_width": 30}],
                {
                    "group": "情况",
                    "rows": [
                        ["quals"],
                        [{"label": "人数", "sentence": "博士 {doctors} 人；其他 {others} 人。"}],
                        {"matrix": "money", "corner": "万元"},
                        "page-break",
                        {"repeat": "grants", "printed": 2, "row": [{"field": "name", "width": 40}, "amount"]},
                    ],
                },
                [{"field": "need", "height": 20}],
                [{"field": "opinion", "height": 30, "foot": "经办人（签字）：{signed}　日期：{on}"}],
            ],
            "groups": [
                group("basics", field("block", "板块"), field("firm", "企业名称"), field("opened", "成立时间", "date")),
                group(
                    "facts",
                    field("quals", "资质", "multi-choice", choices=["规上企业", "高新技术企业"], other="其他"),
                    field("doctors", "博士", "integer", unit="人"),
                    field("others", "其他", "integer", unit="人"),
                ),
                group("money", field("sales", "销售", "decimal"), field("tax", "纳税", "decimal"), years=[2018, 2019]),
                group("grants", field("name", "项目"), field("amount", "金额", "decimal", unit="万元"), repeat=True),
                group(
                    "needs",
                    field("need", "诉求", "long-text", hint="(可另附页)", annex=True),
                    field("opinion", "意见", "long-text"),
                    field("signed", "签字", "signature"),
                    field("on", "日期", "date"),
                ),
            ],
        }
    ),
    ("注：一式两份。",),
)
LIST = Paper(
    FormFile.model_validate(
        {
            "id": "test.list",
            "title": both("汇总表"),
            "heading": "第{no}组汇总表",
            "page": "landscape",
            "layout": [
                {
                    "repeat": "items",
                    "printed": 3,
                    "header": True,
                    "row": [
                        {"field": "n", "width": 12},
                        {"field": "name", "width": 40},
                        "phone",
                        {"field": "kind", "width": 40},
                    ],
                }
            ],
            "groups": [
                group("head", field("no", "组")),
                group(
                    "items",
                    field("n", "序号", "sequence"),
                    field("name", "姓名", personal=True),
                    field("phone", "电话", "phone", personal=True),
                    field("kind", "类型", "choice", choices=["人才", "企业"]),
                    repeat=True,
                ),
            ],
        }
    )
)
PROFILE = Paper(
    FormFile.model_validate(
        {
            "id": "test.profile",
            "title": both("简介"),
            "layout": [
                {"heading": "一、人才"},
                {"paragraph": ["{name}，{school}毕业。", "（{left}离职）。"], "optional": ["（{left}离职）。"]},
                {"heading": "二、项目"},
                {"repeat": "projects", "printed": 2, "paragraph": ["{year} 年承担{title}项目。"]},
                {"paragraph": ["规划：{plan}。"]},
            ],
            "groups": [
                group(
                    "talent", field("name", "姓名"), field("school", "院校"), field("left", "离职年月", "year-month")
                ),
                group("projects", field("year", "年份", "year"), field("title", "项目"), repeat=True),
                group("plans", field("plan", "规划", "long-text")),
            ],
        }
    )
)


DATA = {
    "block": "东区", "firm": "某某公司", "opened": date(2016, 5, 18), "quals": ["规上企业", "省专精特新"], "doctors": 3, "others": 43,
    "money": {"2018": {"sales": Decimal("12.50")}, "2019": {"tax": Decimal(7)}},
    "grants": [{"name": "成果转化", "amount": Decimal(500)}], "need": "两套公寓", "opinion": "同意\n尽快办理", "on": date(2020, 7, 1),
}  # fmt: skip


def written(paper, data=None, **more):
    return to_docx(paper.printout(data, **more))


def opened(paper, data=None):
    return Document(io.BytesIO(written(paper, data)))


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def returned(paper, document):
    """A document, or its bytes, read as the form; sound: the values, else the problems, each in one line."""
    read = read_form(paper, document if isinstance(document, bytes) else saved(document))
    return [p.line("zh") for p in (*read.problems, *read.warnings)] or read.values


def part(data, name="word/document.xml"):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def replaced(data, name, text):
    """The archive with a part replaced, or added, or taken out (None)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        if text is not None:
            new.writestr(name, text)
    return out.getvalue()


def edited(data, *changes):
    """The document with texts of its main part replaced; each must be there."""
    text = part(data)
    for pattern, new in changes:
        assert re.search(pattern, text), pattern
        text = re.sub(pattern, new, text)
    return replaced(data, "word/document.xml", text)


def cell(document, row, number, table=0):
    """The cell a person counts: from 1."""
    return document.tables[table].rows[row - 1]._tr.tc_lst[number - 1]


def write(tc, *texts, symbol=None):
    """Type over a cell: one run, one paragraph a text."""
    for p in tc.p_lst:
        tc.remove(p)
    for text in texts:
        inside = symbol or f'<w:t xml:space="preserve">{text}</w:t>'
        tc.append(parse_xml(f"<w:p {nsdecls('w')}><w:r>{inside}</w:r></w:p>"))
