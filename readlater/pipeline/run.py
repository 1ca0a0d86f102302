"""The whole way of a page: decode, read, see, take prompts out, extract, frame, judge, sanitize."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lxml.html import tostring

from readlater.article import Access, Extracted, Removed
from readlater.pipeline import (
    access,
    decode,
    excerpt,
    framing,
    metadata,
    pictures,
    placing,
    prompts,
    sanitize,
    text,
    visible,
    walls,
)
from readlater.pipeline.blocks import Blocks
from readlater.pipeline.extract import Candidate, cards, ends, judge
from readlater.pipeline.extract.container import Container
from readlater.pipeline.extract.readability import Readability
from readlater.pipeline.reading_time import word_count

if TYPE_CHECKING:
    from lxml.html import HtmlElement

CANDIDATES: tuple[Candidate, ...] = (Container(), Readability())


def extract(
    body: bytes | str,
    url: str,
    content_type: str | None,
    *,
    status: int,
    headers: Sequence[tuple[str, str]],
) -> Extracted:
    """One page as one article; see `readlater.pipeline.extract_page`."""
    root = decode.parse(body if isinstance(body, str) else decode.decode(body, content_type))
    about = metadata.read(root, url, headers)
    base = metadata.base_address(root, url)
    pictures.resolve(root, base)
    seen = walls.look(root, headers)
    hidden = visible.keep_visible(root)
    shown = root.find("body")
    blocks = Blocks(root if shown is None else shown)
    page_text = blocks.text(0)
    taken = prompts.take_out(blocks)
    cards.take_out(blocks, about.title, url)
    found = judge.choose(CANDIDATES, blocks)
    article = None if found is None else framing.frame(found.root, blocks, about)
    if article is not None:
        ends.trim(article, about.byline, about.body)
    lines = [] if article is None else text.lines(article)
    removed, offers = placing.place(taken, article, blocks)
    judged = access.decide(
        access.Delivered(
            status=status,
            title=about.title,
            description=about.description,
            words=word_count("\n".join(lines)),
            last=lines[-1] if lines else "",
            text="\n".join(lines)[:20_000],
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
    return _finish(about, base, article, lines, removed, judged)


def _finish(
    about: metadata.Metadata,
    base: str,
    article: HtmlElement | None,
    lines: list[str],
    removed: tuple[Removed, ...],
    judged: access.Verdict,
) -> Extracted:
    markup = "" if article is None else tostring(article, encoding="unicode")
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
        language=about.language,
        direction=about.direction,
        excerpt=excerpt.excerpt(about.description, lines),
        lead_image=about.lead_image or next(iter(addresses), ""),
        canonical=about.canonical,
        html=html,
        text=said,
        word_count=word_count(said),
        access=judged.access,
        evidence=judged.evidence,
        confidence=judged.confidence,
        removed=removed,
        pictures=addresses,
    )
