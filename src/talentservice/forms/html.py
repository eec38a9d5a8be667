"""A form as a self-contained HTML page: no script, no request, everything escaped."""

from collections.abc import Iterator
from functools import lru_cache
from html import escape

from talentservice.forms.fonts import OFFICE, FontSet
from talentservice.forms.paper import Printout
from talentservice.forms.render import LEADING, Run, Runs, Said, Shown, Table, lines_of, roomy
from talentservice.forms.sheet import MARGINS, Sheet

LANDSCAPE = "landscape"
# In tenths of a mm a third of a page: a higher row, kept together, would leave too much of a page blank.
LONG = {"portrait": 750, LANDSCAPE: 520}
_STYLE = """@page{{size:A4 {turned};margin:{margin};@bottom-center{{content:"— " counter(page) " —";font:14pt {body}}}}}
body{{font:12pt/1.4 {body};margin:0 auto;width:{width}mm}}
h1{{font:22pt {title};text-align:center;margin:0 0 4mm}}p{{margin:0 0 1mm;white-space:pre-wrap}}
.annex{{font:16pt {label};margin-bottom:6mm}}.heading,.annex-heading{{font:14pt {label};margin:3mm 0 1mm}}
.paragraph{{text-indent:2em;line-height:1.8}}.note{{font-size:10.5pt;margin-top:2mm}}.annex-heading{{break-before:page}}
table{{border-collapse:collapse;width:100%;table-layout:fixed}}
td,th{{border:.5pt solid #000;padding:.5mm 1.2mm;font-size:10.5pt;line-height:1.3;overflow-wrap:anywhere;white-space:pre-wrap;box-sizing:border-box}}
.l{{text-align:center;font-family:{label};font-weight:400}}
td.f{{position:relative;vertical-align:top;padding-bottom:8mm}}.foot{{position:absolute;right:1.2mm;bottom:1mm;margin:0}}
.box{{font-family:{box}}}.hint{{color:#666}}u{{text-underline-offset:.2em}}tr{{break-inside:avoid}}.long{{break-inside:auto}}.new{{break-before:page}}
@media screen{{body{{padding:10mm;box-shadow:0 0 4mm #bbb;margin:6mm auto}}}}"""


def to_html(printout: Printout, fonts: FontSet | None = None) -> str:
    """Write a form as one HTML page, to be shown or printed from a browser."""
    form = printout.form
    style, columns = _style(fonts or OFFICE, form.page), _columns(printout.sheet)
    long = LONG[form.page]
    parts = ([_line(p)] if isinstance(p, Said) else _table(p, columns, long) for p in printout.parts)
    body = "".join(text for part in parts for text in part)
    head = f'<meta charset="utf-8"><meta name="form" content="{escape(form.id)} {escape(form.version)}"><title>{escape(form.title.zh)}</title>'
    return f'<!doctype html><html lang="zh-CN"><head>{head}<style>{style}</style></head><body>{body}</body></html>'


@lru_cache(maxsize=16)
def _style(fonts: FontSet, page: str) -> str:
    def chain(names: tuple[str, ...]) -> str:
        return ",".join('"' + "".join(c for c in name if c not in '"\\<>{}') + '"' for name in names)

    return _STYLE.format(
        turned="landscape" if page == LANDSCAPE else "", width=225 if page == LANDSCAPE else 156, margin=" ".join(f"{mm}mm" for mm in MARGINS[page]),
        body=chain(fonts.body), title=chain(fonts.title), label=chain(fonts.label), box=chain(fonts.box),
    )  # fmt: skip


def _columns(sheet: Sheet) -> str:
    whole = sum(sheet.columns) or 1
    return "<colgroup>" + "".join(f'<col style="width:{100 * w / whole:.3f}%">' for w in sheet.columns) + "</colgroup>"


def _line(said: Said) -> str:
    text = _runs(said.runs)
    return f"<h1>{text}</h1>" if said.style == "title" else f'<p class="{said.style}">{text}</p>'


def _table(table: Table, columns: str, long: int) -> Iterator[str]:
    grid, rows = table.grid, [""] * table.grid.rows
    for shown in table.cells:
        row = shown.place.row - grid.start
        rows[row] += _cell(shown, "th" if row < grid.header else "td")
    apart = _apart(table, long)
    marked = [f"<tr{' class=long' if i in apart else ''}>{row}</tr>" for i, row in enumerate(rows)]
    yield f"<table{' class=new' if grid.new_page else ''}>{columns}"
    if grid.header:
        yield f"<thead>{''.join(marked[: grid.header])}</thead>"
    yield f"<tbody>{''.join(marked[grid.header :])}</tbody></table>"


def _apart(table: Table, long: int) -> set[int]:
    """The rows that a page may end in: those of long texts, and those where a cell begins that reaches down to one of them."""
    rows = {s.place.row for s in table.cells if _is_long(s, long)}
    if rows:
        places = [s.place for s in table.cells if s.place.rows > 1]
        rows |= {p.row for p in places if any(row in rows for row in range(p.row, p.row + p.rows))}
    return {row - table.grid.start for row in rows}


def _is_long(shown: Shown, long: int) -> bool:
    """Whether the text of a cell comes to more than a height; a line takes a sign at least, so most need not be measured."""
    if sum(len(run.text) for run in shown.runs) < long // LEADING:
        return False
    return lines_of("".join(run.text for run in shown.runs), shown.place.width) * LEADING > long


def _cell(shown: Shown, tag: str) -> str:
    place = shown.place
    spans = (f' rowspan="{place.rows}"' if place.rows > 1 else "") + (
        f' colspan="{place.columns}"' if place.columns > 1 else ""
    )
    if place.label:
        return f'<{tag} class="l"{spans}>{_runs(shown.runs)}</{tag}>'
    key = f' data-field="{escape(place.alone.key)}"' if place.alone else ""
    foot = f'<p class="foot">{_runs(shown.foot)}</p>' if shown.foot else ""
    kind = ' class="f"' if foot else ""
    return f'<{tag}{kind}{spans}{key} style="height:{place.height / 10:g}mm">{_runs(shown.runs)}{foot}</{tag}>'


def _runs(runs: Runs) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    if run.kind == "slot":
        return f"<u>{escape(roomy(run.text))}</u>"
    text = escape(run.text)
    return f'<span class="{run.kind}">{text}</span>' if run.kind in ("box", "hint") else text
