"""The boxed words at the right of every page of a paper, such as 填报底稿，不作为提交文件."""

from forms.output.block_setting import Setter
from forms.output.page_sheet import MM, Sheet
from forms.output.tags import Element
from forms.pack.language import Page

_RULE_PT = 1.1
_BESIDE_EM, _HIGH_EM = 0.72, 1.95  # white at both sides; the box's height


def put_mark(sheet: Sheet, page: Page, setter: Setter, tag: Element | None) -> None:
    """Put a page's mark, if it has one; `tag` where it is read out (on the first page)."""
    if not page.mark:
        return
    em, right = page.mark_pt, sheet.width - page.right_mm * MM
    (line,) = setter.words(page.mark, "heading", em, sheet.width, leading_pt=_HIGH_EM * em)[:1]
    width = line.width + 2 * _BESIDE_EM * em
    left, top = right - width, page.mark_mm * MM
    sheet.line(line, left + _BESIDE_EM * em, top, tag)
    sheet.mark = left, top
    sheet.frame(left, top, width, line.height, _RULE_PT)
