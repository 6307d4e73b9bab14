"""Packs as a bureau, or somebody who says so, sends them: ours with changes, zipped."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from forms.ground.locate import packs_folder

HUBEI = packs_folder() / "hubei-2022"
QINGLAN = Path(__file__).resolve().parent / "packs" / "qinglan-2026"
ADDRESS = "dingwei@hbipo.gov.cn"


def files_of(
    folder: Path = HUBEI, *changes: tuple[str, str], version: str = "", file: str = "pack.toml"
) -> dict[str, bytes]:
    """A pack's files with texts of one of them changed, each of which must stand there."""
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in (".toml", ".xlsx", ".csv")
    }
    if version:
        now = next(line for line in _text(files, "pack.toml").splitlines() if "version =" in line)
        _change(files, "pack.toml", now, f'version = "{version}"')
    for old, new in changes:
        _change(files, file, old, new)
    return files


def _text(files: Mapping[str, bytes], file: str) -> str:
    return files[file].decode()


def _change(files: dict[str, bytes], file: str, old: str, new: str) -> None:
    text = _text(files, file)
    assert old in text, old
    files[file] = text.replace(old, new, 1).encode()


def zipped(path: Path, files: Mapping[str, bytes], *, inside: str = "") -> Path:
    """A .pack.zip of the files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(inside + name, content)
    return path


def laid(folder: Path, files: Mapping[str, bytes]) -> Path:
    """The files as a folder."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder
