"""Linyi, Shandong: service windows and service commissioners for high-level talents."""

from talentservice import Region, hookimpl, load_region


@hookimpl
def talentservice_region() -> Region:
    """The region, read from the files beside this module."""
    return load_region(__name__)
