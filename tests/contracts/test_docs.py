"""The documentation: the same pages in both languages, links that lead somewhere, figures that are those of the regions."""

import re
from pathlib import Path

import pytest

import talentservice as ts
from talentservice.clauses import ledger

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)


def pages(lang: str) -> list[str]:
    folder = ROOT / "docs" / lang
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.md"))


def shape(path: Path) -> dict[str, object]:
    """What a page and its twin have in common: the levels of its headings, its blocks of code, its tables."""
    text = path.read_text(encoding="utf-8")
    plain = FENCE.sub("", text)
    return {
        "headings": [len(marks) for marks in re.findall(r"^(#+) ", plain, re.MULTILINE)],
        "code": [block.partition("\n")[0] for block in FENCE.findall(text)],
        "rows": len(re.findall(r"^\|", plain, re.MULTILINE)),
    }


def test_both_languages_have_the_same_pages():
    assert pages("en") == pages("zh") != []


@pytest.mark.parametrize("page", pages("en"))
def test_a_page_and_its_twin_have_the_same_shape(page):
    assert shape(ROOT / "docs" / "en" / page) == shape(ROOT / "docs" / "zh" / page)


def written() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("plugins/*/README.md")])


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as the usual renderers make them."""
    plain = FENCE.sub("", path.read_text(encoding="utf-8"))
    titles = re.findall(r"^#+ (.+)$", plain, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", written(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_inside_the_project_lead_somewhere(path):
    for target in LINK.findall(FENCE.sub("", path.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        found = (path.parent / name).resolve() if name else path
        assert found.exists(), f"{path.name}: {target}"
        assert found.is_relative_to(ROOT), f"{path.name}: {target} leaves the project"
        if anchor:
            assert anchor in anchors(found), f"{path.name}: {target}"


def regions_in(readme: str) -> dict[str, int]:
    """The rows of the table of regions: the id, and the number of clauses."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z0-9-]+)` \|.*\| (\d+)(?: 条)? \|$", text, re.MULTILINE)
    return {name: int(clauses) for name, clauses in rows}


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_table_of_regions_agrees_with_the_ledger(readme):
    installed = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")
    names = re.findall(r"^-e plugins/(\S+)", installed, re.MULTILINE)
    found = [ledger(name, ts.region(name).clauses, []) for name in names]
    assert regions_in(readme) == {f.region: f.clauses for f in found}
    lines = (ROOT / readme).read_text(encoding="utf-8").splitlines()
    (total,) = [line for line in lines if "`talentservice coverage`" in line]
    sums = [sum(getattr(f, key) for f in found) for key in ("clauses", "rule", "record", "guidance")]
    assert [int(n) for n in re.findall(r"\d+", total)] == sums


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_python_of_the_reference_runs(lang):
    """Its asserts are the test."""
    pages = sorted((ROOT / "docs" / lang / "reference").glob("*.md"))
    found = [
        re.findall(r"^```python\n(.*?)^```$", p.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL) for p in pages
    ]
    assert sum(map(len, found)) > 1
    for blocks in found:
        names = {"__name__": "reference"}  # a page is read from top to bottom
        for body in blocks:
            exec(compile(body, "reference", "exec"), names)  # noqa: S102  # it is our own
