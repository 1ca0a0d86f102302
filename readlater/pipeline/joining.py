"""Several pages of one article become one: nothing twice, the worst verdict, and how many came."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from readlater.article import Access, Evidence, Extracted
from readlater.pipeline.about.text import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_WORST = (
    Access.FULL,
    Access.UNKNOWN,
    Access.PREVIEW,
    Access.REGISTRATION,
    Access.SIGN_IN,
    Access.CONSENT_WALL,
    Access.BOT_WALL,
)
_WALLS = frozenset({Access.CONSENT_WALL, Access.BOT_WALL})
_LEAVES = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "blockquote", "pre", "li", "dt", "dd"]
)
# What stands at the head of every page may be short; further down a short line may well be meant.
_HEAD_BLOCKS = 6
_LONG = 40
_ENDS = frozenset({"ends_mid_sentence", "words_missing", "short_text"})
_ENDED = re.compile(r"[.!?…。！？؟।\"”»’)\]:]\s*$")


def is_part(extracted: Extracted) -> bool:
    """Whether a page brought a part of an article, and no wall in its place."""
    return extracted.word_count > 0 and extracted.access not in _WALLS


def join(parts: Sequence[Extracted], of: int = 0) -> Extracted:
    """The article that `parts` are, in order; `of` pages it has, when that is more (0: all came).

    Title, people and dates are those of the first page. Headline, standfirst, lead picture and
    byline of later pages go when they stood before, and no paragraph stays twice.
    """
    first = parts[0]
    if len(parts) == 1 and of <= 1:
        return first
    html, text = _bodies(parts)
    from readlater.pipeline.reading_time import word_count

    words = word_count(text)
    access, evidence = _verdict(parts, words, of)
    return replace(
        first,
        html=html,
        text=text,
        word_count=words,
        access=access,
        evidence=evidence,
        removed=tuple(block for part in parts for block in part.removed),
        pictures=_pictures(first, html),
    )


def _verdict(
    parts: Sequence[Extracted], words: int, of: int
) -> tuple[Access, tuple[Evidence, ...]]:
    """The worst of the parts; that a page ends early says nothing where another follows it."""
    judged = [
        (_of_part(part, words, is_last=i == len(parts) - 1 and of <= len(parts)), part)
        for i, part in enumerate(parts)
    ]
    access, worst = max(judged, key=lambda pair: _WORST.index(pair[0]))
    evidence = worst.evidence
    if access is not worst.access:
        evidence = tuple(sign for sign in evidence if sign.code not in _ENDS)
    told: list[Evidence] = []
    if of > len(parts):
        told.append(Evidence("parts_missing", count=len(parts), of=of))
        access = max(access, Access.UNKNOWN, key=_WORST.index)
    elif len(parts) > 1:
        told.append(Evidence("parts_joined", count=len(parts)))
    return access, (*told, *evidence)


def _of_part(part: Extracted, words: int, *, is_last: bool) -> Access:
    codes = {sign.code for sign in part.evidence}
    if part.access not in {Access.PREVIEW, Access.UNKNOWN} or not codes & _ENDS:
        return part.access
    if codes & {"ends_with_prompt", "prompt_after", "login_form", "error_page", "says_not_free"}:
        return part.access
    counted = [s.of for s in part.evidence if s.code == "words_missing"]
    if any(words < 0.8 * said for said in counted):
        return part.access
    ended = bool(_ENDED.search(part.text))
    return Access.FULL if ended or not is_last else part.access


def _pictures(first: Extracted, html: str) -> tuple[str, ...]:
    from readlater.pipeline.sanitize import picture_addresses

    return tuple(dict.fromkeys((*first.pictures[:1], *picture_addresses(html))))


def _bodies(parts: Sequence[Extracted]) -> tuple[str, str]:
    from lxml.html import fragment_fromstring, tostring

    from readlater.pipeline import sanitize, text

    whole = fragment_fromstring("<div/>")
    article = whole.makeelement("article")
    whole.append(article)
    seen: set[str] = set()
    for number, part in enumerate(parts):
        root = fragment_fromstring(part.html, create_parent="div")
        if number:
            _take_repeats(root, seen, parts[0])
        seen.update(key for block in _blocks(root) if (key := _key(block)))
        _move(root, article)
    html = sanitize.sanitize(tostring(article, encoding="unicode"))
    return html, "\n".join(text.lines(article))


def _move(root: HtmlElement, article: HtmlElement) -> None:
    """The content of `root` to the end of `article`; an `article` around all of it is opened."""
    inner = root[0] if len(root) == 1 and root[0].tag == "article" else root
    if inner.text and inner.text.strip():
        paragraph = inner.makeelement("p")
        paragraph.text = inner.text
        article.append(paragraph)
    article.extend(list(inner))


def _blocks(root: HtmlElement) -> Iterable[HtmlElement]:
    """The innermost blocks of text and the figures, in order."""
    for element in root.iter(*_LEAVES):
        if element.tag == "figure" or not any(
            inner is not element for inner in element.iter(*_LEAVES)
        ):
            yield element


def _key(block: HtmlElement) -> str:
    picture = block.find(".//img")
    if picture is not None:
        return f"img {picture.get('src')}"
    return fold("".join(block.itertext()))


def _take_repeats(root: HtmlElement, seen: set[str], first: Extracted) -> None:
    from readlater.pipeline.visible import drop

    title, byline = fold(first.title), fold(first.byline)
    for place, block in enumerate(list(_blocks(root))):
        key = _key(block)
        said = key in seen and (len(key) >= _LONG or place < _HEAD_BLOCKS)
        if place < _HEAD_BLOCKS:
            said = said or (bool(key) and key == title) or _is_byline(key, byline)
        if said:
            parent = block.getparent()
            drop(block)
            _prune(parent, root)


def _is_byline(key: str, byline: str) -> bool:
    return bool(byline) and byline in key and len(key) <= len(byline) + 40


def _prune(element: HtmlElement | None, root: HtmlElement) -> None:
    from readlater.pipeline.visible import drop

    while element is not None and element is not root and len(element) == 0:
        if (element.text or "").strip():
            return
        parent = element.getparent()
        drop(element)
        element = parent
