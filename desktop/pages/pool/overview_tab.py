"""The tab 概况: charter facts, the matrix, applications, members, licences with what came in."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.pages.pool.application_row import ApplicationRow
from desktop.pages.pool.licence_row import LicenceRow
from desktop.pages.pool.matrix_view import MatrixView
from desktop.pages.pool.member_row import MemberRow
from desktop.pages.pool.pool_actions import PoolActions
from desktop.pages.pool.pool_look import PoolLook, money
from desktop.pages.pool.tab_table import PoolTab
from desktop.parts.widgets.bar_chart import BarChart
from desktop.parts.widgets.basics import button, clear, frame, label
from desktop.parts.widgets.frames import Card
from desktop.parts.widgets.labelled import scrolled
from desktop.parts.widgets.messages import MessageStrip
from desktop.parts.widgets.one_line import Elided
from forms.facts.amounts import plain, yuan
from forms.pool.book_columns import FEES_WORDS, METHOD_WORDS

_RIGHT_WIDE, _BESIDE_FROM = 520, 1080
_MOST_APPLICATIONS, _MOST_MEMBERS, _MOST_LICENCES = 7, 8, 4
_CHART_HIGH, _HEAD, _HEAD_OF_NEW = 136, 40, 44
_FACTS_ALONG, _LEAST_FACT, _BETWEEN_FACTS = 3, 96, 6
_ANY = 16_777_215  # no limit, as Qt has it


class OverviewTab(PoolTab):
    """Shows a pool at a glance; every part leads to its list."""

    def __init__(self, doing: PoolActions) -> None:
        super().__init__(doing)
        charter = button(t("pool.charter.open"), icon="list-checks", clicked=doing.open_charter)
        export = button(t("pool.io.export"), icon="download", keys="Ctrl+E", clicked=doing.export)
        self.new_run = button(
            t("pool.new_run"), "primary", icon="coins", clicked=doing.go_to_shares
        )
        self.tools = (export, charter, self.new_run)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(24)
        self._facts.setVerticalSpacing(4)
        self._facts.setContentsMargins(16, 10, 16, 10)
        self._told: list[tuple[QWidget, QWidget]] = []  # what a fact is called, what it says
        self._facts_card = frame("card", self._facts)
        self._strips = QVBoxLayout()
        self._strips.setSpacing(8)
        self.matrix = MatrixView()
        self.matrix.asked.connect(self._ask_cell)
        self._matrix_card = Card(
            t("pool.matrix.title"),
            beside=" ",
            buttons=[self._link("to_patents", "patents")],
            high=_HEAD,
        )
        self._matrix_card.body.addWidget(self.matrix)
        new = button(
            t("pool.applications.new"), icon="plus", keys="Ctrl+N", clicked=doing.new_application
        )
        self._applications_card = Card(
            t("pool.applications.title"),
            beside=" ",
            buttons=[self._link("to_applications", "applications"), new],
            high=_HEAD_OF_NEW,
        )
        self._applications = _rows(self._applications_card)
        self._members_card = Card(
            t("pool.members.title"),
            beside=" ",
            buttons=[self._link("to_members", "members")],
            high=_HEAD,
        )
        self._members = _rows(self._members_card)
        self._licences_card = Card(
            t("pool.licences.title"),
            beside=" ",
            buttons=[self._link("to_licences", "licences")],
            high=_HEAD,
        )
        self.chart = BarChart()
        self.chart.setFixedHeight(_CHART_HIGH)
        holder = QVBoxLayout()
        holder.setContentsMargins(16, 12, 16, 8)
        holder.addWidget(self.chart)
        self._licences_card.body.addLayout(holder)
        self._licences = _rows(self._licences_card)
        self._lay_out()

    def _lay_out(self) -> None:
        self._cards = QGridLayout()
        self._cards.setSpacing(16)
        self._cards.setColumnStretch(0, 1)
        self._place(is_beside=True)
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(24, 0, 24, 24)
        whole.setSpacing(12)
        whole.addWidget(self._facts_card)
        whole.addLayout(self._strips)
        whole.addLayout(self._cards, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))

    def resizeEvent(self, event: object) -> None:
        """Members and licences go below where the window is narrow."""
        is_beside = self.width() >= _BESIDE_FROM
        self._place(is_beside)
        self._place_facts()
        wide = min(_RIGHT_WIDE, self.width() * 38 // 100)
        for card in (self._members_card, self._licences_card):
            card.setMinimumWidth(wide if is_beside else 0)
            card.setMaximumWidth(wide if is_beside else _ANY)

    def _place(self, is_beside: bool) -> None:
        """Those beside each other are equally high."""
        left = (self._matrix_card, self._applications_card)
        right = (self._members_card, self._licences_card)
        for place, card in enumerate((*left, *right)):
            at = (place % 2, place // 2) if is_beside else (place, 0)
            self._cards.addWidget(card, *at)
        for place in range(4):
            self._cards.setRowStretch(place, int(is_beside and place == 1))

    def first_focus(self) -> QWidget:
        """The matrix."""
        return self.matrix

    # --- what is shown ------------------------------------------------------------------------

    def show_look(self, look: PoolLook) -> None:
        """Show a pool."""
        self._show_facts(look)
        self._show_strips(look)
        pool, count = look.whole.pool.record, len(look.inside)
        self.new_run.setEnabled(pool.run == "run")
        self.new_run.setToolTip("" if pool.run == "run" else t("pool.not_ours"))
        assert look.matrix is not None
        self._matrix_card.show_title(
            t("pool.matrix.title"), t("pool.matrix.beside", count=f"{count:,}")
        )
        self.matrix.show_matrix(pool, look.matrix)
        self._show_applications(look)
        self._show_members(look)
        self._show_licences(look)

    def _show_facts(self, look: PoolLook) -> None:
        pool = look.whole.pool.record
        fee = pool.fee
        taken = (
            t("pool.facts.percent", percent=plain(fee.percent))
            if fee.percent is not None
            else t("pool.facts.amount", amount=yuan(fee.amount))
            if fee.amount is not None
            else t("pool.facts.no_fee")
        )
        next_fee = (
            t("pool.facts.next", day=f"{look.next_fee:%m-%d}")
            if look.next_fee
            else FEES_WORDS[pool.annuities]
        )
        day, amount = look.last_run or (None, None)
        facts = (
            ("operator", pool.operator.name, ""),
            ("charter", t("pool.facts.of", day=pool.charter_day) if pool.charter_day else "", ""),
            ("fee", f"{taken}，{METHOD_WORDS[pool.shares.method]}", ""),
            ("annuities", next_fee, "pending" if look.next_fee else ""),
            ("last_run", f"{day}　{money(amount)}" if day and amount is not None else "", ""),
        )
        clear(self._facts)
        self._told = []
        for name, words, tone in facts:
            said = Elided(words or t("pool.facts.none"), least=_LEAST_FACT)
            said.setProperty("tone", tone)
            self._told.append((label(t(f"pool.facts.{name}"), "hint"), said))
        self._place_facts()

    def _place_facts(self) -> None:
        """In one row, or in two where the window is narrow."""
        along = len(self._told) if self.width() >= _BESIDE_FROM else _FACTS_ALONG
        for at, both in enumerate(self._told):
            for below, one in enumerate(both):
                self._facts.addWidget(one, 3 * (at // along) + below, at % along)
        self._facts.setRowMinimumHeight(2, 0 if along == len(self._told) else _BETWEEN_FACTS)
        for column in range(len(self._told)):
            self._facts.setColumnStretch(column, int(column < along))

    def _show_strips(self, look: PoolLook) -> None:
        clear(self._strips)
        if look.offered:
            one = MessageStrip(
                "pending",
                t("pool.sync.offered", count=len(look.offered)),
                fix=t("pool.sync.look"),
            )
            one.fix_asked.connect(self.doing.show_fall_outs)
            self._strips.addWidget(one)
        worst = [one for one in look.problems if one.severity == "error"]
        for problem in worst[:2]:
            strip = MessageStrip("error", problem.message, fix=t("pool.charter.mend"))
            strip.fix_asked.connect(self.doing.open_charter)
            self._strips.addWidget(strip)

    def _show_applications(self, look: PoolLook) -> None:
        count = len(look.waiting)
        beside = t("pool.applications.beside", count=count) if count else ""
        self._applications_card.show_title(t("pool.applications.title"), beside)
        clear(self._applications)
        if not count:
            self._applications.addWidget(_none(t("pool.applications.none")))
        checked = look.checked or {}
        for kept in look.waiting[:_MOST_APPLICATIONS]:
            one = ApplicationRow(kept, checked.get(kept.id, ()))
            one.clicked.connect(partial(self.doing.open_application, kept.id))
            self._applications.addWidget(one)
        self._applications.addStretch()

    def _show_members(self, look: PoolLook) -> None:
        here = [one for one in look.whole.members if one.record.left_on is None]
        key = "pool.members.beside" if here else "pool.members.none_beside"
        self._members_card.show_title(t("pool.members.title"), t(key, count=len(here)))
        clear(self._members)
        if not here:
            self._members.addWidget(_none(t("pool.members.none")))
            return
        parts = look.portions or {}
        shown = sorted((parts[one.id] for one in here), key=lambda one: -one.weight)
        most = float(max((one.percent for one in shown), default=0))
        self._members.addWidget(MemberRow(t("pool.members.name"), None, most))
        for part in shown[:_MOST_MEMBERS]:
            one = MemberRow(look.whole.names[part.member_id], part, most)
            one.clicked.connect(partial(self._ask_member, part.member_id))
            self._members.addWidget(one)
        if len(shown) > _MOST_MEMBERS:
            more = t("pool.members.more", count=len(shown) - _MOST_MEMBERS)
            self._members.addWidget(_none(more))

    def _show_licences(self, look: PoolLook) -> None:
        count, amount = len(look.licences), yuan(look.income_of_year)
        words = t("pool.licences.beside", count=count, year=look.today.year, amount=amount)
        self._licences_card.show_title(t("pool.licences.title"), words if count else "")
        self.chart.setVisible(bool(count))
        self.chart.show_chart(look.income)
        clear(self._licences)
        if not count:
            self._licences.addWidget(_none(t("pool.licences.none")))
        for found in look.licences[:_MOST_LICENCES]:
            one = LicenceRow(found)
            one.clicked.connect(partial(self.doing.open_licence, found.kept.id))
            self._licences.addWidget(one)
        self._licences.addStretch()

    # --- what is asked ------------------------------------------------------------------------

    def _link(self, words: str, tab: str) -> QWidget:
        made = button(t(f"pool.{words}"), "link", trailing="arrow-right")
        made.clicked.connect(partial(self._ask_tab, tab))
        return made

    def _ask_tab(self, tab: str, _checked: bool = False) -> None:
        self.tab_asked.emit(tab, None)

    def _ask_cell(self, name: str, grade: str) -> None:
        self.tab_asked.emit("patents", {"category": name, "grade": grade})

    def _ask_member(self, member_id: int, _checked: bool = False) -> None:
        self.tab_asked.emit("patents", {"member_id": member_id})


def _rows(card: Card) -> QVBoxLayout:
    inside = QVBoxLayout()
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(0)
    card.body.addLayout(inside)
    card.body.addStretch()
    return inside


def _none(words: str) -> QWidget:
    made = label(words, "hint", wrap=True)
    made.setContentsMargins(16, 12, 16, 12)
    made.setAlignment(Qt.AlignmentFlag.AlignLeft)
    return made
