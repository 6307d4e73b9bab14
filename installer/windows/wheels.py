"""The packages of the Windows program: the win_amd64 wheels that the project's own locks name.

pip on Linux reads markers for Linux, so the lines for Windows are picked here first; every file is
checked against the lock's hashes when it is fetched and again when it is installed.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from installer.windows import python
from installer.windows.wine import Prefix
from tools.develop.console import ROOT, Trouble, capture
from tools.develop.environment import HERE
from tools.develop.lock import Pin, parse

LOCKS = (ROOT / "requirements.txt", ROOT / "requirements-bundle.txt")
_LIST = "windows.txt"
_WINDOWS = {
    "sys_platform": "win32",
    "os_name": "nt",
    "platform_system": "Windows",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "implementation_name": "cpython",
    "python_version": "3.11",
    "python_full_version": python.VERSION,
}


def for_windows(locks: Iterable[str]) -> str:
    """The requirements of several locks that hold on Windows, without markers, each once."""
    chosen: dict[str, Pin] = {}
    for lock in locks:
        for pin in parse(lock):
            if not pin.marker or _holds(pin.marker):
                known = chosen.setdefault(pin.key, pin)
                if known.version != pin.version:
                    raise Trouble(f"The locks name several versions of {pin.key}.")
    return "".join(_without_marker(chosen[key]) for key in sorted(chosen))


def _without_marker(pin: Pin) -> str:
    hashes = pin.text.partition("\n")[2].rstrip()
    return f"{pin.name}=={pin.version} \\\n{hashes}\n"


def fetch(folder: Path) -> None:
    """Fetch the wheels.  Raises Trouble where one is missing or is not the one locked."""
    listed = folder / _LIST
    listed.write_text(for_windows(lock.read_text(encoding="utf-8") for lock in LOCKS), "utf-8")
    one = ["--only-binary=:all:", "--platform", "win_amd64", "--python-version", "3.11"]
    how = ["--quiet", "--no-deps", "--require-hashes", "--requirement", str(listed)]
    command = [str(HERE.program("python")), "-m", "pip", "download", "--dest", str(folder)]
    code, output = capture([*command, *how, *one])
    if code != 0:
        raise Trouble(f"pip could not fetch the wheels for Windows:\n{output.strip()[-2000:]}")


def put_into(prefix: Prefix, fetched: Path) -> None:
    """Install them with pip inside Wine.  Raises Trouble where pip or its check fails."""
    pip = (python.EXECUTABLE, "-m", "pip")
    _do(prefix, python.EXECUTABLE, "-m", "ensurepip")
    plainly = ("--quiet", "--no-index", "--no-deps", "--no-compile", "--no-warn-script-location")
    wheels = ("--find-links", fetched, "--require-hashes", "-r", fetched / _LIST)
    _do(prefix, *pip, "install", *plainly, *wheels)
    _do(prefix, *pip, "check")


def _do(prefix: Prefix, *command: str | Path) -> None:
    done = prefix.run(*command, timeout_s=900)
    if done.code != 0:
        what = " ".join(map(str, command[1:4]))
        raise Trouble(f"{what} failed under Wine:\n{done.output.strip()[-2000:]}")


def _holds(marker: str) -> bool:
    from packaging.markers import Marker

    return Marker(marker).evaluate(dict(_WINDOWS))
