"""Decide what a paste or a drop is: links to save, files to read, or why it is neither."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from readlater.article import Problem
from readlater.errors import InputError
from readlater.library.links import find_links, links_of_html
from readlater.net import urls

_PICTURE_ENDING = re.compile(
    r"^[^?#]+\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?|ico)\s*(?:[?#]|$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Offer:
    """What the clipboard or a drag holds, in the order in which it counts.

    `urls` are the addresses of a list of addresses (file:// ones among them), `text` and `html`
    what was selected, `own` says that it was dragged out of this window, `has_image` that picture
    data came along.
    """

    text: str = ""
    html: str = ""
    urls: tuple[str, ...] = ()
    own: bool = False
    has_image: bool = False


@dataclass(frozen=True, slots=True)
class Intake:
    """What to do with an offer; all empty for what came out of this window."""

    links: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    problem: Problem | None = None


def decide(offer: Offer) -> Intake:
    """The links and files of an offer, or the problem to tell.

    A list of addresses wins over the text, the text over the HTML; HTML counts by its links only
    when it is nothing but links, as a copied passage is no wish to save all that it links to.
    """
    if offer.own:
        return Intake()
    if offer.has_image and _is_only_picture(offer):
        return Intake(problem=Problem("pasted_picture"))
    links, files = _links_of(offer.urls), _files_of(offer.urls)
    if not links and not files:
        links = find_links(offer.text) or links_of_html(offer.html) or ()
    if links or files:
        return Intake(links, files)
    return Intake(problem=_problem(offer))


def count(offer: Offer) -> int:
    """How many links and files `decide` would take: for the frame that says so while dragging."""
    intake = decide(offer)
    return len(intake.links) + len(intake.files)


def _links_of(addresses: tuple[str, ...]) -> tuple[str, ...]:
    links = []
    for address in addresses:
        if urls.is_web(address.strip()):
            links.append(urls.normalise(address))
    return tuple(dict.fromkeys(links))


def _files_of(addresses: tuple[str, ...]) -> tuple[Path, ...]:
    paths = (_local_path(address.strip()) for address in addresses)
    return tuple(dict.fromkeys(path for path in paths if path is not None))


def _local_path(address: str) -> Path | None:
    """The path of a file:// address of this computer (RFC 8089), else None."""
    local = re.fullmatch(r"file:(?://(?:localhost)?)?(/(?!/)[^?#\x00]*)", address, re.IGNORECASE)
    if local is None:
        return None
    way = unquote(local[1], errors="surrogateescape")
    # Windows writes /C:/folder.
    drive = re.match(r"/[A-Za-z]:(?=/|$)", way)
    return None if "\x00" in way else Path(way[1:] if drive else way)


def _is_only_picture(offer: Offer) -> bool:
    """Whether the addresses are those of the picture data that came with them."""
    html = unescape(offer.html)
    return bool(offer.urls) and all(
        _PICTURE_ENDING.search(address) or f'src="{address.strip()}"' in html
        for address in offer.urls
    )


def _problem(offer: Offer) -> Problem:
    """Why nothing can be saved; the address that was meant as one, if there was one."""
    given = [address.strip() for address in offer.urls if address.strip()]
    if offer.has_image and not given:
        return Problem("pasted_picture")
    if len(given) == 1:
        try:
            urls.normalise(given[0])
        except InputError as error:
            return error.problem
    return Problem("no_link")
