"""The files forms are written to: their formats, their names, and that none is overwritten."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

from attrs import define, field

from talentservice.cli.form.columns import place_in_name
from talentservice.cli.options import write_out
from talentservice.errors import FormError, InputError
from talentservice.forms import FontSet, FormFile
from talentservice.forms.model import FieldProblem
from talentservice.forms.paper import Printout
from talentservice.forms.render import Marks
from talentservice.forms.ticks import BOXES_OFF, BOXES_ON
from talentservice.forms.values import write
from talentservice.labels import Label
from talentservice.people.identifiers import RESERVED

PLACE = re.compile(r"\{([^{}]*)\}")
# What some system does not take in a file's name, and control characters.
BARRED = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u2028\u2029]')
LONGEST = 50
ONE = Label(zh="本表", en="this form")
NEEDS: Mapping[str, tuple[str, ...]] = {
    "html": (), "docx": ("docx",), "xlsx": ("xlsxwriter",), "pdf": ("typst", "fontTools"),
}  # fmt: skip
_NAME_A_FONT = FieldProblem("", "", Label(zh="字体", en="font"), "name a font that has them with --font", "请用 --font 指明含有这些字的字体")  # fmt: skip


def _html(printout: Printout, fonts: FontSet | None) -> bytes:
    from talentservice.forms.html import to_html

    return to_html(printout, fonts).encode()


def _docx(printout: Printout, fonts: FontSet | None) -> bytes:
    from talentservice.forms.docx import to_docx

    return to_docx(printout, fonts)


def _xlsx(printout: Printout, fonts: FontSet | None) -> bytes:
    from talentservice.forms.xlsx import to_xlsx

    return to_xlsx(printout, fonts)


def _pdf(printout: Printout, fonts: FontSet | None) -> bytes:
    from talentservice.forms.pdf import to_pdf

    try:
        return to_pdf(printout, fonts or FontSet.detect())
    except FormError as error:  # signs that no font has
        problems = (*error.problems, _NAME_A_FONT) if error.problems else ()
        raise FormError(
            f"{error.en} --font names one here.", f"{error.zh}命令行用 --font 指明。", problems, code=error.code
        ) from None


WRITERS: Mapping[str, Callable[[Printout, FontSet | None], bytes]] = {
    "html": _html, "docx": _docx, "xlsx": _xlsx, "pdf": _pdf,
}  # fmt: skip


def formats() -> list[str]:
    """The formats that can be written with what is installed here."""
    return [name for name, packages in NEEDS.items() if all(map(_installed, packages))]


def _installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ValueError:  # it was taken out of what may be imported
        return False


def format_of(name: str) -> str:
    """The format a file's ending names.

    Raises:
        InputError: there is no such format.
    """
    found = Path(PLACE.sub("x", name)).suffix.lower().removeprefix(".")
    if found not in WRITERS:
        endings = [f".{each}" for each in WRITERS]
        en, zh = ("", "") if found else ("; add an ending, or / for a folder", "；请加扩展名，文件夹请在末尾加 /")
        raise InputError(
            f"a form is written to {', '.join(endings)}, not to {Path(name).name!r}{en}",
            f"表单可写成 {'、'.join(endings)}，不能写成“{Path(name).name}”{zh}",
        )
    return found


def fonts_of(files: list[Path] | None, kind: str) -> FontSet | None:
    """The fonts for a format: those named, or for a PDF those this system has.

    Raises:
        InputError: a PDF is asked for and no font is there, or fonts are named for a file that takes none.
    """
    if kind != "pdf":
        if files:
            raise InputError(
                f"--font is for a PDF; a .{kind} takes its fonts from the machine it is opened on",
                f"--font 只用于 PDF；.{kind} 使用打开文件的电脑上的字体",
            )
        return None
    found = FontSet.detect(*files) if files else FontSet.detect()
    if not found.files:
        where_en, where_zh = ("the files named hold", "所列文件") if files else ("this system has", "本机")
        raise InputError(
            f"a PDF needs font files with Chinese signs, {where_en} none that is known; name files or folders with --font",
            f"PDF 需要中文字体文件，{where_zh}中没有可用的；请用 --font 指明字体文件或文件夹",
        )
    return found


def marks_of(text: str | None) -> Marks | None:
    """The signs of a ticked and an empty box, written one after the other.

    Raises:
        InputError: not two signs that are read back as such.
    """
    if text is None:
        return None
    signs = text.replace(" ", "")
    if len(signs) != 2 or signs[0] not in BOXES_ON or signs[1] not in BOXES_OFF:  # noqa: PLR2004  # on and off
        raise InputError(
            f"--marks takes two signs, a ticked one ({BOXES_ON}) and an empty one ({BOXES_OFF}), such as {BOXES_ON[3]}{BOXES_OFF[0]}",
            f"--marks 应为两个符号：勾选（{BOXES_ON}）和未选（{BOXES_OFF}），如 {BOXES_ON[3]}{BOXES_OFF[0]}",
        )
    return Marks(*signs)


def name_for(to: str, form: FormFile, stem: str, kind: str | None, *, many: bool = False) -> str:
    """The path to write to, perhaps with places for values, these by id; for a folder a name is put in.

    A name without an ending is a folder where there are many forms to write, or a format is named.

    Raises:
        InputError, UnknownName: a place names no field that comes once.
    """
    to = PLACE.sub(lambda place: f"{{{place_in_name(form, place[1])}}}", to)
    bare = not Path(PLACE.sub("x", to)).suffix
    meant = bare and (many or kind is not None) and "{" not in Path(to).name
    if meant or to.endswith(("/", "\\")) or Path(to).is_dir():
        return str(Path(to) / f"{stem}-{{n}}.{kind or 'docx'}")
    if kind is None or bare:
        return f"{to}.{kind}" if kind else to
    raise InputError(
        f"--as is for a folder; {to} says its format by its own ending",
        f"--as 只用于文件夹；{to} 的格式由扩展名决定",
    )


def check_free(path: Path, *, force: bool) -> None:
    """Raise InputError where a file is there already that nobody said to replace."""
    if not force and path.exists():
        raise InputError(f"{path} is there already; --force replaces it", f"{path} 已存在；要替换请加 --force")


@define
class Files:
    """Files written one after the other: each name once, and none that is there already unless `force` says so."""

    template: str
    form: FormFile
    width: int
    force: bool
    taken: dict[str, Label] = field(factory=dict)
    written: list[Path] = field(factory=list)

    def path(self, number: int, values: Mapping[str, object], where: Label = ONE) -> Path:
        """The path for the n-th form; where a value of its name is blank the number stands for it.

        Args:
            number: of the form among all.
            values: by slot.
            where: its values stand, as an error names it.

        Raises:
            InputError: it was used before, or a file is there.
        """

        def said(found: re.Match[str]) -> str:
            name = found[1]
            value = "" if name == "n" else self._shown(name, values)
            return safe(value) if value.strip() else f"{number:0{self.width}}"

        path = Path(PLACE.sub(said, self.template))
        same = unicodedata.normalize("NFC", str(path)).casefold()  # some systems do not tell capitals apart
        if same in self.taken:
            first = self.taken[same]
            raise InputError(
                f"the name {path.name} was used for {first.en} already; put {{n}} into --to",
                f"文件名 {path.name} 已用于{first.zh}；请在 --to 中加入 {{n}}",
            )
        check_free(path, force=self.force)
        self.taken[same] = where
        return path

    def write(self, path: Path, data: bytes) -> None:
        """Write a file whole or not at all."""
        write_out(path, data)
        self.written.append(path)

    def _shown(self, name: str, values: Mapping[str, object]) -> str:
        value = values.get(name)
        return "" if value is None else write(self.form.single[name], value)


def safe(text: str) -> str:
    """A text as part of a file's name on every system: it cannot lead to another folder."""
    kept = BARRED.sub("_", unicodedata.normalize("NFC", text)).strip(" .")[:LONGEST].strip(" .") or "_"
    return f"_{kept}" if kept.partition(".")[0].upper() in RESERVED else kept
