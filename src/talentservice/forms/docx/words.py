"""The text of a Word document as it shows: deleted, struck and hidden text is left out, and so are the prompts of empty controls."""

from collections.abc import Callable

from attrs import define

from talentservice.errors import FileRefused
from talentservice.forms.docx.limits import SIGNS
from talentservice.forms.docx.shell import WORD
from talentservice.forms.docx.stream import Attributes, Stream
from talentservice.forms.matching import OFF, ON
from talentservice.forms.render import MARKS

STRICT_WORD = "http://purl.oclc.org/ooxml/wordprocessingml/main"
# Ticked and empty boxes of Wingdings and Wingdings 2, in which Word and WPS draw them.
_TICKED, _EMPTY = (0xFE, 0xFD, 0xFC, 0x52, 0x53, 0x50), (0xA8, 0x6F, 0x71, 0x72, 0xA3)
_SYMBOLS = {**dict.fromkeys(_TICKED, MARKS.on), **dict.fromkeys(_EMPTY, MARKS.off)}
_DRAWN = {base + code: sign for code, sign in _SYMBOLS.items() for base in (0, 0xF000)}
_UNSEEN = ("moveFrom", "rPrChange", "pPrChange", "tblPrChange", "tcPrChange", "trPrChange", "tblPr", "tblGrid", "rt")
_BLANKS = str.maketrans("\t\r\n", "   ")


@define(eq=False)
class _Run:
    underlined: bool = False
    hidden: bool = False
    symbols: bool = False


class Words(Stream):
    """Puts together the text of each paragraph, and hands it to `finished`; what is underlined stands between `ON` and `OFF`."""

    def __init__(self) -> None:
        super().__init__()
        self.prefix = ""
        self.open = 0  # paragraphs that are open: one in another stands in a text box
        self.signs = 0
        self.joined = False  # the end of the paragraph is deleted: the next one goes on in it
        self.look = False
        self._text: list[str] = []
        self._runs: list[_Run] = []
        self._kept = self._prompt = False
        self._prompts: list[bool] = []
        self._ticked: bool | None = None

    def finished(self, text: str) -> None:
        """Take the text of a paragraph."""

    @property
    def shown(self) -> bool:
        """Whether what stands here shows: it is not hidden, and no prompt."""
        return not any(self._prompts) and not (self._runs and self._runs[-1].hidden)

    def fresh(self) -> None:
        """Begin anew: nothing is carried over from the paragraph before."""
        self._text, self.joined, self.signs = [], False, 0

    def root(self, attrs: Attributes) -> None:
        """Learn the document's own prefix, and with it the names of the elements."""
        spaces = {value: key.partition(":")[2] for key, value in attrs.items() if key.startswith("xmlns")}
        found = spaces.get(WORD, spaces.get(STRICT_WORD))
        if found is None:
            raise FileRefused("the file is no Word document", "文件不是 Word 文档", code="file-type")
        self.prefix = f"{found}:" if found else ""
        begins, ends = self.known()
        self.begins = {self.prefix + name: begin for name, begin in begins.items()}
        self.begins |= {self.prefix + name: self.skip for name in _UNSEEN}
        self.begins |= {"mc:Fallback": self.skip, "m:t": self._words}
        self.ends = {self.prefix + name: end for name, end in ends.items()} | {"m:t": self._words_end}

    def known(self) -> tuple[dict[str, Callable[[Attributes], None]], dict[str, Callable[[], None]]]:
        """What is done where an element begins, and where it ends."""
        return {
            "p": self._paragraph, "pPr": self._paragraph_look, "r": self._run, "t": self._words, "u": self._underline,
            "vanish": self._hide, "strike": self._hide, "dstrike": self._hide, "rFonts": self._font, "sym": self._symbol, "tab": self._blank, "ptab": self._blank,
            "br": self._line, "cr": self._line, "noBreakHyphen": self._hyphen, "instrText": self.take, "checkBox": self._box,
            "default": self._tick, "checked": self._tick, "sdt": self._control, "showingPlcHdr": self._to_prompt,
            "sdtContent": self._content, "del": self.deleted,
        }, {
            "p": self._paragraph_end, "pPr": self._paragraph_look_end, "r": self._run_end, "t": self._words_end,
            "instrText": self._field_end, "checkBox": self._box_end, "sdtContent": self._content_end,
        }  # fmt: skip

    def on(self, attrs: Attributes) -> bool:
        """Whether a switch is on."""
        return self.value(attrs, "1") not in ("0", "false", "off", "none")

    def value(self, attrs: Attributes, absent: str = "") -> str:
        """The value of an element."""
        return attrs.get(f"{self.prefix}val", absent)

    def _put(self, text: str) -> None:
        run = self._runs[-1] if self._runs else None
        if not self.open or self.look or not self.shown:
            return
        text = text[: max(SIGNS - self.signs, 0)]
        self.signs += len(text)
        if not text:
            return
        if run is None or not run.underlined:
            self._text.append(text)
        elif self._text and self._text[-1] == OFF:
            self._text[-1:] = [text, OFF]
        else:
            self._text += [ON, text, OFF]

    # -- paragraphs and runs -------------------------------------------------------------------------------------------------

    def _paragraph(self, _attrs: Attributes) -> None:
        if self.open and self._text:
            self._put("\n")
        elif not self.open and not self.joined:
            self._text = []
        self.open += 1
        self.joined = False

    def _paragraph_end(self) -> None:
        if self.open > 1:
            self._put("\n")
        self.open -= 1
        if not self.open and not self.joined:
            self.finish()

    def finish(self) -> None:
        """Hand over the text of a paragraph."""
        text, self._text, self.joined = "".join(self._text), [], False
        self.finished(text)

    def _paragraph_look(self, _attrs: Attributes) -> None:
        self.look = True

    def _paragraph_look_end(self) -> None:
        self.look = False

    def _run(self, _attrs: Attributes) -> None:
        self._runs.append(_Run())

    def _run_end(self) -> None:
        if self._runs:
            self._runs.pop()

    def _underline(self, attrs: Attributes) -> None:
        if self._runs and not self.look:
            self._runs[-1].underlined = self.on(attrs)

    def _hide(self, attrs: Attributes) -> None:
        """What is struck through is deleted as people do it on paper."""
        if self._runs and not self.look:
            self._runs[-1].hidden = self._runs[-1].hidden or self.on(attrs)

    def _font(self, attrs: Attributes) -> None:
        if self._runs and not self.look:
            self._runs[-1].symbols = any(value.startswith("Wingdings") for value in attrs.values())

    def deleted(self, _attrs: Attributes) -> None:
        """Leave out what is deleted; within the look of a paragraph that is the mark at its end."""
        self.joined = self.joined or self.look
        self.skip()

    # -- what stands in a run ------------------------------------------------------------------------------------------------

    def _words(self, attrs: Attributes) -> None:
        self.take()
        self._kept = attrs.get("xml:space") == "preserve"

    def _words_end(self) -> None:
        text = self.taken().translate(_BLANKS)
        if self._runs and self._runs[-1].symbols:
            text = text.translate(_DRAWN)
        self._put(text if self._kept else text.strip(" "))

    def _symbol(self, attrs: Attributes) -> None:
        try:
            code = int(attrs.get(f"{self.prefix}char", ""), 16)
        except ValueError:
            return
        if code in range(0x21, 0xD800) or code in range(0xE000, 0xFFFE):
            drawn = attrs.get(f"{self.prefix}font", "").startswith("Wingdings")
            self._put(_DRAWN.get(code, chr(code)) if drawn else chr(code))

    def _blank(self, _attrs: Attributes) -> None:
        self._put(" ")

    def _line(self, _attrs: Attributes) -> None:
        self._put("\n")

    def _hyphen(self, _attrs: Attributes) -> None:
        self._put("-")

    # -- fields and controls -------------------------------------------------------------------------------------------------

    def _field_end(self) -> None:
        """A field shows its result, which is read as text; only a tick drawn over a box (EQ) has none."""
        code = self.taken()
        if code.split()[:1] in (["EQ"], ["eq"]) and any(box in code for box in "□☐") and any(t in code for t in "√✓✔"):
            self._put(MARKS.on)

    def _box(self, _attrs: Attributes) -> None:
        self._ticked = False

    def _tick(self, attrs: Attributes) -> None:
        if self._ticked is not None:
            self._ticked = self.on(attrs)

    def _box_end(self) -> None:
        self._put(MARKS.on if self._ticked else MARKS.off)
        self._ticked = None

    def _control(self, _attrs: Attributes) -> None:
        self._prompt = False

    def _to_prompt(self, attrs: Attributes) -> None:
        self._prompt = self.on(attrs)

    def _content(self, _attrs: Attributes) -> None:
        self._prompts.append(self._prompt)
        self._prompt = False

    def _content_end(self) -> None:
        if self._prompts:
            self._prompts.pop()
