"""One distribution: what is counted, who gets what, and the notice of the member in hand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.installed.program_places import taken_packs_folder
from desktop.installed.screen_texts import t
from desktop.on_paper.preview import DocumentPreview
from desktop.pages.distribution.receipts_card import ReceiptsCard, SumsPanel
from desktop.pages.distribution.run_list import CLOSED, OPEN
from desktop.pages.distribution.shares_card import SharesCard, proof_strip
from desktop.parts.widgets.basics import button, clear, column, icon_button, icon_label, label
from desktop.parts.widgets.frames import FootBar, PageHead
from desktop.parts.widgets.messages import Chip
from desktop.parts.widgets.one_line import CardColumn
from desktop.parts.widgets.plain_tip import plain_tip
from forms.facts.amounts import grouped
from forms.pool.share_input import METHOD_WORDS

if TYPE_CHECKING:
    from desktop.pages.distribution.run_actions import RunActions
    from forms.office.pool_money import PoolMoney
    from forms.office.stored import Kept
    from forms.pool.runs import Run
    from forms.pool.share_faults import NoShares
    from forms.pool.share_input import Method

_PREVIEW, _NARROW_PREVIEW, _SIDE_BY_SIDE, _WIDE = 452, 432, 1200, 1320
_MOST_RECKONED_TWICE = 1500  # patents: beyond, the sentence of the other method is left out


class OneRun(QWidget):
    """Shows a run and lets an open one be changed."""

    back_asked = Signal()

    def __init__(self, desk: Desk, doing: RunActions) -> None:
        super().__init__()
        self._desk, self._doing = desk, doing
        self.money: PoolMoney | None = None
        self.kept: Kept[Run] | None = None
        self.run: Run | None = None
        self.fault: NoShares | None = None
        self.member_id = 0
        self.state = Chip()
        self._saved_icon = icon_label("circle-check", "done")
        self._saved, self._saved_words = label("", "hint"), ""
        self._show = button(t("distribution.notice"), icon="panel-right", keys="Ctrl+\\")
        self._show.setCheckable(True)
        self._show.toggled.connect(self._fit)
        self._drop = icon_button("trash-2", t("distribution.drop"), clicked=doing.drop)
        self._correct = button(t("distribution.correct"), icon="undo-2", clicked=doing.correct)
        self.head = PageHead(
            "",
            back=t("distribution.title"),
            buttons=(self.state, self._saved_icon, self._saved, self._show, self._drop),
        )
        self.head.back_asked.connect(self.back_asked)
        self.receipts, self.sums, self.shares = ReceiptsCard(), SumsPanel(), SharesCard()
        self._proof = column(space=8)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        proof = QWidget()
        proof.setLayout(self._proof)
        self.column = CardColumn()
        self.column.cards.setContentsMargins(24, 16, 24, 8)
        self.column.cards.setSpacing(12)
        self.column.show_cards([self.receipts, self.sums, self.shares, proof])
        self.book = button(
            t("distribution.book"),
            icon="file-spreadsheet",
            keys="Ctrl+E",
            clicked=self._doing.save_book,
        )
        self.next = button("", "primary", icon="file-check", clicked=self._do_next)
        self.notices = button(
            t("distribution.notices"), icon="folder-open", clicked=self._doing.write_notices
        )
        self.foot = FootBar(self.next, others=(self._correct, self.book, self.notices))
        self.preview = DocumentPreview(
            self._desk,
            [(name, t(f"distribution.{name}")) for name in ("notice", "list")],
            of_many=True,
        )
        self.preview.tab_chosen.connect(self._show_notice)
        self.preview.other_asked.connect(self._other)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.column, 1)
        left.addWidget(self.foot)
        self._left = QWidget()
        self._left.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        panes = QHBoxLayout()
        panes.setSpacing(0)
        panes.addWidget(self._left, 1)
        panes.addWidget(self.preview)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addLayout(panes, 1)

    def _connect(self) -> None:
        doing = self._doing
        self.receipts.changed.connect(self._ticked)
        self.receipts.period.clicked.connect(doing.change_period)
        self.receipts.entered.clicked.connect(doing.enter_receipt)
        self.sums.fee_asked.connect(doing.change_fee)
        self.sums.annuities_asked.connect(doing.change_annuities)
        self.shares.method_asked.connect(doing.change_method)
        self.shares.by_days_asked.connect(doing.change_by_days)
        self.shares.formula_asked.connect(doing.change_formula)
        self.shares.member_chosen.connect(self._chosen)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._show_notice)

    # --- showing ------------------------------------------------------------------------------

    def show_run(self, money: PoolMoney, kept: Kept[Run], member_id: int = 0) -> None:
        """Show a run as it now stands, at a member."""
        from forms.office.pool_money import receipts_to_count
        from forms.office.pool_runs import looked_at, sums_of
        from forms.pool.share_faults import NoShares

        is_other = self.kept is None or self.kept.id != kept.id
        self.money, self.kept = money, kept
        try:
            self.run, self.fault = looked_at(money, kept.record), None
        except NoShares as fault:
            self.run, self.fault = sums_of(kept.record), fault
        run = self.run
        self.head.show_title(t("distribution.one", words=run.words))
        self.head.show_beside(money.pool.name)
        look = CLOSED if run.is_closed else OPEN
        self.state.show_look(look, t(look.word))
        when = kept.updated_at.astimezone()
        self._saved_words = t("distribution.saved", time=f"{when:%H:%M:%S}")
        self._say_saved()
        self._drop.setVisible(not run.is_closed)
        offered = [] if run.is_closed else receipts_to_count(self._desk.store, money, run)
        self.receipts.show_receipts(kept.record, offered)
        self.sums.show_run(run)
        self.shares.show_run(money.pool, run, self.fault)
        self._show_foot(run)
        ids = [share.member_id for share in run.shares]
        wanted = member_id or (0 if is_other else self.member_id)
        self.member_id = wanted if wanted in ids else next(iter(ids), 0)
        if self.member_id:
            self.shares.choose(ids.index(self.member_id))
        self._show_proof()
        self._soon.start()

    def next_member(self) -> None:
        """The next member's notice."""
        self._other(1)

    def member_before(self) -> None:
        """The notice of the member before."""
        self._other(-1)

    def _show_foot(self, run: Run) -> None:
        count = sum(1 for share in run.shares if share.amount or share.before)
        if run.is_closed:
            self.next.setText(t("distribution.pay"))
            self.foot.say(
                t("distribution.closed", day=run.closed_on, who=run.closed_by), "lock", "text2"
            )
            self.foot.block("")
        else:
            key = "distribution.close" if count else "distribution.close_yes"
            self.next.setText(t(key, count=count))
            self.foot.say(t("distribution.for_ever"))
            self.foot.block(t("distribution.blocked") if self.fault is not None else "")
        self.next.setAccessibleName(self.next.text())
        self.book.setEnabled(self.fault is None)
        self._correct.setVisible(run.is_closed)
        self.notices.setVisible(run.is_closed)

    def _show_proof(self) -> None:
        clear(self._proof)
        assert self.run is not None
        if self.run.reason:
            self._proof.addWidget(label(t("distribution.corrects", reason=self.run.reason), "hint"))
        self._proof.addWidget(proof_strip(self.run, self.fault, self._otherwise()))

    def _otherwise(self) -> str:
        """What the member in hand would get by the other method, where that is quickly said."""
        from msgspec.structs import replace

        from forms.office.pool_runs import looked_at
        from forms.pool.share_faults import NoShares

        run, money = self.run, self.money
        others: dict[str, Method] = {"number": "weight", "weight": "number"}
        if run is None or money is None or run.is_closed or self.fault is not None:
            return ""
        other = others.get(run.rule.method)
        if other is None or len(money.patents) > _MOST_RECKONED_TWICE or not self.member_id:
            return ""
        try:
            by_other = looked_at(money, replace(run, rule=replace(run.rule, method=other)))
        except NoShares:
            return ""
        name, amount = next(
            (share.name, share.amount)
            for share in by_other.shares
            if share.member_id == self.member_id
        )
        words = METHOD_WORDS[other]
        return t("distribution.otherwise", words=words, name=name, amount=grouped(amount))

    def _show_notice(self, _tab: str = "") -> None:
        from forms.office.pool_share_list import share_list
        from forms.office.pool_statements import corrected_number, statement

        run, money = self.run, self.money
        ids = [share.member_id for share in run.shares] if run is not None else []
        if run is None or money is None or self.fault is not None or self.member_id not in ids:
            self.preview.show_nothing()
            return
        place = ids.index(self.member_id)
        office = self._desk.store.parties.office()
        day = run.closed_on or self._desk.today
        if self.preview.tab == "list":
            listed = partial(share_list, money.pool, run, office, day)
            self.preview.show_document(listed, t("distribution.everybody", count=len(ids)))
            return
        corrected = corrected_number(money, run)
        own = taken_packs_folder(self._desk.store.path)
        make = partial(statement, money.pool, run, self.member_id, office, day, corrected, own)
        self.preview.show_document(make, run.shares[place].name, place, len(ids))

    # --- doing --------------------------------------------------------------------------------

    def _ticked(self) -> None:
        self._doing.count(self.receipts.taken)

    def _chosen(self, member_id: int) -> None:
        if member_id != self.member_id:
            self.member_id = member_id
            self._show_proof()
            self._soon.start()

    def _other(self, way: int) -> None:
        ids = [share.member_id for share in self.run.shares] if self.run is not None else []
        if self.member_id in ids:
            place = ids.index(self.member_id) + way
            if 0 <= place < len(ids):
                self.shares.choose(place)

    def _do_next(self) -> None:
        if self.run is not None and self.run.is_closed:
            self._doing.pay_of_run(self.member_id)
        else:
            self._doing.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The notice beside where there is room, else instead, when asked for."""
        super().resizeEvent(event)
        self._fit()

    def _say_saved(self) -> None:
        is_slim = self.width() < _SIDE_BY_SIDE
        self._saved.setText(t("distribution.saved_slim") if is_slim else self._saved_words)
        self._saved.setToolTip(plain_tip(self._saved_words))

    def _fit(self, _checked: bool = False) -> None:
        self._say_saved()
        is_beside = self.width() >= _SIDE_BY_SIDE
        self._show.setVisible(not is_beside)
        if is_beside:
            self.preview.setFixedWidth(_PREVIEW if self.width() >= _WIDE else _NARROW_PREVIEW)
        else:
            self.preview.setMinimumWidth(0)
            self.preview.setMaximumWidth(16_777_215)
        shows = self._show.isChecked()
        self.preview.setVisible(is_beside or shows)
        self._left.setVisible(is_beside or not shows)
