"""Examples in the help: what is installed here stands where their texts have a placeholder."""

import re
from collections.abc import Mapping
from functools import cache

from talentservice.duties import DutyRule
from talentservice.errors import PluginError
from talentservice.plugins import registry

PLACE = re.compile(r"\b(REGION|DUTY|START|END|DAY|LATER)\b")


def filled(text: str) -> str:
    """The text with its placeholders filled: a region, one of its duties, the events around it, and days in force."""
    facts = _facts()
    return PLACE.sub(lambda found: facts.get(found[0], found[0]), text)


@cache
def _facts() -> Mapping[str, str]:
    for name in registry().ids():
        try:
            rules = registry().get(name).rules("duty")
        except PluginError:
            continue
        for rule in rules:
            if isinstance(rule, DutyRule) and rule.spec.within and rule.spec.within.unit and not rule.missing:
                day = rule.document.since
                if day is None:
                    continue
                start = rule.spec.after.events[:1] if rule.spec.after else []
                return {
                    "REGION": name,
                    "DUTY": rule.id,
                    "DAY": day.isoformat(),
                    "LATER": day.replace(month=12, day=31).isoformat(),
                    "END": rule.spec.does[0],
                    **({"START": start[0]} if start else {}),
                }
    return {}
