"""What packs there are, in which versions, and which version of each counts.

Packs ship with the program; others were taken in and lie beside the data, a folder each.  Of
each code the newest version counts that can be used and was not set aside: one bad pack stops
nothing else.  Setting a version aside puts an older one back and stands in the way of no later
one: the file `set-aside.toml` among the packs taken in names what was passed over.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from forms.ground.files import take_away, write_atomically
from forms.ground.for_the_clerk import ForTheClerk
from forms.pack.load import PACK_FILE, PackFault, find_packs, load, read_toml
from forms.pack.pack_files import read_identity
from forms.pack.pack_identity import is_code, is_version, version_key

SET_ASIDE = "set-aside.toml"


class OnShelf(msgspec.Struct, frozen=True, kw_only=True):
    """A pack in one version; `is_shipped` where it came with the program."""

    code: str
    version: str
    folder: Path
    is_shipped: bool


class Unusable(msgspec.Struct, frozen=True, kw_only=True):
    """A pack that was passed over: its folder and why, for the clerk."""

    folder: Path
    reason: str

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.name


class NotThere(ForTheClerk):
    """No such pack, or not in this version."""


class Stock:
    """The packs of two folders, as they lie there now."""

    def __init__(self, shipped: Path, taken: Path) -> None:
        """Look through the folders; nothing is loaded but what is asked for."""
        self._taken = taken
        self._unusable: list[Unusable] = []
        self.versions: dict[str, tuple[OnShelf, ...]] = {}
        self.set_aside = _set_aside(taken)
        found = find_packs(shipped)
        each = [
            OnShelf(code=code, version=said(folder, "version"), folder=folder, is_shipped=True)
            for code, folder in found.items()
        ]
        each += self._taken_in()
        for one in sorted(each, key=lambda one: (version_key(one.version), one.is_shipped)):
            self.versions[one.code] = (one, *self.versions.get(one.code, ()))

    @cached_property
    def counting(self) -> Mapping[str, Path]:
        """Code -> folder of the version that counts, sorted; packs taken in are loaded for it."""
        counting = {}
        for code in sorted(self.versions):
            aside = self.set_aside.get(code, ())
            first = [one for one in self.versions[code] if one.version not in aside]
            later = [one for one in self.versions[code] if one.version in aside]
            folder = next((one.folder for one in (*first, *later) if self._can_be_used(one)), None)
            if folder is not None:
                counting[code] = folder
        return counting

    @property
    def unusable(self) -> Sequence[Unusable]:
        """The packs taken in that were passed over."""
        _ = self.counting  # who is passed over shows when it is settled who counts
        return self._unusable

    def version_in_use(self, code: str) -> str:
        """The version of a code that counts, "" where there is none."""
        folder = self.counting.get(code)
        found = (one for one in self.versions.get(code, ()) if one.folder == folder)
        return next((one.version for one in found), "")

    def folder_of(self, code: str, version: str) -> Path | None:
        """The folder of a pack in exactly this version, None where it is not there any more."""
        found = (one for one in self.versions.get(code, ()) if one.version == version)
        return next((one.folder for one in found), None)

    def use(self, code: str, version: str) -> OnShelf:
        """Let a version count: the newer ones that are there now are set aside.

        Raises NotThere, PackFault where it can not be used, CannotWrite.
        """
        wanted = self._wanted(code, version)
        load(wanted.folder)
        newer = [
            one.version
            for one in self.versions[code]
            if version_key(one.version) > version_key(version)
        ]
        self._write({**self.set_aside, code: newer})
        return wanted

    def remove(self, code: str, version: str) -> None:
        """Take a pack that was taken in off the shelf.  Raises NotThere, CannotWrite."""
        wanted = self._wanted(code, version)
        if wanted.is_shipped:
            raise NotThere(
                f"{code} 的 {version} 版随程序安装，不能移除；"
                "改用其他版本的，请用 pack use，或在“设置 → 表单包”中选择。"
            )
        take_away(wanted.folder)
        left = [one for one in self.set_aside.get(code, ()) if one != version]
        self._write({**self.set_aside, code: left})

    def remove_folder(self, name: str) -> None:
        """Take a folder off the shelf that says no code or version.  Raises as `remove` does."""
        if name not in {one.name for one in self.unusable}:
            raise NotThere(f"已接收的表单包中没有不能使用的“{name}”，请用 pack list 查看。")
        take_away(self._taken / name)

    def _wanted(self, code: str, version: str) -> OnShelf:
        there = self.versions.get(code, ())
        for one in there:
            if one.version == version:
                return one
        if not there:
            raise NotThere(f"没有代号为 {code} 的表单包，请用 pack list 查看。")
        names = "、".join(one.version for one in there)
        raise NotThere(f"表单包 {code} 没有 {version} 版，现有：{names}。")

    def _taken_in(self) -> list[OnShelf]:
        found = []
        with suppress(OSError):
            for folder in sorted(self._taken.iterdir()):
                if (folder / PACK_FILE).is_file():
                    code, version = said(folder, "code"), said(folder, "version")
                    if is_code(code) and is_version(version):
                        one = OnShelf(code=code, version=version, folder=folder, is_shipped=False)
                        found.append(one)
                    else:
                        self._pass_over(folder, "代号或版本号不合规定，或 pack.toml 无法读取")
        return found

    def _can_be_used(self, one: OnShelf) -> bool:
        """Whether a pack loads; those that ship are asked when they are used."""
        if one.is_shipped:
            return True
        try:
            load(one.folder)
        except PackFault as fault:
            self._pass_over(one.folder, f"有 {len(fault.faults)} 处错误")
            return False
        return True

    def _pass_over(self, folder: Path, reason: str) -> None:
        self._unusable.append(Unusable(folder=folder, reason=reason))

    def _write(self, set_aside: Mapping[str, Sequence[str]]) -> None:
        """Keep what is set aside, as far as it is there."""
        lines = []
        for code, versions in sorted(set_aside.items()):
            there = {one.version for one in self.versions.get(code, ())}
            kept = [version for version in versions if version in there]
            if kept:
                lines.append(f"{json.dumps(code)} = {json.dumps(kept)}\n")
        file = self._taken / SET_ASIDE
        if lines or file.exists():
            write_atomically(file, "".join(lines).encode())


def _set_aside(taken: Path) -> dict[str, list[str]]:
    """The versions passed over by code; none where the file is not there or is damaged."""
    data, _ = read_toml(taken, SET_ASIDE)
    return {code: list(map(str, them)) for code, them in (data or {}).items() if _is_list(them)}


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def said(folder: Path, key: str) -> str:
    """What a folder's pack says of itself; "" where it is no pack."""
    found = read_identity(folder, PACK_FILE).get(key)
    return found if isinstance(found, str) else ""
