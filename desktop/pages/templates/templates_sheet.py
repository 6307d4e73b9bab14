"""All templates: what each holds, renamed, deleted, made into a new case."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desktop.desk.attempts import attempts_at_line
from desktop.desk.desk import Desk
from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import button, column, label, line, row
from desktop.parts.widgets.sheet import Sheet
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column
from forms.office.case_states import royalty_in_short
from forms.office.templates import (
    Template,
    bring_template_back,
    delete_template,
    rename_template,
    templates,
)
from forms.pack.types import Pack


class TemplatesSheet(Sheet):
    """Lists the templates of the pack in use."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(t("templates.title"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(680, 460)
        self.table = RowsTable(_columns(), t("templates.title"))
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._follow)
        self.use = button(
            t("templates.use"), "primary", icon="file-plus", mnemonic="N", clicked=self.use_current
        )
        self.rename = button(
            t("templates.rename"), icon="pencil-line", mnemonic="R", clicked=self.rename_current
        )
        self.delete = button(
            t("templates.delete"), icon="trash-2", mnemonic="D", clicked=self.delete_current
        )
        none = label(t("templates.none"), "hint", wrap=True)
        none.setContentsMargins(24, 20, 24, 20)
        self._stack = QStackedLayout()
        self._stack.addWidget(none)
        self._stack.addWidget(self.table)
        head = column(
            label(t("templates.title"), "step"),
            label(t("templates.words"), "hint", wrap=True),
            space=4,
            margins=(24, 18, 24, 14),
        )
        close = button(t("frame.close"), mnemonic="C", clicked=self.reject)
        foot = row(self.delete, self.rename, None, close, self.use, margins=(24, 12, 24, 16))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(line())
        whole.addLayout(self._stack, 1)
        whole.addWidget(line())
        whole.addLayout(foot)
        self.refresh()

    def refresh(self, at: str = "") -> None:
        """Read them again; the one named comes in hand, else the first."""
        known = templates(self._desk.store.settings, self._desk.pack)
        self.table.show_rows(known)
        self._stack.setCurrentIndex(1 if known else 0)
        if known:
            names = [one.name for one in known]
            self.table.choose(names.index(at) if at in names else 0)
        self._follow()

    @property
    def current(self) -> Template | None:
        """The template in hand."""
        one = self.table.current
        return one if isinstance(one, Template) else None

    def use_current(self) -> None:
        """Begin a new case with the answers of the template in hand."""
        if self.current is not None:
            self._open(self.current)

    def rename_current(self) -> None:
        """Give the template in hand another name."""
        here = self.current
        if here is None:
            return
        title, yes = t("templates.rename_title"), t("templates.rename_yes")
        renamed = ""
        for asked, attempt in attempts_at_line(
            self._desk, self, title, t("templates.name"), yes, start=here.name
        ):
            with attempt:
                rename_template(self._desk.store.settings, self._desk.pack, here.name, asked)
                renamed = asked
        if renamed:
            self.refresh(renamed)

    def delete_current(self) -> None:
        """Delete the template in hand, with a way back."""
        here = self.current
        if here is None:
            return
        gone = delete_template(self._desk.store.settings, self._desk.pack, here.name) or here
        back = (t("templates.undo"), partial(_bring_back, self._desk, self._desk.pack, gone))
        self._desk.notices.tell("done", t("templates.deleted", name=here.name), action=back)
        self.refresh()

    def _open(self, one: Template) -> None:
        self.accept()
        self._desk.go("wizard", case_id=None, template=one.name)

    def _follow(self, *_: object) -> None:
        for one in (self.use, self.rename, self.delete):
            one.setEnabled(self.current is not None)


def _bring_back(desk: Desk, pack: Pack, one: Template) -> None:
    if not bring_template_back(desk.store.settings, pack, one):
        desk.notices.tell("pending", t("templates.name_taken", name=one.name))


def _holds(one: Template) -> str:
    """What a template holds, in short."""
    case = one.case
    end = case.offer_end.isoformat() if case.offer_end else ""
    parts = (
        "、".join(owner.name for owner in case.owners[:2]),
        case.contact.name,
        case.region,
        end,
        "，".join(royalty_in_short(case.royalty)),
    )
    return "　·　".join(part for part in parts if part) or t("templates.blank")


def _columns() -> tuple[Column, ...]:
    return (Column(header=t("templates.name"), text=lambda one: one.name, second=_holds),)
