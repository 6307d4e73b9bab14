"""The workplace (工作台) in the settings: which one it is, and the way to the other."""

from PySide6.QtWidgets import QVBoxLayout

from desktop.desk.desk import Desk
from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import label
from desktop.parts.widgets.frames import Card
from desktop.parts.widgets.workplace_choice import WorkplaceChoice


class WorkplaceCard(Card):
    """Shows the workplaces; the window goes to the one that is clicked."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("settings.groups.workplace"))
        self.choice = WorkplaceChoice(desk.workplace, desk.workplace_asked.emit)
        inside = QVBoxLayout()
        inside.setContentsMargins(16, 14, 16, 18)
        inside.setSpacing(12)
        inside.addWidget(self.choice)
        inside.addWidget(label(t("settings.workplace.help"), "hint", wrap=True))
        self.body.addLayout(inside)
