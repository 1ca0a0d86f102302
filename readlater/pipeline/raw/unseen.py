"""Take out of a page what its publisher kept out of sight, but for what the clean copy shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readlater.pipeline import visible
from readlater.pipeline.blocks import BLOCK
from readlater.pipeline.raw import sheets

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from lxml.html import HtmlElement

_SELECTOR = re.compile(r'"cssSelector"\s*:\s*(\[[^\]]*\]|"(?:\\.|[^"\\])*")')
_QUOTED = re.compile(r'"((?:\\.|[^"\\])*)"')
_FOLDED = re.compile(r"[^\W_]+")
_FRAMES = frozenset(["iframe", "object", "embed", "video", "audio"])
# Fewer letters than this may stand in the clean copy by chance.
_FEWEST = 24
# Forms ask; without scripts and a network they do nothing.
_GONE = frozenset(["input", "option"])


def folded(text: str) -> str:
    """Only the letters and digits of a text, in one case: markup and spaces cannot part it."""
    return "".join(_FOLDED.findall(text.casefold()))


@dataclass(frozen=True, slots=True)
class Known:
    """What a person may see anyway: the letters of the clean copy, and its pictures."""

    letters: str
    pictures: Collection[str] = ()

    def __contains__(self, text: str) -> bool:
        return folded(text) in self.letters


def paid(root: HtmlElement) -> tuple[list[HtmlElement], bool]:
    """The parts that the page's data calls paid (`hasPart.cssSelector`), and whether all were read.

    https://developers.google.com/search/docs/appearance/structured-data/paywalled-content
    """
    found: list[HtmlElement] = []
    is_read = True
    for selector in _selectors(root):
        hits = sheets.matched(root, selector)
        is_read = is_read and hits is not None
        found += [hit for hit in hits or () if hit.tag not in {"html", "body"}]
    return found, is_read


def _selectors(root: HtmlElement) -> Sequence[str]:
    said: dict[str, None] = {}
    for script in root.iter("script"):
        if "json" in (script.get("type") or ""):
            for value in _SELECTOR.findall(script.text or ""):
                said.update(
                    dict.fromkeys(one.replace('\\"', '"') for one in _QUOTED.findall(value))
                )
    for element in root.xpath('//*[@itemprop="cssSelector"]'):
        said[element.get("content") or element.text_content()] = None
    return [one.strip() for one in said if one.strip()]


def hidden(root: HtmlElement) -> list[HtmlElement]:
    """What attributes hide, as the clean copy leaves it out (`pipeline.visible`)."""
    return [e for e in root.iter() if isinstance(e.tag, str) and visible.is_hidden(e)]


def mute(elements: Sequence[HtmlElement], known: Known) -> None:
    """Leave of these elements only what the clean copy says and shows, too."""
    for element in elements:
        if element.getparent() is not None:
            _mute(element, known)


def _mute(element: HtmlElement, known: Known) -> None:
    """Block by block: one that the clean copy has stays whole, of others nothing is left."""
    left = [element]
    while left:
        one = left.pop()
        said = folded(one.text_content())
        if not said and one.get("src", "") in known.pictures:
            continue
        if len(said) >= _FEWEST and said in known.letters:
            continue
        blocks = [child for child in one if _holds(child, known)]
        if not blocks:
            visible.drop(one)
            continue
        one.text = None
        for child in list(one):
            child.tail = None
            if child in blocks:
                left.append(child)
            else:
                one.remove(child)


def _holds(element: HtmlElement, known: Known) -> bool:
    """Whether there may be something in it that stays: blocks of text, or a known picture."""
    if not isinstance(element.tag, str):
        return False
    inner = (e for e in element.iter() if isinstance(e.tag, str))
    return any(e.tag in BLOCK or e.get("src", "") in known.pictures for e in inner)


def drop_frames(elements: Sequence[HtmlElement]) -> None:
    """Players and frames out of sight, before others of their kind become links."""
    for element in elements:
        for one in list(element.iter(*_FRAMES)):
            visible.drop(one)


def drop_scripted(root: HtmlElement) -> None:
    """What is code, never text, or another page: gone with its content."""
    for element in list(root.iter()):
        tag = element.tag
        if not isinstance(tag, str) or tag in visible.NEVER or tag in _GONE or ":" in tag:
            if tag == "dialog" and element.get("open") is not None:
                element.tag = "div"
            else:
                visible.drop(element)
    for form in root.iter("form"):
        form.tag = "fieldset"  # which nothing can send
    for button in list(root.iter("button")):
        if not button.text_content().strip() and next(button.iter("img"), None) is None:
            visible.drop(button)
