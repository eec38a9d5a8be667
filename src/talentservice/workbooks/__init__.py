"""Workbooks (.xlsx) read as a stream, whatever they hold: sheets, cells by type, names; nothing is computed or run."""

from talentservice.workbooks.beside import Beside
from talentservice.workbooks.book import Workbook, open_workbook
from talentservice.workbooks.formats import Format
from talentservice.workbooks.part import Caps, too_large
from talentservice.workbooks.sheet import Cell, Row, Sheet, Where, place_of

__all__ = [
    "Beside",
    "Caps",
    "Cell",
    "Format",
    "Row",
    "Sheet",
    "Where",
    "Workbook",
    "open_workbook",
    "place_of",
    "too_large",
]
