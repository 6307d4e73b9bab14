"""The bar below the table for the cases that are ticked; rows above it never jump."""

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton

from desktop.installed.screen_texts import t
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.icons import icon
from desktop.parts.widgets.basics import button, icon_button, label, upright

GAPS = "gaps"
"""What asks for whatever the cases lack."""

CHANGES = {
    GAPS: "list-checks",
    "contact": "user",
    "region": "map-pin",
    "end": "calendar",
    "royalty": "coins",
    "terms": "file-text",
    "template": "file-plus",
}
"""What can be set for many cases at once, with its icon."""

_LEAST, _MOST = 620, 4
_SIDE, _GAP, _BETWEEN = 20, 4, 24  # margins, spacing, what stands between the groups


class BulkBar(QFrame):
    """Says how many cases are ticked and what can be done with them; `asked` carries what."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bulk")
        self.setFixedHeight(tk.BAR)
        self.setAccessibleName(t("register.bulk.name"))
        self._count = label("", "strong", tone="accent")
        self.buttons: dict[str, QPushButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_SIDE, 0, _SIDE, 0)
        layout.setSpacing(_GAP)
        layout.addWidget(self._count)
        layout.addWidget(self._button("none", "quiet"))
        between = upright()
        between.setFixedHeight(20)
        layout.addWidget(between)
        for name, picture in CHANGES.items():
            layout.addWidget(self._button(name, "quiet", picture))
        self.more = button(t("register.bulk.more"), "quiet", icon="ellipsis")
        self._menu = QMenu(self.more)
        for name, picture in CHANGES.items():
            action = self._menu.addAction(icon(picture), t(f"register.bulk.{name}"))
            action.triggered.connect(partial(self._ask, name))
        self._menu.addSeparator()
        folders = self._menu.addAction(icon("folder"), t("register.bulk.online"))
        folders.triggered.connect(partial(self._ask, "online"))
        convert = self._menu.addAction(icon("git-compare"), t("register.do.convert"))
        convert.triggered.connect(partial(self._ask, "convert"))
        pool = self._menu.addAction(icon("layers"), t("register.bulk.pool"))
        pool.triggered.connect(partial(self._ask, "pool"))
        away = self._menu.addAction(icon("trash-2"), t("register.bulk.bin"))
        away.triggered.connect(partial(self._ask, "bin"))
        self.more.setMenu(self._menu)
        layout.addWidget(self.more)
        layout.addStretch()
        self.print = icon_button("printer", t("register.print"), keys="Ctrl+P")
        self.print.setProperty("role", "button")
        self.print.setFixedSize(36, 32)
        self.print.clicked.connect(partial(self._ask, "print"))
        layout.addWidget(self.print)
        layout.addWidget(self._button("export", "", "download"))
        layout.addSpacing(4)
        layout.addWidget(self._button("submission", "primary", "send"))

    def show_count(self, count: int) -> None:
        """Show how many are ticked; with none the bar is not there."""
        self.setVisible(count > 0)
        self._count.setText(t("register.bulk.count", count=f"{count:,}"))
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """What there is no room for stands in the menu."""
        return QSize(_LEAST, tk.BAR)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What there is no room for stands in the menu, where all of it stands anyway."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        beside = (self._count, self.more, self.print)
        always = (*beside, *(self.buttons[name] for name in ("none", "export", "submission")))
        taken = 2 * _SIDE + _BETWEEN + sum(one.sizeHint().width() + _GAP for one in always)
        for place, name in enumerate(CHANGES):
            taken += self.buttons[name].sizeHint().width() + _GAP
            self.buttons[name].setVisible(place < _MOST and taken <= self.width())

    def _button(self, name: str, role: str, picture: str = "") -> QPushButton:
        words = t(f"register.bulk.{name}")
        made = button(words, role, icon=picture)
        made.clicked.connect(partial(self._ask, name))
        self.buttons[name] = made
        return made

    def _ask(self, what: str, _checked: bool = False) -> None:
        self.asked.emit(what)
