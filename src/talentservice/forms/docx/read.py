"""A form read back from a Word document, by what is printed on it: tables, controls and styles may be anybody's."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence

from talentservice.errors import FileRefused
from talentservice.forms.docx import lines, rows
from talentservice.forms.docx.align import Pair
from talentservice.forms.docx.beside import beside, tell
from talentservice.forms.docx.body import Body, body_of
from talentservice.forms.docx.shell import CUSTOM, MAIN
from talentservice.forms.docx.stream import Properties, parse
from talentservice.forms.docx.which import check_constants, check_title_or_labels
from talentservice.forms.docx.write import IDENTITY
from talentservice.forms.found import Found
from talentservice.forms.matching import unmarked
from talentservice.forms.paper import Paper
from talentservice.forms.spec import YEARS, FormFile
from talentservice.labels import Label

# Places as they are told: of a table, a row, a cell; of a paragraph.
_CELL = re.compile(r"(?:第(\d+)张)?表?(?:第(\d+)行)?(?:第(\d+)格)?")
_PARAGRAPH = re.compile(r"第(\d+)段(?:文本框)?")
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")


def read_docx(paper: Paper, data: bytes) -> Found:
    """Read a form that was filled in in Word, WPS or LibreOffice.

    The archive has been checked. A file that does not say which form it is is told by its title and labels.

    Raises:
        FileRefused: damaged, not a Word document, far larger than any form, or another form.
        MissingExtra: the extra `docx` is not installed.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = _identity(paper, archive)
        found.check_identity()
        body, kinds = body_of(archive, MAIN), beside(archive)
    shift = paper.shift(found.year) if found.year else _shift(paper.form, body)
    check_title_or_labels(paper.sheet({}, shift), body, found)
    reader = rows.RowReader(body, found)
    _rows(paper, shift, reader)
    _lines(paper, shift, body, found)
    tell(kinds, reader, found)
    check_constants(found)
    return found


def _identity(paper: Paper, archive: zipfile.ZipFile) -> Found:
    """What the file says of itself; a program may have lost that."""
    properties = Properties(IDENTITY)
    if CUSTOM in archive.namelist():
        try:
            parse(archive, CUSTOM, properties)
        except FileRefused as error:
            if error.code != "damaged":
                raise
    form, version, year = (properties.found.get(name) for name in IDENTITY)
    known = int(year) if year and re.fullmatch("[0-9]{4}", year) and int(year) in YEARS else None
    return Found(paper, form, version, known, order=_order)


def _order(where: Label) -> tuple[int, ...]:
    """Places in reading order: of tables, of paragraphs, then of the file."""
    if cell := _CELL.fullmatch(where.zh):
        return (0, *(int(number or 0) for number in cell.groups()))
    paragraph = _PARAGRAPH.fullmatch(where.zh)
    return (1, int(paragraph[1])) if paragraph else (2,)


def _shift(form: FormFile, body: Body) -> int:
    """By how many years the printed years have moved on, told from the years that stand in the document."""
    words = (unmarked(c.text) for row in body.rows for c in row.cells)
    years = {int(y) for text in (*words, *body.paragraphs) for y in _YEAR.findall(text[:200])}
    printed = {y for g in form.groups for y in g.all_years}
    moves = sorted((y - min(printed) for y in years), key=abs) if printed else []
    return next((move for move in moves if {y + move for y in printed} <= years), 0)


def _rows(paper: Paper, shift: int, reader: rows.RowReader) -> None:
    """Read the tables."""
    pattern = rows.patterned(rows.due_rows(paper.sheet({}, shift)))
    found = reader.body.rows
    pairs = rows.aligned(pattern, found)
    due = rows.due_rows(paper.sheet(_counts(pairs, [row.at for row in pattern]), shift))
    places = _places([row.at for row in pattern], [row.at for row in due], pairs)
    both = list(zip(pairs, places, strict=True))
    shifted = rows.shifted((due[place], found[pair.at]) for pair, place in both if place is not None and pair.count)
    for pair, place in both:
        if place is None:
            reader.added(due, found[pair.at])
        elif not pair.count:
            reader.gone(due[place], pair.at)
        elif more := shifted.get(found[pair.at].table):
            reader.shifted(due[place], found[pair.at], more)
        else:
            reader.row(due[place], found[pair.at])


def _lines(paper: Paper, shift: int, body: Body, found: Found) -> None:
    """Read what stands outside the tables."""
    paragraphs = lines.without_annexes(found, body.paragraphs)
    texts, wheres = lines.standing(paragraphs), lines.places(body, len(paragraphs))
    pattern = lines.patterned(lines.due_lines(paper.sheet({}, shift)))
    pairs = lines.aligned(pattern, texts)
    due = lines.due_lines(paper.sheet(_counts(pairs, [line.at for line in pattern]), shift))
    places = _places([line.at for line in pattern], [line.at for line in due], pairs)
    for pair, place in zip(pairs, places, strict=True):
        if place is None:
            lines.added_line(wheres[pair.at], texts[pair.at], found)
        elif pair.count:
            text = "\n".join(texts[pair.at : pair.at + pair.count])
            lines.read_line(due[place], wheres[pair.at], text, found)
        else:
            lines.gone_line(due[place], wheres[pair.at], found)


def _counts(pairs: Iterable[Pair], groups: Sequence[str]) -> dict[str, int]:
    """How many rows each repeated group has in the document."""
    return dict(Counter(groups[pair.due] for pair in pairs if pair.due is not None and groups[pair.due]))


def _places(pattern: Sequence[str], laid: Sequence[str], pairs: Iterable[Pair]) -> list[int | None]:
    """For each pair where it stands in the form laid out with as many rows as were found; None for what was added."""
    starts, at = [], 0
    for index, group in enumerate(pattern):
        starts.append(at)
        at += 1
        while (
            group
            and at < len(laid)
            and laid[at] == group
            and (index + 1 == len(pattern) or pattern[index + 1] != group)
        ):
            at += 1
    seen: Counter[int] = Counter()
    places: list[int | None] = []
    for pair in pairs:
        if pair.due is None:
            places.append(None)
        else:
            places.append(starts[pair.due] + seen[pair.due])
            seen[pair.due] += 1
    return places
