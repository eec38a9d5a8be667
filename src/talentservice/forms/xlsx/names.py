"""The names a workbook gives its cells: they follow a cell wherever rows are inserted, and other programs keep them."""

import re

from talentservice.forms.fields import NO_VALUE
from talentservice.forms.nesting import row_of
from talentservice.forms.sheet import Line, Placed, Slot
from talentservice.labels import Label

CELL, ANNEX, AFTER = "f_", "a_", "e_"  # a blank's cell, the text of its annex page, what follows the rows of a group
FORM, VERSION, YEAR = "talentservice.form", "talentservice.version", "talentservice.year"
LONGEST = 255
NAMED_ROWS = 20  # of a long list the first rows are named; the others stand between them and what follows
_ADDRESS = re.compile("([A-Z]+)([0-9]+)")
_TO = {"_": "__", "-": "_h"}
_FROM = {told: sign for sign, told in _TO.items()}


def name_of(kind: str, key: str) -> str | None:
    """The name for a blank or a group, None where it would be longer than a name may be.

    With its first two signs it can be no cell's address; names have no hyphen, and no capitals of their own.
    """
    name = kind + re.sub("[_-]", lambda found: _TO[found[0]], key)
    return name if len(name) <= LONGEST else None


def key_of(name: str) -> tuple[str, str]:
    """What a name stands for: its kind and the key; the kind is empty for other names."""
    kind, rest = name[:2].lower(), name[2:].lower()
    if kind not in (CELL, ANNEX, AFTER):
        return "", name
    return kind, re.sub("__|_h", lambda found: _FROM[found[0]], rest)


def anchor(place: Placed | Line) -> Slot | None:
    """The blank a cell or line is named after: its first, where it has one that takes a value."""
    if isinstance(place, Placed) and (place.label or (place.alone and not place.foot)):
        return place.alone if place.alone and place.alone.field.type not in NO_VALUE else None
    slots = place.slots if isinstance(place, Placed) else [s for said in place.sentences for s in said.slots]
    return slots[0] if any(s.field.type not in NO_VALUE for s in slots) else None


def repeated(key: str, groups: frozenset[str]) -> tuple[str, int] | None:
    """The repeated group a blank belongs to, and which of its rows."""
    at, number, _ = row_of(key, groups)
    return None if number is None else (at, number)


def order_of(where: Label) -> tuple[int, ...]:
    """Where a cell comes as people read: row by row; what is no cell of the form's sheet comes after."""
    found = _ADDRESS.fullmatch(where.zh)
    return (0, int(found[2]), len(found[1]), *(ord(c) for c in found[1])) if found else (1,)


def address(row: int, column: int) -> str:
    """The cell as a spreadsheet calls it."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"
