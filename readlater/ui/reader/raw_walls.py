"""What the page as it came may load: its document and one pure decision; no Qt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, Protocol

from readlater import resources
from readlater.ui.reader.walls import ASSET, SCHEME, Answer, own_file, policies

# As the reading page's, and pictures that stand in the page itself, which the sanitiser has kept.
POLICY, _META = policies(f"{SCHEME}: data:")
_SHEETS: Final = frozenset({"/css/colours.css", "/css/fonts.css", "/css/raw.css"})
_ASSET_OF_PICTURE: Final = re.compile(r'\bsrc="(/asset/([A-Za-z0-9_-]{8,128}))"')
_CHANGE: Final = re.compile(r"/(put-back|take-out)/([0-9a-f]{16})")


class RawPart(Protocol):
    """`library.comparing.Part` is one: a page's address and its safe html."""

    @property
    def url(self) -> str: ...
    @property
    def html(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def direction(self) -> str: ...


@dataclass(frozen=True, slots=True)
class RawDocument:
    """The one document of an article's pages, and the assets that it shows; id 0 is none."""

    id: int = 0
    body: bytes = b""
    digests: frozenset[str] = frozenset()

    @property
    def host(self) -> str:
        """Its origin's host, which no other article has, nor the reading page."""
        return f"raw{self.id}"

    @property
    def url(self) -> str:
        """The address of the document."""
        return f"{SCHEME}://{self.host}/"


def document(
    id: int,  # noqa: A002 - the domain's own word
    parts: Sequence[RawPart],
    *,
    theme: str,
    title: str,
    csp_meta: bool = True,
) -> RawDocument:
    """The document of pages whose html is safe; `title` is said before each of several."""
    sections = []
    for number, part in enumerate(parts, 1):
        lang = f' lang="{escape(part.language)}"' if part.language else ""
        way = "rtl" if part.direction == "rtl" else "ltr"
        head = title.format(number, len(parts)) if len(parts) > 1 else ""
        heading = f'<h2 class="rl-part">{escape(head)}</h2>' if head else ""
        sections.append(
            f'<section class="rl-page"{lang} dir="{way}">{heading}{part.html}</section>'
        )
    body = "".join(sections)
    page = resources.text("html/raw.html").replace("$policy", _META if csp_meta else "")
    page = page.replace("$theme", theme).replace("$body", body)
    digests = frozenset(digest for _, digest in _ASSET_OF_PICTURE.findall(body))
    return RawDocument(id, page.encode("utf-8", "replace"), digests)


def answer(scheme: str, authority: str, path: str, query: str, now: RawDocument) -> Answer | None:
    """What the address may get while `now` is open; None refuses it."""
    if scheme != SCHEME or query or not now.id or authority != now.host:
        return None
    if path in {"", "/"}:
        return Answer("text/html", lambda: now.body)
    asset = ASSET.fullmatch(path)
    if asset:
        return Answer("", digest=asset[1]) if asset[1] in now.digests else None
    return own_file(path, _SHEETS)


def change(path: str) -> tuple[str, str] | None:
    """What a link of ours asks for: "put-back" or "take-out", and the fingerprint of a block."""
    found = _CHANGE.fullmatch(path)
    return (found[1], found[2]) if found else None
