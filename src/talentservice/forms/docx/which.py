"""Whether a document holds the form at all: a letter, or another form, is refused as a whole rather than told line by line."""

from collections.abc import Iterable, Sequence
from itertools import chain

from talentservice.errors import FileRefused
from talentservice.forms.docx.body import Body
from talentservice.forms.docx.limits import LINES
from talentservice.forms.docx.lines import due_lines, fixed, optional, patterned, standing
from talentservice.forms.docx.rows import due_rows
from talentservice.forms.found import Found, title_of
from talentservice.forms.matching import Text, Wording, bare, unmarked
from talentservice.forms.sheet import Sentence, Sheet
from talentservice.forms.ticks import is_blank, known

_TITLE_ROWS = 30  # within which a title put into a table stands


def check_title_or_labels(sheet: Sheet, body: Body, found: Found) -> None:
    """Refuse a document in which neither the title nor most labels of the form stand; of one without tables, lines.

    Raises:
        FileRefused: it is another document.
    """
    texts = [Text.of(text) for text in standing(body.paragraphs)[:LINES]]
    lines = patterned(due_lines(sheet))
    title = next((line.line.sentences for line in lines if line.line.style == "title"), ())
    above = (Text.of(cell.text) for row in body.rows[:_TITLE_ROWS] for cell in row.cells)
    if _stands(title, chain(texts, above)):
        return
    labels = {bare(place.label) for row in due_rows(sheet) for place in row.cells if place.label}
    if labels:  # the lines above a table are the same on many forms
        words = {bare(unmarked(cell.text[:200])) for row in body.rows for cell in row.cells}
        there, due = len(labels & words), len(labels)
    else:
        said = [line for line in lines if line.line.style != "title" and fixed(line) and not optional(line)]
        there, due = sum(_stands(line.line.sentences, texts) for line in said), len(said)
    if 2 * there < due:
        raise _another(
            found, ": neither its title nor most of its labels are there", "：既没有其标题，也缺少大部分栏目"
        )


def check_constants(found: Found) -> None:
    """Refuse a document that does not say which form it is, has the title, but is for other people than the form prints.

    Raises:
        FileRefused: it is another form of the same title.
    """
    if found.form is not None or not found.problems:
        return
    for entry in found.entries:
        text = str(entry.raw)
        if entry.slot.field.constant and not is_blank(text) and known(entry.slot.field, text.strip()) is None:
            raise _another(found)


def _stands(sentences: Sequence[Sentence], texts: Iterable[Text]) -> bool:
    wording = Wording(sentences)
    return any(wording.taken(text) is not None for text in texts)


def _another(found: Found, en: str = "", zh: str = "") -> FileRefused:
    name = title_of(found.paper.form)
    return FileRefused(
        f"the document does not hold the form '{name.en}'{en}", f"文件不是表单“{name.zh}”{zh}", code="other-form"
    )
