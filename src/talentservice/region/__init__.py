"""Regions: read, checked, asked, configured, amended."""

from talentservice.region.build import load_folder, load_region, region_from_dict
from talentservice.region.heads import API, RegionHead
from talentservice.region.kinds import KINDS
from talentservice.region.problems import Problem
from talentservice.region.region import Region

__all__ = [
    "API",
    "KINDS",
    "Problem",
    "Region",
    "RegionHead",
    "load_folder",
    "load_region",
    "region_from_dict",
]
