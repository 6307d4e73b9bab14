"""Reference figures offered for the base of a statement, and tables of them taken in."""

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from desktop.installed.screen_texts import t
from desktop.pages.wizard.case_session import CaseSession
from desktop.parts.dialogs import kinds_of
from desktop.parts.notices import NoticeTone
from desktop.parts.widgets.basics import button
from desktop.parts.widgets.plain_tip import plain_tip
from forms.exchange.reference_table import read_figures
from forms.exchange.sheets import UnreadableFile
from forms.exchange.workbook_reader import read_file
from forms.facts.amounts import grouped, plain
from forms.facts.fee_reckoning import Sort, sorts_of
from forms.ground.endings import TABLES
from forms.office.reference_figures import (
    bring_back,
    drop_own,
    figures,
    own_figures,
    suits,
    take_in,
    taken,
)
from forms.pack.statement_moulds import ReferenceFigure

_MOST_SHOWN = 40  # in a menu


class References:
    """The button with its menu; what is chosen fills the base."""

    def __init__(self, session: CaseSession, parent: QWidget) -> None:
        self._session, self._parent = session, parent
        self.button = button(t("statement.references"), "link", clicked=self.ask)

    def ask(self) -> None:
        """Show the figures that suit the way of paying, and the way to more."""
        self.menu().popup(self.button.mapToGlobal(QPoint(0, self.button.height() + 2)))

    def menu(self) -> QMenu:
        """The menu, made anew."""
        session = self._session
        kept, pack = session.desk.store.settings, session.pack
        sorts = sorts_of(session.case.royalty)
        found = [(one, sort) for one in figures(kept, pack) for sort in sorts if suits(one, sort)]
        menu = QMenu(self._parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one, sort in found[-_MOST_SHOWN:]:
            action = menu.addAction(
                _words(one, sort).replace("&", "&&"), partial(self._take, one, sort)
            )
            action.setToolTip(plain_tip(one.caution))
        menu.setToolTipsVisible(True)
        if not found:
            menu.addAction(t("statement.no_figures")).setEnabled(False)
        menu.addSeparator()
        menu.addAction(t("statement.import_figures"), self.import_file)
        if own := own_figures(kept, pack):
            menu.addAction(t("statement.drop_figures", count=len(own)), self._drop)
        return menu

    def _take(self, figure: ReferenceFigure, sort: Sort) -> None:
        session = self._session
        session.draft.put_all(taken(figure, session.case.statement, sort))
        if figure.caution:
            session.desk.notices.tell("advice", f"{figure.source}：{figure.caution}")

    def import_file(self) -> None:
        """Choose a table and take its figures in."""
        desk = self._session.desk
        kinds = kinds_of("statement.workbooks", TABLES)
        for path in desk.dialogs.files(self._parent, t("statement.import_figures"), kinds)[:1]:
            try:
                found = read_figures(read_file(path))
            except UnreadableFile as fault:
                desk.notices.tell("error", str(fault))
                return
            count = take_in(desk.store.settings, self._session.pack, found)
            words = t("statement.imported", count=count) if count else t("statement.imported_none")
            tone: NoticeTone = "pending" if found.left_out or not count else "done"
            desk.notices.tell(tone, words, details="\n".join(found.left_out))

    def _drop(self) -> None:
        """Forget the office's own figures; they can be had back."""
        desk, pack = self._session.desk, self._session.pack
        own = drop_own(desk.store.settings, pack)
        back = (t("statement.undo_drop"), partial(bring_back, desk.store.settings, pack, own))
        desk.notices.tell("done", t("statement.dropped", count=len(own)), action=back)


def _words(figure: ReferenceFigure, sort: Sort) -> str:
    if sort == "rate":
        said = t("statement.rate", rate=plain(figure.rate)) if figure.rate is not None else ""
    else:
        amount = grouped(figure.amount).removesuffix(".00") if figure.amount is not None else ""
        said = t("statement.amount", amount=amount)
        if figure.years is not None:
            said = t("statement.years_too", amount=said, years=plain(figure.years))
    return t(
        "statement.reference",
        industry=figure.industry,
        year=figure.year,
        figure=said,
        source=figure.source,
    )
