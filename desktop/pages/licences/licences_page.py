"""许可合同: licences granted, a new one, one in hand; the contract as PDF and Word."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from db.store_problems import UnknownCase
from desktop.desk.desk import Desk
from desktop.desk.page_base import Page, Shortcut
from desktop.installed.screen_texts import t
from desktop.pages.licences.contract_file import make_contract
from desktop.pages.licences.granted_licences import granted_licences
from desktop.pages.licences.licence_list import Granted, ListView, PickView
from desktop.pages.licences.licence_session import PREFIX, LicenceSession
from desktop.parts.outside import open_outside
from forms.facts.derived import number_text
from forms.office.paper_making import by_weight, paper_file_name
from forms.office.paper_orders import Order
from forms.office.store import CannotDo, case_name
from forms.office.stored import StoredCase, StoredLicence

if TYPE_CHECKING:
    from desktop.pages.licences.life_view import LifeView
    from desktop.pages.licences.one_licence import LicenceView


class LicencesPage(Page):
    """The page "licences"."""

    name = "licences"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._of_case: int | None = None
        self.list, self.pick = ListView(), PickView()
        self.one: LicenceView | None = None
        self.life: LifeView | None = None
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.pick)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)
        self.list.opened.connect(self._open_row)
        self.list.new_asked.connect(self.new)
        self.list.all_asked.connect(self.show_all)
        self.pick.picked.connect(self.begin)
        self.pick.back_asked.connect(self.go_home)
        desk.packs_changed.connect(self.mark_stale)
        self.install_shortcuts()

    # --- what the window asks ----------------------------------------

    def enter(self, **arguments: object) -> None:
        """`case_id`: the licences of this case, or its first one."""
        case_id = arguments.get("case_id")
        if not isinstance(case_id, int):
            return
        self._of_case = case_id
        if self.desk.store.licences.of_case(case_id):
            self.go_home()
        else:
            self.begin(case_id)

    def leave(self) -> bool:
        """Save what is in hand."""
        return self.one is None or self.one.session.save()

    def refresh(self) -> None:
        """List again; the licence in hand follows its case."""
        if self.one is None:
            self._list()
            return
        session = self.one.session
        try:
            session.case = self.desk.store.cases.one(session.case.id)
        except UnknownCase:
            self.go_home()
            return
        session.check()
        self.one.read_again()

    def shortcuts(self) -> Sequence[Shortcut]:
        """New, PDF, print, preview."""
        return (
            Shortcut("Ctrl+N", "licences.keys.new", self.new),
            Shortcut("Ctrl+E", "licences.keys.pdf", self.export_pdf),
            Shortcut("Ctrl+P", "licences.keys.print", self.print_contract),
            Shortcut("Ctrl+Z", "wizard.keys.undo", self.undo),
            Shortcut("Ctrl+Y Ctrl+Shift+Z", "wizard.keys.redo", self.redo),
        )

    def panes(self) -> Sequence[QWidget]:
        """Fields, preview, foot."""
        if self.life is not None:
            return (self.life.column, self.life.account)
        if self.one is not None:
            return (self.one.column, self.one.preview, self.one.foot)
        if self.stack.currentWidget() is self.list:
            return (self.list.table if self.list.table.rows else self.list.new, self.list)
        return (self.stack.currentWidget(),)

    def escape(self) -> bool:
        """Back to the list."""
        if self.stack.currentWidget() is self.list:
            return False
        if self.life is not None:
            self.show_contract()
        elif self.one is None or not self.one.close_history():
            self.go_home()
        return True

    def undo(self) -> None:
        """Take the last change of the licence in hand back."""
        if self.one is not None:
            self.one.session.draft.undo()

    def redo(self) -> None:
        """Make it again."""
        if self.one is not None:
            self.one.session.draft.redo()

    # --- list and choice ----------------------------------------

    def go_home(self) -> None:
        """Show the list."""
        self._close_life()
        if self.one is not None:
            self.one.session.save()
            self.stack.removeWidget(self.one)
            self.one.deleteLater()
            self.one = None
        self.stack.setCurrentWidget(self.list)
        self._list()
        self.panes()[0].setFocus()

    def show_all(self) -> None:
        """Show the licences of all cases."""
        self._of_case = None
        self._list()

    def new(self) -> None:
        """A licensee comes: of the case shown, or of one to be picked."""
        if self.one is not None:
            self.one.session.save()
        if self._of_case is not None:
            self.begin(self._of_case)
            return
        self.pick.show_cases([one for some in self.desk.store.register.rows() for one in some])
        self.stack.setCurrentWidget(self.pick)

    def begin(self, case_id: int) -> None:
        """A new licence under a case."""
        self._show(self.desk.store.cases.one(case_id), None)

    def _open_row(self, row: Granted) -> None:
        self._show(row.case, row.stored)

    def _list(self) -> None:
        self.desk.jobs.run(
            partial(granted_licences, self.desk, self._of_case),
            t("licences.title"),
            finished=self._listed,
            quiet=True,
        )

    def _listed(self, rows: list[Granted]) -> None:
        of_case = ""
        if self._of_case is not None:
            of_case = next((case_name(one.case.case) for one in rows), "")
        self.list.show_licences(rows, of_case)

    # --- one ----------------------------------------

    def _show(self, case: StoredCase, stored: StoredLicence | None) -> None:
        from desktop.pages.licences.one_licence import LicenceView

        if self.one is not None:
            self.go_home()
        if self.desk.shelf.of(case.case.pack) is None:
            words = t("licences.packless", code=case.case.pack)
            go = (t("wizard.to_settings"), partial(self.desk.go, "settings", group="pack"))
            self.desk.notices.tell("pending", words, action=go)
            return
        session = LicenceSession(self.desk, case, stored, parent=self)
        one = LicenceView(self.desk, session, self.desk.store.parties.listed())
        session.setParent(one)
        session.met.connect(self._met)
        session.brought_back.connect(self._brought_back)
        one.back_asked.connect(self.go_home)
        one.case_asked.connect(self._to_case)
        one.file_asked.connect(self.export)
        one.print_asked.connect(self.print_contract)
        one.seal_asked.connect(self.seal)
        one.remove_asked.connect(self.remove)
        one.remember_asked.connect(self.remember)
        one.life_asked.connect(self.show_life)
        self.one = one
        self.stack.addWidget(one)
        self.stack.setCurrentWidget(one)
        one.licensee.setFocus()

    # --- its life ----------------------------------------

    def show_life(self) -> None:
        """What became of the licence in hand: notice, payments, recordal, end."""
        from desktop.pages.licences.life_view import LifeView

        if self.one is None or self.life is not None:
            return
        self.one.session.save()
        life = LifeView(self.desk, self.one.session)
        life.back_asked.connect(self.go_home)
        life.contract_asked.connect(self.show_contract)
        life.field_asked.connect(self._to_field)
        self.life = life
        self.stack.addWidget(life)
        self.stack.setCurrentWidget(life)
        life.account.primary.setFocus()

    def show_contract(self) -> None:
        """The licence's fields and papers again."""
        self._close_life()
        if self.one is not None:
            self.stack.setCurrentWidget(self.one)
            self.one.licensee.setFocus()

    def _to_field(self, path: str) -> None:
        self.show_contract()
        if self.one is not None:
            self.one.focus_field(path)

    def _close_life(self) -> None:
        if self.life is not None:
            self.stack.removeWidget(self.life)
            self.life.deleteLater()
            self.life = None

    def _brought_back(self) -> None:
        self.desk.notices.tell("pending", t("licences.met.brought_back"))

    def _met(self, clashes: Sequence[str]) -> None:
        """Somebody else saved the licence in hand: say what became of it."""
        assert self.one is not None
        fields = [self.one.session.pack.field(f"{PREFIX}{path}") for path in clashes]
        places = "、".join(field.label for field in fields if field is not None)
        if clashes:
            words = t("licences.met.clash", places=places or "、".join(clashes))
            self.desk.notices.tell("pending", words)
        else:
            self.desk.notices.tell("advice", t("licences.met.merged"))

    def _to_case(self, case_id: int, field: str) -> None:
        self.desk.go("wizard", case_id=case_id, path=field)

    def seal(self) -> None:
        """Go where the signed contract's scan is taken."""
        if self.one is not None:
            name = self.one.session.licence.licensee.name
            self.desk.go("seals", search=name or number_text(self.one.session.case.case))

    def remember(self) -> None:
        """Put the licensee into the address book."""
        if self.one is None:
            return
        licensee = self.one.session.licence.licensee
        if not licensee.name:
            self.desk.notices.tell("pending", t("licences.one.nobody"))
            return
        self.desk.store.parties.remember(licensee)
        self.desk.notices.tell("done", t("licences.one.remembered", name=licensee.name))
        self.desk.parties_changed.emit()

    def remove(self) -> None:
        """Put the licence in hand into the bin, with a way back."""
        if self.one is None:
            return
        stored, case_id = self.one.session.stored, self.one.session.case.id
        if stored is None:
            self.go_home()
            return
        words, yes = t("licences.one.remove_words"), t("licences.one.remove")
        if not self.desk.dialogs.confirm(self, yes, words, yes, danger=True):
            return
        self.one.session.save()
        self.desk.store.licences.bin(stored.id)
        self.go_home()
        self.desk.licences_changed.emit(case_id)
        back = (t("licences.one.undo"), partial(self._bring_back, stored.id, case_id))
        self.desk.notices.tell("done", t("licences.one.removed"), action=back)

    def _bring_back(self, licence_id: int, case_id: int) -> None:
        self.desk.store.licences.unbin(licence_id)
        self.desk.licences_changed.emit(case_id)
        self._list()

    # --- the contract ----------------------------------------

    def export_pdf(self) -> None:
        """The contract as PDF."""
        self.export("pdf")

    def export(self, format: str) -> None:
        """The contract as a file, where the clerk says."""
        order = self._order(format)
        if order is None or self.one is None:
            return
        pack = self.one.session.pack
        name = paper_file_name(
            pack,
            pack.papers[order.paper],
            order.case,
            self.desk.store.parties.office(),
            self.desk.today.isoformat(),
            licence=order.licence,
            draft=order.draft,
        )
        kinds = t("licences.one.pdf_files" if format == "pdf" else "licences.one.word_files")
        start = self.desk.store.path.parent / f"{name}.{format}"
        file = self.desk.dialogs.save(self, t("licences.one.save_as"), kinds, start)
        if file is None:
            return
        if file.suffix.lower() != f".{format}":
            file = file.with_name(f"{file.name}.{format}")
        self.desk.jobs.run(
            partial(make_contract, self.desk, pack, order, file),
            t("licences.one.making"),
            finished=self._exported,
        )

    def print_contract(self) -> None:
        """The contract on paper."""
        from desktop.on_paper.printing import print_papers

        order = self._order("pdf")
        if order is not None and self.one is not None:
            pack = self.one.session.pack
            print_papers(self.desk, self, t("licences.title"), [order], pack=pack)

    def _order(self, format: str) -> Order | None:
        if self.one is None:
            return None
        session = self.one.session
        session.show_everything()
        session.save()
        case = session.case.case
        papers = by_weight(session.pack, ("licence",), case, session.licence)
        if not papers:
            raise CannotDo(t("licences.one.no_paper"))
        return Order(
            paper=papers[0].code,
            format=format,
            case=session.case.case,
            case_id=session.case.id,
            licence=session.licence,
            licence_id=session.stored.id if session.stored else None,
            today=self.desk.today,
            draft=session.errors > 0,
        )

    def _exported(self, file: Path) -> None:
        show = (t("licences.one.open"), partial(open_outside, file, self.desk.notices))
        self.desk.notices.tell("done", t("licences.one.made", name=file.name), action=show)
        self.desk.papers_changed.emit()
