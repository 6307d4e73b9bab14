"""The order of Tab: as the widgets stand, not as they were made."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def chain(after: QWidget, inside: QWidget) -> None:
    """Let Tab go from a widget through all that is inside another, in the order it stands."""
    last = after
    for widget in in_tab_order(inside):
        QWidget.setTabOrder(last, widget)
        last = widget


def in_tab_order(widget: QWidget) -> Iterator[QWidget]:
    """The widgets that take the focus, in the order of their layouts."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    layout = widget.layout()
    if layout is not None:
        yield from _of_layout(layout)
        return
    for child in widget.children():
        if isinstance(child, QWidget) and not child.isWindow():
            yield from in_tab_order(child)


def _of_layout(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        widget: QWidget | None = item.widget()
        inner: QLayout | None = item.layout()
        if widget is not None:
            yield from in_tab_order(widget)
        elif inner is not None:
            yield from _of_layout(inner)
