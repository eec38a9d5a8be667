"""A need on its way over the desk of Nanhai: submit, act, agenda, report. Run it: ``python examples/desk_quickstart.py``.

The posts are a deployer's; day and hour are passed in, nothing here asks the clock.
"""

from datetime import date, datetime

import talentservice as ts
from talentservice.desk import Desk
from talentservice.duties import State


def post(name: str, role: str) -> ts.Post:
    """A post with one role; who fills it is the deployer's."""
    return ts.Post(id=name, label=ts.Label(zh=name, en=name), roles=[role])


def at(month: int, day: int, hour: int) -> datetime:
    """A moment of 2019 in Beijing."""
    return datetime(2019, month, day, hour, tzinfo=ts.BEIJING)


ROSTER = ts.Roster(
    posts=[post("liaison-1", "liaison"), post("office-1", "talent-office"), post("housing-1", "unit"), post("finance-1", "unit")],
)  # fmt: skip


def main() -> Desk:
    """Two units receive a need on 1 February, before the Spring Festival; one replies in time, the other late."""
    desk = Desk(ts.region("nanhai"), ROSTER)
    opened = desk.submit("T-1", by="liaison-1", at=at(1, 30, 9), facts={"answerable_now": False}, matter="need-raised")
    assert opened.routed is not None  # what the script promises
    print(opened.routed.explain("en"), end="\n\n")

    desk.act("T-1", "record-need", by="liaison-1", at=at(1, 30, 10))
    desk.act("T-1", "submit", by="liaison-1", at=at(1, 30, 11))
    desk.act("T-1", "accept", by="office-1", at=at(1, 31, 9))
    units = {"opinion": "两家单位办理", "units": ["housing-1", "finance-1"]}
    desk.act("T-1", "dispatch", by="office-1", at=at(1, 31, 10), data=units)
    for unit in ("housing-1", "finance-1"):
        desk.act("T-1", "receive", by=unit, at=at(2, 1, 9), part=unit)
    reply = {"reply": "已办妥", "outcome": "solved"}
    desk.act("T-1", "reply-to-office", by="housing-1", at=at(2, 15, 16), part="housing-1", data=reply)
    print("on 18 February finance-1 may:", ", ".join(desk.allowed("T-1", "finance-1")), end="\n\n")

    # Seven working days after 1 February, counted past the festival and its two make-up days: 15 February.
    (owed,) = desk.agenda(date(2019, 2, 18)).of(State.OVERDUE)
    assert (owed.duty, owed.post, owed.day, owed.late) == (
        "reply",
        "finance-1",
        date(2019, 2, 15),
        3,
    )  # what the script promises
    print(owed.due.explain("en"), end="\n\n")

    desk.act("T-1", "reply-to-office", by="finance-1", at=at(2, 18, 11), part="finance-1", data=reply)
    desk.act("T-1", "feed-back", by="office-1", at=at(2, 19, 9))
    assert desk.ticket("T-1").state == "closed"  # what the script promises

    report = desk.report(ts.month(2019, 2))
    for line in report.duties:
        print(f"{line.label.en}: " + ", ".join(f"{n} {state}" for state, n in line.counts.items()))
    (replies,) = [line for line in report.duties if line.duty == "reply"]
    assert replies.counts == {State.DONE: 1, State.DONE_LATE: 1}  # what the script promises
    return desk


if __name__ == "__main__":
    main()
