"""The project's own wheel: its commands and its name, and a way to the folder where its code lies.

pip puts an environment's commands where the system looks for them, also on Windows. What would
build a wheel in the usual way is not needed for that, so that the program's layer goes without it.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
import zipfile
from pathlib import Path

from tools.develop.lock import normalized

_TAG = "py3-none-any"


def name_of(root: Path) -> str:
    """The project's name, as packages are compared by.  Raises FileNotFoundError."""
    return normalized(str(_project(root)["name"]))


def requirement(root: Path, folder: Path) -> str:
    """Make the wheel in a folder; return the line by which pip takes it, with its hash."""
    project = _project(root)
    name, version = str(project["name"]), str(project["version"])
    stem = f"{normalized(name).replace('-', '_')}-{version}"
    info = f"{stem}.dist-info"
    files = {
        # Relative to where packages lie, so that it holds under any folder's name.
        f"{stem.partition('-')[0]}.pth": "../../..\n" if os.name == "nt" else "../../../..\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: openlicense-desk dev.py\n"
        f"Root-Is-Purelib: true\nTag: {_TAG}\n",
        f"{info}/entry_points.txt": _entry_points(project),
    }
    files[f"{info}/RECORD"] = "".join(f"{path},,\n" for path in [*files, f"{info}/RECORD"])
    wheel = folder / f"{stem}-{_TAG}.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return f"{name} @ {wheel.as_uri()} --hash=sha256:{digest}"


def _entry_points(project: dict[str, object]) -> str:
    lines = []
    for table, kind in (("scripts", "console_scripts"), ("gui-scripts", "gui_scripts")):
        commands = project.get(table, {})
        assert isinstance(commands, dict)
        lines += [f"[{kind}]", *(f"{name} = {place}" for name, place in commands.items())]
    return "\n".join(lines) + "\n"


def _project(root: Path) -> dict[str, object]:
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    project: dict[str, object] = tomllib.loads(text)["project"]
    return project
