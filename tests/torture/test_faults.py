"""A failing write at every write of our own: the old state or the new one, and a clear word."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache, partial
from pathlib import Path

import pytest

from db.store import open_store
from desktop.command_line import cli
from forms.ground.files import is_temporary
from forms.output.pdf import render
from tests.desktop.clerk import GOOD, SECOND, Clerk
from tests.forms.bureau.made_cases import number_of
from tests.torture.faults import KINDS, Faults
from tools.develop.torture.jobs import BEGIN
from tools.develop.torture.whole import Looker, final

MOST = 400
"""More writes than any of these jobs has."""

LONG = bool(os.environ.get("TORTURE"))
STEPS = {"export": 3, "submit": 4, "template": 3}
"""Of the longest jobs the gate tries every third or fourth write, the long run each."""


def facts(clerk: Clerk) -> tuple[object, ...]:
    """What the store holds, in short."""
    with open_store(clerk.db, now=lambda: BEGIN, create=False) as store:
        assert store.examine().faults == ()
        cases = store.cases.listed()
        exports = [len(store.papers.exports(one.id)) for one in cases]
        return (
            [(one.revision, one.case.patent.title) for one in cases],
            exports,
            len(store.papers.submissions()),
        )


def papers(folder: Path) -> dict[str, bytes]:
    if not folder.exists():
        return {}
    return {str(path.relative_to(folder)): path.read_bytes() for path in final(folder)}


def prepared(clerk: Clerk, job: str) -> tuple[object, ...]:
    """Set an office up for a job; return the words to type."""
    clerk.imports(GOOD, SECOND)
    number = str(GOOD["专利号"])
    backup = clerk.folder / "保存" / "备份.db"
    clerk.types("backup", backup)
    if job == "import":
        changed = [{**row, "发明创造名称": "改过"} for row in (GOOD, SECOND)]
        return ("import", clerk.fills(*changed, name="改.xlsx"))
    if job in ("export", "submit"):
        clerk.types("export", number, "--out", clerk.folder / "出", today="2022-08-01")
        clerk.imports({**GOOD, "发明创造名称": "改过"})
        return (job, number, "--out", clerk.folder / "出")
    clerk.imports({**GOOD, "发明创造名称": "改过"})
    return {
        "template": ("template", "--out", clerk.folder / "出" / "模板.xlsx"),
        "backup": ("backup", backup),
        "backup here": ("backup",),
        "restore": ("restore", backup),
        "delete": ("delete", number),
    }[job]


def first_of(folder: Path, keep: Path) -> Callable[[], None]:
    """Keep an office's folder aside; return what brings it back."""
    shutil.copytree(folder, keep)

    def again() -> None:
        shutil.rmtree(folder)
        shutil.copytree(keep, folder)

    return again


def every_fault() -> Iterator[Callable[[int], Faults]]:
    """Kinds of faults: in the gate they take turns, in the long run (TORTURE=1) each is tried."""
    if LONG:
        for lasting in (False, True):
            for kind in KINDS:
                yield partial(Faults, kind=kind, lasting=lasting)
    else:
        yield lambda at: Faults(at, KINDS[at % 3], lasting=at % 2 == 0)


@pytest.fixture
def printed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF is set once for each document: that writes no file and takes long."""
    monkeypatch.setattr("forms.output.pdf.render", cache(render))


JOBS = ("import", "export", "submit", "template", "backup", "backup here", "restore", "delete")


@pytest.mark.parametrize("job", JOBS)
def test_a_fault_at_every_write(
    clerk: Clerk, tmp_path_factory: pytest.TempPathFactory, printed_once: None, job: str
) -> None:
    words = prepared(clerk, job)
    again = first_of(clerk.folder, tmp_path_factory.mktemp("kept") / "office")
    old, old_papers = facts(clerk), papers(clerk.folder / "出")
    assert clerk.types(*words).code == 0
    new, new_papers = facts(clerk), papers(clerk.folder / "出")
    struck = 0
    for made in every_fault():
        for at in range(1, MOST, 1 if LONG else STEPS.get(job, 1)):
            again()
            faults = made(at)
            with pytest.MonkeyPatch.context() as patch:
                faults.put(patch)
                answer = clerk.types(*words)
            if not faults.struck:
                assert answer.code == 0
                break
            struck += 1
            where = f"{job}: {at}, {faults.kind}, lasting {faults.lasting}: {answer.err}"
            assert answer.code in (0, cli.BAD_USE), where
            assert (answer.code == 0) or answer.err.strip().endswith("。"), where
            assert "意外情况" not in answer.err, where
            Looker().look(clerk.folder / "保存")
            assert facts(clerk) in (old, new), where
            if answer.code == 0:
                assert facts(clerk) == new, where
            stands = papers(clerk.folder / "出")
            if faults.lasting:  # not even the way back works: yet each is the old or the new one
                assert all(
                    content in (old_papers.get(name), new_papers.get(name))
                    for name, content in stands.items()
                ), where
                assert set(old_papers) <= set(stands), where
            else:
                assert stands in (old_papers, new_papers), where
                assert not [one for one in (clerk.folder / "出").rglob("*.pdf") if hidden(one)]
        else:
            raise AssertionError("there is no end of writes")
    print(f"{job}: {struck} faults")
    assert struck > 1


def hidden(path: Path) -> bool:
    return any(is_temporary(part) for part in path.parts)


@pytest.mark.parametrize("job", ["import", "delete"])
def test_the_data_can_not_grow(
    clerk: Clerk,
    tmp_path_factory: pytest.TempPathFactory,
    job: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The database's own pages run out at every page there is to come."""
    words = prepared(clerk, job)
    if job == "import":  # more rows than the pages that are there have room for
        rows = [{**GOOD, "专利号": number_of(place)} for place in range(1, 21)]
        words = ("import", clerk.fills(*rows, name="多.xlsx"))
    again = first_of(clerk.folder, tmp_path_factory.mktemp("kept") / "office")
    old = facts(clerk)
    clerk.types(*words)
    new = facts(clerk)
    real = sqlite3.connect
    again()
    with closing(real(clerk.db)) as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
    limit = [0]

    def connect(*args: object, **settings: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = real(*args, **settings)  # type: ignore[call-overload]
        connection.execute(f"PRAGMA max_page_count={limit[0]}")
        return connection

    monkeypatch.setattr(sqlite3, "connect", connect)
    told = 0
    for more in range(200):
        again()
        limit[0] = pages + more
        answer = clerk.types(*words)
        limit[0] = 1 << 30
        if answer.code == 0:
            break
        told += 1
        assert "磁盘空间不足" in answer.err
        assert facts(clerk) == old
    assert facts(clerk) == new
    assert told or job == "delete"
