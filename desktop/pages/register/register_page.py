"""The register (案卷): all cases, found, sorted, changed many at a time, with the one in hand.

How it is laid out is its view's (`desktop.pages.register.register_view`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from desktop.desk.desk import Desk
from desktop.desk.page_base import Shortcut
from desktop.desk.unasked import unasked
from desktop.installed.screen_texts import t
from desktop.pages.register.case_in_hand import in_hand, may_convert
from desktop.pages.register.register_view import RegisterView
from desktop.pages.register.row_loading import Loader, Rows
from desktop.pages.register.state_settling import Settler
from desktop.parts.dialogs import kinds_of
from forms.ground.endings import TABLES

if TYPE_CHECKING:
    from desktop.pages.register.case_actions import Doing


class RegisterPage(RegisterView):
    """The page "register"."""

    name = "register"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._doing: Doing | None = None
        self.loader = Loader(desk, self)
        self.settler = Settler(desk, self)
        self._only: tuple[Sequence[int], str] | None = None
        self._in_hand = 0
        self._connect()
        desk.packs_changed.connect(self.mark_stale)
        self.install_shortcuts()

    def _connect(self) -> None:
        self.filters.changed.connect(self._look)
        self.filters.opened.connect(self._open_found)
        self.filters.states.bin_asked.connect(self.show_bin)
        self.new_asked.connect(self.new_case)
        self.import_asked.connect(self.ask_files)
        self.sync_asked.connect(partial(self.desk.go, "sync"))
        self.templates_asked.connect(self.offer_templates)
        self.bin_asked.connect(self.show_bin)
        self.bulk_asked.connect(self._do_with_ticked)
        self.model.shown.connect(self._shown)
        self.model.ticked.connect(self._ticked)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self.open_case)
        self.table.bin_asked.connect(self.bin_cases)
        self.summary.asked.connect(self._do_with_one)
        self.summary.jump_asked.connect(self._jump)
        self.summary.case_asked.connect(self.open_case)
        self.summary.may_convert = lambda: may_convert(self.desk, self.table.current_id)
        self._summary_soon.timeout.connect(self._show_summary)
        self.loader.loaded.connect(self._take)
        self.settler.settled.connect(self._follow)
        self.desk.case_saved.connect(self._follow_one)
        self.desk.licences_changed.connect(self._follow_one)

    @property
    def doing(self) -> Doing:
        """What is done with cases."""
        if self._doing is None:
            from desktop.pages.register.case_actions import Doing

            self._doing = Doing(self.desk, self, self.model.ticked_ids)
            self._doing.left.connect(self.table.setFocus)
            self._doing.used.connect(self._used)
        return self._doing

    def shortcuts(self) -> Sequence[Shortcut]:
        """The register's keys."""
        return (
            Shortcut("Ctrl+F", "register.keys.search", self.search),
            Shortcut("Ctrl+N", "register.new", self.new_case),
            Shortcut("Ctrl+Shift+N", "templates.menu", self.offer_templates),
            Shortcut("Ctrl+I", "register.import", self.ask_files),
            Shortcut("Return", "register.open"),
            Shortcut("Space", "register.keys.tick"),
            Shortcut("Shift+Up Shift+Down", "register.keys.tick_on"),
            Shortcut("Ctrl+A", "register.keys.tick_all"),
            Shortcut("Ctrl+P", "register.print", self.print_cases),
            Shortcut("Ctrl+E", "register.export", self.export),
            Shortcut("Ctrl+D", "register.do.copy", self.copy_case),
            Shortcut("Ctrl+M", "register.do.notes", self.write_notes),
            Shortcut("Del", "register.do.bin"),
            Shortcut("Ctrl+Z", "register.keys.undo", self.undo),
            Shortcut("Ctrl+\\", "register.summary.toggle", self.toggle_summary),
        )

    def enter(self, **arguments: object) -> None:
        """Show some cases only (`only`, `words`), those in a `state`, or `fill` some.

        `case_id` takes one in hand.
        """
        only, case_id, fill = (arguments.get(name) for name in ("only", "case_id", "fill"))
        if isinstance(fill, list | tuple):
            from desktop.pages.register.bulk_bar import GAPS

            self.doing.change(GAPS, fill)
        if isinstance(only, list | tuple):
            self._only = (list(only), str(arguments.get("words", "")))
        if isinstance(state := arguments.get("state"), str):
            self.filters.show_state(state)
        if isinstance(case_id, int):
            self._in_hand = case_id
        if not self._is_stale:
            self._arrived()

    def refresh(self) -> None:
        """Read the cases anew; what is not settled is settled after that."""
        self.model.show_moment(self.desk.now())
        self.loader.load()

    # --- rows -----------------------------------------------------------------------------

    def _take(self, rows: Rows) -> None:
        """Show the rows that were read."""
        known = {row.id for row in self.model.rows}
        at, place = self._in_hand or self.table.current_id, self.table.currentIndex().row()
        names = {code: self._pack_name(code) for code in rows.offered["pack"]}
        self.model.pack_names = names
        self.model.returned = rows.returned
        self.filters.offer(rows.offered, names)
        self.model.take(rows.listing, self.desk.now())
        self.show_whether_empty(not self.loader.total)
        if self.loader.is_whole:
            self.settler.start()
        if known and self.loader.is_whole and self._hides_new(known):
            self.filters.show_all()
        self._in_hand = at
        if self._only is not None or not self._take_in_hand():
            self._arrived()
        if not self.table.currentIndex().isValid() and self.model.rowCount():
            self.table.choose_place(min(max(place, 0), self.model.rowCount() - 1))
        self._summary_soon.start()

    def _hides_new(self, known: set[int]) -> bool:
        """Whether a filter by state hides a case that has come since: it would seem lost."""
        if not self.filters.filter.state:
            return False
        shown = set(self.model.shown_ids())
        return any(row.id not in known and row.id not in shown for row in self.model.rows)

    def _arrived(self) -> None:
        if self._only is not None and self.loader.is_whole:
            (only, words), self._only = self._only, None
            self.filters.show_only(only, words)
            self.give_focus(self.table)
        self._take_in_hand()

    def _take_in_hand(self) -> bool:
        """Take the case that is wanted in hand; it waits until all rows are there."""
        case_id = self._in_hand
        is_there = bool(case_id) and self.table.choose(case_id)
        if is_there or self.loader.is_whole:
            self._in_hand = 0
        return is_there

    def _follow_one(self, case_id: int) -> None:
        if self.isVisible():
            self._follow([case_id])

    def _follow(self, case_ids: Sequence[int]) -> None:
        """Read some rows again."""
        self._in_hand = self.table.current_id
        with unasked(self, partial(self._follow, case_ids)):
            self.model.replace(self.desk.store.register.rows_of(case_ids), self.desk.now())
        self._take_in_hand()
        if self.table.current_id in case_ids:
            self._summary_soon.start()

    def _pack_name(self, code: str) -> str:
        pack = self.desk.shelf.of(code) if self.desk.is_open else None
        return pack.identity.short_name if pack is not None else code

    def _look(self) -> None:
        self._use_pack(self.filters.filter.pack)
        case_id = self.table.current_id
        self.loader.look_for(self.filters.filter.text)
        self.model.look_for(self.filters.filter)
        if not self.table.choose(case_id) and self.model.rowCount():
            self.table.choose_place(0)

    def _shown(self) -> None:
        if self.loader.is_whole:
            self.filters.show_counts(self.model.counts)
        total, shown = self.loader.total, self.model.rowCount()
        wanted = self.filters.filter
        key = self.loader.counted if wanted.text else "count" if wanted.is_open else "count_of"
        self.head.show_beside(t(f"register.{key}", count=f"{total:,}", shown=f"{shown:,}"))
        self.none_found.setText(t("register.none_found", text=wanted.text.strip() or "…"))
        self._stack.setCurrentIndex(0 if shown or not self.loader.is_whole else 1)
        if not shown:
            self._chosen(0)

    def _ticked(self) -> None:
        count = len(self.model.ticked_ids())
        if count or self._bulk is not None:
            self.bulk.show_count(count)
        self.table.horizontalHeader().viewport().update()

    # --- the case in hand -----------------------------------------------------------------

    def _chosen(self, case_id: int) -> None:
        self._summary_soon.start()

    def _show_summary(self) -> None:
        case_id = self.table.current_id
        if not (self.summary.isVisible() and self.desk.is_open):
            return
        if not case_id:
            self.summary.show_nothing()
            return
        desk = self.desk
        with unasked(self, self._show_summary):
            found = in_hand(desk, case_id)
            if found is None:
                self.summary.show_nothing()
            else:
                self.summary.show_case(found.checked, desk.pack, desk.today, found.others)

    def _jump(self, path: str) -> None:
        self._use_pack_of([self.table.current_id])
        self.desk.go("wizard", case_id=self.table.current_id, path=path)

    def _do_with_one(self, what: str) -> None:
        case_id = self.table.current_id
        if not case_id:
            return
        does: dict[str, Callable[[], object]] = {
            "wizard": partial(self.open_case, case_id),
            "mend": self.summary.go_to_first,
            "convert": partial(self.desk.go, "convert", case_id=case_id),
            "filing": partial(self._jump, "declaration.filed_on"),
            "copy": self.copy_case,
            "template": self.keep_as_template,
            "bin": partial(self.bin_cases, [case_id]),
            "export": partial(self.export, [case_id]),
            "print": partial(self.print_cases, [case_id]),
            "seals": partial(self.desk.go, "seals", case_id=case_id),
            "submission": partial(self.desk.go, "submission", case_ids=[case_id]),
            "licences": partial(self.desk.go, "licences", case_id=case_id),
            "packs": partial(self.desk.go, "settings", group="pack"),
            "use_pack": partial(self._use_pack_of, [case_id]),
        }
        does[what]()

    def _use_pack(self, code: str) -> None:
        """Work with a pack, if it is here and another is in use: the clerk turns to its cases."""
        desk = self.desk
        if code and desk.is_open and code in desk.packs and code != desk.pack.identity.code:
            desk.choose_pack(code)

    def _use_pack_of(self, case_ids: Sequence[int]) -> None:
        """Work with the pack of the cases that something is to be done with, if it is one."""
        of = {row.pack for row in self.desk.store.register.rows_of(case_ids) if row.pack}
        if len(of) == 1:
            self._use_pack(of.pop())

    # --- what is done ---------------------------------------------------------------------

    def _do_with_ticked(self, what: str) -> None:
        case_ids = self.model.ticked_in_order()
        if what == "none":
            self._used(self.model.ticked_ids())
        elif what in ("submission", "convert", "pool"):
            self._use_pack_of(case_ids)
            self.model.tick_all(False)
            self.desk.go(what, case_ids=case_ids)
        elif what == "export":
            self.export(case_ids)
        elif what == "print":
            self.print_cases(case_ids)
        elif what == "online":
            self.doing.make_folders(case_ids)
        elif what == "bin":
            self.bin_cases(case_ids)
        else:
            self._use_pack_of(case_ids)
            self.doing.change(what, case_ids)

    def _used(self, ticks: Sequence[int]) -> None:
        """The ticks have done what they were for; those that were set meanwhile stay."""
        if self.model.ticked_ids() == ticks:
            self.model.tick_all(False)
            self.give_focus(self.table)

    def _acted_on(self) -> list[int]:
        """The ticked cases, else the one in hand."""
        case_id = self.table.current_id
        return self.model.ticked_in_order() or ([case_id] if case_id else [])

    def search(self) -> None:
        """Go to the search."""
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    def new_case(self) -> None:
        """Begin a new case."""
        self.desk.go("wizard", case_id=None)

    def offer_templates(self) -> None:
        """Begin a new case with the answers of a template."""
        from desktop.pages.templates import fill_menu

        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill_menu(menu, self.desk, self)
        menu.popup(self._from.mapToGlobal(QPoint(0, self._from.height() + 4)))

    def keep_as_template(self) -> None:
        """Keep the shared answers of the case in hand under a name."""
        from desktop.pages.templates import keep_as_template

        if self.table.current_id:
            case = self.desk.store.cases.one(self.table.current_id).case
            keep_as_template(self.desk, self, case)

    def copy_case(self) -> None:
        """Begin a new case with the answers of the one in hand."""
        if self.table.current_id:
            self.desk.go("wizard", case_id=None, copy_of=self.table.current_id)

    def write_notes(self) -> None:
        """Go where notes on the case in hand are written."""
        if self.table.current_id:
            self._jump("notes")

    def open_case(self, case_id: int) -> None:
        """Open a case in the wizard, and work with its pack."""
        self._use_pack_of([case_id])
        self.desk.go("wizard", case_id=case_id)

    def _open_found(self) -> None:
        """Open the case in hand, the first that was found."""
        if self.table.current_id:
            self.open_case(self.table.current_id)

    def ask_files(self) -> None:
        """Choose workbooks to import."""
        files: list[Path] = self.desk.dialogs.files(
            self, t("register.import"), kinds_of("register.workbooks", TABLES)
        )
        if files:
            self.desk.go("import", files=files)

    def undo(self) -> None:
        """Take back what was done last."""
        self.doing.undo()

    def show_bin(self) -> None:
        """Show the cases that were binned."""
        self.doing.show_bin()

    def bin_cases(self, case_ids: Sequence[int] | None = None) -> None:
        """Put cases into the bin: those given, else the ticked ones, else the one in hand."""
        self.doing.bin(list(case_ids) if case_ids else self._acted_on())

    def export(self, case_ids: Sequence[int] | None = None) -> None:
        """Make papers of cases, in the format and the folder the clerk says."""
        from desktop.pages.register.export_menu import export_menu

        chosen = list(case_ids) if case_ids else self._acted_on()
        if not chosen:
            return
        self._use_pack_of(chosen)
        shown = self.model.shown_ids()
        does = self.doing
        menu = export_menu(self, self.desk.pack, chosen, shown, does.export, does.export_book)
        bulk = [self._bulk.buttons["export"]] if self._bulk is not None else []
        near: list[QWidget] = [*bulk, self.summary.export, self.table]
        at = next(one for one in near if one.isVisible())
        menu.popup(at.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 4)))

    def print_cases(self, case_ids: Sequence[int] | None = None) -> None:
        """Print the papers of cases: those given, else the ticked ones, else the one in hand."""
        from desktop.on_paper.printing import print_cases

        chosen = list(case_ids) if case_ids else self._acted_on()
        if chosen:
            self._use_pack_of(chosen)
            then = partial(self._used, self.model.ticked_ids())
            print_cases(self.desk, self, t("printing.papers"), chosen, then=then)
