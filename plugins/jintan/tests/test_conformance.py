from talentservice.testing import RegionConformance


class TestJintan(RegionConformance):
    region_id = "jintan"
