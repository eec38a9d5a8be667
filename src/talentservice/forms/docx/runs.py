"""The text of a cell or line as runs of a Word document."""

import re
from collections.abc import Iterator
from itertools import pairwise
from xml.sax.saxutils import escape

from talentservice.forms.docx.limits import SIGNS, check_signs
from talentservice.forms.render import NBSP, PADDING, SIGN, Run, Runs, Shown, choices_of, roomy, width_of

_FAR = '<w:rFonts w:hint="eastAsia"/>'  # signs both scripts have, such as quotation marks, look as in Chinese
_LOOKS = {"slot": f'{_FAR}<w:u w:val="single"/>', "hint": f'<w:rStyle w:val="FormHint"/>{_FAR}', "box": '<w:rStyle w:val="FormBox"/>'}  # fmt: skip
_UNPRINTABLE = re.compile("[^\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_KEPT = ' xml:space="preserve"'  # blanks at the ends of a text
_BR = f"</w:t><w:br/><w:t{_KEPT}>"


def written(runs: Runs) -> str:
    """Runs as Word's.

    Raises:
        FormError: more text than a cell or paragraph is read back with.
    """
    text = "".join(_run(kind, said) for kind, said in _kept_together(runs) if said)
    if len(text) > SIGNS:
        check_signs("".join(run.text for run in runs))
    return text


def in_lines(shown: Shown) -> Runs:
    """The runs of a cell; where no two of its choices fit on one line each has its own.

    Office programs break a line after a box, whatever joins it to its words; at the end of a line written so there is none.
    """
    choices = choices_of(shown.runs)
    if len(choices) < 2:  # noqa: PLR2004  # one choice has nothing to stand beside
        return shown.runs
    widths = [width_of("".join(run.text for run in choice).rstrip(" ")) for choice in choices]
    across = 2 * max((shown.place.width - PADDING) // SIGN, 1)  # half signs
    if any(a + 1 + b <= across for a, b in pairwise(widths)):
        return shown.runs
    *upper, lowest = choices
    return (*(run for choice in upper for run in _ended(choice)), *lowest)


def _ended(choice: Runs) -> Runs:
    """The choice with the end of its line."""
    *before, (kind, text) = choice
    return (*before, Run(kind, text.rstrip(" ") + "\n"))


def _kept_together(runs: Runs) -> Iterator[Run]:
    """The runs, with a box and the first sign of its choice in one: between two runs a line may break whatever stands there."""
    box = ""
    for kind, text in runs:
        if box:
            taken = 2 if text.startswith(NBSP) else 0
            yield Run("box", box + text[:taken])
            yield Run(kind, text[taken:])
            box = ""
        elif kind == "box":
            box = text
        else:
            yield Run(kind, text)
    yield Run("box", box)


def _run(kind: str, text: str) -> str:
    said = escape(_UNPRINTABLE.sub("", roomy(text) if kind == "slot" else text))
    kept = _KEPT if said != said.strip() or "  " in said else ""  # a long list must not grow for nothing
    if "\n" in said:
        said, kept = said.replace("\n", _BR), _KEPT
    return f"<w:r><w:rPr>{_LOOKS.get(kind, _FAR)}</w:rPr><w:t{kept}>{said}</w:t></w:r>"
