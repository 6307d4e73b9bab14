"""The second step: the cases in their order, and beside them what stands in the way."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.pages.submission.outlook import EMPTY, Gathered, Outlook, PaperLine, Spot
from desktop.pages.submission.password_fields import LockCard
from desktop.parts.theme.tokens import Tone
from desktop.parts.widgets.basics import button, frame, icon_button, icon_label, label, row
from desktop.parts.widgets.basics import line as hairline
from desktop.parts.widgets.frames import Card, FootBar
from desktop.parts.widgets.one_line import CardColumn, CardLine, Elided
from desktop.parts.widgets.plain_tip import plain_tip
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column
from forms.facts.derived import number_text
from forms.office.case_standing import Checked
from forms.office.store import case_name

_ICONS = {"error": ("octagon-x", "error"), "pending": ("clock", "pending")}
MOST = 60  # lines of a card at first: every one takes the window a millisecond
_NAMED = 3  # so many places are named before "and more"


class CheckView(QWidget):
    """Shows an outlook; what the clerk wants goes out as signals."""

    ordered = Signal(list)  # the ids in their new order, or without one
    add_asked = Signal()
    case_asked = Signal(int, str)  # id, field
    seals_asked = Signal()
    office_asked = Signal()
    files_asked = Signal()
    files_changed = Signal()
    folder_asked = Signal()
    make_asked = Signal()
    odd_file = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.outlook = EMPTY
        self.attached: list[Path] = []
        self._most = MOST
        self._lines: dict[str, list[CardLine]] = {}
        self.setAcceptDrops(True)
        self.table = RowsTable(_columns(self._place), t("submission.check.cases"), tone=_tone)
        self.table.let_rows_move()
        self.table.rows_model.moved.connect(self._reordered)
        self.table.opened.connect(self._opened)
        self._as_listed = button(
            t("submission.check.as_listed"), "quiet", clicked=self.order_as_listed
        )
        self._as_listed.hide()
        self._left = Card(
            t("submission.check.cases"),
            buttons=(
                self._as_listed,
                button(t("submission.check.remove"), "quiet", clicked=self.remove_current),
                button(t("submission.check.add"), icon="plus", clicked=self.add_asked.emit),
            ),
        )
        self._left.body.addWidget(self.table, 1)
        self._left.body.addWidget(hairline())
        hint = label(t("submission.check.order_hint"), "hint", wrap=True)
        hint.setContentsMargins(16, 10, 16, 10)
        self._left.body.addWidget(hint)
        self.right = CardColumn()
        self.lock = LockCard()
        self.lock.changed.connect(self._block)
        panes = QHBoxLayout()
        panes.setContentsMargins(24, 8, 16, 16)
        panes.setSpacing(16)
        panes.addWidget(self._left, 1)
        panes.addWidget(self.right, 1)
        self.make = button(
            t("submission.check.make"), "primary", icon="package", keys="Ctrl+Return"
        )
        self.make.clicked.connect(self.make_asked)
        self.drop = button("", clicked=self.drop_faulty)
        self.drop.hide()
        self.foot = FootBar(self.make, others=(self.drop,))
        self._folder = Elided("", "hint", mode=Qt.TextElideMode.ElideMiddle, shrinks=False)
        change = button(t("submission.check.change_folder"), "link")
        change.clicked.connect(self.folder_asked)
        where = QWidget()
        where.setLayout(row(icon_label("folder-open"), self._folder, change, None))
        bar = self.foot.layout()
        assert isinstance(bar, QHBoxLayout)
        bar.insertWidget(0, where, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(panes, 1)
        whole.addWidget(self.foot)

    @property
    def ids(self) -> list[int]:
        """The ids in their order."""
        return [one.stored.id for one in self.table.rows]

    def show_checking(self) -> None:
        """Say that the check is under way."""
        self.show_busy(t("submission.check.blocked_checking"))

    def show_busy(self, words: str) -> None:
        """Say what is under way; nothing can be made meanwhile."""
        self.foot.block("")
        self.make.setDisabled(True)
        self.make.setToolTip(plain_tip(words))
        self.drop.hide()

    def show_outlook(self, outlook: Outlook) -> None:
        """Show what a check has found; the row in hand stays in hand."""
        here = self.table.currentIndex().row()
        self.outlook = outlook
        self.table.show_rows(outlook.checked)
        if 0 <= here < len(outlook.checked):
            self.table.choose(here)
        count = t("submission.check.count", count=len(outlook.checked))
        self._left.show_title(t("submission.check.cases"), count)
        self._as_listed.setVisible(self.ids != sorted(self.ids))
        self._show_cards()
        self._block()

    def show_folder(self, folder: Path) -> None:
        """Say where the package will go."""
        self._folder.say(t("submission.check.folder", folder=folder))

    def attach(self, files: Sequence[Path]) -> None:
        """Attach further papers."""
        for file in files:
            if not file.is_file():
                self.odd_file.emit(t("submission.check.not_a_file", name=file.name))
            elif file not in self.attached:
                self.attached.append(file)
        self._show_cards()
        self.files_changed.emit()

    def order_as_listed(self) -> None:
        """Put the cases in the order in which they came: that of the workbook."""
        self.ordered.emit(sorted(self.ids))

    def remove_current(self) -> None:
        """Leave the case in hand out."""
        here = self.table.currentIndex().row()
        if here >= 0:
            self.ordered.emit([one for place, one in enumerate(self.ids) if place != here])

    def drop_faulty(self) -> None:
        """Leave all cases with errors out."""
        faulty = set(self.outlook.faulty)
        self.ordered.emit([one for one in self.ids if one not in faulty])

    # --- drops ----------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take any file."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what is dropped."""
        event.acceptProposedAction()
        self.attach([Path(u.toLocalFile()) for u in event.mimeData().urls() if u.isLocalFile()])

    # --- inside ---------------------------------------------------------------------------

    def _place(self, one: Checked) -> str:
        return str(next(i for i, row in enumerate(self.table.rows, 1) if row is one))

    def _reordered(self, _source: int, _target: int) -> None:
        self.ordered.emit(self.ids)

    def _opened(self, one: Checked) -> None:
        self.case_asked.emit(one.stored.id, "")

    def _block(self) -> None:
        faulty = self.outlook.faulty
        self.drop.setVisible(bool(faulty))
        if not self.outlook.checked:
            self.foot.block(t("submission.check.blocked_none"))
        elif len(faulty) == 1:
            place = self.ids.index(faulty[0]) + 1
            self.foot.block(t("submission.check.blocked_one", place=place))
            self.drop.setText(t("submission.check.drop_faulty_one", place=place))
        elif faulty:
            self.foot.block(t("submission.check.blocked", count=len(faulty)))
            self.drop.setText(t("submission.check.drop_faulty", count=len(faulty)))
        elif self.lock.fault:
            self.foot.block(t("submission.lock.blocked"))
        else:
            self.foot.block("")
        self.drop.setAccessibleName(self.drop.text())

    def _show_cards(self) -> None:
        outlook = self.outlook
        cards: list[QWidget] = []
        if outlook.errors:
            cards.append(self._problems(outlook.errors))
        waiting = self._of_the_whole()
        if outlook.pending or waiting:
            cards.append(self._problems(outlook.pending, waiting))
        self.right.cards.removeWidget(self.lock)  # it stays, with what is typed in it
        self.right.show_cards([*cards, self._papers(), self.lock, _afterwards()])

    def _problems(self, found: Sequence[Gathered], more: Sequence[CardLine] = ()) -> Card:
        is_error = bool(found) and found[0].severity == "error"
        name = t("submission.check.blocking" if is_error else "submission.check.pending")
        count = len(found) + len(more)
        hint = "submission.check.items" if is_error else "submission.check.pending_hint"
        card = Card(name)
        card.show_title(name, t(hint, count=count), tone="error" if is_error else "pending")
        do = t("submission.check.mend" if is_error else "submission.check.supply")
        lines = self._lines[name] = []
        for one in found[: self._most]:
            icon, colour = _ICONS[one.severity]
            text = f"{_places(one.spots)}　{one.message}"
            go = partial(self._go, one.spots)
            lines.append(CardLine(icon, colour, text, one.beneath, do=do, on_do=go))
            card.body.addWidget(lines[-1])
        if (left := len(found) - self._most) > 0:
            words = t("submission.check.more", count=left)
            link = button(words, "link", clicked=partial(self._show_more, name))
            card.body.addLayout(row(link, None, margins=(36, 4, 12, 4)))
        for line in more:
            card.body.addWidget(line)
        return card

    def _show_more(self, name: str) -> None:
        """Show as many lines again; the first of them in this card is in hand."""
        first = self._most
        self._most += MOST
        self._show_cards()
        self._lines[name][first].link.setFocus()
        QTimer.singleShot(0, self._see_focus)  # it is laid out by then

    def _see_focus(self) -> None:
        focus: QWidget | None = self.right.focusWidget()
        if focus is not None and self.right.isAncestorOf(focus):
            self.right.ensureWidgetVisible(focus, 0, 120)

    def _of_the_whole(self) -> list[CardLine]:
        """What the package as a whole still lacks."""
        icon, colour = _ICONS["pending"]
        supply, whole = t("submission.check.supply"), t("submission.check.whole")
        lines = []
        if self.outlook.office_gaps and self.outlook.checked:
            names = "、".join(t(f"submission.check.{gap}") for gap in self.outlook.office_gaps)
            text = f"{whole}　{t('submission.check.office_gap', names=names)}"
            why = t("submission.check.office_gap_why")
            lines.append(CardLine(icon, colour, text, why, do=supply, on_do=self.office_asked.emit))
        if unsealed := self.outlook.unsealed:
            each = "、".join(f"{t(f'seals.states.{one}')} {n}" for one, n in unsealed.items())
            words = t("submission.check.unsealed", count=sum(unsealed.values()), each=each)
            text = f"{whole}　{words}"
            why, do = t("submission.check.unsealed_why"), t("submission.check.seal")
            lines.append(CardLine(icon, colour, text, why, do=do, on_do=self.seals_asked.emit))
        if not self.attached:
            for one in self.outlook.wanted:
                text = f"{whole}　{t('submission.check.wanted', label=one.label)}"
                do = supply
                on_do = self.files_asked.emit
                lines.append(CardLine(icon, colour, text, one.basis, do=do, on_do=on_do))
        return lines

    def _papers(self) -> Card:
        count = self.outlook.files + len(self.attached)
        add = button(t("submission.check.add_file"), "link", clicked=self.files_asked.emit)
        card = Card(
            t("submission.check.papers"),
            beside=t("submission.check.paper_count", count=count),
            buttons=(add,),
        )
        for line in self.outlook.papers:
            card.body.addWidget(_paper_line(line))
        for file in self.attached:
            card.body.addWidget(self._attached_line(file))
        if not self.attached:
            hint = label(t("submission.check.drop_hint"), "caption")
            hint.setContentsMargins(44, 0, 16, 12)
            card.body.addWidget(hint)
        return card

    def _attached_line(self, file: Path) -> QWidget:
        line = QWidget()
        remove = icon_button(
            "x", t("submission.check.remove_file"), clicked=partial(self._detach, file)
        )
        line.setLayout(
            row(
                icon_label("paperclip"),
                label(file.name),
                None,
                remove,
                space=12,
                margins=(16, 4, 12, 4),
            )
        )
        return line

    def _detach(self, file: Path) -> None:
        self.attached = [one for one in self.attached if one != file]
        self._show_cards()
        self.files_changed.emit()

    def _go(self, spots: Sequence[Spot]) -> None:
        """Jump to the field; where several cases have the same fault, ask which."""
        if len(spots) == 1:
            self.case_asked.emit(spots[0].case_id, spots[0].field)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        names = {one.stored.id: case_name(one.stored.case) for one in self.outlook.checked}
        for spot in spots:
            text = t("submission.check.menu_case", place=spot.place, name=names[spot.case_id])
            action = menu.addAction(text)
            action.triggered.connect(partial(self.case_asked.emit, spot.case_id, spot.field))
        menu.popup(QCursor.pos())


def _places(spots: Sequence[Spot]) -> str:
    places = list(dict.fromkeys(str(spot.place) for spot in spots))
    if len(places) == 1:
        return t("submission.check.one_case", place=places[0])
    if len(places) <= _NAMED:
        return t("submission.check.cases_of", places="、".join(places))
    named = "、".join(places[:_NAMED])
    return t("submission.check.and_more", places=named, count=len(places))


def _paper_line(line: PaperLine) -> CardLine:
    icon = "table-2" if line.is_of_batch else "file-text"
    name = f"{line.title}.{line.format}"
    end = t("submission.check.sealed", count=line.sealed) if line.sealed else ""
    times = f"　{t('submission.check.times', count=line.count)}" if not line.is_of_batch else ""
    return CardLine(icon, "text2", name + times, end=end)


def _afterwards() -> QWidget:
    promise = label(t("submission.check.after_promise"), "strong", wrap=True)
    inside = QVBoxLayout()
    inside.setContentsMargins(16, 12, 16, 14)
    inside.setSpacing(6)
    inside.addWidget(label(t("submission.check.after"), "strong"))
    inside.addWidget(label(t("submission.check.after_words"), wrap=True))
    inside.addWidget(promise)
    made = frame("strip", inside)
    made.setProperty("tone", "advice")
    return made


def _tone(one: Checked) -> Tone | None:
    return "error" if one.errors() else None


def _counts(one: Checked, severity: str) -> int:
    return sum(p.severity == severity and p.scope != "contract" for p in one.problems)


def _result(one: Checked) -> tuple[str, str, str]:
    """Word, icon and colour of what the check has found."""
    if errors := len(one.errors()):
        return t("submission.check.errors", count=errors), "octagon-x", "error"
    if pending := _counts(one, "pending"):
        return t("submission.check.pendings", count=pending), "clock", "pending"
    return t("submission.check.fine"), "circle-check", "done"


def _owners(one: Checked) -> str:
    names = [owner.name for owner in one.stored.case.owners]
    return "、".join(names[:2]) + ("…" if len(names) > 2 else "")


def _columns(place: Callable[[Checked], str]) -> tuple[Column, ...]:
    return (
        Column(
            header=t("submission.check.place"),
            text=place,
            icon=lambda one: ("grip-vertical", "text3"),
            width=76,
        ),
        Column(
            header=t("submission.check.case"),
            text=lambda one: one.stored.case.patent.title or t("submission.choose.no_title"),
            second=lambda one: f"{number_text(one.stored.case)}　{_owners(one)}",
        ),
        Column(
            header=t("submission.check.result"),
            text=lambda one: _result(one)[0],
            icon=lambda one: _result(one)[1:],
            ink=lambda one: _result(one)[2],
            width=120,
        ),
    )
