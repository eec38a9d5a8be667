"""Who there is: talents, enterprises, bodies, posts, and who serves whom."""

from talentservice.people.identifiers import credit_code, identity_number, phone_number, ticket_number
from talentservice.people.masking import mask_identity, mask_name, mask_phone, scrub
from talentservice.people.persons import Body, Enterprise, Talent, read
from talentservice.people.roster import NOBODY, Post, Relation, Roster

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
