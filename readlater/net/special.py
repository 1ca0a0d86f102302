"""The addresses that are no place on the open internet: the IANA special-purpose registries."""

from __future__ import annotations

from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
)

# https://www.iana.org/assignments/iana-ipv4-special-registry/
# and multicast, https://www.iana.org/assignments/multicast-addresses/
_V4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private use
        "100.64.0.0/10",  # shared address space of carriers
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link local
        "172.16.0.0/12",  # private use
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relay
        "192.168.0.0/16",  # private use
        "192.175.48.0/24",  # AS112 direct delegation
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, limited broadcast
    )
)

# https://www.iana.org/assignments/iana-ipv6-special-registry/: the parts of global unicast
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_V6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, benchmarking, AMT, ORCHID, drones
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "2620:4f:8000::/48",  # AS112 direct delegation
        "3fff::/20",  # documentation
    )
)

# RFC 6052: an IPv4 address in the last 32 bits, which is the one that is reached.
_NAT64 = IPv6Network("64:ff9b::/96")


def is_special(address: str) -> bool:
    """Whether the numeric `address` (a zone may follow "%") lies in a special-purpose block.

    Outside 2000::/3 every IPv6 address is special (RFC 4291: unspecified, loopback, mapped,
    compatible and translated IPv4, unique local, link and site local, discard, multicast and what
    is not assigned), but NAT64's 64:ff9b::/96 is judged by the IPv4 address it leads to, as
    IPv6-only networks reach every IPv4 site through it. Raises ValueError for what is no address.
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv4Address):
        return _is_special_v4(ip)
    if ip in _NAT64:
        return _is_special_v4(IPv4Address(int(ip) & 0xFFFFFFFF))
    return _is_special_v6(ip)


def _is_special_v4(ip: IPv4Address) -> bool:
    return any(ip in network for network in _V4)


def _is_special_v6(ip: IPv6Address) -> bool:
    return ip not in _GLOBAL_UNICAST or any(ip in network for network in _V6)


# RFC 6761, 6762 (appendix G), 8375 and ICANN's reservation of .internal: names that only a
# network of one's own answers.
LOCAL_SUFFIXES = frozenset(
    {
        "corp",
        "home",
        "internal",
        "intranet",
        "lan",
        "local",
        "localdomain",
        "localhost",
        "private",
    }
)


def is_local_name(host: str) -> bool:
    """Whether the name `host` (lower case, no trailing dot) belongs to one's own network."""
    last = host.rpartition(".")[2]
    return "." not in host or last in LOCAL_SUFFIXES or host.endswith(".home.arpa")


# https://fetch.spec.whatwg.org/#port-blocking
BAD_PORTS = frozenset(
    {
        *(0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95),
        *(101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161),
        *(179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563),
        *(587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060),
        *(5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080),
    }
)
