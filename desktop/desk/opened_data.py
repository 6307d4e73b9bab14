"""The data that are opened: the store, the form packs there are and the one in use.

They are opened in a thread of their own, so that the window is there at once.  Who needs them
before they are open waits; what the first glance showed stands meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal, Slot

if TYPE_CHECKING:
    from db.store import Store
    from forms.pack.types import Pack


class Data(NamedTuple):
    """What every page works on; `asks_for_pack` where the clerk has to say which pack to use."""

    store: Store
    pack: Pack
    packs: Mapping[str, Path]
    asks_for_pack: bool = False


class Opening(QObject):
    """Opens data once.  The signals are emitted in the thread this was made in."""

    opened = Signal()
    failed = Signal(object)  # the exception

    _ended = Signal()

    def __init__(self, work: Callable[[], Data], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._data: Data | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._open, name="opening")
        self._has_begun = False
        self._ended.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @property
    def has_begun(self) -> bool:
        """Whether anybody has asked for the data yet."""
        return self._has_begun

    @Slot()
    def begin(self) -> None:
        """Begin to open; `opened` or `failed` follows."""
        if not self._has_begun:
            self._has_begun = True
            self._thread.start()

    def wait(self) -> Data:
        """Open and wait for it.  Raises what opening raised."""
        self.begin()
        self._thread.join()
        if self._error is not None:
            raise self._error
        assert self._data is not None
        return self._data

    def _open(self) -> None:
        try:
            self._data = self._work()
        except BaseException as error:
            self._error = error
        self._ended.emit()

    @Slot()
    def _tell(self) -> None:
        self._thread.join()  # see Job._end
        if self._error is not None:
            self.failed.emit(self._error)
        else:
            self.opened.emit()
