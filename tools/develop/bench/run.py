"""`dev.py bench`: see to the peers, then measure in the environment."""

from __future__ import annotations

from collections.abc import Sequence

from tools.develop.console import ROOT, Trouble, call, say
from tools.develop.environment import HERE

_LOCK = ROOT / "requirements-bench.txt"


def bench(arguments: Sequence[str]) -> int:
    """Install the peers that are locked for it, as far as they can be had, and measure."""
    try:
        HERE.install_locked(_LOCK)
    except Trouble:
        say("The peers of requirements-bench.txt could not be installed: measuring without them.")
    # An installed program finds its modules compiled, whatever this shell says of writing them.
    compiled = {"PYTHONDONTWRITEBYTECODE": ""}
    return call([HERE.program("python"), "-m", "tools.develop.bench", *arguments], compiled)
