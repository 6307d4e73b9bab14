"""Contracts by LibreOffice from .docx, for offices that print by way of a word processor."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from forms.facts.record import Office
from forms.ground.locate import packs_folder
from forms.office.paper_orders import Order, carried_out
from forms.office.stored import Made
from forms.pack.load import load
from tools.develop.bench.figures import Figure, took
from tools.develop.bench.patents import PACK, licence, patents

_LONGEST_S = 300


def program() -> str | None:
    """Where LibreOffice is, if anywhere."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def figures(soffice: str, folder: Path, count: int) -> Iterator[Figure]:
    """Contracts a second, its start included."""
    pack, files = load(packs_folder() / PACK), []
    for place, case in enumerate(patents(count)):
        order = Order(paper="contract", format="docx", case=case, licence=licence(case))
        made = carried_out(order, pack, Office())
        assert isinstance(made, Made)
        files.append(folder / f"{place}.docx")
        files[-1].write_bytes(made.content)
    command = [soffice, "--headless", "--convert-to", "pdf", "--outdir", str(folder / "pdf")]
    command += [f"-env:UserInstallation={(folder / 'office').as_uri()}"]
    run = took(
        lambda: subprocess.run(
            [*command, *map(str, files)], check=True, capture_output=True, timeout=_LONGEST_S
        )
    )
    name = "contracts by LibreOffice from .docx, started too"
    yield Figure(name=name, value=count / run.wall_s, unit="docs/s")
