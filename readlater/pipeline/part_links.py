"""Which address is another page of the same article: by the address alone, pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

# A page of an article is rarely beyond this; a larger number is the name of another article.
LARGEST = 200
_NUMBERS = frozenset(
    [
        "page", "p", "pg", "pn", "pagenum", "pageno", "page_no", "pagenumber", "page_number",
        "paged", "seite", "pagina", "página", "strona", "sayfa", "oldal", "sida", "side", "trang",
        "pnum", "curpage", "currentpage", "cur_page",
    ]
)  # fmt: skip
# How many posts come before: the pages of a thread are so many apart.
_OFFSETS = frozenset({"start", "offset", "from", "st"})
_WORDS = r"page|pages|seite|pagina|strona|sayfa|side|sida|p|pg|part|teil|partie|parte"
_IN_PATH = (
    re.compile(rf"^(?P<a>.+?)/(?:{_WORDS})[-_/]?(?P<n>\d{{1,3}})(?P<b>/?)$", re.IGNORECASE),
    re.compile(r"^(?P<a>.+?)/(?P<n>\d{1,3})(?P<b>/?)$"),
    re.compile(
        rf"^(?P<a>.+?)[-_,.](?:(?:{_WORDS})[-_]?)?(?P<n>\d{{1,3}})(?P<b>\.[a-z]{{3,5}})$", re.I
    ),
    re.compile(rf"^(?P<a>.+?)[-_,](?:{_WORDS})[-_]?(?P<n>\d{{1,3}})(?P<b>/?)$", re.IGNORECASE),
    re.compile(r"^(?P<a>.+?)[-_,](?P<n>\d{1,3})(?P<b>/?)$"),
)
_OTHER_FORM = re.compile(
    r"(?:^|[/?&=._-])(?:amp|print|printable|printview|printpage|drucken|imprimir|imprimer|stampa"
    r"|output=1|comments?|replies|share|email|feed|rss|login|signin|subscribe)(?:$|[/?&=._-])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """An address as page `number` of what stands at `stem`; `offset` counts posts, not pages."""

    stem: str
    number: int
    offset: bool = False


def readings(address: str) -> tuple[Reading, ...]:
    """All ways to read an address as a page of something; as a first page is always one."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    if parts.port:
        host = f"{host}:{parts.port}"
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    path = parts.path.rstrip("/")
    found = [Reading(_stem(host, path, pairs), 1)]
    for i, (name, value) in enumerate(pairs):
        if value.isascii() and value.isdigit() and len(value) < 7:
            others = pairs[:i] + pairs[i + 1 :]
            if name.lower() in _NUMBERS and int(value) <= LARGEST:
                found.append(Reading(_stem(host, path, others), max(1, int(value))))
            elif name.lower() in _OFFSETS:
                found.append(Reading(_stem(host, path, others), int(value), offset=True))
    for shape in _IN_PATH:
        match = shape.match(parts.path)
        if match and 1 <= int(match["n"]) <= LARGEST:
            end = match["b"] if match["b"].startswith(".") else ""
            found.append(Reading(_stem(host, match["a"] + end, pairs), int(match["n"])))
    return tuple(dict.fromkeys(found))


def _stem(host: str, path: str, pairs: list[tuple[str, str]]) -> str:
    query = "&".join(f"{name}={value}" for name, value in sorted(pairs))
    return f"{host}{path}?{query}"


def step(page: str, other: str) -> tuple[int, int] | None:
    """(number of `page`, number of `other`) where both are pages of one thing, else None.

    Numbers of pages count from 1; offsets of posts are told as 1 for what stands first.
    """
    try:
        return _step(page, other)
    except ValueError:  # brackets that are no IPv6 address, a port that is no number
        return None


def _step(page: str, other: str) -> tuple[int, int] | None:
    if is_other_form(other) and not is_other_form(page):
        return None
    mine = readings(page)
    for there in readings(other)[1:]:
        for here in mine:
            if here.stem == there.stem and (here.offset == there.offset or here.number == 1):
                return here.number, there.number
    first = readings(other)[0]
    for here in mine[1:]:
        if here.stem == first.stem:
            return here.number, 1
    return None


def is_offset(address: str) -> bool:
    """Whether the number of an address counts posts."""
    return any(reading.offset for reading in readings(address))


def is_other_form(address: str) -> bool:
    """Whether an address is that of a print or AMP version, of comments, a feed or a form."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    return host.startswith("amp.") or bool(_OTHER_FORM.search(f"{parts.path}?{parts.query}"))


def is_beneath(page: str, other: str) -> bool:
    """Whether `other` may be all of the article at `page`: same host, its path goes on from it."""
    try:
        return _is_beneath(page, other)
    except ValueError:
        return False


def _is_beneath(page: str, other: str) -> bool:
    here, there = urlsplit(page), urlsplit(other)
    if (here.hostname or "").removeprefix("www.") != (there.hostname or "").removeprefix("www."):
        return False
    if is_other_form(other) or (here.path, here.query) == (there.path, there.query):
        return False
    if not set(parse_qsl(here.query)) <= set(parse_qsl(there.query)):
        return False
    stems = {reading.stem.partition("?")[0] for reading in readings(page)}
    target = next(iter(readings(other))).stem.partition("?")[0]
    bare = {re.sub(r"\.[a-z]{3,5}$", "", stem) for stem in stems}
    return any(
        target == stem or (len(urlsplit(f"//{stem}").path) > 1 and target.startswith(stem + sign))
        for stem in stems | bare
        for sign in ("/", "-", "_", ".", ",")
    )
