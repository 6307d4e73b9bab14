"""An application in a row: its patent, four dots for its stages, what is wanting, what to do."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.installed.screen_texts import t
from desktop.parts.theme import icons
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.tokens import tokens
from desktop.parts.theme.type import sized
from desktop.parts.widgets.plain_tip import plain_tip
from forms.office.pool_entry import ON_THE_WAY, STAGE_WORDS
from forms.office.stored import Kept
from forms.pool.findings import PoolProblem
from forms.pool.records import Application, Stage

_HIGH, _PAD, _DOTS, _STEP, _DOT, _DOES = 48, 16, 176, 46, 16, 72
_ALL = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_END = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


def draw_stages(painter: QPainter, room: QRectF, stage: Stage) -> None:
    """Draw the dots of the four stages at the left of a room: done, now, later."""
    colours = tokens()
    here = ON_THE_WAY.index(stage) if stage in ON_THE_WAY else len(ON_THE_WAY)
    middle = room.center().y()
    for place in range(len(ON_THE_WAY)):
        centre = QPointF(room.x() + _DOT / 2 + place * _STEP, middle)
        if place:
            ink = "done" if place <= here else "line"
            painter.setPen(QPen(colours.colour(ink), 2 if place <= here else 1))
            before = centre.x() - _STEP
            painter.drawLine(QPointF(before + 12, middle), QPointF(centre.x() - 12, middle))
        square = QRectF(0, 0, _DOT, _DOT)
        square.moveCenter(centre)
        if place < here:
            icons.draw(painter, "circle-check", square, colours.colour("done"))
        elif place == here:
            ring = QColor(colours.colour("accent"))
            ring.setAlphaF(0.18)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ring)
            painter.drawEllipse(square.adjusted(-1, -1, 1, 1))
            painter.setBrush(colours.colour("accent"))
            painter.drawEllipse(square.adjusted(3, 3, -3, -3))
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.colour("field_border"), 1.2))
            painter.drawEllipse(square.adjusted(4, 4, -4, -4))


class ApplicationRow(QAbstractButton):
    """An application; pressed, it is opened."""

    def __init__(self, kept: Kept[Application], problems: tuple[PoolProblem, ...]) -> None:
        super().__init__()
        self.kept = kept
        record = kept.record
        first = record.patents[0] if record.patents else None
        more = len(record.patents) - 1
        self._title = (first.title or first.number) if first else t("pool.applications.no_patent")
        if more > 0:
            self._title += t("pool.applications.more", count=more)
        self._under = "  ".join(
            part for part in (first.number if first else "", record.applicant.name) if part
        )
        self._wants, self._tone = wanting(kept.record, problems)
        self._does = t(f"pool.applications.do.{record.stage}")
        self.setFixedHeight(_HIGH)
        self.setMinimumWidth(300)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        words = (self._title, self._under, STAGE_WORDS[record.stage], self._wants, self._does)
        self.setAccessibleName("，".join(word for word in words if word))
        tip = "\n".join(word for word in (self._title, self._under, self._wants) if word)
        self.setToolTip(plain_tip(tip))

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(600, _HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw title, dots, what is wanting, what to do."""
        painter, colours = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.fillRect(self.rect(), colours.colour("hover"))
        wide, has_dots = self.width(), self.width() >= 560
        does = _DOES
        stages = _DOTS + 84 if has_dots else 84
        names = (wide - stages - does - _PAD) * (0.52 if has_dots else 0.6)
        self._two(painter, QRectF(_PAD, 0, names - 8, _HIGH))
        x = _PAD + names
        if has_dots:
            draw_stages(painter, QRectF(x, 0, _DOTS, _HIGH), self.kept.record.stage)
            x += _DOTS
        painter.setFont(sized(self.font(), tk.LABEL))
        painter.setPen(colours.colour("accent"))
        stage = STAGE_WORDS[self.kept.record.stage]
        painter.drawText(QRectF(x, 0, 80, _HIGH), _ALL, stage)
        room = QRectF(x + 84, 0, wide - does - _PAD - x - 92, _HIGH)
        painter.setPen(colours.colour(self._tone))
        cut = painter.fontMetrics().elidedText(
            self._wants, Qt.TextElideMode.ElideRight, max(0, int(room.width()))
        )
        painter.drawText(room, _ALL, cut)
        painter.setPen(colours.colour("accent"))
        painter.drawText(QRectF(0, 0, wide - _PAD, _HIGH), _END, self._does)
        painter.fillRect(QRectF(0, _HIGH - 1, wide, 1), colours.colour("line"))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -3), 6, 6)

    def _two(self, painter: QPainter, room: QRectF) -> None:
        colours, right = tokens(), Qt.TextElideMode.ElideRight
        half = room.height() / 2
        for words, size, ink, top in (
            (self._title, tk.BODY, "text", 4.0),
            (self._under, tk.CAPTION, "text2", half),
        ):
            painter.setFont(sized(self.font(), size))
            painter.setPen(colours.colour(ink))
            cut = painter.fontMetrics().elidedText(words, right, int(room.width()))
            painter.drawText(QRectF(room.x(), top, room.width(), half - 4), _ALL, cut)


def wanting(record: Application, problems: tuple[PoolProblem, ...]) -> tuple[str, str]:
    """What an application waits for, in words, and their colour."""
    worst = next((one for one in problems if one.severity != "advice"), None)
    if worst is not None and record.stage in ("applied", "review"):
        short = worst.message.removesuffix("。")
        if worst.number:
            short = short.removeprefix(worst.number).strip(" ，").removeprefix("是")
        return short, "error" if worst.severity == "error" else "pending"
    if record.stage == "review":
        key = "pool.applications.opinions"
        return t(key, asked=record.asked, given=len(record.opinions)), "text2"
    if record.stage == "listed":
        taken = sum(one.is_taken is True for one in record.patents)
        grades = "、".join(dict.fromkeys(one.grade for one in record.patents if one.grade))
        key = "pool.applications.graded" if grades else "pool.applications.taken"
        return t(key, grade=grades, count=taken), "text2"
    if record.stage == "agreement":
        return t("pool.applications.unsigned"), "pending"
    if record.received_on is not None:
        return t("pool.applications.received", day=f"{record.received_on:%m-%d}"), "text2"
    return "", "text2"
