"""Long texts on the annex pages of a workbook: in rows of their own, and put together again as they were."""

import re
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.forms.declared import field, group, paper
from tests.unit.forms.pages import lines, pages, squeezed, text
from tests.unit.forms.workbooks import VISIT, cell_of, nameless, opened, returned, typed, with_rows, written

from talentservice.forms.returned import read_form
from talentservice.forms.xlsx.annex import GOES_ON, joined, pieces_of

WIDE = 10 * 37 + 24  # tenths of a mm: ten signs to a line


def rows(data):
    """What stands in the first column from the first annex page on."""
    column = [row[0].value for row in opened(data).worksheets[0].iter_rows(max_col=1)]
    return column[column.index("附页1：诉求") :]


def test_each_paragraph_has_a_row_and_a_long_one_several():
    short, long = "第一段。", "长" * 70 + "。" + "长" * 29
    assert list(pieces_of(f"{short}\n\n{long}", WIDE)) == [short, "", "长" * 70 + "。", GOES_ON + "长" * 29]
    assert list(pieces_of("长" * 81, WIDE)) == ["长" * 80, GOES_ON + "长"]


def test_what_looks_like_the_heading_of_an_annex_page_has_no_row_of_its_own():
    assert list(pieces_of("附页1：甲\n附页2：乙", WIDE)) == ["附页1：甲", f"{GOES_ON}\n附页2：乙"]


@settings(deadline=None)
@given(st.text(st.sampled_from("长。 a\n：附页1\u00a0"), max_size=400))
def test_the_rows_of_a_text_are_put_together_to_the_same_text(text):
    pieces = list(pieces_of(text, WIDE))
    assert joined(pieces) == text
    assert not any("附页1：" in p[:4] for p in pieces[1:])
    assert max(map(len, pieces)) <= 82


def test_no_row_of_an_annex_page_is_merged_over_several():
    """An office program leaves out pages on which no cell begins: text merged over them would not be printed."""
    data = written(VISIT, {"need": "很长的文字。" * 1600})
    found = opened(data).worksheets[0].merged_cells.ranges
    first = opened(data).worksheets[0].max_row - len(rows(data)) + 1
    assert {r.size["rows"] for r in found if r.min_row >= first} == {1}
    assert len(rows(data)) == 31
    assert "".join(rows(data)[1:]).replace(GOES_ON, "") == "很长的文字。" * 1600


TEXTS = {
    "paragraphs": "\n\n".join("很长的文字。" * n for n in range(1, 40)),
    "blanks where a row ends": ("很长的文字 " * 60 + "\n") * 9 + "完",
    "headings": "附页1：诉求\n" + "附页1：意见\n附页1：诉求\n" * 30 + "完",
    "no end of a sentence": "长" * 10_000,
    "ten thousand signs": "很长的文字。" * 1666 + "末尾全文",
}


@pytest.mark.parametrize("change", [lambda data: data, nameless], ids=["as-written", "names-lost"])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_on_an_annex_page_comes_back_as_it_was(text, change):
    assert returned(VISIT, change(written(VISIT, {"need": text}))) == {"need": text}


def test_what_somebody_adds_to_an_annex_page_is_a_paragraph():
    data = written(VISIT, {"need": "很长的文字。" * 200})
    end = opened(data).worksheets[0].max_row
    more = {f"A{end + 1}": "再加一段。", f"A{end + 3}": "又加一段。"}
    assert returned(VISIT, typed(data, **more)) == {"need": "很长的文字。" * 200 + "\n再加一段。\n\n又加一段。"}


def test_an_annex_page_that_no_cell_points_to_is_told():
    data = written(VISIT, {"need": "很长的文字。" * 60})
    assert returned(VISIT, typed(data, **{cell_of(data, "need"): "两套公寓"})) == [
        "A17（附页1）：附页1没有单元格指向它：单元格应只写“（见附页1）”"
    ]


def test_what_is_written_beside_the_pointer_to_an_annex_page_is_told_once():
    data = written(VISIT, {"need": "很长的文字。" * 600})
    at = cell_of(data, "need")
    assert returned(VISIT, typed(data, **{at: "（见附页1） 另加一句"})) == [
        f"{at}（诉求）：单元格应只写“（见附页1）”，其余文字请移至该附页"
    ]


@pytest.mark.parametrize("pointer", ["见附页1", "(见附页1)", "（见附页 1）", "（见附页1"])
@pytest.mark.parametrize("heading", ["附页1：诉求", "附页1:诉求", "附页1： 诉求"])
def test_an_annex_page_made_by_hand_is_read(pointer, heading):
    data = written(VISIT, {"firm": "某某公司"})
    at, end = cell_of(data, "need"), opened(data).worksheets[0].max_row
    made = typed(data, **{at: pointer, f"A{end + 2}": heading, f"A{end + 3}": "第一段。", f"A{end + 4}": "第二段。"})
    assert returned(VISIT, made) == {"firm": "某某公司", "need": "第一段。\n第二段。"}


def test_what_stands_beside_an_annex_page_is_told():
    data = written(VISIT, {"need": "很长的文字。" * 60})
    assert returned(VISIT, typed(data, Z18="旁注")) == ["Z18（表外）：“旁注”不是表中内容，请删去或写入栏目"]


ROWS = paper(
    group("items", field("text", "who"), field("long-text", "need", annex=True), repeat=True),
    layout=[{"repeat": "items", "printed": 1, "row": ["who", {"field": "need", "height": 10}]}],
)
FIRST, SECOND, THIRD = "第一份。" * 60, "第二份。" * 60, "第三份。" * 60


def test_a_page_belongs_to_the_first_cell_that_points_to_it():
    """Whoever copies a row copies its pointer; were each to have the text a small file could come to any size."""
    data = written(ROWS, {"items": [{"who": "甲", "need": FIRST}, {"who": "乙", "need": SECOND}, {"who": "丙"}]})
    copied = typed(data, **{cell_of(data, "items.2.need"): "（见附页1）"})
    for read in (returned(ROWS, copied), returned(ROWS, nameless(copied))):
        assert read["items"] == [
            {"who": "甲", "need": FIRST}, {"who": "乙", "need": SECOND}, {"who": "丙", "need": "（见附页1）"},
        ]  # fmt: skip


def test_a_row_put_between_others_does_not_move_them_to_other_pages():
    rows = [{"who": "甲", "need": FIRST}, {"who": "乙", "need": SECOND}, {"who": "丁", "need": THIRD}]
    more = with_rows(written(ROWS, {"items": rows}), 3, B3="丙", D3="两套公寓")
    assert returned(ROWS, more)["items"] == [rows[0], {"who": "丙", "need": "两套公寓"}, *rows[1:]]


def test_a_page_whose_heading_was_typed_anew_is_found_by_its_name():
    data = written(VISIT, {"need": FIRST})
    heading = next(
        cell.coordinate for (cell,) in opened(data).worksheets[0].iter_rows(max_col=1) if cell.value == "附页1：诉求"
    )
    assert read_form(VISIT, typed(data, **{heading: "诉求全文"})).values == {"need": FIRST}


def test_more_than_a_thousand_pages_are_read():
    values = {"items": [{"need": f"第{n}份。" + "长" * 60} for n in range(1, 1003)]}
    assert returned(ROWS, nameless(written(ROWS, values))) == values


OFFICE = shutil.which("soffice")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_an_office_program_prints_a_long_text_whole_and_the_form_as_wide_as_it_should_be(tmp_path):
    need = "".join(f"第{n}句话。" for n in range(1388))
    (tmp_path / "form.xlsx").write_bytes(written(VISIT, {"need": need}))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        OFFICE,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "form.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    found = pages((tmp_path / "form.pdf").read_bytes())
    said = "".join(re.sub(r"—\d+—", "", squeezed(text(page))) for page in found)
    assert len(need) == 9994
    assert need in said.replace(GOES_ON, "")
    edges = [edge for page in found for left, _, right, _ in lines(page) for edge in (left, right)]
    assert 154.5 < max(edges) - min(edges) < 156.5
