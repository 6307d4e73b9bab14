"""The parts of the self-test that need no window: resources, fonts, papers, workers, pages."""

import hashlib
import io
import platform
import sys
from datetime import date
from pathlib import Path
from typing import Any

import tomli

from desktop.installed.program_version import program_version
from forms.ground.locate import fonts_folder, packs_folder, resources

TODAY = date(2026, 11, 23)
_PAPERS = "papers"
_WITH_TIMES = frozenset({".db"})  # the database notes when things were done
_RARE = "中□𠀀𪚥"  # the last are in the largest of the fonts alone
_BATCH = 12


class Missing(Exception):
    """A part of the program is not there, or does not do its work."""


def program(_: Path) -> dict[str, Any]:
    """Which program this is, on what."""
    import sqlite3

    number = program_version()
    if not number:
        raise Missing("the program does not know its version")
    return {
        "version": number,
        "is_frozen": is_frozen(),
        "python": platform.python_version(),
        "system": platform.platform(),
        "machine": platform.machine(),
        "sqlite": sqlite3.sqlite_version,
        "executable": sys.executable,
    }


def is_frozen() -> bool:
    """Whether this is the built program rather than the source tree."""
    return bool(getattr(sys, "frozen", False))


def resources_there(_: Path) -> dict[str, Any]:
    """Texts, laws, guide, notices, and the edition if this is a bureau's."""
    from desktop.installed.bureau_edition import edition_in
    from desktop.installed.screen_texts import catalogue
    from desktop.pages.help.guide import guide_file, tasks

    guide = tasks(guide_file().read_text(encoding="utf-8"))
    if not guide:
        raise Missing("the user's guide has no tasks")
    laws = {
        file.stem: len(tomli.loads(file.read_text(encoding="utf-8"))["articles"])
        for file in sorted((resources() / "laws").glob("*.toml"))
    }
    if not laws:
        raise Missing("no law is there")
    beside = resources() if is_frozen() else resources().parent
    for name in ("LICENSE", "THIRD-PARTY-NOTICES.md", "CHANGELOG.md"):
        if not (beside / name).read_text(encoding="utf-8").strip():
            raise Missing(f"{name} is empty")
    edition = edition_in(resources())
    return {
        "texts": len(catalogue()),
        "tasks": len(guide),
        "laws": laws,
        "edition": edition.name if edition else None,
    }


def licences(_: Path) -> dict[str, Any]:
    """The licence texts of everything that ships; those of packages in a built program only."""
    of_fonts = sorted(file.name for file in (fonts_folder() / "licences").glob("*.txt"))
    general = sorted(file.name for file in (resources() / "licences").glob("*.txt"))
    if not of_fonts or not general:
        raise Missing("licence texts of the fonts, or the general ones")
    found: dict[str, Any] = {"fonts": of_fonts, "general": general}
    if is_frozen():
        folder = resources().parent / "licences"
        found["packages"] = sorted(one.name for one in folder.iterdir() if any(one.iterdir()))
        if not found["packages"]:
            raise Missing("licence texts of the packages")
    return found


def fonts(_: Path) -> dict[str, Any]:
    """Every shipped font opens, and a rare character is found."""
    from forms.ground.fonts import FontSet
    from forms.ground.sfnt import FontFile

    there = sorted(fonts_folder().glob("*.ttf"))
    for file in there:
        if not FontFile(file).glyph(ord("中")) and "HanaMin" not in file.name:
            raise Missing(f"{file.name} has no 中")
    lacking = FontSet(fonts_folder()).missing(_RARE, "song")
    if lacking:
        raise Missing(f"no font has {lacking}")
    return {file.name: sha256(file.read_bytes()) for file in there}


def papers(out: Path) -> dict[str, Any]:
    """Do the main job on the sample of every shipped pack; what was made, by its SHA-256."""
    from desktop.command_line.arguments import parse
    from desktop.command_line.commands.demo_command import demo
    from desktop.command_line.session import Session
    from desktop.command_line.terminal import Terminal
    from forms.pack.load import find_packs, load

    found = find_packs(packs_folder())
    if not found:
        raise Missing("no form pack is there")
    made: dict[str, Any] = {}
    for code, folder in found.items():
        if not load(folder).sample:
            continue
        room = out / _PAPERS / code
        words = ["demo", "--out", str(room), "--pack", str(folder), "--today", TODAY.isoformat()]
        silent = Terminal(as_json=False, out=io.StringIO(), err=io.StringIO())
        with Session(parse(words), silent) as session:
            demo(session)
        made[code] = {
            file.relative_to(room).as_posix(): sha256(file.read_bytes())
            for file in sorted(room.rglob("*"))
            if file.is_file() and file.suffix not in _WITH_TIMES
        }
    if not any(made.values()):
        raise Missing("no paper was made of any pack's sample")
    return made


def workers(_: Path) -> dict[str, Any]:
    """Two worker processes make the same papers as this one."""
    from desktop.desk.workers import by_workers
    from forms.facts.record import Case, Office, Patent
    from forms.office.paper_orders import Order, Orders, in_turn
    from forms.pack.load import find_packs, load

    pack = load(next(iter(find_packs(packs_folder()).values())))
    paper = next(name for name, paper in pack.papers.items() if paper.scope == "case")
    orders = Orders(
        pack=pack,
        office=Office(name="示例大学"),
        each=[
            Order(
                paper=paper,
                format="pdf",
                case=Case(patent=Patent(title=f"第{place}项")),
                draft=True,
            )
            for place in range(_BATCH)
        ],
    )
    if list(by_workers(orders, 2)) != list(in_turn(orders)):
        raise Missing("the workers' papers are not those made here")
    return {"papers": _BATCH, "processes": 2}


def pages(out: Path) -> dict[str, Any]:
    """The pages of a paper that was made can be drawn."""
    import pypdfium2

    paper = next(iter(sorted((out / _PAPERS).rglob("*.pdf"))), None)
    if paper is None:
        raise Missing("there is no paper to draw")
    document = pypdfium2.PdfDocument(paper.read_bytes())
    try:
        image = document[0].render(scale=1).to_pil().convert("L")
        inked = sum(image.histogram()[:128])
        if not inked:
            raise Missing("the drawn page is blank")
        return {
            "pages": len(document),
            "inked": inked,
            "pypdfium2": str(pypdfium2.PYPDFIUM_INFO),
            "pdfium": str(pypdfium2.PDFIUM_INFO),
        }
    finally:
        document.close()


def doors(_: Path) -> dict[str, Any]:
    """A scan of every kind of picture becomes a PDF; old workbooks and mails have their readers."""
    import olefile
    import xlrd
    from PIL import Image

    from forms.ground.fonts import shipped_fonts
    from forms.output.picture_scans import FORMATS, pdf_of

    for kind in FORMATS:
        picture = io.BytesIO()
        Image.new("RGB", (300, 400), "white").save(picture, kind)
        if not pdf_of(picture.getvalue(), kind, shipped_fonts()).content.startswith(b"%PDF"):
            raise Missing(f"no PDF is made of {kind}")
    return {
        "pictures": list(FORMATS),
        "xlrd": xlrd.__version__,
        "olefile": olefile.__version__,
    }


def calendar(_: Path) -> dict[str, Any]:
    """Tables of fees and working days are there, and a calendar is written.

    Its stamps need the data of a package that nothing imports by name.
    """
    from forms.facts.fee_table import fee_table
    from forms.facts.working_days import working_days
    from forms.output.calendar_file import Entry, write_calendar
    from forms.paper.list_paper import list_paper

    entry = Entry(key="a", day=TODAY, title="年费", lines=("一", "二"), kind="annual_fee")
    return {
        "amounts": len(fee_table().amounts),
        "arranged_to": max(working_days().notices),
        "list": list_paper("payment_list").title,
        "calendar": sha256(write_calendar([entry], TODAY)),
    }


def server(_: Path) -> dict[str, Any]:
    """What a shared database needs is there: nothing is spoken to."""
    from db.server_door import driver
    from forms.ground.pinyin import name_order

    return {"driver": driver(), "names": sorted(("单雄信", "丁一", "曾巩"), key=name_order)}


def sha256(content: bytes) -> str:
    """The digest by which the same bytes are known again."""
    return hashlib.sha256(content).hexdigest()
