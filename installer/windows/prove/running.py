"""Checks of the installed program: it has all its parts, and makes the very papers Linux makes."""

from __future__ import annotations

import subprocess
import time
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from db.data_places import PORTABLE_MARK
from installer.kept import remove
from installer.windows import setup
from installer.windows.prove.office import Failed, Office, can_fail, ends, expect, same, until
from installer.windows.prove.world import CHINESE, World, report

PLATFORMS = ("windows", "offscreen")
PARTS = (
    "program",
    "resources",
    "licences",
    "fonts",
    "papers",
    "pages",
    "doors",
    "calendar",
    "windows",
)
# What is taken away from the program, and the part of the self-test that must miss it.
CONTROLS = {
    "sqlite3.dll": "program",
    "PySide6/plugins/platforms/qoffscreen.dll": "windows",
    "resources/packs": "papers",
}
WORKERS, WORKER_TRIES, WORKER_S = "workers", 2, 20
TITLE = "开放许可通"
_WINDOWS = "PySide6/plugins/platforms/qwindows.dll"
USER = "王芳"
SETTLE_S = 3  # until a window has drawn what it loads


def tests_itself(world: World, office: Office) -> str:
    """The self-test passes on the platform of windows and on the one without, and fails maimed."""
    told = []
    for platform in PLATFORMS:
        found = _selftest(world, office, platform)
        windows, program = found["windows"], found["program"]
        expect(windows["platform"] == platform, f"Qt's platform is {windows['platform']}")
        expect(program["is_frozen"], "it is not the frozen program")
        expect(program["executable"].startswith(CHINESE), f"it ran {program['executable']}")
        told.append(f"{platform}: {len(windows['screens'])} screens")
    left = sorted(office.prefix.drive.rglob("Temp/tmp*"))
    expect(not left, f"what the self-test was done with stays, it is still open: {left[:3]}")
    inside = office.prefix.path(CHINESE) / "program" / "_internal"
    for name, part in CONTROLS.items():
        taken, aside = inside / name, office.prefix.folder / "aside"
        can_fail(partial(_without, taken, aside, world, office, part), f"{name} taken away")
    return ", ".join(told) + f", Qt {windows['qt']}, Python {program['python']}"


def _without(taken: Path, aside: Path, world: World, office: Office, part: str) -> None:
    """Run a part of the self-test with something taken away from the program."""
    taken.rename(aside)
    try:
        _selftest(world, office, "offscreen", (part,), "maimed")
    finally:
        aside.rename(taken)


def starts_workers(world: World, office: Office) -> str:
    """The frozen program starts itself as its own worker, and the workers make papers.

    WORKAROUND: Wine 8 often loses an empty message on a pipe, so that any Python with two
    workers waits for ever (`concurrent.futures`, its wake-up).  Where that happens in every try,
    it is said, and the workers' having been started is what is proven.
    """
    folder = world.out / "selftest-workers"
    can_fail(lambda: until(_workers, 1, "the start of a worker"), "no program running")
    for count in range(1, WORKER_TRIES + 1):
        remove(folder)
        words = ("selftest", "--out", folder, "--part", WORKERS)
        running = office.start(CHINESE, *words, on_one_core=True)
        until(_workers, 30, "the start of a worker")
        try:
            running.wait(WORKER_S)
        except subprocess.TimeoutExpired:
            office.prefix.run("taskkill", "/F", "/IM", "openlicense.exe")
            continue
        made = report(folder)
        expect(made["ok"], f"the workers' part of the self-test: {made['faults']}")
        return f"{made[WORKERS]['papers']} papers by two workers, at try {count}"
    return f"workers were started; Wine lost their wake-up in {WORKER_TRIES} tries"


def _workers() -> bool:
    """Whether a worker of the frozen program is running."""
    found = False
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            line = file.read_bytes()
            found = found or (b"openlicense.exe" in line and b"--multiprocessing-fork" in line)
    return found


def makes_the_same_papers(world: World, office: Office) -> str:
    """Every paper is, to the byte, the one made on Linux from source."""
    for platform in PLATFORMS:
        seen = _flat(report(world.out / f"selftest-{platform}")["papers"])
        wanted = _flat(world.papers)
        same(seen, wanted, f"papers made on {platform}")
        other = {**seen, next(iter(seen)): "another paper"}
        can_fail(partial(same, other, wanted, "papers"), "another paper")
    return f"{len(wanted)} papers identical"


def starts(world: World, office: Office) -> str:
    """The window comes up, with a workbook too; how long it takes the first time and again."""
    office.prefix.choose_platform("windows")
    seconds = [look(world, office, "first-start"), look(world, office, "again")]
    look(world, office, "workbook", world.sample)
    plugin = office.prefix.path(CHINESE) / "program" / "_internal" / _WINDOWS
    aside = office.prefix.folder / "aside"
    plugin.rename(aside)
    try:
        can_fail(lambda: look(world, office, "windowless"), "Qt's part for windows taken away")
    finally:
        aside.rename(plugin)
    return f"window after {seconds[0]:.1f} s, again after {seconds[1]:.1f} s"


def is_portable(world: World, office: Office) -> str:
    """Unpacked anywhere, it keeps its data beside itself and leaves none on the computer."""
    stick = office.prefix.path(r"C:\U盘 便携")
    stick.mkdir()
    with zipfile.ZipFile(world.made.portable) as archive:
        archive.extractall(stick)
    (folder,) = stick.iterdir()
    command = rf"C:\U盘 便携\{folder.name}\openlicense.exe"
    data = folder / "data"
    remove(office.data)

    def keeps_it_beside() -> None:
        done = office.prefix.run(command, "import", world.sample)
        expect(done.code == 0, f"openlicense import ended with {done.code}: {done.output}")
        expect((data / "openlicense.db").is_file(), "there are no data beside the program")
        expect(not office.data.exists(), "it left data on the computer")

    keeps_it_beside()
    (folder / PORTABLE_MARK).unlink()
    can_fail(keeps_it_beside, "no mark of a portable copy")
    remove(office.data)
    remove(stick)
    return "data beside the program, none elsewhere"


def serves_a_chinese_user(world: World, _: Office) -> str:
    """A user called 王芳 installs it, imports a workbook and removes it."""
    office = Office(world.lab.fresh("chinese-user", USER), USER)

    def is_there(user: str) -> None:
        expect(Office(office.prefix, user).local.is_dir(), f"this Windows has no user {user}")

    is_there(USER)
    can_fail(lambda: is_there("李雷"), "another user")
    ends(office.install(world.setup))
    office.answer(office.usual, "import", world.sample)
    expect((office.data / "openlicense.db").is_file(), "there are no data of the user's")
    office.prefix.choose_platform("windows")
    look(world, office, "chinese-user", folder=office.usual)
    office.uninstall(office.usual)
    expect(not office.prefix.path(office.usual).exists(), "the program's folder is still there")
    expect((office.data / "openlicense.db").is_file(), "the data are gone")
    return office.usual


def look(
    world: World, office: Office, name: str, *words: str | Path, folder: str = CHINESE
) -> float:
    """Open the window, take its picture, close it; the seconds until it was there.

    WORKAROUND: Wine's desktop goes a moment after the last program has ended, and a window that
    is made in that moment fails (CreateWindowEx), so that moment is waited for.
    """
    screen = world.lab.screen
    time.sleep(SETTLE_S)
    running = office.open(folder, *words)
    try:
        seconds = until(lambda: screen.shows(TITLE), 90, "opening the window")
        time.sleep(SETTLE_S)
        screen.picture(world.out / f"{name}.png")
        office.close()
        until(lambda: running.poll() is not None, 30, "closing the window")
    finally:
        if running.poll() is None:
            office.prefix.run("taskkill", "/F", "/IM", f"{setup.WINDOW}.exe")
    expect(running.returncode == 0, f"the program ended with {running.returncode}")
    return seconds


def _selftest(
    world: World, office: Office, platform: str, parts: Iterable[str] = PARTS, name: str = ""
) -> dict[str, Any]:
    """Run parts of the self-test in the installed program.  Raises Failed with its faults."""
    office.prefix.choose_platform(platform)
    folder = world.out / f"selftest-{name or platform}"
    remove(folder)
    words = [word for part in parts for word in ("--part", part)]
    done = office.command(CHINESE, "selftest", "--out", folder, *words, timeout_s=600)
    if done.code != 0:
        told = done.output.strip().splitlines()[-6:]
        raise Failed(f"the self-test ended with {done.code} on {platform}: " + " ".join(told))
    return report(folder)


def _flat(papers: dict[str, dict[str, str]]) -> dict[str, str]:
    return {
        f"{pack}/{name}": digest for pack, made in papers.items() for name, digest in made.items()
    }
