"""The strip above the foot of the window that shows what the program has to say.

It floats, so that nothing moves when it comes or goes, and takes the focus from nobody.  What is
done goes by itself after a while in which its window was in front: whoever is at another program
has not read it.  What was said on a page goes with the page, save what is wrong: that stays until
it is closed.
"""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.notices import Notice
from desktop.parts.theme.chips import DONE, SEVERITIES, Look
from desktop.parts.widgets.basics import button, icon_button, icon_label, label, restyle

STAYS_MS = 8000
_WIDEST, _AT_THE_SIDES = 920, 24
_ABOVE_THE_FOOT = 72  # what stands at the foot of a page can be pressed


class NoticeStrip(QFrame):
    """Shows one notice at a time, the latest; those that stay wait behind it."""

    def __init__(self, over: QWidget) -> None:
        """`over` is what it floats above."""
        super().__init__(over)
        self.setProperty("role", "notice")
        self._kept: list[Notice] = []
        self._fresh: list[Notice] = []  # said in this very moment, perhaps for the page to come
        self._over = over
        over.installEventFilter(self)
        self._icon = icon_label("info")
        self._word = label("", "strong")
        self._text = label("", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._action: QPushButton = button("", "link", clicked=self._act)
        self._copy = button(t("frame.copy_details"), "link", clicked=self._copy_details)
        self._more = label("", "hint")
        close = icon_button("x", t("frame.close_notice"), clicked=self.close_notice)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 6, 12, 6)
        layout.setSpacing(10)
        for left in (self._icon, self._word):
            layout.addWidget(left)
        layout.addWidget(self._text, 1)
        rest: tuple[QWidget, ...] = (self._more, self._copy, self._action, close)
        for right in rest:
            layout.addWidget(right)
        for one in (self._copy, self._action, close):
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._settles = QTimer(self, singleShot=True, interval=0)
        self._settles.timeout.connect(self._fresh.clear)
        self._goes = QTimer(self, singleShot=True, interval=STAYS_MS)
        self._goes.timeout.connect(self.close_notice)
        self.hide()

    @property
    def notice(self) -> Notice | None:
        """What is being shown."""
        return self._kept[-1] if self._kept else None

    @Slot(object)
    def show_notice(self, notice: Notice) -> None:
        """Show a notice above those that wait; one that says the same takes its place."""
        self._kept = [one for one in self._kept if one.tone != "done" and one.text != notice.text]
        self._kept.append(notice)
        self._fresh.append(notice)
        self._settles.start()
        self._show()

    def leave_page(self) -> None:
        """Another page is shown: what was said on the one before goes, but what is wrong."""
        kept = [one for one in self._kept if one.tone == "error" or one in self._fresh]
        if kept != self._kept:
            self._kept = kept
            self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot of what it floats above; count the time while its window is in front."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        elif event.type() in (QEvent.Type.WindowActivate, QEvent.Type.WindowDeactivate):
            self._count()
        return super().eventFilter(watched, event)

    def _count(self) -> None:
        """Let what is done go after a while, begun anew whenever its window comes to the front."""
        notice = self.notice
        if notice is not None and notice.tone == "done" and self.isActiveWindow():
            self._goes.start()
        else:
            self._goes.stop()

    def _place(self) -> None:
        over = self._over
        wide = min(over.width() - 2 * _AT_THE_SIDES, _WIDEST)
        high = max(self.heightForWidth(wide), self.minimumSizeHint().height(), 44)
        self.setGeometry(_AT_THE_SIDES, over.height() - high - _ABOVE_THE_FOOT, wide, high)
        self.raise_()

    @Slot()
    def close_notice(self) -> None:
        """Close the one that is shown; the one behind it comes forward."""
        if self._kept:
            self._kept.pop()
        self._show()

    def _show(self) -> None:
        notice = self.notice
        self._count()
        self.setVisible(notice is not None)
        if notice is None:
            return
        look: Look = DONE if notice.tone == "done" else SEVERITIES[notice.tone]
        self.setProperty("tone", look.tone)
        self._word.setProperty("tone", look.tone)
        for one in (self, self._word):
            restyle(one)
        self._icon.show_icon(look.icon, look.tone)
        self._word.setText(t(look.word))
        self._text.setText(notice.text)
        self.setAccessibleName(f"{t(look.word)}：{notice.text}")
        self._action.setVisible(notice.action is not None)
        self._action.setText(notice.action[0] if notice.action else "")
        self._copy.setVisible(bool(notice.details))
        waiting = len(self._kept) - 1
        self._more.setText(t("frame.more_notices", count=waiting) if waiting else "")
        self._place()

    def _act(self) -> None:
        notice = self.notice
        if notice is not None and notice.action is not None:
            self.close_notice()
            notice.action[1]()

    def _copy_details(self) -> None:
        if self.notice is not None:
            QGuiApplication.clipboard().setText(self.notice.details)
