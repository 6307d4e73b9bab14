"""What came to a bureau: files, folders, the parts of a mail, found at the places a clerk names.

A folder is one thing where a manifest or papers lie in it; zips and mails in it are things of their
own, and so are folders with a manifest below it.  Links are not followed.  Bounded in depth and
number.
"""

import os
import re
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from forms.exchange.mail_reading import subject_of
from forms.exchange.package_manifest import MANIFEST_NAME
from forms.ground.files import why
from forms.ground.held import reading

Channel = Literal["folder", "zip", "mail", "file"]

MAX_CAME = 20_000
MAILS = (".eml", ".msg")
CONTAINERS = (".zip", *MAILS)
OTHER_ARCHIVES = {".rar": "rar", ".7z": "7z", ".gz": "gz", ".tar": "tar", ".tgz": "tgz"}
PAPERS = (
    *(".pdf", ".xlsx", ".xls", ".et", ".ods", ".csv", ".docx", ".doc", ".wps", ".jpg", ".jpeg"),
    *(".png", ".tif", ".tiff"),
)
NOISE = re.compile(
    r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$|\._|\.~)", re.IGNORECASE
)
"""What systems and programs leave beside files of their own accord."""
_MAX_FOLDERS = 12
_HEAD_BYTES = 64 << 10
_PART = re.compile(r"[（(]?第\s*([0-9]{1,3})\s*(?:封\s*共|/)\s*([0-9]{1,3})\s*封[）)]?")


class Came(msgspec.Struct, frozen=True):
    """Something that came: its name, the folder it lies in, its files below that.

    Several mails are the parts of one; `missing` names those of its parts that are not there.
    """

    name: str
    channel: Channel
    base: Path
    files: tuple[Path, ...]
    missing: tuple[int, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()


def what_came(paths: Sequence[Path]) -> list[Came]:
    """Return what lies at some places, each thing once, in order; mails in parts together.

    A place that is not there is returned as a file all the same, to be told.
    """
    found: list[Came] = []
    for path in paths:
        if path.is_dir():
            found += _in_folder(path, path.name or str(path), 0)
        else:
            found.append(_file(path))
        if len(found) > MAX_CAME:
            break
    return _mails_together(found[:MAX_CAME])


def _file(path: Path) -> Came:
    end = path.suffix.lower()
    channel: Channel = "zip" if end == ".zip" else "mail" if end in MAILS else "file"
    return Came(path.name, channel, path.parent, (path,))


def _in_folder(folder: Path, name: str, depth: int) -> list[Came]:
    refused: list[tuple[str, str]] = []
    plain, folders = _listed(folder, refused)
    if any(one.name.lower() == MANIFEST_NAME for one in plain):
        return [_tree(folder, name, refused)]
    apart = [one for one in plain if one.suffix.lower() in (*CONTAINERS, *OTHER_ARCHIVES)]
    found = [_file(one) for one in apart]
    loose = [one for one in plain if one not in apart and one.suffix.lower() in PAPERS]
    if loose:  # a stranger's: what lies in folders below is of the same
        whole = _tree(folder, name, refused)
        within = [one for one in whole.files if one not in apart]
        own = [
            inner
            for one in folders
            if depth < _MAX_FOLDERS
            for inner in _in_folder(one, one.name, depth + 1)
            if _has_manifest(inner) or inner.channel != "folder"
        ]
        taken = {file for one in own for file in one.files}
        files = tuple(one for one in within if one not in taken)
        return [*found, *own, msgspec.structs.replace(whole, files=files)]
    for one in folders:
        if depth < _MAX_FOLDERS:
            found += _in_folder(one, one.name, depth + 1)
    return found


def _has_manifest(came: Came) -> bool:
    return any(one.name.lower() == MANIFEST_NAME for one in came.files)


def _listed(folder: Path, refused: list[tuple[str, str]]) -> tuple[list[Path], list[Path]]:
    """The plain files and the folders in a folder, by name; links and devices are refused."""
    files, folders = [], []
    try:
        with os.scandir(folder) as there:
            listed = sorted(there, key=lambda one: one.name)
    except OSError as error:
        refused.append((folder.name, why(error)))
        return [], []
    for one in listed:
        if NOISE.search(one.name):
            continue
        mode = one.stat(follow_symlinks=False).st_mode
        if stat.S_ISDIR(mode):
            folders.append(Path(one.path))
        elif stat.S_ISREG(mode):
            files.append(Path(one.path))
        else:
            refused.append((one.name, "是指向别处的链接或设备，未读取"))
    return files, folders


def _tree(folder: Path, name: str, refused: list[tuple[str, str]]) -> Came:
    """All plain files below a folder."""
    files: list[Path] = []
    waiting = [(folder, 0)]
    refused = []
    while waiting:
        here, depth = waiting.pop()
        plain, folders = _listed(here, refused)
        files += plain
        if depth < _MAX_FOLDERS and len(files) <= MAX_CAME:
            waiting += [(one, depth + 1) for one in folders]
    return Came(name, "folder", folder, tuple(files[:MAX_CAME]), refused=tuple(refused))


def _mails_together(found: Sequence[Came]) -> list[Came]:
    """Put the parts of one mail together (第1封共2封); a part that is not there is told."""
    parts: dict[tuple[Path, str, int], dict[int, Came]] = {}
    result: list[Came | tuple[Path, str, int]] = []
    for came in dict.fromkeys(found):
        part = _part_of(came) if came.channel == "mail" else None
        if part is None:
            result.append(came)
            continue
        rest, place, count = part
        key = (came.base, rest, count)
        known = parts.setdefault(key, {})
        if place in known:  # the same part once more: it is looked at by itself
            result.append(came)
            continue
        if not known:
            result.append(key)
        known[place] = came
    return [_joined(parts[one], one[2]) if isinstance(one, tuple) else one for one in result]


def _part_of(came: Came) -> tuple[str, int, int] | None:
    """What a part shares with the others of its mail, which it is, of how many."""
    texts = [came.name]
    try:
        with reading(came.files[0]) as file:
            texts.append(subject_of(file.read(_HEAD_BYTES)))
    except OSError:
        pass
    for text in reversed(texts):
        if found := _PART.search(text):
            place, count = int(found[1]), int(found[2])
            rest = _PART.sub("", text).strip()
            return (rest, place, count) if 1 <= place <= count and count > 1 else None
    return None


def _joined(parts: Mapping[int, Came], count: int) -> Came:
    in_order = [parts[place] for place in sorted(parts)]
    missing = tuple(place for place in range(1, count + 1) if place not in parts)
    return msgspec.structs.replace(
        in_order[0], files=tuple(one.files[0] for one in in_order), missing=missing
    )
