"""Each region against its source text and the inventory of its clauses, where a checkout has them beside it."""

import json
from collections import Counter
from pathlib import Path

import pytest

import talentservice
from talentservice.verify import verify

BESIDE = Path(__file__).parents[3] / "shared"
REGIONS = {"jintan": 1, "linyi": 3, "nanhai": 1, "kunshan": 1, "taixing": 1}


def beside(name):
    """A file that is kept beside the project and not in it."""
    path = BESIDE / name
    if not path.is_file():
        pytest.skip(f"the sources are not part of the project: there is no {name} beside this checkout")
    return path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("name", REGIONS)
def test_every_document_stands_in_its_source(name):
    found = verify(talentservice.region(name), beside(f"policies/{name}.txt"))
    assert len(found) == REGIONS[name]
    assert [v.document for v in found if not v.sound] == []
    assert [n.label.en for v in found for n in v.numbers if not n.in_article] == []
    assert [(v.document, a.key) for v in found for a in v.uncovered] == []
    assert [(v.document, clause) for v in found for clause in v.gone] == []


def test_seven_days_turned_into_five_are_found():
    text = beside("policies/nanhai.txt")
    old = "七个工作日" if "七个工作日" in text else "7个工作日"
    assert old in text
    (found,) = verify(talentservice.region("nanhai"), text.replace(old, old.replace("七", "五").replace("7", "5")))
    wrong = [n for n in found.numbers if not n.in_article]
    assert [(n.rule, n.key, n.value, [str(c) for c in n.clauses]) for n in wrong] == [
        ("reply", "within.working_days", "7", ["nanhai:三(二)3-1"])
    ]
    assert found.sound is False


def test_every_clause_of_the_inventory_stands_in_its_region_with_its_status():
    inventory = {row["id"]: row["executable"] for row in json.loads(beside("clauses.json"))}
    ours = {str(c.citation): c.status for name in REGIONS for c in talentservice.region(name).clauses}
    assert ours == inventory
    assert len(ours) == 549
    assert Counter(ours.values()) == {"rule": 247, "record": 239, "guidance": 63}
