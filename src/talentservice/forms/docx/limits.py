"""How much of a form a Word document holds: what is not read back is not written either."""

from talentservice.archives import FORM
from talentservice.errors import FileRefused
from talentservice.forms.limits import check_count, check_sizes, text_beyond, too_much
from talentservice.labels import Label

ROWS, CELLS, ELEMENTS = 6_000, 80_000, 1_000_000  # of all tables; elements of the whole document
PARAGRAPHS = 20_000  # outside tables, blank ones too
LINES = 500  # outside tables and annex pages, in which something stands: a form has a few dozen
SIGNS = 20_000  # in a cell or paragraph; a text that is longer is cut, and then found too long for its field
DEPTH, NAMES, UNBROKEN = 200, 5_000, 4  # how deep elements stand in each other, different names, pieces without a tag
KIND = Label(zh="Word 文件", en="Word document")


def too_large(most: int | None = None, en: str = "", zh: str = "") -> FileRefused:
    """The error for a document of more than a form can hold."""
    if most is None:
        return FileRefused("the file holds far more than a form", "文件内容远超一份表单", code="too-large")
    return FileRefused(
        f"the file holds more than a form: at most {most} {en} are read; make several files of it",
        f"文件内容超出一份表单：最多读取 {most} {zh}，请分成几个文件",
        code="too-large",
    )


def check_written(text: str, lines: int) -> None:
    """Refuse the main part of a document that would not be read back.

    Args:
        text: the part.
        lines: paragraphs outside tables and annex pages.

    Raises:
        FormError: it holds more than is read.
    """
    rows = text.count("<w:tr>")
    check_count(rows, ROWS, ("table rows", "行表格"), KIND)
    check_count(text.count("<w:tc>"), CELLS, ("table cells", "个表格单元格"), KIND)
    check_count(lines, LINES, ("paragraphs", "段"), KIND)
    check_count(text.count("<") - text.count("</"), ELEMENTS, ("XML elements", "个 XML 元素"), KIND)
    if len(text) > FORM.entry // 4 and (size := len(text.encode())) > FORM.entry:
        fit = FORM.entry * rows // size // 100 * 100
        en, zh = (f" (about {fit} of {rows} table rows fit)", f"（{rows} 行表格约可容 {fit} 行）") if fit else ("", "")
        more_en, more_zh = text_beyond(FORM.entry)
        raise too_much(more_en + en, more_zh + zh, KIND)


def check_packed(size: int, packed: int) -> None:
    """Refuse a part too large, or so repetitive that the guard of archives would take it for a trap.

    Raises:
        FormError: it would not be read back.
    """
    check_sizes([(size, packed)], KIND)


def check_signs(text: str) -> None:
    """Refuse the text of a cell or paragraph that would be cut when it is read.

    Raises:
        FormError: it is too long.
    """
    check_count(len(text), SIGNS, ("signs in one cell or paragraph", "字（一格或一段内）"), KIND)
