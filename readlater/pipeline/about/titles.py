"""Find the article's own headline among all that a page calls itself, without the site's name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from readlater.pipeline.about import headings, ranking, structured
from readlater.pipeline.about.page import owner
from readlater.pipeline.about.text import fold, joined
from readlater.pipeline.about.texts import Candidate, Texts

if TYPE_CHECKING:
    from readlater.pipeline.about.page import Page
    from readlater.pipeline.about.sites import Known

_META = {
    "og": ("og:title",),
    "twitter": ("twitter:title",),
    "dc": (
        "dc:title", "dcterms:title", "citation_title", "parsely-title", "sailthru:title",
        "cxenseparse:title", "headline", "hdl", "article:title", "title",
    ),
}  # fmt: skip
_WHOLE = frozenset(["json-ld", "og", "twitter", "title", "dc", "microdata", "h1:first", "h1:later"])
_DECLARED = frozenset(["json-ld", "og", "twitter", "dc", "microdata"])
_ARTICLE = re.compile("article|posting|recipe", re.I)
_SUFFIX = re.compile(r"\.\w{2,5}$")


def find(page: Page, site: Known) -> tuple[str, str]:
    """(source, title): as the page shows or declares it; ("", "") where it has none."""
    found = candidates(page, site)
    chosen = ranking.best("title", [one.signs for one in found])
    return (found[chosen].source, found[chosen].text) if chosen >= 0 else ("", "")


def shown_at(page: Page, title: str) -> int:
    """The number of the element that shows the title, or the likeliest heading's, or -1."""
    wanted = fold(title)
    loose = -1
    for spot in page.headings:
        said = fold(joined(spot.element))
        if said and said == wanted:
            return spot.at
        if loose < 0 and wanted and len(said) > 12 and (said in wanted or wanted in said):
            loose = spot.at
    if loose >= 0:
        return loose
    return next((spot.at for spot in page.headings if spot.element.tag == "h1"), -1)


def candidates(page: Page, site: Known) -> list[Candidate]:
    """Every text that may be the headline, each once, with its signs."""
    texts = Texts(site)
    declared = _declared(page)
    for source, text in declared:
        texts.add(text, source, source)
        texts.cut(text, source)
    headings.gather(page, texts)
    found = texts.candidates()
    slug = _slug(page.url)
    folded = [(source, fold(text)) for source, text in declared]
    shown = {fold(joined(spot.element)) for spot in page.headings if spot.element.tag == "h1"}
    for one in found:
        _shape(one, site, slug)
        _relations(one, folded, shown)
        _standing(one, shown)
    return [one for one in found if not _is_sign(one)] or found


def _is_sign(one: Candidate) -> bool:
    """Whether it is a heading that leads home and that nothing else on the page says."""
    return "h1:home" in one.signs and all(
        sign.startswith("h1") or not sign.startswith((*_DECLARED, "title", "starts", "inside"))
        for sign in one.signs
    )


def _declared(page: Page) -> list[tuple[str, str]]:
    data = page.data
    said = [
        ("json-ld", structured.text(data.get("headline"))),
        ("json-ld:name", structured.text(data.get("name"))),
    ]
    said += [(source, page.first(*names)) for source, names in _META.items()]
    said.append(("microdata", _property(page)))
    said.append(("title", page.title))
    return [(source, text) for source, text in said if text]


def _property(page: Page) -> str:
    for name, spot in page.properties:
        fits = name == "headline" or (name == "name" and _ARTICLE.search(owner(spot.element)))
        if fits and not page.foreign(spot.element):
            return spot.element.get("content") or joined(spot.element)
    return ""


def _slug(url: str) -> set[str]:
    """The words of the address's longest part, numbers left out."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return set()
    best: set[str] = set()
    for part in path.split("/"):
        words = set(fold(_SUFFIX.sub("", part).replace("_", " ")).split())
        best = max(best, words, key=len)
    return {word for word in best if not word.isdigit()}


def _shape(one: Candidate, site: Known, slug: set[str]) -> None:
    """What a text is like in itself, and how many speak for it."""
    signs = one.signs
    words = one.folded.split()
    families = {sign.split("<")[0].split(">")[0].split(":")[0] for sign in signs}
    signs["agree"] = min(len(families), 5) - 1.0
    signs["full"] = float(min(len(signs.keys() & _WHOLE), 5))
    if len(slug) > 1:
        signs["slug recall"] = len(slug & set(words)) / len(slug)
        signs["slug precision"] = len(slug & set(words)) / len(set(words))
    if site.alike(one.text):
        signs["site"] = 1.0
    if site.same(one.text):
        signs["is site"] = 1.0
    if len(words) == 1 and len(one.text) < 15:
        signs["one word"] = 1.0
    if len(words) in (2, 3) and len(one.text) < 25:
        signs["few words"] = 1.0
    if len(one.text) > 120:
        signs["long"] = 1.0


def _relations(one: Candidate, declared: list[tuple[str, str]], shown: set[str]) -> None:
    """What it is part of, and what is part of it."""
    mine, signs = one.folded, one.signs
    for source, text in declared:
        if not text or text == mine:
            continue
        if text.startswith(mine):
            signs[f"starts {source}"] = 1.0
        elif mine in text:
            signs[f"inside {source}"] = 1.0
        elif text in mine:
            signs[f"holds {source}"] = 1.0
    if any(mine != text and mine in text for text in shown):
        signs["inside h1"] = 1.0


def _standing(one: Candidate, shown: set[str]) -> None:
    """Where it stands in the page, and whether the page's head agrees."""
    signs = one.signs
    declared = signs.keys() & _DECLARED
    cut = any(sign.endswith(("<site|", "<few|")) for sign in signs)
    second = any(sign.startswith("h2") for sign in signs)
    if one.folded in shown:
        signs["is h1"] = 1.0
        if len(shown) == 1:
            signs["only h1"] = 1.0
        if "h1:home" not in signs:
            _own_heading(signs, declared=bool(declared), cut=cut)
    elif not second:
        signs["unseen"] = 1.0
        if declared and "title" in signs:
            signs["unseen, declared and title"] = 1.0
    if second and (declared or cut):
        signs["h2 declared"] = 1.0
    if not shown:
        kind = "h2" if second else "og" if "og" in signs else "cut" if cut else "else"
        signs[f"no h1: {kind}"] = 1.0


def _own_heading(signs: dict[str, float], *, declared: bool, cut: bool) -> None:
    signs["h1 no home"] = 1.0
    if declared:
        signs["h1 declared"] = 1.0
    if cut:
        signs["h1 cut"] = 1.0
    part = any(sign.startswith(("starts", "inside", "holds")) for sign in signs)
    if not declared and not cut and not part:
        signs["h1 unheard"] = 1.0
    if {"h1:first", "h1:own", "only h1"} <= signs.keys():
        signs["h1 plain"] = 1.0
