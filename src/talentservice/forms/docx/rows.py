"""The rows of a form's tables, found again in a document: labels say which row is which, whatever became of the tables."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from attrs import evolve, frozen

from talentservice.errors import InputError
from talentservice.forms.docx.align import FAR, Costs, Pair, align
from talentservice.forms.docx.body import Body, FoundCell, FoundRow
from talentservice.forms.found import Found, label_of_one
from talentservice.forms.matching import in_cell, same_words, unmarked
from talentservice.forms.model import problem
from talentservice.forms.sheet import Grid, Placed, Sheet, Slot
from talentservice.labels import Label

GONE, ADDED, WRONG = 4, 4, 3  # a row that is not there, one too many, a label that says something else
_OTHER = 6  # another label, within a row
COLUMN = 2  # rows that make a column: one may be a slip
# Problems from which on a document is plainly another one: what else stands in it is not told cell by cell.
MOST_TOLD = 500


@frozen
class DueRow:
    """A row as printed: the cells that stand in it, with those that began above; `at` is the repeated group it is a row of."""

    cells: tuple[Placed, ...]
    row: int
    at: str = ""
    header: bool = False


def due_rows(sheet: Sheet) -> list[DueRow]:
    """The rows of all tables of a form, in order."""
    rows: list[DueRow] = []
    for grid in sheet.parts:
        if isinstance(grid, Grid):
            held: list[list[Placed]] = [[] for _ in range(grid.rows)]
            for place in grid.cells:
                for row in range(place.row, place.row + place.rows):
                    held[row - grid.start].append(place)
            for index, cells in enumerate(held):
                row = grid.start + index
                at = group_of(sheet, [slot for p in cells if p.row == row for slot in p.slots])
                rows.append(DueRow(tuple(sorted(cells, key=lambda p: p.column)), row, at, index < grid.header))
    return rows


def group_of(sheet: Sheet, slots: Sequence[Slot]) -> str:
    """The repeated group whose row the blanks are, if they are one's."""
    return next((at for at in sheet.repeats for slot in slots if slot.key.startswith(f"{at}.")), "")


def patterned(rows: Sequence[DueRow]) -> list[DueRow]:
    """The rows with those of a repeated group, printed several times, once."""
    return [
        row
        for before, row in zip([None, *rows], rows, strict=False)
        if not row.at or before is None or before.at != row.at
    ]


def aligned(due: Sequence[DueRow], found: Sequence[FoundRow]) -> list[Pair]:
    """Which row found is which row printed."""
    heads = [row for row in due if row.header]
    words = [[_plain(c.text) for c in row.cells] for row in found]
    head = [any(_unlike(h, row, said) == 0 for h in heads) for row, said in zip(found, words, strict=True)]

    def match(i: int, j: int, _count: int) -> int:
        return FAR if head[j] and not due[i].header else _unlike(due[i], found[j], words[j])

    def extra(j: int) -> int:
        # Rows left blank, and the head of a list that was cut in two, nobody misses.
        return ADDED if any(words[j]) and not head[j] else 0

    return align(len(found), Costs(match, lambda _i: GONE, extra, [bool(row.at) for row in due], [1] * len(due)))


def _unlike(due: DueRow, found: FoundRow, words: Sequence[str]) -> int:
    """How far a row is from what is printed; 0 where all labels are there."""
    if len(due.cells) == len(found.cells):
        wrong = sum(
            not _says(place, due.row, cell) for place, cell in zip(due.cells, found.cells, strict=True) if place.label
        )
        labels = sum(bool(p.label) for p in due.cells if p.row == due.row)
        # Where no label is right it is another row.
        return WRONG * wrong + (GONE if wrong and wrong >= labels else 0)
    said = [_plain(p.label) for p in due.cells if p.label and p.row == due.row]
    apart = abs(len(due.cells) - len(found.cells))
    return 1 + apart * (1 if said else 2) + WRONG * sum(label not in words for label in said)


def _says(place: Placed, row: int, cell: FoundCell) -> bool:
    """Whether a cell says what is printed; a label printed over several rows may go on from above, or be left blank."""
    if place.row < row and (cell.merged or not cell.text.strip()):
        return True
    return not cell.merged and not cell.nested and same_words(cell.text, place.label)


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unmarked(text[:200]))


def shifted(rows: Iterable[tuple[DueRow, FoundRow]]) -> dict[int, int]:
    """The tables with a column too many, or too few, and how many cells too many each row has."""
    apart: dict[int, list[int]] = {}
    for due, found in rows:
        apart.setdefault(found.table, []).append(len(found.cells) - len(due.cells))
    return {table: many[0] for table, many in apart.items() if len(many) >= COLUMN and many[0] and len(set(many)) == 1}


class RowReader:
    """Takes the values out of rows, and notes what is not as printed."""

    def __init__(self, body: Body, found: Found) -> None:
        self.body, self.found = body, found
        self._shifted: set[int] = set()  # tables of which it is told that they have other columns

    def row(self, due: DueRow, found: FoundRow) -> None:
        """Read a row."""
        if len(due.cells) == len(found.cells):
            for index, (place, cell) in enumerate(zip(due.cells, found.cells, strict=True)):
                self._cell(place, due, cell, self.where(found, index))
            return
        if not any(place.label for place in due.cells):
            # Nothing tells which value is which.
            many, got = len(due.cells), len(found.cells)
            row = Label(zh="行", en="row")
            self.found.note(
                self.where(found), row, f"{many} cells are printed here, got {got}", f"应为 {many} 格，实为 {got} 格"
            )
            if any(cell.nested or unmarked(cell.text).strip() for cell in found.cells):
                self.found.lose(slot for place in due.cells for slot in place.slots)
            return
        for pair in _cells_aligned(due, found):
            where = self.where(found, min(pair.at, max(len(found.cells) - 1, 0)))
            if pair.due is None:
                self._extra(found.cells[pair.at], where)
            elif pair.count:
                self._cell(due.cells[pair.due], due, found.cells[pair.at], where)
            elif due.cells[pair.due].row == due.row:
                gone = due.cells[pair.due]
                self.found.unlike(where, _printed(gone), "", label=label_of_one(gone.slots))

    def added(self, due: Sequence[DueRow], found: FoundRow) -> None:
        """Note what stands in a row that is not printed, unless it is the head of a list again."""
        words = [_plain(c.text) for c in found.cells]
        if any(_unlike(row, found, words) == 0 for row in due if row.header):
            return
        for index, cell in enumerate(found.cells):
            self._extra(cell, self.where(found, index))

    def gone(self, due: DueRow, at: int) -> None:
        """Note that a printed row is not there; `at` counts the rows found before it."""
        own = [p for p in due.cells if p.row == due.row] or list(due.cells)
        first = next((p for p in own if p.label and p.rows == 1), own[0])  # not the name of rows that are there
        rows = self.body.rows
        where = Label(zh="表", en="the table")
        if rows:
            where = self.where(rows[at] if at < len(rows) else evolve(rows[-1], number=rows[-1].number + 1))
        self.found.missing_row(where, _printed(first))

    def shifted(self, due: DueRow, found: FoundRow, more: int) -> None:
        """Read a row of a table that has `more` columns than printed, or fewer: its cells are not told one by one."""
        if found.table not in self._shifted:
            self._shifted.add(found.table)
            many = abs(more)
            en = f"each row has {many} cell{'s'[: many > 1]} {'more' if more > 0 else 'fewer'} than printed; use a blank form"
            zh = f"各行比空白表{'多' if more > 0 else '少'} {many} 格，请用空白表重填"
            self.found.note(self._table(found), Label(zh="列数", en="columns"), en, zh)
        told = len(self.found.problems)
        self.row(due, found)
        self.found.problems[told:] = [p for p in self.found.problems[told:] if p.key]

    def _table(self, found: FoundRow) -> Label:
        if self.body.tables > 1:
            return Label(zh=f"第{found.table}张表", en=f"table {found.table}")
        return Label(zh="表", en="the table")

    def where(self, found: FoundRow, index: int | None = None) -> Label:
        """A row, or a cell in it, as a person counts: which of several tables, which row, which cell."""
        zh, en = (f"第{found.table}张表", f"table {found.table}, ") if self.body.tables > 1 else ("", "")
        cell_zh, cell_en = ("", "") if index is None else (f"第{index + 1}格", f", cell {index + 1}")
        return Label(zh=f"{zh}第{found.number}行{cell_zh}", en=f"{en}row {found.number}{cell_en}")

    def _extra(self, cell: FoundCell, where: Label) -> None:
        if (unmarked(cell.text).strip() or cell.nested) and len(self.found.problems) < MOST_TOLD:
            self.found.beyond(where, cell.text)

    def _cell(self, place: Placed, due: DueRow, cell: FoundCell, where: Label) -> None:
        if place.label:
            if not _says(place, due.row, cell):
                near = [slot for p in due.cells for slot in p.slots]
                self.found.unlike(where, place.label, cell.text, near, unread=())  # the cells beside it are read
            return
        if wrong := _not_read(cell):
            slot = next(iter(place.slots), None)
            if slot is not None:
                self.found.problems.append(problem(where, slot.key, slot.field, wrong))
            self.found.lose(place.slots)
            return
        values = in_cell(place, cell.text)
        if values is None:
            self.found.unlike(where, _printed(place), cell.text, place.slots)
        else:
            self.found.take(where, values)


def _not_read(cell: FoundCell) -> InputError | None:
    if cell.nested:
        return InputError("a table in a cell is not read; write text", "单元格内不能再插入表格，请改为文字")
    if cell.merged:
        return InputError("the cell is merged with the one above", "单元格已与上一行合并")
    return None


def _printed(place: Placed) -> str:
    """What is printed in a cell: its label, or its sentence with the blanks drawn."""
    sentence = place.sentence or place.foot
    if place.label or place.alone:
        return place.label or (place.alone.field.label.zh if place.alone else "")
    return "".join(piece if isinstance(piece, str) else "__" for piece in sentence.pieces) if sentence else ""


def _cells_aligned(due: DueRow, found: FoundRow) -> list[Pair]:
    """Which cell is which in a row with more or fewer cells than printed."""

    def match(i: int, j: int, _count: int) -> int:
        place, cell = due.cells[i], found.cells[j]
        if not place.label:
            return 1 if cell.merged else 0
        return 0 if _says(place, due.row, cell) else _OTHER

    def extra(j: int) -> int:
        return 2 if unmarked(found.cells[j].text).strip() else 1

    return align(len(found.cells), Costs(match, lambda _i: 3, extra, [False] * len(due.cells), [1] * len(due.cells)))
