"""Look, before what is hidden goes, for a robot check, a video and what data calls paid."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

# The services that check for robots, by the addresses and names that their pages carry. The
# script that watches an ordinary page (…/jsd/…) is none.
_CHALLENGE = re.compile(
    r"challenges\.cloudflare\.com|/cdn-cgi/challenge-platform/(?!scripts/jsd)|_cf_chl_opt"
    r"|captcha-delivery\.com|px-captcha|_pxAppId|_Incapsula_Resource|/_sec/cp_challenge|bm-verify"
    r"|ak_challenge|awsWafCookieDomainList|gokuProps|kpsdk|anubis_challenge|hcaptcha\.com/1/api"
    r"|recaptcha/(?:api|enterprise)\.js|turnstile/v0"
)
_HEADERS = {"cf-mitigated": "challenge", "x-amzn-waf-action": "", "x-datadome": "protected"}
_PLAYERS = re.compile(
    r"youtube(?:-nocookie)?\.com/embed|player\.vimeo|dailymotion|brightcove|jwplayer"
)
_PAID = re.compile(r'"cssSelector"\s*:\s*"([^"]{1,100})"')
_CLASS = re.compile(r"\.([\w-]+)\s*$")
_SCRIPTS = 400
_SCRIPT_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class Seen:
    """What the markup says: see `Delivered`; `paid` are classes that the data calls paid."""

    challenge: str = ""
    video: bool = False
    paid: tuple[str, ...] = ()


def look(root: HtmlElement, headers: Sequence[tuple[str, str]]) -> Seen:
    """One pass over scripts, frames and players."""
    challenge = _answered(headers)
    paid: list[str] = []
    for at, script in enumerate(root.iter("script")):
        if at >= _SCRIPTS:
            break
        said = script.text or ""
        if script.get("type") == "application/ld+json":
            paid += [c[1] for s in _PAID.findall(said) if (c := _CLASS.search(s))]
        elif not challenge:
            challenge = _found(script.get("src") or "") or _found(said[:_SCRIPT_CHARACTERS])
    for frame in root.iter("iframe"):
        challenge = challenge or _found(frame.get("src") or "")
    return Seen(challenge, _shows_video(root), tuple(dict.fromkeys(paid)))


def paid_words(root: HtmlElement, paid: Sequence[str]) -> int | None:
    """How many words stand in elements of these classes; None where the data names none."""
    if not paid:
        return None
    wanted = frozenset(paid)
    words = 0
    inside: HtmlElement | None = None
    for element in root.iter():
        if inside is not None and any(above is inside for above in element.iterancestors()):
            continue
        names = element.get("class") if isinstance(element.tag, str) else None
        if names and not wanted.isdisjoint(names.split()):
            inside = element
            words += len("".join(element.itertext()).split())
    return words


def _answered(headers: Sequence[tuple[str, str]]) -> str:
    for name, value in headers:
        wanted = _HEADERS.get(name.lower())
        if wanted is not None and wanted in value.lower():
            return f"{name}: {value}"
    return ""


def _found(text: str) -> str:
    match = _CHALLENGE.search(text) if text else None
    return match[0] if match else ""


def _shows_video(root: HtmlElement) -> bool:
    if next(root.iter("video"), None) is not None:
        return True
    return any(_PLAYERS.search(frame.get("src") or "") for frame in root.iter("iframe"))
