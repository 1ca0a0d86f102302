"""The parameters of an address: which tell pages apart, which only track, which are gifts."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from readlater import resources

_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def same_escapes(text: str) -> str:
    """Percent-encoding normalised: RFC 3986, section 6.2.2.1 and 6.2.2.2."""

    def same(escaped: re.Match[str]) -> str:
        char = chr(int(escaped[1], 16))
        return char if char in _UNRESERVED else escaped[0].upper()

    encoded = quote(text, safe="!#$%&'()*+,/:;=?@[]~", errors="replace")
    return _ESCAPED.sub(same, encoded)


def _name_and_value(pair: str) -> tuple[str, str]:
    name, _, value = same_escapes(pair).partition("=")
    return name, value


def telling(host: str, path: str, query: str) -> list[str]:
    """The parameters that tell one page from another, in the order given."""
    pairs = [pair for pair in query[1:].split("&") if pair]
    names = {pair: _name_and_value(pair) for pair in pairs}
    # A token opens an article only where the path says which one: `/share?gift=x` does not.
    last = path.rstrip("/").rpartition("/")[2].partition(".")[0].lower()
    named_by_path = bool(last) and not _DOOR.fullmatch(last)
    gift = named_by_path and any(_gift_sign(*both) for both in names.values())
    kept = []
    for pair in pairs:
        name, value = names[pair]
        if _tracks(name.lower(), host, path + query):
            continue
        if gift and (_gift_sign(name, value) or _goes_with_gift(name, value)):
            continue
        kept.append(same_escapes(pair).replace("%20", "+"))
    return kept


def holds_gift(host: str, path: str, query: str) -> bool:
    """Whether one of the parameters is a token that opens an article to whom it was given."""
    pairs = [_name_and_value(pair) for pair in query[1:].split("&")]
    return any(
        _gift_sign(*pair) and not _tracks(pair[0].lower(), host, path + query) for pair in pairs
    )


# Last words of a path that name no article: what it is stands in the parameters then.
_DOOR = re.compile(
    r"access|articles?|default|doc|get|gift|go|home|id|index|item|link|news|node|open|p|page|post|"
    r"r|read|reader|s|shared?|show|story|unlock|v|view"
)
_GIFT_NAME = re.compile(
    r"gift|unlock|freebie|guestpass|freepass|friendlink|subscriberlink|accesstoken|"
    r"^shared?(?=$|id|token|code|key|type|link|by|from|via|source)"
)
_WAY_NAME = re.compile(r"type|ref|link|source|src|medium|via|mode|share")
_WAY_VALUE = re.compile(r"gift|share")
_BESIDE_A_GIFT = frozenset({"token", "code", "sig", "signature", "st", "expires", "exp"})


def _gift_sign(name: str, value: str) -> bool:
    """By the general words of gift and share links: in a name, or as the way a link was sent."""
    squeezed = re.sub(r"[^a-z0-9]", "", name.lower())
    if _GIFT_NAME.search(squeezed):
        return True
    return (
        _WAY_NAME.search(squeezed) is not None and _WAY_VALUE.search(value[:64].lower()) is not None
    )


def _goes_with_gift(name: str, value: str) -> bool:
    return name.lower() in _BESIDE_A_GIFT or _WAY_VALUE.search(value[:64].lower()) is not None


@dataclass(frozen=True, slots=True)
class _Rule:
    """Parameters that only track, on `hosts` (empty: all), `unless` the address has that in it."""

    params: frozenset[str]
    prefixes: tuple[str, ...]
    hosts: tuple[str, ...]
    unless: re.Pattern[str] | None


@cache
def _rules() -> tuple[_Rule, ...]:
    rules = []
    for name in ("brave", "campaigns"):
        for rule in json.loads(resources.text(f"tracking/{name}.json"))["rules"]:
            rules.append(
                _Rule(
                    frozenset(param.lower() for param in rule.get("params", ())),
                    tuple(rule.get("prefixes", ())),
                    tuple(rule.get("hosts", ())),
                    re.compile(rule["unless"]) if "unless" in rule else None,
                )
            )
    return tuple(rules)


def _tracks(name: str, host: str, where: str) -> bool:
    dotted = "." + host.rstrip(".")
    for rule in _rules():
        if name not in rule.params and not (rule.prefixes and name.startswith(rule.prefixes)):
            continue
        if rule.hosts and not any(dotted.endswith("." + domain) for domain in rule.hosts):
            continue
        if rule.unless is None or not rule.unless.search(where):
            return True
    return False
