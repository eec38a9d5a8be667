"""The calendar file: one all-day entry for each last day, the same from run to run, readable by another library.

18 June 2021 is a Friday; seven working days later is Tuesday 29 June.
"""

import sys
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from tests.unit.invented import at, clause, event, on, post, region, roster

from talentservice.calendar import WorkCalendar
from talentservice.desk import Desk, days
from talentservice.errors import MissingExtra
from talentservice.ical import calendar
from talentservice.labels import Label

PEOPLE = roster(post("office-1", "office"), post("desk-a", "unit"), post("desk-b", "unit"))
EVENTS = [
    event("ticket.received", at(6, 18), by="desk-a", about={"ticket": "T-1"}),
    event("ticket.received", at(6, 18, 10), by="desk-a", about={"ticket": "T-2"}),
    event("ticket.replied", at(6, 30), by="desk-a", about={"ticket": "T-2"}),
]


def duty(who, does, **more):
    return {"who": who, "does": does, **more}


@pytest.fixture(scope="module")
def here():
    return region(
        clause(
            "1",
            duty={
                "reply": {
                    **duty("unit", "ticket.replied", after="ticket.received", within={"working_days": 7}),
                    "zh": "答复",
                    "en": "Reply",
                }
            },
        ),
        clause("2", duty={"tell": duty("office", "notice.given", after="ticket.received", within={"promptly": True})}),
        clause("3", duty={"plan": duty("office", "plan.filed", every="month", by={"day": 25, "about": True})}),
        clause("4", duty={"report": duty("unit", "report.filed", every="month", by={"within_period": True}, to=["office", "leader"], to_each=True)}),
    )  # fmt: skip


def owed(here, events=EVENTS, day=None, first=6, last=7):
    window = days(date(2021, first, 1), date(2021, last, 31))
    return Desk(here, PEOPLE, events).agenda(day or on(7, 1), window=window, done=True).obligations


def entries(data: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def written(obligations, **more) -> bytes:
    return calendar(obligations, name="Riverside", on=on(7, 1), **more)


# ---- what is written --------------------------------------------------------------------------------------------------------


def test_each_obligation_with_a_day_is_one_whole_day(here):
    """Two replies due on 29 June, a plan about the 25th and four reports at each of two months' ends; what is prompt has no day."""
    found = entries(written(owed(here)))
    starts = sorted(e.decoded("dtstart") for e in found)
    june, july = [on(6, 25), on(6, 29), on(6, 29), *[on(6, 30)] * 4], [on(7, 25), *[on(7, 31)] * 4]
    assert starts == june + july
    assert all(type(e.decoded("dtstart")) is date for e in found), "a day has no hour"
    assert all(e.decoded("dtend") - e.decoded("dtstart") == timedelta(days=1) for e in found)


def test_the_file_itself(here):
    data = written(owed(here), lang="en")
    parsed = icalendar.Calendar.from_ical(data)
    assert (str(parsed["version"]), str(parsed["x-wr-calname"])) == ("2.0", "Riverside")
    assert str(parsed["prodid"]) == "-//talentservice//agenda//EN"
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n")), "RFC 5545, 3.1"
    assert b"\n" not in data.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    ("lang", "summaries", "states"),
    [
        ("zh", {"desk-a：答复（T-1）", "desk-a：答复（T-2）"}, {"已逾期", "逾期完成"}),
        ("en", {"desk-a: Reply (T-1)", "desk-a: Reply (T-2)"}, {"overdue", "done late"}),
    ],
)
def test_an_entry_says_who_owes_what_and_which_clause_says_so(here, lang, summaries, states):
    replies = [o for o in owed(here) if o.duty == "reply"]
    found = entries(written(replies, lang=lang, names=PEOPLE.names()))
    assert {str(e["summary"]) for e in found} == summaries
    assert {str(e["description"]) for e in found} == {f"{state}\nd:1" for state in states}
    assert {e.decoded("dtstamp") for e in found} == {datetime(2021, 7, 1, tzinfo=UTC)}


def test_without_names_the_role_is_named(here):
    found = entries(
        written([o for o in owed(here) if o.duty == "reply"], lang="en", names={"other": Label(zh="甲", en="A")})
    )
    assert {str(e["summary"]).partition(":")[0] for e in found} == {"the unit"}


def test_a_day_that_is_only_about_says_so(here):
    plans = [o for o in owed(here) if o.duty == "plan"]
    assert all(str(e["summary"]).endswith("（左右）") for e in entries(written(plans)))
    assert all(str(e["summary"]).endswith(" (about)") for e in entries(written(plans, lang="en")))


def test_a_provisional_day_says_so(here):
    last = WorkCalendar.china().known_until
    late = event("ticket.received", last, about={"ticket": "T-9"})
    window = days(last, last)
    found = Desk(here, PEOPLE, [late]).agenda(last, window=window).obligations
    (entry,) = entries(written([o for o in found if o.duty == "reply"], lang="en"))
    assert str(entry["description"]).split("\n") == ["open", "d:1", "provisional"]


def test_hostile_text_stays_inside_its_line(here):
    bad = "x\r\nEND:VEVENT\r\nBEGIN:VALARM;,:\\"
    hostile = event("ticket.received", at(6, 18), about={"ticket": bad})
    names = {"desk-a": Label.model_construct(zh=bad, en=bad)}
    data = written(owed(here, [hostile]), lang="en", names=names)
    assert len(entries(data)) == data.count(b"BEGIN:VEVENT")
    assert b"\r\nBEGIN:VALARM" not in data
    assert any("END:VEVENT" in str(e["summary"]) for e in entries(data))


def test_nothing_owed_is_a_calendar_without_entries():
    assert entries(written([])) == []


# ---- the same from run to run -----------------------------------------------------------------------------------------------


def identities(obligations) -> list[tuple[str, str]]:
    data = written(obligations, lang="en")
    return sorted((str(e["uid"]), str(e["summary"])) for e in entries(data))


def test_the_same_agenda_is_the_same_file(here):
    assert written(owed(here)) == written(owed(here))


def test_every_entry_has_an_identity_of_its_own(here):
    uids = [uid for uid, _ in identities(owed(here))]
    assert len(set(uids)) == len(uids) == 12
    assert all(uid.endswith("@talentservice") and uid.isascii() for uid in uids)
    twice = [o for o in owed(here) if o.duty == "reply"] * 2
    assert len({uid for uid, _ in identities(twice)}) == 4, "the same obligation twice is two entries"


def test_an_entry_keeps_its_identity_whatever_happens_around_it(here):
    """Others come and go, it is done, the agenda is asked for on another day: a calendar updates it and adds none."""
    before = dict(identities(owed(here, EVENTS[:1], on(6, 20))))
    after = dict(
        identities(owed(here, [*EVENTS, event("ticket.replied", on(6, 21), about={"ticket": "T-1"})], on(7, 5)))
    )
    assert set(before) < set(after)
    assert all(after[uid] == summary for uid, summary in before.items())


def test_an_entry_keeps_its_identity_when_its_term_is_extended():
    clocked = region(
        clause(
            "1",
            duty={
                "reply": {
                    **duty("unit", "ticket.replied", after="ticket.received", within={"working_days": 7}),
                    "clock": ["extend"],
                }
            },
        )
    )
    longer = event("clock.extended", on(6, 21), about={"ticket": "T-1"}, working_days=3)
    first, second = (
        Desk(clocked, PEOPLE, log).agenda(on(6, 22)).obligations for log in (EVENTS[:1], [EVENTS[0], longer])
    )
    assert ([o.day for o in first], [o.day for o in second]) == ([on(6, 29)], [on(7, 2)])
    assert identities(first) == identities(second)


def test_without_its_package_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(MissingExtra, match=r"talentservice\[ical\]"):
        written([])
