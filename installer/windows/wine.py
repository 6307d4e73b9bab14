"""A Windows of its own in a folder (a Wine prefix), and programs started in it.

Wine's habits that are minded here: standard output must be a pipe and never a file, or Python
dies with WinError 6; its server and services keep open whatever they inherit, so they are started
with nothing; QT_* variables of our environment are dropped, so they are set in its registry.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from installer.kept import remove
from tools.develop.console import Trouble

# Without a home of ours Wine makes the clerk's folders in the prefix, instead of links to ours;
# nobody, root neither, can make this one.
_PLAIN = {
    "HOME": "/dev/null/home",
    "WINEARCH": "win64",
    "WINEDEBUG": "-all",
    "WINEDLLOVERRIDES": "mscoree,mshtml=",
}
_UI_SETTINGS = (
    r"HKLM\Software\Microsoft\WindowsRuntime\ActivatableClassId"
    r"\Windows.UI.ViewManagement.UISettings"
)
_REGISTRY_LINE = re.compile(r'(?:"(?P<name>.*?)"|@)=(?:"(?P<text>.*)"|(?P<raw>.*))')
_ESCAPED = re.compile(r"\\(.)")
_CHINESE_FONT = "WenQuanYi Micro Hei"
# What a prefix is told at its making: a crash opens no window; windows have Windows' own frames
# and wait for no window manager (2 s for each, where there is none); Windows' fonts show Chinese.
SETTINGS: tuple[tuple[str, str, str | int], ...] = (
    (r"HKCU\Software\Wine\WineDbg", "ShowCrashDialog", 0),
    (r"HKCU\Software\Wine\X11 Driver", "Managed", "N"),
    *(
        (r"HKCU\Software\Wine\Fonts\Replacements", name, _CHINESE_FONT)
        for name in ("Tahoma", "MS Shell Dlg", "MS Shell Dlg 2", "SimSun", "Microsoft YaHei UI")
    ),
)
_VERSION = r"HKLM\Software\Microsoft\Windows NT\CurrentVersion"


class Screen:
    """A screen without a monitor."""

    def __init__(self, size: str = "1440x900x24") -> None:
        reading, writing = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp"],
            pass_fds=(writing,),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as answer:
            self.name = f":{answer.readline().strip()}"
        if self.name == ":":
            raise Trouble("Xvfb could not open a screen.")

    def picture(self, file: Path) -> None:
        """Write what is on the screen as PNG."""
        command = ["import", "-silent", "-window", "root", "-display", self.name, str(file)]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)

    def shows(self, title: str) -> bool:
        """Whether a window with these words in its title is on the screen."""
        return self._do("search", "--onlyvisible", "--name", title).returncode == 0

    def press(self, *keys: str) -> None:
        """Press keys, by xdotool's names, in the window that has the focus."""
        self._do("key", "--delay", "150", *keys)

    def _do(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        surroundings = {**os.environ, "DISPLAY": self.name, "LC_ALL": "C.UTF-8"}
        return subprocess.run(
            ["xdotool", *words], capture_output=True, env=surroundings, check=False
        )

    def close(self) -> None:
        """Switch the screen off."""
        self._server.terminate()
        self._server.wait()


@dataclass(frozen=True)
class Done:
    """How a program ended: its exit code, what it printed, the seconds it took."""

    code: int
    output: str


class Prefix:
    """One Windows, in one folder."""

    def __init__(self, folder: Path, screen: Screen, user: str = "") -> None:
        self.folder = folder
        self._screen = screen
        self._user = user

    @property
    def drive(self) -> Path:
        """Its drive C: as we see it."""
        return self.folder / "drive_c"

    def path(self, windows: str) -> Path:
        r"""Where a path like `C:\测试 目录` lies for us."""
        return self.drive.joinpath(*PureWindowsPath(windows).parts[1:])

    # --- life ---------------------------------------------------------------------------------

    def make(self, stand_ins: Iterable[Path], ui_settings: str) -> None:
        """Make the prefix, a Windows 10, with stand-ins for libraries that Wine lacks."""
        self.begin()
        for key, name, value in SETTINGS:
            self.set(key, name, value)
        self.become_windows("19045")
        system = r"C:\windows\system32"
        for library in stand_ins:
            shutil.copyfile(library, self.path(system) / library.name)
        self.set(_UI_SETTINGS, "DllPath", rf"{system}\{ui_settings}")

    def begin(self) -> None:
        """Start its server and services, which stay until `end`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._quietly("wineserver", "-p")
        self._quietly("wineboot")

    def end(self) -> None:
        """Stop everything that runs in it, and wait until it has."""
        self._quietly("wineserver", "-k")
        self._quietly("wineserver", "-w")

    def copy(self, folder: Path, user: str = "") -> Prefix:
        """A second Windows like this one, which must be at rest."""
        remove(folder)
        subprocess.run(["cp", "-a", "--reflink=auto", str(self.folder), str(folder)], check=True)
        return Prefix(folder, self._screen, user)

    # --- its registry -------------------------------------------------------------------------

    def set(self, key: str, name: str, value: str | int) -> None:
        """Set a value of its registry, a text or a number."""
        kind = "REG_SZ" if isinstance(value, str) else "REG_DWORD"
        self._quietly("wine", "reg", "add", key, "/v", name, "/t", kind, "/d", str(value), "/f")

    def values(self, key: str) -> dict[str, str]:
        """The values of a registry's key and of those below it; `key\\name` -> value.

        Numbers are as regedit writes them; there is nothing where the key is not there.
        """
        file = self.folder / "registry.reg"
        file.unlink(missing_ok=True)
        self._quietly("wine", "regedit", "/E", windows_path(file), key)
        if not file.is_file():
            return {}
        return registry_values(file.read_text(encoding="utf-16"))

    def become_windows(self, build: str) -> None:
        """Be this build of Windows 10 from the next start on."""
        self.set(_VERSION, "CurrentBuildNumber", build)
        self.set(_VERSION, "CurrentBuild", build)

    def choose_platform(self, name: str) -> None:
        """Choose Qt's platform for what is started from now on."""
        self.set(r"HKCU\Environment", "QT_QPA_PLATFORM", name)

    # --- programs -----------------------------------------------------------------------------

    def run(self, *command: str | Path, timeout_s: float = 300) -> Done:
        """Run a program to its end.  Raises Trouble where it takes longer than `timeout_s`."""
        running = self.start(*command)
        try:
            output, _ = running.communicate(timeout=timeout_s)
        except subprocess.TimeoutExpired as expired:
            running.kill()
            name = " ".join(map(str, command[:2]))
            said = (expired.output or b"").decode("utf-8", "replace")[-2000:]
            raise Trouble(f"{name} did not end within {timeout_s:.0f} s: {said}") from expired
        return Done(running.returncode, output.replace("\r\n", "\n"))

    def start(self, *command: str | Path, on_one_core: bool = False) -> subprocess.Popen[str]:
        """Start a program and leave it running; its standard output is a pipe."""
        where = ["taskset", "-c", "0"] if on_one_core else []
        return subprocess.Popen(
            [*where, "wine", *map(windows_path, command)],
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )

    def _environment(self) -> dict[str, str]:
        ours = ("PATH", "USER", "LOGNAME", "TMPDIR")
        plain = {name: os.environ[name] for name in ours if name in os.environ}
        user = {"USER": self._user, "LOGNAME": self._user} if self._user else {}
        place = {"WINEPREFIX": str(self.folder), "DISPLAY": self._screen.name}
        return {**plain, **user, **place, **_PLAIN, "LC_ALL": "C.UTF-8"}

    def _quietly(self, *command: str) -> None:
        subprocess.run(
            command,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )


def windows_path(part: str | Path) -> str:
    """A path of ours as Wine's drive Z: has it; words stay as they are."""
    if isinstance(part, str):
        return part
    return "Z:" + str(PurePosixPath(part.absolute())).replace("/", "\\")


def registry_values(exported: str) -> dict[str, str]:
    """Read what regedit exports: the path of a key and a value's name -> the value."""
    found: dict[str, str] = {}
    key = ""
    for line in exported.splitlines():
        if line.startswith("["):
            key = line.strip("[]")
        elif match := _REGISTRY_LINE.fullmatch(line):
            name, value = match["name"] or "", match["text"]
            text = match["raw"] if value is None else _ESCAPED.sub(r"\1", value)
            found["\\".join((key, _ESCAPED.sub(r"\1", name)))] = text
    return found


def recipe() -> str:
    """All that a fresh prefix is made from, in words."""
    return f"{version()} {SETTINGS} {_PLAIN}"


def version() -> str:
    """Wine's version."""
    done = subprocess.run(["wine", "--version"], capture_output=True, text=True, check=False)
    return done.stdout.strip()
