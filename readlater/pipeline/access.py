"""Decide what a copy is: a few small signs, each with its evidence, weighed in one place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from readlater.article import Access, Evidence
from readlater.pipeline import phrases
from readlater.pipeline.phrases import Force, OnPage

# What is shorter than this beside a wall or an error page is no article.
_FEW_WORDS = 40
_ENDS = re.compile(r"[.!?…。！？」』”\"'’»«)\]）؟।۔:*]\s*$")
_CUT = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\]|‥)[\s\"”»]*$")
_QUOTE = 120


@dataclass(frozen=True, slots=True)
class Offer:
    """A block that asked for something: what it said and asked for, and where it stood.

    `inside` when it stood in the element that holds the article's paragraphs; `after` when it
    stood right after the last of them.
    """

    text: str
    reason: str
    hits: frozenset[str] = frozenset()
    after: bool = False
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Delivered:
    """All that a verdict on access rests on. Sizes are in words."""

    status: int = 200
    title: str = ""
    words: int = 0
    last: str = ""
    page_text: str = ""
    page_words: int = 0
    free: bool | None = None
    says_words: int = 0
    data_words: int = 0
    hidden_words: int = 0
    password_field: bool = False
    dialog: bool = False
    offers: tuple[Offer, ...] = ()
    removed: int = 0


@dataclass(frozen=True, slots=True)
class Sign:
    """One reason: what it speaks for, how strongly (of about 3), and the evidence."""

    says: str
    weight: float
    evidence: Evidence


CUT = "cut"
WHOLE = "whole"


def decide(page: Delivered) -> tuple[Access, tuple[Evidence, ...]]:
    """The verdict and its reasons, strongest first. Pure; a wall is never called full."""
    signs = sorted((s for sign in SIGNS if (s := sign(page))), key=lambda s: -abs(s.weight))
    evidence = tuple(sign.evidence for sign in signs)
    return _weigh(page, signs), evidence


def _weigh(page: Delivered, signs: list[Sign]) -> Access:
    by_kind: dict[str, float] = {}
    for sign in signs:
        by_kind[sign.says] = by_kind.get(sign.says, 0.0) + sign.weight
    for wall in (Access.BOT_WALL, Access.CONSENT_WALL):
        if by_kind.get(wall, 0) >= 2:
            return wall
    cut = by_kind.get(CUT, 0) - by_kind.get(WHOLE, 0)
    if by_kind.get(Access.SIGN_IN, 0) >= (2 if page.words < 12 else 3):
        return _asked(page, default=Access.SIGN_IN)
    if page.words >= 8 and cut >= 2.5:
        return _asked(page, default=Access.PREVIEW)
    if by_kind.get(Access.UNKNOWN, 0) >= 2 or page.words < 12:
        return _asked(page, default=Access.UNKNOWN) if cut >= 2.5 else Access.UNKNOWN
    if cut >= 2 or page.status >= 400:
        return Access.UNKNOWN
    return Access.FULL


def _asked(page: Delivered, *, default: Access) -> Access:
    """What is asked for: money, a free account, or only to sign in."""
    hits = [offer.hits for offer in page.offers if offer.after]
    if any("subscribe" in one for one in hits):
        return Access.PREVIEW
    if any("register" in one for one in hits):
        return Access.REGISTRATION
    if default is not Access.UNKNOWN and any("sign_in" in one for one in hits):
        return Access.SIGN_IN
    return default


def _robots(page: Delivered) -> Sign | None:
    if page.page_words > 300 or page.words > 150:
        return None
    found = _first(phrases.ROBOT, f"{page.title}\n{page.page_text}")
    if not found:
        return None
    return Sign(Access.BOT_WALL, 3, Evidence("robot_check", quote=found))


def _consent(page: Delivered) -> Sign | None:
    asked = [offer for offer in page.offers if "consent" in offer.hits or offer.reason == "consent"]
    text = "\n".join([*(o.text for o in asked), page.page_text])
    if page.words >= _FEW_WORDS or page.page_words > 400:
        return None
    found = _first("consent", text)
    if not found:
        return None
    return Sign(Access.CONSENT_WALL, 3, Evidence("consent_dialog", quote=found))


def _login(page: Delivered) -> Sign | None:
    asks = any(o.inside and o.hits & {"sign_in", "register"} for o in page.offers)
    if page.words >= _FEW_WORDS or not (page.password_field or asks):
        return None
    return Sign(Access.SIGN_IN, 3 if page.password_field else 2, Evidence("login_form"))


def _status(page: Delivered) -> Sign | None:
    if page.status < 400:
        return None
    says = Access.UNKNOWN if page.status in {404, 410} or page.status >= 500 else CUT
    return Sign(says, 1, Evidence("status", count=page.status))


def _error(page: Delivered) -> Sign | None:
    if page.words > 60:
        return None
    found = _first(phrases.ERROR, f"{page.title}\n{page.page_text}")
    return Sign(Access.UNKNOWN, 3, Evidence("error_page", quote=found)) if found else None


def _nothing(page: Delivered) -> Sign | None:
    return None if page.words >= 12 else Sign(Access.UNKNOWN, 2, Evidence("no_text"))


def _offer(page: Delivered) -> Sign | None:
    """An offer right after the last paragraph; the surest when it says that the rest is kept."""
    best: Sign | None = None
    for offer in page.offers:
        if not offer.after or not offer.hits & {
            "subscribe",
            "register",
            "sign_in",
            phrases.WITHHELD,
        }:
            continue
        held = _first(phrases.WITHHELD, offer.text)
        weight = (3.0 if held else 1.5) if offer.inside else 1.0 if held else 0.0
        if weight and (best is None or weight > best.weight):
            quote = _line_with(offer.text, held)
            code = "ends_with_prompt" if held else "prompt_after"
            best = Sign(CUT, weight, Evidence(code, quote=quote))
    return best


def _ending(page: Delivered) -> Sign | None:
    last = page.last.strip()
    if not last:
        return None
    if _CUT.search(last):
        return Sign(CUT, 1.5, Evidence("ends_mid_sentence", quote=last[-_QUOTE:]))
    if not _ENDS.search(last) and len(last) > 60:
        return Sign(CUT, 1, Evidence("ends_mid_sentence", quote=last[-_QUOTE:]))
    if page.words >= 300:
        return Sign(WHOLE, 1 if page.words < 600 else 1.5, Evidence("whole_text", count=page.words))
    return Sign(WHOLE, 0.25, Evidence("whole_text", count=page.words))


def _says(page: Delivered) -> Sign | None:
    """A weak sign: 35 of 47 real pages that say "not free" were delivered whole."""
    if page.free is None:
        return None
    return (
        Sign(WHOLE, 0.5, Evidence("says_free"))
        if page.free
        else Sign(CUT, 1, Evidence("says_not_free"))
    )


def _words_missing(page: Delivered) -> Sign | None:
    said = max(page.says_words, page.data_words)
    if page.words < 8 or said < page.words * 1.6 or said - page.words < 60:
        return None
    return Sign(CUT, 1.5, Evidence("words_missing", count=page.words, of=said))


def _hidden(page: Delivered) -> Sign | None:
    if page.hidden_words < 80 or page.hidden_words < page.words * 0.5 or page.words > 300:
        return None
    return Sign(CUT, 1, Evidence("words_hidden", count=page.hidden_words))


def _short(page: Delivered) -> Sign | None:
    if page.words >= 150:
        return None
    return Sign(CUT, 0.5, Evidence("short_text", count=page.words))


def _removed(page: Delivered) -> Sign | None:
    return Sign("", 0, Evidence("blocks_removed", count=page.removed)) if page.removed else None


# To add a sign, write a function and name it here.
SIGNS: tuple[Callable[[Delivered], Sign | None], ...] = (
    _robots, _consent, _login, _status, _error, _nothing, _offer, _ending, _says, _words_missing,
    _hidden, _short, _removed,
)  # fmt: skip


def _first(reason: str, text: str) -> str:
    """The line of a text in which the first phrase of a list stands, or ""."""
    found = [
        p for p in OnPage(text, (reason,)).find(phrases.fold(text)) if p[0].force is Force.STRONG
    ]
    return _line_with(text, min(found, key=lambda p: p[1].start())[1][0]) if found else ""


def _line_with(text: str, words: str) -> str:
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    wanted = phrases.fold(words)
    return next(
        (x for x in lines if wanted and wanted in phrases.fold(x)), lines[0] if lines else ""
    )[:_QUOTE]
