"""One look over a page: every element that may say something about the article, in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from readlater.pipeline.about import structured
from readlater.pipeline.about.structured import Structured
from readlater.pipeline.about.text import joined

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MOST_ELEMENTS = 60_000
_MOST_MARKED = 400


class Mark:
    """What the class or id of an element says that it holds; bits that add up."""

    AUTHOR = 1
    DATE = 2
    TITLE = 4
    FOREIGN = 8
    COMMENTS = 16


_SIGNS = (
    (Mark.AUTHOR, r"auth?or|byline|by-line|by_line|^by$|writer|written|redakt|verfasser|journalist"
     r"|reporter|contributor|signature|^firma$|poster|username|user-name|credits?$|creator"),
    (Mark.DATE, r"date|time|publi|posted|datum|fecha|stamp|meta$|^info$|-info$|created|dato$"),
    (Mark.TITLE, r"(?:title|headline|heading|titel|titre|titulo|titolo)(?![-_]?(?:wrap|bar|area))"
     r"|^hl$"),
    (Mark.FOREIGN, r"comment|related|recommend|sidebar|footer|teaser|^nav|menu|widget|promo"
     r"|trending|most-?read|popular|newsletter|carousel|read-?more|more-?(?:from|stories|posts)|reply|replies"
     r"|disqus|card|^aside|outbrain|taboola|breadcrumb|cookie|consent|modal|popup"),
    (Mark.COMMENTS, r"^comments?$|^comment-?(?:list|area|section|body|content|wrap)|^replies$"
     r"|^disqus|^respond$|^user-?comments"),
)  # fmt: skip
_PATTERNS = tuple((mark, re.compile(pattern)) for mark, pattern in _SIGNS)
_ANY = re.compile("|".join(pattern for _, pattern in _SIGNS))
_TEXTLESS = frozenset(
    ["meta", "script", "style", "path", "svg", "use", "g", "br", "hr", "input", "option", "source",
     "noscript", "iframe", "button", "rect", "circle", "template"]
)  # fmt: skip
_FOREIGN_TAGS = frozenset(["aside", "nav", "footer"])


@lru_cache(maxsize=8192)
def marks(name: str) -> int:
    """What one name of a class or an id says of its element."""
    if len(name) < 2 or ":" in name:
        return 0
    low = name[:60].lower()
    if not _ANY.search(low):
        return 0
    return sum(mark for mark, pattern in _PATTERNS if pattern.search(low))


@dataclass(frozen=True, slots=True)
class Spot:
    """An element and where it stands: its number in document order."""

    at: int
    element: HtmlElement
    mark: int = 0


@dataclass
class Page:
    """What one look found. Names of meta are in lower case with ":" for "."; lists keep order."""

    root: HtmlElement
    url: str
    headers: Sequence[tuple[str, str]] = ()
    meta: dict[str, list[str]] = field(default_factory=dict)
    links: list[tuple[str, str]] = field(default_factory=list)
    elements: list[HtmlElement] = field(default_factory=list)
    headings: list[Spot] = field(default_factory=list)
    times: list[Spot] = field(default_factory=list)
    marked: list[Spot] = field(default_factory=list)
    properties: list[tuple[str, Spot]] = field(default_factory=list)
    tags: list[Spot] = field(default_factory=list)
    by_links: list[Spot] = field(default_factory=list)
    pictures: list[Spot] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    title: str = ""
    base: str = ""
    known: dict[str, int] = field(default_factory=dict)

    def first(self, *names: str) -> str:
        """The first value of the first of the meta `names` that the page has, or ""."""
        return next((self.meta[name][0] for name in names if name in self.meta), "")

    @cached_property
    def data(self) -> Structured:
        """The page's JSON-LD, with its article chosen by what the page calls itself."""
        said = [self.title, self.first("og:title", "twitter:title")]
        said += [joined(spot.element) for spot in self.headings[:3]]
        return structured.read(self.scripts, said, self.url)

    def marks_of(self, element: HtmlElement) -> int:
        """What class and id say of an element."""
        name, identity = element.get("class"), element.get("id")
        if not name and not identity:
            return 0
        name = f"{name or ''} {identity}" if identity else name
        found = self.known.get(name)
        return self.learn(name) if found is None else found

    def learn(self, name: str) -> int:
        """What the names in a class or id say, kept for the next element that has it."""
        found = 0
        for one in name.split()[:30]:
            found |= marks(one)
        self.known[name] = found
        return found

    def commented(self, element: HtmlElement) -> bool:
        """Whether an element stands among the comments of readers."""
        above = islice(element.iterancestors(), 14)
        return any(self.marks_of(one) & Mark.COMMENTS for one in above if one.tag != "body")

    def foreign(self, element: HtmlElement, most: int = 14) -> bool:
        """Whether an element stands in a part of the page that is not the article's own."""
        one: HtmlElement | None = element
        while one is not None and most:
            if one.tag in {"body", "html", "main"}:
                return False
            if one.tag in _FOREIGN_TAGS or self.marks_of(one) & Mark.FOREIGN:
                return True
            one = one.getparent()
            most -= 1
        return False


def look(root: HtmlElement, url: str, headers: Sequence[tuple[str, str]] = ()) -> Page:
    """Go once over the tree and note what may say something; nothing is judged here."""
    page = Page(root, url, headers)
    elements = page.elements
    marked, properties, known = page.marked, page.properties, page.known
    for at, element in enumerate(islice(root.iter(), _MOST_ELEMENTS)):
        elements.append(element)
        tag = element.tag
        take = _BY_TAG.get(tag)
        if take is not None:
            take(page, at, element)
        if tag in _TEXTLESS:
            continue
        name, identity = element.get("class"), element.get("id")
        if name or identity:
            name = f"{name or ''} {identity}" if identity else name
            mark = known.get(name)
            if mark is None:
                mark = page.learn(name)
        else:
            mark = 0
        if mark & 3 and len(marked) < _MOST_MARKED:
            marked.append(Spot(at, element, mark))
        said = element.get("itemprop") or element.get("property")
        if said and len(properties) < _MOST_MARKED:
            for one in said.lower().split()[:5]:
                properties.append((one.rsplit(":", 1)[-1], Spot(at, element)))
    return page


def meta_name(name: str) -> str:
    """The name of a meta as it is looked up."""
    return name.strip().lower().replace(".", ":")


def _meta(page: Page, at: int, element: HtmlElement) -> None:
    value = " ".join((element.get("content") or element.get("value") or "").split())
    if not value:
        return
    for key in ("property", "name", "itemprop", "http-equiv"):
        names = element.get(key)
        if not names:
            continue
        for name in [names] if key in {"name", "http-equiv"} else names.split()[:5]:
            if key == "itemprop" and len(page.properties) < _MOST_MARKED:
                page.properties.append((name.lower(), Spot(at, element)))
                continue
            kept = page.meta.setdefault(meta_name(name), [])
            if len(kept) < 60 and value not in kept:
                kept.append(value)


def _link(page: Page, at: int, element: HtmlElement) -> None:
    del at
    href = (element.get("href") or "").strip()
    for rel in (element.get("rel") or "").lower().split()[:4]:
        if href:
            page.links.append((rel, href))


def _anchor(page: Page, at: int, element: HtmlElement) -> None:
    rel = element.get("rel")
    if rel and "author" in rel.lower().split() and len(page.by_links) < 40:
        page.by_links.append(Spot(at, element))
    elif rel and "tag" in rel.lower().split() and len(page.tags) < 40:
        page.tags.append(Spot(at, element))


def _heading(page: Page, at: int, element: HtmlElement) -> None:
    if len(page.headings) < 40:
        page.headings.append(Spot(at, element, page.marks_of(element)))


def _time(page: Page, at: int, element: HtmlElement) -> None:
    if len(page.times) < 60:
        page.times.append(Spot(at, element))


def _script(page: Page, at: int, element: HtmlElement) -> None:
    del at
    if "ld+json" in (element.get("type") or "").lower() and element.text:
        page.scripts.append(element.text)


def _title(page: Page, at: int, element: HtmlElement) -> None:
    del at
    above = element.getparent()
    if not page.title and (above is None or above.tag != "svg"):
        page.title = " ".join((element.text or "").split())


def _base(page: Page, at: int, element: HtmlElement) -> None:
    del at
    page.base = page.base or (element.get("href") or "").strip()


def _picture(page: Page, at: int, element: HtmlElement) -> None:
    if len(page.pictures) < 60:
        page.pictures.append(Spot(at, element))


_BY_TAG = {
    "base": _base,
    "meta": _meta,
    "link": _link,
    "a": _anchor,
    "h1": _heading,
    "h2": _heading,
    "h3": _heading,
    "time": _time,
    "script": _script,
    "title": _title,
    "img": _picture,
}


def language_of(element: HtmlElement) -> str:
    """The language that an element itself declares."""
    return element.get("lang") or element.get("xml:lang") or element.get(_XML_LANG) or ""


def owner(element: HtmlElement) -> str:
    """The type of the microdata or RDFa thing that an element's property belongs to, or ""."""
    for above in element.iterancestors():
        kind = above.get("itemtype") or above.get("typeof")
        if kind or above.get("itemscope") is not None:
            return (kind or "").rsplit("/", 1)[-1].rsplit(":", 1)[-1]
    return ""
