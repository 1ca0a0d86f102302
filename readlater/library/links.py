"""Find the web addresses in what a person pastes, drops or writes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from readlater.errors import InputError
from readlater.net import urls

# A link ends at white space, at quotes and angle brackets, and at the brackets and full stops of
# Chinese, Japanese and Korean, which never stand in an address as it is copied.
_ENDS = (
    r"\s<>\"“”„«»‹›‘`|\\^\x00-\x20\u200b-\u200f\u2028-\u202e\u2060\ufeff"
    r"。、，；：！？（）「」『』【】〈〉《》〔〕［］｛｝｡｢｣､…"
)
_LINK = re.compile(
    rf"(?<![a-z0-9@./_-])(?:https?:/{{1,3}}|www\d?\.(?=[\w-]))(?:(?![,;]https?://)[^{_ENDS}])+",
    re.IGNORECASE,
)
# Markdown's [words](address "title"), whose closing bracket is not the address's own.
_MARKDOWN = re.compile(
    r"\]\(\s*<?(?P<address>[^\s()<>]*+(?:\([^\s()<>]*+\)[^\s()<>]*+)*+)>?[^()]*+\)"
)
_MARKDOWN_PICTURE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)")
_BARE_LINE = re.compile(
    r"[\s•·*–-]*(?P<address>[\w-]+(?:\.[\w-]+)+(?::\d{1,5})?(?P<path>[/?#]\S*)?)[.,;]?\s*"
)
# A name alone that ends like this is a file's.
_FILE_ENDING = re.compile(
    r"\.(?:txt|pdf|docx?|odt|xlsx?|pptx?|csv|x?html?|mhtml?|jpe?g|png|gif|webp|svg|mp[34]|exe|js|"
    r"css|json|xml|py|cpp|log|tar|gz|7z|rar|\d+)(?::\d+)?$",
    re.IGNORECASE,
)
_LONGEST_LINE = 4096
_LONGEST_HTML = 2_000_000
_PAIRS = {")": "(", "]": "[", "}": "{"}


def find_links(text: str) -> tuple[str, ...]:
    """The links in any text, as they are fetched, in order and without repeats.

    Links begin with http://, https:// or www.; a line that is nothing but `example.org/path`
    is one too. What stands around them is ignored.
    """
    return _unique(_fetchable(_candidates(text)))


def links_of_html(html: str) -> tuple[str, ...] | None:
    """The links of copied HTML if it is nothing but links, else None.

    Between the links may stand white space, commas, list bullets and numbers.
    """
    if not html or len(html) > _LONGEST_HTML:
        return None
    return _unique(_fetchable(_links_if_nothing_else(html))) or None


def _candidates(text: str) -> Iterator[str]:
    lines = text.splitlines()
    alone = len([line for line in lines if line.strip()]) == 1
    for line in lines:
        plain = _without_markdown(line)
        links = list(_LINK.finditer(plain))
        for link in links:
            yield _without_tail(link[0], plain[max(0, link.start() - 1) : link.start()])
        bare = None if links or len(line) > _LONGEST_LINE else _BARE_LINE.fullmatch(line)
        if bare and (bare["path"] or (alone and not _FILE_ENDING.search(bare["address"]))):
            yield _without_tail(bare["address"], "")


def _without_markdown(line: str) -> str:
    if "](" not in line:
        return line
    return _MARKDOWN.sub(r"]( \g<address> )", _MARKDOWN_PICTURE.sub(" ", line))


def _without_tail(link: str, before: str) -> str:
    """Without the sentence's punctuation; a closing bracket stays where the link opened it.

    Emphasis of plain text goes where the same mark stands `before` the link.
    """
    marks = ".,;:!?'’" + (before if before in {"*", "_", "~"} else "")
    unopened = {shut: link.count(shut) - link.count(opens) for shut, opens in _PAIRS.items()}
    end = len(link)
    while end:
        last = link[end - 1]
        if unopened.get(last, 0) > 0:
            unopened[last] -= 1
        elif last not in marks:
            break
        end -= 1
    return link[:end]


def _fetchable(candidates: Iterable[str]) -> Iterator[str]:
    for candidate in candidates:
        try:
            yield urls.normalise(candidate)
        except InputError:
            continue


def _unique(links: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(links))


_BETWEEN = re.compile(r"[\s,;|/•·◦▪‣*–—\-\u200b\ufeff]*+|\s*+\d{1,3}[.)]\s*+")
# Read by one pass of our own: html.parser needs quadratic time for "<!" repeated.
_TOKEN = re.compile(
    r"<!--(?:(?!-->).)*+(?:-->)?|<(?P<tag>/?[a-z][a-z0-9]*+)(?P<inside>[^<>]*+)>?|"
    r"<[!?][^<>]*+>?|(?P<text><|[^<]++)",
    re.IGNORECASE | re.DOTALL,
)
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_UNSEEN = frozenset({"style", "script", "title", "head", "template", "noscript"})
_SEEN_WITHOUT_TEXT = frozenset({"img", "video", "audio", "iframe", "table", "svg"})


def _links_if_nothing_else(html: str) -> list[str]:
    """The web addresses of `a[href]` in order; none as soon as anything else can be seen."""
    links: list[str] = []
    within_link = within_unseen = 0
    for token in _TOKEN.finditer(html):
        tag = (token["tag"] or "").lower()
        if tag == "a":
            address = _href(token["inside"])
            # A link without a web address, such as `#top` or `mailto:`, is text like other text.
            if urls.is_web(address):
                links.append(address)
                within_link += 1
        elif tag == "/a":
            within_link = max(0, within_link - 1)
        elif tag.removeprefix("/") in _UNSEEN:
            within_unseen = max(0, within_unseen + (-1 if tag.startswith("/") else 1))
        elif within_link or within_unseen:
            continue
        elif tag in _SEEN_WITHOUT_TEXT or not _BETWEEN.fullmatch(unescape(token["text"] or "")):
            return []
    return links


def _href(attributes: str) -> str:
    found = _HREF.search(attributes)
    return unescape(found[1] or found[2] or found[3] or "").strip() if found else ""
