"""Words to a terminal: results to standard output, messages to standard error.

With --json nothing but one JSON value goes to standard output.  Tables are lined up by the
width terminals give to Chinese.  This module must not know cases or packs.
"""

import os
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TextIO

import msgspec

from forms.ground.columns import columns_of, width
from forms.ground.files import why
from forms.ground.for_the_clerk import ForTheClerk

WIDEST = 36  # columns a cell of a table may take
_GAP = "  "


class CannotShow(ForTheClerk):
    """The result could not be written to standard output; what was done is done."""


class Terminal:
    """Standard output and standard error of one command.

    Raises CannotShow where the result can not be written, BrokenPipeError where nobody reads it
    any more.  A message that nobody can be told stops nothing.
    """

    def __init__(self, *, as_json: bool, out: TextIO | None = None, err: TextIO | None = None):
        self.as_json = as_json
        self.out = out or sys.stdout
        self.err = err or sys.stderr
        self._progress_width = 0
        for stream in (self.out, self.err):
            _prepare(stream, utf8=as_json or os.name == "nt")

    def show(self, text: str = "") -> None:
        """Write a line of the result; nothing where the result is JSON."""
        if not self.as_json:
            self._put(shown(text))

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Write a table of the result; the last column is whole, however long."""
        if not rows:
            return
        cut = [
            [clipped(shown(cell), WIDEST) for cell in row[:-1]] + [one_line(shown(row[-1]))]
            for row in [head, *rows]
        ]
        widths = [max(map(width, column)) for column in zip(*cut, strict=True)]
        for row in cut:
            cells = [cell + " " * (w - width(cell)) for cell, w in zip(row, widths, strict=True)]
            self.show(_GAP.join([*cells[:-1], row[-1]]).rstrip())

    def json(self, value: Any) -> None:
        """Write the result as JSON, where that was asked for."""
        if self.as_json:
            self._put(_as_json(value))

    def finish(self) -> None:
        """See that all of the result is written."""
        with _writing():
            self.out.flush()

    def _put(self, text: str) -> None:
        with _writing():
            print(text, file=self.out)

    def say(self, text: str) -> None:
        """Write a message for the clerk to standard error."""
        self.clear()
        with suppress(OSError):
            print(shown(text), file=self.err, flush=True)

    def progress(self, label: str) -> "Progress":
        """Something to tell how far long work is, where somebody watches."""
        return Progress(self, label)

    def clear(self) -> None:
        """Take a line of progress away."""
        if self._progress_width:
            with suppress(OSError):
                print("\r" + " " * self._progress_width + "\r", end="", file=self.err, flush=True)
            self._progress_width = 0

    def tell_progress(self, text: str) -> None:
        """Write over the line of progress."""
        self.clear()
        with suppress(OSError):
            print(text, end="", file=self.err, flush=True)
        self._progress_width = width(text)


class Progress:
    """Tells how far work is; silent where standard error is no terminal."""

    def __init__(self, terminal: Terminal, label: str) -> None:
        self.terminal = terminal
        self.label = label

    def __call__(self, done: int, total: int) -> None:
        """Tell that so many are done; the line goes when all are."""
        if not self.terminal.err.isatty():
            return
        if done >= total:
            self.terminal.clear()
        else:
            self.terminal.tell_progress(f"{self.label} {done + 1}/{total}")


def shown(text: str) -> str:
    """Text as one may safely show it: no control character can drive the terminal."""
    return "".join(c if _is_harmless(c) else "\N{REPLACEMENT CHARACTER}" for c in text)


def one_line(text: str) -> str:
    """The text in one line, single spaces between its words."""
    return " ".join(text.split())


def clipped(text: str, most: int) -> str:
    """The text in one line of at most so many columns, … where it was cut."""
    line = one_line(text)
    if width(line) <= most:
        return line
    kept, used = "", 1
    for character in line:
        used += columns_of(character)
        if used > most:
            break
        kept += character
    return kept + "…"


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CannotShow(
            f"结果未能写到标准输出：{why(error)}。已写入数据或者文件的内容不受影响，请重新查看。"
        ) from error


def _as_json(value: Any) -> str:
    try:
        return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
    except UnicodeEncodeError:  # the name of a file need not be text: its bytes stand escaped
        import json

        return json.dumps(msgspec.to_builtins(value), indent=2)


def _is_harmless(character: str) -> bool:
    if character == "\n":
        return True
    category = unicodedata.category(character)
    return category not in ("Cc", "Cs") and character not in "\u202a\u202b\u202d\u202e\u2066\u2067"


def _prepare(stream: TextIO, *, utf8: bool) -> None:
    """Let no character stop the writing, whatever the terminal's encoding."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(**({"encoding": "utf-8"} if utf8 else {}), errors="backslashreplace")
