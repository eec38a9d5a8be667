"""What every Word document of a form shares: page, styles, footer; made once for each page and set of fonts."""

import io
import re
import zipfile
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from attrs import frozen

from talentservice.errors import MissingExtra
from talentservice.forms.fonts import FontSet
from talentservice.forms.render import NBSP
from talentservice.forms.sheet import MARGINS
from talentservice.forms.ticks import BOXES_OFF, BOXES_ON

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section, _Footer

LANDSCAPE = "landscape"
MAIN, CUSTOM = "word/document.xml", "docProps/custom.xml"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same form gives the same bytes
_NS = f'xmlns:w="{WORD}"'
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FOOTER = {"portrait": 22, LANDSCAPE: 13}  # how high over the edge, in mm
_KEPT = ("styles", "settings", "fontTable", "theme")  # of the template; the rest would show, or weighs half a megabyte


@frozen
class Shell:
    """A Word document without its text: the archive that is still open to it, and the section that ends it."""

    archive: bytes
    section: str


@lru_cache(maxsize=16)
def shell(page: str, fonts: FontSet) -> Shell:
    """The shell of documents on such a page in such fonts.

    Raises:
        MissingExtra: python-docx is not installed.
    """
    try:
        from docx import Document
    except ImportError:
        raise MissingExtra("python-docx", "docx") from None
    document = Document()
    _strip(document)
    _restyle(document, fonts)
    _page(document.sections[0], page)
    made = io.BytesIO()
    document.save(made)
    return _opened(made.getvalue())


def _strip(document: "Document") -> None:
    """Take away what the template brings along: thumbnail, its author, hundreds of styles, lists."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = document.part.package
    assert package is not None  # noqa: S101  # a document that was just made stands in one
    for rels, kept in ((package.rels, ("officeDocument",)), (document.part.rels, _KEPT)):
        for key in [k for k, rel in rels.items() if rel.reltype.rpartition("/")[2] not in kept]:
            del rels[key]
    package.relate_to(Part(PackURI(f"/{CUSTOM}"), _PROPERTIES_TYPE, b"", package), _PROPERTIES)


def _restyle(document: "Document", fonts: FontSet) -> None:
    from docx.oxml.parser import parse_xml

    for element, xml in ((document.styles.element, _styles(fonts)), (document.settings.element, _SETTINGS)):
        made: Any = parse_xml(xml)
        for child in list(element):
            element.remove(child)
        element.extend(list(made))


def _page(section: "Section", page: str) -> None:
    from docx.enum.section import WD_ORIENTATION
    from docx.shared import Mm

    lying = page == LANDSCAPE
    section.orientation = WD_ORIENTATION.LANDSCAPE if lying else WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if lying else (Mm(210), Mm(297))
    top, right, bottom, left = map(Mm, MARGINS[page])
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = top, right, bottom, left
    section.footer_distance = Mm(_FOOTER[page])
    _number(section.footer, "right")
    _number(section.even_page_footer, "left")


def _number(footer: "_Footer", side: str) -> None:
    """Write the page number on the outer side, one sign in, between dashes."""
    from docx.oxml.parser import parse_xml

    made: Any = parse_xml(
        f'<w:p {_NS}><w:pPr><w:pStyle w:val="Footer"/><w:ind w:{side}Chars="100" w:{side}="280"/>'
        f'<w:jc w:val="{side}"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>'
    )
    root: Any = footer.part.element
    for child in list(root):
        root.remove(child)
    root.append(made)


def _opened(saved: bytes) -> Shell:
    """The saved document without what differs from form to form."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        section = re.search(r"<w:sectPr.*</w:sectPr>", old.read(MAIN).decode(), re.DOTALL)
        for entry in old.infolist():
            if entry.filename not in (MAIN, CUSTOM):
                info = zipfile.ZipInfo(entry.filename, EPOCH)
                info.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(info, old.read(entry))
    assert section is not None  # noqa: S101  # python-docx ends every document with one
    return Shell(out.getvalue(), section[0])


# -- styles ------------------------------------------------------------------------------------------------------------------


def _fonts(names: tuple[str, ...], far: tuple[str, ...] | None = None) -> str:
    near, east = quoteattr(names[0]), quoteattr((far or names)[0])
    return f"<w:rFonts w:ascii={near} w:hAnsi={near} w:eastAsia={east} w:cs={near}/>"


def _paragraph(name: str, inside: str, look: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{inside}</w:pPr><w:rPr>{look}</w:rPr></w:style>'
    )


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _gap(before: int, after: int, line: int = 0) -> str:
    at_least = f' w:line="{line}" w:lineRule="atLeast"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{at_least}/>'


def _close(spacing: str) -> str:
    """Without the quarter of a sign that programs put between digits and Chinese: dates and numbers stand in narrow columns."""
    return f'<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>{spacing}'


def _styles(fonts: FontSet) -> str:
    """The styles: those Word expects, and one for each kind of text on a form."""
    body, label, title = _fonts(fonts.body), _fonts(fonts.label), _fonts(fonts.title)
    indent, new_page = '<w:ind w:firstLineChars="200" w:firstLine="480"/>', "<w:pageBreakBefore/>"
    left, centre, right = (f'<w:jc w:val="{side}"/>' for side in ("left", "center", "right"))
    return f"""<w:styles {_NS}><w:docDefaults><w:rPrDefault><w:rPr>{body}{_size(24)}<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style>
<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/><w:rPr>{_size(28)}</w:rPr></w:style>
{_paragraph("FormAnnex", _gap(0, 340), label + _size(32))}
{_paragraph("FormTitle", _gap(0, 227) + centre + '<w:outlineLvl w:val="0"/>', title + _size(44))}
{_paragraph("FormHead", _gap(0, 57), "")}
{_paragraph("FormHeading", "<w:keepNext/>" + _gap(170, 57) + '<w:outlineLvl w:val="1"/>', label + _size(28))}
{_paragraph("FormParagraph", _gap(0, 57, 432) + indent, "")}
{_paragraph("FormNote", _gap(113, 0), _size(21))}
{_paragraph("FormAnnexHeading", "<w:keepNext/>" + new_page + _gap(0, 57) + '<w:outlineLvl w:val="1"/>', label + _size(28))}
{_paragraph("FormAnnexText", _gap(0, 57, 432), "")}
{_paragraph("FormLabel", _gap(28, 28, 280) + centre, label + _size(21))}
{_paragraph("FormValue", _close(_gap(28, 28, 280)) + left, _size(21))}
{_paragraph("FormFoot", _close(_gap(113, 28, 280)) + right, _size(21))}
{_paragraph("FormBreak", new_page + '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>', _size(2))}
{_paragraph("FormEnd", '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>', _size(2))}
<w:style w:type="character" w:customStyle="1" w:styleId="FormBox"><w:name w:val="FormBox"/><w:basedOn w:val="DefaultParagraphFont"/><w:rPr>{_fonts(fonts.box, fonts.body)}</w:rPr></w:style>
<w:style w:type="character" w:customStyle="1" w:styleId="FormHint"><w:name w:val="FormHint"/><w:basedOn w:val="DefaultParagraphFont"/><w:rPr><w:color w:val="666666"/></w:rPr></w:style>
</w:styles>"""


# What never ends a line: what Word takes for it in Chinese, and boxes with the blank behind them; and what never begins one.
_NEVER_LAST = "$([{£¥·‘“〈《「『【〔〖〝﹗﹙﹛＄（．［｛￡￥" + BOXES_ON + BOXES_OFF + NBSP
_NEVER_FIRST = "!%),.:;&gt;?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠"
_SETTINGS = f"""<w:settings {_NS}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>
<w:characterSpacingControl w:val="compressPunctuation"/>
<w:noLineBreaksAfter w:lang="zh-CN" w:val="{_NEVER_LAST}"/><w:noLineBreaksBefore w:lang="zh-CN" w:val="{_NEVER_FIRST}"/><w:compat>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>
<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>
<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>
<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>"""
