"""Slips of Jintan on their way: a ticket's slip goes out as a workbook, comes back filled in, and is the step it stands for.

Run it: ``python examples/slips.py`` (needs the extra `xlsx`). Posts, days and needs are a deployer's; those here are invented.
"""

from datetime import datetime

import talentservice as ts
from talentservice.desk import Desk


def post(name: str, role: str) -> ts.Post:
    """A post with one role."""
    return ts.Post(id=name, label=ts.Label(zh=name, en=name), roles=[role])


def at(day: int) -> datetime:
    """A moment of September 2020 in Beijing."""
    return datetime(2020, 9, day, 9, tzinfo=ts.BEIJING)


ROSTER = ts.Roster(
    posts=[post("visitors-1", "visit-group"), post("office-1", "talent-office"), post("housing-1", "unit")]
)


def main() -> Desk:
    """A need is assigned; the unit fills in the feedback slip, and forgets the day first."""
    desk, number = Desk(ts.region("jintan"), ROSTER), "2020-017"
    feedback = desk.region.form("feedback-slip")
    desk.submit(number, by="visitors-1", at=at(1), facts={"answerable_now": False})
    desk.act(number, "record-need", by="visitors-1", at=at(1))
    desk.act(number, "report-need", by="visitors-1", at=at(1), data={"need_type": "talent-need"})
    told = {"category": "difficulty", "unit": "housing-1", "due": at(18).date()}
    desk.act(number, "assign", by="office-1", at=at(2), data=told)

    slip = desk.slip(number, "feedback-slip")
    assert slip == {"ticket_no": number}

    wrong = feedback.read(feedback.xlsx({**slip, "department": "区住建局", "closed": True}))
    try:
        desk.take_back("feedback-slip", wrong, by="housing-1", at=at(10))
    except ts.TalentServiceError as error:
        print(error.message("zh"))  # the day of closing is lacking, with the clause that asks for it

    filled = {
        **slip,
        "department": "区住建局",
        "closed": True,
        "closed_on": "2020年9月10日",
        "resolution": "已安排人才公寓",
    }
    returned = feedback.read(feedback.xlsx(filled))
    ticket = desk.take_back("feedback-slip", returned, by="housing-1", at=at(10))
    assert ticket.state == "handled"
    assert (
        desk.take_back("feedback-slip", returned, by="housing-1", at=at(10)) == ticket
    )  # the same file again is no second step
    return desk


if __name__ == "__main__":
    print(len(main().log.events), "events")
