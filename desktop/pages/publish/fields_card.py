"""Which contents go out: a switch each, how the first patent would look, and on what ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import clear, column, icon_label, line
from desktop.parts.widgets.frames import Card
from desktop.parts.widgets.labelled import scrolled
from desktop.parts.widgets.one_line import Elided
from desktop.parts.widgets.plain_tip import plain_tip
from desktop.parts.widgets.switch import Switch

if TYPE_CHECKING:
    from desktop.pages.publish.publish_jobs import Look
    from forms.bureau.publication_plan import PlanField
    from forms.output.published import PublishedPatent

_HIGH = 37
_WIDE, _LABEL, _WHY = 480, 132, 184
_SLIM_LABEL, _SLIM_WHY = 96, 84  # in a card that is less wide


class FieldsCard(Card):
    """The fields of the plan; `turned` carries a field's id and whether it is on."""

    turned = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__(t("publish.fields.title"), beside=t("publish.fields.beside"))
        self.switches: dict[str, Switch] = {}
        self._columns: list[tuple[QWidget, QWidget]] = []
        inside = QWidget()
        self._rows = column(space=0)
        inside.setLayout(self._rows)
        self.body.addWidget(scrolled(inside))

    def show_look(self, look: Look) -> None:
        """Show the plan's fields as they are switched, with the first patent's words."""
        from forms.bureau.publication_choice import is_on

        in_hand = next((name for name, one in self.switches.items() if one.hasFocus()), "")
        clear(self._rows)
        self.switches = {}
        self._columns = []
        patents = look.found.published.patents
        first = patents[0] if patents else None
        for place, one in enumerate(look.plan.fields):
            if place:
                self._rows.addWidget(line())
            shown = is_on(look.plan, look.choice, one.id)
            self._rows.addWidget(self._row(one, shown, self._sample(one, shown, first), look))
        self._rows.addStretch()
        self._fit()
        if in_hand in self.switches:
            self.switches[in_hand].setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What goes out is seen in a narrow card, too."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_wide = self.width() >= _WIDE
        for name, ground in self._columns:
            name.setFixedWidth(_LABEL if is_wide else _SLIM_LABEL)
            ground.setFixedWidth(_WHY if is_wide else _SLIM_WHY)

    def _row(self, one: PlanField, shown: bool, sample: str, look: Look) -> QWidget:
        holder = QWidget()
        holder.setFixedHeight(_HIGH)
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(14, 0, 12, 0)
        layout.setSpacing(12)
        if one.lock == "off":
            lock = icon_label("lock")
            lock.setFixedWidth(36)
            layout.addWidget(lock)
        else:
            switch = Switch(one.label, is_on=shown)
            switch.setEnabled(not one.lock)
            switch.toggled.connect(lambda on, name=one.id: self.turned.emit(name, on))
            switch.setToolTip(t("publish.fields.locked") if one.lock else "")
            self.switches[one.id] = switch
            layout.addWidget(switch)
        name = Elided(one.label, "" if shown else "hint", shrinks=False)
        layout.addWidget(name)
        layout.addWidget(Elided(sample, "" if shown else "hint"), 1)
        icon, colour, words = _ground(one, shown, look)
        layout.addWidget(icon_label(icon, colour))
        ground = Elided(words, "hint", shrinks=False)
        self._columns.append((name, ground))
        holder.setToolTip(plain_tip(one.basis))
        layout.addWidget(ground)
        return holder

    @staticmethod
    def _sample(one: PlanField, shown: bool, first: PublishedPatent | None) -> str:
        if not shown:
            return t("publish.fields.off")
        words = [first.text(name) for name in one.names] if first else []
        return "　".join(word.replace("\n", " ") for word in words if word) or "—"


def _ground(one: PlanField, shown: bool, look: Look) -> tuple[str, str, str]:
    """Icon, colour and words of why a field goes out or not, or what is to be decided of it."""
    if not shown:
        return "circle-dashed", "text2", one.why
    open_ones = sum(concern.field in one.names for concern in look.found.open)
    if open_ones:
        return "clock", "pending", t("publish.fields.open", count=open_ones)
    told = sum(concern.field in one.names for concern in look.found.concerns)
    if told:
        return "clock", "pending", t("publish.fields.told", count=told, why=one.why)
    return "circle-check", "done", one.why
