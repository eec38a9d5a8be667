"""From a form's blocks to cells on paper: column lines, spans and pages follow from the nesting."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from attrs import Factory, define, evolve, field, frozen

from talentservice.errors import InputError
from talentservice.forms.blocks import SLOT, Block, Cell
from talentservice.forms.sheet import Grid, Line, Piece, Placed, Sentence, Sheet, Slot
from talentservice.forms.spec import FormFile, FormGroup

# Lengths are whole tenths of a millimetre: exact, and a column line is the same line whichever row it comes from.
TENTHS = 10
TALL, NARROWEST = 200, 60


def lay_out(
    form: FormFile, counts: Mapping[str, int] | None = None, *, shift: int = 0, notes: Sequence[str] = ()
) -> Sheet:
    """Lay a form out.

    Args:
        form: the declared form.
        counts: how many rows a repeated group has, by its path; it never has fewer than are printed.
        shift: years by which the printed years move on.
        notes: the texts below the table.

    Raises:
        InputError: a field placed twice or not at all, a row with a hole or wider than the page; all at once.
    """
    layout = _Layout(form, counts or {}, shift)
    layout.lines()
    layout.blocks(form.layout, 0, _tenths(form.label_width))
    layout.close()
    problems = [*layout.problems, *_unplaced(form, layout.placed)]
    if problems:
        raise InputError("; ".join(en for en, _ in problems), "；".join(zh for _, zh in problems))
    edges = sorted({edge for c in layout.drawn for edge in (c.left, c.right)})
    parts = [*layout.finished(edges), *(Line("note", (Sentence((note,)),)) for note in notes)]
    return Sheet(form, tuple(b - a for a, b in pairwise(edges)), tuple(parts), layout.repeats, shift)


def _tenths(length: Decimal) -> int:
    return int(length * TENTHS)


def _unplaced(form: FormFile, placed: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with the choice of fields: each is placed once, or hidden on purpose."""
    due = [
        i for g in form.groups for i in ([f"{g.at}.{f.id}" for f in g.fields] if g.repeat or g.all_years else g.keys())
    ]
    known, twice = set(due), sorted({i for i in placed if placed.count(i) > 1})
    lost = [i for i in due if i not in placed and i not in form.hidden]
    for ids, en, zh in (
        (sorted(set(placed) - known), "fields the form does not have are placed", "版式用了表中没有的栏目"),
        (twice, "fields are placed twice", "版式重复放置栏目"),
        (lost, "fields are placed nowhere; name them in hidden if that is meant", "栏目未放入版式（有意不印的请列入 hidden）"),
        ([i for i in form.hidden if i in placed or i not in known], "hidden names fields that are placed or unknown", "hidden 所列栏目已放入版式或不存在"),
    ):  # fmt: skip
        if ids:
            yield f"{en}: {', '.join(ids)}", f"{zh}：{'、'.join(ids)}"


@frozen
class _Drawn:
    """A cell between two column lines."""

    row: int
    rows: int
    left: int
    right: int
    height: int
    label: str = ""
    alone: Slot | None = None
    sentence: Sentence | None = None
    foot: Sentence | None = None


@define
class _Layout:
    """The form while it is laid out: `drawn` cells, `cuts` where a table ends or a page begins."""

    form: FormFile
    counts: Mapping[str, int]
    shift: int
    drawn: list[_Drawn] = field(factory=list)
    placed: list[str] = field(factory=list)
    problems: list[tuple[str, str]] = field(factory=list)
    repeats: dict[str, int] = field(factory=dict)
    parts: list[Grid | Line] = field(factory=list)
    row: int = 0
    begun: int = 0
    header: int = 0
    page: bool = False
    width: int = Factory(lambda self: _tenths(self.form.width), takes_self=True)
    low: int = Factory(lambda self: _tenths(self.form.row_height), takes_self=True)

    # -- text outside the table ----------------------------------------------------------------------------------------------

    def lines(self) -> None:
        """Annex, title and head."""
        if self.form.annex:
            self.parts.append(Line("annex", (Sentence((self.form.annex,)),)))
        self.parts.append(Line("title", (self.sentence(self.form.heading or self.form.title.zh),)))
        self.parts += [Line("head", (self.sentence(text),)) for text in self.form.head]

    def sentence(self, text: str, at: str = "", group: FormGroup | None = None, *, optional: bool = False) -> Sentence:
        """The sentence with its blanks found; `at` is where a group's own fields stand."""
        pieces: list[Piece] = []
        for index, part in enumerate(SLOT.split(text)):
            if index % 2:
                slot = self.slot(part, at, group)
                pieces += [slot] if slot else []
            elif part:
                pieces.append(part)
        return Sentence(tuple(pieces), optional)

    def slot(self, name: str, at: str = "", group: FormGroup | None = None) -> Slot | None:
        """The blank of a field; None, and the name kept as placed, where the form has none."""
        if group is not None:
            found = group.own.get(name)
            plain = f"{group.at}.{name}"
            if at.endswith(".0") or plain not in self.placed:  # a field comes again in every row, and is placed once
                self.placed.append(plain)
            return Slot(f"{at}.{name}", found) if found else None
        self.placed.append(name)
        single = self.form.single.get(name)
        return Slot(name, single) if single else None

    # -- blocks --------------------------------------------------------------------------------------------------------------

    def blocks(self, blocks: Sequence[Block], left: int, label_width: int) -> None:
        """Lay out blocks from a left edge."""
        for block in blocks:
            labels = _tenths(block.label_width) if block.label_width else label_width
            if block.group is not None:
                self.group(block, left, labels)
            elif block.matrix is not None:
                self.matrix(block, left, labels)
            elif block.page_break:
                self.close()
                self.page = True
            elif block.heading is not None or block.paragraph is not None:
                self.text(block)
            elif block.repeat is not None:
                self.repeat(block, left, labels)
            else:
                self.cells(block.row or (), left, labels)

    def group(self, block: Block, left: int, labels: int) -> None:
        """A label down the left of its rows."""
        width, first = _tenths(block.width or Decimal(12)), self.row
        self.blocks(block.rows or (), left + width, labels)
        self.drawn.append(_Drawn(first, self.row - first, left, left + width, 0, block.group or ""))

    def matrix(self, block: Block, left: int, labels: int) -> None:
        """A column for each year, a row for each field."""
        group = self.found(block.matrix or "", years=True)
        if group is None:
            return
        each = (self.width - left - labels) // len(group.all_years)
        lines = [left + labels + each * i for i in range(len(group.all_years))] + [self.width]
        self.drawn.append(_Drawn(self.row, 1, left, left + labels, self.low, block.corner or ""))
        for index, year in enumerate(group.all_years):
            title = f"{year + self.shift} 年" + ("(预计)" if year in group.estimated else "")
            self.drawn.append(_Drawn(self.row, 1, lines[index], lines[index + 1], self.low, title))
        self.row += 1
        for item in group.fields:
            self.placed.append(f"{group.at}.{item.id}")
            self.drawn.append(_Drawn(self.row, 1, left, left + labels, self.low, item.shown))
            for index, year in enumerate(group.all_years):
                slot = Slot(f"{group.at}.{year + self.shift}.{item.id}", item)
                self.drawn.append(_Drawn(self.row, 1, lines[index], lines[index + 1], self.low, alone=slot))
            self.row += 1

    def repeat(self, block: Block, left: int, labels: int) -> None:
        """Rows of cells, as many as are filled in, and never fewer than are printed."""
        group = self.found(block.repeat or "", years=False)
        if group is None:
            return
        if block.header and self.row == self.begun:
            self.header = 1
        if block.header:
            names = [c.label or (group.own[c.field].shown if c.field in group.own else "") for c in block.row or ()]
            self.across(block.row or (), [_Drawn(0, 1, 0, 0, self.low, name) for name in names], left, 0)
        count = self.repeats[group.at] = max(block.printed, self.counts.get(group.at, 0))
        for index in range(count):
            self.cells(block.row or (), left, 0 if block.header else labels, f"{group.at}.{index}", group)

    def found(self, name: str, *, years: bool) -> FormGroup | None:
        """The group a block lays out; the problem is noted where it is not there or of another kind."""
        group = self.form.by_id.get(name)
        if group is not None and (bool(group.all_years) if years else group.repeat):
            return group
        kind_en, kind_zh = ("group with years", "带年份的组") if years else ("repeated group", "可重复的组")
        have = [g.id for g in self.form.groups if (g.all_years if years else g.repeat)]
        self.problems.append((f"there is no {kind_en} {name!r}; there is: {', '.join(have) or 'none'}", f"没有{kind_zh}“{name}”；现有：{'、'.join(have) or '无'}"))  # fmt: skip
        return None

    def cells(
        self, cells: Sequence[Cell], left: int, labels: int, at: str = "", group: FormGroup | None = None
    ) -> None:
        """One row: for each cell its label, if it has one, and its value."""
        owners: list[Cell] = []
        drawn: list[_Drawn] = []
        widths: list[int] = []
        for cell in cells:
            alone = self.slot(cell.field, at, group) if cell.field else None
            label = "" if group and not labels else cell.label or (alone.field.shown if alone else "")
            if label:
                owners.append(cell)
                drawn.append(_Drawn(0, 1, 0, 0, self.low, label))
                widths.append(_tenths(cell.label_width) if cell.label_width else labels)
            tall = TALL if alone and alone.field.type == "long-text" and labels else self.low
            height = _tenths(cell.height) if cell.height else tall
            body = self.sentence(cell.sentence, at, group) if cell.sentence else None
            foot = self.sentence(cell.foot, at, group) if cell.foot else None
            owners.append(cell)
            drawn.append(_Drawn(0, 1, 0, 0, height, alone=alone, sentence=body, foot=foot))
            widths.append(_tenths(cell.width) if cell.width else 0)
        self.drop(drawn, widths, left)

    def across(self, cells: Sequence[Cell], drawn: Sequence[_Drawn], left: int, labels: int) -> None:
        """One row of cells, one to each declared cell."""
        self.drop(drawn, [_tenths(c.width) if c.width else labels for c in cells], left)

    def drop(self, drawn: Sequence[_Drawn], widths: Sequence[int], left: int) -> None:
        """Put a row's cells between their column lines; those without a width share what is left."""
        free, open_ = self.width - left - sum(widths), widths.count(0)
        if (not open_ and free) or (open_ and free < NARROWEST * open_):
            need, have = (sum(widths) + NARROWEST * open_) / TENTHS, (self.width - left) / TENTHS
            first = next((d.label or (d.alone.key if d.alone else "") for d in drawn), "")
            self.problems.append((f"the row of {first!r} needs {need:g} mm, and there are {have:g} mm", f"“{first}”一行需 {need:g} 毫米，现有 {have:g} 毫米"))  # fmt: skip
            self.row += 1
            return
        each, right = free // max(open_, 1), left
        shared = 0
        for cell, width in zip(drawn, widths, strict=True):
            start, shared = right, shared + (not width)
            # The last of those that share takes what the division left over, so that the row ends at the edge.
            right += width or (free - each * (open_ - 1) if shared == open_ else each)
            self.drawn.append(
                _Drawn(self.row, 1, start, right, cell.height, cell.label, cell.alone, cell.sentence, cell.foot)
            )
        self.row += 1

    def text(self, block: Block) -> None:
        """A heading, or a paragraph of sentences."""
        self.close()
        if block.heading is not None:
            self.parts.append(Line("heading", (self.sentence(block.heading),)))
            return
        said = block.paragraph or []
        if block.repeat is not None:
            group = self.found(block.repeat, years=False)
            if group is not None:
                count = self.repeats[group.at] = max(block.printed, self.counts.get(group.at, 0))
                rows = [f"{group.at}.{i}" for i in range(count)]
                free = said[0] in block.optional
                self.parts += [Line("paragraph", (self.sentence(said[0], at, group, optional=free),)) for at in rows]
        elif block.years is not None:
            group = self.found(block.years, years=True)
            years = group.all_years if group else []
            self.parts.append(Line("paragraph", tuple(self.of_year(block, group, year) for year in years if group)))
        else:
            self.parts.append(Line("paragraph", tuple(self.sentence(s, optional=s in block.optional) for s in said)))

    def of_year(self, block: Block, group: FormGroup, year: int) -> Sentence:
        """The sentence of one year, in the words for an estimate where it is one."""
        words = (block.paragraph or [""])[0]
        if year in group.estimated and block.estimated:
            words = block.estimated
        shown = str(year + self.shift)
        return self.sentence(words.replace("{year}", shown), f"{group.at}.{shown}", group)

    # -- tables --------------------------------------------------------------------------------------------------------------

    def close(self) -> None:
        """End the table that is open, if it has rows."""
        if self.row > self.begun:
            self.parts.append(Grid(self.begun, self.row - self.begun, (), self.header, self.page))
            self.begun, self.header, self.page = self.row, 0, False

    def finished(self, edges: Sequence[int]) -> Iterator[Grid | Line]:
        """The parts with their cells; a label that goes on over a page is printed on both."""
        columns = {edge: column for column, edge in enumerate(edges)}
        for part in self.parts:
            if isinstance(part, Line):
                yield part
                continue
            end, cells = part.start + part.rows, []
            for c in self.drawn:
                top, bottom = max(c.row, part.start), min(c.row + c.rows, end)
                if top < bottom:
                    column, last = columns[c.left], columns[c.right]
                    cells.append(Placed(top, column, bottom - top, last - column, c.right - c.left, c.height, c.label, c.alone, c.sentence, c.foot))  # fmt: skip
            yield evolve(part, cells=tuple(sorted(cells, key=lambda p: (p.row, p.column))))
