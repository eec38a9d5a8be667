"""What is wrong with a layout, each with its place in the file."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from attrs import frozen

from talentservice.errors import did_you_mean
from talentservice.forms.sheet import Piece, Slot
from talentservice.forms.spec import FormFile

Path = tuple[str | int, ...]


@frozen
class Fault:
    """One thing that is wrong: `path` leads to it in the form's file."""

    path: Path
    en: str
    zh: str


def no_such(path: Path, what_en: str, what_zh: str, name: str, known: Sequence[str]) -> Fault:
    """A name that is not there, with the nearest that is, or all of them where they are few."""
    near = did_you_mean(name, list(known))
    few = len(known) <= 8  # noqa: PLR2004  # what a line holds
    en = f"did you mean {near!r}?" if near else f"there is: {', '.join(known) or 'none'}" if few else ""
    zh = f"是否指“{near}”？" if near else f"现有：{'、'.join(known) or '无'}" if few else ""
    return Fault(
        path, f"there is no {what_en} {name!r}" + (en and f"; {en}"), f"没有{what_zh}“{name}”" + (zh and f"；{zh}")
    )


def unplaced(form: FormFile, placed: Mapping[str, Sequence[Path]], shift: int) -> Iterator[Fault]:
    """What is wrong with the choice of fields: each is placed once, or hidden on purpose."""
    names: dict[str, list[str]] = {}
    for index, group in enumerate(form.groups):
        for number, field in enumerate(group.fields):
            name = field.id if not (group.repeat or group.all_years) else f"{group.at}.{field.id}"
            keys = [f"{group.at}.{year + shift}.{field.id}" for year in group.all_years]
            names[name] = keys = keys or [f"{group.at}.0.{field.id}" if group.repeat else name]
            if (paths := next((p for key in keys if len(p := placed.get(key, ())) > 1), None)) is not None:
                yield Fault(paths[1], f"the field {name} is placed twice", f"栏目“{name}”重复放置")
            lost = [key for key in keys if key not in placed]
            for key in [] if name in form.hidden else [name] if len(lost) == len(keys) else lost:
                yield Fault(
                    ("groups", index, "fields", number),
                    f"the field {key} is placed nowhere; name it in hidden if that is meant",
                    f"栏目“{key}”未放入版式（有意不印的请列入 hidden）",
                )
    for index, name in enumerate(form.hidden):
        if name not in names:
            yield no_such(("hidden", index), "field", "栏目", name, list(names))
        elif any(key in placed for key in names[name]):
            yield Fault(
                ("hidden", index), f"the field {name} is hidden, and placed", f"栏目“{name}”既列入 hidden，又已放置"
            )


def unparted(path: Path, pieces: Sequence[Piece]) -> Iterator[Fault]:
    """Blanks that nothing parts: nobody could tell what stands in which; only a choice shows where it ends."""
    for one, two in pairwise(pieces):
        if isinstance(one, Slot) and isinstance(two, Slot) and not (one.field.choices and not one.field.other):
            a, b = one.field.id, two.field.id
            yield Fault(
                path, f"words are due between the blanks {{{a}}} and {{{b}}}", f"空白 {{{a}}} 与 {{{b}}} 之间须有文字"
            )


def stray_braces(path: Path, text: str) -> Iterator[Fault]:
    """Braces that are no blank."""
    if "{" in text or "}" in text:
        yield Fault(
            path, f"a blank is written {{field.id}}, not as in {text!r}", f"空白写作 {{栏目编号}}，不能写作“{text}”"
        )
