"""For plugin authors: worked examples and the conformance kit (needs the extra `testing`)."""

from talentservice.testing.conformance import RegionConformance
from talentservice.testing.scenarios import Mismatch, Scenario, run, scenarios_of

__all__ = ["Mismatch", "RegionConformance", "Scenario", "run", "scenarios_of"]
