"""One window a library: a second start hands its links to the first and ends."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 2000
_LONGEST_MESSAGE = 1 << 20


class SingleWindow(QObject):
    """The door of the first window of a library, which later starts knock at."""

    called = Signal(list)
    """Another start came, with these links."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        digest = hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogateescape"))
        self._name = f"readlater-{digest.hexdigest()[:24]}"
        self._server = QLocalServer(self)
        # Nobody else on this computer may hand links to a person's library.
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def hand_over(self, links: Sequence[str]) -> bool:
        """Give the links to a window that is open; False when there is none."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT_MS):
            return False
        socket.write(json.dumps(list(links)).encode() + b"\n")
        socket.flush()
        answered = socket.waitForReadyRead(_WAIT_MS)
        socket.disconnectFromServer()
        return answered

    def listen(self) -> None:
        """Be the first window; a door left by a killed one is taken over."""
        if not self._server.listen(self._name):
            QLocalServer.removeServer(self._name)
            self._server.listen(self._name)

    def close(self) -> None:
        """Let nobody in any more."""
        self._server.close()

    def _on_connection(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.readyRead.connect(lambda: self._on_message(socket))
        socket.disconnected.connect(socket.deleteLater)

    def _on_message(self, socket: QLocalSocket) -> None:
        if socket.bytesAvailable() > _LONGEST_MESSAGE:
            socket.abort()
            return
        if not socket.canReadLine():
            return
        links = parse(bytes(socket.readLine().data()))
        socket.write(b"ok\n")
        socket.flush()
        self.called.emit(links)


def parse(message: bytes) -> list[str]:
    """The links of a message; [] for anything else."""
    try:
        links = json.loads(message)
    except ValueError:
        return []
    return [link for link in links if isinstance(link, str)] if isinstance(links, list) else []
