"""A source text cut into articles, keyed as clause ids begin."""

import pytest

from talentservice.verify.articles import articles, key_of, sections, squeezed

TEXT = """\
  关于服务人才的方案
印发说明

一、总体要求
以人才为本
二、做法
（一）受理
1.当场解答
2．汇总填单
1.5万元以内从简
（二）办理
1、七个工作日内答复
- 3.反馈
三、附则
自印发之日起施行
附件：1.处理单
2.台账
附件1
处理单
1 | 姓名 | 必填
2 | 事项 | 必填
附 件 ２
台账
"""


def keys(text):
    return [a.key for a in articles(text)]


def test_headings_nest():
    found = articles(TEXT)
    assert [(a.key, a.line) for a in found] == [
        ("", 1), ("一", 4), ("二", 6), ("二(一)", 7), ("二(一)1", 8), ("二(一)2", 9), ("二(二)", 11), ("二(二)3", 13),
        ("三", 14), ("附件", 16), ("附件1", 18), ("附件2", 21),
    ]  # fmt: skip


def test_an_article_holds_its_text_without_its_own_number_and_white_space():
    found = {a.key: a.text for a in articles(TEXT)}
    assert found[""] == "关于服务人才的方案印发说明"
    assert found["一"] == "总体要求以人才为本"
    assert found["二(一)2"] == "汇总填单1.5万元以内从简", "a number with a decimal point is no heading"
    assert found["二(二)"] == "办理1、七个工作日内答复", "1、 is part of the text"
    assert found["二(二)3"] == "反馈"


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("第一条 为服务人才", "1"),
        ("第十三条　期限", "13"),
        ("第二十一条", "21"),
        ("十一、其他", "十一"),
        ("附件9", "附件9"),
        ("附件 9", "附件9"),
        ("附件１２ 表", "附件12"),
        ("附件：", "附件"),
    ],
)
def test_a_heading(line, key):
    assert keys(f"开头\n{line}\n正文") == ["", key]


@pytest.mark.parametrize("line", ["第一章 总则", "一是加强领导", "2021年起", "12345热线", "(2)小点", "1.5倍", "本附件"])
def test_no_heading(line):
    assert keys(f"开头\n{line}\n正文") == [""]


def test_the_articles_of_a_measure_are_not_cut_by_the_lists_in_them():
    assert keys("第一章 总则\n第一条 目的\n（一）一\n1.二\n第二章 分则\n第二条 期限\n一、甲") == ["", "1", "2"]


def test_the_rows_of_an_annex_are_its_articles():
    assert keys("正文\n附件9\n事项清单\n1 | 住房\n2 | 入学\n10 | 融资") == ["", "附件9", "附件1", "附件2", "附件10"]


@pytest.mark.parametrize(
    ("clause", "key"),
    [
        ("三(二)3", "三(二)3"),
        ("三(二)3-1", "三(二)3"),
        ("三(二)3-1-2", "三(二)3"),
        ("三(二)0", "三(二)"),
        ("三(二)9-1", None),
        ("三(四)-1", None),
        ("三-1", "三"),
        ("四-1", None),
        ("13-2", "13"),
        ("13(二)3", "13"),
        ("14", None),
        ("十三-1", None),
        ("附件9-3", "附件9"),
        ("附件9(一)-3", "附件9"),
        ("附件10-1", "附件"),
        ("前言-1", None),
    ],
)
def test_the_article_a_clause_lies_in_is_the_longest_beginning_of_its_id(clause, key):
    assert key_of(clause, {"三", "三(二)", "三(二)3", "13", "1", "附件", "附件9"}) == key


def test_several_documents_in_one_text():
    text = "收文说明\n关于甲的通知\n一、甲\n关于乙的办法\n第一条 乙\n"
    assert list(sections(text, ["关于甲的通知", "关于乙的办法"])) == ["关于甲的通知\n一、甲", "关于乙的办法\n第一条 乙"]
    assert list(sections(text, ["关于乙的办法", "关于甲的通知"])) == ["关于乙的办法\n第一条 乙", "关于甲的通知\n一、甲"]
    assert list(sections(text, ["关于甲的通知"])) == [text], "one document is the whole text"
    assert next(sections(text, ["无此文件", "关于甲的通知"])) == "收文说明"


def test_squeezed_text_compares_alike():
    assert squeezed(" （一）　７ 个\n工作日 ") == "(一)7个工作日"
