"""Who there is: talents, enterprises, bodies, posts, and who serves whom."""

from talentservice.people.roster import NOBODY, Post, Relation, Roster

__all__ = ["NOBODY", "Post", "Relation", "Roster"]
