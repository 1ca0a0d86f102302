"""The whole way of a page: decode, read, see, take prompts out, extract, frame, judge, sanitize."""

from __future__ import annotations

from collections.abc import Sequence
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
    about = metadata.read(root, url, headers)
    types = anchors.types_of(root)
    base = metadata.base_address(root, url)
    visible.open_body(root)
    pictures.resolve(root, base)
    shape.prepare(root)
    seen = walls.look(root, headers)
    hidden = visible.keep_visible(root)
    shown = root.find("body")
    blocks = Blocks(root if shown is None else shown)
    page_text = blocks.text(0)
    kept = keeping.find(blocks, keep)
    taken = prompts.take_out(blocks, keep)
    found = judge.decide(blocks, anchors.read(about, types, url))
    article = build.build(blocks, found.chosen)
    if article is not None:
        article = framing.frame(article, blocks, about)
        keeping.bring_back(article, blocks, kept)
        page = base.partition("#")[0]
        shape.shape(article, page=page, title=about.title, language=about.language)
    held.clear()
    lines = [] if article is None else text.lines(article)
    said = "\n".join(lines)
    removed, offers = placing.place(taken, article, blocks)
    judged = access.decide(
        access.Delivered(
            status=status,
            title=about.title,
            description=about.description,
            words=word_count(said),
            last=lines[-1] if lines else "",
            text=said[:20_000],
            page_text=page_text if len(page_text) < 20_000 else "",
            page_words=word_count(page_text),
            free=about.free,
            says_words=about.word_count,
            data_words=word_count(about.body),
            hidden_words=word_count(hidden),
            paid_words=walls.paid_words(root, seen.paid),
            challenge=seen.challenge,
            video=seen.video,
            password_field=visible.asks_password(root),
            offers=offers,
            removed=len(removed),
        )
    )
    if judged.access in {Access.BOT_WALL, Access.CONSENT_WALL}:
        article, lines = None, []
    return _finish(about, base, article, lines, removed, judged, found.heard)


def _finish(
    about: metadata.Metadata,
    base: str,
    article: HtmlElement | None,
    lines: list[str],
    removed: tuple[Removed, ...],
    judged: access.Verdict,
    candidates: tuple[str, ...],
) -> Extracted:
    markup = "" if article is None else shape.markup(article)
    html = sanitize.sanitize(markup, base_url=base)
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
