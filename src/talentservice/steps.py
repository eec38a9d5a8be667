"""One step of an explanation: what was done, with the facts, in both languages."""

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

from talentservice.errors import Lang
from talentservice.labels import Label, fill


@frozen(slots=False)  # a frozen class is built faster without slots, and an explanation has a step for every day
class Step:
    """A step: `kind` is stable for programs, `zh` and `en` are templates over `facts`."""

    kind: str
    zh: str
    en: str
    facts: Mapping[str, object] = field(factory=dict)

    def text(self, lang: Lang) -> str:
        """The step as one sentence."""
        return fill(self.zh if lang == "zh" else self.en, self.facts, lang)

    def to_dict(self) -> dict[str, object]:
        """The step as JSON values: dates as ISO text, labels in both languages."""
        return {"kind": self.kind, "zh": self.text("zh"), "en": self.text("en"), "facts": plain(self.facts)}


def plain(value: object) -> object:
    """A value as JSON knows it: dates and exact numbers as text, labels as their two texts."""
    match value:
        case Label():
            return {"zh": value.zh, "en": value.en}
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case set() | frozenset():
            return sorted(str(plain(item)) for item in value)
        case None | bool() | int() | str():
            return value
    return str(value)
