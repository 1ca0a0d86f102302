"""The sockets of one request: looked up, checked by the guard and connected under its watch."""

from __future__ import annotations

import math
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable
from typing import Any, cast

from requests.adapters import HTTPAdapter
from typing_extensions import override
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.poolmanager import PoolManager

from readlater.errors import FetchError
from readlater.net import failures
from readlater.net.guard import Guard
from readlater.net.watch import Watch

# family, type, protocol, canonical name, socket address, as `socket.getaddrinfo` answers
Answer = tuple[Any, ...]
Resolve = Callable[..., list[Answer]]
_NEXT_ADDRESS_S = 4.0


class Dialer:
    """Makes the sockets of one request. `connect_timeout_s` holds for each address of a name."""

    def __init__(
        self, guard: Guard, watch: Watch, resolve: Resolve, *, connect_timeout_s: float
    ) -> None:
        self._guard = guard
        self._watch = watch
        self._resolve = resolve
        self._connect_timeout_s = connect_timeout_s

    def lookup(self, host: str, port: int, *, at_most_s: float = math.inf) -> list[Answer]:
        """What `host` resolves to; FetchError when it has no address or the deadline comes first.

        After `at_most_s` it counts as not answered. The system's look-up cannot be stopped, so it
        runs on a thread of its own, which is left alone then.
        """
        answers: queue.SimpleQueue[list[Answer] | OSError] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._resolve(host, port, type=socket.SOCK_STREAM))
            except (OSError, UnicodeError) as error:
                bad_name = socket.gaierror(socket.EAI_NONAME, str(error))
                answers.put(error if isinstance(error, OSError) else bad_name)

        threading.Thread(target=ask, name="net-lookup", daemon=True).start()
        found: list[list[Answer] | OSError] = []
        end_s = time.monotonic() + at_most_s

        def answered(wait_s: float) -> bool:
            if time.monotonic() > end_s:
                found.append(socket.gaierror(socket.EAI_AGAIN, "no answer in time"))
                return True
            try:
                found.append(answers.get(timeout=wait_s))
            except queue.Empty:
                return False
            return True

        self._watch.wait(answered, host)
        if isinstance(found[0], OSError):
            raise failures.unknown_name(found[0], host) from found[0]
        return found[0]

    def dial(self, host: str, port: int, *, is_proxy: bool = False) -> socket.socket:
        """A connected socket to `host`, only to an address that passes the guard.

        The system's proxy is where the person put it, so its own address is not judged.
        """
        answers = self.lookup(host, port)
        passing = [a for a in answers if is_proxy or self._guard.passes(host, port, a[4][0])]
        if not passing:
            raise FetchError("private_address", host=host)
        failed: OSError | None = None
        for place, answer in enumerate(passing, 1):
            self._watch.check(host)
            try:
                return self._connect(answer, is_last=place == len(passing))
            except OSError as error:
                failed = error
        self._watch.check(host)
        raise failures.failure(failed or OSError(), host) from failed

    def _connect(self, answer: Answer, *, is_last: bool) -> socket.socket:
        family, kind, protocol, _, address = answer
        sock = socket.socket(family, kind, protocol)
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            limit_s = min(self._connect_timeout_s, self._watch.remaining_s)
            sock.settimeout(limit_s if is_last else min(limit_s, _NEXT_ADDRESS_S))
            self._watch.hold(sock)
            sock.connect(address)
        except OSError:
            sock.close()
            raise
        sock.settimeout(limit_s)
        return sock


class Adapter(HTTPAdapter):
    """requests' transport whose every socket, a proxy's too, comes from `dialer`."""

    def __init__(self, dialer: Dialer, context: Callable[[], ssl.SSLContext]) -> None:
        self._dialer = dialer
        self._context = context
        super().__init__(max_retries=0)

    @override
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self._fit(self.poolmanager)

    @override
    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        return self._fit(super().proxy_manager_for(proxy, **kwargs))

    @override
    def cert_verify(self, conn: Any, *_asked: Any) -> None:
        """The system's certificates decide, through the context; requests would add its own."""
        conn.cert_reqs = "CERT_REQUIRED"

    def _fit(self, manager: PoolManager) -> PoolManager:
        dialer, context = self._dialer, self._context

        class Plain(HTTPConnection):
            @override
            def _new_conn(self) -> socket.socket:
                return _dial(dialer, self)

        class Secure(HTTPSConnection):
            @override
            def connect(self) -> None:
                # One context a connection: truststore's holds a lock over the whole handshake.
                self.ssl_context = context()
                super().connect()

            @override
            def _new_conn(self) -> socket.socket:
                return _dial(dialer, self)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = cast("Any", Plain)

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = cast("Any", Secure)

        manager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
        return manager


def _dial(dialer: Dialer, connection: HTTPConnection) -> socket.socket:
    return dialer.dial(connection.host, connection.port, is_proxy=connection.proxy is not None)


def system_certificates() -> ssl.SSLContext:
    """A context that verifies as the system does (Keychain, CryptoAPI, OpenSSL's store)."""
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
