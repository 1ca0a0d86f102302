"""Foreign HTML -> what may be shown: an allow-list of an article's structure, run last."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from urllib.parse import unquote, urljoin, urlsplit

import nh3

from readlater.pipeline import allowed, nesting

ID_PREFIX = "rl-"
MISSING_CLASS = "rl-missing"
# On a block of the page as it came that is not in the clean copy: its fingerprint.
TAKEN = "data-taken"
INLINE_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"})
_PASSES = 8
_DATA_PICTURE = re.compile(
    r"data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/]{1,1400000}={0,2}"
)
_LANGUAGE_CLASS = re.compile(r"(?:^|\s)(?:lang|language|highlight-source)-([\w+#.-]{1,30})(?!\S)")
_PATTERNS = {
    "align": re.compile(r"left|right|center|justify"),
    "datetime": re.compile(r"[\w:.+ -]{1,40}"),
    TAKEN: re.compile(r"[0-9a-f]{16}"),
    "dir": re.compile(r"ltr|rtl|auto"),
    "lang": re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*"),
    "scope": re.compile(r"row|col|rowgroup|colgroup"),
    "start": re.compile(r"-?\d{1,6}"),
    "type": re.compile(r"[1aAiI]"),
    "value": re.compile(r"-?\d{1,6}"),
}
_ASSET = re.compile(r"/asset/[A-Za-z0-9]{1,128}")
# An address that is whole needs no joining, which costs most of all here.
_WHOLE = re.compile(
    r"https?://[a-z0-9.-]+(?::\d{1,5})?/[\w/.,~%@!$&'()*+;=:-]*(?:\?[\w/.,~%@!$&'()*+;=:?-]*)?",
    re.ASCII,
)
_COUNT = re.compile(r"[1-9]\d{0,2}")
_PIXELS = re.compile(r"\s*([1-9]\d{0,3})(?:\.\d+)?(?:px)?\s*")
_MATH_VALUE = re.compile(r"[\w .%+-]{1,60}")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)((?:\s[^\s=>]+=\"[^\"]*\")*)>")
_ATTRIBUTE = re.compile(r"\s([^\s=>]+)=\"([^\"]*)\"")
_ID = re.compile(rf"\sid=\"{ID_PREFIX}([^\"]*)\"")
_PRE = re.compile(r"(<pre(?:\s[^\s=>]+=\"[^\"]*\")*>)\n")
# What an address loses first: https://url.spec.whatwg.org/#concept-basic-url-parser
_LINE_BREAKS = dict.fromkeys(map(ord, "\t\n\r"))
_C0_AND_SPACE = "".join(map(chr, range(33)))


def sanitize(html: str, *, base_url: str = "") -> str:
    """The safe HTML of `html`; relative addresses are made absolute against `base_url`.

    Nothing of it can run, style or frame; `src` is http, https or a small raster `data:` picture;
    links lead to http, https, mailto or a place of the article (`#rl-…`). Sanitising twice gives
    the same text.
    """
    return _settled(html, base_url, allowed.ARTICLE)


def as_came(html: str, *, base_url: str = "") -> str:
    """As `sanitize`, for a whole page: its navigation, header, footer and marks of `TAKEN` stay."""
    return _settled(html, base_url, allowed.PAGE)


def _settled(html: str, base_url: str, passing: allowed.Passing) -> str:
    policy = _Policy(base_url)
    before = _encodable(html)
    for _ in range(_PASSES):
        after = _without_empty_pictures(_pass(before, policy, passing))
        if after == before:
            return after
        before = after
        policy.ids = frozenset(unescape(name) for name in _ID.findall(after))
    return escape(_TAG.sub(" ", before), quote=False)


def for_reading(html: str, assets: Mapping[str, str]) -> str:
    """`html` sanitised once more for the reader page; `assets` maps addresses to digests.

    A picture's `src` becomes `/asset/<digest>`. One without an asset becomes its alternative text
    in `<span class="rl-missing">`, so nothing remote is asked for. What this returned passes as it
    is: pictures of the library, and the words in place of those it has not.
    """

    def local(address: str) -> str | None:
        digest = assets.get(address, "")
        return f"/asset/{digest}" if digest.isalnum() else None

    return _with_pictures(html, local)


def as_came_for_reading(html: str, assets: Mapping[str, str]) -> str:
    """As `for_reading`, for what `as_came` returned; what this returned passes as it is."""

    def local(address: str) -> str | None:
        digest = assets.get(address, "")
        return f"/asset/{digest}" if digest.isalnum() else None

    return _with_pictures(html, local, allowed.READING_PAGE)


def with_inline(html: str, pictures: Mapping[str, tuple[bytes, str]]) -> str:
    """`html` sanitised once more as a file of its own; `pictures`: address -> bytes, media type.

    Pictures of `INLINE_TYPES` become `data:` addresses, others their alternative text: an SVG
    opened by itself could run.
    """

    def inline(address: str) -> str | None:
        body, media_type = pictures.get(address, (b"", ""))
        if not body or media_type not in INLINE_TYPES:
            return None
        return f"data:{media_type};base64,{base64.b64encode(body).decode('ascii')}"

    return _with_pictures(html, inline)


def picture_addresses(html: str) -> tuple[str, ...]:
    """The http and https addresses of the pictures in sanitised HTML, in order, no repeats."""
    found = (_src(tag) for tag in _TAG.finditer(html) if tag[2] == "img")
    return tuple(dict.fromkeys(src for src in found if src.startswith(("http://", "https://"))))


def _src(tag: re.Match[str]) -> str:
    return next((unescape(v) for name, v in _ATTRIBUTE.findall(tag[3]) if name == "src"), "")


def _pass(html: str, policy: _Policy, passing: allowed.Passing) -> str:
    clean = nh3.clean(
        html,
        tags=set(passing.tags),
        clean_content_tags=set(allowed.DROPPED_WITH_CONTENT - passing.tags),
        attributes={tag: set(names) for tag, names in passing.attributes.items()},
        attribute_filter=policy.attribute,
        link_rel=None,
        url_schemes={"http", "https", "mailto", "data"},
    )
    # A parser drops the line break after <pre>; html5ever writes none in its place.
    return _PRE.sub(r"\1\n\n", clean)


def _encodable(html: str) -> str:
    """Without lone surrogates, and not nested too deep for the parser."""
    return nesting.limit(html.encode("utf-8", "replace").decode("utf-8"))


def _without_empty_pictures(html: str) -> str:
    def keep(tag: re.Match[str]) -> str:
        empty = tag[2] == "img" and ' src="' not in tag[3] and ' alt="' not in tag[3]
        return "" if empty else tag[0]

    return _TAG.sub(keep, html) if "<img" in html else html


def _with_pictures(
    html: str,
    address: Callable[[str], str | None],
    passing: allowed.Passing = allowed.READING,
) -> str:
    def missing(tag: re.Match[str]) -> str:
        if tag[2] != "img":
            return tag[0]
        values = dict(_ATTRIBUTE.findall(tag[3]))
        if values.get("src"):
            return tag[0]
        words = values.get("alt", "")
        return f'<span class="{MISSING_CLASS}">{words}</span>' if words.strip() else ""

    clean = _pass(_encodable(html), _Policy("", address), passing)
    return _TAG.sub(missing, clean)


class _Policy:
    """Decides on one attribute at a time: its new value, or None to drop it.

    nh3 asks about attributes that it drops anyway, too, and only prints what is raised here.
    """

    def __init__(self, base_url: str, picture: Callable[[str], str | None] | None = None) -> None:
        self._base = base_url if base_url.startswith(("http://", "https://")) else ""
        self._page = self._base.partition("#")[0]
        self._picture = picture
        self.ids: frozenset[str] | None = None

    def attribute(self, tag: str, name: str, value: str) -> str | None:
        if name == "href":
            return self._href(value)
        if name == "src":
            return self._src(value)
        if name == "class" and tag == "span":
            return MISSING_CLASS if self._picture and value == MISSING_CLASS else None
        if name == "class":
            language = _LANGUAGE_CLASS.search(value)
            return f"language-{language[1]}" if language else None
        if name == "id":
            return _identifier(value)
        if name in {"alt", "title", "abbr"}:
            return " ".join(value.split())
        return _plain(tag, name, value)

    def _href(self, value: str) -> str | None:
        address, _, fragment = _bare(value).partition("#")
        if fragment and address in {"", self._page}:
            return self._place(fragment)
        return _absolute(value, self._base, ("http", "https", "mailto"))

    def _place(self, fragment: str) -> str | None:
        """A place of this article, or of the page it came from where the article has it not."""
        target = _identifier(unquote(fragment))
        if target is None:
            return None
        name = target.removeprefix(ID_PREFIX)
        if self.ids is None or name in self.ids:
            return f"#{target}"
        return f"{self._page}#{name}" if self._page else None

    def _src(self, value: str) -> str | None:
        if value[:5].lower() == "data:":
            data = "".join(value.split())
            return data if _DATA_PICTURE.fullmatch(data) else None
        if self._picture is not None and _ASSET.fullmatch(value):
            return value
        address = _absolute(value, self._base, ("http", "https"))
        if address is None or self._picture is None:
            return address
        return self._picture(address)


def _identifier(value: str) -> str | None:
    """With the prefix, so that no name of a page meets one of the reader's own or of the DOM."""
    if not value or len(value) > 200 or "%" in value or len(value.split()) != 1:
        return None
    return value if value.startswith(ID_PREFIX) else ID_PREFIX + value


def _bare(address: str) -> str:
    return address.translate(_LINE_BREAKS).strip(_C0_AND_SPACE)


def _absolute(value: str, base_url: str, schemes: tuple[str, ...]) -> str | None:
    if "/." not in value and _WHOLE.fullmatch(value):
        return value
    try:
        address = urljoin(base_url, _bare(value))
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in schemes or not (parts.netloc or parts.scheme == "mailto"):
        return None
    return re.sub(r"[\s\x00-\x1f]", lambda found: f"%{ord(found[0]):02X}", address)


def _plain(tag: str, name: str, value: str) -> str | None:
    if tag in allowed.MATHML:
        return value if _MATH_VALUE.fullmatch(value) else None
    if name in {"width", "height"}:
        found = _PIXELS.fullmatch(value)
        return found[1] if found else None
    if name in {"colspan", "rowspan", "span"}:
        return value if _COUNT.fullmatch(value.strip()) else None
    if name in {"open", "reversed"}:
        return ""
    text = value.strip() if name in {"datetime", "lang", "type"} else value.strip().lower()
    pattern = _PATTERNS.get(name)
    return text if pattern and pattern.fullmatch(text) else None
