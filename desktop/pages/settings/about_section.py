"""What the program is, and whose work it stands on."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.installed.bureau_edition import edition_here
from desktop.installed.program_version import pack_versions, program_version
from desktop.installed.screen_texts import t
from desktop.parts.markdown_reader import GuideReader
from desktop.parts.outside import open_outside
from desktop.parts.theme import tokens as tk
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.frames import Card
from forms.ground.locate import resources

NOTICES = "THIRD-PARTY-NOTICES.md"
LICENCES = resources().parent / "licences"  # in a built program


class AboutCard(Card):
    """Version, edition, packs, licence, third parties."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("settings.groups.about"))
        self._desk = desk
        column = QVBoxLayout()
        column.setContentsMargins(16, 14, 16, 18)
        column.setSpacing(8)
        column.addWidget(label(t("frame.app"), "step"))
        edition = edition_here()
        versions = [edition.name] if edition else []
        if version := program_version():
            versions.append(t("settings.about.version", version=version))
        versions += pack_versions(desk.packs.values())
        for words in versions:
            column.addWidget(label(words, "hint", wrap=True))
        column.addWidget(label(t("settings.about.what"), wrap=True))
        column.addWidget(label(t("settings.about.licence"), "hint", wrap=True))
        if words := third_parties():
            column.addSpacing(8)
            third: list[QWidget | None] = [label(t("settings.about.third"), "strong"), None]
            if LICENCES.is_dir():
                third.append(button(t("settings.about.texts"), clicked=self._show_texts))
            column.addLayout(row(*third))
            shown = GuideReader((tk.PANE, tk.BODY))
            shown.setAccessibleName(t("settings.about.third"))
            shown.show_guide(words.partition("\n")[2], resources())  # its title stands above it
            shown.setProperty("role", "notices")
            column.addWidget(shown)
        self.body.addLayout(column)

    def _show_texts(self) -> None:
        open_outside(LICENCES, self._desk.notices)


def third_parties() -> str:
    """The notices that ship with the program, "" where they are not there."""
    for folder in (resources(), resources().parent):
        file = folder / NOTICES
        if file.is_file():
            return file.read_text(encoding="utf-8")
    return ""
