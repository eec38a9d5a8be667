"""Duties with a day as an iCalendar file (needs the extra `ical`)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from talentservice.answers import CERTAINTIES, Certainty
from talentservice.duties import STATES, Obligation
from talentservice.errors import Lang, MissingExtra
from talentservice.events import Event as Occurrence
from talentservice.labels import Label


def calendar(
    obligations: Iterable[Obligation],
    *,
    name: str,
    on: date,
    lang: Lang = "zh",
    names: Mapping[str, Label] | None = None,
) -> bytes:
    """An iCalendar file with one all-day event on each last day; what has no day is left out.

    Args:
        obligations: what is owed.
        name: the calendar's name.
        on: the day the agenda was asked for, written as the file's time stamp.
        lang: the language of the texts.
        names: the posts' labels by id; without one the role is named.

    Raises:
        MissingExtra: the package icalendar is not installed.
    """
    try:
        from icalendar import Calendar
    except ImportError:
        raise MissingExtra("icalendar", "ical") from None
    cal = Calendar()
    cal.add("prodid", f"-//talentservice//agenda//{lang.upper()}")
    cal.add("version", "2.0")
    cal.add("x-wr-calname", name)
    stamp = datetime.combine(on, time(), UTC)
    seen: Counter[str] = Counter()
    for obligation in obligations:
        if obligation.day is not None:
            key = _identity(obligation)
            seen[key] += 1
            who = (names or {}).get(obligation.post or "", obligation.who_label)
            entry = _entry(obligation, obligation.day, stamp, who, lang)
            entry.add("uid", f"{key}-{seen[key]}@talentservice")
            cal.add_component(entry)
    return bytes(cal.to_ical())


def _identity(obligation: Obligation) -> str:
    """What stays the same while an obligation is extended or done, so that a calendar updates its entry instead of adding one."""
    start = obligation.started_by or obligation.period
    since = start.at if isinstance(start, Occurrence) else start.start if start else ""
    parts = (obligation.due.region, obligation.duty, obligation.about, obligation.post, *obligation.to, since)
    return sha256("\x1f".join(map(str, parts)).encode(errors="replace")).hexdigest()[:32]


def _entry(obligation: Obligation, day: date, stamp: datetime, who: Label, lang: Lang) -> Any:  # icalendar's
    from icalendar import Event

    about = f"（{obligation.about}）" if lang == "zh" else f" ({obligation.about})"
    soft = {"zh": "（左右）", "en": " (about)"}[lang] if obligation.about_day else ""
    entry = Event()
    entry.add("dtstamp", stamp)
    entry.add("dtstart", day)
    entry.add("dtend", day + timedelta(days=1))
    colon = {"zh": "：", "en": ": "}[lang]
    entry.add(
        "summary", f"{who.text(lang)}{colon}{obligation.question.text(lang)}{about if obligation.about else ''}{soft}"
    )
    lines = [STATES[obligation.state].text(lang), *(f"{c}" for c in obligation.due.citations)]
    if obligation.due.certainty is Certainty.PROVISIONAL:
        lines.append(CERTAINTIES[Certainty.PROVISIONAL].text(lang))
    entry.add("description", "\n".join(lines))
    return entry
