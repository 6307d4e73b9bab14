"""Checks of what the installer refuses: each with a clear word, and with nothing changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from installer.windows.prove.office import (
    Ended,
    Office,
    can_fail,
    contents_of,
    ends,
    expect,
    same,
    until,
)
from installer.windows.prove.running import TITLE
from installer.windows.prove.world import CHINESE, World

FAILED, TOO_OLD, RUNNING, NO_ROOM, UNWRITABLE, BAD_FOLDER = 2, 3, 4, 6, 7, 9
_ANY = "."  # a window with whatever title
NOT_SHOWN = "not shown here: "


def old_windows(world: World, office: Office) -> str:
    """Windows 10 1803 is refused; 1809 is not."""
    words = _on_build(world, office, "17134", TOO_OLD)
    expect("1809" in words, f"it said: {words}")
    can_fail(lambda: _on_build(world, office, "17763", TOO_OLD), "Windows 10 1809")
    office.uninstall(office.usual)
    office.prefix.become_windows("19045")
    return words


def broken_download(world: World, office: Office) -> str:
    """A truncated installer and one with a changed byte refuse; the whole one does not."""
    whole = world.setup.read_bytes()
    changed = bytearray(whole)
    changed[len(whole) // 2] ^= 1
    for name, content in (("truncated", whole[: len(whole) * 2 // 3]), ("changed", bytes(changed))):
        _refuses_broken(world, office, name, content)
    can_fail(lambda: _refuses_broken(world, office, "whole", whole), "the whole installer")
    office.uninstall(office.usual)
    return "a truncated and a changed one refuse"


def running_copy(world: World, office: Office) -> str:
    """A running copy is waited for, then left alone; asked to, it is closed first."""

    def refused() -> str:
        return _refused(office.install(world.setup, "/WAIT=3"), RUNNING)

    can_fail(refused, "no running copy")
    before = contents_of(office.prefix.path(CHINESE))
    running = office.open(CHINESE)
    until(lambda: world.lab.screen.shows(TITLE), 90, "opening the window")
    words = refused()
    same(contents_of(office.prefix.path(CHINESE)), before, "files after the refusal")
    expect(running.poll() is None, "the program was ended")
    ends(office.install(world.setup, "/CLOSE"))
    until(lambda: running.poll() is not None, 10, "closing the program")
    expect(running.returncode == 0, f"the program ended with {running.returncode}")
    return words


def bad_folders(world: World, office: Office) -> str:
    """A drive that is not there and a folder in quotes are refused, not replaced in silence."""

    def refused(folder: str) -> str:
        return _refused(office.install(world.setup, folder=folder), BAD_FOLDER)

    words = [refused(folder) for folder in (r"Q:\开放许可通", r'"C:\in quotes"', r"not\whole")]
    expect(not office.prefix.path(office.usual).exists(), "it went to the usual folder")
    good = r"C:\good"
    can_fail(lambda: refused(good), "a good folder")
    office.uninstall(good)
    return words[-1]


def no_room(world: World, office: Office) -> str:
    """A disk without room is refused before anything is written, and so is one that is locked."""
    if os.geteuid() != 0:
        return NOT_SHOWN + "only root mounts a small disk"
    with _disk(world, office, "size=60m") as place:
        full = _refused(office.install(world.setup, folder=r"E:\开放许可通"), NO_ROOM)
        expect(not any(place.iterdir()), f"left behind: {list(place.iterdir())}")
    with _disk(world, office, "ro"):
        locked = office.install(world.setup, folder=r"E:\开放许可通")
        expect(locked.code in (UNWRITABLE, BAD_FOLDER), f"ended with {locked.code}")
    with _disk(world, office, "size=600m"):
        ends(office.install(world.setup, folder=r"E:\开放许可通"))
        office.uninstall(r"E:\开放许可通")
    return full + " / " + locked.words.split("\n")[0]


def full_while_writing(world: World, office: Office) -> str:
    """A disk that fills up while the new version is unpacked: the old one stays and works."""
    if os.geteuid() != 0:
        return NOT_SHOWN + "only root mounts a small disk"
    with _disk(world, office, "size=600m") as place:
        folder = r"E:\开放许可通"
        ends(office.install(world.older, folder=folder))
        before = contents_of(place / "开放许可通")
        filler = place / "filler"
        _fill(filler, leave_mb=_size_mb(world) + 16)
        late = place / "late"
        process = _fill_later(late, place / "开放许可通" / "program.new", 60)
        try:
            ended = office.install(world.setup, folder=folder)
        finally:
            process.kill()
        words = _refused(ended, FAILED)
        expect(late.exists(), "the disk did not fill up in time")
        same(contents_of(place / "开放许可通"), before, "files after the failure")
        filler.unlink()
        late.unlink(missing_ok=True)
        office.answer(folder, "list")
        office.uninstall(folder)
    return words


def _refused(ended: Ended, code: int) -> str:
    """The first line of what the installer said.  Raises Failed where it ended otherwise."""
    return ends(ended, code).split("\n")[0]


def _on_build(world: World, office: Office, build: str, code: int) -> str:
    office.prefix.become_windows(build)
    office.prefix.end()
    office.prefix.begin()
    return _refused(office.install(world.setup), code)


def _refuses_broken(world: World, office: Office, name: str, content: bytes) -> None:
    """Start a broken installer, in silence and with its words; nothing may be installed."""
    installer = office.prefix.drive / f"{name}.exe"
    installer.write_bytes(content)
    done = office.prefix.run(installer, "/S")
    there = office.prefix.path(office.usual).exists()
    expect(done.code != 0 and not there, f"{name}: ended with {done.code}")
    running = office.prefix.start(installer)
    until(lambda: world.lab.screen.shows(_ANY), 60, "the installer's words")
    time.sleep(1)
    world.lab.screen.picture(world.out / f"{name}.png")
    world.lab.screen.press("Return")
    until(lambda: running.poll() is not None, 30, "the installer's end")
    installer.unlink()


@contextmanager
def _disk(world: World, office: Office, options: str) -> Iterator[Path]:
    """A small disk E: of memory."""
    place = world.out / "disk"
    place.mkdir(exist_ok=True)
    letter = office.prefix.folder / "dosdevices" / "e:"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], check=True)
    letter.symlink_to(place)
    try:
        yield place
    finally:
        letter.unlink()
        subprocess.run(["umount", "-l", str(place)], check=True)


def _size_mb(world: World) -> int:
    return (
        sum(file.stat().st_size for file in world.made.program.rglob("*") if file.is_file()) >> 20
    )


def _fill(file: Path, leave_mb: int) -> None:
    free = shutil.disk_usage(file.parent).free >> 20
    subprocess.run(["fallocate", "-l", f"{free - leave_mb}M", str(file)], check=True)


def _fill_later(file: Path, sign_of_work: Path, megabytes: int) -> subprocess.Popen[bytes]:
    """Fill the disk further as soon as the installer has begun to unpack."""
    script = f'until [ -e "$1" ]; do sleep 0.1; done; fallocate -l {megabytes}M "$2"'
    return subprocess.Popen(["sh", "-c", script, "sh", str(sign_of_work), str(file)])
