"""The versions of packs that are kept: which one counts, put another back, take one away."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.desk.desk import Desk
from desktop.installed.packs_here import stock_beside
from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import button, column, icon_label, label, row
from desktop.parts.widgets.frames import Card
from forms.ground.for_the_clerk import ForTheClerk
from forms.pack.load import PackFault, load
from forms.vetting.pack_stock import OnShelf, Stock


class VersionsCard(Card):
    """Lists every version of every pack, and what was passed over."""

    def __init__(self, desk: Desk) -> None:
        stock = stock_beside(desk.store.path)
        super().__init__(t("settings.versions.title"), beside=t("settings.versions.hint"))
        self._desk = desk
        for versions in stock.versions.values():
            for one in versions:
                self.body.addWidget(self._line(stock, one))
        known = {one.folder for versions in stock.versions.values() for one in versions}
        for odd in stock.unusable:
            if odd.folder not in known:
                words = t("settings.versions.unusable", reason=odd.reason)
                away = partial(self._remove_folder, odd.name)
                self.body.addWidget(_drawn("octagon-x", "error", odd.name, words, None, away))

    def _line(self, stock: Stock, one: OnShelf) -> QWidget:
        name, fault = _name(one)
        counts = stock.counting.get(one.code) == one.folder
        if fault:
            icon, colour, words = "octagon-x", "error", fault
        elif counts:
            icon, colour, words = "circle-check", "done", t("settings.versions.counts")
        elif one.version in stock.set_aside.get(one.code, ()):
            icon, colour, words = "circle-minus", "text2", t("settings.versions.set_aside")
        else:
            icon, colour, words = "package", "text2", t("settings.versions.kept")
        where = "shipped" if one.is_shipped else "taken"
        words = f"{words}　·　{t(f'settings.versions.{where}')}"
        use = None if counts or fault else partial(self.use, one.code, one.version)
        away = None if one.is_shipped else partial(self.remove, one.code, one.version)
        return _drawn(icon, colour, f"{name}　{one.version}", words, use, away)

    def use(self, code: str, version: str) -> None:
        """Let a version count; the newer ones that are here are set aside."""
        if self._done(lambda stock: stock.use(code, version)):
            self._desk.notices.tell("done", t("settings.versions.used", version=version))

    def remove(self, code: str, version: str) -> None:
        """Take a version away, once the clerk says so."""
        title = t("settings.versions.remove_title", version=version)
        words, yes = t("settings.versions.remove_words"), t("settings.versions.remove_yes")
        if not self._desk.dialogs.confirm(self, title, words, yes, danger=True):
            return
        if self._done(lambda stock: stock.remove(code, version)):
            self._desk.notices.tell("done", t("settings.versions.removed", version=version))

    def _remove_folder(self, name: str) -> None:
        self._done(lambda stock: stock.remove_folder(name))

    def _done(self, work: Callable[[Stock], object]) -> bool:
        try:
            work(stock_beside(self._desk.store.path))
        except ForTheClerk as problem:
            self._desk.notices.tell("error", str(problem))
            return False
        self._desk.take_packs_anew()
        return True


def _name(one: OnShelf) -> tuple[str, str]:
    """A pack's name, and why it can not be used."""
    try:
        return load(one.folder).identity.name, ""
    except PackFault as fault:
        return one.code, t("settings.versions.faulty", count=len(fault.faults))


def _drawn(
    icon: str,
    colour: str,
    text: str,
    words: str,
    use: Callable[[], object] | None,
    away: Callable[[], object] | None,
) -> QWidget:
    middle = column(label(text, wrap=True), label(words, "caption", wrap=True), space=1)
    whole = row(icon_label(icon, colour), space=12, margins=(16, 6, 12, 6))
    whole.addLayout(middle, 1)
    for key, do in (("use", use), ("remove", away)):
        if do is not None:
            link = button(t(f"settings.versions.{key}"), "link", clicked=do)
            link.setAccessibleName(f"{t(f'settings.versions.{key}')}：{text}")
            whole.addWidget(link)
    made = QWidget()
    made.setLayout(whole)
    return made
