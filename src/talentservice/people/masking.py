"""What may be shown of a person: names, phone and identity numbers with their middle hidden."""

import re

from talentservice.errors import InvalidText

HIDDEN = "*"
LONGEST_SCRUBBED = 100_000

# Full-width signs to ASCII, one for one, so that places in the folded text are places in the original.
WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}

# What people put between groups of digits: blanks, dots, dashes of every length, marks that do not show.
_GAP = r"[ .\-\t\u00a0\u2010-\u2015\u2212\u200b-\u200f\u202a-\u202e\u2060\ufeff]{0,2}"
# Matching is linear: repetitions are bounded or possessive. No \b, no \w: Chinese stands next to the digits.
_NUMBERS = re.compile(
    rf"""(?<![0-9*])(?:
        [0-9]{{6}}{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}{_GAP}[0-9]{{3}}[0-9Xx]  # identity number
      | (?:(?:\+|00)?86{_GAP})?1[3-9][0-9]{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}  # mobile
      | 1[3-9][0-9]{{2}}{_GAP}(?:[0-9]{{4}}{_GAP}[0-9]{{3}}|[0-9]{{3}}{_GAP}[0-9]{{4}})  # the same as 4-4-3
      | (?:\(?0|(?:\+|00)86{_GAP})[1-9][0-9]{{1,2}}\)?{_GAP}[2-9][0-9]{{2,3}}{_GAP}[0-9]{{4}}  # landline
      | [0-9]{{15,}}+(?![A-Za-z])  # old identity number, bank card, numbers run together
    )(?![0-9*])
    | (?<![A-Za-z0-9*])[A-Za-z]{{3}}[0-9]{{12}}(?![0-9*])  # residence card of 2017""",
    re.VERBOSE,
)


def mask_name(name: str) -> str:
    """The first character and a star for each other one; a name of a single character is hidden whole."""
    return name[:1] + HIDDEN * (len(name) - 1) if len(name) > 1 else HIDDEN * len(name)


def mask_phone(phone: str) -> str:
    """The first three and last four digits, without separators; fewer than eleven digits are hidden whole."""
    return _middle("".join(c for c in phone.translate(WIDTH) if c in "0123456789"))


def mask_identity(number: str) -> str:
    """The first three and last four characters; fewer than eleven are hidden whole."""
    return _middle("".join(c for c in number.translate(WIDTH) if c.isascii() and c.isalnum()))


def scrub(text: str) -> str:
    """Hide phone and identity numbers in free text, and other runs of fifteen digits; the length is kept.

    A credit code is public and stays where its letters tell it apart. Names cannot be found this way.

    Raises:
        InvalidText: longer than 100 000 characters.
    """
    if len(text) > LONGEST_SCRUBBED:
        raise InvalidText(
            f"text of {len(text)} characters; at most {LONGEST_SCRUBBED} can be scrubbed",
            f"文本过长，无法脱敏：最长 {LONGEST_SCRUBBED} 字，收到 {len(text)} 字",
        )
    folded, shown = text.translate(WIDTH), list(text)
    for found in _NUMBERS.finditer(folded):
        places = [place for place in range(*found.span()) if folded[place].isalnum()]
        for place in places[3:-4]:
            shown[place] = HIDDEN
    return "".join(shown)


def _middle(kept: str) -> str:
    if len(kept) < len("13812345678"):
        return HIDDEN * len(kept)
    return kept[:3] + HIDDEN * (len(kept) - 7) + kept[-4:]
