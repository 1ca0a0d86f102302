"""Text stands in paragraphs: soup of wrappers, loose text and doubled line breaks become `p`."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from readlater.pipeline import allowed
from readlater.pipeline.blocks import BLOCK, HEADINGS
from readlater.pipeline.shape import tree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

WRAPPERS = frozenset(
    [
        *("div", "section", "article", "main", "center", "aside", "header", "footer", "nav"),
        *("form", "fieldset", "body", "html", "hgroup", "p"),
    ]
)
# In these a single run of text stands by itself.
_TIGHT = frozenset(["li", "td", "th", "dt", "dd", "figcaption", "address"])
_ONE_LINE = HEADINGS | {"summary", "caption"}
_FLOW = frozenset(["blockquote", "details"])
_MEANINGLESS = ("span", "font", "nobr", "tt", "big")
_MARKUP = frozenset(
    [
        *("a", "b", "strong", "em", "i", "u", "s", "ins", "del", "mark", "strike"),
        *("small", "cite", "q", "sub", "sup", "code", "label", "abbr", "time"),
    ]
)
_KNOWN = (allowed.TAGS - allowed.MATHML) | {"math"} | BLOCK | _MARKUP
_NOT_AROUND_BLOCKS = frozenset(
    ["small", "cite", "q", "sub", "sup", "code", "label", "abbr", "time"]
)
_LEAVES = ("p", *sorted(_ONE_LINE | _TIGHT))
_SPACES = " \t\r\n\f"
Run = list["HtmlElement | str"]


def rule(root: HtmlElement) -> None:
    """Make the children of `root` blocks; no block stands in `p`, a heading or a piece of text."""
    _open_inline(root)
    for element in reversed(list(root.iter(*WRAPPERS, *_TIGHT, *_ONE_LINE, *_FLOW, "figure"))):
        tag = element.tag
        if element is root:
            _wrap(element)
        elif tag in WRAPPERS:
            _unwrap(element)
        elif tag in _ONE_LINE:
            _one_line(element)
        elif tag in _TIGHT:
            _tighten(element)
        elif tag == "figure":
            _without_wrappers(element)
        else:
            _wrap(element)
    tree.settle(root)


def lone(root: HtmlElement) -> None:
    """An item, a cell or a caption of one paragraph is its text."""
    for element in list(root.iter(*_TIGHT)):
        if tree.has_more(element, 1) or len(element) == 0 or not tree.says_nothing(element.text):
            continue
        one = element[0]
        if one.tag == "p" and not one.get("id") and tree.says_nothing(one.tail):
            _hand_up(one, element)
    tree.settle(root)


def _open_inline(root: HtmlElement) -> None:
    """What says nothing about its text goes; a page's own elements are boxes if they hold boxes."""
    holding = tree.holders(root)
    for element in list(root.iter(*_MEANINGLESS)):
        if element in holding:
            element.tag = "div"
        elif element.get("id") or element.get("lang") or element.get("dir"):
            element.tag = "span"
        else:
            tree.opened(element)
    for element in list(root.iter()):
        tag = element.tag
        if tag in _KNOWN or not isinstance(tag, str):
            continue
        if tag in allowed.MATHML and next(element.iterancestors("math"), None) is not None:
            continue
        if element in holding:
            element.tag = "div"
        else:
            tree.opened(element)
    tree.settle(root)
    broken = tree.holders(root, of=("br",))
    for element in reversed(list(root.iter(*_MARKUP))):
        if element in holding or (element in broken and _runs(element)[1] > 1):
            _markup_into_blocks(element)
    tree.settle(root)


def _markup_into_blocks(element: HtmlElement) -> None:
    """`<a><h3>…</h3><p>…</p></a>` -> `<h3><a>…</a></h3><p><a>…</a></p>`; so with bold."""
    if element.tag not in _NOT_AROUND_BLOCKS:
        _wrap(element)
        leaves = list(element.iterdescendants(*_LEAVES))
        for leaf in leaves:
            if next(leaf.iterdescendants(*BLOCK), None) is None and not tree.is_blank(leaf):
                _mark_up(leaf, element)
        if element.tag == "a":
            for img in list(element.iterdescendants("img")):
                if not any(above.tag == "a" for above in _up_to(img, element)):
                    _link(img, element)
    tree.shell(element)


def _up_to(element: HtmlElement, end: HtmlElement) -> list[HtmlElement]:
    found = []
    above = element.getparent()
    while above is not None and above is not end:
        found.append(above)
        above = above.getparent()
    return found


def _mark_up(leaf: HtmlElement, like: HtmlElement) -> None:
    if like.tag == "a" and next(leaf.iter("a"), None) is not None:
        return
    content = tree.tokens(leaf)
    copy = leaf.makeelement(like.tag, {k: v for k, v in like.attrib.items() if k != "id"})
    leaf.text = None
    leaf.append(tree.fill(copy, content))


def _link(img: HtmlElement, like: HtmlElement) -> None:
    copy = img.makeelement("a", {k: v for k, v in like.attrib.items() if k != "id"})
    copy.tail, img.tail = img.tail, None
    img.addprevious(copy)
    copy.append(img)


def _runs(element: HtmlElement) -> tuple[list[Run | HtmlElement], int]:
    """Its blocks and the runs of text between them, and how many runs say something.

    Line breaks at the ends of a run go; two and more part it.
    """
    runs = _Runs()
    for one in tree.tokens(element):
        if isinstance(one, str):
            runs.add(one)
        elif one.tag == "br":
            runs.breaks.append(one)
        elif tree.is_block(one):
            runs.close()
            runs.found.append(one)
        elif not tree.is_gone(one):
            runs.add(one)
    runs.close()
    return runs.found, runs.said


class _Runs:
    def __init__(self) -> None:
        self.found: list[Run | HtmlElement] = []
        self.said = 0
        self.breaks: list[HtmlElement] = []
        self._run: Run = []
        self._filled = False

    def add(self, one: HtmlElement | str) -> None:
        if isinstance(one, str) and (self.breaks or not self._run) and tree.says_nothing(one):
            return
        if self._filled and len(self.breaks) == 1:
            self._run.append(self.breaks[0])
        elif self._filled and self.breaks:
            self.close()
        self.breaks.clear()
        self._run.append(one)
        self._filled = self._filled or not _is_empty(one)

    def close(self) -> None:
        if self._filled:
            self.found.append(_trimmed(self._run))
            self.said += 1
        elif any(_is_place(kept) for kept in self._run):
            self.found.append(self._run)
        self._run, self._filled = [], False
        self.breaks.clear()


def _is_empty(one: HtmlElement | str) -> bool:
    return tree.says_nothing(one) if isinstance(one, str) else tree.is_blank(one)


def _is_place(one: HtmlElement | str) -> bool:
    return not isinstance(one, str) and _place(one) != ""


def _place(element: HtmlElement) -> str:
    return next((one.get("id", "") for one in element.iter() if one.get("id")), "")


def _trimmed(run: Run) -> Run:
    if isinstance(run[0], str):
        run[0] = run[0].lstrip(_SPACES)
    if isinstance(run[-1], str):
        run[-1] = run[-1].rstrip(_SPACES)
    return run


def _wrap(element: HtmlElement) -> list[HtmlElement]:
    """Put each run of text into a paragraph; the blocks that then are all of the content."""
    blocks: list[HtmlElement] = []
    places: list[str] = []
    for one in _runs(element)[0]:
        if isinstance(one, list):
            if all(_is_empty(part) for part in one):
                places += [_place(part) for part in one if not isinstance(part, str)]
                continue
            blocks.append(tree.fill(tree.made(element, "p"), one))
        else:
            blocks.append(one)
        for name in places:
            _mark_place(blocks[-1], name)
        places.clear()
    tree.refill(element, blocks)
    for name in places:
        if blocks:
            _mark_place(blocks[-1], name)
    return blocks


def _mark_place(block: HtmlElement, name: str) -> None:
    """The place that a wrapper or an empty element marked is marked by the block in or after it."""
    first = tree.first_block(block)
    if not name:
        return
    if not first.get("id"):
        first.set("id", name)
    elif first.tag == "p" or first.tag in HEADINGS:
        place = first.makeelement("a", {"id": name})
        place.tail, first.text = first.text, None
        first.insert(0, place)


def _unwrap(element: HtmlElement) -> None:
    if element.tag == "p" and _is_plain(element):
        return
    found, said = _runs(element)
    if not said and len(found) == 0:
        if element.get("id"):
            place = element.makeelement("a", {"id": element.get("id", "")})
            tree.refill(element, (place,))
            tree.opened(element)
        else:
            tree.gone(element)
        return
    if len(found) == said == 1:
        if found[0] != tree.tokens(element):
            tree.refill(element, found[0])
        element.tag = "p"
        return
    blocks = _wrap(element)
    if not blocks:
        tree.opened(element)
    elif element.get("lang") or element.get("dir"):
        element.tag = "div"
    else:
        _mark_place(blocks[0], element.get("id", ""))
        tree.shell(element)


def _is_plain(element: HtmlElement) -> bool:
    """Whether there is nothing to mend in a paragraph: the many."""
    says = not tree.says_nothing(element.text)
    for child in element:
        if child.tag == "br" or tree.is_block(child) or tree.is_gone(child):
            return False
        says = says or not tree.says_nothing(child.tail)
    return says


def _tighten(element: HtmlElement) -> None:
    found = _runs(element)[0]
    parted = any(
        isinstance(one, list) and isinstance(other, list) for one, other in pairwise(found)
    )
    if parted:
        _wrap(element)
        return
    flat = [part for one in found for part in (one if isinstance(one, list) else [one])]
    if flat != tree.tokens(element):
        tree.refill(element, flat)


def _hand_up(child: HtmlElement, parent: HtmlElement) -> None:
    for name in ("lang", "dir"):
        if child.get(name) and not parent.get(name):
            parent.set(name, child.get(name, ""))
    tree.opened(child)


def _one_line(element: HtmlElement) -> None:
    """Blocks and line breaks in a heading part words, and no more."""
    for one in list(element.iterdescendants(*BLOCK, "br")):
        one.text = f" {one.text or ''}"
        if one.tag != "br":
            one.tail = f" {one.tail or ''}"
        tree.opened(one)


def _without_wrappers(figure: HtmlElement) -> None:
    for one in list(figure.iterdescendants("p")):
        above = one.getparent()
        if above is not None and (above is figure or tree.is_shell(above)):
            alone = len(one) == 1 and one[0].tag in {"a", "img"}
            if alone and tree.says_nothing(one.text) and tree.says_nothing(one[0].tail):
                tree.opened(one)
    for child in figure:
        if tree.says_nothing(child.tail):
            child.tail = None
    if tree.says_nothing(figure.text):
        figure.text = None
