"""Choices as somebody made them on paper: ticked boxes, choices written out, and another text beside them."""

import re
import unicodedata
from collections.abc import Sequence

from talentservice.errors import InputError
from talentservice.forms.due import due
from talentservice.forms.fields import FormField

BOXES_ON, BOXES_OFF = "☑☒■√✓✔", "□☐▢"
SEPARATOR = "、"
TRUTH = ("是", "否")
_AROUND = " \u00a0\n；;、，,_"
SPLIT = re.compile(r"[、，,；;\n]+")
# Scanned pages bring boxes as markup.
_BOX = rf"[{BOXES_ON}{BOXES_OFF}]|<input\b[^<>]*>"
_BOXES = re.compile(f"({_BOX})", re.IGNORECASE)
_UNFILLED = re.compile(r"[\s_\uff3f\u200b\ufeff]*")


def is_blank(text: str) -> bool:
    """Whether nothing is written: only blanks and the line to write on."""
    return _UNFILLED.fullmatch(text) is not None


def boxed(text: str) -> bool:
    """Whether there are boxes in a text."""
    return _BOXES.search(text) is not None


def same(one: str) -> str:
    """A choice without the blanks and widths that people change when they type it."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", one))


def chosen(field: FormField, text: str) -> list[str]:
    """The choices made in a text such as ``☑ 规上企业； □ 高新技术企业； 其他：…``, each as it is written there.

    Raises:
        InputError: words before the first box, a ticked box with none behind it, more than a choice behind a box: nobody can tell
            what is meant.
    """
    head, own = _parted(field, text)
    before, *rest = _BOXES.split(head)
    if not rest:
        items = [item.strip() for item in SPLIT.split(head) if not is_blank(item)]
        # One text of one's own may hold the signs that part choices.
        if field.type == "choice" and items and not any(known(field, item) for item in items):
            items = [head.strip()]
        return [*items, *own]
    made = [(_on(box), words.strip(_AROUND)) for box, words in zip(rest[::2], rest[1::2], strict=True)]
    ticked = [words for on, words in made if on]
    if before.strip(_AROUND) or "" in ticked:
        what = due(field)
        behind_en, behind_zh = (", each behind its box", "，方框在前、选项在后") if field.choices else ("", "")
        raise InputError(f"{what.en} is due{behind_en}", f"应为{what.zh}{behind_zh}", code="form-value")
    if any(_more(field, words) if on else not (is_blank(words) or _printed(field, words)) for on, words in made):
        raise InputError(
            "something is written beside a printed choice; write it as other, or delete it",
            "印出的选项旁另有文字，请写入“其他”或删去",
            code="form-value",
        )
    return [*ticked, *own]


def _printed(field: FormField, words: str) -> bool:
    return same(words) in {same(choice) for choice in field.choices or TRUTH}


def _more(field: FormField, words: str) -> bool:
    """Whether a printed choice is ticked, and something written behind it."""
    said = same(words)
    return not _printed(field, words) and any(said.startswith(same(choice)) for choice in field.choices)


def _on(box: str) -> bool:
    return box in BOXES_ON or "checked" in box.lower()


def _parted(field: FormField, text: str) -> tuple[str, list[str]]:
    """A text split before the text of one's own that follows the label of other things."""
    if field.other is None:
        return text, []
    label = re.escape(field.other)
    found = re.search(rf"(?P<box>{_BOX})[ \u00a0]*{label}(?:[：:]|(?=[\s_]|$))|{label}[：:]", text, re.IGNORECASE)
    if found is None:
        return text, []
    own = text[found.end() :]
    if not is_blank(own):
        return text[: found.start()], [own.strip()]
    if found["box"] and _on(found["box"]):
        raise InputError(
            f"{field.other!r} is ticked, and nothing is written beside it",
            f"勾选了“{field.other}”，但未填写内容",
            code="form-value",
        )
    return text[: found.start()], []


def known(field: FormField, text: str) -> str | None:
    """The printed choice that a text stands for."""
    if text in field.choices:
        return text
    meant = same(text)
    return next((c for c in field.choices if same(c) == meant), None)


def only(found: Sequence[str]) -> str | None:
    """The one that is ticked; None for none.

    Raises:
        InputError: several are.
    """
    if len(found) > 1:
        raise InputError(
            f"one choice is due; {len(found)} are ticked",
            f"只能勾选一项，勾选了 {len(found)} 项",
            code="form-value",
        )
    return found[0] if found else None
