"""Which of the addresses that a page offers for one picture is the one to keep."""

from __future__ import annotations

import re

_ENOUGH_PX = 1600
_TOO_SMALL_PX = 600
# A candidate is an address, which may hold commas inside, and descriptors up to the next comma.
_CANDIDATE = re.compile(r"[\s,]*([^\s,]\S*)(?:\s+([^,]*))?(?:,|\Z)")
_WIDTH = re.compile(r"(?:^|\s)(\d{1,5})w(?:\s|$)")
_DENSITY = re.compile(r"(?:^|\s)(\d{1,2}(?:\.\d{1,3})?)x(?:\s|$)")
_MEDIA_WIDTH = re.compile(r"(min|max)-width\s*:\s*(\d{1,5})(?:\.\d+)?(px|em|rem)")
_NOT_HERE = re.compile(r"prefers-color-scheme\s*:\s*dark|orientation\s*:\s*portrait|\bprint\b")
_SCREEN_PX = 1600


def best(srcset: str) -> str:
    """The address of the candidate to keep, or "": sharp at reading width, not absurdly large.

    That is the widest up to 1,600 px (or 2x), or the next larger where that is under 600 px.
    """
    widths, others = [], []
    for address, descriptor in candidates(srcset):
        if width := _WIDTH.search(descriptor):
            widths.append((int(width[1]), address))
        else:
            density = _DENSITY.search(descriptor)
            others.append((float(density[1]) if density else 1.0, address))
    if widths:
        return _fitting(sorted(widths))
    fine = [one for one in others if one[0] <= 2] or others[:1]
    return max(fine, key=lambda one: one[0])[1] if fine else ""


def _fitting(widths: list[tuple[int, str]]) -> str:
    small = [one for one in widths if one[0] <= _ENOUGH_PX]
    large = [one for one in widths if one[0] > _ENOUGH_PX]
    if small and (small[-1][0] >= _TOO_SMALL_PX or not large):
        return small[-1][1]
    return large[0][1]


def candidates(srcset: str) -> list[tuple[str, str]]:
    """(address, descriptors) of each, after
    https://html.spec.whatwg.org/multipage/images.html#parsing-a-srcset-attribute."""
    found, at = [], 0
    while match := _CANDIDATE.match(srcset, at):
        address, descriptor, end = match[1], match[2] or "", match.end()
        if address.endswith(",") and not address.startswith("data:"):
            address, descriptor, end = address.rstrip(","), "", match.end(1)
        elif address.startswith("data:"):
            address = address.rstrip(",")
        if address:
            found.append((address, descriptor.strip()))
        at = max(end, at + 1)
    return found


def is_for_screen(media: str) -> bool:
    """Whether a `media` attribute means a wide screen in daylight."""
    text = media.lower()
    if _NOT_HERE.search(text):
        return False
    for bound, number, unit in _MEDIA_WIDTH.findall(text):
        width = int(number) * (1 if unit == "px" else 16)
        if (bound == "min") == (width > _SCREEN_PX):
            return False
    return True
