"""Highlights as Markdown with their source, and as W3C Web Annotations in JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from readlater.article import Article, FoundHighlight

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>])")
_AT_START: Final = re.compile(r"^(\s*)([#+-]|\d+[.)])(?=\s)")
_CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
COLOURS: Final = ("yellow", "green", "blue", "pink")


def markdown(
    found: Iterable[FoundHighlight], notes: Mapping[int, str], noted: Iterable[Article] = ()
) -> str:
    """A heading for each article, its note, and its highlights in the order of the text.

    `notes` are those on articles as a whole, by id; those of `noted` without highlights come last.
    """
    by_article: dict[int, list[FoundHighlight]] = {}
    for one in found:
        by_article.setdefault(one.highlight.article, []).append(one)
    parts: list[str] = []
    for row, held in by_article.items():
        held.sort(key=lambda one: (not one.highlight.placed, one.highlight.selector.start))
        parts.append(f"## {source(held[0])}")
        if notes.get(row):
            parts.append(_escaped(notes[row]))
        parts += [_passage(one) for one in held]
    for article in noted:
        if article.id not in by_article:
            parts += [f"## {source(article)}", _escaped(article.note)]
    return "\n\n".join(parts) + "\n" if parts else ""


def quoted(found: FoundHighlight) -> str:
    """One highlight as Markdown, with its source under it."""
    return f"{_passage(found)}\n\n— {source(found)}\n"


def source(found: FoundHighlight | Article) -> str:
    """The article's title as a link to it, and the site's name."""
    link = linked(found.title or found.url, found.url)
    return f"{link}, {_escaped(found.site_name)}" if found.site_name else link


def linked(title: str, url: str) -> str:
    """A title as a Markdown link; the bare title where there is no address."""
    shown = _escaped(" ".join(title.split()))
    address = url.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
    return f"[{shown}]({address})" if url else shown


def collection(found: Sequence[FoundHighlight]) -> str:
    """Highlights as one document: an AnnotationCollection with its one page.

    https://www.w3.org/TR/annotation-model/#annotation-collection
    """
    page = {
        "id": "urn:readlater:highlights:0",
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": [_record(one) for one in found],
    }
    held = {"@context": _CONTEXT, "id": "urn:readlater:highlights", "type": "AnnotationCollection"}
    whole = {**held, "label": "Highlights", "total": len(found), "first": page}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def annotation(found: FoundHighlight, *, plain: bool = False) -> str:
    """One line of JSON: https://www.w3.org/TR/annotation-model/, with `colour` and `placed`.

    `plain` writes other letters than ASCII as escapes.
    """
    return json.dumps({"@context": _CONTEXT, **_record(found)}, ensure_ascii=plain)


def _record(found: FoundHighlight) -> dict[str, Any]:
    held, selector = found.highlight, found.highlight.selector
    bodies: list[dict[str, str]] = []
    if held.note:
        bodies.append({"type": "TextualBody", "purpose": "commenting", "value": held.note})
    bodies += [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in held.tags]
    return {
        "id": f"urn:readlater:highlight:{held.id}",
        "type": "Annotation",
        "motivation": "highlighting",
        "created": _time(held.created_at),
        "modified": _time(held.changed_at),
        **({"body": bodies} if bodies else {}),
        "target": {
            # A target has an address: a page that came as a file has only our own.
            "source": found.url or f"urn:readlater:article:{held.article}",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": selector.quote,
                    "prefix": selector.prefix,
                    "suffix": selector.suffix,
                },
                {"type": "TextPositionSelector", "start": selector.start, "end": selector.end},
            ],
        },
        "article": held.article,
        "title": found.title,
        "colour": COLOURS[held.colour - 1],
        "placed": held.placed,
    }


def _passage(found: FoundHighlight) -> str:
    held = found.highlight
    quote = "\n>\n".join(f"> {_escaped(line)}" for line in held.selector.quote.split("\n"))
    tags = " ".join(f"#{tag.replace(' ', '-')}" for tag in held.tags)
    lost = "" if held.placed else "*Not found in the text any more.*"
    return "\n\n".join(part for part in (quote, _escaped(held.note), tags, lost) if part)


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    lines = (_SPECIAL.sub(r"\\\1", line) for line in text.split("\n"))
    return "\n".join(_AT_START.sub(_guarded, line) for line in lines)


def _guarded(start: re.Match[str]) -> str:
    return f"{start[1]}{start[2][:-1]}\\{start[2][-1]}"


def _time(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
