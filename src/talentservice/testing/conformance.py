"""The conformance kit: a plugin's test is a subclass of `RegionConformance`."""

import importlib
from typing import ClassVar

import pytest

from talentservice.clauses import ledger
from talentservice.plugins import registry
from talentservice.region import Region, region_from_dict
from talentservice.testing.scenarios import Scenario, run, scenarios_of


class RegionConformance:
    """What every region must keep; set `region_id`."""

    region_id: ClassVar[str]

    @pytest.fixture
    def region(self) -> Region:
        """The region as installed."""
        return registry().get(self.region_id)

    @pytest.fixture
    def scenarios(self, region: Region) -> list[Scenario]:
        """The region's worked examples."""
        return scenarios_of(region)

    def test_every_rule_clause_is_worked_through(self, region: Region, scenarios: list[Scenario]) -> None:
        """Each rule clause stands in at least one scenario, and no scenario names a clause that does not exist."""
        worked = [str(region.clause(name).citation) for s in scenarios for name in s.clauses]
        assert not ledger(region.id, region.clauses, worked).without_scenario

    def test_every_scenario_comes_out_as_written(self, region: Region, scenarios: list[Scenario]) -> None:
        """The region answers what was worked out by hand."""
        assert [str(m) for s in scenarios for m in run(region, s)] == []

    def test_the_region_survives_a_round_trip_as_data(self, region: Region) -> None:
        """Region to dict and back is the same region."""
        assert region_from_dict(region.to_dict()) == region

    def test_every_rule_cites_a_clause_and_knows_its_origin(self, region: Region) -> None:
        """No rule without a citation, a file and a line."""
        for rule in region.rules():
            assert rule.citations, rule.id
            assert rule.origin.file, rule.id
            assert rule.origin.line > 0, rule.id

    def test_the_module_holds_no_code_but_its_hook(self) -> None:
        """Law is data: a region's module implements one hook and nothing else."""
        package = registry().found[self.region_id][0].entry.value
        module = importlib.import_module(package)
        own = [n for n, v in vars(module).items() if getattr(v, "__module__", None) == package]
        assert own == ["talentservice_region"]
