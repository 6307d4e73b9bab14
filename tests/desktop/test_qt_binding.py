"""A quick start changes nothing of Qt's binding but when it is loaded."""

import enum
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.program import qt_enums
from forms.ground.locate import resources

ROOT = resources().parent
MEMBERS = st.lists(
    st.tuples(st.from_regex(r"[A-Z][A-Za-z_0-9]{0,4}", fullmatch=True), st.integers(-9, 40)),
    unique_by=lambda pair: pair[0],
    max_size=9,
)
ASKED = """
import enum, sys
if sys.argv[1] == "quickly":
    from desktop.__main__ import prepare
    prepare()
from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QObject, Qt

def wrong(call):
    try:
        call()
    except TypeError as error:
        print(error)

wrong(lambda: QObject().setObjectName(3))
wrong(lambda: QObject().setObjectName())
wrong(lambda: QObject().setParent(Qt.Key.Key_A))
wrong(lambda: QtGui.QColor(1, 2, "3", object()))
print(QObject.setObjectName.__doc__)
print(repr(Qt.Key(99999999)), repr(Qt.AlignmentFlag(1 << 20)), repr(~Qt.AlignmentFlag.AlignLeft))
print(repr(QtWidgets.QStyle.StateFlag.State_Active | QtWidgets.QStyle.StateFlag.State_On))
from PySide6.support.signature.mapping import type_map
print(sorted(type_map)[:50])

seen = 0
def show(made):
    global seen
    seen += 1
    print(made.__module__, made.__qualname__, made.__bases__, made.__name__, made.__doc__)
    for name, one in made.__members__.items():
        print(name, one.name, one.value, repr(one), str(one), hash(one), getattr(made, name) is one)
    print([one.name for one in made], len(made), sorted(dir(made)))

for module in (QtCore, QtGui, QtWidgets):
    for name in dir(module):
        one = getattr(module, name)
        for made in (one, *(vars(one).values() if isinstance(one, type) else ())):
            if isinstance(made, enum.EnumType):
                show(made)
assert seen > 500, seen
"""


def answers(how: str) -> str:
    told = subprocess.run(
        [sys.executable, "-c", ASKED, how],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "0", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return told.stdout


def test_the_binding_answers_as_it_does_by_itself() -> None:
    pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)
    assert answers("quickly") == answers("by itself")


def shape(made: Any) -> dict[str, Any]:
    """All that an enum is made of, to be compared with another's."""

    def plain(value: Any) -> Any:
        if isinstance(value, made):
            return {name: one for name, one in vars(value).items() if one is not made}, repr(value)
        if isinstance(value, enum.property):
            return plain(value.__dict__)
        if isinstance(value, dict):
            return [(name, plain(one)) for name, one in value.items()]
        if isinstance(value, staticmethod) or getattr(value, "__self__", None) is made:
            return value.__func__
        return value

    own = vars(made).items()
    return {name: plain(one) for name, one in own if name not in ("__dict__", "__weakref__")}


@pytest.fixture(autouse=True)
def as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enum.EnumType, "_create_", enum.EnumType._create_)  # type: ignore[attr-defined]
    qt_enums.make_quickly()


@pytest.mark.skipif(sys.version_info[:2] not in qt_enums.KNOWN, reason="made as Python does")
@pytest.mark.parametrize("kind", [enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag])
@given(pairs=MEMBERS)
def test_an_enum_is_made_of_what_python_makes_it(kind: Any, pairs: list[tuple[str, int]]) -> None:
    general = qt_enums.general(kind, "Sort", pairs, module=__name__, boundary=enum.KEEP)
    assert shape(qt_enums.quick(kind, "Sort", pairs, __name__)) == shape(general)


@pytest.mark.parametrize("pairs", [[("mro", 1)], [("A", 1), ("A", 2)], [("name", 1)], [("_x_", 1)]])
def test_what_is_not_plain_is_left_to_python(pairs: list[tuple[str, int]]) -> None:
    def made(create: Any) -> object:
        try:
            return shape(create(enum.Enum, "Sort", pairs, module="m", boundary=enum.KEEP))
        except (TypeError, ValueError) as error:
            return str(error)

    assert made(enum.EnumType._create_) == made(qt_enums.general)  # type: ignore[attr-defined]


def test_an_enum_of_ours_knows_its_module() -> None:
    assert enum.Enum("Sort", "RED GREEN").__module__ == __name__
    assert Path(__file__).stem in __name__
