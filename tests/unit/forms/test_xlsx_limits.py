"""What is not read back from a workbook is not written either."""

import pytest
from tests.unit.forms.declared import field, group, paper
from tests.unit.forms.workbooks import LIST, returned, typed, written

from talentservice.errors import FileRefused, FormError
from talentservice.forms.limits import check_sizes
from talentservice.forms.xlsx import limits

NAMES = paper(
    group("items", field("text", "name"), repeat=True),
    layout=[{"repeat": "items", "printed": 1, "header": True, "row": ["name"]}],
)


def people(count):
    return {"items": [{"name": f"甲某{n}"} for n in range(count)]}


def test_as_many_rows_are_written_as_are_read_and_no_more(monkeypatch):
    """The title and the header are rows too."""
    monkeypatch.setattr(limits, "MOST_ROWS", 50)
    assert returned(NAMES, written(NAMES, people(48))) == people(48)
    with pytest.raises(FormError) as raised:
        written(NAMES, people(49))
    assert raised.value.code == "too-large"
    assert (raised.value.en, raised.value.zh) == (
        "the form has more than 50 rows, and no workbook with more is read back; make several files of it",
        "本表超过 50 行，超出的工作簿无法读回；请分成几个文件",
    )


def test_a_workbook_with_more_is_refused_with_the_limit():
    with pytest.raises(FileRefused) as raised:
        returned(LIST, typed(written(LIST), B20001="甲某"))
    assert (raised.value.en, raised.value.zh) == (
        "the workbook has something in B20001; 20000 rows and 256 columns are read: delete it, or make several files",
        "工作簿在 B20001 处有内容，最多读取 20000 行、256 列；请删除，或分成几个文件",
    )


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"rows": 20_001}, "more than 20000 rows"),
        ({"filled": 100_001}, "more than 100000 filled cells"),
        ({"cells": 400_001}, "more than 400000 cells"),
        ({"merged": 60_001}, "more than 60000 merged cells"),
    ],
)
def test_every_limit_of_the_reader_holds_for_the_writer(more, told):
    limits.Room().take(**{name: count - 1 for name, count in more.items()})
    with pytest.raises(FormError, match=told):
        limits.Room().take(**more)


def test_a_text_that_packs_too_well_is_not_written_since_it_would_not_be_read():
    one = paper(group("items", field("long-text", "it"), repeat=True), layout=[{"repeat": "items", "row": ["it"]}])
    values = {"items": [{"it": f"{n}" + "长" * 9000} for n in range(60)]}
    with pytest.raises(FormError, match="the same text over and over") as raised:
        written(one, values)
    assert "大量重复文字" in raised.value.zh


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ([(10_485_761, 1_000_000)], "文字超过 10 MiB"),
        ([(10_000_000, 1_000_000), (10_000_000, 1_000_000), (1_000_000, 1_000_000)], "文字超过 20 MiB"),
        ([(2_000_001, 10_000)], "大量重复文字"),
    ],
    ids=["one part", "all parts together", "packed too well"],
)
def test_the_limit_that_a_workbook_is_beyond_is_the_one_told(parts, told):
    with pytest.raises(FormError) as raised:
        check_sizes(parts, limits.KIND)
    assert (raised.value.code, raised.value.zh) == (
        "too-large",
        f"本表{told}，超出的工作簿无法读回；请分成几个文件",
    )
    check_sizes([(10_485_760, 1_000_000), (10_485_760, 1_000_000)], limits.KIND)
