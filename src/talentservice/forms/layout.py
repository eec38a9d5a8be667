"""From a form's blocks to cells on paper: column lines, spans and pages follow from the nesting."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from attrs import Factory, define, field

from talentservice.errors import InputError
from talentservice.forms.blocks import SLOT, Block, Cell
from talentservice.forms.faults import Fault, Path, no_such, stray_braces, unparted, unplaced
from talentservice.forms.grids import Drawn, edges_of, finished
from talentservice.forms.sheet import Grid, Line, Piece, Sentence, Sheet, Slot
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
    if not form.layout:
        raise InputError(
            f"the form {form.id} has no layout: it can be checked, not printed",
            f"表单 {form.id} 没有版式（layout），只能核对，不能打印",
        )
    layout = _laid_out(form, counts or {}, shift)
    if layout.faults:
        raise InputError("; ".join(f.en for f in layout.faults), "；".join(f.zh for f in layout.faults))
    edges = sorted({edge for c in layout.drawn for edge in (c.left, c.right)})
    parts = [*finished(layout.parts, layout.drawn, edges), *(Line("note", (Sentence((n,)),)) for n in notes)]
    return Sheet(form, tuple(b - a for a, b in pairwise(edges)), tuple(parts), layout.repeats, shift)


def layout_faults(form: FormFile) -> list[Fault]:
    """What is wrong with the layout of a form, each with its place in the file."""
    return _laid_out(form, {}, 0).faults if form.layout else []


def _laid_out(form: FormFile, counts: Mapping[str, int], shift: int) -> "_Layout":
    layout = _Layout(form, counts, shift)
    layout.lines()
    layout.blocks(form.layout, 0, _tenths(form.label_width), ("layout",))
    layout.close()
    layout.no_break("a page break stands before rows", "page-break 之后须有表格行")
    layout.faults = list(dict.fromkeys([*layout.faults, *unplaced(form, layout.placed, shift)]))
    return layout


def _tenths(length: Decimal) -> int:
    return int(length * TENTHS)


@define
class _Layout:
    """The form while it is laid out: `drawn` cells, `placed` fields, and where in the file the block at work stands."""

    form: FormFile
    counts: Mapping[str, int]
    shift: int
    drawn: list[Drawn] = field(factory=list)
    placed: dict[str, list[Path]] = field(factory=dict)
    faults: list[Fault] = field(factory=list)
    path: Path = ()
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
        self.path = ("heading",)
        self.parts.append(Line("title", (self.sentence(self.form.heading or self.form.title.zh),)))
        for index, text in enumerate(self.form.head):
            self.path = ("head", index)
            self.parts.append(Line("head", (self.sentence(text),)))

    def sentence(self, text: str, at: str = "", group: FormGroup | None = None, *, optional: bool = False) -> Sentence:
        """The sentence with its blanks found; `at` is where a group's own fields stand."""
        pieces: list[Piece] = []
        for index, part in enumerate(SLOT.split(text)):
            if index % 2:
                slot = self.slot(part, at, group)
                pieces += [slot] if slot else []
            elif part:
                self.faults += stray_braces(self.path, part)
                pieces.append(part)
        self.faults += unparted(self.path, pieces)
        return Sentence(tuple(pieces), optional)

    def slot(self, name: str, at: str = "", group: FormGroup | None = None) -> Slot | None:
        """The blank of a field; None, and the fault noted, where the form has none."""
        own = self.form.single if group is None else group.own
        if name not in own:
            self.faults.append(no_such(self.path, "field", "栏目", name, list(own)))
            return None
        key = f"{at}.{name}" if group else name
        self.place(key)
        return Slot(key, own[name])

    def place(self, key: str) -> None:
        """Note where a field is placed."""
        self.placed.setdefault(key, []).append(self.path)

    def fault(self, en: str, zh: str) -> None:
        """Note what is wrong with the block at work."""
        self.faults.append(Fault(self.path, en, zh))

    def no_break(self, en: str, zh: str) -> None:
        """Note a fault where a page break waits for rows."""
        if self.page:
            self.fault(en, zh)

    # -- blocks --------------------------------------------------------------------------------------------------------------

    def blocks(self, blocks: Sequence[Block], left: int, label_width: int, path: Path) -> None:
        """Lay out blocks from a left edge."""
        for index, block in enumerate(blocks):
            self.path = (*path, index)
            labels = _tenths(block.label_width) if block.label_width else label_width
            if block.group is not None:
                self.group(block, left, labels)
            elif block.matrix is not None:
                self.matrix(block, left, labels)
            elif block.page_break:
                self.close()
                self.no_break("two page breaks follow each other", "连续两个 page-break")
                self.page = True
            elif block.heading is not None or block.paragraph is not None:
                self.text(block, left)
            elif block.repeat is not None:
                self.repeat(block, left, labels)
            else:
                self.cells(block.row or (), left, labels)

    def group(self, block: Block, left: int, labels: int) -> None:
        """A label down the left of its rows."""
        width, first = _tenths(block.width or Decimal(12)), self.row
        self.blocks(block.rows or (), left + width, labels, (*self.path, "rows"))
        self.drawn.append(Drawn(first, self.row - first, left, left + width, 0, block.group or ""))

    def matrix(self, block: Block, left: int, labels: int) -> None:
        """A column for each year, a row for each field."""
        group = self.found(block.matrix or "", years=True)
        if group is None:
            return
        lines = self.lines_of([labels, *(0 for _ in group.all_years)], left, block.corner or group.label.zh)
        if lines is None:
            return
        heads = [group.head_of(year, self.shift) for year in group.all_years]
        for index, text in enumerate([block.corner or "", *heads]):
            self.drawn.append(Drawn(self.row, 1, lines[index], lines[index + 1], self.low, text))
        self.row += 1
        for item in group.fields:
            self.drawn.append(Drawn(self.row, 1, lines[0], lines[1], self.low, item.shown))
            for index, year in enumerate(group.all_years, start=1):
                slot = self.slot(item.id, f"{group.at}.{year + self.shift}", group)
                self.drawn.append(Drawn(self.row, 1, lines[index], lines[index + 1], self.low, alone=slot))
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
            self.across(block.row or (), [Drawn(0, 1, 0, 0, self.low, name) for name in names], left, 0)
        count = self.repeats[group.at] = max(block.printed, self.counts.get(group.at, 0))
        before = len(self.drawn)
        self.cells(block.row or (), left, 0 if block.header else labels, f"{group.at}.0", group)
        # A list may have thousands of rows: they are drawn once.
        self.drawn[before:] = [cell._replace(times=count, at=group.at) for cell in self.drawn[before:]]
        self.row += count - 1

    def found(self, name: str, *, years: bool) -> FormGroup | None:
        """The group a block lays out; the problem is noted where it is not there or of another kind."""
        group = self.form.by_id.get(name)
        if group is not None and (bool(group.all_years) if years else group.repeat):
            return group
        kind_en, kind_zh = ("group with years", "带年份的组") if years else ("repeated group", "可重复的组")
        have = [g.id for g in self.form.groups if (g.all_years if years else g.repeat)]
        self.faults.append(no_such(self.path, kind_en, kind_zh, name, have))
        return None

    def cells(
        self, cells: Sequence[Cell], left: int, labels: int, at: str = "", group: FormGroup | None = None
    ) -> None:
        """One row: for each cell its label, if it has one, and its value."""
        owners: list[Cell] = []
        drawn: list[Drawn] = []
        widths: list[int] = []
        for cell in cells:
            alone = self.slot(cell.field, at, group) if cell.field else None
            label = "" if group and not labels else cell.label or (alone.field.shown if alone else "")
            if label:
                owners.append(cell)
                drawn.append(Drawn(0, 1, 0, 0, self.low, label))
                widths.append(_tenths(cell.label_width) if cell.label_width else labels)
            tall = TALL if alone and alone.field.type == "long-text" and labels else self.low
            height = _tenths(cell.height) if cell.height else tall
            body = self.sentence(cell.sentence, at, group) if cell.sentence else None
            foot = self.sentence(cell.foot, at, group) if cell.foot else None
            if foot and isinstance(next(iter(foot.pieces), ""), Slot):
                self.fault("the foot of a cell begins with words", "foot 须以文字开头")
            owners.append(cell)
            drawn.append(Drawn(0, 1, 0, 0, height, alone=alone, sentence=body, foot=foot))
            widths.append(_tenths(cell.width) if cell.width else 0)
        self.drop(drawn, widths, left)

    def across(self, cells: Sequence[Cell], drawn: Sequence[Drawn], left: int, labels: int) -> None:
        """One row of cells, one to each declared cell."""
        self.drop(drawn, [_tenths(c.width) if c.width else labels for c in cells], left)

    def drop(self, drawn: Sequence[Drawn], widths: Sequence[int], left: int) -> None:
        """Put a row's cells between their column lines."""
        lines = self.lines_of(widths, left, next((d.label or (d.alone.key if d.alone else "") for d in drawn), ""))
        if lines is not None:
            for cell, (start, end) in zip(drawn, pairwise(lines), strict=True):
                self.drawn.append(Drawn(self.row, 1, start, end, cell.height, cell.label, cell.alone, cell.sentence, cell.foot))  # fmt: skip
        self.row += 1

    def lines_of(self, widths: Sequence[int], left: int, first: str) -> list[int] | None:
        """The column lines of a row; None, and the fault noted, where it does not fit the page."""
        free, shares = self.width - left - sum(widths), widths.count(0)
        if free == 0 == shares or (shares and free >= NARROWEST * shares):
            return edges_of(widths, left, self.width)
        need, have = (sum(widths) + NARROWEST * shares) / TENTHS, (self.width - left) / TENTHS
        self.fault(f"the row of {first!r} needs {need:g} mm, and there are {have:g} mm", f"“{first}”一行需 {need:g} 毫米，现有 {have:g} 毫米")  # fmt: skip
        return None

    def text(self, block: Block, left: int) -> None:
        """A heading, or a paragraph of sentences."""
        self.close()
        self.no_break("a page break stands before rows, not before text", "page-break 之后须为表格行，不能为文字")
        if left:
            self.fault("headings and paragraphs stand outside groups", "heading 和 paragraph 不能放在 group 内")
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
            self.say(self.of_year(block, group, year) for year in years if group)
        else:
            self.say(self.sentence(s, optional=s in block.optional) for s in said)

    def say(self, sentences: Iterable[Sentence]) -> None:
        """A paragraph of sentences."""
        line = Line("paragraph", tuple(sentences))
        self.faults += unparted(self.path, [piece for s in line.sentences for piece in s.pieces])
        self.parts.append(line)

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
