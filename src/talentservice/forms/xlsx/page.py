"""The page a workbook is printed on: paper, margins, footer, and columns that are as wide on every machine."""

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from talentservice.forms.sheet import MARGINS

A4 = 9
_FOOTER = 28
# Widths of columns are counted in digits of the default font: those of this one, or of what stands in for it, are 8 pixels wide on
# every machine, while those of a Chinese font that is not installed are up to a third wider. No cell is printed in it.
DEFAULT = {
    "default_format_properties": {"font_name": "Courier New", "font_size": 10},
    "default_column_width": 72,
}


def set_page(sheet: Any, page: str, font: str, columns: Sequence[int]) -> None:
    """Set paper, margins, footer and columns.

    Args:
        sheet: of the workbook.
        page: portrait or landscape.
        font: of the page number.
        columns: widths in tenths of a mm.
    """
    top, right, bottom, left = (mm / 25.4 for mm in MARGINS[page])
    sheet.set_paper(A4)
    if page == "landscape":
        sheet.set_landscape()
    sheet.set_margins(left, right, top, bottom)
    font = re.sub(r'[",&]', "", font)
    sheet.set_footer(f'&C&"{font},Regular"&14— &P —', {"margin": min(_FOOTER / 25.4, bottom - 0.3)})
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    before = 0
    # Rounded along the edges, so that the whole is as wide as it should be.
    for column, edge in enumerate(accumulate(columns)):
        pixels = round(edge * 96 / 254)
        sheet.set_column_pixels(column, column, pixels - before)
        before = pixels
