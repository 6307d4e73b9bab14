"""The tabs of a pool, one row each: a new tab is a widget and a row here, or another page's name.

A tab's words are the text `pool.tabs.NAME`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.pages.pool.pool_look import PoolLook

if TYPE_CHECKING:
    from desktop.pages.pool.pool_actions import PoolActions


class PoolTab(QWidget):
    """What a tab shows of a pool; `tools` are its buttons in the page's head, the primary last.

    `tab_asked` carries the name of another tab to turn to, and what of it is to be shown.
    """

    tab_asked = Signal(str, object)

    def __init__(self, doing: PoolActions) -> None:
        super().__init__()
        self.doing = doing
        self.tools: tuple[QWidget, ...] = ()

    def show_look(self, look: PoolLook) -> None:
        """Show a pool."""
        raise NotImplementedError

    def narrow(self, wanted: object) -> None:
        """Show some of it only, as another tab asked."""

    def first_focus(self) -> QWidget:
        """What has the focus when the tab is turned to."""
        return self


def _nothing(_look: PoolLook) -> int | None:
    return None


@dataclass(frozen=True, kw_only=True)
class TabRow:
    """A tab: its name, the module and class of its widget, how many things are on it.

    One that `leads_to` another page has no widget: it goes there with the pool's id.
    """

    name: str
    module: str = ""
    tab: str = ""
    leads_to: str = ""
    count: Callable[[PoolLook], int | None] = _nothing

    def load(self) -> type[PoolTab]:
        """The class of its widget."""
        from importlib import import_module

        made: type[PoolTab] = getattr(import_module(self.module), self.tab)
        return made


TABS = (
    TabRow(name="overview", module="desktop.pages.pool.overview_tab", tab="OverviewTab"),
    TabRow(
        name="patents",
        module="desktop.pages.pool.patents_tab",
        tab="PatentsTab",
        count=lambda look: len(look.inside),
    ),
    TabRow(
        name="members",
        module="desktop.pages.pool.members_tab",
        tab="MembersTab",
        count=lambda look: sum(one.record.left_on is None for one in look.whole.members),
    ),
    TabRow(
        name="applications",
        module="desktop.pages.pool.applications_tab",
        tab="ApplicationsTab",
        count=lambda look: len(look.waiting),
    ),
    TabRow(
        name="licences",
        module="desktop.pages.pool.licences_tab",
        tab="LicencesTab",
        count=lambda look: len(look.licences),
    ),
    TabRow(name="shares", leads_to="distribution"),
)
