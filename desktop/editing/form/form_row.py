"""A field with its label, its help, the note on a known fault of the form, and its troubles."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.editing.form.editors import Editor
from desktop.editing.form.troubles import Troubles
from desktop.parts.widgets.basics import icon_label, label, row
from forms.pack.types import Field

_BESIDE, _BESIDE_SHORT = 26, 17  # characters of help that stand beside the label


class FieldRow(QWidget):
    """Label, help, widget, note, troubles."""

    def __init__(self, field: Field, editor: Editor, *, is_alone: bool = False) -> None:
        """`is_alone` leaves the label, and a choice its help, to the step's heading."""
        super().__init__()
        self.field, self.editor = field, editor
        self.troubles = Troubles()
        self.name = label(field.label, "label")
        self.name.setBuddy(editor.main)
        if not editor.main.accessibleName():
            editor.main.setAccessibleName(field.label)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        is_beside = len(field.help) <= (_BESIDE_SHORT if editor.is_short else _BESIDE)
        if not is_alone:
            hint = [label(field.help, "hint")] if is_beside and field.help else []
            whole.addLayout(row(self.name, *hint, None, space=10))
        else:
            self.name.hide()
            self.name.setParent(self)
        is_above = not editor.is_short and (not is_beside or is_alone)
        if field.help and is_above and not (is_alone and field.choices):
            whole.addWidget(label(field.help, "hint", wrap=True))
        whole.addWidget(editor)
        if editor.is_short:  # inputs side by side stand level; the builder places the troubles
            if field.help and (is_alone or not is_beside):
                whole.addWidget(label(field.help, "hint", wrap=True))
        else:
            whole.addWidget(self.troubles)
        if field.note:
            whole.addWidget(note(field.note))
        editor.main.setToolTip("")


def note(text: str) -> QWidget:
    """A remark on the form itself, quiet, with an icon."""
    holder = QWidget()
    icon = icon_label("info", "text3")
    layout = row(icon, label(text, "third", wrap=True), space=6, margins=(0, 2, 0, 0))
    layout.setAlignment(icon, Qt.AlignmentFlag.AlignTop)
    layout.setStretch(1, 1)
    holder.setLayout(layout)
    return holder
