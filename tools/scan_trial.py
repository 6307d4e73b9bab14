"""Reads codes from simulated scans and counts what was read: `python -m tools.scan_trial`.

Each trial is the corner of a page with a code of its own, printed, scanned askew, blurred, grained,
packed as JPEG 40 or in one bit, and perhaps with a red seal across the code.  The table of
docs/adr/0065-page-codes.md was made with it.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence

from PIL import Image

from desktop.installed.coded_papers import with_codes
from forms.exchange.scanned_pages import code_at_foot, foot_of
from forms.facts.record import Case, Office, Party, Patent
from forms.ground.locate import packs_folder
from forms.ground.page_code import PageCode, bits_of
from forms.office.paper_making import composed
from forms.output.page_codes import CODE_MM, FOOT_MM
from forms.output.pdf import render
from forms.pack.load import load
from forms.pack.types import Pack
from forms.paper.document_words import words_sha256
from tests.scanned import pages_of, scanned

_MM = 25.4
_PAPER = "info"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the trials and print a row for each kind of scan; 1 where one was read wrongly."""
    parser = argparse.ArgumentParser(prog="scan_trial", description=__doc__)
    parser.add_argument("--trials", type=int, default=200, help="of each kind of scan")
    parser.add_argument("--dpi", type=int, nargs="+", default=[150, 200, 300])
    parser.add_argument("--modes", nargs="+", default=["RGB", "L", "1"])
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(argv)
    wrongly = 0
    for dpi in given.dpi:
        for mode in given.modes:
            for is_sealed in (False, True):
                read, wrong, took = _tried(given.trials, given.seed, dpi, mode, is_sealed=is_sealed)
                wrongly += wrong
                share, each = 100 * read / given.trials, 1000 * took / given.trials
                kind = f"{dpi} dpi {mode:4}{'seal' if is_sealed else '':5}"
                print(f"{kind}{share:6.2f} % read, {wrong} wrongly, {each:.0f} ms", flush=True)
    return 1 if wrongly else 0


def _tried(
    trials: int, seed: int, dpi: int, mode: str, *, is_sealed: bool
) -> tuple[int, int, float]:
    """How many were read, how many wrongly, in how many seconds."""
    chance = random.Random(f"{seed} {dpi} {mode} {is_sealed}")
    pack = with_codes(load(packs_folder() / "hubei-2022"))
    right = pack.papers[_PAPER].page.right_mm + CODE_MM / 2
    read = wrong = 0
    took = 0.0
    for corner, code in _corners(pack, trials, dpi, chance):
        width, height = corner.width * _MM / dpi, corner.height * _MM / dpi
        # The ring of a seal of 40 mm goes through the code, or its middle stands on it.
        off = chance.choice((0, 20, -20))
        middle = (
            (width - right + off, height - FOOT_MM - CODE_MM / 2 + chance.uniform(-4, 4))
            if is_sealed
            else None
        )
        image = scanned(corner, chance, mode=mode, dpi=dpi, sealed_mm=middle)
        begun = time.perf_counter()
        found = code_at_foot(image.convert("RGB"))
        took += time.perf_counter() - begun
        read += found == code
        wrong += found is not None and found != code
    return read, wrong, took


def _corners(
    pack: Pack, trials: int, dpi: int, chance: random.Random
) -> Iterator[tuple[Image.Image, PageCode]]:
    """Corners of pages, each of other words, with the code they should be read as."""
    for trial in range(trials):
        title = f"试样{trial}号{chance.random()}"
        case = Case(patent=Patent(title=title), owners=(Party(name="示例大学"),))
        document = composed(pack, pack.papers[_PAPER], case, Office())
        bits = bits_of(words_sha256(document))
        page = pages_of(render(document), dpi)[0]
        # Where a page lies on the glass, the dots fall elsewhere.
        moved = page.crop((chance.randint(0, 9), chance.randint(0, 9), page.width, page.height))
        yield foot_of(moved), PageCode(bits, 1, 2)


if __name__ == "__main__":
    raise SystemExit(main())
