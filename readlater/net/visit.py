"""One fetch under way: its connections, cookies and credentials, one request after another."""

from __future__ import annotations

import http.client
import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.cookiejar import Cookie, DefaultCookiePolicy
from urllib.request import Request

import requests
import urllib3
from requests.cookies import RequestsCookieJar, extract_cookies_to_jar
from requests.utils import get_environ_proxies, select_proxy
from typing_extensions import override

from readlater.article import Response
from readlater.errors import FetchError
from readlater.net import coding, failures
from readlater.net.guard import Guard
from readlater.net.sockets import Adapter, Dialer
from readlater.net.target import Target, is_number, parse
from readlater.net.verdict import not_a_page
from readlater.net.watch import Watch

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PIECE_BYTES = 65_536
_SNIFFED_BYTES = 1445
_COOKIE_BYTES = 4096  # RFC 6265, section 6.1
_MAX_COOKIES = 50
# The errors of requests are OSErrors or ValueErrors.
_LIBRARY_ERRORS = OSError, ValueError, urllib3.exceptions.HTTPError, http.client.HTTPException


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a fetch asks for: its headers, how much of a body is taken, and who watches it come.

    `progress` is told of the bytes that came and those to come (0: unknown).
    """

    headers: Mapping[str, str]
    limit_mb: int
    connect_timeout_s: float
    read_timeout_s: float
    is_page: bool
    progress: Callable[[int, int], None]


class _Policy(DefaultCookiePolicy):
    @override
    def set_ok(self, cookie: Cookie, request: Request) -> bool:
        size_bytes = len(cookie.name) + len(cookie.value or "")
        return size_bytes <= _COOKIE_BYTES and super().set_ok(cookie, request)


class Visit:
    """The requests of one fetch. Nothing of it outlives `close`."""

    def __init__(
        self, wanted: Wanted, guard: Guard, dialer: Dialer, adapter: Adapter, watch: Watch
    ) -> None:
        self._wanted = wanted
        self._guard = guard
        self._dialer = dialer
        self._adapter = adapter
        self._watch = watch
        self._jar = RequestsCookieJar(policy=_Policy())
        self._credentials: dict[tuple[str, str, int], str] = {}

    def close(self) -> None:
        """Close the connections."""
        self._adapter.close()

    @property
    def cookies(self) -> tuple[tuple[str, str | None], ...]:
        """The cookies so far, by name and value."""
        return tuple((cookie.name, cookie.value) for cookie in self._jar)

    def ask(self, target: Target) -> Response | Target:
        """One request: what came, or where it sends on to. Raises FetchError."""
        refusal = self._guard.refusal(target)
        if refusal is not None:
            raise refusal
        try:
            return self._asked(target)
        except _LIBRARY_ERRORS as error:
            # A socket that the watch has cut looks like a broken one.
            self._watch.check(target.host)
            raise failures.failure(error, target.host) from error

    def _asked(self, target: Target) -> Response | Target:
        proxies = _proxies(target)
        if proxies:
            self._check_behind_proxy(target)
        request = self._prepared(target)
        remaining_s = self._watch.remaining_s
        times = (
            min(self._wanted.connect_timeout_s, remaining_s),
            min(self._wanted.read_timeout_s, remaining_s),
        )
        try:
            answer = self._adapter.send(request, stream=True, timeout=times, proxies=proxies)
        except FetchError as error:
            if proxies and error.code != "cancelled":
                # What failed is the way to the proxy, and its name says nothing to a person.
                raise FetchError("proxy_failed", passing=True, host=target.host) from error
            raise
        try:
            if len(self._jar) < _MAX_COOKIES:
                extract_cookies_to_jar(self._jar, request, answer.raw)  # type: ignore[no-untyped-call]
            location = answer.headers.get("location", "")
            if answer.status_code in _REDIRECTS and location:
                return self._sent_on(target, location)
            return self._response(target, answer)
        finally:
            answer.close()

    def _check_behind_proxy(self, target: Target) -> None:
        """The proxy looks the name up and connects, so all that can be judged is what we would see.

        A name that only the proxy can look up is left to it.
        """
        if is_number(target.host):
            return
        try:
            answers = self._dialer.lookup(target.host, target.port, at_most_s=3.0)
        except FetchError as error:
            if error.code not in ("unknown_name", "name_not_answered"):
                raise
            return
        if not all(self._guard.passes(target.host, target.port, a[4][0]) for a in answers):
            raise FetchError("private_address", host=target.host)

    def _prepared(self, target: Target) -> requests.PreparedRequest:
        if target.credentials:
            told = ":".join(target.credentials).encode()
            self._credentials[target.origin] = f"Basic {b64encode(told).decode()}"
        headers = dict(self._wanted.headers)
        if target.origin in self._credentials:
            headers["Authorization"] = self._credentials[target.origin]
        return requests.Request("GET", target.url, headers=headers, cookies=self._jar).prepare()

    def _sent_on(self, target: Target, location: str) -> Target:
        # http.client reads headers as Latin-1; the bytes are the address, in whatever encoding.
        text = re.sub(r"[^\x00-\x7f]", lambda byte: f"%{ord(byte[0]):02X}", location)
        try:
            sent = parse(text, target.url)
        except FetchError as error:
            raise FetchError("bad_redirect", host=target.host) from error
        refusal = self._guard.refusal(sent)
        if refusal is not None and refusal.code == "bad_address":
            raise FetchError("bad_redirect", host=target.host)
        return sent

    def _response(self, target: Target, answer: requests.Response) -> Response:
        headers = tuple(
            (name.lower(), value)
            for name, value in answer.raw.headers.items()
            if name.lower() not in ("set-cookie", "set-cookie2")
        )
        content_type = answer.headers.get("content-type", "")
        body = self._body(target, answer, content_type)
        return Response(target.url, answer.status_code, headers, body, content_type)

    def _body(self, target: Target, answer: requests.Response, content_type: str) -> bytes:
        body = bytearray()
        limit_mb = self._wanted.limit_mb
        pieces = coding.unfold(
            self._pieces(target, answer),
            answer.headers.get("content-encoding", ""),
            host=target.host,
            limit_mb=limit_mb,
        )
        is_judged = not (self._wanted.is_page and answer.ok)
        for piece in pieces:
            body += piece
            if not is_judged and len(body) >= _SNIFFED_BYTES:
                is_judged = True
                failed = not_a_page(content_type, bytes(body[:_SNIFFED_BYTES]))
                if failed is not None:
                    raise failed
            if _declared_bytes(answer) > limit_mb << 20:
                raise FetchError("too_large", limit_mb=limit_mb)
        self._watch.check(target.host)  # a socket that was cut ends like one that was closed
        return bytes(body)

    def _pieces(self, target: Target, answer: requests.Response) -> Iterator[bytes]:
        size_bytes, of_bytes = 0, _declared_bytes(answer)
        for piece in answer.raw.stream(_PIECE_BYTES, decode_content=False):
            self._watch.check(target.host)
            size_bytes += len(piece)
            self._wanted.progress(size_bytes, of_bytes)
            yield piece


def _proxies(target: Target) -> dict[str, str]:
    """The system's proxy for a target, by scheme; nothing for this computer, as in browsers.

    Raises FetchError `proxy_failed` for a SOCKS proxy, which is never passed by in silence.
    """
    if target.host in ("localhost", "::1") or target.host.startswith("127."):
        return {}
    proxy = select_proxy(target.url, get_environ_proxies(target.url))
    if not proxy:
        return {}
    if proxy.lower().startswith("socks"):
        raise FetchError("proxy_failed", host=target.host)
    return {target.scheme: proxy}


def _declared_bytes(answer: requests.Response) -> int:
    text = answer.headers.get("content-length", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0
