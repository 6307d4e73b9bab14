"""The doors that strangers' files come through, each as a function of bytes.

A door returns whether the input was let in, and may raise nothing but a fault of ours: the
exceptions that a reader documents are caught here, and their sentences looked at.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from forms.check.case_check import checker_of
from forms.exchange.import_plan import plan, read_file
from forms.exchange.sheets import UnreadableFile
from forms.facts.record import Case
from forms.ground.for_the_clerk import ForTheClerk
from forms.ground.locate import packs_folder
from forms.office.licence_import import read_licence
from forms.office.pool_share_file import reckoned, run_of
from forms.pack.load import PackFault, load
from forms.pack.types import Pack
from forms.vetting.pack_lint import lint
from tools.develop.console import ROOT
from tools.develop.fuzz import packages

Door = Callable[[bytes], bool]

DAY = date(2022, 9, 1)
SMALL_PACK = ROOT / "tests" / "packs" / "qinglan-2026"
SEPARATOR = b"\n#|"  # an input for the pack's door is a file's name, this, its content
_CHECKED = 2  # cases of an input that are checked as well


class Unclear(AssertionError):
    """A refusal that names no file, or is no sentence."""


@cache
def our_pack() -> Pack:
    """The pack that ships."""
    return load(packs_folder() / "hubei-2022")


@cache
def _workplace() -> Path:
    stack = ExitStack()
    memory = Path("/dev/shm")
    folder = stack.enter_context(
        tempfile.TemporaryDirectory(prefix="fuzz-", dir=memory if memory.is_dir() else None)
    )
    _KEPT.append(stack)
    return Path(folder)


_KEPT: list[ExitStack] = []


def close() -> None:
    """Take the working folder away."""
    for stack in _KEPT:
        stack.close()
    _KEPT.clear()
    _workplace.cache_clear()
    _pack_folder.cache_clear()


def table(data: bytes) -> bool:
    """A workbook or a text table: read, planned, some of it checked."""
    path = _workplace() / "表.xlsx"
    path.write_bytes(data)
    try:
        planned = plan(read_file(path), our_pack(), [])
    except UnreadableFile as fault:
        _clear(str(fault), "表.xlsx")
        return False
    checker = checker_of(our_pack())
    for row in planned.rows[:_CHECKED]:
        checker.check(row.case, DAY)
    return True


def case(data: bytes) -> bool:
    """A licence's file; what begins with a space is a case out of somebody's backup."""
    if data[:1] == b" ":
        try:
            record = msgspec.json.decode(data.decode(), type=Case)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return False
        checker_of(our_pack()).check(record, DAY)
        return True
    try:
        licence = read_licence(data, "许可.json")
    except ForTheClerk as fault:
        _clear(str(fault), "许可.json")
        return False
    checker_of(our_pack()).check(Case(), DAY, licences=[licence])
    return True


def shares(data: bytes) -> bool:
    """A distribution of a pool's income: read, reckoned, its sum looked at."""
    try:
        run = run_of(data, "分配.json")
        done = reckoned(run, "分配.json")
    except ForTheClerk as fault:
        _clear(str(fault), "分配.json")
        return False
    given = sum(one.amount for one in done.shares)
    if given != done.distributed or done.fee + done.annuities + given != run.income:
        raise AssertionError("the shares are not what was to be shared")
    return True


@cache
def _pack_folder() -> tuple[Path, Mapping[str, bytes]]:
    """A small pack without a sample in the working folder, and its files as they should be."""
    files = {
        path.relative_to(SMALL_PACK).as_posix(): path.read_bytes()
        for path in SMALL_PACK.rglob("*.toml")
    }
    files["pack.toml"] = files["pack.toml"].replace(b'"sample.csv"', b'""')
    folder = _workplace() / "pack"
    (folder / "papers").mkdir(parents=True)
    return folder, files


def pack(data: bytes) -> bool:
    """A pack of which one file is hostile; of its papers only one, for speed."""
    folder, files = _pack_folder()
    name, _, content = data.partition(SEPARATOR)
    wanted = name.decode("ascii", "replace")
    chosen = wanted if wanted in files else sorted(files)[len(data) % len(files)]
    papers = [file for file in sorted(files) if file.startswith("papers/")]
    paper = chosen if chosen in papers else papers[0]
    for file, good in files.items():
        if file not in papers or file == paper:
            (folder / file).write_bytes(content if file == chosen else good)
    try:
        faults = lint(folder)
        for fault in faults:
            _clear(f"{fault}。", fault.file)
        if not faults or len(data) % 8 == 0:
            load(folder)
    except PackFault as fault:
        _clear(f"{fault}。", "表单包")
        return False
    finally:
        (folder / paper).unlink()
    return not faults


def _clear(sentence: str, named: str) -> None:
    if named not in sentence or "Traceback" in sentence or len(sentence) > 50_000:
        raise Unclear(sentence[:200])
    sentence.encode()  # it must be possible to show it


DOORS: Mapping[str, Door] = {
    "csv": table,
    "case": case,
    "pack": pack,
    "package": packages.door(_workplace, our_pack),
    "shares": shares,
    "workbook": table,
}
