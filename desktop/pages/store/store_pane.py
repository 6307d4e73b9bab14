"""One patent of the store: its facts, what was decided, its licences as reported."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.pages.store.store_rows import LOOKS, fee_text
from desktop.parts.widgets.basics import button, clear, icon_button, label, line, row
from desktop.parts.widgets.labelled import scrolled
from desktop.parts.widgets.messages import Chip
from desktop.parts.widgets.one_line import TwoLines, facts
from forms.bureau.provincial_store import STATE_WORDS, Entry
from forms.bureau.records import ReportedLicence
from forms.facts.amounts import yuan
from forms.facts.derived import owners_joined

WIDTH = 376


class StorePane(QFrame):
    """Shows a patent; `licence_asked` asks for a licence to be noted."""

    closed = Signal()
    licence_asked = Signal()

    def __init__(self, fee_words: Mapping[str, str]) -> None:
        super().__init__()
        self._fee_words = fee_words
        self.setProperty("role", "side")
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(t("store.pane"))
        self._chip = Chip()
        close = icon_button("x", t("frame.close"), keys="Esc", clicked=self.closed.emit)
        self._title = TwoLines("", "pane")
        inside = QWidget()
        self._body = QVBoxLayout(inside)
        self._body.setContentsMargins(8, 4, 8, 16)
        self._body.setSpacing(4)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(row(self._chip, None, close, margins=(24, 14, 12, 8)))
        title = QVBoxLayout()
        title.setContentsMargins(24, 0, 24, 12)
        title.addWidget(self._title)
        whole.addLayout(title)
        whole.addWidget(line())
        whole.addWidget(scrolled(inside), 1)
        whole.addWidget(line())
        note = button(t("store.note_licence"), icon="handshake", clicked=self.licence_asked.emit)
        whole.addLayout(row(note, margins=(24, 12, 24, 14)))

    def show_entry(self, entry: Entry) -> None:
        """Show a patent."""
        one, case = entry.kept.record, entry.kept.record.case
        self._chip.show_look(LOOKS[one.state], STATE_WORDS[one.state])
        self._title.say(case.patent.title or t("store.no_title"))
        clear(self._body)
        self._body.addLayout(
            facts(
                [
                    (t("store.facts.number"), one.number),
                    (t("store.facts.owners"), owners_joined(case)),
                    (t("store.facts.office"), one.office),
                    (t("store.facts.main_class"), case.patent.main_class or "—"),
                    (t("store.facts.fee"), fee_text(entry, self._fee_words)),
                    (t("store.facts.end"), str(case.offer_end or "—")),
                    (t("store.facts.region"), case.region or "—"),
                    (t("store.facts.contact"), _contact(entry)),
                ]
            )
        )
        decision = one.decision
        if decision is not None:
            self._body.addWidget(line())
            at = f"{decision.at.astimezone():%Y-%m-%d %H:%M}" if decision.at else ""
            pairs = [(t("store.facts.decided"), f"{at}　{decision.by}".strip("　"))]
            pairs += [
                (t("store.facts.reason"), f"{reason.message}（{reason.basis}）".replace("（）", ""))
                for reason in decision.reasons
            ]
            if decision.deadline is not None:
                pairs.append((t("store.facts.deadline"), str(decision.deadline)))
            self._body.addLayout(facts(pairs))
        self._body.addWidget(line())
        head = row(label(t("store.licences", count=len(entry.licences)), "strong"), None)
        head.setContentsMargins(16, 10, 16, 0)
        self._body.addLayout(head)
        for kept in entry.licences:
            self._body.addLayout(facts(_licence(kept.record)))
        self._body.addStretch()


def _contact(entry: Entry) -> str:
    contact = entry.kept.record.case.contact
    return "　".join(filter(None, (contact.name, contact.phone, contact.email))) or "—"


def _licence(one: ReportedLicence) -> list[tuple[str, str]]:
    amount = f"{yuan(one.amount)} 元" if one.amount is not None else ""
    pairs = [
        (t("store.facts.licensee"), one.licensee or "—"),
        (t("store.facts.fee"), "　".join(filter(None, (one.royalty, amount))) or "—"),
        (t("store.facts.signed"), str(one.signed_on or "—")),
    ]
    if one.recorded_no or one.recorded_on:
        words = "　".join(filter(None, (one.recorded_no, str(one.recorded_on or ""))))
        pairs.append((t("store.facts.recorded"), words))
    pairs.append((t("store.facts.reported"), f"{one.reported_on or ''}　{one.source}".strip("　")))
    return pairs
