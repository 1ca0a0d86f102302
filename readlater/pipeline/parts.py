"""Whether a page is one of several of an article: where the next is, or one that holds all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from readlater.pipeline import part_links
from readlater.pipeline.about.text import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Most pages have none of these, and are not parsed for it. Plain words: a pattern of them all costs
# more than the parse.
_STEMS = (
    "?p=2", "&p=2", ";p=2", "single page", "single-page", "one page", "view all", "show all",
    "full article", "full story", "full text", "artikel lesen", "artikel anzeigen", "seule page",
    "une page", "jednej stronie", "одной страниц", "全ページ", "1ページ", "全文表示", "全文を",
    "阅读全文", "閱讀全文", "显示全文", "顯示全文", "单页", "單頁", "페이지로", "전체보기",
    "전체 보기", "einer seite", "una pagina", "één pagina", "tek sayfa",
)  # fmt: skip
_IN_PAGER = tuple(
    re.compile(shape)
    for shape in (
        r"page[=/-]2\b", r"seite[=/-]?2\b", r"pagina[=/-]?2\b", r"start=\d", r"offset=\d",
        r">\s{0,40}(?:\w{1,9} )?2\s{0,40}<", r"\brel=[\"']?[^\"'<>]{0,60}\bnext\b", r"página",
    )
)  # fmt: skip
_NEXT = re.compile(
    r"^[\W_]*(?:next|next page|continue(?: reading)?|go to page \d+|page \d+|weiter"
    r"|nächste(?: seite)?"
    r"|(?:page )?suivante?|siguiente|(?:página|pagina) (?:siguiente|seguinte|successiva)"
    r"|successiva|avanti|próxima(?: página)?|seguinte|volgende(?: pagina)?|następna(?: strona)?"
    r"|dalej|следующая(?: страница)?|далее|sonraki(?: sayfa)?|التالي|الصفحة التالية|अगला"
    r"|次(?:へ|のページ(?:へ)?)?|下一[页頁]|다음(?: 페이지)?"
    r"|seite \d+|página \d+|pagina \d+)[\W_]*$",
    re.IGNORECASE,
)
_SINGLE = re.compile(
    r"^[\W_]*(?:(?:view|show|read)?\s*(?:all|article|story)?\s*(?:as|on|in|to)?\s*(?:a |one |1 )?"
    r"single[- ]page(?: view)?|(?:view|show|read) (?:it |all |article |this )?(?:on|as|in) one page"
    r"|view all(?: pages)?|show all pages|all (?:on|in) one page|(?:show|view|read)(?: the)? full "
    r"(?:article|story|text)|(?:alles |artikel |komplett )*auf einer seite(?: lesen| anzeigen)?"
    r"|(?:ganzen|gesamten|vollständigen) artikel (?:lesen|anzeigen)"
    r"|(?:lire |afficher |tout |l'article )*(?:sur|en) une (?:seule )?page"
    r"|(?:ver |leer )?(?:todo )?en una (?:sola )?página|(?:leggi |mostra |tutto )*(?:in|su) una"
    r"(?: sola)? pagina|pagina unica|(?:ler |ver )?(?:tudo )?(?:em|numa) (?:uma )?(?:só |única )?"
    r"página|(?:alles |lees )*op één pagina|(?:pokaż |czytaj |wszystko )*na jednej stronie"
    r"|(?:читать |показать |всё |все )*(?:на )?одной страниц(?:е|ей)|tek sayfada(?: göster| oku)?"
    r"|全ページ(?:を)?(?:表示|読む)?|1ページ(?:で|に)(?:表示|読む|まとめて)|全文(?:を)?(?:表示|読む)"
    r"|(?:单页|單頁)(?:阅读|閱讀)|(?:阅读|閱讀|显示|顯示)全文"
    r"|(?:한|1) ?페이지로 보기|전체 ?보기)[\W_]*$",
    re.IGNORECASE,
)
_PAGER = re.compile(r"pag(?:e|i|er|in)|nav|multi|next|seite", re.IGNORECASE)
_OF = re.compile(
    r"^\W*(?:page|seite|page|página|pagina|strona|sayfa|страница)\s+(\d{1,3})\s*"
    r"(?:of|von|sur|de|di|z|/|из|van)\s*(\d{1,3})\W*$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"\s+(?:page|seite|pagina|página|strona|sayfa|страница|pg|p)\s+\d{1,3}"
    r"(?:\s+(?:of|von|sur|de|di|z|из)\s+\d{1,3})?$"
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
# A list of articles has at least so many headings that lead elsewhere.
_INDEX = 4
_PROSE = 80
# ... or little prose, and more than this share of its letters in links.
_PROSE_OF_ARTICLE = 600
_LINKED = 0.5
_LONGEST = 60
_LONGEST_ADDRESS = 2_000
_NOT_AWAY = ("#", "javascript:", "mailto:")
_MOST_LINKS = 4_000


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a page says of the other pages of its article; "" and 0 for what it does not say.

    `title` is folded to letters and digits, `of` how many pages there are, `single` the address of
    one page that holds all, `following` that of the next page.
    """

    title: str = ""
    number: int = 1
    of: int = 0
    single: str = ""
    following: str = ""


def look(body: bytes, url: str, content_type: str | None = None, *, whole: bool = False) -> Outlook:
    """The outlook of a page as it came from `url`; nothing is fetched, and this does not raise.

    With `whole` the title is told even where no other page is in sight.
    """
    from readlater.pipeline import decode, metadata, visible

    page = decode.decode(body, content_type)
    if not whole and not (url.startswith(("http://", "https://")) and _may_have_parts(page)):
        return Outlook()
    root = decode.parse(page)
    base = metadata.base_address(root, url)
    declared = _declared_next(root, base)
    visible.keep_visible(root)
    links = list(islice(_links(root, base), _MOST_LINKS))
    single, following, number, of = _read(url, declared, links, root)
    if not (whole or single or following) or _is_index(root, url, base):
        return Outlook()
    root = decode.parse(page)  # the title may stand in the head
    title = fold(metadata.read(root, url).title)
    return Outlook(_without_number(title), number, of, single, following)


def _may_have_parts(page: str) -> bool:
    lower = page.lower()
    return any(stem in lower for stem in _STEMS) or any(p.search(lower) for p in _IN_PAGER)


@dataclass(frozen=True, slots=True)
class _Link:
    """A link in sight: where it leads, what it says, and whether it stands in a pager."""

    address: str
    text: str
    is_next: bool
    in_pager: bool


def _declared_next(root: HtmlElement, base: str) -> str:
    for element in root.iter("link"):
        href = element.get("href") or ""
        if "next" in (element.get("rel") or "").lower().split() and len(href) <= _LONGEST_ADDRESS:
            return _absolute(base, href) if href else ""
    return ""


def _links(root: HtmlElement, base: str) -> Iterator[_Link]:
    for element in root.iter("a", "option"):
        href = element.get("href") or (element.get("value") if element.tag == "option" else "")
        if not href or len(href) > _LONGEST_ADDRESS or href.startswith(_NOT_AWAY):
            continue
        text = " ".join("".join(element.itertext()).split()) or (element.get("aria-label") or "")
        rel = (element.get("rel") or "").lower().split()
        if len(text) <= _LONGEST or "next" in rel:
            yield _Link(_absolute(base, href), text[:_LONGEST], "next" in rel, _in_pager(element))


def _in_pager(element: HtmlElement) -> bool:
    node: HtmlElement | None = element
    for _ in range(4):
        if node is None:
            return False
        names = " ".join(node.get(n) or "" for n in ("class", "id", "aria-label", "role"))
        if _PAGER.search(names) or node.tag in ("nav", "select"):
            return True
        node = node.getparent()
    return False


def _absolute(base: str, href: str) -> str:
    try:
        return urljoin(base, href.strip()).partition("#")[0]
    except ValueError:  # brackets that are no IPv6 address
        return ""


def _read(
    url: str, declared: str, links: list[_Link], root: HtmlElement
) -> tuple[str, str, int, int]:
    """(single, following, number, of) by the addresses, and by what the links say."""
    following, number, of, single = "", 1, 0, ""
    numbered: dict[int, str] = {}
    for link in (_Link(declared, "", is_next=True, in_pager=True), *links):
        found = part_links.step(url, link.address) if link.address else None
        if found is not None:
            number, there = found
            said = _number_in(link.text)
            if link.in_pager and said is not None:
                numbered[said] = link.address
                of = max(of, said)
            ahead = there > number if part_links.is_offset(link.address) else there == number + 1
            if ahead and not following and (link.is_next or _NEXT.match(link.text)):
                following = link.address
        elif not single and _SINGLE.match(link.text) and part_links.is_beneath(url, link.address):
            single = link.address
    here, told = _told(root)
    if here:
        number, of = here, max(of, told)
    elif any(part_links.is_offset(a) for a in numbered.values()):
        number = min({*range(1, of + 1)} - set(numbered), default=1)
    following = following or numbered.get(number + 1, "")
    if single == "" and of >= 2:
        single = next(
            (k.address for k in links if _says_all(k.text) and
             part_links.is_beneath(url, k.address)), "",
        )  # fmt: skip
    return single, following, number, of


def _number_in(text: str) -> int | None:
    match = re.fullmatch(r"\D{0,12}(\d{1,3})\D{0,3}", text)
    return int(match[1]) if match and 1 <= int(match[1]) <= part_links.LARGEST else None


def _says_all(text: str) -> bool:
    return re.sub(r"\W", "", text.casefold()) in {"all", "alle", "tout", "todo", "tutto", "tudo"}


def _told(root: HtmlElement) -> tuple[int, int]:
    """What a line such as "Page 2 of 5" says, or (0, 0)."""
    for element in root.iter("p", "span", "div", "li", "strong", "em", "b", "small"):
        text = element.text or ""
        if len(element) == 0 and 5 < len(text) < 40 and (found := _OF.match(text)):
            return int(found[1]), int(found[2])
    return 0, 0


def _is_index(root: HtmlElement, url: str, base: str) -> bool:
    """Whether a page lists articles: its prose stands under headings that lead elsewhere, or it
    has next to none, and links."""
    away: set[str] = set()
    under = {True: 0, False: 0}
    leads_away = False
    for element in root.iter(*_HEADINGS, "p"):
        if element.tag == "p":
            text = " ".join("".join(element.itertext()).split())
            under[leads_away] += len(text) if len(text) > _PROSE else 0
            continue
        address = _heading_address(element, base)
        leads_away = bool(address) and address != url and not part_links.step(url, address)
        if leads_away:
            away.add(address)
    if len(away) >= _INDEX and under[True] >= under[False]:
        return True
    said = sum(1 for text in root.itertext() for letter in text if not letter.isspace())
    linked = sum(
        1
        for a in root.iter("a")
        for text in a.itertext()
        for letter in text
        if not letter.isspace()
    )
    return under[False] < _PROSE_OF_ARTICLE and linked > _LINKED * said


def _heading_address(heading: HtmlElement, base: str) -> str:
    link = heading.find(".//a[@href]")
    parent = heading.getparent()
    if link is None and parent is not None and parent.tag == "a":
        link = parent
    return _absolute(base, link.get("href") or "") if link is not None else ""


def _without_number(folded: str) -> str:
    """A folded title without "page 2" or "page 2 of 5" at its end."""
    return _NUMBERED.sub("", folded)


def is_same_article(first: Outlook, other: Outlook) -> bool:
    """Whether two pages carry one headline: the next article's page has another."""
    if not first.title or not other.title:
        return False
    short, long = sorted((first.title, other.title), key=len)
    return short == long or (len(short) >= 12 and long.startswith(short))
