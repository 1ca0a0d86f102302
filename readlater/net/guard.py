"""The guard: which hosts, addresses and ports a request may reach."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from readlater.errors import FetchError
from readlater.net.special import BAD_PORTS, is_local_name, is_special
from readlater.net.target import Target, is_number


class Guard:
    """Refuses one's own computer and network, but for what the setting allows.

    `allowed` holds `host:port` (the host as in the address, or the address it leads to) and
    networks, as `Settings.private_addresses`. `refusal` is asked before anything is looked up,
    `passes` for every address that a name answers with, where the socket is made: a name that
    answers differently the second time (DNS rebinding) gains nothing.
    """

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        self._networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network] = []
        self._places: set[tuple[str, int]] = set()
        for text in allowed:
            try:
                self._networks.append(ipaddress.ip_network(text, strict=False))
            except ValueError:
                host, _, port = text.rpartition(":")
                self._places.add((host.strip("[]").lower().rstrip("."), int(port)))

    def refusal(self, target: Target) -> FetchError | None:
        """The error for a target that needs no look-up to be refused, else None."""
        if target.port in BAD_PORTS:
            return FetchError("bad_address", address=target.url)
        if is_number(target.host):
            passes = self.passes(target.host, target.port, target.host)
        else:
            may_be_local = bool(self._networks) or (target.host, target.port) in self._places
            may_be_local |= any(port == target.port for _, port in self._places)
            passes = may_be_local or not is_local_name(target.host)
        return None if passes else FetchError("private_address", host=target.host)

    def passes(self, host: str, port: int, address: str) -> bool:
        """Whether a socket to the numeric `address` may be made for `host`:`port`."""
        if self._is_allowed(host, port, address):
            return True
        return not is_special(address) and (is_number(host) or not is_local_name(host))

    def _is_allowed(self, host: str, port: int, address: str) -> bool:
        ip = ipaddress.ip_address(address.partition("%")[0])
        if (host, port) in self._places or (str(ip), port) in self._places:
            return True
        return any(ip.version == n.version and ip in n for n in self._networks)
