"""``audit`` and ``demo``: a region at work on a real table, and on its own sample."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from attrs import evolve

from talentservice.audit import IDLE, VERDICTS, Audit, Case, audit_page, read_table
from talentservice.audit import audit as judge
from talentservice.cli.ask import show_agenda
from talentservice.cli.options import (
    AsIf,
    Encoding,
    Json,
    Parameters,
    Readings,
    RegionName,
    SheetName,
    a_day,
    configured,
    pairs,
    write_out,
)
from talentservice.cli.output import FOUND, leave, program
from talentservice.cli.output import current as io
from talentservice.demo import Demonstration, demonstrate
from talentservice.errors import InputError, TalentServiceError
from talentservice.labels import write
from talentservice.pages import page
from talentservice.plugins import registry

MOST_URGENT = 6
OUT = Path("talentservice-demo")
CELLS = 20  # unreadable cells that are listed on the terminal


def audit(
    region: RegionName,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A table: .csv (UTF-8 or GB18030), .xlsx or .jsonl.")],
    ticket: Annotated[str, typer.Option("--ticket", metavar="COLUMN", help="The column with the ticket's number.")],
    event: Annotated[
        list[str],
        typer.Option(
            "--event", metavar="KIND=COLUMN", help="The column that holds the time of a kind of event; repeat it."
        ),
    ],
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="Judge as of that day; without it the last day in the table."),
    ] = None,
    sheet: SheetName = None,
    encoding: Encoding = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a self-contained page with a chart as well.")
    ] = None,
    parameter: Parameters = None,
    reading: Readings = None,
    as_if_in_force: AsIf = False,
    rows: Annotated[bool, typer.Option("--rows", help="With --json, list the verdict of every row.")] = False,
    json: Json = False,
) -> None:
    """Judge a real table: what was on time, late, is still open, or cannot be read.

    Example: talentservice audit REGION messages.csv --ticket 留言编号 --event START=留言时间 --event END=答复时间 --as-if-in-force
    """
    chosen = configured(region, parameter, reading)
    table = read_table(file, sheet=sheet, encoding=encoding)
    end = a_day(on) if on else None
    columns = pairs(event, "--event")
    result = judge(
        chosen, table, ticket=ticket, events=columns, on=end, as_if_in_force=as_if_in_force, progress=_tracked
    )
    if html is not None:
        write_out(html, audit_page(result, io.lang, name=file.name).encode(errors="replace"))
    if json:
        io.json(result.to_dict(rows=rows))
    else:
        _tell(result)


def _tracked(rows: Iterable[Case]) -> Iterator[Case]:
    """The rows behind a progress bar, where somebody is watching."""
    from rich.progress import track

    yield from track(
        list(rows),
        description=io.say("核查", "auditing"),
        console=io.err,
        transient=True,
        disable=not io.err.is_terminal,
    )


def _tell(result: Audit) -> None:
    counts = [((io.label(label), s.value), str(result.counts[s])) for s, label in VERDICTS.items() if result.counts[s]]
    unread = len({u.row for u in result.unreadable})
    head = io.say(f"{result.rows} 行，截至 {result.on}", f"{result.rows} rows, as of {result.on}")
    rows = [*counts, ((io.say("无法读取的行", "unreadable rows"), "missed"), str(unread))]
    io.table(io.say("结果,件数", "result,count").split(","), rows, title=head)
    for reason, n in result.idle.items():
        io.print(io.say(f"未核查 {n} 行：{IDLE[reason].zh}", f"{n} row(s) not judged: {IDLE[reason].en}"), "yellow")
    classes = [[io.label(label), str(n)] for label, n in result.lateness() if n]
    if classes:
        io.table(io.say("迟了多久,件数", "how late,count").split(","), classes)
    months = [[m, *(str(c[s]) for s in VERDICTS)] for m, c in result.by_month()]
    if months:
        io.table([io.say("月份", "month"), *(io.label(VERDICTS[s]) for s in VERDICTS)], months)
    for verdict in result.worst(3):
        done = verdict.obligation.done_by
        when = io.say(f"，完成于 {done.on}", f", done on {done.on}") if done else ""
        late = verdict.obligation.late
        days = io.say(f"迟 {late} 天", f"late by {late} day{'s' if late > 1 else ''}")
        io.print(
            f"{io.say('第 ', 'row ')}{verdict.row}{io.say(' 行，工单 ', ', ticket ')}{verdict.obligation.about}{when}{io.say('，', ', ')}{days}",
            "bold",
        )
        io.print(verdict.obligation.due.explain(io.lang))
    for cell in result.unreadable[:CELLS]:
        io.print(io.label(cell.label), "red")
    more = len(result.unreadable) - CELLS
    if more > 0:
        io.print(io.say(f"另有 {more} 处；见 --json 或 --html", f"and {more} more; see --json or --html"), "red")


def demo(
    region: Annotated[
        list[str] | None, typer.Argument(metavar="REGION", help="Regions to show; without it all.")
    ] = None,
    out: Annotated[
        Path, typer.Option("--out", metavar="FOLDER", help="Where the page and the calendar file are written.")
    ] = OUT,
    json: Json = False,
) -> None:
    """Show the installed regions at work on a sample of invented events.

    Example: talentservice demo
    """
    from talentservice.desk import merged
    from talentservice.ical import calendar

    found, failures = _demonstrated(region)
    io.failed(failures)
    if not found:
        raise InputError(
            "no installed region ships a sample; install talentservice-<region>",
            "已安装的地区都没有示例；请安装 talentservice-<地区>",
        )
    html, ics = out / "demo.html", out / "demo.ics"
    owed = merged(d.agenda for d in found)
    write_out(html, page("demo.html", io.lang, demonstrations=found).encode())
    posts = {post: label for d in found for post, label in d.names.items()}
    write_out(ics, calendar(owed, name="talentservice demo", on=found[0].agenda.on, lang=io.lang, names=posts))
    if json:
        io.json({"regions": [d.to_dict() for d in found], "html": str(html), "ics": str(ics)})
    else:
        _show(found, html, ics)
    if failures:
        leave(FOUND)


def _demonstrated(names: Sequence[str] | None) -> tuple[list[Demonstration], list[TalentServiceError]]:
    """What the regions say of their samples; one that fails harms no other, unless it was asked for by name."""
    if names:
        shown = [demonstrate(registry().get(name)) for name in names]
        return [d for d in shown if d is not None], []
    loaded, broken = registry().load_all()
    found: list[Demonstration] = []
    failures: list[TalentServiceError] = [*broken]
    for each in loaded:
        try:
            shown_one = demonstrate(each)
        except TalentServiceError as error:
            failures.append(error)
        else:
            found += [shown_one] if shown_one else []
    return found, failures


def _show(found: Sequence[Demonstration], html: Path, ics: Path) -> None:
    io.print(
        io.say(
            "政策文件逐条写成数据；下面用虚构的事件逐项判断，每一行都注明依据的条款。",
            "Policy documents stated clause by clause as data; invented events are judged, and every line names its clause.",
        )
    )
    for shown in found:
        _present(shown, whole=len(found) == 1)
    late = next((shown.worst for shown in found if shown.worst), None)
    if late:
        io.print(io.say("为什么逾期：", "Why it is overdue:"), "bold")
        io.print(late.due.explain(io.lang))
    _next(found, html, ics)


def _present(shown: Demonstration, *, whole: bool) -> None:
    """One region: how things stand, the most urgent first; of several regions only the beginning, the page holds the rest."""
    title = f"{io.label(shown.region.head.name)} · {io.label(shown.sample.title)}"
    io.print()
    io.print(title, "bold")
    counts = io.say("，", ", ").join(f"{io.label(label)} {n}" for _, label, n in shown.counts)
    on = write(shown.agenda.on, io.lang)
    io.print(
        io.say(f"截至 {on}，谁应在何时为谁做什么：{counts}", f"As of {on}, who owes what to whom by when: {counts}")
    )
    owed = shown.agenda.obligations
    head = owed if whole else owed[:MOST_URGENT]
    show_agenda(evolve(shown.agenda, obligations=head), shown.names)
    _more(len(owed) - len(head))
    _numbers(shown, whole=whole)
    for answer in shown.answers:
        text = answer.explain(io.lang)
        clause = ", ".join(map(str, answer.citations))
        io.print(text if whole else f"{text.splitlines()[0]} [{clause}]")


def _numbers(shown: Demonstration, *, whole: bool) -> None:
    rows = [(rule, tally) for rule, tallies in shown.numbers for tally in tallies]
    rows = rows if whole else sorted(rows, key=lambda row: row[1].reached is not False)[:MOST_URGENT]
    if not rows:
        return
    columns = io.say("结果,定额,责任人,情况,依据", "result,quota,who,how it stands,clause").split(",")
    cells: list[list[str | tuple[str, str]]] = [
        [
            (io.label(shown.reached(t)), "done" if t.reached else "missed"),
            io.label(rule.label),
            io.label(shown.named(t.actor)),
            io.label(t.label),
            str(rule.citations[0]),
        ]
        for rule, t in rows
    ]
    io.table(columns, cells, title=io.say("数目是否达到", "Which numbers are reached"))
    _more(sum(len(tallies) for _, tallies in shown.numbers) - len(rows))


def _more(count: int) -> None:
    if count > 0:
        io.print(io.say(f"  另有 {count} 行，见网页", f"  {count} more on the page"), "dim")


def _next(found: Sequence[Demonstration], html: Path, ics: Path) -> None:
    # A region with a duty that an event started and that has a day shows most.
    dated = ((d, o) for d in found for o in d.agenda.obligations if o.started_by and o.day)
    first, started = next(dated, (found[0], None))
    name, call = first.region.id, program()
    due = f"due {name} {started.duty} --after {started.started_by.on}" if started and started.started_by else None
    window = f"--from {first.sample.from_} --to {first.sample.until}"
    io.print()
    io.print(io.say(f"网页：{html}　日历：{ics}", f"page: {html}   calendar: {ics}"), "bold")
    io.print(io.say("接下来可以试：", "Now try:"))
    for line in (
        *([due] if due else []),
        f"show {name}",
        f"coverage {name}",
        f"agenda {name} {window} --ics {name}.ics",
        "calendar day 2019-02-02",
        "--help",
    ):
        io.print(f"  {call} {line}")
