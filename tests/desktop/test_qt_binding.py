"""A quick start changes nothing of Qt's binding but when it is loaded."""

import os
import subprocess
import sys

import pytest

from forms.ground.locate import resources

ROOT = resources().parent
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
