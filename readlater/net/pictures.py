"""What kind of picture some bytes are, by the bytes alone."""

from __future__ import annotations

import re

_SIGNS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
_BMP_HEADER_BYTES = {12, 40, 52, 56, 64, 108, 124}
_SVG_HEAD_BYTES = 65_536
# What may stand before the root of an XML document; each alternative ends at its first chance.
_PROLOGUE = re.compile(
    r"\s*(?:<\?[^>]*\?>|<!--(?:[^-]|-(?!->))*-->|<!DOCTYPE\s+svg\b[^\[>]*(?:\[[^\]]*\]\s*)?>)",
    re.IGNORECASE,
)
_SVG_ROOT = re.compile(r"\s*<(?:svg:)?svg[\s>/]")


def media_type(body: bytes) -> str:
    """The media type of a picture that the reader can show, or "".

    JPEG, PNG, GIF, WebP, AVIF, BMP, ICO by their signatures (https://mimesniff.spec.whatwg.org/
    and ISO/IEC 23000-22 for AVIF; HEIC is none of them), SVG when its first element is svg.
    """
    for sign, kind in _SIGNS:
        if body.startswith(sign):
            return kind
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image/webp"
    if body[4:8] == b"ftyp":
        return "image/avif" if _is_avif(body) else ""
    if body[:2] == b"BM" and int.from_bytes(body[14:18], "little") in _BMP_HEADER_BYTES:
        return "image/bmp"
    if body[:4] == b"\x00\x00\x01\x00" and body[4:6] != b"\x00\x00":
        return "image/x-icon"
    return "image/svg+xml" if _is_svg(body) else ""


def _is_avif(body: bytes) -> bool:
    size_bytes = min(int.from_bytes(body[:4], "big"), 1024)
    brands = [body[8:12], *(body[i : i + 4] for i in range(16, size_bytes, 4))]
    return b"avif" in brands or b"avis" in brands


def _is_svg(body: bytes) -> bool:
    head = body[:_SVG_HEAD_BYTES]
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = head.decode(encoding, errors="replace")
    at = 0
    while found := _PROLOGUE.match(text, at):
        at = found.end()
    return bool(_SVG_ROOT.match(text, at))
