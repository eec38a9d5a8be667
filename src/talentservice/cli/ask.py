"""``due`` and ``agenda``: who owes what by when."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from talentservice.answers import CERTAINTIES, Certainty
from talentservice.calendar import WorkCalendar
from talentservice.calendar.periods import containing
from talentservice.cli.options import (
    AsIf,
    AsOf,
    EventsFile,
    Json,
    Parameters,
    Provisional,
    Readings,
    RegionName,
    RosterFile,
    a_day,
    a_moment,
    configured,
    load_events,
    load_roster,
    write_out,
)
from talentservice.cli.output import current as io
from talentservice.desk import Agenda, Desk, days
from talentservice.duties import STATES, Obligation
from talentservice.errors import InputError
from talentservice.labels import Label, short_day, write


def due(
    region: RegionName,
    duty: Annotated[str, typer.Argument(metavar="DUTY", help="A duty's id; see: talentservice show REGION")],
    after: Annotated[
        str | None,
        typer.Option("--after", metavar="DATE", help="The day, or the moment, of the event that starts the duty."),
    ] = None,
    within: Annotated[
        str | None, typer.Option("--in", metavar="DATE", help="For a duty of every period: any day of the period.")
    ] = None,
    as_of: AsOf = None,
    parameter: Parameters = None,
    reading: Readings = None,
    provisional: Provisional = False,
    as_if_in_force: AsIf = False,
    json: Json = False,
) -> None:
    """Say when a duty is due, why, and which clause says so.

    Example: talentservice due REGION DUTY --after DAY
    """
    chosen = configured(region, parameter, reading)
    rule = chosen.duty(duty)
    calendar = WorkCalendar.china(as_of=a_day(as_of)) if as_of else None
    if rule.spec.every is not None:
        if within is None or after is not None:
            raise InputError(
                f"the duty {duty} recurs every period; give a day of the period with --in, and no --after",
                f"义务 {duty} 为周期性义务；请用 --in 给出期内任一天，不用 --after",
            )
        period = containing(rule.spec.every, a_day(within))
        answer = rule.due_in(period, calendar=calendar, provisional=provisional, as_if_in_force=as_if_in_force)
    else:
        if after is None or within is not None:
            raise InputError(
                f"the duty {duty} starts with an event; give its day with --after, and no --in",
                f"义务 {duty} 由事件引起；请用 --after 给出日期，不用 --in",
            )
        answer = rule.due(a_moment(after), calendar=calendar, provisional=provisional, as_if_in_force=as_if_in_force)
    if json:
        io.json(answer.to_dict())
    else:
        io.print(answer.explain(io.lang))


def agenda(
    region: RegionName,
    first: Annotated[str, typer.Option("--from", metavar="DATE", help="The first day of the window.")],
    last: Annotated[str, typer.Option("--to", metavar="DATE", help="The last day of the window, inclusive.")],
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            metavar="DATE",
            help="Show how things stood at the end of that day; without it the first day of the window.",
        ),
    ] = None,
    events: EventsFile = None,
    roster: RosterFile = None,
    ics: Annotated[
        Path | None, typer.Option("--ics", metavar="FILE", help="Write the days as an iCalendar file as well.")
    ] = None,
    parameter: Parameters = None,
    reading: Readings = None,
    as_if_in_force: AsIf = False,
    json: Json = False,
) -> None:
    """List who owes what to whom by when, overdue first.

    Example: talentservice agenda REGION --from DAY --to LATER --ics REGION.ics
    """
    chosen = configured(region, parameter, reading)
    window = days(a_day(first), a_day(last))
    desk = Desk(chosen, load_roster(roster), load_events(events, chosen), as_if_in_force)
    found = desk.agenda(a_day(on) if on else window.start, window=window, done=True)
    if ics is not None:
        from talentservice.ical import calendar as icalendar

        posts, title = desk.roster.names(), io.label(chosen.head.name)
        write_out(ics, icalendar(found.obligations, name=title, on=found.on, lang=io.lang, names=posts))
    if json:
        io.json(found.to_dict())
        return
    show_agenda(found, desk.roster.names())
    for waiting in found.waiting:
        io.print(waiting.message(io.lang), "yellow")


def show_agenda(found: Agenda, names: Mapping[str, Label]) -> None:
    """Write an agenda as a table; `names` are the posts' labels by id."""
    columns = io.say("状态,责任人,事项 → 向谁,对象,期限,依据", "state,who,what → to whom,about,by when,clause").split(
        ","
    )
    rows = [_row(o, names) for o in found.obligations]
    if rows:
        io.table(columns, rows)
    else:
        io.print(io.say("这段时间没有应办事项。", "Nothing is owed in this window."))


def _row(o: Obligation, names: Mapping[str, Label]) -> list[str | tuple[str, str]]:
    late = f" {o.late}{io.say('天', 'd')}" if o.late else ""
    day = short_day(o.day, io.lang) if o.day else io.label(o.term) if o.term else ""
    soft = io.say("左右", " (about)") if o.about_day else ""
    sure = f" [{io.label(CERTAINTIES[o.due.certainty])}]" if o.due.certainty is Certainty.PROVISIONAL else ""
    to = write(list(o.to_labels), io.lang)
    about = o.about or (io.label(o.period.label) if o.period else "")
    return [
        (io.label(STATES[o.state]) + late, o.state.value),
        io.label(names.get(o.post or "", o.who_label)) if o.post in names or not o.post else o.post,
        io.label(o.question) + (f" → {to}" if to else ""),
        about,
        day + soft + sure,
        ", ".join(str(c) for c in o.due.citations),
    ]
