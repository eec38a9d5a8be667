"""Fonts: which are found for a role, and that no sign is printed without a glyph."""

import re
import sys
from pathlib import Path

import pytest
import typst
from fontTools.ttLib import TTCollection, TTFont
from tests.unit.forms.pages import NOTO, SANS, SERIF, font_of, form, made_font, pages, text

from talentservice.errors import FormError, InputError, MissingExtra, WrongType
from talentservice.forms import fonts as module
from talentservice.forms.fonts import FontSet
from talentservice.forms.glyphs import BROUGHT, faces
from talentservice.forms.pdf import press as presses
from talentservice.forms.pdf import to_pdf
from talentservice.forms.render import Marks

CARD = form([["name"], ["skills"]], ("name", "姓名", "text", {"personal": True}), ("skills", "专长", "multi-choice", {"choices": ["甲类", "乙类"]}))  # fmt: skip
# Every sign the card prints when it is blank, and those of its page number.
WORDS = "登记表姓名专长甲乙类；□ 0123456789—\u00a0"


@pytest.fixture
def folder(tmp_path):
    """A folder with a font that has a Chinese name, one in a collection, and a file that is no font."""
    made_font(tmp_path / "a.ttf", "FangSong_Test", WORDS + "人", chinese="仿宋_GB2312")
    song, hei = made_font(tmp_path / "s.ttf", "SongTest", WORDS), made_font(tmp_path / "h.ttf", "SimHei", WORDS)
    collection = TTCollection()
    collection.fonts = [TTFont(song), TTFont(hei)]
    collection.save(tmp_path / "both.ttc")
    song.unlink()
    hei.unlink()
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    (tmp_path / "readme.txt").write_text("no font either", encoding="utf-8")
    return tmp_path


def test_the_fonts_of_each_role_are_found_in_files():
    assert NOTO.found() == {
        "body": ("Noto Serif SC",),
        "title": ("Noto Serif SC",),
        "label": ("Noto Sans SC",),
        "box": ("DejaVu Sans Mono", "Noto Sans SC"),
    }


def test_fonts_are_found_by_their_chinese_name_and_in_collections(folder):
    fonts = FontSet.detect(folder)
    assert [path.name for path in fonts.files] == ["a.ttf", "both.ttc"]
    assert fonts.found() == {"body": ("仿宋_GB2312",), "title": (), "label": ("SimHei",), "box": ("DejaVu Sans Mono",)}


def test_without_folders_the_systems_own_are_searched(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "usual_folders", lambda: iter([folder, tmp_path / "not there"]))
    assert [path.name for path in FontSet.detect().files] == ["a.ttf", "both.ttc"]


@pytest.mark.parametrize(
    ("platform", "where"),
    [("linux", "/usr/share/fonts"), ("darwin", "/Library/Fonts"), ("win32", "C:/Windows/Fonts")],
)
def test_each_platform_keeps_its_fonts_somewhere(platform, where, monkeypatch):
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.delenv("WINDIR", raising=False)
    assert Path(where) in list(module.usual_folders())


def test_files_may_be_given_as_a_list_of_texts():
    assert FontSet(files=[str(SERIF)]).files == (SERIF,)


@pytest.mark.parametrize("files", ["fonts", b"fonts", SERIF])
def test_one_path_is_not_taken_for_a_list_of_them(files):
    with pytest.raises(WrongType) as caught:
        FontSet(files=files)
    assert caught.value.zh == "files 应为路径的列表：files=[…]，不能是单个路径"


@pytest.mark.parametrize("files", [[7], [None], [b"fonts"]])
def test_what_is_no_path_is_no_font_file(files):
    with pytest.raises(WrongType, match="each a text or a Path"):
        FontSet(files=files)


def test_a_font_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match=r"no such font file or folder: .*missing\.ttf"):
        FontSet(files=[SERIF, tmp_path / "missing.ttf"]).found()


def test_a_folder_gives_its_fonts_in_order(folder):
    assert [(face.path.name, face.index) for face in faces((folder,))] == [
        ("a.ttf", 0),
        ("both.ttc", 0),
        ("both.ttc", 1),
    ]


def test_a_pdf_without_font_files_says_where_to_get_them():
    with pytest.raises(InputError, match=r"FontSet\.detect\(\)"):
        to_pdf(CARD.printout(), FontSet())


def test_a_sign_no_font_has_is_named_with_its_field_and_without_the_value(folder):
    fonts = FontSet(body=("仿宋",), files=[folder])
    with pytest.raises(FormError) as caught:
        to_pdf(CARD.printout({"name": "甲祎人"}), fonts)
    assert "name (name): no body font has '祎' (U+794E)" in caught.value.en
    assert "name（姓名）：正文字体均无“祎”（U+794E）" in caught.value.zh
    assert "FontSet(files=…)" in caught.value.en
    assert "人" not in caught.value.en.replace("祎", "")
    assert [(p.key, p.where.zh) for p in caught.value.problems] == [("name", "name")]


def test_every_sign_that_is_lacking_is_named(folder):
    with pytest.raises(FormError) as caught:
        to_pdf(CARD.printout({"name": "喆祎"}), FontSet(files=[folder]))
    assert re.findall(r"U\+[0-9A-F]+", caught.value.en) == ["U+5586", "U+794E"]


def test_of_many_signs_that_are_lacking_a_dozen_is_named_and_the_others_are_counted(folder):
    with pytest.raises(FormError) as caught:
        to_pdf(CARD.printout({"name": "子丑寅卯辰巳午未申酉戌亥天地玄黄"}), FontSet(files=[folder]))
    lines = caught.value.en.splitlines()
    assert len(lines) == 1 + 12 + 1 + 1  # what it is, a dozen, the others, what to do
    assert lines[13] == "the others (fonts): and 4 more"
    assert caught.value.zh.splitlines()[13] == "其余（字体）：另有 4 处"
    assert len(caught.value.problems) == 13


def test_a_word_of_the_form_that_cannot_be_printed_is_named(tmp_path):
    made_font(tmp_path / "f.ttf", "FangSong", WORDS.replace("专", ""))
    with pytest.raises(FormError, match=r"专长 \(words the form prints\): no label font has '专' \(U\+4E13\)"):
        to_pdf(CARD.printout(), FontSet(files=[tmp_path]))


def test_a_sign_the_chain_lacks_is_printed_from_a_later_file(folder):
    fonts = FontSet(files=[folder, SERIF])
    (page,) = pages(to_pdf(CARD.printout({"name": "甲祎"}), fonts))
    assert "甲祎" in text(page)
    assert "NotoSerifSC" in font_of(page, "祎")


def test_fonts_outside_every_chain_print_when_there_are_no_others(tmp_path):
    made_font(tmp_path / "f.ttf", "Own Font", WORDS)
    (page,) = pages(to_pdf(CARD.printout(), FontSet(files=[tmp_path / "f.ttf"])))
    assert "OwnFont" in font_of(page, "姓名")


def test_a_font_named_in_chinese_is_the_one_that_prints(folder):
    (page,) = pages(to_pdf(CARD.printout({"name": "人"}), FontSet(files=[folder, SANS, SERIF])))
    assert "FangSong_Test" in font_of(page, "人")
    assert "SimHei" in font_of(page, "姓名")


def test_boxes_no_font_has_are_offered_other_signs():
    fonts = FontSet(box=("Noto Sans SC",), files=[SERIF, SANS])
    ticked = {"skills": ["甲类"]}
    with pytest.raises(FormError, match=r"no box font has '☑' \(U\+2611\)") as caught:
        to_pdf(CARD.printout(ticked), fonts)
    assert "marks=Marks(on='√', off='□')" in caught.value.en
    assert "marks=Marks(on='√', off='□')" in caught.value.zh
    (page,) = pages(to_pdf(CARD.printout(ticked, marks=Marks(on="√", off="□")), fonts))
    assert "√ 甲类；□ 乙类" in text(page).replace("\u00a0", " ")


def test_boxes_need_no_font_of_the_deployers():
    (page,) = pages(to_pdf(CARD.printout({"skills": ["乙类"]}), NOTO))
    assert "□ 甲类；☑ 乙类" in text(page).replace("\u00a0", " ")
    assert "DejaVuSansMono" in font_of(page, "☑")


def test_the_font_the_compiler_brings_has_the_signs_it_is_said_to_have():
    (signs,) = BROUGHT.values()
    page = f'#set page(width: 9cm, height: 2cm)\n#set text(font: "DejaVu Sans Mono", fallback: false)\n{"".join(sorted(signs))}甲'
    drawn = typst.compile(page.encode(), format="svg", ignore_system_fonts=True)
    used = re.findall(r'<use [^>]*href="#(\w+)"', (drawn[0] if isinstance(drawn, list) else drawn).decode())
    assert len(set(used[:-1]) - {used[-1]}) == 7, "each sign has a shape of its own, and not that of a missing one"


@pytest.mark.parametrize(("package", "module_name"), [("typst", "typst"), ("fonttools", "fontTools")])
def test_a_missing_package_names_the_extra_that_brings_it(package, module_name, monkeypatch):
    monkeypatch.setitem(sys.modules, module_name, None)
    presses.press.cache_clear()
    faces.cache_clear()
    with pytest.raises(MissingExtra, match=rf"{package}; install talentservice\[pdf\]"):
        to_pdf(CARD.printout(), NOTO)
