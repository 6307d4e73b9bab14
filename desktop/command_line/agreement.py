"""A yes or no at the terminal; nobody is taken to have agreed by not being there."""

import sys

from desktop.command_line.terminal import Terminal

_YES = frozenset({"y", "yes", "是", "好"})


def agreed(terminal: Terminal, question: str, otherwise: str) -> bool:
    """Whether the clerk says yes at the terminal; else `otherwise` is said and it is a no.

    With --json or without a terminal nobody is asked.
    """
    if not terminal.as_json and sys.stdin is not None and sys.stdin.isatty():
        terminal.finish()
        print(f"{question}同意请输入 y 并按回车，不同意请直接按回车：", end="", file=terminal.err)
        terminal.err.flush()
        if _answer().strip().lower() in _YES:
            return True
    terminal.say(otherwise)
    return False


def _answer() -> str:
    """A line from the terminal, "" where it is no text."""
    try:
        return sys.stdin.readline()
    except UnicodeDecodeError:
        return ""
