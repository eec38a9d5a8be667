"""Where one actor stands, in numbers and words."""

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from talentservice.conditions import Verdict
from talentservice.events import Event
from talentservice.labels import Label
from talentservice.quotas.spec import STRENGTHS, Quota, Strength
from talentservice.steps import plain


@frozen
class Tally:
    """Where one actor stands: how many are done of how many.

    `reached` is None where the quota does not apply, or nobody has decided whether it does; `label` says which and why.
    """

    actor: str
    done: int
    wanted: int
    missing: int
    reached: bool | None
    strength: Strength
    label: Label
    of: int | None = None
    events: tuple[Event, ...] = field(default=(), repr=False)
    aim: int | None = None

    def to_dict(self) -> dict[str, object]:
        """The tally as JSON values, with the events it rests on."""
        return {
            "actor": self.actor,
            "done": self.done,
            "wanted": self.wanted,
            "missing": self.missing,
            "reached": self.reached,
            "strength": self.strength,
            "of": self.of,
            "aim": self.aim,
            "zh": self.label.zh,
            "en": self.label.en,
            "events": [plain(e.to_dict()) for e in self.events],
        }


def why_not(applies: Verdict, among: Label | None) -> Label:
    """Why a quota says neither reached nor not reached."""
    if applies is Verdict.UNDECIDED:
        return Label(zh="是否适用须由人决定", en="whether it applies needs a decision")
    if applies is Verdict.NO or among is None:
        return Label(zh="不适用：不属于适用对象", en="not applicable: the quota is not for this post")
    return Label(
        zh=f"不适用：期间内没有“{among.zh}”", en=f"not applicable: there is none of {among.en!r} in the period"
    )


def within(spec: Quota, done: int) -> bool:
    """Whether the number is reached; every bound is inclusive."""
    if spec.exactly is not None:
        return done == spec.exactly
    return (spec.at_least is None or done >= spec.at_least) and (spec.at_most is None or done <= spec.at_most)


def words(spec: Quota, done: int, wanted: int, of: int | None) -> Label:
    """The number wanted and the number there is, in words."""
    strength = STRENGTHS[spec.strength]
    if spec.at_least_percent is not None:
        share = f"{spec.at_least_percent}%"
        return Label(
            zh=f"{strength.zh}至少 {share}（即 {wanted}），实际 {done}/{of}",
            en=f"at least {share}, that is {wanted} ({strength.en}), has {done} of {of}",
        )
    if spec.at_least and spec.at_most:
        zh, en = f" {spec.at_least} 至 {spec.at_most}", f"{spec.at_least} to {spec.at_most}"
    elif spec.exactly:
        zh, en = f"恰好 {wanted}", f"exactly {wanted}"
    elif spec.at_most:
        zh, en = f"至多 {wanted}", f"at most {wanted}"
    else:
        zh, en = f"至少 {wanted}", f"at least {wanted}"
    aim_zh, aim_en = (f"（目标 {spec.aim}）", f", aim {spec.aim}") if spec.aim else ("", "")
    return Label(zh=f"{strength.zh}{zh}{aim_zh}，实际 {done}", en=f"{en}{aim_en} ({strength.en}), has {done}")


def by_actor(tallies: Iterable[Tally]) -> Mapping[str, Tally]:
    """The tallies by actor."""
    return {t.actor: t for t in tallies}
