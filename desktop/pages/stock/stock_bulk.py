"""The bar below the grid for the patents that are ticked: an item set for all, cases made."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton

from desktop.installed.screen_texts import t
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.icons import icon
from desktop.parts.widgets.basics import button, label, upright
from forms.stock.stock_items import Item, StockForm

_ICONS = {"choice": "circle-dot", "choices": "handshake", "stars": "star", "text": "pencil-line"}
_FIRST = ("working", "willing", "stars")


class StockBulk(QFrame):
    """Says how many are ticked; `item_asked` carries an item's code, `asked` what else."""

    item_asked = Signal(str)
    asked = Signal(str)

    def __init__(self, form: StockForm) -> None:
        super().__init__()
        self.setProperty("role", "bulk")
        self.setFixedHeight(tk.BAR)
        self.setAccessibleName(t("stock.bulk.name"))
        self._count = label("", "strong", tone="accent")
        self._items: list[QPushButton] = []
        between = upright()
        between.setFixedHeight(20)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 0, 20, 0)
        layout.setSpacing(4)
        layout.addWidget(self._count)
        self.none = button(t("register.bulk.none"), "quiet", clicked=partial(self._ask, "none"))
        layout.addWidget(self.none)
        layout.addWidget(between)
        self._menu = QMenu(self)
        items = sorted(form.items, key=lambda one: one.code not in _FIRST)
        for item in (one for one in items if one.when is None):
            self._menu.addAction(self._action(item))
            if item.code in _FIRST:
                words = t("stock.bulk.set", name=item.header)
                one = button(words, "quiet", icon=_ICONS[item.kind])
                one.clicked.connect(partial(self._ask_item, item.code))
                self._items.append(one)
                layout.addWidget(one)
        self._menu.addSeparator()
        for name, picture in (("college", "school"), ("out", "archive-restore")):
            made = QAction(icon(picture), t(f"stock.bulk.{name}"), self)
            made.triggered.connect(partial(self._ask, name))
            self._menu.addAction(made)
        self.more = button(t("register.bulk.more"), "quiet", icon="ellipsis")
        self.more.setMenu(self._menu)
        layout.addWidget(self.more)
        layout.addStretch()
        self.cases = button("", "primary", icon="file-plus", clicked=partial(self._ask, "cases"))
        layout.addWidget(self.cases)

    def show_count(self, count: int) -> None:
        """Show how many are ticked; with none the bar is not there."""
        self.setVisible(count > 0)
        self._count.setText(t("register.bulk.count", count=f"{count:,}"))
        self.cases.setText(t("stock.bulk.cases", count=f"{count:,}"))
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """What there is no room for stands in the menu."""
        return QSize(480, tk.BAR)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What there is no room for stands in the menu, where all of it stands anyway."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        beside = (self._count, self.none, self.more, self.cases)
        room = self.width() - 80 - sum(one.sizeHint().width() + 4 for one in beside)
        for one in self._items:
            room -= one.sizeHint().width() + 4
            one.setVisible(room >= 0)

    def _action(self, item: Item) -> QAction:
        made = QAction(icon(_ICONS[item.kind]), t("stock.bulk.set", name=item.header), self)
        made.triggered.connect(partial(self._ask_item, item.code))
        return made

    def _ask_item(self, code: str, _checked: bool = False) -> None:
        self.item_asked.emit(code)

    def _ask(self, what: str, _checked: bool = False) -> None:
        self.asked.emit(what)
