from talentservice.testing import RegionConformance


class TestTaixing(RegionConformance):
    region_id = "taixing"
