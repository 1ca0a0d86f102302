"""A large first letter is part of its word."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from readlater.pipeline.shape import tree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NAMED = re.compile(
    r"drop-?_?cap|(?:^|[\s_-])(?:first-?letter|initial-?letter|initial|lettrine|letrine|capital|bigletter)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[\"'“‘„«»‹¿¡(]{0,2}[^\W\d_]")
# Letters that are words by themselves, by language, and in the others.
_WORDS = {
    "en": "AIO",
    "de": "O",
    "nl": "OU",
    "fr": "AÀYÔO",
    "es": "AEOUY",
    "it": "AEÈIO",
    "pt": "AÀEÉO",
}
_ANY_WORDS = "AÀÁEÈÉIOÓÔUVWYZKSАВИКОСУЯ"
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_FRAGMENT = re.compile(r"\s*([^\W\d_][\w’'-]*)")


def rule(root: HtmlElement, language: str) -> None:
    """Join each drop cap of `root` with its word; `language` is a tag, or ""."""
    words = _Words(root, _WORDS.get(language[:2].lower(), _ANY_WORDS))
    for img in list(root.iter("img")):
        _from_picture(img)
    for element in list(root.iter("span", "b", "strong", "big", "font", "em", "i", "div", "p")):
        name = element.get("class")
        called = bool(name and _NAMED.search(name))
        if not called and element.tag not in {"span", "big", "font", "b", "strong"}:
            continue
        if tree.is_small(element, 4) and _LETTER.fullmatch(tree.text_of(element)):
            _heal(element, words, called=called)
    tree.settle(root)


def _from_picture(img: HtmlElement) -> None:
    """A letter drawn as a picture, at the start of a paragraph, goes on in small letters."""
    letter = (img.get("alt") or "").strip()
    if not _LETTER.fullmatch(letter) or not (img.tail or "")[:1].isalpha() or not _begins(img):
        return
    img.tag = "span"
    img.attrib.clear()
    img.text = letter
    tree.opened(img)


def _begins(element: HtmlElement) -> bool:
    above = element.getparent()
    return above is not None and element.getprevious() is None and tree.says_nothing(above.text)


def _heal(element: HtmlElement, words: _Words, *, called: bool) -> None:
    if element.tag in {"div", "p"}:
        _into_next(element, words)
    elif _begins(element):
        if (element.tail or "")[:1].isalpha():
            if called or (element.tail or "")[:1].islower():
                tree.opened(element)
        elif called:
            _join_over_space(element, words)


def _join_over_space(element: HtmlElement, words: _Words) -> None:
    """The rest of the word stands after a space or a line break, or in an element of its own."""
    after = element.tail or ""
    rest = element.getnext()
    if tree.says_nothing(after) and rest is not None:
        if rest.tag == "br":
            after, rest.tail = rest.tail or "", None
            tree.gone(rest)
        elif (rest.text or "")[:1].isalpha() and not after:
            tree.opened(element)
            return
    found = _FRAGMENT.match(after)
    if found and _is_one_word(tree.text_of(element), found[1], words):
        after = after.lstrip()
    element.tail = after
    tree.opened(element)


def _is_one_word(letter: str, fragment: str, words: _Words) -> bool:
    """Whether letter and fragment make a word; where the letter may be one, the text is asked."""
    return letter[-1].upper() not in words.single or words.count(letter[-1] + fragment) > 0


class _Words:
    """How often the words of a text stand in it, counted when first asked."""

    def __init__(self, root: HtmlElement, single: str) -> None:
        self.single = single
        self._root = root
        self._counts: Counter[str] | None = None

    def count(self, word: str) -> int:
        if self._counts is None:
            self._counts = Counter(_WORD.findall(" ".join(self._root.itertext()).lower()))
        return self._counts[word.lower()]


def _into_next(element: HtmlElement, words: _Words) -> None:
    """A letter in a box of its own before the paragraph it begins."""
    after = element.getnext()
    if not tree.says_nothing(element.tail) or after is None or after.tag not in {"p", "div"}:
        return
    found = _FRAGMENT.match(after.text or "")
    if found is None or len(element):
        return
    letter = tree.text_of(element)
    joined = found[1][0].islower() and _is_one_word(letter, found[1], words)
    after.text = letter + ("" if joined else " ") + (after.text or "").lstrip()
    tree.gone(element)
