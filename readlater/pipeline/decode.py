"""Bytes as they came -> text -> a tree: BOM, header, meta prescan, sniffing, a forgiving parser."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from readlater.pipeline import charsets, nesting

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# The standard reads 1,024 bytes; pages put their meta later, and browsers go on reading, too.
_PRESCAN_BYTES = 16_384
_SNIFF_BYTES = 65_536
_ENOUGH_BYTES = 12
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xfe\xff", "utf-16be"), (b"\xff\xfe", "utf-16le"))
_UTF16 = ("utf-16be", "utf-16le")
# What the statistics may answer: by what charset-normalizer calls it, as pages call it.
_CODECS = {
    "cp1251": "windows-1251",
    "cp1250": "windows-1250",
    "cp1252": "windows-1252",
    "cp1253": "windows-1253",
    "cp1254": "windows-1254",
    "cp1255": "windows-1255",
    "cp1256": "windows-1256",
    "cp1257": "windows-1257",
    "cp1258": "windows-1258",
    "cp874": "windows-874",
    "iso8859_2": "iso-8859-2",
    "koi8_r": "koi8-r",
    "koi8_u": "koi8-u",
    "gb18030": "gb18030",
    "big5": "big5",
    "cp932": "shift_jis",
    "euc_jp": "euc-jp",
    "cp949": "euc-kr",
}
_LANG = re.compile(rb"<html\b[^>]{0,2000}?\blang\s*=\s*[\"']?([a-zA-Z-]{2,20})", re.IGNORECASE)
_FOREIGN = re.compile(rb"<[^>]*>|[\x00-\x40]+")

_HEADER = re.compile(r";\s*charset\s*=\s*(?:\"([^\"]*)\"?|'([^']*)'?|([^\s;]+))", re.IGNORECASE)
_META_CHARSET = re.compile(rb"charset\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s;\"']+))", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_META = re.compile(rb"<meta(?=[\t\n\f\r /])", re.IGNORECASE)
_NAME = re.compile(rb"</?[a-zA-Z][^\t\n\f\r />]*")
_ATTRIBUTE = re.compile(
    rb"[\t\n\f\r /]*([^\t\n\f\r />][^\t\n\f\r />=]*)"
    rb"(?:[\t\n\f\r ]*=[\t\n\f\r ]*(?:\"([^\"]*)(?:\"|\Z)|'([^']*)(?:'|\Z)|([^\t\n\f\r >]*)))?"
)


def decode(body: bytes, content_type: str | None) -> str:
    """The text of a page; what cannot be decoded becomes U+FFFD, a byte order mark is dropped."""
    name = find_encoding(body, content_type)
    return charsets.read(body, name).removeprefix("\ufeff")


def find_encoding(body: bytes, content_type: str | None) -> str:
    """The encoding of a page, by its canonical name in lower case ("utf-8", "windows-1252").

    Order: byte order mark, header, meta prescan, sniffing
    (https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding).
    A label that the bytes disprove is not believed: whole UTF-8 under another label, and broken
    UTF-8 under its own.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return name
    label = _header(content_type or "") or _prescan(body)
    if label in ("", "utf-8"):
        return _sniff(body, says_utf8=label == "utf-8")
    if label not in _UTF16 and not body.isascii() and _is_utf8(body):
        return "utf-8"
    return label


def _header(content_type: str) -> str:
    found = _HEADER.search(content_type)
    return charsets.lookup(_group(found)) if found else ""


def _group(found: re.Match[str]) -> str:
    return next((text for text in found.groups() if text is not None), "")


def _prescan(body: bytes) -> str:
    """https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding"""
    if body.startswith(b"<\x00?\x00x\x00"):
        return "utf-16le"
    if body.startswith(b"\x00<\x00?\x00x"):
        return "utf-16be"
    head = body[:_PRESCAN_BYTES]
    at = 0
    while (at := head.find(b"<", at)) >= 0:
        if head.startswith(b"<!--", at):
            end = head.find(b"-->", at + 2)
            at = end + 3 if end >= 0 else len(head)
        elif meta := _META.match(head, at):
            name, at = _meta(head, meta.end())
            if name:
                return name
        elif tag := _NAME.match(head, at):
            _, at = _attributes(head, tag.end())
        elif head[at + 1 : at + 2] in (b"!", b"/", b"?"):
            end = head.find(b">", at)
            at = end + 1 if end >= 0 else len(head)
        else:
            at += 1
    return _xml_declaration(head)


def _meta(head: bytes, at: int) -> tuple[str, int]:
    found, end = _attributes(head, at)
    charset = found.get(b"charset")
    if charset is None and found.get(b"http-equiv", b"").lower() == b"content-type":
        inner = _META_CHARSET.search(found.get(b"content", b""))
        charset = next((g for g in inner.groups() if g is not None), None) if inner else None
    return _declared(charset or b""), end


def _attributes(head: bytes, at: int) -> tuple[dict[bytes, bytes], int]:
    """The attributes from `at` on (the first of each name wins) and where the tag ends."""
    found: dict[bytes, bytes] = {}
    while match := _ATTRIBUTE.match(head, at):
        value = next((g for g in match.groups()[1:] if g is not None), b"")
        found.setdefault(match[1].lower(), value)
        at = match.end()
    end = head.find(b">", at)
    return found, end + 1 if end >= 0 else len(head)


def _xml_declaration(head: bytes) -> str:
    found = _XML.match(head)
    return _declared(found[1] if found[1] is not None else found[2]) if found else ""


def _declared(label: bytes) -> str:
    """A label found inside the page: the page could be read so far, so UTF-16 cannot be meant."""
    name = charsets.lookup(label.decode("latin-1"))
    if name in _UTF16:
        return "utf-8"
    return "windows-1252" if name == "x-user-defined" else name


def _is_utf8(body: bytes) -> bool:
    """A sequence cut off at the end is no error, as the page may be; that alone proves nothing."""
    if body[:-3].isascii() and body[-3:].decode("utf-8", "ignore").isascii():
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        return False
    return True


def _sniff(body: bytes, *, says_utf8: bool) -> str:
    if body.isascii():
        if b"\x1b$" in body:
            return "iso-2022-jp"
        return "utf-8" if says_utf8 else "windows-1252"
    if _is_utf8(body):
        return "utf-8"
    if says_utf8 and _mostly_utf8(body):
        return "utf-8"
    return _statistics(body)


def _mostly_utf8(body: bytes) -> bool:
    """Whether less than a fifth of what is not ASCII is malformed, as in a page with a bad spot."""
    text = body[: _SNIFF_BYTES * 8].decode("utf-8", "replace")
    foreign = sum(map(text.count, set(text[: _SNIFF_BYTES * 8]) - set(map(chr, range(128)))))
    return text.count("\ufffd") * 5 <= foreign


def _statistics(body: bytes) -> str:
    """By the page's language, else by the frequency of letters, else windows-1252."""
    lang = _LANG.search(body, 0, _PRESCAN_BYTES)
    language = lang[1].decode("ascii").lower() if lang else ""
    for name in charsets.usual(language):
        if "\ufffd" not in charsets.read(body[:_SNIFF_BYTES], name)[:-4]:
            return name
    sample = _FOREIGN.sub(b" ", body[: _SNIFF_BYTES * 16])[:_SNIFF_BYTES]
    foreign = sum(byte > 127 for byte in sample)
    if foreign < _ENOUGH_BYTES or foreign * 5 < len(sample) * 2:  # too few, or a Latin script
        return "windows-1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=list(_CODECS), preemptive_behaviour=False).best()
    return _CODECS[best.encoding] if best and best.encoding in _CODECS else "windows-1252"


# --- the tree

_FORBIDDEN = re.compile("[\x01-\x08\x0b\x0e-\x1f\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+))(;?)")
# Content of these is text to an HTML parser, so an XHTML page's <script/> would swallow the rest.
_SELF_CLOSED = re.compile(
    r"<(script|style|title|textarea|iframe|noscript|a)((?:\s[^<>]*)?)/>", re.IGNORECASE
)
_XHTML = re.compile(
    r"\s*<\?xml\s|[^>]{0,400}<html[^>]{0,400}www\.w3\.org/1999/xhtml", re.IGNORECASE
)


def parse(html: str) -> HtmlElement:
    """The root of the tree of `html`, whatever that is; comments are left out.

    No file and no address is read, no entity expanded. Elements deeper than browsers allow lose
    their tags, never their text (Blink keeps 512 levels, libxml2 would drop all that follows).
    """
    from lxml.html import document_fromstring

    text = _xml_safe(html)
    root = _parse(text)
    if root is None:
        root = _parse(nesting.limit(text))
    return root if root is not None else document_fromstring("<html><body></body></html>")


def _parse(text: str) -> HtmlElement | None:
    """None where the parser gave up, as it does when elements are nested too deep."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None
    return None if any(e.type_name == "ERR_RESOURCE_LIMIT" for e in parser.error_log) else root


def _xml_safe(html: str) -> str:
    """Without what no XML tree may hold, written as a character or as a reference to one."""
    text = _FORBIDDEN.sub("", html.replace("\x00", "\ufffd").replace("\x0c", " "))
    text = _REFERENCE.sub(_reference, text)
    return _SELF_CLOSED.sub(r"<\1\2></\1>", text) if _XHTML.match(text) else text


def _reference(found: re.Match[str]) -> str:
    digits = found[1] or found[2]
    code = int(digits[-9:].lstrip("0") or "0", 16 if found[1] else 10)
    bad = (
        len(digits.lstrip("0")) > 8
        or code in (0, 0xFFFE, 0xFFFF)
        or 0xD800 <= code <= 0xDFFF
        or code > 0x10FFFF
        or (code < 0x20 and code not in (9, 10, 13))
    )
    return "\ufffd" if bad else found[0]
