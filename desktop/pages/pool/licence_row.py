"""A licence in a row: licensee, what is licensed, how it is paid, what came in, how it stands."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.installed.screen_texts import t
from desktop.pages.pool.pool_look import LicenceLine
from desktop.parts.theme import icons
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.tokens import tokens
from desktop.parts.theme.type import sized
from desktop.parts.widgets.plain_tip import plain_tip
from forms.facts.amounts import yuan
from forms.office.case_states import royalty_in_short
from forms.pool.records import PoolLicence

_HIGH, _PAD, _SUM, _STATE = 48, 16, 116, 128
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


def licensee_of(one: PoolLicence) -> str:
    """The name of a licence: its licensee, or that it is one among the members."""
    return one.licence.licensee.name or t("pool.licences.cross" if one.is_cross else "pool.no_name")


def licensed(one: PoolLicence) -> str:
    """What is licensed: the whole list, or so many patents."""
    whole = one.title or t("pool.licences.whole")
    return whole if one.is_whole else t("pool.licences.some", count=len(one.numbers))


def paid_how(one: PoolLicence) -> str:
    """How it is paid, in short."""
    return "，".join(royalty_in_short(one.licence.royalty))


class LicenceRow(QAbstractButton):
    """A licence; pressed, it is opened."""

    def __init__(self, found: LicenceLine) -> None:
        super().__init__()
        self._found = found
        record = found.kept.record
        self._name = licensee_of(record)
        self._under = "　".join(part for part in (licensed(record), paid_how(record)) if part)
        is_paid = bool(found.received)
        self._sum = t("pool.yuan", amount=yuan(found.received)) if is_paid else "—"
        self.setFixedHeight(_HIGH)
        self.setMinimumWidth(300)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName("，".join((self._name, self._under, self._sum, found.words)))
        self.setToolTip(plain_tip(f"{self._name}\n{self._under}"))

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(400, _HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter, colours, found = QPainter(self), tokens(), self._found
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.fillRect(self.rect(), colours.colour("hover"))
        wide, right = self.width(), Qt.TextElideMode.ElideRight
        names = wide - _PAD - _SUM - _STATE - _PAD
        for words, size, ink, top in (
            (self._name, tk.BODY, "text", 4.0),
            (self._under, tk.CAPTION, "text2", _HIGH / 2),
        ):
            painter.setFont(sized(self.font(), size))
            painter.setPen(colours.colour(ink))
            cut = painter.fontMetrics().elidedText(words, right, max(0, names - 8))
            painter.drawText(QRectF(_PAD, top, names, _HIGH / 2 - 4), _LEFT, cut)
        painter.setFont(sized(self.font(), tk.BODY))
        painter.setPen(colours.colour("text"))
        painter.drawText(QRectF(_PAD + names, 0, _SUM, _HIGH), _RIGHT, self._sum)
        tone = colours.colour(found.tone)
        painter.setFont(sized(self.font(), tk.LABEL))
        said = painter.fontMetrics().horizontalAdvance(found.words)
        left = wide - _PAD - said - 22
        icons.draw(painter, found.icon, QRectF(left, _HIGH / 2 - 8, 16, 16), tone)
        painter.setPen(tone)
        painter.drawText(QRectF(left + 22, 0, said + 4, _HIGH), _LEFT, found.words)
        painter.fillRect(QRectF(0, _HIGH - 1, wide, 1), colours.colour("line"))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -3), 6, 6)
