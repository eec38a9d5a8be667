"""Jintan District, Changzhou: visiting groups for enterprises and talents."""

from talentservice import Region, hookimpl, load_region


@hookimpl
def talentservice_region() -> Region:
    """The region, read from the files beside this module."""
    return load_region(__name__)
