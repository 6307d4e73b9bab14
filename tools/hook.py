"""Starts a program of `.venv` for a pre-commit hook, the same on Linux and Windows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def main(arguments: list[str]) -> int:
    """Run the named program with the further arguments; 2 where `.venv` is not made yet."""
    folder = Path(__file__).resolve().parents[1] / ".venv"
    name = arguments[0]
    program = folder / "Scripts" / f"{name}.exe" if os.name == "nt" else folder / "bin" / name
    if not program.exists():
        print("Run `python3 dev.py setup` first: the hooks use its .venv.", file=sys.stderr)
        return 2
    return subprocess.run([str(program), *arguments[1:]], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
