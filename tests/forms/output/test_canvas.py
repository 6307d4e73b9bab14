"""The file itself: nothing unembedded, every word found again, the same bytes each time."""

import hashlib
import io
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import ImageCms

from forms.facts.record import Case, Party
from forms.ground.fonts import FontSet
from forms.ground.locate import packs_folder
from forms.output.archive import srgb_profile, xmp
from forms.output.canvas import A4, A4_LANDSCAPE, PaperCanvas, new_canvas
from forms.output.pdf import render
from forms.output.text import TextStyle, draw, layout
from forms.pack.load import load
from forms.paper.compose import compose
from forms.paper.document import AnyInline, Blank, Run, Spread, Tick

ROOT = Path(__file__).parents[3]
FONTS = FontSet(ROOT / "resources" / "fonts")
STYLE = TextStyle(role="fangsong", size_pt=16, leading_pt=28)
RARE = "𬭎鿏㐀𠀀𪚥𬺰喆鋐①②☑☒□—“”"


def paper(fonts: FontSet = FONTS, answer: str = "张喆𬭎", title: str = "信息表 ZL1") -> PaperCanvas:
    canvas = new_canvas(fonts, title=title, subject="专利开放许可", author="示例大学")
    canvas.bookmark("第一条", 760)
    canvas.show(72, 760, "专利开放许可（试点）信息表 A4", "title", 20)
    inlines: list[AnyInline] = [
        Spread(text="联系人", em=5),
        Run(text="："),
        Blank(answer=answer, fill=True, path="contact.name"),
    ]
    for line in layout(inlines, STYLE, 400, fonts):
        draw(canvas, line, 72, 700)
    canvas.end_page()
    return canvas


def text_of(content: bytes, page: int = 0) -> str:
    with pypdfium2.PdfDocument(content) as document:
        return str(document[page].get_textpage().get_text_range())


def dictionaries(content: bytes) -> list[Any]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = [
            thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)
        ]
        return [{str(key): str(value) for key, value in thing.items()} for thing in found]


def test_every_font_is_embedded() -> None:
    found = dictionaries(paper().content())
    fonts = [entry for entry in found if entry.get("/Type") == "/Font"]
    assert {font["/Subtype"] for font in fonts} == {"/Type0", "/CIDFontType2"}
    descriptors = [entry for entry in found if entry.get("/Type") == "/FontDescriptor"]
    assert len(descriptors) * 2 == len(fonts)
    assert all("/FontFile2" in descriptor for descriptor in descriptors)
    assert not [font for font in fonts if "Helvetica" in font["/BaseFont"]]


def test_an_empty_page_calls_for_no_font() -> None:
    canvas = new_canvas(FONTS, title="空白")
    canvas.end_page()
    content = canvas.content()
    assert b"Helvetica" not in content
    assert b"/Trans" not in content


def test_every_character_comes_back_from_the_file() -> None:
    canvas = new_canvas(FONTS, title="生僻字")
    canvas.show(72, 700, RARE, "kai", 12)
    canvas.show(72, 650, "合同专利号 ZL202110345678.3", "fangsong", 12)
    canvas.end_page()
    assert text_of(canvas.content()).split("\r\n") == [RARE, "合同专利号 ZL202110345678.3"]


def test_a_spread_label_reads_as_one_word_before_its_answer() -> None:
    text = text_of(paper(answer="张三").content())
    assert "联系人：" in text
    assert text.index("联系人") < text.index("张三")


def test_a_stretched_line_reads_without_spaces() -> None:
    canvas = new_canvas(FONTS, title="两端对齐")
    words = "采用总付额内分期支付的方式在合同生效后日内支付"
    for at, line in enumerate(layout([Run(text=words)], STYLE, 16 * 11.2, FONTS)):
        draw(canvas, line, 72, 700 - 28 * at)
    canvas.end_page()
    assert text_of(canvas.content()).replace("\r\n", "") == words


def test_many_characters_need_several_blocks_of_the_map() -> None:
    words = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 250))
    canvas = new_canvas(FONTS, title="多")
    for at in range(0, 250, 25):
        canvas.show(72, 700 - at, words[at : at + 25], "kai", 8)
    canvas.end_page()
    assert text_of(canvas.content()).replace("\r\n", "") == words


def test_the_same_paper_gives_the_same_bytes_whatever_was_printed_before() -> None:
    first = paper().content()
    paper(answer="另一个人").content()
    assert paper().content() == first
    assert paper(FontSet(ROOT / "resources" / "fonts")).content() == first


def test_a_fresh_program_gives_the_same_bytes() -> None:
    program = (
        "import hashlib, runpy, sys;"
        f"names = runpy.run_path({str(Path(__file__))!r});"
        "print(hashlib.sha256(names['paper']().content()).hexdigest())"
    )
    here = hashlib.sha256(paper().content()).hexdigest()
    other = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={"TZ": "Pacific/Apia", "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7"},
    )
    assert other.stdout.strip() == here


def test_the_forms_own_words_are_packed_once_for_all_copies() -> None:
    """The subset of the printed words is the same in every copy, whatever the answers."""
    pack = load(packs_folder() / "hubei-2022")

    def programs(owner: str) -> set[bytes]:
        case = Case(owners=(Party(name=owner),))
        content = render(compose(pack.papers["consent"], case, pack))
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return {
                bytes(thing.FontFile2.read_raw_bytes())
                for thing in pdf.objects
                if isinstance(thing, pikepdf.Dictionary) and "/FontFile2" in thing
            }

    one, other = programs("张喆"), programs("李四")
    assert len(one & other) >= 2
    assert one != other


def test_a_font_packed_in_pieces_is_the_font() -> None:
    """Outlines packed one by one give, unpacked, the subset that is packed as a whole."""
    font = FONTS.file("LXGWWenKaiGBLite-Regular")
    glyphs = [font.glyph(ord(character)) for character in "张喆étranger、①"]
    packed, length = font.packed_subset(glyphs)
    assert zlib.decompress(packed) == font.subset(glyphs)
    assert length == len(font.subset(glyphs))


def test_title_subject_language_and_bookmarks_are_there() -> None:
    with pikepdf.open(io.BytesIO(paper().content())) as pdf:
        assert str(pdf.docinfo["/Title"]) == "信息表 ZL1"
        assert str(pdf.docinfo["/Subject"]) == "专利开放许可"
        assert str(pdf.docinfo["/Author"]) == "示例大学"
        assert "/CreationDate" not in pdf.docinfo
        assert str(pdf.Root.Lang) == "zh-CN"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle) is True
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["第一条"]


def test_the_file_says_it_is_fit_for_the_archive() -> None:
    with pikepdf.open(io.BytesIO(paper(title="<甲> & \x00乙").content())) as pdf:
        assert pdf.pdf_version == "1.7"
        assert pdf.check_pdf_syntax() == []
        meta = pdf.open_metadata()
        assert meta.pdfa_status == "2B"
        assert meta["dc:title"] == "<甲> & 乙"
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFA1"
        assert intent.DestOutputProfile.N == 3


def test_the_colour_profile_can_be_used() -> None:
    profile = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    assert profile.profile.xcolor_space.strip() == "RGB"
    assert profile.profile.profile_description == "sRGB"
    assert profile.profile.red_primary is not None
    assert profile.profile.red_primary[1][:2] == pytest.approx((0.648, 0.331), abs=0.002)


def test_the_packet_leaves_out_what_is_not_known() -> None:
    packet = xmp(title="题", subject="", author="", tool="t", producer="p").decode()
    assert "dc:creator" not in packet
    assert "dc:description" not in packet


def test_an_anonymous_file_has_neither_subject_nor_author() -> None:
    canvas = new_canvas(FONTS, title="题", page_size=A4_LANDSCAPE)
    canvas.end_page()
    with pikepdf.open(io.BytesIO(canvas.content())) as pdf:
        assert set(pdf.docinfo) == {"/Title", "/Creator", "/Producer"}
        assert [float(side) for side in pdf.pages[0].MediaBox][2:] == pytest.approx(A4_LANDSCAPE)
        assert A4_LANDSCAPE[::-1] == A4


def test_nothing_visible_shows_nothing() -> None:
    canvas = new_canvas(FONTS, title="题")
    assert canvas.show(72, 700, "", "kai", 12) == 0
    canvas.end_page()
    assert text_of(canvas.content()) == ""


def test_a_tick_is_shown_as_it_is_ticked() -> None:
    canvas = new_canvas(FONTS, title="勾")
    for line in layout([Tick(checked=True), Run(text="免费")], STYLE, 300, FONTS):
        draw(canvas, line, 72, 700)
    canvas.end_page()
    assert text_of(canvas.content()).replace(" ", "") == "☑免费"
