"""The window as it is killed: a real program, offscreen, that types and exports by itself.

Every character is acknowledged with its moment once the window has taken it, and a tick says
that the process still lives: what was typed a second before its end must be kept.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.program.app import Program
    from desktop.shell.main_window import MainWindow
    from tools.develop.torture.jobs import Ack, Place

KEPT_WITHIN_S = 1.0
_TICK_MS = 20
_PATHS = ("patent.title", "contact.address", "contact.name", "other_terms", "region")
_WORDS = "一种带有余热回收的水冷装置及其控制方法"
_LONGEST_S = 20.0


def do_type(place: Place, rng: random.Random, ack: Ack) -> None:
    """Type into new and stored cases, go about, take back."""
    program = _opened(place, rng, ack)
    for _ in range(rng.randint(2, 4)):
        _type(window_of(program), rng, ack)
    _close(program)


def do_export(place: Place, rng: random.Random, ack: Ack) -> None:
    """Export all cases over what was exported before, typing meanwhile."""
    from desktop.installed.screen_texts import t

    program = _opened(place, rng, ack)
    window = window_of(program)
    desk = window.desk
    place.papers.mkdir(exist_ok=True)
    desk.dialogs.folder = lambda *_: place.papers  # type: ignore[method-assign]
    ids = desk.store.register.ids()[: rng.randint(2, 8)]
    exporting = t("register.exporting", count=len(ids))
    window.page.doing.export(ids, "pdf")  # type: ignore[union-attr]
    job = next(one for one in desk.jobs.running if one.label == exporting)
    if rng.random() < 0.5:
        _type(window, rng, ack)
    wait(lambda: job.is_over)
    ack("exported")
    _close(program)


def lost(acks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What must be kept of what a worker typed: the last of each place that is old enough.

    A new case has an id once it is saved, and what is typed later may go into that very case.
    With each comes what was told and saved at last, for whoever has to find out why it is not.
    """
    end = max((ack["at"] for ack in acks if "at" in ack), default=0.0)
    said = [ack for ack in acks if ack["what"] in ("saved", "told")][-6:]
    known: dict[object, dict[str, Any]] = {}
    replaced: set[str] = set()
    born = {ack["token"]: ack["case"] for ack in reversed(acks) if ack["what"] == "saved"}
    for ack in acks:
        if ack["what"] != "typed":
            continue
        place = (ack["case"] or born.get(ack["token"], ack["token"]), ack["path"])
        before = known.get(place)
        if before is not None and before["token"] != ack["token"]:
            replaced.add(before["token"])
        known[place] = ack if ack["at"] <= end - KEPT_WITHIN_S else (before or {"token": ""})
    found = [one for one in known.values() if one["token"] and one["token"] not in replaced]
    return [{**one, "end": end, "said": said} for one in found]


# --- the hand at the window -----------------------------------------------------------------


def _opened(place: Place, rng: random.Random, ack: Ack) -> Program:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QTimer

    from desktop.installed.settings import Settings
    from desktop.program.app import Program
    from desktop.program.qt_application import application
    from tools.develop.torture.jobs import clock

    settings = Settings(place.root.with_name(f"{place.root.name}-settings.toml"))
    app = application(settings)
    program = Program(app, settings, place.database.parent, clock=clock(rng), own_fonts=True)
    ticking = QTimer(program, interval=_TICK_MS)
    ticking.timeout.connect(lambda: ack("tick", at=time.monotonic()))
    ticking.start()
    program.notices.posted.connect(
        lambda notice: ack("told", at=time.monotonic(), tone=notice.tone, text=notice.text)
    )
    program.open()
    window = window_of(program)
    window.resize(1440, 900)
    window.activateWindow()
    wait(lambda: window.desk.is_open)
    return program


def window_of(program: Program) -> MainWindow:
    """The program's window, which is the main one."""
    from desktop.shell.main_window import MainWindow

    assert isinstance(program.window, MainWindow)
    return program.window


def _type(window: MainWindow, rng: random.Random, ack: Ack) -> None:
    """Replace one text of a case, character by character, then leave it somehow or not at all."""
    from PySide6.QtTest import QTest

    ids = window.desk.store.register.ids()
    case_id = rng.choice(ids) if ids and rng.random() < 0.6 else None
    window.show_place("wizard", {"case_id": case_id})
    page: Any = window.page
    path = rng.choice(_PATHS)
    page.go_to(path)
    field = field_of(page, path)
    field.selectAll()
    token = f"{rng.getrandbits(40):010x}"
    session = page.session
    session.saved.connect(
        lambda _: ack("saved", at=time.monotonic(), token=token, case=session.case_id)
    )
    typed = ""
    for character in token + _WORDS[: rng.randint(4, len(_WORDS))]:
        press(field, character)
        typed += character
        ack("typed", at=time.monotonic(), token=token, case=case_id, path=path, text=typed)
        QTest.qWait(rng.randint(1, 110))
    match rng.randrange(4):
        case 0:
            page.go_on()
        case 1:
            window.show_place("register")
        case 2:
            page.undo()
            page.redo()


def field_of(page: Any, path: str) -> Any:
    """The field of a path on the wizard's page in hand."""
    from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

    found = page.stage.form.widget_of(path)
    if isinstance(found, QLineEdit | QPlainTextEdit):
        return found
    inside = [*found.findChildren(QLineEdit), *found.findChildren(QPlainTextEdit)]
    return inside[0]


def press(field: QWidget, character: str) -> None:
    """Type as an input method does."""
    from PySide6.QtGui import QInputMethodEvent
    from PySide6.QtWidgets import QApplication

    event = QInputMethodEvent()
    event.setCommitString(character)
    QApplication.sendEvent(field, event)


def wait(is_so: Callable[[], bool]) -> None:
    """Let the window work until something is so.  Raises TimeoutError."""
    from PySide6.QtTest import QTest

    until = time.monotonic() + _LONGEST_S
    while not is_so():
        if time.monotonic() > until:
            raise TimeoutError
        QTest.qWait(5)


def _close(program: Program) -> None:
    window_of(program).close()
    program.close()
