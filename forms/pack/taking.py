"""Take in a form pack that an authority has issued as a .pack.zip: nothing of it is trusted.

The archive is measured and its names are looked at before anything is unpacked; what is unpacked
is checked by the linter and only then put among the packs, under its code and version.  A version
once taken in is never changed: papers were made with it.  This module must not know the store.
"""

import io
import re
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

import msgspec

from forms.files import (
    name_key,
    publish,
    read_bytes,
    safe_file_name,
    safe_name,
    workshop,
    write_atomically,
)
from forms.pack.lint import lint
from forms.pack.load import EDITION_FILE, Fault, find_packs, load, read_toml

ENDING = ".pack.zip"
MAX_FILE_BYTES = 20_000_000
MAX_UNPACKED_BYTES = 60_000_000
MAX_FILES = 300
MAX_DEPTH = 3
_PACK_FILE = "pack.toml"
_KINDS = frozenset({".toml", ".xlsx", ".csv", ".md", ".txt", ".json"})
_DIGITS = re.compile(r"\d+|\D+")


class PackRefused(Exception):
    """A pack that is not taken in: why, as a sentence, and the linter's faults if it has any."""

    def __init__(self, reason: str, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(reason)
        self.faults = faults


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """A pack that was taken in; `is_known` where this very version was there already.

    `newer` is the version that stays in use where that is newer than this one, else "".
    """

    code: str
    version: str
    name: str
    folder: Path
    is_known: bool = False
    newer: str = ""


def told(taken: Taken) -> str:
    """What a clerk is told of a pack that was taken in."""
    name = f"“{taken.name}”{taken.version} 版"
    said = f"{name}已经有了。" if taken.is_known else f"已收下{name}。"
    if taken.newer:
        said += f"这台电脑上已有更新的 {taken.newer} 版，仍用 {taken.newer} 版。"
    return said


def take_in(file: Path, shipped: Path, packs: Path) -> Taken:
    """Check a .pack.zip and put it among the packs that were taken in.

    Raises PackRefused, forms.files.CannotRead, CannotWrite.
    """
    contents = _unpacked(read_bytes(file), file.name)
    with workshop(packs) as bench:
        folder = bench / "pack"
        for name, content in contents.items():
            write_atomically(folder / name, content)
        faults = tuple(lint(folder))
        if faults:
            raise PackRefused(
                f"“{file.name}”里的表单包有 {len(faults)} 处错误，没有收下。请告诉发出它的部门。",
                faults,
            )
        identity = load(folder).identity
        code, version = identity.code, identity.version
        target = folder_of(code, version, shipped, packs) or packs / safe_name(f"{code}-{version}")
        is_known = target.exists()
        if not is_known:
            publish([(folder, target)])
        elif _contents(target) != contents:
            raise PackRefused(
                f"“{identity.name}”{version} 版已经有了，内容却与这一份不同。"
                "版本号相同的表单包不会被替换，请向发出它的部门核实。"
            )
    newest = _version_of(packs_there(shipped, packs)[code])
    return Taken(
        code=code,
        version=version,
        name=identity.name,
        folder=target,
        is_known=is_known,
        newer=newest if newest != version else "",
    )


def packs_there(shipped: Path, taken: Path) -> dict[str, Path]:
    """Code -> folder of the packs to work with: of each the newest version, wherever it is from.

    Of one version the shipped folder counts.
    """
    found = find_packs(shipped)
    for folder in sorted(taken.iterdir()) if taken.is_dir() else ():
        code = _code_of(folder)
        if code and (code not in found or _is_newer(folder, found[code])):
            found[code] = folder
    return dict(sorted(found.items()))


def _is_newer(folder: Path, other: Path) -> bool:
    return version_key(_version_of(folder)) > version_key(_version_of(other))


def folder_of(code: str, version: str, shipped: Path, taken: Path) -> Path | None:
    """The folder of a pack in exactly this version, None where it is not there any more."""
    folders = [taken / safe_name(f"{code}-{version}"), find_packs(shipped).get(code)]
    return next((f for f in folders if f is not None and _version_of(f) == version), None)


def version_key(text: str) -> tuple[tuple[int, str], ...]:
    """A version so that 1.10 comes after 1.9."""
    parts = _DIGITS.findall(text)
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


def _code_of(folder: Path) -> str:
    return _said(folder, "code")


def _version_of(folder: Path) -> str:
    return _said(folder, "version")


def _said(folder: Path, key: str) -> str:
    """What a folder's pack says of itself; "" where it is no pack."""
    if not (folder / _PACK_FILE).is_file():
        return ""
    data, _ = read_toml(folder, _PACK_FILE)
    identity = (data or {}).get("identity")
    said = identity.get(key) if isinstance(identity, dict) else ""
    return said if isinstance(said, str) else ""


def _unpacked(data: bytes, file: str) -> dict[str, bytes]:
    """The files of an archive by their names inside the pack.  Raises PackRefused."""
    if len(data) > MAX_FILE_BYTES:
        raise PackRefused(f"“{file}”太大（超过 {MAX_FILE_BYTES // 1_000_000} MB），不像表单包。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            _measure(infos, file)
            contents: dict[str, bytes] = {}
            keys: set[str] = set()
            for info in infos:
                name = _safe(info, file)
                if name_key(name) in keys:
                    raise PackRefused(f"“{file}”里有两个文件都叫“{name}”，没有收下。")
                keys.add(name_key(name))
                contents[name] = archive.read(info)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError) as error:
        raise PackRefused(
            f"“{file}”不是完好的表单包（.pack.zip），可能没有下载完整，请重新取得。"
        ) from error
    inside = _without_outer_folder(contents, file)
    inside.pop(EDITION_FILE, None)
    return inside


def _measure(infos: list[zipfile.ZipInfo], file: str) -> None:
    if any(info.flag_bits & 1 for info in infos):
        raise PackRefused(f"“{file}”有密码，打不开。请索取没有密码的表单包。")
    if len(infos) > MAX_FILES or sum(info.file_size for info in infos) > MAX_UNPACKED_BYTES:
        raise PackRefused(f"“{file}”解开后太大，不像表单包，没有收下。")


def _safe(info: zipfile.ZipInfo, file: str) -> str:
    """An entry's name inside the archive; nothing that leads elsewhere.  Raises PackRefused."""
    name = info.filename.replace("\\", "/")
    path = PurePosixPath(name)
    kind = stat.S_IFMT(info.external_attr >> 16)
    is_plain = kind in (0, stat.S_IFREG)
    leads_out = path.is_absolute() or ".." in path.parts or ":" in name or not path.parts
    is_odd = any(safe_file_name(part) != part for part in path.parts)
    if not is_plain or leads_out or is_odd or len(path.parts) > MAX_DEPTH:
        raise PackRefused(f"“{file}”里的“{name}”不是表单包该有的文件，没有收下。")
    if path.suffix.lower() not in _KINDS:
        raise PackRefused(f"“{file}”里的“{name}”不是表单包该有的文件种类，没有收下。")
    return str(path)


def _without_outer_folder(contents: dict[str, bytes], file: str) -> dict[str, bytes]:
    """A pack may lie in one folder of its archive, or right in it."""
    if _PACK_FILE in contents:
        return contents
    tops = {name.partition("/")[0] for name in contents}
    if len(tops) == 1 and f"{(top := tops.pop())}/{_PACK_FILE}" in contents:
        return {name.removeprefix(f"{top}/"): content for name, content in contents.items()}
    raise PackRefused(f"“{file}”里没有 {_PACK_FILE}，不是表单包。")


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): read_bytes(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
