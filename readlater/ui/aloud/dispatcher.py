"""Whether Speech Dispatcher answers, asked before Qt asks it: Qt would wait for it for ever."""

from __future__ import annotations

import ctypes
import os
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Final

# SSIP, https://htmlpreview.github.io/?https://github.com/brailcom/speechd/blob/master/doc/ssip.html
_HELLO: Final = (
    b"SET SELF CLIENT_NAME readlater:readlater:look\r\nLIST SYNTHESIS_VOICES\r\nQUIT\r\n"
)
WAIT_S: Final = 8.0


def is_ready(environment: Mapping[str, str] = os.environ, *, wait_s: float = WAIT_S) -> bool:
    """Whether its library is there and a service that runs lists its voices within `wait_s`.

    A service that does not run is none that hangs: the library starts it.
    """
    try:
        ctypes.CDLL("libspeechd.so.2")  # Qt does not try a plugin again that failed to load
    except OSError:
        return False
    with _connected(environment) as service:
        if service is None:
            return True
        service.settimeout(wait_s)
        try:
            service.sendall(_HELLO)
            while service.recv(1 << 16):
                pass
        except OSError:
            return False
    return True


class _connected:  # noqa: N801 - used as a function
    """A connection to the service at its usual place; None where nobody listens."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._socket: socket.socket | None = None
        place = address(environment)
        if place is None or not hasattr(socket, "AF_UNIX"):
            return
        made = socket.socket(socket.AF_UNIX)
        try:
            made.connect(str(place))
        except OSError:
            made.close()
        else:
            self._socket = made

    def __enter__(self) -> socket.socket | None:
        return self._socket

    def __exit__(self, *_: object) -> None:
        if self._socket is not None:
            self._socket.close()


def address(environment: Mapping[str, str]) -> Path | None:
    """The socket of the service; None where `SPEECHD_ADDRESS` names a port of the network."""
    given = environment.get("SPEECHD_ADDRESS", "")
    kind, _, place = given.partition(":")
    if given and kind != "unix_socket":
        return None
    if place:
        return Path(place)
    folder = environment.get("XDG_RUNTIME_DIR")
    base = Path(folder) if folder else Path.home() / ".cache"
    return base / "speech-dispatcher" / "speechd.sock"
