"""Checks of a bureau's own installer: it brings the bureau's name, pack and words, as data."""

from __future__ import annotations

import shutil
import zipfile
from email import message_from_bytes, policy
from pathlib import Path

from desktop.installed.bureau_edition import FILE
from installer import edition
from installer.kept import files_under, remove
from installer.windows import setup
from installer.windows.prove.office import Office, can_fail, contents_of, ends, expect, same
from installer.windows.prove.running import look
from installer.windows.prove.world import World
from installer.windows.run import Made, wrap
from tools.develop.console import ROOT

PACK, NAME, ADDRESS = "qinglan-2026", "青岚省知识产权局", "licence@qinglan.example"
_FIRST, _NEWER = "0.3", "0.4"
_INVENTED = ROOT / "tests" / "packs" / PACK
_WORDS = f"""\
[office]
region = "青岚省"
kind = "city"

[submission]
address = "{ADDRESS}"
"""


def serves_a_bureau(world: World, office: Office) -> str:
    """A bureau's installer goes over the plain one, keeps the data; a newer pack comes alone."""
    made = _bureaus(world)
    ends(office.install(world.setup))
    office.answer(office.usual, "import", world.sample)
    data = contents_of(office.data)
    can_fail(lambda: _is_the_bureaus(office, world.out), "the plain program")
    ends(office.install(made.setup.output))
    same(contents_of(office.data), data, "data of an office that had the plain program")
    _is_the_bureaus(office, world.out)
    can_fail(lambda: _has_pack(office, _NEWER), "the pack that was installed")
    office.answer(office.usual, "pack", "take", "--yes", _issued(world.out))  # it is unsigned
    _has_pack(office, _NEWER)
    office.uninstall(office.usual, "/DELETEDATA")

    ends(office.install(made.setup.output))
    office.prefix.choose_platform("windows")
    look(world, office, "bureau", folder=office.usual)
    office.uninstall(office.usual, "/DELETEDATA")
    return made.setup.name


def _bureaus(world: World) -> Made:
    """The bureau's installer, made from a folder as `dev.py bundle --pack --edition` makes it."""
    folder = world.out / "bureau-pack"
    remove(folder)
    shutil.copytree(_INVENTED, folder)
    (folder / FILE).write_text(_WORDS, encoding="utf-8")
    wished = edition.wanted(folder, NAME)
    return wrap(world.made.frozen, wished, world.out / "bureau", compressor="zlib")


def _issued(out: Path) -> Path:
    """The next version of the bureau's pack, as it is sent to the offices."""
    file = out / "青岚 新版.pack.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for one in files_under(_INVENTED):
            text = one.read_text(encoding="utf-8")
            archive.writestr(
                one.relative_to(_INVENTED).as_posix(),
                text.replace(f'version = "{_FIRST}"', f'version = "{_NEWER}"'),
            )
    return file


def _has_pack(office: Office, version: str) -> None:
    packs = office.answer(office.usual, "pack", "list")["packs"]
    versions = {pack["code"]: pack["version"] for pack in packs if pack["in_use"]}
    expect(versions.get(PACK) == version, f"the packs are {versions}")


def _is_the_bureaus(office: Office, out: Path) -> None:
    """Raise Failed where name, pack or address are not the bureau's."""
    name = f"{setup.NAME}（{NAME}）"
    entry = office.registered("HKCU")
    expect(entry.get("DisplayName") == name, f"registered: {entry}")
    shortcuts = [link.stem for link in office.shortcuts()]
    expect(shortcuts == [name], f"shortcuts: {shortcuts}")
    version = office.command(office.usual, "--version").output
    expect(NAME in version and PACK in version, f"its version: {version}")

    submitted = out / "bureau-submission"
    remove(submitted)
    submitted.mkdir()
    database = ("--db", submitted / "bureau.db")
    office.answer(office.usual, "import", _INVENTED / "sample.csv", *database)
    words = ("submit", "--skip-faulty", "--out", submitted)
    done = office.command(office.usual, *words, *database)
    drafts = list(submitted.rglob("*.eml"))
    expect(len(drafts) == 1, f"submit ended with {done.code}: {done.output}")
    to = message_from_bytes(drafts[0].read_bytes(), policy=policy.default)["To"]
    expect(to == ADDRESS, f"the mail is to {to}")
