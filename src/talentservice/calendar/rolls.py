"""When a last day is a rest day: where it moves, and which rule says so."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

from talentservice.calendar.work import ONE_DAY
from talentservice.labels import Label

Roll = Literal["next", "previous", "none", "tax"]
TAX_RUN = 3

BASES: dict[Roll, Label] = {
    "next": Label(zh="民法典第203条", en="Civil Code, article 203"),
    "previous": Label(zh="工资支付暂行规定第7条", en="Provisional Rules on Wages, article 7"),
    "none": Label(zh="刑事诉讼法第105条", en="Criminal Procedure Law, article 105"),
    "tax": Label(zh="税收征管法实施细则第109条", en="Tax Collection Rules, article 109"),
}


def rolled(works: Callable[[date], bool], roll: Roll, begun: date, plain: date) -> date:
    """The last day of a term of natural days, months or years.

    Args:
        works: whether offices work on a day.
        roll: the rule.
        begun: the day after which the term began; only the tax rule looks at the days since.
        plain: the last day by number.
    """
    if roll == "none":
        return plain
    if roll == "previous":
        return _seek(works, plain, -ONE_DAY)
    extra = tax_days(works, begun, plain) if roll == "tax" else 0
    day = _seek(works, plain, ONE_DAY) if not extra else plain
    for _ in range(extra):
        day = _seek(works, day + ONE_DAY, ONE_DAY)
    return day


def _seek(works: Callable[[date], bool], day: date, step: timedelta) -> date:
    while not works(day):
        day += step
    return day


def tax_days(works: Callable[[date], bool], begun: date, plain: date) -> int:
    """How many days of (begun, plain] lie in runs of at least three rest days.

    The tax offices' filing calendars add as many working days: 15 May 2025 after five days off became 22 May.
    """
    found, run, day = 0, 0, begun
    while day <= plain:
        day += ONE_DAY
        if day <= plain and not works(day):
            run += 1
        else:
            found += run if run >= TAX_RUN else 0
            run = 0
    return found
