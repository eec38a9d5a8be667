"""Who there is and who serves whom: posts, not persons."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Self

from pydantic import Field, model_validator

from talentservice.errors import unknown
from talentservice.labels import Label
from talentservice.strict import Id, Strict, in_order


class Body(Strict):
    """A department, town or other unit that serves; nothing of it is personal."""

    id: Id
    label: Label
    facts: dict[str, object] = Field(default_factory=dict)

    def to_dict(self) -> dict[str, object]:
        """The body as JSON values."""
        return self.model_dump(mode="json")


class Post(Strict):
    """A post: the roles it holds, the body it belongs to, and facts conditions may look at. Who fills it is the deployer's."""

    id: Id
    label: Label
    roles: list[Id] = Field(min_length=1)
    body: Id | None = None
    facts: dict[str, Any] = {}


class Relation(Strict):
    """A post serves a talent or an enterprise from `since` to `until`, both inclusive; None means it goes on."""

    post: Id
    subject: Id
    since: date
    until: date | None = None
    facts: dict[str, Any] = {}

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        in_order(self.since, self.until)
        return self

    def stands_on(self, day: date) -> bool:
        """Whether the relation stands on that day."""
        return self.since <= day and (self.until is None or day <= self.until)


class Roster(Strict):
    """The posts there are, the bodies they belong to, and the relations between posts and those they serve.

    `served` lists the talents and enterprises that are to be served, whether or not anybody serves them yet.
    """

    bodies: list[Body] = []
    served: list[Id] = []
    posts: list[Post] = []
    relations: list[Relation] = []

    @model_validator(mode="after")
    def _sound(self) -> Self:
        ids = [p.id for p in self.posts]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"posts listed twice: {', '.join(twice)}")
        stray = sorted({r.post for r in self.relations} - set(ids))
        if stray:
            raise ValueError(f"relations of posts that are not listed: {', '.join(stray)}")
        return self

    def post(self, name: str) -> Post:
        """The post of that id; UnknownName lists those there are."""
        found = next((p for p in self.posts if p.id == name), None)
        if found is None:
            raise unknown("post", "岗位", name, [p.id for p in self.posts])
        return found

    def holding(self, role: str) -> list[Post]:
        """The posts that hold a role, in order."""
        return self._holding.get(role, [])

    def holds(self, post: str | None, role: str) -> bool:
        """Whether that post holds the role."""
        return post is not None and post in self._ids_holding.get(role, frozenset())

    @cached_property
    def _holding(self) -> dict[str, list[Post]]:
        roles = dict.fromkeys(role for post in self.posts for role in post.roles)
        return {role: [p for p in self.posts if role in p.roles] for role in roles}

    @cached_property
    def _ids_holding(self) -> dict[str, frozenset[str]]:
        return {role: frozenset(p.id for p in posts) for role, posts in self._holding.items()}

    def serving(self, subject: str, day: date) -> Iterator[Post]:
        """The posts that serve a talent or enterprise on that day."""
        for relation in self.relations:
            if relation.subject == subject and relation.stands_on(day):
                yield self.post(relation.post)

    def names(self) -> Mapping[str, Label]:
        """Every post's and body's name by id."""
        return {b.id: b.label for b in self.bodies} | {p.id: p.label for p in self.posts}


NOBODY = Roster()
