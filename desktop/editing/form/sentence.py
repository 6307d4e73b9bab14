"""A sentence of the form with its blanks: characters and fields flow together, line by line.

Closing marks never begin a line and opening ones never end it (避头尾).  While the sentence is
not chosen its fields hide and their answers are drawn quietly on the rule.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.parts.theme.tokens import tokens

_NEVER_FIRST = "，。；：、？！）》”’」』】〕%％…·"
_NEVER_LAST = "（《“‘「『【〔"
_LIVE_LINE, _QUIET_LINE = 38, 26
_SIDE = 6  # of a field, on its left and on its right


class Shown(QWidget):
    """A value that follows from others, in a sentence: dashed, never typed."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._text = ""
        self.setAccessibleName(name)

    def text(self) -> str:
        """What it shows."""
        return self._text

    def show_text(self, text: str) -> None:
        """Show a value."""
        self._text = text
        self.setAccessibleDescription(text)
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the value."""
        metrics = self.fontMetrics()
        em = metrics.horizontalAdvance("中")
        return QSize(max(metrics.horizontalAdvance(self._text) + em, 3 * em), 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the value on a dashed rule."""
        painter = QPainter(self)
        painter.setPen(tokens().colour("text"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._text)
        painter.setPen(QPen(tokens().colour("field_border"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(2, self.height() - 3, self.width() - 2, self.height() - 3)


class Kept(QWidget):
    """The gap of an answer that is asked below the sentence: drawn while the way is not chosen."""

    def __init__(self, text: Callable[[], str]) -> None:
        super().__init__()
        self.text = text

    def sizeHint(self) -> QSize:
        """As wide as a blank that fills its line."""
        return QSize(10 * self.fontMetrics().horizontalAdvance("中"), 0)


@dataclass
class _Atom:
    """A character or word, or a field."""

    text: str = ""
    widget: QWidget | None = None
    width: float = 0
    x: float = 0
    line: int = 0


class SentenceFlow(QWidget):
    """Words and fields in one flow."""

    def __init__(self, pieces: Sequence[str | QWidget], *, side: int = _SIDE) -> None:
        """`side` is left free on both sides of a field."""
        super().__init__()
        self._side = side
        self._clusters = _clusters(pieces)
        self._atoms = [atom for cluster in self._clusters for atom in cluster]
        self._has_fields = any(
            isinstance(piece, QWidget) and not isinstance(piece, Kept) for piece in pieces
        )
        self._is_live = True
        self._lines = 1
        self._measured_in: QFont | None = None
        self._words_only: list[float | None] = []  # how wide each cluster without fields is
        for piece in pieces:
            if isinstance(piece, QWidget):
                piece.setParent(self)
                piece.show()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_live(self, is_live: bool) -> None:
        """Show the fields, or draw their answers quietly."""
        self._is_live = is_live
        for atom in self._atoms:
            if atom.widget is not None:
                atom.widget.setVisible(is_live)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """A field has another width."""
        self._lay_out(self.width())
        self.updateGeometry()
        self.setMinimumHeight(self._height())
        self.update()

    def sizeHint(self) -> QSize:
        """As high as the present width asks."""
        return QSize(320, self._height())

    def minimumSizeHint(self) -> QSize:
        """A sentence can stand in little room."""
        return QSize(160, self._line_height())

    def heightForWidth(self, width: int) -> int:
        """The height at a width; the lines are broken anew."""
        if width == self.width():
            self._lay_out(width)
            return self._height()
        return self._broken(width)[0] * self._line_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._lay_out(event.size().width())
        self._place()
        self.setMinimumHeight(self._height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words, and the answers of a sentence that is not chosen."""
        painter = QPainter(self)
        colours, height = tokens(), self._line_height()
        metrics = QFontMetricsF(self.font())
        ascent = (height - metrics.height()) / 2 + metrics.ascent()
        words = colours.colour("text" if self._is_live else "text2")
        for atom in self._atoms:
            top = atom.line * height
            if atom.widget is None:
                painter.setPen(words)
                painter.drawText(QPointF(atom.x, top + ascent), atom.text)
            elif not self._is_live:
                self._answer(painter, atom, top, ascent, height)

    def _answer(
        self, painter: QPainter, atom: _Atom, top: float, ascent: float, height: float
    ) -> None:
        text = _text_of(atom.widget)
        painter.setPen(tokens().colour("text3"))
        metrics = QFontMetricsF(self.font())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, atom.width)
        x = atom.x + (atom.width - metrics.horizontalAdvance(shown)) / 2
        painter.drawText(QPointF(x, top + ascent), shown)
        painter.setPen(QPen(tokens().colour("field_border"), 1))
        base = round(top + height - 4)
        painter.drawLine(QPoint(round(atom.x), base), QPoint(round(atom.x + atom.width), base))

    @property
    def line_height(self) -> int:
        """How high a line is."""
        return self._line_height()

    def _line_height(self) -> int:
        return _LIVE_LINE if self._is_live and self._has_fields else _QUIET_LINE

    def _height(self) -> int:
        return self._lines * self._line_height()

    def _lay_out(self, width: int) -> None:
        self._lines, places = self._broken(width)
        for atom, place in zip(self._atoms, places, strict=True):
            atom.width, atom.x, atom.line = place
        if width == self.width():
            self._place()

    def _broken(self, width: int) -> tuple[int, list[tuple[float, float, int]]]:
        """How many lines there are at a width, and of each atom how wide it is and where."""
        metrics = QFontMetricsF(self.font())
        self._measure(metrics)
        x, line = 0.0, 0
        places: list[tuple[float, float, int]] = []
        for cluster, words_only in zip(self._clusters, self._words_only, strict=True):
            if words_only is None:
                widths = [self._width(atom, metrics, width) for atom in cluster]
                wide = sum(widths)
            else:
                widths, wide = [atom.width for atom in cluster], words_only
            if x and x + wide > width:
                x, line = 0.0, line + 1
            for one in widths:
                places.append((one, x, line))
                x += one
        return line + 1, places

    def _measure(self, metrics: QFontMetricsF) -> None:
        """Measure the words, which stay as wide as they are while the font is the same."""
        font = self.font()
        if font == self._measured_in:
            return
        self._measured_in = font
        for atom in self._atoms:
            if atom.widget is None:
                atom.width = metrics.horizontalAdvance(atom.text)
        self._words_only = [
            sum(atom.width for atom in cluster)
            if all(atom.widget is None for atom in cluster)
            else None
            for cluster in self._clusters
        ]

    def _width(self, atom: _Atom, metrics: QFontMetricsF, width: int) -> float:
        if atom.widget is None:
            return atom.width
        wide = atom.widget.sizeHint().width() + 2 * self._side
        if isinstance(atom.widget, Kept):
            return 0 if self._is_live else min(wide, max(width / 2, 60))
        if not self._is_live:
            text = metrics.horizontalAdvance(_text_of(atom.widget)) + 16
            wide = round(max(48, min(wide, text)))
        return min(wide, max(width - 16, 60))

    def _place(self) -> None:
        if not self._is_live:
            return
        height = self._line_height()
        for atom in self._atoms:
            if atom.widget is not None and not isinstance(atom.widget, Kept):
                high = atom.widget.sizeHint().height()
                top = atom.line * height + (height - high) // 2
                place = QRect(
                    round(atom.x) + self._side, top, round(atom.width) - 2 * self._side, high
                )
                atom.widget.setGeometry(place)


def _text_of(widget: QWidget | None) -> str:
    text = getattr(widget, "text", None)
    return str(text()) if callable(text) else ""


def _clusters(pieces: Sequence[str | QWidget]) -> list[list[_Atom]]:
    """Atoms that stay together: a mark with what it closes or opens."""
    clusters: list[list[_Atom]] = []
    keeps_next = False
    for atom in _split(pieces):
        sticks = atom.text != "" and atom.text[0] in _NEVER_FIRST
        if clusters and (sticks or keeps_next):
            clusters[-1].append(atom)
        else:
            clusters.append([atom])
        keeps_next = atom.text != "" and atom.text[-1] in _NEVER_LAST
    return clusters


def _split(pieces: Sequence[str | QWidget]) -> list[_Atom]:
    atoms: list[_Atom] = []
    for piece in pieces:
        if isinstance(piece, QWidget):
            atoms.append(_Atom(widget=piece))
            continue
        for character in piece:
            joins = atoms and atoms[-1].text and character.isascii() and character.isalnum()
            if joins and atoms[-1].text[-1].isascii() and atoms[-1].text[-1].isalnum():
                atoms[-1].text += character
            else:
                atoms.append(_Atom(text=character))
    return atoms
