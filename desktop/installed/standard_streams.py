"""The streams a program begins with, also where whoever started it shut one off (`>&-`).

Python then has None in its place, and the next file that is opened gets the stream's number: what
a library or a signal's last words write to "standard error" would go into that file.  Loads
nothing, since it stands before everything that is slow to load.
"""

import os
import sys

_NAMES = ("stdin", "stdout", "stderr")


def make_whole() -> None:
    """Let each stream that was shut off lead nowhere; before any file is opened."""
    if os.name == "posix":
        _take_numbers()
    for name in _NAMES:
        if getattr(sys, name) is None:
            how = "r" if name == "stdin" else "w"
            setattr(sys, name, open(os.devnull, how, encoding="utf-8"))  # noqa: SIM115, PTH123


def _take_numbers() -> None:
    for number, _ in enumerate(_NAMES):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # it gets the lowest number
