"""The command line: reads the words, hands them to a command, says what went wrong.

In every failure there is one clear line on standard error and no traceback; what is ours to mend
is noted in a file without anybody's data.
"""

if __name__ == "__main__":  # before all that is slow to load
    from desktop.installed.quick_end import be_quick
    from desktop.installed.standard_streams import make_whole
    from desktop.installed.stop_signals import leave_at_once

    make_whole()
    leave_at_once()
    be_quick()

import os
import sys
from collections.abc import Sequence

from desktop.command_line.arguments import parse
from desktop.command_line.command_table import COMMANDS
from desktop.command_line.session import Session
from desktop.command_line.terminal import CannotShow, Terminal
from desktop.installed.crash_notes import note_crash
from desktop.installed.known import sentence
from desktop.installed.quick_end import ends_with
from desktop.installed.stop_signals import INTERRUPTED, STOPPED, interrupting
from forms.ground.for_the_clerk import ForTheClerk

FINE, LEFT_OUT, BAD_USE = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support

        from desktop.installed.frozen import let_others_be

        freeze_support()  # a frozen program starts itself as its worker: that one goes no further
        let_others_be()
    words = list(sys.argv[1:] if argv is None else argv)
    terminal = Terminal(as_json="--json" in words)
    try:
        with interrupting():
            args = parse(words)
            with Session(args, terminal) as session:
                code = COMMANDS[args.run].load()(session)
            terminal.finish()
    except KeyboardInterrupt:
        terminal.say(STOPPED)
        return INTERRUPTED
    except BrokenPipeError:
        _close_quietly()
        return FINE
    except SystemExit as stop:  # --help has been shown
        return int(stop.code or 0)
    except Exception as error:
        _tell(error, terminal)
        return BAD_USE
    return code


def _tell(error: Exception, terminal: Terminal) -> None:
    message = _explained(error)
    terminal.say(message)
    try:
        terminal.json({"error": message})
        terminal.finish()
    except (CannotShow, BrokenPipeError):
        _close_quietly()


def _explained(error: Exception) -> str:
    known = sentence(error)
    if known is not None:
        asks_for_backup = isinstance(error, ForTheClerk) and error.asks_for_backup
        return f"{known}（命令：openlicense restore）" if asks_for_backup else known
    noted = note_crash(error)
    where = f"详情记入 {noted}（不含案卷内容），可发给技术支持。" if noted else ""
    return f"程序出现意外情况，本次操作未完成，已保存的数据不受影响。{where}"


def _close_quietly() -> None:
    """Nobody can read our output any more: let nothing more be written to it."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


if __name__ == "__main__":
    sys.exit(ends_with(main()))
