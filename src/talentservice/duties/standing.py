"""How an obligation stands on a day."""

from datetime import date

from talentservice.answers import Answer
from talentservice.calendar import Period
from talentservice.duties.fulfilment import lacking, tie
from talentservice.duties.obligation import Obligation, State
from talentservice.duties.rule import DutyRule
from talentservice.events import Event


def standing(
    rule: DutyRule,
    due: Answer[date | None],
    on: date,
    *,
    done: Event | None,
    post: str | None,
    to: tuple[str, ...],
    started_by: Event | None = None,
    period: Period | None = None,
) -> Obligation:
    """One obligation as it stands at the end of `on`, with the event that did it, if any."""
    spec, scope = rule.spec, rule.scope
    soft = spec.by is not None and bool(spec.by.about)
    lacks = lacking(rule, done) if done else ()
    state, late = _state(due, on, done, lacks, soft=soft)
    return Obligation(
        duty=rule.id,
        question=rule.label,
        does=rule.doing,
        who=spec.who,
        who_label=scope.role(spec.who),
        due=due,
        state=state,
        post=post,
        to=to,
        to_labels=tuple([scope.role(t) for t in to]),
        about=_about(rule, started_by) if started_by else "",
        started_by=started_by,
        period=period,
        about_day=soft,
        term=rule.term,
        done_by=done,
        lacks=lacks,
        late=late,
    )


def _about(rule: DutyRule, event: Event) -> str:
    """What an obligation concerns: the subject that ties its fulfilment to its start, otherwise the event's first."""
    tied = event.subjects.get(tie(rule, event) or "")
    return tied or next(iter(event.subjects.values()), "")


def _state(
    due: Answer[date | None], on: date, done: Event | None, lacks: tuple[str, ...], *, soft: bool
) -> tuple[State, int]:
    """How it stands and how many natural days late.

    A soft day (about the 25th) is never overdue by the day, and a provisional one only once its latest day has passed.
    """
    reference, last = done.on if done else on, due.latest or due.value
    late = (reference - due.value).days if due.value and last and not soft and reference > last else 0
    if done is None:
        return (State.OVERDUE if late else State.OPEN), late
    if lacks:
        return State.INCOMPLETE, late
    return (State.DONE_LATE if late else State.DONE), late
