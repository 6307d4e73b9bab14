"""A data file of a record pack that asks of stock patents: the office's own, or what ships.

This module knows files and shapes, nothing of what they say.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import msgspec
import tomli

from forms.ground.for_the_clerk import ForTheClerk
from forms.ground.locate import packs_folder
from forms.pack.toml_shape import shape_faults

SHIPPED = "stock-2024"
"""The record pack that ships, of which a pack of the office's own takes what it leaves out."""

T = TypeVar("T")


def own_or_shipped(folder: Path | None, name: str) -> Path:
    """Return the file of a pack's folder; that which ships where the pack has none."""
    if folder is not None and (folder / name).exists():
        return folder / name
    return packs_folder() / SHIPPED / name


def read_shaped(
    file: Path,
    shape: type[T],
    faults: Callable[[T], Iterable[str]],
    error: type[ForTheClerk],
) -> T:
    """Return what a TOML file says.

    Raises `error` where it can not be read, has not the shape, or where `faults` finds one.
    """
    try:
        data = tomli.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise error(f"“{file.name}”不能读取，请重新安装表单包。") from fault
    for key, reason in shape_faults(data, shape):
        raise error(f"“{file.name}”的 {key or '内容'}：{reason}。")
    read = msgspec.convert(data, shape)
    for words in faults(read):
        raise error(f"“{file.name}”：{words}。")
    return read
