"""Checks of the installer: it installs, renews, repairs and removes, and keeps the data."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from installer import contents
from installer.windows.prove.office import (
    Office,
    can_fail,
    contents_of,
    ends,
    expect,
    same,
    until,
)
from installer.windows.prove.running import TITLE
from installer.windows.prove.world import CHINESE, OLDER, STALE, World

NEWER_IS_THERE = 8
PAGE_S = 2  # until a page is drawn
MOST_PAGES = 10
_QUESTIONS = 3  # pages before anything is written: welcome, for whom, where


def installs(world: World, office: Office) -> str:
    """A silent installation into a folder with Chinese and a space puts everything in its place."""
    pythons = list(office.prefix.drive.rglob("python*.exe"))
    expect(not pythons, f"this Windows has a Python: {pythons}")
    ends(office.install(world.setup, folder=CHINESE))
    here = office.prefix.path(CHINESE)
    wanted = contents_of(world.made.program)
    same(contents_of(here / "program"), wanted, "installed files")

    def spoiled() -> None:
        victim = here / "program" / "openlicense.exe"
        kept = victim.read_bytes()
        victim.write_bytes(kept[:-1] + b"!")
        try:
            same(contents_of(here / "program"), wanted, "installed files")
        finally:
            victim.write_bytes(kept)

    can_fail(spoiled, "a changed byte")
    entry = office.registered("HKCU")
    expect(entry.get("DisplayVersion") == contents.version(), f"registered: {entry}")
    expect(entry.get("DisplayName") == world.made.setup.name, f"registered: {entry}")
    expect(entry.get("InstallLocation") == CHINESE, f"registered: {entry}")
    expect(not office.registered("HKLM"), "registered for all users too")
    expect(len(office.shortcuts()) == 1, f"shortcuts: {office.shortcuts()}")
    offers = office.prefix.values(r"HKEY_CURRENT_USER\Software\Classes")
    opening = [value for value in offers.values() if value.endswith('"%1"')]
    expect(len(opening) == 3, f"opens: {opening}")
    expect(all(CHINESE in one for one in opening), f"opens: {opening}")
    return f"{len(wanted)} files, registered for this user only, 1 entry in the start menu"


def begins_anew(world: World, office: Office) -> str:
    """Removed with its data, nothing of the program is left."""
    office.uninstall(CHINESE, "/DELETEDATA")
    expect(not office.data.exists(), "the data are still there")
    expect(not office.prefix.path(CHINESE).exists(), "the program's folder is still there")
    _traces(office)
    return "an empty computer again"


def is_called_off(world: World, office: Office) -> str:
    """A clerk who thinks better of it on a page leaves with Escape, and nothing has changed."""
    for page in range(_QUESTIONS):
        _leave(world, office, page)
        _nothing_there(office)
    ends(office.install(world.setup))
    can_fail(lambda: _nothing_there(office), "the program installed")
    office.uninstall(office.usual)
    return f"on each of {_QUESTIONS} pages"


def _leave(world: World, office: Office, page: int) -> None:
    running = office.prefix.start(world.setup)
    until(lambda: world.lab.screen.shows("安装"), 30, "the installer's window")
    for key in (*["Return"] * page, "Escape"):
        time.sleep(PAGE_S)
        world.lab.screen.press(key)
    until(lambda: running.poll() is not None, 30, "the installer's end")


def _nothing_there(office: Office) -> None:
    expect(not office.prefix.path(office.usual).exists(), "the program's folder is there")
    _traces(office)


def is_led_through(world: World, office: Office) -> str:
    """A clerk who only presses Enter is led through, and can look at every page."""
    for old in world.out.glob("setup-*.png"):
        old.unlink()
    running = office.prefix.start(world.setup)
    pages, before = 0, b""
    while running.poll() is None:
        expect(pages < MOST_PAGES, "it does not come to its end")
        time.sleep(PAGE_S)
        picture = world.out / f"setup-{pages}.png"
        world.lab.screen.picture(picture)
        if picture.read_bytes() == before:  # nothing moves any more: the page waits
            world.lab.screen.press("Return")
            before, pages = b"", pages + 1
        else:
            before = picture.read_bytes()
    expect((office.prefix.path(office.usual) / "program").is_dir(), "it is not installed")
    expect(len(_on_desktop(office)) == 1, f"shortcuts: {office.shortcuts()}")
    until(lambda: world.lab.screen.shows(TITLE), 90, "opening the program, as the last page offers")
    office.close()
    ends(office.install(world.setup))
    expect(len(_on_desktop(office)) == 1, "an update takes the program from the desktop")
    uninstalling = office.prefix.start(rf"{office.usual}\uninstall.exe")
    until(lambda: world.lab.screen.shows("卸载"), 30, "the uninstaller's window")
    time.sleep(PAGE_S)
    world.lab.screen.picture(world.out / "uninstall.png")
    world.lab.screen.press("Return")
    until(lambda: not office.prefix.path(office.usual).exists(), 60, "uninstalling")
    time.sleep(PAGE_S)
    world.lab.screen.picture(world.out / "uninstalled.png")
    world.lab.screen.press("Return")
    until(lambda: not world.lab.screen.shows("卸载"), 30, "closing the uninstaller")
    uninstalling.wait()
    _traces(office)
    return f"{pages + 2} pictures"


def renews(world: World, office: Office) -> str:
    """A newer version takes the older one's place; data and settings stay to the byte."""
    ends(office.install(world.older, folder=CHINESE))
    stale = office.prefix.path(CHINESE) / "program" / STALE
    expect(stale.is_file(), "the older version has no stale file to lose")
    own = office.prefix.path(CHINESE) / "我的笔记.txt"
    own.write_text("不是程序的文件", encoding="utf-8")
    office.answer(CHINESE, "import", world.sample)
    office.answer(CHINESE, "office", "set", "--name", "示例大学")
    settings = office.data / "settings.toml"
    settings.write_text('theme = "dark"\n', encoding="utf-8")
    before = office.answer(CHINESE, "list")
    expect(len(before["cases"]) > 0, "no case was imported")
    data = contents_of(office.data)

    ends(office.install(world.setup))
    same(contents_of(office.data), data, "data and settings")
    settings.write_text('theme = "light"\n', encoding="utf-8")
    can_fail(lambda: same(contents_of(office.data), data, "data and settings"), "other settings")
    expect(office.answer(CHINESE, "list") == before, "the cases are not those of before")
    same(
        contents_of(stale.parent.parent), contents_of(world.made.program), "files after the upgrade"
    )
    expect(office.registered("HKCU")["DisplayVersion"] == contents.version(), "the old version")
    expect(len(office.shortcuts()) == 1, f"shortcuts: {office.shortcuts()}")
    expect(own.is_file(), "a file of the clerk's own in the program's folder is gone")
    return f"{OLDER} to {contents.version()}: {len(before['cases'])} cases and the settings kept"


def refuses_older(world: World, office: Office) -> str:
    """An older version does not take a newer one's place in silence, unless it is told to."""

    def refused(*options: str) -> str:
        words = ends(office.install(world.older, *options), NEWER_IS_THERE)
        expect(contents.version() in words, f"it said: {words}")
        return words

    def is_untouched() -> None:
        program = office.prefix.path(CHINESE) / "program"
        same(contents_of(program), contents_of(world.made.program), "files after the refusal")

    words = refused()
    is_untouched()
    can_fail(lambda: refused("/DOWNGRADE"), "/DOWNGRADE")
    can_fail(is_untouched, "the older version in its place")
    ends(office.install(world.setup))
    return words


def repairs(world: World, office: Office) -> str:
    """Installing again mends a broken program."""
    program = office.prefix.path(CHINESE) / "program"

    def is_whole() -> None:
        same(contents_of(program), contents_of(world.made.program), "repaired files")
        office.answer(CHINESE, "list")

    (program / "_internal" / "base_library.zip").unlink()
    shutil.rmtree(program / "_internal" / "resources" / "packs")
    expect(office.command(CHINESE, "list").code != 0, "the program works without its library")
    can_fail(is_whole, "a broken program")
    ends(office.install(world.setup))
    is_whole()
    return "its library and packs were back"


def removes(world: World, office: Office) -> str:
    """The uninstaller takes the program away and leaves the data, unless told otherwise."""
    data = contents_of(office.data)
    expect(bool(data), "there are no data to keep")
    office.uninstall(CHINESE)
    left = contents_of(office.prefix.path(CHINESE))
    same(left, {"我的笔记.txt": left.get("我的笔记.txt", "gone")}, "left in the folder")
    _traces(office)
    same(contents_of(office.data), data, "data after uninstalling")

    ends(office.install(world.setup))
    can_fail(lambda: _traces(office), "the program installed")
    office.answer(office.usual, "list")
    office.uninstall(office.usual, "/DELETEDATA")
    expect(not office.data.exists(), "the data are still there after /DELETEDATA")
    expect(not office.prefix.path(office.usual).exists(), "the program's folder is still there")
    _traces(office)
    return f"{len(data)} files of data stayed; /DELETEDATA took them"


def for_all(world: World, office: Office) -> str:
    """For all users it goes to the machine's part of the registry and Program Files."""

    def is_for_all(*options: str) -> str:
        ends(office.install(world.older, *options))
        place = office.registered("HKLM").get("InstallLocation", "")
        expect(place.startswith(r"C:\Program Files"), f"registered for all users: {place}")
        expect(not office.registered("HKCU"), "registered for the user too")
        return place

    can_fail(is_for_all, "an installation for one user")
    office.uninstall(office.usual)
    place = is_for_all("/ALLUSERS")
    office.uninstall(place)
    expect(not office.registered("HKLM"), "still registered")
    expect(not office.prefix.path(place).exists(), "the folder is still there")
    _traces(office)
    return place


def _on_desktop(office: Office) -> list[Path]:
    return [link for link in office.shortcuts() if "Desktop" in link.parts]


def _traces(office: Office) -> None:
    """Raise Failed where the program has left something in menus or registry."""
    expect(not office.shortcuts(), f"shortcuts stay: {office.shortcuts()}")
    for hive in ("HKEY_CURRENT_USER", "HKEY_LOCAL_MACHINE"):
        values = office.prefix.values(rf"{hive}\Software")
        words = ("openlicense",)
        left = [name for name in values if any(word in name.lower() for word in words)]
        expect(not left, f"in the registry: {left[:5]}")
