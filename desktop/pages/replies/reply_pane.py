"""The answer in hand: verdict, deadline, each reason with what to do, its basis, the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.installed.screen_texts import t
from desktop.pages.replies import reply_words
from desktop.parts.widgets.basics import button, column, label, row
from desktop.parts.widgets.frames import Card
from desktop.parts.widgets.messages import Chip
from desktop.parts.widgets.one_line import CardColumn, CardLine, facts
from forms.exchange.answer_file import VERDICTS

if TYPE_CHECKING:
    from forms.exchange.answer_file import ReasonSaid
    from forms.office.reply_care import CaseReply


class ReplyPane(CardColumn):
    """Shows an answer; `case_asked` carries the case, and the reason to go to or None."""

    case_asked = Signal(int, object)

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today

    def show_nothing(self) -> None:
        """No answer is in hand."""
        self.show_cards([])

    def show_reply(self, one: CaseReply) -> None:
        """Show an answer."""
        cards: list[QWidget] = [self._head(one)]
        if one.reply.reasons or one.reply.text:
            cards.append(self._reasons(one))
        self.show_cards(cards)
        self.verticalScrollBar().setValue(0)

    def _head(self, one: CaseReply) -> Card:
        reply = one.reply
        chip = Chip()
        chip.show_look(reply_words.LOOKS[reply.verdict], VERDICTS[reply.verdict])
        card = Card()
        title = label(one.name or reply.patent_number, "step", wrap=True)
        head = row(chip, None)
        if not one.is_gone:
            head.addWidget(
                button(
                    t("replies.open_case"),
                    icon="folder-open",
                    clicked=partial(self.case_asked.emit, reply.case_id, None),
                )
            )
        inside = column(space=8, margins=(16, 14, 16, 0))
        inside.addLayout(head)
        inside.addWidget(title)
        card.body.addLayout(inside)
        left = reply_words.left_words(one, self._today())
        pairs = [
            (t("replies.facts.number"), reply.patent_number),
            (t("replies.facts.deadline"), f"{reply.deadline or ''}　{left}".strip("　")),
            (t("replies.facts.bureau"), f"{reply.bureau}　{reply.day or ''}".strip("　")),
            (t("replies.facts.state"), reply_words.state_words(one)),
            (t("replies.facts.source"), reply.source),
        ]
        card.body.addLayout(facts([pair for pair in pairs if pair[1]]))
        return card

    def _reasons(self, one: CaseReply) -> Card:
        reply = one.reply
        card = Card(t("replies.reasons"), beside=t("replies.count", count=len(reply.reasons)))
        look = reply_words.LOOKS[reply.verdict]
        do = t("replies.mend") if one.is_open else ""
        for reason in reply.reasons:
            go = partial(self.case_asked.emit, reply.case_id, reason)
            line = CardLine(
                *(look.icon, look.tone, reason.message, _beneath(reason)), do=do, on_do=go
            )
            card.body.addWidget(line)
        if reply.text:
            card.body.addWidget(CardLine("info", "text2", reply.text, t("replies.text")))
        return card


def _beneath(reason: ReasonSaid) -> str:
    remedy = t("replies.remedy", words=reason.remedy) if reason.remedy else ""
    basis = t("widgets.basis", basis=reason.basis) if reason.basis else ""
    return "\n".join(filter(None, (remedy, basis)))
