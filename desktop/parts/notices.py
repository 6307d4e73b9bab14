"""One path for messages to the screen, usable before there is one.

Who has something to say calls `tell`; the window, once it is there, hears it.  A notice is a
sentence that says what is, and what to do; what a clerk can do at once is its action.
"""

from collections.abc import Callable
from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, Signal

NoticeTone = Literal["error", "pending", "advice", "done"]
Listener = Callable[["Notice"], object]


class Notice(NamedTuple):
    """One message; `details` can be copied, `action` is a label and what it does."""

    tone: NoticeTone
    text: str
    details: str = ""
    action: tuple[str, Callable[[], object]] | None = None


class Notices(QObject):
    """Keeps what was said until somebody shows it; there is one that shows at a time."""

    posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[Notice] = []
        self._shows: Listener | None = None

    def tell(
        self,
        tone: NoticeTone,
        text: str,
        *,
        details: str = "",
        action: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Say something.  To be called in the window's thread."""
        notice = Notice(tone=tone, text=text, details=details, action=action)
        self.posted.emit(notice)
        if self._shows is None:
            self._waiting.append(notice)
        else:
            self._shows(notice)

    def show_in(self, listener: Listener | None) -> None:
        """From now on this listener shows what is said, beginning with what waits.

        With None what is said waits for the next.
        """
        self._shows = listener
        if listener is not None:
            waiting, self._waiting = self._waiting, []
            for notice in waiting:
                listener(notice)
