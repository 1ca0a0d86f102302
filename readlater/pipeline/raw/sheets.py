"""Which elements the style sheets inside a page keep out of sight: rules, cascade, matches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from readlater.pipeline.blocks import size

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_SELECTORS = 4000
_WIDTH_PX = 1280
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_STRING = re.compile(r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'")
_WANTED = re.compile(
    r"display|visibility|opacity|clip|height|indent|left|top|right|position|font-size|filter"
    r"|color|transform|mask|line-clamp|overflow|margin",
    re.IGNORECASE,
)
_BY_NAME = re.compile(r":not\([^)]*\)|([.#])((?:[\w-]|[^\x00-\x7f])+)")
# What a pointer, the keys or a form do to an element: at first it is in none of these states.
_STATES = re.compile(
    r":(?:hover|focus(?:-within|-visible)?|active|target|checked|visited|open|popover-open"
    r"|fullscreen|user-invalid)(?![\w-])",
    re.IGNORECASE,
)
_UNREAD_PSEUDO = re.compile(r":(?!not\(|:)[\w-]+(?:\([^()]*\))?")
_WIDTHS = re.compile(r"\(\s*(min|max)-width\s*:\s*([\d.]+)(px|em|rem)\s*\)", re.IGNORECASE)
_NUMBER = r"-?(?:\d*\.)?\d+"
_NOTHING = re.compile(r"[+-]?0*\.?0+(?:px|em|rem|%|vh|vw|pt)?")
_LENGTH = re.compile(rf"({_NUMBER})(px|em|rem|%|vh|vw|pt)?")
_AWAY_PX = -900.0
_FLAT_PX = 2.0
_FEW = 400  # characters


# Of each element: property -> (whether important, how specific), value.
_Won: TypeAlias = "dict[HtmlElement, dict[str, tuple[tuple[bool, tuple[int, ...]], str]]]"


@dataclass(slots=True)
class Rules:
    """What the sheets of a page say: (selector, declarations) in order.

    `unread` when something of them could not be read, or stands in another file, so that what
    they hide is not wholly known.
    """

    found: list[tuple[str, dict[str, tuple[str, bool]]]] = field(default_factory=list)
    unread: bool = False


def read(root: HtmlElement) -> Rules:
    """The rules of every `<style>` for a wide screen that say something of what is in sight."""
    rules = Rules()
    for style in root.iter("style"):
        if _is_for_screen(style.get("media") or ""):
            _read_sheet(style.text or "", rules)
    return rules


def declarations(text: str) -> dict[str, tuple[str, bool]]:
    """A `style` attribute or block: property -> value in lower case, and whether `!important`."""
    found: dict[str, tuple[str, bool]] = {}
    for part in text.split(";"):
        name, colon, value = part.partition(":")
        name, value = name.strip().lower(), " ".join(value.lower().split())
        if not colon or not _WANTED.search(name):
            continue
        plain = re.sub(r"\s*!\s*important$", "", value)
        important = plain != value
        if not (name in found and found[name][1] and not important):
            found[name] = (plain, important)
    return found


def unseen(root: HtmlElement, rules: Rules) -> list[HtmlElement]:
    """The elements that `rules` and their own `style` keep out of sight, as a browser would say.

    One that cuts off what is too long for it counts where it holds a few sentences.
    """
    won: _Won = {}
    names = _names(root)
    tried = 0
    for order, (selector, said) in enumerate(rules.found):
        if not _may_match(selector, names):
            continue
        tried += 1
        if tried > _MOST_SELECTORS:
            rules.unread = True
            break
        hides = is_unseen({name: value for name, (value, _) in said.items()})
        for path, specificity in _paths(selector, rules, hides=hides):
            _apply(won, _select(root, path, rules, hides=hides), said, (*specificity, order))
    for element in root.iter():
        if isinstance(element.tag, str) and (style := element.get("style")):
            _apply(won, [element], declarations(style), (1, 0, 0, 0, 0))
    return [
        element
        for element, held in won.items()
        # The whole page is hidden only until its scripts have run.
        if element.tag not in {"html", "body"}
        and _is_out(element, {name: value for name, (_, value) in held.items()})
    ]


def _is_out(element: HtmlElement, said: dict[str, str]) -> bool:
    return is_unseen(said) or (_is_cut(said) and size(element.text_content()) > _FEW)


def _select(root: HtmlElement, path: str, rules: Rules, *, hides: bool) -> list[HtmlElement]:
    from lxml import etree

    try:
        found: list[HtmlElement] = root.xpath(path)
    except etree.XPathError:
        rules.unread = rules.unread or hides
        return []
    return found


def is_unseen(said: dict[str, str]) -> bool:
    """Whether an element with these declarations is out of sight."""
    get = said.get
    if get("display") == "none" or get("visibility") in {"hidden", "collapse"}:
        return True
    if get("content-visibility") == "hidden":
        return True
    if any(_is_nothing(get(name, "")) for name in ("opacity", "font-size")):
        return True
    if get("filter", "").startswith("blur") or "transparent" in {
        get("color"),
        get("-webkit-text-fill-color"),
    }:
        return True
    return _is_away(said) or _is_clipped(said)


def _is_clipped(said: dict[str, str]) -> bool:
    get = said.get
    if re.fullmatch(rf"rect\((?:\s*(?:{_NUMBER})(?:px)?,?)+\s*\)", get("clip", "")):
        return True
    if re.search(r"inset\(\s*(?:50|100)%|circle\(\s*0", get("clip-path", "")):
        return True
    flat = (get(name, "") for name in ("max-height", "height"))
    return _clips(said) and any(_LENGTH.fullmatch(v) and _pixels(v) <= _FLAT_PX for v in flat)


def _clips(said: dict[str, str]) -> bool:
    return any(said.get(n, "").startswith(("hidden", "clip")) for n in ("overflow", "overflow-y"))


def _is_cut(said: dict[str, str]) -> bool:
    """Whether the element shows a first part of what is too long for it, or lets it fade."""
    get = said.get
    if any(name.endswith("mask-image") and "gradient" in value for name, value in said.items()):
        return True
    if any(name.endswith("line-clamp") and value.isdigit() for name, value in said.items()):
        return True
    return _clips(said) and any(_LENGTH.fullmatch(get(n, "")) for n in ("max-height", "height"))


def _is_away(said: dict[str, str]) -> bool:
    get = said.get
    if _pixels(get("text-indent", "")) <= _AWAY_PX:
        return True
    if get("position") in {"absolute", "fixed"}:
        sides = ("left", "top", "right", "margin-left", "margin-top")
        if any(_pixels(get(side, "")) <= _AWAY_PX for side in sides):
            return True
    return bool(re.search(r"scale[xy]?\(\s*0(?:\.0+)?\s*[,)]", get("transform", "")))


def _is_nothing(value: str) -> bool:
    return bool(value and _NOTHING.fullmatch(value))


def _pixels(value: str) -> float:
    found = _LENGTH.fullmatch(value.strip())
    if found is None:
        return 0.0
    scale = {"em": 16.0, "rem": 16.0, "%": 10.0, "vw": 12.8, "vh": 8.0}.get(found[2] or "", 1.0)
    return float(found[1]) * scale


# --- the text of a sheet


def _read_sheet(text: str, rules: Rules) -> None:
    # A string may hold braces; what it says is of no matter here.
    plain = _STRING.sub('""', _COMMENT.sub(" ", text))
    plain = plain.replace("<!--", " ").replace("-->", " ")
    _read_rules(plain, rules, 0)


def _read_rules(text: str, rules: Rules, depth: int) -> None:
    for head, inner in _blocks(text):
        if inner is None:
            rules.unread = rules.unread or head.lower().startswith("@import")
        elif head.startswith("@"):
            _read_group(head.lower(), inner, rules, depth)
        else:
            _read_rule(head, inner, rules)


def _read_group(head: str, inner: str, rules: Rules, depth: int) -> None:
    kind = re.split(r"[\s(]", head[1:], maxsplit=1)[0]
    condition = head[1 + len(kind) :].strip()
    if depth > 8:
        rules.unread = True
    elif kind in {"supports", "layer", "document", "-moz-document", "scope", "starting-style"} or (
        kind == "media" and _is_for_screen(condition)
    ):
        _read_rules(inner, rules, depth + 1)
    elif kind == "container":
        rules.unread = rules.unread or "none" in inner or "hidden" in inner


def _read_rule(head: str, inner: str, rules: Rules) -> None:
    if "{" in inner:  # nested rules: what they hide is not followed
        rules.unread = rules.unread or "none" in inner or "hidden" in inner
        inner = inner.partition("{")[0].rpartition(";")[0]
    said = declarations(inner)
    if said:
        rules.found += [(one, said) for one in _split(head)]


def _blocks(text: str) -> Iterator[tuple[str, str | None]]:
    """(what stands before the braces, what stands in them; None for a statement)."""
    at, length = 0, len(text)
    while at < length:
        opened, ended = text.find("{", at), text.find(";", at)
        if ended >= 0 and (opened < 0 or ended < opened):
            yield text[at:ended].strip(), None
            at = ended + 1
        elif opened < 0:
            return
        else:
            end = _closing(text, opened)
            yield text[at:opened].strip().lstrip("}").strip(), text[opened + 1 : end]
            at = end + 1


_BRACES = re.compile(r"[{}]")


def _closing(text: str, opened: int) -> int:
    depth = 0
    for brace in _BRACES.finditer(text, opened):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.start()
    return len(text)


def _split(selectors: str) -> list[str]:
    """A list of selectors at its commas, those in brackets aside."""
    found, depth, start = [], 0, 0
    for at, sign in enumerate(selectors):
        if sign in "([":
            depth += 1
        elif sign in ")]":
            depth -= 1
        elif sign == "," and depth == 0:
            found.append(selectors[start:at].strip())
            start = at + 1
    found.append(selectors[start:].strip())
    return [one for one in found if one and len(one) < 400]


def _is_for_screen(query: str) -> bool:
    """Whether a media query holds on a wide screen; one that cannot be read is taken to."""
    return not query.strip() or any(_holds(one) for one in query.lower().split(","))


def _holds(query: str) -> bool:
    words = query.split()
    negated = "not" in words
    is_other = bool({"print", "speech", "aural", "handheld", "tty"} & set(words))
    if is_other:
        return negated
    for side, number, unit in _WIDTHS.findall(query):
        width = float(number) * (1 if unit == "px" else 16)
        if (side == "min" and width > _WIDTH_PX) or (side == "max" and width < _WIDTH_PX):
            return negated
    return not any(one in query for one in ("prefers-color-scheme", "prefers-reduced", "forced-"))


# --- selectors


def _names(root: HtmlElement) -> frozenset[str]:
    """The classes (`.x`) and ids (`#x`) that the page has."""
    found: set[str] = set()
    for element in root.iter():
        if isinstance(element.tag, str):
            found.update("." + name for name in (element.get("class") or "").split())
            if name := element.get("id"):
                found.add("#" + name)
    return frozenset(found)


def _may_match(selector: str, names: frozenset[str]) -> bool:
    if "\\" in selector or ":is(" in selector or ":where(" in selector or ":has(" in selector:
        return True
    return all(
        kind + name in names
        for kind, name in _BY_NAME.findall(re.sub(r"\[[^\]]*\]", "", selector))
        if kind
    )


def _paths(
    selector: str, rules: Rules, *, hides: bool
) -> Sequence[tuple[str, tuple[int, int, int, int]]]:
    """The XPaths of a selector and how specific each is; () for one that holds of none at first."""
    from cssselect import HTMLTranslator, SelectorError, parse

    if "::" in selector or re.search(r":(?:before|after|first-l)", selector):
        return ()
    if _STATES.search(re.sub(r":not\((?:[^()]|\([^()]*\))*\)", "", selector)):
        return ()
    # Without what cannot be read it holds of more: rather that too much is hidden.
    tries = (selector, _UNREAD_PSEUDO.sub("", _STATES.sub("", selector).replace(":not()", "")))
    translator = HTMLTranslator()
    for one in tries if hides else tries[:1]:
        try:
            parsed = parse(one)
            return [
                (
                    translator.selector_to_xpath(s, prefix="descendant-or-self::"),
                    (0, *s.specificity()),
                )
                for s in parsed
            ]
        except (SelectorError, RecursionError, ValueError):
            continue
    rules.unread = rules.unread or hides
    return ()


def matched(root: HtmlElement, selector: str) -> list[HtmlElement] | None:
    """The elements of a selector as written by hand; None for one that cannot be read."""
    from lxml import etree

    rules = Rules()
    found: list[HtmlElement] = []
    for one in _split(selector):
        paths = _paths(one, rules, hides=True)
        if not paths:
            return None
        for path, _ in paths:
            try:
                found += root.xpath(path)
            except etree.XPathError:
                return None
    return found


def _apply(
    won: _Won,
    elements: Sequence[HtmlElement],
    said: dict[str, tuple[str, bool]],
    weight: tuple[int, ...],
) -> None:
    """The cascade: what is important first, then by specificity, then the later one."""
    for element in elements:
        held = won.setdefault(element, {})
        for name, (value, important) in said.items():
            rank = (important, weight)
            if name not in held or rank >= held[name][0]:
                held[name] = (rank, value)
