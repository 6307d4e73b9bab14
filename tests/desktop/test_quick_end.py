"""A run of the command line ends at once, with all said and done that was to be."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.command_line import arguments
from desktop.command_line.command_table import ROWS, CommandRow

ROOT = Path(__file__).resolve().parents[2]

BEGUN = """
import atexit, sys
from desktop.installed.quick_end import be_quick, ends_with
class Late:
    def __del__(self):
        print("cleared up")
late = Late()
be_quick()
atexit.register(print, "asked for later")
print("said")
"""


def run(words: str) -> tuple[int, list[str]]:
    done = subprocess.run(
        [sys.executable, "-c", BEGUN + words], check=False, cwd=ROOT, capture_output=True, text=True
    )
    return done.returncode, done.stdout.splitlines()


def test_it_ends_with_its_code_and_clears_nothing_up() -> None:
    assert run("sys.exit(ends_with(3))") == (3, ["said", "asked for later"])


@pytest.mark.parametrize(("words", "code"), [("sys.exit(4)", 4), ("1 / 0", 1)])
def test_what_ends_otherwise_ends_as_ever(words: str, code: int) -> None:
    assert run(words) == (code, ["said", "asked for later", "cleared up"])


def test_the_few_commands_named_are_read_as_all_would_read_them() -> None:
    for row in ROWS:
        if not isinstance(row, CommandRow):
            continue
        words = [*row.name.split(), "--db", "x", "export"]  # a word of another command, too
        few = _read(arguments._parser(frozenset(words)), words)
        assert few == _read(arguments.parser_of_all(), words), row.name


def _read(parser: arguments.Parser, words: list[str]) -> object:
    try:
        return parser.parse_known_args(words)
    except arguments.Complaint as complaint:
        return str(complaint)
