"""The ways to templates from other pages: a menu of them, and keeping a case as one."""

from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from desktop.desk.attempts import attempts_at_line
from desktop.desk.desk import Desk
from desktop.installed.screen_texts import t
from desktop.pages.templates.templates_sheet import TemplatesSheet
from desktop.parts.theme.icons import icon
from forms.facts.record import Case
from forms.office.templates import keep_template, templates


def fill_menu(menu: QMenu, desk: Desk, parent: QWidget) -> None:
    """Put the templates into a menu, each making a new case, and the way to their list."""
    menu.clear()
    known = templates(desk.store.settings, desk.pack)
    for one in known:
        action = menu.addAction(icon("file-plus", "text2"), one.name)
        action.triggered.connect(partial(desk.go, "wizard", case_id=None, template=one.name))
    if not known:
        menu.addAction(t("templates.menu_none")).setEnabled(False)
    menu.addSeparator()
    manage = menu.addAction(icon("list", "text2"), t("templates.manage"))
    manage.triggered.connect(partial(open_sheet, desk, parent))


def open_sheet(desk: Desk, parent: QWidget, _checked: bool = False) -> TemplatesSheet:
    """Show all templates."""
    sheet = TemplatesSheet(desk, parent.window())
    sheet.open()
    return sheet


def keep_as_template(desk: Desk, parent: QWidget, case: Case) -> None:
    """Ask for a name and keep a case's shared answers under it; one of that name gives way.

    They are kept for the pack that the case belongs to.
    """
    pack = desk.shelf.of(case.pack) or desk.pack
    title, yes = t("templates.keep_title"), t("templates.keep")
    start = case.owners[0].name if case.owners else ""
    for name, attempt in attempts_at_line(
        desk, parent, title, t("templates.name"), yes, start=start
    ):
        with attempt:
            is_known = any(one.name == name for one in templates(desk.store.settings, pack))
            words, replace = t("templates.replace_words", name=name), t("templates.replace")
            if is_known and not desk.dialogs.confirm(parent, replace, words, replace):
                return
            made = keep_template(desk.store.settings, pack, name, case)
            show = (t("templates.manage"), partial(open_sheet, desk, parent))
            desk.notices.tell("done", t("templates.kept", name=made.name), action=show)
