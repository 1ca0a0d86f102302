"""Find the people who wrote an article among all the names that a page gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from typing import TYPE_CHECKING

from readlater.pipeline.about import beside, people, ranking, structured
from readlater.pipeline.about.named import Candidate, Named
from readlater.pipeline.about.text import fold, joined

if TYPE_CHECKING:
    from readlater.pipeline.about.page import Page
    from readlater.pipeline.about.sites import Known

_META = {
    "meta:author": (
        "author", "authors", "article:author_name", "og:author", "creator", "article-author",
        "page:author", "web_author",
    ),
    "meta:dc": ("dc:creator", "dcterms:creator", "dc:contributor", "citation_author"),
    "meta:tool": (
        "parsely-author", "sailthru:author", "cxenseparse:author", "byl", "rnews:author",
        "cxense:author", "bt:author", "lp:author",
    ),
    "meta:article": ("article:author", "book:author"),
}  # fmt: skip
_LABEL = re.compile("written|author|by|von|autor", re.I)
_FAMILIES = frozenset(
    ["json-ld", "meta", "microdata", "marked", "written", "profile", "loose", "rel=author"]
)
_LABELS = frozenset(
    ["h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "th", "dt", "code", "summary", "button"]
)
_SHOWN = frozenset(["marked", "written", "rel=author", "microdata", "profile", "loose"])


def find(page: Page, headline: int, site: Known) -> tuple[str, str]:
    """(source, names joined by ", "); ("", "") where the page names nobody."""
    found = candidates(page, headline, site)
    chosen = ranking.best("byline", [one.signs for one in found])
    return (found[chosen].source, ", ".join(found[chosen].names)) if chosen >= 0 else ("", "")


def candidates(page: Page, headline: int, site: Known) -> list[Candidate]:
    """Every set of people that some source names, each once, with its signs.

    `headline` is the number of the element that shows the title, or -1.
    """
    named = Named()
    _structured(page, named)
    _meta(page, named)
    beside.gather(page, headline, named)
    found = named.candidates()
    _compare(found)
    labels = _labels(page) if found else frozenset()
    for one in found:
        _judge(one, site)
        _doubt(one, labels)
    return found


def _structured(page: Page, named: Named) -> None:
    data = page.data
    for key, source in (("author", "json-ld"), ("creator", "json-ld:creator")):
        value = data.get(key)
        wholes = [data.whole(one) for one in (value if isinstance(value, list) else [value])[:12]]
        kinds = [k for one in wholes if isinstance(one, dict) for k in structured.kinds(one)[:1]]
        names = _names([text for one in wholes for text in structured.texts(one)])
        kind = kinds[0].lower() if kinds and kinds[0] else "none"
        named.add(names, source, f"json-ld:{kind}")
    for thing in data.things:
        if thing is not data.article and thing.get("author"):
            value = thing["author"]
            wholes = [data.whole(v) for v in (value if isinstance(value, list) else [value])]
            named.add(_names(structured.texts(wholes)[:8]), "json-ld:other")
            break
    person = next((t for t in data.things if "Person" in structured.kinds(t)), None)
    if person is not None:
        named.add(people.read([structured.text(person.get("name"))]), "json-ld:any person")


def _meta(page: Page, named: Named) -> None:
    for source, keys in _META.items():
        texts = next((page.meta[key] for key in keys if key in page.meta), [])
        named.add(_names(texts[:20]), source)
    for i in ("1", "2"):
        if _LABEL.search(page.first(f"twitter:label{i}")):
            named.add(people.read([page.first(f"twitter:data{i}")]), "meta:twitter")


def _names(texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(name for text in texts for name in people.read([text])))


def _compare(found: Sequence[Candidate]) -> None:
    """Who is part of whom: of what is declared, and of what is shown."""
    sets = {id(one): set(" ".join(map(fold, one.names)).split()) for one in found}
    groups = {
        "declared": [c for c in found if "json-ld" in c.signs or "meta:author" in c.signs],
        "shown": [c for c in found if c.signs.keys() & {"marked", "written", "rel=author"}],
    }
    for one in found:
        mine = sets[id(one)]
        for name, others in groups.items():
            if any(mine < sets[id(other)] for other in others):
                one.signs[f"part of {name}"] = 1.0
            if any(mine > sets[id(other)] for other in others):
                one.signs[f"holds {name}"] = 1.0


def _judge(one: Candidate, site: Known) -> None:
    signs = one.signs
    families = _families(signs)
    signs["agree"] = min(len(families), 5) - 1.0
    signs["people"] = min(len(one.names), 4) - 1.0
    signs[_kind(one.names)] = 1.0
    if any(site.alike(name) for name in one.names):
        signs["site"] = 1.0
    if families & _SHOWN and families & {"json-ld", "meta"}:
        signs["declared and shown"] = 1.0


def _doubt(one: Candidate, labels: Set[str]) -> None:
    """Where only one kind of source names somebody, what that kind and the name's form make of it.

    A page that names nobody still has words that look like a name beside a date or after "by".
    """
    kind = _kind(one.names)
    families = _families(one.signs) & _FAMILIES
    for family in families:
        one.signs[f"{family} {kind}"] = 1.0
    if len(families) == 1:
        one.signs[f"only {min(families)}"] = 1.0
        one.signs[f"only {min(families)} {kind}"] = 1.0
    if any(fold(name) in labels for name in one.names):
        one.signs["is label"] = 1.0


def _families(signs: Iterable[str]) -> set[str]:
    """The kinds of source among signs: what stands before ":" and "/"."""
    return {sign.split(":")[0].split("/")[0] for sign in signs if " " not in sign}


def _labels(page: Page) -> frozenset[str]:
    """What stands as a heading, a label or a word of code somewhere on the page."""
    return frozenset(fold(joined(one)) for one in page.elements if one.tag in _LABELS)


def _kind(names: Sequence[str]) -> str:
    if all(people.person(name) for name in names):
        return "person"
    if any(people.nobody(name) for name in names):
        return "nobody"
    if all(people.handle(name) for name in names):
        return "handle"
    return "one word" if all(" " not in name for name in names) else "words"
