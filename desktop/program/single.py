"""One program per data folder: a second start raises the first one's window and ends.

They meet on a local socket, which is no network socket.
"""

import getpass
from pathlib import Path

from PySide6.QtCore import QCryptographicHash, QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 1000


class SingleInstance(QObject):
    """The meeting place of all starts on one data folder."""

    asked_to_rise = Signal(list)  # the files the other start was given

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = meeting_place(folder)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def is_first(self, files: list[str]) -> bool:
        """Whether no other program is there; one that is is asked to rise with the files."""
        if self._call(files):
            return False
        if not self._server.listen(self._name):
            # A socket left behind by a program that was killed.
            QLocalServer.removeServer(self._name)
            self._server.listen(self._name)
        return True

    def close(self) -> None:
        """Leave the meeting place."""
        self._server.close()

    def _call(self, files: list[str]) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT_MS):
            return False
        socket.write("\n".join(["rise", *files]).encode())
        socket.waitForBytesWritten(_WAIT_MS)
        socket.disconnectFromServer()
        return True

    @Slot()
    def _answer(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.setParent(self)
            socket.disconnected.connect(self._read)
            if socket.state() == QLocalSocket.LocalSocketState.UnconnectedState:
                self._take(socket)

    @Slot()
    def _read(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._take(socket)

    def _take(self, socket: QLocalSocket) -> None:
        said = bytes(socket.readAll().data()).decode(errors="replace").split("\n")
        socket.deleteLater()
        if said[0] == "rise":
            self.asked_to_rise.emit([file for file in said[1:] if file])


def meeting_place(folder: Path) -> str:
    """A name for the socket: of this user and this folder, and of nobody else."""
    try:
        who = getpass.getuser()
    except (OSError, KeyError, ImportError):
        who = ""
    told = f"{who}\0{folder.absolute()}".encode()
    digest = QCryptographicHash.hash(told, QCryptographicHash.Algorithm.Sha256)  # hashlib is slow
    return f"openlicense-desk-{digest.toHex().toStdString()[:24]}"
