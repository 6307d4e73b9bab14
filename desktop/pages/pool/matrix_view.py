"""The matrix of a pool: how many patents there are of each class and grade, to be pressed."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.tokens import tokens
from desktop.parts.theme.type import sized
from forms.facts.amounts import plain
from forms.pool.overview import Matrix
from forms.pool.records import Pool
from forms.pool.standing import weights

_HEAD, _ROW, _PAD, _GAP = 36, 38, 16, 6
_NAMES, _TOTAL = 0.22, 76  # the share of the names, the width of the sums
_LEAST_INK, _MORE_INK = 0.05, 0.30
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class MatrixView(QWidget):
    """Shows a matrix; `asked` carries the class and the grade of the cell that was pressed."""

    asked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._matrix = Matrix(classes=(), grades=(), counts={})
        self._heads: tuple[str, ...] = ()
        self._at, self._under = (0, 0), (-1, -1)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(320)

    def show_matrix(self, pool: Pool, matrix: Matrix) -> None:
        """Show how many there are, the weight of a grade behind its name."""
        of_grade = weights(pool)
        self._matrix = matrix
        self._heads = tuple(
            f"{name} {plain(of_grade[name])}" if name in of_grade else name
            for name in matrix.grades
        )
        self._at = (0, 0)
        told = (
            t("pool.matrix.row", name=name, count=matrix.of_class(name)) for name in matrix.classes
        )
        self.setAccessibleName("，".join((t("pool.matrix.title"), *told)))
        self._say()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(480, _HEAD + _ROW * (len(self._matrix.classes) + 1) + 6)

    def room_of(self, row: int, column: int) -> QRectF:
        """The room of a cell."""
        left = self.width() * _NAMES + _PAD
        wide = (self.width() - left - _TOTAL - _PAD) / max(1, len(self._matrix.grades))
        whole = QRectF(left + wide * column, _HEAD + _ROW * row, wide, _ROW)
        return whole.adjusted(_GAP / 2, 3, -_GAP / 2, -4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw heads, names, cells, sums."""
        painter, colours = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        grid, names = self._matrix, self.width() * _NAMES
        painter.fillRect(QRectF(0, 0, self.width(), _HEAD), colours.colour("sunken"))
        painter.setFont(sized(self.font(), tk.LABEL))
        painter.setPen(colours.colour("text2"))
        painter.drawText(QRectF(_PAD, 0, names, _HEAD), _LEFT, t("pool.matrix.class"))
        for place, words in enumerate(self._heads):
            cell = self.room_of(0, place)
            painter.drawText(QRectF(cell.x(), 0, cell.width(), _HEAD), _CENTRE, words)
        painter.drawText(QRectF(0, 0, self.width() - _PAD, _HEAD), _RIGHT, t("pool.matrix.total"))
        painter.setFont(sized(self.font(), tk.BODY))
        for row, name in enumerate(grid.classes):
            band = QRectF(0, _HEAD + _ROW * row, self.width(), _ROW)
            self._draw_name(painter, band, name, names)
            for column, grade in enumerate(grid.grades):
                self._draw_cell(painter, row, column, grid.counts.get((name, grade), 0))
            self._draw_sum(painter, band, grid.of_class(name))
            painter.fillRect(QRectF(0, band.bottom() - 1, band.width(), 1), colours.colour("line"))
        band = QRectF(0, _HEAD + _ROW * len(grid.classes), self.width(), _ROW)
        self._draw_name(painter, band, t("pool.matrix.total"), names)
        painter.setFont(sized(self.font(), tk.BODY, medium=True))
        for column, grade in enumerate(grid.grades):
            painter.drawText(
                self.room_of(len(grid.classes), column), _CENTRE, f"{grid.of_grade(grade):,}"
            )
        self._draw_sum(painter, band, grid.total)

    def _draw_name(self, painter: QPainter, band: QRectF, name: str, wide: float) -> None:
        painter.setFont(sized(self.font(), tk.BODY))
        painter.setPen(tokens().colour("text"))
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(wide))
        painter.drawText(band.adjusted(_PAD, 0, 0, 0), _LEFT, shown)

    def _draw_sum(self, painter: QPainter, band: QRectF, count: int) -> None:
        painter.setFont(sized(self.font(), tk.BODY, medium=True))
        painter.setPen(tokens().colour("text"))
        painter.drawText(band.adjusted(0, 0, -_PAD, 0), _RIGHT, f"{count:,}")
        painter.setFont(sized(self.font(), tk.BODY))

    def _draw_cell(self, painter: QPainter, row: int, column: int, count: int) -> None:
        colours, room = tokens(), self.room_of(row, column)
        ground = colours.colour("accent")
        ground.setAlphaF(_LEAST_INK + _MORE_INK * count / (self._matrix.most or 1))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground if count else colours.colour("sunken"))
        painter.drawRoundedRect(room, 4, 4)
        is_here = self.hasFocus() and (row, column) == self._at
        if is_here or ((row, column) == self._under and count):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.colour("accent"), 2 if is_here else 1))
            painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), 4, 4)
        painter.setPen(colours.colour("text" if count else "text3"))
        painter.drawText(room, _CENTRE, f"{count:,}")

    # --- mouse and keys -----------------------------------------------------------------------

    def _cell_at(self, point: QPointF) -> tuple[int, int]:
        for row in range(len(self._matrix.classes)):
            for column in range(len(self._matrix.grades)):
                if self.room_of(row, column).contains(point):
                    return row, column
        return -1, -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Frame the cell below."""
        self._point_at(self._cell_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """No cell is below."""
        self._point_at((-1, -1))

    def _point_at(self, cell: tuple[int, int]) -> None:
        if cell != self._under:
            self._under = cell
            hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
            self.setCursor(hand if cell[0] >= 0 else arrow)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for the patents of the cell below."""
        cell = self._cell_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and cell[0] >= 0:
            self._at = cell
            self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from cell to cell, Enter and Space ask."""
        key, grid = Qt.Key(event.key()), self._matrix
        if key in _STEPS and grid.classes and grid.grades:
            down, right = _STEPS[key]
            row, column = self._at
            self._at = (
                (row + down) % len(grid.classes),
                (column + right) % len(grid.grades),
            )
            self._say()
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._ask()
        else:
            super().keyPressEvent(event)

    def _say(self) -> None:
        name, grade = self._names()
        if name:
            count = self._matrix.counts.get((name, grade), 0)
            self.setAccessibleDescription(
                t("pool.matrix.cell", name=name, grade=grade, count=count)
            )

    def _names(self) -> tuple[str, str]:
        grid, (row, column) = self._matrix, self._at
        if row < len(grid.classes) and column < len(grid.grades):
            return grid.classes[row], grid.grades[column]
        return "", ""

    def _ask(self) -> None:
        name, grade = self._names()
        if name:
            self.asked.emit(name, grade)
