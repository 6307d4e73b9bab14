"""Makes and removes Python environments that hold nothing but pip."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path

from tools.develop.console import Trouble, capture, say
from tools.develop.packages import explain


def program(home: Path, name: str) -> Path:
    """Where an environment keeps a program (`python`, `lint-imports`)."""
    return home / "Scripts" / f"{name}.exe" if os.name == "nt" else home / "bin" / name


def our_version() -> str:
    """The Python that runs this, such as "3.12"."""
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def version_of(home: Path) -> str | None:
    """The Python in an environment, such as "3.12"; None where there is none that runs."""
    question = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        code, answer = capture([program(home, "python"), "-I", "-c", question])
    except OSError:
        return None
    return answer.strip() if code == 0 else None


def create(home: Path) -> None:
    """Make an environment.  Raises Trouble where this Python can not, or the disk is full."""
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise Trouble(_no_venv())
    say(f"Making .venv with Python {platform.python_version()} …")
    steps: list[list[str | Path]] = [
        [_base_python(), "-m", "venv", "--without-pip", home],
        [program(home, "python"), "-I", "-m", "ensurepip", "--upgrade", "--default-pip"],
    ]
    for command in steps:
        code, output = capture(command)
        if code != 0:
            if "No module named ensurepip" in output or "ensurepip is disabled" in output:
                raise Trouble(_no_venv())
            raise Trouble(explain(output, "The environment could not be made."))


def remove(home: Path) -> None:
    """Take an environment away.  Raises Trouble where the folder is something else or is in use."""
    if home.is_symlink() or home.is_file():
        home.unlink()
        return
    if not home.exists():
        return
    ours = any((home / name).exists() for name in ("pyvenv.cfg", "bin"))
    if not ours and any(not one.name.startswith("openlicense-") for one in home.iterdir()):
        raise Trouble(f"{home} is no Python environment: move it away, then try again.")
    try:
        _remove_folder(home)
    except OSError as error:
        raise Trouble(
            f"{home} can not be removed ({error.strerror}): close what uses it, then try again."
        ) from error


def _remove_folder(folder: Path) -> None:
    def writable_then_again(retry: Callable[..., object], path: str, _: object) -> None:
        Path(path).chmod(stat.S_IWRITE | stat.S_IREAD | stat.S_IEXEC)
        retry(path)

    if sys.version_info >= (3, 12):
        shutil.rmtree(folder, onexc=writable_then_again)
    else:
        shutil.rmtree(folder, onerror=writable_then_again)


def _base_python() -> str:
    """The Python outside every environment, since dev.py may be started from inside one."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def _no_venv() -> str:
    if shutil.which("apt-get"):
        return (
            f"This Python {our_version()} can not make environments: its venv part is a package of"
            " its own.\nInstall it, then try again:\n"
            f"    sudo apt-get install python{our_version()}-venv\n"
            "(or python3-venv, where Python is the system's own)"
        )
    return (
        f"This Python {our_version()} has no venv or ensurepip, which are part of Python itself.\n"
        "Install a complete one (from your system's packages or python.org), then try again."
    )
