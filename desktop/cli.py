"""The command line: reads the words, hands them to a command, says what went wrong.

Commands are fetched when they are asked for: neither a window toolkit nor a writer of files is
loaded by a command that does not need it.  In every failure there is one clear line on standard
error and no traceback; what is ours to mend is noted in a file without anybody's data.
"""

if __name__ == "__main__":  # before all that is slow to load
    from desktop.stopping import leave_at_once

    leave_at_once()

import os
import sys
from collections.abc import Callable, Sequence

from desktop.arguments import parse
from desktop.crash import note_crash
from desktop.known import sentence
from desktop.session import Session
from desktop.stopping import INTERRUPTED, STOPPED, interrupting
from desktop.terminal import Terminal
from forms.for_the_clerk import ForTheClerk

Command = Callable[[Session], int]

FINE, LEFT_OUT, BAD_USE = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support

        from desktop.frozen import let_others_be

        freeze_support()  # a frozen program starts itself as its worker: that one goes no further
        let_others_be()
    words = list(sys.argv[1:] if argv is None else argv)
    terminal = Terminal(as_json="--json" in words)
    try:
        with interrupting():
            args = parse(words)
            with Session(args, terminal) as session:
                code = _command(args.run)(session)
            terminal.out.flush()
    except KeyboardInterrupt:
        terminal.say(STOPPED)
        return INTERRUPTED
    except BrokenPipeError:
        _close_quietly()
        return FINE
    except SystemExit as stop:  # --help has been shown
        return int(stop.code or 0)
    except Exception as error:
        message = _explained(error)
        terminal.say(message)
        terminal.json({"error": message})
        return BAD_USE
    return code


def _explained(error: Exception) -> str:
    known = sentence(error)
    if known is not None:
        asks_for_backup = isinstance(error, ForTheClerk) and error.asks_for_backup
        return f"{known}（命令：openlicense restore）" if asks_for_backup else known
    noted = note_crash(error)
    where = f"详情记入 {noted}（不含案卷内容），可发给技术支持。" if noted else ""
    return f"程序出现意外情况，本次操作未完成，已保存的数据不受影响。{where}"


def _close_quietly() -> None:
    """Whoever read our output has gone: let nothing more be written to it."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


def _command(name: str) -> Command:
    match name:
        case "demo":
            from desktop.commands import demo

            return demo.demo
        case "selftest":
            from desktop.commands import selftest

            return selftest.run
        case "template" | "import" | "register":
            from desktop.commands import importing

            return {
                "template": importing.template,
                "import": importing.import_,
                "register": importing.register,
            }[name]
        case "list" | "show" | "check":
            from desktop.commands import looking

            return {"list": looking.list_, "show": looking.show, "check": looking.check}[name]
        case "export" | "signed add" | "submit":
            from desktop.commands import papers

            of = {"export": papers.export, "signed add": papers.signed_add}
            return of.get(name, papers.submit)
        case "pack key" | "pack sign":
            from desktop.commands import signing

            return {"pack key": signing.pack_key, "pack sign": signing.pack_sign}[name]
        case "pack list" | "pack check" | "pack take" | "pack use" | "pack remove" | "schema":
            from desktop.commands import packs

            return {
                "pack list": packs.pack_list,
                "pack check": packs.pack_check,
                "pack take": packs.pack_take,
                "pack use": packs.pack_use,
                "pack remove": packs.pack_remove,
                "schema": packs.schema,
            }[name]
        case "history":
            from desktop.commands.history import history

            return history
        case "backup" | "restore" | "verify":
            from desktop.commands import keeping

            of = {"backup": keeping.backup, "restore": keeping.restore}
            return of.get(name, keeping.verify)
    from desktop.commands import records

    command: Command = getattr(records, name.replace(" ", "_"))
    return command


if __name__ == "__main__":
    sys.exit(main())
