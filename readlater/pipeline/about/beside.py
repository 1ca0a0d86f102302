"""Names that a page shows: marked as the author's, linked, after "By", or beside the headline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readlater.pipeline.about import people
from readlater.pipeline.about.page import Mark, owner
from readlater.pipeline.about.text import pieces

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from readlater.pipeline.about.named import Named
    from readlater.pipeline.about.page import Page

_CLOSE, _NEAR = 25, 70
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_BETWEEN = re.compile(r"\s*[|•·–—,]\s*|\s+-\s+|\s+on\s+")
_NOT_AUTHORS = frozenset(["comment", "review", "usercomments"])
_SILENT = frozenset(
    ["script", "style", "title", "noscript", "option", "textarea", "h1", "template"]
)
# Where sites keep the page of a person.
_PROFILE = re.compile(
    r"/(?:authors?|profiles?|people|person|staff|contributors?|team|autor(?:en|es)?|auteurs?|auteur"
    r"|by|users?|u|members?|journalists?|reporters?|writers?|bio|redaktion|columnists?|@[\w.-]+)"
    r"(?:/|\?|=|$)|[?&](?:author|user|u|uid)=|/@|memberlist|member\.php|profile\.php|#author",
    re.I,
)


def gather(page: Page, headline: int, named: Named) -> None:
    """Add all that the page shows. `headline` is the number of the title's element, or -1."""
    _linked(page, headline, named)
    _properties(page, headline, named)
    _marked(page, headline, named)
    _after_by(page, headline, named)
    _profiles(page, headline, named)
    _loose(page, headline, named)


def _place(at: int, headline: int) -> str:
    if headline < 0:
        return "no headline"
    if at < headline:
        return "just before" if headline - at < _CLOSE else "before"
    return "close" if at - headline < _CLOSE else "near" if at - headline < _NEAR else "far"


def _linked(page: Page, headline: int, named: Named) -> None:
    """Links with rel=author: the one next to the headline, and those around it."""
    links = [spot for spot in page.by_links if not page.foreign(spot.element)]
    if not links:
        return
    nearest = next((spot for spot in links if spot.at >= headline), links[0])
    names = people.read(pieces(nearest.element))
    named.add(names, "rel=author", f"rel=author:{_place(nearest.at, headline)}")
    around = [spot for spot in links if abs(spot.at - nearest.at) < 20]
    if len(around) > 1:
        names = [n for spot in around[:6] for n in people.read(pieces(spot.element))]
        named.add(list(dict.fromkeys(names)), "rel=author:all")


def _properties(page: Page, headline: int, named: Named) -> None:
    """Microdata and RDFa."""
    spots = [spot for name, spot in page.properties if name in {"author", "creator"}]
    spots = [spot for spot in spots if owner(spot.element).lower() not in _NOT_AUTHORS]
    for count, spot in enumerate(spots[:4]):
        source = "microdata" if count == 0 else "microdata:later"
        names = people.read(_property(spot.element))
        named.add(names, source, f"microdata:{_place(spot.at, headline)}")


def _property(element: HtmlElement) -> list[str]:
    for inner in element.iter():
        name = (inner.get("itemprop") or inner.get("property") or "").lower()
        if name.endswith("name"):
            texts = [inner.get("content") or ""] if inner.get("content") else pieces(inner)
            if texts:
                return texts
            break
    said = element.get("content")
    return [said] if said else pieces(element)


def _marked(page: Page, headline: int, named: Named) -> None:
    """Elements whose class or id says that they hold the author."""
    spots = [spot for spot in page.marked if spot.mark & Mark.AUTHOR]
    after = [spot for spot in spots if spot.at > headline] if headline >= 0 else spots
    before = [spot for spot in spots if spot.at <= headline][-6:] if headline >= 0 else []
    places: set[str] = set()
    for spot in after[:12] + before:
        texts = pieces(spot.element, 20)
        length = sum(map(len, texts))
        names = people.read(texts) if 0 < length <= 600 else []
        if not names or page.commented(spot.element):
            continue
        place = _place(spot.at, headline)
        signs = [f"marked:{place}" + (":foreign" if page.foreign(spot.element) else "")]
        if place not in places:
            signs.append(f"marked:{place}:first")
        places.add(place)
        if people.starts_by(texts[0]):
            signs.append(f"marked:by:{place}")
        if spot.element.tag == "a" or spot.element.find("a") is not None:
            signs.append("marked:link")
        signs.append("marked:short" if length < 50 else "marked:long")
        if _beside_date(page, spot.at, " ".join(texts), 12):
            signs.append("marked:date near")
        named.add(names, "marked", *signs)


def _beside_date(page: Page, at: int, text: str, reach: int) -> bool:
    return any(abs(at - spot.at) < reach for spot in page.times) or bool(_YEAR.search(text))


def _after_by(page: Page, headline: int, named: Named) -> None:
    """Texts that begin with "By", or what that is elsewhere."""
    count = 0
    for at, element in enumerate(page.elements):
        text = element.text
        if not text or len(text) > 300 or element.tag in _SILENT:
            continue
        text = text.strip()
        if len(text) < 2 or not people.starts_by(text):
            continue
        names = people.read(_byline(element, text))
        if not names or len(" ".join(names)) > 120 or page.commented(element):
            continue
        place = _place(at, headline)
        word = "By" if text[:3].lower() in {"by", "by ", "by:"} else "other"
        count += 1
        signs = [f"written:{place}", f"written:{word}:{place}"]
        if count == 1:
            signs.append("written:first")
        if page.foreign(element):
            signs.append("written:foreign")
        named.add(names, "written", *signs)
        if count >= 8:
            return


def _byline(element: HtmlElement, text: str) -> list[str]:
    """The pieces of a byline that begins with a text, which may be "By" alone."""
    parts = pieces(element, 12)
    parent = element.getparent()
    alone = len(parts) == 1 and not people.without_by(parts[0])
    if alone and parent is not None and len(parent) < 8:
        parts = pieces(parent, 12)
        start = " ".join(text.split())
        parts = parts[parts.index(start) :] if start in parts else parts
    return parts[:1] if sum(map(len, parts)) > 400 else parts


def _profiles(page: Page, headline: int, named: Named) -> None:
    """Links to the page of a person, those behind the headline."""
    places: set[str] = set()
    group: list[str] = []
    last, count = -100, 0
    start = max(0, headline - 40)
    for at, element in enumerate(page.elements[start : start + 300], start):
        if element.tag != "a" or not _PROFILE.search(element.get("href") or ""):
            continue
        names = people.read(pieces(element, 6))
        if not names:
            continue
        count += 1
        place = _place(at, headline)
        first = place not in places
        places.add(place)
        signs = [f"profile:{place}"] + [f"profile:{place}:first"] * first
        signs += ["profile:foreign"] * page.foreign(element)
        named.add(names, "profile", *signs)
        if at - last < 8 and not first:
            group += [name for name in names if name not in group]
            named.add(group, "profile:group", f"profile:group:{place}")
        else:
            group = list(names)
        last = at
        if count > 12:
            return


def _loose(page: Page, headline: int, named: Named) -> None:
    """Short texts beside the headline that are nothing but a person's name, or that and a date."""
    if headline < 0:
        return
    count = 0
    start = max(0, headline - 6)
    for at, element in enumerate(page.elements[start : headline + 40], start):
        if element.tag in _SILENT or at == headline:
            continue
        for text in (element.text, element.tail):
            names, whole = _in_short(text)
            near = _beside_date(page, at, text or "", 6)
            # Without capitals any few words look like a name.
            if not names or not (near or all(n.lower() != n.upper() for n in names)):
                continue
            count += 1
            signs = ["loose:first" if count == 1 else "loose:later"]
            signs.append("loose:whole" if whole else "loose:part")
            signs += ["loose:date near"] * near
            signs += ["loose:foreign"] * page.foreign(element)
            signs += ["loose:link"] * (element.tag == "a")
            signs += ["loose:p"] * (element.tag in {"p", "li"})
            named.add(names, "loose", *signs)
            if count >= 6:
                return


def _in_short(text: str | None) -> tuple[list[str], bool]:
    """The people in a short text that has little else, and whether they are one piece of it."""
    if not text or not 4 < len(text) < 200:
        return [], False
    text = " ".join(text.split())
    if not 4 < len(text) < 80:
        return [], False
    parts = _BETWEEN.split(text)
    names = [n for part in parts[:5] for n in people.read([part]) if people.person(n)]
    enough = len("".join(names)) * 3 >= len(text)
    return (names, len(parts) == 1) if enough else ([], False)
