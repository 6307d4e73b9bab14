"""The words of the screens, in one catalogue: `t("register.title")`.

The catalogue is the folder `resources/texts.zh_CN`, one file a room: the key "register.empty.title"
stands in `register.toml` under `[empty]`.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from forms.ground.locate import resources


class UnknownText(LookupError):
    """The catalogue has no such text."""


def t(key: str, **params: object) -> str:
    """The text of a key, its {blanks} filled.

    Raises UnknownText; KeyError for a blank that is not filled.
    """
    try:
        text = _room(key.partition(".")[0])[key]
    except (KeyError, OSError) as error:
        raise UnknownText(key) from error
    return text.format(**params) if params else text


def catalogue() -> dict[str, str]:
    """All texts by key."""
    return read(_folder())


@cache
def _room(name: str) -> dict[str, str]:
    """The texts of one room, read when the first of them is wanted."""
    return _read(_folder() / f"{name}.toml")


def _folder() -> Path:
    return resources() / "texts.zh_CN"


def read(folder: Path) -> dict[str, str]:
    """Read a catalogue.  Raises OSError, tomli.TOMLDecodeError."""
    return {
        key: text for file in sorted(folder.glob("*.toml")) for key, text in _read(file).items()
    }


def _read(file: Path) -> dict[str, str]:
    return dict(_flat(file.stem, tomli.loads(file.read_text(encoding="utf-8"))))


def _flat(prefix: str, table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, dict):
            yield from _flat(key, value)
        else:
            yield key, str(value)
