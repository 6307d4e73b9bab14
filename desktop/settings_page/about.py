"""What the program is, and whose work it stands on."""

from PySide6.QtWidgets import QTextBrowser, QVBoxLayout

from desktop.texts import t
from desktop.version import program_version
from desktop.widgets.basics import label
from desktop.widgets.frames import Card
from forms.locate import resources

NOTICES = "THIRD-PARTY-NOTICES.md"
_HIGH = 380


class AboutCard(Card):
    """Version, licence, third parties."""

    def __init__(self) -> None:
        super().__init__(t("settings.groups.about"))
        column = QVBoxLayout()
        column.setContentsMargins(16, 14, 16, 18)
        column.setSpacing(8)
        column.addWidget(label(t("frame.app"), "step"))
        if version := program_version():
            column.addWidget(label(t("settings.about.version", version=version), "hint"))
        column.addWidget(label(t("settings.about.what"), wrap=True))
        column.addWidget(label(t("settings.about.licence"), "hint", wrap=True))
        if words := third_parties():
            column.addSpacing(8)
            column.addWidget(label(t("settings.about.third"), "strong"))
            shown = QTextBrowser()
            shown.setAccessibleName(t("settings.about.third"))
            shown.setMarkdown(words)
            shown.setMinimumHeight(_HIGH)
            column.addWidget(shown)
        self.body.addLayout(column)


def third_parties() -> str:
    """The notices that ship with the program, "" where they are not there."""
    for folder in (resources(), resources().parent):
        file = folder / NOTICES
        if file.is_file():
            return file.read_text(encoding="utf-8")
    return ""
