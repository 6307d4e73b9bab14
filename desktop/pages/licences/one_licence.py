"""One licence: who takes it, the offer beside the contract, every blank of the contract."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCompleter,
    QGridLayout,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.store_problems import LockedDatabase
from desktop.desk.desk import Desk
from desktop.editing.form import Form, FormBuilder
from desktop.editing.form.line_editor import Line
from desktop.editing.side_sheet import SideSheet
from desktop.editing.version_rows import VersionList, history_sheet
from desktop.installed.screen_texts import t
from desktop.on_paper.preview import PaperPreview
from desktop.pages.licences.contract_file import has_contract
from desktop.pages.licences.licence_session import PREFIX, LicenceSession
from desktop.pages.licences.terms_compared import as_offered, differing, terms
from desktop.pages.licences.terms_table import ComparedTerms
from desktop.pages.licences.word_sheet import compare_word
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.chips import SEVERITIES
from desktop.parts.widgets.basics import button, clear, icon_button, label, row, upright
from desktop.parts.widgets.frames import Card, FootBar, PageHead
from desktop.parts.widgets.one_line import CardColumn, CardLine
from forms.check.wizard_steps import items_of, nearest
from forms.facts.derived import number_text
from forms.ground.problems import Problem
from forms.office.offered_values import Account, Entries, accounts, supplied
from forms.office.stored import StoredParty
from forms.pack.types import Field, Pack

_SIDE_BY_SIDE = 1190
_PREVIEW = 470
_FIRST_SHOWN = 3
_NAMED = 4  # labels that are named before they are counted
_LICENSEE = "licence.licensee.name"


class LicenceView(QWidget):
    """Shows a licence session."""

    back_asked = Signal()
    case_asked = Signal(int, str)
    file_asked = Signal(str)  # the format
    print_asked = Signal()
    seal_asked = Signal()
    remove_asked = Signal()
    remember_asked = Signal()
    life_asked = Signal()

    def __init__(self, desk: Desk, session: LicenceSession, parties: Sequence[StoredParty]) -> None:
        super().__init__()
        self._desk = desk
        self.session = session
        self._parties = {one.party.name: one.party for one in parties}
        self._entries: Entries | None = None  # read once: what is shown follows every key
        self.forms: list[Form] = []
        self._shows_all = False
        self._sheet: SideSheet | None = None
        title = t("licences.one.title", place=session.place)
        self.head = PageHead(title, back=t("licences.title"), buttons=self._head_buttons())
        case = session.case.case
        self.head.show_beside(f"{number_text(case)}　{case.patent.title}")
        self.head.back_asked.connect(self.back_asked)
        self.preview = PaperPreview(desk, scopes=("licence",), closable=False, pack=session.pack)
        self.compared = ComparedTerms()
        self.compared.field_asked.connect(self.focus_field)
        self.compared.all_asked.connect(self.take_offer)
        self.column = CardColumn()
        self.column.cards.setContentsMargins(24, 8, 16, 24)
        self.column.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the fields take it
        self._case_card = QVBoxLayout()
        words = t("licences.one.pdf" if has_contract(session.pack) else "licences.one.sheet")
        self.pdf = button(words, "primary", icon="file-down", keys="Ctrl+E")
        self.pdf.clicked.connect(partial(self._file, "pdf"))
        word = button(t("licences.one.word"), icon="file-type", clicked=partial(self._file, "docx"))
        printing = button(t("licences.one.print"), icon="printer", keys="Ctrl+P")
        printing.clicked.connect(self.print_asked)
        seal = button(t("licences.one.seal"), "quiet", icon="stamp", clicked=self.seal_asked.emit)
        with_contract = (seal, printing, word) if has_contract(session.pack) else (printing,)
        self.foot = FootBar(self.pdf, others=with_contract)
        self._lay_out()
        self._follow(session)

    def _head_buttons(self) -> tuple[QWidget, ...]:
        self._shows_preview = button(t("licences.one.preview"), icon="panel-right", keys="Ctrl+\\")
        self._shows_preview.setCheckable(True)
        self._shows_preview.toggled.connect(self._fit)
        life = button(t("licences.life.open"), icon="coins", clicked=self.life_asked.emit)
        history = icon_button("history", t("licences.one.history"), clicked=self.show_history)
        word = icon_button("git-compare", t("licences.word.open"), clicked=self.compare_word)
        remove = icon_button("trash-2", t("licences.one.remove"), clicked=self.remove_asked.emit)
        own = (word, history) if has_contract(self.session.pack) else (history,)
        return (life, self._shows_preview, *own, remove)

    def _lay_out(self) -> None:
        self._case_holder = QWidget()
        self._case_holder.setLayout(self._case_card)
        self._case_card.setContentsMargins(0, 0, 0, 0)
        cards: list[QWidget] = [self._sides(), self.compared, self._case_holder]
        builder = FormBuilder(self.session.draft, accounts=self._accounts)
        pack = self.session.pack
        for heading, fields in under_headings(pack):
            form = builder.build(items_of(pack, fields))
            form.gone.connect(self.session.note_left)
            form.at.connect(self._at)
            self.forms.append(form)
            card = Card(heading)
            inside = QVBoxLayout()
            inside.setContentsMargins(16, 14, 16, 18)
            inside.addWidget(form)
            card.body.addLayout(inside)
            cards.append(card)
        self.column.show_cards(cards)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self.column, 1)
        left.addWidget(self.foot)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._left)
        self._panes = QHBoxLayout()
        self._panes.setSpacing(0)
        self._panes.addWidget(self._stack, 1)
        self._panes.addWidget(self.preview)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addLayout(self._panes, 1)

    def _sides(self) -> Card:
        owners = "、".join(owner.name for owner in self.session.case.case.owners) or "—"
        self.licensee = Line()
        self.licensee.setText(self.session.licence.licensee.name)
        self.licensee.setAccessibleName(t("licences.one.licensee"))
        self.licensee.setPlaceholderText(t("licences.one.licensee_hint"))
        completer = QCompleter(sorted(self._parties))
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self._from_book)
        self.licensee.setCompleter(completer)
        self.licensee.textEdited.connect(self._typed)
        self.licensee.left.connect(self._licensee_left)
        self.licensee.entered.connect(partial(self._at, _LICENSEE))
        remember = button(
            t("licences.one.remember"), icon="book-user", clicked=self.remember_asked.emit
        )
        between = upright()
        between.setMinimumHeight(44)
        grid = QGridLayout()
        grid.setContentsMargins(16, 12, 16, 14)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.addWidget(label(t("licences.one.licensors"), "hint"), 0, 0)
        grid.addWidget(label(owners, "strong", wrap=True), 1, 0)
        grid.addWidget(between, 0, 1, 2, 1)
        grid.addWidget(label(t("licences.one.licensee"), "hint"), 0, 2)
        grid.addWidget(self.licensee, 1, 2)
        grid.addWidget(remember, 1, 3)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(2, 3)
        card = Card()
        card.body.addLayout(grid)
        return card

    def _accounts(self) -> Sequence[Account]:
        return accounts(self.session.case.case, self._desk.store.parties.office())

    # --- what may be asked ----------------------------------------

    def focus_field(self, path: str) -> None:
        """Put the focus on a field of the contract."""
        for form in self.forms:
            if nearest(path, form.paths) == path and form.focus(path):
                widget = form.widget_of(path)
                if widget is not None:
                    self.column.ensureWidgetVisible(widget, 0, 120)
                return

    def show_history(self) -> None:
        """Show the versions of the contract, each with what changed in it."""
        self.close_history()
        session, desk = self.session, self._desk
        session.save()
        versions = None
        if (stored := session.stored) is not None:
            kept, read = desk.store.licences.versions(stored.id), desk.store.licences.at_version
            now = desk.now().astimezone()
            versions = VersionList(kept, now, partial(read, stored.id), session.draft.pack)
        self._open_sheet(history_sheet(self, versions, self._restore, under=tk.HEAD))

    def compare_word(self) -> None:
        """Show what a contract that the other party sent back in Word says otherwise."""
        compare_word(self, self._desk, self.session, self._open_sheet)

    def _open_sheet(self, sheet: SideSheet) -> None:
        self.close_history()
        self._sheet = sheet
        sheet.closed.connect(self._forget_sheet)
        sheet.open_sheet(self.focusWidget())

    def close_history(self) -> bool:
        """Close the sheet if it is open; whether it was."""
        if self._sheet is None:
            return False
        self._sheet.close_sheet()
        return True

    def take_offer(self) -> None:
        """Say everything as it was offered."""
        self.session.draft.put_all(as_offered(self.session.case.case))

    def supply(self) -> None:
        """Fill what the case lacks of its owners from 单位 and 名册."""
        labels = self.session.supply(self._desk.entries())
        words = t("licences.one.supplied", names=listed(labels))
        self._desk.notices.tell("done", words)

    def read_again(self) -> None:
        """Show all as it now is: 单位 and 名册 may have changed."""
        self._entries = None
        self.refresh()

    def refresh(self) -> None:
        """Show the licence as it now stands."""
        session = self.session
        case, licence = session.case.case, session.licence
        papers = self.session.pack.papers
        source = papers["info"].title if "info" in papers else ""
        compared = terms(case, licence)
        self.compared.show_terms(compared, source)
        typed = self.licensee.text()
        if not (self.licensee.hasFocus() and session.draft.says(_LICENSEE, typed)):
            self.licensee.setText(licence.licensee.name)
        self._show_problems()
        self.preview.show_record(
            case,
            licence=licence,
            office=self._desk.store.parties.office(),
            draft=session.errors > 0,
            differing=differing(compared),
        )
        self.say()

    def say(self) -> None:
        """Say in the foot what is kept and what would be made."""
        at = self.session.saved_at
        if count := self.session.errors:
            look = SEVERITIES["error"]
            self.foot.say(t("licences.one.draft", count=count), look.icon, look.tone)
        elif at is None:
            self.foot.say(t("licences.one.not_saved"))
        else:
            time = f"{at.astimezone():%H:%M:%S}"
            self.foot.say(t("licences.one.saved", time=time), "circle-check", "done")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Preview beside where there is room, else on demand."""
        super().resizeEvent(event)
        self._fit()

    # --- inside ----------------------------------------

    def _restore(self, version: int) -> None:
        self.session.restore(version)
        self.close_history()

    def _forget_sheet(self) -> None:
        self._sheet = None

    def _fit(self, _checked: bool = False) -> None:
        if self._sheet is not None:
            self._sheet.fit()
        beside = self.width() >= _SIDE_BY_SIDE
        self._shows_preview.setVisible(not beside)
        is_in_stack = self._stack.indexOf(self.preview) >= 0
        if beside and is_in_stack:
            self._stack.removeWidget(self.preview)
            self._panes.addWidget(self.preview)
        elif not beside and not is_in_stack:
            self._panes.removeWidget(self.preview)
            self.preview.setMinimumWidth(0)
            self.preview.setMaximumWidth(16_777_215)
            self._stack.addWidget(self.preview)
        if beside:
            self.preview.setFixedWidth(_PREVIEW)
            self.preview.show()
            self._stack.setCurrentWidget(self._left)
        else:
            shows = self._shows_preview.isChecked()
            self._stack.setCurrentWidget(self.preview if shows else self._left)

    def _follow(self, session: LicenceSession) -> None:
        session.checked.connect(self.refresh)
        session.saved.connect(self.say)
        self.refresh()

    def _show_problems(self) -> None:
        shown = self.session.shown
        elsewhere: list[Problem] = []
        for form in self.forms:
            form.show_problems([p for p in shown if self._is_of(form, p)], _no_fix)
        for problem in self.session.problems:
            if not problem.field.startswith(PREFIX):
                elsewhere.append(problem)
        self._show_elsewhere(elsewhere)

    def _is_of(self, form: Form, problem: Problem) -> bool:
        if not problem.field.startswith(PREFIX):
            return False
        every = [path for one in self.forms for path in one.paths]
        path = nearest(problem.field, every)
        return path is not None and path in form.paths

    def _show_elsewhere(self, problems: Sequence[Problem]) -> None:
        clear(self._case_card)
        self._case_holder.setVisible(bool(problems))
        if not problems:
            return
        card = Card(t("licences.one.of_case"), beside=" ")
        if self._entries is None:
            with suppress(LockedDatabase):  # they are offered later
                self._entries = self._desk.entries()
        _, known = supplied(self.session.case.case, self._entries or (), self.session.pack)
        if known:
            words = t("licences.one.supply", names=listed(known))
            supply = button(words, "link", icon="book-user", clicked=self.supply)
            card.body.addLayout(row(supply, None, margins=(12, 6, 16, 0)))
        shown = problems if self._shows_all else problems[:_FIRST_SHOWN]
        for one in shown:
            look = SEVERITIES[one.severity]
            go = partial(self.case_asked.emit, self.session.case.id, one.field)
            do = t("licences.one.to_case")
            line = CardLine(look.icon, look.tone, one.message, one.basis, do=do, on_do=go)
            card.body.addWidget(line)
        if len(shown) < len(problems):
            words = t("licences.one.more", count=len(problems) - len(shown))
            more = button(words, "link", clicked=self._show_all)
            card.body.addLayout(row(more, None, margins=(40, 0, 16, 8)))
        self._case_card.addWidget(card)

    def _show_all(self) -> None:
        self._shows_all = True
        self.refresh()

    def _typed(self, text: str) -> None:
        self.session.draft.type(_LICENSEE, text)

    def _licensee_left(self) -> None:
        if self.licensee.text() in self._parties and not self.session.licence.licensee.address:
            self._from_book(self.licensee.text())
        self.session.note_left(_LICENSEE)

    def _from_book(self, name: str) -> None:
        self.session.draft.put("licence.licensee", self._parties[name])

    def _at(self, path: str) -> None:
        self.preview.show_field(path)

    def _file(self, format: str) -> None:
        self.file_asked.emit(format)


def under_headings(pack: Pack) -> list[tuple[str, list[Field]]]:
    """The contract's fields under the headings that their places on the form give."""
    fields = [field for field in pack.fields if field.path.startswith(PREFIX) and field.step]
    return [(heading, list(some)) for heading, some in groupby(fields, _heading)]


def _heading(field: Field) -> str:
    parts = field.box.split(" ")  # 合同 第五条 …: that it is the contract, the page says
    return parts[1] if len(parts) > 1 else field.box


def listed(labels: Sequence[str]) -> str:
    """Some labels in words, the first of many."""
    names = "、".join(labels[:_NAMED])
    return (
        names if len(labels) <= _NAMED else t("licences.one.names", names=names, count=len(labels))
    )


def _no_fix(_problem: Problem) -> str:
    return ""
