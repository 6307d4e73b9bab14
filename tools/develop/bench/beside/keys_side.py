"""One side of the keystrokes: each line is answered with the ms of one more key, null at the end.

Knows the revision by its own bench only: what that measures as a key waits here to be asked for.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path


def main() -> None:
    """Type as one is asked to."""
    folder = Path(sys.argv[1])
    import_module("tools.develop.bench.window.data").fill(folder, int(sys.argv[2]))
    live = import_module("tools.develop.bench.window.live")
    settings = live.Settings(folder / "settings.toml")
    program = live.Program(live.application(settings), settings, folder, own_fonts=True)
    program.open()
    window = program.window
    window.resize(1440, 900)
    live.wait_for(lambda: window.desk.is_open and window.page.loader.is_whole)
    took = live.took

    def took_when_asked(begin: Callable[[], object], is_done: Callable[[], bool]) -> float:
        if not sys.stdin.readline():
            sys.exit()
        ms = float(took(begin, is_done))
        print(ms, flush=True)
        return ms

    live.took = took_when_asked  # type: ignore[attr-defined]
    print(json.dumps(live.__file__), flush=True)
    live.keystrokes(window)
    print("null", flush=True)


if __name__ == "__main__":
    main()
