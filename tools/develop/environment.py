"""Makes `.venv` and fills it with exactly what the lock file names.

A stamp inside says what it was made from, so that nothing is done when nothing has changed; a
mark stands there while work is under way, so that an interrupted set-up is begun anew.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path

from tools.develop.console import ROOT, Trouble, call, capture, say

VENV = ROOT / ".venv"
LOCK = ROOT / "requirements-dev.txt"
_STAMP = VENV / "openlicense-setup.txt"
_UNFINISHED = VENV / "openlicense-unfinished.txt"
# What shapes the environment: a change in any of these makes the stamp invalid.
_SOURCES = (LOCK, ROOT / "pyproject.toml", ROOT / "requirements.in", Path(__file__))
_QT_FOR_314_NEEDS_GLIBC = (2, 34)


def program(name: str) -> Path:
    """Where the environment keeps a program (`python`, `lint-imports`)."""
    return VENV / "Scripts" / f"{name}.exe" if os.name == "nt" else VENV / "bin" / name


def set_up() -> bool:
    """Bring `.venv` to what the lock file says; True where something had to be done.

    Raises: Trouble with what to do, where this machine lacks something.
    """
    wanted = _fingerprint()
    if _stamp() == wanted and _version_of_environment() == _our_version():
        return False
    _refuse_old_system()
    if _must_be_remade():
        _remove()
    if not VENV.exists():
        _create()
    _UNFINISHED.write_text("dev.py setup is under way or was interrupted\n", encoding="utf-8")
    _STAMP.unlink(missing_ok=True)
    _install()
    _write_stamp(wanted)
    _UNFINISHED.unlink()
    return True


def make_bare() -> None:
    """An environment with pip in it, whatever else: enough to renew the lock."""
    if _version_of_environment() is None:
        _remove()
        _create()


def install_plainly(requirement: str) -> None:
    """Install one maker's tool that the lock does not name.

    Raises: Trouble where pip fails.
    """
    _pip("install", "--quiet", "--upgrade", requirement)


def install_locked(lock: Path) -> None:
    """Install exactly what a lock file names, beside what is there.

    pip resolves nothing: whatever else an index has by now, it can not matter. Only ready wheels
    are taken, since what builds the others is in no lock.

    Raises: Trouble where pip fails.
    """
    exactly = ("--no-deps", "--only-binary=:all:", "--require-hashes")
    _pip("install", "--quiet", *exactly, "--requirement", str(lock))


def _our_version() -> str:
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def _fingerprint() -> str:
    """What the environment is made from; the folder too, since scripts carry its path."""
    digest = hashlib.sha256()
    for source in _SOURCES:
        try:
            digest.update(source.read_bytes())
        except FileNotFoundError as error:
            raise Trouble(
                f"{source.name} is missing from this folder: get it back first."
            ) from error
        digest.update(b"\0")
    return "\n".join([digest.hexdigest(), _our_version(), platform.machine(), str(ROOT)])


def _stamp() -> str | None:
    try:
        return _STAMP.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _write_stamp(text: str) -> None:
    fresh = _STAMP.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(_STAMP)


def _version_of_environment() -> str | None:
    """The Python in `.venv`, such as "3.12"; None where there is none that runs."""
    question = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        code, answer = capture([program("python"), "-I", "-c", question])
    except OSError:
        return None
    return answer.strip() if code == 0 else None


def _must_be_remade() -> bool:
    if not VENV.exists() and not VENV.is_symlink():
        return False
    if _UNFINISHED.exists():
        say("The last set-up was interrupted: making .venv anew.")
        return True
    version = _version_of_environment()
    if version != _our_version():
        found = f"is of Python {version}" if version else "does not work"
        say(f".venv {found}, this is Python {_our_version()}: making it anew.")
        return True
    if capture([program("python"), "-I", "-m", "pip", "--version"])[0] != 0:
        say(".venv has no working pip: making it anew.")
        return True
    stamp = _stamp()
    if stamp is not None and not stamp.endswith(f"\n{ROOT}"):
        say(".venv was made in another folder: making it anew.")
        return True
    return False


def _remove() -> None:
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
        return
    if not VENV.exists():
        return
    ours = any((VENV / name).exists() for name in ("pyvenv.cfg", _UNFINISHED.name, "bin"))
    if not ours and any(VENV.iterdir()):
        raise Trouble(f"{VENV} is no Python environment: move it away, then try again.")
    try:
        _remove_folder(VENV)
    except OSError as error:
        raise Trouble(
            f"{VENV} can not be removed ({error.strerror}): close what uses it, then try again."
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


def _create() -> None:
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise Trouble(_no_venv())
    say(f"Making .venv with Python {platform.python_version()} …")
    code, output = capture([_base_python(), "-m", "venv", str(VENV)])
    if code != 0:
        if VENV.exists():
            _remove_folder(VENV)
        if "ensurepip" in output:
            raise Trouble(_no_venv())
        raise Trouble(f"The environment could not be made:\n{output.strip()}")


def _no_venv() -> str:
    version = _our_version()
    if shutil.which("apt-get"):
        return (
            f"This Python {version} can not make environments: its venv part is a package of its"
            f" own.\nInstall it, then try again:\n    sudo apt-get install python{version}-venv\n"
            "(or python3-venv, where Python is the system's own)"
        )
    return (
        f"This Python {version} has no venv or ensurepip, which are part of Python itself.\n"
        "Install a complete one (from your system's packages or python.org), then try again."
    )


def _refuse_old_system() -> None:
    """Qt for Python 3.14 needs a newer Linux than Qt for 3.11-3.13 does."""
    name, version = platform.libc_ver()
    if name != "glibc" or _our_version() != "3.14":
        return
    if tuple(int(part) for part in version.split(".")[:2]) < _QT_FOR_314_NEEDS_GLIBC:
        raise Trouble(
            f"With Python 3.14, Qt needs glibc 2.34 and this system has {version}:"
            " use Python 3.11, 3.12 or 3.13 here."
        )


def _install() -> None:
    say("Installing the packages that requirements-dev.txt names (minutes the first time) …")
    install_locked(LOCK)
    _pip(
        *("install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation"),
        *("--editable", str(ROOT)),
    )
    code, output = capture([program("python"), "-m", "pip", "check"])
    if code != 0:
        raise Trouble(f"What {LOCK.name} names does not fit together:\n{output.strip()}")


def _pip(*arguments: str) -> None:
    settings = {
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
        "PIP_NO_WARN_SCRIPT_LOCATION": "1",
        "PIP_USER": "0",
    }
    command = [str(program("python")), "-m", "pip", *arguments]
    if sys.stdout.isatty():  # attended: let pip show what it fetches
        code, output = call([part for part in command if part != "--quiet"], settings), ""
    else:
        code, output = capture(command, settings)
    if code != 0:
        raise Trouble(
            f"{output.strip()}\n\npip could not install the packages (see above). It needs a way to"
            " a Python package index:\na mirror or a proxy is set with `pip config set"
            " global.index-url …` or the variable HTTPS_PROXY.\nThen try again."
        )
