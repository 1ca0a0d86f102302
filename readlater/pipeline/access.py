"""Decide what a copy is: the signs, each with its evidence, weighed in one place."""

from __future__ import annotations

import math
from typing import NamedTuple

from readlater.article import Access, Evidence
from readlater.pipeline.access_signs import SIGNS
from readlater.pipeline.delivered import CUT, WHOLE, Delivered, Offer

__all__ = ["Delivered", "Offer", "Verdict", "decide"]

_WALLED = frozenset({Access.PREVIEW, Access.REGISTRATION, Access.SIGN_IN})


class Verdict(NamedTuple):
    """What a copy is, the reasons (strongest first), and how sure that is (0 to 1)."""

    access: Access
    evidence: tuple[Evidence, ...]
    confidence: float


def decide(page: Delivered) -> Verdict:
    """The verdict and its reasons. Pure; a wall is never called full."""
    signs = sorted((s for sign in SIGNS if (s := sign(page))), key=lambda s: -abs(s.weight))
    for_kind: dict[str, float] = {}
    for sign in signs:
        for_kind[sign.says] = for_kind.get(sign.says, 0.0) + sign.weight
    access = _weigh(page, for_kind)
    evidence = tuple(sign.evidence for sign in signs)
    return Verdict(access, evidence, round(_confidence(access, for_kind), 2))


def _weigh(page: Delivered, for_kind: dict[str, float]) -> Access:
    for wall in (Access.BOT_WALL, Access.CONSENT_WALL):
        if for_kind.get(wall, 0) >= 2:
            return wall
    cut = for_kind.get(CUT, 0) - for_kind.get(WHOLE, 0)
    if for_kind.get(Access.SIGN_IN, 0) >= (2 if page.words < 12 else 3):
        return _asked(page, default=Access.SIGN_IN)
    if page.words >= 8 and cut >= 2.5:
        return _asked(page, default=Access.PREVIEW)
    if for_kind.get(Access.UNKNOWN, 0) >= 2 or page.words < 12:
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


def _confidence(access: Access, for_kind: dict[str, float]) -> float:
    """How far the signs lie from where the verdict turns, as a share between 0 and 1."""
    cut = for_kind.get(CUT, 0) - for_kind.get(WHOLE, 0)
    if access is Access.FULL:
        return _share(1.6 * (2 - cut))
    if access in _WALLED:
        return _share(max(1.2 * (cut - 1.5), for_kind.get(Access.SIGN_IN, 0) - 0.5))
    return _share(for_kind.get(access, 0) - 0.5)


def _share(score: float) -> float:
    return 1 / (1 + math.exp(-score))
