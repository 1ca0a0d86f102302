"""Take a saved web page apart: where it came from, and the parts of an MHTML archive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from html import unescape
from urllib.parse import urljoin

from readlater.article import Picture
from readlater.net import urls

# What stands before the body, and no more of it than this, is looked at.
_HEAD_CHARS = 4_000_000
_BODY = re.compile(r"<body[\s>]", re.IGNORECASE)
# Browsers write `saved from url=(0020)https://...` (Microsoft's Mark of the Web), SingleFile
# `Page saved with SingleFile  url: https://...`, monolith `Saved from https://... at`.
_SAVED_FROM = re.compile(
    r"saved\b.{0,200}?\b(?:url=\(\d+\)|url:\s*|from\s+)(?P<address>https?://\S+)",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<(?P<name>link|meta|base)\b(?P<inside>[^<>]{1,8000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""(?<![a-z:-])(?P<name>[a-z:-]+)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))""",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Archive:
    """The main page of an MHTML file, the address it had ("" if unknown), and its pictures."""

    url: str
    body: bytes
    content_type: str
    pictures: tuple[Picture, ...]


def saved_from(body: bytes) -> str:
    """The address a saved HTML page came from, by its own account, or "".

    In order: the comment of the program that saved it, canonical link, og:url, base. One that
    names only a site gives way to one that names a page, as sites point at their home page.
    """
    text = _text(body)
    opened = _BODY.search(text)
    head = text[: opened.start()] if opened else text
    # The comment may stand before, in or right after the head.
    candidates = [
        found["address"]
        for comment in _comments(text[: len(head) + 8000])
        if (found := _SAVED_FROM.search(comment))
    ]
    candidates += _declared(head)
    addresses = [address for address in candidates if urls.is_web(address)]
    named = [address for address in addresses if "/" in urls.key(address)]
    return (named or addresses or [""])[0]


def archive(body: bytes) -> Archive | None:
    """The parts of an MHTML file (RFC 2557), or None if there is no HTML in it."""
    try:
        message = message_from_bytes(body)
        parts = [part for part in message.walk() if not part.is_multipart()]
        page = _main_part(message, parts)
        if page is None:
            return None
        url = _address(page) or _address(message)
        pictures = (_picture(part, url) for part in parts)
        charset = str(page.get_param("charset", "") or "")
        content_type = page.get_content_type() + (f"; charset={charset}" if charset else "")
        return Archive(
            url if urls.is_web(url) else "",
            _payload(page),
            content_type,
            tuple(picture for picture in pictures if picture is not None),
        )
    except (ValueError, LookupError, TypeError, RecursionError):
        # The parser of the standard library forgives much but not everything.
        return None


def picture_type(body: bytes) -> str:
    """The media type of a picture by its first bytes, or "" (WHATWG MIME Sniffing, section 6.1)."""
    for start, media_type in (
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"GIF87a", "image/gif"),
        (b"GIF89a", "image/gif"),
        (b"BM", "image/bmp"),
        (b"\x00\x00\x01\x00", "image/x-icon"),
        (b"II*\x00", "image/tiff"),
        (b"MM\x00*", "image/tiff"),
    ):
        if body.startswith(start):
            return media_type
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image/webp"
    if body[4:8] == b"ftyp" and body[8:12] in {b"avif", b"avis", b"heic", b"heix", b"mif1"}:
        return "image/avif" if body[8:11] == b"avi" else "image/heic"
    return ""


def _text(body: bytes) -> str:
    encoding = "utf-16" if body[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
    return body[:_HEAD_CHARS].decode(encoding, errors="replace")


def _comments(text: str) -> Iterator[str]:
    """The beginnings of the comments, found in one pass whatever the text is made of."""
    end = 0
    while (start := text.find("<!--", end)) >= 0 and (end := text.find("-->", start)) >= 0:
        yield text[start + 4 : min(end, start + 4000)]


def _declared(head: str) -> list[str]:
    """What the page says of itself, best first: canonical, og:url, base."""
    found = {"canonical": "", "og:url": "", "base": ""}
    for tag in _TAG.finditer(head):
        attributes = {
            each["name"].lower(): unescape(each["double"] or each["single"] or each["bare"] or "")
            for each in _ATTRIBUTE.finditer(tag["inside"])
        }
        kind = tag["name"].lower()
        address = attributes.get("content" if kind == "meta" else "href", "").strip()
        if kind == "link" and "canonical" in attributes.get("rel", "").lower().split():
            found["canonical"] = found["canonical"] or address
        elif kind == "meta" and attributes.get("property", "").lower() == "og:url":
            found["og:url"] = found["og:url"] or address
        elif kind == "base":
            found["base"] = found["base"] or address
    return list(found.values())


def _main_part(message: Message, parts: list[Message]) -> Message | None:
    """The part that `start` names, or the one from the archive's own address, or the first page."""
    pages = [
        part for part in parts if part.get_content_type() in {"text/html", "application/xhtml+xml"}
    ]
    start = str(message.get_param("start", "") or "").strip("<> ")
    wanted = _address(message)
    for page in pages:
        if start and str(page.get("Content-ID", "")).strip("<> ") == start:
            return page
    for page in pages:
        if wanted and _address(page) == wanted:
            return page
    return pages[0] if pages else None


def _address(part: Message) -> str:
    location = part.get("Content-Location") or part.get("Snapshot-Content-Location") or ""
    # A long header is folded, and white space in an address means nothing.
    return re.sub(r"\s+", "", str(location))


def _payload(part: Message) -> bytes:
    body = part.get_payload(decode=True)
    return body if isinstance(body, bytes) else b""


def _picture(part: Message, page_url: str) -> Picture | None:
    if part.get_content_maintype() != "image":
        return None
    url = urljoin(page_url, _address(part)) if _address(part) else ""
    body = _payload(part)
    media_type = picture_type(body)
    return Picture(url, body, media_type) if media_type and urls.is_web(url) else None
