"""The menu of what can be exported of cases: their papers in each format, and the register."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from desktop.installed.screen_texts import t
from desktop.on_paper.preview.preview_pane import short_title
from forms.office.papers_wanted import by_format
from forms.pack.types import Pack


def export_menu(
    parent: QWidget,
    pack: Pack,
    chosen: Sequence[int],
    shown: Sequence[int],
    as_papers: Callable[[Sequence[int], str], object],
    as_book: Callable[[Sequence[int]], object],
) -> QMenu:
    """Return the menu for the cases `chosen`, and for all that are `shown`."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for format, papers in by_format(pack).items():
        titles = "、".join(dict.fromkeys(short_title(paper) for paper in papers))
        action = menu.addAction(t(f"register.export_as.{format}", titles=titles))
        action.triggered.connect(_asking(as_papers, chosen, format))
    menu.addSeparator()
    for key, ids in (("book", chosen), ("book_all", shown)):
        action = menu.addAction(t(f"register.export_as.{key}", count=len(ids)))
        action.triggered.connect(_asking(as_book, ids))
    return menu


def _asking(does: Callable[..., object], *what: object) -> Callable[[], object]:
    """What a menu's entry calls, without the state it hands over."""

    def asked() -> object:
        return does(*what)

    return asked
