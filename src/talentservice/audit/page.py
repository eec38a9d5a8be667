"""The audit as a page, with a chart by month drawn as SVG."""

from collections import Counter

from attrs import frozen

from talentservice.audit.judge import IDLE, VERDICTS, Audit
from talentservice.duties import State
from talentservice.errors import Lang
from talentservice.pages import page

HEIGHT, BAR, GAP = 180, 9, 3
COLOURS = {
    State.DONE: "#2e8b57",
    State.DONE_LATE: "#c98a1b",
    State.OVERDUE: "#b3261e",
    State.OPEN: "#4d7ea8",
}


@frozen
class Bar:
    """One piece of a bar: place and size in the drawing's units, colour, and what it says."""

    x: float
    y: float
    height: float
    colour: str
    says: str


def bars(months: list[tuple[str, Counter[State]]], lang: Lang) -> list[Bar]:
    """The pieces of a stacked bar for each month, the highest filling the drawing."""
    top = max((sum(c.values()) for _, c in months), default=1)
    pieces = []
    for index, (month, counts) in enumerate(months):
        y = float(HEIGHT)
        for state, colour in COLOURS.items():
            size = HEIGHT * counts[state] / top
            y -= size
            if size:
                says = f"{month} {VERDICTS[state].text(lang)} {counts[state]}"
                pieces.append(Bar(index * (BAR + GAP), y, size, colour, says))
    return pieces


def every_month(months: list[tuple[str, Counter[State]]]) -> list[tuple[str, Counter[State]]]:
    """The months from the first to the last; one without a case stands empty, so that the axis is one of time."""
    known = {month: counts for month, counts in months if month}
    if not known:
        return []
    first, last = (int(m[:4]) * 12 + int(m[5:]) - 1 for m in (min(known), max(known)))
    names = (f"{number // 12:04}-{number % 12 + 1:02}" for number in range(first, last + 1))
    return [(name, known.get(name, Counter())) for name in names]


def audit_page(result: Audit, lang: Lang, *, name: str) -> str:
    """The audit as a self-contained page; `name` is the table's."""
    months = every_month(result.by_month())
    years = [
        (index * (BAR + GAP), month[:4])
        for index, (month, _) in enumerate(months)
        if index == 0 or month[:4] != months[index - 1][0][:4]
    ]
    return page(
        "audit.html",
        lang,
        audit=result,
        name=name,
        months=months,
        bars=bars(months, lang),
        years=years,
        bar=BAR,
        height=HEIGHT,
        width=max(60, len(months) * (BAR + GAP)),
        top=max((sum(c.values()) for _, c in months), default=0),
        states=[(s, VERDICTS[s], COLOURS[s]) for s in COLOURS if result.counts[s]],
        idle=[(IDLE[reason], n) for reason, n in result.idle.items()],
        worst=result.worst(),
        lateness=[(label, n) for label, n in result.lateness() if n],
    )
