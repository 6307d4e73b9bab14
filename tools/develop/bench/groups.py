"""The groups of figures, in the order in which they are measured and told."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.develop import qt_libraries
from tools.develop.bench import batches, libreoffice_peer, printing
from tools.develop.bench.beside import figures_of as beside
from tools.develop.bench.figures import Figure
from tools.develop.bench.gates import gate_figures
from tools.develop.bench.ledger import figures_of as ledger
from tools.develop.bench.scale.duties import duty_figures
from tools.develop.bench.scale.intake import intake_figures
from tools.develop.bench.scale.public_page import page_figures
from tools.develop.bench.scale.shares import share_figures
from tools.develop.bench.typst_peer import Typst
from tools.develop.bench.whole import whole_figures
from tools.develop.console import say


@dataclass(frozen=True)
class Run:
    """What is measured with: the peer, one part of how many, and the revision to be beside."""

    typst: Typst | None
    part: int
    revision: str


@dataclass(frozen=True)
class Group:
    """Figures that are measured together, under a title."""

    title: str
    figures: Callable[[Run], Iterator[Figure]]


def _papers(run: Run) -> Iterator[Figure]:
    yield from printing.speed_figures(run.typst, 500 // run.part, 5)
    yield from printing.warm_figures()
    if soffice := libreoffice_peer.program():
        with tempfile.TemporaryDirectory() as folder:
            yield from libreoffice_peer.figures(soffice, Path(folder), 20 // min(run.part, 4))


def _beside(run: Run) -> Iterator[Figure]:
    yield from beside.figures(run.revision, run.part)


def _imports(run: Run) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        yield from batches.import_figures(Path(folder), 10_000 // run.part, 3)
    yield from batches.check_figures(10_000 // run.part, 3)


def _cold(run: Run) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        yield from batches.cold_figures(Path(folder), 3 if run.part > 1 else 9)


def _whole(run: Run) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        yield from whole_figures(Path(folder), run.typst, 1000 // run.part, 3)


def _memory(run: Run) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        yield from batches.memory_figures(Path(folder), 5000 // run.part)


def _window(run: Run) -> Iterator[Figure]:
    if qt_libraries.load_fault() is not None:
        say("not measured  Qt can not be loaded here")
        return
    from tools.develop.bench.window.figures_of import figures

    with tempfile.TemporaryDirectory() as folder:
        yield from figures(Path(folder), run.part)


def _scale(run: Run) -> Iterator[Figure]:
    yield from duty_figures(10_000 // run.part, 5)
    yield from share_figures(100_000 // run.part, 3)
    with tempfile.TemporaryDirectory() as folder:
        yield from page_figures(Path(folder), 60_000 // run.part)
    with tempfile.TemporaryDirectory() as folder:
        yield from intake_figures(Path(folder), 10_000 // run.part)


def _ledger(run: Run) -> Iterator[Figure]:
    if qt_libraries.load_fault() is None:
        from tools.develop.bench.window.figures_of import ledger_figures

        with tempfile.TemporaryDirectory() as folder:
            yield from ledger_figures(Path(folder), 100_000 // run.part)
    with tempfile.TemporaryDirectory() as folder:
        yield from ledger.figures(Path(folder), 1_000_000 // run.part)


def _gates(run: Run) -> Iterator[Figure]:
    if run.part > 1:
        say("not measured  dev.py test: it has no tenth part")
        return
    yield from gate_figures()


GROUPS = {
    "papers": Group("Papers, beside typst", _papers),
    "beside": Group("Papers and keystrokes, beside another build", _beside),
    "import": Group("Import and check", _imports),
    "cold": Group("Cold start of the command line", _cold),
    "whole": Group("The whole command, beside typst", _whole),
    "memory": Group("Memory", _memory),
    "window": Group("Window", _window),
    "scale": Group("An office's and a province's largest figures", _scale),
    "ledger": Group("A ledger in a file, and on a server", _ledger),
    "gates": Group("The gates of a change", _gates),
}
