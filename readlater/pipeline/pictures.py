"""Every picture of a page -> one plain <img> with an absolute address."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from readlater.pipeline import embeds, srcset

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LAZY_SETS = ("data-srcset", "data-lazy-srcset", "data-original-set", "data-src-set")
_LAZY_SOURCES = (
    "data-src data-lazy-src data-original data-lazy data-url data-image data-img-src "
    "data-hi-res-src data-full-src data-large-src data-actualsrc data-echo data-cfsrc "
    "data-original-src data-delayed-url data-li-src data-lazyload data-pin-media"
)
_KEPT = ("src", "alt", "title", "width", "height", "class", "id", "style", "role", "aria-hidden")
_UNREAD_TYPES = ("image/avif", "image/jxl", "image/heic", "image/jp2")
# What stands in a picture's place until a script has loaded it.
_PLACEHOLDER = re.compile(
    r"(?:^|/)(?:(?:blank|spacer|transparent|grey|gray|pixel|1x1|loader|loading|trans|clear|empty)"
    r"(?:[_-]?(?:gif|image|img|pixel|spinner|square|\d+(?:x\d+)?))*\.(?:gif|png|svg)"
    r"|(?:lazy|placeholder)(?:[_-]?(?:image|img|load|placeholder|\d+(?:x\d+)?))*"
    r"\.(?:gif|png|svg|jpe?g|webp))(?:$|[?#])",
    re.IGNORECASE,
)
_PICTURE_ADDRESS = re.compile(
    r"(?:https?:)?/[^\s,]+\.(?:jpe?g|png|webp|gif)(?:[?#][^\s]*)?$", re.IGNORECASE
)
_DATA = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,", re.IGNORECASE)
# Blurred previews and one-colour tiles are smaller; a whole page in one file holds larger ones.
_DATA_CHARS = range(2_000, 1_400_000)
_PIXELS = re.compile(r"\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*")
_STYLE_PIXELS = r"(?:^|;)\s*{}\s*:\s*(\d{{1,5}})(?:\.\d+)?px"
# What an address loses first: https://url.spec.whatwg.org/#concept-basic-url-parser
_LINE_BREAKS = dict.fromkeys(map(ord, "\t\n\r"))
_C0_AND_SPACE = "".join(map(chr, range(33)))
_PLAYED = (("video", "poster"), ("video", "src"), ("audio", "src"), ("source", "src"))
_FRAMED = (("iframe", "src"), ("embed", "src"), ("object", "data"), ("track", "src"))


def resolve(root: HtmlElement, base_url: str) -> None:
    """Change the tree in place, as a browser with scripts would fill it.

    Each picture (`<picture>`, `srcset`, lazy loading, `<noscript>`, `<amp-img>`) becomes one
    `<img>` with an absolute http(s) `src` or a `data:` picture of 1.5 kB to 1 MB; tracking pixels
    and empty placeholders go. Players and embedding frames become links.
    """
    base_url = _base(root, base_url)
    for tag in ("amp-img", "amp-anim", "image"):
        for element in list(root.iter(tag)):
            if not any(True for _ in element.iterancestors("svg")):
                element.tag = "img"
    _unfold_noscript(root)
    for picture in list(root.iter("picture")):
        _unfold_picture(picture)
    for img in list(root.iter("img")):
        _settle(img, base_url)
    _resolve_noscript(root)
    _make_absolute(root, base_url)
    embeds.link(root)


def absolute(address: str, base_url: str) -> str:
    """The http or https address, or "" where it is none."""
    try:
        joined = urljoin(base_url, address.translate(_LINE_BREAKS).strip(_C0_AND_SPACE))
        parts = urlsplit(joined)
    except ValueError:
        return ""
    return joined if parts.scheme in ("http", "https") and parts.netloc else ""


def _base(root: HtmlElement, base_url: str) -> str:
    for element in root.iter("base"):
        if href := element.get("href"):
            return absolute(href, base_url) or base_url
    return base_url


def _settle(img: HtmlElement, base_url: str) -> None:
    """Give one `<img>` its address and its plain form, or take it out."""
    src = "" if _is_tracker(img) else _choose(img, base_url)
    if not src:
        if not _beside_noscript(img):
            img.drop_tree()
        else:
            img.attrib.pop("src", None)
        return
    img.set("src", src)
    for name in set(img.attrib) - set(_KEPT):
        del img.attrib[name]
    for name in ("width", "height"):
        pixels = _PIXELS.fullmatch(img.get(name, ""))
        if pixels and 2 < int(pixels[1]) <= 10_000:
            img.set(name, pixels[1])
        else:
            img.attrib.pop(name, None)


def _is_tracker(img: HtmlElement) -> bool:
    style = img.get("style", "").lower()
    for name in ("width", "height"):
        attribute = _PIXELS.fullmatch(img.get(name, ""))
        styled = re.search(_STYLE_PIXELS.format(name), style)
        size = attribute or styled
        if size and int(size[1]) <= 2:
            return True
    return False


def _choose(img: HtmlElement, base_url: str) -> str:
    """The first that holds: lazy sets, sets, lazy addresses, `src`, any other picture address."""
    names = img.attrib
    sets = [srcset.best(names[name]) for name in (*_LAZY_SETS, "srcset") if names.get(name)]
    lazy = [names[name] for name in _LAZY_SOURCES.split() if names.get(name)]
    src = names.get("src", "")
    others = [
        value
        for name, value in names.items()
        if name.startswith("data-") and _PICTURE_ADDRESS.fullmatch(value.strip())
    ]
    # What a lazy loader is told to load is the picture, whatever its name.
    told = [address for address in (*sets, *lazy) if address[:5].lower() != "data:"]
    for address in (*told, *(a for a in (src, *others) if not _is_placeholder(a))):
        if found := absolute(address, base_url) if address else "":
            return found
    data = "".join(src.split())
    return data if _DATA.match(data) and len(data) in _DATA_CHARS else ""


def _is_placeholder(address: str) -> bool:
    return address[:5].lower() == "data:" or bool(_PLACEHOLDER.search(address))


def _unfold_picture(picture: HtmlElement) -> None:
    """Leave the one `<img>`, with the set that a wide screen would take."""
    img = next(picture.iter("img"), None)
    sources = list(picture.iter("source"))
    if img is None:
        img = picture.makeelement("img")
        picture.append(img)
    chosen = [source for source in sources if srcset.is_for_screen(source.get("media", ""))]
    common = [source for source in chosen if source.get("type") not in _UNREAD_TYPES]
    own = any(img.get(name) for name in ("srcset", "src", *_LAZY_SETS, *_LAZY_SOURCES.split()))
    for source in common or ([] if own else chosen or sources):
        names = [name for name in (*_LAZY_SETS, "srcset") if source.get(name)]
        real = [n for n in names if not _is_placeholder(srcset.best(source.get(n, "")))]
        if real:
            for name in (*_LAZY_SETS, "srcset"):
                img.attrib.pop(name, None)
            img.set("srcset", source.get(real[0], ""))
            break
    if all(child.tag in ("source", "img") for child in picture):
        img.tail = picture.tail
        picture.tail = None
        picture.addprevious(img)
        picture.drop_tree()
        return
    for source in sources:  # an unclosed <picture> holds what follows it
        source.drop_tag()
    picture.drop_tag()


def _unfold_noscript(root: HtmlElement) -> None:
    """Some pages write the markup of the picture as text, which only a parser with scripts sees."""
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, fragments_fromstring

    parser = HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    for element in root.iter("noscript"):
        if len(element) == 0 and element.text and "<img" in element.text.lower():
            try:
                found = fragments_fromstring(element.text, parser=parser)
            except ParserError:
                continue
            element.text = None
            element.extend(one for one in found if not isinstance(one, str))


def _beside_noscript(img: HtmlElement) -> bool:
    return any(True for _ in _neighbours(img, "noscript"))


def _neighbours(element: HtmlElement, tag: str) -> list[HtmlElement]:
    """Elements of `tag` next to this one, in what stands next to it, or to its lone wrapper."""
    found: list[HtmlElement] = []
    here: HtmlElement | None = element
    for _ in range(3):
        if here is None:
            break
        for sibling in (here.getprevious(), here.getnext()):
            if sibling is not None:
                found += islice(sibling.iter(tag), 4)
        parent = here.getparent()
        lone = parent is not None and next(islice(parent.iterchildren(), 2, 3), None) is None
        here = parent if lone else None
    return found


def _resolve_noscript(root: HtmlElement) -> None:
    """A picture for readers without scripts fills the empty one beside it, or stands by itself."""
    for noscript in list(root.iter("noscript")):
        pictures = list(noscript.iter("img"))
        beside = [img for img in _neighbours(noscript, "img") if img not in pictures]
        known = {img.get("src") for img in beside}
        for img in pictures:
            empty = next((one for one in beside if not one.get("src")), None)
            if empty is not None and img.get("src"):
                empty.attrib.update({name: value for name, value in img.attrib.items() if value})
            elif img.get("src") and not _same_picture(img.get("src", ""), known):
                noscript.addprevious(img)
        if pictures:
            noscript.drop_tree()
    for img in list(root.iter("img")):
        if not img.get("src"):
            img.drop_tree()


def _same_picture(address: str, others: set[str | None]) -> bool:
    """Whether one of `others` is the same file, in whatever size."""
    return any(other and _stem(other) == _stem(address) for other in others)


def _stem(address: str) -> str:
    name = urlsplit(address).path.rsplit("/", 1)[-1]
    return re.sub(r"[-_]\d{2,4}x\d{2,4}(?=\.)", "", name) or address


def _make_absolute(root: HtmlElement, base_url: str) -> None:
    """Players and frames need their addresses at once; links wait for the sanitiser."""
    for tag, name in (*_PLAYED, *_FRAMED):
        for element in root.iter(tag):
            if value := element.get(name, "").strip():
                if found := absolute(value, base_url):
                    element.set(name, found)
                else:
                    del element.attrib[name]
