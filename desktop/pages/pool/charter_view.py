"""章程和核对清单: the facts of a pool at the left, its checklists at the right; saved as typed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from db.store_problems import PASSING
from desktop.editing.record_session import again_ms
from desktop.installed.screen_texts import t
from desktop.pages.pool.fields_sheet import FieldEdit
from desktop.pages.pool.pool_actions import PoolActions
from desktop.pages.pool.pool_look import PoolLook
from desktop.parts.widgets.basics import button, clear, icon_label, label, line, row
from desktop.parts.widgets.frames import Card, PageHead
from desktop.parts.widgets.labelled import scrolled
from desktop.parts.widgets.messages import MessageStrip
from forms.facts.amounts import plain
from forms.ground.combining import combined
from forms.ground.for_the_clerk import ForTheClerk
from forms.office import pools
from forms.office.pool_facts import with_fact
from forms.office.store import CannotDo
from forms.office.stored import Kept
from forms.pack.types import Field
from forms.pool.book_columns import CATEGORIES, GRADES, POOL, REPLY_WORDS
from forms.pool.book_values import values_of
from forms.pool.charter_rules import check_agreements, check_pool
from forms.pool.checklists import (
    Checklist,
    Item,
    answered,
    answers_of,
    basis_of,
    checklists,
    with_answer,
)
from forms.pool.findings import worded
from forms.pool.records import Answer, Pool

_SOON_MS = 600
_BESIDE_FROM = 1000


class CharterView(QWidget):
    """Edits a pool's charter; `left` says that it is left, with whatever was saved."""

    left = Signal()

    def __init__(self, doing: PoolActions) -> None:
        super().__init__()
        self._doing = doing
        self._kept: Kept[Pool] | None = None
        self._shown = Pool()  # what the fields say, whatever others have saved meanwhile
        self._saved_last: int | None = None  # the revision that was typed here
        self.edits: dict[str, FieldEdit] = {}
        self.replies: dict[str, QComboBox] = {}
        self.words: dict[str, QLineEdit] = {}
        self._warns: dict[str, QWidget] = {}
        self._waiting: dict[str, Field] = {}  # by path: what is typed in them is not kept as yet
        self._items: dict[str, Item] = {}
        self._is_refused = False  # what is typed could not be kept; it is tried again
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._take_waiting)
        self.head = PageHead(t("pool.charter.title"), back=t("frame.places.pool"))
        self.head.back_asked.connect(self.go_back)
        self._facts = QGridLayout()
        self._facts.setContentsMargins(16, 14, 16, 16)
        self._facts.setHorizontalSpacing(16)
        self._facts.setVerticalSpacing(12)
        facts = Card(t("pool.charter.facts"))
        facts.body.addLayout(self._facts)
        facts.body.addStretch()
        self._problems = QVBoxLayout()
        self._problems.setSpacing(8)
        self._lists = QVBoxLayout()
        self._lists.setSpacing(16)
        right = QVBoxLayout()
        right.setSpacing(16)
        right.addLayout(self._problems)
        right.addLayout(self._lists)
        right.addStretch()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(16)
        left_side = QVBoxLayout()
        left_side.addWidget(facts)
        left_side.addStretch()
        self._sides.addLayout(left_side, 1)
        self._sides.addLayout(right, 1)
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(24, 0, 24, 24)
        whole.addLayout(self._sides)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        self.area = scrolled(inside)
        outer.addWidget(self.area, 1)

    def resizeEvent(self, event: object) -> None:
        """The checklists go below where the window is narrow."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(across if self.width() >= _BESIDE_FROM else down)

    @property
    def pool(self) -> Pool:
        """The pool as it stands."""
        assert self._kept is not None
        return self._kept.record

    @property
    def _is_in_hand(self) -> bool:
        """Whether somebody is about to type here: nothing is drawn anew under the hand."""
        hand = self.focusWidget()
        is_waiting = bool(self._waiting) or self._is_refused
        return is_waiting or isinstance(hand, QLineEdit | QPlainTextEdit)

    # --- showing --------------------------------------------------------------------------

    def show_look(self, look: PoolLook) -> None:
        """Show a pool from the start."""
        kept = look.whole.pool
        before = self._kept
        if before is not None and before.id == kept.id:
            is_late = kept.revision < before.revision
            if is_late or kept.record == self._shown or self._is_in_hand:
                return
        self._kept, self._shown, self._saved_last = kept, kept.record, None
        self._waiting, self._items, self._is_refused = {}, {}, False
        self.head.show_beside(kept.record.name)
        clear(self._facts)
        clear(self._lists)
        self.edits, self.replies, self.words, self._warns = {}, {}, {}, {}
        own = {
            GRADES: "；".join(f"{one.name}={plain(one.weight)}" for one in kept.record.grades),
            CATEGORIES: kept.record.categories,
        }
        values = values_of(kept.record, POOL, own)
        place = 0
        for field in POOL:
            edit = FieldEdit(field, values[field.path])
            edit.on_left(partial(self._left, field))
            self.edits[field.path] = edit
            is_wide = field.kind == "long_text" or field.path in own
            place += place % 2 if is_wide else 0
            self._facts.addWidget(edit, place // 2, place % 2, 1, 2 if is_wide else 1)
            place += 2 if is_wide else 1
        for checklist in checklists():
            self._lists.addWidget(self._card(checklist))
        self._show_problems()

    def _card(self, checklist: Checklist) -> Card:
        found = answered(self.pool, checklist)
        beside = t("pool.charter.answered", done=found.answered, total=found.total)
        paper = button(t("pool.papers.of.checklist"), "link", icon="printer")
        paper.clicked.connect(partial(self._print, checklist))
        card = Card(checklist.title, beside=beside, buttons=[paper], high=44)
        inside = QVBoxLayout()
        inside.setContentsMargins(16, 10, 16, 14)
        inside.setSpacing(8)
        inside.addWidget(label(f"{checklist.words}依据：{checklist.basis}。", "hint", wrap=True))
        for part in checklist.parts:
            inside.addWidget(line())
            inside.addLayout(
                row(
                    label(part.title, "strong"),
                    label(basis_of(checklist, part), "hint"),
                    None,
                )
            )
            for item in part.items:
                inside.addWidget(self._item(item))
        card.body.addLayout(inside)
        return card

    def _item(self, item: Item) -> QWidget:
        answer = answers_of(self.pool).get(item.code, Answer(item=item.code))
        reply, words = QComboBox(), QLineEdit(answer.words)
        reply.addItem("", None)
        for value, word in REPLY_WORDS.items():
            reply.addItem(word, value)
        reply.setCurrentIndex(max(0, reply.findData(answer.reply)))
        reply.setFixedWidth(84)
        reply.setAccessibleName(item.words)
        words.setPlaceholderText(t("pool.charter.words"))
        words.setAccessibleName(t("pool.charter.words_of", item=item.words))
        reply.activated.connect(partial(self._answer, item))
        words.editingFinished.connect(partial(self._answer, item))
        self.replies[item.code], self.words[item.code] = reply, words
        self._items[item.code] = item
        warn = row(icon_label("circle-alert", "pending"), label(item.warns, "hint", wrap=True))
        warn.setStretch(1, 1)
        warned = QWidget()
        warned.setLayout(warn)
        warned.setVisible(_is_risky(item, answer))
        whole = QVBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addWidget(label(item.words, wrap=True))
        beneath = row(reply, words)
        beneath.setStretch(1, 1)
        whole.addLayout(beneath)
        whole.addWidget(warned)
        made = QWidget()
        made.setLayout(whole)
        self._warns[item.code] = warned
        return made

    def _show_problems(self) -> None:
        clear(self._problems)
        look = self._doing.look
        members = [one.record for one in look.whole.members]
        agreements = [one.record for one in look.whole.agreements]
        charter = check_pool(self.pool, members, look.today)
        for one in worded((*charter, *check_agreements(agreements))):
            if one.code not in ("not_answered", "at_risk"):
                strip = MessageStrip(one.severity, f"{one.message}依据：{one.basis}。")
                self._problems.addWidget(strip)
        for at in range(self._lists.count()):
            card = self._lists.itemAt(at).widget()
            checklist = checklists()[at]
            if isinstance(card, Card):
                found = answered(self.pool, checklist)
                words = t("pool.charter.answered", done=found.answered, total=found.total)
                card.show_title(checklist.title, words)

    # --- keeping --------------------------------------------------------------------------

    def _left(self, field: Field) -> None:
        self._waiting[field.path] = field
        if field.kind == "long_text":
            self._soon.start(_SOON_MS)
        else:
            self._take_waiting()

    @Slot()
    def _take_waiting(self) -> None:
        """Keep what waits, and what was refused before; what is refused now waits on."""
        self._soon.stop()
        was_refused, self._is_refused = self._is_refused, False
        for path, field in [*self._waiting.items()]:
            self._take(field)
            if self._is_refused:
                return
            self._waiting.pop(path, None)
        for item in self._items.values() if was_refused else ():
            self._answer(item)
            if self._is_refused:  # each further one would wait for the lock, too
                return

    def _take(self, field: Field) -> None:
        edit = self.edits[field.path]
        text = edit.text
        try:
            shown = with_fact(self._shown, field, text)
        except CannotDo as fault:
            edit.tell(str(fault))
            return
        edit.tell("")
        self._save(shown, lambda pool: with_fact(pool, field, text))

    def _answer(self, item: Item, _place: int = 0) -> None:
        reply = self.replies[item.code].currentData()
        words = self.words[item.code].text().strip()
        before = answers_of(self._shown).get(item.code, Answer(item=item.code))
        if (before.reply, before.words) == (reply, words):
            return
        desk = self._doing.desk
        answer = Answer(item=item.code, reply=reply, words=words, day=desk.today, who=desk.who)

        def answered_now(pool: Pool) -> Pool:
            there = answers_of(pool).get(item.code, Answer(item=item.code))
            return with_answer(pool, combined(before, answer, there)[0])

        self._save(with_answer(self._shown, answer), answered_now)
        self._warns[item.code].setVisible(_is_risky(item, answer))

    def _save(self, shown: Pool, made_of: Callable[[Pool], Pool]) -> None:
        """Keep what was changed of what is shown: of the pool as it stands by now."""
        assert self._kept is not None
        if shown == self._shown:
            return
        desk, at = self._doing.desk, self._kept.id
        try:
            self._kept = pools.change(
                desk.store, at, made_of, who=desk.who, amends=self._saved_last
            )
        except ForTheClerk as fault:
            desk.notices.tell("error", str(fault))
            if isinstance(fault, PASSING):
                self._is_refused = True
                self._soon.start(again_ms(fault))
            return
        self._shown, self._saved_last = shown, self._kept.revision
        self.head.show_beside(self.pool.name)
        self._show_problems()

    def keep(self) -> bool:
        """Save what is still in hand; False, and it was said why, where that has to wait."""
        focus: QWidget | None = self.focusWidget()
        if focus is not None:
            focus.clearFocus()
        self._take_waiting()
        return not self._is_refused

    def _print(self, checklist: Checklist, _checked: bool = False) -> None:
        if self.keep():
            self._doing.save_paper("checklist", checklist.title, checklist.title)

    def go_back(self) -> None:
        """Leave it."""
        if self.keep():
            self.left.emit()


def _is_risky(item: Item, answer: Answer) -> bool:
    is_answered = answer.reply in ("yes", "no")
    return bool(item.warns and item.expects and is_answered and answer.reply != item.expects)
