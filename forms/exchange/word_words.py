"""Read the words of a Word file from a stranger: a contract that the other party filled in.

Paragraphs come in reading order, those of tables and content controls among them; a control that
still shows its prompt is blank, a ticked box is a tick.  What was put in under tracked changes
counts, what was struck out does not.  Articles that Word counts are counted here: 第三条.

This module must not know packs or cases.
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

import cn2an

from forms.exchange.sheets import UnreadableFile
from forms.exchange.strangers import damaged
from forms.exchange.xlsx_zip import parts_of

MAX_WORD_BYTES = 20_000_000
MAX_PARAGRAPHS = 3_000
_DOCUMENT, _NUMBERING = "word/document.xml", "word/numbering.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRUCK = frozenset(f"{_W}{name}" for name in ("del", "moveFrom", "delText", "instrText"))
_NOT_SHOWN = frozenset({"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"})
_ARTICLES = "第%1条"

Element = ElementTree.Element


def paragraphs_of(content: bytes, file: str) -> tuple[str, ...]:
    """Return the paragraphs of a .docx that say something.  Raises UnreadableFile."""
    if len(content) > MAX_WORD_BYTES:
        raise UnreadableFile(f"“{file}”过大（超过 {MAX_WORD_BYTES // 1_000_000} MB），请核对。")
    if not content.startswith(b"PK"):
        raise UnreadableFile(f"“{file}”不是 Word 文件（.docx），请在 Word 或 WPS 中另存为 .docx。")
    parts = parts_of(content, file)
    if _DOCUMENT not in parts:
        raise UnreadableFile(f"“{file}”不是 Word 文件（.docx），请另选文件。")
    counted = _counted_lists(parts.get(_NUMBERING, b""), file)
    said: list[str] = []
    article = 0
    root = _root(parts[_DOCUMENT], file)
    prompts = {
        id(paragraph)
        for control in root.iter(f"{_W}sdt")
        if _shows_its_prompt(control)
        for paragraph in control.iter(f"{_W}p")
    }
    for paragraph in root.iter(f"{_W}p"):
        words = "" if id(paragraph) in prompts else "".join(_words(paragraph)).strip()
        if _list_of(paragraph) in counted:
            article += 1
            words = f"第{cn2an.an2cn(article)}条{words}"
        if words:
            said.append(words)
        if len(said) > MAX_PARAGRAPHS:
            raise UnreadableFile(f"“{file}”过长，不是许可合同，请核对。")
    return tuple(said)


def _root(part: bytes, file: str) -> Element:
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise UnreadableFile(damaged(file))
    try:
        return ElementTree.fromstring(part)
    except (ElementTree.ParseError, RecursionError, ValueError, LookupError) as error:
        raise UnreadableFile(damaged(file)) from error


def _words(element: Element) -> Iterator[str]:
    """The words under an element in order; a paragraph inside another speaks for itself."""
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif (
            child.tag in _STRUCK
            or child.tag in _NOT_SHOWN
            or child.tag == f"{_W}p"
            or (child.tag == f"{_W}sdt" and _shows_its_prompt(child))
        ):
            continue
        elif child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            yield " "
        else:
            stack.append(iter(child))


def _shows_its_prompt(control: Element) -> bool:
    return control.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None


def _list_of(paragraph: Element) -> str:
    number = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
    return "" if number is None else number.get(f"{_W}val", "")


def _counted_lists(part: bytes, file: str) -> frozenset[str]:
    """The lists whose first level counts articles, by the number that paragraphs name."""
    if not part:
        return frozenset()
    root = _root(part, file)
    kinds = {
        kind.get(f"{_W}abstractNumId")
        for kind in root.iter(f"{_W}abstractNum")
        if any(text.get(f"{_W}val") == _ARTICLES for text in kind.iter(f"{_W}lvlText"))
    }
    return frozenset(
        number.get(f"{_W}numId", "")
        for number in root.iter(f"{_W}num")
        for kind in number.iter(f"{_W}abstractNumId")
        if kind.get(f"{_W}val") in kinds
    )


def bare(paragraph: str) -> str:
    """Return a paragraph's words for a comparison: no blanks, rules or shapes of ticks."""
    ticked = re.sub("[☒☑✓✔√■]", "☑", re.sub("[☐□▢]", "□", paragraph))
    return re.sub(r"[\s_\u00a0\u2000-\u200b\u3000]+", "", ticked)
