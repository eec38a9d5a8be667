"""The lines of a form are found among many and long paragraphs without the same signs being gone over again and again."""

import pytest
from tests.unit.forms.declared import field, group, paper

from talentservice.errors import FileRefused
from talentservice.forms import matching
from talentservice.forms.docx.align import Pair
from talentservice.forms.docx.lines import aligned, due_lines, without_annexes
from talentservice.forms.found import Entry, Found
from talentservice.forms.matching import Text
from talentservice.forms.sheet import Slot

PROFILE = paper(
    group("talent", field("text", "name"), field("long-text", "career"), field("long-text", "more"), field("long-text", "plan")),
    layout=[
        {"paragraph": ["{name}，{career}（主要经历）。"]},
        {"paragraph": ["{more}"], "optional": ["{more}"]},
        {"paragraph": ["规划：{plan}。"]},
    ],
)  # fmt: skip
LINES = due_lines(PROFILE.sheet({}, 0))  # the title first
TALENT, MORE, PLAN = 1, 2, 3
BEGIN, END = ["Slip栏", "甲某，经历（主要经历）。"], ["规划：上市。"]


class Work:
    """What is done with texts, sign by sign: worked out anew, and put together of several paragraphs."""

    def __init__(self, monkeypatch):
        self.bare, self.joined = [], []
        bare, joined = matching.bare, Text.joined
        monkeypatch.setattr(matching, "bare", lambda text: (self.bare.append(len(text)), bare(text))[1])
        monkeypatch.setattr(
            Text, "joined", lambda *a: (self.joined.append(sum(len(t.plain) for t in a[0])), joined(*a))[1]
        )


@pytest.mark.parametrize("sign", ["长", "，"])
def test_of_each_paragraph_the_words_are_worked_out_once(monkeypatch, sign):
    work = Work(monkeypatch)
    aligned(LINES, [*BEGIN, *[sign * 1_000] * 60, *END])
    assert 60_000 <= sum(work.bare) < 61_000


def test_paragraphs_are_put_together_only_where_they_may_be_one_text(monkeypatch):
    work = Work(monkeypatch)
    aligned(LINES, ["长" * 6_000] * 60)
    assert work.joined == []
    aligned(LINES, [*BEGIN, *["长" * 400] * 60, *END])
    assert max(work.joined) <= 10_000
    assert (
        len(work.joined) <= 64 * 24
    )  # of each paragraph on, at most 24 more for the one line that may begin with any words


def test_a_blank_without_words_takes_paragraphs_up_to_the_length_of_a_text():
    assert aligned(LINES, [*BEGIN, "长" * 4_999, "长" * 5_000, *END]) == [
        Pair(0, 0), Pair(TALENT, 1), Pair(MORE, 2, 2), Pair(PLAN, 4),
    ]  # fmt: skip
    assert aligned(LINES, [*BEGIN, "长" * 5_000, "长" * 5_000, *END]) == [
        Pair(0, 0), Pair(TALENT, 1), Pair(MORE, 2), Pair(None, 3), Pair(PLAN, 4),
    ]  # fmt: skip


def test_a_text_in_several_paragraphs_begins_with_the_words_of_its_line():
    assert aligned(LINES, [*BEGIN, "规划：一", "二", "三。"])[-1] == Pair(PLAN, 2, 3)
    assert aligned(LINES, ["Slip栏", "甲某，经历", "获奖", "（主要经历）。", *END])[1] == Pair(TALENT, 1, 3)


def test_too_many_paragraphs_are_refused_before_any_is_looked_at(monkeypatch):
    work = Work(monkeypatch)
    with pytest.raises(FileRefused, match="at most 500 paragraphs"):
        aligned(LINES, ["长"] * 501)
    assert work.bare == []


# ---- annex pages ------------------------------------------------------------------------------------------------------------

NEEDS = paper(group("needs", field("long-text", "need", annex=True), field("long-text", "wish", annex=True)))
FIELDS = {f.id: f for g in NEEDS.form.groups for f in g.fields}


def pointing(*names):
    found = Found(NEEDS)
    found.entries = [
        Entry("A1", Slot(n, FIELDS[n.partition(".")[0]]), f"（见附页{i}）") for i, n in enumerate(names, 1)
    ]
    return found


def test_what_stands_on_annex_pages_is_put_where_it_is_pointed_to():
    found = pointing("need", "wish")
    texts = ["表", "附页1：need栏", "一", "", "二", "附页2：wish栏", "三"]
    assert without_annexes(found, texts) == ["表"]
    assert [entry.raw for entry in found.entries] == ["一\n\n二", "三"]


def test_two_pages_of_one_heading_are_taken_in_order_and_a_pointer_to_none_stays():
    found = pointing("need", "wish")
    found.entries = [found.entries[0], found.entries[0], found.entries[1]]
    assert without_annexes(found, ["附页1：need栏", "一", "附页 1：need栏", "二", "附页1：need栏"]) == []
    assert [entry.raw for entry in found.entries] == ["一", "二\n附页1：need栏", "（见附页2）"]


def test_headings_of_annex_pages_are_looked_for_in_one_go(monkeypatch):
    looked = []
    monkeypatch.setattr(
        "talentservice.forms.docx.lines.bare", lambda text: (looked.append(text), matching.bare(text))[1]
    )
    found = pointing(*(f"need.{n}" for n in range(400)))
    without_annexes(found, ["甲"] * 1_000)
    assert len(looked) == 1_400  # each heading and each paragraph once
