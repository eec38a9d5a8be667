"""Examples in the help: what is installed here stands where their texts have a placeholder."""

import re
from collections.abc import Mapping
from functools import cache

from talentservice.duties import DutyRule
from talentservice.errors import PluginError
from talentservice.plugins import registry
from talentservice.region import Region

PLACE = re.compile(r"\b(REGION|DUTY|FORM|START|END|DAY|LATER)\b")


def filled(text: str) -> str:
    """The text with its placeholders filled: a region, one of its duties, the events around it, days in force, one of its forms."""
    facts = _facts()
    return PLACE.sub(lambda found: facts.get(found[0], found[0]), text)


@cache
def _facts() -> Mapping[str, str]:
    """What stands for the placeholders: of the first region that has everything, otherwise of the first with a duty."""
    found: list[Mapping[str, str]] = []
    for name in registry().ids():
        try:
            region = registry().get(name)
        except PluginError:
            continue
        facts = _of(region)
        if "FORM" in facts:
            return facts
        found += [facts] if facts else []
    return found[0] if found else {}


def _of(region: Region) -> Mapping[str, str]:
    forms = [rule.id for rule in region.rules("form")][:1]
    for rule in region.rules("duty"):
        if isinstance(rule, DutyRule) and rule.spec.within and rule.spec.within.unit and not rule.missing:
            day = rule.document.since
            if day is None:
                continue
            start = rule.spec.after.events[:1] if rule.spec.after else []
            return {
                "REGION": region.id,
                "DUTY": rule.id,
                "DAY": day.isoformat(),
                "LATER": day.replace(month=12, day=31).isoformat(),
                "END": rule.spec.does[0],
                **({"START": start[0]} if start else {}),
                **({"FORM": forms[0]} if forms else {}),
            }
    return {}
