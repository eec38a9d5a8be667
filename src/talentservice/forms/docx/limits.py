"""How much of a form a Word document holds: what is not read back is not written either."""

from talentservice.archives import FORM, MEBIBYTE
from talentservice.errors import FileRefused, FormError

ROWS, CELLS, ELEMENTS = 6_000, 80_000, 1_000_000  # of all tables; elements of the whole document
PARAGRAPHS = 20_000  # outside tables, blank ones too
LINES = 500  # outside tables and annex pages, in which something stands: a form has a few dozen
SIGNS = 20_000  # in a cell or paragraph; a text that is longer is cut, and then found too long for its field
DEPTH, NAMES, UNBROKEN = 200, 5_000, 4  # how deep elements stand in each other, different names, pieces without a tag


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
    _check(rows, ROWS, "table rows", "行表格")
    _check(text.count("<w:tc>"), CELLS, "table cells", "个表格单元格")
    _check(lines, LINES, "paragraphs", "段")
    _check(text.count("<") - text.count("</"), ELEMENTS, "XML elements", "个 XML 元素")
    if len(text) > FORM.entry // 4 and (size := len(text.encode())) > FORM.entry:
        most, fit = FORM.entry // MEBIBYTE, FORM.entry * rows // size // 100 * 100
        en, zh = (f" (about {fit} of {rows} table rows fit)", f"（{rows} 行表格约可容 {fit} 行）") if fit else ("", "")
        raise _too_much(f"more than {most} MiB of text{en}", f"文字超过 {most} MiB{zh}")


def check_packed(size: int, packed: int) -> None:
    """Refuse a part so repetitive that the guard of archives would take it for a trap.

    Raises:
        FormError: it would not be read back.
    """
    if size > max(FORM.ratio * packed, MEBIBYTE):
        raise _too_much("the same text over and over", "大量重复文字")


def check_signs(text: str) -> None:
    """Refuse the text of a cell or paragraph that would be cut when it is read.

    Raises:
        FormError: it is too long.
    """
    _check(len(text), SIGNS, "signs in one cell or paragraph", "字（一格或一段内）")


def _check(count: int, most: int, en: str, zh: str) -> None:
    if count > most:
        raise _too_much(f"more than {most} {en}", f"超过 {most} {zh}")


def _too_much(en: str, zh: str) -> FormError:
    return FormError(
        f"the form has {en}, and no Word document with more is read back; make several files of it",
        f"本表{zh}，超出的 Word 文件无法读回；请分成几个文件",
        code="too-large",
    )
