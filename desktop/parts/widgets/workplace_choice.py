"""Which workplace (工作台) it is: 单位 or 省局, two buttons with a sentence beneath."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from desktop.installed.screen_texts import t
from desktop.installed.workplaces import ICONS, WORKPLACES, Workplace
from desktop.parts.widgets.basics import button, column, label, row

_LEAST_WIDTH = 120


class WorkplaceChoice(QWidget):
    """Shows the workplaces, one chosen; `asked` is called with the other when it is clicked."""

    def __init__(self, chosen: Workplace, asked: Callable[[Workplace], object]) -> None:
        super().__init__()
        self._asked = asked
        self._group = QButtonGroup(self)
        self.buttons: dict[Workplace, QPushButton] = {}
        for one in WORKPLACES:
            made = button(
                t(f"frame.workplace.{one}"),
                "",
                icon=ICONS[one],
                clicked=partial(self._click, one),
            )
            made.setCheckable(True)
            made.setMinimumWidth(_LEAST_WIDTH)
            made.setAccessibleDescription(t(f"frame.workplace.{one}_words"))
            self._group.addButton(made)
            self.buttons[one] = made
        self._words = label("", "hint", wrap=True)
        whole = column(space=6)
        whole.addLayout(row(*self.buttons.values(), None))
        whole.addWidget(self._words)
        self.setLayout(whole)
        self.show_chosen(chosen)

    def show_chosen(self, chosen: Workplace) -> None:
        """Mark a workplace as the chosen one, and say what is done there."""
        self.chosen = chosen
        self.buttons[chosen].setChecked(True)
        self._words.setText(t(f"frame.workplace.{chosen}_words"))

    def _click(self, workplace: Workplace) -> None:
        if workplace != self.chosen:
            self.show_chosen(workplace)
            self._asked(workplace)
