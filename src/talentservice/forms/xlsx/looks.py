"""How the cells of a workbook look: fonts by role, borders, number formats; each format is made once a workbook."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from attrs import define, field

from talentservice.forms.fields import FormField
from talentservice.forms.fonts import FontSet
from talentservice.forms.render import unit_beside

MOST_DIGITS = 15  # a spreadsheet drops what is beyond
GENERAL_DIGITS = 10  # and shows longer numbers in another way
TEXT, DAY = "@", 'yyyy"年"m"月"d"日"'
_PLAIN = {"text_wrap": True, "valign": "vcenter"}
_LINES = {
    "annex": ("label", 16, "left"), "title": ("title", 22, "center"), "head": ("body", 12, "left"),
    "heading": ("label", 14, "left"), "paragraph": ("body", 12, "left"), "note": ("body", 10.5, "left"),
    "annex-heading": ("label", 14, "left"), "annex-text": ("body", 10.5, "left"),
}  # fmt: skip
_SIDES: Mapping[str, dict[str, Any]] = {
    "body": {"valign": "top", "bottom": 0}, "foot": {"align": "right", "indent": 1, "valign": "bottom", "top": 0},
}  # fmt: skip
SIZE = 10.5


def size_of(style: str) -> float:
    """The size of a line's signs in points."""
    return _LINES[style][1]


@define
class Looks:
    """The formats of one workbook."""

    book: Any  # xlsxwriter ships no types
    fonts: FontSet
    _made: dict[tuple[object, ...], Any] = field(factory=dict)

    def cell(self, kind: str, shown: str = TEXT, *, side: str = "") -> Any:
        """The format of a cell of the table: `label`, `value`, `slot` or `hint`; `side` is `body` above a foot, or `foot`."""
        key = (kind, shown, side)
        if key not in self._made:
            centred = {"align": "center" if kind == "label" else "left", "border": 1, "num_format": shown}
            self._made[key] = self.book.add_format(_PLAIN | centred | self._font(kind) | _SIDES.get(side, {}))
        return self._made[key]

    def line(self, style: str) -> Any:
        """The format of a line outside the table."""
        key = ("line", style)
        if key not in self._made:
            role, size, align = _LINES[style]
            own = {"align": align, "font_name": getattr(self.fonts, role)[0], "font_size": size, "num_format": TEXT}
            self._made[key] = self.book.add_format(
                _PLAIN | own | ({"valign": "vjustify"} if style == "annex-text" else {})
            )
        return self._made[key]

    def run(self, kind: str, style: str = "") -> Any:
        """The format of a piece of text within a cell or line."""
        key = ("run", kind, style)
        if key not in self._made:
            font = self._font(kind)
            if style:
                role, size, _ = _LINES[style]
                font |= {"font_size": size} | ({} if kind == "box" else {"font_name": getattr(self.fonts, role)[0]})
            self._made[key] = self.book.add_format(font)
        return self._made[key]

    def _font(self, kind: str) -> dict[str, Any]:
        role = kind if kind in ("label", "box") else "body"
        own: dict[str, dict[str, Any]] = {"slot": {"underline": 1}, "hint": {"font_color": "#666666"}}
        return {"font_name": getattr(self.fonts, role)[0], "font_size": SIZE} | own.get(kind, {})


def number_format(field: FormField, value: object = None) -> str:
    """The format that shows a number as the form prints it, its unit behind it; without a value that of a blank."""
    beside = unit_beside(field, filled=value is not None)
    unit = f'"\u00a0{beside}"' if beside and '"' not in beside else ""
    places = max(-int(value.as_tuple().exponent), 0) if isinstance(value, Decimal) else 0
    if field.type == "percent":
        return ("0.00%" if value is None else _fixed(places) + "%") + unit
    plain = f"{value:f}" if isinstance(value, Decimal) else str(value)
    if value is None or not ((places and plain.endswith("0")) or len(plain) > GENERAL_DIGITS):
        return f"General{unit}" if unit else "General"
    return _fixed(places) + unit


def _fixed(places: int) -> str:
    return "0." + "0" * places if places else "0"


def kept_exactly(value: object) -> Decimal | None:
    """The number, where a spreadsheet keeps every digit of it."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    digits = number.as_tuple()
    long = len(digits.digits) + max(int(digits.exponent), 0)
    return number if long <= MOST_DIGITS and -int(digits.exponent) <= MOST_DIGITS else None
