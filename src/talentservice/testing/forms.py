"""Values for printed forms, drawn at random: what a form takes, and what is most likely to break a writer or a reader."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from talentservice.forms.blocks import SLOT, Block
from talentservice.forms.entries import LONGEST_LONG
from talentservice.forms.fields import NO_VALUE, FormField
from talentservice.forms.spec import FormFile, FormGroup
from talentservice.forms.ticks import SPLIT, boxed, same
from talentservice.strict import LONGEST_TEXT, TURNING, UNSEEN

FIRST, LAST = date(1949, 10, 1), date(2100, 12, 31)
MOST_ROWS = 4
PLAIN = "某省某市人才企业创新产业一二三四五研发服务中心张甲乙丙 ABCxyz0123456789"
RARE = "祎喆𠮷翀昇璟堃ＡＢ１２３％，。；：（）“”\u3000\u00a0éñ𝒜😀"
HOSTILE = (
    "=1+1", "=cmd|'/c calc'!A1", "+8", "-8", "@SUM(A1)", "'quoted", '"quoted"', "<b>&amp;</b>", "]]>", "<!--", "</td></table>",
    "<script>alert(1)</script>", '<input type="checkbox" checked>', '#read("/x")', "$x$ *y* _z_", "\\u0041 \\n", "`code`",
    "{}", "{name}", "{{ 7 * 7 }}", "%s %(x)s", "__", "a__b", "_x0041_", "_x005F_x000D_", "http://x.invalid/?a=b&c", "☑ □ 是", "√", "其他：",
    "12", "１２", "2020-01-01", "1e5", "1/2", "0", "是", "None", "#REF!", "无", "、", "，；", "甲;乙", "C:\\x", "a\u00a0b", "𠮷" * 9,
)  # fmt: skip
LONG_LINE, LONG_TEXT = "长" * LONGEST_TEXT, "很长的文字。" * (LONGEST_LONG // 6)
_NUMBERS = ("0", "0.1", "-0.5", "1200.50", "100", "999999999999999", "0.0000000001", "12345678901234.5678901234")


def values_of(form: FormFile, year: int | None = None, *, hostile: bool = True) -> SearchStrategy[dict[str, Any]]:
    """Values a form takes, nested, and in their normal form: what a reader gives back for them is equal to them.

    Blanks are left out, and so are rows and years of which nothing is filled in.

    Args:
        form: the declared form.
        year: the year in which it is filled in; the printed years move on with it.
        hostile: also texts that look like formulas, markup, boxes or the form's own words, rare signs, and very long ones.
    """
    shift = 0 if year is None or form.year is None else year - form.year
    words = tuple(sorted(printed_words(form))) if hostile else ()
    leaves: dict[str, SearchStrategy[Any]] = {}
    for group in form.groups:
        if group.repeat:
            leaves[group.at] = _blank_or(st.lists(_row(group, words, hostile=hostile), min_size=1, max_size=MOST_ROWS))
        elif group.all_years:
            row = _row(group, words, hostile=hostile)
            leaves[group.at] = _blank_or(_some({str(y + shift): _blank_or(row) for y in group.all_years}))
        else:
            leaves |= {f.id: _leaf(f, words, hostile=hostile) for f in _entered(group)}
    return st.fixed_dictionaries(leaves).map(_grown)


def value_of(field: FormField, words: Iterable[str] = (), *, hostile: bool = True) -> SearchStrategy[Any]:
    """Values of one field in their normal form, never blank; `words` are further texts to put in."""
    made = _typed(field)
    if made is not None:
        return made
    if field.type == "multi-choice":
        return _several(field, _texts(field, words, hostile=hostile))
    if field.type == "choice":
        one = st.sampled_from(list(field.choices))
        # A text of one's own that names choices, or has boxes or signs that part them, would be read as several.
        own = _texts(field, words, hostile=hostile).filter(
            lambda t: _free(field, t) and not (SPLIT.search(t) or boxed(t) or (field.other or "") in t)
        )
        return one | own if field.other else one
    if field.type in ("text-list", "unit-list"):
        item = _texts(field, words, hostile=hostile).filter(lambda t: not SPLIT.search(t))
        return st.lists(item, min_size=1, max_size=4).filter(lambda items: _kept(field, "、".join(items)))
    return _texts(field, words, hostile=hostile)


def printed_words(form: FormFile) -> set[str]:
    """The form's own words: labels, choices, hints, and what stands between the blanks of its sentences."""
    found = {
        text for g in form.groups for f in g.fields for text in (f.shown, *f.choices, f.other, f.hint, f.unit) if text
    }
    for text in (form.title.zh, form.heading or "", *form.head, *_sentences(form.layout)):
        found |= {piece.strip() for piece in SLOT.split(text)[::2]}
    return {" ".join(text.split()) for text in found} - {""}


def _sentences(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield from (
            t for t in (block.group, block.corner, block.heading, block.estimated, *(block.paragraph or ())) if t
        )
        yield from (t for c in block.row or () for t in (c.sentence, c.label, c.foot) if t)
        yield from _sentences(block.rows or ())


# ---- one field --------------------------------------------------------------------------------------------------------------


def _typed(field: FormField) -> SearchStrategy[Any] | None:
    """The values of a type that is no text."""
    days, years = st.dates(FIRST, LAST), st.integers(FIRST.year, LAST.year)
    months = st.builds("{:04d}-{:02d}".format, years, st.integers(1, 12))
    numbers = (
        st.sampled_from([Decimal(n) for n in _NUMBERS])
        | st.decimals(-(10**9), 10**9, places=2)
        | st.decimals(0, 9999, places=0)
    )
    made: Mapping[str, SearchStrategy[Any]] = {
        "date": days,
        "year-month": months,
        "date-or-month": days | months,
        "year": years,
        "integer": st.integers(0, 10**6) | st.just(10**15),
        "ordinal": st.integers(1, 120) | st.just(999_999),
        "decimal": numbers,
        "percent": numbers,
        "bool": st.booleans(),
        "phone": st.builds("0519-8000{:04d}{}".format, st.integers(0, 9999), st.sampled_from(["", "-8", "-801"])),
    }
    return made.get(field.type)


def _several(field: FormField, texts: SearchStrategy[str]) -> SearchStrategy[list[str]]:
    ticked = st.sets(st.sampled_from(list(field.choices))).map(lambda known: [c for c in field.choices if c in known])
    if not field.other:
        return ticked.filter(bool)
    own = texts.filter(lambda text: _free(field, text))
    return st.builds(lambda known, more: [*known, *more], ticked, st.lists(own, max_size=1)).filter(bool)


def _free(field: FormField, text: str) -> bool:
    return same(text) not in {same(c) for c in field.choices}


def _texts(field: FormField, words: Iterable[str], *, hostile: bool) -> SearchStrategy[str]:
    long = field.type == "long-text"
    plain = st.text(PLAIN + ("\n" if long else ""), min_size=1, max_size=40)
    if not hostile:
        return plain.map(_tidy).filter(lambda text: _kept(field, text))
    known = st.sampled_from([*HOSTILE, *words])
    signs = st.characters(
        codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters=UNSEEN + TURNING + "\ufffe\uffff"
    )
    anything = st.text(st.sampled_from(RARE) | signs | st.sampled_from("\n" if long else " "), min_size=1, max_size=30)
    piece = known | anything | plain
    joined = st.builds(
        lambda parts, glue: glue.join(parts),
        st.lists(piece, min_size=1, max_size=4),
        st.sampled_from(["", " ", "\n\n" if long else "："]),
    )
    longest = st.sampled_from([LONG_LINE, LONG_TEXT] if long else [LONG_LINE, "a" * 300])
    # Very long texts are drawn seldom: most laws have nothing to say about them, and they cost the most.
    texts = st.integers(0, 19).flatmap(lambda n: longest if n == 19 else joined)  # noqa: PLR2004  # one in twenty
    return texts.map(_tidy).filter(lambda text: _kept(field, text))


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def _kept(field: FormField, text: str) -> bool:
    """Whether the text says something: it is not what a blank looks like, and does not begin as the printed hint."""
    most = LONGEST_LONG if field.type == "long-text" else LONGEST_TEXT
    return (
        bool(text.strip("_ \u00a0\n\t\u3000"))
        and len(text) <= most
        and not (field.hint and text.startswith(field.hint))
    )


# ---- a form -----------------------------------------------------------------------------------------------------------------


def _entered(group: FormGroup) -> list[FormField]:
    return [f for f in group.fields if f.type not in NO_VALUE]


def _blank_or(filled: SearchStrategy[Any]) -> SearchStrategy[Any]:
    return st.none() | filled


def _leaf(field: FormField, words: Iterable[str], *, hostile: bool) -> SearchStrategy[Any]:
    value = value_of(field, words, hostile=hostile)
    return value if field.constant else _blank_or(value)


def _some(leaves: Mapping[str, SearchStrategy[Any]]) -> SearchStrategy[dict[str, Any]]:
    """Rows or years of which at least one thing is filled in."""
    return st.fixed_dictionaries(dict(leaves)).map(_grown).filter(bool)


def _row(group: FormGroup, words: Iterable[str], *, hostile: bool) -> SearchStrategy[dict[str, Any]]:
    return _some({f.id: _leaf(f, words, hostile=hostile) for f in _entered(group)})


def _grown(flat: Mapping[str, Any]) -> dict[str, Any]:
    """The values nested by the parts of their ids, blanks left out."""
    tree: dict[str, Any] = {}
    for path, value in flat.items():
        if value is None:
            continue
        *stems, last = path.split(".")
        place = tree
        for stem in stems:
            place = place.setdefault(stem, {})
        place[last] = value
    return tree
