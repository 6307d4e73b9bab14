"""The program's settings, each declared once: key, kind, default, label, help.

The page of settings, the reading and the writing are made from the declaration.  Settings of the
program lie in a small TOML file of the user's; settings of the data lie with the data.  A stored
value that can not be used falls back to the default, and all such are reported together.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import tomli
from PySide6.QtCore import QObject, Signal

from db.data_places import KEPT_OF_EACH
from desktop.installed.workplaces import WORKPLACES, shared_key

if TYPE_CHECKING:
    from db.store import Store
    from forms.pack.types import Pack

Kind = Literal["text", "folder", "integer", "choice", "flag", "email"]
Value = str | int | bool


class Setting(NamedTuple):
    """One setting; its label and help are the texts "settings.KEY.label" and ".help".

    `at` says where it is kept: with the program, with the data, or by the store's own backups.
    `group` is the heading it stands under on the page, "" where it is not shown.  `least` and
    `most` bound an integer, `choices` are the values of a choice, whose words are the texts
    "settings.KEY.VALUE".
    """

    key: str
    kind: Kind
    default: Value
    group: str = ""
    at: Literal["program", "data", "backups"] = "program"
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 1_000_000
    needs_restart: bool = False

    @property
    def label_key(self) -> str:
        """The key of its label."""
        return f"settings.{self.key}.label"

    @property
    def help_key(self) -> str:
        """The key of its help."""
        return f"settings.{self.key}.help"

    def accepts(self, value: object) -> bool:
        """Whether a value may be stored."""
        if self.kind == "flag":
            return isinstance(value, bool)
        if self.kind == "integer":
            is_number = isinstance(value, int) and not isinstance(value, bool)
            return is_number and self.least <= value <= self.most  # type: ignore[operator]
        if not isinstance(value, str):
            return False
        return self.kind != "choice" or value in self.choices


SETTINGS: tuple[Setting, ...] = (
    Setting(key="data_folder", kind="folder", default="", group="data", needs_restart=True),
    Setting(
        key="theme",
        kind="choice",
        default="system",
        group="look",
        choices=("system", "light", "dark"),
    ),
    Setting(
        key="scale",
        kind="choice",
        default="system",
        group="look",
        choices=("system", "100", "125", "150", "175", "200"),
        needs_restart=True,
    ),
    Setting(key="work.pool", kind="flag", default=False, group="work", at="data"),
    Setting(key="work.stock", kind="flag", default=False, group="work", at="data"),
    Setting(key="workplace", kind="choice", default="", choices=WORKPLACES),
    Setting(
        key="page_codes",
        kind="choice",
        default="off",
        group="papers",
        choices=("off", "on"),
        needs_restart=True,
    ),
    *(Setting(key=shared_key(one), kind="text", default="") for one in WORKPLACES),
    Setting(key="window", kind="text", default=""),
    Setting(key="columns", kind="text", default=""),
    Setting(key="pack", kind="text", default="", at="data"),
    Setting(key="started", kind="flag", default=False, at="data"),
    Setting(
        key="backup.keep",
        kind="integer",
        default=KEPT_OF_EACH,
        group="backup",
        at="backups",
        least=1,
        most=1000,
    ),
    Setting(key="backup.second_place", kind="folder", default="", group="backup", at="backups"),
)

_DECLARED: Mapping[str, Setting] = {setting.key: setting for setting in SETTINGS}


class Settings(QObject):
    """Reads and writes settings; `changed` carries the key."""

    changed = Signal(str)

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._data: Store | None = None
        self._faults: list[str] = []
        self._values = self._read()

    def keep_data_in(self, data: Store | None) -> None:
        """Say where settings of the data are kept, once the data are open."""
        self._data = data

    def take_faults(self) -> list[str]:
        """The keys whose stored values could not be used; they are told once, together."""
        faults, self._faults = self._faults, []
        return list(dict.fromkeys(faults))

    def text(self, key: str) -> str:
        """The value of a setting of words."""
        return str(self.value(key))

    def number(self, key: str) -> int:
        """The value of a setting that is an integer."""
        return int(self.value(key))

    def flag(self, key: str) -> bool:
        """The value of a setting that is yes or no."""
        return bool(self.value(key))

    def value(self, key: str) -> Value:
        """The value of a declared setting, its default where none is stored.  Raises KeyError."""
        declared = _DECLARED[key]
        stored = self._stored(declared)
        if stored is None:
            return declared.default
        if not declared.accepts(stored):
            self._faults.append(key)
            return declared.default
        assert isinstance(stored, str | int)
        return stored

    def set(self, key: str, value: Value) -> None:
        """Store a value.  Raises KeyError, ValueError, CannotWrite or a StoreProblem."""
        declared = _DECLARED[key]
        if not declared.accepts(value):
            raise ValueError(key)
        if declared.at == "program":
            self._values[key] = value
            self._write(key, value)
        elif declared.at == "backups":
            name = key.rpartition(".")[2]
            settled = value if declared.kind == "integer" else Path(str(value))
            self._open_data().backups.settle(**{name: settled})  # type: ignore[arg-type]
        else:
            self._open_data().settings.put(key, _written(value))
        self.changed.emit(key)

    def pack_parameter(self, pack: Pack, name: str) -> str:
        """What the office says instead of the pack ("address", "size_limit_mb"), or ""."""
        from desktop.installed.pack_parameters import kept_as

        return (self._data.settings.get(kept_as(pack, name)) or "") if self._data else ""

    def set_pack_parameter(self, pack: Pack, name: str, value: str) -> None:
        """Say something instead of the pack, or take it back with ""."""
        from desktop.installed.pack_parameters import kept_as

        self._open_data().settings.put(kept_as(pack, name), value)
        self.changed.emit(f"pack.{name}")

    def adjusted(self, pack: Pack) -> Pack:
        """The pack with what the office has said instead of it."""
        from desktop.installed.pack_parameters import adjusted

        return adjusted(pack, lambda name: self.pack_parameter(pack, name))

    def _stored(self, declared: Setting) -> object:
        if declared.at == "program":
            return self._values.get(declared.key)
        text = self._data.settings.get(declared.key) if self._data else None
        return None if text is None else _understood(text, declared.kind)

    def _open_data(self) -> Store:
        if self._data is None:
            raise ValueError("no data are open")
        return self._data

    def _read(self) -> dict[str, object]:
        try:
            return self._stands()
        except FileNotFoundError:
            return {}
        except (OSError, ValueError):  # no TOML, no UTF-8
            self._faults.append(self._file.name)
            return {}

    def _stands(self) -> dict[str, object]:
        return tomli.loads(self._file.read_text(encoding="utf-8"))

    def _write(self, key: str, value: Value) -> None:
        """Write one value beside those that stand there: another window may have set some."""
        import json

        from forms.ground.files import write_atomically

        try:
            there = self._stands()
        except (OSError, ValueError):
            there = self._values
        lines = [
            f"{key} = {json.dumps(value, ensure_ascii=False)}\n"
            for key, value in sorted({**there, key: value}.items())
            if key in _DECLARED and isinstance(value, str | int)
        ]
        self._file.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(self._file, "".join(lines).encode())


def _written(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _understood(text: str, kind: Kind) -> object:
    """The value a stored text stands for; the text itself where it stands for none."""
    if kind == "integer":
        return int(text) if text.isascii() and text.isdigit() else text
    if kind == "flag":
        return {"true": True, "false": False}.get(text, text)
    return text
