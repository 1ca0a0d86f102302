"""Read what a page says about itself as JSON-LD, however broken, and find its article there."""

from __future__ import annotations

import html
import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from readlater.pipeline.about.text import fold

Thing = Mapping[str, Any]

_ARTICLE = re.compile(r"article|posting|report|review|recipe|howto|opinion|liveblog|critique", re.I)
_QUESTION = re.compile(r"^(?:question|qapage|discussionforum)", re.I)
_WORK = re.compile(
    r"^(?:(?:web|item|faq|about|profile|collection|medical\w*)page|book|course|podcastepisode|event"
    r"|videoobject|creativework|chapter|dataset|softwaresourcecode|learningresource)$",
    re.I,
)
_CONTROL = re.compile("[\x00-\x1f]+")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_MISSING_COMMA = re.compile(r"([}\]\"])(\s+)(?=\")")
_COMMENT = re.compile(r"^[ \t]*//[^\n]*$|/\*.{0,2000}?\*/", re.M | re.S)
_BAD_ESCAPE = re.compile(r"\\(?![\"\\/bfnrtu])")
_OPENINGS = (
    "<!--", "//<![CDATA[", "/*<![CDATA[*/", "// <![CDATA[", "/* <![CDATA[ */", "<![CDATA[",
)  # fmt: skip
_CLOSINGS = ("-->", "//]]>", "/*]]>*/", "// ]]>", "/* ]]> */", "]]>", "//", ";")
_MOST_NODES = 3_000
_MOST_CHARACTERS = 2_000_000


@dataclass(frozen=True, slots=True)
class Structured:
    """The things of a page's JSON-LD in order, the one that is its article, all by their @id."""

    things: tuple[Thing, ...] = ()
    article: Thing | None = None
    by_id: Mapping[str, Thing] | None = None

    def get(self, *keys: str) -> Any:
        """The first of the article's properties that says something, or None."""
        article = self.article or {}
        return next((article[key] for key in keys if article.get(key)), None)

    def whole(self, value: Any) -> Any:
        """A thing that only refers to another by `@id`, as that other."""
        if isinstance(value, dict) and self.by_id and not value.get("name"):
            return self.by_id.get(str(value.get("@id")), value)
        return value


def read(scripts: Sequence[str], headlines: Sequence[str] = (), url: str = "") -> Structured:
    """All things in the texts of `application/ld+json` scripts, nested ones and graphs included.

    The article is the thing of a fitting type that agrees best with the page's own headlines and
    address, and says most.
    """
    found: list[tuple[Thing, int]] = []
    for script in scripts:
        for value in _load(script):
            found.extend(_walk(value))
    found = found[:_MOST_NODES]
    by_id: dict[str, Thing] = {}
    for thing, _ in found:
        name = thing.get("@id")
        if isinstance(name, str) and len(thing) > len(by_id.get(name, ())):
            by_id[name] = thing
    said = {fold(one) for one in headlines if one}
    best, best_worth = None, 0.0
    for thing, depth in found:
        worth = _worth(thing, depth, said, url)
        if worth > best_worth:
            best, best_worth = thing, worth
    return Structured(tuple(thing for thing, _ in found), best, by_id)


def kinds(thing: Thing) -> list[str]:
    """The types of a thing, without the vocabulary's address."""
    return [kind.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for kind in texts(thing.get("@type"))]


def _worth(thing: Thing, depth: int, headlines: set[str], url: str) -> float:
    """How much a thing looks like the page's article; 0 or less is no article."""
    types = kinds(thing)
    if any(_ARTICLE.search(kind) for kind in types):
        worth = 10.0
    elif any(_QUESTION.search(kind) for kind in types) and thing.get("author"):
        worth = 8.0
    elif any(_WORK.search(kind) for kind in types):
        worth = 2.0
    else:
        return 0.0
    keys = ("headline", "datePublished", "author", "articleBody", "mainEntityOfPage", "image")
    worth += sum(1 for key in keys if thing.get(key))
    title = fold(text(thing.get("headline") or thing.get("name")))
    if title and title in headlines:
        worth += 6
    elif title and any(title in one or one in title for one in headlines if len(one) > 12):
        worth += 3
    here = address(thing.get("url") or thing.get("mainEntityOfPage") or thing.get("@id"))
    if url and here.partition("#")[0].rstrip("/") == url.partition("#")[0].rstrip("/"):
        worth += 2
    return worth - 3 * depth


def _load(said: str) -> Iterator[Any]:
    said = said.strip()[:_MOST_CHARACTERS]
    if not said:
        return
    for mend in (_as_is, _unwrapped, _without_controls, _mended, _unescaped):
        said = mend(said)
        try:
            yield json.loads(said, strict=False)
        except RecursionError:
            return
        except ValueError as error:
            start = getattr(error, "pos", 0)
            if str(error).startswith("Extra data") and start > 2:
                yield from _several(said)
                return
            continue
        return


def _several(said: str) -> Iterator[Any]:
    """Values that stand one after the other where one was meant."""
    decoder = json.JSONDecoder(strict=False)
    at = 0
    for _ in range(20):
        at += len(said[at:]) - len(said[at:].lstrip(" \t\r\n,;"))
        try:
            value, at = decoder.raw_decode(said, at)
        except (ValueError, RecursionError):
            return
        yield value


def _as_is(said: str) -> str:
    return said


def _unwrapped(said: str) -> str:
    for _ in range(3):
        for opening in _OPENINGS:
            said = said.removeprefix(opening).strip()
        for closing in _CLOSINGS:
            said = said.removesuffix(closing).strip()
    return said


def _without_controls(said: str) -> str:
    return _BAD_ESCAPE.sub(r"\\\\", _CONTROL.sub(" ", _COMMENT.sub("", said)))


def _mended(said: str) -> str:
    return _TRAILING_COMMA.sub(r"\1", _MISSING_COMMA.sub(r"\1,\2", said))


def _unescaped(said: str) -> str:
    return html.unescape(said) if "&quot;" in said else said


def _walk(value: Any) -> Iterator[tuple[Thing, int]]:
    """Every thing with its depth: how many other things it stands in, graphs not counted."""
    waiting: deque[tuple[Any, int]] = deque([(value, 0)])
    seen = 0
    while waiting and seen < _MOST_NODES:
        seen += 1
        one, depth = waiting.popleft()
        if isinstance(one, dict):
            within = depth
            if "@type" in one:
                yield one, depth
                within += 1
            for key, inner in one.items():
                if isinstance(inner, dict | list):
                    same = key in {"@graph", "mainEntity", "mainEntityOfPage"}
                    waiting.append((inner, depth if same else within))
        elif isinstance(one, list):
            waiting.extend((v, depth) for v in one if isinstance(v, dict | list))


def texts(value: Any) -> list[str]:
    """The strings of a JSON-LD value: itself, those of a list, or a thing's `name` or `@value`."""
    return _texts(value, 8)


def _texts(value: Any, deep: int) -> list[str]:
    if isinstance(value, str):
        clean = " ".join(html.unescape(value).split())
        return [clean] if clean else []
    if deep and isinstance(value, list):
        return [text for one in value[:50] for text in _texts(one, deep - 1)]
    if deep and isinstance(value, dict):
        return _texts(value.get("name") or value.get("@value"), deep - 1)
    return [str(value)] if isinstance(value, int | float) and not isinstance(value, bool) else []


def text(value: Any) -> str:
    """The first string of a value, or ""."""
    return next(iter(texts(value)), "")


def address(value: Any, deep: int = 6) -> str:
    """The address in a value such as an ImageObject, a list of them, or a string."""
    if deep and isinstance(value, list):
        return next((found for one in value[:20] if (found := address(one, deep - 1))), "")
    if deep and isinstance(value, dict):
        inner = value.get("url") or value.get("contentUrl") or value.get("@id")
        return address(inner, deep - 1)
    return html.unescape(value).strip() if isinstance(value, str) else ""


def accessible_for_free(structured: Structured) -> bool | None:
    """schema.org `isAccessibleForFree` of the article or its parts; None when nothing is said."""
    said = []
    for thing in structured.things:
        if "isAccessibleForFree" in thing:
            value = str(thing["isAccessibleForFree"]).strip().lower().rsplit("/", 1)[-1]
            if value in {"true", "false", "1", "0", "yes", "no"}:
                said.append(value in {"true", "1", "yes"})
    if not said:
        return None
    return all(said)
