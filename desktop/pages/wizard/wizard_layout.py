"""How the wizard's panes share the width: side by side, or one over the other.

Logical pixels, of the page without the rail: `SIDE_BY_SIDE` is a screen of 1280 less the rail,
the narrowest on which a step and a page of paper are both read without scrolling across.
"""

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from desktop.editing.side_sheet import SHEET_WIDTH
from desktop.pages.wizard.steps_map import SLIM, STRIP, WIDE
from desktop.parts.theme import tokens as tk

if TYPE_CHECKING:
    from desktop.pages.wizard.wizard_view import WizardView

W = TypeVar("W", bound=QWidget)

SIDE_BY_SIDE, WHOLE_MAP, ROOMY, VAST = 1190, 960, 1330, 1590
PREVIEW_SLIM, PREVIEW, PREVIEW_WIDE = SHEET_WIDTH, 560, 720
_LOW, _LOWEST = 700, 560
_FOOT_DENSE = 48


def is_side_by_side(width: int) -> bool:
    """Whether page and preview stand side by side."""
    return width >= SIDE_BY_SIDE


def fit(page: "WizardView", body: QHBoxLayout, stack: QStackedWidget, wants_preview: bool) -> None:
    """Lay a wizard's panes out for its present size."""
    width, height = page.width(), page.height()
    beside = is_side_by_side(width)
    _put_preview(page.preview, body, stack, beside)
    if beside:
        page.preview.setFixedWidth(
            PREVIEW_WIDE if width >= VAST else PREVIEW if width >= ROOMY else PREVIEW_SLIM
        )
        page.preview.setVisible(wants_preview)
    shows = wants_preview if beside else stack.currentWidget() is page.preview
    page.bar.preview.setChecked(shows)
    map_width = STRIP if width < WHOLE_MAP else WIDE if width >= ROOMY else SLIM
    page.map.fit(map_width, dense=height < _LOW)
    page.problems.fit(5 if height > _LOW else 3, dense=height < _LOWEST)
    page.stage.fit(dense=height < _LOWEST)
    page.foot.setFixedHeight(_FOOT_DENSE if height < _LOWEST else tk.FOOT)
    page.bar.fit(width)


def _put_preview(preview: QWidget, body: QHBoxLayout, stack: QStackedWidget, beside: bool) -> None:
    is_beside = body.indexOf(preview) >= 0
    if beside and not is_beside:
        stack.removeWidget(preview)
        stack.setCurrentIndex(0)
        body.addWidget(preview)
    elif not beside and (is_beside or stack.indexOf(preview) < 0):
        body.removeWidget(preview)
        preview.setMinimumWidth(0)
        preview.setMaximumWidth(16_777_215)
        stack.addWidget(preview)
        stack.setCurrentIndex(0)


def replaced(old: W, new: W) -> W:
    """Put a widget where another stood, which goes."""
    parent = old.parentWidget()
    held = parent.layout() if parent is not None else None
    if held is not None:
        held.replaceWidget(old, new)
    old.hide()
    old.deleteLater()
    return new
