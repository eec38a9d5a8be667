"""The year a workbook of a form was filled in for."""

import re
from collections.abc import Iterable, Iterator

from talentservice.errors import FileRefused
from talentservice.forms.matching import bare, unmarked
from talentservice.forms.paper import Paper
from talentservice.forms.spec import YEARS, FormFile
from talentservice.forms.xlsx.cells import Book
from talentservice.forms.xlsx.names import YEAR
from talentservice.forms.xlsx.strips import strips_of

_BLANK = "{year}"


def year_of(paper: Paper, book: Book) -> int | None:
    """The year the file says, or else the one its columns show."""
    own = paper.form.year
    if own is None:
        return None
    told = book.told.get(YEAR, "")
    if not told:
        told = str(own + _moved_on(paper, book))
    if not re.fullmatch(r"\d{4}", told, re.ASCII) or int(told) not in YEARS:
        raise FileRefused("the workbook does not say which year it is of", "工作簿所记年份无效", code="damaged")
    return int(told)


def _moved_on(paper: Paper, book: Book) -> int:
    """By how many years those above the columns of a row differ from those that are printed."""
    strips = [[p.label for p in strip.places if p.label] for strip in strips_of(paper.sheet({}, 0))]
    rows = [[unmarked(held.text) for held in book.cells[row].values()] for row in sorted(book.cells)]
    for head in _heads(paper.form):
        printed = next((years for labels in strips if (years := _years(head, labels))), [])
        for shown in (_years(head, texts) for texts in rows):
            moved = {b - a for a, b in zip(printed, shown, strict=False)}
            if len(shown) == len(printed) and len(moved) == 1:
                return moved.pop()
    return 0


def _heads(form: FormFile) -> Iterator[re.Pattern[str]]:
    """What may stand above a year's column, as each group words it."""
    for words in dict.fromkeys(w for g in form.groups if g.all_years for w in (g.year_head, g.estimated_head)):
        if words and _BLANK in words:
            first, *others = (re.escape(bare(part)) for part in words.split(_BLANK))
            yield re.compile(first + "([0-9]{4})" + r"\1".join(others))


def _years(head: re.Pattern[str], texts: Iterable[str]) -> list[int]:
    return [int(shown[1]) for text in texts if (shown := head.fullmatch(bare(text)))]
