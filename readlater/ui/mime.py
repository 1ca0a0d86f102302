"""Turn what Qt's clipboard or a drag holds into an Offer."""

from __future__ import annotations

from PySide6.QtCore import QMimeData

from readlater.library.intake import Offer

OWN_FORMAT = "application/x-readlater-articles"
# Firefox and Chrome: UTF-16 in the machine's byte order, address and title in turn, a line each.
_MOZ_URL = "text/x-moz-url"
# Older programs of X11: the same in UTF-8.
_NETSCAPE_URL = "_NETSCAPE_URL"
# On Windows Qt wraps a format's name of the system like this.
_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
_LONGEST = 10_000_000


def offer_of(mime: QMimeData) -> Offer:
    """What `mime` offers: the one place where Qt's formats are read.

    A list of addresses wins over text/x-moz-url; texts over 10 million characters are cut.
    """
    return Offer(
        text=mime.text()[:_LONGEST] if mime.hasText() else "",
        html=mime.html()[:_LONGEST] if mime.hasHtml() else "",
        urls=_addresses(mime),
        own=mime.hasFormat(OWN_FORMAT),
        has_image=mime.hasImage(),
    )


def _addresses(mime: QMimeData) -> tuple[str, ...]:
    if mime.hasUrls():
        # `toString` would show %2F as a slash: what is fetched must stay as it was given.
        listed = _uri_list(_bytes(mime, "text/uri-list"))
        if listed:
            return listed
        return tuple(bytes(url.toEncoded().data()).decode("ascii") for url in mime.urls())
    for name, encoding in ((_MOZ_URL, "utf-16-le"), (_NETSCAPE_URL, "utf-8")):
        for kind in (name, _WINDOWS.format(name)):
            raw = _bytes(mime, kind)
            if raw:
                lines = raw.decode(encoding, errors="replace").strip("\ufeff\0").splitlines()
                return tuple(line.strip() for line in lines[::2] if line.strip())
    return ()


def _uri_list(raw: bytes) -> tuple[str, ...]:
    """The addresses of text/uri-list (RFC 2483): a line each, `#` begins a comment."""
    lines = raw.decode("utf-8", errors="replace").strip("\0").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _bytes(mime: QMimeData, kind: str) -> bytes:
    return bytes(mime.data(kind).data()) if mime.hasFormat(kind) else b""
