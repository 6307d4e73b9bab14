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
from forms.pack.load import Fault, find_packs, load, read_toml

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
    """A pack that was taken in; `is_known` where this very version was there already."""

    code: str
    version: str
    name: str
    folder: Path
    is_known: bool = False


def take_in(file: Path, packs: Path) -> Taken:
    """Check a .pack.zip and put it among the packs.

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
        target = packs / safe_name(f"{identity.code}-{identity.version}")
        taken = Taken(
            code=identity.code, version=identity.version, name=identity.name, folder=target
        )
        if target.exists():
            if _contents(target) != contents:
                raise PackRefused(
                    f"“{identity.name}”{identity.version} 版已经收下过，内容却与这一份不同。"
                    "版本号相同的表单包不会被替换，请向发出它的部门核实。"
                )
            return msgspec.structs.replace(taken, is_known=True)
        publish([(folder, target)])
    return taken


def packs_there(shipped: Path, taken: Path) -> dict[str, Path]:
    """Code -> folder of the packs to work with: those taken in before those that ship.

    Of several versions taken in the newest counts.
    """
    found = find_packs(shipped)
    versions: dict[str, tuple[tuple[tuple[int, str], ...], Path]] = {}
    if taken.is_dir():
        for folder in sorted(p for p in taken.iterdir() if (p / _PACK_FILE).is_file()):
            code = _code_of(folder)
            key = version_key(folder.name.removeprefix(code))
            if code and (code not in versions or key > versions[code][0]):
                versions[code] = (key, folder)
    found.update({code: folder for code, (_, folder) in versions.items()})
    return dict(sorted(found.items()))


def folder_of(code: str, version: str, shipped: Path, taken: Path) -> Path | None:
    """The folder of a pack in exactly this version, None where it is not there any more."""
    folders = [taken / safe_name(f"{code}-{version}"), find_packs(shipped).get(code)]
    return next((f for f in folders if f is not None and _is_version(f, version)), None)


def _is_version(folder: Path, version: str) -> bool:
    if not (folder / _PACK_FILE).is_file():
        return False
    data, _ = read_toml(folder, _PACK_FILE)
    identity = (data or {}).get("identity")
    return isinstance(identity, dict) and identity.get("version") == version


def version_key(text: str) -> tuple[tuple[int, str], ...]:
    """A version so that 1.10 comes after 1.9."""
    parts = _DIGITS.findall(text)
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


def _code_of(folder: Path) -> str:
    data, _ = read_toml(folder, _PACK_FILE)
    identity = (data or {}).get("identity")
    code = identity.get("code") if isinstance(identity, dict) else ""
    return code if isinstance(code, str) else ""


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
    return _without_outer_folder(contents, file)


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
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
