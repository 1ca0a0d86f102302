"""Where one request goes: the address after joining and normalising, and its parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from readlater.errors import FetchError, InputError
from readlater.net import urls

_EDGES = "".join(map(chr, range(33)))
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes. `host` is ASCII, lower case, without brackets and trailing dot.

    `url` has neither credentials nor fragment; `credentials` are user and password or None.
    """

    scheme: str
    host: str
    port: int
    url: str
    credentials: tuple[str, str] | None = None

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port: what credentials belong to (RFC 6454)."""
        return self.scheme, self.host, self.port


def is_number(host: str) -> bool:
    """Whether a host is an address, not a name."""
    return ":" in host or host.rpartition(".")[2].isdigit()


def parse(url: str, base: str = "") -> Target:
    """The target of `url`, relative to `base` as a Location may be.

    Raises FetchError `bad_address` or `not_http`.
    """
    text = re.sub(r"[\t\r\n]", "", url.strip(_EDGES))
    text = re.sub(r"^[^?#]+", lambda way: way[0].replace("\\", "/"), text)
    try:
        if base and not _SCHEME.match(text):
            text = urljoin(base, text)
        # `normalise` would lend a scheme to what has none.
        parts = urlsplit(urls.normalise(text if _SCHEME.match(text) else "?"))
        port = parts.port or 0 if parts.port is not None else _PORTS[parts.scheme]
    except InputError as error:
        raise FetchError(error.code, address=text[:200]) from error
    except ValueError as error:
        raise FetchError("bad_address", address=text[:200]) from error
    host = (parts.hostname or "").rstrip(".")
    address = parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment="").geturl()
    credentials = None
    if parts.username or parts.password:
        credentials = unquote(parts.username or ""), unquote(parts.password or "")
    return Target(parts.scheme, host, port, address, credentials)
