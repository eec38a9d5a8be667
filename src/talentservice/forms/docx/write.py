"""A form as a Word document: a shell made once, and the text of each form written straight into it."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from xml.sax.saxutils import escape, quoteattr

from talentservice.forms.docx.limits import check_packed, check_written
from talentservice.forms.docx.runs import in_lines, written
from talentservice.forms.docx.shell import CUSTOM, EPOCH, MAIN, WORD, shell
from talentservice.forms.fonts import OFFICE, FontSet
from talentservice.forms.paper import Printout
from talentservice.forms.render import LEADING, PADDING, Said, Shown, Table, lines_of

# Word is strict: within an element the standard's order of its children holds.
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    f'<w:document xmlns:w="{WORD}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>'
)
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDERS = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in _SIDES)
_STYLES = {"annex": "FormAnnex", "title": "FormTitle", "head": "FormHead", "heading": "FormHeading", "paragraph": "FormParagraph",
           "note": "FormNote", "annex-heading": "FormAnnexHeading", "annex-text": "FormAnnexText"}  # fmt: skip
_BREAK = '<w:p><w:pPr><w:pStyle w:val="FormBreak"/></w:pPr></w:p>'
_END = '<w:p><w:pPr><w:pStyle w:val="FormEnd"/></w:pPr></w:p>'
_PROPERTY = (
    '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{}" name={}><vt:lpwstr>{}</vt:lpwstr></property>'
)
IDENTITY = ("talentservice.form", "talentservice.version", "talentservice.year")


def to_docx(printout: Printout, fonts: FontSet | None = None) -> bytes:
    """Write a form as a Word document.

    Args:
        printout: the form with its values.
        fonts: fonts by role; the document names the first of each chain, and Word finds what stands in for it.

    Raises:
        FormError: more rows or text than a document is read back with.
        MissingExtra: the extra `docx` is not installed.
    """
    made = shell(printout.form.page, fonts or OFFICE)
    text = f"{_HEAD}{''.join(_body(printout))}{made.section}</w:body></w:document>"
    check_written(text, sum(isinstance(part, Said) and not part.key for part in printout.parts))
    out = io.BytesIO(made.archive)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, MAIN, text)
        _put(archive, CUSTOM, _identity(printout))
        main = archive.getinfo(MAIN)
        check_packed(main.file_size, main.compress_size)
    return out.getvalue()


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, text.encode(), compresslevel=4)  # half the time of the usual level, a tenth more bytes


def _identity(printout: Printout) -> str:
    """Which form, which version, which year: what tells a reader what came back."""
    form, sheet = printout.form, printout.sheet
    year = "" if form.year is None else str(form.year + sheet.shift)
    told = [(n, v) for n, v in zip(IDENTITY, (form.id, form.version, year), strict=True) if v]
    listed = "".join(_PROPERTY.format(pid, quoteattr(n), escape(v)) for pid, (n, v) in enumerate(told, start=2))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        f' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{listed}</Properties>'
    )


def _body(printout: Printout) -> Iterator[str]:
    # The last twentieth of a point is shared out along the edges, so that columns, cells and table end on the same lines.
    edges = [0, *((edge * 720 + 63) // 127 for edge in accumulate(printout.sheet.columns))]
    parts = printout.parts
    for part, after in zip(parts, (*parts[1:], None), strict=True):
        if isinstance(part, Said):
            if part.runs:
                yield f'<w:p><w:pPr><w:pStyle w:val="{_STYLES[part.style]}"/></w:pPr>{written(part.runs)}</w:p>'
            continue
        yield _BREAK if part.grid.new_page else ""
        yield from _table(part, edges)
        if after is None:
            yield _END  # Word ends a document with a paragraph, never with a table


# -- tables ------------------------------------------------------------------------------------------------------------------


def _table(table: Table, edges: Sequence[int]) -> Iterator[str]:
    grid = table.grid
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="{edges[-1]}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="68" w:type="dxa"/><w:right w:w="68" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr><w:tblGrid>"
    )
    yield "".join(f'<w:gridCol w:w="{right - left}"/>' for left, right in pairwise(edges))
    yield "</w:tblGrid>"
    rows: list[list[tuple[int, str]]] = [[] for _ in range(grid.rows)]
    heights = [0] * grid.rows
    for shown in table.cells:
        place, first = shown.place, shown.place.row - grid.start
        rows[first].append((place.column, _cell(shown, edges)))
        if place.rows == 1:
            heights[first] = max(heights[first], place.height)
        for below in range(first + 1, first + place.rows):
            rows[below].append((place.column, f"{_properties(shown, edges, '<w:vMerge/>')}<w:p/></w:tc>"))
    for number, (cells, height) in enumerate(zip(rows, heights, strict=True)):
        head = "<w:tblHeader/>" if number < grid.header else ""
        tall = f'<w:trHeight w:val="{height * 720 // 127}" w:hRule="atLeast"/>'
        yield f"<w:tr><w:trPr><w:cantSplit/>{tall}{head}</w:trPr>{''.join(cell for _, cell in sorted(cells))}</w:tr>"
    yield "</w:tbl>"


def _cell(shown: Shown, edges: Sequence[int]) -> str:
    place = shown.place
    opened = _properties(shown, edges, '<w:vMerge w:val="restart"/>' if place.rows > 1 else "")
    style = "FormLabel" if place.label else "FormValue"
    foot = ""
    if shown.foot:
        gap = f'<w:spacing w:before="{_gap(shown)}"/>'
        foot = f'<w:p><w:pPr><w:pStyle w:val="FormFoot"/>{gap}</w:pPr>{written(shown.foot)}</w:p>'
    return f'{opened}<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{written(in_lines(shown))}</w:p>{foot}</w:tc>'


def _properties(shown: Shown, edges: Sequence[int], merged: str) -> str:
    place = shown.place
    width = edges[place.column + place.columns] - edges[place.column]
    span = f'<w:gridSpan w:val="{place.columns}"/>' if place.columns > 1 else ""
    align = "" if shown.foot else '<w:vAlign w:val="center"/>'
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merged}{align}</w:tcPr>'


def _gap(shown: Shown) -> int:
    """The space, in twentieths of a point, that brings a foot down to the bottom of its cell."""
    place = shown.place
    text, foot = ("".join(r.text for r in runs) for runs in (shown.runs, shown.foot))
    free = place.height - LEADING * (lines_of(text, place.width) + lines_of(foot, place.width)) - PADDING
    return max(free, 20) * 720 // 127
