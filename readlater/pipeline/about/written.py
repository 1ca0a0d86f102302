"""Dates as they are written, in many languages, as ISO 8601."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import cache

from readlater import resources

_ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)"
    r"(?:[Tt,\s]{1,3}(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s?"
    r"(Z|z|UTC|GMT|[+-]\d{2}:?\d{2}(?!\d)|[+-]\d{2}(?!\d))?)?"
)
_NAME = r"([^\W\d_][^\s\d.,/|()\-–]{2,13})"
_DMY = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|º|ª|°|\.|日)?,?(?:\s+(?:de|of|di|d'|ngày))?[\s\-/]{{1,3}}{_NAME}\.?,?"
    r"(?:\s+(?:de|del|năm))?[\s\-/]{1,3}(\d{4})(?!\d)"
)
_MDY = re.compile(rf"{_NAME}\.?\s{{1,3}}(\d{{1,2}})(?:st|nd|rd|th)?\s?,?\s{{1,3}}(\d{{4}})(?!\d)")
_Y_NAME_D = re.compile(
    rf"(?<!\d)(\d{{4}})\.?,?\s{{1,3}}(?:m\.\s)?{_NAME}\.?\s{{1,3}}(\d{{1,2}})(?!\d)"
)
_YMD = re.compile(r"(?<!\d)(\d{4})\s?[./年년\-]\s?(\d{1,2})\s?[./月월\-]\s?(\d{1,2})(?!\d)")
_NUMERIC = re.compile(
    r"(?<![\d.])(\d{1,2})\s?([./\-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d.]?\d)"
)
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:h.](\d{2})(?::(\d{2}))?\s*([ap]\.?m\.?)?(?!\d)", re.I)
_COMPACT = re.compile(r"(?:19|20)\d{6}(?:T?\d{4,6}\w*)?")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?(?:\.\d+)?")
_DIRECTION = "\u200e\u200f\u202a\u202b\u202c"
_MAIL = re.compile(r"\s*[A-Za-z]{3}, \d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d")
_AMERICAN = ("en-us", "en_us", "us", "en-ph")


@cache
def months() -> dict[str, int]:
    """The number of each month by its names, in lower case."""
    found: dict[str, int] = {}
    current = ""
    for line in resources.text("about/dates.txt").splitlines():
        if line.startswith("["):
            current = line.strip("[] ")
        elif current == "month" and line[:1].isdigit():
            number, *names = line.split()
            for name in names:
                found.setdefault(name.replace("_", " "), int(number))
    return found


def iso(said: str, language: str = "") -> str:
    """A written date as ISO 8601, with time and zone where given; "" when it is none."""
    said = said.strip()[:200]
    if not said:
        return ""
    if _EPOCH.fullmatch(said):
        try:
            return datetime.fromtimestamp(int(said[:10]), UTC).isoformat()
        except (ValueError, OverflowError, OSError):
            return ""
    if _COMPACT.fullmatch(said):
        return day(int(said[:4]), int(said[4:6]), int(said[6:8]))
    if _MAIL.match(said):
        return _mail(said)
    return next((text for _, text in every(said, language)), "") or _mail(said)


def every(said: str, language: str = "") -> Iterator[tuple[int, str]]:
    """All dates written in a text, each with where it begins; those of one form after another."""
    if not said.isascii():
        said = said.translate(_Plain())
    for match, found in _each(said, language):
        if found:
            yield match.start(), found


def _each(said: str, language: str) -> Iterator[tuple[re.Match[str], str]]:
    for match in _ISO.finditer(said):
        yield match, _whole(match)
    for match in _DMY.finditer(said):
        yield match, _named(match[3], match[2], match[1])
    for match in _MDY.finditer(said):
        yield match, _named(match[3], match[1], match[2])
    for match in _Y_NAME_D.finditer(said):
        yield match, _named(match[1], match[2], match[3])
    for match in _YMD.finditer(said):
        yield match, day(int(match[1]), int(match[2]), int(match[3]))
    for match in _NUMERIC.finditer(said):
        yield match, _numeric(match, language)


def _named(year: str, name: str, number: str) -> str:
    low = name.lower()
    month = months().get(low) or months().get(low[:3], 0)
    return day(int(year), month, int(number)) if month else ""


class _Plain(dict[int, str]):
    """Digits of all scripts as 0 to 9; direction marks go, thin spaces become plain ones."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        digit = unicodedata.digit(char, None)
        if digit is not None and char.isdecimal():
            return str(digit)
        return " " if char in "\u00a0\u202f\u2009" else "" if char in _DIRECTION else char


def _whole(match: re.Match[str]) -> str:
    year, month, number, hour, minute, second, zone = match.groups()
    found = day(int(year), int(month), int(number))
    if not found or hour is None or int(hour) > 23 or int(minute) > 59 or int(second or 0) > 59:
        return found
    if zone in {"UTC", "GMT", "z"}:
        zone = "Z"
    elif zone and zone != "Z" and ":" not in zone:
        zone = zone[:3] + ":" + (zone[3:] or "00")
    return f"{found}T{int(hour):02}:{minute}:{second or '00'}{zone or ''}"


def _numeric(match: re.Match[str], language: str) -> str:
    one, other, year = int(match[1]), int(match[3]), int(match[4])
    if len(match[4]) == 2:
        year += 2000 if year < 70 else 1900
    american = match[2] == "/" and language.lower() in _AMERICAN
    american = american or (match[2] != "." and language.lower() in {"", "en"})
    first, second = ((one, other), (other, one)) if american else ((other, one), (one, other))
    return day(year, *first) or day(year, *second)


def _mail(said: str) -> str:
    try:
        found = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
    return found.isoformat() if 1990 <= found.year <= 2100 else ""


def day(year: int, month: int, number: int) -> str:
    """A day as ISO 8601, or "" when there is none such or it cannot be meant."""
    try:
        found = date(year, month, number)
    except ValueError:
        return ""
    return found.isoformat() if 1990 <= year <= 2100 else ""
