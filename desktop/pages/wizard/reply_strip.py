"""What a bureau wants to have corrected of the case in hand: in short at each step, then whole."""

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import clear
from desktop.parts.widgets.frames import Card
from desktop.parts.widgets.messages import MessageStrip
from forms.exchange.answer_file import ReasonSaid
from forms.ground.problems import Problem
from forms.office.replies import Reply
from forms.office.reply_care import words_of

_MOST = 60  # signs of the first reason in the strip; the check page has them whole


class ReplyStrip(QWidget):
    """One strip: returned, by when, the first reason; `asked` when one wants to see all."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.reply: Reply | None = None
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(32, 12, 32, 0)
        self.hide()

    def show_reply(self, reply: Reply | None, today: date) -> None:
        """Show a reply by which the case was returned, or nothing."""
        if reply == self.reply and reply is None:
            return
        self.reply = reply
        clear(self._inside)
        self.setVisible(reply is not None)
        if reply is None:
            return
        is_late = reply.deadline is not None and reply.deadline < today
        strip = MessageStrip(
            "error" if is_late else "pending",
            t("replies.strip.words", by=_by(reply, today), why=_first(reply)),
            fix=t("replies.strip.look"),
        )
        strip.fix_asked.connect(self.asked)
        self._inside.addWidget(strip)


class ReplyCard(Card):
    """All reasons, each with what is to be done and its basis; `basis_asked` carries a Problem."""

    basis_asked = Signal(object)

    def __init__(self, reply: Reply, today: date) -> None:
        day = _by(reply, today).strip("，")
        super().__init__(t("replies.strip.title"), beside=day)
        inside = QVBoxLayout()
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(8)
        for reason in reply.reasons:
            remedy = t("replies.remedy", words=reason.remedy) if reason.remedy else ""
            words = "\n".join(filter(None, (reason.message, remedy)))
            strip = MessageStrip("pending", words, basis=reason.basis)
            strip.basis_asked.connect(partial(self._ask, reason))
            inside.addWidget(strip)
        if reply.text:
            inside.addWidget(MessageStrip("advice", reply.text))
        self.body.addLayout(inside)

    def _ask(self, reason: ReasonSaid) -> None:
        problem = Problem(reason.rule, "", "pending", reason.basis, reason.message)
        self.basis_asked.emit(problem)


def _by(reply: Reply, today: date) -> str:
    if reply.deadline is None:
        return t("replies.strip.no_day")
    days = (reply.deadline - today).days
    left = t("replies.past", days=-days) if days < 0 else t("replies.left", days=days)
    return t(
        "replies.strip.by", day=reply.deadline, left=left if days else t("replies.today_is_it")
    )


def _first(reply: Reply) -> str:
    first = next(iter(words_of(reply)), "")
    return first if len(first) <= _MOST else f"{first[:_MOST]}…"
