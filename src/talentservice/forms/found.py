"""What a reader finds in a file, before anything is made of it: what stands in each blank, and what is not as printed."""

from collections.abc import Iterable

from attrs import define, field, frozen

from talentservice.errors import FileRefused
from talentservice.forms.matching import unmarked
from talentservice.forms.model import FieldProblem
from talentservice.forms.paper import Paper
from talentservice.forms.sheet import Slot
from talentservice.labels import Label, as_label

LONGEST = 40  # what of a text fits a line
_HIDDEN = "…"


@frozen
class Entry:
    """What stands in one blank: `where` names its cell as the office program does; `raw` is text, or what the cell holds."""

    where: str | Label
    slot: Slot
    raw: object = field(repr=False)  # may be personal


@define
class Found:
    """What a reader found in a file: its own form, version and year, entries in order, and what is not as printed."""

    paper: Paper
    form: str | None = None
    version: str | None = None
    year: int | None = None
    entries: list[Entry] = field(factory=list)
    problems: list[FieldProblem] = field(factory=list)

    def check_identity(self) -> None:
        """Raise FileRefused where the file says that it is another form, or another version of this one."""
        own = self.paper.form
        if self.form is not None and self.form != own.id:
            raise FileRefused(
                f"the file is the form {self.form}, not {own.id}",
                f"文件是表单 {self.form}，不是 {own.id}",
                code="other-form",
            )
        if self.version is not None and self.version != own.version:
            raise FileRefused(
                f"the file is version {self.version} of the form {own.id}; version {own.version} is read",
                f"文件是表单 {own.id} 的 {self.version} 版，现行为 {own.version} 版",
                code="other-version",
            )

    def unlike(self, where: str | Label, due: str, text: str, slots: Iterable[Slot] | None = None) -> None:
        """Note that a printed label or sentence is not there, and what stands there instead.

        Args:
            where: the cell or line.
            due: what is printed.
            text: what was found; it is not told where it may be somebody's name or number.
            slots: the blanks it may belong to; without them any of the form's.
        """
        due, told = _short(due), self._told(text, slots)
        got_en, got_zh = (f"got '{told}'", f"实为“{told}”") if told else ("nothing stands here", "此处为空")
        self.note(where, as_label(due), f"'{due}' is printed here, {got_en}", f"应为“{due}”，{got_zh}")

    def beyond(self, where: str | Label, text: str, slots: Iterable[Slot] | None = None) -> None:
        """Note what stands where the form has nothing: it would be lost."""
        told = self._told(text, slots)
        en, zh = "no part of the form; delete it, or write it in a field", "不是表中内容，请删去或写入栏目"
        self.note(where, Label(zh="表外", en="beside the form"), f"'{told}' is {en}", f"“{told}”{zh}")

    def _told(self, text: str, slots: Iterable[Slot] | None) -> str:
        fields = (f for _, f in self.paper.form.entries()) if slots is None else (s.field for s in slots)
        return _HIDDEN if text.strip() and any(f.personal for f in fields) else _short(text)

    def note(self, where: str | Label, label: Label, en: str, zh: str) -> None:
        """Note anything else that is not as printed."""
        self.problems.append(FieldProblem(where, "", label, en, zh))


def _short(text: str) -> str:
    """A text on one line, cut to what fits it."""
    line = " ".join(unmarked(text).split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
