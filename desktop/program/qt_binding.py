"""Qt's binding loaded quickly: what it does before anything of it is wanted is put off.

Known of PySide6 6.9; with another all is as it is without this module.  What it spares stands in
docs/adr/0031-speed.md, what it must not change in tests/desktop/test_qt_binding.py.
"""

import builtins
import sys
from collections.abc import Callable
from threading import RLock
from typing import Any

from desktop.program import qt_enums

_KNOWN = (6, 9)
_SIGNATURES = "shibokensupport/signature/"
_SELDOM = frozenset(
    _SIGNATURES + name
    for name in (
        *("errorhandler.py", "layout.py", "mapping.py", "parser.py"),
        *("lib/enum_sig.py", "lib/pyi_generator.py", "lib/tool.py"),
    )
)
"""What the binding needs to word a wrong call, to show a signature or to write stubs."""
_LOOKED_INTO = "shibokensupport.signature.mapping"
"""The binding's library looks for this module's `update_mapping` past its `__getattr__`."""
_LATE = "from desktop.program.qt_binding import late\n__getattr__ = late(globals())"
_LOCK = RLock()


def load() -> None:
    """Load the binding with Qt's core, quickly: call it before anything of Qt is imported."""
    qt_enums.make_quickly()
    builtins.compile = _compiled
    try:
        import PySide6.QtCore  # noqa: F401
    finally:
        builtins.compile = _compile
    _leave_sources_unread()


_compile = builtins.compile


def _compiled(source: Any, filename: Any, mode: str, *rest: Any, **more: Any) -> Any:
    """What is compiled of it: of what is seldom wanted, only that it comes when asked for.

    WORKAROUND: the binding keeps the sources of its signatures in a zip in its library and compiles
    them in every start, which is a third of the import of QtCore (PySide6 6.9,
    signature_bootstrap.EmbeddableZipImporter).
    """
    if filename in _SELDOM and sys.modules["shiboken6"].__version_info__[:2] == _KNOWN:
        source = _LATE
    return _compile(source, filename, mode, *rest, **more)


def late(module: dict[str, Any]) -> Callable[[str], object]:
    """The `__getattr__` of a module of the binding that is run when a name of it is asked for.

    Raises AttributeError for a name that it has not.
    """
    has_begun = False

    def ask(name: str) -> object:
        nonlocal has_begun
        if name.startswith("__"):  # Python asks for these of every module
            raise AttributeError(name)
        with _LOCK:
            if not has_begun:
                has_begun = True
                file = module["__file__"]
                source = module["__loader__"].zfile.read(file)
                exec(_compile(source, file, "exec"), module)
                del module["__getattr__"]
        try:
            return module[name]
        except KeyError:
            raise AttributeError(name) from None

    if module["__name__"] == _LOOKED_INTO:

        def update_mapping() -> object:
            real: Any = ask("update_mapping")
            return real()

        module["update_mapping"] = update_mapping
    return ask


def _leave_sources_unread() -> None:
    """Keep the binding from reading the source of every module that is imported after it.

    WORKAROUND: it looks there for the word "PySide6", to know in which modules its `__feature__`
    switch may count (PySide6 6.8, shibokensupport/feature.py).  The program uses no such switch;
    a frozen one has no sources, so there it is as it is made here.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = _uses_no_switch  # type: ignore[union-attr]


def _uses_no_switch(_module: object) -> bool:
    return False
