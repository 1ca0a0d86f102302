"""What only worked on the page goes: buttons, fields, copy and share labels, marks of headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readlater.pipeline.blocks import HEADINGS
from readlater.pipeline.shape import tree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FIELDS = ("input", "textarea", "select", "option", "optgroup", "datalist", "output", "keygen")
_ROLES = frozenset(["button", "tab", "tablist", "toolbar", "tooltip", "switch", "menu", "slider"])
_TOOL = tree.words(
    "btn", "button", "copy", "clipboard", "toggle", "tooltip", "toolbar", "share", "sharing",
    "social", "print", "zoom", "expand", "enlarge", "fullscreen", "listen", "tts", "anchor",
    "permalink", "headerlink", "header-anchor", "heading-anchor", "editsection", "edit", "player",
)  # fmt: skip
_MARGIN = tree.words("side-?note", "margin-?note")
_LABELS = frozenset(
    [
        *("copy", "copied", "copied!", "copy code", "copy link", "copy url"),
        *("copy to clipboard", "expand", "collapse", "show more", "show less", "listen"),
        *("listen to this article", "print", "print this article", "share", "share this"),
        *("share article", "tweet", "pin", "pin it", "email", "save", "like", "play"),
        *("pause", "mute", "zoom", "zoom in", "enlarge", "enlarge image"),
        *("enlarge this image", "click to enlarge", "open image", "view image"),
        *("view fullscreen", "fullscreen", "full screen", "view larger", "toggle"),
        *("toggle caption", "hide caption", "edit", "[edit]", "edit source", "[ edit ]"),
        *("kopieren", "teilen", "drucken", "anhören", "vorlesen", "merken", "copier"),
        *("partager", "imprimer", "écouter", "agrandir", "copiar", "compartir", "imprimir"),
        *("escuchar", "ampliar", "copia", "condividi", "stampa", "ascolta", "compartilhar"),
        *("ouvir", "delen", "kopiëren", "luister", "afdrukken", "kopiuj", "udostępnij"),
        *(
            "drukuj",
            "поделиться",
            "копировать",
            "печать",
            "コピー",
            "印刷",
            "シェア",
            "共有",
            "复制",
        ),
        *("分享", "打印", "복사", "공유", "인쇄"),
    ]
)
_MARKS = frozenset(["#", "¶", "§", "🔗", "⚓", "⚓︎", "link", "permalink", "∞", "copy"])
_MARK_WORDS = re.compile(
    r"(?:permalink|link|anchor|direct link|copy link)(?: (?:to|for) .{1,200})?",
    re.IGNORECASE,
)
_NO_ADDRESS = re.compile(r"\s*(?:#\s*$|javascript:|$)", re.IGNORECASE)
_LONGEST = 40
_LONGEST_HEADING = 400
_NUMBER = re.compile(r"[\d*†‡]{1,3}")


def rule(root: HtmlElement) -> None:
    """Take the controls out of `root`; a form's text stays."""
    for button in list(root.iter("button")):
        tree.gone(button)
    for field in list(root.iter(*_FIELDS)):
        tree.gone(field)
    for label in list(root.iter("label")):
        if tree.is_small(label, 3) and _NUMBER.fullmatch(tree.text_of(label)):
            label.tag = "sup"
        else:
            tree.opened(label)
    for note in list(root.iter("span", "aside")):
        if note.get("class") and tree.named(note, _MARGIN):
            _set_aside(note)
    for element in root.iter("a", "span", "div", "li", "p", "small", "i"):
        if _is_control(element):
            tree.gone(element)
    for heading in list(root.iter(*sorted(HEADINGS))):
        _without_marks(heading)
    tree.settle(root)


def _without_marks(heading: HtmlElement) -> None:
    if not tree.is_small(heading, _LONGEST_HEADING):
        return
    said = tree.text_of(heading)
    for one in list(heading.iter("a", "span")):
        if _is_mark(one, said):
            tree.gone(one)


def open_headings(root: HtmlElement) -> None:
    """A button that is all of a heading, or around a figure's picture, is no control."""
    for button in list(root.iter("button")):
        above = button.getparent()
        if above is None:
            continue
        heads = above.tag in HEADINGS or above.tag in {"dt", "summary"}
        shows = next(button.iterancestors("figure"), None) is not None
        if (heads and tree.text_of(above) == tree.text_of(button)) or (
            shows and tree.has_picture(button)
        ):
            button.tag = "span"


def _set_aside(note: HtmlElement) -> None:
    """A note that stands in the margin is small print where it stands."""
    if next(note.iterancestors("p"), None) is None or next(note.iter("p", "div"), note) is not note:
        return
    note.tag = "small"
    note.text = f" {(note.text or '').lstrip()}"


def _is_control(element: HtmlElement) -> bool:
    role = element.get("role")
    if role in _ROLES or (element.tag == "a" and _NO_ADDRESS.match(element.get("href", "x"))):
        signed = True
    else:
        name = element.get("class")
        signed = bool(name and _TOOL.search(name))
    if not signed:
        return False
    if not tree.is_small(element, _LONGEST) or tree.has_picture(element):
        return False
    text = tree.text_of(element)
    if not text:
        return False
    if role in _ROLES - {"button", "tooltip"}:
        return next(element.iter(*HEADINGS), None) is None and not _in_heading(element)
    return text.lower() in _LABELS


def _in_heading(element: HtmlElement) -> bool:
    above = element.getparent()
    return above is not None and above.tag in HEADINGS


def _is_mark(one: HtmlElement, said: str) -> bool:
    """Links of a heading to itself: ¶, #, "Link to this heading", [edit]."""
    text = tree.text_of(one)
    if text == said and text not in _MARKS:
        return False
    href = one.get("href", "")
    if one.tag == "a" and "#" in href and tree.says_nothing(text) and not tree.has_picture(one):
        return not one.get("id")
    if one.tag == "a" and "#" in href and (text in _MARKS or _MARK_WORDS.fullmatch(text)):
        return True
    name = one.get("class", "")
    return bool(name and _TOOL.search(name)) and (
        text in _MARKS
        or text.lower().replace(" ", "") in {"[edit]", "edit", "[editsource]"}
        or bool(_MARK_WORDS.fullmatch(text))
        or (text.startswith("[") and text.endswith("]") and "editsection" in name)
    )
