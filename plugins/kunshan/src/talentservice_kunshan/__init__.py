"""Kunshan: the service month for talent enterprises of 2018, as a newspaper reported it."""

from talentservice import Region, hookimpl, load_region


@hookimpl
def talentservice_region() -> Region:
    """The region, read from the files beside this module."""
    return load_region(__name__)
