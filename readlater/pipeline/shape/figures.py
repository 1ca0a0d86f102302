"""A picture and its caption are one figure, and the caption is said once."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from readlater.pipeline.blocks import BLOCK, HEADINGS
from readlater.pipeline.shape import tree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CAPTION = tree.words(
    "caption", "captions", "caption-text", "credits?", "legend", "cutline", "figcaption",
    "bildunterschrift", "photo-?credit", "image-?credit", "copyright",
)  # fmt: skip
_BOXES = frozenset(["div", "p", "span", "small", "em", "section", "aside", "footer", "cite", "dd"])
_HELD = ("img", "pre", "table", "math", "blockquote", "figure", "ul", "ol")
_ADDRESSES = ("http://", "https://", "data:image/", "/asset/")
_CAPTION_CHARS = 900
_PROSE_CHARS = 250


def rule(root: HtmlElement) -> None:
    """Make figures of `root`'s pictures with captions; unwrap those that are none."""
    for img in list(root.iter("img")):
        if not img.get("src", "").startswith(_ADDRESSES) and not img.get("alt"):
            tree.gone(img)
    large: set[HtmlElement] = set()
    for caption in list(root.iter(*_BOXES)):
        if caption.get("class") and tree.named(caption, _CAPTION):
            _join(caption, root, large)
    for caption in list(root.iter("figcaption")):
        above = caption.getparent()
        if not any(one.tag == "figure" for one in caption.iterancestors()):
            _beside_figure(caption, above)
    own: dict[HtmlElement, list[HtmlElement]] = {}
    for caption in root.iter("figcaption"):
        if (around := next(caption.iterancestors("figure"), None)) is not None:
            own.setdefault(around, []).append(caption)
    for figure in reversed(list(root.iter("figure"))):
        _settle(figure, own.get(figure, []))
    tree.settle(root)


def _join(caption: HtmlElement, root: HtmlElement, large: set[HtmlElement]) -> None:
    """Make a caption by class a `figcaption`, when a picture stands in a box with it alone."""
    if next(caption.iter("img", "figcaption", "table", *HEADINGS), None) is not None:
        return
    text = tree.text_of(caption) if tree.is_small(caption, _CAPTION_CHARS) else ""
    if not text:
        return
    above = caption.getparent()
    for _ in range(4):
        if above is None or above is root or above.tag in {"figcaption", "td", "li", "a", "table"}:
            return
        if above.tag == "figure":
            caption.tag = "figcaption"
            return
        if above in large or not tree.is_small(above, len(text) + _CAPTION_CHARS // 3):
            large.add(above)
            _make_figure(None, caption)
            return
        if tree.has_picture(above):
            _make_figure(above, caption)
            return
        above = above.getparent()


def _make_figure(box: HtmlElement | None, caption: HtmlElement) -> None:
    """The box is the figure when nothing else is said in it, else picture and caption are."""
    if box is not None and _is_figure(box, caption):
        box.tag = "figure"
        caption.tag = "figcaption"
        return
    before = caption.getprevious()
    if before is None or not tree.says_nothing(before.tail) or not tree.is_small(before, 0):
        return
    if before.tag == "img" or (before.tag != "figure" and tree.has_picture(before)):
        figure = caption.makeelement("figure")
        before.addprevious(figure)
        figure.tail, caption.tail = caption.tail, None
        before.tail = None
        figure.append(before)
        figure.append(caption)
        caption.tag = "figcaption"


def _is_figure(box: HtmlElement, caption: HtmlElement) -> bool:
    if box.tag not in _BOXES or next(box.iter("figure"), None) is not None:
        return False
    return not any(_says_else(one, caption) for one in box.iterdescendants("p"))


def _says_else(paragraph: HtmlElement, caption: HtmlElement) -> bool:
    if paragraph is caption or any(one is caption for one in paragraph.iterancestors()):
        return False
    return bool(tree.text_of(paragraph)) and not tree.named(paragraph, _CAPTION)


def _beside_figure(caption: HtmlElement, above: HtmlElement | None) -> None:
    """A `figcaption` outside belongs to the figure or picture right before it, or around it."""
    if above is None:
        return
    before = caption.getprevious()
    if before is not None and tree.says_nothing(before.tail) and tree.is_small(before, 0):
        if before.tag == "figure":
            tail, caption.tail = caption.tail, None
            before.append(caption)
            before.tail = tail
            return
        if tree.has_picture(before):
            _make_figure(None, caption)
            return
    small = above.tag == "div" and tree.is_small(above, _CAPTION_CHARS)
    alone = small and tree.text_of(above) == tree.text_of(caption)
    if alone and tree.has_picture(above):
        above.tag = "figure"
    else:
        caption.tag = "p"


def _settle(figure: HtmlElement, own: list[HtmlElement]) -> None:
    first_held = islice(figure.iterdescendants(*_HELD), 5)
    held = next((one for one in first_held if not tree.is_blank(one)), None)
    rest = _said_beside(figure)
    if held is None and own and _is_link(figure, rest):
        held = figure
    texts = list(islice(figure.iterdescendants("p", *HEADINGS), 3))
    prose = len(texts) > 1 and (
        rest > _PROSE_CHARS or (rest and figure.find(".//figure") is not None)
    )
    if held is None or prose or (held.tag in {"pre", "blockquote"} and not own):
        for caption in own:
            caption.tag = "p"
        figure.tag = "div"
        return
    if not own and held.tag == "img" and 0 < rest < _CAPTION_CHARS:
        own = _words_as_caption(figure)
    if not own:
        return
    first = own[0]
    said = {tree.text_of(first)}
    for other in own[1:]:
        text = tree.text_of(other)
        if text and text not in said:
            _append(first, other)
        said.add(text)
        tree.gone(other)
    _once(first)
    if first.getparent() is not figure or _stands_in_text(first):
        figure.append(_detached(first))


def _is_link(figure: HtmlElement, rest: int) -> bool:
    """Whether all it says besides its caption is one link, to what a page would play there."""
    link = next(figure.iter("a"), None)
    inside = link is not None and next(link.iterancestors("figcaption"), None) is None
    return link is not None and inside and 0 < rest == len(tree.text_of(link))


def _said_beside(figure: HtmlElement) -> int:
    """How many characters a figure says besides captions, up to about `_CAPTION_CHARS`."""
    said = len(" ".join((figure.text or "").split()))
    for child in figure:
        if child.tag not in {"figcaption", "figure"}:
            if not tree.is_small(child, _CAPTION_CHARS):
                return _CAPTION_CHARS
            captions = sum(len(tree.text_of(one)) for one in child.iter("figcaption"))
            said += len(tree.text_of(child)) - captions
        said += len(" ".join((child.tail or "").split()))
        if said >= _CAPTION_CHARS:
            return _CAPTION_CHARS
    return said


def _stands_in_text(caption: HtmlElement) -> bool:
    return False if caption.getparent() is None else not tree.says_nothing(caption.tail)


def _detached(element: HtmlElement) -> HtmlElement:
    """The element without what follows it, which stays in its place."""
    above = element.getparent()
    if above is not None and element.tail:
        left = element.makeelement("span")
        left.tail, element.tail = element.tail, None
        element.addprevious(left)
        tree.opened(left)
    return element


def _words_as_caption(figure: HtmlElement) -> list[HtmlElement]:
    """What a figure without a caption says after its picture is the caption."""
    found = [
        one
        for one in figure
        if one.tag in _BOXES and tree.text_of(one) and not tree.has_picture(one)
    ]
    if len(found) == 1 and not any(one.tag == "table" for one in figure.iterdescendants()):
        found[0].tag = "figcaption"
        return found
    return []


def _append(caption: HtmlElement, other: HtmlElement) -> None:
    """A second caption, mostly the credit, follows in the first one."""
    joined = caption.makeelement("small")
    tree.fill(joined, tree.tokens(other))
    if len(caption):
        caption[-1].tail = f"{(caption[-1].tail or '').rstrip()} "
    else:
        caption.text = f"{(caption.text or '').rstrip()} "
    caption.append(joined)


def _once(caption: HtmlElement) -> None:
    """Pages write a caption twice, for narrow screens and wide ones."""
    said: set[str] = set()
    for part in list(caption):
        if part.tag in BLOCK or part.tag == "span":
            text = tree.text_of(part)
            if len(text) > 10 and text in said:
                tree.gone(part)
            said.add(text)


def once(root: HtmlElement) -> None:
    """Take out a paragraph that only says a figure's caption again."""
    for caption in root.iter("figcaption"):
        figure = caption.getparent()
        after = None if figure is None else figure.getnext()
        if after is None or after.tag != "p" or not tree.is_small(after, _CAPTION_CHARS):
            continue
        text = tree.text_of(after)
        if len(text) > 10 and text == tree.text_of(caption) and not tree.has_picture(after):
            tree.gone(after)
    tree.settle(root)
