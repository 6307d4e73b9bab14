"""Shows Markdown with its pictures, as wide as there is room, in the colours that hold."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import (
    QImage,
    QImageReader,
    QPainter,
    QPen,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser

from desktop.parts.theme import tokens as tk
from desktop.parts.theme.tokens import tokens
from desktop.parts.theme.type import serif

_LINE_PERCENT = 115
_GAP, _MARGIN = 10, 24
_WIDEST = 760
_PICTURE = "\ufffc"  # stands in a text for a picture


class GuideReader(QTextBrowser):
    """Reads a guide out of a folder; its pictures lie below it."""

    def __init__(self, headings: tuple[int, int] = (tk.PAGE, tk.STEP)) -> None:
        """`headings` are the sizes of the first level and of all below, in logical pixels."""
        super().__init__()
        self._headings = headings
        self._markdown, self._folder = "", Path()
        self._wide = _WIDEST  # until it is shown
        self._missing: list[tuple[str, QSize]] = []
        self._one_by_one = QTimer(self, singleShot=True, interval=0)
        self._one_by_one.timeout.connect(self._load_one)
        self._anew = QTimer(self, singleShot=True, interval=0)
        self._anew.timeout.connect(self.dress)
        self.setOpenLinks(False)
        self.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)
        self.setLineWrapColumnOrWidth(self._wide)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_guide(self, markdown: str, folder: Path) -> None:
        """Show a text; its pictures are named from the folder."""
        self._markdown, self._folder = markdown, folder
        self.dress()
        self._go_to_top()

    @Slot()
    def dress(self) -> None:
        """Set the text anew: another width, other colours."""
        was_at_top = self.verticalScrollBar().value() == 0
        document = self.document()
        self._missing.clear()
        document.clear()  # pictures of another width are forgotten
        document.setDefaultFont(self.font())
        document.setMarkdown(self._markdown, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        document.setDocumentMargin(_MARGIN)
        together = QTextCursor(document)
        together.beginEditBlock()  # else all is laid out again after each of five hundred blocks
        block = document.begin()
        while block.isValid():
            self._set(block)
            block = block.next()
        for one in document.rootFrame().childFrames():
            if isinstance(one, QTextTable):
                self._set_table(one)
        together.endEditBlock()
        if was_at_top:
            self._go_to_top()

    def _go_to_top(self) -> None:
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def go_to(self, heading: str) -> None:
        """Scroll to a heading of the second level."""
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() == 2 and block.text() == heading:
                layout = self.document().documentLayout()
                top = round(layout.blockBoundingRect(block).y())
                self.verticalScrollBar().setValue(top - 8)
                return
            block = block.next()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the lines short enough to be read, and the pictures within them."""
        super().resizeEvent(event)
        wide = max(240, min(_WIDEST, self.viewport().width() - 2 * _MARGIN))
        if wide != self._wide:
            self._wide = wide
            self.setLineWrapColumnOrWidth(wide)
            if self._markdown:
                self._anew.start()  # not in here: setting it can change the width again

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A picture, no wider than the lines and sharp at every ratio.

        First only its room is kept: pictures are read one by one, since all take too long.
        """
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        named = name.toString() if isinstance(name, QUrl) else name
        size = QImageReader(str(self._folder / named)).size()
        if not size.isValid():
            return QImage()
        room = round((self._wide - 2 * _MARGIN) * self.devicePixelRatioF())
        if size.width() > room:
            size = size.scaled(room, 1 << 20, Qt.AspectRatioMode.KeepAspectRatio)
        picture = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        picture.fill(Qt.GlobalColor.transparent)
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self._missing.append((named, size))
        self._one_by_one.start()
        return picture

    @Slot()
    def _load_one(self) -> None:
        if not self._missing:
            return
        named, size = self._missing.pop(0)
        picture = QImage(str(self._folder / named))
        if picture.isNull():  # its room stays
            self._one_by_one.start()
            return
        if picture.size() != size:
            ratio, way = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode
            picture = picture.scaled(size, ratio, way.SmoothTransformation)
        picture = picture.convertToFormat(QImage.Format.Format_RGB32)
        painter = QPainter(picture)  # an edge, since pictures and page are both white
        painter.setPen(QPen(tokens().colour("field_border"), 1))
        painter.drawRect(picture.rect().adjusted(0, 0, -1, -1))
        painter.end()
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self.document().addResource(
            QTextDocument.ResourceType.ImageResource.value, QUrl(named), picture
        )
        self.viewport().update()
        self._one_by_one.start()

    def _set(self, block: QTextBlock) -> None:
        cursor = QTextCursor(block)
        heading = block.blockFormat().headingLevel()
        form = block.blockFormat()
        percent = 100 if _PICTURE in block.text() else _LINE_PERCENT
        form.setLineHeight(percent, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if QTextCursor(block).currentTable() is None:
            form.setBottomMargin(_GAP)
            form.setTopMargin(3 * _GAP if heading == 2 else 0)
        cursor.setBlockFormat(form)
        if heading:
            ink = cursor.charFormat()
            ink.clearProperty(QTextFormat.Property.FontSizeAdjustment)
            ink.setFont(serif(self._headings[min(heading, 2) - 1]))
            cursor.movePosition(
                QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            cursor.setCharFormat(ink)

    def _set_table(self, table: QTextTable) -> None:
        form = table.format()
        form.setBorder(1)
        form.setBorderCollapse(True)
        form.setBorderBrush(tokens().colour("line"))
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setCellPadding(6)
        form.setBottomMargin(_GAP)
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        table.setFormat(form)
