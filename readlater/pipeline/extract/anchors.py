"""What a page says of itself that the choice of its article holds on to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from readlater.pipeline.about.text import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from readlater.pipeline.metadata import Metadata

_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"(?:https?://schema.org/)?(\w+)"')
_THREAD = re.compile(r"discussionforum|qapage|question|answer|socialmedia")
_MANUAL = re.compile(r"techarticle|apireference|howto|learningresource")
_STORY = re.compile(r"newsarticle|blogposting|reportage|opinion|article|review")
_THREAD_MAKERS = re.compile(
    r"discourse|phpbb|vbulletin|xenforo|flarum|nodebb|mybb|smf|invision|lemmy"
)
_MANUAL_MAKERS = re.compile(
    r"sphinx|docusaurus|mkdocs|gitbook|vitepress|docutils|asciidoc|jsdoc|rustdoc|mdbook|antora"
)
_THREAD_PATH = re.compile(
    r"forums?[./]|/threads?/|showthread|/topics?/[^/]*\d|viewtopic|/questions?/|/t/|/boards?/"
    r"|bbs[./]|discuss(?:ions?)?[./]|//community\."
)
_MANUAL_PATH = re.compile(
    r"/docs?/|//docs?\.|documentation|/manual|/guide|/reference|/api/|/tutorial|/learn|developer"
    r"|/help|support|wiki|readthedocs"
)


@dataclass(frozen=True, slots=True)
class Anchors:
    """Texts are folded (`titles.fold`); `thread`, `manual` and `story` count what speaks for each.

    `body` is the text that the page's data has: it says which lines are of the article and is
    never taken for text itself.
    """

    title: str = ""
    title_words: frozenset[str] = frozenset()
    description: str = ""
    body: str = ""
    thread: float = 0.0
    manual: float = 0.0
    story: float = 0.0
    depth: float = 0.0
    url: str = ""


def types_of(root: HtmlElement) -> str:
    """The types that a page gives itself and the program that made it, before scripts go."""
    said = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            said += _TYPE.findall((script.text or "")[:200_000])
    for meta in root.iter("meta"):
        if (meta.get("name") or meta.get("property") or "").lower() in {"generator", "og:type"}:
            said.append((meta.get("content") or "")[:60])
    typed = root.xpath("//*[@itemtype]")[:50]
    said += [(element.get("itemtype") or "").rsplit("/", 1)[-1] for element in typed]
    return " ".join(said).lower()


def read(about: Metadata, types: str, url: str) -> Anchors:
    """The anchors of a page by its metadata, `types_of` and its address."""
    title = fold(about.title)
    address = url.lower()
    try:
        path = urlsplit(address).path
    except ValueError:
        path = ""
    return Anchors(
        title=title,
        title_words=frozenset(title.split()),
        description=fold(about.description),
        body=fold(about.body),
        thread=_count(types, _THREAD, _THREAD_MAKERS) + bool(_THREAD_PATH.search(address)),
        manual=_count(types, _MANUAL, _MANUAL_MAKERS) + bool(_MANUAL_PATH.search(address)),
        story=_count(types, _STORY),
        depth=float(len(path.strip("/").split("/"))),
        url=url,
    )


def _count(types: str, *patterns: re.Pattern[str]) -> float:
    return float(sum(bool(pattern.search(types)) for pattern in patterns))
