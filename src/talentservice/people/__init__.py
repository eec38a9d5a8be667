"""Who there is: talents, enterprises, bodies, posts, and who serves whom.

Rosters are everywhere; persons and their identifiers are only read where somebody hands one in, so they load on first use.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from talentservice.people.roster import NOBODY, Body, Post, Relation, Roster

if TYPE_CHECKING:
    from talentservice.people.identifiers import credit_code, identity_number, phone_number, ticket_number
    from talentservice.people.masking import mask_identity, mask_name, mask_phone, scrub
    from talentservice.people.persons import Enterprise, Talent, read

_HOMES = {
    "identifiers": ("credit_code", "identity_number", "phone_number", "ticket_number"),
    "masking": ("mask_identity", "mask_name", "mask_phone", "scrub"),
    "persons": ("Enterprise", "Talent", "read"),
}

__all__ = [
    "NOBODY",
    "Body",
    "Enterprise",
    "Post",
    "Relation",
    "Roster",
    "Talent",
    "credit_code",
    "identity_number",
    "mask_identity",
    "mask_name",
    "mask_phone",
    "phone_number",
    "read",
    "scrub",
    "ticket_number",
]


def __getattr__(name: str) -> object:
    home = next((module for module, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
