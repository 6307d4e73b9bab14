"""The list of keys (Ctrl+/): those of the page in hand beside those of the window."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.desk.page_base import Shortcut
from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.labelled import scrolled
from desktop.parts.widgets.sheet import Sheet

_ARROWS = {"Up": "↑", "Down": "↓"}
_WIDE, _HIGH = 780, 640


class ShortcutSheet(Sheet):
    """Lists keys under headings, the groups beside each other."""

    def __init__(
        self, groups: Sequence[tuple[str, Sequence[Shortcut]]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("frame.keys.list"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        beside = QHBoxLayout()
        beside.setContentsMargins(0, 0, 16, 0)
        beside.setSpacing(48)
        for heading, shortcuts in groups:
            if shortcuts:
                beside.addLayout(_group(heading, shortcuts), 1)
        inside = QWidget()
        inside.setLayout(beside)
        close = button(t("frame.close"), mnemonic="C", clicked=self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(16)
        layout.addWidget(label(t("frame.keys.list"), "step"))
        layout.addWidget(scrolled(inside))
        layout.addLayout(row(None, close))
        close.setFocus()
        wanted = inside.sizeHint()
        self.resize(max(_WIDE, wanted.width() + 80), min(_HIGH, wanted.height() + 150))


def _group(heading: str, shortcuts: Sequence[Shortcut]) -> QVBoxLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 1)
    for place, one in enumerate(shortcuts):
        keys = [_cap(part) for part in one.keys.split(" ")]
        grid.addWidget(label(t(one.text)), place, 0)
        grid.addLayout(row(*keys, None, space=6), place, 1)
    whole = QVBoxLayout()
    whole.setSpacing(10)
    whole.addWidget(label(heading, "strong"))
    whole.addLayout(grid)
    whole.addStretch()
    return whole


def _cap(keys: str) -> QWidget:
    """Keys as this system writes them, on a key cap; a span such as "Alt+1…9" as it stands."""
    plain = "+".join(_ARROWS.get(part, part) for part in keys.split("+")) if "+" in keys else keys
    native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    shown = label(plain if plain != keys or "…" in keys or not native else native, "cap")
    shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return shown
