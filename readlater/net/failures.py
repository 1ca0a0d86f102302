"""What an exception of the HTTP libraries means, as one of our own errors."""

from __future__ import annotations

import errno
import http.client
import socket
import ssl
from collections.abc import Iterator

import requests
import urllib3

from readlater.errors import FetchError

_NO_ROUTE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}
_NO_NAME = {getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA") if hasattr(socket, name)}
# The first that is found in the chain of causes says what happened.
_CODES: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((ssl.SSLCertVerificationError, ssl.CertificateError), "bad_certificate"),
    ((urllib3.exceptions.ProxyError, requests.exceptions.ProxyError), "proxy_failed"),
    ((TimeoutError, urllib3.exceptions.TimeoutError), "timeout"),
    ((ConnectionRefusedError,), "connection_refused"),
    ((urllib3.exceptions.InvalidHeader, urllib3.exceptions.InvalidChunkLength), "bad_content"),
    ((ConnectionError, http.client.IncompleteRead), "connection_lost"),
    ((urllib3.exceptions.IncompleteRead, ssl.SSLError), "connection_lost"),
    ((requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema), "bad_address"),
    ((UnicodeError,), "bad_address"),
    ((http.client.HTTPException,), "bad_content"),
)
_PASSING = frozenset({"proxy_failed", "timeout", "connection_refused", "connection_lost"})


def unknown_name(error: OSError, host: str) -> FetchError:
    """A failed look-up: no such name, or no answer just now (EAI_AGAIN and the like; passing)."""
    if isinstance(error, socket.gaierror) and error.errno in _NO_NAME:
        return FetchError("unknown_name", host=host)
    return FetchError("name_not_answered", passing=True, host=host)


def failure(error: BaseException, host: str) -> FetchError:
    """The FetchError for what requests, urllib3, ssl or a socket raised while `host` was asked."""
    chain = tuple(_chain(error))
    for kinds, code in _CODES:
        if any(isinstance(link, kinds) for link in chain):
            if code == "bad_address":
                return FetchError(code, address=host)
            return FetchError(code, passing=code in _PASSING, host=host)
    if any(isinstance(link, OSError) and link.errno in _NO_ROUTE for link in chain):
        return FetchError("unreachable", passing=True, host=host)
    return FetchError("connection_lost", passing=True, host=host)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """`error`, what caused it and what it wraps in its arguments, each once."""
    waiting, seen = [error], set[int]()
    while waiting:
        link = waiting.pop()
        if id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        inner = (link.__cause__, link.__context__, getattr(link, "reason", None), *link.args)
        waiting.extend(item for item in inner if isinstance(item, BaseException))
