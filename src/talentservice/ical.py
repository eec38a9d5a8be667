"""Duties with a day as an iCalendar file (needs the extra `ical`)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from talentservice.answers import CERTAINTIES, Certainty
from talentservice.duties import STATES, Obligation
from talentservice.errors import Lang, MissingExtra


def calendar(obligations: Iterable[Obligation], *, name: str, on: date, lang: Lang = "zh") -> bytes:
    """An iCalendar file with one all-day event on each last day; what has no day is left out.

    Args:
        obligations: what is owed.
        name: the calendar's name.
        on: the day the agenda was asked for, written as the file's time stamp.
        lang: the language of the texts.

    Raises:
        MissingExtra: the package icalendar is not installed.
    """
    try:
        from icalendar import Calendar
    except ImportError:
        raise MissingExtra("icalendar", "ical") from None
    cal = Calendar()
    cal.add("prodid", "-//talentservice//agenda//ZH")
    cal.add("version", "2.0")
    cal.add("x-wr-calname", name)
    stamp = datetime.combine(on, time(), UTC)
    for number, obligation in enumerate(obligations):
        if obligation.day is not None:
            cal.add_component(_entry(obligation, obligation.day, stamp, number, lang))
    return bytes(cal.to_ical())


def _entry(obligation: Obligation, day: date, stamp: datetime, number: int, lang: Lang) -> Any:  # icalendar's
    from icalendar import Event

    who = obligation.who_label.text(lang)
    about = f"（{obligation.about}）" if lang == "zh" else f" ({obligation.about})"
    soft = {"zh": "（左右）", "en": " (about)"}[lang] if obligation.about_day else ""
    entry = Event()
    entry.add(
        "uid",
        f"{obligation.due.region}-{obligation.duty}-{obligation.about or obligation.post or ''}-{day}-{number}@talentservice",
    )
    entry.add("dtstamp", stamp)
    entry.add("dtstart", day)
    entry.add("dtend", day + timedelta(days=1))
    entry.add("summary", f"{who}：{obligation.question.text(lang)}{about if obligation.about else ''}{soft}")
    lines = [STATES[obligation.state].text(lang), *(f"{c}" for c in obligation.due.citations)]
    if obligation.due.certainty is Certainty.PROVISIONAL:
        lines.append(CERTAINTIES[Certainty.PROVISIONAL].text(lang))
    entry.add("description", "\n".join(lines))
    return entry
