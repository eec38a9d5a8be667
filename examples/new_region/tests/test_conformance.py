"""The invented area keeps what every region must keep, and leaves no kind of rule out."""

import talentservice
from talentservice.region.kinds import KINDS
from talentservice.testing import RegionConformance


class TestXinqu(RegionConformance):
    """Run as ``pytest`` in this folder once the distribution is installed."""

    region_id = "xinqu"


def test_every_kind_of_rule_is_used_at_least_once() -> None:
    """A kind that is new in the core has to be shown here as well."""
    used = {rule.kind for rule in talentservice.region("xinqu").rules()}
    assert used == set(KINDS)  # tests assert
