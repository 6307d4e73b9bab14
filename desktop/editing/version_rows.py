"""The history of a case or a licence: each version with what changed in it, and the way back."""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import zip_longest

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.editing.side_sheet import SideSheet
from desktop.installed.screen_texts import t
from desktop.parts.theme import tokens as tk
from desktop.parts.widgets.basics import button, label, line, row
from forms.check.changes import Change, blank_of, changes, shortened
from forms.facts.record import Case, Licence
from forms.ground.columns import width
from forms.office.stored import Version
from forms.pack.types import Pack

_TOGETHER_S = 600  # saves of one person closer than this are one entry of the history
_AT_ONCE = 30
_FIRST_SHOWN = 3
_MOST = 60  # characters shown of a text
_BESIDE = 44  # columns of both texts together that stand in one line


class VersionRow(QWidget):
    """A saved version: when, by whom, what; the boxes that changed; the way back to it."""

    asked = Signal(int)

    def __init__(
        self,
        version: Version,
        now: datetime,
        changed: Sequence[Change],
        *,
        is_latest: bool,
        is_first: bool,
    ) -> None:
        super().__init__()
        self.version = version.version
        self.changed = changed
        day = _day(version.made_at.astimezone(now.tzinfo), now)
        what = version.what or t("wizard.history.typed")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(day, "strong"))
        words.addWidget(label("　".join(part for part in (what, version.who) if part), "hint"))
        head = row()
        head.addLayout(words, 1)
        if is_latest:
            head.addWidget(label(t("wizard.history.now"), "hint"))
        else:
            back = button(t("wizard.history.restore"), clicked=self._ask)
            back.setAccessibleName(t("wizard.history.restore_of", day=day))
            head.addWidget(back)
            self.setFocusProxy(back)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 4, 0, 4)
        whole.setSpacing(6)
        whole.addLayout(head)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        whole.addLayout(self._lines)
        self._show(0 if is_first else _FIRST_SHOWN)
        if not changed:
            words.addWidget(label(t("wizard.history.same"), "hint"))
        self._few = self._lines.count()
        self.more = button("", "link", clicked=self._turn)
        self._day, self._all = day, "wizard.history.first" if is_first else "wizard.history.all"
        whole.addLayout(row(self.more, None, margins=(8, 0, 0, 0)))
        self.more.setVisible(self._few < len(changed))
        self._name()

    @Slot()
    def _turn(self) -> None:
        """Show all changes, or the first again."""
        is_whole = self._lines.count() > self._few
        self._show(self._few if is_whole else len(self.changed))
        self._name()

    def _show(self, count: int) -> None:
        while self._lines.count() > count:
            item = self._lines.takeAt(self._lines.count() - 1)
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for change in self.changed[self._lines.count() : count]:
            self._lines.addWidget(ChangeLine(change))

    def _name(self) -> None:
        is_whole = self._lines.count() > self._few
        words = t("wizard.history.fewer" if is_whole else self._all, count=len(self.changed))
        self.more.setText(words)
        self.more.setAccessibleName(f"{self._day}　{words}")

    def _ask(self) -> None:
        self.asked.emit(self.version)


class ChangeLine(QWidget):
    """A box that changed: its name, and below it both texts."""

    def __init__(self, change: Change) -> None:
        super().__init__()
        before, after = shortened(change.before, change.after, _MOST)
        if before and after:
            way = "apart" if width(before) + width(after) > _BESIDE else "changed"
        else:
            way = "filled" if after else "cleared"
        texts = label(t(f"wizard.history.{way}", before=before, after=after), wrap=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(label(change.box, "caption", wrap=True))
        whole.addWidget(texts)


def _grouped(versions: Sequence[Version]) -> list[Version]:
    """The latest version of each stretch of work, the latest first; the first of all stays."""
    kept: list[Version] = []
    for version in versions:
        last = kept[-1] if kept else None
        is_same = (
            last is not None
            and (version.who, version.what) == (last.who, last.what)
            and (last.made_at - version.made_at).total_seconds() < _TOGETHER_S
        )
        if not is_same or version is versions[-1]:
            kept.append(version)
    return kept


class VersionList(QWidget):
    """The versions of a record, each with what changed from the one below it; the latest first."""

    asked = Signal(int)

    def __init__(
        self,
        versions: Sequence[Version],
        now: datetime,
        read: Callable[[int], Case | Licence],
        pack: Pack,
    ) -> None:
        super().__init__()
        self._versions, self._now, self._read, self._pack = _grouped(versions), now, read, pack
        self.rows: list[VersionRow] = []
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(12)
        self.earlier = button(t("wizard.history.earlier"), "link", clicked=self._show_more)
        self._body.addLayout(row(self.earlier, None))
        self._show_more()

    @Slot()
    def _show_more(self) -> None:
        """Show some more of them; those shown stay where they are."""
        start = len(self.rows)
        stop = min(start + _AT_ONCE, len(self._versions))
        records = [self._read(one.version) for one in self._versions[start : stop + 1]]
        shown = self._versions[start:stop]
        for version, record, former in zip_longest(shown, records, records[1:]):
            if version is not None:
                self._add(version, record, former)
        self.earlier.setVisible(stop < len(self._versions))
        if start:
            self.rows[start].setFocus()

    def _add(self, version: Version, record: Case | Licence, former: Case | Licence | None) -> None:
        made = VersionRow(
            version,
            self._now,
            changes(former or blank_of(record), record, self._pack),
            is_latest=not self.rows,
            is_first=former is None,
        )
        made.asked.connect(self.asked)
        self.rows.append(made)
        end = self._body.count() - 1
        self._body.insertWidget(end, made)
        self._body.insertWidget(end + 1, line())


def history_sheet(
    page: QWidget,
    versions: VersionList | None,
    restore: Callable[[int], object],
    *,
    under: int = tk.BAR,
) -> SideSheet:
    """A sheet with the versions of a record, None where nothing was kept yet."""
    sheet = SideSheet(page, t("wizard.history.title"), under=under)
    if versions is None:
        sheet.add_text("", t("wizard.history.none"))
        return sheet
    sheet.add_heading(t("wizard.history.hint"))
    versions.asked.connect(restore)
    sheet.body.addWidget(versions)
    return sheet


def _day(when: datetime, now: datetime) -> str:
    if when.date() == now.date():
        return t("wizard.history.today", time=f"{when:%H:%M}")
    return f"{when:%Y-%m-%d %H:%M}"
