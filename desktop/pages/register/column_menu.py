"""Which columns the table of cases has: the button and the menu by which a clerk chooses them."""

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QToolButton

from desktop.installed.screen_texts import t
from desktop.installed.settings import Settings
from desktop.pages.register.case_table import RegisterTable
from desktop.parts.widgets.basics import icon_button

COLUMNS_SETTING = "columns"
_NONE = "-"  # what is kept where a clerk wants none of those that may go


class ColumnChoice(QObject):
    """Shows the columns chosen before; `button` and the table's header open the menu."""

    def __init__(self, table: RegisterTable, settings: Settings) -> None:
        super().__init__(table)
        self._table, self._settings = table, settings
        self.button: QToolButton = icon_button("table-2", t("register.show_columns"))
        self.button.clicked.connect(self._below_button)
        header = table.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_header)
        if chosen := settings.text(COLUMNS_SETTING):
            table.show_columns(chosen.split(","))

    def menu(self) -> QMenu:
        """The columns that may go, each ticked where it is wanted."""
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._table.fill_columns_menu(menu, self._choose)
        return menu

    def _choose(self, wanted: frozenset[str]) -> None:
        self._table.show_columns(wanted)
        self._settings.set(COLUMNS_SETTING, ",".join(sorted(wanted)) or _NONE)

    def _below_button(self) -> None:
        below = QPoint(0, self.button.height() + 4)
        self.menu().popup(self.button.mapToGlobal(below))

    def _on_header(self, place: QPoint) -> None:
        self.menu().popup(self._table.horizontalHeader().mapToGlobal(place))
