"""A bare Linux: the C library, what the .deb depends on, a few tools, and nothing else.

No Python, no fonts, no network, no other program.  It is a folder, entered with `unshare` and
`chroot`, for which user namespaces or root are needed.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from installer.linux import audit, elf
from tools.develop.console import Trouble, capture

# What the launcher asks for, and `sleep`, by which a check waits.
TOOLS = ("sh", "getconf", "readlink", "dirname", "uname", "sleep")
PROGRAM = "/home/办事员/开放许可 程序"  # with Chinese and a space, as clerks name folders
OUT = "/home/办事员/out"
_LISTED = re.compile(r"^\s+(\S+) \(libc6,x86-64[^)]*\) => (\S+)$", re.MULTILINE)
_PATIENCE_S = 600


@dataclass(frozen=True)
class Done:
    """How a command ended, and all it said."""

    code: int
    said: str


@dataclass(frozen=True)
class Bare:
    """The folder that is the whole system."""

    root: Path

    def run(
        self,
        program: Path,
        out: Path,
        command: Sequence[str],
        *,
        display: str = "",
        writable: bool = False,
    ) -> Done:
        """Run a command in there, the program's folder read-only unless `writable`.

        With a `display` it may reach the X server's socket, else no network at all.
        """
        out.mkdir(parents=True, exist_ok=True)
        settings = {"PATH": "/usr/bin:/bin", "HOME": "/home/办事员", "LANG": "C.UTF-8"}
        if display:
            settings["DISPLAY"] = display
        inside = f"cd /home && {shlex.join(command)}"
        script = "\n".join(
            [
                "set -e",
                *self._mounts(program, out, writable=writable, with_display=bool(display)),
                shlex.join(
                    [
                        *("env", "-i", *(f"{key}={value}" for key, value in settings.items())),
                        *(_found("chroot"), str(self.root), "/usr/bin/sh", "-c", inside),
                    ]
                ),
            ]
        )
        apart = ["--mount", "--pid", "--fork", *(() if display else ("--net",))]
        if os.getuid() != 0:
            apart.append("--map-root-user")
        return ran([_found("unshare"), *apart, "sh", "-c", script])

    def _mounts(self, program: Path, out: Path, *, writable: bool, with_display: bool) -> list[str]:
        lines = [
            _bind(Path("/dev/null"), self.root / "dev/null"),
            shlex.join(["mount", "-t", "proc", "proc", str(self.root / "proc")]),
            shlex.join(["mount", "-t", "tmpfs", "tmpfs", str(self.root / "dev/shm")]),
            shlex.join(["mount", "-t", "tmpfs", "tmpfs", str(self.root / "tmp")]),
            _bind(program, self.root / PROGRAM[1:]),
            _bind(out, self.root / OUT[1:]),
        ]
        if not writable:
            there = str(self.root / PROGRAM[1:])
            lines.append(shlex.join(["mount", "-o", "remount,bind,ro", there]))
        if with_display:
            sockets = self.root / "tmp/.X11-unix"
            lines += [shlex.join(["mkdir", str(sockets)]), _bind(Path("/tmp/.X11-unix"), sockets)]
        return lines


def make(root: Path, needs: Sequence[str]) -> Bare:
    """Make a bare system that has the packages a bundle says it needs.  Raises Trouble."""
    known = dict(_LISTED.findall(capture(["/sbin/ldconfig", "-p"])[1]))
    waiting = [name for name, package in audit.OF_THE_SYSTEM.items() if package in needs]
    root.mkdir(parents=True)
    (root / "bin").symlink_to("usr/bin")
    for tool in TOOLS:
        binary = Path(_found(tool)).resolve()
        _copy(binary, root / "usr/bin" / tool)
        waiting += _needs(binary)
    taken: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in taken:
            continue
        taken.add(name)
        if name not in known:
            raise Trouble(f"{name} is not on this machine: install what the program needs first.")
        library = Path(known[name])
        _copy(library.resolve(), root / str(library)[1:])
        waiting += _needs(library)
    for folder in ("proc", "tmp", "dev/shm", "etc", PROGRAM[1:], OUT[1:]):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "dev/null").touch()
    loader = root / "lib64/ld-linux-x86-64.so.2"
    _copy(Path("/lib64/ld-linux-x86-64.so.2").resolve(), loader)
    return Bare(root)


def pythons(root: Path) -> list[str]:
    """Every Python that lies in a bare system, besides the program's own folder."""
    return sorted(
        str(file.relative_to(root))
        for file in root.rglob("*python*")
        if not file.is_relative_to(root / PROGRAM[1:])
    )


def ran(command: Sequence[str], settings: Mapping[str, str] | None = None) -> Done:
    """Run a program and hear all it says.  Raises Trouble where it does not end."""
    try:
        done = subprocess.run(
            command,
            env=None if settings is None else dict(settings),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Trouble(f"{command[0]} did not end within {_PATIENCE_S} s.") from error
    return Done(done.returncode, done.stdout)


def must(holds: bool, otherwise: str) -> None:
    """Go on where something holds.  Raises Trouble."""
    if not holds:
        raise Trouble(f"Not proved: {otherwise}")


def _needs(file: Path) -> tuple[str, ...]:
    found = elf.read(file.resolve())
    return found.needs if found else ()


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)


def _bind(source: Path, target: Path) -> str:
    return shlex.join(["mount", "--bind", str(source), str(target)])


def _found(tool: str) -> str:
    path = shutil.which(tool, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    if path is None:
        raise Trouble(f"{tool} is missing on this machine.")
    return path
