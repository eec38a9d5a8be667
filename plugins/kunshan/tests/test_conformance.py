from talentservice.testing import RegionConformance


class TestKunshan(RegionConformance):
    region_id = "kunshan"
