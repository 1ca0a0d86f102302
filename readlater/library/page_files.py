"""Read what a person drops or names as a file: a saved page, a shortcut, or a list of links."""

from __future__ import annotations

import plistlib
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from xml.parsers.expat import ExpatError

from readlater.article import Picture
from readlater.errors import InputError
from readlater.library.links import find_links
from readlater.library.saved_pages import archive, picture_type, saved_from
from readlater.net import urls

_SNIFFED_BYTES = 4096
_PAGE_ENDINGS = frozenset({".html", ".htm", ".xhtml", ".xht", ".shtml"})
_ARCHIVE_ENDINGS = frozenset({".mhtml", ".mht"})
_TEXT_ENDINGS = frozenset({".txt", ".text", ".md", ".markdown"})
_PAGE_START = re.compile(
    rb"^(?:\s|<\?xml[^>]*>|<!--(?:(?!-->).)*-->)*+<(?:!doctype\s+html|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_SVG_START = re.compile(
    rb"^(?:\s|<\?xml[^>]*>|<!--(?:(?!-->).)*-->|<!doctype\s+svg[^>]*>)*+<svg\b",
    re.IGNORECASE | re.DOTALL,
)
_ARCHIVE_START = re.compile(
    rb"^(?:[!-9;-~]+:.*\r?\n(?:[ \t].*\r?\n)*)*?"
    rb"(?:content-type:\s*multipart/related|snapshot-content-location:|mime-version:)",
    re.IGNORECASE,
)
_SECTION = re.compile(r"\s*\[(?P<name>[^\]]*)\]\s*")


@dataclass(frozen=True, slots=True)
class PageFile:
    """What a file holds: `kind` "links" (then `urls`) or "page" (then the rest).

    `url` is the address the page came from, or ""; `pictures` came with it in the same file.
    """

    kind: str
    urls: tuple[str, ...] = ()
    body: bytes = b""
    url: str = ""
    content_type: str = ""
    pictures: tuple[Picture, ...] = ()


def read_page_file(path: Path, *, limit_bytes: int) -> PageFile:
    """Read .html, .xhtml, .mhtml, .url, .webloc, .desktop, .txt or .md, by content and by name.

    Raises InputError: is_folder, is_pdf, is_picture, not_a_page_file, unreadable_file,
    file_too_large, no_link (a text without one), bad_address or not_http (a shortcut's address).
    """
    name = _shown_name(path)
    body = _read(path, name, limit_bytes)
    ending = path.suffix.lower()
    text_like = b"\x00" not in body[:_SNIFFED_BYTES] or body[:2] in {b"\xff\xfe", b"\xfe\xff"}
    if body.startswith(b"bplist00") or ending == ".webloc":
        return _links_file((_webloc_address(body, name),))
    if not text_like or not body.strip():
        raise InputError("not_a_page_file", name=name)
    shortcut = _shortcut_address(body, name)
    if shortcut is not None:
        return _links_file((shortcut,))
    if ending in _ARCHIVE_ENDINGS or _ARCHIVE_START.match(body[:_SNIFFED_BYTES]):
        return _archive_file(body, name)
    if ending in _TEXT_ENDINGS:
        links = find_links(_text(body))
        if not links:
            raise InputError("no_link")
        return _links_file(links)
    if ending in _PAGE_ENDINGS or _PAGE_START.match(body[:_SNIFFED_BYTES]):
        content_type = "application/xhtml+xml" if ending in {".xhtml", ".xht"} else "text/html"
        return PageFile("page", body=body, url=saved_from(body), content_type=content_type)
    raise InputError("not_a_page_file", name=name)


def _read(path: Path, name: str, limit_bytes: int) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError("is_folder", name=name)
        if not stat.S_ISREG(status.st_mode):
            # Opening a pipe or a device may wait for ever.
            raise InputError("not_a_page_file", name=name)
        with path.open("rb") as file:
            start = file.read(_SNIFFED_BYTES)
            _refuse_by_start(start, name)
            if status.st_size <= limit_bytes:
                body = start + file.read(max(0, limit_bytes + 1 - len(start)))
                if len(body) <= limit_bytes:
                    return body
    except (OSError, ValueError):
        raise InputError("unreadable_file", name=name) from None
    raise InputError("file_too_large", name=name, limit_mb=max(1, limit_bytes // 2**20))


def _refuse_by_start(start: bytes, name: str) -> None:
    """Refuse what no name can make a page, before all of it is read."""
    # Readers of PDF look for the mark in the first 1,024 bytes.
    if start.startswith(b"%PDF-") or re.match(rb"[\s\x00\xef\xbb\xbf]*%PDF-", start[:1024]):
        raise InputError("is_pdf", name=name)
    if picture_type(start) or _SVG_START.match(start):
        raise InputError("is_picture", name=name)


def _links_file(found: tuple[str, ...]) -> PageFile:
    return PageFile("links", urls=tuple(dict.fromkeys(urls.normalise(url) for url in found)))


def _webloc_address(body: bytes, name: str) -> str:
    try:
        content = plistlib.loads(body)
    except (ValueError, LookupError, TypeError, AttributeError, ExpatError, RecursionError):
        # What plistlib lets through of a damaged file is not one kind of error.
        raise InputError("not_a_page_file", name=name) from None
    address = content.get("URL") if isinstance(content, dict) else None
    if not isinstance(address, str):
        raise InputError("not_a_page_file", name=name)
    return address


def _shortcut_address(body: bytes, name: str) -> str | None:
    """The address of a Windows .url or a freedesktop Link, None if the file is neither.

    Formats: [InternetShortcut] URL=...; Desktop Entry Specification, Type=Link.
    """
    if b"[" not in body[:_SNIFFED_BYTES]:
        return None
    sections = _sections(_text(body[: 64 * 1024]))
    windows = sections.get("internetshortcut")
    if windows is not None:
        if not windows.get("url"):
            raise InputError("no_link")
        return windows["url"]
    entry = sections.get("desktop entry")
    if entry is None:
        return None
    if entry.get("type", "").lower() != "link" or not entry.get("url"):
        raise InputError("not_a_page_file", name=name)
    return entry["url"]


def _sections(text: str) -> dict[str, dict[str, str]]:
    """The entries of an INI file by section, names in lower case; {} if it begins otherwise."""
    sections: dict[str, dict[str, str]] = {}
    entries: dict[str, str] = {}
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith(("#", ";")):
            continue
        if section := _SECTION.fullmatch(line):
            entries = sections.setdefault(section["name"].strip().lower(), {})
        elif not sections:
            return {}
        else:
            entry, _, value = line.partition("=")
            # `[$e]` marks a value of KDE in which variables may stand.
            entries.setdefault(entry.strip().removesuffix("[$e]").lower(), value.strip())
    return sections


def _archive_file(body: bytes, name: str) -> PageFile:
    parts = archive(body)
    if parts is None:
        raise InputError("not_a_page_file", name=name)
    return PageFile(
        "page",
        body=parts.body,
        url=parts.url,
        content_type=parts.content_type,
        pictures=parts.pictures,
    )


def _text(body: bytes) -> str:
    if body[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return body.decode("utf-16", errors="replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")


def _shown_name(path: Path) -> str:
    """The file's name as it can stand in a sentence, whatever bytes it is made of."""
    return (path.name or str(path)).encode("utf-8", errors="replace").decode("utf-8")
