"""The list of keys (Ctrl+/): those of the window and those of the page in hand."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.page import Shortcut
from desktop.texts import t
from desktop.widgets.basics import button, label, row


class ShortcutSheet(QDialog):
    """Lists keys under headings."""

    def __init__(
        self, groups: Sequence[tuple[str, Sequence[Shortcut]]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("frame.keys.list"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(8)
        line = 0
        for heading, shortcuts in groups:
            if not shortcuts:
                continue
            grid.addWidget(label(heading, "label"), line, 0, 1, 2)
            for place, one in enumerate(shortcuts, line + 1):
                grid.addWidget(label(t(one.text), "hint"), place, 0)
                grid.addWidget(label(_shown(one.keys), "strong"), place, 1)
            line += len(shortcuts) + 1
            grid.setRowMinimumHeight(line, 8)
            line += 1
        grid.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        inside.setProperty("role", "plain")
        inside.setLayout(grid)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(16)
        layout.addWidget(label(t("frame.keys.list"), "step"))
        layout.addWidget(area)
        layout.addLayout(row(None, button(t("frame.close"), clicked=self.accept)))
        wide = inside.sizeHint().width() + 80
        self.resize(max(420, wide), min(560, inside.sizeHint().height() + 160))


def _shown(keys: str) -> str:
    """Keys as this system writes them; a span such as "Alt+1…9" as it stands."""
    parts = keys.split(" ")
    native = [QKeySequence(part).toString(QKeySequence.SequenceFormat.NativeText) for part in parts]
    return "  ".join(n if n and "…" not in p else p for n, p in zip(native, parts, strict=True))
