"""Web addresses: as they are fetched, what makes two the same, and how people see them."""

from __future__ import annotations

import re
import unicodedata
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes

from readlater.errors import InputError
from readlater.net import parameters

_LONGEST = 32_768
_HTTP = re.compile(r"(https?):[/\\]*(.*)", re.IGNORECASE | re.DOTALL)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_PORT_AFTER_NAME = re.compile(r"[^/?#@:]+:\d{1,5}(?=[/?#]|$)")
_PARTS = re.compile(r"([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?", re.DOTALL)
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_NUMBER_LABEL = re.compile(r"\d+|0x[0-9a-f]*")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# What a copied address drags along at its ends: white space, byte order mark, zero-width and
# direction marks.
_EDGES = re.compile(
    r"^[\s\x00-\x20\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+|"
    r"[\s\x00-\x20\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+$"
)


class _Parts(NamedTuple):
    """An http address taken apart; `query` and `fragment` keep their mark, `port` is -1 if none."""

    scheme: str
    user: str
    host: str
    port: int
    path: str
    query: str
    fragment: str


def normalise(text: str) -> str:
    """The absolute http or https address for what a person gave, as it is fetched.

    Path, query and fragment stay as given (blanks become %20); scheme and host become lower case,
    the host IDNA. A name without a scheme gets https, or http with a port or an IP address, as
    Chrome's address bar does. Raises InputError "bad_address" or "not_http".
    """
    parts = _parse(text)
    host = f"[{parts.host}]" if ":" in parts.host else parts.host
    user = f"{parts.user}@" if parts.user else ""
    port = f":{parts.port}" if parts.port >= 0 else ""
    return f"{parts.scheme}://{user}{host}{port}{parts.path}{parts.query}{parts.fragment}"


def key(url: str) -> str:
    """What decides that two addresses are the same article; not an address that can be fetched.

    http is https, `www.`, default ports, a trailing slash, sign-in names, tracking and gift
    parameters and fragments do not count; `#!` and `#/` fragments are routes and do. Raises
    InputError as `normalise` does.
    """
    parts = _parse(url)
    host = parts.host.rstrip(".")
    if host.startswith("www.") and "." in host[4:]:
        host = host[4:]
    default = {"http": 80, "https": 443}[parts.scheme]
    port = "" if parts.port in {-1, default} else f":{parts.port}"
    path = _without_dots(parameters.same_escapes(parts.path)).rstrip("/")
    query = "&".join(parameters.telling(parts.host, parts.path, parts.query))
    fragment = parts.fragment if parts.fragment.startswith(("#!", "#/")) else ""
    return f"{host}{port}{path}{'?' if query else ''}{query}{parameters.same_escapes(fragment)}"


def host(url: str) -> str:
    """The host as it is shown to people, without `www.`; "" for what is no web address.

    A label in another script is shown in it only where it cannot pass for another name (after
    Chromium's IDN display policy), else in its ASCII form.
    """
    try:
        name = _parse(url).host.rstrip(".")
    except InputError:
        return ""
    if name.startswith("www.") and "." in name[4:]:
        name = name[4:]
    if "xn--" not in name:
        return name
    labels = name.split(".")
    top_is_ascii = not labels[-1].startswith("xn--")
    return ".".join(_shown(label, top_is_ascii=top_is_ascii) for label in labels)


def is_gift(url: str) -> bool:
    """Whether an address carries a token that opens an article to whom it was given.

    Same `key` but another address, and this one a gift: it may open what is held as a preview.
    """
    try:
        parts = _parse(url)
    except InputError:
        return False
    return parameters.holds_gift(parts.host, parts.path, parts.query)


def is_web(url: str) -> bool:
    """Whether `url` is an absolute http or https address with a host that can be one."""
    if not _HTTP.match(url):
        return False
    try:
        _parse(url)
    except InputError:
        return False
    return True


def _parse(text: str) -> _Parts:
    """After the WHATWG URL Standard: its host or an InputError, but never another host."""
    address = _EDGES.sub("", text)
    if not address or len(address) > _LONGEST or _UNPRINTABLE.search(address):
        raise _bad(text)
    scheme, rest = _scheme_and_rest(address)
    # A backslash is a slash in a host and a path.
    matched = _PARTS.fullmatch(re.sub(r"^[^?#]+", lambda way: way[0].replace("\\", "/"), rest))
    if matched is None:
        raise _bad(text)
    authority, path, query, fragment = (piece or "" for piece in matched.groups())
    user, _, server = authority.rpartition("@")
    server, port = _host_and_port(server, text)
    if not scheme and (user or re.search(r"\s", address) or not _is_public_name(server)):
        raise _bad(text)
    return _Parts(
        scheme or _scheme_for(server, port),
        quote(user.rstrip(":"), safe="!$&'()*+,;=:%~", errors="replace"),
        server,
        port,
        path.replace(" ", "%20"),
        query.replace(" ", "%20"),
        fragment.replace(" ", "%20"),
    )


def _scheme_and_rest(address: str) -> tuple[str, str]:
    """The scheme in lower case ("" if none was given) and what follows its slashes."""
    if web := _HTTP.fullmatch(address):
        return web[1].lower(), web[2]
    if address.startswith(("//", "\\\\")):
        return "", address.lstrip("/\\")
    if _SCHEME.match(address) and not _PORT_AFTER_NAME.match(address):
        raise InputError("not_http", address=_quotable(address))
    return "", address


def _is_public_name(server: str) -> bool:
    """Whether a host alone, without a scheme, is meant as one: `example.org`, not `e.g`."""
    top = server.rpartition(".")[2]
    return (
        ":" in server
        or server == "localhost"
        or ("." in server and (top.isdigit() or top[1:] != ""))
    )


def _scheme_for(server: str, port: int) -> str:
    numeric = ":" in server or server.rpartition(".")[2].isdigit()
    return "http" if numeric or server == "localhost" or port not in {-1, 443} else "https"


def _host_and_port(server: str, text: str) -> tuple[str, int]:
    name, port = server, ""
    # Inside brackets a colon belongs to the address.
    if matched := re.fullmatch(r"(\[.*\]|[^\[].*?):(\d*)", server, re.DOTALL | re.ASCII):
        name, port = matched.groups()
    if port and (len(port) > 5 or int(port) > 65_535):
        raise _bad(text)
    if name.startswith("["):
        try:
            return str(
                IPv6Address(name[1:-1] if name.endswith("]") and "%" not in name else "")
            ), int(port or -1)
        except AddressValueError:
            raise _bad(text) from None
    try:
        return _ascii_host(name), int(port or -1)
    except ValueError:
        raise _bad(text) from None


def _ascii_host(name: str) -> str:
    """The host in lower-case ASCII; ValueError where the URL Standard or DNS knows no such host."""
    if "%" in name:
        name = unquote_to_bytes(name).decode("utf-8")
    name = name.lower() if name.isascii() else _idna(name)
    labels = name.removesuffix(".").split(".")
    if len(name) > 254 or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError(name)
    for label in labels:
        if label.startswith("xn--"):
            _unicode_label(label)
    if _NUMBER_LABEL.fullmatch(labels[-1]):
        # Other spellings of IPv4 (hexadecimal, octal, one number) are only ever used to hide one.
        return str(IPv4Address(".".join(labels)))
    return name


def _idna(name: str) -> str:
    import idna  # its tables take 35 ms, and most hosts are ASCII

    mapped = idna.uts46_remap(name, std3_rules=False, transitional=False)
    return ".".join(
        label if label.isascii() else _ascii_label(label) for label in mapped.split(".")
    )


def _ascii_label(label: str) -> str:
    """Punycode; emoji and other symbols are let through, as browsers do (UTS #46)."""
    import idna

    letters = "".join(char for char in label if unicodedata.category(char) != "So")
    if letters and not letters.isascii():
        idna.alabel(letters)
    if letters == label:
        return idna.alabel(label).decode("ascii")
    return "xn--" + label.encode("punycode").decode("ascii")


def _unicode_label(label: str) -> str:
    """The label behind `xn--`; ValueError if it is none, or not the one way to write it."""
    shown = label[4:].encode("ascii").decode("punycode")
    if shown.isascii() or _idna(shown) != label:
        raise ValueError(label)
    return shown


# Letters that look like ASCII ones (Chromium's list of whole-script confusables).
_LOOKALIKES = frozenset("асԁеһіјӏорԛѕԝхуъЬҽпгѵѡӕӠғкмтвνοαυρχικτωγ-0123456789")
_SCRIPTS_TOGETHER = (
    frozenset({"CJK", "HIRAGANA", "KATAKANA", "LATIN", "KATAKANA-HIRAGANA"}),
    frozenset({"CJK", "BOPOMOFO", "LATIN"}),
    frozenset({"CJK", "HANGUL", "LATIN"}),
)


def _shown(label: str, *, top_is_ascii: bool) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        shown = _unicode_label(label)
    except ValueError:
        return label
    letters = [char for char in shown if char not in "-_" and not char.isdigit()]
    scripts = frozenset(unicodedata.name(char, "?").split(" ")[0] for char in letters)
    alone = len(scripts) == 1
    safe = alone or any(scripts <= together for together in _SCRIPTS_TOGETHER)
    if any(not char.isalpha() and not unicodedata.combining(char) for char in letters):
        safe = False
    if any("LATIN" in unicodedata.name(char, "") and ord(char) > 0x24F for char in letters):
        safe = False
    if top_is_ascii and all(char in _LOOKALIKES for char in shown):
        safe = False
    return shown if safe else label


def _without_dots(path: str) -> str:
    """RFC 3986, section 5.2.4, for a path that is empty or begins with a slash."""
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            # The empty segment before the first slash stays.
            del kept[max(1, len(kept) - 1) :]
        elif segment != ".":
            kept.append(segment)
    return "/".join(kept)


def _quotable(address: str) -> str:
    """`address` as it can stand in a sentence: printable and at most 200 characters."""
    clean = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", address.strip())
    return clean if len(clean) <= 200 else clean[:199] + "…"


def _bad(address: str) -> InputError:
    return InputError("bad_address", address=_quotable(address))
