"""One deadline with its clauses and every day explained: against a library that explains deadlines of other countries."""

import lexdays
import pytest

import talentservice as ts

TERM = 7


@pytest.fixture(scope="module")
def reply():
    """Seven working days from receipt; region and calendar are read once, as in a running service."""
    return ts.region("nanhai").duty("reply")


def test_steps_are_right(reply, days, last_days):
    """What is timed below names every day from the receipt to the last, and counts seven of them."""
    for day, last in zip(days, last_days, strict=True):
        answer = reply.due(day)
        walked = [step for step in answer.steps if step.kind in ("counted", "skipped")]
        assert (answer.value, len(walked)) == (last, (last - day).days)
        assert sum(step.kind == "counted" for step in walked) == TERM
        assert [str(citation) for citation in answer.citations] == ["nanhai:三(二)3-1"]


def test_steps_talentservice(timed, reply, days, last_days):
    """The day, the clauses, and each day from the receipt to the last, counted or skipped, with its notice: as data."""

    def work(days):
        last = []
        for day in days:
            answer = reply.due(day)
            assert answer.steps
            last.append(answer.value)
        return last

    timed("deadline", "talentservice", work, days, expected=last_days)


def test_answer_talentservice(timed, reply, days, last_days):
    """The same before anybody asks how it was reached."""

    def work(days):
        return [reply.due(day).value for day in days]

    timed("deadline", "talentservice, steps not asked for", work, days, expected=last_days)


def test_text_talentservice(timed, reply, days):
    """The explanation as Chinese text."""

    def work(days):
        return [reply.due(day).explain("zh") for day in days]

    timed("deadline", "talentservice, as text", work, days)


def test_trace_lexdays(timed, days):
    """A federal court's deadline of seven business days: its trace names the count, the roll and the hour, each cited.

    Its calendar is another country's, so that its answers cannot be compared; its trace holds its texts in twelve languages.
    """
    pack = lexdays.rulepack("us/frcp")

    def work(days):
        for day in days:
            result = pack.compute(day, "7bd")
            assert all(step.citation for step in result.trace)

    timed("deadline", "lexdays", work, days)


def test_text_lexdays(timed, days):
    """The same as Chinese text."""
    pack = lexdays.rulepack("us/frcp")

    def work(days):
        return [pack.compute(day, "7bd").explain("zh") for day in days]

    timed("deadline", "lexdays, as text", work, days)
