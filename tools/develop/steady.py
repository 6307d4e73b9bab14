"""`dev.py steady`: the same tests again and again, in random order, while the machine is vexed.

A test that needs a quiet machine, or another before it, or a crash that comes now and then, is
found here. Half of the rounds have fonts installed and removed and the font cache renewed under
them, in a folder of their own; every third is shown on virtual X screens where Xvfb and openbox
are there.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.develop import own_screen
from tools.develop.console import ROOT, capture, child_environment, say
from tools.develop.gates import pytest, test_settings

_LOGS = ROOT / "out" / "steady"
_FONTS = ROOT / "resources" / "fonts"
_FONTS_CONF = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}</dir>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""
_BUSY = "while True: pass"
_LAST_LINES = 60


def steady(arguments: Sequence[str]) -> int:
    """Run the rounds; 0 where all of them were green.

    Every round's seed is said: `--seed` and `--rounds 1` bring it back. What pytest says is in
    `out/steady`.
    """
    given, pytest_arguments = _parser().parse_known_args(arguments)
    first: int = given.seed if given.seed is not None else random.randrange(10**6)
    red: list[int] = []
    with _busy(given.load):
        for seed in range(first, first + given.rounds):
            if not _round(seed, pytest_arguments or ["tests/desktop/gui"]):
                red.append(seed)
                if not given.go_on:
                    break
    say(f"{seed - first + 1 - len(red)} of {seed - first + 1} rounds were green; red: {red or '-'}")
    return 1 if red else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py steady", allow_abbrev=False)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--load", type=int, default=2, help="programs that do nothing but work")
    parser.add_argument("--seed", type=int, help="of the first round; then one more each")
    parser.add_argument("--go-on", action="store_true", help="after a red round too")
    return parser


def _round(seed: int, arguments: Sequence[str]) -> bool:
    begun = time.monotonic()
    settings, log = test_settings(), _LOGS / f"{seed}.txt"
    with ExitStack() as vexed:
        how = ["offscreen"]
        if seed % 3 == 0 and all(map(shutil.which, (own_screen.SERVER, own_screen.MANAGER))):
            arguments = [*arguments, "-p", "tools.develop.own_screen"]
            how = ["xcb"]
        if seed % 2 and shutil.which("fc-cache"):
            settings.update(vexed.enter_context(_fonts_that_come_and_go()))
            how.append("fonts come and go")
        code = _logged([*pytest(arguments), "--shuffle", str(seed)], settings, log)
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines() or [""]
    took = time.monotonic() - begun
    say(f"{seed}: {'ok' if code == 0 else 'FAILED'} {took:.0f} s, {', '.join(how)}: {lines[-1]}")
    if code != 0:
        say("\n".join(lines[-_LAST_LINES:]))
    return code == 0


def _logged(command: Sequence[str | Path], settings: Mapping[str, str], log: Path) -> int:
    """Run a program that writes into a file, so that one may look how far it is."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as out:
        environment = child_environment(settings)
        said = subprocess.STDOUT
        return subprocess.run(
            command, cwd=ROOT, env=environment, stdout=out, stderr=said, check=False
        ).returncode


@contextmanager
def _busy(count: int) -> Iterator[None]:
    started = [subprocess.Popen([sys.executable, "-c", _BUSY]) for _ in range(count)]
    try:
        yield
    finally:
        for one in started:
            one.kill()
            one.wait()


@contextmanager
def _fonts_that_come_and_go() -> Iterator[Mapping[str, str]]:
    """Fonts installed, removed and cached anew all the time; the settings that show them."""
    with TemporaryDirectory() as home:
        folder, cache, conf = Path(home, "fonts"), Path(home, "cache"), Path(home, "fonts.conf")
        folder.mkdir()
        cache.mkdir()
        conf.write_text(_FONTS_CONF.format(folder=folder, cache=cache), encoding="utf-8")
        settings = {"FONTCONFIG_FILE": str(conf)}
        over = threading.Event()
        vexing = threading.Thread(target=_vex, args=(folder, settings, over))
        vexing.start()
        try:
            yield settings
        finally:
            over.set()
            vexing.join()


def _vex(folder: Path, settings: Mapping[str, str], over: threading.Event) -> None:
    while not over.is_set():
        for file in sorted(_FONTS.glob("*.ttf")):
            unpacked = folder / f"{file.name}.dpkg-new"  # as an installer does
            shutil.copy(file, unpacked)
            over.wait(0.3)
            unpacked.replace(folder / file.name)
            capture(["fc-cache", "-f", folder], settings)
            if over.wait(0.3):
                return
        for file in sorted(folder.iterdir()):
            file.unlink()
            capture(["fc-cache", "-f", folder], settings)
            if over.wait(0.3):
                return
