"""Every character a clerk may write is found in a shipped font, and never as an empty box."""

from pathlib import Path

import pytest

from forms.ground.fonts import FontSet, MissingGlyph, with_stand_ins, without_glyph
from forms.ground.sfnt import FontFile, NotTrueType

FOLDER = Path(__file__).parents[3] / "resources" / "fonts"
ROLES = ("title", "heading", "song", "fangsong", "kai")
SERIF, WENKAI = "NotoSerifSC_400Regular", "LXGWWenKaiGBLite-Regular"

# The ideographs of GB 18030-2022, implementation level 3.
LEVEL_3 = (
    (0x3400, 0x4DB5),
    (0x4E00, 0x9FEF),
    (0x20000, 0x2A6D6),
    (0x2A700, 0x2B734),
    (0x2B740, 0x2B81D),
    (0x2B820, 0x2CEA1),
    (0x2CEB0, 0x2EBE0),
)
COMPATIBLE = "\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27\ufa28\ufa29"
FORM_MARKS = "①②③④⑤⑥⑦⑧⑨⑩□☑☒—“”‘’（）《》〈〉【】、。，．：；！？％％·…／　￥×±①"


@pytest.fixture(scope="module")
def fonts() -> FontSet:
    return FontSet(FOLDER)


def face_of(fonts: FontSet, character: str, role: str) -> str:
    return fonts.setting(character, role).face  # type: ignore[arg-type]


def test_every_ideograph_of_the_national_standard_prints(fonts: FontSet) -> None:
    ideographs = COMPATIBLE + "".join(
        chr(code) for first, last in LEVEL_3 for code in range(first, last + 1)
    )
    assert len(ideographs) == 87_887
    assert fonts.missing(ideographs, "kai") == []


@pytest.mark.parametrize("role", ROLES)
def test_every_mark_of_the_forms_prints_in_every_voice(fonts: FontSet, role: str) -> None:
    assert fonts.missing(FORM_MARKS, role) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("role", ROLES)
def test_boxes_and_dashes_come_from_the_font_where_they_are_right(
    fonts: FontSet, role: str
) -> None:
    assert {face_of(fonts, mark, role) for mark in "□☑☒—"} == {WENKAI}


@pytest.mark.parametrize("role", ["fangsong", "kai"])
def test_running_text_takes_figures_letters_and_quotes_from_the_serif(
    fonts: FontSet, role: str
) -> None:
    assert {face_of(fonts, mark, role) for mark in "09AZaz.%/“”×±é "} == {SERIF}


def test_titles_and_headings_keep_their_own_figures(fonts: FontSet) -> None:
    assert face_of(fonts, "4", "title") == "NotoSerifSC-Bold-8105"
    assert face_of(fonts, "4", "heading") == "NotoSansSC-Medium-8105"


def test_a_rare_name_is_set_from_several_fonts(fonts: FontSet) -> None:
    runs = list(fonts.runs("张𬺰2号", "kai"))
    assert runs == [(WENKAI, "张"), ("HanaMinB", "𬺰"), (SERIF, "2"), (WENKAI, "号")]


def test_the_rare_font_stays_closed_until_it_is_needed() -> None:
    fonts = FontSet(FOLDER)
    fonts.width("专利开放许可", "kai", 11)
    assert "HanaMinB" not in fonts._files
    fonts.width("𬺰", "kai", 11)
    assert "HanaMinB" in fonts._files


def test_width_is_in_points(fonts: FontSet) -> None:
    assert fonts.width("专利", "song", 10.5) == pytest.approx(21)
    assert 0 < fonts.width("11", "song", 10) < 10


def test_what_has_no_glyph_is_named_once(fonts: FontSet) -> None:
    assert fonts.missing("甲😀乙😀\U0010fffd", "kai") == ["😀", "\U0010fffd"]
    with pytest.raises(MissingGlyph, match=r"U\+1F600") as caught:
        fonts.width("😀", "song", 10)
    assert caught.value.character == "😀"
    assert caught.value.path == ""


def test_all_of_gbk_prints_so_that_most_texts_need_no_font(fonts: FontSet) -> None:
    pairs = (bytes((lead, trail)) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF))
    letters = "".join(pair.decode("gbk", errors="ignore") for pair in pairs)
    assert len(letters) > 21_000
    assert fonts.missing(letters, "song") == []


@pytest.mark.parametrize("role", ROLES)
def test_every_voice_has_the_same_characters(fonts: FontSet, role: str) -> None:
    letters = "ʿұҒӘ𬺰䶮é①"  # some of which one font alone has
    assert fonts.missing(letters + "데", role) == ["데"]  # type: ignore[arg-type]


def test_a_private_code_has_no_letter_though_a_font_draws_one(fonts: FontSet) -> None:
    assert fonts.file(WENKAI).glyph(0xE500)
    assert without_glyph("张\ue500\ue863\U000f0000") == ("\ue500", "\ue863", "\U000f0000")


def test_a_stand_in_shows_where_a_character_is_lacking(fonts: FontSet) -> None:
    assert with_stand_ins("한大学데\ud800") == "〓大学〓〓"
    assert with_stand_ins("武汉大学\u200b𬺰") == "武汉大学\u200b𬺰"
    assert fonts.missing("〓", "song") == []


@pytest.mark.parametrize(
    "ignored", ["\u200b", "\ufeff", "\u00ad", "\ufe0f", "\U000e0101", "\u202e", "\a"]
)
def test_invisible_characters_take_no_width_and_no_glyph(fonts: FontSet, ignored: str) -> None:
    assert fonts.missing(ignored, "kai") == []
    assert fonts.width(f"辻{ignored}", "kai", 10) == fonts.width("辻", "kai", 10)
    assert list(fonts.runs(f"辻{ignored}口", "kai")) == [(WENKAI, "辻口")]


def test_a_subset_brings_a_composite_glyphs_parts(fonts: FontSet) -> None:
    file = fonts.file(WENKAI)
    glyphs = range(1, file.count)
    composite = next(at for at in glyphs if file._read_glyph(at).outline[:1] == b"\xff")
    content = file.subset([composite])
    maxp = content.index(b"maxp")
    offset = int.from_bytes(content[maxp + 8 : maxp + 12], "big")
    glyphs_there = int.from_bytes(content[offset + 4 : offset + 6], "big")
    assert glyphs_there > 2
    words = [int.from_bytes(content[at : at + 4], "big") for at in range(0, len(content), 4)]
    assert sum(words) & 0xFFFFFFFF == 0xB1B0AFBA


def test_a_subset_depends_on_nothing_but_its_glyphs() -> None:
    first, second = FontSet(FOLDER).file(SERIF), FontSet(FOLDER).file(SERIF)
    second.subset([second.glyph(ord(character)) for character in "别的字"])
    glyphs = [first.glyph(ord(character)) for character in "专利A"]
    assert first.subset(glyphs) == second.subset(glyphs)


def font_of(tmp_path: Path, loca_kind: int = 1, cmap_kind: int = 12) -> Path:
    """A file that has the tables of a font and nothing in them."""
    tables = {
        tag: bytearray(64) for tag in ("cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp")
    }
    tables["head"][50:52] = loca_kind.to_bytes(2, "big")
    tables["cmap"][:4] = bytes((0, 0, 0, 1))
    tables["cmap"][4:12] = bytes((0, 3, 0, 10, 0, 0, 0, 12))
    tables["cmap"][12:14] = cmap_kind.to_bytes(2, "big")
    head = b"\0\1\0\0" + bytes((0, len(tables))) + bytes(6)
    for at, tag in enumerate(tables):
        offset = 12 + 16 * len(tables) + 64 * at
        head += tag.encode() + bytes(4) + offset.to_bytes(4, "big") + bytes((0, 0, 0, 64))
    path = tmp_path / "font.ttf"
    path.write_bytes(head + b"".join(tables.values()))
    return path


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.ttf"
    for content in (b"OTTO" + bytes(64), b"\0\1\0\0\0\0" + bytes(64)):
        other.write_bytes(content)
        with pytest.raises(NotTrueType):
            FontFile(other)
    with pytest.raises(NotTrueType):
        FontFile(font_of(tmp_path, loca_kind=0))
    with pytest.raises(NotTrueType):
        FontFile(font_of(tmp_path, cmap_kind=4)).glyph(0x4E00)
    assert FontFile(font_of(tmp_path)).glyph(0x4E00) == 0
