"""The whole way of a page: decode, read, see, take prompts out, extract, frame, judge, sanitize."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from readlater.article import Access, Extracted, Removed
from readlater.pipeline import (
    access,
    decode,
    excerpt,
    framing,
    keeping,
    metadata,
    pictures,
    placing,
    prompts,
    sanitize,
    shape,
    text,
    visible,
    walls,
)
from readlater.pipeline.blocks import Blocks
from readlater.pipeline.extract import anchors, build, judge
from readlater.pipeline.reading_time import word_count

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# What a verdict on access looks at of a text, in characters.
_MOST_SAID = 20_000


def extract(
    body: bytes | str,
    url: str,
    content_type: str | None,
    *,
    status: int,
    headers: Sequence[tuple[str, str]],
    keep: frozenset[str] = frozenset(),
) -> Extracted:
    """One page as one article; see `readlater.pipeline.extract_page`."""
    root = decode.parse(body if isinstance(body, str) else decode.decode(body, content_type))
    # lxml makes an element's object anew at each visit unless someone holds it.
    held = list(root.iter())
    page = _read(root, url, headers)
    seen = walls.look(root, headers)
    hidden = visible.keep_visible(root)
    shown = root.find("body")
    blocks = Blocks(root if shown is None else shown)
    page_text = blocks.text(0)
    kept = keeping.find(blocks, keep)
    taken = prompts.take_out(blocks, keep)
    found = judge.decide(blocks, anchors.read(page.about, page.types, url))
    article = build.build(blocks, found.chosen)
    if article is not None:
        article = framing.frame(article, blocks, page.about)
        keeping.bring_back(article, blocks, kept)
        _shape(article, page)
    held.clear()
    lines = [] if article is None else text.lines(article)
    removed, offers = placing.place(taken, article, blocks)
    delivered = replace(
        _delivered(root, page, seen),
        status=status,
        page_text=page_text if len(page_text) < _MOST_SAID else "",
        page_words=word_count(page_text),
        hidden_words=word_count(hidden),
        words=word_count("\n".join(lines)),
        last=lines[-1] if lines else "",
        text="\n".join(lines)[:_MOST_SAID],
        offers=offers,
        removed=len(removed),
    )
    judged = access.decide(delivered)
    if judged.access in {Access.BOT_WALL, Access.CONSENT_WALL}:
        article, lines = None, []
    return _finish(page, article, lines, removed, judged, found.heard)


@dataclass(frozen=True, slots=True)
class _Page:
    """What a page says of itself, read before anything is taken out of it."""

    about: metadata.Metadata
    types: str
    base: str


def _read(root: HtmlElement, url: str, headers: Sequence[tuple[str, str]]) -> _Page:
    """Read what the page says of itself, and make its tree ready to be cut."""
    about = metadata.read(root, url, headers)
    page = _Page(about, anchors.types_of(root), metadata.base_address(root, url))
    visible.open_body(root)
    pictures.resolve(root, page.base)
    shape.prepare(root)
    return page


def _shape(article: HtmlElement, page: _Page) -> None:
    address = page.base.partition("#")[0]
    shape.shape(article, page=address, title=page.about.title, language=page.about.language)


def _delivered(root: HtmlElement, page: _Page, seen: walls.Seen) -> access.Delivered:
    """What the page as a whole tells of access; what became of its article is put in later."""
    about = page.about
    return access.Delivered(
        title=about.title,
        description=about.description,
        free=about.free,
        says_words=about.word_count,
        data_words=word_count(about.body),
        paid_words=walls.paid_words(root, seen.paid),
        challenge=seen.challenge,
        video=seen.video,
        password_field=visible.asks_password(root),
    )


def _finish(
    page: _Page,
    article: HtmlElement | None,
    lines: list[str],
    removed: tuple[Removed, ...],
    judged: access.Verdict,
    candidates: tuple[str, ...],
) -> Extracted:
    about = page.about
    markup = "" if article is None else shape.markup(article)
    html = sanitize.sanitize(markup, base_url=page.base)
    said = "\n".join(lines)
    addresses = sanitize.picture_addresses(html)
    if about.lead_image and about.lead_image not in addresses:
        addresses = (about.lead_image, *addresses)
    return Extracted(
        title=about.title,
        byline=about.byline,
        site_name=about.site_name,
        published=about.published,
        modified=about.modified,
        language=about.language,
        direction=about.direction,
        section=about.section,
        keywords=about.keywords,
        excerpt=excerpt.excerpt(about.description, lines),
        lead_image=about.lead_image or next(iter(addresses), ""),
        canonical=about.canonical,
        icon=about.icon,
        html=html,
        text=said,
        word_count=word_count(said),
        access=judged.access,
        evidence=judged.evidence,
        confidence=judged.confidence,
        removed=removed,
        pictures=addresses,
        sources=about.sources,
        candidates=candidates,
    )
