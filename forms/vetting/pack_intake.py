"""Take in a form pack that an authority has issued as a .pack.zip: nothing of it is trusted.

The archive is measured and its names are looked at before anything is unpacked; what is unpacked
is checked by the linter and compared with the pack in use; only what was agreed to, or carries
the signature of the edition's bureau, is put among the packs.  A version once taken in is never
changed: papers were made with it.  This module must not know the store.
"""

import io
import stat
import zipfile
import zlib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Literal

import msgspec

from forms.ground.files import (
    name_key,
    numbered,
    publish,
    read_bytes,
    safe_file_name,
    safe_name,
    workshop,
    write_atomically,
)
from forms.ground.for_the_clerk import ForTheClerk
from forms.ground.locate import EDITION_FILE
from forms.pack.load import PACK_FILE, Fault, PackFault, load
from forms.pack.pack_identity import ahead_of_time, version_key
from forms.pack.types import Pack
from forms.vetting.pack_changes import Difference, differences
from forms.vetting.pack_lint import lint
from forms.vetting.pack_signature import SIGNATURE_FILE, is_signed_by, without_signature
from forms.vetting.pack_stock import Stock

ENDING = ".pack.zip"
MAX_FILE_BYTES = 20_000_000
MAX_UNPACKED_BYTES = 60_000_000
MAX_FILES = 300
MAX_DEPTH = 3
_KINDS = frozenset({".toml", ".xlsx", ".csv", ".md", ".txt", ".json"})


class PackRefused(ForTheClerk):
    """A pack that is not taken in: why, and the linter's faults if it has any."""

    def __init__(self, reason: str, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(reason)
        self.faults = faults


Seal = Literal["ours", "none", "wrong", ""]
"""Who signed a pack: whose key the edition has, nobody, somebody else; "" where nobody asks."""


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """A pack that was looked at and has no faults: what it is and what it would change.

    `in_use` is the version of the one that counts now ("" for a new pack), `folder` where this
    very version lies already; `ahead` are sentences on what of it lies in the future.
    """

    file: str
    pack: Pack
    contents: dict[str, bytes]
    changes: tuple[Difference, ...]
    in_use: str
    folder: Path | None
    seal: Seal
    ahead: tuple[str, ...]

    @property
    def needs_consent(self) -> bool:
        """Whether a clerk has to agree before it is taken in."""
        return self.folder is None and self.seal != "ours"

    @property
    def is_older(self) -> bool:
        """Whether it is taken in without being used: a newer version counts."""
        return bool(self.in_use) and version_key(self.in_use) > version_key(
            self.pack.identity.version
        )


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """A pack that was taken in; `is_known` where this very version was there already.

    `in_use` is the version that counts now.
    """

    code: str
    version: str
    name: str
    folder: Path
    is_known: bool = False
    in_use: str = ""


def told(taken: Taken) -> str:
    """What a clerk is told of a pack that was taken in."""
    name = f"“{taken.name}”{taken.version} 版"
    said = f"{name}已有。" if taken.is_known else f"已接收{name}。"
    if taken.in_use == taken.version:
        return said
    if version_key(taken.in_use) > version_key(taken.version):
        return f"{said}本机已有更新的 {taken.in_use} 版，仍用 {taken.in_use} 版。"
    return f"{said}现用 {taken.in_use} 版。"


SEAL_WORDS: Mapping[Seal, str] = {
    "ours": "签名核对无误，确由本版归属部门发出。",
    "none": "没有签名，不能确认由本版归属部门发出，请先向该部门核实。",
    "wrong": "签名不符，不是本版归属部门发出，或发出后有改动，请先向该部门核实。",
    "": "",
}


def look_at(
    file: Path,
    shipped: Path,
    packs: Path,
    *,
    today: date,
    key: str = "",
    issued: Callable[[Pack], Pack] = lambda pack: pack,
) -> Offered:
    """Check a .pack.zip and say what it would change; nothing is taken in.

    `key` is the public key of the edition's bureau, "" where there is none; `issued` makes of
    a pack what its authority hands out here.  Raises PackRefused, forms.ground.files.CannotRead,
    CannotWrite.
    """
    contents = _unpacked(read_bytes(file, most=MAX_FILE_BYTES), file.name)
    with workshop(packs) as bench:
        folder = bench / "pack"
        for name, content in contents.items():
            write_atomically(folder / name, content)
        faults = tuple(lint(folder))
        if faults:
            raise PackRefused(
                f"“{file.name}”里的表单包有 {len(faults)} 处错误，未接收，请告知发布部门。",
                faults,
            )
        pack = load(folder)
    stock = Stock(shipped, packs)
    code, version = pack.identity.code, pack.identity.version
    there = stock.folder_of(code, version)
    if there is not None and _contents(there) != without_signature(contents):
        raise PackRefused(
            f"“{pack.identity.name}”{version} 版已有，内容与此份不同。"
            "版本号相同的表单包不予替换，请向发布部门核实。"
        )
    in_use = _in_use(stock, code)
    return Offered(
        file=file.name,
        pack=pack,
        contents=contents,
        changes=differences(in_use and issued(in_use), issued(pack)),
        in_use=stock.version_in_use(code),
        folder=there,
        seal=_seal(contents, key),
        ahead=ahead_of_time(pack.identity, today),
    )


def take_in(offered: Offered, shipped: Path, packs: Path) -> Taken:
    """Put a pack that was looked at and agreed to among those taken in, and let it count.

    One older than what counts is kept and not used.  Raises PackRefused, CannotWrite.
    """
    identity = offered.pack.identity
    code, version = identity.code, identity.version
    folder = offered.folder
    if folder is None:
        folder = packs / _free_name(packs, f"{code}-{version}")
        with workshop(packs) as bench:
            for name, content in offered.contents.items():
                write_atomically(bench / "pack" / name, content)
            publish([(bench / "pack", folder)])
        if not offered.is_older:
            Stock(shipped, packs).use(code, version)
    return Taken(
        code=code,
        version=version,
        name=identity.name,
        folder=folder,
        is_known=offered.folder is not None,
        in_use=Stock(shipped, packs).version_in_use(code),
    )


def packed(folder: Path) -> dict[str, bytes]:
    """The files of a pack's folder as they go into a .pack.zip.  Raises PackRefused, CannotRead.

    What a bureau keeps beside its pack for its edition stays out, hidden files too.
    """
    contents: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        is_hidden = any(part.startswith(".") for part in PurePosixPath(name).parts)
        if name == EDITION_FILE or path.is_dir() or is_hidden:
            continue
        if _is_odd(name) or path.is_symlink() or path.suffix.lower() not in _KINDS:
            raise PackRefused(f"“{name}”不是表单包应有的文件，对方不能接收，请移除。")
        contents[name] = read_bytes(path, most=MAX_FILE_BYTES)
    return contents


def _in_use(stock: Stock, code: str) -> Pack | None:
    folder = stock.counting.get(code)
    try:
        return load(folder) if folder is not None else None
    except PackFault:
        return None


def _seal(contents: Mapping[str, bytes], key: str) -> Seal:
    if not key:
        return ""
    if SIGNATURE_FILE not in contents:
        return "none"
    return "ours" if is_signed_by(contents, key) else "wrong"


def _free_name(packs: Path, name: str) -> str:
    """A folder's name that no system takes for one that is there: "a-b" + "1", "a" + "b-1"."""
    there = {name_key(path.name) for path in packs.iterdir()} if packs.is_dir() else set()
    chosen, count = safe_name(name), 1
    while name_key(chosen) in there:
        count += 1
        chosen = numbered(safe_name(name), count)
    return chosen


def _unpacked(data: bytes, file: str) -> dict[str, bytes]:
    """The files of an archive by their names inside the pack.  Raises PackRefused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            _measure(infos, file)
            contents: dict[str, bytes] = {}
            keys: set[str] = set()
            for info in infos:
                name = _safe(info, file)
                if name_key(name) in keys:
                    raise PackRefused(f"“{file}”中有两个文件同名“{name}”，未接收，请告知发布部门。")
                keys.add(name_key(name))
                contents[name] = archive.read(info)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError) as error:
        raise PackRefused(
            f"“{file}”不是完整的表单包（.pack.zip），可能未下载完整，请重新取得。"
        ) from error
    inside = _without_outer_folder(contents, file)
    inside.pop(EDITION_FILE, None)
    return inside


def _measure(infos: list[zipfile.ZipInfo], file: str) -> None:
    if any(info.flag_bits & 1 for info in infos):
        raise PackRefused(f"“{file}”有密码，无法打开。请索取没有密码的表单包。")
    if len(infos) > MAX_FILES or sum(info.file_size for info in infos) > MAX_UNPACKED_BYTES:
        raise PackRefused(f"“{file}”解压后过大，不是表单包，未接收，请核对。")


def _safe(info: zipfile.ZipInfo, file: str) -> str:
    """An entry's name inside the archive; nothing that leads elsewhere.  Raises PackRefused."""
    name = info.filename.replace("\\", "/")
    path = PurePosixPath(name)
    kind = stat.S_IFMT(info.external_attr >> 16)
    is_plain = kind in (0, stat.S_IFREG)
    leads_out = path.is_absolute() or ".." in path.parts or ":" in name or not path.parts
    if not is_plain or leads_out or _is_odd(name):
        raise PackRefused(f"“{file}”中的“{name}”不是表单包应有的文件，未接收，请告知发布部门。")
    if path.suffix.lower() not in _KINDS:
        raise PackRefused(f"“{file}”中的“{name}”不是表单包应有的文件类型，未接收，请告知发布部门。")
    return str(path)


def _is_odd(name: str) -> bool:
    """Whether a path is too deep, or has a part that not every system takes for a name."""
    parts = PurePosixPath(name).parts
    return len(parts) > MAX_DEPTH or any(safe_file_name(part) != part for part in parts)


def _without_outer_folder(contents: dict[str, bytes], file: str) -> dict[str, bytes]:
    """A pack may lie in one folder of its archive, or right in it."""
    if PACK_FILE in contents:
        return contents
    tops = {name.partition("/")[0] for name in contents}
    if len(tops) == 1 and f"{(top := tops.pop())}/{PACK_FILE}" in contents:
        return {name.removeprefix(f"{top}/"): content for name, content in contents.items()}
    raise PackRefused(f"“{file}”中没有 {PACK_FILE}，不是表单包，请另选文件。")


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): read_bytes(path, most=MAX_FILE_BYTES)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != SIGNATURE_FILE
    }
