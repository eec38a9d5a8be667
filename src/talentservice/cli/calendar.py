"""``talentservice calendar``: what a day is, adding and counting working days."""

import typer

from talentservice.calendar import Term, WorkCalendar, deadline
from talentservice.cli.options import AsOf, Json, Provisional, a_day
from talentservice.cli.output import current as io
from talentservice.labels import write
from talentservice.steps import plain

app = typer.Typer(
    help="Working days of mainland China, from the State Council's notices of 2004 onwards.", no_args_is_help=True
)


def _calendar(as_of: str | None) -> WorkCalendar:
    return WorkCalendar.china(as_of=a_day(as_of) if as_of else None)


@app.command()
def day(
    date: str = typer.Argument(metavar="DATE", help="A day, written 2019-02-02."),
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Say what a day is, and the notice it rests on.

    Example: talentservice calendar day 2019-02-02
    """
    found = _calendar(as_of).day(a_day(date))
    if json:
        io.json(found.to_dict())
    else:
        io.print(f"{write(found.on, io.lang)}{io.say('：', ': ')}{io.label(found.label)}")


@app.command()
def add(
    date: str = typer.Argument(metavar="DATE", help="The day after which is counted; it is not counted itself."),
    days: int = typer.Argument(metavar="N", help="How many working days; negative counts back (put -- before it)."),
    as_of: AsOf = None,
    provisional: Provisional = False,
    json: Json = False,
) -> None:
    """Find the N-th working day after a day (or before it), and show every day passed over.

    Example: talentservice calendar add 2019-02-01 7
    """
    start, calendar = a_day(date), _calendar(as_of)
    if days <= 0:
        found = calendar.add(start, days)
        if json:
            io.json({"value": plain(found), "earliest": None, "latest": None, "provisional": False, "steps": []})
        else:
            io.print(write(found, io.lang))
        return
    end = deadline(calendar, Term(working_days=days), start, provisional=provisional)
    if json:
        bounds = {"earliest": plain(end.earliest), "latest": plain(end.latest), "provisional": end.provisional}
        io.json({"value": plain(end.on), **bounds, "steps": [s.to_dict() for s in end.steps()]})
        return
    for step in end.steps():
        io.print(step.text(io.lang))


@app.command()
def count(
    after: str = typer.Argument(metavar="AFTER", help="The day after which is counted; it is not counted itself."),
    until: str = typer.Argument(metavar="UNTIL", help="The last day, counted if it is a working day."),
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Count the working days in (AFTER, UNTIL]; negative when UNTIL lies before.

    Example: talentservice calendar count 2019-02-01 2019-02-15
    """
    found = _calendar(as_of).count(a_day(after), a_day(until))
    if json:
        io.json({"value": found})
    else:
        io.print(io.say(f"{found} 个工作日", f"{found} working days"))
