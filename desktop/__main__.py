"""`python -m desktop` opens the program with windows; frozen, it is the windowed executable.

A frozen program starts itself as its worker (`desktop.desk.workers`): that one goes no further than
`freeze_support`, so nothing slow is fetched before it.
"""

import gc
import sys


def main() -> int:
    """Open the program and return its exit code when it is closed."""
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support  # slow to load, and of use to these only

        freeze_support()
    from desktop.installed.broken import lacking_platform, tell_broken
    from desktop.installed.standard_streams import make_whole

    try:
        make_whole()
        prepare()
        from desktop.installed.frozen import let_others_be

        let_others_be()
        from desktop.program.app import main

        lacking = lacking_platform()
    except ImportError as error:
        lacking = str(error)
    if lacking:
        tell_broken(lacking)
        return 1
    return main()


def prepare() -> None:
    """See to it that the start is quick: call it before anything of the desktop is imported.

    What a start makes stays, so nothing is collected until the window is there
    (`desktop.program.app.Program` collects again).
    """
    gc.disable()
    _leave_sources_unread()


def _leave_sources_unread() -> None:
    """Keep Qt's binding from reading the source of every module that is imported after it.

    WORKAROUND: it looks there for the word "PySide6", to know in which modules its `__feature__`
    switch may count (PySide6 6.8, shibokensupport/feature.py).  The program uses no such switch;
    a frozen one has no sources, so there it is as it is made here.
    """
    import PySide6.QtCore  # noqa: F401

    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = _uses_no_switch  # type: ignore[union-attr]


def _uses_no_switch(_module: object) -> bool:
    return False


if __name__ == "__main__":
    sys.exit(main())
