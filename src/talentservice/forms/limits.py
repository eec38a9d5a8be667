"""How large a file of a form may get: one that the guard of archives would not let through is not written either."""

from collections.abc import Iterable

from talentservice.archives import FORM, MEBIBYTE
from talentservice.errors import FormError
from talentservice.labels import Label


def check_count(count: int, most: int, what: tuple[str, str], kind: Label) -> None:
    """Refuse what holds more of something than is read back.

    Args:
        count: how many there are.
        most: how many are read.
        what: they are, in English and Chinese: "table rows", "行表格".
        kind: of file: "Word document", "Word 文件".

    Raises:
        FormError: there are more.
    """
    if count > most:
        raise too_much(f"more than {most} {what[0]}", f"超过 {most} {what[1]}", kind)


def check_sizes(parts: Iterable[tuple[int, int]], kind: Label) -> None:
    """Refuse a finished file that unpacks to more than is read back.

    Args:
        parts: of each its size in bytes, unpacked and packed.
        kind: of file.

    Raises:
        FormError: a part or all together are too large, or a part is so repetitive that it would be taken for a trap.
    """
    sizes = list(parts)
    for size, most in ((max(s for s, _ in sizes), FORM.entry), (sum(s for s, _ in sizes), FORM.total)):
        if size > most:
            raise too_much(*text_beyond(most), kind)
    if any(size > max(FORM.ratio * packed, MEBIBYTE) for size, packed in sizes):
        raise too_much("the same text over and over", "大量重复文字", kind)


def text_beyond(most: int) -> tuple[str, str]:
    """What a file with more than so many bytes of text has, in both languages."""
    return f"more than {most // MEBIBYTE} MiB of text", f"文字超过 {most // MEBIBYTE} MiB"


def too_much(en: str, zh: str, kind: Label) -> FormError:
    """The error for a form of which a file of the kind cannot be read back."""
    space = " " if kind.zh[0].isascii() else ""
    return FormError(
        f"the form has {en}, and no {kind.en} with more is read back; make several files of it",
        f"本表{zh}，超出的{space}{kind.zh}无法读回；请分成几个文件",
        code="too-large",
    )
