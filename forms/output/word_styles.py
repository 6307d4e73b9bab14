"""Styles and numbering of the Word file: what a party that edits the contract works with.

Each way of setting text becomes a named paragraph style, answers a character style, articles a
numbered style: an article that is put in renumbers those after it.  Numbers inside an article
stay typed, since the forms have them in odd shapes (3．) and they are printed to the letter.
"""

from typing import Any

import cn2an
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from forms.ground.voices import Role
from forms.output.xlsx import FONTS
from forms.pack.language import Type
from forms.paper import document as doc

LATIN_FONT = "Times New Roman"
ANSWER = "填写内容"
_KINDS = {"article": "条款", "option": "选项", "text": "正文文字"}
_LIST = "91"  # a number the template's own lists leave free


def articles_of(document: doc.Document) -> frozenset[str]:
    """The headings 第一条, 第二条 … if the document's articles run so without a gap."""
    headings = [
        block.bookmark
        for block in document.blocks
        if isinstance(block, doc.Paragraph) and block.bookmark
    ]
    expected = [f"第{cn2an.an2cn(place)}条" for place in range(1, len(headings) + 1)]
    return frozenset(headings) if headings == expected else frozenset()


def set_fonts(properties: Any, role: Role, *, latin_too: bool = False) -> None:
    """Name the fonts of a run or a style: Windows' own, by the paper's voice.

    With `latin_too` Latin stands in the East Asian font, whose letters and spaces are half an em.
    """
    fonts = properties.get_or_add_rFonts()
    latin = FONTS[role] if latin_too or role in ("heading", "title") else LATIN_FONT
    for script, font in (
        ("ascii", latin),
        ("hAnsi", latin),
        ("eastAsia", FONTS[role]),
        ("cs", latin),
    ):
        fonts.set(qn(f"w:{script}"), font)
    fonts.set(qn("w:hint"), "eastAsia")


def _speak_chinese(word: WordDocument) -> None:
    """Say that the words are Chinese, and let marks in a row stand closer (compressPunctuation)."""
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-US")
        language.set(qn("w:eastAsia"), "zh-CN")
    settings = word.settings.element
    for spacing in list(settings.iter(qn("w:characterSpacingControl"))):
        settings.remove(spacing)
    control = _element("characterSpacingControl", val="compressPunctuation")
    compat = settings.find(qn("w:compat"))
    if compat is None:
        settings.append(control)
    else:
        compat.addprevious(control)
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def set_as_answer(run: WordRun) -> None:
    """Set a run in the style of answers, on their rule.

    Its id is named: for every style that it is given python-docx goes through all of the file's.
    """
    run._r.style, run.underline = ANSWER, True


class WordStyles:
    """The styles of one Word file, made as they are met."""

    def __init__(self, word: WordDocument) -> None:
        """Set the file's own base style and the style of answers."""
        self._word = word
        self._made: dict[tuple[str, Type], ParagraphStyle] = {}
        normal = word.styles["Normal"]
        assert isinstance(normal, ParagraphStyle)
        set_fonts(normal.element.get_or_add_rPr(), "fangsong")
        normal.paragraph_format.space_after = Pt(0)
        _speak_chinese(word)
        answer = word.styles.add_style(ANSWER, WD_STYLE_TYPE.CHARACTER)
        assert answer.style_id == ANSWER
        set_fonts(answer.element.get_or_add_rPr(), "kai")
        self._numbered = False

    def set_on(self, paragraph: WordParagraph, block: doc.Paragraph) -> None:
        """Set a paragraph in its style; there is one for each kind and way of setting text."""
        kind = "article" if block.bookmark else "option" if block.group else "text"
        key = (kind, block.type)
        if key not in self._made:
            self._made[key] = self._make(kind, block.type)
        paragraph._p.style = self._made[key].style_id  # see set_as_answer

    def _make(self, kind: str, type_: Type) -> ParagraphStyle:
        count = sum(1 for made, _ in self._made if made == kind)
        name = _KINDS[kind] + (f" {count + 1}" if count else "")
        style = self._word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(style, ParagraphStyle)
        style.base_style = self._word.styles["Normal"]
        style.font.size = Pt(type_.size_pt)
        set_fonts(style.element.get_or_add_rPr(), type_.role)
        shape = style.paragraph_format
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(type_.leading_pt)
        shape.widow_control = True
        if kind == "article":
            level = OxmlElement("w:outlineLvl")  # shown in Word's navigation
            level.set(qn("w:val"), "1")
            style.element.get_or_add_pPr().append(level)
        return style

    def number(self, paragraph: WordParagraph) -> None:
        """Let Word count the article: 第一条, 第二条 …"""
        if not self._numbered:
            self._add_list()
            self._numbered = True
        properties: Any = paragraph._p.get_or_add_pPr()
        numbered = properties.get_or_add_numPr()
        numbered.get_or_add_ilvl().val = 0
        numbered.get_or_add_numId().val = int(_LIST)

    def _add_list(self) -> None:
        numbering = self._word.part.numbering_part.element
        abstract = _element("abstractNum", abstractNumId=_LIST)
        level = _element("lvl", ilvl="0")
        for name, value in (
            ("start", "1"),
            ("numFmt", "chineseCountingThousand"),
            ("suff", "nothing"),
            ("lvlText", "第%1条"),
            ("lvlJc", "left"),
        ):
            level.append(_element(name, val=value))
        look = OxmlElement("w:rPr")
        fonts = _element("rFonts", ascii=FONTS["heading"], hAnsi=FONTS["heading"])
        fonts.set(qn("w:eastAsia"), FONTS["heading"])
        look.append(fonts)
        level.append(look)
        abstract.append(_element("multiLevelType", val="singleLevel"))
        abstract.append(level)
        numbering.insert(0, abstract)  # before the lists that use one
        instance = _element("num", numId=_LIST)
        instance.append(_element("abstractNumId", val=_LIST))
        numbering.append(instance)


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(f"w:{name}")
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element
