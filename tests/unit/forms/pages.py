"""What the tests see of a PDF, how fonts for them are made, and the form they share. The fonts are those of the test extra."""

import ctypes
from pathlib import Path

import pylopdf_fonts_zh_cn
import pypdfium2
import pypdfium2.raw as pdfium
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from talentservice.forms.fonts import FontSet
from talentservice.forms.paper import Paper
from talentservice.forms.spec import FormFile

SERIF, SANS = pylopdf_fonts_zh_cn.serif_path(), pylopdf_fonts_zh_cn.sans_path()
NOTO = FontSet(files=(SERIF, SANS))
POINT = 72 / 25.4  # points in a millimetre


def form(layout, *fields, groups=(), **more):
    """A form of these fields, each an id, a printed label and a type, perhaps with more: ``("name", "姓名", "text", {...})``."""
    made = [
        {"id": i, "label": {"zh": zh, "en": i}, "type": t, **(rest[0] if rest else {})} for i, zh, t, *rest in fields
    ]
    head = [{"id": "main", "clause": "1", "label": {"zh": "主表", "en": "Main"}, "fields": made}] if made else []
    title = {"zh": "登记表", "en": "Record"}
    return Paper(FormFile(id="f", title=title, groups=[*head, *groups], layout=layout, **more))


def pages(pdf):
    """The pages of a PDF."""
    return list(pypdfium2.PdfDocument(pdf))


def text(page):
    """The text of a page as a reader would copy it, line by line."""
    return page.get_textpage().get_text_range().replace("\r\n", "\n")


def squeezed(words):
    """The words without blanks and ends of lines."""
    return "".join(words.split()).replace("\u00a0", "")


def position(page, words):
    """Where words stand, on one line or several: left, bottom, right, top in millimetres from the upper left corner of the page."""
    found = page.get_textpage()
    signs = [(i, sign) for i in range(found.count_chars()) if (sign := squeezed(found.get_text_range(i, 1)))]
    at = "".join(sign for _, sign in signs).find(squeezed(words))
    assert at >= 0, f"{words} is not on the page"
    boxes = [found.get_charbox(i) for i, _ in signs[at : at + len(squeezed(words))]]
    height = page.get_height()
    return (
        min(b[0] for b in boxes) / POINT,
        (height - min(b[1] for b in boxes)) / POINT,
        max(b[2] for b in boxes) / POINT,
        (height - max(b[3] for b in boxes)) / POINT,
    )


def lines(page):
    """The lines drawn on a page: left, top, right, bottom in millimetres from the upper left corner, strokes half a line wide."""
    height = page.get_height()
    bounds = [o.get_bounds() for o in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])]
    return [(a / POINT, (height - d) / POINT, c / POINT, (height - b) / POINT) for a, b, c, d in bounds]


def font_of(page, sign):
    """The name of the font in which a sign is printed on a page."""
    found = page.get_textpage()
    at = found.search(sign).get_next()
    assert at is not None
    length = pdfium.FPDFText_GetFontInfo(found.raw, at[0], None, 0, None)
    raw = ctypes.create_string_buffer(length)
    pdfium.FPDFText_GetFontInfo(found.raw, at[0], raw, length, None)
    return raw.value.decode()


def made_font(path: Path, family, signs, chinese=""):
    """A font file whose every sign is a square; `chinese` is the family's name in Chinese."""
    pen = TTGlyphPen(None)
    for i, corner in enumerate(((50, 0), (50, 700), (750, 700), (750, 0))):
        (pen.lineTo if i else pen.moveTo)(corner)
    pen.closePath()
    square, empty = pen.glyph(), TTGlyphPen(None).glyph()
    names = [f"u{ord(s):05X}" for s in signs]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names])
    builder.setupCharacterMap({ord(s): n for s, n in zip(signs, names, strict=True)})
    builder.setupGlyf(
        {".notdef": square, **{n: empty if s == " " else square for s, n in zip(signs, names, strict=True)}}
    )
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", *names), (1000, 50)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    family_names = {"en": family, **({"zh": chinese} if chinese else {})}
    builder.setupNameTable({"familyName": family_names, "styleName": "Regular", "fullName": family, "psName": family.replace(" ", "")})  # fmt: skip
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWeightClass=400)
    builder.setupPost()
    builder.save(path)
    return path
