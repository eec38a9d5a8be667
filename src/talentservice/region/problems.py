"""What is wrong with a region's files, told so that a policy engineer can act on it."""

from collections.abc import Collection, Iterable

from attrs import frozen
from pydantic import BaseModel, ValidationError

from talentservice.errors import Lang, RegionFileError, did_you_mean
from talentservice.labels import Label

LISTED = 24
LONGEST = 1000


@frozen
class Wrong:
    """A validation error with what was validated, as what, and keys that are allowed besides the model's own."""

    error: ValidationError
    data: object
    model: type[BaseModel]
    more: tuple[str, ...] = ()


@frozen(order=True)
class Problem:
    """One problem: file and line (from 1), the clause, the key, and what is wrong, allowed and likely meant.

    The line is 0 for a region made from a dict.
    """

    file: str
    line: int
    clause: str
    key: str
    en: str
    zh: str

    def text(self, lang: Lang) -> str:
        """The problem in one line."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        parts = [where, *([self.clause] if self.clause else []), *([self.key] if self.key else [])]
        return " ".join(parts) + ("：" if lang == "zh" else ": ") + (self.zh if lang == "zh" else self.en)

    def to_dict(self) -> dict[str, object]:
        """The problem as JSON values."""
        return {
            "file": self.file,
            "line": self.line,
            "clause": self.clause,
            "key": self.key,
            "en": self.en,
            "zh": self.zh,
        }


def said(zh: str, en: str) -> Label:
    """What a problem says; it may quote anything an author wrote, so signs that do not print are written out."""
    return Label.model_construct(zh=printable(zh), en=printable(en))


def printable(text: str) -> str:
    """A text for a message: signs that do not print are written out, and a very long text is cut."""
    text = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return text if text.isprintable() else "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


_FILES = Label(zh="规则文件有", en="in the region's files")
_CHOSEN = Label(zh="按所选口径、参数或修改，规则有", en="with the readings, parameters or changes given")


def raise_all(region: str, problems: Iterable[Problem], *, chosen: bool = False) -> None:
    """Raise one RegionFileError for all problems, in order of file and line; nothing when there is none.

    `chosen` says that the files by themselves are sound: the problems come with the choices made.
    """
    found = tuple(sorted(set(problems)))
    if found:
        where = _CHOSEN if chosen else _FILES
        count = "1 problem" if len(found) == 1 else f"{len(found)} problems"
        raise RegionFileError(
            "\n".join([f"{region}: {count} {where.en}", *(p.text("en") for p in found)]),
            "\n".join([f"{region}：{where.zh} {len(found)} 处问题", *(p.text("zh") for p in found)]),
            found,
        )


def no_such(start: Label, name: str, known: Collection[str]) -> Label:
    """Nothing has that name: what was likely meant, otherwise what there is.

    Args:
        start: the beginning of the sentence, such as "there is no role".
        name: the name that was found.
        known: the names there are.
    """
    near = did_you_mean(name, list(known))
    listed = sorted(known)[:LISTED] + (["…"] if len(known) > LISTED else [])
    return said(
        zh=f"{start.zh}“{name}”" + (f"；是否指“{near}”？" if near else f"；可用：{'、'.join(listed) or '无'}"),
        en=f"{start.en} {name!r}"
        + (f". Did you mean {near!r}?" if near else f"; there is: {', '.join(listed) or 'none'}"),
    )
