"""How the columns of the file were understood, and the words in columns of choices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.pages.import_sheets.import_look import Headed, ImportLook
from desktop.parts.widgets.basics import icon_label, label, line, row, set_state
from desktop.parts.widgets.frames import Card
from desktop.parts.widgets.labelled import scrolled
from desktop.parts.widgets.messages import MessageStrip
from desktop.parts.widgets.one_line import Elided
from desktop.parts.widgets.search_combo import SearchCombo
from desktop.parts.widgets.word_pieces import Pieces
from forms.exchange.sheet_layout import ColumnView, WordView
from forms.pack.types import Field, Pack

_ROW = 40
_TARGET, _HOW = 128, 116
_UNITS = {
    "万": "import.how.ten_thousand",
    "年": "import.how.years",
    "月": "import.how.months",
    "日": "import.how.days",
}


class Choice(SearchCombo):
    """What a column or a word means."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setProperty("role", "filter")
        self.setMinimumWidth(_TARGET)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # Else every choice would measure the words of every field.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def showPopup(self) -> None:
        """Open a list wide enough for the names; it is made then: there are very many combos."""
        self.view().setMinimumWidth(280)
        super().showPopup()


class ColumnsCard(Card):
    """The card at the left.  A change is told at once; the dry run is then made anew."""

    column_decided = Signal(str, str)  # header, field path; "" for none
    word_decided = Signal(str, str, str)  # field path, text, the choice's value
    header_decided = Signal(str, int)  # sheet, the header's row from 1

    def __init__(self) -> None:
        self.remember = QCheckBox(t("import.remember"))
        self.remember.setChecked(True)
        self.remember.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.remember.setToolTip(t("import.remember_tip"))
        self.remember.setProperty("role", "leading")
        super().__init__(t("import.columns.title"), buttons=(self.remember,))
        self._made = Choices(self, self)
        self._area = scrolled(self._made)
        self._making: Choices | None = None
        self._pieces = Pieces(self)
        self.body.addWidget(self._area, 1)

    @property
    def combos(self) -> dict[str, Choice]:
        """The choices of the columns by their headings."""
        return self._made.combos

    @property
    def word_combos(self) -> dict[tuple[str, str], Choice]:
        """The choices of words by their field's path and the word."""
        return self._made.word_combos

    @property
    def header_combos(self) -> dict[str, Choice]:
        """The choices of the header's row by the sheet."""
        return self._made.header_combos

    @property
    def is_making(self) -> bool:
        """Whether a look is to be shown that is not shown yet."""
        return self._pieces.is_busy

    def show_look(self, look: ImportLook, pack: Pack, then: Callable[[], object]) -> None:
        """Show how the columns are understood, then do something.

        There may be very many choices: they are made in pieces, beside those that are shown, and
        take their place when all are there.  Another look takes the place of this one.
        """
        self.stop()
        self._making = made = Choices(self._area.viewport(), self)
        self._pieces.begin(made.making(look, pack), partial(self._show, made, then))

    def stop(self) -> None:
        """Show no look that is not shown yet."""
        self._pieces.stop()
        if self._making is not None:
            self._making.deleteLater()
            self._making = None

    def _show(self, made: Choices, then: Callable[[], object]) -> None:
        in_hand, at = self._made.in_hand(), self._area.verticalScrollBar().value()
        self._made, self._making = made, None
        self._area.setWidget(made)  # the one before goes
        made.show()
        self._area.verticalScrollBar().setValue(at)
        made.take_in_hand(in_hand)
        then()

    def has_in_hand(self) -> bool:
        """Whether the choice of a column or of a word has the focus."""
        return bool(self._made.in_hand())


class Choices(QWidget):
    """The choices of one look, hidden until all are made."""

    def __init__(self, parent: QWidget, card: ColumnsCard) -> None:
        super().__init__(parent)
        self.hide()
        self.setProperty("role", "plain")
        self._card = card
        self.combos: dict[str, Choice] = {}
        self.word_combos: dict[tuple[str, str], Choice] = {}
        self.header_combos: dict[str, Choice] = {}
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(16, 0, 16, 16)
        self._inside.setSpacing(0)

    def making(self, look: ImportLook, pack: Pack) -> Iterator[None]:
        """Make them, a few at a time."""
        for headed in look.headed:
            self._header(headed, is_alone=len(look.headed) == 1)
            yield
        if look.unanswered:
            names = "、".join(field.label for field in look.unanswered)
            strip = MessageStrip("advice", t("import.unanswered", names=names))
            self._inside.addSpacing(10)
            self._inside.addWidget(strip)
            yield
        unknown = {view.field.path for view in look.words if view.choice is None}
        grid = self._grid(("header", "first", "how", "target"))
        targets = [(_target(field), field.path) for field in pack.fields if field.columns]
        known = _model([(t("import.columns.none"), ""), *targets], self)
        for place, column in enumerate(look.columns, 1):
            self._column(grid, place * 2, column, known, unknown)
            yield
        by_field: dict[str, list[WordView]] = {}
        for view in look.words:
            by_field.setdefault(view.field.path, []).append(view)
        for views in by_field.values():
            yield from self._words(views)
        self._inside.addStretch()

    def in_hand(self) -> str | tuple[str, str]:
        """The column, or the word, whose choice has the focus; "" where none has."""
        every: list[tuple[str | tuple[str, str], Choice]] = [*self.combos.items()]
        every += self.word_combos.items()
        return next((name for name, combo in every if combo.hasFocus()), "")

    def take_in_hand(self, name: str | tuple[str, str]) -> None:
        """Give the focus to the choice of a column or a word, if it is there."""
        combo = self.combos.get(name) if isinstance(name, str) else self.word_combos.get(name)
        if combo is not None:
            combo.setFocus()

    def _grid(self, names: Sequence[str]) -> QGridLayout:
        grid = QGridLayout()
        self._inside.addLayout(grid)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        for column, stretch in enumerate((5, 4, 0, 7)):
            grid.setColumnStretch(column, stretch)
        for column, name in enumerate(names):
            grid.addWidget(label(t(f"import.columns.{name}"), "hint"), 0, column)
        grid.setRowMinimumHeight(0, _ROW)
        grid.setColumnMinimumWidth(2, _HOW)
        grid.addWidget(line(), 1, 0, 1, 4)
        return grid

    def _header(self, headed: Headed, *, is_alone: bool) -> None:
        """In which row the names of the columns stand."""
        words = t("import.header.row" if is_alone else "import.header.of", sheet=headed.sheet)
        combo = Choice(words)
        for row_number, text in headed.rows:
            combo.addItem(t("import.header.choice", row=row_number, text=text), row_number)
        combo.setCurrentIndex(max(0, combo.findData(headed.row)))
        combo.activated.connect(partial(self._head, headed.sheet, combo))
        self.header_combos[headed.sheet] = combo
        line_of = row(label(words, "hint"), combo, space=12, margins=(0, 10, 0, 4))
        line_of.setStretch(1, 1)
        self._inside.addLayout(line_of)

    def _column(
        self,
        grid: QGridLayout,
        place: int,
        column: ColumnView,
        known: QStandardItemModel,
        unknown: set[str],
    ) -> None:
        doubtful = any(field.path in unknown for field in column.fields)
        combo = Choice(t("import.columns.of", header=column.header))
        if len(column.fields) > 1:
            combo.setModel(_model(_items(known), combo))
            combo.addItem("／".join(field.label for field in column.fields), "*")
        else:
            combo.setModel(known)
        combo.setCurrentIndex(0)
        if len(column.fields) > 1:
            combo.setCurrentIndex(combo.count() - 1)
        elif column.fields:
            combo.setCurrentIndex(max(0, combo.findData(column.fields[0].path)))
        set_state(combo, "pending" if doubtful else "")
        combo.activated.connect(partial(self._decide, column.header, combo))
        self.combos[column.header] = combo
        self._line(
            *(grid, place, column.header, column.first, _how(column, doubtful=doubtful)),
            combo=combo,
        )

    def _words(self, views: Sequence[WordView]) -> Iterator[None]:
        field = views[0].field
        self._inside.addSpacing(20)
        count = t("import.words.count", kinds=len(views), times=sum(view.count for view in views))
        title = label(t("import.words.title", field=field.label), "strong")
        self._inside.addLayout(row(title, label(count, "hint"), None))
        grid = self._grid(("word", "times", "how", "meant"))
        for place, view in enumerate(views, 1):
            combo = Choice(t("import.words.of", text=view.text))
            if view.choice is None:
                combo.addItem(t("import.words.choose"), "")
            for choice in field.choices:
                combo.addItem(choice.label, choice.value)
            if view.choice is not None:
                combo.setCurrentIndex(combo.findData(view.choice.value))
            set_state(combo, "" if view.choice else "pending")
            combo.activated.connect(partial(self._mean, field.path, view.text, combo))
            self.word_combos[field.path, view.text] = combo
            how = _known() if view.choice else _asked()
            times = t("import.words.times", count=view.count)
            self._line(grid, place * 2, view.text, times, how, combo=combo)
            yield

    def _line(
        self,
        grid: QGridLayout,
        place: int,
        first: str,
        second: str,
        how: tuple[str, str, str],
        *,
        combo: QComboBox,
    ) -> None:
        icon, tone, words = how
        grid.setRowMinimumHeight(place, _ROW)
        grid.addWidget(Elided(first), place, 0)
        grid.addWidget(Elided(second, "hint"), place, 1)
        said = label(words, "hint", tone=tone)
        grid.addLayout(row(icon_label(icon, tone or "text3"), said, None, space=6), place, 2)
        grid.addWidget(combo, place, 3)
        grid.addWidget(line(), place + 1, 0, 1, 4)

    def _head(self, sheet: str, combo: QComboBox, _place: int) -> None:
        self._card.header_decided.emit(sheet, int(combo.currentData()))

    def _decide(self, header: str, combo: QComboBox, _place: int) -> None:
        path = str(combo.currentData())
        if path != "*":
            self._card.column_decided.emit(header, path)

    def _mean(self, path: str, text: str, combo: QComboBox, _place: int) -> None:
        if value := str(combo.currentData()):
            self._card.word_decided.emit(path, text, value)


def _model(items: Iterable[tuple[str, str]], parent: QObject) -> QStandardItemModel:
    """What may be chosen: words and data.  Very many choices share one."""
    made = QStandardItemModel(parent)
    for words, data in items:
        item = QStandardItem(words)
        item.setData(data, Qt.ItemDataRole.UserRole)
        made.appendRow(item)
    return made


def _items(model: QStandardItemModel) -> Iterator[tuple[str, str]]:
    for place in range(model.rowCount()):
        item = model.item(place)
        yield item.text(), item.data(Qt.ItemDataRole.UserRole)


def _target(field: Field) -> str:
    """The field as the form names it: ⑥ 入门费."""
    box = field.box
    mark = next((character for character in box if "①" <= character <= "⑳"), "")
    return f"{mark} {field.label}" if mark else field.label


def _how(column: ColumnView, *, doubtful: bool) -> tuple[str, str, str]:
    """Icon, tone and word of how a column is understood."""
    if not column.fields:
        return ("circle-minus", "", t("import.how.none"))
    if doubtful:
        return _asked()
    if column.unit in _UNITS:
        return ("circle-check", "done", t(_UNITS[column.unit]))
    if column.decided:
        return ("circle-check", "done", t("import.how.decided"))
    if column.mark:
        mark = t("import.how.new_line") if column.mark == "\n" else column.mark
        return ("circle-check", "done", t("import.how.parted", mark=mark))
    return _known()


def _known() -> tuple[str, str, str]:
    return ("circle-check", "done", t("import.how.known"))


def _asked() -> tuple[str, str, str]:
    return ("circle-alert", "pending", t("import.how.asked"))
