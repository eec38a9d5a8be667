from talentservice.testing import RegionConformance


class TestNanhai(RegionConformance):
    region_id = "nanhai"
