"""What a reader finds in a file, before anything is made of it: what stands in each blank, and what is not as printed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal

from attrs import define, field, frozen

from talentservice.errors import FileRefused
from talentservice.forms.fields import NO_VALUE
from talentservice.forms.matching import same_words, unmarked
from talentservice.forms.model import FieldProblem
from talentservice.forms.paper import Paper
from talentservice.forms.sheet import Slot
from talentservice.forms.spec import FormFile
from talentservice.labels import Label, as_label

LONGEST = 40  # what of a text fits a line
_HIDDEN = "…"
# What no reader looks at: its name, and what to do instead; what is signed or sealed belongs nowhere else.
Unseen = Literal["comments", "headers", "pictures", "footnotes", "signatures"]
_INTO = ("请写入栏目", "write them in a field")
_UNSEEN: Mapping[Unseen, tuple[Label, tuple[str, str] | None]] = {
    "comments": (Label(zh="批注", en="comments"), _INTO),
    "headers": (Label(zh="页眉、页脚的文字", en="headers and footers"), _INTO),
    "pictures": (Label(zh="图片、图形", en="pictures and drawings"), ("请以文字写入栏目", "write in words what they show")),
    "footnotes": (Label(zh="脚注、尾注", en="footnotes and endnotes"), _INTO),
    "signatures": (Label(zh="签字、盖章处的文字", en="words in the place of a signature or seal"), None),
}  # fmt: skip
THE_FILE = Label(zh="文件", en="the file")


@frozen
class Entry:
    """What stands in one blank: `where` names its cell as the office program does; `raw` is text, or what the cell holds."""

    where: str | Label
    slot: Slot
    raw: object = field(repr=False)  # may be personal


@define
class Found:
    """What a reader found in a file: its own form, version and year, entries in order, and what is not as printed.

    `warnings` tell of things beside the values that no reader looks at; the values are sound all the same.
    """

    paper: Paper
    form: str | None = None
    version: str | None = None
    year: int | None = None
    entries: list[Entry] = field(factory=list)
    problems: list[FieldProblem] = field(factory=list)
    warnings: list[FieldProblem] = field(factory=list)
    unread: list[str] = field(factory=list)  # blanks in which something may stand that could not be told apart
    order: Callable[[Label], tuple[int, ...]] | None = None  # of places, where problems are not found in reading order
    _unseen: set[str] = field(factory=set, init=False)

    def take(self, where: str | Label, values: Iterable[tuple[Slot, str]]) -> None:
        """Keep what stands in blanks; what is typed where a signature or seal is due is told as not read."""
        for slot, text in values:
            if slot.field.type in NO_VALUE:
                self.unseen("signatures", where)
            else:
                self.entries.append(Entry(where, slot, text))

    def check_identity(self) -> None:
        """Raise FileRefused where the file says that it is another form, or another version of this one."""
        own, name = self.paper.form, title_of(self.paper.form)
        if self.form is not None and self.form != own.id:
            raise FileRefused(
                f"the file is another form, not '{name.en}'", f"文件是另一份表单，不是“{name.zh}”", code="other-form"
            )
        if self.version is not None and self.version != own.version:
            raise FileRefused(
                f"the file is version {self.version} of the form '{name.en}'; version {own.version} is read",
                f"文件是表单“{name.zh}”的 {self.version} 版，现行为 {own.version} 版",
                code="other-version",
            )

    def unlike(
        self,
        where: str | Label,
        due: str,
        text: str,
        slots: Iterable[Slot] | None = None,
        *,
        label: Label | None = None,
        unread: Iterable[Slot] | None = None,
    ) -> None:
        """Note that a printed label or sentence is not there, and what stands there instead.

        Args:
            where: the cell or line.
            due: what is printed.
            text: what was found; it is not told where it may be somebody's name or number.
            slots: the blanks it may belong to; without them any of the form's.
            label: what the place is called; without it what the field with that label is called, or the one that is unread.
            unread: the blanks in which something may stand that is not read; without them `slots`, where anything stands.
        """
        kept = None if slots is None else tuple(slots)
        lost = tuple((kept or ()) if unread is None else unread)
        label = label or self._label(due, kept or lost) or label_of_one(lost)
        if unread is not None or unmarked(text).strip():
            self.lose(lost)
        due, told = _short(due), self._told(text, kept)
        got_en, got_zh = (f"got '{told}'", f"实为“{told}”") if told else ("nothing stands here", "此处为空")
        self.note(where, label or as_label(due), f"'{due}' is printed here, {got_en}", f"应为“{due}”，{got_zh}")

    def lose(self, slots: Iterable[Slot]) -> None:
        """Note blanks in which something may stand that is not read."""
        self.unread += [slot.key for slot in slots if slot.field.type not in NO_VALUE]

    def missing_row(self, where: str | Label, due: str) -> None:
        """Note that a printed row is not there, named by its label."""
        said = _short(due)
        en, zh = f"the row '{said}' is missing; use a blank form", f"缺少“{said}”一行，请用空白表重填"
        self.note(where, self._label(due, ()) or as_label(said), en, zh)

    def beyond(self, where: str | Label, text: str, slots: Iterable[Slot] | None = None) -> None:
        """Note what stands where the form has nothing: it would be lost."""
        told = self._told(text, slots)
        en, zh = "no part of the form; delete it, or write it in a field", "不是表中内容，请删去或写入栏目"
        self.note(where, Label(zh="表外", en="beside the form"), f"'{told}' is {en}", f"“{told}”{zh}")

    def unseen(self, kind: Unseen, where: str | Label = THE_FILE) -> None:
        """Note once that things of a kind stand in the file, first in `where`, and that they are not read; never what they say."""
        if kind not in self._unseen:
            self._unseen.add(kind)
            label, advice = _UNSEEN[kind]
            zh, en = (f"，{advice[0]}", f"; {advice[1]}") if advice else ("", "")
            warning = FieldProblem(where, "", label, f"{label.en} are not read{en}", f"{label.zh}不读取{zh}")
            self.warnings.append(warning)

    def _label(self, due: str, slots: Iterable[Slot]) -> Label | None:
        """The label in both languages of the one field, or group, that is printed so; of a blank close by, or any."""
        near = [s.field for s in slots]
        groups = self.paper.form.groups
        for fields in (near, [f for g in groups for f in g.fields]):
            labels = [f.label for f in fields if same_words(f.shown, due) or same_words(f.label.zh, due)]
            if labels:
                return labels[0] if all(label == labels[0] for label in labels) else None
        return next((g.label for g in groups if same_words(g.label.zh, due)), None)

    def _told(self, text: str, slots: Iterable[Slot] | None) -> str:
        fields = (f for _, f in self.paper.form.entries()) if slots is None else (s.field for s in slots)
        return _HIDDEN if unmarked(text).strip() and any(f.personal for f in fields) else _short(text)

    def note(self, where: str | Label, label: Label, en: str, zh: str) -> None:
        """Note anything else that is not as printed."""
        self.problems.append(FieldProblem(where, "", label, en, zh))


def label_of_one(slots: Sequence[Slot]) -> Label | None:
    """What a place is called in which there is one blank."""
    return slots[0].field.label if len(slots) == 1 else None


def title_of(form: FormFile) -> Label:
    """What people call a form: its title, and what it prints in its fields by itself, as forms may have one title."""
    constants = [f for g in form.groups for f in g.fields if f.constant]
    zh = "、".join(f"{f.label.zh}：{f.constant}" for f in constants)
    en = ", ".join(f"{f.label.en}: {f.constant}" for f in constants)
    return Label(zh=f"{form.title.zh}（{zh}）", en=f"{form.title.en} ({en})") if constants else form.title


def _short(text: str) -> str:
    """A text on one line, cut to what fits it."""
    line = " ".join(unmarked(text).split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
