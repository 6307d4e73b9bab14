"""Looks a window over: widgets without a name for screen readers, words that are cut."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTextEdit,
    QWidget,
)

from desktop.parts.widgets.one_line import Elided, ElidedCombo

_WORKED = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)
_EDGE = 1  # pixels lost in rounding
_LINE_MARGINS, _LINE_ICON = 28, 24


def faults(window: QWidget) -> Iterator[str]:
    """Everything a clerk or a screen reader would trip over, each in a sentence."""
    everything: list[QWidget] = window.findChildren(QWidget)
    for one in everything:
        if one.isVisible() and not _is_inside_another(one):
            yield from _unnamed(one)
            yield from _cut(one)
            yield from _outside(one)
            yield from _sideways(one)
            yield from _out_of_sight(one)


def is_worked(widget: QWidget) -> bool:
    """Whether one works it by mouse or keyboard."""
    takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    is_frame = isinstance(widget, QScrollArea)
    return isinstance(widget, _WORKED) or (takes_tab and not is_frame)


def _is_inside_another(widget: QWidget) -> bool:
    """Whether it is a part of a widget of Qt's own, which speaks for it."""
    parent = widget.parentWidget()
    return (
        widget.objectName().startswith("qt_")
        or isinstance(widget, QHeaderView | QScrollBar)
        or widget.inherits("QLineEditIconButton")
        or widget.inherits("QTableCornerButton")
        or (parent is not None and parent.inherits("QComboBoxPrivateContainer"))
        or (isinstance(widget, QLineEdit) and isinstance(parent, QComboBox | QAbstractSpinBox))
    )


def _unnamed(widget: QWidget) -> Iterator[str]:
    if not is_worked(widget) or not widget.isEnabled():
        return
    interface = QAccessible.queryAccessibleInterface(widget)
    if interface is None or not interface.text(QAccessible.Text.Name).strip():
        yield f"{_where(widget)} has no name"


def _cut(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, Elided):
        if widget.shown != widget.text() and widget.text() not in widget.toolTip():
            yield f"{_where(widget)} hides words: {widget.text()}"
    elif isinstance(widget, QLabel) and widget.text():
        wanted = widget.sizeHint()
        if widget.wordWrap():
            wanted.setWidth(0)
            wanted.setHeight(widget.heightForWidth(widget.width()))
        if _is_larger(wanted.width(), widget.width(), wanted.height(), widget.height()):
            yield f"{_where(widget)} cuts words: {widget.text()}"
    elif isinstance(widget, QAbstractButton) and widget.text():
        if widget.sizeHint().width() > widget.width() + _EDGE:
            yield f"{_where(widget)} cuts words: {widget.text()}"
    elif isinstance(widget, QComboBox) and not isinstance(widget, ElidedCombo):
        option = QStyleOptionComboBox()
        widget.initStyleOption(option)
        control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = widget.style().subControlRect(control, option, part, widget).width()
        if widget.fontMetrics().horizontalAdvance(widget.currentText()) > room + _EDGE:
            yield f"{_where(widget)} cuts words: {widget.currentText()}"
    elif isinstance(widget, QLineEdit) and widget.placeholderText():
        room = widget.width() - _LINE_MARGINS - (_LINE_ICON if widget.actions() else 0)
        if widget.fontMetrics().horizontalAdvance(widget.placeholderText()) > room:
            yield f"{_where(widget)} cuts words: {widget.placeholderText()}"


def _outside(widget: QWidget) -> Iterator[str]:
    """A widget that stands out of its parent, where nothing scrolls."""
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or not parent.isVisible():
        return
    above = parent.parentWidget()
    if isinstance(parent, QAbstractScrollArea) or isinstance(above, QAbstractScrollArea):
        return
    room = parent.rect().adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE)
    if not widget.geometry().isEmpty() and not room.contains(widget.geometry()):
        yield f"{_where(widget)} stands out of its place: {widget.geometry()}"


def _sideways(widget: QWidget) -> Iterator[str]:
    """A list or a text of which one sees only the left part; pages and tables may be that wide."""
    if isinstance(widget, QListView | QTextEdit) and widget.horizontalScrollBar().isVisible():
        yield f"{_where(widget)} scrolls sideways"


def _out_of_sight(widget: QWidget) -> Iterator[str]:
    """What scrolls up and down alone, and holds something wider than one sees."""
    if not isinstance(widget, QScrollArea) or widget.widget() is None:
        return
    over = widget.widget().width() - widget.viewport().width()
    if over > _EDGE and not widget.horizontalScrollBar().isVisible():
        yield f"{_where(widget)} has {over} pixels that are out of sight"


def _is_larger(wide: int, room: int, high: int, height: int) -> bool:
    return wide > room + _EDGE or high > height + _EDGE


def _where(widget: QWidget) -> str:
    names = []
    above: QWidget | None = widget
    while above is not None and len(names) < 5:
        names.append(type(above).__name__)
        above = above.parentWidget()
    return " in ".join(names)
