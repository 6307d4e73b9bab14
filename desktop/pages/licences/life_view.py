"""One licence after its signature: its steps along a line, its papers, its account."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.installed.screen_texts import t
from desktop.pages.licences.licence_session import LicenceSession
from desktop.pages.licences.life_account import AccountPane, PaymentsCard
from desktop.pages.licences.life_actions import LifeActions
from desktop.pages.licences.life_steps import looks, steps
from desktop.pages.licences.life_timeline import Timeline
from desktop.parts.widgets.basics import button, frame, icon_label, label, row
from desktop.parts.widgets.frames import Card, PageHead
from desktop.parts.widgets.messages import Chip
from desktop.parts.widgets.one_line import CardColumn
from forms.facts.derived import number_text
from forms.facts.licence_effect import effect
from forms.facts.licence_ledger import ledger
from forms.facts.licence_life import ItemState
from forms.office.licence_life import advice
from forms.paper.recordal_lines import RecordalLine, procedure_of, recordal_lines

_SIDE_BY_SIDE = 1020
_ITEMS: dict[ItemState, tuple[str, str]] = {
    "ready": ("circle-check", "done"),
    "pending": ("clock", "pending"),
    "not_needed": ("circle-minus", "text3"),
}


class LifeView(QWidget):
    """Shows what became of the licence of a session."""

    back_asked = Signal()
    contract_asked = Signal()
    field_asked = Signal(str)

    def __init__(self, desk: Desk, session: LicenceSession) -> None:
        super().__init__()
        self._desk, self.session = desk, session
        self.doing = LifeActions(self, desk, session)
        self.effect_chip, self.recordal_chip = Chip(), Chip()
        contract = button(t("licences.life.contract"), icon="file-text")
        contract.clicked.connect(self.contract_asked)
        title = t("licences.life.title", place=session.place)
        chips = (self.effect_chip, self.recordal_chip)
        self.head = PageHead(title, back=t("licences.title"), buttons=(*chips, contract))
        case = session.case.case
        self.head.show_beside(f"{number_text(case)}　{case.patent.title}")
        self.head.back_asked.connect(self.back_asked)
        self.timeline = Timeline()
        self.timeline.asked.connect(self._asked)
        self._party = QVBoxLayout()
        self.column = CardColumn()
        self.column.cards.setContentsMargins(24, 16, 24, 24)
        holder = QWidget()
        holder.setLayout(self._party)
        self._party.setContentsMargins(0, 0, 0, 0)
        self.column.show_cards([holder, self.timeline])
        self.account = AccountPane()
        self.account.receipt_asked.connect(self.doing.note_receipt)
        self.account.list_asked.connect(self.doing.export_list)
        self.account.letter_asked.connect(self.doing.write_letter)
        self._panes = panes = QHBoxLayout()
        panes.setSpacing(0)
        panes.addWidget(self.column, 1)
        panes.addWidget(self.account)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addLayout(panes, 1)
        self._party.addWidget(self._parties())
        session.checked.connect(self.refresh)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The account beside where there is room, else below the steps."""
        super().resizeEvent(event)
        beside = self.width() >= _SIDE_BY_SIDE
        is_beside = self._panes.indexOf(self.account) >= 0
        if beside == is_beside:
            return
        self.account.stand_beside(beside)
        if beside:
            self._panes.addWidget(self.account)
        else:
            self.column.cards.insertWidget(self.column.cards.count() - 1, self.account)

    def refresh(self) -> None:
        """Show the licence as it now stands."""
        case, licence, today = self.session.case.case, self.session.licence, self._desk.today
        account = ledger(case, licence, today)
        for chip, look in zip(
            (self.effect_chip, self.recordal_chip), looks(case, licence, today), strict=True
        ):
            chip.show_look(look)
        inside: dict[str, QWidget] = {}
        if account.lines:
            inside["dues"] = PaymentsCard(account)
        if effect(case, licence).day and procedure_of(case, licence, self.session.pack):
            inside["recordal"] = self._papers()
        self.timeline.show_steps(steps(case, licence, account, today), inside)
        told = tuple(advice(case, licence, account, today))
        self.account.show_account(case, licence, account, told)

    def _asked(self, action: str) -> None:
        if action == "signed_on":
            self.field_asked.emit("licence.signed_on")
        else:
            self.doing.do(action)

    def _parties(self) -> Card:
        case, licence = self.session.case.case, self.session.licence
        facts = (
            (t("licences.one.licensors"), "、".join(owner.name for owner in case.owners)),
            (t("licences.one.licensee"), licence.licensee.name or t("licences.no_name")),
            (t("licences.compare.kind"), t("licences.compare.ordinary")),
            (t("licences.life.declaration"), case.declaration.number or "—"),
        )
        grid = QGridLayout()
        grid.setContentsMargins(16, 12, 16, 14)
        grid.setVerticalSpacing(2)
        grid.setHorizontalSpacing(16)
        for place, (name, value) in enumerate(facts):
            grid.addWidget(label(name, "hint"), 0, place)
            grid.addWidget(label(value, wrap=True), 1, place)
            grid.setColumnStretch(place, 2 if place < 2 else 1)
        card = Card()
        card.body.addLayout(grid)
        return card

    def _papers(self) -> QFrame:
        case, licence, pack = self.session.case.case, self.session.licence, self.session.pack
        lines = recordal_lines(case, licence, pack, self._desk.today)
        procedure = procedure_of(case, licence, pack)
        assert procedure is not None
        ready = sum(one.state == "ready" for one in lines)
        wanted = sum(one.state != "not_needed" for one in lines)
        said = t("licences.life.papers_ready", ready=ready, count=wanted)
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        for place, one in enumerate(lines):
            self._paper(grid, place, one)
        card = frame("card", grid)
        grid.setContentsMargins(14, 10, 14, 10)
        make = button(t("licences.life.make_papers"), icon="folder-open")
        make.clicked.connect(self.doing.make_papers)
        note = button(t("licences.life.note_number"), icon="stamp")
        note.clicked.connect(partial(self.doing.do, "record"))
        basis = label(t("licences.life.basis", basis=procedure.basis), "hint", wrap=True)
        head = row(label(t("licences.life.papers"), "strong"), label(said, "hint"), None)
        whole = QVBoxLayout()
        whole.setContentsMargins(14, 12, 14, 12)
        whole.setSpacing(10)
        whole.addLayout(head)
        whole.addWidget(basis)
        whole.addWidget(card)
        whole.addLayout(row(make, note, None))
        return frame("chosen", whole)

    def _paper(self, grid: QGridLayout, place: int, one: RecordalLine) -> None:
        icon, tone = _ITEMS[one.state]
        said = one.said or t(f"licences.life.items.{one.state}")
        state = QWidget()
        words = label(said, "hint", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        beside = row(icon_label(icon, tone), words, space=6)
        beside.setStretch(1, 1)
        state.setLayout(beside)
        add = button(t("licences.life.add"), "link")
        add.setAccessibleName(f"{one.words}：{t('licences.life.add')}")
        add.clicked.connect(partial(self.doing.add_paper, one.code))
        grid.addWidget(label(str(one.place), "hint"), place, 0)
        grid.addWidget(label(one.words, wrap=True), place, 1)
        grid.addWidget(state, place, 2)
        grid.addWidget(add, place, 3)
        grid.setColumnMinimumWidth(2, 190)
