"""Makes `.venv` and fills it with exactly what the lock files name, in two layers.

The program's layer is what it runs on; the makers' layer is what tests, types and style need
besides. Each has a stamp that says what it was made from, so that nothing is done when nothing has
changed; a mark stands there while a layer is under way, so that a set-up broken off is mended.
"""

from __future__ import annotations

import csv
import errno
import hashlib
import json
import platform
import shutil
import tempfile
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.develop import bare, own_wheel
from tools.develop.bare import our_version
from tools.develop.console import ROOT, Trouble, capture, say
from tools.develop.lock import Pin, normalized, pins
from tools.develop.packages import Unchanged, full_disk, run_pip
from tools.develop.turn import turn

_QT_FOR_314_NEEDS_GLIBC = (2, 34)
# pip resolves nothing: whatever else an index has by now, it can not matter. Only ready wheels are
# taken, since what builds the others is in no lock.
_EXACTLY = ("install", "--no-deps", "--only-binary=:all:", "--require-hashes", "--requirement")


@dataclass(frozen=True)
class Layer:
    """Packages that are installed together: what a lock names beyond the layer below.

    The lowest one has the project's own commands too.
    """

    name: str
    lock: str
    below: Layer | None = None


PROGRAM = Layer("program", "requirements.txt")
MAKERS = Layer("makers", "requirements-dev.txt", PROGRAM)
LAYERS = (PROGRAM, MAKERS)


class Environment:
    """The environment `.venv` of one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.home = root / ".venv"
        self._unfinished = self.home / "openlicense-unfinished.txt"

    def program(self, name: str) -> Path:
        """Where the environment keeps a program (`python`, `lint-imports`)."""
        return bare.program(self.home, name)

    def set_up(self, layers: Sequence[Layer] = LAYERS) -> bool:
        """Bring the layers to what their locks say; True where something had to be done.

        Raises: Trouble with what to do, where this machine lacks something.
        """
        if self._stand(layers):
            return False
        _refuse_old_system()
        try:
            with turn(self.root / ".venv.lock") as held:
                self._see_to_the_environment()
                for layer in layers:
                    if not self._stands(layer):
                        self._lay(layer, held)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise Trouble(f"{full_disk()} Then try again.") from error
            raise Trouble(f"{error.filename}: {error.strerror}. Then try again.") from error
        return True

    def make_bare(self) -> None:
        """An environment with pip in it, whatever else: enough to renew the lock."""
        if bare.version_of(self.home) is None:
            bare.remove(self.home)
            bare.create(self.home)

    def install_plainly(self, requirement: str) -> None:
        """Install one maker's tool that no lock names.  Raises Trouble where pip fails."""
        run_pip(self.program("python"), ["install", "--upgrade", requirement])

    def install_locked(self, lock: Path) -> None:
        """Install exactly what a lock names, beside what is there.  Raises Trouble."""
        run_pip(self.program("python"), [*_EXACTLY, str(lock)])

    def _stand(self, layers: Sequence[Layer]) -> bool:
        stand = all(self._stands(layer) for layer in layers)
        return stand and bare.version_of(self.home) == our_version()

    def _stands(self, layer: Layer) -> bool:
        made_from, _ = self._stamp(layer)
        return made_from == self._made_from(layer) and self._broken_off() != layer.name

    def _broken_off(self) -> str | None:
        """Which layer was under way when the last set-up ended, None where it ended well."""
        try:
            return self._unfinished.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError):
            return ""

    def _see_to_the_environment(self) -> None:
        reason = self._reason_to_remake()
        if reason is not None:
            say(f"{reason}: making .venv anew.")
            bare.remove(self.home)
        if not self.home.exists():
            self.home.mkdir()
            self._unfinished.write_text("environment", encoding="utf-8")
            bare.create(self.home)
            self._unfinished.unlink()

    def _reason_to_remake(self) -> str | None:
        if not self.home.exists() and not self.home.is_symlink():
            return None
        if self._broken_off() not in (None, MAKERS.name):
            return "The last set-up was broken off"
        version = bare.version_of(self.home)
        if version != our_version():
            found = f"is of Python {version}" if version else "does not work"
            return f".venv {found}, this is Python {our_version()}"
        if capture([self.program("python"), "-I", "-c", "import pip._internal"])[0] != 0:
            return ".venv has no working pip"
        made_from, _ = self._stamp(PROGRAM)
        if made_from and not made_from.endswith(f"\n{self.root}"):
            return ".venv was made in another folder"
        return None

    def _lay(self, layer: Layer, held: int) -> None:
        wanted, former = self._pins(layer), self._stamp(layer)[1]
        if self._broken_off() == layer.name:
            say("The last set-up was broken off: going on with it.")
            self._take_out({pin.key for pin in wanted})
        say(f"Installing the packages of the {layer.name} ({layer.lock}); minutes the first time …")
        self._unfinished.write_text(layer.name, encoding="utf-8")
        lines = [pin.text for pin in wanted]
        with tempfile.TemporaryDirectory() as scratch:
            if layer.below is None:
                lines.append(own_wheel.requirement(self.root, Path(scratch)))
                self._take_out({own_wheel.name_of(self.root)})  # it may have changed all the same
            chosen = Path(scratch, layer.lock)
            chosen.write_text("\n".join(lines) + "\n", encoding="utf-8")
            try:
                run_pip(self.program("python"), [*_EXACTLY, str(chosen)], held)
            except Unchanged:
                self._unfinished.unlink()
                raise
        self._take_out(set(former) - {pin.key for one in LAYERS for pin in self._pins(one)})
        self._check(layer)
        self._write_stamp(layer, [pin.key for pin in wanted])
        self._unfinished.unlink()

    def _pins(self, layer: Layer) -> list[Pin]:
        """What a layer adds to the one below it."""
        below = {pin.text for pin in pins(self.root / layer.below.lock)} if layer.below else set()
        return [pin for pin in pins(self.root / layer.lock) if pin.text not in below]

    def _check(self, layer: Layer) -> None:
        """See that what a lock names fits together; what else is installed is not its affair."""
        code, output = capture([self.program("python"), "-m", "pip", "check"])
        ours = {pin.key for pin in pins(self.root / layer.lock)}
        faults = [line for line in output.splitlines() if normalized(line.split(" ")[0]) in ours]
        if code != 0 and faults:
            raise Trouble(f"What {layer.lock} names does not fit together:\n" + "\n".join(faults))

    def _take_out(self, names: Collection[str]) -> None:
        """Take packages out, also such as were half installed, which pip can not take out."""
        places = ("lib/python3*/site-packages", "Lib/site-packages")
        for info in (info for place in places for info in self.home.glob(f"{place}/*.dist-info")):
            if normalized(info.name.partition("-")[0]) in names:
                files = [file for file in _files(info) if file.is_relative_to(self.home)]
                for file in files:
                    file.unlink(missing_ok=True)
                shutil.rmtree(info)
                _sweep({file.parent for file in files})

    def _made_from(self, layer: Layer) -> str:
        """What a layer is made from; the folder too, since scripts carry its path."""
        digest = hashlib.sha256(Path(__file__).read_bytes())
        for name in (layer.lock, layer.below.lock if layer.below else "pyproject.toml"):
            try:
                digest.update((self.root / name).read_bytes())
            except FileNotFoundError as error:
                raise Trouble(f"{name} is missing from this folder: get it back first.") from error
            digest.update(b"\0")
        return "\n".join([digest.hexdigest(), our_version(), platform.machine(), str(self.root)])

    def _stamp_of(self, layer: Layer) -> Path:
        return self.home / f"openlicense-{layer.name}.json"

    def _stamp(self, layer: Layer) -> tuple[str, list[str]]:
        """What a layer was made from and the packages it was given; nothing where none stands."""
        try:
            stamp = json.loads(self._stamp_of(layer).read_text(encoding="utf-8"))
            return str(stamp["made_from"]), [str(name) for name in stamp["packages"]]
        except (OSError, ValueError, KeyError, TypeError):
            return "", []

    def _write_stamp(self, layer: Layer, packages: Sequence[str]) -> None:
        stamp = {"made_from": self._made_from(layer), "packages": packages}
        fresh = self._stamp_of(layer).with_suffix(".new")
        fresh.write_text(json.dumps(stamp), encoding="utf-8")
        fresh.replace(self._stamp_of(layer))


def _files(info: Path) -> Iterable[Path]:
    """The files of an installed package, as far as its record names them."""
    try:
        with (info / "RECORD").open(encoding="utf-8", newline="") as record:
            return [(info.parent / row[0]).resolve() for row in csv.reader(record) if row]
    except (OSError, UnicodeDecodeError, csv.Error):
        return []


def _sweep(folders: Iterable[Path]) -> None:
    """Take folders away in which only what Python compiled is left: it would import them still.

    (findings/mypy-takes-a-leftover-folder-for-psutil.sh)
    """
    for deepest in sorted(folders, key=lambda one: -len(one.parts)):
        folder = deepest
        while folder.is_dir() and folder.name != "site-packages":
            left = list(folder.iterdir())
            compiled = folder.name == "__pycache__" and all(one.suffix == ".pyc" for one in left)
            if not compiled and any(one.name != "__pycache__" for one in left):
                break
            shutil.rmtree(folder)
            folder = folder.parent


def _refuse_old_system() -> None:
    """Qt for Python 3.14 needs a newer Linux than Qt for 3.11-3.13 does."""
    name, version = platform.libc_ver()
    if name != "glibc" or our_version() != "3.14":
        return
    if tuple(int(part) for part in version.split(".")[:2]) < _QT_FOR_314_NEEDS_GLIBC:
        raise Trouble(
            f"With Python 3.14, Qt needs glibc 2.34 and this system has {version}:"
            " use Python 3.11, 3.12 or 3.13 here."
        )


HERE = Environment(ROOT)
