"""Whether Speech Dispatcher answers, asked before Qt asks it: Qt would wait for it for ever."""

from __future__ import annotations

import ctypes
import os
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Final

# SSIP: https://github.com/brailcom/speechd/blob/master/doc/ssip.texi
_HELLO: Final = b"SET SELF CLIENT_NAME me:readlater:look\r\nLIST SYNTHESIS_VOICES\r\nQUIT\r\n"
WAIT_S: Final = 4.0
NO_LIBRARY: Final = "no_library"
NO_ANSWER: Final = "no_answer"


def trouble(environment: Mapping[str, str] = os.environ, *, wait_s: float = WAIT_S) -> str:
    """`NO_LIBRARY`, `NO_ANSWER` where the service does not list its voices in `wait_s`, or "".

    A service that does not run is none that hangs: the library starts it.
    """
    try:
        ctypes.CDLL("libspeechd.so.2")  # Qt does not try a plugin again that failed to load
    except OSError:
        return NO_LIBRARY
    with _connected(environment) as service:
        if service is None:
            return ""
        service.settimeout(wait_s)
        try:
            service.sendall(_HELLO)
            while service.recv(1 << 16):
                pass
        except OSError:
            return NO_ANSWER
    return ""


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
