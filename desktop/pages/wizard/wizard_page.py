"""The wizard: a case filled in step by step, the paper beside it.

It opens cases and does what is asked with the one in hand.  What is seen of it is its views'; what
is asked and what is wrong is decided by the pack and `forms`.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication

from db.store_problems import StaleRevision, UnknownCase, UnknownPatent
from desktop.desk.desk import Desk
from desktop.desk.page_base import Shortcut
from desktop.installed.screen_texts import t
from desktop.on_paper.preview import PaperPreview
from desktop.pages.wizard import wizard_layout, wizard_sheets
from desktop.pages.wizard.case_menu import CaseDoing
from desktop.pages.wizard.case_session import CaseSession
from desktop.pages.wizard.case_view import CaseView
from desktop.pages.wizard.check_page import CheckPage
from desktop.pages.wizard.ledger_sheet import ledger_sheet
from desktop.pages.wizard.wizard_stage import CHECK
from forms.check.fixes import fix_of
from forms.check.wizard_steps import flow_of
from forms.facts.record import Case, Party
from forms.ground.problems import Problem
from forms.office.ledger_conflicts import RULE as APART
from forms.office.stored import Counterpart
from forms.office.templates import from_template, shared_answers
from forms.pack.own_facts import OWN_STEP

_STEP_KEYS = 9


class WizardPage(CaseView):
    """Fills in one case."""

    name = "wizard"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.doing = CaseDoing(desk, self)
        self._connect()
        desk.packs_changed.connect(self.mark_stale)
        self.install_shortcuts()
        self._install_step_keys()

    # --- the page's life --------------------------------------------------------------------

    def enter(self, **arguments: object) -> None:
        """Open a case (`case_id`), or a new one, perhaps like another (`copy_of`, `template`).

        `path` puts the focus on a fact.  Raises UnknownCase, CannotDo.
        """
        case_id, path = arguments.get("case_id"), str(arguments.get("path") or "")
        if not isinstance(case_id, int):
            copy_of = arguments.get("copy_of")
            template = str(arguments.get("template") or "")
            self._open_new(copy_of if isinstance(copy_of, int) else None, template)
        elif case_id != self._session.case_id:
            self._open_stored(case_id)
        if path:
            self.go_to(path)
        self._focus_soon.start()

    def leave(self) -> bool:
        """Keep what was typed."""
        self._settle()
        self._session.save()
        return True

    def refresh(self) -> None:
        """Follow what was saved elsewhere, and another pack."""
        if not self.stage.current:  # shown without having been entered
            self._show_session()
        if self._has_other_pack():
            self._open_anew()
            return
        try:
            self._session.follow()
        except UnknownCase:
            self._open_new()
            self.desk.notices.tell("pending", t("wizard.met.gone"))
        else:
            self.show_reply()
            if self.reply.reply is not None:
                self.lock(False)

    def shortcuts(self) -> Sequence[Shortcut]:
        """The wizard's keys."""
        return (
            Shortcut("Ctrl+PgDown", "wizard.keys.next_step", self.go_on),
            Shortcut("Ctrl+PgUp", "wizard.keys.previous_step", self.go_back),
            Shortcut("Alt+1…9", "wizard.keys.steps"),
            Shortcut("1…9", "wizard.keys.choose"),
            Shortcut("Alt+↑ Alt+↓", "wizard.keys.move"),
            Shortcut("Alt+↓", "wizard.keys.calendar"),
            Shortcut("F8", "wizard.keys.next_problem", self.next_problem),
            Shortcut("Shift+F8", "wizard.keys.previous_problem", self.previous_problem),
            Shortcut("Ctrl+.", "wizard.keys.fix", self.apply_fix),
            Shortcut("Alt+Return", "wizard.keys.basis", self.show_basis),
            Shortcut("Ctrl+Z", "wizard.keys.undo", self.undo),
            Shortcut("Ctrl+Y Ctrl+Shift+Z", "wizard.keys.redo", self.redo),
            Shortcut("Ctrl+S", "wizard.keys.save", self.save),
            Shortcut("↓", "wizard.keys.past"),
            Shortcut("Ctrl+Shift+C", "wizard.keys.copy_field"),
            Shortcut("Ctrl+D", "register.do.copy", self.doing.copy_case),
            Shortcut("Ctrl+P", "wizard.keys.print", self.doing.print_paper),
            Shortcut("Ctrl+E", "wizard.keys.export", self.doing.export_pdf),
            Shortcut("Ctrl+\\", "wizard.keys.preview", self.toggle_preview),
            Shortcut("Ctrl+= Ctrl++", "wizard.keys.zoom_in", self.zoom_in),
            Shortcut("Ctrl+-", "wizard.keys.zoom_out", self.zoom_out),
            Shortcut("Ctrl+0", "wizard.keys.zoom_fit", self.fit_preview),
        )

    def _install_step_keys(self) -> None:
        for place in range(1, _STEP_KEYS + 1):
            action = QAction(str(place), self)
            action.setShortcut(QKeySequence(f"Alt+{place}"))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(_Opening(self, place))
            self.addAction(action)

    # --- opening ----------------------------------------------------------------------------

    def _open_new(self, copy_of: int | None = None, template: str = "") -> None:
        case = self._blank_case()
        if copy_of is not None:
            case = shared_answers(self.desk.store.cases.one(copy_of).case)
        elif template:
            case = from_template(self.desk.store.settings, self.desk.pack, template)
        self._take(CaseSession(self.desk, None, case, self))

    def _open_stored(self, case_id: int) -> None:
        stored = self.desk.store.cases.one(case_id)
        self._take(CaseSession(self.desk, stored, stored.case, self))
        self._tell_other_pack(stored.case.pack)

    def _tell_other_pack(self, code: str) -> None:
        """Say so where a case is another pack's than the one in use, or its pack is missing."""
        desk, own = self.desk, self._session.pack
        name = desk.pack.identity.name
        if self._session.is_packless:
            words = t("wizard.packless", code=code, name=name)
            go = (t("wizard.to_settings"), partial(desk.go, "settings", group="pack"))
            desk.notices.tell("pending", words, action=go)
        elif own.identity.code != desk.pack.identity.code:
            words = t("wizard.other_pack", own=own.identity.name, name=name)
            use = (t("wizard.use_its_pack"), partial(desk.choose_pack, code))
            desk.notices.tell("pending", words, action=use)

    def _has_other_pack(self) -> bool:
        """Whether the case in hand is to be judged by another pack now."""
        session = self._session
        if self._is_blank():
            return session.pack is not self.desk.pack
        own = self.desk.shelf.of(session.case.pack)
        return (own or self.desk.pack) is not session.pack or (own is None) != session.is_packless

    def _open_anew(self) -> None:
        """Show the case in hand by another pack; where nothing was said yet it is a new one's."""
        session = self._session
        session.save()
        if session.case_id is not None:
            self._open_stored(session.case_id)
        elif self._is_blank():
            self._open_new()
        else:
            self._take(CaseSession(self.desk, None, session.case, self))

    def _is_blank(self) -> bool:
        """Whether nothing was said in a new case yet."""
        session = self._session
        return session.case_id is None and session.case == Case(pack=session.case.pack)

    def _follow_pack(self) -> None:
        """Take the map, the steps and the papers of the pack of the case in hand."""
        pack = self._session.pack
        self._flow = flow_of(pack)
        self.map = wizard_layout.replaced(self.map, self._new_map())
        self.preview = wizard_layout.replaced(self.preview, PaperPreview(self.desk, pack=pack))
        self.map.chosen.connect(self.open_step)
        self.preview.close_asked.connect(self.toggle_preview)
        self.fit()

    def _take(self, session: CaseSession) -> None:
        old = self._session
        self._settle()
        if self._sheet is not None:
            self._sheet.close_sheet()
        old.save()
        self._session = session
        if session.pack is not old.pack:
            self._follow_pack()
        self._show_session()
        old.deleteLater()

    # --- doing ------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take the last change back."""
        if self._may_change():
            self._show_where(self._session.draft.undo())

    def redo(self) -> None:
        """Make it again."""
        if self._may_change():
            self._show_where(self._session.draft.redo())

    def _may_change(self) -> bool:
        """Whether the step in hand may be filled in: what has gone out is locked."""
        return not self.stage.is_locked or self.stage.current == OWN_STEP

    def _show_where(self, path: str) -> None:
        place = self._flow.place(path) if path else None
        if place is not None and place[0] != self.stage.current:
            self.open_step(place[0])
        if place is not None and path != self._path:
            self.stage.focus(path)

    def save(self) -> None:
        """Save at once; it is saved anyway.  The field in hand stays in hand."""
        focus = QApplication.focusWidget()
        self._settle()
        self._session.save()
        if focus is not None and self.isAncestorOf(focus):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def apply_fix(self) -> None:
        """Put right the problem in hand, else the first of the step that can be."""
        for problem in self._findings.in_hand(self.stage.current):
            if self._findings.fix_words(problem):
                self.fix(problem)
                return

    @Slot(object)
    def fix(self, problem: Problem) -> None:
        """Put a problem right as its button says; where two entries differ, let it be settled."""
        if problem.rule == APART:
            self.show_ledger()
            return
        fix = fix_of(problem, self._session.case, self._session.pack)
        if fix is not None and not self.stage.is_locked:
            self._findings.tell_all()
            self._session.draft.put_all(fix.changes)
            self._session.save()

    @Slot()
    def show_basis(self) -> None:
        """Show the basis of the problem in hand in full."""
        found = self._findings.in_hand(self.stage.current)
        if found:
            self.explain(found[0])

    @Slot(object)
    def explain(self, problem: Problem) -> None:
        """Show the basis of a problem in full."""
        self._open_sheet(wizard_sheets.basis(self, problem, self._session.pack))

    @Slot()
    def show_help(self) -> None:
        """Show what the form says on the step, and the help of its fields."""
        step = self._flow.step(self.stage.current)
        self._open_sheet(wizard_sheets.step_help(self, step, self._session.pack))

    @Slot()
    def show_history(self) -> None:
        """Show the versions of the case, the latest of them in hand."""
        self.save()
        self.refresh()
        self._open_sheet(wizard_sheets.history(self, self._session, self._restore))

    def show_ledger(self) -> None:
        """Show what the ledger says otherwise of the patent, and the ways to settle it."""
        self.save()
        self._open_sheet(ledger_sheet(self, self._session, self._settle_ledger))

    def _settle_ledger(self, other: Counterpart, own: bool) -> None:
        self.unlock()
        if self._sheet is not None:
            self._sheet.close_sheet()
        try:
            self._session.settle(other, own=own)
        except (StaleRevision, UnknownPatent):
            self._session.follow()
            self.desk.notices.tell("pending", t("wizard.ledger.changed"))
            self.show_ledger()
        else:
            self.desk.notices.tell("done", t("wizard.ledger.settled"))

    def _restore(self, version: int) -> None:
        self.unlock()
        self._session.restore(version)
        if self._sheet is not None:
            self._sheet.close_sheet()

    @Slot(object)
    def _party_added(self, party: Party) -> None:
        if party.name:  # perhaps as the book had it some time ago
            self.desk.store.parties.complete(party)
            self.desk.parties_changed.emit()

    def _connect(self) -> None:
        bar, stage = self.bar, self.stage
        bar.back_asked.connect(self._to_register)
        bar.undo_asked.connect(self.undo)
        bar.redo_asked.connect(self.redo)
        bar.history_asked.connect(self.show_history)
        bar.preview_asked.connect(self.toggle_preview)
        bar.add_paper_action(t("wizard.check.do.print"), "Ctrl+P", self.doing.print_paper)
        bar.add_paper_action(t("wizard.check.do.export"), "Ctrl+E", self.doing.export_pdf)
        bar.add_paper_action(t("wizard.check.do.word"), "", self.doing.export_word)
        bar.add_paper_action(t("wizard.check.do.submit"), "", self.doing.submit)
        bar.add_case_action("copy", t("register.do.copy"), "Ctrl+D", self.doing.copy_case)
        bar.add_case_action("file-plus", t("templates.keep_do"), "", self.doing.keep_as_template)
        self.doing.offer_to_convert(bar)
        bar.case_asked.connect(self.doing.open_other)
        self.map.chosen.connect(self.open_step)
        stage.at.connect(self._entered)
        stage.gone.connect(self._left)
        stage.fix_asked.connect(self.fix)
        stage.basis_asked.connect(self.explain)
        stage.party_added.connect(self._party_added)
        stage.help_asked.connect(self.show_help)
        stage.place_asked.connect(self.go_to)
        stage.stood.connect(self._stood)
        self.problems.chosen.connect(self.go_to_problem)
        self.preview.close_asked.connect(self.toggle_preview)
        self.reply.asked.connect(partial(self.open_step, CHECK))

    def _check_page(self) -> CheckPage:
        made = CheckPage(self._session.pack, is_packless=self._session.is_packless)
        made.problem_asked.connect(self.go_to_problem)
        made.export_asked.connect(self.doing.export_pdf)
        made.print_asked.connect(self.doing.print_paper)
        made.submit_asked.connect(self.doing.submit)
        made.basis_asked.connect(self.explain)
        made.show_reply(self.reply.reply, self.desk.today)
        return made

    def back_clicked(self) -> None:
        """Back to the step before, or to the register."""
        if self._before() is None:
            self._to_register()
        else:
            self.go_back()

    def next_clicked(self) -> None:
        """On to the next step; at the end, to what is wrong, else to the submission."""
        if self.stage.current != CHECK:
            self.go_on()
        elif error := self._findings.first_error:
            self.go_to_problem(error)
        else:
            self.doing.submit()

    def _to_register(self) -> None:
        self.desk.go("register")


class _Opening:
    """Opens the step of a number; a bound slot that holds no frame."""

    def __init__(self, page: WizardPage, place: int) -> None:
        self._page, self._place = page, place

    def __call__(self) -> None:
        self._page.open_place(self._place)
