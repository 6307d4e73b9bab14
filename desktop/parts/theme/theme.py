"""The theme in force: light, dark, or as the system has it."""

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

from desktop.parts.theme import style
from desktop.parts.theme.palette import palette
from desktop.parts.theme.tokens import DARK, LIGHT, Tokens
from forms.ground.locate import resources

ThemeChoice = Literal["system", "light", "dark"]


class Theme(QObject):
    """Puts palette and style sheet on the application, and again whenever the scheme changes."""

    changed = Signal()

    def __init__(self, app: QApplication, choice: ThemeChoice = "system") -> None:
        super().__init__(app)
        self._app = app
        self._choice: ThemeChoice = choice
        self._worn: Tokens | None = None
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self._wear()

    @property
    def tokens(self) -> Tokens:
        """The tokens in force."""
        if self._choice == "system":
            scheme = self._app.styleHints().colorScheme()
            return DARK if scheme == Qt.ColorScheme.Dark else LIGHT
        return DARK if self._choice == "dark" else LIGHT

    @property
    def choice(self) -> ThemeChoice:
        """What was chosen."""
        return self._choice

    def choose(self, choice: ThemeChoice) -> None:
        """Turn to light, to dark, or to the system's way."""
        self._choice = choice
        self._wear()

    @Slot()
    def _follow(self) -> None:
        self._wear()

    def _wear(self) -> None:
        wanted = self.tokens
        if wanted is self._worn:
            return
        self._worn = wanted
        folder = resources()
        sheet = style.style_sheet(folder / "style.qss", wanted, folder / "icons")
        if sheet != self._app.styleSheet():  # Qt would dress every widget anew in the same
            self._app.setPalette(palette(wanted))
            self._app.setStyleSheet(sheet)
        self.changed.emit()
