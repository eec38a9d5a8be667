from talentservice.testing import RegionConformance


class TestLinyi(RegionConformance):
    region_id = "linyi"
