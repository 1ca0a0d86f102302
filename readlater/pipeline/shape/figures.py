"""A picture and its caption are one figure, and the caption is said once."""

from __future__ import annotations

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
_PROSE_CHARS = 1_000


def rule(root: HtmlElement) -> None:
    """Make figures of `root`'s pictures with captions; unwrap those that are none."""
    for img in list(root.iter("img")):
        if not img.get("src", "").startswith(_ADDRESSES) and not img.get("alt"):
            tree.gone(img)
    for caption in list(root.iter(*_BOXES)):
        if caption.get("class") and tree.named(caption, _CAPTION):
            _join(caption, root)
    for caption in list(root.iter("figcaption")):
        above = caption.getparent()
        if not any(one.tag == "figure" for one in caption.iterancestors()):
            _beside_figure(caption, above)
    for figure in reversed(list(root.iter("figure"))):
        _settle(figure)
    tree.settle(root)


def _join(caption: HtmlElement, root: HtmlElement) -> None:
    """Make a caption by class a `figcaption`, when a picture stands in a box with it alone."""
    if next(caption.iter("img", "figcaption", "table", *HEADINGS), None) is not None:
        return
    text = tree.text_of(caption)
    if not text or len(text) > _CAPTION_CHARS:
        return
    above = caption.getparent()
    for _ in range(4):
        if above is None or above is root or above.tag in {"figcaption", "td", "li", "a", "table"}:
            return
        if above.tag == "figure":
            caption.tag = "figcaption"
            return
        pictures = sum(1 for _ in above.iter("img"))
        if pictures:
            _make_figure(above, caption, text)
            return
        if len(tree.text_of(above)) > len(text) + _CAPTION_CHARS // 3:
            return
        above = above.getparent()


def _make_figure(box: HtmlElement, caption: HtmlElement, text: str) -> None:
    """The box is the figure when nothing else is said in it, else picture and caption are."""
    if box.tag in _BOXES and len(tree.text_of(box)) <= len(text) + _CAPTION_CHARS // 3:
        if box.tag == "p" or next(box.iterdescendants("p", "figure"), caption) in (caption, None):
            if not any(_says_else(one, caption) for one in box.iterdescendants("p")):
                box.tag = "figure"
                caption.tag = "figcaption"
                return
    before = caption.getprevious()
    if before is None or not tree.says_nothing(before.tail) or tree.text_of(before):
        return
    if before.tag == "img" or (before.tag != "figure" and tree.has_picture(before)):
        figure = caption.makeelement("figure")
        before.addprevious(figure)
        figure.tail, caption.tail = caption.tail, None
        before.tail = None
        figure.append(before)
        figure.append(caption)
        caption.tag = "figcaption"


def _says_else(paragraph: HtmlElement, caption: HtmlElement) -> bool:
    if paragraph is caption or any(one is caption for one in paragraph.iterancestors()):
        return False
    return bool(tree.text_of(paragraph)) and not tree.named(paragraph, _CAPTION)


def _beside_figure(caption: HtmlElement, above: HtmlElement | None) -> None:
    """A `figcaption` outside belongs to the figure or picture right before it, or around it."""
    if above is None:
        return
    before = caption.getprevious()
    if before is not None and tree.says_nothing(before.tail) and not tree.text_of(before):
        if before.tag == "figure":
            tail, caption.tail = caption.tail, None
            before.append(caption)
            before.tail = tail
            return
        if tree.has_picture(before):
            _make_figure(before, caption, "")
            return
    if above.tag == "div" and tree.text_of(above) == tree.text_of(caption):
        if tree.has_picture(above):
            above.tag = "figure"
            return
    caption.tag = "p"


def _settle(figure: HtmlElement) -> None:
    held = next(figure.iterdescendants(*_HELD), None)
    captions = list(figure.iter("figcaption"))
    own = [one for one in captions if _figure_of(one) is figure]
    rest = len(tree.text_of(figure)) - sum(len(tree.text_of(one)) for one in captions)
    texts = sum(1 for one in figure.iterdescendants("p", *HEADINGS) if tree.text_of(one))
    prose = texts > 1 and (rest > _PROSE_CHARS // 4 or figure.find(".//figure") is not None)
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
    _drop_repeated_after(figure, said)


def _figure_of(caption: HtmlElement) -> HtmlElement | None:
    return next((one for one in caption.iterancestors() if one.tag == "figure"), None)


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


def _drop_repeated_after(figure: HtmlElement, said: set[str]) -> None:
    after = figure.getnext()
    if after is None or not tree.says_nothing(figure.tail) or after.tag not in {"p", "div"}:
        return
    text = tree.text_of(after)
    if len(text) > 10 and text in said and not tree.has_picture(after):
        tree.gone(after)
