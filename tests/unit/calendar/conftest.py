"""One calendar for all: it is built once and never changes."""

import pytest

from talentservice.calendar import WorkCalendar


@pytest.fixture(scope="session")
def china() -> WorkCalendar:
    return WorkCalendar.china()
