"""An article as sheets of paper: their size, their margins, and what stands round the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QMarginsF, Qt
from PySide6.QtGui import QPageLayout, QPageSize

from readlater import resources, words
from readlater.article import Access, Article, Highlight
from readlater.ui.models import said
from readlater.ui.reader.look import Look
from readlater.ui.reader.template import long_date

_POINT_PX: Final = 96 / 72
# 19 px, the first size on a screen, are 11 pt on paper, which is held nearer to the eye.
_SIZE: Final = 11 * _POINT_PX / 19
_CHARACTER_EM: Final = 0.4785  # as in look.py
_WIDEST: Final = 82  # characters of a line; a narrower column of one's own holds on paper as well
_NARROWEST: Final = 72
_SIDE_MM, _TOP_MM, _FOOT_MM = 18.0, 20.0, 22.0
_HEAD_LETTERS: Final = 90
# CLDR supplementalData, paperSize US-Letter; everywhere else it is A4.
_LETTER: Final = frozenset(
    {"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"}
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The arguments of `paper.dress` and `paper.note` in `resources/html/paper.js`.

    `properties` are custom ones of `:root`; `links` is the heading of the list of addresses, ""
    for no list; `notes` that of the person's own words, `note` the one on the whole article.
    """

    title: str
    css: str
    properties: dict[str, str]
    facts: str
    links: str
    highlights: tuple[Highlight, ...] = ()
    length: int = 0
    note: str = ""
    notes: str = ""


def paper_size(locale: QLocale) -> QPageSize:
    """Letter where that is what one buys, else A4."""
    code = QLocale.territoryToCode(locale.territory())
    sizes = QPageSize.PageSizeId
    return QPageSize(sizes.Letter if code in _LETTER else sizes.A4)


def paper_layout(paper: QPageLayout, look: Look) -> QPageLayout:
    """`paper` with margins that leave a column one can read, and never less than its own."""
    unit = QPageLayout.Unit.Point
    full, own = paper.fullRect(unit), paper.margins(unit)
    measure = min(_WIDEST, max(_NARROWEST, look.measure))
    column_pt = measure * _CHARACTER_EM * _size_px(look) / _POINT_PX
    least_pt = QPageSize.size(QPageSize.PageSizeId.A4, QPageSize.Unit.Point).width() / 210
    side_pt = max(_SIDE_MM * least_pt, (full.width() - column_pt) / 2)
    side_pt = min(side_pt, full.width() / 5)
    made = QPageLayout(
        paper.pageSize(),
        paper.orientation(),
        QMarginsF(
            max(side_pt, own.left()),
            max(_TOP_MM * least_pt, own.top()),
            max(side_pt, own.right()),
            max(_FOOT_MM * least_pt, own.bottom()),
        ),
        unit,
    )
    made.setMode(QPageLayout.Mode.StandardMode)
    return made


def sheet(
    article: Article,
    layout: QPageLayout,
    look: Look,
    *,
    with_links: bool,
    highlights: Sequence[Highlight] = (),
    length: int = 0,
    note: str = "",
) -> Sheet:
    """How `article` stands on pages of `layout`, with the highlights that have a place."""
    column = layout.paintRect(QPageLayout.Unit.Point)
    wide, tall = column.width() * _POINT_PX, column.height() * _POINT_PX
    placed = sorted((h for h in highlights if h.placed), key=lambda h: h.selector.start)
    return Sheet(
        title=said.title(article),
        css=resources.text("css/paper.css") + _page(article),
        properties={
            "--size": f"{_size_px(look):.2f}px",
            "--paper-width": f"{wide:.2f}px",
            "--paper-height": f"{tall:.2f}px",
            "--paper-tall": f"{tall * 0.8:.2f}px",
        },
        facts=facts(article),
        links=_tr("Links") if with_links else "",
        highlights=tuple(placed),
        length=length,
        note=note,
        notes=_tr("Notes"),
    )


def facts(article: Article) -> str:
    """The lines under the title: who and when, what the copy is, and where it came from."""
    byline = "" if article.byline == article.site_name else article.byline
    by = [byline, long_date(article.published, QLocale())]
    lines = [
        _line(" · ".join(f"<bdi>{escape(part)}</bdi>" for part in by if part), "by"),
        _line(_source(article)),
        _line(_verdict(article), "verdict"),
    ]
    return f'<div class="facts">{"".join(lines)}</div>'


def _line(html: str, kind: str = "") -> str:
    return f'<p class="{kind}">{html}</p>' if html else ""


def _source(article: Article) -> str:
    day = QDateTime.fromSecsSinceEpoch(int(article.saved_at)).toString(Qt.DateFormat.ISODate)
    saved = long_date(day, QLocale())
    parts = [f"<bdi>{escape(_tr('Saved %1').replace('%1', saved))}</bdi>"]
    if article.url.startswith(("http://", "https://")):
        address = escape(article.url)
        parts.append(f'<a href="{address}" dir="ltr">{address}</a>')
    return " · ".join(parts)


def _verdict(article: Article) -> str:
    access = article.access or Access.FULL
    if access is Access.FULL:
        return ""
    sentence = QCoreApplication.translate("words", words.ACCESS_SENTENCES[access])
    return f"<b>{escape(said.access(access))}</b> · <bdi>{escape(sentence)}</bdi>"


def _page(article: Article) -> str:
    """The boxes in the margins: number and count below, title and site above from page 2 on.

    https://www.w3.org/TR/css-page-3/#margin-boxes, which Chromium knows from 131 on.
    """
    quiet = "font: 8.5pt/1.3 var(--sans); color: #67676d; white-space: nowrap"
    direction = "rtl" if article.direction == "rtl" else "ltr"
    title, site = said.title(article), article.site_name or said.host(article.url)
    head = " · ".join(part for part in (_cut(title), site if site != title else "") if part)
    return (
        f"@page {{ @bottom-center {{ {quiet}; direction: ltr;"
        " content: counter(page) ' / ' counter(pages); }"
        f" @top-center {{ {quiet}; direction: {direction}; content: {quoted(head)}; }} }}"
        " @page :first { @top-center { content: none; } }"
    )


def quoted(text: str) -> str:
    """`text` as a CSS string; a character that could end it is written by its number."""
    return '"' + "".join(c if c.isalnum() or c in " ·…,-" else f"\\{ord(c):x} " for c in text) + '"'


def _cut(title: str) -> str:
    """As much of a title as one line of small letters holds; a wide letter counts as two."""
    room, kept = _HEAD_LETTERS, ""
    for letter in title:
        room -= 2 if letter >= "\u1100" else 1
        if room < 0:
            return kept.rstrip() + "…"
        kept += letter
    return kept


def _size_px(look: Look) -> float:
    return look.size_px * _SIZE


def _tr(text: str) -> str:
    return QCoreApplication.translate("Paper", text)
