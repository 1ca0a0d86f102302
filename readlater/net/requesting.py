"""What a request says: a truthful name, the person's languages, the page a picture is part of."""

from __future__ import annotations

import locale
import os
import re
from collections.abc import Mapping

from readlater import __version__
from readlater.errors import FetchError
from readlater.net.target import Target, parse

USER_AGENT = f"Readlater/{__version__} (+desktop read-later app)"
_ENCODINGS = "gzip, deflate, br, zstd"
_PAGES = "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.5"
_PICTURES = "image/avif,image/webp,image/png,image/jpeg,image/gif,image/svg+xml,image/*;q=0.8"
_LOCALE = re.compile(r"([a-z]{2,3})(?:_([A-Z]{2}))?(?:[.@].*)?")


def page_headers() -> dict[str, str]:
    """The headers of a request for a page."""
    return _headers(_PAGES)


def picture_headers(target: Target, referrer: str) -> dict[str, str]:
    """The headers of a request for a picture on the page `referrer` ("" for none)."""
    headers = _headers(_PICTURES)
    if referrer:
        value = _referrer(target, referrer)
        if value:
            headers["Referer"] = value
    return headers


def _headers(accept: str) -> dict[str, str]:
    return {
        "User-Agent": USER_AGENT,
        "Accept": accept,
        "Accept-Language": accept_language(os.environ, locale.getlocale()[0] or ""),
        "Accept-Encoding": _ENCODINGS,
    }


def accept_language(environ: Mapping[str, str], current: str = "") -> str:
    """The languages of the person's locale, best first: "de-AT,de;q=0.9,en;q=0.5".

    Taken from LANGUAGE, LC_ALL, LC_MESSAGES and LANG as gettext does, else from `current`.
    """
    told = next((environ[n] for n in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(n)), current)
    names = [*environ.get("LANGUAGE", "").split(":"), told]
    tags: list[str] = []
    for found in filter(None, map(_LOCALE.fullmatch, names)):
        language, region = found.groups()
        tags += [f"{language}-{region}", language] if region else [language]
    tags = list(dict.fromkeys(tags))[:6]
    parts = [tag if i == 0 else f"{tag};q={1 - i / 10:.1f}" for i, tag in enumerate(tags)]
    if "en" not in tags:
        parts.append("en;q=0.3" if parts else "en")
    return ",".join(parts)


def _referrer(target: Target, referrer: str) -> str:
    """The default policy of browsers, strict-origin-when-cross-origin (Referrer Policy, 3.7)."""
    try:
        page = parse(referrer)
    except FetchError:
        return ""
    if page.origin == target.origin:
        return page.url
    if page.scheme == "https" and target.scheme == "http":
        return ""
    return parse("/", page.url).url
