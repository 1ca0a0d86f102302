"""A page as it came -> what may be shown of it as such, or why nothing is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readlater.article import Access
from readlater.pipeline import decode, metadata, pictures, sanitize, visible
from readlater.pipeline.raw import AsCame, Beside, doubt, sheets, unseen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

MOST_BYTES = 12 << 20
# Of clean HTML: what is more takes an engine without scripts seconds to lay out.
MOST_CHARACTERS = 4 << 20
_MOST_BESIDE_WHOLE = 3


def as_came(body: bytes | str, url: str, content_type: str | None, beside: Beside) -> AsCame:
    """The page as its publisher showed it; whatever it holds, this does not raise.

    What the page itself keeps out of sight is taken out, not only styled away: by `hidden` and
    what else `pipeline.visible` knows, by `style`, by the style sheets inside the page, and what
    `hasPart.cssSelector` of its data calls paid. Of such a part only those words and pictures
    stay that the clean copy shows, too: so it never says more of the article than that.

    Style sheets of other files, and scripts, hide more, and did not come along. Where the copy
    is whole that hides nothing of the article. Where it is not, the page is shown only if no
    sentence is left on it that could be of the article and is not in the clean copy; else
    `refused` is `raw_unsure`. A few such lines may stand on a page that says it is not free and
    whose copy is whole all the same.
    """
    if len(body) > MOST_BYTES:
        return AsCame(refused="raw_too_large")
    root = decode.parse(body if isinstance(body, str) else decode.decode(body, content_type))
    held = list(root.iter())  # lxml makes an element's object anew unless someone holds it
    about = metadata.read(root, url)
    base = metadata.base_address(root, url)
    has_foreign = doubt.has_foreign_sheets(root)
    visible.open_body(root)
    out, is_known = _kept_back(root)
    unseen.drop_frames(out)
    pictures.resolve(root, base)
    shown = (beside.text, beside.title, *(text for _, text in beside.removed))
    known = unseen.Known(unseen.folded("\n".join(shown)), frozenset(beside.pictures))
    unseen.mute(out, known)
    unseen.drop_scripted(root)
    held.clear()
    found = root.find("body")
    whole = root if found is None else found
    if (has_foreign or not is_known) and _is_doubtful(whole, known, beside.access, about.free):
        return AsCame(refused="raw_unsure")
    _mark(whole, beside.removed)
    html = sanitize.as_came(_inner(whole), base_url=base)
    if len(html) > MOST_CHARACTERS:
        return AsCame(refused="raw_too_large")
    return AsCame(html, about.language, about.direction)


def _kept_back(root: HtmlElement) -> tuple[list[HtmlElement], bool]:
    """What the page keeps out of sight, in the page's order, and whether that is all."""
    rules = sheets.read(root)
    by_rule = sheets.unseen(root, rules)
    paid, is_read = unseen.paid(root)
    every = {*unseen.hidden(root), *by_rule, *paid}
    return [e for e in root.iter() if e in every], is_read and not rules.unread


def _is_doubtful(body: HtmlElement, known: unseen.Known, access: Access, free: bool | None) -> bool:
    if access is Access.FULL and free is not False:
        return False
    # Below a whole article stand captions and lines on its author, too.
    most = _MOST_BESIDE_WHOLE if access is Access.FULL else 0
    return len(doubt.loose_prose(body, known)) > most


def _mark(body: HtmlElement, removed: Sequence[tuple[str, str]]) -> None:
    """Have the blocks that were taken out wear their fingerprint, each the outermost of its text.

    A block's text as it was taken out has the words of what stands inside it last: letters are
    compared, not their order.
    """
    wanted = {_sorted(text): mark for mark, text in removed if mark and text.strip()}
    lengths = {len(text) for text in wanted}
    letters = _letters(body) if wanted else {}
    marked: set[HtmlElement] = set()
    for element in body.iter():
        if not isinstance(element.tag, str):
            continue
        element.attrib.pop(sanitize.TAKEN, None)
        if element.getparent() in marked:
            marked.add(element)
        elif element is not body and letters.get(element) in lengths:
            mark = wanted.get(_sorted(" ".join(element.itertext())))
            if mark:
                marked.add(element)
                element.set(sanitize.TAKEN, mark)


def _sorted(text: str) -> str:
    return "".join(sorted(unseen.folded(text)))


def _letters(body: HtmlElement) -> dict[HtmlElement, int]:
    """How many letters and digits stand in each element."""
    count: dict[HtmlElement, int] = {}
    for element in reversed([e for e in body.iter() if isinstance(e.tag, str)]):
        said = len(unseen.folded(element.text or ""))
        for child in element:
            said += count.get(child, 0) + len(unseen.folded(child.tail or ""))
        count[element] = said
    return count


def _inner(body: HtmlElement) -> str:
    from lxml.html import tostring

    return str(tostring(body, encoding="unicode", with_tail=False))
