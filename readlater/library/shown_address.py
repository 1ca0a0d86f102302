"""How an address is shown to a person: readable, and never as if it were another site's; pure."""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import unquote_to_bytes, urlsplit

# Scripts that one label may mix (UTS #39, 5.2, "highly restrictive").
_MIXES: Final = (
    frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA"}),
    frozenset({"LATIN", "CJK", "BOPOMOFO"}),
    frozenset({"LATIN", "CJK", "HANGUL"}),
)
# Letters of other scripts that are drawn as Latin ones are; a label of nothing else hides a name.
_LOOKALIKES: Final = frozenset("асԁеһіјӏорԛѕԝхуүьґαοονρυικτωєӕօոսցհյոզ")
_SAFE_MARKS: Final = "-·・ー々"
_ESCAPES: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_XN: Final = "xn--"


def shown_address(url: str) -> str:
    """`url` with its letters readable: a host in its script, a path without escapes.

    A label of a host that could be read as another one is shown in its ASCII form (punycode), and
    a user and password, which look like a host, are left out. What would be drawn as nothing,
    as a space or backwards stays escaped.
    """
    scheme, colon, rest = url.partition(":")
    if not rest.startswith("//"):
        return scheme + colon + _decoded(rest)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return url
    shown = _host(host) if ":" not in host else f"[{host}]"
    after = rest[2:][len(parts.netloc) :]
    return f"{scheme}://{shown}{f':{port}' if port is not None else ''}{_decoded(after)}"


def _host(host: str) -> str:
    labels = [_label(_ascii(label)) for label in host.split(".")]
    return ".".join(labels)


def _ascii(label: str) -> str:
    if label.isascii():
        return label
    return _XN + unicodedata.normalize("NFC", label).casefold().encode("punycode").decode()


def _label(label: str) -> str:
    """A label in its script, or as it is where that may be taken for another."""
    if not label.startswith(_XN):
        return label
    try:
        letters = label.removeprefix(_XN).encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return label
    return letters if _is_plain(letters) and _ascii(letters) == label else label


def _is_plain(label: str) -> bool:
    if any(not (c.isalnum() or unicodedata.combining(c) or c in _SAFE_MARKS) for c in label):
        return False
    scripts = {
        unicodedata.name(c, "UNKNOWN").split()[0].split("-")[0] for c in label if c.isalpha()
    } - {"MODIFIER"}
    if len(scripts) > 1 and not any(scripts <= mix for mix in _MIXES):
        return False
    letters = [c for c in label if c.isalpha()]
    foreign = scripts & {"CYRILLIC", "GREEK", "ARMENIAN"}
    return not (foreign and all(c in _LOOKALIKES for c in letters))


def _decoded(text: str) -> str:
    """Text without the escapes of letters that are drawn as such; bidi marks stay escaped."""

    def plain(escapes: re.Match[str]) -> str:
        try:
            letters = unquote_to_bytes(escapes[0]).decode()
        except UnicodeDecodeError:
            return escapes[0]
        return "".join(c if _is_drawn(c) else _escaped(c) for c in letters)

    return "".join(
        c if c.isascii() or _is_drawn(c) else _escaped(c) for c in _ESCAPES.sub(plain, text)
    )


def _is_drawn(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character)[0] in "LMNPS"


def _escaped(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))
