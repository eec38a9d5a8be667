"""A form of a region, as users call it: checked, printed, written in every format, read back."""

import json

import pytest
from tests.unit.forms.declared import field, group
from tests.unit.invented import clause, region

from talentservice.errors import FileRefused, FormError, InvalidText, UnknownName
from talentservice.forms.render import Marks, Said
from talentservice.region import region_from_dict

GROUPS = [
    group(
        "who",
        field("text", "name", required=True),
        field("text", "contact", reconstructed=True),
        field("bool", "in-post"),
    ),
    group("items", field("text", "what"), field("decimal", "amount", unit="万元"), repeat=True),
    group("money", field("decimal", "tax"), years=[2018, 2019]),
    group("kept", field("text", "note")),
]
LAYOUT = [
    ["name", "contact"],
    ["in-post"],
    {"repeat": "items", "printed": 2, "header": True, "row": ["what", "amount"]},
    {"matrix": "money", "corner": "金额"},
]
DATA = {"name": "甲某", "in-post": "是", "items": [{"what": "甲", "amount": "30000 元"}], "money.2019.tax": "１．５"}
VALUES = {"name": "甲某", "in-post": True, "items": [{"what": "甲", "amount": 3}], "money": {"2019": {"tax": 1.5}}}


def slip(**head):
    data = region(clause("1", record="document.issued")).to_dict()
    (document,) = data["documents"].values()
    document["clause"] = [clause("1", form={"slip": {"file": "slip.toml"}})]
    title = {"zh": "单", "en": "Slip"}
    whole = {"id": "nowhere.slip", "title": title, "groups": GROUPS, "layout": LAYOUT, "hidden": ["note"], "year": 2019}
    data["forms"] = {"slip.toml": {**whole, **head}}
    return region_from_dict(data).form("slip")


@pytest.fixture(scope="module")
def rule():
    return slip()


@pytest.fixture(scope="module")
def writers(rule):
    return {"html": rule.html, "docx": rule.docx, "xlsx": rule.xlsx}


def test_a_printout_has_the_values_by_slot(rule):
    found = rule.printout(DATA)
    assert {key: str(value) for key, value in found.slots.items()} == {
        "name": "甲某", "in-post": "True", "items.0.what": "甲", "items.0.amount": "3", "money.2019.tax": "1.5",
    }  # fmt: skip
    assert rule.check(found.slots).value == ()
    assert rule.check(rule.printout().slots).value == ("name",)


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_what_is_written_is_read_back(rule, writers, kind):
    if kind == "docx":
        pytest.importorskip("docx")
    else:
        pytest.importorskip("xlsxwriter")
    found = rule.read(writers[kind](DATA))
    assert (found.problems, dict(found.values), found.year) == ((), VALUES, 2019)
    assert "甲某" not in repr(found)
    assert rule.read(writers[kind](DATA)).sound() == VALUES
    assert rule.printout(found.values).slots == rule.printout(DATA).slots


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_the_year_of_filling_in_is_kept_in_the_file(rule, writers, kind):
    pytest.importorskip("docx" if kind == "docx" else "xlsxwriter")
    found = rule.read(writers[kind]({"name": "甲", "money": {"2022": {"tax": 1}}}, year=2022))
    assert (found.year, dict(found.values)) == (2022, {"name": "甲", "money": {"2022": {"tax": 1}}})


def test_a_file_may_be_given_by_its_path(rule, tmp_path):
    pytest.importorskip("xlsxwriter")
    path = tmp_path / "slip.bin"
    path.write_bytes(rule.xlsx(DATA))
    assert rule.read(path).values == VALUES
    with pytest.raises(FileRefused, match=r"cannot read none\.xlsx"):
        rule.read(tmp_path / "none.xlsx")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"name,contact\n", b"\xd0\xcf\x11\xe0"])
def test_what_is_no_office_file_is_refused(rule, data):
    with pytest.raises(FileRefused):
        rule.read(data)


def test_another_form_and_another_version_are_refused(rule):
    pytest.importorskip("xlsxwriter")
    with pytest.raises(FileRefused) as caught:
        slip(id="nowhere.other").read(rule.xlsx(DATA))
    assert (caught.value.code, caught.value.en) == (
        "other-form",
        "the file is another form, not 'Slip'",
    )
    with pytest.raises(FileRefused) as caught:
        slip(version="2").read(rule.xlsx(DATA))
    assert caught.value.code == "other-version"


@pytest.mark.parametrize("kind", ["html", "docx", "xlsx"])
def test_no_writer_writes_values_the_form_does_not_take(writers, kind):
    with pytest.raises(FormError) as caught:
        writers[kind]({"nam": "甲", "items": [{"amount": "三"}]})
    assert [p.where.zh for p in caught.value.problems] == ["items.0.amount", "nam"]


def test_a_value_no_longer_printed_is_kept_among_the_values(rule):
    assert rule.printout({"note": "甲"}).slots == {"note": "甲"}
    assert "note" in rule.json_schema()["properties"]


def test_the_signs_of_boxes_reach_the_page():
    boxed = slip(groups=[group("g", field("choice", "a", choices=["甲", "乙"]))], layout=[["a"]], hidden=[], year=None)
    assert ">√<" in boxed.html({"a": "乙"}, marks=Marks("√", "○"))


def test_the_schema_moves_with_the_year(rule):
    assert '"2022"' in json.dumps(rule.json_schema(2022))
    assert '"2019"' not in json.dumps(rule.json_schema(2022))
    assert rule.model() is rule.model(2019)


def test_a_lost_label_may_be_given_and_the_form_stays_as_it_was(rule):
    other = rule.relabel(contact="联系<人>")
    assert "联系&lt;人&gt;" in other.html()
    assert "contact栏" not in other.html()
    assert "contact栏" in rule.html()
    assert other.relabel(contact="电话").layout.single["contact"].shown == "电话"
    assert other.printout(DATA).slots == rule.printout(DATA).slots


def test_printed_labels_stay(rule):
    with pytest.raises(UnknownName, match="no reconstructed field 'name'; there is: contact"):
        rule.relabel(name="别的")
    with pytest.raises(InvalidText):
        rule.relabel(contact="a\x00b")
    with pytest.raises(InvalidText):
        rule.relabel(contact=" ")


def test_a_clause_may_stand_as_a_note_below_the_table():
    (note,) = (p for p in slip(notes=["1"]).printout().parts if isinstance(p, Said) and p.style == "note")
    assert "".join(r.text for r in note.runs) == "注：第1条。"
