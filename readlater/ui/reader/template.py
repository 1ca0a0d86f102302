"""An article as the values that the shell page is filled with; our words, escaped."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from html import escape
from typing import Final, Protocol
from urllib.parse import quote, urlsplit

from PySide6.QtCore import QCoreApplication, QDate, QLocale, Qt

from readlater import words
from readlater.article import Access, Article, Spot
from readlater.ui.icons import ACCESS_COLOURS, ACCESS_ICONS, svg
from readlater.ui.models import said
from readlater.ui.reader import walls

_TILES: Final = 8
_CUT: Final = frozenset({Access.PREVIEW, Access.REGISTRATION, Access.SIGN_IN})


class Page(Protocol):
    """What is shown: `library.reading.Page` is one. `html` has its pictures as `/asset/<hash>`.

    `icon` is the digest of its site's icon, or "".
    """

    @property
    def article(self) -> Article: ...
    @property
    def html(self) -> str: ...
    @property
    def icon(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Filled:
    """The arguments of `reader.show` in `resources/html/reader.js`, by its names."""

    id: int
    header: str
    body: str
    end: str
    excerpt: str
    lang: str
    dir: str
    cut: bool
    origin: str
    at: float
    spot: Spot | None
    keep: bool


def fill(
    page: Page, body: str, *, at: float = 0.0, spot: Spot | None = None, keep: bool = False
) -> Filled:
    """The values for `page`, whose text is the safe `body`, scrolled to `spot` or `at` (0..1).

    With `keep` an article that is open already stays where it is read.
    """
    article = page.article
    access = article.access or Access.FULL
    return Filled(
        id=article.id,
        header=_site(article, page.icon) + _title(article) + meta(article),
        body=body,
        end=end(article),
        excerpt=article.excerpt,
        lang=article.language,
        dir="rtl" if article.direction == "rtl" else "ltr",
        cut=access in _CUT and bool(re.sub(r"<[^>]*>|\s", "", body)),
        origin=f"{walls.SCHEME}://{walls.Opened(article.id).host}",
        at=at,
        spot=spot,
        keep=keep,
    )


def long_date(published: str, locale: QLocale) -> str:
    """An ISO 8601 date in the words of `locale`, without its weekday; "" when it is none."""
    date = QDate.fromString(published[:10], "yyyy-MM-dd")
    if not date.isValid():
        return ""
    form = locale.dateFormat(QLocale.FormatType.LongFormat)
    return locale.toString(date, re.sub(r"^dddd\W*|\W*dddd\W*$", "", form))


def _site(article: Article, icon: str) -> str:
    host = (urlsplit(article.url).hostname or "").removeprefix("www.")
    name = article.site_name or host
    if not name:
        return ""
    if icon:
        address = f"{walls.SCHEME}://{walls.Opened(article.id).host}/asset/{escape(icon)}"
        picture = f'<img class="icon" src="{address}" alt="" width="16" height="16">'
        return f'<div class="site">{picture}<bdi>{escape(name)}</bdi></div>'
    initial = next((c for c in name if c.isalnum()), "·")
    tile = zlib.crc32((host or name).encode()) % _TILES
    return (
        f'<div class="site"><span class="tile tile-{tile}" aria-hidden="true">{escape(initial)}'
        f"</span><bdi>{escape(name)}</bdi></div>"
    )


def _title(article: Article) -> str:
    return f"<h1>{escape(article.title or article.url)}</h1>"


def meta(article: Article) -> str:
    """The line under the title: people, date, time, badge and tags, of what there is."""
    access = article.access or Access.FULL
    # Many pages sign with the name of the site, which stands above already.
    byline = "" if article.byline == article.site_name else article.byline
    facts = [byline, long_date(article.published, QLocale())]
    if article.reading_minutes:
        facts.append(QCoreApplication.translate("reader", "%n min", "", article.reading_minutes))
    parts = [" · ".join(f"<bdi>{escape(fact)}</bdi>" for fact in facts if fact)]
    parts = [f"<span>{parts[0]}</span>"] if parts[0] else []
    if access is not Access.FULL:
        parts.append(_pill(access))
    if article.tags:
        parts.append(f'<span class="tags">{"".join(map(_chip, article.tags))}</span>')
    return f'<div class="meta">{"".join(parts)}</div>'


def _chip(tag: str) -> str:
    """A tag that leads to its list."""
    address = f"{walls.DEED}tag/{quote(tag, safe='', errors='replace')}"
    return f'<a class="tag" href="{address}"><bdi>{escape(tag)}</bdi></a>'


def _pill(access: Access) -> str:
    colour = ACCESS_COLOURS[access]
    label = QCoreApplication.translate("words", words.ACCESS[access])
    return (
        f'<a class="pill {colour}" role="button" href="{walls.ACCESS}">'
        f"{svg(ACCESS_ICONS[access])}<bdi>{escape(label)}</bdi></a>"
    )


def end(article: Article) -> str:
    """What stands under the text: where the publisher stopped, and the deeds that come next."""
    return _foot(article, article.access or Access.FULL) + _after(article)


def _foot(article: Article, access: Access) -> str:
    line = QCoreApplication.translate("words", words.end_line(access))
    blocks = said.blocks(article)
    if not line and not blocks:
        return ""
    parts = [f"<bdi>{escape(line)}</bdi>"] if line else []
    if blocks:
        parts.append(f'<a role="button" href="{walls.REMOVED}"><bdi>{escape(blocks)}</bdi></a>')
    sign = ACCESS_ICONS[access] if line else "scissors"
    return f'<footer class="end">{svg(sign)}<span>{" ".join(parts)}</span></footer>'


def _after(article: Article) -> str:
    archived, favourite = article.archived_at is not None, article.favourite
    deeds = (
        ("archive", "archive-restore", _tr("Move to Unread"))
        if archived
        else ("archive", "archive", _tr("Archive")),
        ("favourite", "star-filled", _tr("Favourite"))
        if favourite
        else ("favourite", "star", _tr("Add to Favourites")),
        ("next", "arrow-right", _tr("Next article")),
    )
    links = "".join(
        f'<a role="button" href="{walls.DEED}{name}"{" class=on" if icon == "star-filled" else ""}>'
        f"{svg(icon)}<bdi>{escape(label)}</bdi></a>"
        for name, icon, label in deeds
    )
    locale = QLocale()
    way = "rtl" if locale.textDirection() == Qt.LayoutDirection.RightToLeft else "ltr"
    lang = locale.name().replace("_", "-")
    return f'<nav class="after" lang="{lang}" dir="{way}">{links}</nav>'


def _tr(text: str) -> str:
    return QCoreApplication.translate("reader", text)
