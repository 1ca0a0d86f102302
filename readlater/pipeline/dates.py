"""Find when an article was published, as ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from readlater.pipeline import structured
from readlater.pipeline.structured import Structured

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_META = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.created",
    "dcterms.date",
    "parsely-pub-date",
    "sailthru.date",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "date",
    "article.published",
    "published_time",
    "citation_publication_date",
    "citation_date",
    "cxenseparse:recs:publishtime",
    "article:published",
    "bt:pubdate",
    "originalpublicationdate",
    "og:article:published_time",
    "rnews:datepublished",
    "dc.date.created",
    "timestamp",
    "date.release",
    "created",
    "article_date_original",
    "release_date",
    "article:modified_time",
    "og:updated_time",
    "last-modified",
)
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)
_IN_PATH = re.compile(r"/(20\d{2}|19\d{2})[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?:\D|$)")
_MONTHS = {
    name: i % 12 + 1
    for i, name in enumerate(
        [
            "jan",
            "feb",
            "mar",
            "apr",
            "may",
            "jun",
            "jul",
            "aug",
            "sep",
            "oct",
            "nov",
            "dec",
            "ene",
            "fév",
            "mär",
            "abr",
            "mai",
            "juin",
            "juil",
            "ago",
            "set",
            "okt",
            "nov",
            "dez",
            "gen",
            "fev",
            "marz",
            "avr",
            "mag",
            "giu",
            "lug",
            "août",
            "sept",
            "out",
            "listopada",
            "déc",
            "stycznia",
            "lutego",
            "marca",
            "kwietnia",
            "maja",
            "czerwca",
            "lipca",
            "sierpnia",
            "września",
            "października",
            "listop",
            "grudnia",
            "янв",
            "фев",
            "март",
            "апр",
            "мая",
            "июн",
            "июл",
            "авг",
            "сен",
            "окт",
            "ноя",
            "дек",
            "gennaio",
            "février",
            "märz",
            "aprile",
            "maggio",
            "giugno",
            "luglio",
            "agosto",
            "settembre",
            "ottobre",
            "novembre",
            "dicembre",
        ]
    )
}
_DMY = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th|\.)?(?: de| of)?[ \u00a0-]+([^\W\d_]{3,12})\.?,?"
    r"(?: de| del)?[ \u00a0-]+(\d{4})\b"
)
_MDY = re.compile(r"\b([^\W\d_]{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b")
_NUMERIC = re.compile(r"\b(\d{1,2})([./])(\d{1,2})\2(\d{4})\b")
_YMD = re.compile(r"\b(\d{4})\s?[./年-]\s?(\d{1,2})\s?[./月-]\s?(\d{1,2})")


def published(root: HtmlElement, data: Structured, meta: Mapping[str, list[str]], url: str) -> str:
    """The date of publication, with time and zone where they are given, or ""."""
    for said in _declared(root, data, meta):
        found = iso(said)
        if found:
            return found
    in_path = _IN_PATH.search(url)
    if in_path:
        return _day(*(int(part) for part in in_path.groups()))
    for said in _shown(root):
        found = iso(said)
        if found:
            return found
    return ""


def _declared(root: HtmlElement, data: Structured, meta: Mapping[str, list[str]]) -> Iterator[str]:
    for key in ("datePublished", "dateCreated", "uploadDate"):
        if data.article:
            yield structured.text(data.article.get(key))
    for name in _META[:-3]:
        yield from meta.get(name, ())[:1]
    yield from (structured.text(t.get("datePublished")) for t in data.things)
    yield from structured.microdata(root, "datePublished")[:2]
    for element in root.xpath(
        "//time[@pubdate] | //abbr[contains(@class,'published')] | "
        "//time[contains(@class,'publish') or contains(@class,'entry-date')]"
    )[:2]:
        yield element.get("datetime") or element.get("title") or ""
    for element in root.iter("time"):
        if element.get("datetime"):
            yield element.get("datetime", "")
            break
    if data.article:
        yield structured.text(data.article.get("dateModified"))


def _shown(root: HtmlElement) -> Iterator[str]:
    path = (
        "//time | //*[contains(@class,'date') or contains(@class,'Date') "
        "or contains(@class,'time') or contains(@class,'publish') "
        "or contains(@class,'byline') or contains(@class,'meta') "
        "or contains(@id,'date')]"
    )
    for element in root.xpath(path)[:40]:
        text = " ".join("".join(element.itertext()).split())
        if 6 < len(text) < 200:
            yield text


def iso(said: str) -> str:
    """A written date as ISO 8601, or "" when it is none that can be meant."""
    said = said.strip()[:200]
    match = _ISO.search(said)
    if match:
        year, month, day, hour, minute, second, zone = match.groups()
        found = _day(int(year), int(month), int(day))
        if not found or hour is None or int(hour) > 23 or int(minute) > 59:
            return found
        zone = zone if not zone or zone == "Z" or ":" in zone else zone[:3] + ":" + zone[3:]
        return f"{found}T{int(hour):02}:{minute}:{second or '00'}{zone or ''}"
    if re.fullmatch(r"1\d{9}(?:\d{3})?", said):
        return datetime.fromtimestamp(int(said[:10]), UTC).date().isoformat()
    if re.fullmatch(r"(19|20)\d{6}(?:T?\d{4,6}\w*)?", said):
        return _day(int(said[:4]), int(said[4:6]), int(said[6:8]))
    return _written(said)


def _written(said: str) -> str:
    for match in _DMY.finditer(said):
        month = _month(match[2])
        if month:
            return _day(int(match[3]), month, int(match[1]))
    for match in _MDY.finditer(said):
        month = _month(match[1])
        if month:
            return _day(int(match[3]), month, int(match[2]))
    for match in _YMD.finditer(said):
        return _day(*(int(part) for part in match.groups()))
    for match in _NUMERIC.finditer(said):
        one, other, year = int(match[1]), int(match[3]), int(match[4])
        if (match[2] == "/" and other > 12) or (match[2] == "/" and one <= 12 and match[2] == "/"):
            return _day(year, one, other) or _day(year, other, one)
        return _day(year, other, one)
    try:
        return parsedate_to_datetime(said).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _month(name: str) -> int:
    low = name.lower()
    return _MONTHS.get(low) or _MONTHS.get(low[:4]) or _MONTHS.get(low[:3]) or 0


def _day(year: int, month: int, day: int) -> str:
    try:
        found = date(year, month, day)
    except ValueError:
        return ""
    return found.isoformat() if 1990 <= year <= 2100 else ""
