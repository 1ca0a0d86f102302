"""The client: one page or picture a call, within its deadline, its limits and the guard."""

from __future__ import annotations

import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping

from readlater.article import Picture, Response
from readlater.errors import FetchError
from readlater.net import pictures, requesting, verdict
from readlater.net.guard import Guard
from readlater.net.online import is_online
from readlater.net.sockets import Adapter, Dialer, Resolve, system_certificates
from readlater.net.target import Target, parse
from readlater.net.visit import Visit, Wanted
from readlater.net.watch import Turns, Watch
from readlater.settings import Settings

_log = logging.getLogger(__name__)
_MAX_REDIRECTS = 10
# Errors that are the network's own fault where there is none.
_NETWORK = frozenset(
    {"unknown_name", "name_not_answered", "unreachable", "proxy_failed", "timeout"}
)

Cancelled = Callable[[], bool]
Progress = Callable[[int, int], None]


def _never() -> bool:
    return False


def _unseen(_done: int, _of: int) -> None:
    return


class Net:
    """Fetches pages and pictures; thread-safe, and keeps nothing from one fetch to the next.

    Cookies live as long as the redirects of one fetch. `resolve` stands for
    `socket.getaddrinfo`, `certificates` for the system's store, `online` for `is_online`.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        resolve: Resolve = socket.getaddrinfo,
        certificates: Callable[[], ssl.SSLContext] = system_certificates,
        online: Callable[[], bool] = is_online,
    ) -> None:
        self._settings = settings
        self._resolve = resolve
        self._certificates = certificates
        self._online = online
        self._guard = Guard(settings.private_addresses)
        self._turns = Turns(settings.per_host)
        self._closed = threading.Event()

    def page(
        self, url: str, *, cancelled: Cancelled = _never, progress: Progress = _unseen
    ) -> Response:
        """What came for `url`, whatever its status; `verdict` says whether that is anything.

        `cancelled` is asked on another thread, `progress` told of the bytes that came and of all
        that will come (0: unknown). Raises FetchError.
        """
        limit_mb = self._settings.page_limit_mb
        wanted = self._wanted(requesting.page_headers(), limit_mb, is_page=True, progress=progress)
        return self._fetch(parse(url), wanted, cancelled)

    def picture(self, url: str, *, referrer: str = "", cancelled: Cancelled = _never) -> Picture:
        """The picture at `url`, asked for as part of the page `referrer`.

        Raises FetchError, `not_a_picture` for bytes that are none, whatever their label says.
        """
        target = parse(url)
        headers = requesting.picture_headers(target, referrer)
        wanted = self._wanted(headers, self._settings.picture_limit_mb)
        response = self._fetch(target, wanted, cancelled)
        failed = verdict.of_status(response, parse(response.url).host, time.time())
        if failed is not None:
            raise failed
        kind = pictures.media_type(response.body) if response.status == 200 else ""
        if not kind:
            raise FetchError("not_a_picture")
        return Picture(response.url, response.body, kind)

    def close(self) -> None:
        """End what is running as cancelled; what is asked for later ends at once."""
        self._closed.set()

    def _wanted(
        self,
        headers: Mapping[str, str],
        limit_mb: int,
        *,
        is_page: bool = False,
        progress: Progress = _unseen,
    ) -> Wanted:
        settings = self._settings
        times = settings.connect_timeout_s, settings.read_timeout_s
        return Wanted(headers, limit_mb, *times, is_page=is_page, progress=progress)

    def _fetch(self, target: Target, wanted: Wanted, cancelled: Cancelled) -> Response:
        def stopped() -> bool:
            return self._closed.is_set() or cancelled()

        with Watch(self._settings.deadline_s, stopped) as watch:
            dialer = Dialer(
                self._guard,
                watch,
                self._resolve,
                connect_timeout_s=self._settings.connect_timeout_s,
            )
            adapter = Adapter(dialer, self._certificates)
            visit = Visit(wanted, self._guard, dialer, adapter, watch)
            try:
                return self._follow(target, visit, watch)
            except FetchError as error:
                if error.code in _NETWORK and not self._online():
                    raise FetchError("offline", passing=True) from error
                raise
            finally:
                visit.close()

    def _follow(self, target: Target, visit: Visit, watch: Watch) -> Response:
        seen: set[object] = {(target.url, visit.cookies)}
        for _ in range(_MAX_REDIRECTS + 1):
            with self._turns.turn(target.host, watch):
                came = visit.ask(target)
            if isinstance(came, Response):
                return came
            # A page may well send to itself once it has set its cookie.
            state = (came.url, visit.cookies)
            if state in seen:
                break
            seen.add(state)
            if (target.scheme, came.scheme) == ("https", "http"):
                _log.info("%s sends on to http", target.host)
            target = came
        raise FetchError("too_many_redirects", host=target.host)
