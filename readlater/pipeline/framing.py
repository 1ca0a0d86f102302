"""Put what stands around the headline back: kicker, standfirst and lead picture with caption."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from readlater.pipeline import names
from readlater.pipeline.about.text import fold
from readlater.pipeline.blocks import HEADINGS, NUMBER, size
from readlater.pipeline.visible import drop

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from readlater.pipeline.blocks import Blocks
    from readlater.pipeline.metadata import Metadata

_DATE = re.compile(r"\d{1,2}[:.]\d{2}|\b(?:19|20)\d{2}\b")


@dataclass(frozen=True, slots=True)
class _Around:
    headline: int
    first: int


def frame(article: HtmlElement, blocks: Blocks, about: Metadata) -> HtmlElement:
    """The article without its headline, which the reader shows, and with what stood around it."""
    headline = _headline(blocks, about.title)
    if headline is not None:
        _start_at(article, headline)
    _drop_title(article, about.title)
    first = _first_number(article, len(blocks.nodes))
    around = _Around(-1 if headline is None else headline, first)
    present = fold(" ".join("".join(article.itertext()).split()))
    before: list[HtmlElement] = []
    if headline is not None:
        before += _kicker(blocks, around, present)
        before += _standfirst(blocks, around, present, about)
    before += _picture(article, blocks, around, about)
    if before:
        text, article.text = article.text, None
        for at, element in enumerate(before):
            article.insert(at, element)
        before[-1].tail = text
    return article


def _headline(blocks: Blocks, title: str) -> int | None:
    wanted = fold(title)
    loose = only = None
    for i, element in enumerate(blocks.nodes):
        if element.tag not in {"h1", "h2", "h3"}:
            continue
        said = fold(blocks.text(i))
        if said and said == wanted:
            return i
        if (
            loose is None
            and element.tag == "h1"
            and len(said) > 10
            and (said in wanted or wanted in said)
            and wanted
        ):
            loose = i
        if only is None and element.tag == "h1" and len(said) > 15:
            only = i
    return only if loose is None else loose


def _start_at(article: HtmlElement, headline: int) -> None:
    """Take out what stands before the headline, when that is little beside the rest."""
    found = next((e for e in article.iter() if e.get(NUMBER) == str(headline)), None)
    if found is None:
        return
    everything = size("".join(article.itertext()))
    before = []
    one: HtmlElement | None = found
    while one is not None and one is not article:
        before += list(one.itersiblings(preceding=True))
        one = one.getparent()
    if (
        sum(size("".join(e.itertext())) for e in before if isinstance(e.tag, str))
        < everything * 0.3
    ):
        for element in before:
            drop(element)


def _drop_title(article: HtmlElement, title: str) -> None:
    wanted = fold(title)
    for element in list(article.iter("h1", "h2", "h3")):
        said = fold("".join(element.itertext()))
        if wanted and (
            said == wanted
            or (element.tag == "h1" and len(said) > 10 and (said in wanted or wanted in said))
        ):
            drop(element)
            return


def _first_number(article: HtmlElement, default: int) -> int:
    for element in article.iter("p", "li", "blockquote", "pre", "td", "div", "h2", "h3"):
        if (element.text or "").strip() and element.get(NUMBER):
            return int(element.get(NUMBER, "0"))
    return default


def _paragraph(text: str) -> HtmlElement:
    from lxml.html import Element

    made: HtmlElement = Element("p")
    made.text = text
    return made


def _kicker(blocks: Blocks, around: _Around, present: str) -> list[HtmlElement]:
    for i in range(around.headline - 1, max(0, around.headline - 8), -1):
        named = names.words_of(blocks.name(i))
        if blocks.gone[i] or not named & names.read("kicker"):
            continue
        text = " ".join("".join(blocks.nodes[i].itertext()).split())
        if 2 < len(text) < 80 and fold(text) not in present:
            return [_paragraph(text)]
    return []


def _standfirst(
    blocks: Blocks, around: _Around, present: str, about: Metadata
) -> list[HtmlElement]:
    described = fold(about.description)
    for i in range(around.headline + 1, min(around.first, len(blocks.nodes))):
        if blocks.gone[i] or blocks.block[i] != i or not 20 <= blocks.own[i] <= 600:
            continue
        text = blocks.text(i)
        folded = fold(text)
        if folded in present or not _may_be_standfirst(blocks, i):
            continue
        near = i <= around.headline + 60
        if (near and _looks_standfirst(blocks, i, text)) or _agree(folded, described):
            return [_paragraph(text.replace("\n", " "))]
    return []


def _agree(one: str, other: str) -> bool:
    return (len(one) > 30 and one[:60] in other) or (len(other) > 30 and other[:60] in one)


def _may_be_standfirst(blocks: Blocks, i: int) -> bool:
    element = blocks.nodes[i]
    above = element.getparent()
    name = names.words_of(f"{blocks.name(i)} {above.get('class', '') if above is not None else ''}")
    if (
        name & names.read("not_standfirst")
        or blocks.links_of(i) > 0.5
        or element.tag in {"li", "figcaption", "td"}
    ):
        return False
    return not any(a.tag in {"figure", "aside", "nav"} for a in element.iterancestors())


def _looks_standfirst(blocks: Blocks, i: int, text: str) -> bool:
    tag = blocks.nodes[i].tag
    if _DATE.search(text) and size(text) < 40:
        return False
    if names.words_of(blocks.name(i)) & names.read("standfirst") or tag in HEADINGS - {"h1"}:
        return True
    return tag in {"p", "div"} and size(text) > 50 and text.rstrip()[-1:] in ".!?…。"


def _picture(
    article: HtmlElement, blocks: Blocks, around: _Around, about: Metadata
) -> list[HtmlElement]:
    """The picture between headline and text, or the one that the page names, when it is missing."""
    if next(article.iter("img"), None) is not None:
        has = {_tail(e.get("src")) for e in article.iter("img")}
    else:
        has = set()
    wanted = _tail(about.lead_image)
    end = min(around.first, len(blocks.nodes))
    for i in range(max(0, around.headline), end):
        element = blocks.nodes[i]
        if blocks.gone[i] or element.tag != "img":
            continue
        name = _tail(element.get("src"))
        if not name or name in has:
            continue
        figure = _figure(element)
        if name == wanted or figure.tag == "figure":
            made = copy.deepcopy(figure)
            made.tail = None
            return [made]
    return []


def _figure(image: HtmlElement) -> HtmlElement:
    for above in image.iterancestors():
        if above.tag == "figure":
            return above
    return image


def _tail(address: str | None) -> str:
    try:
        return urlsplit(address or "").path.rsplit("/", 1)[-1].lower()
    except ValueError:
        return ""
