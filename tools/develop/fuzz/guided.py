"""One door under atheris, which keeps what reaches new code and goes on from there.

atheris is a tool for makers on Linux and is not in the lock, since it has no wheels for Windows.
`.venv/bin/python -m pip install atheris` brings it.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from random import Random

SEEDS = 300
MOST_BYTES = 20_000


def main(arguments: list[str]) -> int:
    """Fuzz a target for some seconds, keeping the corpus and what is found in a folder."""
    target, seconds, folder = arguments[0], int(arguments[1]), Path(arguments[2])
    try:
        atheris = importlib.import_module("atheris")
    except ImportError:
        print("atheris is not installed: .venv/bin/python -m pip install atheris")
        return 2
    with atheris.instrument_imports(include=["forms", "csv", "tomllib", "json", "zipfile"]):
        doors = importlib.import_module("tools.develop.fuzz.doors")
        make = importlib.import_module("tools.develop.fuzz.make")
    corpus = folder / f"corpus-{target}"
    corpus.mkdir(parents=True, exist_ok=True)
    for number in range(SEEDS):
        (corpus / f"seed-{number:04}").write_bytes(
            make.MAKERS[target](Random(f"{target} {number}"))
        )
    door = doors.DOORS[target]

    def one(data: bytes) -> None:
        door(data)

    flags = [f"-max_total_time={seconds}", f"-max_len={MOST_BYTES}", "-timeout=20"]
    flags += [
        "-rss_limit_mb=2048",
        "-print_final_stats=1",
        f"-artifact_prefix={folder}/{target}-guided-",
    ]
    atheris.Setup([sys.argv[0], *flags, str(corpus)], one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
