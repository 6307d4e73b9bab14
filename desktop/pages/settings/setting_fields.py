"""One widget for each kind of setting: the one mapping; no setting is known by its key."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget

from desktop.desk.desk import Desk
from desktop.installed.screen_texts import t
from desktop.installed.settings import Kind, Setting
from desktop.installed.workplaces import data_folder_around
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.labelled import LabelledField
from desktop.parts.widgets.typed import when_turned, when_typed


def setting_field(desk: Desk, setting: Setting) -> QWidget:
    """The field of a setting, with its label and help; what is chosen holds at once."""
    widget, beside = _WIDGETS[setting.kind](desk, setting)
    widget.setAccessibleDescription(t(setting.help_key))
    holder = QWidget()
    field = LabelledField(t(setting.label_key), widget, beside=beside)
    help_words = label(t(setting.help_key), "hint", wrap=True)
    column = field.layout()
    assert column is not None
    column.addWidget(help_words)
    holder.setLayout(row(field))
    return holder


def _flag(desk: Desk, setting: Setting) -> tuple[QWidget, QWidget | None]:
    made = QCheckBox()
    made.setChecked(desk.settings.flag(setting.key))
    made.toggled.connect(partial(desk.settings.set, setting.key))
    return made, None


def _choice(desk: Desk, setting: Setting) -> tuple[QWidget, QWidget | None]:
    made = QComboBox()
    for value in setting.choices:
        made.addItem(t(f"settings.{setting.key}.{value}"), value)
    made.setCurrentIndex(setting.choices.index(desk.settings.text(setting.key)))

    def take(place: int) -> None:
        desk.settings.set(setting.key, setting.choices[place])

    made.activated.connect(take)
    return made, None


def _integer(desk: Desk, setting: Setting) -> tuple[QWidget, QWidget | None]:
    made = QSpinBox()
    made.setRange(setting.least, setting.most)
    made.setValue(desk.settings.number(setting.key))
    made.setMaximumWidth(140)
    when_turned(made, partial(desk.settings.set, setting.key))
    return made, None


def _text(desk: Desk, setting: Setting) -> tuple[QWidget, QWidget | None]:
    made = QLineEdit(desk.settings.text(setting.key))
    when_typed(made, lambda text: desk.settings.set(setting.key, text.strip()))
    return made, None


def _folder(desk: Desk, setting: Setting) -> tuple[QWidget, QWidget | None]:
    made = QLineEdit(desk.settings.text(setting.key))
    made.setReadOnly(True)
    made.setPlaceholderText(_nothing_chosen(desk, setting))

    def ask() -> None:
        start = Path(made.text()) if made.text() else desk.store.path.parent
        chosen = desk.dialogs.folder(made, t("settings.choose_folder"), start)
        if chosen is not None:
            put(str(chosen))

    def put(text: str) -> None:
        desk.settings.set(setting.key, text)
        made.setText(desk.settings.text(setting.key))
        away.setEnabled(bool(made.text()))

    away = button(t("settings.take_away"), "quiet", clicked=partial(put, ""))
    away.setEnabled(bool(made.text()))
    buttons = QWidget()
    buttons.setLayout(row(button(t("settings.change"), clicked=ask), away))
    return made, buttons


def _nothing_chosen(desk: Desk, setting: Setting) -> str:
    """What stands in a folder that nobody chose: a setting of the program has a usual place."""
    if setting.at == "program":
        folder = data_folder_around(desk.store.path.parent, desk.workplace)
        return f"{t('settings.usual_place')} {folder}"
    return t("settings.none")


_WIDGETS: Mapping[Kind, Callable[[Desk, Setting], tuple[QWidget, QWidget | None]]] = {
    "flag": _flag,
    "choice": _choice,
    "integer": _integer,
    "text": _text,
    "email": _text,
    "folder": _folder,
}
