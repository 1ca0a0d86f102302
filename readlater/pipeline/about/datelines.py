"""Dates that a page shows: beside its headline, in elements marked as dates, in short texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from readlater.pipeline.about import words, written
from readlater.pipeline.about.page import Mark
from readlater.pipeline.about.text import joined

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from readlater.pipeline.about.page import Page, Spot

_BEFORE, _AFTER = 40, 120
_COPYRIGHT = re.compile(r"©|copyright|\(c\)", re.I)
_DIGIT = re.compile(r"\d")
_SILENT = frozenset(
    ["script", "style", "noscript", "option", "textarea", "title", "meta", "link", "template",
     "svg", "path"]
)  # fmt: skip

Dated = tuple[str, bool]


def near(page: Page, headline: int, language: str) -> Iterator[Dated]:
    """Dates beside the headline, those behind it first, each with whether it is of a change."""
    if headline < 0:
        return
    before: list[Dated] = []
    start = max(0, headline - _BEFORE)
    for at, element in enumerate(page.elements[start : headline + _AFTER], start):
        if element.tag not in _SILENT:
            found = list(_of(page, element, language))
            if at > headline:
                yield from found
            else:
                before += found
    yield from reversed(before)


def first_time(page: Page, headline: int, language: str) -> str:
    """The first `time` with a date behind the headline that is not of a change, or ""."""
    for spot in page.times:
        said = spot.element.get("datetime") or ""
        if spot.at > headline and said and not page.foreign(spot.element):
            found = written.iso(said, language)
            if found and not _says_changed(_before(spot.element)):
                return found
    return ""


def _of(page: Page, element: HtmlElement, language: str) -> Iterator[Dated]:
    said = element.get("datetime") if element.tag == "time" else None
    if said and not page.foreign(element):
        found = written.iso(said, language)
        if found:
            yield found, _says_changed(_before(element))
            return
    for text in (element.text, element.tail):
        if text and len(text) > 5 and _DIGIT.search(text[:300]):
            yield from _in(text, language, element)


def anywhere(page: Page, language: str) -> Iterator[Dated]:
    """Dates of times and of elements that are marked as dates, then those of all short texts."""
    for spot in page.times:
        if not page.foreign(spot.element):
            found = written.iso(spot.element.get("datetime") or joined(spot.element), language)
            if found:
                yield found, _says_changed(_before(spot.element))
    marked = [spot for spot in page.marked if spot.mark & Mark.DATE]
    yield from _attributes(marked)
    for spot in marked:
        text = joined(spot.element)
        if 5 < len(text) < 200 and not page.foreign(spot.element):
            yield from _in(text, language, spot.element)
    for element in page.elements:
        yield from _short(page, element, language)
    for element in page.elements:
        found = written.iso(element.get("datetime") or "")
        if found:
            yield found, False


def _short(page: Page, element: HtmlElement, language: str) -> Iterator[Dated]:
    if element.tag in _SILENT:
        return
    for text in (element.text, element.tail):
        short = text and 5 < len(text) < 120 and _DIGIT.search(text)
        if text and short and not page.foreign(element):
            yield from _in(text, language, element)


def _attributes(marked: list[Spot]) -> Iterator[Dated]:
    for spot in marked:
        said = spot.element.get("datetime") or spot.element.get("title") or ""
        if len(said) >= 10 and said[:4].isdigit():
            found = written.iso(said)
            if found:
                yield found, False


def _in(text: str, language: str, element: HtmlElement) -> Iterator[Dated]:
    text = " ".join(text[:600].split())
    if len(text) > 160:  # a paragraph: its dateline
        text = text[:20]
    if not _DIGIT.search(text) or _COPYRIGHT.search(text):
        return
    for at, found in written.every(text, language):
        before = text[max(0, at - 40) : at]
        yield found, _says_changed(before if before.strip() else _before(element))


def _before(element: HtmlElement) -> str:
    """What stands just before an element, in its parent."""
    previous = element.getprevious()
    if previous is not None:
        return (previous.tail or "").strip()[-40:] or joined(previous)[-40:]
    parent = element.getparent()
    return ((parent.text or "") if parent is not None else "")[-40:]


def _says_changed(text: str) -> bool:
    changed = words.read("dates", "changed")
    return any(word.strip(" :.-").lower() in changed for word in text.split()[-4:])
