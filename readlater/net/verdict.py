"""Whether a response brought anything: which status or content means that nothing came."""

from __future__ import annotations

import re
import time
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from readlater.article import Response
from readlater.errors import FetchError
from readlater.net import pictures

_HEAD_BYTES = 1445  # https://mimesniff.spec.whatwg.org/#reading-the-resource-header
_LONGEST_WAIT_S = 30 * 24 * 3600.0
_PAGE_TYPES = frozenset(
    {
        "",
        "text/html",
        "application/xhtml+xml",
        "text/xml",
        "application/xml",
        "text/plain",
        "multipart/related",
    }
)
_SIGNS = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"ID3\x03", "audio/mpeg"),
    (b"ID3\x04", "audio/mpeg"),
    (b"OggS\x00", "application/ogg"),
    (b"fLaC", "audio/flac"),
    (b"\x1a\x45\xdf\xa3", "video/webm"),
    (b"%!PS-Adobe-", "application/postscript"),
    (b"MZ\x90\x00", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
)
_MARKUP = re.compile(
    rb"\s*<(?:!--|(?:!doctype|html|head|body|title|meta|script|style|div|p|h1)\b)", re.IGNORECASE
)
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_CHALLENGES = frozenset({"challenge", "captcha", "block", "deny"})
_MITIGATION = re.compile(r"(?:^|-)(?:mitigated|waf-action|captcha)(?:-|$)")


def verdict(response: Response, *, now_s: float | None = None) -> FetchError | None:
    """The error that says why nothing came, or None when there is something to extract.

    A wall is not nothing: 401, 402, 403 and 406 with a page, and any challenge page that a server
    marks as one, are None, and the pipeline says what they are. `now_s` is the time since 1970
    for a Retry-After that is a date.
    """
    host = urlsplit(response.url).hostname or ""
    if is_challenge(response):
        if _is_page(response):
            return None
        return FetchError("robot_check", host=host)
    failed = of_status(response, host, time.time() if now_s is None else now_s)
    if failed is not None:
        return failed
    if not response.body.strip(b"\0\t\n\f\r ") or response.status in (204, 205):
        return FetchError("empty_page", host=host)
    if response.status == 206:  # nobody asked for a part
        return FetchError("bad_content", host=host)
    return not_a_page(response.content_type, response.body)


def of_status(response: Response, host: str, now_s: float) -> FetchError | None:
    """The error of a status alone, or None for those that may come with something to read."""
    status = response.status
    if 200 <= status < 300 or (status in (401, 402, 403, 406) and _is_page(response)):
        return None
    plain = {404: "not_found", 410: "gone", 451: "legal"}
    if status in plain:
        return FetchError(plain[status], host=host, status=status)
    if 300 <= status < 400:
        return FetchError("bad_redirect", host=host)
    retry_after_s = _retry_after_s(response, now_s)
    if status == 429:
        return FetchError("too_many_requests", passing=True, retry_after_s=retry_after_s, host=host)
    if status in (408, 425) or 500 <= status < 600:
        return FetchError(
            "server_error", passing=True, retry_after_s=retry_after_s, host=host, status=status
        )
    return FetchError("refused", host=host, status=status)


def is_challenge(response: Response) -> bool:
    """Whether the server says by a header that it answered a suspected robot, not a reader."""
    return any(
        _MITIGATION.search(name) and value.strip().lower() in _CHALLENGES
        for name, value in response.headers
    )


def not_a_page(content_type: str, head: bytes) -> FetchError | None:
    """FetchError `not_a_page` by the first bytes of a body and its declared type, or None.

    Bytes go above the label, as browsers do it (https://mimesniff.spec.whatwg.org/): what begins
    like markup is a page under any label, a known signature is none.
    """
    declared = content_type.partition(";")[0].strip().lower()
    head = head[:_HEAD_BYTES]
    found = _signature(head)
    if found:
        return FetchError("not_a_page", media_type=found)
    if _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        return None
    is_binary = _BINARY.search(head) and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if declared in ("", "text/plain", "application/octet-stream"):
        return (
            FetchError("not_a_page", media_type="application/octet-stream") if is_binary else None
        )
    if declared in _PAGE_TYPES or "/" not in declared:
        return None
    return FetchError("not_a_page", media_type=declared)


def _signature(head: bytes) -> str:
    for sign, kind in _SIGNS:
        if head.startswith(sign):
            return kind
    if head[4:8] == b"ftyp":
        return pictures.media_type(head) or "video/mp4"
    return pictures.media_type(head)


def _is_page(response: Response) -> bool:
    declared = response.content_type.partition(";")[0].strip().lower()
    is_markup = declared in ("text/html", "application/xhtml+xml") or _MARKUP.match(response.body)
    return bool(response.body.strip() and is_markup)


def _retry_after_s(response: Response, now_s: float) -> float | None:
    text = next((value for name, value in response.headers if name == "retry-after"), "").strip()
    if re.fullmatch(r"[0-9]{1,12}(\.[0-9]+)?", text):
        return min(float(text), _LONGEST_WAIT_S)
    try:
        moment_s = parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError):
        return None
    return min(max(0.0, moment_s - now_s), _LONGEST_WAIT_S)
