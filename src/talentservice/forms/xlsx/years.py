"""The year a workbook of a form was filled in for."""

import re
from collections.abc import Iterator

from talentservice.errors import FileRefused
from talentservice.forms.paper import Paper
from talentservice.forms.spec import YEARS
from talentservice.forms.xlsx.cells import Book
from talentservice.forms.xlsx.names import YEAR
from talentservice.forms.xlsx.strips import strips_of

_YEAR = re.compile(r"(\d{4})\s*年\D{0,20}")


def year_of(paper: Paper, book: Book) -> int | None:
    """The year the file says, or else the one its columns show."""
    own = paper.form.year
    if own is None:
        return None
    told = book.told.get(YEAR, "")
    if not told:
        printed = next(_years(p.label for s in strips_of(paper.sheet({}, 0)) for p in s.places), None)
        shown = next(_years(h.text for r in sorted(book.cells) for h in book.cells[r].values()), None)
        told = str(own + shown - printed) if printed and shown else str(own)
    if not re.fullmatch(r"\d{4}", told, re.ASCII) or int(told) not in YEARS:
        raise FileRefused("the workbook does not say which year it is of", "工作簿所记年份无效", code="damaged")
    return int(told)


def _years(texts: Iterator[str]) -> Iterator[int]:
    return (int(shown[1]) for text in texts if (shown := _YEAR.fullmatch(text.strip())))
