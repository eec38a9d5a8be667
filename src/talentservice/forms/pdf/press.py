"""The compiler of PDFs with a set of fonts: made once, and sure of a glyph for every sign before it prints (extra `pdf`)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any

from attrs import field, frozen

from talentservice.errors import FormError, InputError, MissingExtra
from talentservice.forms.fonts import ROLES, FontSet, Role
from talentservice.forms.glyphs import BROUGHT, UNSEEN, Face, faces, held
from talentservice.forms.model import FieldProblem
from talentservice.forms.paper import Printout
from talentservice.forms.render import Run, Said
from talentservice.forms.sheet import Grid, Slot
from talentservice.forms.values import write
from talentservice.labels import Label

SPOKEN: Mapping[str, Role] = {"annex": "label", "title": "title", "heading": "label", "annex-heading": "label"}
NUMBERING = "0123456789 —"  # page numbers
REGULAR, BOLD = 400, 700  # a title is as heavy as its font gets: 小标宋 is heavy, and has one weight
ROLE_NAMES: Mapping[Role, Label] = {
    "body": Label(zh="正文", en="body"),
    "title": Label(zh="标题", en="title"),
    "label": Label(zh="栏目", en="label"),
    "box": Label(zh="方框", en="box"),
}
TOLD = 12  # signs that an error names
_MORE = Label(zh="其余", en="the others")
PRINTED = Label(zh="表中印制的文字", en="words the form prints")
Families = dict[str, list[str]]


@frozen
class Family:
    """A font as the compiler knows it; the file it is in, unless the compiler brings it."""

    name: str
    path: Path | None = None
    index: int = 0

    @property
    def signs(self) -> frozenset[str]:
        """The signs it holds; read from its file when first asked for, as most fonts of a folder never are."""
        return BROUGHT[self.name] if self.path is None else held(self.path, self.index)


@frozen(eq=False)
class Press:
    """A compiler with its fonts: by role the families of the chain, best first; then the others there are, for signs these lack."""

    compiler: Any  # typst has no classes of its own to name here: it is optional
    template: bytes
    chains: Mapping[Role, tuple[Family, ...]]
    others: tuple[Family, ...]
    lock: Lock = field(factory=Lock)

    def printed(self, data: str) -> bytes:
        """The PDF of a form's cells, as JSON."""
        with self.lock:  # the compiler may be asked by one at a time
            made: bytes = self.compiler.compile(input=self.template, format="pdf", sys_inputs={"form": data})
        return made

    def families(self, printout: Printout) -> Families:
        """The families each role of a form is printed in, such that every sign has a glyph.

        Raises:
            FormError: there is none for some signs; names them and where they stand.
        """
        chosen: Families = {}
        lacking: dict[Role, set[str]] = {}
        for role, signs in _signs(printout).items():
            used = [*self.chains[role]]
            missing = signs.difference(UNSEEN, *(family.signs for family in used))
            for family in self.others if missing else ():
                if family not in used and missing & family.signs:
                    used.append(family)
                    missing -= family.signs
            if missing:
                lacking[role] = missing
            chosen[role] = [family.name for family in used]
        if lacking:
            raise _no_glyphs(printout, lacking)
        return chosen


@lru_cache(maxsize=8)
def press(fonts: FontSet) -> Press:
    """The compiler for a set of fonts.

    Raises:
        InputError: the set has no files, or one is not there.
        MissingExtra: typst or fontTools is not installed.
    """
    if not fonts.files:
        raise InputError(
            "a PDF needs font files: give FontSet(files=[…]), or look for them by FontSet.detect()",
            "生成 PDF 需要字体文件：请给出 FontSet(files=[…])，或用 FontSet.detect() 查找",
        )
    listed = faces(fonts.files)
    typst = _typst()
    known = typst.Fonts(
        include_system_fonts=False, font_paths=sorted({str(face.path.resolve().parent) for face in listed})
    )
    book = _Book(known.fonts())
    return Press(
        compiler=typst.Compiler(b"", font_paths=known, ignore_system_fonts=True),
        template=files("talentservice.forms.pdf").joinpath("form.typ").read_bytes(),
        chains={role: tuple(book.chain(fonts.chain(role), listed, _weight(role))) for role in ROLES},
        others=tuple(dict.fromkeys(f for face in listed if (f := book.family(face, REGULAR)))),
    )


def _typst() -> ModuleType:
    try:
        import typst
    except ImportError:
        raise MissingExtra("typst", "pdf") from None
    return typst


def _weight(role: Role) -> int:
    return BOLD if role == "title" else REGULAR


class _Book:
    """The fonts as the compiler has read them: it knows families by one name each, and picks the nearest weight."""

    def __init__(self, known: Sequence[Any]) -> None:
        self._by_place: dict[tuple[Path, int], str] = {}
        self._by_family: dict[str, list[Any]] = defaultdict(list)
        for font in known:
            if font.path is not None:
                self._by_place[Path(font.path).resolve(), font.index] = font.family
                self._by_family[font.family].append(font)

    def family(self, face: Face, weight: int) -> Family | None:
        """The family a font belongs to, and the file of the one that is printed at that weight."""
        name = self._by_place.get((face.path.resolve(), face.index))
        if name is None:
            return None
        nearest = min(self._by_family[name], key=lambda f: (f.style != "normal", abs(f.stretch - 1), abs(f.weight - weight)))  # fmt: skip
        return Family(name, Path(nearest.path), nearest.index)

    def chain(self, names: Sequence[str], listed: Sequence[Face], weight: int) -> Iterator[Family]:
        """The families of those names of a chain that are there."""
        done: set[str] = set()
        for name in names:
            of_name = [self.family(face, weight) for face in listed if name.casefold() in face.names]
            brought = [Family(name)] if name in BROUGHT else []
            for family in [f for f in of_name if f] or brought:
                if family.name not in done:
                    done.add(family.name)
                    yield family


# -- signs -------------------------------------------------------------------------------------------------------------------


def _signs(printout: Printout) -> dict[Role, set[str]]:
    """The signs a form prints, by role."""
    signs: dict[Role, set[str]] = {"body": set(NUMBERING), "title": set(), "label": set(), "box": set()}
    for role, run in _spoken(printout):
        signs["box" if run.kind == "box" else role].update(run.text)
    return signs


def _spoken(printout: Printout) -> Iterator[tuple[Role, Run]]:
    """Every run with the role of its place."""
    for part in printout.parts:
        if isinstance(part, Said):
            role = SPOKEN.get(part.style, "body")
            yield from ((role, run) for run in part.runs)
        else:
            for shown in part.cells:
                role = "label" if shown.place.label else "body"
                yield from ((role, run) for run in (*shown.runs, *shown.foot))


def _no_glyphs(printout: Printout, lacking: Mapping[Role, set[str]]) -> FormError:
    """The error that names the signs, a dozen of them, and the fields they stand in: never the values."""
    every = [p for role, signs in lacking.items() for sign in sorted(signs) for p in _places(printout, role, sign)]
    problems, more = every[:TOLD], len(every) - TOLD
    if more > 0:
        problems.append(FieldProblem(_MORE, "", Label(zh="字体", en="fonts"), f"and {more} more", f"另有 {more} 处"))
    lines = {lang: "\n".join(p.line(lang) for p in problems) for lang in ("en", "zh")}
    en = "Add a font that has them to FontSet(files=…), such as one that holds all of GB 18030 (Noto Serif SC does)"
    zh = "请在 FontSet(files=…) 中加入含有这些字的字体，如符合 GB 18030 的字体（思源宋体等）"
    if "box" in lacking:
        en += "; for boxes other signs may do: marks=Marks(on='√', off='□')"
        zh += "；方框也可改用其他符号：marks=Marks(on='√', off='□')"
    return FormError(f"no font has a glyph for some signs:\n{lines['en']}\n{en}.", f"所给字体缺字：\n{lines['zh']}\n{zh}。", tuple(problems))  # fmt: skip


def _places(printout: Printout, role: Role, sign: str) -> Iterator[FieldProblem]:
    """Where a sign stands: in which fields' values, or else in the words the form prints."""
    font = ROLE_NAMES[role]
    en = f"no {font.en} font has {sign!r} (U+{ord(sign):04X})"
    zh = f"{font.zh}字体均无“{sign}”（U+{ord(sign):04X}）"
    slots = {slot.key: slot for slot in _slots(printout)}
    filled = [] if role in ("label", "box") else [
        (key, slots[key].field) for key, value in printout.slots.items() if key in slots and sign in write(slots[key].field, value)
    ]  # fmt: skip
    yield from (FieldProblem(key, key, item.label, en, zh) for key, item in filled)
    if not filled:
        words = next((run.text for r, run in _spoken(printout) if sign in run.text and run.kind in ("label", "text", "box", "hint")), "")  # fmt: skip
        yield FieldProblem(words, "", PRINTED, en, zh)


def _slots(printout: Printout) -> Iterator[Slot]:
    for part in printout.sheet.parts:
        if isinstance(part, Grid):
            yield from (slot for cell in part.cells for slot in cell.slots)
        else:
            yield from (slot for sentence in part.sentences for slot in sentence.slots)
