"""What is not as printed is told as people call it, in both languages, and so is a file that is another form."""

import pytest
from tests.unit.forms.declared import field, group, paper

from talentservice.errors import FileRefused
from talentservice.forms.found import Found, title_of
from talentservice.forms.sheet import Slot
from talentservice.labels import Label

SLIP = paper(
    group("who", field("text", "name", label={"zh": "姓名", "en": "Name"}), field("text", "tel", label={"zh": "电话", "en": "Telephone"})),
    group("paid", field("text", "city", label={"zh": "市级", "en": "City"}), field("text", "a", printed="已 拨付", label={"zh": "已拨付", "en": "City: paid"}), field("text", "b", label={"zh": "已拨付", "en": "State: paid"})),
    title={"zh": "走访表", "en": "Visit form"},
)  # fmt: skip
FIELDS = {f.id: f for g in SLIP.form.groups for f in g.fields}


def told(due, slots=None, **more):
    found = Found(SLIP)
    found.unlike(Label(zh="第1行", en="row 1"), due, "甲", slots, **more)
    return [(p.line("en"), p.line("zh")) for p in found.problems]


def test_a_label_that_changed_is_named_in_both_languages():
    en = "row 1 (Telephone): '电话' is printed here, got '甲'"
    assert told("电话", [Slot("name", FIELDS["name"]), Slot("tel", FIELDS["tel"])]) == [
        (en, "第1行（电话）：应为“电话”，实为“甲”")
    ]
    assert told("电 话") == [("row 1 (Telephone): '电 话' is printed here, got '甲'", "第1行（电话）：应为“电 话”，实为“甲”")]  # fmt: skip


def test_a_label_printed_more_than_once_is_named_by_the_blank_beside_it_or_as_printed():
    assert told("已拨付", [Slot("b", FIELDS["b"])])[0][0].startswith("row 1 (State: paid): ")
    assert told("已拨付")[0][0].startswith("row 1 (已拨付): ")


def test_words_of_no_field_are_named_as_the_group_or_as_printed():
    assert told("paid栏")[0][0].startswith("row 1 (paid): ")
    assert told("金额/万元")[0][0].startswith("row 1 (金额/万元): ")
    assert told("电话：__", label=FIELDS["tel"].label)[0][0].startswith("row 1 (Telephone): ")


def test_another_form_and_version_are_told_by_title():
    with pytest.raises(FileRefused) as caught:
        Found(SLIP, "nowhere.other").check_identity()
    assert (caught.value.code, caught.value.en, caught.value.zh) == (
        "other-form", "the file is another form, not 'Visit form'", "文件是另一份表单，不是“走访表”",
    )  # fmt: skip
    with pytest.raises(FileRefused) as caught:
        Found(SLIP, "nowhere.slip", "3").check_identity()
    assert (caught.value.en, caught.value.zh) == (
        "the file is version 3 of the form 'Visit form'; version 1 is read",
        "文件是表单“走访表”的 3 版，现行为 1 版",
    )


def test_forms_of_one_title_are_told_apart_by_what_they_print_in_a_field():
    kind = field("choice", "kind", label={"zh": "企业类型", "en": "Kind of enterprise"}, choices=["领军人才创业企业"])
    form = paper(group("g", kind), title={"zh": "走访表", "en": "Visit form"}).form
    assert title_of(form).zh == "走访表（企业类型：领军人才创业企业）"
    assert title_of(form).en == "Visit form (Kind of enterprise: 领军人才创业企业)"


def unread(text, **more):
    found = Found(SLIP)
    found.unlike("A1", "姓名：__", text, **more)
    return found.unread


def test_what_stands_in_place_of_a_sentence_is_unread_and_a_blank_is_not():
    name, tel = (Slot(key, FIELDS[key]) for key in ("name", "tel"))
    assert unread("名字 甲", slots=[name, tel]) == ["name", "tel"]
    assert unread("\x01 \u00a0\x02", slots=[name, tel]) == []
    assert unread("名字 甲") == []


def test_a_reader_may_say_itself_what_is_unread_whatever_the_text_may_belong_to():
    name, tel = (Slot(key, FIELDS[key]) for key in ("name", "tel"))
    assert unread("名字", slots=[name, tel], unread=[]) == []
    assert unread("", slots=[name, tel], unread=[tel]) == ["tel"]
    assert unread("名字", unread=[tel]) == ["tel"]


def test_a_sentence_with_one_blank_is_named_by_its_field():
    assert told("电话是：__", [Slot("tel", FIELDS["tel"])])[0][0].startswith("row 1 (Telephone): ")
    both = [Slot("tel", FIELDS["tel"]), Slot("name", FIELDS["name"])]
    assert told("电话是：__", both)[0][0].startswith("row 1 (电话是：__): ")
    assert told("电话是：__", both, unread=[both[1]])[0][0].startswith("row 1 (Name): ")


@pytest.mark.parametrize(
    ("kind", "zh", "en"),
    [
        ("comments", "批注不读取，请写入栏目", "comments are not read; write them in a field"),
        ("headers", "页眉、页脚的文字不读取，请写入栏目", "headers and footers are not read; write them in a field"),
        ("pictures", "图片、图形不读取，请以文字写入栏目", "pictures and drawings are not read; write in words what they show"),
        ("footnotes", "脚注、尾注不读取，请写入栏目", "footnotes and endnotes are not read; write them in a field"),
        ("signatures", "签字、盖章处的文字不读取", "words in the place of a signature or seal are not read"),
    ],
)  # fmt: skip
def test_what_no_reader_looks_at_is_told_once_by_its_kind_and_first_place(kind, zh, en):
    found = Found(SLIP)
    found.unseen(kind, "B2")
    found.unseen(kind)
    assert [(p.where.zh, p.zh, p.en) for p in found.warnings] == [("B2", zh, en)]


def test_what_no_reader_looks_at_stands_in_the_file_where_no_place_is_known():
    found = Found(SLIP)
    found.unseen("comments")
    found.unseen("pictures")
    assert [p.line("zh") for p in found.warnings] == [
        "文件（批注）：批注不读取，请写入栏目",
        "文件（图片、图形）：图片、图形不读取，请以文字写入栏目",
    ]
    assert found.warnings[0].line("en") == "the file (comments): comments are not read; write them in a field"
